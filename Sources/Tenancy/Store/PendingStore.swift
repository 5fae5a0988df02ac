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

extension PendingItem.Kind: SQLValue {}

/// What the server should do by itself for the tenant and does not.
struct ServerTrouble: RowDecodable {
    let item: PendingItem

    init(row: Row) throws(RowError) {
        item = PendingItem(
            try row["kind"], count: try row["count"], in: .office, since: try row["since"])
    }
}

/// Messages of a topic whose delivery fails again and again.
public struct FailingMessages: Sendable, Hashable, RowDecodable {
    /// What should happen by them.
    public let topic: String
    /// How many wait.
    public let count: Int
    /// Since when the oldest does.
    public let since: Date

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        topic = try row["topic"]
        count = try row["count"]
        since = try row["since"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns what the server should do by itself and does not, a line a kind, those with a count of 0 too.
    ///
    /// A message fails once it was tried five times, over a minute: people need not hear of a hiccup.
    func serverTroubles() async throws -> [ServerTrouble] {
        try await rows(
            """
            select \(PendingItem.Kind.failingMessages) as kind, count(*) as count, min(posted_at) as since
            from tenancy.outbox
            where organization_id = \(organization) and delivered_at is null and attempts > 4
            union all
            select \(PendingItem.Kind.failedChores), count(*), min(failed_at)
            from tenancy.chores
            where organization_id = \(organization) and failed_at is not null
            union all
            select \(PendingItem.Kind.brokenChains), count(distinct found.stream_id), min(found.verified_at)
            from tenancy.audit_verifications as found
            where found.organization_id = \(organization) and found.fault is not null
                and not exists (
                    select from tenancy.audit_verifications as later
                    where later.organization_id = \(organization) and later.stream_id = found.stream_id
                        and later.verified_at > found.verified_at and later.fault is null)
            """)
    }

    /// Returns the messages that fail, by topic.
    func failingMessages() async throws -> [FailingMessages] {
        try await rows(
            """
            select topic, count(*) as count, min(posted_at) as since from tenancy.outbox
            where organization_id = \(organization) and delivered_at is null and attempts > 4
            group by topic order by since, topic
            """)
    }

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
