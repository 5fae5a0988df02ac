public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Files a challenge against a provisional result.
public struct FileChallenge: Command {
    /// Who may do it.
    public static let permission = Permission.fileChallenges
    /// The process.
    public let place: ProcessPlace
    /// The contest, where it is about one.
    public let contest: ID<Contest>?
    /// The table, where it is about one.
    public let table: ID<VotingTable>?
    /// Who challenges.
    public let challenger: String
    /// The ground.
    public let ground: ChallengeGround
    /// What happened.
    public let facts: String

    /// A challenge as it was written.
    public init(
        in place: ProcessPlace, of contest: ID<Contest>? = nil, at table: ID<VotingTable>? = nil,
        by challenger: String, on ground: ChallengeGround, facts: String
    ) {
        self.place = place
        self.contest = contest
        self.table = table
        self.challenger = challenger.trimmingCharacters(in: .whitespacesAndNewlines)
        self.ground = ground
        self.facts = facts.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it; the proclamation waits. Also while the process is suspended: nobody loses the term by it.
    ///
    /// - Throws: ``ProcessError/over(_:)``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Challenge>> {
        guard !challenger.isEmpty, !facts.isEmpty else { throw CanvassError.wordsMissing }
        let process = try await transaction.lockedProcess(place)
        guard !process.state.isOver else { throw ProcessError.over(process.state) }
        guard try await transaction.challengeTerms(of: place).isOpen(for: contest, at: now) else {
            throw CanvassError.outsideChallenges
        }
        let id = ID<Challenge>()
        try await transaction.insert(self, as: id, at: now)
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            id, AuditEvent("elections.challenge.filed", subject: id, details: ["ground": ground.rawValue]))
    }
}

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

/// Decides a challenge with its reasons. Upheld, it has an effect: without a table the result is counted anew, and what
/// annuls a contest or the process is proposed, so that a second person of another role settles it.
public struct DecideChallenge: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.decideChallenges
    /// The process.
    public let place: ProcessPlace
    /// The challenge.
    public let challenge: ID<Challenge>
    /// What it does where it is upheld; `nil` where it is dismissed.
    public let effect: ChallengeEffect?
    /// Why.
    public let reason: String

    /// A decision: upheld with an effect, or dismissed without one.
    public init(
        _ challenge: ID<Challenge>, in place: ProcessPlace, effect: ChallengeEffect?, because reason: String
    ) {
        self.place = place
        self.challenge = challenge
        self.effect = effect
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Decides it.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``, ``DisruptionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !reason.isEmpty else { throw CanvassError.wordsMissing }
        let process = try await transaction.processGoingOn(place)
        try await transaction.decide(self, at: now)
        if effect == .annulContest || effect == .annulProcess { try await annul(in: transaction, at: now) }
        for contest in try await transaction.takeEffect(self, at: now) {
            let sum = try await transaction.sum(of: contest, in: place)
            _ = try await transaction.insert(sum, of: contest, in: place, cause: .challenge, at: now)
        }
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            AuditEvent(
                "elections.challenge.decided", subject: challenge,
                details: ["effect": effect?.rawValue ?? ChallengeFile.State.dismissed.rawValue]))
    }

    /// Proposes the annulment that the decision asks for; a proclamation that was proposed is taken back.
    private func annul(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        guard let file = try await transaction.challenge(challenge, of: place) else {
            throw CanvassError.challengeNotOpen
        }
        guard let role = transaction.scope.principal.role(for: .annulProcesses, in: stream) else {
            throw DisruptionError.sameRole
        }
        try await transaction.withdrawProclamation(
            of: place, because: "Se aceptó la impugnación n.º \(file.number)", at: now)
        try await transaction.proposeAnnulment(
            ID(), of: place.process, contest: effect == .annulContest ? file.contest : nil, after: challenge,
            as: role, because: reason, at: now)
    }
}
