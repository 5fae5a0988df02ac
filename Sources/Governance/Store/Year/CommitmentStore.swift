import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The commitments of some alliances, those with the earliest day first; of the whole tenant for `nil`.
    ///
    /// Those that were closed are read from a day on alone, so that the list stays one that a page holds.
    public func commitments(
        of alliances: [ID<Alliance>]?, closedSince day: CalendarDate? = nil
    ) async throws -> [Commitment] {
        try await rows(
            """
            \(fragment: columns(organization))
            and (\(alliances)::uuid[] is null or commitments.alliance_id = any (\(alliances)))
                and (commitments.state = 'open' or \(day)::date is null or commitments.closed_on >= \(day))
            order by commitments.due_on nulls last, commitments.made_on, commitments.commitment_id
            """)
    }

    /// A commitment of an alliance, `nil` where it has none of that identifier.
    public func commitment(_ id: ID<Commitment>, of alliance: ID<Alliance>) async throws -> Commitment? {
        try await row(
            """
            \(fragment: columns(organization))
            and commitments.alliance_id = \(alliance) and commitments.commitment_id = \(id)
            """)
    }

    /// A commitment of an alliance, held fast until the transaction ends: what hangs on it is kept to the board or not as
    /// it is itself.
    func lockedCommitment(_ id: ID<Commitment>, of alliance: ID<Alliance>) async throws -> Commitment? {
        try await execute(
            """
            select from governance.commitments
            where organization_id = \(organization) and commitment_id = \(id)
            for no key update
            """)
        return try await commitment(id, of: alliance)
    }

    /// The steps of a commitment, the first first.
    public func steps(of commitment: ID<Commitment>) async throws -> [CommitmentStep] {
        try await rows(
            """
            select kind, note, due_before, due_after, meeting_id, file_id, happened_on
            from governance.commitment_steps
            where organization_id = \(organization) and commitment_id = \(commitment)
            order by recorded_at, step_id
            """)
    }

    /// The commitments that are open on a day and of whose owners the address is known, in alliances that are not
    /// dissolved.
    func commitmentsToRemind(dueBy day: CalendarDate) async throws -> [Commitment] {
        try await rows(
            """
            \(fragment: columns(organization))
            and commitments.state = 'open' and commitments.due_on <= \(day)
                and commitments.owner_email is not null
                and exists (
                    select from tenancy.alliances
                    where alliances.organization_id = \(organization)
                        and alliances.alliance_id = commitments.alliance_id
                        and alliances.state <> 'dissolved')
            order by commitments.due_on, commitments.commitment_id
            """)
    }

    /// Those of some commitments of which somebody was reminded on a day.
    func reminded(of commitments: [ID<Commitment>], on day: CalendarDate) async throws -> Set<ID<Commitment>>
    {
        Set(
            try await values(
                """
                select distinct commitment_id from governance.commitment_steps
                where organization_id = \(organization) and commitment_id = any (\(commitments))
                    and kind = 'reminded' and happened_on = \(day)
                """, as: ID<Commitment>.self))
    }

    /// The open commitments past their day, by alliance.
    func overdueCommitments(on day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select commitments.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since, min(commitments.due_on) as due_on
            from governance.commitments
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = commitments.alliance_id and alliances.state <> 'dissolved'
            where commitments.organization_id = \(organization) and commitments.state = 'open'
                and commitments.due_on < \(day)
            group by commitments.alliance_id
            """)
    }

    /// Adds commitments with the step that made each.
    func insert(_ commitments: [Commitment], at now: Date) async throws {
        guard !commitments.isEmpty else { return }
        let user = scope.principal.user
        try await pipeline([
            """
            insert into governance.commitments (
                organization_id, commitment_id, alliance_id, is_reserved, meeting_id, item_id, decision_id, activity,
                owner_kind, owner, owner_body_id, owner_person_id, owner_email, made_on, due_on, state, recorded_at, recorded_by)
            select \(organization), made.id, made.alliance, made.is_reserved, made.meeting, made.item,
                made.decision, made.activity, made.owner_kind, made.owner, made.body, made.person, made.email, made.made_on, made.due_on,
                'open', \(now), \(user)
            from unnest(
                \(commitments.map(\.id)), \(commitments.map(\.alliance)), \(commitments.map(\.isReserved)),
                \(commitments.map(\.meeting)), \(commitments.map(\.cause?.item)),
                \(commitments.map(\.cause?.decision)), \(commitments.map(\.activity)),
                \(commitments.map(\.owner.kind.rawValue)), \(commitments.map(\.owner.name)),
                \(commitments.map(\.owner.body)), \(commitments.map(\.owner.person)),
                \(commitments.map(\.email)), \(commitments.map(\.madeOn)), \(commitments.map(\.dueOn))
            ) as made (
                id, alliance, is_reserved, meeting, item, decision, activity, owner_kind, owner, body, person, email, made_on,
                due_on)
            """,
            """
            insert into governance.commitment_steps (
                organization_id, step_id, commitment_id, kind, note, meeting_id, happened_on, recorded_at,
                recorded_by)
            select \(organization), made.step, made.id, 'made', '', made.meeting, made.made_on, \(now), \(user)
            from unnest(
                \(commitments.map { _ in ID<CommitmentStep>() }), \(commitments.map(\.id)),
                \(commitments.map(\.meeting)), \(commitments.map(\.madeOn))
            ) as made (step, id, meeting, made_on)
            """,
        ])
    }

    /// What a commitment comes of, as its page names it; `nil` of one that comes of the meeting as a whole.
    func causeWords(of commitment: Commitment) async throws -> String? {
        switch commitment.cause {
        case nil: nil
        case .item(let item):
            try await value(
                """
                select 'Punto ' || position || ': ' || title from governance.agenda_items
                where organization_id = \(organization) and meeting_id = \(commitment.meeting)
                    and item_id = \(item)
                """)
        case .decision(let decision):
            try await value(
                """
                select 'Decisión ' || position || ': ' || decision from governance.decisions
                where organization_id = \(organization) and decision_id = \(decision)
                """)
        }
    }

    /// Whether a meeting has what a commitment is said to come of: a point of its agenda, a decision that stands.
    func has(_ cause: Commitment.Cause, in meeting: ID<Meeting>) async throws -> Bool {
        switch cause {
        case .item(let item):
            try await value(
                """
                select exists (
                    select from governance.agenda_items
                    where organization_id = \(organization) and meeting_id = \(meeting) and item_id = \(item))
                """) ?? false
        case .decision(let decision):
            try await value(
                """
                select exists (
                    select from governance.decisions
                    where organization_id = \(organization) and meeting_id = \(meeting)
                        and decision_id = \(decision) and withdrawn_at is null)
                """) ?? false
        }
    }

    /// The commitments that a meeting looked at.
    func reviewedCommitments(in meeting: ID<Meeting>) async throws -> [ID<Commitment>] {
        try await values(
            """
            select distinct commitment_id from governance.commitment_steps
            where organization_id = \(organization) and meeting_id = \(meeting) and kind <> 'made'
            """)
    }

    /// Adds a step of a commitment.
    func insert(_ step: CommitmentStep, of commitment: ID<Commitment>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.commitment_steps (
                organization_id, step_id, commitment_id, kind, note, due_before, due_after, meeting_id, file_id,
                happened_on, recorded_at, recorded_by)
            values (
                \(organization), \(ID<CommitmentStep>()), \(commitment), \(step.kind), \(step.note),
                \(step.dueBefore), \(step.dueAfter), \(step.meeting), \(step.file), \(step.happenedOn), \(now),
                \(scope.principal.user))
            """)
    }

    /// Whether the same is open already: what is to be done, by whom, until when, of the same meeting.
    func hasOpenTwin(of commitment: Commitment) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.commitments
                where organization_id = \(organization) and alliance_id = \(commitment.alliance) and state = 'open'
                    and activity = \(commitment.activity) and owner = \(commitment.owner.name)
                    and due_on is not distinct from \(commitment.dueOn)
                    and meeting_id is not distinct from \(commitment.meeting)
                    and item_id is not distinct from \(commitment.cause?.item)
                    and decision_id is not distinct from \(commitment.cause?.decision))
            """) ?? false
    }

    /// Whether minutes tell of a commitment: those of its meeting were circulated, or recorded from paper.
    func isTold(of commitment: Commitment) async throws -> Bool {
        guard let meeting = commitment.meeting else { return false }
        if try await minutesAreOut(of: meeting) { return true }
        return try await value(
            """
            select exists (
                select from governance.minutes
                where organization_id = \(organization) and meeting_id = \(meeting))
            """) ?? false
    }

    /// Writes what a commitment says, as it is right.
    func correct(_ commitment: Commitment) async throws {
        try await execute(
            """
            update governance.commitments
            set activity = \(commitment.activity), owner_kind = \(commitment.owner.kind),
                owner = \(commitment.owner.name), owner_body_id = \(commitment.owner.body),
                owner_person_id = \(commitment.owner.person), owner_email = \(commitment.email),
                due_on = \(commitment.dueOn)
            where organization_id = \(organization) and commitment_id = \(commitment.id)
            """)
    }

    /// Writes where a commitment stands and until when it is to be done, where it still stands as it was read.
    ///
    /// - Throws: ``CommitmentError/isClosed`` or ``CommitmentError/isOpen`` where somebody else was quicker.
    func update(
        _ commitment: Commitment, to state: Commitment.State, closedOn: CalendarDate?, dueOn: CalendarDate?
    ) async throws {
        let updated = try await execute(
            """
            update governance.commitments
            set state = \(state), closed_on = \(closedOn), due_on = \(dueOn)
            where organization_id = \(organization) and commitment_id = \(commitment.id)
                and state = \(commitment.state)
            """)
        guard updated == 1 else {
            throw commitment.state == .open ? CommitmentError.isClosed : CommitmentError.isOpen
        }
    }
}

private func columns(_ organization: ID<Organization>) -> SQL {
    """
    select commitments.commitment_id, commitments.alliance_id, commitments.is_reserved, commitments.meeting_id,
        commitments.item_id, commitments.decision_id, commitments.activity, commitments.owner_kind, commitments.owner, commitments.owner_body_id,
        commitments.owner_person_id, commitments.owner_email, commitments.made_on, commitments.due_on,
        commitments.state, commitments.closed_on
    from governance.commitments
    where commitments.organization_id = \(organization)
    """
}

// MARK: - Rows

extension Commitment: RowDecodable {
    /// Reads a row of `governance.commitments`.
    public init(row: Row) throws(RowError) {
        let id: ID<Commitment> = try row["commitment_id"]
        let alliance: ID<Alliance> = try row["alliance_id"]
        let activity: String = try row["activity"]
        let owner = try Owner(row: row)
        let email: String? = try row["owner_email"]
        let meeting: ID<Meeting>? = try row["meeting_id"]
        let cause = try Cause(row: row)
        let madeOn: CalendarDate = try row["made_on"]
        let dueOn: CalendarDate? = try row["due_on"]
        let state: State = try row["state"]
        let closedOn: CalendarDate? = try row["closed_on"]
        let isReserved: Bool = try row["is_reserved"]
        do {
            try self.init(
                id: id, alliance: alliance, activity: activity, owner: owner, email: email, meeting: meeting,
                cause: cause, madeOn: madeOn, dueOn: dueOn, state: state, closedOn: closedOn,
                isReserved: isReserved)
        } catch {
            throw RowError(unreadable: "activity", because: error)
        }
    }
}

extension Commitment.Cause {
    fileprivate init?(row: Row) throws(RowError) {
        let item: ID<AgendaItem>? = try row["item_id"]
        let decision: ID<MeetingDecision>? = try row["decision_id"]
        guard let cause = decision.map(Self.decision) ?? item.map(Self.item) else { return nil }
        self = cause
    }

    fileprivate var item: ID<AgendaItem>? { if case .item(let id) = self { id } else { nil } }
    fileprivate var decision: ID<MeetingDecision>? { if case .decision(let id) = self { id } else { nil } }
}

extension Commitment.Owner {
    fileprivate init(row: Row) throws(RowError) {
        let kind: Kind = try row["owner_kind"]
        let name: String = try row["owner"]
        let body: ID<Body>? = try row["owner_body_id"]
        let person: ID<Person>? = try row["owner_person_id"]
        self =
            switch (kind, body, person) {
            case (.body, let body?, _): .body(body, name: name)
            case (.person, _, let person?): .person(person, name: name)
            case (.office, _, _): .office(name)
            default: .outside(name)
            }
    }

    fileprivate var body: ID<Body>? { if case .body(let id, _) = self { id } else { nil } }
    fileprivate var person: ID<Person>? { if case .person(let id, _) = self { id } else { nil } }
}

extension CommitmentStep: RowDecodable {
    /// Reads a row of `governance.commitment_steps`.
    public init(row: Row) throws(RowError) {
        self.init(
            kind: try row["kind"], note: try row["note"], dueBefore: try row["due_before"],
            dueAfter: try row["due_after"], meeting: try row["meeting_id"], file: try row["file_id"],
            happenedOn: try row["happened_on"])
    }
}

extension Commitment.State: SQLValue {}

extension Commitment.Owner.Kind: SQLValue {}

extension CommitmentStep.Kind: SQLValue {}
