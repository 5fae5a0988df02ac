import Foundation
public import Kernel
public import Tenancy

/// A topic that somebody proposes to be trained in, with what the entity answers.
public struct TopicProposal: Sendable, Hashable {
    /// Who proposes.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// The work plan.
        case plan
        /// The board or the office for it.
        case board
        /// A member.
        case member
        /// A user who is no member.
        case user

        /// The name on screens.
        public var title: String {
            switch self {
            case .plan: "El plan de trabajo"
            case .board: "La junta"
            case .member: "Un asociado"
            case .user: "Un usuario"
            }
        }
    }

    /// What the entity answers.
    public struct Answer: Sendable, Hashable {
        /// Whether it will be given.
        public let isAccepted: Bool
        /// Why, or when.
        public let words: String
        /// When it answered.
        public let day: CalendarDate
    }

    /// Identifies it.
    public let id: ID<TopicProposal>
    /// The year that it is proposed for.
    public let year: Int
    /// For whom.
    public let audience: WorkPlan.Audience
    /// The topic.
    public let topic: String
    /// What for.
    public let reason: String?
    /// Who proposes.
    public let origin: Origin
    /// When it was proposed.
    public let proposedOn: CalendarDate
    /// The answer, `nil` while it waits.
    public let answer: Answer?

    /// Proposes a topic.
    ///
    /// - Throws: ``TrainingError/untitled``.
    public init(
        id: ID<TopicProposal> = ID(), year: Int, audience: WorkPlan.Audience, topic: String,
        reason: String? = nil, origin: Origin, proposedOn: CalendarDate, answer: Answer? = nil
    ) throws(TrainingError) {
        guard let topic = topic.trimmedOrNil else { throw .untitled }
        self.id = id
        self.year = year
        self.audience = audience
        self.topic = topic
        self.reason = reason?.trimmedOrNil
        self.origin = origin
        self.proposedOn = proposedOn
        self.answer = answer
    }
}

/// A training of the programme of a year. It is given in a meeting, and who came stands in its attendance.
public struct Training: Sendable, Hashable {
    /// How much of a training one stays for to be certified, where nothing else is said, in percent.
    public static let usualStay = 80

    /// Identifies it.
    public let id: ID<Training>
    /// The year.
    public let year: Int
    /// The month that it is planned for, from 1 to 12.
    public let month: Int
    /// The topic.
    public let topic: String
    /// For whom.
    public let audience: WorkPlan.Audience
    /// Who gives it: the entity, a control body, somebody else.
    public let provider: String
    /// The activity of the plan that it is given for; `nil` where it counts for each of its kind.
    public let activity: ID<WorkPlan.Activity>?
    /// The proposal that it answers.
    public let proposal: ID<TopicProposal>?
    /// The meeting in which it is given; `nil` while it is not on the calendar.
    public let meeting: ID<Meeting>?
    /// How much of it one has to stay for to be certified, in percent.
    public let stayPercent: Int
    /// Why it will not be given.
    public let dropReason: String?

    /// Plans a training.
    ///
    /// - Throws: ``TrainingError``.
    public init(
        id: ID<Training> = ID(), year: Int, month: Int, topic: String, audience: WorkPlan.Audience,
        provider: String, activity: ID<WorkPlan.Activity>? = nil, proposal: ID<TopicProposal>? = nil,
        meeting: ID<Meeting>? = nil, stayPercent: Int = usualStay, dropReason: String? = nil
    ) throws(TrainingError) {
        guard let topic = topic.trimmedOrNil else { throw .untitled }
        guard let provider = provider.trimmedOrNil else { throw .providerMissing }
        guard (1...12).contains(month) else { throw .unknownMonth }
        guard (1...100).contains(stayPercent) else { throw .unknownStay }
        self.id = id
        self.year = year
        self.month = month
        self.topic = topic
        self.audience = audience
        self.provider = provider
        self.activity = activity
        self.proposal = proposal
        self.meeting = meeting
        self.stayPercent = stayPercent
        self.dropReason = dropReason
    }
}

/// How those who came found a training.
public struct TrainingEvaluation: Sendable, Hashable {
    /// From 1 to 5.
    public let content: Int
    /// From 1 to 5.
    public let trainer: Int
    /// From 1 to 5.
    public let usefulness: Int
    /// What else they say.
    public let remark: String?

    /// Takes the marks of somebody.
    ///
    /// - Throws: ``TrainingError/unknownMark``.
    public init(content: Int, trainer: Int, usefulness: Int, remark: String? = nil) throws(TrainingError) {
        guard [content, trainer, usefulness].allSatisfy((1...5).contains) else { throw .unknownMark }
        self.content = content
        self.trainer = trainer
        self.usefulness = usefulness
        self.remark = remark?.trimmedOrNil
    }

    /// The mean of a mark over evaluations, in tenths; `nil` without any.
    public static func mean(of mark: (Self) -> Int, over evaluations: [Self]) -> Int? {
        guard !evaluations.isEmpty else { return nil }
        let sum = evaluations.reduce(0) { $0 + mark($1) }
        return (sum * 10 + evaluations.count / 2) / evaluations.count
    }
}

/// Somebody who came to a training, and for how long.
public struct Trainee: Sendable, Hashable {
    /// Identifies the first of their stays.
    public let id: ID<Attendance>
    /// The person, where the register has them.
    public let person: ID<Person>?
    /// The name.
    public let name: String
    /// The document, where it is known.
    public let document: IdentityDocument?
    /// How much of the training they stayed for, in percent.
    public let stayed: Int

    /// Whether it was enough.
    public func isCertified(of training: Training) -> Bool { stayed >= training.stayPercent }

    /// Those who came to a session, and for how long; who conducts it or came for the entity learns nothing in it.
    ///
    /// Stays of the same person count together; one who is still noted as there when it closed stayed to the end.
    public static func all(_ attendances: [Attendance], in session: Meeting.Session) -> [Self] {
        guard let closedAt = session.closedAt, closedAt > session.openedAt else { return [] }
        let whole = closedAt.timeIntervalSince(session.openedAt)
        let stays = attendances.filter {
            $0.undoneAt == nil && [.entitled, .user, .guest].contains($0.capacity)
        }
        var order: [String] = []
        var grouped: [String: [Attendance]] = [:]
        for stay in stays {
            let key = stay.person?.description ?? stay.name.folded
            if grouped[key] == nil { order.append(key) }
            grouped[key, default: []].append(stay)
        }
        return order.compactMap { key in
            guard let own = grouped[key], let first = own.first else { return nil }
            let seconds = own.reduce(0.0) { sum, stay in
                let came = max(stay.arrivedAt, session.openedAt)
                return sum + max(0, min(stay.leftAt ?? closedAt, closedAt).timeIntervalSince(came))
            }
            return Self(
                id: first.id, person: first.person, name: first.name, document: first.document,
                stayed: min(100, Int((seconds * 100 / whole).rounded(.down))))
        }
    }
}

/// Why something of a training is refused.
public enum TrainingError: UserFacingError, Hashable {
    /// There is no such training or proposal.
    case notFound
    /// It says no topic.
    case untitled
    /// Nobody is said to give it.
    case providerMissing
    /// A month that is none.
    case unknownMonth
    /// A share that is none.
    case unknownStay
    /// A mark that is none.
    case unknownMark
    /// The same topic was proposed for the same people in that year.
    case alreadyProposed
    /// The proposal has its answer.
    case alreadyAnswered
    /// The answer says nothing.
    case answerMissing
    /// It has its meeting.
    case alreadyScheduled
    /// It will not be given.
    case dropped
    /// It does not say why it will not be given.
    case reasonMissing
    /// It was not held yet.
    case notHeld
    /// The person was not in it.
    case notThere
    /// The person has evaluated it.
    case alreadyEvaluated
    /// The plan proposes no topic that was not proposed already.
    case nothingToPropose

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.training.not_found"
        case .untitled: "governance.training.untitled"
        case .providerMissing: "governance.training.provider_missing"
        case .unknownMonth: "governance.training.unknown_month"
        case .unknownStay: "governance.training.unknown_stay"
        case .unknownMark: "governance.training.unknown_mark"
        case .alreadyProposed: "governance.training.already_proposed"
        case .alreadyAnswered: "governance.training.already_answered"
        case .answerMissing: "governance.training.answer_missing"
        case .alreadyScheduled: "governance.training.already_scheduled"
        case .dropped: "governance.training.dropped"
        case .reasonMissing: "governance.training.reason_missing"
        case .notHeld: "governance.training.not_held"
        case .notThere: "governance.training.not_there"
        case .alreadyEvaluated: "governance.training.already_evaluated"
        case .nothingToPropose: "governance.training.nothing_to_propose"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .alreadyProposed, .alreadyAnswered, .alreadyScheduled, .dropped, .notHeld, .alreadyEvaluated,
            .nothingToPropose:
            .conflict
        case .notThere: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .untitled, .alreadyProposed: "topic"
        case .providerMissing: "provider"
        case .unknownMonth: "month"
        case .unknownStay: "stay"
        case .unknownMark: "content"
        case .answerMissing: "answer"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos esa capacitación. Vuelva a las capacitaciones del año."
        case .untitled: "Escriba el tema."
        case .providerMissing: "Diga quién la dicta."
        case .unknownMonth: "Escoja un mes de la lista."
        case .unknownStay: "Escriba un porcentaje entre 1 y 100."
        case .unknownMark: "Califique de 1 a 5."
        case .alreadyProposed: "Ese tema ya se propuso este año para las mismas personas."
        case .alreadyAnswered: "Ese tema ya tiene respuesta."
        case .answerMissing: "Escriba la respuesta: por qué, o para cuándo."
        case .alreadyScheduled: "Esa capacitación ya tiene su reunión."
        case .dropped: "Esa capacitación se quitó del programa."
        case .reasonMissing: "Diga por qué se quita del programa."
        case .notHeld: "La capacitación todavía no se ha realizado."
        case .notThere: "Solo la evalúa quien asistió."
        case .alreadyEvaluated: "Usted ya la evaluó. Gracias."
        case .nothingToPropose: "Los temas del plan ya se propusieron todos."
        }
    }
}
