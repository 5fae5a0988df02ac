public import Foundation
public import Kernel
public import Tenancy

/// What is done with a box by two people of different roles: proposed by one, carried out by the other.
public struct BoxAct: Sendable, Hashable {
    /// What is done.
    public enum Kind: Sendable, Hashable {
        /// It takes ballots from here on.
        case open
        /// It takes none any more.
        case close
        /// Its ballots are added up, encrypted; its trustees may decrypt the sums.
        case count
        /// It counts for nothing.
        case annul
        /// The ballots of one credential are left out of what is counted, named by the tracker of one of them, for a challenge
        /// that waits for its decision.
        case exclude(tracker: HashDigest, challenge: ID<Challenge>)
        /// What a conflict comes to, in words: the votes stand as they are.
        case settle(ID<ParticipationConflict>)
        /// A conflict is settled by leaving the ballots out that its person cast in the box. Nobody sees which they are before
        /// it is carried out.
        case leaveOut(ID<ParticipationConflict>)

        /// The name in the database.
        var name: String {
            switch self {
            case .open: "open_box"
            case .close: "close_box"
            case .count: "count_box"
            case .annul: "annul_box"
            case .exclude, .leaveOut: "exclude_ballots"
            case .settle: "settle_conflict"
            }
        }

        /// The words on screens, after «Se propone».
        public var title: String {
            switch self {
            case .open: "abrir la urna"
            case .close: "cerrar la urna"
            case .count: "contar la urna"
            case .annul: "anular la urna"
            case .exclude: "excluir un voto"
            case .settle: "resolver una contradicción sin quitar ningún voto"
            case .leaveOut: "resolver una contradicción excluyendo el voto electrónico"
            }
        }

        /// Who proposes or seconds it.
        public var permission: Permission {
            self == .close ? .actOnBoxes : .decideOnBoxes
        }

        /// The states in which it is done.
        var states: Set<BallotBox.State> {
            switch self {
            case .open: [.sealed]
            case .close: [.open]
            case .count, .exclude, .leaveOut: [.closed]
            case .annul: Set(BallotBox.State.allCases).subtracting([.annulled])
            case .settle: [.open, .closed]
            }
        }

        /// Whether what is counted is another once it is done: the sums are not opened while somebody waits for it.
        var changesWhatIsCounted: Bool {
            switch self {
            case .annul, .exclude, .leaveOut: true
            case .open, .close, .count, .settle: false
            }
        }

        /// The challenge for which it is done, where it waits for that.
        public var challenge: ID<Challenge>? {
            guard case .exclude(_, let challenge) = self else { return nil }
            return challenge
        }

        /// The conflict that it settles.
        public var conflict: ID<ParticipationConflict>? {
            switch self {
            case .settle(let conflict), .leaveOut(let conflict): conflict
            case .open, .close, .count, .annul, .exclude: nil
            }
        }
    }

    /// What acts are, by their names in the database and the chain, after «Se propuso».
    public static let titles = [
        "open_box": "abrir la urna", "close_box": "cerrar la urna", "count_box": "contar la urna",
        "annul_box": "anular la urna", "exclude_ballots": "excluir un voto de la urna",
        "settle_conflict": "resolver una contradicción sin quitar ningún voto",
    ]

    /// Identifies the act.
    public let id: ID<ElectoralAct>
    /// What would be done.
    public let kind: Kind
    /// Why.
    public let reason: String
    /// When it was proposed.
    public let proposedAt: Date
    /// Who proposed it.
    public let proposer: ID<User>
    /// Their name.
    public let proposerName: String
    /// In which role.
    public let role: Role
    /// The challenge that it follows from, where it does.
    public let challenge: ID<Challenge>?
    /// What would be left out: all trackers of the credential, in the order in which they were cast. Of a contradiction
    /// nobody sees them before.
    public let trackers: [HashDigest]
}

/// A challenge to a box that waits for its decision.
public struct BoxChallenge: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<Challenge>
    /// Its number, 1 being the first of the process.
    public let number: Int
    /// Who challenges.
    public let challenger: String
    /// Who took it in.
    public let filedBy: ID<User>?
}

/// What the marks of paper and box contradict each other in.
public struct ParticipationConflict: Sendable, Hashable {
    /// In what.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Somebody who voted in the box signed a table's list as well.
        case signedAndElectronic = "signed_and_electronic"
        /// Somebody whose vote on paper was marked at one table signed at another.
        case signedElsewhere = "signed_elsewhere"
        /// Somebody gave ballot papers back, and a juror took the mark of them away.
        case paperReturned = "paper_returned"

        /// The words on screens.
        public var title: String {
            switch self {
            case .signedAndElectronic: "Firmó el listado de la mesa y votó en la urna electrónica"
            case .signedElsewhere: "Firmó el listado de otra mesa"
            case .paperReturned: "Devolvió el tarjetón de papel y se le quitó la marca"
            }
        }
    }

    /// Identifies it.
    public let id: ID<ParticipationConflict>
    /// In what.
    public let kind: Kind
    /// Whose marks.
    public let person: ID<Person>
    /// Their name on the roll.
    public let name: String
    /// The table where it was found.
    public let table: Int
    /// What was found.
    public let account: String
    /// When.
    public let foundAt: Date
    /// Who listed it, by name; of papers that came back, who took the mark away.
    public let finder: String?
    /// Whether their ballots are in the box, so that they can be left out.
    public let isElectronic: Bool
    /// What two people decided; `nil` while nobody has.
    public let decision: String?
}
