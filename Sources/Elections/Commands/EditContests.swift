public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Adds a contest to a draft: some seats of a body on a ballot of their own.
public struct AddContest: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What was decided about it.
    public let choices: ContestChoices

    /// Takes what a person chose.
    public init(_ choices: ContestChoices, to process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
        self.choices = choices
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Adds it behind the others.
    ///
    /// - Throws: ``ProcessError``, ``ContestError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Contest>> {
        try await transaction.requireDraft(process, of: alliance)
        let contests = try await transaction.contests(of: process)
        let contest = try await transaction.contest(
            choices, ID(), in: process, of: alliance, at: (contests.map(\.position).max() ?? 0) + 1, now: now)
        try await transaction.insert([contest])
        return Audited(
            contest.id,
            AuditEvent("elections.contest.added", subject: contest.id, details: contest.traces))
    }
}

/// Changes a contest of a draft. Its rules are those of before the call: a published one stands.
public struct ChangeContest: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The contest.
    public let contest: ID<Contest>
    /// What was decided about it.
    public let choices: ContestChoices

    /// Takes what a person chose.
    public init(
        _ contest: ID<Contest>, to choices: ContestChoices, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.process = process
        self.alliance = alliance
        self.contest = contest
        self.choices = choices
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes it anew in its place.
    ///
    /// - Throws: ``ProcessError``, ``ContestError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireDraft(process, of: alliance)
        guard let before = try await transaction.contests(of: process).first(where: { $0.id == contest })
        else {
            throw ContestError.notFound
        }
        let after = try await transaction.contest(
            choices, contest, in: process, of: alliance, at: before.position, now: now)
        try await transaction.remove(contest, of: process)
        try await transaction.insert([after])
        return Audited(
            AuditEvent("elections.contest.changed", subject: contest, details: after.traces))
    }
}

/// Takes a contest out of a draft.
public struct RemoveContest: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The contest.
    public let contest: ID<Contest>

    /// Names the contest.
    public init(_ contest: ID<Contest>, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
        self.contest = contest
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Takes it out; the last one stays.
    ///
    /// - Throws: ``ProcessError``, ``ContestError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireDraft(process, of: alliance)
        let contests = try await transaction.contests(of: process)
        guard let found = contests.first(where: { $0.id == contest }) else { throw ContestError.notFound }
        guard contests.count > 1 else { throw ContestError.lastContest }
        try await transaction.remove(contest, of: process)
        return Audited(
            AuditEvent("elections.contest.removed", subject: contest, details: ["name": found.name]))
    }
}

/// Splits a contest of a draft into one for each of its seats, each on a ballot of its own with the name of its post.
public struct SplitContest: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The contest.
    public let contest: ID<Contest>

    /// Names the contest.
    public init(_ contest: ID<Contest>, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
        self.contest = contest
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Makes one contest a seat, by the rules that the bylaws give one seat.
    ///
    /// - Throws: ``ProcessError``, ``ContestError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<[ID<Contest>]> {
        try await transaction.requireDraft(process, of: alliance)
        let contests = try await transaction.contests(of: process)
        guard let whole = contests.first(where: { $0.id == contest }),
            let body = try await transaction.body(whole.body)
        else { throw ContestError.notFound }
        guard whole.seats.count > 1 else { throw ContestError.oneSeatOnly }
        let seats = try await transaction.seats(of: whole.body).filter { whole.seats.contains($0.id) }
        let bylaws = try await transaction.bylaws(of: alliance, on: ColombianTime.date(at: now))
        let first = (contests.map(\.position).max() ?? 0) + 1
        let parts = seats.enumerated().map { index, seat in
            var choices = ContestChoices(
                .proposed(for: body, seats: [seat], under: bylaws, in: process, at: first + index))
            choices.name =
                contests.contains { $0.name == seat.title } ? "\(seat.title) (\(body.name))" : seat.title
            choices.votingMode = whole.votingMode == .singleList ? .paper : whole.votingMode
            choices.startsOn = whole.startsOn
            return (choices, first + index)
        }
        try await transaction.remove(contest, of: process)
        var made: [ID<Contest>] = []
        for (choices, position) in parts {
            let part = try choices.contest(
                in: process, at: position, of: (body, seats), under: bylaws)
            try await transaction.insert([part])
            made.append(part.id)
        }
        return Audited(
            made,
            AuditEvent(
                "elections.contest.split", subject: contest,
                details: ["name": whole.name, "into": parts.map(\.0.name).joined(separator: "; ")]))
    }
}

extension Contest {
    /// What the trace says of it.
    fileprivate var traces: [String: String] {
        [
            "name": name, "seats": String(seats.count), "rule": rule.rawValue, "mode": votingMode.rawValue,
            "candidature": candidature.rawValue, "source": rulesSource,
        ]
    }
}

extension Transaction where Scope == TenantScope {
    /// Refuses what is not a draft of this alliance; the draft stays as it is until the transaction ends.
    ///
    /// - Throws: ``ProcessError``.
    func requireDraft(_ process: ID<ElectoralProcess>, of alliance: ID<Alliance>) async throws {
        guard let found = try await lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard found.state == .draft else { throw ProcessError.alreadyCalled }
    }

    /// The contest that choices make in a process.
    fileprivate func contest(
        _ choices: ContestChoices, _ id: ID<Contest>, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>, at position: Int, now: Date
    ) async throws -> Contest {
        guard let seat = choices.seats.first else { throw ContestError.noSeats }
        for body in try await bodies(of: alliance) {
            let seats = try await seats(of: body.id).filter(\.isElected)
            guard seats.contains(where: { $0.id == seat }) else { continue }
            return try choices.contest(
                id, in: process, at: position, of: (body, seats),
                under: try await bylaws(of: alliance, on: ColombianTime.date(at: now)))
        }
        throw ContestError.seatsOfSeveralBodies
    }
}
