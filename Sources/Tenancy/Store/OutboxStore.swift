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

extension Transaction where Scope == TenantScope {
    /// Posts a message, to be delivered once this transaction has committed.
    public func post(_ message: OutboxMessage, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.outbox (
                organization_id, message_id, topic, subject_id, payload, posted_at, attempts, next_attempt_at)
            values (
                \(organization), \(message.id), \(message.topic), \(message.subject), \(message.payload),
                \(now), 0, \(now))
            """)
    }
}
