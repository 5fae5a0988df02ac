public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads all that the pages of the voting day show.
public struct ReadDay: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(of place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> DayFile {
        try await transaction.dayFile(of: place, at: now)
    }
}

/// Finds an elector at the door, by document or by any words of the name.
public struct FindElectors: Query {
    /// Those on the roll, and those who are not, with why.
    public struct Answer: Sendable {
        /// Electors, at the most ``FindElectors/limit``.
        public let electors: [Elector]
        /// People whom the roll does not have, looked for only by their whole document.
        public let strangers: [Stranger]
    }

    /// The most electors that an answer has.
    public static let limit = 12
    /// Who may do it.
    public static let permission = Permission.checkIn
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>
    /// What was typed or scanned.
    public let words: String

    /// Looks for somebody.
    public init(_ words: String, in session: ID<VotingSession>, of place: ProcessPlace) {
        self.place = place
        self.session = session
        self.words = words
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document presence"]) }

    /// Looks.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let electors = try await transaction.electors(
            matching: words, in: session, of: place, limit: Self.limit)
        guard electors.isEmpty else { return Answer(electors: electors, strangers: []) }
        return Answer(electors: [], strangers: try await transaction.strangers(matching: words, to: place))
    }
}

/// Lists who came to a session, the last one first.
public struct ListPresences: Query {
    /// Who may do it.
    public static let permission = Permission.checkIn
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>
    /// Whether only those are listed who are inside.
    public let arePresent: Bool
    /// How many rows at the most.
    public let limit: Int
    /// How many rows are passed over.
    public let offset: Int

    /// Asks for a page of the list.
    public init(
        in session: ID<VotingSession>, of place: ProcessPlace, arePresent: Bool = false, limit: Int = 50,
        offset: Int = 0
    ) {
        self.place = place
        self.session = session
        self.arePresent = arePresent
        self.limit = limit
        self.offset = offset
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names and documents are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document presence"]) }

    /// Reads the page, and how many there are in all.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (presences: [Elector], total: Int) {
        try await transaction.presences(self)
    }
}
