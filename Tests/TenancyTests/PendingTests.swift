import Foundation
import Kernel
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
                        PendingItem(.mandates, count: 1, in: .alliance(second.id), dueOn: today + 5),
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
        #expect(try await kinds(office) == [.dueObligations, .mandates, .claims, .claims, .papers])
        let board = try await tenants.principal(
            .board, of: insurer, in: .alliance(first.id), name: "Beto Prueba")
        #expect(try await kinds(board) == [.claims])
        let member = try await tenants.principal(
            .member, of: insurer, in: .alliance(first.id), name: "Cira Prueba")
        #expect(try await kinds(member).isEmpty)
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
