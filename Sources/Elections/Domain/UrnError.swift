public import Kernel

/// Why an urn is not opened, or its ballots do not go to another.
public enum UrnError: UserFacingError, Hashable {
    /// The door knows of few, and nobody has counted the signatures.
    case signaturesMissing
    /// Few voted: their ballots are counted with those of another table.
    case few
    /// The few of these tables may have to come into this urn.
    case waits([Int])
    /// Its ballots are in the urn of another table.
    case merged
    /// Hands were raised, or the vote is unknown.
    case noBallots
    /// One of the two tables still votes.
    case notClosed
    /// The other table has begun to count, or its ballots went elsewhere; or these are counted.
    case receiverCounts
    /// Enough people voted, or nobody has counted the signatures.
    case notFew
    /// Who counted the signatures does not carry the ballots away alone.
    case ownCount

    /// The stable code.
    public var code: String {
        switch self {
        case .signaturesMissing: "elections.urn.signatures_missing"
        case .few: "elections.urn.few"
        case .waits: "elections.urn.waits"
        case .merged: "elections.urn.merged"
        case .noBallots: "elections.urn.no_ballots"
        case .notClosed: "elections.urn.not_closed"
        case .receiverCounts: "elections.urn.receiver_counts"
        case .notFew: "elections.urn.not_few"
        case .ownCount: "elections.urn.own_count"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .ownCount: .forbidden
        case .receiverCounts: .conflict
        default: .refused
        }
    }

    /// The form field.
    public var field: String? { self == .receiverCounts ? "into" : nil }

    /// The words for the person.
    public var message: String {
        let fewest = BallotBox.fewestInWords
        switch self {
        case .signaturesMissing:
            return "Antes de abrir la urna cuente las firmas de la lista y regístrelas."
        case .few:
            return
                "Son menos de \(fewest) tarjetones: contarlos aparte mostraría cómo votó cada persona. Registre cuántas personas firmaron y páselos, doblados, a la urna de otra mesa."
        case .waits(let tables):
            let names = SpanishFormat.list(tables.map { "la mesa \($0)" })
            return
                "Espere antes de abrir la urna: los tarjetones de \(names) pueden ser menos de \(fewest), y tendrían que entrar en esta."
        case .merged:
            return "Los tarjetones de esta mesa están en la urna de otra, que los cuenta con los suyos."
        case .noBallots: return "En esta votación no hay tarjetones."
        case .notClosed: return "Espere a que las dos mesas cierren la votación."
        case .receiverCounts: return "Esa mesa ya empezó a contar o ya no tiene su urna. Escoja otra."
        case .notFew:
            return
                "Solo pasan a otra urna los tarjetones de una mesa donde votaron menos de \(fewest) personas."
        case .ownCount:
            return "Lo confirma el otro jurado o el comité electoral, no quien contó las firmas."
        }
    }
}
