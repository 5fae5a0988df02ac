import Foundation
public import Kernel
import Postgres

/// Where a session is led by the address of a page.
public enum Approach: Sendable, Hashable {
    /// To no tenant: it stays in the one in which it acted last.
    case nowhere
    /// To a page of a tenant that everybody may see. Who has come in there is known; nobody comes in by it.
    case looking(at: ID<Organization>)
    /// To the tenant's own pages: who works there comes in.
    case entering(ID<Organization>)
}

extension Identity {
    /// How far the session of a token leads.
    ///
    /// The address decides in which tenant a person acts, and each window has its own: nothing of it is kept in the
    /// session but that it has come in there, once. What a person may do is asked anew each time: a role that ended,
    /// or a user put out of work, counts from the next request on.
    ///
    /// - Parameters:
    ///   - token: The secret of the session.
    ///   - approach: Where the address leads.
    ///   - isUse: Whether somebody uses the session. A page that renews itself keeps no session open.
    /// - Returns: `nil` where there is no such session, or it ended.
    /// - Throws: Where the database cannot tell.
    public func admission(
        of token: SessionToken, to approach: Approach = .nowhere, isUse: Bool = true
    ) async throws -> Admission? {
        let now = now
        let row = try await database.read(IdentityScope()) { try await $0.session(token) }
        guard let row, row.isAccountActive, row.session.isOpen(at: now) else { return nil }
        let session = row.session
        if isUse, now.timeIntervalSince(session.lastSeenAt) >= Double(limits.touchSeconds) {
            try await database.transaction(IdentityScope()) { try await $0.touch(session.id, at: now) }
        }
        if row.hasSecondFactor, session.secondFactorAt == nil { return .secondFactor(session) }
        let (organizations, users, entries) = try await database.read(IdentityScope()) { transaction in
            (
                try await transaction.organizations(of: session.account),
                try await transaction.users(of: session.account),
                try await transaction.entries(of: session.id)
            )
        }
        func entry(_ organization: ID<Organization>) -> SessionEntry? {
            entries.first { $0.organization == organization }
        }
        func isNews(_ entry: SessionEntry?) -> Bool {
            entry.map { now.timeIntervalSince($0.lastSeenAt) >= Double(limits.touchSeconds) } ?? true
        }
        let places =
            switch approach {
            case .nowhere: [session.organization]
            case .looking(let asked): [entry(asked)?.organization, session.organization]
            case .entering(let asked): [asked, session.organization]
            }
        for place in places {
            guard let organization = organizations.first(where: { $0.id == place }),
                let accountUser = users.first(where: { $0.organization == place }),
                let (user, grants) = try await atWork(accountUser, at: now)
            else { continue }
            if isUse, case .entering(organization.id) = approach, isNews(entry(organization.id)) {
                try await comeIn(accountUser, holding: grants, from: session, at: now)
            }
            let signedIn = SignedIn(
                session: session.acting(as: accountUser),
                principal: Principal(
                    organization: organization.id, user: user.id, grants: grants),
                user: user, organization: organization, hasSecondFactor: row.hasSecondFactor,
                worksElsewhere: organizations.count > 1)
            let needsSecondFactor = grants.contains { $0.role.needsSecondFactor }
            return needsSecondFactor && !row.hasSecondFactor ? .enrolment(signedIn) : .admitted(signedIn)
        }
        return .tenantChoice(session, organizations.filter { $0.id != session.organization })
    }

    /// The user as whom an account acts in a tenant, with the roles in force; `nil` where they were put out of work.
    private func atWork(_ accountUser: AccountUser, at now: Date) async throws -> (User, [Grant])? {
        let (user, grants) = try await database.read(TenantScope(.system(in: accountUser.organization))) {
            transaction in
            (
                try await transaction.user(accountUser.user),
                try await transaction.grants(of: accountUser.user, at: now)
            )
        }
        guard let user, user.isActive else { return nil }
        return (user, grants)
    }

    /// Lets a session act in a tenant of its account, as its person asked by themselves.
    ///
    /// That an operator or somebody from outside comes in is an event there.
    ///
    /// - Throws: ``SignInError/notAdmittedThere``.
    @discardableResult
    public func enter(_ organization: ID<Organization>, from session: Session) async throws -> Session {
        let now = now
        let users = try await database.read(IdentityScope()) { try await $0.users(of: session.account) }
        guard let accountUser = users.first(where: { $0.organization == organization }),
            let (_, grants) = try await atWork(accountUser, at: now)
        else { throw SignInError.notAdmittedThere }
        try await comeIn(accountUser, holding: grants, from: session, at: now)
        return session.acting(as: accountUser)
    }

    /// Notes that a session is at work in a tenant, and tells the tenant the first time where it looks in from
    /// outside.
    private func comeIn(
        _ accountUser: AccountUser, holding grants: [Grant], from session: Session, at now: Date
    ) async throws {
        let outside = Set(grants.map(\.role)).filter(\.leavesTraceOfReading)
        let isTold = try await database.transaction(IdentityScope()) { transaction in
            guard try await transaction.enter(accountUser, from: session, at: now), !outside.isEmpty else {
                return false
            }
            try await transaction.note(
                "tenancy.session.entered", by: accountUser,
                details: ["roles": outside.map(\.rawValue).sorted().joined(separator: " ")], at: now)
            return true
        }
        if isTold { await tell() }
    }

    /// Returns the tenants in which the account of a session works, by name.
    public func tenants(of session: Session) async throws -> [Organization] {
        try await database.read(IdentityScope()) { try await $0.organizations(of: session.account) }
    }

    /// Ends a session: the person signs out.
    public func signOut(_ session: Session) async throws {
        let now = now
        _ = try await database.transaction(IdentityScope()) { transaction in
            try await transaction.end(session.id, of: session.account, because: .signedOut, at: now)
        }
    }

    /// Returns the open sessions of the account of a session, the last used first.
    public func openSessions(beside session: Session) async throws -> [Session] {
        let now = now
        return try await database.read(IdentityScope()) { transaction in
            try await transaction.openSessions(of: session.account, at: now)
        }
    }

    /// Ends one of the sessions of the account of a session.
    ///
    /// - Returns: Whether there was such a session.
    @discardableResult
    public func revoke(_ id: ID<Session>, by session: Session) async throws -> Bool {
        let now = now
        return try await database.transaction(IdentityScope()) { transaction in
            try await transaction.end(id, of: session.account, because: .revoked, at: now)
        }
    }

    /// Ends all sessions of the account but this one.
    public func revokeOthers(than session: Session) async throws {
        let now = now
        try await database.transaction(IdentityScope()) { transaction in
            try await transaction.endSessions(
                of: session.account, except: session.id, because: .revoked, at: now)
        }
    }

    /// Forgets sessions that ended and attempts that were made more than ninety days ago.
    ///
    /// - Returns: How many rows went.
    public func forgetOldTraces() async throws -> Int {
        let moment = now.addingTimeInterval(-90 * 86_400)
        return try await database.transaction(IdentityScope()) { try await $0.forget(before: moment) }
    }
}

extension Session {
    fileprivate func acting(as user: AccountUser) -> Self {
        Session(
            id: id, account: account, organization: user.organization, user: user.user, createdAt: createdAt,
            lastSeenAt: lastSeenAt, idleSeconds: idleSeconds, endsAt: endsAt, secondFactorAt: secondFactorAt,
            address: address, agent: agent, revokedAt: revokedAt)
    }
}
