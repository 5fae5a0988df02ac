public import Kernel

/// A part of a ballot that can be at fault.
public enum BallotPart: Hashable, Sendable {
    /// The public credential.
    case credential
    /// A ciphertext, counted from 0; where a blank vote is possible, 0 is its.
    case choice(Int, question: Int)
    /// The proof that a ciphertext holds 0 or 1.
    case individualProof(Int, question: Int)
    /// The proof that as many are chosen as are allowed.
    case overallProof(question: Int)
    /// The proof that a blank vote chooses nothing else.
    case blankProof(question: Int)
    /// The signature by the credential.
    case signature

    /// What it is, in Spanish, with its article. Questions and choices are counted from 1.
    var phrase: String {
        switch self {
        case .credential: "la credencial"
        case .choice(let choice, let question): "la opción \(choice + 1) de la pregunta \(question + 1)"
        case .individualProof(let choice, let question):
            "la prueba de la opción \(choice + 1) de la pregunta \(question + 1)"
        case .overallProof(let question): "la prueba del total de la pregunta \(question + 1)"
        case .blankProof(let question): "la prueba del voto en blanco de la pregunta \(question + 1)"
        case .signature: "la firma"
        }
    }
}

/// The first thing wrong with a ballot (§4.7, «A ballot is valid»). Whether its credential is registered, is the
/// voter's own, and whether the same text was cast before, is for who keeps the box to know.
public enum BallotFault: Error, Hashable, Sendable {
    /// The text is not the one way of writing a ballot.
    case notCanonical(TextFault)
    /// The ballot names another election, or this one with other questions, keys or rules.
    case otherElection
    /// There is not one answer for each question.
    case answerCount(Int)
    /// There is not one ciphertext for each choice of the question.
    case choiceCount(Int, question: Int)
    /// There are too few or too many proofs, or one that the question does not ask for.
    case proofCount(question: Int)
    /// A number is not below the order of the group.
    case number(BallotPart)
    /// Something is no element of the group.
    case element(BallotPart)
    /// The credential is the element 1, for which anybody can sign.
    case everybodysCredential
    /// The hash is not that of the ballot.
    case hash
    /// A proof, or the signature, does not hold.
    case proof(BallotPart)
}

extension BallotFault: UserFacingError {
    /// One code for each sort of fault.
    public var code: String {
        switch self {
        case .notCanonical: "voting.ballot.not_canonical"
        case .otherElection: "voting.ballot.other_election"
        case .answerCount: "voting.ballot.answer_count"
        case .choiceCount: "voting.ballot.choice_count"
        case .proofCount: "voting.ballot.proof_count"
        case .number: "voting.ballot.number"
        case .element: "voting.ballot.element"
        case .everybodysCredential: "voting.ballot.everybodys_credential"
        case .hash: "voting.ballot.hash"
        case .proof: "voting.ballot.proof"
        }
    }

    /// A ballot with a fault is malformed or forged.
    public var kind: ErrorKind { .invalid }

    /// What is wrong, as a sentence.
    public var message: String {
        switch self {
        case .notCanonical(let fault):
            "El voto no está escrito en la única forma que admite el formato: \(fault.phrase)."
        case .otherElection: "El voto es de otra elección."
        case .answerCount(let count): "El voto responde \(count) preguntas, y no son las de la elección."
        case .choiceCount(let count, let question):
            "El voto trae \(count) opciones cifradas en la pregunta \(question + 1), y no son las que tiene."
        case .proofCount(let question):
            "El voto no trae las pruebas que pide la pregunta \(question + 1)."
        case .number(let part): "Un número de \(part.phrase) no es menor que el orden del grupo."
        case .element(.credential): "La credencial del voto no es un elemento del grupo."
        case .element(let part): "El cifrado de \(part.phrase) no es un elemento del grupo."
        case .everybodysCredential:
            "La credencial del voto es el elemento neutro del grupo, por el que puede firmar cualquiera."
        case .hash: "El resumen que firma el voto no corresponde a su texto."
        case .proof(.signature): "La firma del voto no corresponde a su credencial."
        case .proof(let part): "No es válida \(part.phrase)."
        }
    }
}
