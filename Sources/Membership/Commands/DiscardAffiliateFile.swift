import Foundation
import Kernel
import Tenancy

/// Gives a file up: nothing of it is kept, and the register stays as it is.
struct DiscardAffiliateFile: Command {
    /// The right to import.
    static let permission = Permission.importAffiliates

    /// The file.
    let batch: ID<ImportBatch>

    /// The office's chain: the register is of the whole tenant.
    var stream: AuditStream { .office }

    /// Notes it, and calls off what is being done with the file.
    ///
    /// - Throws: ``AffiliateImportError/wrongStep`` where it is being merged or was.
    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<Void> {
        guard let upload = try await transaction.affiliateUpload(batch) else {
            throw AffiliateImportError.wrongStep
        }
        switch upload.state {
        case .received, .checked: break
        // What was confirmed is called off only where it failed.
        case .confirmed where try await transaction.job(upload.job)?.state == .failed: break
        case .confirmed, .merged, .discarded: throw AffiliateImportError.wrongStep
        }
        try await transaction.cancel(upload.job, at: now)
        try await transaction.discard(upload)
        try await transaction.deleteStagedAffiliates(of: batch)
        return Audited(AuditEvent("membership.affiliates.file_discarded", subject: batch))
    }
}
