public import Foundation
public import Kernel
public import Tenancy

/// Lists the members of an alliance, present or past.
public struct ListMembers: Query {
    /// The orders of the list.
    public enum Order: Sendable, Hashable {
        case name, document, joined
    }

    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Words of the name in any order, or a document, as ``PersonSearch`` reads them; `nil` for all.
    public let words: String?
    /// A municipality, by its code; `nil` for all.
    public let municipality: String?
    /// Whether those who left are listed in place of those who are members.
    public let areFormer: Bool
    /// The order.
    public let order: Order
    /// Whether the order is turned round.
    public let isDescending: Bool
    /// How many rows at the most.
    public let limit: Int
    /// How many rows are passed over.
    public let offset: Int

    /// Asks for a page of the list.
    public init(
        of alliance: ID<Alliance>, words: String? = nil, municipality: String? = nil, areFormer: Bool = false,
        order: Order = .name, isDescending: Bool = false, limit: Int = 50, offset: Int = 0
    ) {
        self.alliance = alliance
        self.words = words
        self.municipality = municipality
        self.areFormer = areFormer
        self.order = order
        self.isDescending = isDescending
        self.limit = limit
        self.offset = offset
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document municipality"]) }

    /// Reads the page, and how many there are in all.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (members: [MemberSummary], total: Int) {
        try await transaction.members(self)
    }
}
