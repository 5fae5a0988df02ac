public import Foundation
import Kernel
public import Postgres

extension Chore: SQLValue {}

/// A daily chore that could not be done.
public struct FailedChore: Sendable, Hashable, RowDecodable {
    /// Which.
    public let chore: Chore
    /// Since when it fails.
    public let since: Date
    /// Why, in words for people.
    public let failure: String

    init(_ chore: Chore, since: Date, failure: String) {
        self.chore = chore
        self.since = since
        self.failure = failure
    }

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        chore = try row["chore"]
        since = try row["failed_at"]
        failure = try row["failure"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the chores that were done for the tenant on a day.
    func choresDone(on day: CalendarDate) async throws -> [Chore] {
        try await values(
            """
            select chore from tenancy.chores
            where organization_id = \(organization) and done_on = \(day) and failed_at is null
            """)
    }

    /// Notes that a chore was done for the tenant.
    func noteDone(_ chore: Chore, on day: CalendarDate, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.chores (organization_id, chore, done_on, done_at)
            values (\(organization), \(chore), \(day), \(now))
            on conflict on constraint chores_pkey do update
            set done_on = excluded.done_on, done_at = excluded.done_at, failed_at = null, failure = null
            """)
    }

    /// Notes that a chore failed; since when it does is kept.
    func noteFailed(_ chore: Chore, because failure: String, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.chores (organization_id, chore, failed_at, failure)
            values (\(organization), \(chore), \(now), \(failure))
            on conflict on constraint chores_pkey do update
            set failed_at = coalesce(chores.failed_at, excluded.failed_at), failure = excluded.failure
            """)
    }

    /// Returns the chores that fail, the oldest trouble first.
    func failedChores() async throws -> [FailedChore] {
        try await rows(
            """
            select chore, failed_at, failure from tenancy.chores
            where organization_id = \(organization) and failed_at is not null
            order by failed_at, chore
            """)
    }
}
