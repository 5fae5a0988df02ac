public import Foundation
public import Kernel
public import Membership
public import Tenancy

/// A slate as lists show it.
public struct SlateSummary: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<Slate>
    /// The contest in which it stands.
    public let contest: ID<Contest>
    /// The name of the contest.
    public let contestName: String
    /// Its name on the ballot.
    public let name: String
    /// Who answers for it.
    public let representative: String
    /// How to reach them.
    public let contact: String?
    /// Where it stands.
    public let state: SlateState
    /// Why it was refused or taken back, or admitted with something not proven.
    public let stateReason: String?
    /// How many principals stand.
    public let principals: Int
    /// How many alternates stand.
    public let alternates: Int
    /// How many of them accepted.
    public let accepted: Int
    /// Its number on the ballot, once it is admitted; the order may still be drawn by lot.
    public let number: Int?
    /// When it was handed in.
    public let registeredAt: Date
    /// When the committee decided.
    public let decidedAt: Date?

    /// How many people stand.
    public var people: Int { principals + alternates }
}

/// A candidate with all that is decided from.
public struct CandidateFile: Sendable, Hashable {
    /// Identifies the candidacy.
    public let id: ID<Candidate>
    /// The person.
    public let person: ID<Person>
    /// Names and surnames, as the register had them when the candidate was named.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// Principal or alternate.
    public let role: CandidateRole
    /// The place among those of the same role, 1 being the first.
    public let position: Int
    /// Where the candidate stands.
    public let state: CandidateState
    /// Why the candidate left.
    public let stateReason: String?
    /// When the candidate accepted; `nil` where they have not.
    public let acceptedAt: Date?
    /// How they accepted.
    public let acceptance: String?
    /// The signed paper.
    public let acceptanceFile: ID<StoredFile>?
    /// The candidate in whose place this one came.
    public let replaces: ID<Candidate>?
    /// Whether the candidate is on the frozen roll; `nil` while there is none.
    public let isOnRoll: Bool?
    /// What the facts say of the requirements of candidates; `nil` where it is not read.
    public var dossier: Dossier?
    /// The last decision to keep the candidate out.
    public var disqualification: Disqualification?

    /// Whether the place of a candidate who was kept out waits for somebody.
    var leftItsPlace: Bool { state == .disqualified }
}

/// A decision to keep a candidate out (`inhabilidad`), with its appeal.
public struct Disqualification: Sendable, Hashable {
    /// What came of an appeal.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The candidate stands again.
        case upheld
        /// The decision stays.
        case dismissed

        /// The words on screens.
        public var title: String {
            switch self {
            case .upheld: "Prospera: vuelve a la lista"
            case .dismissed: "No prospera: sigue inhabilitado"
            }
        }
    }

    /// Identifies it.
    public let id: ID<Disqualification>
    /// The candidate.
    public let candidate: ID<Candidate>
    /// The ground, as the norm names it.
    public let ground: String
    /// The norm or article that has the ground.
    public let norm: String
    /// What happened, and why the ground fits.
    public let reason: String
    /// The paper that proves it.
    public let evidence: ID<StoredFile>?
    /// When it was decided.
    public let decidedAt: Date
    /// Who decided it.
    public let decidedBy: ID<User>?
    /// What the appeal says.
    public let appeal: String?
    /// When it was filed.
    public let appealedAt: Date?
    /// What came of it.
    public let outcome: Outcome?
    /// Why.
    public let outcomeReason: String?
    /// When.
    public let appealDecidedAt: Date?

    /// Whether an appeal waits for its decision.
    public var isAppealOpen: Bool { appeal != nil && outcome == nil }
}

/// A witness of a slate (`testigo`).
public struct SlateWitness: Sendable, Hashable {
    /// Identifies the accreditation.
    public let id: ID<SlateWitness>
    /// The name.
    public let name: String
    /// The document.
    public let document: IdentityDocument
    /// The table, in words; `nil` for all of them.
    public let table: String?
    /// When it was given.
    public let accreditedAt: Date
}

/// A table to which a witness can be sent.
public struct WitnessTable: Sendable, Hashable {
    /// The table.
    public let id: ID<VotingTable>
    /// Its number and place.
    public let title: String
}

/// All that a slate holds for its page and for the decision on it.
public struct SlateFile: Sendable, Hashable {
    /// The process.
    public let process: ElectionProcess
    /// The contest.
    public let contest: Contest
    /// When slates are taken.
    public let window: NominationWindow?
    /// The slate.
    public let slate: SlateSummary
    /// Who stands, principals first, in their order.
    public let candidates: [CandidateFile]
    /// Who left or was kept out.
    public let former: [CandidateFile]
    /// The witnesses in force.
    public let witnesses: [SlateWitness]
    /// The tables of the process.
    public let tables: [WitnessTable]
    /// What stands between the slate and the ballot; empty where the committee has decided.
    public let obstacles: [AdmissionObstacle]

    /// Whether it can be changed by who handed it in.
    public func mayChange(at now: Date) -> Bool {
        slate.state == .registered && process.state.takesNominations && window?.isOpen(at: now) == true
    }

    /// Whether somebody can come in the place of a candidate.
    public func mayReplace(at now: Date) -> Bool {
        slate.state.stands && process.state.takesNominations && window?.isOpen(at: now) == true
    }

    /// The candidate who came in the place of another, if somebody did and stands.
    public func replacement(of candidate: ID<Candidate>) -> CandidateFile? {
        candidates.first { $0.replaces == candidate }
    }
}
