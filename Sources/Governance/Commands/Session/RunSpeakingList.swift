public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Who asks for the word.
public enum Speaker: Sendable, Hashable {
    /// Somebody who was noted as present.
    case present(ID<Attendance>)
    /// Somebody by name: who is there under that name, or nobody that was noted.
    case named(String)
}

extension Transaction where Scope == TenantScope {
    /// A meeting in session, held fast.
    ///
    /// - Throws: ``SessionError/notOpen``.
    fileprivate func inSession(_ id: ID<Meeting>, of alliance: ID<Alliance>) async throws -> Meeting {
        let found = try await holding(id, of: alliance)
        guard found.state == .inSession else { throw SessionError.notOpen }
        return found
    }
}

/// Notes that somebody asks for the word (`pide la palabra`): they stand last on the list.
public struct AskForWord: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The most characters that a name has.
    public static let maximum = 160
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Who asks.
    public let speaker: Speaker

    /// Somebody who asks for it.
    ///
    /// - Throws: ``SpeakingError/unnamed``.
    public init(_ speaker: Speaker, in meeting: ID<Meeting>, of alliance: ID<Alliance>) throws(SpeakingError)
    {
        self.alliance = alliance
        self.meeting = meeting
        guard case .named(let name) = speaker else {
            self.speaker = speaker
            return
        }
        guard let name = name.trimmedOrNil else { throw .unnamed }
        self.speaker = .named(String(name.prefix(Self.maximum)))
    }

    /// Notes it.
    ///
    /// - Throws: ``SpeakingError``, ``SessionError/notOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<SpeakingTurn>> {
        let found = try await transaction.inSession(meeting, of: alliance)
        let list = try await transaction.speakingList(of: meeting)
        let stays = try await transaction.attendances(of: meeting).filter(\.isPresent)
        let (stay, name) = try who(among: stays)
        if let stay {
            guard !list.holds(stay.id) else { throw SpeakingError.alreadyAsked(stay.name) }
        } else if list.holds(named: name) {
            throw SpeakingError.alreadyAsked(name)
        }
        let open = try await transaction.agenda(of: meeting).first { $0.state == .open }
        let turn = try await transaction.insertTurn(
            of: name, stay?.id, position: (list.turns.last?.position ?? 0) + 1, on: open?.id, in: found,
            of: alliance, at: now)
        return Audited(turn, event("word.asked", ["turn": turn.description]))
    }

    /// The stay of who asks, and their name; a name that only one of those present has is theirs.
    private func who(among stays: [Attendance]) throws -> (Attendance?, String) {
        switch speaker {
        case .present(let id):
            guard let stay = stays.first(where: { $0.id == id }) else { throw SpeakingError.notPresent }
            return (stay, stay.name)
        case .named(let name):
            let same = stays.filter { $0.name.folded == name.folded }
            return same.count == 1 ? (same[0], same[0].name) : (nil, name)
        }
    }
}

/// Gives the word to somebody on the list, ends their turn, or mends a tap that was a mistake.
public struct TakeTurn: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The turn.
    public let turn: ID<SpeakingTurn>
    /// What is done with it.
    public let step: SpeakingStep

    /// A step of a turn.
    public init(
        _ turn: ID<SpeakingTurn>, _ step: SpeakingStep, in meeting: ID<Meeting>, of alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.turn = turn
        self.step = step
    }

    /// Takes it. Who is given the word ends the turn of who had it.
    ///
    /// - Throws: ``SpeakingError``, ``SessionError/notOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.inSession(meeting, of: alliance)
        let list = try await transaction.speakingList(of: meeting)
        guard let found = list.turns.first(where: { $0.id == turn }) else { throw SpeakingError.notFound }
        let open = try await transaction.agenda(of: meeting).first { $0.state == .open }
        let taken = try found.taking(step, on: open?.id, within: list.limit, at: now)
        if let other = list.speaking, other.id != turn {
            switch step {
            case .give:
                try await transaction.write(
                    try other.taking(.end, on: nil, within: nil, at: now), in: meeting)
            case .goOn: throw SpeakingError.anotherSpeaks
            case .end, .putBack, .withdraw: break
            }
        }
        try await transaction.write(taken, in: meeting)
        let verb =
            switch step {
            case .give: "word.given"
            case .end: "word.ended"
            case .putBack: "word.put_back"
            case .goOn: "word.resumed"
            case .withdraw: "word.withdrawn"
            }
        return Audited(event(verb, ["turn": turn.description]))
    }
}

/// Sets for how many minutes each may speak from now on.
public struct LimitSpeaking: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The minutes; `nil` for no limit.
    public let minutes: Int?

    /// A limit.
    ///
    /// - Throws: ``SpeakingError/limitOutOfRange``.
    public init(
        to minutes: Int?, in meeting: ID<Meeting>, of alliance: ID<Alliance>
    ) throws(SpeakingError) {
        guard minutes.map(SpeakingList.minutes.contains) ?? true else { throw .limitOutOfRange }
        self.alliance = alliance
        self.meeting = meeting
        self.minutes = minutes
    }

    /// Sets it.
    ///
    /// - Throws: ``SessionError/notOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.inSession(meeting, of: alliance)
        try await transaction.limitSpeaking(to: minutes, in: meeting)
        return Audited(event("word.limited", ["limit": minutes.map(String.init) ?? ""]))
    }
}
