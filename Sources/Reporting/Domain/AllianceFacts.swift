public import Governance
public import Kernel
public import Tenancy

/// What the other modules hold of an alliance, as far as obligations are read from it. It names no person.
public struct AllianceFacts: Sendable, Hashable {
    /// The alliance.
    public var alliance: ID<Alliance>
    /// The kind of the entity that convened it.
    public var entity: Organization.Kind
    /// Where it stands in its life.
    public var state: Alliance.State
    /// The day on which it was entered here.
    public var enteredOn: CalendarDate
    /// Its constitution, where one is recorded.
    public var constitution: Constitution?
    /// Its registrations before authorities.
    public var registrations: [Registration]
    /// The versions of its bylaws.
    public var bylaws: [BylawsVersion]
    /// The seats that it elects.
    public var seats: [ElectedSeat]
    /// Its electoral processes, from the latest to the first.
    public var elections: [Election]
    /// Its meetings that were held, from the latest to the first.
    public var meetings: [MeetingHeld]
    /// Its meetings that are planned and were not held yet, from the first to the latest.
    public var plannedMeetings: [MeetingPlanned]
    /// Its standing agenda that says how often it meets.
    public var agenda: AgendaTemplate?
    /// Its work plans.
    public var plans: [Plan]
    /// Its reports.
    public var reports: [Report]

    /// Gathers facts; what is left out is not there.
    public init(
        alliance: ID<Alliance>, entity: Organization.Kind, state: Alliance.State, enteredOn: CalendarDate,
        constitution: Constitution? = nil, registrations: [Registration] = [], bylaws: [BylawsVersion] = [],
        seats: [ElectedSeat] = [], elections: [Election] = [], meetings: [MeetingHeld] = [],
        plannedMeetings: [MeetingPlanned] = [], agenda: AgendaTemplate? = nil, plans: [Plan] = [],
        reports: [Report] = []
    ) {
        self.alliance = alliance
        self.entity = entity
        self.state = state
        self.enteredOn = enteredOn
        self.constitution = constitution
        self.registrations = registrations
        self.bylaws = bylaws
        self.seats = seats
        self.elections = elections
        self.meetings = meetings
        self.plannedMeetings = plannedMeetings
        self.agenda = agenda
        self.plans = plans
        self.reports = reports
    }

    /// Whether the alliance has been constituted, by its state or by its papers.
    public var isConstituted: Bool {
        if constitution != nil { return true }
        return switch state {
        case .draft, .convened, .enrolling: false
        case .constituted, .registered, .active, .renewalDue, .expired, .dissolved: true
        }
    }

    /// The day from which the alliance's duties are counted.
    public var countsFrom: CalendarDate { constitution?.heldOn ?? enteredOn }

    /// The first year whose yearly duties are asked: that of the constitution, and of the time before the alliance
    /// was entered here the last whole year alone, since nobody could record the others.
    public var firstYearAsked: Int {
        let (from, entered) = (countsFrom.components.year, enteredOn.components.year)
        guard from < entered else { return from }
        return from < entered - 1 ? entered - 1 : entered
    }

    /// The constitution of an alliance.
    public struct Constitution: Sendable, Hashable {
        /// The day of the assembly.
        public var heldOn: CalendarDate
        /// How many members signed the minutes.
        public var signers: Int
        /// How many signed them as witnesses or authorities alone.
        public var witnesses: Int
        /// Whether the minutes are kept as a file.
        public var hasFile: Bool

        /// Describes a constitution.
        public init(heldOn: CalendarDate, signers: Int, witnesses: Int = 0, hasFile: Bool) {
            self.heldOn = heldOn
            self.signers = signers
            self.witnesses = witnesses
            self.hasFile = hasFile
        }
    }

    /// A registration before an authority.
    public struct Registration: Sendable, Hashable {
        /// The authority, empty where it is not known.
        public var authority: String
        /// The number, empty where it is not known.
        public var number: String
        /// The day of the registration.
        public var registeredOn: CalendarDate?
        /// Whether the certificate is kept as a file.
        public var hasFile: Bool

        /// Describes a registration.
        public init(authority: String, number: String, registeredOn: CalendarDate?, hasFile: Bool) {
            self.authority = authority
            self.number = number
            self.registeredOn = registeredOn
            self.hasFile = hasFile
        }
    }

    /// A version of the bylaws.
    public struct BylawsVersion: Sendable, Hashable {
        /// Identifies it.
        public var id: ID<Bylaws>
        /// Its title.
        public var title: String
        /// 1 for the first.
        public var version: Int
        /// The day on which the assembly approved it.
        public var approvedOn: CalendarDate
        /// The first day on which it counts.
        public var inForceFrom: CalendarDate
        /// Whether its text is kept, as a file or article by article.
        public var hasText: Bool
        /// Whether the minutes of its approval are named.
        public var hasMinutes: Bool
        /// Days between ordinary meetings at most, where it says so.
        public var meetingIntervalDays: Int?

        /// Describes a version.
        public init(
            id: ID<Bylaws>, title: String, version: Int, approvedOn: CalendarDate, inForceFrom: CalendarDate,
            hasText: Bool, hasMinutes: Bool, meetingIntervalDays: Int? = nil
        ) {
            self.id = id
            self.title = title
            self.version = version
            self.approvedOn = approvedOn
            self.inForceFrom = inForceFrom
            self.hasText = hasText
            self.hasMinutes = hasMinutes
            self.meetingIntervalDays = meetingIntervalDays
        }
    }

    /// The bylaws in force on a day.
    public func bylaws(on day: CalendarDate) -> BylawsVersion? {
        bylaws.filter { $0.inForceFrom <= day }.max { $0.inForceFrom < $1.inForceFrom }
    }

    /// A seat that the alliance elects, with those who held, hold and will hold it.
    public struct ElectedSeat: Sendable, Hashable {
        /// The body.
        public var body: String
        /// The seat.
        public var title: String
        /// Whether the body governs the alliance: neither one outside, nor the committee that holds its election.
        public var isGoverning: Bool
        /// Whether the limit of the body's terms is confirmed.
        public var limitIsConfirmed: Bool
        /// Whether a holder goes on until somebody follows.
        public var continuesUntilReplaced: Bool
        /// The holdings of the principal that were not annulled.
        public var holdings: [Holding]
        /// The processes in which it is elected.
        public var electedIn: Set<ID<ElectoralProcess>>

        /// Describes a seat.
        public init(
            body: String, title: String, isGoverning: Bool = true, limitIsConfirmed: Bool,
            continuesUntilReplaced: Bool, holdings: [Holding], electedIn: Set<ID<ElectoralProcess>> = []
        ) {
            self.body = body
            self.title = title
            self.isGoverning = isGoverning
            self.limitIsConfirmed = limitIsConfirmed
            self.continuesUntilReplaced = continuesUntilReplaced
            self.holdings = holdings
            self.electedIn = electedIn
        }

        /// The holding that took effect last by a day, whether it lasts or not.
        public func last(on day: CalendarDate) -> Holding? {
            holdings.filter { $0.began(by: day) }.max { $0.startsOn < $1.startsOn }
        }
    }

    /// The holding of a seat for a period.
    public struct Holding: Sendable, Hashable {
        /// Identifies the mandate.
        public var id: ID<Mandate>
        /// The first day.
        public var startsOn: CalendarDate
        /// The last day.
        public var endsOn: CalendarDate
        /// Months at the most, as the limit stood.
        public var limitMonths: Int
        /// The first day on which the seat was held by it; `nil` while it waits for its appointment or `posesión`.
        public var heldFrom: CalendarDate?
        /// The last day on which it was; `nil` for who goes on until somebody follows, and for one that waits.
        public var heldUntil: CalendarDate?
        /// Where it comes from.
        public var origin: MandateSummary.Origin
        /// The electoral process that it comes from.
        public var process: ID<ElectoralProcess>?

        /// Describes a holding.
        public init(
            id: ID<Mandate>, startsOn: CalendarDate, endsOn: CalendarDate, limitMonths: Int,
            heldFrom: CalendarDate?, heldUntil: CalendarDate?, origin: MandateSummary.Origin,
            process: ID<ElectoralProcess>? = nil
        ) {
            self.id = id
            self.startsOn = startsOn
            self.endsOn = endsOn
            self.limitMonths = limitMonths
            self.heldFrom = heldFrom
            self.heldUntil = heldUntil
            self.origin = origin
            self.process = process
        }

        /// Whether it ended before its time: the seat is vacant then, and its term has not run out.
        public var wasCutShort: Bool { heldUntil.map { $0 < endsOn } ?? false }

        /// Whether it took effect by a day.
        public func began(by day: CalendarDate) -> Bool { heldFrom.map { $0 <= day } ?? false }

        /// Whether the holder sits on a day.
        public func isHeld(on day: CalendarDate) -> Bool {
            began(by: day) && (heldUntil.map { day <= $0 } ?? true)
        }

        /// Whether it is still to take effect on a day: it begins later, or waits while its time runs.
        public func isAwaited(on day: CalendarDate) -> Bool {
            guard let heldFrom else { return endsOn >= day }
            return heldFrom > day
        }
    }

    /// An electoral process.
    public struct Election: Sendable, Hashable {
        /// Identifies it.
        public var id: ID<ElectoralProcess>
        /// Its name.
        public var name: String
        /// The day of its call, `nil` where none is kept.
        public var calledOn: CalendarDate?
        /// The day on which it ended without a proclamation.
        public var brokenOffOn: CalendarDate?
        /// Whether it was called and has not ended.
        public var isUnderWay: Bool
        /// The day on which the calendar has the proclamation.
        public var proclamationDueOn: CalendarDate?
        /// The day of the proclamation.
        public var proclaimedOn: CalendarDate?
        /// The electors of the frozen roll, `nil` where none was frozen.
        public var electors: Int?
        /// What was proclaimed.
        public var contests: [ProclaimedContest]

        /// Describes a process.
        public init(
            id: ID<ElectoralProcess>, name: String, isUnderWay: Bool, calledOn: CalendarDate? = nil,
            brokenOffOn: CalendarDate? = nil, proclamationDueOn: CalendarDate? = nil,
            proclaimedOn: CalendarDate? = nil, electors: Int? = nil, contests: [ProclaimedContest] = []
        ) {
            self.id = id
            self.name = name
            self.calledOn = calledOn
            self.brokenOffOn = brokenOffOn
            self.isUnderWay = isUnderWay
            self.proclamationDueOn = proclamationDueOn
            self.proclaimedOn = proclaimedOn
            self.electors = electors
            self.contests = contests
        }
    }

    /// What was proclaimed of one body.
    public struct ProclaimedContest: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The number of the final acta, `nil` where there is none.
        public var record: Int?
        /// How many of those elected are not in the frozen roll.
        public var electedOffRoll: Int
        /// Whether the sums of the acta are those of its tables.
        public var sumsAgree: Bool

        /// Describes what was proclaimed.
        public init(name: String, record: Int?, electedOffRoll: Int, sumsAgree: Bool) {
            self.name = name
            self.record = record
            self.electedOffRoll = electedOffRoll
            self.sumsAgree = sumsAgree
        }
    }

    /// A meeting that was held.
    public struct MeetingHeld: Sendable, Hashable {
        /// Identifies it.
        public var id: String
        /// Its name.
        public var title: String
        /// The day.
        public var heldOn: CalendarDate
        /// The day of the call, `nil` where no call is kept.
        public var calledOn: CalendarDate?
        /// Whether its minutes are written.
        public var hasMinutes: Bool

        /// Describes a meeting.
        public init(
            id: String, title: String, heldOn: CalendarDate, calledOn: CalendarDate?, hasMinutes: Bool
        ) {
            self.id = id
            self.title = title
            self.heldOn = heldOn
            self.calledOn = calledOn
            self.hasMinutes = hasMinutes
        }
    }

    /// A meeting that is planned.
    public struct MeetingPlanned: Sendable, Hashable {
        /// Identifies it.
        public var id: ID<Meeting>
        /// The day.
        public var day: CalendarDate
        /// Whether a call for it is kept.
        public var isCalled: Bool

        /// Describes a meeting.
        public init(id: ID<Meeting>, day: CalendarDate, isCalled: Bool) {
            self.id = id
            self.day = day
            self.isCalled = isCalled
        }
    }

    /// A work plan of a year.
    public struct Plan: Sendable, Hashable {
        /// Identifies it.
        public var id: String
        /// Its title.
        public var title: String
        /// The year.
        public var year: Int
        /// Whether the members' approval is kept.
        public var isApproved: Bool
        /// The first day of its follow-up, where it began within the year.
        public var startsOn: CalendarDate?
        /// The months of the year, from 1 to 12, in which something of it was followed up.
        public var monthsFollowedUp: Set<Int>

        /// Describes a plan.
        public init(
            id: String, title: String, year: Int, isApproved: Bool = true, startsOn: CalendarDate? = nil,
            monthsFollowedUp: Set<Int>
        ) {
            self.isApproved = isApproved
            self.id = id
            self.title = title
            self.year = year
            self.startsOn = startsOn
            self.monthsFollowedUp = monthsFollowedUp
        }
    }

    /// A report that was given.
    public struct Report: Sendable, Hashable {
        /// To whom.
        public enum Kind: String, Sendable, Hashable {
            /// To members and citizens.
            case accountability
            /// The six-monthly consolidation of the plan.
            case consolidated
            /// To the management of the entity.
            case management
        }

        /// Identifies it.
        public var id: String
        /// To whom.
        public var kind: Kind
        /// Its title.
        public var title: String
        /// The day on which it was given.
        public var givenOn: CalendarDate
        /// The year that it is of, which may be the one before it was given.
        public var year: Int

        /// Whether the paper that shows it is kept: the report's, or the signed minutes of the meeting.
        public var hasFile: Bool

        /// Describes a report; without a year, of that in which it was given.
        public init(
            id: String, kind: Kind, title: String, givenOn: CalendarDate, year: Int? = nil, hasFile: Bool
        ) {
            self.hasFile = hasFile
            self.year = year ?? givenOn.components.year
            self.id = id
            self.kind = kind
            self.title = title
            self.givenOn = givenOn
        }
    }
}
