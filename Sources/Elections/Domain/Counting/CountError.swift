public import Kernel

/// Why something cannot be counted.
public enum CountError: Error, Hashable {
    /// A number of votes below 0 or above 10¹²: those of a contender, or the blank ones where there is none.
    case votesOutOfRange(Contender?, Int)
    /// More marked ballots than votes for contenders, or fewer than none.
    case markedBallotsOutOfRange(Int, votes: Int)
    /// A contest without seats, or with more than 10¹².
    case seatsOutOfRange(Int)
    /// A contender that stands twice.
    case repeatedContender(Contender)
    /// More contenders than one contest can have.
    case tooManyContenders(Int)
    /// A threshold whose terms pass 10¹².
    case thresholdOutOfRange(Fraction)
    /// A slate with fewer than 0 or more than 10¹² candidates.
    case sizeOutOfRange(Contender, Int)
}

extension CountError: UserFacingError {
    /// A stable code, `elections.count.…`.
    public var code: String {
        switch self {
        case .votesOutOfRange: "elections.count.votes_out_of_range"
        case .markedBallotsOutOfRange: "elections.count.marked_ballots_out_of_range"
        case .seatsOutOfRange: "elections.count.seats_out_of_range"
        case .repeatedContender: "elections.count.repeated_contender"
        case .tooManyContenders: "elections.count.too_many_contenders"
        case .thresholdOutOfRange: "elections.count.threshold_out_of_range"
        case .sizeOutOfRange: "elections.count.size_out_of_range"
        }
    }

    /// The input breaks a rule of its form.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and how to mend it, in Spanish.
    public var message: String {
        switch self {
        case .votesOutOfRange(let contender?, let number):
            "«\(contender)» tiene \(number) votos. Escriba un número entero de 0 a 1.000.000.000.000."
        case .votesOutOfRange(nil, let number):
            "Hay \(number) votos en blanco. Escriba un número entero de 0 a 1.000.000.000.000."
        case .markedBallotsOutOfRange(let number, let votes):
            "Hay \(number) tarjetones marcados y \(votes) votos: cada uno lleva al menos uno. Revise las cifras."
        case .seatsOutOfRange(let number):
            "Se pidieron \(number) puestos. Escriba un número entero de 1 a 1.000.000.000.000."
        case .repeatedContender(let contender):
            "«\(contender)» aparece dos veces. Deje una sola, con todos sus votos."
        case .tooManyContenders(let count):
            "Hay \(count) opciones. Una elección admite hasta 1.000.000: divídala."
        case .thresholdOutOfRange(let threshold):
            "El umbral \(threshold) tiene números demasiado grandes. Use una fracción sencilla, como 1/2."
        case .sizeOutOfRange(let contender, let count):
            """
            La plancha «\(contender)» tiene \(count) candidatos. Escriba un número entero de 0 a \
            1.000.000.000.000.
            """
        }
    }
}
