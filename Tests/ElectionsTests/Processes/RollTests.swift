import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

/// An alliance with members and a body of five seats, and a committee that runs its elections.
struct ElectionSetting {
    let tenants: TestTenants
    let organization: Organization
    let alliance: Alliance
    let office: Principal
    let committee: Principal
    let body: ID<Body>

    /// Makes the alliance; of its members, every third one is suspended as an affiliate.
    static func make(members: Int) async throws -> Self {
        let tenants = try await TestTenants.make()
        let data = TestDatabase.repository.appending(path: "sql/data")
        try await RequirementCatalogue(folder: data).load(into: tenants.database)
        try await ElectoralTermCatalogue(folder: data).load(into: tenants.database)
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let office = try await tenants.principal(.office, of: organization)
        let committee = try await tenants.principal(
            .electionCommittee, of: organization, in: .alliance(alliance.id), name: "Comité Prueba")
        let today = ColombianTime.date(at: tenants.clock.now)
        try await tenants.runner.run(
            PublishConsentText(
                "La entidad trata sus datos para que usted participe en la alianza de usuarios.",
                for: .personalData, from: today - 500), as: office)
        let numbers = (0..<members).map { 1_000_000_000 + $0 }
        try await tenants.database.transaction(TenantScope(office)) { transaction in
            for number in numbers {
                transaction.queue(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (\(organization.id), \(ID<Person>()), 'CC', \(String(number)),
                        \(number % 2 == 0 ? "Ñáñez" : "Arrieta"), 'Ana', \(today - 12_000), 'F', '23672',
                        'subsidiado', 'active', 'EPS048', \(today - 400))
                    """)
            }
        }
        try await tenants.runner.run(
            EnrolMembers(
                numbers.map { try IdentityDocument(type: .cedula, number: String($0)) }, in: alliance.id,
                on: today, through: .paper), as: office)
        try await tenants.runner.run(
            LoadStaffList([try IdentityDocument(type: .cedula, number: "55555555")], asOf: today), as: office)
        // Affiliations change after people became members.
        _ = try await tenants.database.transaction(TenantScope(office)) { transaction in
            try await transaction.execute(
                """
                update membership.affiliates set affiliation_state = 'suspended'
                where organization_id = \(organization.id) and document_number::bigint % 3 = 0
                """)
        }
        let body = try await tenants.runner.run(
            CreateBody(
                "Comité organizador", kind: .organizingCommittee, of: alliance.id, isExternal: false,
                term: TermLimit(
                    months: 24, norm: nil, isConfirmed: false, consecutiveTerms: nil,
                    consecutiveTermsNorm: nil),
                formation: .proclamation, continuesUntilReplaced: true,
                seats: (1...5).map { ("Integrante \($0)", nil) }), as: office)
        return Self(
            tenants: tenants, organization: organization, alliance: alliance, office: office,
            committee: committee, body: body.id)
    }

    /// The document of a person of the register.
    func document(of person: ID<Person>) async throws -> IdentityDocument {
        let text: String? = try await tenants.database.read(TenantScope(office)) { transaction in
            try await transaction.value(
                """
                select document_type || ' ' || document_number from membership.affiliates
                where organization_id = \(organization.id) and person_id = \(person)
                """)
        }
        return try IdentityDocument(parsing: try #require(text))
    }

    /// Drafts a process that votes in sixty days, with its calendar.
    func drafted() async throws -> ID<ElectoralProcess> {
        let process = try await tenants.runner.run(
            DraftProcess("Elección", of: alliance.id, electing: [body]), as: office
        ).id
        let day = ColombianTime.date(at: tenants.clock.now) + 60
        try await tenants.runner.run(
            ComputeCalendar(
                of: process, of: alliance.id, votingOn: day, from: try #require(TimeOfDay("08:00")),
                until: try #require(TimeOfDay("12:00"))), as: office)
        return process
    }

    /// Adds a table to a process.
    @discardableResult
    func addTable(
        to process: ID<ElectoralProcess>, at place: String = "Institución Educativa Central",
        slices: [TableSlice] = [], because reason: String? = nil
    ) async throws -> ID<VotingTable> {
        try await tenants.runner.run(
            ArrangeTable(
                TableChoices(place: place, address: "Calle 1 # 2-3", municipality: "23672", slices: slices),
                in: process, of: alliance.id, because: reason), as: office)
    }

    /// Drafts a process with one table and publishes its call.
    func called() async throws -> ID<ElectoralProcess> {
        let process = try await drafted()
        try await addTable(to: process)
        try await tenants.runner.run(
            PublishCall(of: process, of: alliance.id, through: ["Cartelera"]), as: committee)
        return process
    }
}

@Suite struct RollTests {
    @Test func `a frozen roll has those who may vote, and a seal that anybody can reckon again`() async throws
    {
        let setting = try await ElectionSetting.make(members: 30)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()

        let provisional = try await runner.run(
            PublishProvisionalRoll(of: process, of: alliance), as: setting.committee)
        #expect(provisional.eligible == 20 && provisional.ineligible == 10 && provisional.unproven == 0)

        let roll = try await setting.freezeRoll(of: process)
        let entries = try await setting.tenants.database.read(TenantScope(setting.office)) { transaction in
            try await transaction.rollEntries(of: process)
        }
        #expect(roll.electors == 20 && entries.count == 20)
        #expect(entries.allSatisfy { Int($0.documentNumber).map { $0 % 3 != 0 } ?? false })
        #expect(entries.first?.name == "Ana Arrieta" && entries.last?.name == "Ana Ñáñez")
        #expect(
            RollSeal.seal(of: process, entries: entries, salt: roll.salt, frozenAt: roll.frozenAt)
                == roll.sha256)
        var altered = entries
        altered[3] = RollEntry(
            person: altered[3].person, position: altered[3].position, documentType: "CC",
            documentNumber: altered[3].documentNumber, name: altered[3].name + ".",
            municipality: altered[3].municipality)
        #expect(
            RollSeal.seal(of: process, entries: altered, salt: roll.salt, frozenAt: roll.frozenAt)
                != roll.sha256)
    }

    @Test func `a roll is frozen once, and nobody writes it otherwise`() async throws {
        let setting = try await ElectionSetting.make(members: 6)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        await #expect(throws: RollError.notNow(.called)) {
            try await runner.run(FreezeRoll(of: process, of: alliance), as: setting.committee)
        }
        try await runner.run(PublishProvisionalRoll(of: process, of: alliance), as: setting.committee)
        try await setting.freezeRoll(of: process)
        await #expect(throws: RollError.notNow(.frozenRoll)) {
            try await runner.run(FreezeRoll(of: process, of: alliance), as: setting.committee)
        }
        for statement in [
            "delete from elections.roll_entries where organization_id = \(setting.organization.id)" as SQL,
            "update elections.rolls set electors = 1 where organization_id = \(setting.organization.id)",
        ] {
            await #expect {
                _ = try await setting.tenants.database.transaction(TenantScope(setting.office)) {
                    transaction in
                    try await transaction.execute(statement)
                }
            } throws: { error in
                (error as? PostgresError)?.sqlState == "42501"
            }
        }
    }

    @Test func `the office prepares and does not run an election`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.called()
        await #expect(throws: AccessError.notPermitted(.runProcesses)) {
            try await setting.tenants.runner.run(
                PublishProvisionalRoll(of: process, of: setting.alliance.id), as: setting.office)
        }
    }

    @Test func `after the call nothing of what is elected changes`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.called()
        await #expect(throws: ProcessError.alreadyCalled) {
            try await setting.tenants.runner.run(
                PublishCall(of: process, of: setting.alliance.id, through: []), as: setting.committee)
        }
        await #expect {
            _ = try await setting.tenants.database.transaction(TenantScope(setting.office)) { transaction in
                try await transaction.execute(
                    """
                    delete from elections.contests
                    where organization_id = \(setting.organization.id) and process_id = \(process)
                    """)
            }
        } throws: { error in
            (error as? PostgresError)?.sqlState == "23503"
        }
    }
}
