public import Kernel
public import Tenancy

/// What the facts say about one person in one capacity on one day, requirement by requirement.
public struct Dossier: Sendable, Hashable {
    /// The person.
    public let person: ID<Person>
    /// In what capacity.
    public let target: EligibilityTarget
    /// The day that the answer holds for.
    public let day: CalendarDate
    /// One outcome a requirement, in the order of the codes.
    public let outcomes: [Outcome]

    /// Makes a dossier.
    public init(person: ID<Person>, target: EligibilityTarget, day: CalendarDate, outcomes: [Outcome]) {
        self.person = person
        self.target = target
        self.day = day
        self.outcomes = outcomes
    }

    /// The verdict on all requirements together.
    public var verdict: Verdict { .conjunction(of: outcomes.map(\.verdict)) }
}
