public import Foundation
public import Kernel
public import Tenancy

/// Something on paper or in a file that an alliance has: issued here, kept here, or recorded from paper.
public struct AllianceDocument: Sendable, Hashable {
    /// Where it comes from.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// Issued here, with a code by which anybody verifies it.
        case issued
        /// A file that was kept with something.
        case file
        /// Minutes that were recorded from paper.
        case minutes
        /// A version of the bylaws.
        case bylaws

        /// The name on screens.
        public var title: String {
            switch self {
            case .issued: "Emitido con código"
            case .file: "Archivo guardado"
            case .minutes: "Acta registrada"
            case .bylaws: "Estatutos"
            }
        }
    }

    /// Whether it counts.
    public enum Standing: Sendable, Hashable {
        /// It does.
        case current
        /// A later version took its place.
        case superseded
        /// It was withdrawn.
        case withdrawn
    }

    /// Where it comes from.
    public let source: Source
    /// Identifies it within its source.
    public let id: UUID
    /// What it is called.
    public let title: String
    /// What sort of document it is, in words joined by hyphens, of those issued.
    public let kind: String?
    /// The day of the document.
    public let datedOn: CalendarDate
    /// When it came to be kept here.
    public let keptAt: Date
    /// The file.
    public let file: ID<StoredFile>?
    /// The SHA-256 of its file.
    public let digest: HashDigest?
    /// The code that stands on it.
    public let code: String?
    /// Its version, of bylaws; the meeting's identifier is in ``meeting``.
    public let version: Int?
    /// The meeting, of minutes.
    public let meeting: ID<Meeting>?
    /// Whether it counts.
    public let standing: Standing
    /// Whether it is the board's own.
    public let isReserved: Bool
    /// The number of the last delivery that it was in.
    public let delivery: Int?
    /// How long it is kept.
    public let retention: DocumentRetention
    /// What a file was kept with; `nil` where nothing that whoever reads may see says so.
    public internal(set) var origin: DocumentOrigin?

    /// What it is, in words: what a file proves rather than its name.
    public var name: String { origin?.words ?? title }

    /// What sort of document it is, in words.
    public var kindInWords: String {
        guard let kind else { return origin?.kind.title ?? source.title }
        let words = kind.replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// Something that an alliance should have on paper and does not, or has and did not hand over.
public struct DocumentGap: Sendable, Hashable {
    /// The sorts of gaps.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Nothing says how it was constituted.
        case constitution
        /// It has no bylaws.
        case bylaws
        /// It has no plan for the year.
        case plan
        /// A meeting that passed has no minutes.
        case minutes
        /// Minutes have no signed paper.
        case signedMinutes
        /// A document was never handed over to be kept.
        case delivery
        /// What was handed over has no receipt.
        case receipt

        /// What is missing, in words.
        public var title: String {
            switch self {
            case .constitution: "Falta registrar cómo se constituyó la alianza"
            case .bylaws: "Faltan los estatutos o el reglamento"
            case .plan: "Falta el plan de trabajo de este año"
            case .minutes: "Reuniones que pasaron y no tienen acta"
            case .signedMinutes: "Actas sin su papel firmado"
            case .delivery: "Documentos que no se han entregado en custodia"
            case .receipt: "Entregas sin recibo firmado"
            }
        }
    }

    /// Its sort.
    public let kind: Kind
    /// How many.
    public let count: Int
    /// The day of the oldest.
    public let since: CalendarDate?

    /// Describes a gap.
    public init(_ kind: Kind, count: Int, since: CalendarDate? = nil) {
        self.kind = kind
        self.count = count
        self.since = since
    }
}

/// What an alliance handed over to be kept (`entrega en custodia`), with its receipt.
public struct Delivery: Sendable, Hashable {
    /// How it was handed over.
    public enum Medium: String, Sendable, Hashable, CaseIterable {
        case platform, digital, paper

        /// The name on screens.
        public var title: String {
            switch self {
            case .platform: "Queda en la plataforma"
            case .digital: "En medio digital (correo, memoria)"
            case .paper: "En papel"
            }
        }
    }

    /// One thing that was handed over.
    public struct Item: Sendable, Hashable {
        /// What it is called.
        public let title: String
        /// Its day.
        public let datedOn: CalendarDate?
        /// Its file; `nil` for paper.
        public let file: ID<StoredFile>?
        /// The SHA-256 that its file had then.
        public let digest: HashDigest?
        /// How many sheets it has, of paper.
        public let sheets: Int?
        /// How long it was to be kept when it was handed over; `nil` where nobody said what it is.
        public let retention: DocumentRetention?

        /// Describes a thing.
        public init(
            title: String, datedOn: CalendarDate?, file: ID<StoredFile>? = nil, digest: HashDigest? = nil,
            sheets: Int? = nil, retention: DocumentRetention? = nil
        ) {
            self.title = title
            self.datedOn = datedOn
            self.file = file
            self.digest = digest
            self.sheets = sheets
            self.retention = retention
        }
    }

    /// Identifies it.
    public let id: ID<Delivery>
    /// Its number in the alliance, from 1.
    public let number: Int
    /// The office that it went to.
    public let recipient: String
    /// The post of whoever received it.
    public let recipientPost: String?
    /// How.
    public let medium: Medium
    /// What else is to be told.
    public let note: String?
    /// The day.
    public let handedOn: CalendarDate
    /// The day of the receipt.
    public let receivedOn: CalendarDate?
    /// Who signed it, by office.
    public let receivedBy: String?
    /// The signed receipt.
    public let receipt: ID<StoredFile>?
    /// How many things it held.
    public let count: Int
}

/// Why a delivery or a copy is refused.
public enum CustodyError: UserFacingError, Hashable {
    /// It is none of this alliance's.
    case notFound
    /// Nobody is said to have received it.
    case recipientMissing
    /// It holds nothing.
    case nothingHandedOver
    /// The day lies in the future, or before the delivery.
    case dayOutOfPlace
    /// It has its receipt.
    case receivedAlready
    /// One of the documents is none of the alliance's.
    case documentNotFound
    /// One of the documents is the board's own.
    case documentReserved
    /// A copy is being made.
    case exportUnderWay
    /// The copy is not there: it is being made, could not be made, or was removed.
    case exportNotThere
    /// The copy would be larger than an archive can be.
    case exportTooLarge

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.custody.not_found"
        case .recipientMissing: "governance.custody.recipient_missing"
        case .nothingHandedOver: "governance.custody.nothing_handed_over"
        case .dayOutOfPlace: "governance.custody.day_out_of_place"
        case .receivedAlready: "governance.custody.received_already"
        case .documentNotFound: "governance.custody.document_not_found"
        case .documentReserved: "governance.custody.document_reserved"
        case .exportUnderWay: "governance.custody.export_under_way"
        case .exportNotThere: "governance.custody.export_not_there"
        case .exportTooLarge: "governance.custody.export_too_large"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .exportNotThere: .notFound
        case .receivedAlready, .exportUnderWay: .conflict
        case .exportTooLarge: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .recipientMissing: "recipient"
        case .nothingHandedOver, .documentNotFound, .documentReserved: "documents"
        case .dayOutOfPlace: "day"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa entrega. Vuelva a «Documentos» y escójala de nuevo."
        case .recipientMissing: "Diga a qué oficina se entregó."
        case .nothingHandedOver: "Marque al menos un documento, o escriba un papel que se entregó."
        case .dayOutOfPlace: "Esa fecha todavía no llega, o es anterior a la entrega. Corríjala."
        case .receivedAlready: "Esa entrega ya tiene su recibo."
        case .documentNotFound: "Uno de los documentos marcados ya no está. Revise la lista."
        case .documentReserved:
            "Uno de los documentos es solo de la junta. Compártalo con la entidad antes de entregarlo, o quítelo de la entrega."
        case .exportUnderWay: "Ya se está haciendo una copia. Espere a que termine."
        case .exportNotThere: "Esa copia no está: no ha terminado, o se borró a los siete días. Pida otra."
        case .exportTooLarge:
            "La copia pasaría de 4 GB. Pida a quien opera la plataforma que la haga por partes."
        }
    }
}
