public import Foundation
public import Kernel

/// An electronic box (`urna electrónica`): the secret votes of one or several contests of a process, encrypted, in an
/// archive that anybody can verify.
///
/// What it asks, who keeps its key and who may vote is drafted, and from the sealing on (``State/sealed``) nothing of it
/// changes. A mock box (`simulacro`) is the same in everything, and nothing that counts can refer to it.
public struct BallotBox: Sendable, Hashable {
    /// Where a box stands. The raw values are those of the database.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is drafted, its trustees make the key, its authority the credentials.
        case preparing
        /// Its description is fixed; trustees prove their key files.
        case sealed
        /// It takes ballots.
        case open
        /// It takes none any more.
        case closed
        /// The encrypted sums are published; trustees decrypt them.
        case tallied
        /// Its archive ends with the result.
        case counted
        /// It counts for nothing; all of it stays.
        case annulled

        /// Whether it took ballots and stands, so that somebody may object to it.
        public var isChallengeable: Bool {
            switch self {
            case .open, .closed, .tallied, .counted: true
            case .preparing, .sealed, .annulled: false
            }
        }

        /// The words on screens.
        public var title: String {
            switch self {
            case .preparing: "En preparación"
            case .sealed: "Sellada"
            case .open: "Abierta"
            case .closed: "Cerrada"
            case .tallied: "Sumada, por descifrar"
            case .counted: "Contada"
            case .annulled: "Anulada"
            }
        }
    }

    /// The group in which a box is encrypted (`verifiable-voting.md` §4.2).
    public enum Group: String, Sendable, Hashable, CaseIterable {
        /// 2048 bits, which the `belenios-tool` of Debian 12 verifies.
        case belenios2048 = "BELENIOS-2048"
        /// A curve that is some fifteen times faster, for large elections.
        case ed25519 = "Ed25519"

        /// The words on screens.
        public var title: String {
            switch self {
            case .belenios2048: "2048 bits: la verifica cualquiera con el programa de Debian 12"
            case .ed25519: "Curva Ed25519: más rápida, para elecciones grandes"
            }
        }
    }

    /// What is decided about a box while it is drafted.
    public struct Choices: Sendable, Hashable {
        /// The group.
        public var group: Group
        /// How many trustees keep the key, from 1 to 9.
        public var trustees: Int
        /// How many of them decrypt together; all of them where it equals ``trustees``.
        public var threshold: Int
        /// The fewest who decrypt together: one alone would read every vote. A rehearsal holds none.
        static let fewestToDecrypt = 2
        /// Whether tables take votes on paper beside the box.
        public var hasPaper: Bool
        /// Whether people vote from where they are.
        public var allowsRemote: Bool
        /// Whether people vote in a booth at the tables.
        public var allowsKiosk: Bool
        /// When it takes the first ballot.
        public var opensAt: Date
        /// When it takes none any more.
        public var closesAt: Date

        /// Takes what a person chose: three trustees of whom two decrypt, at the tables, where nothing else is said.
        public init(
            group: Group = .belenios2048, trustees: Int = 3, threshold: Int = 2, hasPaper: Bool = false,
            allowsRemote: Bool = false, allowsKiosk: Bool = true, opensAt: Date, closesAt: Date
        ) {
            self.group = group
            self.trustees = trustees
            self.threshold = threshold
            self.hasPaper = hasPaper
            self.allowsRemote = allowsRemote
            self.allowsKiosk = allowsKiosk
            self.opensAt = opensAt
            self.closesAt = closesAt
        }

        /// Asks for the rules of the form.
        ///
        /// - Throws: ``BoxError``.
        func check(remoteIsAllowed: Bool, isMock: Bool) throws(BoxError) {
            guard (1...9).contains(trustees), (1...trustees).contains(threshold) else {
                throw .trusteesOutOfRange
            }
            guard isMock || threshold >= Self.fewestToDecrypt else { throw .oneDecryptsAlone }
            guard allowsKiosk || allowsRemote else { throw .noWay }
            guard opensAt < closesAt else { throw .hoursTurned }
            guard !allowsRemote || remoteIsAllowed else { throw .remoteNotInBylaws }
        }

        /// Asks that the box takes ballots when people are called to vote.
        ///
        /// A table asks for a reason when it opens on another day, since it opens the moment somebody says so. A box binds its
        /// hours at the sealing, while the vote can still be put off: on another day whoever comes as the call says finds
        /// it shut, and no reason that is written down tells them. Voting from afar may begin before, but not be over by then.
        ///
        /// - Parameter days: The days of the call; of none, nothing is asked.
        /// - Throws: ``BoxError/otherDay(_:)``.
        func check(days: Set<CalendarDate>) throws(BoxError) {
            guard let announced = days.min() else { return }
            let opens = ColombianTime.date(at: opensAt)
            // What ends at midnight takes nothing on the day that begins then.
            let closes = ColombianTime.date(at: closesAt - 1)
            let isThen = days.contains { day in
                allowsRemote ? opens <= day && day <= closes : day == opens
            }
            guard isThen else { throw .otherDay(SpanishFormat.longDate(announced)) }
        }
    }

    /// Identifies the box.
    public let id: ID<BallotBox>
    /// The process.
    public let place: ProcessPlace
    /// Its number in the process.
    public let number: Int
    /// Whether it is a rehearsal (`simulacro`).
    public let isMock: Bool
    /// The identifier of the election in its archive.
    public let uuid: String
    /// What was decided about it.
    public let choices: Choices
    /// Which making of the key counts, from 1: another trustee begins another.
    public let ceremony: Int
    /// Whether leaving the session ends the right to vote in the booth, as the bylaws say.
    public let leavingEndsRight: Bool
    /// Where it stands.
    public let state: State
    /// Since when.
    public let stateChangedAt: Date
    /// Why it was annulled.
    public let stateReason: String?
    /// φ of its `election.json`; `nil` until it is sealed.
    public let fingerprint: String?
    /// How many public credentials its archive has.
    public let credentials: Int?
    /// Which of its archives goes on: 0 as it was filled, a later one where ballots were excluded.
    public let archive: Int
    /// The last event of that archive.
    public let head: BoxHead?
    /// How many ballots were cast, with those that were replaced.
    public let ballots: Int
    /// How many people cast one.
    public let voters: Int
    /// How many credentials were excluded before the tally.
    public let excluded: Int

    /// How many votes the sums are of.
    public var counted: Int { voters - excluded }
    /// The fewest votes whose sums are opened: fewer would tell of somebody. A rehearsal tells of nobody.
    ///
    /// No law sets it. It is a rule of ours (`verifiable-voting.md` §6, small groups), for boxes and urns alike. What cannot
    /// import it has it once more, and a test holds each against this: the constraints and `elections.fewest_ballots` of
    /// the database, and `check.js`.
    public static let fewest = 5
    /// The same in words: «cinco».
    public static var fewestInWords: String { SpanishFormat.words(fewest) ?? String(fewest) }
    /// How many ballots a credential casts, of which the last counts.
    public static let mostTurns = 20
    /// Whether everybody who votes in it is present, so that it opens with a session that has its quorum, as a table does.
    public var opensInSession: Bool { !isMock && choices.allowsKiosk && !choices.allowsRemote }
    /// Whether all who vote do so in it, and not all of them present: the quorum is then of those who voted, and is bound
    /// into its description. Where papers come on top, the session of the tables asks for it.
    var bindsQuorum: Bool { !isMock && choices.allowsRemote && !choices.hasPaper }
    /// Whether it has too few ballots to be opened.
    public var isTooSmall: Bool { !isMock && counted < Self.fewest }
    /// Its name on screens.
    public var title: String { isMock ? "Simulacro n.º \(number)" : "Urna n.º \(number)" }
}

/// The end of an archive's chain.
public struct BoxHead: Sendable, Hashable {
    /// How many events it has.
    public let events: Int
    /// The hash of the last.
    public let digest: HashDigest

    /// The end of a chain.
    public init(events: Int, digest: HashDigest) {
        self.events = events
        self.digest = digest
    }
}

/// A contest that a box asks.
public struct BoxQuestion: Sendable, Hashable {
    /// Its place in the box, from 1.
    public let position: Int
    /// The contest.
    public let contest: ID<Contest>
    /// 1 for the first vote, 2 for the runoff.
    public let round: Int
    /// The contest's name.
    public let name: String
    /// What stands on the ballot, from the sealing on; blank is none of them.
    public let options: [BoxOption]
}

/// What stands on the ballot of a box.
public struct BoxOption: Sendable, Hashable {
    /// Its number on the screen, from 1; the blank vote has none.
    public let number: Int
    /// The slate or person.
    public let slate: ID<Slate>
    /// Its name.
    public let name: String
}
