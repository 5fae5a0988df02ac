public import Kernel
public import Postgres

extension DatabaseRole {
    /// Serves tenants; the only role with privileges on tenant tables.
    public static let app = Self(rawValue: "alianzas_app")
    /// Serves sign-in and sessions, before a tenant is known.
    public static let identity = Self(rawValue: "alianzas_identity")
    /// Reads projections for control bodies.
    public static let control = Self(rawValue: "alianzas_control")
    /// Reads published projections for citizens.
    public static let published = Self(rawValue: "alianzas_public")
    /// Writes staging tables, and nothing else.
    public static let staging = Self(rawValue: "alianzas_import")
    /// Owns and migrates, and does nothing else.
    public static let owner = Self(rawValue: "alianzas_owner")
}

/// One tenant, for one principal.
public struct TenantScope: TransactionScope {
    /// The role of its connections.
    public static var role: DatabaseRole { .app }

    /// Who acts, and where.
    public let principal: Principal

    /// Scopes a transaction to the principal's tenant.
    public init(_ principal: Principal) {
        self.principal = principal
    }

    /// The tenant, which every statement names beside the row security.
    public var organization: ID<Organization> { principal.organization }

    /// What opens the scope.
    public var entry: SQL? {
        "select tenancy.enter_tenant(\(organization), \(principal.user), \(principal.ownSpaces))"
    }
}

/// The municipalities of a control body, on projections.
public struct TerritoryScope: TransactionScope {
    /// The role of its connections.
    public static var role: DatabaseRole { .control }

    /// The control body.
    public let controlBody: ID<Organization>
    /// DIVIPOLA codes of its municipalities.
    public let municipalities: [String]

    /// Scopes a transaction to a control body's municipalities.
    public init(controlBody: ID<Organization>, municipalities: [String]) {
        self.controlBody = controlBody
        self.municipalities = municipalities
    }

    /// What opens the scope.
    public var entry: SQL? {
        "select tenancy.enter_territory(\(controlBody), \(municipalities))"
    }
}

/// What is published, for anybody.
public struct PublicScope: TransactionScope {
    /// The role of its connections.
    public static var role: DatabaseRole { .published }

    /// Scopes a transaction to what is published.
    public init() {}

    /// What opens the scope.
    public var entry: SQL? { nil }
}

/// Sign-in, sessions and the directory of tenants, before a tenant is known.
public struct IdentityScope: TransactionScope {
    /// The role of its connections.
    public static var role: DatabaseRole { .identity }

    /// Scopes a transaction to sign-in.
    public init() {}

    /// What opens the scope.
    public var entry: SQL? { nil }
}

/// A transaction in one tenant.
public typealias TenantTransaction = Transaction<TenantScope>

extension Transaction where Scope == TenantScope {
    /// The tenant of the transaction, to be named in every statement.
    public var organization: ID<Organization> { scope.organization }
}
