import Foundation
import Kernel
import Membership
public import Postgres
import Tenancy

extension SlateWitness: RowDecodable {
    /// Reads a row with the table's words.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["witness_id"], name: try row["name"], document: try row.identityDocument(),
            table: try row["table_title"], accreditedAt: try row["accredited_at"])
    }
}

extension WitnessTable: RowDecodable {
    /// Reads a row of the tables.
    public init(row: Row) throws(RowError) {
        self.init(id: try row["table_id"], title: try row["title"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The witnesses of a slate whose accreditation is in force, by table and name.
    func witnesses(of slate: ID<Slate>) async throws -> [SlateWitness] {
        try await rows(
            """
            select witness_id, witnesses.name, document_type, document_number, accredited_at,
                case when tables.table_id is not null
                    then 'Mesa ' || tables.number || ', ' || tables.place end as table_title
            from elections.slate_witnesses as witnesses
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = witnesses.table_id
            where witnesses.organization_id = \(organization) and witnesses.slate_id = \(slate)
                and withdrawn_at is null
            order by tables.number nulls first, witnesses.name, witness_id
            """)
    }

    /// The tables of a process, by number.
    func witnessTables(of process: ID<ElectoralProcess>) async throws -> [WitnessTable] {
        try await rows(
            """
            select table_id, 'Mesa ' || number || ', ' || place as title from elections.voting_tables
            where organization_id = \(organization) and process_id = \(process)
            order by number
            """)
    }

    /// What the holder of a document is in a process; `nil` for somebody who is nothing in it.
    func capacity(
        of document: IdentityDocument, in process: ID<ElectoralProcess>
    ) async throws -> Capacity? {
        try await value(
            """
            select capacities.capacity from elections.capacities
            join membership.affiliates on affiliates.organization_id = capacities.organization_id
                and affiliates.person_id = capacities.person_id
            where capacities.organization_id = \(organization) and process_id = \(process)
                and affiliates.document_type = \(document.type)
                and affiliates.document_number = \(document.number)
            """)
    }

    /// Adds an accreditation.
    ///
    /// - Throws: ``WitnessError``.
    func insertWitness(
        _ id: ID<SlateWitness>, named name: String, with document: IdentityDocument,
        at table: ID<VotingTable>?, of slate: SlateSummary, in process: ID<ElectoralProcess>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.slate_witnesses (
                organization_id, witness_id, process_id, contest_id, slate_id, table_id, name, document_type,
                document_number, accredited_at, accredited_by)
            values (
                \(organization), \(id), \(process), \(slate.contest), \(slate.id), \(table), \(name),
                \(document.type), \(document.number), \(now), \(scope.principal.user))
            """,
            refusals: [
                "slate_witnesses_document_key": WitnessError.accreditedAlready,
                "slate_witnesses_table_fkey": WitnessError.noSuchTable,
            ])
    }

    /// Ends an accreditation.
    ///
    /// - Throws: ``WitnessError/notFound``.
    func endWitness(_ id: ID<SlateWitness>, of slate: ID<Slate>, at now: Date) async throws {
        let ended = try await execute(
            """
            update elections.slate_witnesses set withdrawn_at = \(now)
            where organization_id = \(organization) and slate_id = \(slate) and witness_id = \(id)
                and withdrawn_at is null
            """)
        guard ended == 1 else { throw WitnessError.notFound }
    }
}
