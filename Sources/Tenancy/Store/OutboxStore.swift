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

    /// The longest wait between two attempts to deliver one, in seconds.
    static let longestWait: TimeInterval = 3600

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

    /// Returns the messages of a lane whose delivery is due, the oldest first. `topics` are those of which something
    /// goes outside; all others stay inside.
    func dueMessages(
        in lane: OutboxLane, outside topics: [String], at now: Date, limit: Int
    ) async throws -> [OutboxMessage] {
        try await rows(
            """
            select message_id, topic, subject_id, payload from tenancy.outbox
            where organization_id = \(organization) and delivered_at is null
                and (topic = any (\(topics))) = \(lane == .outside) and \(fragment: Self.isDue(at: now))
            order by posted_at, message_id
            limit \(limit)
            """,
            as: MessageRow.self
        ).map(\.message)
    }

    /// Whether the time of an attempt has come. A time further away than anything is ever put off was written by a
    /// clock that was ahead and has been put right since.
    private static func isDue(at now: Date) -> SQL {
        """
        (next_attempt_at <= \(now)
            or next_attempt_at > \(now.addingTimeInterval(OutboxMessage.longestWait + OutboxWorker.lease)))
        """
    }

    /// Locks messages that no other worker holds, and that are due at a moment; `nil` is for a worker's own, which it
    /// took.
    func lock(_ ids: [ID<OutboxMessage>], dueAt moment: Date?) async throws -> [ID<OutboxMessage>] {
        try await values(
            """
            select message_id from tenancy.outbox
            where organization_id = \(organization) and message_id = any (\(ids))
                and delivered_at is null and \(fragment: moment.map(Self.isDue) ?? "true")
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
    func postpone(_ ids: [ID<OutboxMessage>], because reason: String, at now: Date) async throws {
        try await execute(
            """
            update tenancy.outbox
            set attempts = attempts + 1, failure = \(reason),
                next_attempt_at = \(now) + least(
                    \(Int(OutboxMessage.longestWait)), 2 ^ least(attempts + 1, 30)) * interval '1 second'
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
}
