public import Kernel

/// The order of the slates of a contest on its ballot, and how far its draw has come.
public struct BallotOrder: Sendable {
    /// The names of those who stand, in the order of the ballot by now.
    public let standing: [String]
    /// The draw, once it was held.
    public let draw: DrawRecord?
    /// The draw on its way; `nil` where it was held or cannot be.
    public let file: DrawFile?
    /// Why there is no draw to be held now.
    public let refusal: BallotOrderError?

    /// Those who were admitted after the draw, and come last.
    public var latecomers: [String] {
        guard let draw else { return [] }
        return standing.filter { !draw.among.contains(Contender(rawValue: $0).composed.rawValue) }
    }
}

/// Why the order of a ballot is not drawn.
public enum BallotOrderError: UserFacingError, Hashable {
    /// Fewer than two stand: there is nothing to put in order.
    case nothingToOrder
    /// Slates can still be registered, until a moment that is told.
    case nominationsRun(until: String)
    /// So many slates wait for the committee's decision.
    case slatesUndecided(Int)
    /// It was drawn.
    case drawn
    /// The ballot stands already: the vote was opened, or a box sealed with it.
    case onBallots

    /// The stable code.
    public var code: String {
        switch self {
        case .nothingToOrder: "elections.ballot_order.nothing_to_order"
        case .nominationsRun: "elections.ballot_order.nominations_run"
        case .slatesUndecided: "elections.ballot_order.slates_undecided"
        case .drawn: "elections.ballot_order.drawn"
        case .onBallots: "elections.ballot_order.on_ballots"
        }
    }

    /// The process stands otherwise.
    public var kind: ErrorKind { .conflict }

    /// The words for the person.
    public var message: String {
        switch self {
        case .nothingToOrder:
            "Hay menos de dos candidaturas admitidas: no hay orden que sortear."
        case .nominationsRun(let until):
            "La inscripción cierra el \(until). El orden se sortea después, cuando se sepa quiénes están."
        case .slatesUndecided(let count):
            count == 1
                ? "Falta decidir una inscripción. Decídala antes de sortear el orden."
                : "Faltan \(count) inscripciones por decidir. Decídalas antes de sortear el orden."
        case .drawn: "El orden ya se sorteó, y se sortea una sola vez."
        case .onBallots: "La votación ya se abrió o una urna ya se selló: el orden no cambia más."
        }
    }
}
