public import Kernel
public import Tenancy

/// A body with seats: inside the alliance (board, organising committee, work committees) or outside it
/// (boards of insurers and hospitals, ethics committees, COPACO, territorial councils).
public struct Body: Sendable, Hashable {
    /// The kinds of bodies.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `junta directiva` of the alliance.
        case board
        /// `comité organizador`, without hierarchy.
        case organizingCommittee = "organizing_committee"
        /// `comité` or `comisión de trabajo`.
        case workCommittee = "work_committee"
        /// `comité electoral`.
        case electionCommittee = "election_committee"
        /// `revisor fiscal`.
        case statutoryAuditor = "statutory_auditor"
        /// `junta directiva` of an EPS.
        case insurerBoard = "insurer_board"
        /// `junta directiva` of an IPS.
        case providerBoard = "provider_board"
        /// `junta directiva` of an ESE.
        case publicHospitalBoard = "public_hospital_board"
        /// `comité de ética hospitalaria`.
        case ethicsCommittee = "ethics_committee"
        /// `comité de participación comunitaria`, COPACO.
        case communityParticipationCommittee = "community_participation_committee"
        /// `consejo territorial de seguridad social en salud`, CTSSS.
        case territorialHealthCouncil = "territorial_health_council"
        /// Any other.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .board: "Junta directiva de la alianza"
            case .organizingCommittee: "Comité organizador"
            case .workCommittee: "Comité de trabajo"
            case .electionCommittee: "Comité electoral"
            case .statutoryAuditor: "Revisoría fiscal"
            case .insurerBoard: "Junta directiva de la EPS"
            case .providerBoard: "Junta directiva de la IPS"
            case .publicHospitalBoard: "Junta directiva de la ESE"
            case .ethicsCommittee: "Comité de ética hospitalaria"
            case .communityParticipationCommittee: "Comité de participación comunitaria (COPACO)"
            case .territorialHealthCouncil: "Consejo territorial de seguridad social en salud"
            case .other: "Otro organismo"
            }
        }
    }

    /// What makes a mandate after an election.
    public enum Formation: String, Sendable, Hashable, CaseIterable {
        /// The proclamation itself.
        case proclamation
        /// An act of appointment and a `posesión` that follow it (ESE boards).
        case appointment

        /// The name on screens.
        public var title: String {
            switch self {
            case .proclamation: "La proclamación"
            case .appointment: "El acto de nombramiento y la posesión"
            }
        }
    }

    /// Identifies the body.
    public let id: ID<Body>
    /// The alliance that it belongs to, or that elects to it.
    public let alliance: ID<Alliance>?
    /// Its name.
    public let name: String
    /// Its kind.
    public let kind: Kind
    /// Whether it stands outside the alliance.
    public let isExternal: Bool
    /// How long a mandate lasts at the most.
    public let term: TermLimit
    /// What makes a mandate.
    public let formation: Formation
    /// Whether a holder goes on (`en funciones`) after the end until somebody follows.
    public let continuesUntilReplaced: Bool

    /// Makes a body.
    public init(
        id: ID<Body>, alliance: ID<Alliance>?, name: String, kind: Kind, isExternal: Bool, term: TermLimit,
        formation: Formation, continuesUntilReplaced: Bool
    ) {
        self.id = id
        self.alliance = alliance
        self.name = name
        self.kind = kind
        self.isExternal = isExternal
        self.term = term
        self.formation = formation
        self.continuesUntilReplaced = continuesUntilReplaced
    }
}

/// How long a mandate in a body lasts at the most, and how many may follow each other, with the norms.
///
/// Two years is the rule that the alliances' norm gives (Decreto 1757 de 1994); another norm gives ESE
/// boards three (Decreto 1876 de 1994, art. 9), and the two are disputed. So a longer term needs its citation.
public struct TermLimit: Sendable, Hashable {
    /// The months without a citation of their own.
    public static let monthsWithoutCitation = 24

    /// Months at the most, from 1 to 60.
    public let months: Int
    /// The norm behind the months.
    public let norm: String?
    /// Whether somebody checked that norm's text.
    public let isConfirmed: Bool
    /// Consecutive periods at the most; `nil` where no limit is known.
    public let consecutiveTerms: Int?
    /// The norm behind that limit.
    public let consecutiveTermsNorm: String?

    /// Makes a limit.
    ///
    /// - Throws: ``BodyError/uncitedTerm(months:)`` where more than two years have no citation, and
    ///   ``BodyError/termOutOfRange``.
    public init(
        months: Int, norm: String?, isConfirmed: Bool, consecutiveTerms: Int?, consecutiveTermsNorm: String?
    ) throws(BodyError) {
        guard (1...60).contains(months) else { throw .termOutOfRange }
        guard months <= Self.monthsWithoutCitation || norm != nil else { throw .uncitedTerm(months: months) }
        if let consecutiveTerms, consecutiveTerms < 1 { throw .termOutOfRange }
        self.months = months
        self.norm = norm
        self.isConfirmed = isConfirmed
        self.consecutiveTerms = consecutiveTerms
        self.consecutiveTermsNorm = consecutiveTermsNorm
    }

    /// The last day that a mandate may have that begins on a day.
    public func lastDay(from start: CalendarDate) -> CalendarDate {
        start.addingMonths(months) - 1
    }
}

extension Bylaws {
    /// Refuses what the alliance's own bodies may not have.
    ///
    /// - Throws: ``BodyError/longerThanBylaws(months:)``, ``BodyError/seatsAgainstBylaws(_:)``.
    func require(_ term: TermLimit, seats: Int, of kind: Body.Kind) throws(BodyError) {
        if let months = integer(.termMonths), term.months > months { throw .longerThanBylaws(months: months) }
        if [.board, .organizingCommittee].contains(kind), let ordered = integer(.boardSeats), seats != ordered
        {
            throw .seatsAgainstBylaws(ordered)
        }
    }
}

/// A seat of a body (`puesto`, `curul`, `cargo`).
public struct Seat: Sendable, Hashable {
    /// Identifies the seat.
    public let id: ID<Seat>
    /// The body.
    public let body: ID<Body>
    /// Its place in the body, 1 being the first.
    public let position: Int
    /// Its name: "Presidencia", "Integrante 3".
    public let title: String
    /// Outside the alliance: whom the seat speaks for.
    public let sector: String?
    /// Whether the alliance elects who sits there.
    public let isElected: Bool

    /// Makes a seat.
    public init(id: ID<Seat>, body: ID<Body>, position: Int, title: String, sector: String?, isElected: Bool)
    {
        self.id = id
        self.body = body
        self.position = position
        self.title = title
        self.sector = sector
        self.isElected = isElected
    }
}

/// Why a body, a seat or a term is refused.
public enum BodyError: UserFacingError, Hashable {
    /// The body is none of this tenant's.
    case notFound
    /// The alliance has a body of that name.
    case nameTaken(String)
    /// The name is empty.
    case unnamed
    /// A body needs at least one seat.
    case noSeats
    /// The term is not from 1 to 60 months.
    case termOutOfRange
    /// More than two years need the norm that says so.
    case uncitedTerm(months: Int)
    /// The bylaws give the alliance's own bodies a shorter term.
    case longerThanBylaws(months: Int)
    /// The bylaws give board and organising committee another number of seats.
    case seatsAgainstBylaws(Int)
    /// A body inside needs its alliance.
    case withoutAlliance
    /// A seat has no name.
    case untitledSeat
    /// The seat is none of this body's, or was abolished already.
    case seatNotFound
    /// Somebody holds the seat, or waits for it.
    case seatIsHeld(String)
    /// The body keeps one seat at least.
    case lastSeat

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.body.not_found"
        case .nameTaken: "governance.body.name_taken"
        case .unnamed: "governance.body.unnamed"
        case .noSeats: "governance.body.no_seats"
        case .termOutOfRange: "governance.body.term_out_of_range"
        case .uncitedTerm: "governance.body.uncited_term"
        case .longerThanBylaws: "governance.body.longer_than_bylaws"
        case .seatsAgainstBylaws: "governance.body.seats_against_bylaws"
        case .withoutAlliance: "governance.body.without_alliance"
        case .untitledSeat: "governance.body.untitled_seat"
        case .seatNotFound: "governance.body.seat_not_found"
        case .seatIsHeld: "governance.body.seat_is_held"
        case .lastSeat: "governance.body.last_seat"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .seatNotFound: .notFound
        case .nameTaken: .conflict
        case .seatIsHeld, .lastSeat, .longerThanBylaws, .seatsAgainstBylaws: .refused
        case .unnamed, .noSeats, .termOutOfRange, .uncitedTerm, .withoutAlliance, .untitledSeat: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .withoutAlliance, .seatNotFound, .seatIsHeld, .lastSeat: nil
        case .nameTaken, .unnamed: "name"
        case .noSeats, .untitledSeat, .seatsAgainstBylaws: "seat1"
        case .termOutOfRange, .longerThanBylaws: "term_months"
        case .uncitedTerm: "term_norm"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos ese organismo. Vuelva a la lista y escójalo de nuevo."
        case .nameTaken(let name): "La alianza ya tiene un organismo llamado «\(name)». Use otro nombre."
        case .unnamed: "Escriba el nombre del organismo."
        case .noSeats: "Agregue al menos un puesto."
        case .termOutOfRange: "El período va de 1 a 60 meses, y los períodos seguidos se cuentan desde 1."
        case .uncitedTerm(let months):
            "Un período de \(months) meses pasa de dos años. Cite la norma de ese organismo que lo permite."
        case .longerThanBylaws(let months):
            "Los estatutos vigentes dan períodos de \(months) meses a lo sumo. Escriba esa cifra o una menor."
        case .seatsAgainstBylaws(let seats):
            "Los estatutos vigentes dan \(SpanishFormat.count(seats, "puesto", "puestos")) a este organismo. Escriba ese número de puestos."
        case .withoutAlliance: "Un organismo interno es de una alianza. Escoja cuál."
        case .untitledSeat: "Escriba el nombre de cada puesto."
        case .seatNotFound: "No encontramos ese puesto. Vuelva al organismo y escójalo de nuevo."
        case .seatIsHeld(let title):
            "El puesto «\(title)» tiene titular o alguien por posesionarse. Termine primero ese período."
        case .lastSeat: "El organismo se queda con un puesto al menos. Agregue otro antes de suprimir este."
        }
    }
}
