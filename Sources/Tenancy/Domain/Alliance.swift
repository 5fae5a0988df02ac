public import Kernel

/// A group of users who watch over their insurer or provider (`alianza` or `asociación de usuarios`).
///
/// - SeeAlso: Decreto 1757 de 1994, artículos 10 a 12, as the source documents cite it.
public struct Alliance: Sendable, Hashable, Identifiable {
    /// What an alliance is bound to.
    public enum Kind: String, Sendable, Hashable {
        /// The municipalities of an insurer's users.
        case territory
        /// The site of a provider; its users come from several insurers.
        case site
    }

    /// Where an alliance stands in its life.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Being prepared.
        case draft
        /// Its users were called.
        case convened
        /// People are enrolling.
        case enrolling
        /// The constitution assembly was held.
        case constituted
        /// The competent authority registered it.
        case registered
        /// At work, with elected representatives.
        case active
        /// Its period is about to end.
        case renewalDue = "renewal_due"
        /// Its period ended without a renewal.
        case expired
        /// Dissolved.
        case dissolved

        /// The name of the state on screens.
        public var title: String {
            switch self {
            case .draft: "En preparación"
            case .convened: "Convocada"
            case .enrolling: "En inscripción"
            case .constituted: "Constituida"
            case .registered: "Registrada"
            case .active: "Activa"
            case .renewalDue: "Por renovar"
            case .expired: "Vencida"
            case .dissolved: "Disuelta"
            }
        }
    }

    /// Identifies the alliance.
    public let id: ID<Alliance>
    /// The last part of its address.
    public let slug: String
    /// Its name.
    public let name: String
    /// What it is bound to.
    public let kind: Kind
    /// The site, for an alliance of a provider.
    public let siteName: String?
    /// Where it stands in its life.
    public let state: State

    /// Makes an alliance.
    public init(
        id: ID<Alliance>, slug: String, name: String, kind: Kind, siteName: String?, state: State
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.kind = kind
        self.siteName = siteName
        self.state = state
    }
}

/// A person who signs in to a tenant.
public struct User: Sendable, Hashable, Identifiable {
    /// Identifies the user within the tenant.
    public let id: ID<User>
    /// The affiliate that the user is, where the user is one.
    public let person: ID<Person>?
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
        id: ID<User>, person: ID<Person>?, name: String, email: String?, officeTitle: String, isActive: Bool
    ) {
        self.id = id
        self.person = person
        self.name = name
        self.email = email
        self.officeTitle = officeTitle
        self.isActive = isActive
    }
}
