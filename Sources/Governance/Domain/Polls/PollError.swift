public import Kernel

/// Why something of a poll is refused.
public enum PollError: UserFacingError, Hashable {
    /// There is none of that identifier.
    case notFound
    /// It has no name.
    case titleMissing
    /// It does not say what it is for.
    case purposeMissing
    /// It ends before it begins.
    case closesBeforeItOpens
    /// It asks nothing.
    case questionMissing
    /// It asks too much.
    case tooManyQuestions
    /// A question offers too few answers, or too many.
    case optionsOutOfRange
    /// It takes no answers on this day.
    case notOpen
    /// It was answered from this account or device already.
    case answeredAlready
    /// Nothing was answered.
    case nothingAnswered
    /// An answer that is none of the question's.
    case answerUnknown
    /// A count says no place.
    case placeMissing
    /// A count of no sheets.
    case sheetsOutOfRange
    /// More was counted than there are sheets.
    case countTooHigh(question: Int)
    /// It was closed.
    case closed
    /// The count is none of the poll's, or was withdrawn.
    case tallyNotFound
    /// No reason is given.
    case reasonMissing
    /// The day lies in the future, or before the poll.
    case dayOutOfPlace

    /// The stable code.
    public var code: String { "governance.poll.\(words.code)" }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .tallyNotFound: .notFound
        case .notOpen, .answeredAlready, .closed: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? { words.field }

    /// The words for the person.
    public var message: String { words.message }

    private var words: (code: String, field: String?, message: String) {
        switch self {
        case .notFound: ("not_found", nil, "No encontramos ese sondeo.")
        case .titleMissing: ("title_missing", "title", "Escriba cómo se llama.")
        case .purposeMissing: ("purpose_missing", "purpose", "Diga para qué se pregunta.")
        case .closesBeforeItOpens:
            ("closes_before_it_opens", "closes_on", "No puede terminar antes de empezar. Corrija las fechas.")
        case .questionMissing: ("question_missing", "words1", "Escriba al menos una pregunta.")
        case .tooManyQuestions:
            ("too_many_questions", nil, "Un sondeo tiene máximo \(Poll.mostQuestions) preguntas.")
        case .optionsOutOfRange:
            (
                "options_out_of_range", nil,
                "Cada pregunta tiene de 2 a \(Poll.Question.mostOptions) respuestas, una por renglón."
            )
        case .notOpen: ("not_open", nil, "El sondeo no está recibiendo respuestas hoy.")
        case .answeredAlready: ("answered_already", nil, "Ya se respondió desde aquí. Gracias.")
        case .nothingAnswered: ("nothing_answered", nil, "Responda al menos una pregunta.")
        case .answerUnknown:
            ("answer_unknown", nil, "Una respuesta no es de las que se ofrecen. Elija de nuevo.")
        case .placeMissing: ("place_missing", "place", "Diga dónde se llenaron las hojas.")
        case .sheetsOutOfRange: ("sheets_out_of_range", "sheets", "Escriba cuántas hojas se contaron.")
        case .countTooHigh(let question):
            (
                "count_too_high", nil,
                "En la pregunta \(question) se contaron más respuestas que hojas. Revise el conteo."
            )
        case .closed: ("closed", nil, "El sondeo ya se cerró.")
        case .tallyNotFound: ("tally_not_found", nil, "No encontramos ese conteo, o ya se retiró.")
        case .reasonMissing: ("reason_missing", "reason", "Escriba el motivo.")
        case .dayOutOfPlace:
            ("day_out_of_place", "day", "Esa fecha todavía no llega, o es anterior al sondeo. Corríjala.")
        }
    }
}
