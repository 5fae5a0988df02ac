public import Foundation
public import Kernel

/// An event of a chain as a copy of it keeps it: all that its link is reckoned from, so that whoever has the copy can
/// reckon it again without this program.
public struct ChainLine: Sendable, Hashable, Codable {
    /// The place of the link, from 1.
    public let sequence: Int
    /// The event.
    public let event: String
    /// When it happened, in microseconds since 1970.
    public let microseconds: Int
    /// `user`, `terminal` or `system`.
    public let actorKind: String
    /// Who acted.
    public let actor: String?
    /// What was done.
    public let action: String
    /// To what.
    public let subject: String?
    /// SHA-256 of salt and details, in hexadecimal digits.
    public let commitment: String?
    /// The hash of the link.
    public let hash: String
    /// The salt of the commitment; `nil` where the details were purged, or there were none.
    public let salt: String?
    /// The details, as the commitment fixes them.
    public let details: String?

    enum CodingKeys: String, CodingKey {
        case sequence, event, microseconds, actor, action, subject, commitment, hash, salt, details
        case actorKind = "actor_kind"
    }

    init(_ event: ChainedEvent) {
        sequence = event.sequence
        self.event = event.event.description
        microseconds = Int((event.happenedAt.timeIntervalSince1970 * 1_000_000).rounded())
        actorKind = event.actorKind
        actor = event.actor?.uuidString.lowercased()
        action = event.action
        subject = event.subject
        commitment = event.commitment.map { Hex.encode($0) }
        hash = Hex.encode(event.hash)
        salt = event.salt.map { Hex.encode($0) }
        details = event.details
    }

    /// The event that the line tells; `nil` where it cannot be one.
    private var chained: ChainedEvent? {
        guard let event = ID<AuditEvent>(event), let hash = Hex.decode(hash) else { return nil }
        return ChainedEvent(
            sequence: sequence, event: event,
            happenedAt: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000), actorKind: actorKind,
            actor: actor.flatMap(UUID.init), action: action, subject: subject,
            commitment: commitment.flatMap(Hex.decode), hash: hash, salt: salt.flatMap(Hex.decode),
            details: details)
    }

    /// Verifies a chain that was copied whole.
    ///
    /// - Parameters:
    ///   - lines: Its lines, in order.
    ///   - stream: The chain.
    ///   - organization: The tenant.
    ///   - head: What the copy says that its last link is.
    /// - Returns: What was found.
    public static func verify(
        _ lines: some Sequence<ChainLine>, of stream: UUID, in organization: ID<Organization>,
        head: (kind: String, sequence: Int, hash: HashDigest)
    ) -> ChainReport {
        var verification = ChainVerification(organization: organization, stream: stream, anchors: [])
        for line in lines {
            guard let event = line.chained else { break }
            verification.follow(event)
        }
        return verification.finish(head: (head.kind, head.sequence, head.hash.bytes))
    }
}
