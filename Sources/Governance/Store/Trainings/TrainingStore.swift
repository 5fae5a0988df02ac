import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    // MARK: Topics

    /// The topics that were proposed for a year, those that wait first.
    public func topics(of alliance: ID<Alliance>, in year: Int) async throws -> [TopicProposal] {
        try await rows(
            """
            select proposal_id, year, audience, topic, reason, origin, proposed_on, is_accepted, answer,
                answered_on
            from governance.topic_proposals
            where organization_id = \(organization) and alliance_id = \(alliance) and year = \(year)
            order by answered_on is not null, proposed_on, topic, proposal_id
            """)
    }

    /// The topics that an account proposed for itself, the latest first.
    func topics(
        of alliance: ID<Alliance>, proposedBy user: ID<User>, limit: Int
    ) async throws -> [TopicProposal] {
        try await rows(
            """
            select proposal_id, year, audience, topic, reason, origin, proposed_on, is_accepted, answer,
                answered_on
            from governance.topic_proposals
            where organization_id = \(organization) and alliance_id = \(alliance)
                and recorded_by = \(user) and origin = 'member'
            order by proposed_on desc, proposal_id
            limit \(limit)
            """)
    }

    /// The topic that a code is of; `nil` where none of the alliance has it.
    func topic(by code: ReadableCode, of alliance: ID<Alliance>) async throws -> TopicProposal? {
        try await row(
            """
            select proposal_id, year, audience, topic, reason, origin, proposed_on, is_accepted, answer,
                answered_on
            from governance.topic_proposals
            where organization_id = \(organization) and alliance_id = \(alliance)
                and receipt_digest = \(code.digest)
            """)
    }

    /// How many topics wait for an answer, by alliance.
    func topicsToAnswer() async throws -> [PendingCount] {
        try await rows(
            """
            select alliance_id, null::uuid as process_id, count(*) as count, min(recorded_at) as since,
                null::date as due_on
            from governance.topic_proposals
            where organization_id = \(organization) and answered_on is null
            group by alliance_id
            """)
    }

    /// Adds a proposal, with the code by which its answer is read where nobody has an account for it.
    ///
    /// - Throws: ``TrainingError/alreadyProposed``.
    func insert(
        _ proposal: TopicProposal, of alliance: ID<Alliance>, receipt code: ReadableCode? = nil, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.topic_proposals (
                organization_id, proposal_id, alliance_id, year, audience, topic, reason, origin, proposed_on,
                recorded_at, recorded_by, receipt_digest)
            values (
                \(organization), \(proposal.id), \(alliance), \(proposal.year), \(proposal.audience),
                \(proposal.topic), \(proposal.reason), \(proposal.origin), \(proposal.proposedOn), \(now),
                \(scope.principal.user), \(code?.digest))
            """,
            refusals: ["topic_proposals_topic_key": TrainingError.alreadyProposed])
    }

    /// Writes the answer to a proposal.
    ///
    /// - Throws: ``TrainingError/alreadyAnswered``.
    func answer(
        _ proposal: ID<TopicProposal>, of alliance: ID<Alliance>, isAccepted: Bool, with words: String,
        on day: CalendarDate
    ) async throws {
        let written = try await execute(
            """
            update governance.topic_proposals
            set is_accepted = \(isAccepted), answer = \(words), answered_on = \(day),
                answered_by = \(scope.principal.user)
            where organization_id = \(organization) and alliance_id = \(alliance)
                and proposal_id = \(proposal) and answered_on is null
            """)
        guard written == 1 else { throw TrainingError.alreadyAnswered }
    }

    // MARK: Programme

    /// The programme of a year, by month.
    public func trainings(of alliance: ID<Alliance>, in year: Int) async throws -> [Training] {
        try await rows(
            """
            select training_id, year, month, topic, audience, provider, activity_id, proposal_id, meeting_id,
                stay_percent, drop_reason
            from governance.trainings
            where organization_id = \(organization) and alliance_id = \(alliance) and year = \(year)
            order by month, topic, training_id
            """)
    }

    /// A training of an alliance, `nil` where it has none of that identifier.
    public func training(_ id: ID<Training>, of alliance: ID<Alliance>) async throws -> Training? {
        try await row(
            """
            select training_id, year, month, topic, audience, provider, activity_id, proposal_id, meeting_id,
                stay_percent, drop_reason
            from governance.trainings
            where organization_id = \(organization) and alliance_id = \(alliance) and training_id = \(id)
            """)
    }

    /// Adds a training to the programme.
    func insert(_ training: Training, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.trainings (
                organization_id, training_id, alliance_id, year, month, topic, audience, provider,
                activity_id, proposal_id, meeting_id, stay_percent, recorded_at, recorded_by)
            values (
                \(organization), \(training.id), \(alliance), \(training.year), \(training.month),
                \(training.topic), \(training.audience), \(training.provider), \(training.activity),
                \(training.proposal), \(training.meeting), \(training.stayPercent), \(now),
                \(scope.principal.user))
            """,
            refusals: ["trainings_proposal_fkey": TrainingError.notFound])
    }

    /// Writes the meeting in which a training is given.
    ///
    /// - Throws: ``TrainingError/alreadyScheduled``.
    func schedule(_ training: ID<Training>, in meeting: ID<Meeting>) async throws {
        let written = try await execute(
            """
            update governance.trainings set meeting_id = \(meeting)
            where organization_id = \(organization) and training_id = \(training) and meeting_id is null
                and dropped_on is null
            """)
        guard written == 1 else { throw TrainingError.alreadyScheduled }
    }

    /// Takes a training out of the programme.
    ///
    /// - Throws: ``TrainingError/alreadyScheduled``.
    func drop(_ training: ID<Training>, on day: CalendarDate, because reason: String) async throws {
        let written = try await execute(
            """
            update governance.trainings set dropped_on = \(day), drop_reason = \(reason)
            where organization_id = \(organization) and training_id = \(training) and meeting_id is null
                and dropped_on is null
            """)
        guard written == 1 else { throw TrainingError.alreadyScheduled }
    }

    // MARK: Evaluations

    /// How those who came found a training.
    public func evaluations(of meeting: ID<Meeting>) async throws -> [TrainingEvaluation] {
        try await rows(
            """
            select content, trainer, usefulness, remark from governance.training_evaluations
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by content, trainer, usefulness, remark, evaluation_id
            """)
    }

    /// Adds what somebody said, who is not named with it.
    func insert(
        _ evaluation: TrainingEvaluation, of meeting: ID<Meeting>, isOnPaper: Bool
    ) async throws {
        // One that tells no time.
        let id = ID<TrainingEvaluation>.random()
        try await execute(
            """
            insert into governance.training_evaluations (
                organization_id, evaluation_id, meeting_id, content, trainer, usefulness, remark, way)
            values (
                \(organization), \(id), \(meeting), \(evaluation.content),
                \(evaluation.trainer), \(evaluation.usefulness), \(evaluation.remark),
                \(isOnPaper ? "paper" : "own"))
            """)
    }

    /// Notes that somebody has evaluated a training.
    ///
    /// - Throws: ``TrainingError/alreadyEvaluated``.
    func insert(evaluator person: ID<Person>, of meeting: ID<Meeting>) async throws {
        try await execute(
            """
            insert into governance.training_evaluators (organization_id, meeting_id, person_id)
            values (\(organization), \(meeting), \(person))
            """,
            refusals: ["training_evaluators_pkey": TrainingError.alreadyEvaluated])
    }
}

// MARK: - Rows

extension TopicProposal: RowDecodable {
    /// Reads a row of `governance.topic_proposals`.
    public init(row: Row) throws(RowError) {
        let id: ID<TopicProposal> = try row["proposal_id"]
        let year: Int = try row["year"]
        let audience: WorkPlan.Audience = try row["audience"]
        let topic: String = try row["topic"]
        let reason: String? = try row["reason"]
        let origin: Origin = try row["origin"]
        let proposedOn: CalendarDate = try row["proposed_on"]
        let isAccepted: Bool? = try row["is_accepted"]
        let words: String? = try row["answer"]
        let day: CalendarDate? = try row["answered_on"]
        var answer: Answer?
        if let isAccepted, let words, let day {
            answer = Answer(isAccepted: isAccepted, words: words, day: day)
        }
        do {
            try self.init(
                id: id, year: year, audience: audience, topic: topic, reason: reason, origin: origin,
                proposedOn: proposedOn, answer: answer)
        } catch {
            throw RowError(unreadable: "topic", because: error)
        }
    }
}

extension Training: RowDecodable {
    /// Reads a row of `governance.trainings`.
    public init(row: Row) throws(RowError) {
        let id: ID<Training> = try row["training_id"]
        let year: Int = try row["year"]
        let month: Int = try row["month"]
        let topic: String = try row["topic"]
        let audience: WorkPlan.Audience = try row["audience"]
        let provider: String = try row["provider"]
        let activity: ID<WorkPlan.Activity>? = try row["activity_id"]
        let proposal: ID<TopicProposal>? = try row["proposal_id"]
        let meeting: ID<Meeting>? = try row["meeting_id"]
        let stayPercent: Int = try row["stay_percent"]
        let dropReason: String? = try row["drop_reason"]
        do {
            try self.init(
                id: id, year: year, month: month, topic: topic, audience: audience, provider: provider,
                activity: activity, proposal: proposal, meeting: meeting, stayPercent: stayPercent,
                dropReason: dropReason)
        } catch {
            throw RowError(unreadable: "topic", because: error)
        }
    }
}

extension TrainingEvaluation: RowDecodable {
    /// Reads a row of `governance.training_evaluations`.
    public init(row: Row) throws(RowError) {
        let content: Int = try row["content"]
        let trainer: Int = try row["trainer"]
        let usefulness: Int = try row["usefulness"]
        let remark: String? = try row["remark"]
        do {
            try self.init(content: content, trainer: trainer, usefulness: usefulness, remark: remark)
        } catch {
            throw RowError(unreadable: "content", because: error)
        }
    }
}

extension TopicProposal.Origin: SQLValue {}
