public import Governance
public import Kernel
public import Tenancy

/// Something with a date in the year of an alliance.
public struct AgendaEntry: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// A meeting that is planned or was held.
        case meeting(ID<Meeting>)
        /// A date of an electoral calendar.
        case milestone(ID<ElectoralProcess>)
        /// The last day of a mandate.
        case mandateEnd(ID<Body>)
        /// The last day for an obligation; only one whose deadline is confirmed can be a breach.
        case obligation(Obligation.Code, isConfirmed: Bool)
    }

    /// What it is.
    public let kind: Kind
    /// Whose.
    public let alliance: ID<Alliance>
    /// The day.
    public let day: CalendarDate
    /// The hour, where it has one.
    public let time: TimeOfDay?
    /// What happens.
    public let title: String
    /// Where, of which election, or of whom.
    public let detail: String?

    /// Makes an entry.
    public init(
        kind: Kind, alliance: ID<Alliance>, day: CalendarDate, time: TimeOfDay? = nil, title: String,
        detail: String? = nil
    ) {
        self.kind = kind
        self.alliance = alliance
        self.day = day
        self.time = time
        self.title = title
        self.detail = detail
    }
}

extension [AgendaEntry] {
    /// The entries by day and hour; those without an hour come first in their day.
    public var inOrder: Self {
        sorted { left, right in
            let (first, second) = (left.time ?? .midnight, right.time ?? .midnight)
            return left.day == right.day
                ? first == second ? left.title < right.title : first < second : left.day < right.day
        }
    }
}

/// How an alliance does, in four figures.
public struct AlliancePulse: Sendable, Hashable {
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its members, as of the last act.
    public let members: Int
    /// The seats that it elects, in its own bodies and outside.
    public let seats: Int
    /// Those that somebody holds.
    public let heldSeats: Int
    /// Its obligations by state.
    public let obligations: ObligationTally
}
