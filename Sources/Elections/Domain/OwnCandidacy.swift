public import Kernel
public import Tenancy

/// The candidacy of whoever reads it, in an election that goes on.
public struct OwnCandidacy: Sendable, Hashable {
    /// The candidacy.
    public let candidate: ID<Candidate>
    /// The slate that names them.
    public let slate: ID<Slate>
    /// Its name.
    public let slateName: String
    /// What the slate stands for.
    public let contestName: String
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The stage of the process.
    public let stage: ProcessState
    /// The name, as the register had it when they were named.
    public let name: String
    /// Principal or alternate.
    public let role: CandidateRole
    /// Where the candidacy stands.
    public let state: CandidateState
    /// The last decision to keep them out.
    public let disqualification: Disqualification?

    /// Whether they may say why the decision is wrong.
    public var mayAppeal: Bool {
        state == .disqualified && disqualification?.appeal == nil && stage.decidesCandidacies
    }
}
