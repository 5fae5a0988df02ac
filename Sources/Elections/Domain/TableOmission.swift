public import Foundation
public import Kernel
public import Tenancy

/// A table that is left out of votes because nobody could vote there (`mesa sin votación`): a flood, an order of the
/// authorities. Proposed by one person and confirmed by another, of another role; the canvass does not wait for it, and
/// the acta tells why.
public struct TableOmission: Sendable, Hashable {
    /// The act.
    public let act: ID<ElectoralAct>
    /// The table.
    public let table: ID<VotingTable>
    /// Why nobody could vote.
    public let reason: String
    /// When it was proposed.
    public let proposedAt: Date
    /// Who proposed it.
    public let proposedBy: ID<User>
    /// Their name.
    public let proposer: String
    /// In which role.
    public let role: Role
    /// The votes that it leaves out; none while it waits for its second person.
    public let polls: [PollPlace]
    /// Whether it waits for its second person.
    public let isOpen: Bool
}
