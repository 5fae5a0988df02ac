import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What is approved is what was read, numbers are those of the book, and what the board keeps stays with it.
@Suite struct MinutesStandTests {
    // MARK: Paper

    @Test func `minutes from paper of a reserved meeting are the board's, with their scan`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let meeting = try await scene.heldMeeting(on: "2026-03-10", isReserved: true)
        let president = try await scene.user(0)
        try await setting.tenants.runner.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-10"), attendees: 2,
                narrative: ["Se deliberó."], paper: setting.paper()), as: president)
        let office = try await setting.tenants.principal(
            .office, of: setting.organization, in: .organization, name: "Oficina",
            document: IdentityDocument(type: .cedula, number: "90000001"))
        func titles(_ reader: Principal) async throws -> Int {
            try await setting.tenants.runner.fetch(ReadDocuments(of: alliance), as: reader).documents.count
        }
        #expect(try await titles(office) == 0)
        // The minutes and their scan.
        #expect(try await titles(president) == 2)
        // Shared, they are the office's too.
        try await setting.tenants.runner.run(ShareMeeting(meeting.id, of: alliance), as: president)
        #expect(try await titles(office) == 2)
    }

    @Test func `paper ends a draft, and no number is lost with it`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await setting.run(
            WriteMinutes(
                MinutesDraft.Free(activity: .unmarked, narrative: "A medias"), of: meeting.id, in: alliance))
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: "7", datedOn: day("2026-03-10"), attendees: 2,
                narrative: ["Se deliberó."]))
        await #expect(throws: MinutesError.onPaper) {
            try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        }
        let next = try await scene.heldMeeting(on: "2026-03-11")
        try await setting.run(CirculateMinutes(next.id, in: alliance, until: nil))
        #expect(try await approve(next, setting) == 8)
    }

    @Test func `a book that was opened before its paper was recorded goes on from the paper`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let first = try await scene.heldMeeting(on: "2026-03-10")
        try await setting.run(CirculateMinutes(first.id, in: alliance, until: nil))
        func record(_ number: String, on date: String) async throws {
            let meeting = try await scene.heldMeeting(on: date)
            try await setting.run(
                RecordMinutes(
                    of: meeting.id, in: alliance, number: number, datedOn: day(date), attendees: 2,
                    narrative: ["Se habló."]))
        }
        try await record("45", on: "2026-02-10")
        #expect(try await approve(first, setting) == 46)
        // From here on numbers are given here alone.
        await #expect(throws: MeetingError.numberIsLater(first: 46)) {
            try await record("46", on: "2026-02-11")
        }
        try await record("12", on: "2025-02-11")
        let second = try await scene.heldMeeting(on: "2026-03-11")
        try await setting.run(CirculateMinutes(second.id, in: alliance, until: nil))
        #expect(try await approve(second, setting) == 47)
    }

    // MARK: Approval

    @Test func `a decision approves the version that was out, and no later one`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await scene.tell(of: meeting)
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        let draft = try #require(
            try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance)).draft)
        let next = try await scene.heldMeeting(on: "2026-03-12")
        let decision = try await scene.decide(in: next, approving: draft.id)
        try await setting.run(
            WriteMinutes(
                MinutesDraft.Free(activity: .unmarked, narrative: "Otra historia"), of: meeting.id,
                in: alliance))
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        await #expect(throws: MinutesError.notTheDecision) {
            try await setting.run(ApproveMinutes(of: meeting.id, in: alliance, by: .decision(decision)))
        }
        let again = try await scene.decide(in: next, approving: draft.id)
        #expect(
            try await setting.run(ApproveMinutes(of: meeting.id, in: alliance, by: .decision(again))) == 1)
    }

    @Test func `what was accepted is taken up first, and a commission waits for those who were asked`()
        async throws
    {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await scene.tell(of: meeting)
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: day("2026-03-20")))
        let until = try day("2026-03-20")
        await #expect(throws: MinutesError.stillObserved(until: until)) {
            try await approve(meeting, setting)
        }
        try await setting.tenants.runner.run(
            ObserveMinutes("Faltó mi pregunta", on: "preguntas", of: meeting.id, in: alliance),
            as: scene.user(0))
        let file = try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance))
        try await setting.run(
            AnswerMinutesObservation(
                try #require(file.observations.first).id, of: meeting.id, in: alliance, isAccepted: true,
                answer: nil))
        await #expect(throws: MinutesError.notTakenUp(1)) { try await approve(meeting, setting) }
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        #expect(try await approve(meeting, setting) == 1)
    }

    @Test func `nothing is approved over an observation that comes at the same moment`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let president = try await scene.user(0)
        for _ in 0..<12 {
            let meeting = try await scene.heldMeeting(on: "2026-03-10")
            try await scene.tell(of: meeting)
            try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
            let done = await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await approve(meeting, setting)) != nil }
                group.addTask {
                    (try? await setting.tenants.runner.run(
                        ObserveMinutes("Falta algo", on: "desarrollo", of: meeting.id, in: alliance),
                        as: president)) != nil
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
        }
    }

    @Test func `what is sealed or signed is not changed by the serving role`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        _ = try await scene.sealedMeeting()
        try await setting.write { transaction in
            let drafts = try await transaction.execute(
                """
                update governance.minutes_drafts set number = 9, narrative = 'Otra'
                where organization_id = \(setting.organization.id)
                """)
            let signers = try await transaction.execute(
                """
                update governance.minutes_signers set drawing = 'M0 0'
                where organization_id = \(setting.organization.id)
                """)
            #expect(drafts == 0 && signers == 0)
        }
    }

    // MARK: The board's own

    @Test func `what a reserved meeting left open goes into no open agenda`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let president = try await scene.user(0)
        let reserved = try await scene.heldMeeting(on: "2026-03-10", isReserved: true)
        let point = try AgendaItem(
            position: 1, kind: .topic, title: "Denuncia contra la entidad", state: .postponed)
        try await setting.write { transaction in
            try await transaction.insert([point], of: reserved, in: alliance)
        }
        func agenda(isReserved: Bool) async throws -> [String] {
            let next = try Meeting(
                kind: .board, title: "La siguiente", day: day("2026-04-10"), body: scene.board,
                isReserved: isReserved)
            try await setting.tenants.runner.run(PlanMeeting(next, of: alliance), as: president)
            return try await setting.read { try await $0.agenda(of: next.id) }.map(\.title)
        }
        #expect(try await agenda(isReserved: false).isEmpty)
        #expect(try await agenda(isReserved: true) == ["Denuncia contra la entidad"])
    }

    @Test func `what was left open is put into the next meeting that is planned already`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let alliance = setting.alliance.id
        let today = try Meeting(
            kind: .board, title: "Hoy", day: day("2026-03-13"), startsAt: TimeOfDay(hour: 8, minute: 0),
            body: scene.board)
        let next = try Meeting(kind: .board, title: "Abril", day: day("2026-04-10"), body: scene.board)
        let points = try ["Visita a la farmacia", "Presupuesto"].enumerated().map { index, title in
            try AgendaItem(position: index + 1, kind: .topic, title: title)
        }
        try await setting.run(PlanMeeting(today, agenda: points, of: alliance))
        try await setting.run(PlanMeeting(next, of: alliance))
        let spoken = try await setting.read { try await $0.agenda(of: today.id) }[1]
        try await setting.write { transaction in
            try await transaction.execute(
                """
                update governance.meetings
                set state = 'in_session', opened_at = \(setting.tenants.clock.now), opened_in = 1, entitled = 3
                where organization_id = \(setting.organization.id) and meeting_id = \(today.id)
                """)
            try await transaction.execute(
                """
                update governance.agenda_items set notes = 'Se habló de él'
                where organization_id = \(setting.organization.id) and item_id = \(spoken.id)
                """)
        }
        try await setting.run(CloseMeeting(today.id, of: alliance, lacking: Set(SessionLack.allCases)))
        let closed = try await setting.read { try await $0.agenda(of: today.id) }
        #expect(closed.map(\.state) == [.postponed, .treated])
        let carried = try await setting.read { try await $0.agenda(of: next.id) }
        #expect(carried.filter { $0.carriedFrom != nil }.map(\.title) == ["Visita a la farmacia"])
    }

    // MARK: Words

    @Test func `an alternate beside the principal is not told to decide`() async throws {
        let scene = try await MinutesScene.make()
        let setting = scene.setting
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await scene.tell(of: meeting)
        let at = ColombianTime.instant(meeting.day, TimeOfDay(hour: 9, minute: 10) ?? .midnight)
        let alternate = ID<Mandate>()
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into governance.mandates
                select (jsonb_populate_record(
                    mandates, jsonb_build_object(
                        'mandate_id', \(alternate)::uuid, 'rank', 1, 'holder_name', 'Orlando Inventado',
                        'person_id', null))).*
                from governance.mandates
                where organization_id = \(setting.organization.id) and seat_id = \(scene.seats[0].id)
                """)
            try await transaction.execute(
                """
                insert into governance.attendances (
                    organization_id, attendance_id, meeting_id, mandate_id, name, capacity, way, method,
                    arrived_at, recorded_at)
                values (
                    \(setting.organization.id), \(UUID()), \(meeting.id), \(alternate), 'Orlando Inventado',
                    'entitled', 'in_person', 'list', \(at), \(at))
                """)
        }
        // Those who came were noted by their names alone.
        try await setting.tenants.database.script(
            """
            update governance.attendances set mandate_id = mandates.mandate_id
            from governance.mandates
            where mandates.organization_id = attendances.organization_id
                and mandates.person_id = attendances.person_id
            """, as: TestCluster.superuser)
        let text = try await setting.fetch(ReadMinutes(of: meeting.id, in: setting.alliance.id)).text
        let words = try text.canonical()
        #expect(words.contains("Suplente, con su principal presente, Presidencia, suplente"))
        #expect(words.contains("[\"Con derecho a decidir\",\"2\"]"))
        #expect(words.contains("[\"Suplentes, con su principal presente\",\"1\"]"))
    }

    @Test(arguments: [
        ("Secretaría de Salud de San Antero", true), ("EPS Inventada", true),
        ("Gerencia de la clínica", true),
        ("Rosa Inventada", false), ("doña Carmen", false),
    ])
    func `of who is outside only institutions are published`(owner: String, isTold: Bool) {
        #expect(MinutesRedaction.isInstitution(owner) == isTold)
    }

    @Test func `a digest is told whole`() {
        let digest = "1234567ab9876543210fedcba"
        #expect(MinutesRedaction([])("SHA-256 \(digest)") == "SHA-256 \(digest)")
    }

    private func approve(_ meeting: Meeting, _ setting: Setting) async throws -> Int {
        try await setting.run(
            ApproveMinutes(
                of: meeting.id, in: setting.alliance.id, by: .commission("Comisión", on: day("2026-03-12"))))
    }
}
