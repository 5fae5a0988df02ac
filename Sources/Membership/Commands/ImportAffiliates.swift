import Foundation
public import Kernel
import Postgres
public import Tenancy

/// Imports files of affiliates (`padrón de afiliados`): reads them, checks each row, and merges those that are good.
///
/// A file is staged first, which leaves the register alone and tells what it would do; then it is merged as a whole or
/// given up. What is killed half-way has changed nothing, and may be repeated.
public struct ImportAffiliates: Sendable {
    let runner: CommandRunner
    private let divipola: Divipola

    /// Imports through a runner of commands, with the municipalities of `divipola`.
    public init(runner: CommandRunner, divipola: Divipola) {
        self.runner = runner
        self.divipola = divipola
    }

    /// What was understood of a file and what it would do to the register.
    public struct Preview: Sendable {
        /// What was understood.
        public let format: AffiliateFileFormat
        /// The rows that wait, to be merged or given up.
        public let staged: StagedAffiliates
        /// What merging them now would do.
        public let summary: AffiliateImportSummary
        /// The first of the refused rows.
        let refusals: [Refusal]
    }

    /// Reads a file and lets its good rows wait, beside the register.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - fileName: Its name, without its folder.
    ///   - batch: What its rows are known by; rows that wait under it already are replaced.
    ///   - cutoff: The day of which the file tells, to refuse it before it is read where it could not be merged;
    ///     `nil` where that was asked already.
    ///   - principal: Who imports.
    ///   - report: Takes the report of the refused rows, piece by piece: see ``RefusalReport``.
    ///   - progress: Told of each piece of the file, on any thread.
    /// - Returns: What was read, compared with the register.
    /// - Throws: ``AccessError``; ``AffiliateImportError`` where `cutoff` is refused; ``AffiliateFileError`` where the file cannot be read at all; what `source` and
    ///   `report` throw. Nothing waits then.
    public func stage(
        _ source: any ByteSource, named fileName: String, batch: ID<ImportBatch> = ID(),
        asOf cutoff: CalendarDate? = nil, as principal: Principal,
        report: @escaping @Sendable ([UInt8]) throws -> Void = { _ in },
        progress: @escaping @Sendable (AffiliateImportProgress) -> Void = { _ in }
    ) async throws -> Preview {
        try principal.require(.importAffiliates, in: .office)
        let scope = TenantScope(principal)
        let now = runner.now
        let rules = try await runner.database.read(scope) { transaction in
            if let cutoff { try await transaction.requireCurrent(cutoff, at: now) }
            return try await AffiliateFileRules(
                in: transaction, on: ColombianTime.date(at: now), divipola: divipola)
        }
        try await runner.database.transaction(scope) { transaction in
            try await transaction.deleteStagedAffiliates(begunBefore: now.addingTimeInterval(-86_400))
            try await transaction.deleteStagedAffiliates(of: batch)
        }
        let reader = try AffiliateFileReader(source, rules: rules)
        let intake = try AffiliateIntake(
            reader, fileName: fileName, organization: principal.organization, batch: batch, report: report,
            progress: progress)
        do {
            try await runner.database.copy(
                StagedAffiliateLines.statement, as: .staging,
                from: AsyncThrowingStream(unfolding: { try await intake.next() }))
            let staged = await intake.result
            progress(await intake.progress(.comparing))
            let summary = try await runner.database.transaction(scope) { transaction in
                try await transaction.enterRegister()
                return try await transaction.summary(of: staged)
            }
            return Preview(
                format: reader.format, staged: staged, summary: summary, refusals: await intake.firstRefusals)
        } catch {
            // In a task of its own: the one that was cancelled could not clean up.
            await Task { try? await discard(batch, as: principal) }.value
            throw error
        }
    }

    /// Merges the rows that wait, whole or not at all, as the state of the day of which the file tells.
    ///
    /// - Throws: ``AccessError``, ``AffiliateImportError``.
    public func merge(
        _ staged: StagedAffiliates, asOf cutoff: CalendarDate, as principal: Principal
    ) async throws -> AffiliateImportSummary {
        try await runner.run(MergeAffiliates(staged, asOf: cutoff), as: principal)
    }

    /// Gives up the rows that wait.
    public func discard(_ batch: ID<ImportBatch>, as principal: Principal) async throws {
        try await runner.database.transaction(TenantScope(principal)) { transaction in
            try await transaction.deleteStagedAffiliates(of: batch)
        }
    }
}
