public import Kernel
public import Tenancy

/// What an alliance asks of its entity for a meeting (`apoyo`), what is answered, and what came.
public struct MeetingSupport: Sendable, Hashable {
    /// The sorts of support.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A room.
        case room
        /// Food and drink.
        case snacks
        /// Transport of those who come.
        case transport
        /// Somebody who speaks.
        case speaker
        /// Printing.
        case printing
        /// Chairs, sound, screen.
        case equipment
        /// A line, a platform for those who take part from afar.
        case connection
        /// Anything else.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .room: "Salón"
            case .snacks: "Refrigerios"
            case .transport: "Transporte"
            case .speaker: "Ponente o profesional"
            case .printing: "Impresión"
            case .equipment: "Sonido, sillas o equipos"
            case .connection: "Internet o plataforma"
            case .other: "Otro apoyo"
            }
        }
    }

    /// Where it stands.
    public enum State: Sendable, Hashable {
        /// Nobody answered yet.
        case asked
        /// It was granted and did not come yet.
        case granted
        /// It was refused.
        case refused
        /// It came.
        case delivered
        /// Who asked does not need it any more.
        case withdrawn

        /// The name on screens.
        public var title: String {
            switch self {
            case .asked: "Por responder"
            case .granted: "Concedido, por entregar"
            case .refused: "Negado"
            case .delivered: "Entregado"
            case .withdrawn: "Retirado"
            }
        }
    }

    /// Identifies it.
    public let id: ID<MeetingSupport>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What sort of support it is.
    public let kind: Kind
    /// What exactly is asked, and how much.
    public let detail: String
    /// The day on which it was asked.
    public let askedOn: CalendarDate
    /// The day of the answer.
    public let answeredOn: CalendarDate?
    /// Whether it was granted.
    public let isGranted: Bool?
    /// What was answered.
    public let answer: String?
    /// The day on which it came.
    public let deliveredOn: CalendarDate?
    /// What came.
    public let delivery: String?
    /// The proof that it came.
    public let proof: ID<StoredFile>?
    /// The day on which it was not needed any more.
    public let withdrawnOn: CalendarDate?

    /// Where it stands.
    public var state: State {
        if withdrawnOn != nil { return .withdrawn }
        if deliveredOn != nil { return .delivered }
        return switch isGranted {
        case nil: .asked
        case true?: .granted
        case false?: .refused
        }
    }
}

/// Support with the meeting that it is for.
public struct SupportForMeeting: Sendable, Hashable {
    /// The support.
    public let support: MeetingSupport
    /// The meeting's name.
    public let title: String
    /// The meeting's day.
    public let day: CalendarDate
}

/// Why support is refused as it was filled in.
public enum SupportError: UserFacingError, Hashable {
    /// Nobody knows what is asked.
    case withoutDetail
    /// A refusal says no reason.
    case refusedWithoutReason
    /// It is none of this meeting's.
    case notFound
    /// It was answered, delivered or taken back already.
    case notOpen
    /// It comes on a day to come, or before it was asked.
    case notYet

    /// The stable code.
    public var code: String {
        switch self {
        case .withoutDetail: "governance.support.without_detail"
        case .refusedWithoutReason: "governance.support.refused_without_reason"
        case .notFound: "governance.support.not_found"
        case .notOpen: "governance.support.not_open"
        case .notYet: "governance.support.not_yet"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .withoutDetail, .refusedWithoutReason, .notYet: .invalid
        case .notFound: .notFound
        case .notOpen: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .withoutDetail: "detail"
        case .refusedWithoutReason: "answer"
        case .notYet: "delivered_on"
        case .notFound, .notOpen: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .withoutDetail: "Diga qué se pide y cuánto: «Refrigerio para 40 personas»."
        case .refusedWithoutReason: "Diga por qué se niega: la alianza lo leerá."
        case .notFound: "Ese apoyo no está entre los de esta reunión. Vuelva a la lista."
        case .notOpen: "Ese apoyo ya se respondió, se entregó o se retiró."
        case .notYet: "La entrega no puede ser de un día por venir ni de antes de pedirlo."
        }
    }
}
