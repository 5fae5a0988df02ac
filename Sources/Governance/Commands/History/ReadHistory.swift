public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Asks which imports of history an alliance has.
public struct ReadHistory: Query {
    /// Who may ask it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the answer, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [HistoryImport] {
        try await transaction.historyImports(of: alliance)
    }
}

/// Asks which elections of an alliance are known from paper.
public struct ListPastElections: Query {
    /// Who may ask it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the answer, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [PastElection] {
        try await transaction.pastElections(of: alliance)
    }
}

/// Asks what an import of history brought.
public struct ReadHistoryImport: Query {
    /// Who may ask it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The import.
    public let id: ID<HistoryImport>

    /// Takes an import.
    public init(_ id: ID<HistoryImport>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the answer.
    ///
    /// - Throws: ``HistoryError/notFound``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (imported: HistoryImport, rows: [HistoryRow]) {
        guard
            let imported = try await transaction.historyImports(of: alliance).first(where: { $0.id == id })
        else { throw HistoryError.notFound }
        return (imported, try await transaction.historyRows(of: id, in: alliance))
    }
}
