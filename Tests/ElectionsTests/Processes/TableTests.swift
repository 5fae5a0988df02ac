import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct TableTests {
    @Test func `a call that names tables for some electors and none for others is refused`() async throws {
        let setting = try await ElectionSetting.make(members: 8)
        let runner = setting.tenants.runner
        let process = try await setting.drafted()
        let call = PublishCall(of: process, of: setting.alliance.id, through: [])
        try await setting.addTable(
            to: process, slices: [TableSlice(municipality: "23672", from: "a", before: "b")])
        try await setting.addTable(
            to: process, slices: [TableSlice(municipality: "23672", from: "c", before: "e")])
        await #expect(throws: TableError.notCovered(["San Antero"])) {
            try await runner.run(call, as: setting.committee)
        }
        try await runner.run(SplitElectors(in: process, of: setting.alliance.id), as: setting.office)
        try await runner.run(call, as: setting.committee)
    }

    @Test func `a municipality of the territory with electors and no table needs a reason`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        try await setting.tenants.runner.run(
            ArrangeTable(
                TableChoices(place: "Salón", address: "Calle 1", municipality: "23001", slices: []),
                in: process, of: setting.alliance.id), as: setting.office)
        let call = PublishCall(of: process, of: setting.alliance.id, through: [])
        await #expect(throws: TableError.notCovered(["San Antero"])) {
            try await setting.tenants.runner.run(call, as: setting.committee)
        }
        try await setting.tenants.runner.run(
            ExceptMunicipality(
                "23672", because: "Votan en Montería; la EPS paga el bus", in: process,
                of: setting.alliance.id), as: setting.office)
        try await setting.tenants.runner.run(call, as: setting.committee)
    }

    @Test func `two tables never have the same electors`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        try await setting.addTable(
            to: process, slices: [TableSlice(municipality: "23672", from: "a", before: "m")])
        await #expect(throws: TableError.slicesOverlap(table: 1)) {
            try await setting.addTable(
                to: process, slices: [TableSlice(municipality: "23672", from: "l", before: nil)])
        }
    }

    @Test func `each elector of the frozen roll votes at one table, that of their surname`() async throws {
        let setting = try await ElectionSetting.make(members: 30)
        let process = try await setting.drafted()
        let tables = [try await setting.addTable(to: process), try await setting.addTable(to: process)]
        try await setting.tenants.runner.run(
            SplitElectors(in: process, of: setting.alliance.id), as: setting.office)
        try await setting.freeze(process)
        let counts: [Int] = try await setting.tenants.database.read(TenantScope(setting.office)) {
            transaction in
            try await transaction.values(
                """
                select count(*) filter (where name like '%Arrieta') + 1000 * count(*) filter (where name like '%Ñáñez')
                from elections.voting_tables as tables
                left join elections.roll_assignments as assignments on assignments.table_id = tables.table_id
                left join elections.roll_entries as entries on entries.person_id = assignments.person_id
                where tables.process_id = \(process)
                group by number order by number
                """)
        }
        // Twenty may vote, ten of each surname: one surname a table.
        #expect(counts == [10, 10_000])
        #expect(tables.count == 2)
    }

    @Test(arguments: 0..<200) func `equal parts hold everybody once, and part no surname`(_ seed: Int) {
        var random = Seeded(UInt64(seed))
        let surnames = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            String(
                (0..<Int.random(in: 1...2, using: &random)).map { _ in
                    "abcd".randomElement(using: &random) ?? "a"
                })
        }.sorted()
        let count = Int.random(in: 1...6, using: &random)
        let slices = TableSlice.equalParts(count, of: surnames, in: "23672")
        #expect((1...count).contains(slices.count), "seed \(seed)")
        for surname in surnames {
            let homes = slices.filter { $0.from <= surname && ($0.to.map { surname < $0 } ?? true) }
            #expect(homes.count == 1, "seed \(seed), \(surname)")
        }
        for (index, slice) in slices.enumerated() {
            #expect(!slices[(index + 1)...].contains(where: slice.overlaps), "seed \(seed)")
        }
    }

    @Test func `after the call a table changes with a reason alone, and is never removed`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.called()
        let table = try #require(try await setting.tables(process).first)
        let choices = try TableChoices(
            place: "Coliseo", address: "Carrera 4", municipality: "23672", slices: [])
        func change(_ reason: String?) -> ArrangeTable {
            ArrangeTable(choices, as: table.id, in: process, of: setting.alliance.id, because: reason)
        }
        await #expect(throws: TableError.reasonMissing) {
            try await setting.tenants.runner.run(change("  "), as: setting.office)
        }
        try await setting.tenants.runner.run(change("El colegio se inundó"), as: setting.office)
        #expect(try await setting.tables(process).first?.place == "Coliseo")
        await #expect(throws: ProcessError.alreadyCalled) {
            try await setting.tenants.runner.run(
                RemoveTable(table.id, of: process, of: setting.alliance.id), as: setting.office)
        }
    }
}

@Suite struct JurorTests {
    @Test func `a table has two jurors, who serve at no other, and a relieved one makes room`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        let table = try await setting.addTable(to: process)
        let users = try await setting.users(3)
        try await setting.appoint(users[0], at: table, in: process)
        await #expect(throws: TableError.alreadyJuror("Jurado 1")) {
            try await setting.appoint(users[0], at: table, in: process)
        }
        try await setting.appoint(users[1], at: table, in: process)
        await #expect(throws: TableError.juriesComplete) {
            try await setting.appoint(users[2], at: table, in: process)
        }
        let jurors = try #require(try await setting.tables(process).first).jurors
        #expect(jurors.map(\.jury) == [1, 2])
        let principal = try await setting.tenants.principal(of: users[0], in: setting.organization)
        #expect(principal.grants.contains { $0.role == .juror })
        try await setting.tenants.runner.run(
            RelieveJuror(jurors[0].id, because: "Enfermó", in: process, of: setting.alliance.id),
            as: setting.committee)
        let relieved = try await setting.tenants.principal(of: users[0], in: setting.organization)
        #expect(!relieved.grants.contains { $0.role == .juror })
        try await setting.appoint(users[2], at: table, in: process)
        #expect(try await setting.tables(process).first?.missingJurors == 0)
    }

    @Test func `a candidate is no juror, and the office names none`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        let table = try await setting.addTable(to: process)
        let users = try await setting.users(1)
        let document = try IdentityDocument(type: .cedula, number: "1000000001")
        _ = try await setting.tenants.database.transaction(TenantScope(setting.office)) { transaction in
            try await transaction.execute(
                """
                insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
                select organization_id, \(process), person_id, 'candidate', \(setting.tenants.clock.now)
                from membership.affiliates
                where organization_id = \(setting.organization.id) and document_number = \(document.number)
                """)
        }
        let appoint = AppointJuror(
            .user(users[0]), with: document, at: table, in: process, of: setting.alliance.id)
        await #expect(throws: TableError.otherCapacity("Jurado 1")) {
            try await setting.tenants.runner.run(appoint, as: setting.committee)
        }
        await #expect(throws: AccessError.notPermitted(.appointJurors)) {
            try await setting.tenants.runner.run(appoint, as: setting.office)
        }
    }

    @Test func `a newcomer is invited with the appointment`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        let table = try await setting.addTable(to: process)
        let user = try User(filledIn: "Rosa Prueba", email: "rosa@ejemplo.invalid", officeTitle: "Jurado")
        let appointment = try await setting.tenants.runner.run(
            AppointJuror(
                .newcomer(user, through: setting.tenants.identity), at: table, in: process,
                of: setting.alliance.id), as: setting.committee)
        let code = try #require(appointment.invitation).code
        let preview = try await setting.tenants.identity.invitation(
            code, from: Visitor(address: "prueba", userAgent: nil))
        #expect(preview.user.id == appointment.user)
    }
}

extension ElectionSetting {
    /// The tables of a process.
    func tables(_ process: ID<ElectoralProcess>) async throws -> [TableSetup] {
        try await tenants.runner.fetch(ReadTables(of: process, of: alliance.id), as: office).tables
    }

    /// Users without a role, «Jurado 1» and so on.
    func users(_ count: Int) async throws -> [ID<User>] {
        var users: [ID<User>] = []
        for number in 1...count {
            users.append(try await tenants.invite(nil, of: organization, name: "Jurado \(number)").user)
        }
        return users
    }

    /// Names a juror.
    func appoint(
        _ user: ID<User>, at table: ID<VotingTable>, in process: ID<ElectoralProcess>
    ) async throws {
        try await tenants.runner.run(
            AppointJuror(.user(user), at: table, in: process, of: alliance.id), as: committee)
    }

    /// Chooses the day of the vote, in sixty days.
    func compute(_ process: ID<ElectoralProcess>) async throws {
        try await tenants.runner.run(
            ComputeCalendar(
                of: process, of: alliance.id, votingOn: ColombianTime.date(at: tenants.clock.now) + 60,
                from: try #require(TimeOfDay("08:00")), until: try #require(TimeOfDay("12:00"))), as: office)
    }

    /// Publishes call and provisional roll, and freezes the roll.
    func freeze(_ process: ID<ElectoralProcess>) async throws {
        try await tenants.runner.run(
            PublishCall(of: process, of: alliance.id, through: ["Cartelera"]), as: committee)
        try await tenants.runner.run(PublishProvisionalRoll(of: process, of: alliance.id), as: committee)
        try await freezeRoll(of: process)
    }

    /// Lets the time for claims pass, and freezes the roll.
    @discardableResult
    func freezeRoll(of process: ID<ElectoralProcess>) async throws -> Roll {
        let window = try await tenants.runner.fetch(ListClaims(of: process, of: alliance.id), as: office)
            .window
        if let end = window?.closesAt, end > tenants.clock.now {
            tenants.clock.advance(by: end.timeIntervalSince(tenants.clock.now))
        }
        return try await tenants.runner.run(FreezeRoll(of: process, of: alliance.id), as: committee)
    }
}
