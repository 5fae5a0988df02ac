public import Foundation
public import Kernel
public import Tenancy

/// A request to join as lists show it.
public struct ApplicationSummary: Sendable, Hashable {
    /// The request.
    public let application: Application
    /// Surnames first, as lists are sorted.
    public let name: String
    /// The person's document.
    public let document: IdentityDocument
    /// Municipality and department.
    public let municipality: String
    /// The day of the decision.
    public let decidedOn: CalendarDate?
    /// Why it was refused.
    public let reason: String?
}

/// Lists the requests to join an alliance: those that wait first, the oldest ahead; then the others, the latest ahead.
public struct ListApplications: Query {
    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Where they stand; `nil` for all.
    public let state: Application.State?
    /// How many rows at the most.
    public let limit: Int
    /// How many rows are passed over.
    public let offset: Int

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document municipality"]) }

    /// Asks for a page of the list.
    public init(
        of alliance: ID<Alliance>, state: Application.State? = nil, limit: Int = 50, offset: Int = 0
    ) {
        self.alliance = alliance
        self.state = state
        self.limit = limit
        self.offset = offset
    }

    /// Reads the page, and how many there are in all.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (applications: [ApplicationSummary], total: Int) {
        try await transaction.applications(self)
    }
}

/// Reads a request to join.
public struct ReadApplication: Query {
    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The request.
    public let application: ID<Application>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Name and document are shown.
    public var disclosure: Disclosure? { Disclosure(of: application, details: ["fields": "name document"]) }

    /// Asks for a request.
    public init(_ application: ID<Application>, of alliance: ID<Alliance>) {
        self.application = application
        self.alliance = alliance
    }

    /// Reads it.
    ///
    /// - Throws: ``ApplicationError/notPending`` where the alliance has no such request.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> ApplicationSummary {
        guard let found = try await transaction.applicationSummary(application, of: alliance) else {
            throw ApplicationError.notPending
        }
        return found
    }
}
