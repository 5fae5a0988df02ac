public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Ends a contest that elected nobody: without valid votes it is void (`desierta`), and where blank votes won it has
/// to be repeated. Its seats wait for another call.
public struct EndContest: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.canvass
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>
    /// Why.
    public let reason: String

    /// A contest that elected nobody.
    public init(_ contest: ID<Contest>, in place: ProcessPlace, because reason: String) {
        self.place = place
        self.contest = contest
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Ends it; where every contest of the process ended so, the process ends with it.
    ///
    /// - Throws: ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !reason.isEmpty else { throw CanvassError.wordsMissing }
        guard !(try await transaction.hasOpenChallenge(place)) else { throw CanvassError.challengeOpen }
        guard let last = try await transaction.lastCanvass(of: contest) else {
            throw CanvassError.notCanvassed
        }
        let state: Contest.State =
            switch last.outcome {
            case "void": .void
            case "blank_wins": .blankWon
            default: throw CanvassError.somebodyElected
            }
        try await transaction.end(contest, as: state, because: reason, in: place, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            AuditEvent("elections.contest.ended", subject: contest, details: ["state": state.rawValue]))
    }
}
