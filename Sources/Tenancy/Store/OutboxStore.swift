public import Foundation
public import Kernel
public import Postgres

/// Something that is to happen because of what a transaction did, and outside of it.
public struct OutboxMessage: Sendable, Hashable {
    /// Identifies the message; who delivers it twice can tell by it.
    public let id: ID<OutboxMessage>
    /// What is to happen, `module.thing.what`; the handler is chosen by it.
    public let topic: String
    /// The identifier of what it is about.
    public let subject: String
    /// What the handler has to know, as JSON.
    public let payload: JSONText

    /// Makes a message.
    public init(
        id: ID<OutboxMessage> = ID(), topic: String, subject: some CustomStringConvertible,
        payload: JSONText = "{}"
    ) {
        self.id = id
        self.topic = topic
        self.subject = String(describing: subject)
        self.payload = payload
    }
}

private struct MessageRow: RowDecodable {
    let message: OutboxMessage

    init(row: Row) throws(RowError) {
        let subject: String = try row["subject_id"]
        message = OutboxMessage(
            id: try row["message_id"], topic: try row["topic"], subject: subject, payload: try row["payload"])
    }
}

extension Transaction where Scope == TenantScope {
    /// Posts a message, to be delivered once this transaction has committed. It travels with the next
    /// statement.
    public func post(_ message: OutboxMessage, at now: Date) async throws {
        queue(
            """
            insert into tenancy.outbox (
                organization_id, message_id, topic, subject_id, payload, posted_at, attempts, next_attempt_at)
            values (
                \(organization), \(message.id), \(message.topic), \(message.subject), \(message.payload),
                \(now), 0, \(now))
            """)
    }

    /// Tells that something changed on which all alliances of the tenant depend, so that what is derived from
    /// each is reckoned again.
    public func postThatAlliancesChanged(at now: Date) async throws {
        let alliances = try await values(
            "select alliance_id from tenancy.alliances where organization_id = \(organization)",
            as: ID<Alliance>.self)
        queue(
            """
            insert into tenancy.outbox (
                organization_id, message_id, topic, subject_id, payload, posted_at, attempts, next_attempt_at)
            select \(organization), messages.id, \(OutboxMessage.allianceChangedTopic), messages.subject,
                '{}', \(now), 0, \(now)
            from unnest(
                \(alliances.map { _ in ID<OutboxMessage>() }), \(alliances.map(\.description))
            ) as messages (id, subject)
            """)
    }

    /// Returns the messages whose delivery is due, the oldest first.
    func dueMessages(at now: Date, limit: Int) async throws -> [OutboxMessage] {
        try await rows(
            """
            select message_id, topic, subject_id, payload from tenancy.outbox
            where organization_id = \(organization) and delivered_at is null and next_attempt_at <= \(now)
            order by posted_at, message_id
            limit \(limit)
            """,
            as: MessageRow.self
        ).map(\.message)
    }

    /// Locks messages that are due and that no other worker holds.
    func lock(_ ids: [ID<OutboxMessage>], dueAt moment: Date) async throws -> [ID<OutboxMessage>] {
        try await values(
            """
            select message_id from tenancy.outbox
            where organization_id = \(organization) and message_id = any (\(ids))
                and delivered_at is null and next_attempt_at <= \(moment)
            for update skip locked
            """)
    }

    /// Takes messages that are due, so that no other worker does until a moment.
    func take(
        _ ids: [ID<OutboxMessage>], at now: Date, until end: Date
    ) async throws -> [ID<OutboxMessage>] {
        let mine = try await lock(ids, dueAt: now)
        try await execute(
            """
            update tenancy.outbox set next_attempt_at = \(end)
            where organization_id = \(organization) and message_id = any (\(mine))
            """)
        return mine
    }

    /// Notes that messages were delivered.
    func markDelivered(_ ids: [ID<OutboxMessage>], at now: Date) async throws {
        try await execute(
            """
            update tenancy.outbox set delivered_at = \(now), attempts = attempts + 1, failure = null
            where organization_id = \(organization) and message_id = any (\(ids))
            """)
    }

    /// Notes that a delivery failed; the next is tried after 2, 4, 8… seconds.
    func postpone(
        _ ids: [ID<OutboxMessage>], because reason: String, at now: Date, longestWait: TimeInterval
    ) async throws {
        try await execute(
            """
            update tenancy.outbox
            set attempts = attempts + 1, failure = \(reason),
                next_attempt_at = \(now) + least(
                    \(Int(longestWait)), 2 ^ least(attempts + 1, 30)) * interval '1 second'
            where organization_id = \(organization) and message_id = any (\(ids)) and delivered_at is null
            """)
    }

    /// Throws away what was delivered before a moment.
    ///
    /// - Returns: How many messages went.
    func forgetDelivered(before moment: Date) async throws -> Int {
        try await execute(
            "delete from tenancy.outbox where organization_id = \(organization) and delivered_at < \(moment)")
    }

    /// Returns how many messages wait, and how many of them have failed.
    public func outboxState() async throws -> OutboxState {
        try await row(
            """
            select count(*) as waiting, count(*) filter (where attempts > 0) as failing,
                min(posted_at) as oldest_at
            from tenancy.outbox
            where organization_id = \(organization) and delivered_at is null
            """) ?? OutboxState(waiting: 0, failing: 0, oldestAt: nil)
    }
}

/// What waits in the outbox of a tenant.
public struct OutboxState: Sendable, Hashable, RowDecodable {
    /// Messages not delivered.
    public let waiting: Int
    /// Those of them whose delivery failed at least once.
    public let failing: Int
    /// When the oldest of them was posted.
    public let oldestAt: Date?

    init(waiting: Int, failing: Int, oldestAt: Date?) {
        self.waiting = waiting
        self.failing = failing
        self.oldestAt = oldestAt
    }

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        waiting = try row["waiting"]
        failing = try row["failing"]
        oldestAt = try row["oldest_at"]
    }
}
