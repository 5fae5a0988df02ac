public import Foundation
public import Kernel
public import Tenancy

/// The handover (`entrega`) from the board that leaves to the one that comes: a list, and who signs it on either side.
public struct Handover: Sendable, Hashable, Identifiable {
    /// Where a handover stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Being prepared and signed.
        case open
        /// Signed by all.
        case done
        /// Given up.
        case dropped
    }

    /// Identifies it.
    public let id: Kernel.ID<Handover>
    /// The alliance.
    public let alliance: Kernel.ID<Alliance>
    /// The body whose holders change.
    public let body: Kernel.ID<Body>
    /// The name of the body.
    public let bodyName: String
    /// The first day of those who come.
    public let changedOn: CalendarDate
    /// Where it stands.
    public let state: State
    /// The digest of the list, fixed by the first signature.
    public let digest: HashDigest?
    /// When the last one signed.
    public let finishedAt: Date?
    /// Why it was given up.
    public let droppedReason: String?

    /// What it is called.
    public var title: String { "Entrega de \(bodyName), \(SpanishFormat.date(changedOn))" }
}

/// A point of a handover: something that is delivered, or missing.
public struct HandoverItem: Sendable, Hashable {
    /// What it is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Documents of the alliance: bylaws, constitution, registrations.
        case documents
        /// Minutes: the book, and those that are not finished.
        case minutes
        /// Meetings that are planned.
        case meetings
        /// Commitments that are open.
        case commitments
        /// Complaints that are not closed.
        case complaints
        /// Letters that wait for an answer, or are not issued.
        case letters
        /// Oversight exercises that are not closed.
        case oversight
        /// Polls that take answers.
        case polls
        /// The work plan of the year.
        case plan
        /// Rights in the platform.
        case rights
        /// What the board keeps to itself.
        case ownSpace = "own_space"
        /// Anything else, which a person adds: keys, stamps, money, equipment.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .documents: "Documentos"
            case .minutes: "Actas"
            case .meetings: "Reuniones programadas"
            case .commitments: "Compromisos abiertos"
            case .complaints: "Quejas sin cerrar"
            case .letters: "Cartas abiertas"
            case .oversight: "Veedurías abiertas"
            case .polls: "Sondeos abiertos"
            case .plan: "Plan de trabajo"
            case .rights: "Accesos a la plataforma"
            case .ownSpace: "Espacio propio de la junta"
            case .other: "Otros bienes y asuntos"
            }
        }
    }

    /// Whether it was delivered.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Nobody said yet.
        case pending
        /// Delivered and received.
        case delivered
        /// Not delivered, with why.
        case missing

        /// The name on screens.
        public var title: String {
            switch self {
            case .pending: "Por revisar"
            case .delivered: "Se entrega"
            case .missing: "No se entrega"
            }
        }
    }

    /// Of what it was made: `minutes:…`, `commitment:…`; a key of its own where a person added it.
    public let key: String
    /// What it is about.
    public let kind: Kind
    /// What is handed over.
    public let title: String
    /// How it stands.
    public let detail: String
    /// Whether it was delivered.
    public let state: State
    /// What is told of that.
    public let note: String?

    /// Describes a point.
    public init(
        key: String, kind: Kind, title: String, detail: String, state: State = .pending, note: String? = nil
    ) {
        self.key = key
        self.kind = kind
        self.title = title
        self.detail = detail
        self.state = state
        self.note = note
    }

    /// The list as it is signed, in the one way that has one digest.
    static func digest(of items: [HandoverItem], changedOn: CalendarDate, in body: String) -> HashDigest {
        var text = CanonicalText()
        text.append([body, changedOn.description])
        for item in items {
            text.append([item.kind.rawValue, item.title, item.detail, item.state.rawValue, item.note])
        }
        return text.digest
    }

    /// A list made anew, with what people said of the points of the one before; points that a person added stay.
    static func refreshed(_ items: [HandoverItem], keeping known: [HandoverItem]) -> [HandoverItem] {
        let marks = Dictionary(known.map { ($0.key, $0) }) { first, _ in first }
        let made = items.map { item in
            let mark = marks[item.key]
            return HandoverItem(
                key: item.key, kind: item.kind, title: item.title, detail: item.detail,
                state: mark?.state ?? .pending, note: mark?.note)
        }
        return made + known.filter { $0.kind == .other }
    }
}

/// Somebody who signs a handover.
public struct HandoverSigner: Sendable, Hashable, Identifiable {
    /// On which side somebody signs.
    public enum Side: String, Sendable, Hashable, CaseIterable {
        /// Who leaves and delivers.
        case outgoing
        /// Who comes and receives.
        case incoming

        /// The name on screens.
        public var title: String {
            switch self {
            case .outgoing: "Quienes entregan"
            case .incoming: "Quienes reciben"
            }
        }
    }

    /// Identifies it.
    public let id: Kernel.ID<HandoverSigner>
    /// On which side.
    public let side: Side
    /// The place on its side, from 1.
    public let position: Int
    /// The name of the seat.
    public let office: String
    /// The seat.
    public let seat: Kernel.ID<Seat>
    /// The mandate by which they deliver or receive.
    public let mandate: Kernel.ID<Mandate>
    /// The person, where the register knows them.
    public let person: Kernel.ID<Person>?
    /// The name.
    public let name: String
    /// Why they do not sign.
    public let excuse: String?
    /// That they signed.
    public let signature: MinutesSigner.Signature?

    /// Whether the handover waits for them.
    public var isAwaited: Bool { excuse == nil && signature == nil }

    /// Those who sign for one side: presidency and secretariat of the body, or the first two where it has no such seats.
    static func of(_ seated: SeatedBody, on side: Side) -> [HandoverSigner] {
        let held = seated.seatings.compactMap { seating in
            (seating.principal ?? seating.awaited.first { $0.mandate.rank == 0 }).map {
                (seating.seat, $0.mandate)
            }
        }
        let named = held.filter { $0.0.signsForItsBody }
        return (named.isEmpty ? Array(held.prefix(2)) : named).enumerated().map { index, holder in
            HandoverSigner(
                id: ID(), side: side, position: index + 1, office: holder.0.title, seat: holder.0.id,
                mandate: holder.1.id, person: holder.1.person, name: holder.1.holderName, excuse: nil,
                signature: nil)
        }
    }
}

/// Why something about a handover is refused.
public enum HandoverError: UserFacingError, Hashable {
    /// There is no such handover.
    case notFound
    /// Another one of the body is open.
    case alreadyOpen
    /// The body is none of the alliance's own.
    case outside
    /// Nobody held the seats the day before.
    case nobodyLeaves
    /// Nobody holds the seats on the day.
    case nobodyComes
    /// Nobody changed.
    case sameHolders
    /// The day lies too far away.
    case dayOutOfPlace
    /// Points that nobody looked at.
    case unchecked(Int)
    /// What is missing is not told.
    case missingUntold(String, position: Int)
    /// A point has no title.
    case untitled
    /// There is no such point.
    case itemNotFound
    /// It is signed in part: the list stays.
    case signedInPart
    /// It is over.
    case closed
    /// Who looks is not the signer.
    case notTheSigner
    /// There is no such signer.
    case signerNotFound
    /// They signed, or were excused.
    case signedAlready
    /// The signer does not hold the seat today.
    case rightOver(name: String, office: String)
    /// Each side needs a signature.
    case sideEmpty
    /// No reason was given.
    case reasonMissing
    /// The list is not the one that was signed.
    case altered
    /// The paper is from before the change or from days to come.
    case paperOutOfPlace

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.handover.not_found"
        case .alreadyOpen: "governance.handover.already_open"
        case .outside: "governance.handover.outside"
        case .nobodyLeaves: "governance.handover.nobody_leaves"
        case .nobodyComes: "governance.handover.nobody_comes"
        case .sameHolders: "governance.handover.same_holders"
        case .dayOutOfPlace: "governance.handover.day_out_of_place"
        case .unchecked: "governance.handover.unchecked"
        case .missingUntold: "governance.handover.missing_untold"
        case .untitled: "governance.handover.untitled"
        case .itemNotFound: "governance.handover.item_not_found"
        case .signedInPart: "governance.handover.signed_in_part"
        case .closed: "governance.handover.closed"
        case .notTheSigner: "governance.handover.not_the_signer"
        case .signerNotFound: "governance.handover.signer_not_found"
        case .signedAlready: "governance.handover.signed_already"
        case .rightOver: "governance.handover.right_over"
        case .sideEmpty: "governance.handover.side_empty"
        case .reasonMissing: "governance.handover.reason_missing"
        case .altered: "governance.handover.altered"
        case .paperOutOfPlace: "governance.handover.paper_out_of_place"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .itemNotFound, .signerNotFound: .notFound
        case .alreadyOpen, .signedInPart, .closed, .signedAlready, .altered: .conflict
        case .outside, .nobodyLeaves, .nobodyComes, .sameHolders, .unchecked, .sideEmpty, .rightOver: .refused
        case .notTheSigner: .forbidden
        case .dayOutOfPlace, .missingUntold, .untitled, .reasonMissing, .paperOutOfPlace: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .nobodyLeaves, .nobodyComes, .sameHolders, .dayOutOfPlace: "changed_on"
        case .untitled: "title"
        case .reasonMissing: "reason"
        case .missingUntold(_, let position): "note\(position)"
        case .paperOutOfPlace: "day"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa entrega. Vuelva al organismo y escójala de nuevo."
        case .alreadyOpen: "Este organismo ya tiene una entrega abierta. Termínela o descártela primero."
        case .outside: "La entrega es entre quienes salen y entran en un organismo propio de la alianza."
        case .nobodyLeaves:
            "El día anterior nadie ocupaba los puestos: no hay quien entregue. Revise la fecha del cambio."
        case .nobodyComes:
            "Ese día nadie ocupa los puestos ni espera ocuparlos. Registre primero a quienes entran."
        case .sameHolders: "Ese día no cambió nadie. Escriba el primer día de quienes entran."
        case .dayOutOfPlace:
            "La entrega se prepara desde un mes antes del cambio y hasta un año después. Revise la fecha."
        case .unchecked(let count):
            "Falta revisar \(SpanishFormat.count(count, "punto", "puntos")) de la lista. Diga de cada uno si se entrega."
        case .missingUntold(let title, _): "Diga por qué no se entrega «\(title)»."
        case .untitled: "Escriba qué más se entrega."
        case .itemNotFound: "Ese punto ya no está en la lista. Actualice la página."
        case .signedInPart:
            "La lista ya tiene una firma y no cambia. Si está mal, descarte la entrega y prepare otra."
        case .closed: "Esta entrega ya terminó."
        case .notTheSigner: "Esta firma es de otra persona. Entre con el usuario de quien firma."
        case .signerNotFound: "Esa persona no firma esta entrega."
        case .signedAlready: "Esa firma ya consta."
        case .rightOver(let name, let office):
            "\(name) no ocupa hoy el puesto «\(office)»: no puede recibir por él."
        case .sideEmpty:
            "Firma al menos una persona de cada lado. Deje por firmar a alguien más antes de excusar a esta."
        case .reasonMissing: "Diga por qué, en una frase."
        case .altered: "La lista no es la que se firmó. Avise a quien opera la plataforma."
        case .paperOutOfPlace:
            "La hoja firmada es del día del cambio o posterior, y no de un día que no ha llegado."
        }
    }
}
