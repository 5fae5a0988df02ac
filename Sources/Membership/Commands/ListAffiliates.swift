public import Foundation
public import Kernel
public import Tenancy

/// Lists the register of affiliates.
public struct ListAffiliates: Query {
    /// The orders of the list.
    public enum Order: Sendable, Hashable {
        case name, document
    }

    /// What is asked of the affiliates.
    public struct Filter: Sendable, Hashable {
        /// Words of the name in any order, or a document, as ``PersonSearch`` reads them; `nil` for all.
        public let words: String?
        /// Whether the affiliation is in force; `nil` for all.
        public let state: AffiliationState?
        /// A municipality; `nil` for all.
        public let municipality: MunicipalityCode?

        /// Asks for some of the register.
        public init(
            words: String? = nil, state: AffiliationState? = nil, municipality: MunicipalityCode? = nil
        ) {
            self.words = words
            self.state = state
            self.municipality = municipality
        }
    }

    /// Who may do it.
    public static let permission = Permission.seeAffiliates
    /// What is asked of them.
    public let filter: Filter
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
        _ filter: Filter = Filter(), order: Order = .name, isDescending: Bool = false, limit: Int = 50,
        offset: Int = 0
    ) {
        self.filter = filter
        self.order = order
        self.isDescending = isDescending
        self.limit = limit
        self.offset = offset
    }

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document municipality state"]) }

    /// Reads the page, how many there are in all, and the municipalities that there are to choose from.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (affiliates: [AffiliateSummary], total: Int, municipalities: [AffiliateMunicipality]) {
        (
            try await transaction.affiliates(self), try await transaction.affiliateCount(filter),
            try await transaction.affiliateMunicipalities()
        )
    }
}

/// A municipality in which affiliates live.
public struct AffiliateMunicipality: Sendable, Hashable {
    /// Its code.
    public let code: MunicipalityCode
    /// Its name with its department.
    public let name: String
}

/// Hands the register out as a file, which leaves a trace: so many people's data leave the product at once.
///
/// The rows themselves are read while they are sent, piece by piece, through ``pages``.
public struct ExportAffiliates: Command {
    /// Who may do it.
    public static let permission = Permission.seeAffiliates
    /// What is asked of them.
    public let filter: ListAffiliates.Filter
    /// The kind of file.
    public let format: String

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }

    /// Hands out what a filter lets through.
    public init(_ filter: ListAffiliates.Filter, format: String) {
        self.filter = filter
        self.format = format
    }

    /// Notes who took what.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        // What was typed to search by may be somebody's name, and stays out of the chain.
        var details = [
            "format": format, "people": "\(try await transaction.affiliateCount(filter))",
            "searched": "\(filter.words != nil)",
        ]
        details["state"] = filter.state?.rawValue
        details["municipality"] = filter.municipality?.description
        return Audited(AuditEvent("membership.affiliates.exported", details: details))
    }
}

/// Reads the register piece by piece in the order of names, each piece from where the one before it ended.
public struct ReadAffiliatePiece: Query {
    /// Who may do it.
    public static let permission = Permission.seeAffiliates
    /// How many rows a piece has at the most.
    public static let size = 5_000

    /// What is asked of them.
    public let filter: ListAffiliates.Filter
    /// The last of the piece before; `nil` for the first piece.
    public let last: AffiliateSummary?

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document municipality state"]) }

    /// Asks for the piece after another.
    public init(_ filter: ListAffiliates.Filter, after last: AffiliateSummary?) {
        self.filter = filter
        self.last = last
    }

    /// Reads it; it is empty at the end.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [AffiliateSummary] {
        try await transaction.affiliates(filter, after: last, limit: Self.size)
    }
}

/// Reads what the register says of a person, and what it said before.
public struct ReadAffiliate: Query {
    /// Who may do it.
    public static let permission = Permission.seeAffiliates
    /// The person.
    public let person: ID<Person>

    /// The office's chain: the register is of the whole tenant.
    public var stream: AuditStream { .office }
    /// All that the register has is shown.
    public var disclosure: Disclosure? { Disclosure(of: person, details: ["fields": "affiliate history"]) }

    /// Asks for a person.
    public init(_ person: ID<Person>) {
        self.person = person
    }

    /// Reads it; `nil` where the register has no such person.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> AffiliateFile? {
        try await transaction.affiliateFile(of: person)
    }
}
