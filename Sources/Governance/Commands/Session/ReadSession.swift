public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A session as its pages need it: the meeting, who is there, quorum, agenda, decisions, questions.
public struct SessionFile: Sendable {
    /// The meeting.
    public let meeting: Meeting
    /// The body that meets.
    public let body: String?
    /// How many count for the quorum, and how many of them are there.
    public let base: Int
    /// Of those who count, how many are there.
    public let present: Int
    /// The quorum at this moment; `nil` where none is asked or the bylaws order none.
    public let quorum: SessionQuorum?
    /// The majority that the bylaws order, with the article.
    public let majority: (ordered: Majority, source: String)?
    /// The checks of the quorum, in their order.
    public let checks: [QuorumRecord]
    /// The agenda.
    public let agenda: [AgendaItem]
    /// The stays, the latest first, undone ones too.
    public let attendances: [Attendance]
    /// The decisions, in their order.
    public let decisions: [MeetingDecision]
    /// The questions, in their order.
    public let questions: [MeetingQuestion]
    /// Those who may be called by name to vote; more than ``PresentVoter/most`` are too many for that.
    public let voters: [PresentVoter]
    /// What may be approved.
    public let approvables: [Approvable]
    /// The code of the open session.
    public let code: ReadableCode?
    /// Whether its minutes were circulated.
    public let minutesAreOut: Bool
    /// The commitments that it looked at.
    public let reviewed: Set<ID<Commitment>>
    /// Who asked for the word and who spoke.
    public let speaking: SpeakingList
    /// How it was opened, closed and opened again.
    public let steps: [SessionStep]
    /// What it lacks to be opened as it should be; nothing once it is open.
    public let lackingToOpen: Set<SessionLack>

    /// Whether the session was opened without quorum, to inform alone, and is so yet.
    public var isInformative: Bool {
        meeting.session != nil && meeting.session?.call == nil
            && checks.contains { $0.occasion == .opening && !$0.isMet }
    }

    /// Who counts in it.
    public var presence: SessionPresence {
        SessionPresence(
            meeting: meeting, base: base, present: present, attendees: presentStays.count, quorum: quorum)
    }
    /// The point that is being treated.
    public var openItem: AgendaItem? { agenda.first { $0.state == .open } }
    /// Those who are there.
    public var presentStays: [Attendance] { attendances.filter(\.isPresent) }
    /// Those who left and are not there, by their last stay, the latest first.
    public var goneStays: [Attendance] {
        var seen = Set(presentStays.map(\.somebody))
        return attendances.filter { $0.undoneAt == nil && seen.insert($0.somebody).inserted }
    }
    /// What it lacks to be closed as it should be.
    public var lackingToClose: Set<SessionLack> {
        var lacking: Set<SessionLack> = []
        if presentStays.isEmpty { lacking.insert(.people) }
        if !untreated.isEmpty { lacking.insert(.points) }
        if questions.contains(where: { $0.answer == nil }) { lacking.insert(.answers) }
        return lacking
    }
    /// The points that are left for another meeting if it is closed now; what only frames a meeting is not.
    public var untreated: [AgendaItem] {
        agenda.filter { item in
            item.state == .pending && item.kind.isLeftForAnother && item.notes.isEmpty
                && !decisions.contains { $0.item == item.id } && !questions.contains { $0.item == item.id }
        }
    }
    /// Stays that another one counts in place of.
    public var conflicts: [Attendance] { attendances.filter { $0.sameAs != nil } }
    /// Those who came, each once, the first stay of each.
    public var came: [Attendance] {
        var seen: Set<String> = []
        return attendances.reversed().filter { stay in
            guard stay.undoneAt == nil else { return false }
            let who = stay.mandate?.description ?? stay.person?.description ?? stay.id.description
            return seen.insert(who).inserted
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// A session as its pages, and its minutes, need it.
    public func session(_ id: ID<Meeting>, of alliance: ID<Alliance>, at now: Date) async throws
        -> SessionFile
    {
        guard let meeting = try await meeting(id, of: alliance)?.meeting else { throw MeetingError.notFound }
        let presence = try await sessionPresence(in: meeting, of: alliance, at: now)
        let bylaws = try await bylaws(of: alliance, on: meeting.day)
        var bodyName: String?
        if let body = meeting.body { bodyName = try await self.body(body)?.name }
        return SessionFile(
            meeting: meeting, body: bodyName, base: presence.base, present: presence.present,
            quorum: presence.quorum,
            majority: bylaws.flatMap { bylaws in
                bylaws.majority.map { ($0, bylaws.source(of: .decisionMajority)) }
            },
            checks: try await quorumRecords(of: id), agenda: try await agenda(of: id),
            attendances: try await attendances(of: id), decisions: try await decisions(of: id),
            questions: try await questions(of: id),
            voters: meeting.state == .inSession && meeting.electorate.decides
                ? try await voters(in: meeting, of: alliance) : [],
            approvables: try await approvables(in: meeting, of: alliance),
            code: try await sessionCode(of: id), minutesAreOut: try await minutesAreOut(of: id),
            reviewed: Set(try await reviewedCommitments(in: id)), speaking: try await speakingList(of: id),
            steps: try await sessionSteps(of: id),
            lackingToOpen: meeting.state == .planned ? try await lacking(toOpen: meeting, of: alliance) : [])
    }
}

/// Asks for a session.
public struct ReadSession: Query {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Asks for a meeting's.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Those who are there are shown by name.
    public var disclosure: Disclosure? {
        Disclosure(of: meeting, details: ["fields": "attendance"])
    }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> SessionFile {
        try await transaction.session(meeting, of: alliance, at: now)
    }
}

/// Finds whom what was typed or read at the door means.
public struct FindAttendees: Query {
    /// Who was found.
    public struct Answer: Sendable {
        /// Those entitled.
        public let entitled: [EntitledPerson]
        /// Others of the register, with why they have no vote.
        public let voteless: [VotelessPerson]
    }

    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// How many are found at the most.
    public static let limit = 10
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What was typed or read.
    public let words: String

    /// Asks for words.
    public init(_ words: String, in meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.words = words
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Documents are shown.
    public var disclosure: Disclosure? {
        Disclosure(of: meeting, details: ["fields": "name document"])
    }

    /// Finds them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let entitled = try await transaction.entitled(
            in: meeting, of: alliance, matching: words, limit: Self.limit)
        return Answer(
            entitled: entitled,
            voteless: entitled.isEmpty
                ? try await transaction.voteless(in: meeting, of: alliance, matching: words) : [])
    }
}

/// Whoever is entitled in a meeting, with where they are, what was printed to sign and what came back.
public struct ListEntitled: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The meeting.
        public let meeting: Meeting
        /// Those entitled.
        public let people: [EntitledPerson]
        /// Those who excused themselves.
        public let excuses: [(name: String, reason: String)]
        /// The lists that were printed.
        public let sheets: [AttendanceSheet]
        /// The scans of those that were signed.
        public let scans: [AttendanceScan]
    }

    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// How many are listed at the most: an assembly of more is noted by document.
    public static let limit = 10_000
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Asks for a meeting's.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Documents are shown.
    public var disclosure: Disclosure? {
        Disclosure(of: meeting, details: ["fields": "name document"])
    }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let found = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        return Answer(
            meeting: found,
            people: try await transaction.entitled(in: found, of: alliance, limit: Self.limit),
            excuses: try await transaction.excuses(of: meeting),
            sheets: try await transaction.sheets(of: meeting),
            scans: try await transaction.scans(of: meeting))
    }
}
