public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads what jurors see of a box at their table, with those of the roll for whom they look.
public struct ReadBoxTable: Query {
    /// The most electors that an answer has.
    public static let limit = 12
    /// Who may do it.
    public static let permission = Permission.runBooths
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The table.
    public let table: ID<VotingTable>
    /// The document, or words of the name, that were typed or scanned; `nil` where nobody is looked for.
    public let words: String?

    /// Asks about a table.
    public init(
        _ table: ID<VotingTable>, of box: ID<BallotBox>, looking words: String? = nil, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.table = table
        self.words = words
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Names, documents and who voted are shown.
    public var disclosure: Disclosure? {
        words.map { _ in Disclosure(details: ["fields": "name document presence"]) }
    }

    /// Reads it; a juror about their own table alone.
    ///
    /// - Throws: ``BoxError/notFound``, ``TableError/notFound``, ``TableCountError/notYourTable``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> BoxTable {
        let found = try await transaction.box(box, of: place)
        let number = try await transaction.requireBooth(at: table, of: place)
        var electors: [BoxElector] = []
        if let words {
            electors = try await transaction.electors(matching: words, beside: found, limit: Self.limit)
        }
        return BoxTable(
            box: found, id: table, number: number,
            kiosks: try await transaction.kiosks(of: box).filter { $0.table == table },
            participation: try await transaction.participation(in: box, at: table), electors: electors)
    }
}

/// Reads one elector beside a box, for what a juror does about them at their table; they may be of another one.
public struct ReadBoxElector: Query {
    /// Who may do it.
    public static let permission = Permission.runBooths
    /// The process.
    public let place: ProcessPlace
    /// The box.
    public let box: ID<BallotBox>
    /// The table where they stand.
    public let table: ID<VotingTable>
    /// Who.
    public let person: ID<Person>

    /// Asks about somebody.
    public init(
        _ person: ID<Person>, at table: ID<VotingTable>, beside box: ID<BallotBox>, in place: ProcessPlace
    ) {
        self.place = place
        self.box = box
        self.table = table
        self.person = person
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Their name, document and whether they voted are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document presence"]) }

    /// Reads it; a juror at their own table alone.
    ///
    /// - Throws: ``BoxError/notFound``, ``BoxError/notOnRoll``, ``TableError/notFound``, ``TableCountError/notYourTable``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> BoxElector {
        _ = try await transaction.requireBooth(at: table, of: place)
        let found = try await transaction.box(box, of: place)
        guard let elector = try await transaction.elector(person, beside: found) else {
            throw BoxError.notOnRoll
        }
        return elector
    }
}

/// Reads the boxes of a process as the page of the day names them.
public struct ReadRunningBoxes: Query {
    /// Who may do it.
    public static let permission = Permission.seeBoxes
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(of place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads them, by number.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [RunningBox]
    {
        let conflicts = try await transaction.openConflicts(of: place.process)
        return try await transaction.boxes(of: place.process).filter { $0.place == place }.map {
            RunningBox(box: $0, openConflicts: conflicts[$0.id] ?? 0)
        }
    }
}
