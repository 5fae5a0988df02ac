import Foundation
public import Kernel

/// A person who signs in to a tenant.
public struct User: Sendable, Hashable, Identifiable {
    /// Identifies the user within the tenant.
    public let id: Kernel.ID<User>
    /// The identity document, by which the user is known for a person of the register.
    public let document: IdentityDocument?
    /// Name and surnames.
    public let name: String
    /// The mail address, in lower case.
    public let email: String?
    /// Post or office (`cargo`), as it stands on documents.
    public let officeTitle: String
    /// Whether the user may sign in.
    public let isActive: Bool

    /// Makes a user.
    public init(
        id: Kernel.ID<User>, document: IdentityDocument?, name: String, email: String?, officeTitle: String,
        isActive: Bool
    ) {
        self.id = id
        self.document = document
        self.name = name
        self.email = email
        self.officeTitle = officeTitle
        self.isActive = isActive
    }
}

extension User {
    /// Makes a user of what a person filled in.
    ///
    /// - Throws: ``InvalidInput`` with each field that is missing or malformed.
    public init(
        id: Self.ID = .init(), filledIn name: String, email: String, officeTitle: String,
        document: IdentityDocument? = nil
    ) throws(InvalidInput) {
        let name = Self.tidied(name)
        let officeTitle = Self.tidied(officeTitle)
        let email = Login(email: email).normalForm
        var problems: [InvalidInput.Problem] = []
        if name.isEmpty {
            problems.append(.init(field: "name", message: "Escriba el nombre y los apellidos."))
        }
        if name.count > 120 {
            problems.append(
                .init(field: "name", message: "El nombre es muy largo: a lo sumo 120 caracteres."))
        }
        if officeTitle.isEmpty {
            problems.append(
                .init(field: "office_title", message: "Escriba el cargo, como irá en los documentos."))
        }
        if !Self.isAddress(email) {
            problems.append(
                .init(field: "email", message: "Escriba un correo completo, como nombre@entidad.gov.co."))
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        self.init(
            id: id, document: document, name: name, email: email, officeTitle: officeTitle, isActive: true)
    }

    /// Whether a text has the form of a mail address: enough to catch a slip, no more (RFC 5321 allows almost
    /// anything).
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !text.contains(where: \.isWhitespace) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return !parts[0].isEmpty && labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }

    private static func tidied(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// Why a user is not added or changed.
public enum UserError: UserFacingError, Hashable {
    /// The tenant has no such user.
    case notFound
    /// Another user of the tenant has this mail address.
    case emailTaken(String)
    /// Another user of the tenant has this document.
    case documentTaken(String)
    /// The user is known by another document.
    case otherDocument(String)
    /// Nobody puts themselves out of work.
    case oneself
    /// The user has a role with a second factor, whose access the entity's administration does not reset.
    case resetNeedsOperator(String)
    /// The user has no mail address to sign in with.
    case withoutEmail(String)
    /// Whoever asks to be let in anew was not identified.
    case identityNotConfirmed(String)
    /// Nobody resets their own access.
    case resetsOneself

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "tenancy.user.not_found"
        case .emailTaken: "tenancy.user.email_taken"
        case .documentTaken: "tenancy.user.document_taken"
        case .otherDocument: "tenancy.user.other_document"
        case .oneself: "tenancy.user.oneself"
        case .resetNeedsOperator: "tenancy.user.reset_needs_operator"
        case .withoutEmail: "tenancy.user.without_email"
        case .identityNotConfirmed: "tenancy.user.identity_not_confirmed"
        case .resetsOneself: "tenancy.user.resets_oneself"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .emailTaken, .documentTaken, .otherDocument: .conflict
        case .oneself, .resetNeedsOperator, .resetsOneself: .refused
        case .withoutEmail, .identityNotConfirmed: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .emailTaken, .withoutEmail: "email"
        case .documentTaken, .otherDocument: "document"
        case .identityNotConfirmed: "way"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound:
            "Ese usuario no existe en esta entidad. Vuelva a la lista de usuarios."
        case .emailTaken(let email):
            "Ya hay un usuario con el correo \(email). Búsquelo en la lista y dele la función que le falta."
        case .documentTaken(let document):
            """
            Ya hay un usuario con el documento \(document). Búsquelo en la lista y dele la función que le falta, \
            o revise el número.
            """
        case .otherDocument(let name):
            """
            \(name) está en la plataforma con otro documento. Revise el número; si el otro es el errado, la administración \
            de la entidad lo corrige en «Usuarios».
            """
        case .oneself:
            "Nadie se desactiva a sí mismo. Pídalo a otra persona que administre la entidad."
        case .resetNeedsOperator(let name):
            """
            \(name) decide en elecciones o vigila desde fuera: la entidad no restablece su ingreso, porque podría actuar \
            en su nombre. Pídalo a quien opera la plataforma.
            """
        case .withoutEmail(let name):
            "\(name) no tiene correo para ingresar. Escríbalo en sus datos."
        case .identityNotConfirmed(let name):
            "Diga cómo comprobó que quien lo pide es \(name), y no otra persona."
        case .resetsOneself:
            "Nadie restablece su propio ingreso. Cambie su contraseña o su teléfono en «Mi cuenta»."
        }
    }
}
