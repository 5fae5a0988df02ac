public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes published minutes off the citizen's page, with the reason. Whoever has a copy still learns by its code that it
/// was issued here.
public struct WithdrawMinutes: Command {
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

    /// Takes them off; the citizen's page follows through the outbox.
    ///
    /// - Throws: ``MinutesPublicityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let minutes = try await transaction.sealedMinutes(of: meeting, in: alliance, toBe: .withdrawn)
        try await transaction.decide(.withdrawn, on: minutes, of: alliance, because: reason, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.withdrawn", subject: minutes.id,
                details: ["meeting": meeting.description]))
    }
}
