public import Foundation
public import Kernel

/// The code that stands on an issued document, by which anybody finds it at «Verificar un documento»: three groups of
/// five characters, 74 random bits.
public struct DocumentCode: Sendable, Hashable, CustomStringConvertible {
    /// The groups joined by hyphens.
    public let description: String

    /// Makes a new code.
    public init() {
        description = ReadableCode.random(groups: 3).description
    }

    /// Reads what a person typed or a QR held: case, spaces and hyphens do not matter. `nil` where it cannot be a code.
    public init?(typed text: String) {
        let code = ReadableCode(typed: text).description
        guard code.utf8.count == 17, code.allSatisfy({ $0 == "-" || ReadableCode.alphabet.contains($0) })
        else { return nil }
        description = code
    }
}

/// A document that is about to be issued: minutes, a certificate, an acta.
public struct NewDocument: Sendable {
    /// The code that stands on it.
    public let code: DocumentCode
    /// What sort of document it is, in words joined by hyphens: `acta-de-escrutinio`.
    public let kind: String
    /// What it is called.
    public let title: String
    /// Whose it is: the alliance or the entity.
    public let issuer: String
    /// The identifier of what it documents; a later document of the same takes its place.
    public let subject: String
    /// The SHA-256 of its words without the code, by which a document that says the same is not issued twice.
    public let wordsDigest: HashDigest
    /// The file.
    public let file: StoredFile
    /// The local address of its public page, where it has one: `/publico/…`.
    public let place: String?

    /// Describes a document.
    public init(
        code: DocumentCode, kind: String, title: String, issuer: String,
        subject: some CustomStringConvertible,
        wordsDigest: HashDigest, file: StoredFile, place: String? = nil
    ) {
        self.code = code
        self.kind = kind
        self.title = title
        self.issuer = issuer
        self.subject = String(describing: subject)
        self.wordsDigest = wordsDigest
        self.file = file
        self.place = place
    }
}

/// A document as the register of those issued has it. It names no person.
public struct IssuedDocument: Sendable, Hashable, Identifiable {
    /// Identifies the document.
    public let id: Kernel.ID<IssuedDocument>
    /// The tenant that issued it.
    public let organization: Kernel.ID<Organization>
    /// The code that stands on it.
    public let code: String
    /// What sort of document it is, in words joined by hyphens.
    public let kind: String
    /// What it is called.
    public let title: String
    /// Whose it is.
    public let issuer: String
    /// Its version, from 1.
    public let version: Int
    /// Whether a later version took its place.
    public let isSuperseded: Bool
    /// The SHA-256 of its words without the code.
    public let wordsDigest: HashDigest?
    /// The SHA-256 of its file.
    public let sha256: HashDigest?
    /// The file, which the tenant keeps.
    public let file: Kernel.ID<StoredFile>
    /// The local address of its public page.
    public let place: String?
    /// The day of the document.
    public let datedOn: CalendarDate
    /// When it was issued.
    public let issuedAt: Date
    /// When and why it was withdrawn, where it was.
    public let withdrawal: Withdrawal?

    /// That a document no longer counts.
    public struct Withdrawal: Sendable, Hashable {
        /// Since when.
        public let at: Date
        /// Why.
        public let reason: String
    }
}

/// Why a document is not withdrawn.
public enum IssuedDocumentError: UserFacingError, Hashable {
    /// The tenant has no such document.
    case notFound
    /// It was withdrawn already.
    case withdrawnAlready
    /// A reason was not given.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "tenancy.document.not_found"
        case .withdrawnAlready: "tenancy.document.withdrawn_already"
        case .reasonMissing: "tenancy.document.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .withdrawnAlready: .conflict
        case .reasonMissing: .invalid
        }
    }

    /// The form field.
    public var field: String? { self == .reasonMissing ? "reason" : nil }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "Ese documento no existe en esta entidad. Vuelva a la lista de documentos."
        case .withdrawnAlready: "El documento ya estaba anulado. No hay nada más que hacer."
        case .reasonMissing: "Escriba el motivo: lo verá quien verifique el documento."
        }
    }
}
