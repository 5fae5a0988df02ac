import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Reads an import, sent through the pages or merged at the terminal.
    func affiliateImport(_ batch: ID<ImportBatch>) async throws -> AffiliateImportRecord? {
        try await row(
            """
            select * from (\(fragment: affiliateImportRows)) as imports
            where imports.batch_id = \(batch)
            """)
    }

    /// Reads a page of the imports, the latest first.
    func affiliateImports(limit: Int, offset: Int) async throws -> [AffiliateImportRecord] {
        try await rows(
            """
            select * from (\(fragment: affiliateImportRows)) as imports
            order by imports.at desc, imports.batch_id desc
            limit \(limit) offset \(offset)
            """)
    }

    /// How many imports there are and were.
    func affiliateImportCount() async throws -> Int {
        try await value("select count(*) from (\(fragment: affiliateImportRows)) as imports") ?? 0
    }

    /// How many of those whom an import brought something refers to since: a membership, a paper, a seat, a signature, a
    /// candidacy, a user.
    func peopleInUse(broughtBy batch: ID<ImportBatch>) async throws -> Int {
        try await value(
            """
            select count(distinct used.person_id)
            from membership.people_in_use(\(organization), \(batch)) as used
            where not exists (
                select from membership.affiliate_versions as versions
                where versions.organization_id = \(organization) and versions.person_id = used.person_id
                    and versions.replaced_by = \(batch))
            """) ?? 0
    }

    /// Notes the work that is to undo an import.
    func noteUndo(of batch: ID<ImportBatch>, job: ID<Job>) async throws {
        try await execute(
            """
            update membership.import_batches set undo_job_id = \(job), undone_by = \(scope.principal.user)
            where organization_id = \(organization) and batch_id = \(batch)
            """)
    }

    /// Files and imports of one identifier side by side, with who did what and the work on them.
    private var affiliateImportRows: SQL {
        """
        select coalesce(b.batch_id, u.batch_id) as batch_id, coalesce(b.file_name, u.file_name) as file_name,
            coalesce(b.cutoff_on, u.cutoff_on) as cutoff_on, u.state as upload_state, u.preview, b.state as batch_state,
            b.new_rows, b.changed_rows, b.unchanged_rows, b.refused_rows, b.report_file_id, b.undone_at,
            b.undo_job_id, coalesce(b.imported_at, u.uploaded_at) as at,
            coalesce(importer.name, uploader.name) as by, undoer.name as undone_by,
            b.state = 'merged' and b.batch_id = latest.batch_id as is_latest,
            jobs.job_id, jobs.kind, jobs.alliance_id, jobs.payload, jobs.state, jobs.done_units,
            jobs.total_units, jobs.phase, jobs.result, jobs.failure, jobs.requested_by, jobs.requested_at,
            jobs.started_at, jobs.beat_at, jobs.finished_at, jobs.attempts
        from (select * from membership.import_batches where organization_id = \(organization)) as b
        full join (select * from membership.affiliate_uploads where organization_id = \(organization)) as u
            on u.batch_id = b.batch_id
        left join (
            select batch_id from membership.import_batches
            where organization_id = \(organization) and state = 'merged'
            order by turn desc limit 1
        ) as latest on true
        left join tenancy.jobs
            on jobs.organization_id = \(organization) and jobs.job_id = coalesce(b.undo_job_id, u.job_id)
        left join tenancy.users as importer
            on importer.organization_id = \(organization) and importer.user_id = b.imported_by
        left join tenancy.users as uploader
            on uploader.organization_id = \(organization) and uploader.user_id = u.uploaded_by and b.batch_id is null
        left join tenancy.users as undoer
            on undoer.organization_id = \(organization) and undoer.user_id = b.undone_by
        """
    }
}

extension AffiliateImportRecord: RowDecodable {
    /// Reads a row of files and imports.
    public init(row: Row) throws(RowError) {
        id = try row["batch_id"]
        fileName = try row["file_name"]
        cutoff = try row["cutoff_on"]
        at = try row["at"]
        by = try row["by"]
        undoneAt = try row["undone_at"]
        undoneBy = try row["undone_by"]
        report = try row["report_file_id"]
        preview = try row.preview()
        isLatest = try row["is_latest"] ?? false
        let jobID: ID<Job>? = try row["job_id"]
        let job = jobID == nil ? nil : try Job(row: row)
        self.job = job
        let new: Int? = try row["new_rows"]
        if let new {
            summary = AffiliateImportSummary(
                new: new, changed: try row["changed_rows"], unchanged: try row["unchanged_rows"],
                refused: try row["refused_rows"])
        } else {
            summary = preview?.summary
        }
        let undoJob: ID<Job>? = try row["undo_job_id"]
        let state: String? = try row["batch_state"]
        let uploadState: AffiliateUpload.State? = try row["upload_state"]
        let failure = job?.state == .failed ? job?.failure ?? "" : nil
        standing =
            switch (state, uploadState) {
            case ("undone", _): .undone
            case ("merged", _) where undoJob == nil: .merged
            case ("merged", _): failure.map(Standing.undoFailed) ?? .undoing
            case (_, .discarded): .discarded
            case (_, .checked): .checked
            case (_, .confirmed): failure.map(Standing.failed) ?? .merging
            default: failure.map(Standing.failed) ?? .checking
            }
    }
}
