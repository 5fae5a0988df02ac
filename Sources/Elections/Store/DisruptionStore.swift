import Foundation
import Kernel
public import Postgres
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

    // MARK: Annulment

    /// Keeps that somebody proposes to annul a process.
    ///
    /// - Throws: ``DisruptionError/actOpen``.
    func proposeAnnulment(
        _ act: ID<ElectoralAct>, of process: ID<ElectoralProcess>, as role: Role, because reason: String,
        at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.acts (
                organization_id, act_id, process_id, kind, reason, proposed_at, proposed_by, proposed_as)
            values (
                \(organization), \(act), \(process), 'annul', \(reason), \(now), \(scope.principal.user),
                \(role))
            """,
            refusals: ["acts_one_open_key": DisruptionError.actOpen])
    }

    /// Keeps that a second person of another role annuls, and returns the reason that was proposed.
    ///
    /// - Throws: ``DisruptionError``.
    func secondAnnulment(
        _ act: ID<ElectoralAct>, of process: ID<ElectoralProcess>, as role: Role, at now: Date
    ) async throws -> String {
        let seconded = try await execute(
            """
            update elections.acts
            set seconded_at = \(now), seconded_by = \(scope.principal.user), seconded_as = \(role)
            where organization_id = \(organization) and process_id = \(process) and act_id = \(act)
                and kind = 'annul' and seconded_at is null and withdrawn_at is null
            """,
            refusals: [
                "acts_two_people": DisruptionError.sameRole, "acts_two_roles": DisruptionError.sameRole,
            ])
        let reason: String? = try await value(
            """
            select reason from elections.acts
            where organization_id = \(organization) and process_id = \(process) and act_id = \(act)
            """)
        guard seconded == 1, let reason else { throw DisruptionError.actNotOpen }
        return reason
    }

    /// Takes a proposed annulment back.
    ///
    /// - Throws: ``DisruptionError/actNotOpen``.
    func withdrawAnnulment(
        _ act: ID<ElectoralAct>, of process: ID<ElectoralProcess>, at now: Date
    ) async throws {
        let withdrawn = try await execute(
            """
            update elections.acts set withdrawn_at = \(now)
            where organization_id = \(organization) and process_id = \(process) and act_id = \(act)
                and kind = 'annul' and seconded_at is null and withdrawn_at is null
            """)
        guard withdrawn == 1 else { throw DisruptionError.actNotOpen }
    }

    /// The annulment that waits for its second person.
    func openAnnulment(of process: ID<ElectoralProcess>) async throws -> OpenAnnulment? {
        try await row(
            """
            select act_id, reason, proposed_at, users.name as proposed_by
            from elections.acts
            left join tenancy.users on users.organization_id = acts.organization_id
                and users.user_id = acts.proposed_by
            where acts.organization_id = \(organization) and process_id = \(process) and kind = 'annul'
                and seconded_at is null and withdrawn_at is null
            """)
    }
}

extension OpenAnnulment: RowDecodable {
    /// Reads a row of the acts.
    public init(row: Row) throws(RowError) {
        self.init(
            act: try row["act_id"], reason: try row["reason"], proposedAt: try row["proposed_at"],
            proposedBy: try row["proposed_by"])
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
