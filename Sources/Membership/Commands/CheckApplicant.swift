public import Foundation
public import Kernel
public import Tenancy

/// Says which requirements of members somebody who asks to join does not meet, by their titles: enough to decide, and
/// nothing else of a person who is not of the alliance yet.
public struct CheckApplicant: Query {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The request.
    public let application: ID<Application>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about a request.
    public init(_ application: ID<Application>, of alliance: ID<Alliance>) {
        self.application = application
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// What is not met is shown.
    public var disclosure: Disclosure? { Disclosure(of: application, details: ["fields": "eligibility"]) }

    /// Looks at the person as of today.
    ///
    /// - Throws: ``ApplicationError/notPending`` where the alliance has no such request.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [String] {
        guard let found = try await transaction.applicationSummary(application, of: alliance) else {
            throw ApplicationError.notPending
        }
        let person = found.application.person
        return try await transaction.obstacles(
            of: [person], to: alliance, on: ColombianTime.date(at: now), at: now)[person] ?? []
    }
}
