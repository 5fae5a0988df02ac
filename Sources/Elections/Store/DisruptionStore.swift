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

    /// Why a call cannot be declared void by one person; `nil` where it can: nobody voted or was acclaimed in any contest
    /// that is open, or the canvass found no valid vote and nobody challenges it any more.
    func obstacleToVoid(_ place: ProcessPlace, at now: Date) async throws -> (any UserFacingError)? {
        let turns = try await turns(of: place.process).filter(\.isOpen)
        guard turns.allSatisfy(\.isWithoutVotes) else { return DisruptionError.votesCast }
        let counted = turns.filter { $0.lastRound != nil }
        guard !counted.isEmpty else { return nil }
        if try await hasOpenChallenge(place) { return CanvassError.challengeOpen }
        let terms = try await challengeTerms(of: place)
        let lastDay = counted.compactMap { terms.window(of: $0.contest) }.filter { $0.isOpen(at: now) }
            .map(\.lastDay).max()
        return lastDay.map { CanvassError.resultMayBeChallenged(SpanishFormat.longDate($0)) }
    }

    /// Takes the acts back that wait for a second person in a process that has ended, and closes its session.
    func settle(_ process: ElectionProcess, after state: ProcessState, at now: Date) async throws {
        try await execute(
            """
            update elections.acts
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user),
                withdrawal_reason = \("La elección terminó: \(state.title.lowercased())")
            where organization_id = \(organization) and process_id = \(process.id) and seconded_at is null
                and withdrawn_at is null
            """)
        let place = ProcessPlace(process.id, of: process.alliance)
        for session in try await sessions(of: place) where session.isOpen {
            try await close(session.id, of: place, at: now)
        }
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
