public import Kernel

/// Who acts, in which tenant, and with what rights.
public struct Principal: Sendable {
    /// What sort of actor this is.
    public enum Actor: Sendable, Hashable {
        /// A person who signed in.
        case user(ID<User>)
        /// Whoever has the terminal of the server.
        case terminal
        /// The server itself: background work.
        case system
    }

    /// The tenant in which the principal acts.
    public let organization: ID<Organization>
    /// Who acts.
    public let actor: Actor
    /// The roles in force when the principal was made.
    public let grants: [Grant]

    /// Makes the principal of a signed-in user.
    public init(organization: ID<Organization>, user: ID<User>, grants: [Grant]) {
        self.init(organization: organization, actor: .user(user), grants: grants)
    }

    private init(organization: ID<Organization>, actor: Actor, grants: [Grant]) {
        self.organization = organization
        self.actor = actor
        self.grants = grants
    }

    /// The principal of whoever has the server's terminal, who has every right; the trace says so.
    public static func terminal(in organization: ID<Organization>) -> Self {
        Self(organization: organization, actor: .terminal, grants: [])
    }

    /// The principal of background work, which has every right; the trace says so.
    public static func system(in organization: ID<Organization>) -> Self {
        Self(organization: organization, actor: .system, grants: [])
    }

    /// The signed-in user, where there is one.
    public var user: ID<User>? {
        if case .user(let user) = actor { user } else { nil }
    }

    /// Whether the principal may do what `permission` names in `stream`.
    public func holds(_ permission: Permission, in stream: AuditStream) -> Bool {
        switch actor {
        case .terminal, .system: true
        case .user: !roles(for: permission, in: stream).isEmpty
        }
    }

    /// The roles by which the principal holds a permission in a space; none for the terminal and the server, which
    /// hold every right by no role.
    public func roles(for permission: Permission, in stream: AuditStream) -> Set<Role> {
        Set(grants.lazy.filter { permission.roles.contains($0.role) && $0.covers(stream) }.map(\.role))
    }

    /// Whether the principal holds a permission only as somebody who looks in from outside (a control body, a
    /// guarantor, an operator), whose reading of personal data leaves a trace.
    public func looksInFromOutside(by permission: Permission, in stream: AuditStream) -> Bool {
        switch actor {
        case .terminal: true
        case .system: false
        case .user:
            roles(for: permission, in: stream).allSatisfy(\.leavesTraceOfReading)
        }
    }

    /// The alliances whose own space (`espacio propio`) is open to the principal, as the database reads them: what a
    /// board keeps to itself is for those who sit on it, and for the entity's office it does not exist. The server's
    /// own work sees all of it.
    var ownSpaces: String {
        switch actor {
        case .terminal, .system: "*"
        case .user:
            grants.filter { $0.role == .board }.compactMap(\.space.alliance?.description).joined(
                separator: ",")
        }
    }

    /// Refuses what the principal may not do.
    ///
    /// - Throws: ``AccessError/notPermitted(_:)``.
    public func require(_ permission: Permission, in stream: AuditStream) throws(AccessError) {
        guard holds(permission, in: stream) else { throw .notPermitted(permission) }
    }
}

/// Why somebody may not do something.
public enum AccessError: UserFacingError, Hashable {
    /// No role of the principal holds the permission in that space.
    case notPermitted(Permission)
    /// The request was carried out already: a double click, or a page sent again.
    case alreadyDone

    /// The stable code.
    public var code: String {
        switch self {
        case .notPermitted: "tenancy.access.not_permitted"
        case .alreadyDone: "tenancy.access.already_done"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notPermitted: .forbidden
        case .alreadyDone: .conflict
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notPermitted:
            """
            Su usuario no tiene permiso para esto. \
            Pídalo a quien administra la entidad o al comité que lo decide.
            """
        case .alreadyDone:
            "Esto ya se hizo: la solicitud llegó dos veces y contó una sola. No hay nada más que hacer."
        }
    }
}
