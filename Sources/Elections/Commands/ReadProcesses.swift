public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Lists the processes of an alliance, the latest first.
public struct ListProcesses: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws
        -> [ElectionProcess]
    {
        try await transaction.processes(of: alliance)
    }
}

/// Reads one process with its contests and its calendar.
public struct ReadProcess: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a process.
    public init(_ process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (process: ElectionProcess, contests: [Contest], calendar: ElectoralCalendar?) {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        return (
            found, try await transaction.contests(of: process), try await transaction.calendar(of: process)
        )
    }
}
