public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins a poll. What it asks is not changed afterwards: answers are to what was read.
public struct OpenPoll: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: Poll

    /// Takes what a person filled in.
    public init(_ poll: Poll, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.poll = poll
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Begins it.
    ///
    /// - Throws: ``PollError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Poll>> {
        guard poll.closesOn >= ColombianTime.date(at: now) else { throw PollError.closesBeforeItOpens }
        try await transaction.clinicalFilter().check([("title", poll.title), ("purpose", poll.purpose)])
        try await transaction.insert(poll, of: alliance, at: now)
        return Audited(
            poll.id,
            AuditEvent(
                "governance.poll.opened", subject: poll.id,
                details: ["title": poll.title, "questions": String(poll.questions.count)]))
    }
}

/// Answers a poll. The server does it for whoever answers, so that the chain does not tell who did.
public struct AnswerPoll: Undertaking {
    /// Who may do it.
    public static let permission = Permission.answerPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>
    /// The answers chosen of each question.
    public let choices: [[Int]]
    /// What else is said.
    public let comment: String?
    /// From where it comes.
    public let mark: PollMark

    /// Takes answers.
    public init(
        _ choices: [[Int]], comment: String?, to poll: ID<Poll>, of alliance: ID<Alliance>,
        from mark: PollMark
    ) {
        self.alliance = alliance
        self.poll = poll
        self.choices = choices
        self.comment = comment
        self.mark = mark
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps them.
    ///
    /// - Throws: ``PollError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        let found = try await transaction.poll(poll, of: alliance)
        guard found.standing(on: ColombianTime.date(at: now)) == .open else { throw PollError.notOpen }
        if case .device = mark, !found.isPublic { throw PollError.notFound }
        let sheet = try PollSheet(
            choices, comment: found.takesComments ? comment : nil, to: found.questions)
        try await transaction.clinicalFilter().check([("comment", sheet.comment)])
        try await transaction.insert(sheet, to: poll, from: mark)
        return Audited(AuditEvent("governance.poll.answered", subject: poll))
    }
}

/// Adds sheets of paper that were counted by hand.
public struct CountPollSheets: Command {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>
    /// The count.
    public let tally: PollTally
    /// The sheets, or the sheet of the count.
    public let paper: StoredFile?

    /// Takes a count.
    public init(
        _ tally: PollTally, of poll: ID<Poll>, in alliance: ID<Alliance>, paper: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.poll = poll
        self.tally = tally
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``PollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        let found = try await transaction.poll(poll, of: alliance)
        guard found.closedOn == nil else { throw PollError.closed }
        guard tally.countedOn <= ColombianTime.date(at: now), tally.countedOn >= found.opensOn else {
            throw PollError.dayOutOfPlace
        }
        try tally.check(against: found.questions)
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .activities, in: stream, at: now) }
        try await transaction.insert(
            PollTally(
                id: tally.id, place: tally.place, sheets: tally.sheets, countedOn: tally.countedOn,
                file: file,
                counts: tally.counts), to: poll, at: now)
        return Audited(
            AuditEvent(
                "governance.poll.counted", subject: poll, details: ["sheets": String(tally.sheets)]))
    }
}

/// Takes back a mistaken count of paper.
public struct WithdrawPollTally: Command {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>
    /// The count.
    public let tally: ID<PollTally>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PollError/reasonMissing``.
    public init(
        _ tally: ID<PollTally>, of poll: ID<Poll>, in alliance: ID<Alliance>, because reason: String
    ) throws(PollError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.poll = poll
        self.tally = tally
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``PollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        guard try await transaction.poll(poll, of: alliance).closedOn == nil else { throw PollError.closed }
        try await transaction.withdraw(tally, of: poll, because: reason)
        return Audited(
            AuditEvent("governance.poll.count_withdrawn", subject: poll, details: ["reason": reason]))
    }
}

/// Closes a poll: it takes no more answers, and what came of it stands.
public struct ClosePoll: Command {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>

    /// Names a poll.
    public init(_ poll: ID<Poll>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.poll = poll
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Closes it today; one that never opened is over on its first day.
    ///
    /// - Throws: ``PollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        let found = try await transaction.poll(poll, of: alliance)
        try await transaction.close(poll, on: max(ColombianTime.date(at: now), found.opensOn))
        return Audited(AuditEvent("governance.poll.closed", subject: poll))
    }
}

/// The polls of an alliance.
public struct ReadPolls: Query {
    /// A poll with how many answered.
    public struct Line: Sendable, Hashable {
        /// The poll.
        public let poll: Poll
        /// How many answered.
        public let answers: Int
    }

    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them, the latest first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Line] {
        let answers = try await transaction.pollAnswers(of: alliance)
        return try await transaction.polls(of: alliance).map { Line(poll: $0, answers: answers[$0.id] ?? 0) }
    }
}

/// A poll with what came of it.
public struct ReadPoll: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The poll.
        public let poll: Poll
        /// What came of it.
        public let result: PollResult
        /// Its counts of paper.
        public let tallies: [PollTally]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let id: ID<Poll>

    /// Asks for a poll.
    public init(_ id: ID<Poll>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``PollError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let poll = try await transaction.poll(id, of: alliance)
        return Answer(
            poll: poll, result: try await transaction.result(of: poll),
            tallies: try await transaction.tallies(of: poll), today: ColombianTime.date(at: now))
    }
}

/// The polls that a member may answer now, and those they answered.
public struct ReadOwnPolls: Query {
    /// A poll with whether they answered it.
    public struct Line: Sendable, Hashable {
        /// The poll.
        public let poll: Poll
        /// Whether it was answered from their account.
        public let isAnswered: Bool
    }

    /// Who may do it.
    public static let permission = Permission.answerPolls
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Line] {
        guard let user = transaction.scope.principal.user else { return [] }
        let today = ColombianTime.date(at: now)
        var lines: [Line] = []
        for poll in try await transaction.polls(of: alliance) where poll.standing(on: today) == .open {
            lines.append(
                Line(
                    poll: poll, isAnswered: try await transaction.isAnswered(poll.id, from: .user(user))))
        }
        return lines
    }
}
