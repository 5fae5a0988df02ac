public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Attaches the scan of a signature on paper, to be looked at before it counts: of somebody who has not signed, or in
/// place of one that who acts attached before.
public struct AttachSignatureScan: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The signer.
    public let signer: UUID
    /// The scan.
    public let scan: StoredFile

    /// Takes a scan.
    public init(_ scan: StoredFile, of signer: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.signer = signer
        self.scan = scan
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<MinutesScan>> {
        let (draft, signer) = try await transaction.signer(signer, of: meeting, in: alliance)
        guard draft.state == .approved else {
            throw draft.state == .sealed ? MinutesError.signedAlready : MinutesError.notApproved
        }
        if signer.signature != nil {
            let scans = try await transaction.minutesScans(of: signer.id)
            guard scans.mayReplace(signer, as: transaction.scope.principal) else {
                throw MinutesError.signedAlready
            }
        }
        let today = ColombianTime.date(at: now)
        guard scan.effectiveOn <= today, scan.effectiveOn >= (draft.approved?.on ?? today) else {
            throw MeetingError.notYetHeld
        }
        try await transaction.requireMandate(of: signer, on: scan.effectiveOn)
        let file = try await transaction.store(
            scan, as: .minutes, in: stream, isReserved: draft.isReserved, at: now)
        let id = ID<MinutesScan>()
        try await transaction.insert(
            scan: id, file: file, on: scan.effectiveOn, of: signer.id, in: draft, at: now)
        return Audited(
            id,
            AuditEvent(
                "governance.minutes.scan_attached", subject: draft.id,
                details: [
                    "meeting": meeting.description, "office": signer.office,
                    "number": draft.approved.map { String($0.number) } ?? "",
                ]))
    }
}

extension [MinutesScan] {
    /// The one that waits for somebody to look at it.
    var waiting: MinutesScan? { last.flatMap { $0.confirmedAt == nil ? $0 : nil } }

    /// Whether somebody may bring another in place of the one that counts: who attached it.
    func mayReplace(_ signer: MinutesSigner, as principal: Principal) -> Bool {
        guard signer.signature?.way == .paper, let counted = last(where: { $0.confirmedAt != nil }) else {
            return false
        }
        return counted.attachedBy == principal.user
    }
}
