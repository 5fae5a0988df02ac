public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes in what another side answers to a challenge, while it waits for its decision: each side may, also once more.
/// Who took the challenge in does not take the answer in.
public struct AnswerChallenge: Command {
    /// Who may do it.
    public static let permission = Permission.answerChallenges
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
    /// - Throws: ``ProcessError``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !answer.isEmpty, !answeredBy.isEmpty else { throw CanvassError.answerMissing }
        _ = try await transaction.processGoingOn(place)
        guard let found = try await transaction.challenge(challenge, of: place), found.state == .open else {
            throw CanvassError.challengeNotOpen
        }
        let user = transaction.scope.principal.user
        guard user == nil || found.filedBy != user else { throw CanvassError.ownAnswer }
        try await transaction.insert(self, at: now)
        return Audited(
            AuditEvent(
                "elections.challenge.answered", subject: challenge, details: ["by": answeredBy]))
    }
}
