public import Foundation
public import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The tables of a process that voted in another session than this or were left out, and do not vote in this one, as
    /// a query of their ids.
    private func tablesThatVoted(before session: ID<VotingSession>, of place: ProcessPlace) -> SQL {
        """
        select table_id from elections.polls
        where organization_id = \(organization) and process_id = \(place.process)
            and session_id <> \(session)
        union
        select table_id from elections.omitted_polls
        where organization_id = \(organization) and process_id = \(place.process)
        except
        select table_id from elections.polls
        where organization_id = \(organization) and process_id = \(place.process)
            and session_id = \(session)
        except
        select table_id from (\(fragment: dueVotesQuery(of: place.process))) as votes
        """
    }

    func open(
        _ session: ID<VotingSession>, of place: ProcessPlace, checkInCloses: Date, firstCall: Date,
        secondCall: Date?, at now: Date
    ) async throws {
        _ = try await execute(
            """
            insert into elections.sessions (
                organization_id, session_id, process_id, number, check_in_opens_at, check_in_closes_at,
                first_call_at, second_call_at, opened_at, opened_by)
            select \(organization), \(session), \(place.process), coalesce(max(number), 0) + 1, \(now),
                \(checkInCloses), \(firstCall), \(secondCall), \(now), \(scope.principal.user)
            from elections.sessions
            where organization_id = \(organization) and process_id = \(place.process)
            """,
            refusals: ["sessions_one_open_key": VotingDayError.sessionOpen])
    }

    func close(_ session: ID<VotingSession>, of place: ProcessPlace, at now: Date) async throws {
        let closed = try await execute(
            """
            update elections.sessions set closed_at = \(now), closed_by = \(scope.principal.user)
            where organization_id = \(organization) and session_id = \(session)
                and process_id = \(place.process) and opened_at is not null and closed_at is null
            """)
        guard closed == 1 else { throw VotingDayError.sessionNotOpen }
        try await execute(
            """
            update elections.polls set closed_at = \(now), closed_by = \(scope.principal.user)
            where organization_id = \(organization) and session_id = \(session) and closed_at is null
            """)
    }

    func checkIn(
        _ person: ID<Person>, as presence: ID<SessionPresence>, to session: ID<VotingSession>,
        of place: ProcessPlace, showedDocument: Bool, at now: Date
    ) async throws {
        let door = try await row(
            """
            select \(now) between check_in_opens_at and check_in_closes_at as is_within, processes.state,
                exists (
                    select from elections.roll_assignments as assignments
                    where assignments.organization_id = \(organization)
                        and assignments.process_id = \(place.process)
                        and assignments.person_id = \(person)
                        and assignments.table_id in (\(fragment: tablesThatVoted(before: session, of: place)))
                ) as has_voted
            from elections.sessions
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = sessions.process_id
            where sessions.organization_id = \(organization) and session_id = \(session)
                and sessions.process_id = \(place.process) and opened_at is not null and closed_at is null
            """,
            as: Door.self)
        guard let door else { throw VotingDayError.sessionNotOpen }
        try door.state.requireGoingOn()
        guard door.isWithin else { throw VotingDayError.outsideCheckIn }
        guard !door.hasVoted else { throw VotingDayError.tableHasVoted }
        let arrived = try await execute(
            """
            insert into elections.presences (
                organization_id, presence_id, process_id, session_id, person_id, table_id, id_was_shown,
                arrived_at, arrived_by)
            select \(organization), \(presence), \(place.process), \(session), person_id, table_id,
                \(showedDocument), \(now), \(scope.principal.user)
            from elections.roll_assignments
            where organization_id = \(organization) and process_id = \(place.process)
                and person_id = \(person)
            """,
            refusals: ["presences_one_open_key": VotingDayError.alreadyPresent])
        guard arrived == 1 else { throw VotingDayError.notOnRoll }
    }

    func undo(_ presence: ID<SessionPresence>, of place: ProcessPlace, at now: Date) async throws {
        let undone = try await execute(
            """
            update elections.presences set undone_at = \(now), undone_by = \(scope.principal.user)
            where organization_id = \(organization) and presence_id = \(presence)
                and process_id = \(place.process) and left_at is null and undone_at is null
            """,
            refusals: ["presences_undone_soon": VotingDayError.tooLateToUndo])
        guard undone == 1 else { throw VotingDayError.notPresent }
    }

    func leave(
        _ person: ID<Person>, _ session: ID<VotingSession>, of place: ProcessPlace, at now: Date
    ) async throws {
        let left = try await execute(
            """
            update elections.presences set left_at = \(now), left_by = \(scope.principal.user)
            where organization_id = \(organization) and process_id = \(place.process)
                and session_id = \(session) and person_id = \(person) and left_at is null
                and undone_at is null
            """)
        guard left == 1 else { throw VotingDayError.notPresent }
    }

    /// The session that is open; `nil` where none is.
    func openSession(of place: ProcessPlace) async throws -> ID<VotingSession>? {
        try await value(
            """
            select session_id from elections.sessions
            where organization_id = \(organization) and process_id = \(place.process)
                and opened_at is not null and closed_at is null
            """)
    }

    /// The quorum of a session at this moment, `nil` where there is no such session. Electors whose table voted in
    /// another session are not called to this one.
    public func quorum(
        now: Date, in session: ID<VotingSession>, of place: ProcessPlace
    ) async throws -> Quorum.Check? {
        guard
            let figures = try await row(
                """
                select sessions.first_call_at,
                    coalesce((
                        select electors from elections.rolls
                        where rolls.organization_id = \(organization)
                            and rolls.process_id = \(place.process)), 0)
                        - (
                            select count(*) from elections.roll_assignments as assignments
                            where assignments.organization_id = \(organization)
                                and assignments.process_id = \(place.process)
                                and assignments.table_id in (
                                    \(fragment: tablesThatVoted(before: session, of: place)))
                        ) as base,
                    (select count(*) from elections.presences
                        where presences.organization_id = \(organization)
                            and presences.session_id = \(session) and left_at is null
                            and undone_at is null) as present,
                    (select call::bigint from elections.quorum_checks as checks
                        where checks.organization_id = \(organization) and checks.session_id = \(session)
                            and checks.is_met order by checked_at limit 1) as call
                from elections.sessions
                where organization_id = \(organization) and session_id = \(session)
                    and process_id = \(place.process)
                """,
                as: QuorumFigures.self)
        else { return nil }
        let bylaws = try await bylaws(of: place.alliance, on: ColombianTime.date(at: now))
        return Quorum(bylaws).check(
            base: figures.base, present: figures.present, calledFor: figures.calledFor, now: now,
            openedIn: figures.call.flatMap(Quorum.Call.init))
    }

    /// Keeps the quorum as it was found before a vote.
    func insertQuorum(
        _ check: Quorum.Check, of contest: ID<Contest>, round: Int, in session: ID<VotingSession>,
        of place: ProcessPlace, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.quorum_checks (
                organization_id, check_id, process_id, session_id, contest_id, round, call, base, present,
                required, is_met, rule, checked_at, checked_by)
            values (
                \(organization), \(ID<Quorum.Check>()), \(place.process), \(session), \(contest),
                \(round), \(check.call.rawValue), \(check.base), \(check.present), \(check.required),
                \(check.isMet), \(check.sentence), \(now), \(scope.principal.user))
            """)
    }
}

private struct Door: RowDecodable {
    let isWithin: Bool
    let state: ProcessState
    let hasVoted: Bool

    init(row: Row) throws(RowError) {
        isWithin = try row["is_within"]
        state = try row["state"]
        hasVoted = try row["has_voted"]
    }
}

private struct QuorumFigures: RowDecodable {
    let calledFor: Date
    let base: Int
    let present: Int
    let call: Int?

    init(row: Row) throws(RowError) {
        calledFor = try row["first_call_at"]
        base = try row["base"]
        present = try row["present"]
        call = try row["call"]
    }
}
