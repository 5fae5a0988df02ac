public import Kernel
public import Tenancy

/// Somewhere where people were sought out for a meeting: an insurer, a service, the press.
public struct OutreachVisit: Sendable, Hashable {
    /// What sort of place it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One of the insurers with the most users.
        case mainInsurer = "main_insurer"
        /// An insurer with fewer.
        case otherInsurer = "other_insurer"
        /// A medical centre.
        case medicalCentre = "medical_centre"
        /// A service of the entity itself.
        case ownService = "own_service"
        /// An office of an insurer.
        case administrativeSite = "administrative_site"
        /// A newspaper, a radio.
        case press
        /// Anything else.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .mainInsurer: "Aseguradora representativa"
            case .otherInsurer: "Otra aseguradora"
            case .medicalCentre: "Centro médico"
            case .ownService: "Servicio propio"
            case .administrativeSite: "Sede de una aseguradora"
            case .press: "Prensa o radio local"
            case .other: "Otro lugar"
            }
        }
    }

    /// Identifies the visit.
    public let id: ID<OutreachVisit>
    /// What sort of place it is.
    public let kind: Kind
    /// Its name.
    public let place: String
    /// How many users it has: its weight.
    public let users: Int?
    /// The day.
    public let visitedOn: CalendarDate
    /// How many posters were left.
    public let posters: Int
    /// How many leaflets were handed out.
    public let leaflets: Int
    /// The office that received them.
    public let receivedBy: String?
    /// What is told of it.
    public let note: String?
    /// Its proof.
    public let proof: ID<StoredFile>?

    /// Describes a visit.
    ///
    /// - Throws: ``OutreachError``.
    public init(
        id: ID<OutreachVisit> = ID(), kind: Kind, place: String, users: Int? = nil, visitedOn: CalendarDate,
        posters: Int = 0, leaflets: Int = 0, receivedBy: String? = nil, note: String? = nil,
        proof: ID<StoredFile>? = nil
    ) throws(OutreachError) {
        guard let place = place.trimmedOrNil else { throw .withoutPlace }
        guard posters >= 0, leaflets >= 0, users ?? 0 >= 0 else { throw .negative }
        self.id = id
        self.kind = kind
        self.place = place
        self.users = users
        self.visitedOn = visitedOn
        self.posters = posters
        self.leaflets = leaflets
        self.receivedBy = receivedBy?.trimmedOrNil
        self.note = note?.trimmedOrNil
        self.proof = proof
    }
}

/// An insurer by how many people of the register it insures.
public struct InsurerWeight: Sendable, Hashable {
    /// Its short name.
    public let name: String
    /// How many people of the register it insures.
    public let users: Int
    /// The last visit for the meeting, `nil` where there was none.
    public let visitedOn: CalendarDate?
    /// Whether it is among those that insure the most: together they have at least three of every four people.
    public let isMain: Bool

    /// The insurers in order of their weight, with those that matter most told apart.
    static func ordered(_ insurers: [(name: String, users: Int, visitedOn: CalendarDate?)]) -> [Self] {
        let all = insurers.reduce(0) { $0 + $1.users }
        var before = 0
        return insurers.sorted { ($1.users, $0.name) < ($0.users, $1.name) }.map { insurer in
            defer { before += insurer.users }
            return InsurerWeight(
                name: insurer.name, users: insurer.users, visitedOn: insurer.visitedOn,
                isMain: before * 4 < all * 3)
        }
    }
}

/// Why a visit or a sheet of calls is refused.
public enum OutreachError: UserFacingError, Hashable {
    /// The place has no name.
    case withoutPlace
    /// A figure is negative.
    case negative
    /// It lies in the future, or after the meeting.
    case notYet
    /// The visit is none of this meeting's.
    case notFound
    /// There is nobody to call.
    case nobodyToCall
    /// The line is none of this sheet's.
    case lineNotFound
    /// The meeting is over.
    case meetingIsOver
    /// The calls stand among the channels already.
    case alreadyCounted

    /// The stable code.
    public var code: String {
        switch self {
        case .withoutPlace: "governance.outreach.without_place"
        case .negative: "governance.outreach.negative"
        case .notYet: "governance.outreach.not_yet"
        case .notFound: "governance.outreach.not_found"
        case .nobodyToCall: "governance.outreach.nobody_to_call"
        case .lineNotFound: "governance.outreach.line_not_found"
        case .meetingIsOver: "governance.outreach.meeting_is_over"
        case .alreadyCounted: "governance.outreach.already_counted"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .withoutPlace, .negative, .notYet: .invalid
        case .notFound, .lineNotFound: .notFound
        case .nobodyToCall: .refused
        case .meetingIsOver, .alreadyCounted: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .withoutPlace: "place"
        case .negative: "leaflets"
        case .notYet: "visited_on"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .withoutPlace: "Escriba qué lugar se visitó."
        case .negative: "Las cantidades no pueden ser negativas. Corríjalas."
        case .notYet: "La visita es de antes de la reunión y no puede ser de un día por venir."
        case .notFound: "Esa visita no está anotada en esta reunión. Vuelva a la lista."
        case .nobodyToCall:
            "No hay nadie a quien llamar: ni asociados ni usuarios del último año. Inscriba asociados o anote el uso de servicios."
        case .lineNotFound: "Esa persona no está en la lista de llamadas de esta reunión."
        case .meetingIsOver: "La reunión ya pasó: la lista de llamadas queda como está."
        case .alreadyCounted: "Las llamadas de la hoja ya están entre los medios de la convocatoria."
        }
    }
}
