import Foundation
import Kernel
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Tenancy

/// What handlers were given.
private final class Deliveries: Sendable {
    private let messages = Mutex<[OutboxMessage]>([])

    var subjects: [String] { messages.withLock { $0.map(\.subject) } }
    var count: Int { messages.withLock(\.count) }

    func note(_ message: OutboxMessage) { messages.withLock { $0.append(message) } }
}

private struct Refused: Error {}

private struct Outbox: RowDecodable, Equatable {
    var waiting: Int
    var failing: Int

    init(waiting: Int, failing: Int) {
        self.waiting = waiting
        self.failing = failing
    }

    init(row: Row) throws(RowError) {
        waiting = try row["waiting"]
        failing = try row["failing"]
    }
}

extension TestTenants {
    fileprivate func worker(_ handlers: [OutboxHandler], signal: WorkSignal = WorkSignal()) -> OutboxWorker {
        let clock = clock
        return OutboxWorker(
            database: database, handlers: handlers, signal: signal, now: { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    fileprivate func post(_ topic: String, _ subjects: [String], in organization: Organization) async throws {
        let now = clock.now
        try await database.transaction(TenantScope(.system(in: organization.id))) { transaction in
            for subject in subjects {
                try await transaction.post(OutboxMessage(topic: topic, subject: subject), at: now)
            }
        }
    }

    /// How many messages wait, and how many of them failed.
    fileprivate func state(of organization: Organization) async throws -> Outbox {
        try #require(
            try await database.read(TenantScope(.system(in: organization.id))) { transaction in
                try await transaction.row(
                    """
                    select count(*) as waiting, count(*) filter (where attempts > 0) as failing
                    from tenancy.outbox where delivered_at is null
                    """)
            })
    }
}

@Suite struct OutboxTests {
    @Test func `messages are delivered once, in their order`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let deliveries = Deliveries()
        let worker = tenants.worker([
            .inside("prueba.cosa.pasa") { message, _, _ in deliveries.note(message) }
        ])
        try await tenants.post("prueba.cosa.pasa", ["a", "b", "c"], in: insurer)
        #expect(try await worker.drain(insurer.id) == 3)
        #expect(try await worker.drain(insurer.id) == 0)
        #expect(deliveries.subjects == ["a", "b", "c"])
        #expect(try await tenants.state(of: insurer).waiting == 0)
    }

    @Test func `what fails is undone, waits ever longer and does not hold up the rest`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let attempts = Deliveries()
        let worker = tenants.worker([
            .inside("prueba.cosa.pasa") { message, transaction, now in
                attempts.note(message)
                _ = try await transaction.request("prueba.cosa.hacer", at: now)
                if message.subject == "mala" { throw Refused() }
            }
        ])
        try await tenants.post("prueba.cosa.pasa", ["mala", "buena"], in: insurer)
        #expect(try await worker.drain(insurer.id) == 1)
        for wait in [2, 4, 8] {
            tenants.clock.advance(by: Double(wait) - 0.5)
            #expect(try await worker.drain(insurer.id) == 0)
            let before = attempts.count
            tenants.clock.advance(by: 0.5)
            #expect(try await worker.drain(insurer.id) == 0)
            #expect(attempts.count == before + 1)
        }
        #expect(try await tenants.state(of: insurer) == Outbox(waiting: 1, failing: 1))
        let jobs = try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
            try await $0.jobs()
        }
        #expect(jobs.count == 1)
    }

    @Test func `changes of one alliance are taken together, those of others apart`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let deliveries = Deliveries()
        let worker = tenants.worker([
            .inside(OutboxMessage.allianceChangedTopic) { message, _, _ in deliveries.note(message) }
        ])
        try await tenants.post(OutboxMessage.allianceChangedTopic, ["a", "b", "a", "a", "b"], in: insurer)
        #expect(try await worker.drain(insurer.id) == 5)
        #expect(deliveries.subjects == ["a", "b"])
    }

    @Test func `a topic that nobody handles is kept, but for changes of alliances`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let worker = tenants.worker([])
        try await tenants.post("prueba.nadie.oye", ["x"], in: insurer)
        try await tenants.post(OutboxMessage.allianceChangedTopic, ["a"], in: insurer)
        #expect(try await worker.drain(insurer.id) == 1)
        #expect(try await tenants.state(of: insurer) == Outbox(waiting: 1, failing: 1))
    }

    @Test func `two workers at once deliver each message once`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let deliveries = Deliveries()
        try await tenants.post("prueba.cosa.pasa", (0..<60).map(String.init), in: insurer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                let worker = tenants.worker([
                    .inside("prueba.cosa.pasa") { message, _, _ in deliveries.note(message) }
                ])
                group.addTask { try await worker.drain(insurer.id) }
            }
            try await group.waitForAll()
        }
        #expect(deliveries.count == 60)
        #expect(Set(deliveries.subjects).count == 60)
    }

    @Test func `what goes outside is not sent by two, and comes back after a crash`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        try await tenants.post("prueba.correo.sale", ["x"], in: insurer)
        let deliveries = Deliveries()
        let second = tenants.worker([
            .outside("prueba.correo.sale") { message, _, _ in deliveries.note(message) }
        ])
        // The first worker is cancelled in the middle of sending, as a killed server is.
        let first = tenants.worker([
            .outside("prueba.correo.sale") { message, organization, _ in
                #expect(try await second.drain(organization) == 0)
                throw CancellationError()
            }
        ])
        #expect(try await first.drain(insurer.id) == 0)
        #expect(deliveries.count == 0)
        tenants.clock.advance(by: OutboxWorker.lease)
        #expect(try await second.drain(insurer.id) == 1)
        #expect(deliveries.subjects == ["x"])
    }

    @Test(.timeLimit(.minutes(5)))
    func `a commit wakes the worker up, long before its next round`() async throws {
        let signal = WorkSignal()
        let tenants = try await TestTenants.make { signal.signal($0) }
        let insurer = try await tenants.insurer()
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let worker = tenants.worker(
            [
                .inside(OutboxMessage.allianceChangedTopic) { message, _, _ in
                    continuation.yield(message.subject)
                }
            ],
            signal: signal)
        let running = Task { await worker.run(every: .seconds(3600)) }
        let alliance = try await tenants.alliance(in: insurer)
        var heard = stream.makeAsyncIterator()
        #expect(await heard.next() == alliance.id.description)
        try await tenants.runner.run(
            EditAlliance(id: alliance.id, name: "Otro"), as: .terminal(in: insurer.id))
        #expect(await heard.next() == alliance.id.description)
        running.cancel()
        await running.value
    }

    @Test(.timeLimit(.minutes(5)))
    func `what another process left is found in the next round`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let worker = tenants.worker([
            .inside("prueba.cosa.pasa") { message, _, _ in continuation.yield(message.subject) }
        ])
        let running = Task { await worker.run(every: .milliseconds(20)) }
        try await tenants.post("prueba.cosa.pasa", ["x"], in: insurer)
        var heard = stream.makeAsyncIterator()
        #expect(await heard.next() == "x")
        running.cancel()
        await running.value
    }

    @Test(.timeLimit(.minutes(5)))
    func `a relay that does not answer holds up neither what stays inside nor another tenant's mail`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let stuck = try await tenants.insurer("EPS atascada")
        let other = try await tenants.insurer("EPS de al lado")
        // The relay of one tenant takes its mail and says nothing; mail was posted before anything else.
        try await tenants.post("prueba.correo.sale", ["1", "2", "3"], in: stuck)
        try await tenants.post("prueba.cosa.pasa", ["de la atascada"], in: stuck)
        try await tenants.post("prueba.correo.sale", ["de la otra"], in: other)
        try await tenants.post("prueba.cosa.pasa", ["de la otra"], in: other)
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let worker = tenants.worker([
            .outside("prueba.correo.sale") { message, organization, _ in
                if organization == stuck.id {
                    asking.yield()
                    try await Task.sleep(for: .seconds(3600))
                }
                continuation.yield("correo \(message.subject)")
            },
            .inside("prueba.cosa.pasa") { message, _, _ in continuation.yield("cosa \(message.subject)") },
        ])
        let running = Task { await worker.run(every: .milliseconds(20)) }
        for await _ in asked { break }
        var heard: Set<String> = []
        for await what in stream {
            heard.insert(what)
            if heard.count == 3 { break }
        }
        #expect(heard == ["cosa de la atascada", "cosa de la otra", "correo de la otra"])
        // While it hangs, what comes later is delivered, too.
        try await tenants.post("prueba.cosa.pasa", ["después"], in: stuck)
        var later = stream.makeAsyncIterator()
        #expect(await later.next() == "cosa después")
        running.cancel()
        await running.value
    }

    @Test func `a tenant that is being delivered is looked at once more, after those that wait`() {
        let rounds = OutboxRounds()
        let tenants = (0..<OutboxLane.inside.width + 2).map { _ in ID<Organization>() }
        let first = tenants[0]
        #expect(tenants.filter { rounds.begin($0, in: .inside) }.count == OutboxLane.inside.width)
        #expect(!rounds.begin(first, in: .inside))
        // The other lane has places of its own.
        #expect(rounds.begin(first, in: .outside))
        #expect(rounds.end(first, in: .inside) == tenants[OutboxLane.inside.width])
        #expect(rounds.end(tenants[1], in: .inside) == tenants[OutboxLane.inside.width + 1])
        #expect(rounds.end(tenants[2], in: .inside) == first)
        #expect(rounds.end(tenants[3], in: .inside) == nil)
        #expect(rounds.end(first, in: .outside) == nil)
    }

    @Test func `a message that a clock ahead put off is delivered once the clock is put right`() async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        try await tenants.post("prueba.cosa.pasa", ["x"], in: insurer)
        let deliveries = Deliveries()
        let isReached = Mutex(false)
        let worker = tenants.worker([
            .inside("prueba.cosa.pasa") { message, _, _ in
                guard isReached.withLock(\.self) else { throw Refused() }
                deliveries.note(message)
            }
        ])
        tenants.clock.advance(by: 30 * 86_400)
        #expect(try await worker.drain(insurer.id) == 0)
        isReached.withLock { $0 = true }
        tenants.clock.advance(by: -30 * 86_400)
        #expect(try await worker.drain(insurer.id) == 1)
        #expect(deliveries.subjects == ["x"])
    }

    @Test func `what was delivered is thrown away after its time`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        try await tenants.post("prueba.cosa.pasa", ["x", "y"], in: insurer)
        _ = try await tenants.worker([.inside("prueba.cosa.pasa") { _, _, _ in }]).drain(insurer.id)
        try await tenants.post("prueba.cosa.pasa", ["z"], in: insurer)
        let folder = FileManager.default.temporaryDirectory.appending(path: "anclas-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = tenants.clock
        let chores = Chores(
            database: tenants.database, identity: tenants.identity, anchors: folder, now: { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        clock.advance(by: Chores.messageLife + 1)
        #expect(try await chores.runIfDue() == Chore.allCases.count)
        #expect(try await chores.runIfDue() == 0)
        let left = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.values("select subject_id from tenancy.outbox", as: String.self)
        }
        #expect(left == ["z"])
        #expect(
            try AnchorFile(url: chores.anchorFile(at: clock.now)).read().map(\.organization) == [insurer.id])
        clock.advance(by: 86_400)
        #expect(try await chores.runIfDue() == Chore.allCases.count)
        #expect(try AnchorFile(url: chores.anchorFile(at: clock.now)).read().isEmpty)
    }
}
