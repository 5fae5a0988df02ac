import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `The door of a process that was annulled` {
    @Test func `is shut, with the votes that were open`() async throws {
        let assembly = try await Assembly.make()
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people.prefix(12), to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 25), as: assembly.committee)
        let act = try await assembly.runner.run(
            ProposeAnnulment(of: process, of: alliance, because: "Hubo fraude"), as: assembly.committee)
        try await assembly.runner.run(
            SettleAnnulment(act, .second, of: process, of: alliance), as: assembly.guarantor)
        await #expect(throws: VotingDayError.sessionNotOpen) {
            try await assembly.letIn(assembly.people.suffix(1), to: session)
        }
        let open: Int? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select count(*) from elections.polls
                where organization_id = \(assembly.organization.id) and closed_at is null
                """)
        }
        #expect(open == 0)
    }
}

@Suite struct `The door` {
    @Test func `lets in whom the roll has, while check-in lasts, and once`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession(hours: 1)
        let juror = assembly.jurors[0]
        func enter(_ person: ID<Person>) async throws {
            try await assembly.runner.run(
                CheckIn(person, to: session, of: assembly.place, showedDocument: true), as: juror)
        }
        try await enter(assembly.people[0])
        await #expect(throws: VotingDayError.alreadyPresent) { try await enter(assembly.people[0]) }
        await #expect(throws: VotingDayError.notOnRoll) { try await enter(ID()) }
        assembly.clock.advance(by: 3601)
        await #expect(throws: VotingDayError.outsideCheckIn) { try await enter(assembly.people[1]) }
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        await #expect(throws: VotingDayError.sessionNotOpen) { try await enter(assembly.people[1]) }
    }

    @Test func `lets nobody in twice through two doors at once`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for door in 0..<6 {
                group.addTask {
                    do {
                        try await assembly.runner.run(
                            CheckIn(
                                assembly.people[0], to: session, of: assembly.place, showedDocument: true),
                            as: assembly.jurors[door % 2])
                        return true
                    } catch {
                        #expect(error as? VotingDayError == .alreadyPresent)
                        return false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 1)
    }

    @Test func `takes a check-in back for five minutes, and lets people leave and come back`() async throws {
        let assembly = try await Assembly.make()
        let (place, juror) = (assembly.place, assembly.jurors[0])
        let session = try await assembly.openSession()
        let (one, other) = (assembly.people[0], assembly.people[1])
        let first = try await assembly.runner.run(
            CheckIn(one, to: session, of: place, showedDocument: true), as: juror)
        let second = try await assembly.runner.run(
            CheckIn(other, to: session, of: place, showedDocument: true), as: juror)
        assembly.clock.advance(by: 299)
        try await assembly.runner.run(UndoCheckIn(first, of: place), as: juror)
        await #expect(throws: VotingDayError.notPresent) {
            try await assembly.runner.run(UndoCheckIn(first, of: place), as: juror)
        }
        assembly.clock.advance(by: 2)
        await #expect(throws: VotingDayError.tooLateToUndo) {
            try await assembly.runner.run(UndoCheckIn(second, of: place), as: juror)
        }
        try await assembly.runner.run(Leave(other, from: session, of: place), as: juror)
        await #expect(throws: VotingDayError.notPresent) {
            try await assembly.runner.run(Leave(other, from: session, of: place), as: juror)
        }
        try await assembly.letIn([other], to: session)
        let answer = try await assembly.runner.fetch(
            ListPresences(in: session, of: place, arePresent: true), as: juror)
        #expect(answer.total == 1 && answer.presences.map(\.person) == [other])
    }

    @Test func `an undone check-in never was, and leaving is known`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        let (person, juror) = (assembly.people[3], assembly.jurors[1])
        try await RequirementCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: assembly.tenants.database)
        let space = EligibilitySpace(alliance: assembly.place.alliance, process: assembly.place.process)
        for code in ["E07", "E08", "E09"] {
            try await assembly.runner.run(
                SwitchRequirement(
                    code, for: .elector, in: space, isOn: true,
                    parameters: code == "E09" ? ["from": .text("00:00"), "until": .text("23:59")] : [:],
                    because: "Reglamento, artículo 7"),
                as: .terminal(in: assembly.organization.id))
        }
        func verdicts(_ days: Int = 0) async throws -> [Verdict] {
            let today = ColombianTime.date(at: assembly.clock.now)
            return try await assembly.read { transaction in
                try await transaction.dossier(
                    of: person, as: .elector, in: space, on: today + days, at: assembly.clock.now)
            }.outcomes.filter { $0.requirement.evaluator.isOfSession }.map(\.verdict)
        }
        // What is asked in the session is asked at the door.
        await #expect(throws: VotingDayError.requirementsNotMet(["Documento original a la vista"])) {
            try await assembly.runner.run(
                CheckIn(person, to: session, of: assembly.place, showedDocument: false), as: juror)
        }
        let first = try await assembly.runner.run(
            CheckIn(person, to: session, of: assembly.place, showedDocument: true), as: juror)
        #expect(try await verdicts() == [.pass, .pass, .pass])
        #expect(try await verdicts(1) == [.unproven, .pass, .unproven])
        assembly.clock.advance(by: 60)
        try await assembly.runner.run(UndoCheckIn(first, of: assembly.place), as: juror)
        #expect(try await verdicts() == [.unproven, .unproven, .unproven])
        assembly.clock.advance(by: 60)
        try await assembly.runner.run(
            CheckIn(person, to: session, of: assembly.place, showedDocument: true), as: juror)
        assembly.clock.advance(by: 60)
        try await assembly.runner.run(Leave(person, from: session, of: assembly.place), as: juror)
        #expect(try await verdicts() == [.fail, .pass, .pass])
    }

    @Test func `keeps presence and shown documents as facts`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        let person = assembly.people[3]
        try await assembly.runner.run(
            CheckIn(person, to: session, of: assembly.place, showedDocument: true), as: assembly.jurors[1])
        try await assembly.runner.run(
            Leave(person, from: session, of: assembly.place), as: assembly.jurors[1])
        let facts: [String] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select kind || ' ' || value from membership.recorded_facts
                where organization_id = \(assembly.organization.id) and person_id = \(person) order by 1
                """)
        }
        #expect(facts == ["identity_shown shown", "presence in", "presence out"])
    }

    @Test(arguments: [
        ("10103", ["10103"]), ("cc 10.103", ["10103"]), ("CC10103", []), ("prueba ana", nil), ("an pru", nil),
        ("nadie", []),
    ])
    func `finds people by document and by words of the name in any order`(
        words: String, documents: [String]?
    ) async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        let answer = try await assembly.runner.fetch(
            FindElectors(words, in: session, of: assembly.place), as: assembly.jurors[0])
        if let documents {
            #expect(answer.electors.map(\.documentNumber) == documents)
        } else {
            #expect(answer.electors.count == FindElectors.limit)
        }
    }

    @Test func `says why somebody is not on the roll`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        let (org, process) = (assembly.organization.id, assembly.place.process)
        let barred = ID<Person>()
        let member = ID<Person>()
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for (person, number) in [(barred, "555"), (member, "777")] {
                transaction.queue(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (\(org), \(person), 'CC', \(number), 'Fuera', 'Luz', '1980-01-01', 'F', '23672',
                        'subsidiado', 'active', 'EPS048', '2020-01-01')
                    """)
            }
            transaction.queue(
                """
                insert into elections.provisional_entries (
                    organization_id, process_id, version, person_id, document_type, document_number, name,
                    name_folded, municipality_code, verdict, failed, unproven)
                values (\(org), \(process), 1, \(barred), 'CC', '555', 'Luz Fuera', 'fuera luz', '23672',
                    'ineligible', '{E01}', '{}')
                """)
        }
        func causes(_ words: String) async throws -> [Stranger.Cause] {
            try await assembly.runner.fetch(
                FindElectors(words, in: session, of: assembly.place), as: assembly.jurors[0]
            ).strangers.map(\.cause)
        }
        #expect(try await causes("555") == [.ineligible])
        #expect(try await causes("777") == [.noMember])
        #expect(try await causes("888") == [])
    }
}

@Suite struct `A session` {
    @Test func `needs a table with both jurors, and is one at a time`() async throws {
        let assembly = try await Assembly.make()
        let (org, process) = (assembly.organization.id, assembly.place.process)
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            _ = try await transaction.execute(
                """
                update elections.jurors set relieved_at = appointed_at, relief_reason = 'Prueba'
                where organization_id = \(org) and process_id = \(process) and jury = 2
                """)
        }
        await #expect(throws: VotingDayError.jurorMissing(table: 1)) {
            try await assembly.openSession()
        }
        try await assembly.runner.run(
            AppointJuror(
                .user(try #require(assembly.jurors[1].user)), at: assembly.table, in: process,
                of: assembly.place.alliance), as: assembly.committee)
        _ = try await assembly.openSession()
        await #expect(throws: VotingDayError.sessionOpen) { try await assembly.openSession() }
    }

    @Test func `on another day than the calendar's asks for a reason and tells it in the acta`() async throws
    {
        let assembly = try await Assembly.make()
        let voting = assembly.clock.now.addingTimeInterval(10 * 86_400)
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: assembly.organization.id)))
        {
            transaction in
            _ = try await transaction.insertCalendar(
                ElectoralCalendar(milestones: [
                    Milestone(
                        kind: .voting, opensAt: voting, closesAt: voting + 3600, rule: "Día escogido",
                        source: nil,
                        isConfirmed: false)
                ]), of: assembly.place.process, at: assembly.clock.now)
        }
        await #expect(throws: VotingDayError.self) { try await assembly.openSession() }
        let now = assembly.clock.now
        try await assembly.runner.run(
            OpenSession(
                of: assembly.place, checkInCloses: now + 3600, firstCall: now,
                onAnotherDayBecause: "La creciente"), as: assembly.committee)
        let accounts: [String] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select account from elections.incidents
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(accounts.count == 1 && accounts[0].contains("La creciente"))
    }

    @Test func `votes with the quorum of the first call, or later with that of the second`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.adoptQuorum(second: 5)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people.prefix(4), to: session)
        func open() async throws {
            try await assembly.runner.run(
                OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 20), as: assembly.committee)
        }
        func quorum() async throws -> Quorum.Check? {
            try await assembly.runner.fetch(ReadDay(of: assembly.place), as: assembly.committee).quorum
        }
        // More than half of 20 are 11.
        #expect(try await quorum()?.required == 11)
        await #expect(throws: VotingDayError.self) { try await open() }
        assembly.clock.advance(by: 3600)
        #expect(try await quorum()?.required == 5)
        await #expect(throws: VotingDayError.self) { try await open() }
        try await assembly.letIn([assembly.people[4]], to: session)
        try await open()
        let rules: [String] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select rule from elections.quorum_checks where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(rules.count == 1 && rules[0].contains(". Segunda convocatoria, "))
    }

    @Test func `assigns every elector once, by slices and otherwise to the first table`() async throws {
        let assembly = try await Assembly.make()
        let (org, process) = (assembly.organization.id, assembly.place.process)
        let second = ID<VotingTable>()
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            transaction.queue("delete from elections.roll_assignments where organization_id = \(org)")
            transaction.queue(
                """
                insert into elections.voting_tables (
                    organization_id, table_id, process_id, number, place, address, municipality_code, opens_at,
                    closes_at)
                select organization_id, \(second), process_id, 2, place, address, municipality_code, opens_at,
                    closes_at
                from elections.voting_tables where organization_id = \(org)
                """)
            transaction.queue(
                """
                insert into elections.table_slices (
                    organization_id, table_id, process_id, municipality_code, surname_from, surname_to)
                values (\(org), \(second), \(process), '23672', 'ana p', null)
                """)
            try await transaction.assignElectorsOfTest(of: assembly.place)
        }
        let day = try await assembly.runner.fetch(ReadDay(of: assembly.place), as: assembly.committee)
        #expect(day.tables.map(\.electors) == [0, 20])
    }
}

extension Transaction where Scope == TenantScope {
    /// Assigns without asking whether the second table has its jurors.
    fileprivate func assignElectorsOfTest(of place: ProcessPlace) async throws {
        do {
            try await prepareTables(of: place, for: try await votesToTake(of: place.process))
        } catch VotingDayError.jurorMissing {
            try await seatElectors(of: place.process, orAtTheFirstTable: true)
        }
    }
}

@Suite struct `A poll` {
    @Test func `closes later only with a reason and a later hour`() async throws {
        let assembly = try await Assembly.make()
        _ = try await assembly.begin()
        let closes = try #require(
            try await assembly.runner.fetch(ReadDay(of: assembly.place), as: assembly.committee)
                .polls.first?.closesAt)
        func extend(until: Date, because reason: String) async throws {
            try await assembly.runner.run(
                ExtendPoll(assembly.table, in: assembly.place, until: until, because: reason),
                as: assembly.committee)
        }
        await #expect(throws: VotingDayError.reasonMissing) {
            try await extend(until: closes + 3600, because: " ")
        }
        await #expect(throws: VotingDayError.notLater) {
            try await extend(until: closes, because: "Lluvia")
        }
        try await extend(until: closes + 3600, because: "Lluvia")
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        await #expect(throws: VotingDayError.pollNotOpen) {
            try await extend(until: closes + 7200, because: "Lluvia")
        }
        await #expect(throws: VotingDayError.pollNotOpen) {
            try await assembly.runner.run(
                ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        }
    }

    @Test func `is opened once, in an open session, by the committee`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.begin()
        let again = OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 20)
        await #expect(throws: VotingDayError.pollOpen) {
            try await assembly.runner.run(again, as: assembly.committee)
        }
        await #expect(throws: AccessError.self) {
            try await assembly.runner.run(again, as: assembly.jurors[0])
        }
    }

    @Test func `by acclamation elects those who stand where nobody objects`() async throws {
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: "mayoria", seats: 3, slates: 1, mode: "acclamation"))
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        func acclaim(objections: Int) async throws {
            try await assembly.runner.run(
                DeclareAcclamation(
                    of: assembly.contest, in: session, of: assembly.place, account: "La sala aplaudió",
                    objections: objections), as: assembly.committee)
        }
        await #expect(throws: VotingDayError.objected) { try await acclaim(objections: 1) }
        try await acclaim(objections: 0)
        await #expect(throws: VotingDayError.pollOpen) { try await acclaim(objections: 0) }
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        let report = try await assembly.report()
        #expect(report.result == .elected && report.elected.count == 2 && report.vacant == 1)
        #expect(report.steps.count == 1 && report.steps[0].contains("20 personas presentes"))
        let act = try await assembly.runner.run(
            ProposeProclamation(
                in: assembly.place, because: "Aclamados", waivers: try await assembly.holders()),
            as: assembly.committee)
        #expect(
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
                == 2)
    }

    @Test func `after an objection is no acclamation any more, and the acta tells the objection`()
        async throws
    {
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: "mayoria", seats: 3, slates: 1, mode: "acclamation"))
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            OpenPoll(
                assembly.poll, in: session, of: assembly.place, ballots: 0,
                after: Objection(of: 2, account: "Pidieron votar.")), as: assembly.committee)
        await #expect(throws: VotingDayError.pollOpen) {
            try await assembly.runner.run(
                DeclareAcclamation(
                    of: assembly.contest, in: session, of: assembly.place, account: "Aplausos",
                    objections: 0), as: assembly.committee)
        }
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.runner.run(
            EnterCount(assembly.figures([17], blank: 3), of: assembly.poll, in: assembly.place),
            as: assembly.jurors[0])
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.jurors[0])
        try await assembly.canvass()
        let report = try await assembly.report()
        #expect(report.lines.map(\.votes) == [17])
        #expect(report.incidents.first?.account?.contains("2 personas") == true)
    }

    @Test func `is not opened after an acclamation`() async throws {
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: "mayoria", seats: 3, slates: 1, mode: "acclamation"))
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        let day = try await assembly.day()
        #expect(day.contests.map { day.mode(of: $0) } == [.acclamation])
        try await assembly.runner.run(
            DeclareAcclamation(
                of: assembly.contest, in: session, of: assembly.place, account: "Aplausos", objections: 0),
            as: assembly.committee)
        await #expect(throws: VotingDayError.acclaimed) {
            try await assembly.runner.run(
                OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 0), as: assembly.committee)
        }
    }

    @Test func `by acclamation is refused where more stand than there are seats, and hands are raised`()
        async throws
    {
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: "mayoria", seats: 3, slates: 2, mode: "acclamation"))
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        let day = try await assembly.day()
        #expect(day.contests.map { day.mode(of: $0) } == [.showOfHands])
        await #expect(throws: VotingDayError.tooManyStand) {
            try await assembly.runner.run(
                DeclareAcclamation(
                    of: assembly.contest, in: session, of: assembly.place, account: "Aplausos",
                    objections: 0), as: assembly.committee)
        }
    }

    @Test func `by show of hands is counted once`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria", mode: "show_of_hands"))
        _ = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.runner.run(
            EnterCount(assembly.figures([12, 5, 3], blank: 0), of: assembly.poll, in: assembly.place),
            as: assembly.jurors[0])
        try await assembly.runner.run(CloseTable(assembly.poll, in: assembly.place), as: assembly.committee)
        await #expect(throws: TableCountError.closedAlready) {
            try await assembly.runner.run(
                EnterCount(assembly.figures([13, 4, 3], blank: 0), of: assembly.poll, in: assembly.place),
                as: assembly.jurors[0])
        }
    }
}
