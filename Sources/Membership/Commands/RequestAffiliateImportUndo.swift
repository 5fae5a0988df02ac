public import Foundation
public import Kernel
public import Tenancy

/// Asks for the latest import to be taken back, which may be long work.
public struct RequestAffiliateImportUndo: Command {
    /// The right to import.
    public static let permission = Permission.importAffiliates

    /// The import.
    public let batch: ID<ImportBatch>

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Asks to take an import back.
    public init(_ batch: ID<ImportBatch>) {
        self.batch = batch
    }

    /// Asks for it, where it may be done as far as can be told now.
    ///
    /// - Throws: ``AffiliateImportError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let record = try await transaction.affiliateImport(batch) else {
            throw AffiliateImportError.batchNotFound
        }
        switch record.standing {
        case .merged, .undoFailed: break
        case .undoing: throw AffiliateImportError.wrongStep
        default: throw AffiliateImportError.batchNotFound
        }
        guard record.isLatest else { throw AffiliateImportError.notTheLatest }
        let job = try await transaction.request(AffiliateUploads.undoKind, on: batch, at: now)
        try await transaction.noteUndo(of: batch, job: job)
        return Audited(AuditEvent("membership.affiliates.import_undo_requested", subject: batch))
    }
}
