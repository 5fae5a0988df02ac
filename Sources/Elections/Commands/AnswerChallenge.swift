public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Writes down what the other side answers to a challenge.
public struct AnswerChallenge: Command {
    /// Who may do it.
    public static let permission = Permission.fileChallenges
    /// The process.
    public let place: ProcessPlace
    /// The challenge.
    public let challenge: ID<Challenge>
    /// The answer.
    public let answer: String
    /// Who answers.
    public let answeredBy: String

    /// An answer as it was written.
    public init(_ answer: String, to challenge: ID<Challenge>, in place: ProcessPlace, by answeredBy: String)
    {
        self.place = place
        self.challenge = challenge
        self.answer = answer.trimmingCharacters(in: .whitespacesAndNewlines)
        self.answeredBy = answeredBy.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it.
    ///
    /// - Throws: ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !answer.isEmpty, !answeredBy.isEmpty else { throw CanvassError.wordsMissing }
        try await transaction.answer(self, at: now)
        return Audited(AuditEvent("elections.challenge.answered", subject: challenge))
    }
}
