public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Answers a poll. The server does it for whoever answers, so that the chain does not tell who did.
public struct AnswerPoll: Undertaking {
    /// Who may do it.
    public static let permission = Permission.answerPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>
    /// The answers chosen of each question.
    public let choices: [[Int]]
    /// What else is said.
    public let comment: String?
    /// From where it comes.
    public let mark: PollMark

    /// Takes answers.
    public init(
        _ choices: [[Int]], comment: String?, to poll: ID<Poll>, of alliance: ID<Alliance>,
        from mark: PollMark
    ) {
        self.alliance = alliance
        self.poll = poll
        self.choices = choices
        self.comment = comment
        self.mark = mark
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps them.
    ///
    /// - Throws: ``PollError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        let found = try await transaction.poll(poll, of: alliance)
        guard found.standing(on: ColombianTime.date(at: now)) == .open else { throw PollError.notOpen }
        if case .device = mark, !found.isPublic { throw PollError.notFound }
        let sheet = try PollSheet(
            choices, comment: found.takesComments ? comment : nil, to: found.questions)
        try await transaction.clinicalFilter().check([("comment", sheet.comment)])
        try await transaction.insert(sheet, to: poll, from: mark)
        return Audited(AuditEvent("governance.poll.answered", subject: poll))
    }
}
