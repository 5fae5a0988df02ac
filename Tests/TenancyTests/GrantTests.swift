import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct GrantTests {
    @Test func `nobody gives a role to themselves`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let administrator = try await tenants.principal(.officeAdministrator, of: insurer)
        let user = try #require(administrator.user)
        for role in Role.allCases {
            await #expect(throws: GrantError.oneself, "\(role)") {
                try await tenants.runner.run(
                    GrantRole(
                        role, in: role.needsAlliance ? .alliance(alliance.id) : .organization, to: user),
                    as: administrator)
            }
        }
    }

    @Test(arguments: [
        (held: Role.office, asked: Role.electionCommittee), (.officeAdministrator, .electionCommittee),
        (.electionCommittee, .office), (.electionCommittee, .witness), (.guarantor, .electionCommittee),
        (.board, .guarantor), (.witness, .juror), (.office, .guarantor), (.electionCommittee, .juror),
    ])
    func `nobody watches over their own acts`(held: Role, asked: Role) async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        func space(_ role: Role) -> Grant.Space {
            role.needsAlliance ? .alliance(alliance.id) : .organization
        }
        let invitation = try await tenants.invite(held, of: insurer, in: space(held))
        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        await #expect(throws: GrantError.incompatible(held: held, asked: asked)) {
            try await tenants.runner.run(
                GrantRole(asked, in: space(asked), to: invitation.user), as: administrator)
        }
    }

    @Test func `roles that exclude each other may be held in different places, and one after the other`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let here = try await tenants.alliance("Alianza de aquí", in: insurer)
        let there = try await tenants.alliance("Alianza de allá", in: insurer)
        let invitation = try await tenants.invite(.electionCommittee, of: insurer, in: .alliance(here.id))
        let terminal = Principal.terminal(in: insurer.id)
        try await tenants.runner.run(
            GrantRole(.witness, in: .alliance(there.id), to: invitation.user), as: terminal)
        let process = ID<ElectoralProcess>()
        try await tenants.insertProcess(process, of: here.id, in: insurer)
        await #expect(throws: GrantError.incompatible(held: .electionCommittee, asked: .witness)) {
            try await tenants.runner.run(
                GrantRole(.witness, in: .process(process, of: here.id), to: invitation.user), as: terminal)
        }
        let grants = try await tenants.principal(of: invitation.user, in: insurer).grants
        let committee = try #require(grants.first { $0.role == .electionCommittee })
        try await tenants.runner.run(EndGrant(committee, reason: "Renuncia"), as: terminal)
        try await tenants.runner.run(
            GrantRole(.witness, in: .process(process, of: here.id), to: invitation.user), as: terminal)
    }

    @Test func `a role is given in places that are there`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let here = try await tenants.alliance("Alianza de aquí", in: insurer)
        let there = try await tenants.alliance("Alianza de allá", in: insurer)
        let process = ID<ElectoralProcess>()
        try await tenants.insertProcess(process, of: here.id, in: insurer)
        let user = try await tenants.invite(nil, of: insurer).user
        func give(in space: Grant.Space) async throws {
            try await tenants.runner.run(
                GrantRole(.witness, in: space, to: user), as: .terminal(in: insurer.id))
        }
        await #expect(throws: AllianceError.notFound) { try await give(in: .alliance(ID())) }
        await #expect(throws: GrantError.noSuchProcess) { try await give(in: .process(ID(), of: here.id)) }
        // A process of another alliance is none of this one.
        await #expect(throws: GrantError.noSuchProcess) {
            try await give(in: .process(process, of: there.id))
        }
        try await give(in: .process(process, of: here.id))
        let error = await #expect(throws: PostgresError.self) {
            try await tenants.database.execute(
                """
                insert into tenancy.grants (
                    organization_id, grant_id, user_id, role, mandate_id, starts_at)
                values (\(insurer.id), \(UUID()), \(user), 'office', \(UUID()), \(tenants.clock.now))
                """, in: TenantScope(.system(in: insurer.id)))
        }
        #expect(error?.constraint == "grants_mandate_fkey")
    }

    @Test func `two administrators at once do not give roles that exclude each other`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let invitation = try await tenants.invite(nil, of: insurer)
        let given = await withTaskGroup(of: Bool.self) { group in
            for role in [Role.juror, .witness] {
                group.addTask {
                    let command = GrantRole(role, in: .alliance(alliance.id), to: invitation.user)
                    return (try? await tenants.runner.run(command, as: .terminal(in: insurer.id))) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(given == 1)
    }

    @Test func `an electoral committee names its jurors and nobody else`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let committee = try await tenants.principal(
            .electionCommittee, of: insurer, in: .alliance(alliance.id))
        let invitation = try await tenants.invite(nil, of: insurer, name: "Beto Prueba")
        try await tenants.runner.run(
            GrantRole(.juror, in: .alliance(alliance.id), to: invitation.user), as: committee)
        for role in [Role.office, .electionCommittee, .board] {
            await #expect(throws: AccessError.self) {
                try await tenants.runner.run(
                    GrantRole(
                        role, in: role.needsAlliance ? .alliance(alliance.id) : .organization,
                        to: invitation.user), as: committee)
            }
        }
        let other = try await tenants.alliance("Otra alianza", in: insurer)
        await #expect(throws: AccessError.self) {
            try await tenants.runner.run(
                GrantRole(.juror, in: .alliance(other.id), to: invitation.user), as: committee)
        }
    }

    @Test func `operators and control bodies are not made by an entity`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let administrator = try await tenants.principal(.officeAdministrator, of: insurer)
        let invitation = try await tenants.invite(nil, of: insurer, name: "Beto Prueba")
        for role in [Role.operator, .controlBody] {
            await #expect(throws: GrantError.notGivenHere(role)) {
                try await tenants.runner.run(
                    GrantRole(role, in: .organization, to: invitation.user), as: administrator)
            }
        }
    }

    @Test func `an entity keeps an administrator, however many leave at once`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let users = [
            try await tenants.invite(.officeAdministrator, of: insurer).user,
            try await tenants.invite(.officeAdministrator, of: insurer).user,
        ]
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for user in users {
                group.addTask {
                    do {
                        let grants = try await tenants.principal(of: user, in: insurer).grants
                        try await tenants.runner.run(
                            EndGrant(grants[0], reason: "Retiro"), as: .terminal(in: insurer.id))
                        return true
                    } catch {
                        #expect(error as? GrantError == .lastAdministrator)
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter(\.self).count == 1)
    }

    @Test func `an administrator does not reset who decides in elections, and not by ending the role first`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        let invitation = try await tenants.invite(.electionCommittee, of: insurer, in: .alliance(alliance.id))
        try await tenants.identity.setPassword(Password(typed: "una frase bien larga"), with: invitation)
        let reset = ResetAccess(of: invitation.user, through: tenants.identity)
        await #expect(throws: UserError.resetNeedsOperator("Ana Prueba")) {
            try await tenants.runner.run(reset, as: administrator)
        }
        let grants = try await tenants.principal(of: invitation.user, in: insurer).grants
        try await tenants.runner.run(EndGrant(grants[0], reason: "Cambio"), as: administrator)
        await #expect(throws: UserError.resetNeedsOperator("Ana Prueba")) {
            try await tenants.runner.run(reset, as: administrator)
        }
        _ = try await tenants.runner.run(reset, as: .terminal(in: insurer.id))
    }

    @Test func `a grant is never deleted and its end alone can be written`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        _ = try await tenants.invite(.office, of: insurer)
        let scope = TenantScope(.system(in: insurer.id))
        for statement: SQL in [
            "delete from tenancy.grants where organization_id = \(insurer.id)",
            "update tenancy.grants set role = 'operator' where organization_id = \(insurer.id)",
        ] {
            let error = await #expect(throws: PostgresError.self) {
                try await tenants.database.execute(statement, in: scope)
            }
            #expect(error?.sqlState == "42501")
        }
    }
}
