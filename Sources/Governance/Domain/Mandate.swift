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

    /// Identifies the mandate.
    public let id: ID<Mandate>
    /// The body.
    public let body: ID<Body>
    /// The seat.
    public let seat: ID<Seat>
    /// 0 for the principal, 1 and up for the alternates in their order.
    public let rank: Int
    /// The holder.
    public let person: ID<Person>
    /// The holder's name as it was then.
    public let holderName: String
    /// The first day.
    public let startsOn: CalendarDate
    /// The last day.
    public let endsOn: CalendarDate
    /// Where it stands.
    public let state: State
    /// Where it comes from.
    public let origin: Origin

    /// Makes a summary.
    public init(
        id: ID<Mandate>, body: ID<Body>, seat: ID<Seat>, rank: Int, person: ID<Person>, holderName: String,
        startsOn: CalendarDate, endsOn: CalendarDate, state: State, origin: Origin
    ) {
        self.id = id
        self.body = body
        self.seat = seat
        self.rank = rank
        self.person = person
        self.holderName = holderName
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.state = state
        self.origin = origin
    }

    /// Where the mandate stands on a day for who looks at it.
    public func standing(on day: CalendarDate, continuesUntilReplaced: Bool) -> MandateStanding {
        switch state {
        case .pending: return .pending
        case .annulled, .ended: return .ended
        case .inForce: break
        }
        if day < startsOn { return .pending }
        if day > endsOn { return continuesUntilReplaced ? .acting : .expired }
        let days = endsOn - day
        if let alarm = MandateStanding.alarmDays.last(where: { days <= $0 }) {
            return .ending(inDays: days, alarm: alarm)
        }
        return .inForce
    }
}

/// Where a mandate stands on a day.
public enum MandateStanding: Sendable, Hashable {
    /// The days before the end at which an alarm goes off, from the first to the last.
    public static let alarmDays = [180, 90, 45, 30, 15]

    /// Not begun, or waiting for appointment or `posesión`.
    case pending
    /// In force, its end more than 180 days away.
    case inForce
    /// In force and about to end: the days left, and the smallest alarm that they are within.
    case ending(inDays: Int, alarm: Int)
    /// Past its last day, and the holder continues until replaced (`en funciones`).
    case acting
    /// Past its last day, and the seat counts as empty.
    case expired
    /// Over before its time, or annulled.
    case ended

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
    public let person: ID<Person>
    /// The first day.
    public let startsOn: CalendarDate
    /// The last day; `nil` for the longest that the body allows.
    public let endsOn: CalendarDate?
    /// Where it comes from.
    public let origin: MandateSummary.Origin
    /// The electoral process, for a mandate that comes from an election.
    public let process: ID<ElectoralProcess>?

    /// Describes a mandate to open.
    public init(
        id: ID<Mandate> = ID(), seat: ID<Seat>, rank: Int = 0, person: ID<Person>, startsOn: CalendarDate,
        endsOn: CalendarDate? = nil, origin: MandateSummary.Origin, process: ID<ElectoralProcess>? = nil
    ) {
        self.id = id
        self.seat = seat
        self.rank = rank
        self.person = person
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.origin = origin
        self.process = process
    }
}

/// Why a mandate is refused.
public enum MandateError: UserFacingError, Hashable {
    /// The seat is none of this tenant's, or was abolished.
    case seatNotFound
    /// The mandate is none of this tenant's.
    case notFound
    /// The period passes the body's limit.
    case longerThanLimit(months: Int)
    /// The end lies before the beginning.
    case endsBeforeItStarts
    /// Somebody holds the seat in that period.
    case seatTaken
    /// The mandate is over already.
    case alreadyEnded
    /// The `posesión` lies before the appointment.
    case officeBeforeAppointment
    /// The body's proclamation makes the mandate: no appointment follows.
    case noAppointmentDue
    /// Why it ends, or the act behind it, was not given.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .seatNotFound: "governance.mandate.seat_not_found"
        case .notFound: "governance.mandate.not_found"
        case .longerThanLimit: "governance.mandate.longer_than_limit"
        case .endsBeforeItStarts: "governance.mandate.ends_before_it_starts"
        case .seatTaken: "governance.mandate.seat_taken"
        case .alreadyEnded: "governance.mandate.already_ended"
        case .officeBeforeAppointment: "governance.mandate.office_before_appointment"
        case .noAppointmentDue: "governance.mandate.no_appointment_due"
        case .reasonMissing: "governance.mandate.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .seatNotFound, .notFound: .notFound
        case .longerThanLimit, .endsBeforeItStarts, .officeBeforeAppointment, .reasonMissing: .invalid
        case .seatTaken: .conflict
        case .alreadyEnded, .noAppointmentDue: .refused
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .seatNotFound: "No encontramos ese puesto. Vuelva al organismo y escójalo de nuevo."
        case .notFound: "No encontramos ese período. Vuelva al organismo y escójalo de nuevo."
        case .longerThanLimit(let months):
            "El período pasa del límite de \(months) meses de este organismo. Adelante la fecha final."
        case .endsBeforeItStarts: "La fecha final está antes de la inicial. Corrija una de las dos."
        case .seatTaken:
            "Ese puesto ya tiene titular en esas fechas. Termine primero ese período, con su motivo."
        case .alreadyEnded: "Ese período ya terminó. No hay nada más que hacer."
        case .officeBeforeAppointment:
            "La posesión no puede ser anterior al acto de nombramiento. Revise las dos fechas."
        case .noAppointmentDue:
            "En este organismo la proclamación basta: no hace falta acto de nombramiento."
        case .reasonMissing: "Escriba el motivo o el acto, con su número y fecha."
        }
    }
}
