import Foundation
import Kernel
import Postgres
import Tenancy

/// What the rows that wait would do to the register.
struct AffiliateComparison: RowDecodable, Hashable {
    let staged: Int
    let new: Int
    let changed: Int

    init(row: Row) throws(RowError) {
        staged = try row["staged"]
        new = try row["new"]
        changed = try row["changed"]
    }
}

extension StagedAffiliates {
    /// What the file says of a person, beside what the register says: a column that the file lacks says the same.
    ///
    /// Regime and insurer stand or fall together: where the file brings one of the two and what the register says of
    /// the other cannot stand beside it, what was supposed of the row is taken.
    fileprivate var said: SQL {
        """
        s.first_surname, case when \(has(.secondSurname)) then s.second_surname else a.second_surname end,
        s.first_name, case when \(has(.secondName)) then s.second_name else a.second_name end,
        s.birth_date, s.sex, s.municipality_code,
        case when \(has(.regime)) then s.regime
            when \(has(.insurer)) and (a.regime = 'no_asegurado' or s.insurer_code is null) then s.regime
            else a.regime end,
        s.affiliation_state,
        case when \(has(.phone)) then s.phone else a.phone end,
        case when \(has(.email)) then s.email else a.email end,
        case when \(has(.insurer)) then s.insurer_code
            when not \(has(.regime)) then a.insurer_code
            when s.regime = 'no_asegurado' then null
            else coalesce(a.insurer_code, s.insurer_code) end
        """
    }

    /// Whether the register says something else.
    var isChanged: SQL {
        """
        (a.first_surname, a.second_surname, a.first_name, a.second_name, a.birth_date, a.sex, a.municipality_code,
            a.regime, a.affiliation_state, a.phone, a.email, a.insurer_code)
            is distinct from (\(fragment: said))
        """
    }
}

extension Transaction where Scope == TenantScope {
    /// Lets one transaction a tenant write the register, and gives it the means for a file of any size.
    ///
    /// The staging table has no statistics, since it fills and empties by the file: left to itself, the planner takes
    /// a million rows for a handful and looks each up by itself.
    func enterRegister() async throws {
        try await execute("set local statement_timeout = 0")
        try await execute("set local enable_nestloop = off")
        try await execute("set local work_mem = '64MB'")
        let register = "membership.affiliates of \(organization)"
        try await execute("select pg_advisory_xact_lock(hashtextextended(\(register), 0))")
    }

    /// Compares the rows that wait with the register, in one pass.
    func comparison(of staged: StagedAffiliates) async throws -> AffiliateComparison? {
        try await row(
            """
            select count(*) as staged,
                count(*) filter (where a.person_id is null) as new,
                count(*) filter (where a.person_id is not null and \(fragment: staged.isChanged)) as changed
            from membership.staged_affiliates s
            left join membership.affiliates a
                on a.organization_id = s.organization_id
                and a.document_type = s.document_type and a.document_number = s.document_number
            where s.organization_id = \(organization) and s.batch_id = \(staged.batch)
            """)
    }

    /// What the rows that wait would do to the register.
    func summary(of staged: StagedAffiliates) async throws -> AffiliateImportSummary {
        guard let comparison = try await comparison(of: staged), comparison.staged == staged.accepted else {
            throw AffiliateImportError.rowsLost
        }
        return AffiliateImportSummary(
            new: comparison.new, changed: comparison.changed,
            unchanged: comparison.staged - comparison.new - comparison.changed, refused: staged.refused)
    }

    /// Adds the people whom the register does not have.
    func insertNewAffiliates(of staged: StagedAffiliates, asOf cutoff: CalendarDate) async throws -> Int {
        try await execute(
            """
            insert into membership.affiliates (
                organization_id, person_id, document_type, document_number, first_surname, second_surname,
                first_name, second_name, birth_date, sex, municipality_code, regime, affiliation_state, phone,
                email, insurer_code, valid_from, batch_id)
            select s.organization_id, s.person_id, s.document_type, s.document_number, s.first_surname,
                s.second_surname, s.first_name, s.second_name, s.birth_date, s.sex, s.municipality_code, s.regime,
                s.affiliation_state, s.phone, s.email, s.insurer_code, \(cutoff), s.batch_id
            from membership.staged_affiliates s
            left join membership.affiliates a
                on a.organization_id = s.organization_id
                and a.document_type = s.document_type and a.document_number = s.document_number
            where s.organization_id = \(organization) and s.batch_id = \(staged.batch) and a.person_id is null
            """)
    }

    /// Keeps what the register says of those of whom the file says something else, and then says that.
    func updateChangedAffiliates(of staged: StagedAffiliates, asOf cutoff: CalendarDate) async throws -> Int {
        try await execute(
            """
            insert into membership.affiliate_versions (
                organization_id, person_id, valid_from, valid_until, first_surname, second_surname, first_name,
                second_name, birth_date, sex, municipality_code, regime, affiliation_state, phone, email,
                insurer_code, replaced_by, batch_id)
            select a.organization_id, a.person_id, a.valid_from, greatest(a.valid_from, \(cutoff)),
                a.first_surname, a.second_surname, a.first_name, a.second_name, a.birth_date, a.sex,
                a.municipality_code, a.regime, a.affiliation_state, a.phone, a.email, a.insurer_code,
                s.batch_id, a.batch_id
            from membership.staged_affiliates s
            join membership.affiliates a
                on a.organization_id = s.organization_id
                and a.document_type = s.document_type and a.document_number = s.document_number
            where s.organization_id = \(organization) and s.batch_id = \(staged.batch)
                and \(fragment: staged.isChanged)
            """)
        return try await execute(
            """
            update membership.affiliates a
            set (first_surname, second_surname, first_name, second_name, birth_date, sex, municipality_code, regime,
                    affiliation_state, phone, email, insurer_code, valid_from, batch_id)
                = row (\(fragment: staged.said), greatest(a.valid_from, \(cutoff)), s.batch_id)
            from membership.staged_affiliates s
            where s.organization_id = \(organization) and s.batch_id = \(staged.batch)
                and a.organization_id = \(organization)
                and a.document_type = s.document_type and a.document_number = s.document_number
                and \(fragment: staged.isChanged)
            """)
    }

    /// Clears rows that wait.
    func deleteStagedAffiliates(of batch: ID<ImportBatch>) async throws {
        try await execute("set local statement_timeout = 0")
        try await execute(
            """
            delete from membership.staged_affiliates
            where organization_id = \(organization) and batch_id = \(batch)
            """)
    }

    /// Clears rows that nobody came back for: those of batches begun before a moment. Identifiers of batches begin
    /// with theirs.
    func deleteStagedAffiliates(begunBefore moment: Date) async throws {
        try await execute(
            """
            delete from membership.staged_affiliates
            where organization_id = \(organization) and batch_id < \(ID<ImportBatch>.first(at: moment))
            """)
    }
}

extension ID {
    /// The lowest identifier of version 7 that a moment could have.
    fileprivate static func first(at moment: Date) -> Self? {
        let digits = String(UInt64(max(0, moment.timeIntervalSince1970 * 1000)), radix: 16)
        let padded = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        return Self("\(padded.prefix(8))-\(padded.suffix(4))-7000-8000-000000000000")
    }
}
