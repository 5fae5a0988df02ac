public import Foundation
public import Kernel
public import Tenancy

/// What a challenge rests on.
public enum ChallengeGround: String, Sendable, Hashable, CaseIterable {
    /// The figures do not add up.
    case arithmetic
    /// Ballots and voters differ.
    case ballotsAndVoters = "ballots_and_voters"
    /// The roll.
    case roll
    /// Somebody elected could not stand.
    case eligibility
    /// The secret of the vote.
    case secrecy
    /// Violence or fraud.
    case violenceOrFraud = "violence_or_fraud"
    /// How things were done.
    case procedure
    /// Anything else.
    case other

    /// The words on screens.
    public var title: String {
        switch self {
        case .arithmetic: "Las cifras no suman"
        case .ballotsAndVoters: "Los tarjetones y los votantes no coinciden"
        case .roll: "El censo"
        case .eligibility: "Una persona elegida no podía serlo"
        case .secrecy: "El secreto del voto"
        case .violenceOrFraud: "Violencia o fraude"
        case .procedure: "La forma en que se hizo"
        case .other: "Otro"
        }
    }
}

/// What an upheld challenge does.
public enum ChallengeEffect: String, Sendable, Hashable, CaseIterable {
    /// Nothing of the result changes.
    case none
    /// The count of a table is left out.
    case annulTable = "annul_table"
    /// Ballots of an electronic box are left out of what is counted, as two people did before it was decided.
    case excludeBallots = "exclude_ballots"
    /// An electronic box counts for nothing.
    case annulBox = "annul_box"
    /// The contest is annulled.
    case annulContest = "annul_contest"
    /// The whole process is annulled.
    case annulProcess = "annul_process"

    /// The words on screens.
    public var title: String {
        switch self {
        case .none: "El resultado no cambia"
        case .annulTable: "Se anula el conteo de la mesa"
        case .excludeBallots: "Se excluyó el voto que señala"
        case .annulBox: "Se anula la urna electrónica"
        case .annulContest: "Se anula esta elección"
        case .annulProcess: "Se anula todo el proceso"
        }
    }
}

/// In what capacity somebody challenges: it decides whether they may.
public enum ChallengerRole: String, Sendable, Hashable, CaseIterable {
    /// Somebody of the roll.
    case elector
    /// Somebody who stands.
    case candidate
    /// A witness of a slate.
    case witness
    /// A guarantor.
    case guarantor
    /// Anybody else.
    case other

    /// The words on screens.
    public var title: String {
        switch self {
        case .elector: "Elector o electora"
        case .candidate: "Candidato o candidata"
        case .witness: "Testigo de una plancha"
        case .guarantor: "Garante"
        case .other: "Otra persona"
        }
    }
}

extension Principal {
    /// The capacity in which somebody challenges for themselves; `nil` for who takes in the challenges of others, and says
    /// in what capacity they come.
    public func challengerRole(in stream: AuditStream) -> ChallengerRole? {
        let roles = roles(for: .fileChallenges, in: stream)
        if roles.contains(.electionCommittee) || roles.contains(.juror) { return nil }
        if roles.contains(.guarantor) { return .guarantor }
        if roles.contains(.witness) { return .witness }
        return roles.contains(.member) ? .elector : nil
    }
}

/// A piece of evidence of a challenge.
public struct ChallengeEvidence: Sendable, Hashable {
    /// The file.
    public let file: ID<StoredFile>
    /// What it is.
    public let title: String
    /// When it was handed in.
    public let addedAt: Date
    /// Who handed it in.
    public let addedBy: String?
}

/// What another side answers to a challenge.
public struct ChallengeAnswer: Sendable, Hashable {
    /// The answer.
    public let words: String
    /// Who answers.
    public let by: String
    /// When it was taken in.
    public let takenInAt: Date
    /// Who took it in.
    public let takenInBy: String?
}

/// The exclusions of ballots that rest on a challenge.
public struct ExclusionCount: Sendable, Hashable {
    /// Those that two people carried out.
    public let done: Int
    /// Those that wait for their second person.
    public let proposed: Int
}

/// A challenge as its page shows it.
public struct ChallengeFile: Sendable, Hashable {
    /// Where a challenge stands.
    public enum State: String, Sendable, Hashable {
        /// It waits for its decision.
        case open
        /// It was right.
        case upheld
        /// It was not.
        case dismissed
    }

    /// Identifies it.
    public let id: ID<Challenge>
    /// Its number, 1 being the first.
    public let number: Int
    /// The contest that it is about.
    public let contest: ID<Contest>?
    /// The contest's name.
    public let contestName: String?
    /// The table's number, where it is about one.
    public let table: Int?
    /// The electronic box, where it is about one.
    public let box: ID<BallotBox>?
    /// That box's number.
    public let boxNumber: Int?
    /// Who challenges.
    public let challenger: String
    /// In what capacity.
    public let role: ChallengerRole
    /// Who took it in: they do not decide it.
    public let filedBy: Kernel.ID<User>?
    /// The ground.
    public let ground: ChallengeGround
    /// What happened.
    public let facts: String
    /// The round of the contest that it is about; `nil` where it names no contest.
    public let round: Int?
    /// Whether a later round of a contest that it is about was put to the vote: those who stood in it came out of this one.
    public let isOutrun: Bool
    /// When it was filed.
    public let filedAt: Date
    /// Where it stands.
    public let state: State
    /// What it did.
    public let effect: ChallengeEffect?
    /// Why it was decided so.
    public let reason: String?
    /// When it was decided.
    public let decidedAt: Date?
    /// How many exclusions of ballots rest on it: carried out, and proposed.
    public let exclusions: ExclusionCount
    /// What proves it, as it was handed in.
    public internal(set) var evidence: [ChallengeEvidence] = []
    /// What the other sides answered, in their order.
    public internal(set) var answers: [ChallengeAnswer] = []
}
