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

    /// The processes of several alliances, the latest first.
    func processes(of alliances: [ID<Alliance>], limit: Int) async throws -> [ElectionProcess] {
        try await rows(
            """
            select process_id, alliance_id, name, state, state_reason, replaces_process_id
            from elections.processes
            where organization_id = \(organization) and alliance_id = any (\(alliances))
            order by drafted_at desc, process_id desc
            limit \(limit)
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
    /// at once do it once: the second finds it elsewhere. What still waits in a process that ends ends with it.
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
        if state == .void || state == .annulled { try await settle(process, after: state, at: now) }
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
}
