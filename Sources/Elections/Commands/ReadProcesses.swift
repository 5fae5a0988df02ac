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

/// All that a process holds for its page.
public struct ProcessFile: Sendable, Hashable {
    /// The process.
    public let process: ElectionProcess
    /// What it elects.
    public let contests: [Contest]
    /// Its calendar, its terms as they run; `nil` while the day of the vote is not chosen.
    public let calendar: ElectoralCalendar?
    /// The latest publication of its provisional roll.
    public let provisionalRoll: ProvisionalRoll?
    /// Its frozen roll.
    public let roll: Roll?
    /// The text of its call, as it was published.
    public let call: String?
    /// What came of each date of its calendar.
    public let progress: [Milestone.Kind: MilestoneProgress]

    /// Where a date of the calendar stands.
    public func standing(of milestone: Milestone, at now: Date) -> MilestoneStanding {
        (progress[milestone.kind] ?? .none).standing(
            from: milestone.opensAt, until: milestone.closesAt, isVoting: milestone.kind == .voting,
            isAwaited: process.state != .draft && process.state != .suspended && !process.state.isOver,
            at: now)
    }

    /// The first date that is open or late, while the process goes on: where it stands today.
    public func current(at now: Date) -> Milestone.Kind? {
        guard process.state != .draft, !process.state.isOver else { return nil }
        return calendar?.milestones.first { milestone in
            switch standing(of: milestone, at: now) {
            case .underWay, .today, .late: true
            case .done, .toCome: false
            }
        }?.kind
    }
}

/// Reads one process with all that its page shows.
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
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> ProcessFile {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        let progress = try await transaction.progress(of: process)
        return ProcessFile(
            process: found, contests: try await transaction.contests(of: process),
            calendar: try await transaction.calendar(of: process)?.running(as: progress),
            provisionalRoll: try await transaction.provisionalRoll(of: process),
            roll: try await transaction.roll(of: process), call: try await transaction.call(of: process),
            progress: progress)
    }
}
