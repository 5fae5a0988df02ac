public import Foundation
public import Kernel

/// A role that a user holds in a space, from a moment and possibly to another.
public struct Grant: Sendable, Hashable {
    /// Where a role counts.
    public enum Space: Sendable, Hashable {
        /// In the whole tenant.
        case organization
        /// In one alliance and its processes.
        case alliance(ID<Alliance>)
        /// In one electoral process.
        case process(ID<ElectoralProcess>)
    }

    /// Identifies the grant.
    public let id: ID<Grant>
    /// The role held.
    public let role: Role
    /// Where it counts.
    public let space: Space
    /// When it began.
    public let startsAt: Date
    /// When it ends or ended; `nil` while no end is set.
    public let endsAt: Date?

    /// Makes a grant.
    public init(id: ID<Grant>, role: Role, space: Space, startsAt: Date, endsAt: Date?) {
        self.id = id
        self.role = role
        self.space = space
        self.startsAt = startsAt
        self.endsAt = endsAt
    }

    /// Whether the grant counts for what is done in `stream`.
    func covers(_ stream: AuditStream) -> Bool {
        switch (space, stream) {
        case (.organization, _): true
        case (.alliance(let alliance), .alliance(let acting)): alliance == acting
        case (.alliance(let alliance), .process(_, let acting)): alliance == acting
        case (.process(let process), .process(let acting, _)): process == acting
        default: false
        }
    }
}
