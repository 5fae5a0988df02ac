import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct GuarantorTests {
    @Test func `an institution is invited once, accredited by name, and remarks for itself`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let invite = try InviteGuarantor(
            .ombudsman, "  Personería   de San Antero ", writing: "Lo invitamos.", to: process, of: alliance)
        let id = try await runner.run(invite, as: setting.office)
        await #expect(throws: GuarantorError.alreadyInvited("Personería de San Antero")) {
            try await runner.run(invite, as: setting.office)
        }
        let remark = try RecordRemark("Faltaron tarjetas en la mesa 1.", of: id, in: process, of: alliance)
        await #expect(throws: GuarantorError.notAccredited) {
            try await runner.run(remark, as: setting.committee)
        }
        let (user, other) = (try await setting.users(2)[0], try await setting.users(1)[0])
        func accredit(_ user: ID<User>) throws -> AccreditGuarantor {
            try AccreditGuarantor(
                id, named: "Luz Prueba", "Personera", as: .user(user), in: process, of: alliance)
        }
        await #expect(throws: AccessError.notPermitted(.accreditGuarantors)) {
            try await runner.run(accredit(user), as: setting.office)
        }
        _ = try await runner.run(accredit(user), as: setting.committee)
        let guarantor = try await setting.tenants.principal(of: user, in: setting.organization)
        try await runner.run(remark, as: guarantor)
        // Another guarantor of the same process remarks for their own institution alone.
        let second = try await runner.run(
            InviteGuarantor(
                .healthAuthority, "Secretaría", writing: "Lo invitamos.", to: process, of: alliance),
            as: setting.office)
        _ = try await runner.run(
            AccreditGuarantor(
                second, named: "Otra Prueba", "Secretaria", as: .user(other), in: process, of: alliance),
            as: setting.committee)
        let stranger = try await setting.tenants.principal(of: other, in: setting.organization)
        await #expect(throws: GuarantorError.notYours) { try await runner.run(remark, as: stranger) }
        let found = try await runner.fetch(ReadGuarantors(of: process, of: alliance), as: setting.office)
        #expect(found.guarantors.map(\.institution) == ["Personería de San Antero", "Secretaría"])
        #expect(found.guarantors[0].remarks.map(\.body) == ["Faltaron tarjetas en la mesa 1."])
        #expect(found.guarantors[0].name == "Luz Prueba" && found.guarantors[0].accreditedAt != nil)
    }

    @Test func `who came for an institution keeps no right once somebody else comes`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let id = try await runner.run(
            InviteGuarantor(
                .ombudsman, "Personería", writing: "Lo invitamos.", to: process, of: alliance),
            as: setting.office)
        let users = [try await setting.users(1)[0], try await setting.users(1)[0]]
        func isGuarantor(_ user: ID<User>) async throws -> Bool {
            try await setting.tenants.principal(of: user, in: setting.organization).grants.contains {
                $0.role == .guarantor
            }
        }
        // The second time the same delegate has another post.
        for (name, user) in [("Luz", users[0]), ("Luz", users[0]), ("Mar", users[1])] {
            setting.tenants.clock.advance(by: 60)
            _ = try await runner.run(
                AccreditGuarantor(id, named: name, "Delegada", as: .user(user), in: process, of: alliance),
                as: setting.committee)
            #expect(try await isGuarantor(user))
        }
        #expect(try await !isGuarantor(users[0]))
        // Somebody who only comes takes the right from who came before, too.
        setting.tenants.clock.advance(by: 60)
        _ = try await runner.run(
            AccreditGuarantor(id, named: "Sol", "Delegada", as: nil, in: process, of: alliance),
            as: setting.committee)
        #expect(try await !isGuarantor(users[1]))
    }

    @Test func `a juror is no guarantor`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        let table = try await setting.addTable(to: process)
        let document = try IdentityDocument(type: .cedula, number: "1000000001")
        let users = try await setting.users(2)
        try await setting.tenants.runner.run(
            AppointJuror(.user(users[0]), with: document, at: table, in: process, of: setting.alliance.id),
            as: setting.committee)
        let id = try await setting.tenants.runner.run(
            InviteGuarantor(
                .other, "Veeduría", writing: "Lo invitamos.", to: process, of: setting.alliance.id),
            as: setting.office)
        await #expect(throws: GuarantorError.otherCapacity("Ana")) {
            try await setting.tenants.runner.run(
                AccreditGuarantor(
                    id, named: "Ana", "Veedora", as: .user(users[1]), with: document, in: process,
                    of: setting.alliance.id), as: setting.committee)
        }
    }
}
