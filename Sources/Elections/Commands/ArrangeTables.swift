public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What a person decides about a table.
public struct TableChoices: Sendable, Hashable {
    /// The place: a school, a hall.
    public let place: String
    /// How to get there.
    public let address: String
    /// The municipality in which it stands, by its code.
    public let municipality: String
    /// Who votes at it; empty where all do who vote at no other.
    public let slices: [TableSlice]

    /// Takes what a person filled in.
    ///
    /// - Throws: ``TableError/placeMissing``.
    public init(place: String, address: String, municipality: String, slices: [TableSlice])
        throws(TableError)
    {
        self.place = place.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.address = address.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !self.place.isEmpty, !self.address.isEmpty else { throw .placeMissing }
        self.municipality = municipality
        self.slices = slices
    }
}

/// Adds a voting table to a process, or changes one, until the vote begins.
///
/// After the call, which said where people vote, a change needs its reason.
public struct ArrangeTable: Command {
    /// Who may do it.
    public static let permission = Permission.arrangeTables
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The table that is changed; `nil` for a new one.
    public let table: ID<VotingTable>?
    /// What was decided about it.
    public let choices: TableChoices
    /// Why, after the call.
    public let reason: String?

    /// Takes what a person chose.
    public init(
        _ choices: TableChoices, as table: ID<VotingTable>? = nil, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>, because reason: String? = nil
    ) {
        self.process = process
        self.alliance = alliance
        self.table = table
        self.choices = choices
        self.reason = reason?.nonBlank
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes it, and puts the electors of a frozen roll at their tables anew.
    ///
    /// - Throws: ``TableError``, ``ProcessError``, ``CalendarError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<VotingTable>> {
        let found = try await transaction.processWithOpenTables(process, of: alliance)
        let tables = try await transaction.tables(of: process)
        // What the call did not say yet may be said later; what it said changes with a reason.
        guard found.state == .draft || tables.isEmpty || reason != nil else { throw TableError.reasonMissing }
        let before = tables.first { $0.id == table }
        guard table == nil || before != nil else { throw TableError.notFound }
        let voting = try await transaction.calendar(of: process)?[.voting]
        guard let voting, let closing = voting.closesAt else { throw CalendarError.missing }
        for other in tables where other.id != table {
            for slice in other.slices where choices.slices.contains(where: slice.overlaps) {
                throw TableError.slicesOverlap(table: other.number)
            }
        }
        let arranged = TableSetup(
            id: before?.id ?? ID(), number: before?.number ?? (tables.map(\.number).max() ?? 0) + 1,
            place: choices.place, address: choices.address, municipality: choices.municipality,
            opensAt: before?.opensAt ?? voting.opensAt, closesAt: before?.closesAt ?? closing,
            slices: choices.slices, jurors: [])
        if before == nil {
            try await transaction.insert(arranged, of: process)
        } else {
            try await transaction.update(arranged, of: process)
        }
        try await transaction.assignIfFrozen(found)
        return Audited(
            arranged.id,
            AuditEvent(
                before == nil ? "elections.table.added" : "elections.table.changed", subject: arranged.id,
                details: [
                    "number": String(arranged.number), "place": arranged.place, "address": arranged.address,
                    "municipality": arranged.municipality, "reason": reason ?? "",
                ]))
    }
}

/// Takes a table out of a process, as long as nobody was named for it and nothing happened at it.
public struct RemoveTable: Command {
    /// Who may do it.
    public static let permission = Permission.arrangeTables
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The table.
    public let table: ID<VotingTable>

    /// Names the table.
    public init(_ table: ID<VotingTable>, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
        self.table = table
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Takes it out.
    ///
    /// - Throws: ``TableError``, ``ProcessError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.processWithOpenTables(process, of: alliance)
        // What the call said of places is changed, and never silently taken back.
        guard found.state == .draft else { throw ProcessError.alreadyCalled }
        guard let before = try await transaction.tables(of: process).first(where: { $0.id == table }) else {
            throw TableError.notFound
        }
        try await transaction.remove(table, of: process)
        return Audited(
            AuditEvent(
                "elections.table.removed", subject: table,
                details: ["number": String(before.number), "place": before.place]))
    }
}

/// Shares the electors among the tables: those of a municipality among the tables that stand in it, by surname and in
/// parts as equal as surnames allow. Municipalities without a table are left for a person to decide.
public struct SplitElectors: Command {
    /// Who may do it.
    public static let permission = Permission.arrangeTables
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for the tables of a process.
    public init(in process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the slices of all tables anew.
    ///
    /// - Throws: ``TableError``, ``ProcessError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.processWithOpenTables(process, of: alliance)
        let tables = try await transaction.tables(of: process)
        guard tables.count > 1 else { throw TableError.nothingToSplit }
        for table in tables { try await transaction.setSlices([], of: table.id, in: process) }
        for (municipality, standing) in Dictionary(grouping: tables, by: \.municipality) {
            let surnames = try await transaction.surnames(in: municipality, of: found)
            let slices = TableSlice.equalParts(
                standing.count, of: surnames.map(TableSlice.letters), in: municipality)
            for (table, slice) in zip(standing.sorted { $0.number < $1.number }, slices) {
                try await transaction.setSlices([slice], of: table.id, in: process)
            }
        }
        try await transaction.assignIfFrozen(found)
        return Audited(
            AuditEvent(
                "elections.electors.split", subject: process, details: ["tables": String(tables.count)]))
    }
}

extension TableSlice {
    /// Slices of a municipality that have about as many people each; nobody of one surname is parted from the others.
    ///
    /// - Parameters:
    ///   - count: How many, at least 1. There are fewer where there are not so many surnames.
    ///   - surnames: Folded surnames in order, each as often as it is borne.
    ///   - municipality: The municipality, by its code.
    /// - Returns: The slices in the order of the alphabet.
    static func equalParts(_ count: Int, of surnames: [String], in municipality: String) -> [Self] {
        var starts: [String] = [""]
        for part in 1..<max(count, 1) {
            let surname = surnames.isEmpty ? "" : surnames[part * surnames.count / count]
            if let last = starts.last, surname > last { starts.append(surname) }
        }
        return starts.indices.map { index in
            Self(
                municipality: municipality, from: starts[index],
                to: index + 1 < starts.count ? starts[index + 1] : nil)
        }
    }
}

/// Says why no table stands in a municipality with electors, so that the call can be published without it.
public struct ExceptMunicipality: Command {
    /// Who may do it.
    public static let permission = Permission.arrangeTables
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The municipality, by its code.
    public let municipality: String
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ProcessError/reasonMissing``.
    public init(
        _ municipality: String, because reason: String, in process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) throws(ProcessError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.municipality = municipality
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes it.
    ///
    /// - Throws: ``ProcessError``, ``TableError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.processWithOpenTables(process, of: alliance)
        try await transaction.setException(reason, for: municipality, in: process, at: now)
        return Audited(
            AuditEvent(
                "elections.coverage.excepted", subject: process,
                details: ["municipality": municipality, "reason": reason]))
    }
}

/// Reads the tables of a process, and whom they cover.
public struct ReadTables: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// What there is.
    public struct Answer: Sendable {
        /// The process.
        public let process: ElectionProcess
        /// Its tables.
        public let tables: [TableSetup]
        /// Whom they cover.
        public let coverage: [Coverage]
        /// Names of municipalities by code, of all that are named here.
        public let municipalities: [Municipality]
        /// Whether jurors may still be named and relieved.
        public let mayChangeJurors: Bool
    }

    /// Asks about a process.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Reads them.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        let tables = try await transaction.tables(of: process)
        let coverage = try await transaction.coverage(of: found)
        let codes = Set(tables.map(\.municipality) + coverage.map(\.municipality))
        return Answer(
            process: found, tables: tables, coverage: coverage,
            municipalities: try await transaction.municipalities(coded: codes.sorted()),
            mayChangeJurors: try await transaction.mayChangeJurors(of: found))
    }
}

extension Transaction where Scope == TenantScope {
    /// A process whose tables may still change; it stays as it is until the transaction ends.
    ///
    /// - Throws: ``ProcessError``, ``TableError/votingBegan``.
    func processWithOpenTables(
        _ id: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) async throws -> ElectionProcess {
        guard let found = try await lockedProcess(id), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        switch found.state {
        case .draft, .called, .provisionalRoll, .claims, .frozenRoll, .nominations: return found
        default: throw TableError.votingBegan
        }
    }

    /// Puts the electors of a frozen roll at their tables anew.
    func assignIfFrozen(_ process: ElectionProcess) async throws {
        guard try await roll(of: process.id) != nil else { return }
        _ = try await assignElectors(of: process.id)
        try await publishAnswers(of: process)
    }

    /// Refuses a call that says where some vote and not where the others do. One without any table leaves it to be
    /// announced, as small assemblies do.
    ///
    /// - Throws: ``TableError/notCovered(_:)``.
    func requireCoverage(of process: ElectionProcess) async throws {
        guard try await !tables(of: process.id).isEmpty else { return }
        let missing = try await coverage(of: process).filter(\.isMissing)
        guard missing.isEmpty else { throw TableError.notCovered(missing.map(\.name)) }
    }
}

extension String {
    /// The text without blanks around it; `nil` where nothing is left.
    var nonBlank: String? {
        let text = trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }
}
