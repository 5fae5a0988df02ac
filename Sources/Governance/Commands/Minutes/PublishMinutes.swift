public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Publishes the public version of sealed minutes to every citizen. To share a meeting with the entity publishes
/// nothing, nor does the seal.
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
    /// - Throws: ``MinutesPublicityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let minutes = try await transaction.sealedMinutes(of: meeting, in: alliance, toBe: .published)
        try await transaction.decide(.published, on: minutes, of: alliance, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.published", subject: minutes.id,
                details: ["meeting": meeting.description]))
    }
}

extension Transaction where Scope == TenantScope {
    /// The sealed minutes of a meeting for a decision on whether they are published.
    ///
    /// - Throws: ``MinutesPublicityError``.
    func sealedMinutes(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, toBe act: MinutesPublicity.Act
    ) async throws -> SealedMinutes {
        guard let minutes = try await sealedMinutes(of: meeting, in: alliance) else {
            throw MinutesPublicityError.notSealed
        }
        try minutes.require(act, by: scope.principal, in: .alliance(alliance))
        return minutes
    }
}
