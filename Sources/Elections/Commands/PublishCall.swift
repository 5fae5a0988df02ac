public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Publishes the call: from then on what is elected and by which rules stands.
public struct PublishCall: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Where it is published: a board, a page, a radio.
    public let channels: [String]

    /// Takes what a person chose.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, through channels: [String]) {
        self.process = process
        self.alliance = alliance
        self.channels = channels
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the call.
    ///
    /// - Throws: ``ProcessError``, ``CalendarError``, ``TableError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedProcess(process), found.alliance == alliance,
            let place = try await transaction.alliance(alliance)
        else { throw ProcessError.notFound }
        guard found.state == .draft else { throw ProcessError.alreadyCalled }
        let contests = try await transaction.contests(of: process)
        guard !contests.isEmpty else { throw ProcessError.noContests }
        guard let calendar = try await transaction.calendar(of: process) else { throw CalendarError.missing }
        try await transaction.requireCoverage(of: found)
        let tables = try await transaction.tables(of: process)
        var author: String?
        if let user = transaction.scope.principal.user { author = try await transaction.user(user)?.name }
        let space = EligibilitySpace(alliance: alliance, process: process)
        var requirements: [(EligibilityTarget, [String])] = []
        for target in [EligibilityTarget.elector, .candidate] {
            let asked = try await transaction.requirements(for: target, in: space, at: now)
            requirements.append((target, asked.map(\.title)))
        }
        let text = Call(
            process: found,
            entity: try await transaction.organization(transaction.organization)?.name ?? "",
            alliance: place.name,
            contests: contests, calendar: calendar, tables: tables,
            municipalities: try await transaction.municipalities(coded: tables.map(\.municipality)),
            requirements: requirements, contact: try await transaction.contact(of: alliance),
            author: author, publishedAt: now
        ).text
        try await transaction.insertCall(text, of: process, channels: channels, at: now)
        try await transaction.bindRequirements(of: process, in: alliance, at: now)
        try await transaction.move(found, to: .called, at: now)
        return Audited(
            AuditEvent(
                "elections.call.published", subject: process,
                details: ["text": text, "channels": channels.joined(separator: ", ")]))
    }
}
