public import Foundation
public import Kernel
public import Tenancy

/// The words of the undertaking that an entity asks for (`compromiso de confidencialidad`), in a version.
public struct ConfidentialityText: Sendable, Hashable {
    /// For how many months a signature may hold.
    public static let mostMonths = 120

    /// Identifies it.
    public let id: ID<ConfidentialityText>
    /// The version, from 1.
    public let version: Int
    /// The words.
    public let words: String
    /// For how many months a signature holds.
    public let months: Int

    /// Describes a version.
    ///
    /// - Throws: ``ConfidentialityError``.
    public init(
        id: ID<ConfidentialityText> = ID(), version: Int = 1, words: String, months: Int
    ) throws(ConfidentialityError) {
        guard let words = words.trimmedOrNil else { throw .wordsMissing }
        guard (1...Self.mostMonths).contains(months) else { throw .monthsOutOfRange }
        self.id = id
        self.version = version
        self.words = words
        self.months = months
    }

    /// The digest of the words, which a signature binds.
    public var digest: HashDigest { HashDigest(of: Array(words.utf8)) }
}

/// That somebody of the board undertook to keep to themselves what the entity hands over.
public struct ConfidentialityUndertaking: Sendable, Hashable {
    /// How somebody signed.
    public enum Signature: Sendable, Hashable {
        /// With a finger or a mouse.
        case drawn(SignatureDrawing)
        /// By the code that was mailed to an address, most of it hidden.
        case code(sentTo: String)
        /// On paper, whose scan is kept.
        case paper(ID<StoredFile>)
    }

    /// That it holds no longer.
    public struct Withdrawal: Sendable, Hashable {
        /// When.
        public let at: Date
        /// Why.
        public let reason: String
    }

    /// Identifies it.
    public let id: ID<ConfidentialityUndertaking>
    /// The version of the words.
    public let version: Int
    /// The account of who signed.
    public let user: ID<User>
    /// Their name, as it was then.
    public let name: String
    /// How they signed.
    public let signature: Signature
    /// When.
    public let signedAt: Date
    /// Since when it holds.
    public let startsOn: CalendarDate
    /// The last day on which it does.
    public let endsOn: CalendarDate
    /// That it holds no longer.
    public let withdrawal: Withdrawal?

    /// Whether it is in force on a day.
    public func holds(on day: CalendarDate) -> Bool {
        withdrawal == nil && startsOn <= day && day <= endsOn
    }
}

/// What an entity hands to a board under confidentiality.
public struct ConfidentialItem: Sendable, Hashable {
    /// That it may be read no longer before its day.
    public struct End: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// Why: given back, handed over by mistake.
        public let reason: String
    }

    /// Identifies it.
    public let id: ID<ConfidentialItem>
    /// What it is.
    public let title: String
    /// Who of the entity gives it.
    public let giver: String
    /// What it is given for.
    public let purpose: String
    /// The day on which it was handed over.
    public let receivedOn: CalendarDate
    /// The last day on which it may be read.
    public let untilOn: CalendarDate
    /// That it may be read no longer.
    public let end: End?

    /// Describes what is handed over.
    ///
    /// - Throws: ``ConfidentialityError``.
    public init(
        id: ID<ConfidentialItem> = ID(), title: String, giver: String, purpose: String,
        receivedOn: CalendarDate, untilOn: CalendarDate, end: End? = nil
    ) throws(ConfidentialityError) {
        guard let title = title.trimmedOrNil else { throw .titleMissing }
        guard let giver = giver.trimmedOrNil else { throw .giverMissing }
        guard let purpose = purpose.trimmedOrNil else { throw .purposeMissing }
        guard untilOn >= receivedOn else { throw .endsBeforeItBegins }
        self.id = id
        self.title = title
        self.giver = giver
        self.purpose = purpose
        self.receivedOn = receivedOn
        self.untilOn = untilOn
        self.end = end
    }

    /// Whether it may be read on a day, by whoever undertook it.
    public func isOpen(on day: CalendarDate) -> Bool { end == nil && receivedOn <= day && day <= untilOn }
}

/// A file of what was handed over, without its content.
public struct ConfidentialFile: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<ConfidentialFile>
    /// What it is of.
    public let item: ID<ConfidentialItem>
    /// Its name.
    public let name: String
    /// What it is.
    public let mediaType: MediaType
    /// Its size, in octets.
    public let byteCount: Int
    /// Its SHA-256.
    public let sha256: HashDigest
}

/// That somebody read a file.
public struct ConfidentialRead: Sendable, Hashable {
    /// What it is of.
    public let item: ID<ConfidentialItem>
    /// What that is called.
    public let title: String
    /// The file.
    public let file: String
    /// Who read it.
    public let reader: String
    /// When.
    public let at: Date
}

/// Why something under confidentiality is refused.
public enum ConfidentialityError: UserFacingError, Hashable {
    /// The undertaking has no words.
    case wordsMissing
    /// It holds for too long, or not at all.
    case monthsOutOfRange
    /// The entity published no words yet.
    case noText
    /// Other words were published meanwhile.
    case textChanged
    /// Somebody who does not sign.
    case notOnBoard
    /// They signed already, and it is in force.
    case signedAlready
    /// There is no such undertaking, or it holds no longer.
    case undertakingNotFound
    /// There is none of that identifier.
    case notFound
    /// It is not said what it is.
    case titleMissing
    /// It is not said who gives it.
    case giverMissing
    /// It is not said what it is for.
    case purposeMissing
    /// Its end lies before its beginning.
    case endsBeforeItBegins
    /// The day lies in the future.
    case inFuture
    /// It may be read no longer.
    case over
    /// Whoever asks has undertaken nothing that is in force.
    case notUndertaken
    /// No reason is given.
    case reasonMissing
    /// The file is there already.
    case fileKnown
    /// Who signs has no address to mail a code to.
    case noAddress
    /// The code is wrong, used or too old.
    case codeNotValid

    /// The stable code.
    public var code: String { "governance.confidentiality.\(words.code)" }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .undertakingNotFound: .notFound
        case .notUndertaken, .notOnBoard: .forbidden
        case .noText, .textChanged, .signedAlready, .over, .fileKnown: .conflict
        case .noAddress: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? { words.field }

    /// The words for the person.
    public var message: String { words.message }

    private var words: (code: String, field: String?, message: String) {
        switch self {
        case .wordsMissing: ("words_missing", "words", "Escriba el compromiso que se firma.")
        case .monthsOutOfRange:
            ("months_out_of_range", "months", "Escriba de 1 a \(ConfidentialityText.mostMonths) meses.")
        case .noText:
            ("no_text", nil, "La entidad no ha publicado el compromiso que se firma. Publíquelo primero.")
        case .textChanged:
            (
                "text_changed", nil,
                "La entidad publicó otro texto mientras usted leía. Léalo y firme de nuevo."
            )
        case .notOnBoard: ("not_on_board", nil, "Solo firma quien es de la junta de esta alianza.")
        case .signedAlready: ("signed_already", nil, "Ese compromiso ya está firmado y vigente.")
        case .undertakingNotFound:
            ("undertaking_not_found", nil, "No encontramos ese compromiso, o ya no está vigente.")
        case .notFound: ("not_found", nil, "No encontramos esa información. Vuelva a la lista.")
        case .titleMissing: ("title_missing", "title", "Diga qué se entrega.")
        case .giverMissing: ("giver_missing", "giver", "Diga quién de la entidad la entrega.")
        case .purposeMissing: ("purpose_missing", "purpose", "Diga para qué se entrega.")
        case .endsBeforeItBegins:
            ("ends_before_it_begins", "until", "El último día va después de la entrega. Corríjalo.")
        case .inFuture: ("in_future", "day", "Esa fecha todavía no llega. Corríjala.")
        case .over: ("over", nil, "Ya no se puede leer: terminó su plazo o la entidad la retiró.")
        case .notUndertaken:
            ("not_undertaken", nil, "Para leerla, firme antes el compromiso de confidencialidad.")
        case .reasonMissing: ("reason_missing", "reason", "Escriba el motivo.")
        case .fileKnown: ("file_known", "file", "Ese archivo ya está entregado.")
        case .noAddress:
            (
                "no_address", nil,
                "Su usuario no tiene un correo al que enviar el código. Firme dibujando o en papel."
            )
        case .codeNotValid:
            (
                "code_not_valid", "secret.code",
                "El código no es correcto, ya se usó o ya venció. Revíselo o pida otro."
            )
        }
    }
}
