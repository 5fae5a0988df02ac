import Foundation
import Kernel
import Tenancy

/// Keeps what the check of a file found, for somebody to confirm.
struct NoteAffiliateCheck: Command {
    /// The right to import.
    static let permission = Permission.importAffiliates

    /// What was found.
    let preview: AffiliateImportPreview
    /// The long work that found it: it alone may note it.
    let job: ID<Job>

    /// The office's chain: the register is of the whole tenant.
    var stream: AuditStream { .office }

    /// Notes it, unless the file was given up meanwhile.
    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<Void> {
        let batch = preview.staged.batch
        guard try await transaction.note(preview, of: batch, by: job) else {
            throw AffiliateImportError.wrongStep
        }
        let summary = preview.summary
        let event = AuditEvent(
            "membership.affiliates.file_checked", subject: batch,
            details: [
                "read": "\(summary.read)", "new": "\(summary.new)", "changed": "\(summary.changed)",
                "unchanged": "\(summary.unchanged)", "refused": "\(summary.refused)",
            ])
        return Audited(event)
    }
}
