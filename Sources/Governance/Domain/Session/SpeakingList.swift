public import Foundation
public import Kernel

/// A turn to speak (`uso de la palabra`): asked for, given, ended.
public struct SpeakingTurn: Sendable, Hashable, Identifiable {
    /// Within how many seconds of its end a turn that was ended by mistake goes on.
    static let goesOnSeconds: TimeInterval = 300

    /// Identifies the turn.
    public let id: Kernel.ID<SpeakingTurn>
    /// Its place in the order in which the word was asked for, from 1.
    public let position: Int
    /// The point on which they spoke; before, the one in which they asked.
    public private(set) var item: Kernel.ID<AgendaItem>?
    /// The stay of who speaks; `nil` of somebody who stands by name alone.
    public let attendance: Kernel.ID<Attendance>?
    /// Who speaks.
    public let name: String
    /// When they asked.
    public let askedAt: Date
    /// The minutes for which they may speak, as it was said when they began; `nil` for no limit.
    public private(set) var minutesAllowed: Int?
    /// When they were given the word.
    public private(set) var startedAt: Date?
    /// When they ended.
    public private(set) var endedAt: Date?
    /// When it was taken off the list, as a mistake or because they declined.
    public private(set) var withdrawnAt: Date?

    /// Whether they wait for the word.
    public var isWaiting: Bool { startedAt == nil && withdrawnAt == nil }
    /// Whether they have it.
    public var isSpeaking: Bool { startedAt != nil && endedAt == nil && withdrawnAt == nil }
    /// Whether they spoke, and that stands.
    public var hasSpoken: Bool { startedAt != nil && endedAt != nil && withdrawnAt == nil }

    /// For how many seconds they have spoken at a moment.
    public func seconds(at now: Date) -> Int {
        startedAt.map { Int(max(0, (endedAt ?? now).timeIntervalSince($0))) } ?? 0
    }

    /// Whether they have spoken for longer than they may at a moment.
    public func isOver(at now: Date) -> Bool { minutesAllowed.map { seconds(at: now) > $0 * 60 } ?? false }

    /// Whether one that was just ended may go on.
    public func mayGoOn(at now: Date) -> Bool {
        guard hasSpoken, let endedAt else { return false }
        return now.timeIntervalSince(endedAt) < Self.goesOnSeconds
    }

    /// The turn after a step, given the point that is being treated and the minutes for which each may speak.
    ///
    /// - Throws: ``SpeakingError/notSo`` where it stands otherwise.
    func taking(
        _ step: SpeakingStep, on item: Kernel.ID<AgendaItem>?, within minutes: Int?, at now: Date
    ) throws(SpeakingError) -> Self {
        var turn = self
        switch step {
        case .give where isWaiting:
            turn.startedAt = max(now, askedAt)
            turn.item = item
            turn.minutesAllowed = minutes
        case .end where isSpeaking: turn.endedAt = max(now, startedAt ?? now)
        case .putBack where isSpeaking:
            turn.startedAt = nil
            turn.minutesAllowed = nil
        case .goOn where mayGoOn(at: now): turn.endedAt = nil
        case .withdraw where withdrawnAt == nil: turn.withdrawnAt = now
        default: throw .notSo
        }
        return turn
    }
}

/// What is done with a turn to speak.
public enum SpeakingStep: String, Sendable, Hashable, CaseIterable {
    /// They are given the word; who had it has ended.
    case give = "dar"
    /// They have ended.
    case end = "terminar"
    /// They were given it by mistake, and wait again.
    case putBack = "devolver"
    /// They had not ended.
    case goOn = "seguir"
    /// It comes off the list.
    case withdraw = "quitar"
}

/// The list of those who speak in a session.
public struct SpeakingList: Sendable, Hashable {
    /// How many minutes may be set as the limit.
    public static let minutes = 1...60

    /// For how many minutes each may speak; `nil` for no limit.
    public let limit: Int?
    /// The turns in the order in which they were asked for, those taken off too.
    public let turns: [SpeakingTurn]

    /// Who has the word.
    public var speaking: SpeakingTurn? { turns.first(where: \.isSpeaking) }
    /// Those who wait for it, in their order.
    public var waiting: [SpeakingTurn] { turns.filter(\.isWaiting) }
    /// Those who spoke, the last first.
    public var spoken: [SpeakingTurn] {
        turns.filter(\.hasSpoken).sorted {
            ($0.endedAt ?? .distantPast, $0.position) > ($1.endedAt ?? .distantPast, $1.position)
        }
    }

    /// Whether a stay waits for the word, or has it.
    public func holds(_ stay: ID<Attendance>) -> Bool {
        turns.contains { $0.attendance == stay && ($0.isWaiting || $0.isSpeaking) }
    }

    /// Whether a name, of somebody who stands by it alone, waits for the word or has it.
    func holds(named name: String) -> Bool {
        turns.contains {
            $0.attendance == nil && $0.name.folded == name.folded && ($0.isWaiting || $0.isSpeaking)
        }
    }
}

/// Why the list of those who speak does not change.
public enum SpeakingError: UserFacingError, Hashable {
    /// No name was given.
    case unnamed
    /// They stand on the list, or have the word.
    case alreadyAsked(String)
    /// They are not there.
    case notPresent
    /// There is no such turn.
    case notFound
    /// The turn stands otherwise: somebody else did something with it.
    case notSo
    /// Somebody else has the word.
    case anotherSpeaks
    /// No such limit can be set.
    case limitOutOfRange

    /// The stable code.
    public var code: String {
        switch self {
        case .unnamed: "governance.speaking.unnamed"
        case .alreadyAsked: "governance.speaking.already_asked"
        case .notPresent: "governance.speaking.not_present"
        case .notFound: "governance.speaking.not_found"
        case .notSo: "governance.speaking.not_so"
        case .anotherSpeaks: "governance.speaking.another_speaks"
        case .limitOutOfRange: "governance.speaking.limit_out_of_range"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .unnamed, .limitOutOfRange: .invalid
        case .notFound: .notFound
        case .alreadyAsked, .notPresent, .notSo, .anotherSpeaks: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .unnamed, .alreadyAsked: "speaker"
        case .limitOutOfRange: "speaking_minutes"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .unnamed: "Escriba el nombre de quien pide la palabra."
        case .alreadyAsked(let name): "\(name) ya está en la lista de la palabra."
        case .notPresent: "Esa persona no figura como presente. Actualice la página."
        case .notFound: "No encontramos ese turno en esta sesión."
        case .notSo: "Ese turno ya cambió: otra persona lo atendió. Actualice la página."
        case .anotherSpeaks: "Otra persona tiene la palabra. Termine primero su turno."
        case .limitOutOfRange:
            "Escriba entre \(SpeakingList.minutes.lowerBound) y \(SpeakingList.minutes.upperBound) minutos, o déjelo vacío."
        }
    }
}
