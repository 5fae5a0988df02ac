public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes another scan for a signature on paper, as long as the minutes are not sealed: the signature stays what it is,
/// and the file that shows it is another.
public struct ReplaceSignatureScan: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The signer.
    public let signer: UUID
    /// The scan that was looked at.
    public let scan: ID<MinutesScan>

    /// Takes a scan that was attached before.
    public init(
        with scan: ID<MinutesScan>, of signer: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.signer = signer
        self.scan = scan
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let (draft, signer) = try await transaction.signer(signer, of: meeting, in: alliance)
        guard draft.state == .approved else { throw MinutesError.signedAlready }
        let scans = try await transaction.minutesScans(of: signer.id)
        guard scans.mayReplace(signer, as: transaction.scope.principal) else {
            throw MinutesError.signedAlready
        }
        guard scans.waiting?.id == scan else { throw MinutesError.scanNotFound }
        try await transaction.confirm(scan: scan, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.scan_replaced", subject: draft.id,
                details: [
                    "meeting": meeting.description, "office": signer.office,
                    "number": draft.approved.map { String($0.number) } ?? "",
                ]))
    }
}
