public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Keeps the public version of sealed minutes off the citizen's page, and says why to those who may read them: decides that
/// it is not published, or takes it off. It may be published later; whoever has a copy still learns by its code that it was
/// issued here.
public struct WithholdMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.publishMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Whether they stand on the page and are taken off; otherwise they are not put there.
    public let isPublished: Bool
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MinutesPublicityError/unreasoned``.
    public init(
        of meeting: ID<Meeting>, in alliance: ID<Alliance>, isPublished: Bool = false, because reason: String
    ) throws(MinutesPublicityError) {
        guard let reason = reason.trimmedOrNil else { throw .unreasoned }
        self.alliance = alliance
        self.meeting = meeting
        self.isPublished = isPublished
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Decides it; the citizen's page follows through the outbox.
    ///
    /// - Throws: ``MinutesPublicityError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let act: MinutesPublicity.Act = isPublished ? .withdrawn : .withheld
        let minutes = try await transaction.sealedMinutes(of: meeting, in: alliance, toBe: act)
        try await transaction.decide(act, on: minutes, of: alliance, because: reason, at: now)
        return Audited(
            AuditEvent(
                isPublished ? "governance.minutes.withdrawn" : "governance.minutes.withheld",
                subject: minutes.id,
                details: ["meeting": meeting.description]))
    }
}
