import Foundation
import Kernel
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Tenancy

private let everybody = Permission("prueba.cosas.hacer", roles: [.office])
private let sensitive = Permission("prueba.cosas.decidir", roles: [.electionCommittee], isSensitive: true)

/// A number that several tasks count up.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock(\.self) }

    func increment() { count.withLock { $0 += 1 } }
}

/// A command that does what the test wants.
private struct Probe: Command {
    static let permission = everybody
    var stream: AuditStream = .office
    let body: @Sendable (borrowing TenantTransaction) async throws -> Void

    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<Void> {
        try await body(transaction)
        return Audited(AuditEvent("prueba.cosa.hecha", details: ["nota": "hecha"]))
    }
}

private struct Decide: Command {
    static let permission = sensitive
    var stream: AuditStream

    func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<Void> {
        Audited(AuditEvent("prueba.cosa.decidida"))
    }
}

private struct ReadPerson: Query {
    static let permission = Permission("prueba.personas.ver", roles: [.office, .controlBody, .operator])
    var stream: AuditStream = .office
    let person = ID<Person>()
    var disclosure: Disclosure? { Disclosure(of: person, details: ["campos": "documento"]) }

    func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Int { 7 }
}

extension TestTenants {
    fileprivate func log(of stream: AuditStream, in organization: Organization) async throws -> [LoggedEvent]
    {
        try await database.read(TenantScope(.system(in: organization.id))) { transaction in
            try await transaction.events(of: stream, matching: LogFilter())
        }
    }
}

@Suite struct CommandRunnerTests {
    @Test func `a request that comes twice counts once`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let key = ID<Request>()
        let count = Mutex(0)
        let probe = Probe { transaction in
            _ = try await transaction.organization(transaction.organization)
            count.withLock { $0 += 1 }
        }
        try await tenants.runner.run(probe, as: .system(in: insurer.id), key: key)
        await #expect(throws: AccessError.alreadyDone) {
            try await tenants.runner.run(probe, as: .system(in: insurer.id), key: key)
        }
        #expect(count.withLock(\.self) == 1)
        #expect(
            try await tenants.log(of: .office, in: insurer).count { $0.action == "prueba.cosa.hecha" } == 1)
    }

    @Test func `a command without statements of its own is refused the second time too`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let key = ID<Request>()
        try await tenants.runner.run(Probe { _ in }, as: .system(in: insurer.id), key: key)
        await #expect(throws: AccessError.alreadyDone) {
            try await tenants.runner.run(Probe { _ in }, as: .system(in: insurer.id), key: key)
        }
    }

    @Test func `a collision with others is tried again, and the event stands once`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let count = Mutex(0)
        let probe = Probe { transaction in
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number < 3 {
                try await transaction.execute("do $$ begin raise sqlstate '40P01'; end $$")
            }
        }
        try await tenants.runner.run(probe, as: .system(in: insurer.id))
        #expect(count.withLock(\.self) == 3)
        #expect(
            try await tenants.log(of: .office, in: insurer).count { $0.action == "prueba.cosa.hecha" } == 1)
    }

    @Test func `collisions without end are given up`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let count = Mutex(0)
        let probe = Probe { transaction in
            count.withLock { $0 += 1 }
            try await transaction.execute("do $$ begin raise sqlstate '40001'; end $$")
        }
        await #expect(throws: PostgresError.self) {
            try await tenants.runner.run(probe, as: .system(in: insurer.id))
        }
        #expect(count.withLock(\.self) == 5)
    }

    @Test func `a deadlock of two commands is survived by both`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliances = [
            try await tenants.alliance("Una", in: insurer).id,
            try await tenants.alliance("Otra", in: insurer).id,
        ]
        let met = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for order in [alliances, alliances.reversed()] {
                group.addTask {
                    let probe = Probe { transaction in
                        for alliance in order {
                            try await transaction.execute(
                                """
                                update tenancy.alliances set state = 'convened'
                                where organization_id = \(transaction.organization) and alliance_id = \(alliance)
                                """)
                            // Both hold their first row before either asks for the second.
                            met.increment()
                            while met.value < 2 { try await Task.sleep(for: .milliseconds(5)) }
                        }
                    }
                    try await tenants.runner.run(probe, as: .system(in: insurer.id))
                }
            }
            try await group.waitForAll()
        }
        #expect(met.value >= 4)
    }

    @Test func `a refused attempt at a sensitive act is recorded, and where there is a chain`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let office = try await tenants.principal(.office, of: insurer)
        try await tenants.runner.run(
            Probe(stream: .alliance(alliance.id)) { _ in }, as: .system(in: insurer.id))
        for stream in [AuditStream.alliance(alliance.id), .alliance(ID())] {
            await #expect(throws: AccessError.notPermitted(sensitive)) {
                try await tenants.runner.run(Decide(stream: stream), as: office)
            }
        }
        let here = try await tenants.log(of: .alliance(alliance.id), in: insurer)
        #expect(here.first?.action == "tenancy.attempt.refused")
        let elsewhere = try await tenants.log(of: .office, in: insurer)
        #expect(elsewhere.first?.action == "tenancy.attempt.refused")
        let heads = try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
            try await $0.chainHeads()
        }
        #expect(heads.count == 2)
    }

    @Test func `who looks in from outside leaves a trace, and who works there does not`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let `operator` = try await tenants.principal(.operator, of: insurer, name: "Olga Prueba")
        let office = try await tenants.principal(.office, of: insurer)
        let before = try await tenants.log(of: .office, in: insurer).count
        #expect(try await tenants.runner.fetch(ReadPerson(), as: office) == 7)
        #expect(try await tenants.runner.fetch(ReadPerson(), as: .system(in: insurer.id)) == 7)
        #expect(try await tenants.log(of: .office, in: insurer).count == before)
        let query = ReadPerson()
        #expect(try await tenants.runner.fetch(query, as: `operator`) == 7)
        #expect(try await tenants.runner.fetch(query, as: .terminal(in: insurer.id)) == 7)
        let log = try await tenants.log(of: .office, in: insurer)
        #expect(log.count == before + 2)
        #expect(log[0].actorKind == "terminal")
        #expect(log[1].actorName == "Olga Prueba")
        #expect(log[1].action == "tenancy.personal_data.read")
        #expect(log[1].subject == query.person.description)
    }

    @Test func `each act in an alliance says that it changed`() async throws {
        let signalled = Mutex<[ID<Organization>]>([])
        let tenants = try await TestTenants.make { organization in
            signalled.withLock { $0.append(organization) }
        }
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        try await tenants.runner.run(
            EditAlliance(id: alliance.id, name: "Nombre nuevo"), as: .terminal(in: insurer.id))
        let due = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.dueMessages(in: .inside, outside: [], at: tenants.clock.now, limit: 10)
        }
        #expect(due.map(\.topic) == Array(repeating: OutboxMessage.allianceChangedTopic, count: 2))
        #expect(due.allSatisfy { $0.subject == alliance.id.description })
        #expect(signalled.withLock { $0.filter { $0 == insurer.id }.count } == 3)
    }
}
