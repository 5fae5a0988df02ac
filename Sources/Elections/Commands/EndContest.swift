public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Ends a contest that elected nobody: without valid votes, or where nobody who stands obtained a seat, it is void
/// (`desierta`), and where blank votes won it has to be repeated. Its seats wait for another call.
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

    /// Ends it once its result can no longer be challenged; where every contest of the process ended, the process ends
    /// with it.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``, ``DisruptionError/annulmentOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !reason.isEmpty else { throw CanvassError.wordsMissing }
        let process = try await transaction.processGoingOn(place)
        try await transaction.requireNoAnnulment(of: contest, in: place.process)
        guard !(try await transaction.hasOpenChallenge(place, to: contest)) else {
            throw CanvassError.challengeOpen
        }
        let state: Contest.State =
            switch try await transaction.openTurn(of: contest, in: place).outcome {
            case nil: throw CanvassError.notCanvassed
            case .void, .nobody: .void
            case .blankWins: .blankWon
            case .elected: throw CanvassError.somebodyElected
            case .tie: throw CanvassError.tieUndrawn
            case .runoff: throw CanvassError.runoffDue
            }
        if let window = try await transaction.challengeTerms(of: place).window(of: contest),
            window.isOpen(at: now)
        {
            throw CanvassError.resultMayBeChallenged(SpanishFormat.longDate(window.lastDay))
        }
        try await transaction.end(contest, as: state, because: reason, in: place)
        try await transaction.advance(process, because: reason, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            AuditEvent("elections.contest.ended", subject: contest, details: ["state": state.rawValue]))
    }
}
