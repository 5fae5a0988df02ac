public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Where one alliance stands: for its board and members, its office, its committee, its guarantors.
public struct ComplianceOfAlliance: Query {
    /// What is read.
    public struct Output: Sendable {
        /// The obligations of the catalogue.
        public let obligations: [Obligation]
        /// Where the alliance stands on each.
        public let standings: [Standing]
        /// The last changes.
        public let changes: [ObligationChange]
    }

    /// Who may ask.
    public static let permission = Permission.seeCompliance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about an alliance.
    public init(_ alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// Where the right is asked.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the answer.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Output {
        Output(
            obligations: try await transaction.obligations(),
            standings: try await transaction.standings(of: alliance),
            changes: try await transaction.obligationChanges(of: alliance))
    }
}

/// Where the alliances of an entity stand, for its office.
public struct ComplianceOfOffice: Query {
    /// What is read.
    public struct Output: Sendable {
        /// The obligations of the catalogue.
        public let obligations: [Obligation]
        /// The alliances by name.
        public let rows: [ComplianceRow]
        /// The terms that the entity set.
        public let terms: [SetTerms]
    }

    /// Who may ask.
    public static let permission = Permission.seeCompliance

    /// Asks about all alliances.
    public init() {}

    /// Where the right is asked.
    public var stream: AuditStream { .office }

    /// Reads the answer.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Output {
        Output(
            obligations: try await transaction.obligations(), rows: try await transaction.complianceRows(),
            terms: try await transaction.ownTerms())
    }
}
