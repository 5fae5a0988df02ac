public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Publishes the public version of sealed minutes to every citizen, where their meeting was the board's own: to share a
/// meeting with the entity publishes nothing. It is not taken back.
public struct PublishMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.publishMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names the meeting of the minutes.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Publishes them.
    ///
    /// - Throws: ``MinutesPublicityError``, ``MinutesError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let found = try await transaction.publicity(of: meeting, in: alliance) else {
            throw MinutesError.notFound
        }
        switch found.publicity {
        case .reserved: throw MinutesPublicityError.reserved
        case _ where !found.isSealed: throw MinutesPublicityError.notSealed
        case .withSeal, .published: throw MinutesPublicityError.alreadyPublished
        case .entityOnly: break
        }
        try await transaction.publish(found.minutes, of: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.published", subject: found.minutes,
                details: ["meeting": meeting.description]))
    }
}

/// How far the minutes of a meeting go, `nil` while they have no seal.
public struct ReadMinutesPublicity: Query {
    /// Who may do it.
    public static let permission = Permission.readMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names the meeting of the minutes.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> MinutesPublicity? {
        let found = try await transaction.publicity(of: meeting, in: alliance)
        return found.flatMap { $0.isSealed ? $0.publicity : nil }
    }
}
