public import Foundation
public import Kernel
public import Tenancy

/// Has a file checked again: because the register changed after the check, or what was begun with it failed.
public struct RecheckAffiliateFile: Command {
    /// The right to import.
    public static let permission = Permission.importAffiliates

    /// The file.
    public let batch: ID<ImportBatch>

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Asks for another check.
    public init(_ batch: ID<ImportBatch>) {
        self.batch = batch
    }

    /// Asks for it, unless the file is being worked on.
    ///
    /// - Throws: ``AffiliateImportError/wrongStep``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let upload = try await transaction.affiliateUpload(batch),
            upload.state != .merged, upload.state != .discarded,
            try await transaction.job(upload.job)?.state.isEnd ?? true
        else { throw AffiliateImportError.wrongStep }
        let job = try await transaction.request(AffiliateUploads.checkKind, on: batch, at: now)
        try await transaction.returnUpload(upload, job: job)
        return Audited(AuditEvent("membership.affiliates.file_returned", subject: batch))
    }
}
