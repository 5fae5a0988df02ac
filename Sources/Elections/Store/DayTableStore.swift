import Foundation
import Kernel
public import Postgres
import Tenancy

extension IncidentKind: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// Requires a table, and both jurors at each where there is a vote to take; then every elector has a table.
    ///
    /// - Throws: ``VotingDayError/noTable`` and ``VotingDayError/jurorMissing(table:)``.
    func prepareTables(of place: ProcessPlace, for votes: [VoteToTake]) async throws {
        let tables: Int =
            try await value(
                """
                select count(*) from elections.voting_tables
                where organization_id = \(organization) and process_id = \(place.process)
                """) ?? 0
        guard tables > 0 else { throw VotingDayError.noTable }
        let lacking: Int? = try await value(
            """
            select number::bigint from elections.voting_tables as tables
            where tables.organization_id = \(organization) and tables.process_id = \(place.process)
                and tables.table_id = any(\(votes.map(\.table)))
                and (
                    select count(*) from elections.jurors
                    where jurors.organization_id = \(organization) and jurors.table_id = tables.table_id
                        and relieved_at is null) < 2
            order by number limit 1
            """)
        if let lacking { throw VotingDayError.jurorMissing(table: lacking) }
        try await seatElectors(of: place.process, orAtTheFirstTable: true)
        // Whoever looks themselves up is told the table that they got.
        if let process = try await process(place.process) { try await publishAnswers(of: process) }
    }

    /// Lets every open vote of a table go on, and keeps why.
    func extend(
        _ table: ID<VotingTable>, of place: ProcessPlace, until: Date, because reason: String, at now: Date
    ) async throws {
        let kept = try await execute(
            """
            insert into elections.poll_extensions (
                organization_id, extension_id, process_id, table_id, session_id, closed_until, closes_at,
                reason, extended_at, extended_by)
            select \(organization), \(ID<ExtendPoll>()), \(place.process), \(table), session_id,
                max(closes_at), \(until), \(reason), \(now), \(scope.principal.user)
            from elections.polls
            where organization_id = \(organization) and process_id = \(place.process)
                and table_id = \(table) and closed_at is null
            group by session_id
            """,
            refusals: ["poll_extensions_longer": VotingDayError.notLater])
        guard kept == 1 else { throw VotingDayError.pollNotOpen }
        try await execute(
            """
            update elections.polls set closes_at = \(until)
            where organization_id = \(organization) and process_id = \(place.process)
                and table_id = \(table) and closed_at is null
            """)
    }

    func insertIncident(
        _ kind: IncidentKind, _ account: String, at table: ID<VotingTable>? = nil, of place: ProcessPlace,
        now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.incidents (
                organization_id, incident_id, process_id, table_id, kind, account, happened_at, recorded_at,
                recorded_by)
            values (
                \(organization), \(ID<RecordIncident>()), \(place.process), \(table), \(kind), \(account),
                \(now), \(now), \(scope.principal.user))
            """)
    }
}
