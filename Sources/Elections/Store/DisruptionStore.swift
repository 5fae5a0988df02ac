import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Moves the hours of all tables of a process, or of those at one place.
    func moveTables(
        of process: ID<ElectoralProcess>, at place: String?, by seconds: TimeInterval
    ) async throws {
        for table in try await tables(of: process) where place == nil || table.place == place {
            try await execute(
                """
                update elections.voting_tables
                set opens_at = \(table.opensAt + seconds), closes_at = \(table.closesAt + seconds)
                where organization_id = \(organization) and process_id = \(process)
                    and table_id = \(table.id)
                """)
        }
    }

    /// Keeps the postponement of a place.
    func insertPostponement(
        _ postponement: PostponePlace, from opened: Date, until closing: Date, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.place_postponements (
                organization_id, postponement_id, process_id, place, opened_at, opens_at, closes_at, reason,
                postponed_at, postponed_by)
            values (
                \(organization), \(ID<PostponePlace>()), \(postponement.process), \(postponement.place),
                \(opened), \(postponement.opensAt), \(closing), \(postponement.reason), \(now),
                \(scope.principal.user))
            """)
    }

    /// Stops a process for a time; it will go on where it was.
    func suspend(
        _ process: ElectionProcess, until day: CalendarDate?, because reason: String, at now: Date
    ) async throws {
        try await move(process, to: .suspended, because: reason, at: now)
        try await execute(
            """
            update elections.processes set resumes_on = \(day)
            where organization_id = \(organization) and process_id = \(process.id)
            """)
    }

    /// Where a suspended process goes on, and from when it does.
    func suspendedFrom(_ process: ID<ElectoralProcess>) async throws -> ProcessState? {
        try await value(
            """
            select suspended_from from elections.processes
            where organization_id = \(organization) and process_id = \(process)
            """)
    }

    /// Whether people voted, or were acclaimed, in a contest that is still open and whose last canvass does not say that
    /// it elects nobody: nothing was counted yet, somebody is elected, or a draw elects them. A runoff that is not held
    /// elects nobody.
    func hasVotes(_ process: ID<ElectoralProcess>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.contests
                cross join lateral (
                    select max(round) as last from elections.contest_rounds as rounds
                    where rounds.organization_id = \(organization)
                        and rounds.contest_id = contests.contest_id
                ) as voted
                left join lateral (
                    select outcome from elections.canvasses
                    where canvasses.organization_id = \(organization)
                        and canvasses.contest_id = contests.contest_id and canvasses.round = voted.last
                    order by version desc limit 1
                ) as result on true
                where contests.organization_id = \(organization) and contests.process_id = \(process)
                    and contests.state = 'open' and voted.last is not null
                    and (result.outcome is null or result.outcome in ('elected', 'tie')))
            """) ?? false
    }

    /// Ends the contests of a process that are still open.
    func endContests(
        of process: ID<ElectoralProcess>, as state: Contest.State, because reason: String
    ) async throws {
        try await execute(
            """
            update elections.contests set state = \(state), state_reason = \(reason)
            where organization_id = \(organization) and process_id = \(process) and state = 'open'
            """)
    }
}

private struct IncidentAccount: RowDecodable {
    let recordedAt: Date
    let account: String

    init(row: Row) throws(RowError) {
        recordedAt = try row["recorded_at"]
        account = try row["account"]
    }
}

extension Transaction where Scope == TenantScope {
    /// What incidents of a process were, by the moment at which they were recorded.
    func incidentAccounts(of process: ID<ElectoralProcess>) async throws -> [Date: String] {
        let found = try await rows(
            """
            select recorded_at, account from elections.incidents
            where organization_id = \(organization) and process_id = \(process)
            """,
            as: IncidentAccount.self)
        return Dictionary(found.map { ($0.recordedAt, $0.account) }) { first, second in "\(first); \(second)"
        }
    }
}
