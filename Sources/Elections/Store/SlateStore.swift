import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension SlateState: SQLValue {}
extension CandidateRole: SQLValue {}
extension CandidateState: SQLValue {}
extension Capacity: SQLValue {}

extension SlateSummary: RowDecodable {
    /// Reads a row of a list.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["slate_id"], contest: try row["contest_id"], contestName: try row["contest_name"],
            name: try row["name"], representative: try row["representative"], contact: try row["contact"],
            state: try row["state"], stateReason: try row["state_reason"],
            principals: try row["principals"], alternates: try row["alternates"],
            accepted: try row["accepted"], number: try row["number"],
            registeredAt: try row["registered_at"], decidedAt: try row["decided_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The slates of a process, in the order of the ballot: those that stand by their numbers, then the others as they
    /// came.
    public func slates(
        of process: ID<ElectoralProcess>, in contest: ID<Contest>? = nil
    ) async throws -> [SlateSummary] {
        try await rows(summaries(of: process, in: contest, slate: nil))
    }

    /// A slate of a process.
    func slate(_ slate: ID<Slate>, of process: ID<ElectoralProcess>) async throws -> SlateSummary? {
        try await row(summaries(of: process, in: nil, slate: slate))
    }

    /// The number of a slate that stands is the one that the ballot will have.
    private func summaries(
        of process: ID<ElectoralProcess>, in contest: ID<Contest>?, slate: ID<Slate>?
    ) -> SQL {
        """
        select slates.slate_id, slates.contest_id, contests.name as contest_name, slates.name, representative,
            contact, slates.state, slates.state_reason, slates.registered_at, slates.decided_at, numbers.number,
            coalesce(people.principals, 0) as principals, coalesce(people.alternates, 0) as alternates,
            coalesce(people.accepted, 0) as accepted
        from elections.slates
        join elections.contests on contests.organization_id = \(organization)
            and contests.contest_id = slates.contest_id
        left join (
            select slate_id, count(*) filter (where role = 'principal') as principals,
                count(*) filter (where role = 'alternate') as alternates,
                count(*) filter (where accepted_at is not null) as accepted
            from elections.candidates
            where organization_id = \(organization) and process_id = \(process) and state = 'standing'
            group by slate_id
        ) as people on people.slate_id = slates.slate_id
        left join elections.standing_slates as numbers on numbers.organization_id = \(organization)
            and numbers.process_id = \(process) and numbers.slate_id = slates.slate_id
        where slates.organization_id = \(organization) and slates.process_id = \(process)
            and (\(contest)::uuid is null or slates.contest_id = \(contest))
            and (\(slate)::uuid is null or slates.slate_id = \(slate))
        order by contests.position, numbers.number, slates.registered_at, slates.slate_id
        """
    }

    /// When slates of a process are taken; `nil` where it has no call yet.
    func nominationWindow(of process: ID<ElectoralProcess>) async throws -> NominationWindow? {
        let calledAt: Date? = try await value(
            """
            select published_at from elections.calls
            where organization_id = \(organization) and process_id = \(process)
            """)
        guard let calledAt else { return nil }
        return NominationWindow(of: try await calendar(of: process), calledAt: calledAt)
    }

    /// Keeps a slate from being decided and changed at once, until the transaction ends.
    ///
    /// - Throws: ``SlateError/notFound``.
    func holdSlate(_ slate: ID<Slate>, of process: ID<ElectoralProcess>) async throws {
        let held = try await values(
            """
            select slate_id from elections.slates
            where organization_id = \(organization) and process_id = \(process) and slate_id = \(slate)
            for update
            """,
            as: ID<Slate>.self)
        guard !held.isEmpty else { throw SlateError.notFound }
    }

    /// Adds a slate.
    ///
    /// - Throws: ``SlateError/nameTaken``, ``SlateError/ballotNameTaken``.
    func insertSlate(
        _ slate: ID<Slate>, named name: String, as nomination: Nomination, in contest: Contest, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.slates (
                organization_id, slate_id, process_id, contest_id, name, name_folded, representative, contact,
                state, registered_at, registered_by)
            values (
                \(organization), \(slate), \(contest.process), \(contest.id), \(name), \(name.folded),
                \(nomination.representative), \(nomination.contact), 'registered', \(now),
                \(scope.principal.user))
            """,
            refusals: ["slates_name_key": SlateError.nameTaken(in: contest)])
    }

    /// Corrects the words of a slate.
    ///
    /// - Throws: ``SlateError/nameTaken``, ``SlateError/ballotNameTaken``.
    func rewriteSlate(
        _ slate: ID<Slate>, named name: String, as nomination: Nomination, in contest: Contest
    ) async throws {
        try await execute(
            """
            update elections.slates set name = \(name), name_folded = \(name.folded),
                representative = \(nomination.representative), contact = \(nomination.contact)
            where organization_id = \(organization) and slate_id = \(slate) and state = 'registered'
            """,
            refusals: ["slates_name_key": SlateError.nameTaken(in: contest)])
    }

    /// Moves a slate; who is asked for has been held before.
    func moveSlate(
        _ slate: ID<Slate>, to state: SlateState, because reason: String?, at now: Date
    ) async throws {
        let isDecision = state == .admitted || state == .rejected
        try await execute(
            """
            update elections.slates set state = \(state), state_reason = \(reason),
                decided_at = \(isDecision ? now : nil), decided_by = \(isDecision ? scope.principal.user : nil)
            where organization_id = \(organization) and slate_id = \(slate)
            """)
    }

    /// How many slates of the open contests of a process wait for their decision.
    func undecidedSlates(of process: ID<ElectoralProcess>) async throws -> Int {
        try await value(
            """
            select count(*) from elections.slates
            join elections.contests on contests.organization_id = slates.organization_id
                and contests.contest_id = slates.contest_id and contests.state = 'open'
            where slates.organization_id = \(organization) and slates.process_id = \(process)
                and slates.state = 'registered'
            """) ?? 0
    }
}
