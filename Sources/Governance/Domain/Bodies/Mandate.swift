public import Kernel
public import Tenancy

/// The holding of a seat by a person for a period (`período`), as principal or as an alternate.
public struct MandateSummary: Sendable, Hashable {
    /// Where a mandate stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Proclaimed; the act of appointment or the `posesión` is missing.
        case pending
        /// In force, which it stays after its last day where the body says so.
        case inForce = "in_force"
        /// Over.
        case ended
        /// Taken back by a decision.
        case annulled
        /// Over before the holder ever sat by it: who was elected left before the first day or the `posesión`.
        case neverHeld = "never_held"
    }

    /// Where a mandate comes from.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// An election run here.
        case election
        /// An appointment by an authority.
        case appointment
        /// The seat belongs to an office.
        case exOfficio = "ex_officio"
        /// An alternate who was called.
        case succession
        /// Entered from earlier papers.
        case recorded
    }

    /// Why a mandate ended before its last day, or after it.
    public enum EndReason: String, Sendable, Hashable, CaseIterable {
        /// The holder resigned.
        case resignation
        /// The holder is no affiliate or member any more.
        case affiliationLost = "affiliation_lost"
        /// An `inhabilidad` came up.
        case disqualification
        /// The body or the assembly removed the holder.
        case removal
        /// The holder died.
        case death
        /// An alternate who was called to the seat.
        case calledToSeat = "called_to_seat"
        /// A decision took the mandate back: it counts as never held.
        case annulment
        /// Anything else, which is told.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .resignation: "Renuncia"
            case .affiliationLost: "Dejó de ser afiliado o asociado"
            case .disqualification: "Inhabilidad"
            case .removal: "Remoción"
            case .death: "Fallecimiento"
            case .calledToSeat: "Pasó a ocupar el puesto principal"
            case .annulment: "Anulación de la elección o del nombramiento"
            case .other: "Otro motivo"
            }
        }

        /// What a person may give as a reason; the others come from acts of their own.
        public static var given: [Self] { allCases.filter { $0 != .calledToSeat } }
    }

    /// Identifies the mandate.
    public let id: ID<Mandate>
    /// The body.
    public let body: ID<Body>
    /// The seat.
    public let seat: ID<Seat>
    /// 0 for the principal, 1 and up for the alternates in their order.
    public let rank: Int
    /// The holder; `nil` where the seat is held by somebody whom the register does not know.
    public let person: ID<Person>?
    /// The holder's name as it was then.
    public let holderName: String
    /// The first day.
    public let startsOn: CalendarDate
    /// The last day of the period.
    public let endsOn: CalendarDate
    /// The last day on which the holder held it, where that is another; after ``endsOn`` for who went on until
    /// replaced and then left.
    public let endedOn: CalendarDate?
    /// Why it ended then.
    public let endReason: EndReason?
    /// What is told of that.
    public let endNote: String?
    /// The minutes in which the end is told, with number and date.
    public let endPaper: String?
    /// Their scan.
    public let endFile: ID<StoredFile>?
    /// Where it stands.
    public let state: State
    /// Where it comes from.
    public let origin: Origin
    /// The electoral process that it comes from.
    public let process: ID<ElectoralProcess>?
    /// The paper that it is known from, where it was not made here.
    public let paper: String?
    /// Its scan.
    public let paperFile: ID<StoredFile>?
    /// The act of appointment, with its number.
    public let appointmentAct: String?
    /// The day of that act.
    public let appointedOn: CalendarDate?
    /// The day of the `posesión`.
    public let tookOfficeOn: CalendarDate?
    /// From when to when the seat is held by it, as the whole history of the seat makes it; `nil` while it waits, and
    /// for one that was annulled.
    public let held: HeldDays?
    /// The first day of whoever followed on the seat; `nil` where nobody did.
    public let replacedOn: CalendarDate?

    /// The days on which a seat is held.
    public struct HeldDays: Sendable, Hashable {
        /// The first: that of the `posesión` where it came after the beginning of the period.
        public let from: CalendarDate
        /// The last; `nil` where the holder goes on until somebody follows.
        public let until: CalendarDate?
    }

    /// Makes a summary.
    public init(
        id: ID<Mandate>, body: ID<Body>, seat: ID<Seat>, rank: Int, person: ID<Person>?, holderName: String,
        startsOn: CalendarDate, endsOn: CalendarDate, endedOn: CalendarDate? = nil,
        endReason: EndReason? = nil, endNote: String? = nil, endPaper: String? = nil,
        endFile: ID<StoredFile>? = nil, state: State, origin: Origin,
        process: ID<ElectoralProcess>? = nil, paper: String? = nil,
        paperFile: ID<StoredFile>? = nil, appointmentAct: String? = nil,
        appointedOn: CalendarDate? = nil, tookOfficeOn: CalendarDate? = nil, held: HeldDays? = nil,
        replacedOn: CalendarDate? = nil
    ) {
        self.id = id
        self.body = body
        self.seat = seat
        self.rank = rank
        self.person = person
        self.holderName = holderName
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.endedOn = endedOn
        self.endReason = endReason
        self.endNote = endNote
        self.endPaper = endPaper
        self.endFile = endFile
        self.state = state
        self.origin = origin
        self.process = process
        self.paper = paper
        self.paperFile = paperFile
        self.appointmentAct = appointmentAct
        self.appointedOn = appointedOn
        self.tookOfficeOn = tookOfficeOn
        self.held = held
        self.replacedOn = replacedOn
    }

    /// The first day on which the holder acts: that of the `posesión` where it came later.
    public var actsFrom: CalendarDate { held?.from ?? startsOn }

    /// The last day that counts: the end that came, or the one that is set.
    public var lastDay: CalendarDate { endedOn ?? endsOn }

    /// What becomes of it where it ends with a day.
    func state(endingOn day: CalendarDate, because reason: EndReason) -> State {
        if reason == .annulment { return .annulled }
        guard let held, day >= held.from else { return .neverHeld }
        return .ended
    }

    /// Where the mandate stands on a day for who looks at it.
    public func standing(on day: CalendarDate) -> MandateStanding {
        if [.annulled, .neverHeld].contains(state) { return .ended }
        guard let held, day >= held.from else { return .pending }
        if held.until.map({ day > $0 }) ?? false {
            let isReplaced = replacedOn.map { $0 <= day } ?? false
            return state == .inForce && !isReplaced ? .expired : .ended
        }
        // Who ended early still holds the seat on the last day.
        return .whileHeld(on: day, endingOn: state == .ended ? lastDay : endsOn)
    }
}

/// Where a mandate stands on a day.
public enum MandateStanding: Sendable, Hashable {
    /// For how many days before its end a mandate is shown as ending. People are told on days of their own
    /// (``AlarmDays``).
    public static let nearDays = 180

    /// Not begun, or waiting for appointment or `posesión`.
    case pending
    /// In force, its end more than ``nearDays`` away.
    case inForce
    /// In force and about to end: the days left.
    case ending(inDays: Int)
    /// Past its last day, and the holder continues until replaced (`en funciones`).
    case acting
    /// Past its last day, and the seat counts as empty.
    case expired
    /// Over before its time, or annulled.
    case ended

    /// Where a mandate that is held on a day stands.
    static func whileHeld(on day: CalendarDate, endingOn endsOn: CalendarDate) -> Self {
        if day > endsOn { return .acting }
        let days = endsOn - day
        return days <= nearDays ? .ending(inDays: days) : .inForce
    }

    /// Whether somebody holds the seat.
    public var isHeld: Bool {
        switch self {
        case .inForce, .ending, .acting: true
        case .pending, .expired, .ended: false
        }
    }
}

/// A mandate that is to be opened.
public struct NewMandate: Sendable, Hashable {
    /// Identifies the mandate.
    public let id: ID<Mandate>
    /// The seat.
    public let seat: ID<Seat>
    /// 0 for the principal, 1 and up for the alternates in their order.
    public let rank: Int
    /// The holder.
    public let holder: Holder
    /// The first day.
    public let startsOn: CalendarDate
    /// The last day; `nil` for the longest that the body allows.
    public let endsOn: CalendarDate?
    /// Where it comes from.
    public let origin: MandateSummary.Origin
    /// The electoral process, for a mandate that comes from an election.
    public let process: ID<ElectoralProcess>?
    /// The paper that it is known from, for a mandate that is recorded.
    public let paper: String?
    /// The copy of that paper.
    public let paperFile: ID<StoredFile>?

    /// Who holds a seat.
    public enum Holder: Sendable, Hashable {
        /// An affiliate of the register, whose name is kept as it is now.
        case person(ID<Person>)
        /// Somebody whom the register does not know: a director, the mayor's delegate.
        case named(String)
    }

    /// Describes a mandate of an affiliate.
    public init(
        id: ID<Mandate> = ID(), seat: ID<Seat>, rank: Int = 0, person: ID<Person>, startsOn: CalendarDate,
        endsOn: CalendarDate? = nil, origin: MandateSummary.Origin, process: ID<ElectoralProcess>? = nil
    ) {
        self.init(
            id: id, seat: seat, rank: rank, holder: .person(person), startsOn: startsOn, endsOn: endsOn,
            origin: origin, process: process)
    }

    /// Describes a mandate to open.
    public init(
        id: ID<Mandate> = ID(), seat: ID<Seat>, rank: Int = 0, holder: Holder, startsOn: CalendarDate,
        endsOn: CalendarDate? = nil, origin: MandateSummary.Origin, process: ID<ElectoralProcess>? = nil,
        paper: String? = nil, paperFile: ID<StoredFile>? = nil
    ) {
        self.id = id
        self.seat = seat
        self.rank = rank
        self.holder = holder
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.origin = origin
        self.process = process
        self.paper = paper
        self.paperFile = paperFile
    }
}
