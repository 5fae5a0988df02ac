public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Adds the closed tables of a contest up and says who is elected (`escrutinio`), provisionally.
public struct MakeCanvass: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.canvass
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>

    /// The canvass of a contest.
    public init(of contest: ID<Contest>, in place: ProcessPlace) {
        self.place = place
        self.contest = contest
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Counts, keeps the arithmetic and seals the provisional record; once for the same counts of the tables.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError/annulmentOpen``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<CountResult> {
        let process = try await transaction.processGoingOn(place)
        try await transaction.requireNoAnnulment(of: contest, in: place.process)
        let sum = try await transaction.sum(of: contest, in: place)
        // Frozen counts do not change: made again, the canvass could only be drawn or sealed anew.
        guard try await !transaction.isCounted(sum, of: contest) else { throw CanvassError.nothingChanged }
        let canvass = try await transaction.insert(sum, of: contest, in: place, cause: .count, at: now)
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            sum.result,
            AuditEvent(
                "elections.canvass.made", subject: canvass,
                details: ["contest": contest.description, "outcome": sum.result.outcome.rawValue]))
    }
}
