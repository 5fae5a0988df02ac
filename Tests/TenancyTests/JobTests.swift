import Foundation
import Kernel
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Tenancy

extension TestTenants {
    fileprivate func worker(_ handlers: [JobHandler], signal: WorkSignal = WorkSignal()) -> JobWorker {
        let clock = clock
        return JobWorker(
            database: database, handlers: handlers, signal: signal, now: { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    fileprivate func request(_ kind: String, in organization: Organization) async throws -> ID<Job> {
        let now = clock.now
        return try await database.transaction(TenantScope(.system(in: organization.id))) { transaction in
            try await transaction.request(kind, payload: "{\"filas\": 3}", at: now)
        }
    }

    fileprivate func job(_ id: ID<Job>, in organization: Organization) async throws -> Job {
        try #require(
            try await database.read(TenantScope(.system(in: organization.id))) { try await $0.job(id) })
    }

    /// Takes a job up as a server does that is killed right after.
    fileprivate func abandon(in organization: Organization) async throws {
        let now = clock.now
        let taken = try await database.transaction(TenantScope(.system(in: organization.id))) { transaction in
            try await transaction.takeUpJob(
                of: ["prueba.cosa.hacer"], lease: ID(), silentFor: JobWorker.silence, at: now)
        }
        #expect(taken != nil)
    }
}

@Suite struct JobTests {
    @Test func `a job is done, tells how far it came, and keeps what came of it`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let worker = tenants.worker([
            JobHandler("prueba.cosa.hacer") { job, organization, progress in
                #expect(job.state == .running)
                #expect(organization == insurer.id)
                try await progress.report(1, of: 3, phase: "Leyendo")
                let seen = try await tenants.job(job.id, in: insurer)
                #expect((seen.doneUnits, seen.totalUnits, seen.phase, seen.percent) == (1, 3, "Leyendo", 33))
                try await progress.report(3, of: 3, phase: "Guardando")
                return "{\"listas\": 3}"
            }
        ])
        #expect(await worker.drain(insurer.id) == 1)
        let job = try await tenants.job(id, in: insurer)
        #expect(job.state == .done)
        #expect(job.result == "{\"listas\": 3}")
        #expect(job.phase == "Guardando")
        #expect(job.finishedAt == tenants.clock.now)
        #expect(await worker.drain(insurer.id) == 0)
    }

    @Test func `a failure is told in words: those of a rule, or a number to cite`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        struct Unforeseen: Error {}
        let refused = try await tenants.request("prueba.cosa.rechazar", in: insurer)
        let broken = try await tenants.request("prueba.cosa.romper", in: insurer)
        let worker = tenants.worker([
            JobHandler("prueba.cosa.rechazar") { _, _, _ in throw AllianceError.withoutTerritory },
            JobHandler("prueba.cosa.romper") { _, _, _ in throw Unforeseen() },
        ])
        #expect(await worker.drain(insurer.id) == 2)
        #expect(try await tenants.job(refused, in: insurer).failure == "Elija al menos un municipio.")
        let words = try #require(try await tenants.job(broken, in: insurer).failure)
        #expect(words.contains(broken.description))
        #expect(!words.contains("Unforeseen"))
    }

    @Test func `a job whose server was killed is taken up again after its silence, not before`() async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        try await tenants.abandon(in: insurer)
        let worker = tenants.worker([JobHandler("prueba.cosa.hacer") { _, _, _ in "{}" }])
        tenants.clock.advance(by: JobWorker.silence)
        #expect(await worker.drain(insurer.id) == 0)
        tenants.clock.advance(by: 1)
        #expect(await worker.drain(insurer.id) == 1)
        let job = try await tenants.job(id, in: insurer)
        #expect((job.state, job.attempts) == (.done, 2))
    }

    @Test func `a job whose last sign lies in the future is taken up, since a clock was put right`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let ahead: TimeInterval = 30 * 86_400
        tenants.clock.advance(by: ahead)
        try await tenants.abandon(in: insurer)
        let worker = tenants.worker([JobHandler("prueba.cosa.hacer") { _, _, _ in "{}" }])
        // Two servers' clocks are never quite the same.
        tenants.clock.advance(by: -JobWorker.silence)
        #expect(await worker.drain(insurer.id) == 0)
        tenants.clock.advance(by: JobWorker.silence - ahead)
        #expect(await worker.drain(insurer.id) == 1)
        #expect(try await tenants.job(id, in: insurer).state == .done)
    }

    @Test func `a worker does not take its own job up again where the clock leaps ahead`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let worker = Mutex<JobWorker?>(nil)
        let made = tenants.worker([
            JobHandler("prueba.cosa.hacer") { _, organization, _ in
                tenants.clock.advance(by: 86_400)
                let again = worker.withLock(\.self)
                #expect(await again?.drain(organization) == 0)
                return "{}"
            }
        ])
        worker.withLock { $0 = made }
        #expect(await made.drain(insurer.id) == 1)
        let job = try await tenants.job(id, in: insurer)
        #expect((job.state, job.attempts) == (.done, 1))
    }

    @Test func `a database that hangs up ends a job's work, not the job`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let worker = tenants.worker([
            JobHandler("prueba.cosa.hacer") { job, organization, _ in
                guard job.attempts == 1 else { return "{}" }
                _ = try await tenants.database.transaction(TenantScope(.system(in: organization))) {
                    try await $0.execute("select pg_terminate_backend(pg_backend_pid())")
                }
                return "{\"de\": \"nadie\"}"
            }
        ])
        #expect(await worker.drain(insurer.id) == 1)
        #expect(try await tenants.job(id, in: insurer).state == .running)
        tenants.clock.advance(by: JobWorker.silence + 1)
        #expect(await worker.drain(insurer.id) == 1)
        let job = try await tenants.job(id, in: insurer)
        #expect((job.state, job.attempts, job.result) == (.done, 2, "{}"))
    }

    @Test func `a job that kills its server each time is given up`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        for _ in 0..<JobWorker.maximumAttempts {
            try await tenants.abandon(in: insurer)
            tenants.clock.advance(by: JobWorker.silence + 1)
        }
        let worker = tenants.worker([
            JobHandler("prueba.cosa.hacer") { _, _, _ in
                Issue.record("it was begun once more")
                return "{}"
            }
        ])
        #expect(await worker.drain(insurer.id) == 1)
        let job = try await tenants.job(id, in: insurer)
        #expect((job.state, job.failure) == (.failed, JobError.brokenOffRepeatedly.message))
    }

    @Test func `a cancelled job stops at its next report and stays cancelled`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let waiting = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let office = try await tenants.principal(.office, of: insurer)
        let worker = tenants.worker([
            JobHandler("prueba.cosa.hacer") { job, _, progress in
                #expect(job.id == id)
                try await progress.report(1, of: 2, phase: "Una")
                for id in [id, waiting] {
                    try await tenants.runner.run(
                        CancelJob(try await tenants.job(id, in: insurer)), as: office)
                }
                try await progress.report(2, of: 2, phase: "Otra")
                Issue.record("it went on")
                return "{}"
            }
        ])
        #expect(await worker.drain(insurer.id) == 1)
        for id in [id, waiting] {
            let job = try await tenants.job(id, in: insurer)
            #expect((job.state, job.phase != "Otra") == (.cancelled, true))
            await #expect(throws: JobError.hasEnded) {
                try await tenants.runner.run(CancelJob(job), as: office)
            }
        }
    }

    @Test func `a server that was thought dead does not overwrite what its successor wrote`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let successor = tenants.worker([JobHandler("prueba.cosa.hacer") { _, _, _ in "{\"de\": \"otro\"}" }])
        let slow = tenants.worker([
            JobHandler("prueba.cosa.hacer") { _, organization, _ in
                tenants.clock.advance(by: JobWorker.silence + 1)
                #expect(await successor.drain(organization) == 1)
                return "{\"de\": \"lento\"}"
            }
        ])
        #expect(await slow.drain(insurer.id) == 1)
        #expect(try await tenants.job(id, in: insurer).result == "{\"de\": \"otro\"}")
    }

    @Test(.timeLimit(.minutes(5)))
    func `a server that stops gives its job back, and the next takes it up at once`() async throws {
        let signal = WorkSignal()
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let id = try await tenants.request("prueba.cosa.hacer", in: insurer)
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let stopping = tenants.worker(
            [
                JobHandler("prueba.cosa.hacer") { _, _, _ in
                    continuation.yield()
                    try await Task.sleep(for: .seconds(3600))
                    return "{}"
                }
            ], signal: signal)
        let running = Task { await stopping.run(every: .seconds(3600)) }
        for await _ in stream { break }
        running.cancel()
        await running.value
        let given = try await tenants.job(id, in: insurer)
        #expect((given.state, given.attempts) == (.waiting, 0))
        let next = tenants.worker([JobHandler("prueba.cosa.hacer") { _, _, _ in "{}" }])
        #expect(await next.drain(insurer.id) == 1)
    }
}
