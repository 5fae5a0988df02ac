public import Foundation
public import Kernel
public import Tenancy

/// Takes a topic that a user who is no member proposes on the public page. Nobody is asked who they are; a code tells them
/// what the entity answers.
public struct SuggestTopic: Undertaking {
    /// Who may do it.
    public static let permission = Permission.proposeTopics
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The topic.
    public let topic: String
    /// What for.
    public let reason: String?
    /// The code by which the answer is read.
    public let code: ReadableCode

    /// Takes what a person filled in.
    ///
    /// - Throws: ``TrainingError/untitled``.
    public init(
        _ topic: String, of alliance: ID<Alliance>, because reason: String?, code: ReadableCode
    ) throws(TrainingError) {
        guard let topic = topic.trimmedOrNil else { throw .untitled }
        self.alliance = alliance
        self.topic = topic
        self.reason = reason?.trimmedOrNil
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Proposes it for the year that goes on.
    ///
    /// - Throws: ``TrainingError/alreadyProposed``, `InvalidInput` where it tells of somebody's health or document.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireUndissolved(alliance)
        try await transaction.clinicalFilter().check([("topic", topic), ("reason", reason)])
        let today = ColombianTime.date(at: now)
        let proposal = try TopicProposal(
            year: today.components.year, audience: .users, topic: topic, reason: reason, origin: .user,
            proposedOn: today)
        try await transaction.insert(proposal, of: alliance, receipt: code, at: now)
        return Audited(
            AuditEvent(
                "governance.topic.proposed", subject: proposal.id,
                details: [
                    "year": String(proposal.year), "topic": proposal.topic,
                    "origin": proposal.origin.rawValue,
                ]))
    }
}

/// The topic that a code is of, with the entity's answer. The server asks it for whoever types the code.
public struct FollowTopic: Query {
    /// Who may do it.
    public static let permission = Permission.proposeTopics
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The code.
    public let code: ReadableCode

    /// Asks by a code.
    public init(by code: ReadableCode, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it; `nil` where none of the alliance has the code.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> TopicProposal? {
        try await transaction.topic(by: code, of: alliance)
    }
}

/// Topics of training that nobody of the entity has answered.
public struct TopicsToAnswer: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever answers for the entity.
    public var permission: Permission { .answerTopics }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.topicsToAnswer().map { $0.item(.topicsToAnswer) }
    }
}
