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
        /// The last day for a commitment that is open.
        case commitment(ID<Commitment>)
        /// The first day on which a campaign is to be sent.
        case campaign(ID<Campaign>)
        /// The last day of a mandate.
        case mandateEnd(ID<Body>)
        /// The last day for an obligation; only one whose deadline is confirmed can be a breach.
        case obligation(Obligation.Code, isConfirmed: Bool)
    }

    /// Where it stands on the day on which it is looked at.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        /// It is to come.
        case ahead
        /// It is under way.
        case underway
        /// It happened, or was fulfilled.
        case done
        /// A meeting was held and its minutes are not there.
        case withoutMinutes
        /// Its day passed, and whether it was met nobody can show; its term is not confirmed.
        case unproven
        /// Its day passed and it did not happen. Never of a term that nobody confirmed.
        case missed

        /// Where a meeting stands: one whose day passed is missed until its session is recorded.
        static func meeting(
            _ state: Meeting.State, hasMinutes: Bool, on day: CalendarDate, seenOn today: CalendarDate
        ) -> Self? {
            switch state {
            case .planned: day < today ? .missed : .ahead
            case .inSession: .underway
            case .held: hasMinutes ? .done : .withoutMinutes
            case .cancelled: nil
            }
        }

        /// Where something stands that is to be done by a day.
        static func task(isDone: Bool, by day: CalendarDate, seenOn today: CalendarDate) -> Self {
            isDone ? .done : day < today ? .missed : .ahead
        }
    }

    /// What it is.
    public let kind: Kind
    /// Where it stands; `nil` of dates that come and go by themselves.
    public let standing: Standing?
    /// Whose.
    public let alliance: ID<Alliance>
    /// The day.
    public let day: CalendarDate
    /// The hour, where it has one.
    public let time: TimeOfDay?
    /// The hour at which it ends, where that is known.
    public let endsAt: TimeOfDay?
    /// What happens.
    public let title: String
    /// Where, of which election, or of whom.
    public let detail: String?

    /// Makes an entry.
    public init(
        kind: Kind, standing: Standing? = nil, alliance: ID<Alliance>, day: CalendarDate,
        time: TimeOfDay? = nil, endsAt: TimeOfDay? = nil, title: String, detail: String? = nil
    ) {
        self.kind = kind
        self.standing = standing
        self.alliance = alliance
        self.day = day
        self.time = time
        self.endsAt = endsAt
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
