import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// Many tasks on few connections, cancelled, refused and killed at random: nobody gets another's answer, nothing
/// acknowledged is lost, nothing given up is kept, and nobody waits for ever.
///
/// A few seconds each time; `ALIANZAS_SOAK=300 swift test --filter SoakTests` goes on for five minutes.
@Suite struct SoakTests {
    private let database: Database
    private let seed: UInt64

    init() async throws {
        database = try await TestDatabase.makeEmpty()
        seed = UInt64.random(in: .min ... .max)
    }

    private var duration: Duration {
        let seconds = ProcessInfo.processInfo.environment["ALIANZAS_SOAK"].flatMap(Int.init)
        return .seconds(seconds ?? 3)
    }

    private struct GivenUp: Error {}

    /// What tasks saw, added up.
    private final class Ledger: Sendable {
        struct Counts {
            var acknowledged: Set<Int> = []
            var givenUp: Set<Int> = []
            var unknown: Set<Int> = []
            var reads = 0
            var cancelled = 0
            var lost = 0
            var strangers: [String] = []
        }

        private let state = Mutex(Counts())
        private let number = Atomic<Int>(0)

        var counts: Counts { state.withLock { $0 } }
        func next() -> Int { number.add(1, ordering: .relaxed).newValue }
        func note(_ change: (inout Counts) -> Void) { state.withLock { change(&$0) } }
    }

    @Test(arguments: [(tasks: 48, connections: 6), (tasks: 12, connections: 12)])
    func `tasks that are cancelled and connections that are killed leave no trace`(
        tasks: Int, connections: Int
    ) async throws {
        print("soak seed", seed, "tasks", tasks, "connections", connections)
        try await database.script("create table marks (number bigint primary key)", as: TestCluster.superuser)
        var settings = database.settings
        settings.connectionsPerRole = connections
        settings.waitLimit = .seconds(30)
        let narrow = Database(settings)
        let ledger = Ledger()
        let end = ContinuousClock.now + duration
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var random = Seeded(seed: seed &+ UInt64(task))
                    while ContinuousClock.now < end {
                        try await act(on: narrow, ledger, &random)
                    }
                }
            }
            group.addTask { try await killBackends(until: end) }
            try await group.waitForAll()
        }

        let counts = ledger.counts
        print(
            "reads \(counts.reads), kept \(counts.acknowledged.count), given up \(counts.givenUp.count), "
                + "unknown \(counts.unknown.count), cancelled \(counts.cancelled), lost \(counts.lost)")
        let kept = Set(
            try await database.read(Anything()) {
                try await $0.values("select number from marks", as: Int.self)
            })
        #expect(counts.strangers == [])
        #expect(counts.acknowledged.subtracting(kept).isEmpty, "acknowledged and gone")
        #expect(counts.givenUp.intersection(kept).isEmpty, "given up and there")
        #expect(kept.isSubset(of: counts.acknowledged.union(counts.unknown)), "there and nobody's")
        #expect(counts.reads > 0 && !counts.acknowledged.isEmpty)

        // All connections are as good as new, and no more than there may be.
        for number in 1...connections * 2 {
            let value = try await narrow.read(Anything()) {
                try await $0.value("select \(number)", as: Int.self)
            }
            #expect(value == number)
        }
        let backends = try await database.read(Anything()) {
            try await $0.value(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                """, as: Int.self)
        }
        #expect(backends ?? 0 <= connections)
    }

    // MARK: What a task does

    private func act(on narrow: Database, _ ledger: Ledger, _ random: inout Seeded) async throws {
        let number = ledger.next()
        let patience = Int.random(in: 0...3000, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: try await read(number, from: narrow, ledger)
        case 4..<6: try await write(number, to: narrow, ledger)
        case 6: try await giveUp(number, in: narrow, ledger)
        case 7: try await beRefused(number, by: narrow, ledger)
        default:
            // Cancelled at any moment: before it is sent, on the way, at the end, after it.
            let task = Task { try await write(number, to: narrow, ledger, slowly: true) }
            try await Task.sleep(for: .microseconds(patience))
            task.cancel()
            try await task.value
        }
    }

    private func read(_ number: Int, from narrow: Database, _ ledger: Ledger) async throws {
        try await tolerating(ledger) {
            let value = try await narrow.read(Anything()) {
                try await $0.value("select \(number) + 0", as: Int.self)
            }
            ledger.note { counts in
                counts.reads += 1
                if value != number { counts.strangers.append("\(number) got \(String(describing: value))") }
            }
        }
    }

    private func write(
        _ number: Int, to narrow: Database, _ ledger: Ledger, slowly: Bool = false
    ) async throws {
        let isUnknown = try await tolerating(ledger) {
            try await narrow.transaction(Anything()) { transaction in
                try await transaction.execute("insert into marks values (\(number))")
                if slowly { try await transaction.execute("select pg_sleep(0.001)") }
            }
            ledger.note { $0.acknowledged.insert(number) }
        }
        // A `commit` whose answer was lost, or came after the cancel, may have been carried out.
        if isUnknown { ledger.note { $0.unknown.insert(number) } }
    }

    private func giveUp(_ number: Int, in narrow: Database, _ ledger: Ledger) async throws {
        ledger.note { $0.givenUp.insert(number) }
        try await tolerating(ledger) {
            do {
                try await narrow.transaction(Anything()) { transaction in
                    try await transaction.execute("insert into marks values (\(number))")
                    throw GivenUp()
                }
            } catch is GivenUp {}
        }
    }

    private func beRefused(_ number: Int, by narrow: Database, _ ledger: Ledger) async throws {
        ledger.note { $0.givenUp.insert(number) }
        try await tolerating(ledger) {
            do {
                try await narrow.transaction(Anything()) { transaction in
                    try await transaction.pipeline([
                        "insert into marks values (\(number))", "insert into marks values (\(number))",
                        "select pg_sleep(600)",
                    ])
                }
                ledger.note { $0.strangers.append("\(number) was not refused") }
            } catch let error as PostgresError where error.constraint == "marks_pkey" {}
        }
    }

    /// Runs an act, and lets pass what cancels and kills may do to it.
    ///
    /// - Returns: Whether it was interrupted.
    @discardableResult
    private func tolerating(_ ledger: Ledger, _ act: () async throws -> Void) async throws -> Bool {
        do {
            try await act()
            return false
        } catch let error as PostgresError where error.isCancellation {
            ledger.note { $0.cancelled += 1 }
        } catch let error as PostgresError where error.isUnavailability && error.origin != .exhaustion {
            ledger.note { $0.lost += 1 }
        } catch is CancellationError {
            ledger.note { $0.cancelled += 1 }
        }
        return true
    }

    /// Kills a connection now and then, idle or at work, now one and now all of them.
    private func killBackends(until end: ContinuousClock.Instant) async throws {
        var random = Seeded(seed: seed &- 1)
        while ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...150, using: &random)))
            let count = Int.random(in: 0..<8, using: &random) == 0 ? 100 : 1
            try await database.execute(
                """
                select pg_terminate_backend(pid) from (
                    select pid from pg_stat_activity
                    where datname = current_database() and backend_type = 'client backend'
                        and pid <> pg_backend_pid()
                    order by random() limit \(count)) as chosen
                """, in: Anything())
        }
    }
}
