public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Decides a challenge with its reasons. Upheld, it has an effect: without a table the round that was challenged is
/// counted anew, and what annuls a box, a contest or the process is proposed, so that a second person of another role settles it.
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
        try await requireToldExclusions(in: transaction)
        try await transaction.decide(self, at: now)
        if effect == .annulContest || effect == .annulProcess { try await annul(in: transaction, at: now) }
        if effect == .annulBox { try await annulBox(in: transaction, at: now) }
        let annulled = try await transaction.takeEffect(self, at: now)
        let turns = try await transaction.turns(of: place.process)
        // What has no canvass yet is counted without the table when its turn comes.
        for contest in annulled where turns[contest]?.outcome != nil {
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

    /// Ballots are left out first, and the decision says so: what waits for its second person could not be carried out
    /// after it.
    private func requireToldExclusions(in transaction: borrowing TenantTransaction) async throws {
        guard let exclusions = try await transaction.challenge(challenge, of: place)?.exclusions else {
            throw CanvassError.challengeNotOpen
        }
        guard exclusions.proposed == 0 else { throw CanvassError.exclusionProposed }
        guard effect != .excludeBallots || exclusions.done > 0 else { throw CanvassError.effectWithoutObject }
        guard exclusions.done == 0 || effect != nil && effect != ChallengeEffect.none else {
            throw CanvassError.exclusionDone
        }
    }

    /// Proposes to annul the box that is challenged.
    private func annulBox(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        guard let id = try await transaction.challenge(challenge, of: place)?.box else {
            throw CanvassError.effectWithoutObject
        }
        let box = try await transaction.lockedBox(id, of: place)
        try await transaction.requirePossible(.annul, with: box, at: now)
        guard let role = transaction.scope.principal.role(for: .decideOnBoxes, in: stream) else {
            throw BoxError.sameRole
        }
        try await transaction.propose(
            ID(), .annul, of: box, after: challenge, as: role, because: reason, at: now)
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
