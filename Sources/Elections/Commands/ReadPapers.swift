public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads what is printed for the tables of a process: its ballots, and for each table how many electors and who serves
/// there. A juror reads that of their own table.
public struct ReadPapers: Query {
    /// Who may do it.
    public static let permission = Permission.printPapers
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(in place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> PapersFile {
        guard let process = try await transaction.process(place.process), process.alliance == place.alliance
        else { throw ProcessError.notFound }
        let isWhole = transaction.scope.principal.roles(for: Self.permission, in: stream) != [.juror]
        return PapersFile(
            process: process, roll: try await transaction.roll(of: process.id),
            ballots: try await transaction.ballotPapers(of: process, at: now),
            tables: try await transaction.paperTables(of: process.id).filter { isWhole || $0.jury != nil },
            isWhole: isWhole)
    }
}

/// Lists the electors of a table for the list that they sign; a juror those of their own table.
public struct ListTableElectors: Query {
    /// Who may do it.
    public static let permission = Permission.printPapers
    /// The table.
    public let table: ID<VotingTable>
    /// The process.
    public let place: ProcessPlace

    /// Asks for the electors of a table.
    public init(of table: ID<VotingTable>, in place: ProcessPlace) {
        self.table = table
        self.place = place
    }

    /// What the list is printed from.
    public struct Answer: Sendable {
        /// The process.
        public let process: ElectionProcess
        /// The roll from which it comes.
        public let roll: Roll
        /// The table.
        public let table: PaperTable
        /// Its electors by surname.
        public let electors: [TableElector]
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names and documents are shown.
    public var disclosure: Disclosure? {
        Disclosure(of: table, details: ["fields": "name document"])
    }

    /// Reads it.
    ///
    /// - Throws: ``PaperError/rollNotFrozen``, ``ProcessError/notFound``, ``TableError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let papers = try await ReadPapers(in: place).fetch(in: transaction, at: now)
        let table = try papers.table(table)
        guard let roll = papers.roll else { throw PaperError.rollNotFrozen }
        return Answer(
            process: papers.process, roll: roll, table: table,
            electors: try await transaction.electors(at: table.setup.id, of: place.process))
    }
}

/// Lists the credentials of those whom a process elected; empty until they are proclaimed.
public struct ListCredentials: Query {
    /// Who may do it.
    public static let permission = Permission.issueCredentials
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(in place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "elected document"]) }

    /// Reads them.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [Credential] {
        try await transaction.credentials(in: place)
    }
}
