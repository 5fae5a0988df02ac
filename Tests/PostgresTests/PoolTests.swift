import Foundation
import Glibc
import Postgres
import Synchronization
import TestSupport
import Testing

private struct GaveUp: Error {}

/// What happens when connections are few, slow, cancelled, killed or out of date.
@Suite struct PoolTests {
    let database: Database

    init() async throws {
        database = try await TestDatabase.makeEmpty()
    }

    /// The same database through a pool of its own.
    private func pool(of connections: Int, waiting limit: Duration = .seconds(60)) -> Database {
        var settings = database.settings
        settings.connectionsPerRole = connections
        settings.waitLimit = limit
        return Database(settings)
    }

    private func backends(of database: Database) async throws -> Int? {
        try await self.database.read(Anything()) {
            try await $0.value(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and backend_type = 'client backend'
                and pid <> pg_backend_pid()
                """)
        }
    }

    // MARK: Bounds

    @Test(arguments: [1, 2, 7]) func `many tasks share few connections and none is lost`(connections: Int)
        async throws
    {
        let narrow = pool(of: connections)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...200 {
                group.addTask {
                    // Statements that read and transactions of several round trips, from two executors.
                    let first = try await narrow.read(Anything()) {
                        try await $0.value("select \(number)::bigint", as: Int.self) ?? 0
                    }
                    let second = try await narrow.transaction(Anything()) {
                        let one = try await $0.value("select \(first) + 1", as: Int.self) ?? 0
                        return try await $0.value("select \(one) - 1", as: Int.self) ?? 0
                    }
                    return second
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 200 * 201 / 2)
        #expect(try await backends(of: narrow) == connections)
    }

    @Test func `tasks on the executor's own threads share few connections and none is lost`() async throws {
        let narrow = pool(of: 3)
        let sum = try await withTaskExecutorPreference(SocketExecutor.shared) {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...64 {
                    group.addTask {
                        for _ in 0..<20 {
                            _ = try await narrow.read(Anything()) {
                                try await $0.value("select \(number)", as: Int.self)
                            }
                            await Task.yield()
                        }
                        return number
                    }
                }
                return try await group.reduce(0, +)
            }
        }
        #expect(sum == 64 * 65 / 2)
    }

    @Test func `who waits too long is told that the database is busy`() async throws {
        let narrow = pool(of: 1, waiting: .milliseconds(50))
        let error = try await narrow.transaction(Anything()) { _ in
            await #expect(throws: PostgresError.self) { try await narrow.execute("select 1", in: Anything()) }
        }
        #expect(error?.origin == .exhaustion)
        #expect(error?.isUnavailability == true)
        #expect(try await narrow.execute("select 1", in: Anything()) == 1)
    }

    @Test func `of a thousand tasks some are served, the others are told, and the pool is whole afterwards`()
        async throws
    {
        let narrow = pool(of: 2, waiting: .milliseconds(50))
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    do {
                        try await narrow.execute("select pg_sleep(0.01)", in: Anything())
                        return false
                    } catch let error as PostgresError where error.origin == .exhaustion {
                        return true
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        // Those who come first do not wait; all thousand, two at a time, would take a hundred times the limit.
        #expect((1..<999).contains(refused))
        #expect(try await narrow.execute("select 1", in: Anything()) == 1)
        #expect(try await backends(of: narrow) == 2)
    }

    @Test func `tasks cancelled in the queue by the hundred leave no connection behind`() async throws {
        let narrow = pool(of: 2)
        for _ in 0..<3 {
            let tasks = (0..<300).map { _ in
                Task { try await narrow.execute("select pg_sleep(0.001)", in: Anything()) }
            }
            try await Task.sleep(for: .milliseconds(2))
            for task in tasks { task.cancel() }
            for task in tasks {
                do {
                    _ = try await task.value
                } catch let error as PostgresError where error.isCancellation {}
            }
            #expect(try await narrow.execute("select 1", in: Anything()) == 1)
        }
        #expect(try await backends(of: narrow) ?? 0 <= 2)
    }

    @Test func `who is cancelled while waiting leaves the queue`() async throws {
        let narrow = pool(of: 1)
        let error = try await narrow.transaction(Anything()) { _ in
            let waiting = Task { try await narrow.execute("select 1", in: Anything()) }
            try await Task.sleep(for: .milliseconds(20))
            waiting.cancel()
            return await #expect(throws: PostgresError.self) { try await waiting.value }
        }
        #expect(error?.isCancellation == true)
        #expect(try await narrow.execute("select 1", in: Anything()) == 1)
    }

    @Test func `a closed database refuses and lets its connections go`() async throws {
        let closing = pool(of: 2)
        try await closing.transaction(Anything()) {
            try await $0.execute("select 1")
            closing.close()
            try await $0.execute("select 1")
        }
        let error = await #expect(throws: PostgresError.self) {
            try await closing.execute("select 1", in: Anything())
        }
        #expect(error?.origin == .connection)
        #expect(try await backends(of: closing) == 0)
    }

    @Test func `a database that is not there is unavailable, and says why`() async throws {
        let nowhere = Database(PgSettings(socketDirectory: "/nonexistent", database: "x"))
        let error = await #expect(throws: PostgresError.self) {
            try await nowhere.execute("select 1", in: Anything())
        }
        #expect(error?.isUnavailability == true)
        #expect(error?.message.contains("/nonexistent") == true)
    }

    @Test func `of several hosts the one that answers is used`() async throws {
        let folder = database.settings.connectionString(for: TestCluster.superuser)
            .firstMatch(of: /host='([^']+)'/).map { String($0.1) }
        let hosts = try #require(folder)
        let settings = try PgSettings(
            "host=/nonexistent,\(hosts) dbname=\(database.settings.database) target_session_attrs=read-write")
        #expect(try await Database(settings).execute("select 1", in: Anything()) == 1)
    }

    // MARK: Cancellation

    @Test func `a cancelled task stops its statement on the server`() async throws {
        let narrow = pool(of: 1)
        let task = Task {
            try await narrow.transaction(Anything()) {
                try await $0.execute("select 'cancel me', pg_sleep(600)")
            }
        }
        while try await sleepers() == 0 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.isCancellation == true)
        #expect(error?.sqlState == "57014")
        #expect(try await sleepers() == 0)
        // The connection is as good as before.
        #expect(try await narrow.execute("select 1", in: Anything()) == 1)
    }

    private func sleepers() async throws -> Int? {
        try await database.read(Anything()) {
            try await $0.value(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and query like '%cancel me%' and pid <> pg_backend_pid()
                and state = 'active'
                """)
        }
    }

    @Test func `nothing of a task that was cancelled before is sent`() async throws {
        let database = database
        try await database.script("create table marks (number int)", as: TestCluster.superuser)
        let task = Task {
            try? await Task.sleep(for: .seconds(600))
            try await database.execute("insert into marks values (1)", in: Anything())
        }
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.isCancellation == true)
        let count = try await database.read(Anything()) {
            try await $0.value("select count(*) from marks", as: Int.self)
        }
        #expect(count == 0)
    }

    @Test func `a late cancel never hits the statement that comes next`() async throws {
        let narrow = pool(of: 1)
        let seed = UInt64.random(in: .min ... .max)
        print("cancel seed", seed)
        var generator = Seeded(seed: seed)
        var cancelled = 0
        for _ in 0..<150 {
            let task = Task { try await narrow.execute("select pg_sleep(0.002)", in: Anything()) }
            try await Task.sleep(for: .microseconds(Int.random(in: 0...4000, using: &generator)))
            task.cancel()
            // Queued behind on the only connection.
            #expect(try await narrow.execute("select pg_sleep(0.001)", in: Anything()) == 1)
            do {
                _ = try await task.value
            } catch let error as PostgresError where error.isCancellation {
                cancelled += 1
            }
        }
        print("cancelled", cancelled, "of 150")
    }

    @Test func `a statement over its time limit is stopped, which is no cancellation`() async throws {
        var settings = database.settings
        settings.statementLimit = .milliseconds(20)
        let error = await #expect(throws: PostgresError.self) {
            try await Database(settings).execute("select pg_sleep(600)", in: Anything())
        }
        #expect(error?.sqlState == "57014")
        #expect(error?.isCancellation == false)
    }

    @Test func `a statement over its time limit undoes its transaction, and the connection goes on`()
        async throws
    {
        try await database.script("create table steps (number int)", as: TestCluster.superuser)
        var settings = database.settings
        settings.statementLimit = .milliseconds(200)
        settings.connectionsPerRole = 1
        let narrow = Database(settings)
        let backend: SQL = "select pg_backend_pid()"
        let before = try await narrow.read(Anything()) { try await $0.value(backend, as: Int.self) }
        let error = await #expect(throws: PostgresError.self) {
            try await narrow.transaction(Anything()) {
                try await $0.execute("insert into steps values (1)")
                try await $0.execute("select pg_sleep(600)")
            }
        }
        #expect(error?.sqlState == "57014")
        let (count, after) = try await narrow.transaction(Anything()) {
            (
                try await $0.value("select count(*) from steps", as: Int.self),
                try await $0.value(backend, as: Int.self)
            )
        }
        #expect(count == 0)
        #expect(after == before)
    }

    // MARK: Lost connections

    @Test func `a connection killed while it idles is replaced unnoticed`() async throws {
        let narrow = pool(of: 1)
        for _ in 0..<5 {
            let backend = try await narrow.read(Anything()) {
                try await $0.value("select pg_backend_pid()", as: Int.self)
            }
            try await kill(backend)
            #expect(try await narrow.execute("select 1", in: Anything()) == 1)
        }
    }

    @Test func `a connection killed a moment before is replaced unnoticed, and nothing is done twice`()
        async throws
    {
        let narrow = pool(of: 1)
        try await database.script("create table strokes (number int)", as: TestCluster.superuser)
        let bodies = Counter()
        for number in 0..<60 {
            let backend = try await narrow.read(Anything()) {
                try await $0.value("select pg_backend_pid()", as: Int.self)
            }
            // Without waiting for its end: it may be there before the next statement, or not.
            try await database.execute(
                "select pg_terminate_backend(\(Int32(backend ?? 0)))", in: Anything())
            if number % 3 == 0 { try await Task.sleep(for: .microseconds(100 * number)) }
            try await narrow.transaction(Anything()) {
                bodies.increment()
                try await $0.execute("insert into strokes values (\(number))")
            }
        }
        #expect(bodies.value == 60)
        let numbers = try await database.read(Anything()) {
            try await $0.values("select number from strokes order by number", as: Int.self)
        }
        #expect(numbers == Array(0..<60))
    }

    @Test func `a connection that is tried before it is lent and found dead is replaced`() async throws {
        var settings = database.settings
        settings.trialAfter = .zero
        settings.connectionsPerRole = 1
        let careful = Database(settings)
        for _ in 0..<5 {
            let backend = try await careful.read(Anything()) {
                try await $0.value("select pg_backend_pid()", as: Int.self)
            }
            try await kill(backend)
            #expect(try await careful.execute("select 1", in: Anything()) == 1)
        }
    }

    @Test func `a connection killed in a transaction is an error, and the next one is sound`() async throws {
        let narrow = pool(of: 1)
        let error = await #expect(throws: PostgresError.self) {
            try await narrow.transaction(Anything()) {
                let backend = try await $0.value("select pg_backend_pid()", as: Int.self)
                try await kill(backend)
                try await $0.execute("select 1")
            }
        }
        #expect(error?.isUnavailability == true)
        #expect(try await narrow.execute("select 1", in: Anything()) == 1)
    }

    @Test func `a connection killed during a statement says so`() async throws {
        let narrow = pool(of: 2)
        let task = Task {
            try await narrow.execute("select 'cancel me', pg_sleep(600)", in: Anything())
        }
        while try await sleepers() == 0 { try await Task.sleep(for: .milliseconds(5)) }
        try await database.execute(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and query like '%cancel me%' and pid <> pg_backend_pid()
            """, in: Anything())
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.sqlState == "57P01")
        #expect(error?.isUnavailability == true)
        #expect(try await narrow.execute("select 1", in: Anything()) == 1)
    }

    private func kill(_ backend: Int?) async throws {
        // Waits until the process is gone.
        try await database.execute(
            "select pg_terminate_backend(\(Int32(backend ?? 0)), 10000)", in: Anything())
    }

    @Test func `a connection that idled for long is tried before it is lent`() async throws {
        var settings = database.settings
        settings.trialAfter = .zero
        let careful = Database(settings)
        for _ in 0..<3 { #expect(try await careful.execute("select 1", in: Anything()) == 1) }
        #expect(try await backends(of: careful) == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func
        `a server that says nothing any more is given up when a connection is tried, and when it rolls back`()
        async throws
    {
        var settings = database.settings
        settings.connectionsPerRole = 1
        settings.trialAfter = .zero
        settings.answerLimit = .milliseconds(100)
        let careful = Database(settings)
        let silent = Mutex<[pid_t]>([])
        defer { for process in silent.withLock(\.self) { Glibc.kill(process, SIGCONT) } }
        @Sendable func silence(_ backend: Int?) throws {
            let process = pid_t(try #require(backend))
            silent.withLock { $0.append(process) }
            try #require(Glibc.kill(process, SIGSTOP) == 0)
        }
        try silence(
            try await careful.read(Anything()) { try await $0.value("select pg_backend_pid()", as: Int.self) }
        )
        #expect(try await careful.execute("select 1", in: Anything()) == 1)
        await #expect(throws: GaveUp.self) {
            try await careful.transaction(Anything()) {
                try silence(try await $0.value("select pg_backend_pid()", as: Int.self))
                throw GaveUp()
            }
        }
        #expect(try await careful.execute("select 1", in: Anything()) == 1)
        #expect(silent.withLock(\.count) == 2)
    }

    @Test(.timeLimit(.minutes(5)))
    func `bulk work has so many connections and no more, and all of it is done`() async throws {
        var settings = database.settings
        settings.bulkConnections = 2
        let bulky = Database(settings)
        /// How many wait for the lock below.
        func waiting() async throws -> Int? {
            try await database.read(Anything()) {
                try await $0.value(
                    """
                    select count(*) from pg_locks
                    where locktype = 'advisory' and not granted
                        and database = (select oid from pg_database where datname = current_database())
                    """, as: Int.self)
            }
        }
        let tasks = try await database.transaction(Anything()) { holder in
            try await holder.execute("select pg_advisory_xact_lock(4711)")
            let tasks = (0..<8).map { _ in
                Task {
                    try await bulky.script("select pg_advisory_xact_lock(4711)", as: TestCluster.superuser)
                }
            }
            while try await waiting() ?? 0 < 2 { try await Task.sleep(for: .milliseconds(5)) }
            // Whoever was to come beside them has had the time to.
            for _ in 0..<20 {
                #expect(try await waiting() == 2)
                try await Task.sleep(for: .milliseconds(5))
            }
            return tasks
        }
        for task in tasks { try await task.value }
    }

    @Test func `a connection that grew old is closed`() async throws {
        var settings = database.settings
        settings.ageLimit = .zero
        let young = Database(settings)
        let first = try await young.read(Anything()) {
            try await $0.value("select pg_backend_pid()", as: Int.self)
        }
        let second = try await young.read(Anything()) {
            try await $0.value("select pg_backend_pid()", as: Int.self)
        }
        #expect(first != second)
    }

    // MARK: Migrations under way

    @Test func `a statement whose result a migration changed is prepared anew`() async throws {
        let narrow = pool(of: 1)
        try await database.script("create table things (number int)", as: TestCluster.superuser)
        let all: SQL = "select * from things"
        _ = try await narrow.read(Anything()) { try await $0.values(all, as: Int.self) }

        try await database.script("alter table things alter number type bigint", as: TestCluster.superuser)
        _ = try await narrow.read(Anything()) { try await $0.values(all, as: Int.self) }

        try await database.script("alter table things alter number type smallint", as: TestCluster.superuser)
        let attempts = Counter()
        try await narrow.transaction(Anything()) {
            attempts.increment()
            try await $0.execute("insert into things values (\(1)::smallint)")
            _ = try await $0.values(all, as: Int.self)
        }
        #expect(attempts.value == 2)
        #expect(try await narrow.read(Anything()) { try await $0.values(all, as: Int.self) } == [1])
    }

    @Test func `a statement that fails to prepare can be tried again`() async throws {
        let narrow = pool(of: 1)
        for _ in 0..<2 {
            let error = await #expect(throws: PostgresError.self) {
                try await narrow.execute("insert into later values (1)", in: Anything())
            }
            #expect(error?.sqlState == "42P01")
        }
        try await database.script("create table later (number int)", as: TestCluster.superuser)
        #expect(try await narrow.execute("insert into later values (1)", in: Anything()) == 1)
    }
}

private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func increment() { count.add(1, ordering: .relaxed) }
}
