public import Kernel
public import Tenancy

/// How somebody voted where each is called by name (`votación nominal`).
public struct NominalVote: Sendable, Hashable {
    /// What somebody answers to their name.
    public enum Choice: String, Sendable, Hashable, CaseIterable {
        /// For it.
        case inFavor = "in_favor"
        /// Against it.
        case against
        /// In blank.
        case blank
        /// Present without voting.
        case abstained

        /// The name on screens and in minutes.
        public var title: String {
            switch self {
            case .inFavor: "A favor"
            case .against: "En contra"
            case .blank: "En blanco"
            case .abstained: "Se abstuvo"
            }
        }
    }

    /// The person, where the register has them.
    public let person: ID<Person>?
    /// The name.
    public let name: String
    /// What they answered.
    public let choice: Choice

    /// The vote in words: «Rosa Inventada: en contra».
    public var words: String { "\(name): \(choice.title.lowercased())" }
}

extension [NominalVote] {
    /// The votes counted.
    var counted: DecisionVotes {
        func votes(_ choice: NominalVote.Choice) -> Int { count { $0.choice == choice } }
        return DecisionVotes(
            inFavor: votes(.inFavor), against: votes(.against), blank: votes(.blank),
            abstained: votes(.abstained))
    }
}

/// Somebody whose vote counts in a session at this moment: in a body one for each seat, the alternate while the principal
/// is away.
public struct PresentVoter: Sendable, Hashable, Identifiable {
    /// How many are called by name at the most.
    public static let most = 200

    /// The stay by which they are there.
    public let id: Kernel.ID<Attendance>
    /// The person, where the register has them.
    public let person: Kernel.ID<Person>?
    /// The name.
    public let name: String
}
