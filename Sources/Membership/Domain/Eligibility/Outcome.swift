public import Kernel

/// What the facts say about one requirement and one person.
public struct Outcome: Sendable, Hashable {
    /// Why the verdict is what it is.
    public enum Ground: String, Sendable, Hashable, CaseIterable {
        /// A fact meets the requirement.
        case met
        /// A fact says otherwise.
        case otherValue = "other_value"
        /// No fact says anything.
        case noFact = "no_fact"
        /// The fact is older than the requirement allows.
        case tooOld = "too_old"
        /// The fact is more recent than the requirement allows.
        case tooRecent = "too_recent"
        /// The person is too young.
        case tooYoung = "too_young"
        /// The document is one of a minor.
        case minorDocument = "minor_document"
        /// The paper waits for its review.
        case pendingReview = "pending_review"
        /// The reviewer rejected the paper.
        case rejected
        /// The person is on the list of employees.
        case listed
        /// No list of employees is recent enough.
        case noList = "no_list"
        /// The alliance has no municipalities.
        case noTerritory = "no_territory"
        /// The person left the session.
        case left
        /// Outside of the hours for entering.
        case outsideWindow = "outside_window"
        /// As many consecutive periods as the limit allows.
        case limitReached = "limit_reached"
        /// The body has no limit of consecutive periods.
        case noLimit = "no_limit"
        /// It is not said for which body.
        case noBody = "no_body"
        /// The register begins later than the requirement looks back.
        case registerTooShort = "register_too_short"
        /// The authorisation was withdrawn or never given.
        case noConsent = "no_consent"
    }

    /// The requirement.
    public let requirement: Requirement
    /// Met, not met, or not proven.
    public let verdict: Verdict
    /// Why.
    public let ground: Ground
    /// What the fact says, where there is one.
    public let fact: String?
    /// Where the fact comes from.
    public let source: String?
    /// Since when the fact holds, or when it happened.
    public let factDate: CalendarDate?

    /// Makes an outcome.
    public init(
        requirement: Requirement, verdict: Verdict, ground: Ground, fact: String?, source: String?,
        factDate: CalendarDate?
    ) {
        self.requirement = requirement
        self.verdict = verdict
        self.ground = ground
        self.fact = fact
        self.source = source
        self.factDate = factDate
    }

    /// What the person can do, where there is something to do.
    public var cure: String? { verdict == .pass ? nil : requirement.cure }
}
