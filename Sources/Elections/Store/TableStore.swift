import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension TableSlice: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            municipality: try row["municipality_code"], from: try row["surname_from"],
            to: try row["surname_to"])
    }
}

extension Juror: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["juror_id"], table: try row["table_id"], jury: try row["jury"],
            user: try row["user_id"], name: try row["name"])
    }
}

extension Coverage: RowDecodable {
    /// Reads a row of the reckoning.
    public init(row: Row) throws(RowError) {
        self.init(
            municipality: try row["municipality_code"], name: try row["name"], electors: try row["electors"],
            unassigned: try row["unassigned"], hasTable: try row["has_table"],
            isOfTerritory: try row["is_of_territory"], exception: try row["reason"])
    }
}

private struct TableRow: RowDecodable {
    let id: ID<VotingTable>
    let number: Int
    let place: String
    let address: String
    let municipality: String
    let opensAt: Date
    let closesAt: Date

    init(row: Row) throws(RowError) {
        id = try row["table_id"]
        number = try row["number"]
        place = try row["place"]
        address = try row["address"]
        municipality = try row["municipality_code"]
        opensAt = try row["opens_at"]
        closesAt = try row["closes_at"]
    }
}

private struct SliceRow: RowDecodable {
    let table: ID<VotingTable>
    let slice: TableSlice

    init(row: Row) throws(RowError) {
        table = try row["table_id"]
        slice = try TableSlice(row: row)
    }
}

extension Transaction where Scope == TenantScope {
    /// The tables of a process in their order, with slices and jurors.
    public func tables(of process: ID<ElectoralProcess>) async throws -> [TableSetup] {
        let tables = try await rows(
            """
            select table_id, number, place, address, municipality_code, opens_at, closes_at
            from elections.voting_tables
            where organization_id = \(organization) and process_id = \(process)
            order by number
            """,
            as: TableRow.self)
        let slices = try await rows(
            """
            select table_id, municipality_code, surname_from, surname_to
            from elections.table_slices
            where organization_id = \(organization) and process_id = \(process)
            order by municipality_code, surname_from
            """,
            as: SliceRow.self)
        let jurors = try await rows(
            """
            select juror_id, table_id, jury, user_id, name from elections.jurors
            where organization_id = \(organization) and process_id = \(process) and relieved_at is null
            order by jury
            """,
            as: Juror.self)
        return tables.map { table in
            TableSetup(
                id: table.id, number: table.number, place: table.place, address: table.address,
                municipality: table.municipality, opensAt: table.opensAt, closesAt: table.closesAt,
                slices: slices.filter { $0.table == table.id }.map(\.slice),
                jurors: jurors.filter { $0.table == table.id })
        }
    }

    /// Adds a table with its slices.
    func insert(_ table: TableSetup, of process: ID<ElectoralProcess>) async throws {
        try await execute(
            """
            insert into elections.voting_tables (
                organization_id, table_id, process_id, number, place, address, municipality_code, opens_at,
                closes_at)
            values (
                \(organization), \(table.id), \(process), \(table.number), \(table.place), \(table.address),
                \(table.municipality), \(table.opensAt), \(table.closesAt))
            """,
            refusals: ["voting_tables_municipality_fkey": TableError.unknownMunicipality])
        try await setSlices(table.slices, of: table.id, in: process)
    }

    /// Writes where a table stands and who votes at it.
    func update(_ table: TableSetup, of process: ID<ElectoralProcess>) async throws {
        try await execute(
            """
            update elections.voting_tables
            set place = \(table.place), address = \(table.address), municipality_code = \(table.municipality),
                opens_at = \(table.opensAt), closes_at = \(table.closesAt)
            where organization_id = \(organization) and process_id = \(process) and table_id = \(table.id)
            """,
            refusals: ["voting_tables_municipality_fkey": TableError.unknownMunicipality])
        try await setSlices(table.slices, of: table.id, in: process)
    }

    /// Writes the slices of a table in place of those that it has.
    func setSlices(
        _ slices: [TableSlice], of table: ID<VotingTable>, in process: ID<ElectoralProcess>
    ) async throws {
        try await execute(
            """
            delete from elections.table_slices
            where organization_id = \(organization) and process_id = \(process) and table_id = \(table)
            """)
        for slice in slices {
            try await execute(
                """
                insert into elections.table_slices (
                    organization_id, table_id, process_id, municipality_code, surname_from, surname_to)
                values (
                    \(organization), \(table), \(process), \(slice.municipality), \(slice.from), \(slice.to))
                """)
        }
    }

    /// Removes a table that nobody has used.
    ///
    /// - Throws: ``TableError/inUse``.
    func remove(_ table: ID<VotingTable>, of process: ID<ElectoralProcess>) async throws {
        try await setSlices([], of: table, in: process)
        try await execute(
            """
            delete from elections.roll_assignments
            where organization_id = \(organization) and process_id = \(process) and table_id = \(table)
            """)
        try await execute(
            """
            delete from elections.voting_tables
            where organization_id = \(organization) and process_id = \(process) and table_id = \(table)
            """,
            refusals: [
                "jurors_table_fkey": TableError.inUse, "presences_table_fkey": TableError.inUse,
                "polls_table_fkey": TableError.inUse,
                "incidents_table_fkey": TableError.inUse, "poll_extensions_table_fkey": TableError.inUse,
            ])
    }

    /// Gives all tables of a process the hours of its vote.
    func keepHours(of process: ID<ElectoralProcess>, from opening: Date, until closing: Date) async throws {
        try await execute(
            """
            update elections.voting_tables set opens_at = \(opening), closes_at = \(closing)
            where organization_id = \(organization) and process_id = \(process)
            """)
    }

    /// Says why no table stands in a municipality, or takes that back.
    func setException(
        _ reason: String?, for municipality: String, in process: ID<ElectoralProcess>, at now: Date
    ) async throws {
        try await execute(
            """
            delete from elections.coverage_exceptions
            where organization_id = \(organization) and process_id = \(process)
                and municipality_code = \(municipality)
            """)
        guard let reason else { return }
        try await execute(
            """
            insert into elections.coverage_exceptions (
                organization_id, process_id, municipality_code, reason, stated_at, stated_by)
            values (
                \(organization), \(process), \(municipality), \(reason), \(now), \(scope.principal.user))
            """,
            refusals: ["coverage_exceptions_municipality_fkey": TableError.unknownMunicipality])
    }
}

// MARK: - Electors and their tables

extension Transaction where Scope == TenantScope {
    /// Who is to vote, with the latest that is known: the frozen roll, else the provisional one without those who may
    /// not, else the members. Columns `municipality_code` and `name_folded`.
    private func electors(of process: ElectionProcess) async throws -> SQL {
        if try await roll(of: process.id) != nil {
            return """
                select municipality_code, name_folded from elections.roll_entries
                where organization_id = \(organization) and process_id = \(process.id)
                """
        }
        if let version = try await provisionalRoll(of: process.id)?.version {
            return """
                select municipality_code, name_folded from elections.provisional_entries
                where organization_id = \(organization) and process_id = \(process.id)
                    and version = \(version) and verdict <> 'ineligible'
                """
        }
        return """
            select municipality_code, name_folded
            from membership.memberships
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = memberships.person_id
            where memberships.organization_id = \(organization)
                and memberships.alliance_id = \(process.alliance) and left_on is null
            """
    }

    /// How the tables of a process cover those who vote, a row each municipality.
    public func coverage(of process: ElectionProcess) async throws -> [Coverage] {
        let electors = try await electors(of: process)
        return try await rows(
            """
            with electors as (\(fragment: electors)),
            counted as (
                select electors.municipality_code, count(*) as electors,
                    count(*) filter (
                        where slices.table_id is null and (
                            select count(*) from elections.voting_tables
                            where organization_id = \(organization) and process_id = \(process.id)) <> 1
                    ) as unassigned
                from electors
                left join elections.table_slices as slices
                    on slices.organization_id = \(organization) and slices.process_id = \(process.id)
                    and slices.municipality_code = electors.municipality_code
                    and electors.name_folded collate "C" >= slices.surname_from
                    and (slices.surname_to is null or electors.name_folded collate "C" < slices.surname_to)
                group by electors.municipality_code
            ),
            territory as (
                select municipality_code from tenancy.alliance_municipalities
                where organization_id = \(organization) and alliance_id = \(process.alliance)
            )
            select municipalities.municipality_code, municipalities.name,
                coalesce(counted.electors, 0) as electors, coalesce(counted.unassigned, 0) as unassigned,
                exists (
                    select from elections.voting_tables as tables
                    where tables.organization_id = \(organization) and tables.process_id = \(process.id)
                        and tables.municipality_code = municipalities.municipality_code) as has_table,
                municipalities.municipality_code in (select municipality_code from territory)
                    as is_of_territory,
                exceptions.reason
            from catalogue.municipalities
            left join counted on counted.municipality_code = municipalities.municipality_code
            left join elections.coverage_exceptions as exceptions
                on exceptions.organization_id = \(organization) and exceptions.process_id = \(process.id)
                and exceptions.municipality_code = municipalities.municipality_code
            where counted.electors > 0
                or municipalities.municipality_code in (select municipality_code from territory)
            order by electors desc, municipalities.name
            """)
    }

    /// The first surnames of a municipality's electors, in order, each as often as it is borne.
    func surnames(in municipality: String, of process: ElectionProcess) async throws -> [String] {
        let electors = try await electors(of: process)
        return try await values(
            """
            select split_part(name_folded, ' ', 1) as surname
            from (\(fragment: electors)) as electors
            where municipality_code = \(municipality)
            order by name_folded collate "C"
            """)
    }

    /// Puts each elector of the frozen roll anew at the table of their slice, or at the only table that there is.
    ///
    /// - Returns: How many have no table.
    func assignElectors(of process: ID<ElectoralProcess>) async throws -> Int {
        try await execute(
            """
            delete from elections.roll_assignments
            where organization_id = \(organization) and process_id = \(process)
            """)
        try await seatElectors(of: process, orAtTheFirstTable: false)
        return try await value(
            """
            select count(*) from elections.roll_entries as entries
            where organization_id = \(organization) and process_id = \(process)
                and not exists (
                    select from elections.roll_assignments as assignments
                    where assignments.organization_id = \(organization)
                        and assignments.process_id = \(process)
                        and assignments.person_id = entries.person_id)
            """) ?? 0
    }

    /// Puts each elector who has no table yet at that of their slice, or at the only one. On the day of the vote those who
    /// are in no slice vote at the first table, so that nobody of the roll is turned away at the door.
    func seatElectors(of process: ID<ElectoralProcess>, orAtTheFirstTable fallsBack: Bool) async throws {
        try await execute(
            """
            insert into elections.roll_assignments (organization_id, process_id, person_id, table_id)
            select \(organization), \(process), entries.person_id, coalesce(slices.table_id, sole.table_id)
            from elections.roll_entries as entries
            left join elections.table_slices as slices
                on slices.organization_id = \(organization) and slices.process_id = \(process)
                and slices.municipality_code = entries.municipality_code
                and entries.name_folded collate "C" >= slices.surname_from
                and (slices.surname_to is null or entries.name_folded collate "C" < slices.surname_to)
            left join (
                select (array_agg(table_id order by number))[1] as table_id from elections.voting_tables
                where organization_id = \(organization) and process_id = \(process)
                having count(*) = 1 or \(fallsBack)
            ) as sole on true
            where entries.organization_id = \(organization) and entries.process_id = \(process)
                and coalesce(slices.table_id, sole.table_id) is not null
            on conflict on constraint roll_assignments_pkey do nothing
            """)
    }
}
