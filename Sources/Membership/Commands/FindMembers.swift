public import Foundation
public import Kernel
public import Tenancy

/// Finds members by words over several alliances at once, or over all of the entity.
public struct FindMembers: Query {
    /// A member, in one of the alliances.
    public struct Hit: Sendable, Hashable {
        /// The alliance.
        public let alliance: ID<Alliance>
        /// The member.
        public let member: MemberSummary
    }

    /// Who may do it, in each of the spaces.
    public static let permission = Permission.seeMembers
    /// Words of the name in any order, or a document, as ``PersonSearch`` reads them.
    public let words: String
    /// Where is looked: in the office's space, all alliances.
    public let streams: [AuditStream]
    /// How many are found at the most.
    public let limit: Int

    /// Looks for members.
    public init(_ words: String, in streams: [AuditStream], limit: Int = 50) {
        self.words = words
        self.streams = streams
        self.limit = limit
    }

    /// The first of the chains; the right is asked in all of them.
    public var stream: AuditStream { streams.first ?? .office }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document municipality"]) }

    /// Looks, by name.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Hit] {
        try await transaction.members(found: self)
    }
}
