public import Foundation
public import Kernel
public import Membership
public import Postgres
public import Tenancy

/// Lists who is on the roll of a process and who is not: the frozen roll where there is one, else the provisional one.
public struct ListRoll: Query {
    /// Who may do it.
    public static let permission = Permission.seeRoll
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The beginning of a name, or a part of a document; `nil` for all.
    public let words: String?
    /// Whether only those who are on it, or only those who are not; `nil` for both.
    public let verdict: String?
    /// How many rows.
    public let limit: Int
    /// How many rows to pass over.
    public let offset: Int

    /// A person of the list.
    public struct Line: Sendable, Hashable {
        /// The person.
        public let person: ID<Person>
        /// The name.
        public let name: String
        /// The document: type and number.
        public let document: String
        /// The municipality, by name.
        public let municipality: String
        /// `eligible`, `ineligible` or `unproven`.
        public let verdict: String
        /// Codes of the requirements that are failed or not proven.
        public let obstacles: [String]
        /// The table, once the roll is frozen.
        public let table: Int?
    }

    /// What there is.
    public struct Answer: Sendable {
        /// The process with what it holds.
        public let file: ProcessFile
        /// The people of the page.
        public let lines: [Line]
        /// How many there are in all.
        public let total: Int
        /// The requirements by code, for the words of what is missing.
        public let requirements: [Requirement]
    }

    /// Asks for a page of the list.
    public init(
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, words: String? = nil,
        verdict: String? = nil, limit: Int, offset: Int = 0
    ) {
        self.process = process
        self.alliance = alliance
        self.words = words
        self.verdict = verdict
        self.limit = limit
        self.offset = offset
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "roll"]) }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let file = try await ReadProcess(process, of: alliance).fetch(in: transaction, at: now)
        let (lines, total) = try await transaction.rollLines(self)
        return Answer(
            file: file, lines: lines, total: total, requirements: try await transaction.requirements())
    }
}
