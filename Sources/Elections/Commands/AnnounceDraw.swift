public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Announces a draw (`anuncia el sorteo`), of a tie or of the order of a ballot: where its number will come from, fixed before
/// anybody names it.
///
/// The announcement shows the seal of a secret that nobody sees before the draw and that joins the number in the seed.
/// Whoever names the number cannot try out what it leads to, and whoever could read the secret cannot change it. The same
/// people are drawn for the same once.
public struct AnnounceDraw: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.canvass
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>
    /// What it settles.
    public let purpose: DrawPurpose
    /// Where the number will come from: who reads it, which lottery of which day.
    public let source: String

    /// A draw that is to be held.
    public init(
        of contest: ID<Contest>, in place: ProcessPlace, for purpose: DrawPurpose = .tie, from source: String
    ) {
        self.place = place
        self.contest = contest
        self.purpose = purpose
        self.source = source.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the source and seals a new secret.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``, ``BallotOrderError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !source.isEmpty else { throw CanvassError.drawSourceMissing }
        _ = try await transaction.processGoingOn(place)
        let due = try await transaction.dueDraw(purpose, of: contest, in: place, at: now)
        let seal = try await transaction.announce(
            due, of: contest, in: place, from: source, sealing: Salt.random(), at: now)
        return Audited(
            AuditEvent(
                "elections.draw.announced", subject: contest,
                details: ["purpose": purpose.title, "source": source, "seal": seal]))
    }
}

/// Writes down the number of an announced draw as it was read aloud. Somebody of another role confirms it.
public struct NameDrawNumber: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.canvass
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>
    /// What it settles.
    public let purpose: DrawPurpose
    /// The number that was read aloud.
    public let number: String
    /// Who read it and who was there.
    public let witnesses: String

    /// A number that was read before witnesses.
    public init(
        _ number: String, of contest: ID<Contest>, in place: ProcessPlace, for purpose: DrawPurpose = .tie,
        witnesses: String
    ) {
        self.place = place
        self.contest = contest
        self.purpose = purpose
        self.number = number.trimmingCharacters(in: .whitespacesAndNewlines)
        self.witnesses = witnesses.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps it in place of one that was written down before and not confirmed.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``, ``DrawError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !witnesses.isEmpty else { throw CanvassError.witnessesMissing }
        // What could be no part of a seed is refused while it can still be written anew.
        _ = try DrawSeed([number])
        _ = try await transaction.processGoingOn(place)
        let due = try await transaction.dueDraw(purpose, of: contest, in: place, at: now)
        guard let announced = try await transaction.announcement(of: due, in: contest) else {
            throw CanvassError.drawNotAnnounced
        }
        try await transaction.insert(number: number, witnesses: witnesses, of: announced.id, at: now)
        return Audited(
            AuditEvent(
                "elections.draw.number_named", subject: contest,
                details: ["purpose": purpose.title, "number": number]))
    }
}

/// Confirms that a number is the one that was read aloud, which draws: somebody else than who wrote it down, and
/// nobody of the committee.
public struct ConfirmDraw: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.confirmDraws
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>
    /// What it settles.
    public let purpose: DrawPurpose
    /// Which number, as it was read.
    public let attempt: Int

    /// Names the number.
    public init(
        _ attempt: Int, of contest: ID<Contest>, in place: ProcessPlace, for purpose: DrawPurpose = .tie
    ) {
        self.place = place
        self.contest = contest
        self.purpose = purpose
        self.attempt = attempt
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Draws from what was known before, the number and the secret. What settles a tie is kept as the next version of the
    /// canvass; the order holds from then on for all that prints or shows a ballot.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``, ``BallotOrderError`` and ``DrawError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Draw> {
        let process = try await transaction.processGoingOn(place)
        let due = try await transaction.dueDraw(purpose, of: contest, in: place, at: now)
        guard let announced = try await transaction.announcement(of: due, in: contest) else {
            throw CanvassError.drawNotAnnounced
        }
        guard let number = try await transaction.number(of: announced.id), number.attempt == attempt else {
            throw CanvassError.drawNumberChanged
        }
        let seed = try DrawSeed(
            contest: contest, canvassRecord: announced.recordDigest, number: number.number,
            further: [announced.secret])
        let draw = try Draw(among: due.among.map { Contender(rawValue: $0) }, places: due.places, seed: seed)
        let id = ID<Draw>()
        try await transaction.insert(draw, as: id, from: announced, number, of: contest, in: place, at: now)
        var details = ["purpose": purpose.title, "seed": seed.digestText]
        if purpose == .tie {
            details["canvass"] = try await settle(process, in: transaction, at: now).description
        }
        return Audited(draw, AuditEvent("elections.draw.recorded", subject: id, details: details))
    }

    /// Makes the canvass that the draw of a tie leads to.
    private func settle(
        _ process: ElectionProcess, in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> ID<Canvass> {
        let sum = try await transaction.sum(of: contest, in: place)
        let canvass = try await transaction.insert(sum, of: contest, in: place, cause: .draw, at: now)
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return canvass
    }
}

/// Reads how far the draw of a contest's tie has come; `nil` where nothing is tied.
public struct ReadDraw: Query {
    /// Who may do it.
    public static let permission = Permission.seeCanvasses
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>

    /// Asks about a contest.
    public init(of contest: ID<Contest>, in place: ProcessPlace) {
        self.place = place
        self.contest = contest
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> DrawFile? {
        do {
            return try await transaction.drawFile(.tie, of: contest, in: place, at: now)
        } catch CanvassError.nothingTied, CanvassError.notCanvassed {
            return nil
        }
    }
}

/// Reads the order of the ballot of a contest, and how far its draw has come.
public struct ReadBallotOrder: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>

    /// Asks about a contest.
    public init(of contest: ID<Contest>, in place: ProcessPlace) {
        self.place = place
        self.contest = contest
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``CanvassError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> BallotOrder {
        try await transaction.ballotOrder(of: contest, in: place, at: now)
    }
}
