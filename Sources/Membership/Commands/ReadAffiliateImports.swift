public import Foundation
public import Kernel
public import Tenancy

/// Lists the imports of the register, the latest first, with the files that wait for somebody to confirm.
public struct ListAffiliateImports: Query {
    /// Who may see it.
    public static let permission = Permission.importAffiliates
    /// How many rows at the most.
    public let limit: Int
    /// How many rows are passed over.
    public let offset: Int

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Asks for a page of the list.
    public init(limit: Int = 50, offset: Int = 0) {
        self.limit = limit
        self.offset = offset
    }

    /// Reads the page, and how many there are in all.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (imports: [AffiliateImportRecord], total: Int) {
        (
            try await transaction.affiliateImports(limit: limit, offset: offset),
            try await transaction.affiliateImportCount()
        )
    }
}

/// Reads one import of the register.
public struct ReadAffiliateImport: Query {
    /// Who may see it.
    public static let permission = Permission.importAffiliates
    /// The import.
    public let batch: ID<ImportBatch>

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }
    /// Names and documents of some of whom it would change are shown.
    public var disclosure: Disclosure? { Disclosure(of: batch, details: ["fields": "name document"]) }

    /// Asks for an import.
    public init(_ batch: ID<ImportBatch>) {
        self.batch = batch
    }

    /// Reads it, with some of the changes that it would make while it waits and, once it is merged, how many of those
    /// whom it brought are members or otherwise in use, so that it cannot be undone.
    ///
    /// - Throws: ``AffiliateImportError/batchNotFound``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (record: AffiliateImportRecord, changes: [AffiliateChange], peopleInUse: Int) {
        guard let record = try await transaction.affiliateImport(batch) else {
            throw AffiliateImportError.batchNotFound
        }
        guard record.standing == .checked, let staged = record.preview?.staged else {
            return (record, [], record.isLatest ? try await transaction.peopleInUse(broughtBy: batch) : 0)
        }
        return (record, try await transaction.changes(by: staged, limit: 10), 0)
    }
}

/// Reads the report of the rows that a merged import refused.
public struct ReadRefusalReport: Query {
    /// Who may see it.
    public static let permission = Permission.importAffiliates
    /// The import.
    public let batch: ID<ImportBatch>

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }
    /// Values of refused rows are shown.
    public var disclosure: Disclosure? { Disclosure(of: batch, details: ["fields": "refused rows"]) }

    /// Asks for the report of an import.
    public init(_ batch: ID<ImportBatch>) {
        self.batch = batch
    }

    /// Reads it; `nil` where the tenant keeps none.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [UInt8]? {
        guard let report = try await transaction.affiliateImport(batch)?.report else { return nil }
        return try await transaction.content(of: report)
    }
}
