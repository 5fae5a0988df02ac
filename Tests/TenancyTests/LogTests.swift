import Foundation
import Kernel
import Logging
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct LogTests {
    @Test func `the log of several chains is one list, the latest first, and asks the right in each`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let first = try await tenants.alliance("Primera alianza", in: insurer)
        let second = try await tenants.alliance("Segunda alianza", in: insurer)
        for (alliance, name) in [(first, "Uno"), (second, "Dos"), (first, "Tres")] {
            tenants.clock.advance(by: 60)
            try await tenants.runner.run(
                EditAlliance(id: alliance.id, name: name), as: .terminal(in: insurer.id))
        }
        let board = try await tenants.principal(.board, of: insurer, in: .alliance(first.id))
        let office = try await tenants.principal(.office, of: insurer, name: "Beto Prueba")
        func log(_ streams: [AuditStream], _ actions: [String] = [], as principal: Principal) async throws
            -> LogPart
        {
            try await tenants.runner.fetch(
                ReadLog(LogQuestion(of: streams, actions: actions, limit: 2)), as: principal)
        }
        let all = try await log(
            [.office, .alliance(first.id), .alliance(second.id)], ["tenancy.alliance.edited"], as: office)
        #expect(all.total == 3)
        #expect(all.entries.map(\.stream) == [first.id.rawValue, second.id.rawValue])
        #expect(all.entries.first?.event.details?.contains("Tres") == true)
        #expect(try await log([.alliance(first.id)], ["tenancy."], as: board).total == 2)
        await #expect(throws: AccessError.notPermitted(.seeAudit)) {
            _ = try await log([.alliance(first.id), .alliance(second.id)], as: board)
        }
    }

    @Test func `what was done last says who did what, and nothing that somebody only looked at`() async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let office = try await tenants.principal(.office, of: insurer, name: "Ana Prueba")
        let alliance = try await tenants.runner.run(
            CreateAlliance(name: "Alianza de prueba", kind: .territory, municipalities: ["23672"]), as: office
        )
        try await tenants.database.transaction(TenantScope(office)) { transaction in
            for action in ["tenancy.document.issued", "tenancy.file.opened"] {
                try transaction.append(
                    AuditEvent(action, subject: alliance.id, details: ["title": "Certificado"]),
                    to: .alliance(alliance.id), at: tenants.clock.now)
            }
        }
        func last(isNaming: Bool) async throws -> [LastAct] {
            try await tenants.runner.fetch(
                ReadLastActs(of: [.office, .alliance(alliance.id)], count: 1, isNaming: isNaming), as: office)
        }
        let named = try #require(try await last(isNaming: true).first).event
        #expect(named.action == "tenancy.alliance.created" && named.actorName == "Ana Prueba")
        #expect(named.details?.contains("Alianza de prueba") == true)
        let unnamed = try #require(try await last(isNaming: false).first).event
        #expect(unnamed.action == named.action && unnamed.actorName == nil && unnamed.details == nil)
        #expect(!unnamed.isPurged)
    }

    @Test func `the log tells when it was verified, and what was found`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let office = try await tenants.principal(.office, of: insurer)
        let ledger = AuditLedger(database: tenants.database)
        let question = ReadLog(LogQuestion(of: [.office], limit: 10))
        #expect(try await tenants.runner.fetch(question, as: office).verifications.isEmpty)
        try await tenants.runner.run(RequestVerification(in: .office), as: office)
        #expect(try await tenants.runner.fetch(question, as: office).isBeingVerified)
        await #expect(throws: AccessError.alreadyDone) {
            try await tenants.runner.run(RequestVerification(in: .office), as: office)
        }
        let worker = JobWorker(
            database: tenants.database, handlers: [ledger.verificationJob(now: { tenants.clock.now })],
            now: { tenants.clock.now }, logger: Logger(label: "test"))
        #expect(await worker.drain(insurer.id) == 1)
        let whole = try await tenants.runner.fetch(question, as: office)
        #expect(!whole.isBeingVerified)
        #expect(whole.verifications.map(\.fault) == [nil])
        #expect(whole.verifications.first?.verifiedAt == tenants.clock.now)

        try await tenants.database.script(
            "update tenancy.audit_events set action = 'otra.cosa' where sequence = 2", as: .owner)
        tenants.clock.advance(by: 60)
        try await ledger.verifyAndNote(insurer.id, at: tenants.clock.now)
        let broken = try await tenants.runner.fetch(question, as: office)
        #expect(broken.verifications.map(\.fault) == [.altered])
        #expect(broken.verifications.map(\.brokenAt) == [2])
    }

    @Test func `a job that failed is begun again, and one that goes on is not`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let scope = TenantScope(.system(in: insurer.id))
        let now = tenants.clock.now
        let id = try await tenants.database.transaction(scope) {
            try await $0.request("prueba.cosa.hacer", at: now)
        }
        let tries = Tries()
        let worker = JobWorker(
            database: tenants.database,
            handlers: [
                JobHandler("prueba.cosa.hacer") { _, _, _ in
                    if await tries.next() == 1 { throw JobError.notFound }
                    return "{}"
                }
            ], now: { tenants.clock.now }, logger: Logger(label: "test"))
        func job() async throws -> Job {
            try #require(try await tenants.database.read(scope) { try await $0.job(id) })
        }
        let office = try await tenants.principal(.office, of: insurer)
        let waiting = RetryJob(try await job())
        await #expect(throws: JobError.isNotOver) { try await tenants.runner.run(waiting, as: office) }
        await worker.drain(insurer.id)
        #expect(try await job().state == .failed)
        #expect(try await job().failure == JobError.notFound.message)
        try await tenants.runner.run(RetryJob(try await job()), as: office)
        #expect(try await job().state == .waiting)
        await worker.drain(insurer.id)
        #expect(try await job().state == .done)
        await #expect(throws: JobError.isNotOver) {
            try await tenants.runner.run(RetryJob(try await job()), as: office)
        }
    }
}

private actor Tries {
    private var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}
