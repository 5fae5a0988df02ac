import Crypto
import Foundation
import Kernel
import Postgres

extension Transaction where Scope == TenantScope {
    /// Appends an event to a chain, as the last act of a transaction: the chain's head stays locked until the
    /// end, so that what comes after it would hold up every other writer. It travels with the `commit`, and
    /// so holds the lock for no round trip at all.
    borrowing func append(_ event: AuditEvent, to stream: AuditStream, at now: Date) throws {
        let actor = scope.principal.actor
        let sealed = event.details.isEmpty ? nil : try SealedDetails(event.details)
        queue(
            """
            select tenancy.append_audit_event(
                \(organization), \(stream.id(in: organization)), \(stream.kind), \(event.id), \(now),
                \(actor.kind), \(scope.principal.user), \(event.action), \(event.subject),
                \(sealed?.commitment))
            """)
        if let sealed {
            queue(
                """
                insert into tenancy.audit_details (organization_id, event_id, salt, details)
                values (\(organization), \(event.id), \(sealed.salt), \(sealed.text))
                """)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Whether a chain has an event.
    func isBegun(_ stream: AuditStream) async throws -> Bool {
        try await value(
            """
            select exists (
                select from tenancy.audit_heads
                where organization_id = \(organization) and stream_id = \(stream.id(in: organization)))
            """) ?? false
    }
}

/// The details of an event, and what binds the chain to them without showing them.
struct SealedDetails {
    /// 16 random bytes, without which short details could be guessed from their commitment.
    let salt: [UInt8]
    /// JSON with its keys in order.
    let text: String

    init(_ details: [String: String]) throws {
        var random = SystemRandomNumberGenerator()
        salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(details), as: UTF8.self)
    }

    /// SHA-256 of the salt and the text.
    var commitment: [UInt8] {
        Self.commitment(salt: salt, text: text)
    }

    static func commitment(salt: [UInt8], text: String) -> [UInt8] {
        Array(SHA256.hash(data: salt + Array(text.utf8)))
    }
}

extension Principal.Actor {
    /// The kind of actor, as the database names it.
    var kind: String {
        switch self {
        case .user: "user"
        case .terminal: "terminal"
        case .system: "system"
        }
    }
}
