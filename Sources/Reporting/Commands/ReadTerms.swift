public import Foundation
public import Kernel
public import Tenancy

/// Reads by which terms an obligation counts for the alliances of an entity, or for one of them.
public struct ReadTerms: Query {
    /// What is read.
    public struct Answer: Sendable, Hashable {
        /// The obligation, with the catalogue's terms.
        public let obligation: Obligation
        /// Those confirmed for all alliances of the entity.
        public let ofEntity: OwnTerms?
        /// Those confirmed for the one alliance.
        public let ofAlliance: OwnTerms?
    }

    /// Who may do it.
    public static let permission = Permission.confirmTerms
    /// The obligation.
    public let code: Obligation.Code
    /// The alliance; `nil` for all of the entity's.
    public let alliance: Kernel.ID<Alliance>?

    /// Asks about an obligation.
    public init(_ code: Obligation.Code, of alliance: Kernel.ID<Alliance>?) {
        self.code = code
        self.alliance = alliance
    }

    /// Where the right is asked.
    public var stream: AuditStream { alliance.map(AuditStream.alliance) ?? .office }

    /// Reads it; `nil` where the obligation has no terms to confirm.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer? {
        guard !code.parameterNames.isEmpty,
            let obligation = try await transaction.obligations().first(where: { $0.code == code })
        else { return nil }
        let set = try await transaction.ownTerms().filter { $0.code == code }
        return Answer(
            obligation: obligation, ofEntity: set.first { $0.alliance == nil }?.terms,
            ofAlliance: alliance.flatMap { alliance in set.first { $0.alliance == alliance }?.terms })
    }
}
