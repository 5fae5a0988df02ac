public import Kernel
import Tenancy

/// What an authorisation is for. Being of an organisation is sensitive data, so it is asked for apart.
///
/// - SeeAlso: Ley 1581 de 2012, artículos 5, 6 y 9.
public enum ConsentPurpose: String, Sendable, Hashable, CaseIterable {
    /// Keeping name, document and contact data.
    case personalData = "personal_data"
    /// Keeping that the person is of an alliance, and what they do there.
    case sensitiveData = "sensitive_data"

    /// The words on screens.
    public var title: String {
        switch self {
        case .personalData: "Datos personales"
        case .sensitiveData: "Datos sensibles (pertenecer a la alianza)"
        }
    }
}

/// How a person gave an authorisation.
public enum ConsentChannel: String, Sendable, Hashable, CaseIterable {
    case paper, web, session, phone

    /// The words on screens.
    public var title: String {
        switch self {
        case .paper: "En papel, firmada"
        case .web: "Por la página"
        case .session: "En la sesión, ante la oficina"
        case .phone: "Por teléfono, con grabación"
        }
    }
}

/// A text of the data authorisation (`autorización de tratamiento de datos`), as it is read to people from a day
/// on.
public struct ConsentText: Sendable, Hashable {
    /// The fewest characters that say what is done with the data, and by whom.
    public static let minimumLength = 40

    /// Identifies the text.
    public let id: ID<ConsentText>
    /// What it is for.
    public let purpose: ConsentPurpose
    /// Its number among those of the purpose, 1 being the first.
    public let version: Int
    /// The text itself.
    public let body: String
    /// The first day on which it is used.
    public let inForceFrom: CalendarDate

    /// Makes a text.
    public init(
        id: ID<ConsentText>, purpose: ConsentPurpose, version: Int, body: String, inForceFrom: CalendarDate
    ) {
        self.id = id
        self.purpose = purpose
        self.version = version
        self.body = body
        self.inForceFrom = inForceFrom
    }
}

/// Why an authorisation or its text is refused.
public enum ConsentError: UserFacingError, Hashable {
    /// The text is too short to say anything.
    case textTooShort
    /// No text was in use on the day.
    case noText(ConsentPurpose)
    /// The person gave none that is in force.
    case notGiven(ConsentPurpose)
    /// Somebody took the same authorisation back on the same day.
    case withdrawnThatDay
    /// The person gave it to the same text already, and it is in force.
    case givenAlready(ConsentPurpose)

    /// The stable code.
    public var code: String {
        switch self {
        case .textTooShort: "membership.consent.text_too_short"
        case .noText: "membership.consent.no_text"
        case .notGiven: "membership.consent.not_given"
        case .withdrawnThatDay: "membership.consent.withdrawn_that_day"
        case .givenAlready: "membership.consent.given_already"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .textTooShort: .invalid
        case .noText, .notGiven, .withdrawnThatDay: .refused
        case .givenAlready: .conflict
        }
    }

    /// The form field.
    public var field: String? { self == .textTooShort ? "body" : nil }

    /// The words for the person.
    public var message: String {
        switch self {
        case .textTooShort:
            "Escriba el texto completo de la autorización: quién trata los datos, para qué y cómo se revoca."
        case .notGiven(let purpose):
            "La persona no tiene una autorización vigente («\(purpose.title.lowercased())») en esa fecha."
        case .givenAlready(let purpose):
            "La persona ya dio esa autorización («\(purpose.title.lowercased())») con el texto que se usa hoy."
        case .withdrawnThatDay:
            "Alguien de la lista revocó ese día la misma autorización. Puede inscribirse desde el día siguiente."
        case .noText(let purpose):
            """
            Ese día la entidad no tenía texto de autorización («\(purpose.title.lowercased())»). Publique primero el \
            texto que firman los asociados.
            """
        }
    }
}
