public import Governance
public import Kernel
public import Tenancy

/// Something with a date in the year of an alliance.
public struct AgendaEntry: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// A meeting that is planned or was held.
        case meeting(ID<Meeting>, Meeting.Kind)
        /// An event that several alliances hold at once, with the meeting of one of them and how many they are.
        case jointEvent(ID<JointEvent>, Meeting.Kind, ID<Meeting>, alliances: Int)
        /// A date of an electoral calendar.
        case milestone(ID<ElectoralProcess>, AllianceProfile.Milestone, Edge)
        /// The last day for a commitment.
        case commitment(ID<Commitment>)
        /// The last day of a period of what the alliance does again and again.
        case duty(ID<RecurringDuty>, from: CalendarDate)
        /// The last day of the month that a training is planned for which has no meeting yet.
        case training(ID<Training>)
        /// The first day on which a campaign is to be sent.
        case campaign(ID<Campaign>)
        /// A visit of an oversight exercise.
        case oversightVisit(ID<OversightVisit>, of: ID<Oversight>)
        /// The day on which an oversight exercise is to end.
        case oversightEnd(ID<Oversight>)
        /// The first or the last day on which a poll takes answers.
        case poll(ID<Poll>, Edge)
        /// The last day for the answer of an addressee; of the alliance's own, `nil`, to a letter that came in.
        case letter(ID<Letter>, addressee: Int?)
        /// The last day of a mandate.
        case mandateEnd(ID<Mandate>, of: ID<Body>)
        /// The last day of the period of the alliance itself.
        case lifeEnd
        /// The last day for an obligation; only one whose deadline is confirmed can be a breach.
        case obligation(Obligation.Code, isConfirmed: Bool)
    }

    /// An end of something that lasts.
    public enum Edge: String, Sendable, Hashable {
        /// Its first day, or its only one.
        case opens
        /// Its last day.
        case closes
    }

    /// What it is.
    public let kind: Kind
    /// Where it stands on the day on which it is looked at; what was called off does not apply any more.
    public let state: ObligationState
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
    /// The event of several alliances that a meeting is a part of.
    public let event: ID<JointEvent>?
    /// How often its day or hour was changed, or it was called off: calendars that were told an earlier one take the
    /// later.
    public let changes: Int

    /// Makes an entry.
    public init(
        kind: Kind, state: ObligationState = .due, alliance: ID<Alliance>, day: CalendarDate,
        time: TimeOfDay? = nil, endsAt: TimeOfDay? = nil, title: String, detail: String? = nil,
        changes: Int = 0, event: ID<JointEvent>? = nil
    ) {
        self.kind = kind
        self.state = state
        self.alliance = alliance
        self.day = day
        self.time = time
        self.endsAt = endsAt
        self.title = title
        self.detail = detail
        self.changes = changes
        self.event = event
    }

    /// Whether it was called off.
    public var isCalledOff: Bool { state == .notApplicable }
}

/// When an event is held.
private struct EventOccasion: Hashable {
    let event: ID<JointEvent>
    let day: CalendarDate
    let time: TimeOfDay?
    let isCalledOff: Bool
}

extension AgendaEntry {
    /// When the event is held that it is of; `nil` where it is of none.
    fileprivate var occasion: EventOccasion? {
        event.map { EventOccasion(event: $0, day: day, time: time, isCalledOff: isCalledOff) }
    }

    /// The entry that stands for the meetings of an event.
    fileprivate init?(joining parts: [Self], of event: ID<JointEvent>) {
        // The same whichever comes first today: calendars tell it from others by it.
        let meetings = parts.compactMap { part -> (id: ID<Meeting>, kind: Meeting.Kind, part: Self)? in
            if case .meeting(let id, let kind) = part.kind { (id, kind, part) } else { nil }
        }.sorted { "\($0.id)" < "\($1.id)" }
        guard let first = meetings.first else { return nil }
        self.init(
            kind: .jointEvent(event, first.kind, first.id, alliances: parts.count),
            state: parts.map(\.state).max { $0.urgency < $1.urgency } ?? first.part.state,
            alliance: first.part.alliance, day: first.part.day, time: first.part.time,
            endsAt: first.part.endsAt,
            title: "\(first.part.title), en \(SpanishFormat.count(parts.count, "alianza", "alianzas"))",
            detail: Set(parts.map(\.detail)).count == 1 ? first.part.detail : nil,
            changes: parts.map(\.changes).max() ?? 0, event: event)
    }
}

extension ObligationState {
    /// Where something stands that is to be done by a day.
    ///
    /// - Parameters:
    ///   - isDone: Whether it was done.
    ///   - isPartial: Whether a part of it is there.
    ///   - isDropped: Whether nobody asks for it any more.
    ///   - isConfirmed: Whether whoever set the day may set it: the alliance itself, or a norm that somebody confirmed.
    ///     Nothing is overdue on a day that is not.
    ///   - day: The day.
    ///   - today: The day on which it is looked at.
    /// - Returns: Where it stands.
    static func ofTask(
        isDone: Bool, isPartial: Bool = false, isDropped: Bool = false, isConfirmed: Bool = true,
        by day: CalendarDate, on today: CalendarDate
    ) -> Self {
        if isDropped { return .notApplicable }
        if isDone { return .met }
        if isPartial { return .partial }
        return day >= today ? .due : isConfirmed ? .overdue : .unproven
    }
}

extension [AgendaEntry] {
    /// The entries with each event of several alliances once, where they hold it on the same day at the same hour: what is
    /// done once is to be seen once. It stands where what asks most for attention among its meetings does.
    public var joiningEvents: Self {
        let held = Dictionary(grouping: self, by: \.occasion)
        var told: Set<EventOccasion> = []
        return compactMap { entry in
            guard let occasion = entry.occasion, let parts = held[occasion], parts.count > 1 else {
                return entry
            }
            return told.insert(occasion).inserted ? AgendaEntry(joining: parts, of: occasion.event) : nil
        }
    }

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
