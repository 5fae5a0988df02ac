public import Foundation
public import Kernel
public import Tenancy

/// Merges the rows that wait into the register, by document type and number: all of them in one transaction, or
/// none.
///
/// Who is new is added; of whom the file says something else, the register keeps what it said and then says that; the
/// rest is not touched, so that the same file again changes nothing. Who is not in the file stays as they are: a file
/// may be of one municipality only.
public struct MergeAffiliates: Command {
    /// The right to import.
    public static let permission = Permission.importAffiliates

    /// The rows that wait.
    public let staged: StagedAffiliates
    /// The day of which the file tells (`fecha de corte`).
    public let cutoff: CalendarDate
    /// What the merge was confirmed to do; `nil` where it may do whatever the rows say.
    let confirmed: AffiliateImportSummary?
    /// Who confirmed it, where the server merges on somebody's behalf.
    let confirmedBy: ID<User>?
    /// The report of the refused rows, where the tenant is to keep it.
    let report: StoredFile?

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Merges staged rows as the state of a day.
    public init(_ staged: StagedAffiliates, asOf cutoff: CalendarDate) {
        self.init(staged, asOf: cutoff, confirmed: nil, by: nil, report: nil)
    }

    /// Merges the staged rows of a file that somebody confirmed.
    init(
        _ staged: StagedAffiliates, asOf cutoff: CalendarDate, confirmed: AffiliateImportSummary?,
        by confirmedBy: ID<User>?, report: StoredFile?
    ) {
        self.staged = staged
        self.cutoff = cutoff
        self.confirmed = confirmed
        self.confirmedBy = confirmedBy
        self.report = report
    }

    /// Compares, writes and counts, while others who would write the register wait.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<AffiliateImportSummary> {
        try await transaction.enterRegister()
        try await transaction.requireCurrent(cutoff, at: now)
        let summary = try await transaction.summary(of: staged)
        guard confirmed == nil || confirmed == summary else { throw AffiliateImportError.registerChanged }
        var reportID: ID<StoredFile>?
        if let report { reportID = try await transaction.store(report, as: .entity, at: now) }
        // The batch comes first: versions refer to it.
        try await transaction.insert(
            staged, summary, asOf: cutoff, report: reportID, by: confirmedBy,
            at: now)
        if summary.changed > 0 {
            try require(
                try await transaction.updateChangedAffiliates(of: staged, asOf: cutoff) == summary.changed)
        }
        if summary.new > 0 {
            try require(try await transaction.insertNewAffiliates(of: staged, asOf: cutoff) == summary.new)
        }
        try await transaction.rewriteWords(of: staged.batch)
        try await transaction.countInsurers(at: now)
        try await transaction.deleteStagedAffiliates(of: staged.batch)
        try await transaction.noteMerged(staged.batch)
        var details = [
            "file": staged.fileName, "cutoff": "\(cutoff)", "read": "\(summary.read)",
            "new": "\(summary.new)",
            "changed": "\(summary.changed)", "unchanged": "\(summary.unchanged)",
            "refused": "\(summary.refused)", "sha256": Hex.encode(staged.digest),
        ]
        details["confirmed_by"] = confirmedBy?.description
        return Audited(
            summary, AuditEvent("membership.affiliates.imported", subject: staged.batch, details: details))
    }

    /// Others who write the register wait for this transaction; should one not, nothing is kept.
    private func require(_ isAsCompared: Bool) throws(AffiliateImportError) {
        guard isAsCompared else { throw .rowsLost }
    }
}
