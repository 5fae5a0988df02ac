import Foundation
import Kernel
import Logging
import Postgres
import TestSupport
import Testing

@testable import Tenancy

/// Work that a test makes up.
private struct MadeUp: PendingSource {
    let permission: Permission
    let items: [PendingItem]

    func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] { items }
}

@Suite struct PendingTests {
    @Test func `each person sees what they may do themselves, the most urgent first`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let first = try await tenants.alliance("Primera alianza", in: insurer)
        let second = try await tenants.alliance("Segunda alianza", in: insurer)
        let today = ColombianTime.date(at: tenants.clock.now)
        let desk = PendingDesk(
            database: tenants.database,
            sources: [
                MadeUp(
                    permission: .editAlliances,
                    items: [
                        PendingItem(.papers, count: 3, in: .alliance(first.id)),
                        PendingItem(.electionsDue, count: 1, in: .alliance(second.id), dueOn: today + 5),
                        PendingItem(.dueObligations, count: 2, in: .alliance(first.id), dueOn: today + 2),
                        PendingItem(.jobs, count: 0, in: .office),
                    ]),
                MadeUp(
                    permission: .seeAudit,
                    items: [
                        PendingItem(.claims, count: 1, in: .alliance(first.id)),
                        PendingItem(.claims, count: 1, in: .alliance(second.id)),
                    ]),
            ])
        func kinds(_ principal: Principal) async throws -> [PendingItem.Kind] {
            try await desk.items(for: principal, at: tenants.clock.now).map(\.kind)
        }
        let office = try await tenants.principal(.office, of: insurer)
        #expect(try await kinds(office) == [.dueObligations, .electionsDue, .claims, .claims, .papers])
        let board = try await tenants.principal(
            .board, of: insurer, in: .alliance(first.id), name: "Beto Prueba")
        #expect(try await kinds(board) == [.claims])
        let member = try await tenants.principal(
            .member, of: insurer, in: .alliance(first.id), name: "Cira Prueba")
        #expect(try await kinds(member).isEmpty)
    }

    @Test
    func `what the server should do by itself and does not waits for office and operator, until it does`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let scope = TenantScope(.system(in: insurer.id))
        let begun = tenants.clock.now
        let ledger = AuditLedger(database: tenants.database)
        let office = try await tenants.principal(.office, of: insurer)
        let operating = try await tenants.principal(.operator, of: insurer, name: "Beto Prueba")
        let board = try await tenants.principal(
            .board, of: insurer, in: .alliance(alliance.id), name: "Cira Prueba")
        // What making all that left is delivered first.
        let worker = OutboxWorker(
            database: tenants.database, handlers: [.inside(OutboxMessage.invitationTopic) { _, _, _ in }],
            now: { tenants.clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await worker.drain(insurer.id)
        let whole = try await ledger.verify(insurer.id)
        let broken = whole.prefix(1).map { report in
            ChainReport(
                organization: report.organization, stream: report.stream, kind: report.kind, links: 0,
                head: report.head, firstBreak: .init(sequence: 1, fault: .altered), brokenEvent: nil,
                purgedDetails: 0, anchored: [])
        }
        try await tenants.database.transaction(scope) { transaction in
            for subject in ["a", "b"] {
                try await transaction.post(
                    OutboxMessage(topic: "prueba.correo.sale", subject: subject), at: begun)
            }
            try await transaction.noteFailed(.anchor, because: "No se puede.", at: begun)
        }
        try await ledger.note(broken, of: insurer.id, at: begun)

        let desk = PendingDesk(database: tenants.database, sources: [ServerTroubles()])
        func told(_ principal: Principal) async throws -> [PendingItem] {
            try await desk.items(for: principal, at: tenants.clock.now)
        }
        let chain = PendingItem(.brokenChains, count: 1, in: .office, since: begun)
        let chore = PendingItem(.failedChores, count: 1, in: .office, since: begun)
        let messages = PendingItem(.failingMessages, count: 2, in: .office, since: begun)
        // A message that failed once or twice may be a hiccup's.
        #expect(try await told(office) == [chain, chore])
        for _ in 0..<5 {
            #expect(try await worker.drain(insurer.id) == 0)
            tenants.clock.advance(by: 60)
        }
        #expect(try await told(office) == [chain, messages, chore])
        #expect(try await told(operating) == [chain, messages, chore])
        #expect(try await told(board).isEmpty)
        let list = try await tenants.runner.fetch(ListJobs(), as: office)
        #expect(list.failingMessages.map(\.topic) == ["prueba.correo.sale"])
        #expect(list.failedChores.map(\.failure) == ["No se puede."])

        // Each goes once it is well.
        try await ledger.note(whole, of: insurer.id, at: tenants.clock.now)
        let today = ColombianTime.date(at: tenants.clock.now)
        try await tenants.database.transaction(scope) { transaction in
            try await transaction.noteDone(.anchor, on: today, at: tenants.clock.now)
        }
        tenants.clock.advance(by: 3600)
        let able = OutboxWorker(
            database: tenants.database, handlers: [.inside("prueba.correo.sale") { _, _, _ in }],
            now: { tenants.clock.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await able.drain(insurer.id) == 2)
        #expect(try await told(office).isEmpty)
    }

    @Test func `an invitation that ran out waits for the administrator until it is made again`() async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let administrator = try await tenants.principal(.officeAdministrator, of: insurer)
        let desk = PendingDesk(database: tenants.database, sources: [LateInvitations()])
        func late() async throws -> Int {
            try await desk.items(for: administrator, at: tenants.clock.now).reduce(0) { $0 + $1.count }
        }
        let invitation = try await tenants.invite(.office, of: insurer, name: "Beto Prueba")
        #expect(try await late() == 0)
        tenants.clock.advance(by: 604_801)
        // The administrator of the test never came in either.
        #expect(try await late() == 2)
        try await tenants.runner.run(
            ResetAccess(of: invitation.user, through: tenants.identity), as: administrator)
        #expect(try await late() == 1)
    }
}
