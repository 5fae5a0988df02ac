public import Foundation
public import Kernel
public import Postgres

/// How many things of a sort wait in a space, since when, and until when.
///
/// Modules decode it from the statements of their ``PendingSource``: `alliance_id`, `process_id`, `count`, `since` and
/// `due_on`.
public struct PendingCount: Sendable, RowDecodable {
    /// The alliance; `nil` for the office, or for a process of none.
    public let alliance: ID<Alliance>?
    /// The process, where they wait in one.
    public let process: ID<ElectoralProcess>?
    /// How many.
    public let count: Int
    /// Since when the oldest waits.
    public let since: Date?
    /// The day until which the first is to be done.
    public let dueOn: CalendarDate?

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        process = try row["process_id"]
        count = try row["count"]
        since = try row["since"]
        dueOn = try row["due_on"]
    }

    /// The line that it makes.
    public func item(_ kind: PendingItem.Kind) -> PendingItem {
        let stream: AuditStream =
            process.map { .process($0, of: alliance) } ?? alliance.map { .alliance($0) } ?? .office
        return PendingItem(kind, count: count, in: stream, dueOn: dueOn, since: since)
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns how many jobs failed since a moment, by alliance.
    func failedJobs(since moment: Date) async throws -> [PendingCount] {
        try await rows(
            """
            select alliance_id, null::uuid as process_id, count(*) as count, min(finished_at) as since,
                null::date as due_on
            from tenancy.jobs
            where organization_id = \(organization) and state = 'failed' and finished_at > \(moment)
            group by alliance_id
            """)
    }
}
