import Foundation
import Kernel
public import Postgres
import Tenancy

extension AffiliateUpload.State: SQLValue {}

extension AffiliateUpload: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        batch = try row["batch_id"]
        fileName = try row["file_name"]
        byteCount = try row["byte_count"]
        cutoff = try row["cutoff_on"]
        state = try row["state"]
        job = try row["job_id"]
        preview = try row.preview()
        confirmedBy = try row["confirmed_by"]
    }
}

extension Row {
    /// What the check of a file found, of the column `preview`.
    func preview() throws(RowError) -> AffiliateImportPreview? {
        let preview: JSONText? = try self["preview"]
        do {
            return try preview?.decoded()
        } catch {
            throw RowError(unreadable: "preview", because: error)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns a file that was sent through the pages.
    func affiliateUpload(_ batch: ID<ImportBatch>) async throws -> AffiliateUpload? {
        try await row(
            """
            select batch_id, file_name, byte_count, cutoff_on, state, job_id, preview, confirmed_by
            from membership.affiliate_uploads
            where organization_id = \(organization) and batch_id = \(batch)
            """)
    }

    /// Asks for long work on a file or import.
    func request(_ kind: String, on batch: ID<ImportBatch>, at now: Date) async throws -> ID<Job> {
        try await request(
            kind, payload: try JSONText(encoding: AffiliateUploads.Payload(batch: batch)),
            phase: "Esperando turno", at: now)
    }

    func insert(_ file: ReceiveAffiliateFile, job: ID<Job>, at now: Date) async throws {
        try await execute(
            """
            insert into membership.affiliate_uploads (
                organization_id, batch_id, file_name, byte_count, sha256, cutoff_on, state, job_id, uploaded_by,
                uploaded_at)
            values (
                \(organization), \(file.batch), \(file.fileName), \(file.byteCount), \(file.digest),
                \(file.cutoff), \(AffiliateUpload.State.received), \(job), \(scope.principal.user), \(now))
            """)
    }

    /// Keeps what the check found.
    ///
    /// - Returns: Whether the file still waited for this check.
    func note(
        _ preview: AffiliateImportPreview, of batch: ID<ImportBatch>, by job: ID<Job>
    ) async throws -> Bool {
        try await execute(
            """
            update membership.affiliate_uploads
            set state = 'checked', preview = \(try JSONText(encoding: preview))
            where organization_id = \(organization) and batch_id = \(batch) and state = 'received'
                and job_id = \(job)
            """) == 1
    }

    /// Notes who confirmed a file and the work that is to merge it.
    ///
    /// - Returns: Whether it waited for that.
    func confirmUpload(_ batch: ID<ImportBatch>, job: ID<Job>) async throws -> Bool {
        try await execute(
            """
            update membership.affiliate_uploads
            set state = 'confirmed', job_id = \(job), confirmed_by = \(scope.principal.user)
            where organization_id = \(organization) and batch_id = \(batch) and state = 'checked'
            """) == 1
    }

    /// Sends a file back to its check, unless somebody was quicker.
    func returnUpload(_ upload: AffiliateUpload, job: ID<Job>) async throws {
        let count = try await execute(
            """
            update membership.affiliate_uploads
            set state = 'received', job_id = \(job), preview = null, confirmed_by = null
            where organization_id = \(organization) and batch_id = \(upload.batch) and state = \(upload.state)
            """)
        guard count == 1 else { throw AffiliateImportError.wrongStep }
    }

    /// Notes that a file is in the register, where it came through the pages.
    func noteMerged(_ batch: ID<ImportBatch>) async throws {
        try await execute(
            """
            update membership.affiliate_uploads set state = 'merged', preview = null
            where organization_id = \(organization) and batch_id = \(batch)
            """)
    }

    /// Gives a file up, unless somebody was quicker.
    func discard(_ upload: AffiliateUpload) async throws {
        let count = try await execute(
            """
            update membership.affiliate_uploads set state = 'discarded', preview = null
            where organization_id = \(organization) and batch_id = \(upload.batch) and state = \(upload.state)
            """)
        guard count == 1 else { throw AffiliateImportError.wrongStep }
    }

    /// The files that are on their way to the register.
    func openUploads() async throws -> Set<ID<ImportBatch>> {
        Set(
            try await values(
                """
                select batch_id from membership.affiliate_uploads
                where organization_id = \(organization) and state in ('received', 'checked', 'confirmed')
                """))
    }

    /// Gives up the files that nobody came back for, those among them whose merge failed.
    func discardUploads(receivedBefore moment: Date) async throws -> [ID<ImportBatch>] {
        try await values(
            """
            update membership.affiliate_uploads set state = 'discarded', preview = null
            where organization_id = \(organization) and uploaded_at < \(moment)
                and (
                    state in ('received', 'checked')
                    or state = 'confirmed' and not exists (
                        select from tenancy.jobs
                        where jobs.organization_id = \(organization)
                            and jobs.job_id = affiliate_uploads.job_id and jobs.state in ('waiting', 'running')))
            returning batch_id
            """)
    }

    // MARK: What a file would change

    /// How much of the register the rows that wait would change.
    func extent(of staged: StagedAffiliates) async throws -> AffiliateImportExtent {
        try await enterRegister()
        let counts = try await row(
            """
            select
                count(*) filter (where a.first_surname is distinct from s.first_surname) as primer_apellido,
                count(*) filter (where \(staged.has(.secondSurname))
                    and a.second_surname is distinct from s.second_surname) as segundo_apellido,
                count(*) filter (where a.first_name is distinct from s.first_name) as primer_nombre,
                count(*) filter (where \(staged.has(.secondName))
                    and a.second_name is distinct from s.second_name) as segundo_nombre,
                count(*) filter (where a.birth_date is distinct from s.birth_date) as fecha_nacimiento,
                count(*) filter (where a.sex is distinct from s.sex) as sexo,
                count(*) filter (where a.municipality_code is distinct from s.municipality_code) as codigo_municipio,
                count(*) filter (where \(staged.has(.regime)) and a.regime is distinct from s.regime) as regimen,
                count(*) filter (where a.affiliation_state is distinct from s.affiliation_state)
                    as estado_afiliacion,
                count(*) filter (where \(staged.has(.phone)) and a.phone is distinct from s.phone) as telefono,
                count(*) filter (where \(staged.has(.email)) and a.email is distinct from s.email) as correo,
                count(*) filter (where \(staged.has(.insurer)) and a.insurer_code is distinct from s.insurer_code)
                    as eps,
                count(*) filter (where a.affiliation_state = 'active' and s.affiliation_state <> 'active')
                    as deactivated,
                (select count(*) from membership.affiliates where organization_id = \(organization)) as registered
            from membership.staged_affiliates s
            join membership.affiliates a
                on a.organization_id = s.organization_id
                and a.document_type = s.document_type and a.document_number = s.document_number
            where s.organization_id = \(organization) and s.batch_id = \(staged.batch)
            """, as: AffiliateImportExtent.self)
        guard let counts else { throw AffiliateImportError.rowsLost }
        return counts
    }

    /// Some of the people of whom the rows that wait say something else than the register, in the order of the file.
    func changes(by staged: StagedAffiliates, limit: Int) async throws -> [AffiliateChange] {
        let rows = try await rows(
            """
            select changed.line, changed.document_type, changed.document_number, changed.name, before, after, header
            from (
                select s.line, s.document_type, s.document_number,
                    concat_ws(' ', a.first_name, a.second_name, a.first_surname, a.second_surname) as name,
                    a as was, s as says
                from membership.staged_affiliates s
                join membership.affiliates a
                    on a.organization_id = s.organization_id
                    and a.document_type = s.document_type and a.document_number = s.document_number
                where s.organization_id = \(organization) and s.batch_id = \(staged.batch)
                    and \(fragment: staged.isChanged)
                order by s.line
                limit \(limit)
            ) as changed
            cross join lateral (values
                (1, 'primer_apellido', (was).first_surname, (says).first_surname),
                (2, 'segundo_apellido', (was).second_surname, (says).second_surname),
                (3, 'primer_nombre', (was).first_name, (says).first_name),
                (4, 'segundo_nombre', (was).second_name, (says).second_name),
                (5, 'fecha_nacimiento', (was).birth_date::text, (says).birth_date::text),
                (6, 'sexo', (was).sex, (says).sex),
                (7, 'codigo_municipio', (was).municipality_code, (says).municipality_code),
                (8, 'regimen', (was).regime, (says).regime),
                (9, 'estado_afiliacion', (was).affiliation_state, (says).affiliation_state),
                (10, 'telefono', (was).phone, (says).phone),
                (11, 'correo', (was).email, (says).email),
                (12, 'eps', (was).insurer_code, (says).insurer_code)
            ) as columns (place, header, before, after)
            where before is distinct from after and header = any (\(staged.columns.sorted()))
            order by changed.line, place
            """, as: ChangedValue.self)
        var changes: [AffiliateChange] = []
        for row in rows {
            if changes.last?.document == row.document, let last = changes.popLast() {
                changes.append(
                    AffiliateChange(
                        document: last.document, name: last.name,
                        differences: last.differences + [row.difference]))
            } else {
                changes.append(
                    AffiliateChange(document: row.document, name: row.name, differences: [row.difference]))
            }
        }
        return changes
    }
}

/// A column that no file of affiliates has.
private struct UnknownColumn: Error {}

/// One value of one person that would be another.
private struct ChangedValue: RowDecodable {
    let document: IdentityDocument
    let name: String
    let difference: AffiliateDifference

    init(row: Row) throws(RowError) {
        document = try row.identityDocument()
        name = try row["name"]
        let header: String = try row["header"]
        guard let column = AffiliateColumn(header: header) else {
            throw RowError(unreadable: "header", because: UnknownColumn())
        }
        difference = AffiliateDifference(column, before: try row["before"], after: try row["after"])
    }
}

extension AffiliateImportExtent: RowDecodable {
    /// Reads the counts of columns.
    public init(row: Row) throws(RowError) {
        registered = try row["registered"]
        deactivated = try row["deactivated"]
        var columns: [ColumnCount] = []
        for column in AffiliateColumn.allCases where column != .documentType && column != .documentNumber {
            let people: Int = try row[column.columnName]
            if people > 0 { columns.append(ColumnCount(title: column.title, people: people)) }
        }
        self.columns = columns
    }
}
