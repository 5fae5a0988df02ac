public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Proposes a topic of training to the entity.
public struct ProposeTopic: Undertaking {
    /// Who may do it.
    public static let permission = Permission.proposeTopics
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year.
    public let year: Int
    /// For whom.
    public let audience: WorkPlan.Audience
    /// The topic.
    public let topic: String
    /// What for.
    public let reason: String?
    /// Who proposes.
    public let origin: TopicProposal.Origin

    /// Takes what a person filled in.
    ///
    /// - Throws: ``TrainingError/untitled``.
    public init(
        _ topic: String, of alliance: ID<Alliance>, in year: Int, for audience: WorkPlan.Audience,
        from origin: TopicProposal.Origin, because reason: String? = nil
    ) throws(TrainingError) {
        guard let topic = topic.trimmedOrNil else { throw .untitled }
        self.alliance = alliance
        self.year = year
        self.audience = audience
        self.topic = topic
        self.reason = reason
        self.origin = origin
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Proposes it.
    ///
    /// - Throws: ``TrainingError/alreadyProposed``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<TopicProposal>> {
        let proposal = try TopicProposal(
            year: year, audience: audience, topic: topic, reason: reason, origin: origin,
            proposedOn: ColombianTime.date(at: now))
        try await transaction.insert(proposal, of: alliance, at: now)
        return Audited(
            proposal.id,
            AuditEvent(
                "governance.topic.proposed", subject: proposal.id,
                details: ["year": String(year), "topic": topic, "origin": origin.rawValue]))
    }
}

/// Proposes all topics of the plan of a year that were not proposed yet.
public struct ProposePlanTopics: Undertaking {
    /// Who may do it.
    public static let permission = Permission.registerPlans
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year.
    public let year: Int

    /// Names the year of an alliance.
    public init(of alliance: ID<Alliance>, in year: Int) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Proposes them.
    ///
    /// - Throws: ``TrainingError/nothingToPropose``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let left = try await transaction.unproposedTopics(of: alliance, in: year)
        guard !left.isEmpty else { throw TrainingError.nothingToPropose }
        for (audience, topic) in left {
            try await transaction.insert(
                TopicProposal(
                    year: year, audience: audience, topic: topic, origin: .plan,
                    proposedOn: ColombianTime.date(at: now)), of: alliance, at: now)
        }
        return Audited(
            left.count,
            AuditEvent(
                "governance.topics.proposed", subject: alliance,
                details: ["year": String(year), "topics": String(left.count)]))
    }
}

/// Answers a proposed topic, as the entity.
public struct AnswerTopic: Command {
    /// Who may do it.
    public static let permission = Permission.answerTopics
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The proposal.
    public let proposal: ID<TopicProposal>
    /// Whether it will be given.
    public let isAccepted: Bool
    /// Why, or when.
    public let words: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``TrainingError/answerMissing``.
    public init(
        _ proposal: ID<TopicProposal>, of alliance: ID<Alliance>, isAccepted: Bool, with words: String
    ) throws(TrainingError) {
        guard let words = words.trimmedOrNil else { throw .answerMissing }
        self.alliance = alliance
        self.proposal = proposal
        self.isAccepted = isAccepted
        self.words = words
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Writes it.
    ///
    /// - Throws: ``TrainingError/alreadyAnswered``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.answer(
            proposal, of: alliance, isAccepted: isAccepted, with: words, on: ColombianTime.date(at: now))
        return Audited(
            AuditEvent(
                "governance.topic.answered", subject: proposal, details: ["accepted": String(isAccepted)]))
    }
}

/// Adds a training to the programme of a year.
public struct PlanTraining: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let training: Training

    /// Takes a training for an alliance.
    public init(_ training: Training, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.training = training
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``PlanError/activityNotFound``, ``TrainingError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Training>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        if let activity = training.activity {
            let plans = try await transaction.plans(of: alliance, in: training.year)
            guard plans.contains(where: { $0.activities.contains { $0.id == activity } }) else {
                throw PlanError.activityNotFound
            }
        }
        if let proposal = training.proposal {
            let known = try await transaction.topics(of: alliance, in: training.year)
            guard known.contains(where: { $0.id == proposal }) else { throw TrainingError.notFound }
        }
        try await transaction.insert(training, of: alliance, at: now)
        return Audited(
            training.id,
            AuditEvent(
                "governance.training.planned", subject: training.id,
                details: [
                    "year": String(training.year), "month": String(training.month), "topic": training.topic,
                ]))
    }
}

/// Puts a training of the programme on the calendar: it becomes a meeting.
public struct ScheduleTraining: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let training: ID<Training>
    /// The meeting, of kind training.
    public let meeting: Meeting

    /// Takes the meeting of a training.
    public init(_ training: ID<Training>, of alliance: ID<Alliance>, in meeting: Meeting) {
        self.alliance = alliance
        self.training = training
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Puts it there.
    ///
    /// - Throws: ``TrainingError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Meeting>> {
        guard let found = try await transaction.training(training, of: alliance) else {
            throw TrainingError.notFound
        }
        guard found.dropReason == nil else { throw TrainingError.dropped }
        let planned = try await PlanMeeting(meeting, of: alliance).perform(in: transaction, at: now)
        try await transaction.schedule(training, in: meeting.id)
        return Audited(
            planned.output,
            AuditEvent(
                "governance.training.scheduled", subject: training,
                details: ["meeting": meeting.id.description, "day": meeting.day.description]))
    }
}

/// Takes a training out of the programme.
public struct DropTraining: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let training: ID<Training>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``TrainingError/reasonMissing``.
    public init(
        _ training: ID<Training>, of alliance: ID<Alliance>, because reason: String
    ) throws(TrainingError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.training = training
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it out.
    ///
    /// - Throws: ``TrainingError``: one that has its meeting is called off there.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard try await transaction.training(training, of: alliance) != nil else {
            throw TrainingError.notFound
        }
        try await transaction.drop(training, on: ColombianTime.date(at: now), because: reason)
        return Audited(
            AuditEvent("governance.training.dropped", subject: training, details: ["reason": reason]))
    }
}

/// Records how somebody found a training: from a form on paper, which names nobody.
public struct EvaluateTraining: Command {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let training: ID<Training>
    /// What they said.
    public let evaluation: TrainingEvaluation

    /// Takes an evaluation of a training.
    public init(_ evaluation: TrainingEvaluation, of training: ID<Training>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.training = training
        self.evaluation = evaluation
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``TrainingError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let meeting = try await transaction.heldMeeting(of: training, in: alliance)
        try await transaction.insert(evaluation, of: meeting.id, isOnPaper: true)
        return Audited(AuditEvent("governance.training.evaluated", subject: training))
    }
}

/// Evaluates a training that a person was in, once. The server does it for them, so that the chain does not tell who
/// did; what was said is kept apart from who said it.
public struct EvaluateOwnTraining: Command {
    /// Who may do it.
    public static let permission = Permission.evaluateTrainings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The training.
    public let training: ID<Training>
    /// Who says it.
    public let user: ID<User>
    /// What they say.
    public let evaluation: TrainingEvaluation

    /// Takes one's own evaluation of a training.
    public init(
        _ evaluation: TrainingEvaluation, by user: ID<User>, of training: ID<Training>,
        in alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.training = training
        self.user = user
        self.evaluation = evaluation
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``TrainingError/notThere``, ``TrainingError/alreadyEvaluated``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let meeting = try await transaction.heldMeeting(of: training, in: alliance)
        let stays = try await transaction.attendances(of: meeting.id)
        guard let person = try await transaction.person(of: user),
            stays.contains(where: { $0.person == person && $0.undoneAt == nil })
        else { throw TrainingError.notThere }
        try await transaction.insert(evaluator: person, of: meeting.id)
        try await transaction.insert(evaluation, of: meeting.id, isOnPaper: false)
        return Audited(AuditEvent("governance.training.evaluated", subject: training))
    }
}

extension Transaction where Scope == TenantScope {
    /// The meeting in which a training was held.
    ///
    /// - Throws: ``TrainingError/notFound``, ``TrainingError/notHeld``.
    func heldMeeting(of training: ID<Training>, in alliance: ID<Alliance>) async throws -> Meeting {
        guard let found = try await self.training(training, of: alliance) else {
            throw TrainingError.notFound
        }
        guard let id = found.meeting, let meeting = try await meeting(id, of: alliance)?.meeting,
            meeting.state == .held
        else { throw TrainingError.notHeld }
        return meeting
    }

    /// The topics that the plan of a year proposes and that were not proposed yet.
    func unproposedTopics(
        of alliance: ID<Alliance>, in year: Int
    ) async throws -> [(WorkPlan.Audience, String)] {
        let plan = try await plans(of: alliance, in: year).first
        let proposed = Set(
            try await topics(of: alliance, in: year).map { "\($0.audience.rawValue) \($0.topic.folded)" })
        return WorkPlan.Audience.allCases.flatMap { audience in
            (plan?.topics[audience] ?? []).map { (audience, $0) }
        }.filter { !proposed.contains("\($0.0.rawValue) \($0.1.folded)") }
    }
}
