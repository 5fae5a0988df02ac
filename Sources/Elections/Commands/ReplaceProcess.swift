public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Drafts the call for what a process did not elect: the same contests and tables, a calendar of its own. After one that
/// was void or annulled these are all its contests; after one that proclaimed others, those that elected nobody.
public struct ReplaceProcess: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process that is replaced.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The name of the new one.
    public let name: String

    /// Takes what a person chose.
    ///
    /// - Throws: ``ProcessError/unnamed``.
    public init(
        _ process: ID<ElectoralProcess>, of alliance: ID<Alliance>, naming name: String
    ) throws(ProcessError) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty, name.count <= 200 else { throw .unnamed }
        self.process = process
        self.alliance = alliance
        self.name = name
    }

    /// The chain of the process that is replaced; the new one's begins with its own acts.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the draft.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ElectoralProcess>> {
        let found = try await transaction.lockedProcess(ProcessPlace(process, of: alliance))
        guard found.state.isOver else { throw DisruptionError.nothingToReplace }
        let unfilled = try await transaction.contests(of: process).filter { $0.state != .proclaimed }
        guard !unfilled.isEmpty else { throw DisruptionError.nothingToReplace }
        let next = ElectionProcess(
            id: ID(), alliance: alliance, name: name, state: .draft, replaces: process)
        try await transaction.insert(next, at: now)
        let contests = unfilled.enumerated().map { index, old in
            Contest(
                process: next.id, position: index + 1, name: old.name, body: old.body, seats: old.seats,
                candidature: old.candidature, votingMode: old.votingMode, rule: old.rule,
                majorityBase: old.majorityBase, threshold: old.threshold,
                hasBlankMajority: old.hasBlankMajority, alternates: old.alternates,
                rulesSource: old.rulesSource, rulesAreConfirmed: old.rulesAreConfirmed)
        }
        try await transaction.insert(contests)
        for table in try await transaction.tables(of: process) {
            // The hours follow when the day is chosen.
            try await transaction.insert(
                TableSetup(
                    id: ID(), number: table.number, place: table.place, address: table.address,
                    municipality: table.municipality, opensAt: table.opensAt, closesAt: table.closesAt,
                    slices: table.slices, jurors: []), of: next.id)
        }
        return Audited(
            next.id,
            AuditEvent(
                "elections.process.replaced", subject: next.id, details: ["name": name]))
    }
}
