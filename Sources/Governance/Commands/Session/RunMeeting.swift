public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A command about a meeting of an alliance; what it does stands in the alliance's chain.
public protocol MeetingCommand: Command {
    /// The alliance.
    var alliance: ID<Alliance> { get }
    /// The meeting.
    var meeting: ID<Meeting> { get }
}

extension MeetingCommand {
    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// An event about the meeting: identifiers, days and figures. What people wrote in a session stands in its rows,
    /// which may be the board's own, and never in the log.
    func event(_ verb: String, _ details: [String: String] = [:]) -> AuditEvent {
        AuditEvent("governance.\(verb)", subject: meeting, details: details)
    }
}

/// Opens the session of a meeting (`instala la sesión`): its quorum is recorded, and it opens where that is enough.
///
/// Without quorum it opens as an informative session alone, in which nothing is decided, until a later check finds it.
public struct OpenMeeting: MeetingCommand, Undertaking {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Whether it opens as informative where there is no quorum.
    public let mayBeInformative: Bool
    /// What somebody confirmed to be lacking.
    public let confirmed: Set<SessionLack>

    /// A meeting to be opened.
    public init(
        _ meeting: ID<Meeting>, of alliance: ID<Alliance>, mayBeInformative: Bool = false,
        lacking confirmed: Set<SessionLack> = []
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.mayBeInformative = mayBeInformative
        self.confirmed = confirmed
    }

    /// Opens it.
    ///
    /// - Throws: ``SessionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .planned else { throw SessionError.notPlanned }
        guard found.days.contains(ColombianTime.date(at: now)) else { throw SessionError.otherDay(found.day) }
        let quorum = try await transaction.quorum(now: now, in: found, of: alliance)
        if let quorum, !quorum.check.isMet, !mayBeInformative {
            throw SessionError.noQuorum(quorum.check.sentence, secondCallAt: quorum.check.secondCallAt)
        }
        let lacking = try await transaction.lacking(toOpen: found, of: alliance)
        guard lacking.isSubset(of: confirmed) else { throw SessionError.unconfirmed(lacking) }
        let isMet = quorum?.check.isMet ?? true
        let base = try await transaction.presence(in: found, of: alliance).base
        try await transaction.open(
            found, in: isMet ? quorum?.check.call : nil, entitled: found.electorate.decides ? base : 0,
            code: .random(groups: 1), at: now)
        if let quorum { try await transaction.insert(quorum, on: .opening, in: meeting, at: now) }
        try await transaction.note(.opened, lacking: lacking, in: found, of: alliance, at: now)
        return Audited(
            event(
                "session.opened",
                [
                    "call": isMet ? quorum.map { String($0.check.call.rawValue) } ?? "" : "informative",
                    "entitled": String(base), "present": quorum.map { String($0.check.present) } ?? "",
                    "lacking": lacking.codes,
                ]))
    }
}

/// Verifies the quorum of an open session and records it; an informative session that has it decides from then on.
public struct VerifyQuorum: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// A meeting in session.
    public init(in meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// Verifies it.
    ///
    /// - Returns: What was found.
    /// - Throws: ``SessionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<SessionQuorum> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .inSession else { throw SessionError.notOpen }
        guard let quorum = try await transaction.quorum(now: now, in: found, of: alliance) else {
            throw SessionError.noQuorumAsked
        }
        let installs = found.session?.call == nil && quorum.check.isMet
        if installs { try await transaction.install(found, in: quorum.check.call) }
        try await transaction.insert(quorum, on: installs ? .opening : .asked, in: meeting, at: now)
        return Audited(
            quorum,
            event(
                installs ? "session.installed" : "quorum.verified",
                ["present": String(quorum.check.present), "required": String(quorum.check.required)]))
    }
}

/// Takes a point of the agenda up, is done with it, or leaves it for another meeting.
public struct TreatPoint: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The point.
    public let item: ID<AgendaItem>
    /// What becomes of it.
    public let step: PointStep

    /// A point of a meeting in session.
    public init(_ item: ID<AgendaItem>, _ step: PointStep, in meeting: ID<Meeting>, of alliance: ID<Alliance>)
    {
        self.alliance = alliance
        self.meeting = meeting
        self.item = item
        self.step = step
    }

    /// Writes it.
    ///
    /// - Throws: ``SessionError/notOpen``, ``AgendaError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .inSession else { throw SessionError.notOpen }
        try await transaction.take(step, of: item, in: meeting, at: now)
        let verb =
            switch step {
            case .open: "point.opened"
            case .treat: "point.treated"
            case .postpone: "point.postponed"
            case .reset: "point.reset"
            }
        return Audited(event(verb, ["item": item.description]))
    }
}

/// Writes the notes of a point, also after the session, until the minutes are circulated.
public struct WriteNotes: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The most characters that notes have.
    public static let maximum = 50_000
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The point.
    public let item: ID<AgendaItem>
    /// The notes.
    public let text: String
    /// The digest of the text from which they were written.
    public let base: HashDigest

    /// Takes what a person wrote.
    public init(
        _ text: String, from base: HashDigest, on item: ID<AgendaItem>, in meeting: ID<Meeting>,
        of alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.item = item
        self.text = String(text.replacing("\r\n", with: "\n").prefix(Self.maximum))
        self.base = base
    }

    /// Writes them; where somebody else did meanwhile, both texts are kept.
    ///
    /// A page saves them by itself while somebody writes. The chain gets the first of a quarter of an hour, and each where
    /// two texts met; what was written stands in the minutes.
    ///
    /// - Throws: ``AgendaError``, ``AttendanceError/minutesCirculated``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<WrittenNotes> {
        _ = try await transaction.holding(meeting, of: alliance)
        guard try await !transaction.minutesAreOut(of: meeting) else {
            throw AttendanceError.minutesCirculated
        }
        guard let known = try await transaction.agenda(of: meeting).first(where: { $0.id == item }) else {
            throw AgendaError.notFound
        }
        let notes = WrittenNotes(text, from: base, over: known.notes, at: now)
        try await transaction.write(notes, of: item, in: meeting)
        if !notes.wasMerged, let trace = try await transaction.noteTrace(of: item, in: meeting),
            trace.goesOn(at: now)
        {
            return Audited(notes, goingOnWith: trace)
        }
        try await transaction.traceNotes(of: item, in: meeting, at: now)
        return Audited(
            notes,
            event(
                "notes.written",
                [
                    "item": item.description, "characters": String(notes.text.count),
                    "merged": String(notes.wasMerged),
                ]))
    }
}
