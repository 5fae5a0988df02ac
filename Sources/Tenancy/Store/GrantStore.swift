public import Foundation
public import Kernel
public import Postgres

extension Role: SQLValue {}

/// A grant with whose it is and where it comes from.
public struct GrantRecord: Sendable, Identifiable, RowDecodable {
    /// The grant.
    public let grant: Grant
    /// Who holds it.
    public let user: ID<User>
    /// The mandate that it comes from and ends with.
    public let mandate: ID<Mandate>?

    /// The grant's identifier.
    public var id: ID<Grant> { grant.id }

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        user = try row["user_id"]
        mandate = try row["mandate_id"]
        let process: Kernel.ID<ElectoralProcess>? = try row["process_id"]
        let alliance: Kernel.ID<Alliance>? = try row["alliance_id"]
        grant = Grant(
            id: try row["grant_id"], role: try row["role"],
            space: process.map { .process($0, of: alliance) } ?? alliance.map { .alliance($0) }
                ?? .organization,
            startsAt: try row["starts_at"], endsAt: try row["ends_at"])
    }
}

/// An active user whom mail reaches, with what they may do.
public struct Addressee: Sendable, Hashable {
    /// Who it is.
    public let user: ID<User>
    /// Where mail reaches them.
    public let email: String
    /// The roles that they hold.
    public let grants: [Grant]

    /// Whether they hold a permission in a space.
    public func holds(_ permission: Permission, in stream: AuditStream) -> Bool {
        grants.contains { permission.roles.contains($0.role) && $0.covers(stream) }
    }
}

extension Grant.Space {
    fileprivate var process: ID<ElectoralProcess>? { if case .process(let id, _) = self { id } else { nil } }
}

extension Transaction where Scope == TenantScope {
    /// Returns the grants that a user holds at a moment.
    public func grants(of user: ID<User>, at now: Date) async throws -> [Grant] {
        try await rows(
            """
            select grant_id, user_id, role, alliance_id, process_id, mandate_id, starts_at, ends_at
            from tenancy.grants
            where organization_id = \(organization) and user_id = \(user)
                and starts_at <= \(now) and (ends_at is null or ends_at > \(now))
            order by starts_at, grant_id
            """,
            as: GrantRecord.self
        ).map(\.grant)
    }

    /// Returns the active users whom mail reaches, with the roles that they hold at a moment; those who hold none are left
    /// out.
    public func addressees(at now: Date) async throws -> [Addressee] {
        let emails = try await rows(
            """
            select \(fragment: User.columns) from tenancy.users
            where organization_id = \(organization) and is_active and email is not null
            order by user_id
            """, as: User.self)
        let grants = Dictionary(
            grouping: try await grants(notEndedAt: now).filter { $0.grant.startsAt <= now }, by: \.user)
        return emails.compactMap { user in
            guard let email = user.email, let held = grants[user.id] else { return nil }
            return Addressee(user: user.id, email: email, grants: held.map(\.grant))
        }
    }

    /// Returns all grants of the tenant that have not ended, also those that have not begun.
    public func grants(notEndedAt now: Date) async throws -> [GrantRecord] {
        try await rows(
            """
            select grant_id, user_id, role, alliance_id, process_id, mandate_id, starts_at, ends_at
            from tenancy.grants
            where organization_id = \(organization) and (ends_at is null or ends_at > \(now))
            order by starts_at, grant_id
            """)
    }

    /// Returns all grants that a user holds or ever held, the latest first.
    func grants(everGivenTo user: ID<User>) async throws -> [GrantRecord] {
        try await rows(
            """
            select grant_id, user_id, role, alliance_id, process_id, mandate_id, starts_at, ends_at
            from tenancy.grants
            where organization_id = \(organization) and user_id = \(user)
            order by starts_at desc, grant_id
            """)
    }

    /// Whether anybody but a user administers the entity. The answer holds until the transaction ends: two
    /// administrators who end each other's role come one after the other.
    func hasOtherAdministrators(than user: ID<User>, at now: Date) async throws -> Bool {
        let others = try await values(
            """
            select grants.user_id
            from tenancy.grants
            join tenancy.users
                on users.organization_id = grants.organization_id and users.user_id = grants.user_id
            where grants.organization_id = \(organization) and users.organization_id = \(organization)
                and role = \(Role.officeAdministrator) and starts_at <= \(now)
                and (ends_at is null or ends_at > \(now)) and users.is_active
            for update
            """,
            as: ID<User>.self)
        return others.contains { $0 != user }
    }

    /// Returns a grant.
    func grant(_ id: ID<Grant>) async throws -> GrantRecord? {
        try await row(
            """
            select grant_id, user_id, role, alliance_id, process_id, mandate_id, starts_at, ends_at
            from tenancy.grants
            where organization_id = \(organization) and grant_id = \(id)
            """)
    }

    /// Gives a user a role.
    ///
    /// Commands of other modules call it for the roles that come with their own acts (a mandate gives a seat
    /// on the board); people's own decisions go through ``GrantRole``, which asks the same rules.
    ///
    /// - Throws: ``GrantError`` where the user holds a role that excludes this one.
    public func give(
        _ role: Role, in space: Grant.Space, to user: ID<User>, from start: Date, until end: Date?,
        mandate: ID<Mandate>? = nil, at now: Date
    ) async throws -> ID<Grant> {
        guard let holder = try await lockedUser(user) else { throw UserError.notFound }
        guard holder.isActive else { throw GrantError.userIsInactive(holder.name) }
        if let end, end <= start { throw GrantError.endsBeforeItStarts }
        if role.needsAlliance, space == .organization { throw GrantError.needsAlliance(role) }
        let grant = Grant(id: ID(), role: role, space: space, startsAt: start, endsAt: end)
        try grant.requireCompatibility(with: try await unendedGrants(of: user, at: now))
        guard !role.needsDocument || holder.document != nil else {
            throw GrantError.needsDocument(role, holder.name)
        }
        try await insert(grant, of: user, mandate: mandate)
        return grant.id
    }

    /// Returns a user, whose row stays locked: two administrators who give two roles at once that exclude
    /// each other come one after the other.
    private func lockedUser(_ user: ID<User>) async throws -> User? {
        try await row(
            """
            select \(fragment: User.columns) from tenancy.users
            where organization_id = \(organization) and user_id = \(user)
            for update
            """)
    }

    private func unendedGrants(of user: ID<User>, at now: Date) async throws -> [Grant] {
        try await rows(
            """
            select grant_id, user_id, role, alliance_id, process_id, mandate_id, starts_at, ends_at
            from tenancy.grants
            where organization_id = \(organization) and user_id = \(user)
                and (ends_at is null or ends_at > \(now))
            """,
            as: GrantRecord.self
        ).map(\.grant)
    }

    private func insert(_ grant: Grant, of user: ID<User>, mandate: ID<Mandate>?) async throws {
        try await execute(
            """
            insert into tenancy.grants (
                organization_id, grant_id, user_id, role, alliance_id, process_id, mandate_id, starts_at, ends_at,
                granted_by)
            values (
                \(organization), \(grant.id), \(user), \(grant.role), \(grant.space.alliance),
                \(grant.space.process), \(mandate), \(grant.startsAt), \(grant.endsAt), \(scope.principal.user))
            """,
            refusals: [
                "grants_alliance_fkey": AllianceError.notFound,
                "grants_process_fkey": GrantError.noSuchProcess,
                "grants_process_alliance_fkey": GrantError.noSuchProcess,
            ])
    }

    /// Ends a grant at a moment, or before it began.
    func end(_ grant: Grant, at now: Date) async throws {
        try await execute(
            """
            update tenancy.grants set ends_at = \(max(now, grant.startsAt))
            where organization_id = \(organization) and grant_id = \(grant.id)
                and (ends_at is null or ends_at > \(now))
            """)
    }

    /// Ends grants at a moment, or before they began, as an act of another module that gives the reason.
    public func endGrants(_ grants: [ID<Grant>], at now: Date) async throws {
        try await execute(
            """
            update tenancy.grants set ends_at = greatest(\(now), starts_at)
            where organization_id = \(organization) and grant_id = any (\(grants))
                and (ends_at is null or ends_at > \(now))
            """)
    }

    /// Ends rights in alliances whose ground is over, as an act of the server itself, which each alliance's chain tells.
    public func endRights(
        _ rights: [(grant: ID<Grant>, user: ID<User>, role: Role, alliance: ID<Alliance>)],
        because reason: String, at now: Date
    ) async throws {
        try await endGrants(rights.map(\.grant), at: now)
        for right in rights {
            try append(
                AuditEvent(
                    "tenancy.role.ended", subject: right.grant,
                    details: ["role": right.role.rawValue, "user": right.user.description, "reason": reason]),
                to: .alliance(right.alliance), at: now)
        }
    }

    /// Ends the grants that come from a mandate, when the mandate ends.
    public func endGrants(from mandate: ID<Mandate>, at now: Date) async throws {
        try await execute(
            """
            update tenancy.grants set ends_at = greatest(\(now), starts_at)
            where organization_id = \(organization) and mandate_id = \(mandate)
                and (ends_at is null or ends_at > \(now))
            """)
    }

    /// Returns the users who hold a role for what is done in a stream: who runs this election, who serves at
    /// it.
    public func holders(of role: Role, for stream: AuditStream, at now: Date) async throws -> [User] {
        let process: Kernel.ID<ElectoralProcess>? = if case .process(let id, _) = stream { id } else { nil }
        return try await rows(
            """
            select distinct \(fragment: User.columns)
            from tenancy.grants
            join tenancy.users
                on users.organization_id = grants.organization_id and users.user_id = grants.user_id
            where grants.organization_id = \(organization) and users.organization_id = \(organization)
                and role = \(role) and starts_at <= \(now) and (ends_at is null or ends_at > \(now))
                and (
                    (alliance_id is null and process_id is null)
                    or (alliance_id = \(stream.alliance) and process_id is null)
                    or process_id = \(process))
            order by name, user_id
            """)
    }
}
