import Foundation
public import Kernel
public import Tenancy

/// What somebody fills in on the public page to join an alliance (`inscribirme`). Nobody has looked at their document: it is
/// believed nothing until the register says the same, or the office does.
public struct JoinRequest: Sendable, Hashable {
    /// Who asks, as they typed it.
    public struct Typed: Sendable, Hashable {
        /// The document.
        public let document: IdentityDocument
        /// Given names and surnames.
        public let name: String
        /// The date of birth, by which the register tells them from whoever types their document.
        public let birthDate: CalendarDate
        /// Where they are called.
        public let phone: String?
        /// Where they are written to.
        public let email: String?

        /// Takes what a person typed.
        ///
        /// - Throws: ``JoinRequestError``.
        public init(
            document: IdentityDocument, name: String, birthDate: CalendarDate, phone: String?, email: String?
        ) throws(JoinRequestError) {
            guard let name = Self.given(name) else { throw .nameMissing }
            let phone = Self.given(phone)
            let email = Self.given(email)
            guard phone != nil || email != nil else { throw .contactMissing }
            if let phone, phone.count(where: { $0.isNumber }) < 7 { throw .phoneTooShort }
            if let email, !email.dropFirst().dropLast().contains("@") { throw .emailWithoutAt }
            self.document = document
            self.name = name
            self.birthDate = birthDate
            self.phone = phone
            self.email = email
        }

        /// What was typed; `nil` for nothing but spaces.
        private static func given(_ text: String?) -> String? {
            let text = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            return text.isEmpty ? nil : text
        }
    }

    /// The texts of the data authorisation that were on the page and were agreed to.
    public struct Agreement: Sendable, Hashable {
        /// Keeping who they are. Without it nothing is kept.
        public let personal: ID<ConsentText>
        /// Keeping that they are of the alliance, which nobody is obliged to.
        public let sensitive: ID<ConsentText>?

        /// Takes what was agreed to.
        public init(personal: ID<ConsentText>, sensitive: ID<ConsentText>?) {
            self.personal = personal
            self.sensitive = sensitive
        }
    }

    /// What the register has of the document and the date of birth that were typed.
    public enum Finding: Sendable, Hashable {
        /// It has the same person, who may ask.
        case same(ID<Person>)
        /// It has the document with another date of birth.
        case otherBirthDate(ID<Person>)
        /// The person is a member already.
        case alreadyMember(ID<Person>)
        /// The person has a request that waits.
        case alreadyPending(ID<Person>)
        /// It does not have the document.
        case unknown

        /// The words for the office.
        public var title: String {
            switch self {
            case .same: "El padrón tiene el documento y la misma fecha de nacimiento."
            case .otherBirthDate: "El padrón tiene el documento con otra fecha de nacimiento."
            case .alreadyMember: "Quien tiene ese documento ya es de la alianza."
            case .alreadyPending: "Quien tiene ese documento ya tiene una solicitud por decidir."
            case .unknown: "El padrón no tiene ese documento."
            }
        }

        /// Who can be made an applicant once the office knows that it is them.
        public var identifiable: ID<Person>? {
            switch self {
            case .same(let person), .otherBirthDate(let person): person
            case .alreadyMember, .alreadyPending, .unknown: nil
            }
        }
    }

    /// Identifies it.
    public let id: ID<JoinRequest>
    /// Who asks; `nil` once it was erased.
    public let typed: Typed?
    /// The day on which it came.
    public let requestedOn: CalendarDate
    /// What was agreed to.
    public let agreement: Agreement
    /// The application that it became.
    public let application: ID<Application>?
    /// Why it was closed without one.
    public let closeReason: String?

    /// Whether somebody of the office has to say who it is.
    public var isWaiting: Bool { application == nil && closeReason == nil }
}

/// Where a request to join stands, as whoever made it follows it by its code. Nothing in it tells whether the register has
/// anybody: a request that waits to be identified looks like one that waits to be decided.
public struct JoinReceipt: Sendable, Hashable {
    /// The day on which it came.
    public let requestedOn: CalendarDate
    /// Where it stands.
    public let state: Application.State
    /// The day of the answer.
    public let answeredOn: CalendarDate?
    /// Why it was refused.
    public let reason: String?
    /// Whether what was typed was erased.
    public let isErased: Bool
}

/// Why a request to join is not taken, or not followed.
public enum JoinRequestError: UserFacingError, Hashable {
    /// It does not say who asks.
    case nameMissing
    /// There is no way to answer.
    case contactMissing
    /// A telephone of too few digits.
    case phoneTooShort
    /// A mail address that is none.
    case emailWithoutAt
    /// The text of the authorisation is not the one that was read.
    case textChanged
    /// The code is of none.
    case receiptNotFound
    /// The alliance has none such that waits.
    case notWaiting
    /// The register does not have who asks.
    case notIdentifiable
    /// It does not say why it is closed.
    case reasonMissing
    /// What was typed is erased.
    case erasedAlready

    /// The stable code.
    public var code: String {
        switch self {
        case .nameMissing: "membership.join_request.name_missing"
        case .contactMissing: "membership.join_request.contact_missing"
        case .phoneTooShort: "membership.join_request.phone_too_short"
        case .emailWithoutAt: "membership.join_request.email_without_at"
        case .textChanged: "membership.join_request.text_changed"
        case .receiptNotFound: "membership.join_request.receipt_not_found"
        case .notWaiting: "membership.join_request.not_waiting"
        case .notIdentifiable: "membership.join_request.not_identifiable"
        case .reasonMissing: "membership.join_request.reason_missing"
        case .erasedAlready: "membership.join_request.erased_already"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .nameMissing, .contactMissing, .phoneTooShort, .emailWithoutAt, .reasonMissing,
            .receiptNotFound:
            .invalid
        case .textChanged, .notWaiting, .erasedAlready: .conflict
        case .notIdentifiable: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .nameMissing: "name"
        case .contactMissing, .phoneTooShort: "phone"
        case .emailWithoutAt: "email"
        case .receiptNotFound: "code"
        case .reasonMissing: "reason"
        case .textChanged: "agrees"
        case .notWaiting, .notIdentifiable, .erasedAlready: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .nameMissing: "Escriba sus nombres y apellidos."
        case .contactMissing: "Escriba un teléfono o un correo: por ahí le responden."
        case .phoneTooShort: "Escriba el teléfono completo, con al menos siete números."
        case .emailWithoutAt: "Escriba el correo completo, como «ana@correo.com»."
        case .textChanged:
            "El texto de la autorización cambió mientras usted llenaba el formulario. Léalo otra vez y márquela si está de acuerdo."
        case .receiptNotFound: "Ninguna solicitud de esta alianza tiene ese código. Revíselo."
        case .notWaiting: "Esa solicitud ya se atendió o no existe. Vuelva a la lista."
        case .notIdentifiable:
            "El padrón no tiene a esa persona, o ya es de la alianza. Ciérrela con su motivo, o espere el padrón del mes."
        case .reasonMissing: "Escriba por qué se cierra: la persona lo lee con su código."
        case .erasedAlready: "Lo que se escribió en esa solicitud ya está borrado."
        }
    }
}
