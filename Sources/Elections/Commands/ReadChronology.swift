public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads what happened in a process from its chain of events, the last first: each act with its author, time and reason.
public struct ReadChronology: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// What there is.
    public struct Answer: Sendable {
        /// The process with what it holds.
        public let file: ProcessFile
        /// What happened.
        public let entries: [ChronologyEntry]
        /// The places where people vote.
        public let places: [String]
        /// Whether the call may be declared void: nobody voted, or no vote was valid and nobody challenges it any more.
        public let isVoidable: Bool
        /// The annulment that waits for its second person.
        public let annulment: OpenAnnulment?
    }

    /// Asks about a process.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let file = try await ReadProcess(process, of: alliance).fetch(in: transaction, at: now)
        let events = try await transaction.events(
            of: stream, matching: LogFilter(action: "elections."), limit: 2000)
        let incidents = try await transaction.incidentAccounts(of: process)
        var places: [String] = []
        for table in try await transaction.tables(of: process) where !places.contains(table.place) {
            places.append(table.place)
        }
        let obstacle = try await transaction.obstacleToVoid(ProcessPlace(process, of: alliance), at: now)
        return Answer(
            file: file, entries: events.compactMap { ChronologyEntry($0, incidents: incidents) },
            places: places,
            isVoidable: file.process.state.successors.contains(.void) && obstacle == nil,
            annulment: try await transaction.openAnnulment(of: process))
    }
}

extension ChronologyEntry {
    /// An event of the chain as people read it; `nil` for what a chronology leaves out.
    fileprivate init?(_ event: LoggedEvent, incidents: [Date: String]) {
        var values: [String: String] = [:]
        if let text = event.details?.data(using: .utf8) {
            values = (try? JSONDecoder().decode([String: String].self, from: text)) ?? [:]
        }
        guard let title = Self.title(of: event.action, kind: values["kind"]) else { return nil }
        // What an incident was is told word by word where it is kept.
        if event.action == "elections.incident.recorded" { values["account"] = incidents[event.happenedAt] }
        sequence = event.sequence
        happenedAt = event.happenedAt
        actor =
            event.actorName
            ?? (event.actorKind == "terminal" ? "La terminal del servidor" : "La página pública")
        self.title = title
        details = Self.shown.compactMap { key, name in
            values[key].flatMap {
                $0.isEmpty ? nil : Detail(name: name, text: Self.words(for: $0, under: key))
            }
        }
        isDisruption = Self.isDisruption(event.action)
    }
}
