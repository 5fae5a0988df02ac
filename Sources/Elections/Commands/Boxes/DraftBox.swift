public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Drafts an electronic box of contests that are voted in secret, on the frozen roll of their process.
public struct DraftBox: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// What it asks, in this order.
    public let contests: [ID<Contest>]
    /// What is decided about it.
    public let choices: BallotBox.Choices
    /// Whether it is a rehearsal (`simulacro`).
    public let isMock: Bool

    /// Takes what a person chose.
    public init(
        of contests: [ID<Contest>], _ choices: BallotBox.Choices, isMock: Bool = false, in place: ProcessPlace
    ) {
        self.place = place
        self.contests = contests
        self.choices = choices
        self.isMock = isMock
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Drafts it, with an identifier of its own for its archive.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<BallotBox>> {
        let process = try await transaction.processGoingOn(place)
        guard process.state.hasFrozenRoll else { throw BoxError.rollNotFrozen }
        guard !contests.isEmpty else { throw BoxError.noQuestions }
        let bylaws = try await transaction.bylaws(of: place.alliance, on: ColombianTime.date(at: now))
        try choices.check(remoteIsAllowed: bylaws?.allows(.remoteVoting) == true, isMock: isMock)
        let known = try await transaction.contests(of: place.process)
        let turns = try await transaction.turns(of: place.process)
        var asked: [ContestTurn] = []
        for id in contests {
            guard let contest = known.first(where: { $0.id == id }), let turn = turns[id], turn.isOpen else {
                throw ContestError.notFound
            }
            guard contest.votingMode == .paper else { throw BoxError.notSecret(contest.name) }
            if !isMock { try turn.require(turn.round) }
            asked.append(turn)
        }
        if !isMock, asked.contains(where: { $0.round == 1 }) {
            try choices.check(days: try await transaction.announcedDays(of: process))
        }
        let box = ID<BallotBox>()
        try await transaction.draft(
            box, choices, uuid: Self.archiveIdentifier(), isMock: isMock,
            leavingEndsRight: bylaws?.allows(.leavingEndsRight) == true, asking: asked, in: place, at: now)
        try await transaction.requireBeforeTables(box)
        return Audited(
            box,
            AuditEvent(
                "elections.box.drafted", subject: box,
                details: ["name": asked.map(\.name).joined(separator: ", "), "mock": isMock ? "si" : "no"]))
    }

    /// Fourteen characters of Base58: 82 bits, so that no two elections share proofs (`verifiable-voting.md` §4.1).
    private static func archiveIdentifier() -> String {
        let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
        var random = SystemRandomNumberGenerator()
        return String((0..<14).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
    }
}

/// Changes what was decided about a box that is drafted. Keys that were begun are made anew.
public struct EditBox: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// What is decided about it.
    public let choices: BallotBox.Choices

    /// Takes what a person chose.
    public init(_ box: ID<BallotBox>, _ choices: BallotBox.Choices, in place: ProcessPlace) {
        self.place = place
        self.box = box
        self.choices = choices
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Changes it.
    ///
    /// - Throws: ``ProcessError``, ``BoxError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let process = try await transaction.processGoingOn(place)
        let found = try await transaction.lockedBox(box, of: place, in: .preparing)
        let bylaws = try await transaction.bylaws(of: place.alliance, on: ColombianTime.date(at: now))
        try choices.check(remoteIsAllowed: bylaws?.allows(.remoteVoting) == true, isMock: found.isMock)
        if !found.isMock, try await transaction.questions(of: box).contains(where: { $0.round == 1 }) {
            try choices.check(days: try await transaction.announcedDays(of: process))
        }
        let trustees = try await transaction.trustees(of: found)
        guard trustees.allSatisfy({ $0.number <= choices.trustees }) else {
            throw BoxError.trusteesOutOfRange
        }
        let changesKey =
            found.choices.group != choices.group || found.choices.trustees != choices.trustees
            || found.choices.threshold != choices.threshold
        // Credentials are elements of the group: of another, they are none.
        if found.choices.group != choices.group { try await transaction.put([], isFirst: true, in: found) }
        try await transaction.update(
            found, to: choices, ceremony: found.ceremony + (changesKey && !trustees.isEmpty ? 1 : 0))
        return Audited(AuditEvent("elections.box.changed", subject: box))
    }
}

extension Transaction where Scope == TenantScope {
    /// The days on which people are called to a first vote: the calendar's, and later ones to which places were put off.
    ///
    /// None where the calendar has no vote, nor once the vote began: what was broken off, or is held anew in the place of an
    /// annulled box, has no day that was announced, and cannot be put off any more. Before, whoever needs another day puts the
    /// vote off (``PostponeProcess``), with its reason and its notice.
    fileprivate func announcedDays(of process: ElectionProcess) async throws -> Set<CalendarDate> {
        switch process.state {
        case .frozenRoll, .nominations: break
        default: return []
        }
        guard let voting = try await calendar(of: process.id)?[.voting] else { return [] }
        let announced = ColombianTime.date(at: voting.opensAt)
        let days = try await tables(of: process.id).map { ColombianTime.date(at: $0.opensAt) }
        return Set(days.filter { $0 > announced }).union([announced])
    }
}

extension ProcessState {
    /// Whether the roll is frozen, so that a box can be drafted on it.
    var hasFrozenRoll: Bool {
        switch self {
        case .frozenRoll, .nominations, .voting, .count, .provisionalResult, .challenges: true
        case .draft, .called, .provisionalRoll, .claims, .proclaimed, .suspended, .void, .annulled: false
        }
    }
}
