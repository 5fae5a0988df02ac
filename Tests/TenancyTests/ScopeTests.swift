import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

/// Nothing of a tenant stays in a connection that serves the next one.
@Suite struct ScopeTests {
    let tenants: TestTenants
    let first: Organization
    let second: Organization

    init() async throws {
        tenants = try await TestTenants.make()
        first = try await tenants.insurer("EPS primera")
        second = try await tenants.insurer("EPS segunda")
        for organization in [first, second] {
            _ = try await tenants.invite(.office, of: organization, name: organization.name)
        }
    }

    /// The role that serves tenants, without the tenant.
    private struct Unscoped: TransactionScope {
        static var role: DatabaseRole { .app }
        var entry: SQL? { nil }
    }

    private struct GivenUp: Error {}

    /// The same database through a pool of its own.
    private func pool(of connections: Int, statementLimit: Duration = .seconds(30)) -> Database {
        var settings = tenants.database.settings
        settings.connectionsPerRole = connections
        settings.statementLimit = statementLimit
        return Database(settings)
    }

    private func scope(of organization: Organization) -> TenantScope {
        TenantScope(.system(in: organization.id))
    }

    // MARK: One connection

    /// How a transaction may end.
    enum Ending: CaseIterable {
        case read, snapshot, commit, statement, throwing, refused, timeLimit, cancelled, killed
    }

    @Test(arguments: Ending.allCases) func `a scope ends with its transaction, however that ends`(
        ending: Ending
    ) async throws {
        let narrow = pool(of: 1, statementLimit: .milliseconds(ending == .timeLimit ? 100 : 30_000))
        try await end(ending, in: narrow, as: scope(of: first))
        let left = try await narrow.read(Unscoped()) { transaction in
            try await transaction.value(
                """
                select concat(current_setting('alianzas.organization_id', true),
                    current_setting('alianzas.user_id', true))
                """, as: String.self)
        }
        #expect(left == "")
        // And so nothing is read, rather than nobody's rows.
        let error = await #expect(throws: PostgresError.self) {
            try await narrow.read(Unscoped()) { transaction in
                try await transaction.values("select name from tenancy.users", as: String.self)
            }
        }
        #expect(["42704", "22P02"].contains(error?.sqlState))
        #expect(try await names(seenBy: second, in: narrow) == ["EPS segunda"])
    }

    /// Runs a transaction in a scope to one of its ends, having seen that the scope was there.
    private func end(_ ending: Ending, in narrow: Database, as scope: TenantScope) async throws {
        let entered: SQL = "select current_setting('alianzas.organization_id')::uuid"
        func check(_ transaction: borrowing Transaction<TenantScope>) async throws {
            #expect(
                try await transaction.value(entered, as: ID<Organization>.self) == transaction.organization)
        }
        switch ending {
        case .read: try await narrow.read(scope) { try await check($0) }
        case .snapshot: try await narrow.snapshot(scope) { try await check($0) }
        case .commit: try await narrow.transaction(scope) { try await check($0) }
        case .statement: try await narrow.execute(entered, in: scope)
        case .throwing:
            await #expect(throws: GivenUp.self) {
                try await narrow.transaction(scope) {
                    try await check($0)
                    throw GivenUp()
                }
            }
        case .refused:
            let error = await #expect(throws: PostgresError.self) {
                try await narrow.transaction(scope) {
                    try await check($0)
                    try await $0.execute("delete from tenancy.audit_events")
                }
            }
            #expect(error?.sqlState == "42501")
        case .timeLimit:
            let error = await #expect(throws: PostgresError.self) {
                try await narrow.transaction(scope) {
                    try await check($0)
                    try await $0.execute("select pg_sleep(600)")
                }
            }
            #expect(error?.sqlState == "57014")
        case .cancelled:
            let task = Task {
                try await narrow.transaction(scope) {
                    try await check($0)
                    withUnsafeCurrentTask { $0?.cancel() }
                    try await $0.execute("select pg_sleep(600)")
                }
            }
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.isCancellation == true)
        case .killed:
            let error = await #expect(throws: PostgresError.self) {
                try await narrow.transaction(scope) {
                    try await check($0)
                    try await $0.execute("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(error?.isUnavailability == true)
        }
    }

    private func names(seenBy organization: Organization, in database: Database) async throws -> [String] {
        try await database.read(scope(of: organization)) { transaction in
            // Without a filter: what is seen is what the scope lets through.
            try await transaction.values("select name from tenancy.users order by name", as: String.self)
        }
    }

    // MARK: A thousand tasks

    @Test func `a thousand tasks of two tenants on four connections each see their own`() async throws {
        let narrow = pool(of: 4)
        let seed = UInt64.random(in: .min ... .max)
        print("scope seed", seed)
        let (ended, strangers) = try await withThrowingTaskGroup(of: (Ending, Bool).self) { group in
            for number in 0..<1000 {
                let organization = number % 2 == 0 ? first : second
                group.addTask {
                    // Splits the seed by the multiplier of Knuth's hashing, so that neighbours differ.
                    let draw = (seed &+ UInt64(number)) &* 0x9E37_79B9_7F4A_7C15 >> 32
                    let ending: Ending = [.read, .commit, .throwing, .refused, .cancelled][Int(draw % 5)]
                    try await end(ending, in: narrow, as: scope(of: organization))
                    let seen = try await names(seenBy: organization, in: narrow)
                    return (ending, seen != [organization.name])
                }
            }
            return try await group.reduce(into: (Set<Ending>(), 0)) { sum, task in
                sum.0.insert(task.0)
                sum.1 += task.1 ? 1 : 0
            }
        }
        #expect(strangers == 0)
        #expect(ended.count == 5)
        let connections = try await tenants.database.read(Unscoped()) { transaction in
            try await transaction.value(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and usename = 'alianzas_app' and pid <> pg_backend_pid()
                    and backend_type = 'client backend'
                """, as: Int.self)
        }
        // Those of the suite's own pool, which made the tenants, beside the four.
        #expect(connections ?? 0 <= 4 + tenants.database.settings.connectionsPerRole)
    }
}
