import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Commitments: how they stand, who answers, what becomes of them, who is reminded; 13 March 2026 is today.
@Suite struct CommitmentTests {
    private func commitment(
        due: String?, made: String = "2026-03-01", state: Commitment.State = .open, closed: String? = nil,
        owner: String = "Alcaldía"
    ) throws -> Commitment {
        try Commitment(
            alliance: ID(), activity: "Arreglar la rampa", owner: .outside(owner), madeOn: day(made),
            dueOn: try due.map(day), state: state, closedOn: try closed.map(day))
    }

    // MARK: Standing

    @Test(arguments: [
        ("2026-03-12", Commitment.Standing.overdue(days: 1)), ("2026-03-13", .due(daysLeft: 0)),
        ("2026-03-14", .due(daysLeft: 1)), ("2026-03-20", .due(daysLeft: 7)),
        ("2026-03-21", .onTime(daysLeft: 8)),
    ])
    func `an open commitment stands by its day`(due: String, standing: Commitment.Standing) throws {
        #expect(try commitment(due: due).standing(on: day("2026-03-13")) == standing)
    }

    @Test func `what is closed stands closed whatever its day`() throws {
        let today = try day("2026-03-13")
        #expect(try commitment(due: nil).standing(on: today) == .undated)
        #expect(
            try commitment(due: "2026-03-02", state: .done, closed: "2026-03-05").standing(on: today) == .done
        )
        #expect(
            try commitment(due: "2026-03-02", state: .dropped, closed: "2026-03-05").standing(on: today)
                == .dropped)
    }

    @Test(arguments: [
        ("2026-03-05", false), ("2026-03-06", true), ("2026-03-07", false), ("2026-03-12", true),
        ("2026-03-13", true), ("2026-03-14", false), ("2026-03-20", true), ("2026-03-27", true),
        ("2026-03-28", false),
    ])
    func `an owner is reminded a week before, the day before, on the day, and each week after it`(
        today: String, isReminded: Bool
    ) throws {
        #expect(try commitment(due: "2026-03-13").isRemindedOf(on: day(today)) == isReminded)
    }

    @Test func `ageing counts for each owner what is open, what is late and the oldest`() throws {
        let today = try day("2026-03-13")
        let ageing = CommitmentAgeing.byOwner(
            of: [
                try commitment(due: "2026-03-10", made: "2026-01-12", owner: "Clínica"),
                try commitment(due: "2026-04-10", owner: "Clínica"),
                try commitment(due: "2026-03-01", state: .done, closed: "2026-03-02", owner: "Clínica"),
                try commitment(due: nil, made: "2026-02-13", owner: "Alcaldía"),
            ], on: today)
        #expect(ageing.map(\.owner) == ["Clínica", "Alcaldía"])
        #expect(ageing.map(\.open) == [2, 1])
        #expect(ageing.map(\.overdue) == [1, 0])
        #expect(ageing.map(\.oldestDays) == [60, 28])
        #expect(ageing.map(\.done) == [1, 0])
    }

    // MARK: Acts

    @Test func `who answers is the office, a body, somebody of the register or somebody outside`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let body: ID<Body> = try await setting.run(
            CreateBody(
                "Comité de trabajo", kind: .workCommittee, of: alliance, isExternal: false,
                term: Setting.term(), formation: .proclamation, continuesUntilReplaced: true,
                seats: [("Coordinación", nil)])
        ).id
        let owners: [MakeCommitment.Owner] = [
            .office, .body(body), .named("CC 1001"), .named("Clínica del Norte"),
        ]
        for owner in owners {
            try await setting.run(
                MakeCommitment("Hacer algo", by: owner, until: day("2026-04-01"), of: alliance))
        }
        let made = try await setting.fetch(ReadCommitments(of: alliance)).commitments
        #expect(Set(made.map(\.owner.kind)) == Set(Commitment.Owner.Kind.allCases))
        #expect(made.contains { $0.owner == .person(setting.people[0], name: "Rosa Arrieta") })
        #expect(made.contains { $0.owner == .body(body, name: "Comité de trabajo") })
        let today = try day("2026-03-13")
        #expect(made.allSatisfy { $0.madeOn == today })
    }

    @Test func `a commitment that cannot be is refused`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        #expect(throws: CommitmentError.activityMissing) {
            try MakeCommitment(" ", by: .office, until: nil, of: alliance)
        }
        #expect(throws: CommitmentError.ownerMissing) {
            try MakeCommitment("Hacer", by: .named(" "), until: nil, of: alliance)
        }
        #expect(throws: CommitmentError.malformedEmail) {
            try MakeCommitment("Hacer", by: .office, until: nil, email: "clinica", of: alliance)
        }
        await #expect(throws: CommitmentError.personNotFound) {
            try await setting.run(
                MakeCommitment("Hacer", by: .named("CC 999999"), until: nil, of: alliance))
        }
        await #expect(throws: CommitmentError.bodyNotFound) {
            try await setting.run(MakeCommitment("Hacer", by: .body(ID()), until: nil, of: alliance))
        }
        await #expect(throws: CommitmentError.dueBeforeMade) {
            try await setting.run(
                MakeCommitment("Hacer", by: .office, until: day("2026-03-12"), of: alliance))
        }
    }

    @Test func `each step stays, and what is closed is closed once`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            MakeCommitment("Enviar el informe", by: .office, until: day("2026-03-20"), of: alliance))
        func follow(_ news: FollowCommitment.News, _ note: String, evidence: StoredFile? = nil) async throws {
            try await setting.run(
                FollowCommitment(id, of: alliance, news, note: note, evidence: evidence))
        }
        try await follow(.progress, "Se pidió la información")
        await #expect(throws: CommitmentError.notLater) {
            try await follow(.postponed(to: day("2026-03-20")), "Falta un dato")
        }
        try await follow(.postponed(to: day("2026-03-27")), "Falta un dato")
        try await follow(.done, "Se envió", evidence: setting.paper())
        await #expect(throws: CommitmentError.isClosed) { try await follow(.done, "Se envió") }
        try await follow(.reopened, "El informe llegó incompleto")
        await #expect(throws: CommitmentError.isOpen) { try await follow(.reopened, "Otra vez") }
        try await follow(.dropped, "La entidad lo publicó")

        let answer = try await setting.fetch(ReadCommitment(id, of: alliance))
        #expect(
            answer.steps.map(\.kind) == [.made, .progress, .postponed, .done, .reopened, .dropped])
        let postponed = try #require(answer.steps.first { $0.kind == .postponed })
        #expect(try postponed.dueBefore == day("2026-03-20"))
        #expect(try postponed.dueAfter == day("2026-03-27"))
        #expect(answer.steps.first { $0.kind == .done }?.file != nil)
        #expect(answer.commitment.state == .dropped)
        #expect(try answer.commitment.closedOn == day("2026-03-13"))
    }

    @Test func `a slip is mended and what it said stays as a step`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            MakeCommitment(
                "Enviar el imforme", by: .named("Clínica"), until: day("2026-03-20"), of: alliance))
        func correct(_ activity: String, email: String? = nil) async throws {
            try await setting.run(
                CorrectCommitment(
                    id, of: alliance,
                    to: CorrectCommitment.Words(activity, by: .named("Alcaldía"), until: day("2026-03-27")),
                    email: email, because: "Estaba mal escrito."))
        }
        try await correct("Enviar el informe", email: "alcaldia@prueba.co")
        await #expect(throws: CommitmentError.nothingCorrected) {
            try await correct("Enviar el informe", email: "alcaldia@prueba.co")
        }
        let answer = try await setting.fetch(ReadCommitment(id, of: alliance))
        #expect(answer.commitment.activity == "Enviar el informe")
        #expect(answer.commitment.owner == .outside("Alcaldía"))
        #expect(answer.commitment.email == "alcaldia@prueba.co")
        #expect(try answer.commitment.dueOn == day("2026-03-27"))
        #expect(answer.steps.map(\.kind) == [.made, .corrected])
        #expect(answer.steps.last?.note.contains("«Enviar el imforme», a cargo de Clínica") == true)

        try await setting.run(FollowCommitment(id, of: alliance, .done, note: "Se envió"))
        await #expect(throws: CommitmentError.isClosed) { try await correct("Otra cosa") }
    }

    @Test func `what minutes tell keeps its words, and only its address is mended`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try Meeting(kind: .group, title: "Reunión", day: day("2026-03-10"))
        try await setting.run(PlanMeeting(meeting, of: alliance))
        let id = try await setting.run(
            MakeCommitment(
                "Arreglar la rampa", by: .named("Clínica"), until: nil, in: meeting.id, of: alliance))
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: "1", datedOn: day("2026-03-10"), attendees: 12,
                narrative: ["Se habló de la rampa."]))
        await #expect(throws: CommitmentError.isTold) {
            try await setting.run(
                CorrectCommitment(
                    id, of: alliance, to: CorrectCommitment.Words("Pintarla", by: nil, until: nil),
                    email: nil,
                    because: "Era otra cosa"))
        }
        try await setting.run(
            CorrectCommitment(
                id, of: alliance, to: nil, email: "clinica@prueba.co", because: "Cambió de correo"))
        let answer = try await setting.fetch(ReadCommitment(id, of: alliance))
        #expect(answer.commitment.activity == "Arreglar la rampa")
        #expect(answer.commitment.email == "clinica@prueba.co")
    }

    @Test func `the same is not taken on twice while it is open`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func make(_ activity: String) async throws {
            try await setting.run(
                MakeCommitment(activity, by: .office, until: day("2026-03-20"), of: alliance))
        }
        try await make("Enviar el informe")
        await #expect(throws: CommitmentError.alreadyMade) { try await make("Enviar el informe") }
        try await make("Enviar el segundo informe")
    }

    @Test func `two who close one commitment at once close it once`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let id = try await setting.run(MakeCommitment("Enviar", by: .office, until: nil, of: alliance))
        let closings = await withTaskGroup(of: Bool.self) { group in
            for _ in 1...8 {
                group.addTask {
                    (try? await setting.run(FollowCommitment(id, of: alliance, .done, note: "Se envió")))
                        != nil
                }
            }
            return await group.reduce(into: 0) { if $1 { $0 += 1 } }
        }
        #expect(closings == 1)
        #expect(
            try await setting.fetch(ReadCommitment(id, of: alliance)).steps.map(\.kind) == [.made, .done])
    }

    @Test func `what minutes tell that somebody is to do is followed as a commitment`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try Meeting(kind: .group, title: "Reunión", day: day("2026-03-10"))
        try await setting.run(PlanMeeting(meeting, of: alliance))
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: "1", datedOn: day("2026-03-10"), attendees: 12,
                narrative: ["Se habló de las citas."],
                commitments: [
                    Minutes.Commitment(
                        activity: "Publicar los horarios", dueOn: day("2026-03-12"),
                        responsible: "Coordinación SIAU")
                ]))
        let made = try #require(try await setting.fetch(ReadCommitments(of: alliance)).commitments.first)
        #expect(made.activity == "Publicar los horarios")
        #expect(made.meeting == meeting.id)
        #expect(try made.madeOn == day("2026-03-10"))
        #expect(try made.standing(on: day("2026-03-13")) == .overdue(days: 1))
    }

    // MARK: Own space

    @Test func `what the board keeps to itself, the office does not find`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try Meeting(
            kind: .board, title: "Deliberación", day: day("2026-03-13"), isReserved: true)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        try await setting.tenants.runner.run(
            PlanMeeting(meeting, agenda: AgendaItem.points(["Revisar quejas"]), of: alliance), as: board)
        let id = try await setting.tenants.runner.run(
            MakeCommitment(
                "Pedir explicaciones", by: .named("Junta"), until: nil, in: meeting.id, of: alliance),
            as: board)
        #expect(
            try await setting.tenants.runner.fetch(ReadCommitments(of: alliance), as: board).commitments
                .map(\.id) == [id])
        #expect(
            try await setting.tenants.runner.fetch(ReadMeeting(meeting.id, of: alliance), as: board).agenda
                .map(\.title) == ["Revisar quejas"])
        #expect(
            try await setting.tenants.runner.fetch(ReadCommitments(of: alliance), as: office).commitments
                .isEmpty)
        await #expect(throws: MeetingError.notFound) {
            try await setting.tenants.runner.fetch(ReadMeeting(meeting.id, of: alliance), as: office)
        }
        await #expect(throws: CommitmentError.notFound) {
            try await setting.tenants.runner.run(
                FollowCommitment(id, of: alliance, .done, note: "Se pidió"), as: office)
        }
        // Nor the evidence, whoever learned its name.
        try await setting.tenants.runner.run(
            FollowCommitment(
                id, of: alliance, .progress, note: "Se escribió", evidence: setting.paper()), as: board)
        let evidence = try #require(
            try await setting.tenants.runner.fetch(ReadCommitment(id, of: alliance), as: board).steps
                .compactMap(\.file).first)
        func isFound(by principal: Principal) async throws -> Bool {
            try await setting.tenants.database.read(TenantScope(principal)) { try await $0.file(evidence) }
                != nil
        }
        #expect(try await isFound(by: board))
        #expect(try await !isFound(by: office))
        // Nor does the database let the office write what it may not see.
        await #expect(throws: (any Error).self) {
            try await setting.tenants.runner.run(
                PlanMeeting(
                    Meeting(kind: .board, title: "Otra", day: day("2026-03-13"), isReserved: true),
                    of: alliance), as: office)
        }
    }

    @Test func `a meeting that looks at a commitment is named by its step, and keeps it open or closes it`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try Meeting(kind: .group, title: "Reunión", day: day("2026-03-13"))
        try await setting.run(PlanMeeting(meeting, of: alliance))
        let id = try await setting.run(
            MakeCommitment("Enviar el informe", by: .named("Oficina"), until: nil, of: alliance))
        await #expect(throws: MeetingError.notFound) {
            try await setting.run(FollowCommitment(id, of: alliance, .reviewed, note: "Va bien"))
        }
        await #expect(throws: MeetingError.notFound) {
            try await setting.run(FollowCommitment(id, of: alliance, .done, note: "Listo", in: ID()))
        }
        try await setting.run(
            FollowCommitment(id, of: alliance, .reviewed, note: "Falta la firma", in: meeting.id))
        var session = try await setting.fetch(ReadSession(of: meeting.id, in: alliance))
        #expect(session.reviewed == [id])
        #expect(try await setting.fetch(ReadCommitment(id, of: alliance)).commitment.state == .open)
        try await setting.run(FollowCommitment(id, of: alliance, .done, note: "Se envió", in: meeting.id))
        let answer = try await setting.fetch(ReadCommitment(id, of: alliance))
        #expect(
            answer.commitment.state == .done
                && answer.steps.suffix(2).map(\.meeting) == [meeting.id, meeting.id])
        session = try await setting.fetch(ReadSession(of: meeting.id, in: alliance))
        #expect(session.reviewed == [id])
    }

    // MARK: Reminders

    @Test func `a day's reminders go once, to whoever has an address`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let id = try await setting.run(
            MakeCommitment(
                "Arreglar la rampa", by: .named("Clínica del Norte"), until: day("2026-03-14"),
                email: "gerencia@clinica.example", of: alliance))
        try await setting.run(
            MakeCommitment("Sin correo", by: .named("Alcaldía"), until: day("2026-03-14"), of: alliance))
        let now = setting.tenants.runner.now
        for _ in 1...2 {
            try await setting.write { try await RemindOfCommitments().perform(in: $0, at: now) }
        }
        #expect(
            try await setting.fetch(ReadCommitment(id, of: alliance)).steps.map(\.kind) == [.made, .reminded])
        let organization = setting.organization.id
        let mails: [JSONText] = try await setting.read { transaction in
            try await transaction.values(
                "select payload from tenancy.outbox where organization_id = \(organization) and topic = 'tenancy.mail'"
            )
        }
        #expect(mails.count == 1)
        let mail = try #require(mails.first).decoded(as: Mailing.self)
        #expect(mail.recipient == "gerencia@clinica.example")
        #expect(mail.text.contains("vence el sábado 14 de marzo de 2026"))
        #expect(mail.text.contains("«Arreglar la rampa»"))
    }
}
