import Foundation
import Kernel
public import Postgres
import Tenancy

extension OpenAnnulment: RowDecodable {
    /// Reads a row of the acts.
    public init(row: Row) throws(RowError) {
        self.init(
            act: try row["act_id"], contest: try row["contest_id"], contestName: try row["contest_name"],
            challenge: try row["challenge_id"], challengeNumber: try row["challenge_number"],
            reason: try row["reason"], proposedAt: try row["proposed_at"],
            proposedBy: try row["proposed_by"], proposer: try row["proposer"])
    }
}

extension WithdrawnProposal: RowDecodable {
    /// Reads a row of the acts.
    public init(row: Row) throws(RowError) {
        self.init(
            proposedAt: try row["proposed_at"], withdrawnAt: try row["withdrawn_at"],
            reason: try row["withdrawal_reason"])
    }
}

extension Transaction where Scope == TenantScope {
    // MARK: Annulment

    /// Keeps that somebody proposes to annul a process, or one of its contests.
    ///
    /// - Throws: ``DisruptionError/actOpen``.
    func proposeAnnulment(
        _ act: ID<ElectoralAct>, of process: ID<ElectoralProcess>, contest: ID<Contest>? = nil,
        after challenge: ID<Challenge>? = nil, as role: Role, because reason: String, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.acts (
                organization_id, act_id, process_id, contest_id, challenge_id, kind, reason, proposed_at,
                proposed_by, proposed_as)
            values (
                \(organization), \(act), \(process), \(contest), \(challenge), 'annul', \(reason), \(now),
                \(scope.principal.user), \(role))
            """,
            refusals: ["acts_one_open_key": DisruptionError.actOpen])
    }

    /// Keeps that a second person of another role annuls.
    ///
    /// - Throws: ``DisruptionError``.
    func second(_ annulment: OpenAnnulment, of process: ID<ElectoralProcess>, as role: Role, at now: Date)
        async throws
    {
        try await execute(
            """
            update elections.acts
            set seconded_at = \(now), seconded_by = \(scope.principal.user), seconded_as = \(role)
            where organization_id = \(organization) and process_id = \(process)
                and act_id = \(annulment.act) and seconded_at is null and withdrawn_at is null
            """,
            refusals: [
                "acts_two_people": DisruptionError.sameRole, "acts_two_roles": DisruptionError.sameRole,
            ])
    }

    /// The annulment that waits for its second person.
    func openAnnulment(of process: ID<ElectoralProcess>) async throws -> OpenAnnulment? {
        try await row(
            """
            select act_id, acts.contest_id, contests.name as contest_name, acts.challenge_id,
                challenges.number::bigint as challenge_number, reason, proposed_at,
                users.name as proposed_by, acts.proposed_by as proposer
            from elections.acts
            left join elections.contests on contests.organization_id = acts.organization_id
                and contests.contest_id = acts.contest_id
            left join elections.challenges on challenges.organization_id = acts.organization_id
                and challenges.challenge_id = acts.challenge_id
            left join tenancy.users on users.organization_id = acts.organization_id
                and users.user_id = acts.proposed_by
            where acts.organization_id = \(organization) and acts.process_id = \(process)
                and acts.kind = 'annul' and seconded_at is null and withdrawn_at is null
            """)
    }

    /// Refuses what would be counted or decided while an annulment of the contest, or of the whole process, waits.
    ///
    /// - Throws: ``DisruptionError/annulmentOpen``.
    func requireNoAnnulment(of contest: ID<Contest>, in process: ID<ElectoralProcess>) async throws {
        guard let annulment = try await openAnnulment(of: process) else { return }
        guard let part = annulment.contest, part != contest else { throw DisruptionError.annulmentOpen }
    }

    // MARK: Withdrawal

    /// Takes an act back that waits for its second person.
    ///
    /// - Returns: Whether there was one.
    func withdraw(
        _ act: ID<ElectoralAct>, of process: ID<ElectoralProcess>, because reason: String?, at now: Date
    ) async throws -> Bool {
        try await execute(
            """
            update elections.acts
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and process_id = \(process) and act_id = \(act)
                and seconded_at is null and withdrawn_at is null
            """) == 1
    }

    /// Takes a proposed proclamation back, since what it rested on is no longer so.
    func withdrawProclamation(of place: ProcessPlace, because reason: String, at now: Date) async throws {
        guard let proposal = try await proposal(of: place) else { return }
        _ = try await withdraw(proposal.act, of: place.process, because: reason, at: now)
    }

    /// The last proclamation that was proposed and taken back.
    func withdrawnProposal(of place: ProcessPlace) async throws -> WithdrawnProposal? {
        try await row(
            """
            select proposed_at, withdrawn_at, withdrawal_reason from elections.acts
            where organization_id = \(organization) and process_id = \(place.process)
                and kind = 'proclaim' and withdrawn_at is not null
            order by withdrawn_at desc limit 1
            """)
    }
}
