public import Foundation
import Kernel
public import Postgres

/// Mail that acts send on: calls to meetings, reminders. It is written in the act's own transaction, and carried after
/// it.
public struct Mailing: Sendable, Hashable, Codable {
    /// Whom it goes to.
    public let recipient: String
    /// What it is about.
    public let subject: String
    /// What it says, lines ended by a line feed.
    public let text: String
    /// The local address that stands at its end, `/o/…`; `nil` where it leads nowhere.
    public let path: String?

    /// Writes one.
    public init(to recipient: String, subject: String, text: String, path: String? = nil) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.path = path
    }

    /// Whether no mail reaches the address, as those of the demonstration.
    public var isUndeliverable: Bool { MailMessage.isUndeliverable(recipient) }
}

extension OutboxMessage {
    /// The topic of mail.
    static let mailTopic = "tenancy.mail"

    /// The message by which mail is sent, to be posted in the transaction that writes it.
    public init(_ mailing: Mailing, about subject: some CustomStringConvertible) throws {
        self.init(topic: Self.mailTopic, subject: subject, payload: try JSONText(encoding: mailing))
    }
}

extension OutboxHandler {
    /// Carries mail.
    ///
    /// - Parameters:
    ///   - origin: What addresses begin with, without a slash at the end.
    ///   - carrier: Who carries mail; without one it stays unsent, and pages say so.
    /// - Returns: The handler of its topic.
    public static func mail(origin: String, through carrier: MailCarrier?) -> Self {
        .outside(OutboxMessage.mailTopic) { message, _, _ in
            let mailing = try message.payload.decoded(as: Mailing.self)
            guard let carrier, !mailing.isUndeliverable else { return }
            try await carrier(
                MailMessage(
                    to: mailing.recipient, subject: mailing.subject,
                    text: mailing.path.map { "\(mailing.text)\n\n\(origin)\($0)\n" } ?? mailing.text),
                message.id.description)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Posts many messages, with the next statement.
    public func post(_ messages: [OutboxMessage], at now: Date) {
        guard !messages.isEmpty else { return }
        queue(
            """
            insert into tenancy.outbox (
                organization_id, message_id, topic, subject_id, payload, posted_at, attempts, next_attempt_at)
            select \(organization), messages.id, messages.topic, messages.subject, messages.payload, \(now), 0, \(now)
            from unnest(
                \(messages.map(\.id)), \(messages.map(\.topic)), \(messages.map(\.subject)),
                \(messages.map(\.payload))
            ) as messages (id, topic, subject, payload)
            """)
    }
}
