import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension ProcessState: SQLValue {}

extension ElectionProcess: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["process_id"], alliance: try row["alliance_id"], name: try row["name"],
            state: try row["state"], stateReason: try row["state_reason"],
            replaces: try row["replaces_process_id"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The processes of an alliance, the latest first.
    public func processes(of alliance: ID<Alliance>) async throws -> [ElectionProcess] {
        try await rows(
            """
            select process_id, alliance_id, name, state, state_reason, replaces_process_id
            from elections.processes
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by drafted_at desc, process_id desc
            """)
    }

    /// A process.
    public func process(_ id: ID<ElectoralProcess>) async throws -> ElectionProcess? {
        try await row(
            """
            select process_id, alliance_id, name, state, state_reason, replaces_process_id
            from elections.processes
            where organization_id = \(organization) and process_id = \(id)
            """)
    }

    /// A process whose row stays locked: two who change it at once come one after the other.
    func lockedProcess(_ id: ID<ElectoralProcess>) async throws -> ElectionProcess? {
        try await row(
            """
            select process_id, alliance_id, name, state, state_reason, replaces_process_id
            from elections.processes
            where organization_id = \(organization) and process_id = \(id)
            for update
            """)
    }

    /// Adds a process in draft.
    func insert(_ process: ElectionProcess, at now: Date) async throws {
        try await execute(
            """
            insert into elections.processes (
                organization_id, process_id, alliance_id, name, state, replaces_process_id, drafted_at,
                drafted_by, state_changed_at)
            values (
                \(organization), \(process.id), \(process.alliance), \(process.name), \(process.state),
                \(process.replaces), \(now), \(scope.principal.user), \(now))
            """,
            refusals: ["processes_replaced_once_key": DisruptionError.alreadyReplaced])
    }

    /// The process of an act, which stays as it is until the transaction ends.
    ///
    /// - Throws: ``ProcessError/notFound``.
    func lockedProcess(_ place: ProcessPlace) async throws -> ElectionProcess {
        guard let found = try await lockedProcess(place.process), found.alliance == place.alliance else {
            throw ProcessError.notFound
        }
        return found
    }

    /// The process of an act that is done only while it goes on; it stays as it is until the transaction ends.
    ///
    /// - Throws: ``ProcessError/notFound``, ``ProcessError/suspended``, ``ProcessError/over(_:)``.
    func processGoingOn(_ place: ProcessPlace) async throws -> ElectionProcess {
        let found = try await lockedProcess(place)
        try found.requireGoingOn()
        return found
    }

    /// Moves a process to one of the states that may follow, with the reason where the state keeps one. Two who move it
    /// at once do it once: the second finds it elsewhere.
    ///
    /// - Throws: ``ProcessError/cannotBecome(_:from:)``.
    func move(
        _ process: ElectionProcess, to state: ProcessState, because reason: String? = nil, at now: Date
    ) async throws {
        guard process.state.successors.contains(state) else {
            throw ProcessError.cannotBecome(state, from: process.state)
        }
        let suspendedFrom: ProcessState? = state == .suspended ? process.state : nil
        let moved = try await execute(
            """
            update elections.processes
            set state = \(state), state_reason = \(reason), suspended_from = \(suspendedFrom),
                resumes_on = null, state_changed_at = \(now)
            where organization_id = \(organization) and process_id = \(process.id)
                and state = \(process.state)
            """)
        guard moved == 1 else { throw ProcessError.cannotBecome(state, from: process.state) }
    }

    /// Takes a process whose vote has begun where its sessions, contests and challenges stand. A suspended one stays;
    /// it goes there when it is resumed.
    ///
    /// The reason is why it is over, where this was the act that ended its last contest.
    ///
    /// - Throws: ``ProcessError/cannotBecome(_:from:)``.
    func advance(_ process: ElectionProcess, because reason: String? = nil, at now: Date) async throws {
        guard process.state != .suspended else { return }
        let progress = try await voteProgress(of: process.id)
        guard let state = progress?.state, state != process.state else { return }
        try await move(process, to: state, because: reason, at: now)
    }

    /// How far the vote of a process has come.
    func voteProgress(of process: ID<ElectoralProcess>) async throws -> VoteProgress? {
        try await row(
            """
            select
                exists (
                    select from elections.sessions
                    where organization_id = \(organization) and process_id = \(process)
                        and opened_at is not null and closed_at is null) as is_session_open,
                count(*) filter (where state = 'open') as open_contests,
                count(*) filter (
                    where state = 'open' and not exists (
                        select from elections.canvasses
                        where canvasses.organization_id = \(organization)
                            and canvasses.contest_id = contests.contest_id
                            and canvasses.round = (
                                select coalesce(max(round), 1) from elections.contest_rounds as rounds
                                where rounds.organization_id = \(organization)
                                    and rounds.contest_id = contests.contest_id))) as uncounted_contests,
                count(*) filter (where state in ('void', 'blank_won')) as ended_contests,
                (select count(*) from elections.challenges
                    where organization_id = \(organization) and process_id = \(process)
                        and state = 'open') as open_challenges
            from elections.contests
            where contests.organization_id = \(organization) and contests.process_id = \(process)
            """)
    }
}

extension VoteProgress: RowDecodable {
    /// Reads what was counted of a process.
    public init(row: Row) throws(RowError) {
        self.init(
            isSessionOpen: try row["is_session_open"], openContests: try row["open_contests"],
            uncountedContests: try row["uncounted_contests"], openChallenges: try row["open_challenges"],
            endedContests: try row["ended_contests"])
    }
}
