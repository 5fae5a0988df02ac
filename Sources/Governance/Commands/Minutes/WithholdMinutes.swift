public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Decides that the public version of sealed minutes is not published, and says why to those who may read them. They may be
/// published later.
public struct WithholdMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.publishMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MinutesPublicityError/unreasoned``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, because reason: String
    ) throws(MinutesPublicityError) {
        guard let reason = reason.trimmedOrNil else { throw .unreasoned }
        self.alliance = alliance
        self.meeting = meeting
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Decides it.
    ///
    /// - Throws: ``MinutesPublicityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let minutes = try await transaction.sealedMinutes(of: meeting, in: alliance, toBe: .withheld)
        try await transaction.decide(.withheld, on: minutes, of: alliance, because: reason, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.withheld", subject: minutes.id,
                details: ["meeting": meeting.description]))
    }
}
