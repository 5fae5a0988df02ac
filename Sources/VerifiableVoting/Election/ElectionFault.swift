/// Why a text does not describe an election that can be held or verified here.
public enum ElectionFault: Error, Hashable, Sendable {
    /// It is no JSON, or a member stands twice.
    case text(TextFault)
    /// It is of a version of the format that this program does not know.
    case version(Int)
    /// A member is missing or of the wrong type or form.
    case member(String)
    /// There are too many questions, or none.
    case questionCount(Int)
    /// A question is of a type that is not taken yet, by its name in the format.
    case questionType(String)
    /// A question has too many answers, or none.
    case answerCount(Int)
    /// The least and the most choices of a question do not fit it.
    case choiceLimits(minimum: Int, maximum: Int)
    /// A member has the name of our terms but for capitals: it would bind nothing, and looks as if it did.
    case misspeltTerms(String)
    /// Our terms are of a version that this program does not know.
    case termsVersion(Int)
    /// A member of our terms is missing, out of place or range, or does not fit the questions.
    case terms(String)
    /// Our terms count an answer by another name than the one that voters read.
    case otherContender(String, answer: String)
    /// A member of our terms is unknown.
    case unknownTerm(String, in: String)

    /// What is wrong, in Spanish, as a sentence.
    public var sentence: String {
        switch self {
        case .text(let fault): "La descripción de la elección no es un JSON válido: \(fault.phrase)."
        case .version(let version):
            "La elección es de la versión \(version) del formato, y este programa conoce la 1."
        case .member(let name):
            "A la descripción de la elección le falta «\(name)», o no tiene la forma debida."
        case .questionCount(let count): "La elección tiene \(count) preguntas: debe tener de 1 a 100."
        case .questionType(let type):
            "La elección tiene una pregunta de tipo «\(type)». Este programa todavía verifica sólo preguntas "
                + "homomórficas, las que se suman sin abrir cada voto."
        case .answerCount(let count):
            "Una pregunta tiene \(count) respuestas: debe tener de 1 a \(HomomorphicQuestion.answerLimit)."
        case .choiceLimits(let minimum, let maximum):
            "Una pregunta pide marcar entre \(minimum) y \(maximum) respuestas, y eso no es posible en ella."
        case .misspeltTerms(let name):
            "La descripción de la elección llama «\(name)» a sus reglas. Se escribe «alianzas»; así no fijan nada."
        case .termsVersion(let version):
            "Las reglas de la elección son de la versión \(version), y este programa conoce la "
                + "\(ElectionTerms.version). Use un programa más nuevo."
        case .terms(let name): "Las reglas de la elección no son válidas en «\(name)»."
        case .otherContender(let contender, let answer):
            "Las reglas de la elección dan los votos de «\(answer)» a «\(contender)»."
        case .unknownTerm(let name, let object):
            "Las reglas de la elección tienen en «\(object)» un dato desconocido: «\(name)»."
        }
    }
}
