import Foundation
import Kernel
import Tenancy

/// Takes in a file of affiliates that lies on the server, and has it checked.
///
/// The register is not touched: what the file would do is shown first, and somebody confirms it.
struct ReceiveAffiliateFile: Command {
    /// The right to import.
    static let permission = Permission.importAffiliates
    /// After how many seconds a file that nobody confirmed is given up.
    static let patience: TimeInterval = 7 * 86_400

    /// What the file is known by.
    let batch: ID<ImportBatch>
    /// Its name, without its folder.
    let fileName: String
    /// Its size.
    let byteCount: Int
    /// Its SHA-256.
    let digest: [UInt8]
    /// The day of which it tells (`fecha de corte`).
    let cutoff: CalendarDate

    /// The office's chain: the register is of the whole tenant.
    var stream: AuditStream { .office }

    /// Notes the file and asks for its check.
    ///
    /// - Returns: The files that were given up on the way, because nobody came back for them.
    func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<[ID<ImportBatch>]> {
        try await transaction.requireCurrent(cutoff, at: now)
        let forgotten = try await transaction.discardUploads(
            receivedBefore: now.addingTimeInterval(-Self.patience))
        let job = try await transaction.request(AffiliateUploads.checkKind, on: batch, at: now)
        try await transaction.insert(self, job: job, at: now)
        let event = AuditEvent(
            "membership.affiliates.file_received", subject: batch,
            details: ["file": fileName, "cutoff": "\(cutoff)", "sha256": Hex.encode(digest)])
        return Audited(forgotten, event)
    }
}
