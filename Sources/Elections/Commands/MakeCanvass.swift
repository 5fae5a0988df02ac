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

    /// Counts, keeps the arithmetic and seals the provisional record.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<CountResult> {
        let process = try await transaction.processGoingOn(place)
        let sum = try await transaction.sum(of: contest, in: place)
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

/// Settles a tie by lot from a public seed, which anybody can repeat.
///
/// The seed is the contest, the SHA-256 of the record that told the tie, and a number that somebody else reads
/// aloud, so that nobody knows the outcome before.
public struct RecordDraw: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.canvass
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>
    /// The number that was read aloud.
    public let number: String
    /// Who read it and who was there.
    public let witnesses: String

    /// A draw before witnesses.
    public init(of contest: ID<Contest>, in place: ProcessPlace, number: String, witnesses: String) {
        self.place = place
        self.contest = contest
        self.number = number
        self.witnesses = witnesses.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Draws, and keeps the result as the next version of the canvass.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError`` and ``DrawError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Draw> {
        guard !witnesses.isEmpty else { throw CanvassError.wordsMissing }
        let process = try await transaction.processGoingOn(place)
        guard let last = try await transaction.lastCanvass(of: contest) else {
            throw CanvassError.notCanvassed
        }
        guard last.outcome == .tie || last.outcome == .runoff else { throw CanvassError.nothingTied }
        var sum = try await transaction.sum(of: contest, in: place)
        guard let tie = sum.result.ties.first else { throw CanvassError.nothingTied }
        let seed = try DrawSeed(contest: contest, canvassRecord: last.recordDigest, number: number)
        let draw = try Draw(among: tie.among, places: tie.winners, seed: seed)
        sum.result = try sum.result.settled(by: seed)
        let id = ID<Draw>()
        try await transaction.insert(
            draw, as: id, for: contest, round: sum.round, in: place, witnesses: witnesses, at: now)
        let canvass = try await transaction.insert(
            sum, of: contest, in: place, cause: .draw, draw: id, at: now)
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            draw,
            AuditEvent(
                "elections.draw.recorded", subject: id,
                details: ["canvass": canvass.description, "seed": seed.digestText]))
    }
}
