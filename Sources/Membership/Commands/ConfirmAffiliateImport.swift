public import Foundation
public import Kernel
public import Tenancy

/// Confirms what the check of a file found, and has it merged.
public struct ConfirmAffiliateImport: Command {
    /// The right to import.
    public static let permission = Permission.importAffiliates

    /// The file.
    public let batch: ID<ImportBatch>
    /// Whether the person said that it is right that so many change.
    public let acceptsWarnings: Bool

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Confirms a file.
    public init(_ batch: ID<ImportBatch>, acceptsWarnings: Bool) {
        self.batch = batch
        self.acceptsWarnings = acceptsWarnings
    }

    /// Notes who confirmed and asks for the merge.
    ///
    /// - Throws: ``AffiliateImportError/wrongStep``, ``AffiliateImportError/unconfirmedMagnitude``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let upload = try await transaction.affiliateUpload(batch), upload.state == .checked,
            let preview = upload.preview
        else { throw AffiliateImportError.wrongStep }
        guard acceptsWarnings || preview.warnings.isEmpty else {
            throw AffiliateImportError.unconfirmedMagnitude
        }
        let job = try await transaction.request(AffiliateUploads.mergeKind, on: batch, at: now)
        guard try await transaction.confirmUpload(batch, job: job) else {
            throw AffiliateImportError.wrongStep
        }
        return Audited(AuditEvent("membership.affiliates.import_confirmed", subject: batch))
    }
}
