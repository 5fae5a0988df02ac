public import Foundation
public import Kernel
public import Postgres

/// One act of one person, whole: it names the right that it needs and the chain that it is written to, and
/// leaves an event there.
///
/// A command runs in one transaction of one tenant. Without a permission, or without an event, it does not
/// compile. ``CommandRunner`` is the only one who calls ``perform(in:at:)``.
public protocol Command<Output>: Sendable {
    /// What the caller gets.
    associatedtype Output: Sendable
    /// The right that is needed.
    static var permission: Permission { get }
    /// The chain that the act is written to, which is also the space in which the right is asked.
    var stream: AuditStream { get }
    /// Carries the act out.
    ///
    /// - Throws: A ``UserFacingError`` where a rule refuses it; nothing is kept then.
    func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Output>
}

/// One question of one person: it names the right that it needs. It writes nothing.
public protocol Query<Output>: Sendable {
    /// What the caller gets.
    associatedtype Output: Sendable
    /// The right that is needed.
    static var permission: Permission { get }
    /// The space in which the right is asked.
    var stream: AuditStream { get }
    /// Reads the answer.
    func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Output
}

/// A request as the person sent it; its key makes a double click or a resend count once.
public enum Request {}

/// Runs commands and queries: right, transaction, trace, in this order and in one place.
public struct CommandRunner: Sendable {
    /// The database that commands run in.
    public let database: Database
    private let clock: @Sendable () -> Date
    private let committed: @Sendable (ID<Organization>) -> Void

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - database: Where commands run.
    ///   - now: The server's clock; tests move it.
    ///   - committed: Called after each commit with the tenant, so that its outbox is looked at.
    public init(
        database: Database, now: @escaping @Sendable () -> Date = { Date() },
        committed: @escaping @Sendable (ID<Organization>) -> Void = { _ in }
    ) {
        self.database = database
        self.clock = now
        self.committed = committed
    }

    /// The server's time.
    public var now: Date { clock() }

    /// Carries a command out.
    ///
    /// - Parameter key: The request's own key. A key that was used before is refused with
    ///   ``AccessError/alreadyDone``.
    /// - Throws: ``AccessError``, or what the command throws. A refused attempt at a sensitive act is
    ///   recorded in the chain, in a transaction of its own.
    @discardableResult
    public func run<C: Command>(
        _ command: C, as principal: Principal, key: ID<Request>? = nil
    ) async throws -> C.Output {
        let now = clock()
        do {
            try principal.require(C.permission, in: command.stream)
            let output = try await database.transaction(TenantScope(principal)) { transaction in
                if let key {
                    try await transaction.claim(key, for: C.permission, at: now)
                }
                let audited = try await command.perform(in: transaction, at: now)
                if let alliance = command.stream.alliance {
                    try await transaction.post(.allianceChanged(alliance), at: now)
                }
                try await transaction.append(audited.event, to: command.stream, at: now)
                return audited.output
            }
            committed(principal.organization)
            return output
        } catch let error as PostgresError where error.constraint == "requests_pkey" {
            throw AccessError.alreadyDone
        } catch let refusal as any UserFacingError where C.permission.isSensitive {
            try await record(refusal, of: C.permission, in: command.stream, as: principal, at: now)
            throw refusal
        }
    }

    /// Answers a query.
    ///
    /// - Throws: ``AccessError``, or what the query throws.
    public func fetch<Q: Query>(_ query: Q, as principal: Principal) async throws -> Q.Output {
        try principal.require(Q.permission, in: query.stream)
        let now = clock()
        return try await database.read(TenantScope(principal)) { transaction in
            try await query.fetch(in: transaction, at: now)
        }
    }

    private func record(
        _ refusal: any UserFacingError, of permission: Permission, in stream: AuditStream,
        as principal: Principal, at now: Date
    ) async throws {
        let event = AuditEvent(
            "tenancy.attempt.refused", details: ["permission": permission.name, "reason": refusal.code])
        try await database.transaction(TenantScope(principal)) { transaction in
            try await transaction.append(event, to: stream, at: now)
        }
    }
}

extension OutboxMessage {
    /// Tells that something of an alliance changed, so that what is derived from it is reckoned again.
    static func allianceChanged(_ alliance: ID<Alliance>) -> Self {
        Self(topic: "tenancy.alliance.changed", subject: alliance)
    }
}

extension Transaction where Scope == TenantScope {
    /// Takes the key of a request; the second time its primary key refuses it.
    fileprivate func claim(_ key: ID<Request>, for permission: Permission, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.requests (organization_id, request_id, command, requested_at)
            values (\(organization), \(key), \(permission.name), \(now))
            """)
    }
}
