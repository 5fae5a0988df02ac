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
    /// Asks what the space demands of whoever holds the right, beside the right: the first thing in the command's
    /// transaction. Nothing, which is the default.
    ///
    /// A module some of whose acts demand more refines the protocol and answers here for all of them, so that none of
    /// them can forget to ask.
    ///
    /// - Throws: A ``UserFacingError`` for who may not do it.
    func admit(in transaction: borrowing TenantTransaction, at now: Date) async throws
    /// Carries the act out.
    ///
    /// - Throws: A ``UserFacingError`` where a rule refuses it; nothing is kept then.
    func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Output>
}

extension Command {
    /// Nothing beside the right is asked.
    public func admit(in transaction: borrowing TenantTransaction, at now: Date) async throws {}
}

/// One question of one person: it names the right that it needs. It changes nothing.
public protocol Query<Output>: Sendable {
    /// What the caller gets.
    associatedtype Output: Sendable
    /// The right that is needed.
    static var permission: Permission { get }
    /// The space in which the right is asked, and the chain in which a reading from outside is noted.
    var stream: AuditStream { get }
    /// The spaces that are asked about, where it is several at once: the right is asked in each, and a reading from
    /// outside is noted in each, but in the office's chain alone where the office is one of them. ``stream`` alone,
    /// which is the default.
    var streams: [AuditStream] { get }
    /// The personal data that the answer shows; `nil`, which is the default, where it shows none.
    ///
    /// Where it shows some, its reading by a control body, a guarantor or an operator is an event of the
    /// chain (``Role/leavesTraceOfReading``).
    var disclosure: Disclosure? { get }
    /// Reads the answer.
    func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Output
}

extension Query {
    /// Nothing of persons is shown.
    public var disclosure: Disclosure? { nil }
    /// One space.
    public var streams: [AuditStream] { [stream] }
}

/// Personal data that a query shows.
public struct Disclosure: Sendable, Hashable {
    /// The identifier of the person, where it is one person.
    public let subject: String?
    /// What is shown, and of whom: `["fields": "document phone", "alliance": …]`.
    public let details: [String: String]

    /// Tells what a query shows.
    public init(of subject: (some CustomStringConvertible)?, details: [String: String] = [:]) {
        self.subject = subject.map { String(describing: $0) }
        self.details = details
    }

    /// Tells what a query shows of several persons.
    public init(details: [String: String]) {
        self.init(of: String?.none, details: details)
    }
}

extension Array where Element: Command {
    /// Carries out the same act in several alliances as part of one that reaches them all: each on its own conditions,
    /// and each with its own event in its own chain.
    ///
    /// - Throws: What the first throws that cannot be carried out; then none is.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (outputs: [Element.Output], traces: [(stream: AuditStream, event: AuditEvent)]) {
        var outputs: [Element.Output] = []
        var traces: [(stream: AuditStream, event: AuditEvent)] = []
        for command in self {
            try await command.admit(in: transaction, at: now)
            let audited = try await command.perform(in: transaction, at: now)
            outputs.append(audited.output)
            traces += audited.traces(in: command.stream)
        }
        return (outputs, traces)
    }
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

    /// Carries a command out. With the request's own key, a request that was carried out before is refused
    /// with ``AccessError/alreadyDone``.
    ///
    /// - Throws: ``AccessError``, or what the command throws. A refused attempt at a sensitive act is
    ///   recorded in the chain, in a transaction of its own.
    @discardableResult
    public func run<C: Command>(
        _ command: C, as principal: Principal, key: ID<Request>? = nil
    ) async throws -> C.Output {
        let now = clock()
        do {
            try principal.require(C.permission, in: command.stream)
            let output = try await repeatingCollisions {
                try await database.transaction(TenantScope(principal)) { transaction in
                    if let key {
                        transaction.claim(key, for: C.permission.name, at: now)
                    }
                    try await command.admit(in: transaction, at: now)
                    let audited = try await command.perform(in: transaction, at: now)
                    for stream in audited.others.map(\.stream) {
                        try principal.require(C.permission, in: stream)
                    }
                    // Heads of chains are locked in one order, so that two such acts never wait for each other.
                    let traces = audited.traces(in: command.stream).sorted {
                        $0.stream.id(in: principal.organization).uuidString
                            < $1.stream.id(in: principal.organization).uuidString
                    }
                    for alliance in Set(([command.stream] + traces.map(\.stream)).compactMap(\.alliance)) {
                        try await transaction.post(.allianceChanged(alliance), at: now)
                    }
                    for trace in traces { try transaction.append(trace.event, to: trace.stream, at: now) }
                    return audited.output
                }
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
        let now = clock()
        return try await read(
            Q.permission, in: query.streams, showing: query.disclosure, as: principal
        ) { transaction in
            try await query.fetch(in: transaction, at: now)
        }
    }

    /// Answers the question of one page, which no ``Query`` asks, on the same conditions: the right is asked in each
    /// of the spaces before anything is read, and who looks in from outside leaves a trace of the personal data that
    /// they were shown.
    ///
    /// - Throws: ``AccessError``, or what the body throws.
    public func read<Output: Sendable>(
        _ permission: Permission, in streams: [AuditStream], showing disclosure: Disclosure?,
        as principal: Principal, _ body: (borrowing TenantTransaction) async throws -> Output
    ) async throws -> Output {
        guard !streams.isEmpty else { throw AccessError.notPermitted(permission) }
        for stream in streams { try principal.require(permission, in: stream) }
        let traced = (streams.contains(.office) ? [.office] : streams)
            .filter { principal.looksInFromOutside(by: permission, in: $0) }
        guard let disclosure, !traced.isEmpty else {
            return try await database.read(TenantScope(principal), body)
        }
        // Who looks in gets the answer only together with the trace of it.
        let now = clock()
        let details = disclosure.details.merging(["permission": permission.name]) { $1 }
        return try await repeatingCollisions {
            try await database.transaction(TenantScope(principal)) { transaction in
                let output = try await body(transaction)
                for stream in traced {
                    let event = AuditEvent(
                        "tenancy.personal_data.read", subject: disclosure.subject, details: details)
                    try transaction.append(event, to: stream, at: now)
                }
                return output
            }
        }
    }

    /// Writes an event that no command leaves: what happened outside of the tenant and concerns it.
    ///
    /// - Throws: ``AccessError/alreadyDone`` where it was written before under the same key.
    func note(
        _ event: AuditEvent, in stream: AuditStream, as principal: Principal, key: ID<Request>
    ) async throws {
        let now = clock()
        do {
            try await repeatingCollisions {
                try await database.transaction(TenantScope(principal)) { transaction in
                    transaction.claim(key, for: event.action, at: now)
                    try transaction.append(event, to: stream, at: now)
                }
            }
        } catch let error as PostgresError where error.constraint == "requests_pkey" {
            throw AccessError.alreadyDone
        }
    }

    /// Runs a transaction again where others got in its way: a deadlock, or a failure to serialize. Nothing
    /// of the attempt was kept. Five times are enough for who waits ever longer; after that the person hears
    /// of it.
    private func repeatingCollisions<Value>(_ transaction: () async throws -> Value) async throws -> Value {
        for attempt in 0..<4 {
            do {
                return try await transaction()
            } catch let error as PostgresError where error.isSerializationFailure {
                let ceiling = 10 << attempt
                try await Task.sleep(for: .milliseconds(Int.random(in: ceiling...2 * ceiling)))
            }
        }
        return try await transaction()
    }

    /// Records a refused attempt in a transaction of its own. A chain that has no event yet does not begin
    /// with a refusal: whoever made an identifier up would make a chain with it.
    private func record(
        _ refusal: any UserFacingError, of permission: Permission, in stream: AuditStream,
        as principal: Principal, at now: Date
    ) async throws {
        try await repeatingCollisions {
            try await database.transaction(TenantScope(principal)) { transaction in
                let isBegun = try await transaction.isBegun(stream)
                let event = AuditEvent(
                    "tenancy.attempt.refused",
                    details: [
                        "permission": permission.name, "reason": refusal.code,
                        "stream": stream.id(in: principal.organization).uuidString.lowercased(),
                    ])
                try transaction.append(event, to: isBegun ? stream : .office, at: now)
            }
        }
    }
}

extension OutboxMessage {
    /// Tells that something of an alliance changed, so that what is derived from it is reckoned again.
    public static func allianceChanged(_ alliance: ID<Alliance>) -> Self {
        Self(topic: allianceChangedTopic, subject: alliance)
    }

    /// The topic under which that is told; projections are handlers of it.
    public static let allianceChangedTopic = "tenancy.alliance.changed"
}

extension Transaction where Scope == TenantScope {
    /// Takes the key of a request; the second time its primary key refuses it, and with it the command's
    /// first statement.
    fileprivate borrowing func claim(_ key: ID<Request>, for command: String, at now: Date) {
        queue(
            """
            insert into tenancy.requests (organization_id, request_id, command, requested_at)
            values (\(organization), \(key), \(command), \(now))
            """)
    }
}
