public import Foundation
public import Kernel
public import Tenancy

/// Takes the latest import back: what it changed says again what it said, and whom it brought goes.
///
/// Refused once somebody whom it brought is a member, candidate or user: then a corrected file is the way.
public struct UndoAffiliateImport: Command {
    /// The right to import.
    public static let permission = Permission.importAffiliates

    /// The import.
    public let batch: ID<ImportBatch>

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Who asked for it, where the server does it on somebody's behalf.
    let askedBy: ID<User>?

    /// Takes an import back.
    public init(_ batch: ID<ImportBatch>) {
        self.init(batch, askedBy: nil)
    }

    /// Takes an import back for somebody who asked.
    init(_ batch: ID<ImportBatch>, askedBy: ID<User>?) {
        self.batch = batch
        self.askedBy = askedBy
    }

    /// Restores what the import replaced, while others who would write the register wait.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.enterRegister()
        guard try await transaction.isMerged(batch) else { throw AffiliateImportError.batchNotFound }
        guard try await transaction.latestImport()?.batch == batch else {
            throw AffiliateImportError.notTheLatest
        }
        try await transaction.undo(batch, at: now)
        try await transaction.countInsurers(at: now)
        let details = askedBy.map { ["asked_by": $0.description] } ?? [:]
        return Audited(AuditEvent("membership.affiliates.import_undone", subject: batch, details: details))
    }
}
