import Foundation
public import Kernel
import Postgres

extension Identity {
    /// How far the session of a token leads; `nil` where there is none, or it ended.
    ///
    /// What a person may do is asked anew each time: a role that ended, or a user put out of work, counts
    /// from the next request on.
    public func admission(of token: SessionToken) async throws -> Admission? {
        let now = now
        let row = try await database.read(IdentityScope()) { try await $0.session(token) }
        guard let row, row.isAccountActive, row.session.isOpen(at: now) else { return nil }
        let session = row.session
        if now.timeIntervalSince(session.lastSeenAt) >= Double(limits.touchSeconds) {
            try await database.transaction(IdentityScope()) { try await $0.touch(session.id, at: now) }
        }
        if row.hasSecondFactor, session.secondFactorAt == nil { return .secondFactor(session) }
        let organizations = try await database.read(IdentityScope()) { transaction in
            try await transaction.organizations(of: session.account)
        }
        guard let organization = organizations.first(where: { $0.id == session.organization }),
            let userID = session.user
        else { return .tenantChoice(session, organizations) }
        let (user, grants) = try await database.read(TenantScope(.system(in: organization.id))) {
            transaction in
            (try await transaction.user(userID), try await transaction.grants(of: userID, at: now))
        }
        guard let user, user.isActive else {
            return .tenantChoice(session, organizations.filter { $0.id != organization.id })
        }
        let signedIn = SignedIn(
            session: session,
            principal: Principal(
                organization: organization.id, user: user.id, person: user.person, grants: grants),
            user: user, organization: organization, hasSecondFactor: row.hasSecondFactor,
            worksElsewhere: organizations.count > 1)
        let needsSecondFactor = grants.contains { $0.role.needsSecondFactor }
        return needsSecondFactor && !row.hasSecondFactor ? .enrolment(signedIn) : .admitted(signedIn)
    }

    /// Lets a session act in a tenant of its account.
    ///
    /// That an operator or somebody from outside comes in is an event there.
    ///
    /// - Throws: ``SignInError/notAdmittedThere``.
    @discardableResult
    public func enter(_ organization: ID<Organization>, from session: Session) async throws -> Session {
        let now = now
        let users = try await database.read(IdentityScope()) { try await $0.users(of: session.account) }
        guard let accountUser = users.first(where: { $0.organization == organization }) else {
            throw SignInError.notAdmittedThere
        }
        let (user, grants) = try await database.read(TenantScope(.system(in: organization))) { transaction in
            (
                try await transaction.user(accountUser.user),
                try await transaction.grants(of: accountUser.user, at: now)
            )
        }
        guard user?.isActive == true else { throw SignInError.notAdmittedThere }
        let outside = Set(grants.map(\.role)).filter(\.leavesTraceOfReading)
        if !outside.isEmpty {
            try await note(
                "tenancy.session.entered", by: accountUser,
                details: ["roles": outside.map(\.rawValue).sorted().joined(separator: " ")])
        }
        try await database.transaction(IdentityScope()) { transaction in
            try await transaction.setTenant(accountUser, of: session.id)
        }
        return session.acting(as: accountUser)
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
