import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The import that the register last took in.
struct LatestImport: RowDecodable {
    let batch: ID<ImportBatch>
    let cutoff: CalendarDate

    init(row: Row) throws(RowError) {
        batch = try row["batch_id"]
        cutoff = try row["cutoff_on"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The last import that was not undone, by the turn in which it was merged: the clock is read before the turn comes.
    func latestImport() async throws -> LatestImport? {
        try await row(
            """
            select batch_id, cutoff_on
            from membership.import_batches
            where organization_id = \(organization) and state = 'merged'
            order by turn desc
            limit 1
            """)
    }

    /// The day of which the register tells (`fecha de corte`); `nil` while nothing was imported.
    public func registerCutoff() async throws -> CalendarDate? {
        try await latestImport()?.cutoff
    }

    /// Refuses a file that tells of a day to come, or of one before that of the register.
    ///
    /// - Throws: ``AffiliateImportError/cutoffToCome(_:)``,
    ///   ``AffiliateImportError/olderThanRegister(cutoff:latest:)``.
    func requireCurrent(_ cutoff: CalendarDate, at now: Date) async throws {
        guard cutoff <= ColombianTime.date(at: now) else { throw AffiliateImportError.cutoffToCome(cutoff) }
        if let latest = try await latestImport(), latest.cutoff > cutoff {
            throw AffiliateImportError.olderThanRegister(cutoff: cutoff, latest: latest.cutoff)
        }
    }

    /// Whether an import was merged and not undone.
    func isMerged(_ batch: ID<ImportBatch>) async throws -> Bool {
        try await value(
            """
            select state = 'merged'
            from membership.import_batches
            where organization_id = \(organization) and batch_id = \(batch)
            """) ?? false
    }

    /// Keeps an import with its turn: the caller holds the register, so that no two take the same.
    func insert(
        _ staged: StagedAffiliates, _ summary: AffiliateImportSummary, asOf cutoff: CalendarDate,
        report: ID<StoredFile>?, by user: ID<User>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into membership.import_batches (
                organization_id, batch_id, file_name, sha256, cutoff_on, state, read_rows, new_rows, changed_rows,
                unchanged_rows, refused_rows, report_file_id, imported_by, imported_at, turn)
            select
                \(organization), \(staged.batch), \(staged.fileName), \(staged.digest), \(cutoff), 'merged',
                \(summary.read), \(summary.new), \(summary.changed), \(summary.unchanged), \(summary.refused),
                \(report), \(user ?? scope.principal.user), \(now), coalesce(max(turn), 0) + 1
            from membership.import_batches
            where organization_id = \(organization)
            """)
    }

    private func deletePeople(broughtBy batch: ID<ImportBatch>) async throws {
        do throws(PostgresError) {
            try await execute(
                """
                delete from membership.affiliates
                where organization_id = \(organization) and batch_id = \(batch)
                """)
        } catch {
            throw error.sqlState == "23503" ? AffiliateImportError.peopleInUse : error
        }
    }

    /// Takes an import back: what it changed says again what it said, and whom it brought goes.
    ///
    /// - Throws: ``AffiliateImportError/peopleInUse`` where something refers to one of them.
    func undo(_ batch: ID<ImportBatch>, at now: Date) async throws {
        try await restoreWords(before: batch)
        try await execute(
            """
            update membership.affiliates a
            set (first_surname, second_surname, first_name, second_name, birth_date, sex, municipality_code, regime,
                    affiliation_state, phone, email, insurer_code, valid_from, batch_id)
                = row (v.first_surname, v.second_surname, v.first_name, v.second_name, v.birth_date, v.sex,
                    v.municipality_code, v.regime, v.affiliation_state, v.phone, v.email, v.insurer_code,
                    v.valid_from, v.batch_id)
            from membership.affiliate_versions v
            where v.organization_id = \(organization) and v.replaced_by = \(batch)
                and a.organization_id = \(organization) and a.person_id = v.person_id
            """)
        try await execute(
            """
            delete from membership.affiliate_versions
            where organization_id = \(organization) and replaced_by = \(batch)
            """)
        try await deletePeople(broughtBy: batch)
        try await execute(
            """
            update membership.import_batches set state = 'undone', undone_at = \(now)
            where organization_id = \(organization) and batch_id = \(batch)
            """)
    }
}
