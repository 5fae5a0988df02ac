public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Seals a box once nothing is missing: `election.json`, `trustees.json` and the public credentials begin its archive, and
/// nothing of it changes any more. The contests of a box that counts are announced with it.
public struct SealBox: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>

    /// Names the box.
    public init(_ box: ID<BallotBox>, in place: ProcessPlace) {
        self.place = place
        self.box = box
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Seals it.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<BoxHead> {
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        let file = try await transaction.boxFile(of: box, in: place, at: now)
        let missing = file.obstacles(at: now)
        guard missing.isEmpty else { throw BoxError.obstacles(missing) }
        try await transaction.requireBeforeTables(box)
        if !found.isMock {
            let undecided = try await transaction.undecidedSlates(of: place.process)
            guard undecided == 0 else { throw VotingDayError.slatesUndecided(undecided) }
            for question in file.questions {
                try await transaction.announce(
                    question.contest, round: question.round, in: nil, of: place, at: now)
            }
        }
        let sealed = try await transaction.seal(
            found, asking: try await transaction.questionsToAsk(in: found), at: now)
        return Audited(
            sealed.head,
            AuditEvent(
                "elections.box.sealed", subject: box,
                details: [
                    "box": found.title, "fingerprint": sealed.fingerprint,
                    "head": sealed.head.digest.description,
                ]))
    }
}
