public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Reads the candidacies of whoever asks, in the elections of an alliance that go on, with the decision that kept them out
/// and its reasons: who was left out has to be able to read why.
public struct ReadOwnCandidacies: Query {
    /// Who may do it.
    public static let permission = Permission.seeOwnVote
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about oneself.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them; none where the account is of nobody of the register.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> [OwnCandidacy]
    {
        guard let user = transaction.scope.principal.user,
            let person = try await transaction.person(of: user)
        else { return [] }
        return try await transaction.candidacies(of: person, in: alliance)
    }
}
