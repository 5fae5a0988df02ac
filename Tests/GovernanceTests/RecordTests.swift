import Foundation
import Kernel
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Constitution, registration, meetings, minutes and the follow-up of plans; 13 March 2026 is today.
@Suite struct RecordTests {
    private func meeting(
        on date: String, _ kind: Meeting.Kind = .board, restriction: String? = nil
    ) throws -> Meeting {
        try Meeting(
            kind: kind, title: "Reunión de prueba", day: day(date), startsAt: TimeOfDay(hour: 9, minute: 0),
            endsAt: TimeOfDay(hour: 10, minute: 0), mode: .virtual, restriction: restriction)
    }

    private func document(_ index: Int) throws -> IdentityDocument {
        try IdentityDocument(type: .cedula, number: Setting.documents[index])
    }

    // MARK: Constitution

    @Test(
        arguments: [
            (2, 7, "2026-01-31", "2026-03-31", "2026-03-24"),
            (2, 7, "2026-12-31", "2027-02-28", "2027-02-21"),
            (1, nil, "2026-03-13", "2026-04-13", "2026-04-13"),
        ] as [(Int, Int?, String, String, String)])
    func `a standing agenda says by when the next meeting is due and called`(
        months: Int, notice: Int?, last: String, meeting: String, call: String
    ) throws {
        let agenda = AgendaTemplate(
            title: "Bimestral", items: ["Saludo"], everyMonths: months, noticeDays: notice)
        let next = try #require(agenda.next(after: day(last)))
        #expect(next == (try day(meeting), try day(call)))
        let silent = AgendaTemplate(title: "Otra", items: ["Saludo"], everyMonths: nil, noticeDays: 7)
        #expect(try silent.next(after: day(last)) == nil)
    }

    @Test func `a year tells the last meeting and the next one, whatever year they are in`() async throws {
        let setting = try await Setting.make()
        func plan(_ text: String) async throws -> ID<Meeting> {
            try await setting.run(
                PlanMeeting(
                    Meeting(kind: .group, title: "Reunión", day: day(text)), of: setting.alliance.id))
        }
        let before = try await setting.fetch(ReadYear(of: setting.alliance.id))
        #expect(before.lastMeeting == nil && before.nextMeeting == nil)
        for text in ["2025-11-20", "2026-01-20", "2026-03-13", "2027-02-01"] { _ = try await plan(text) }
        let cancelled = try await plan("2026-05-01")
        try await setting.run(
            ChangeMeeting(cancelled, of: setting.alliance.id, to: .cancel, because: "Lluvia"))
        for year in [2025, 2026, 2027] {
            let answer = try await setting.fetch(ReadYear(of: setting.alliance.id, in: year))
            #expect(answer.lastMeeting == (try day("2026-03-13")))
            #expect(answer.nextMeeting == (try day("2027-02-01")))
        }
    }

    @Test func `a constitution keeps who signed, affiliates by name and witnesses by office`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let record = try RecordConstitution(
            of: alliance, on: day("2026-03-01"), at: "Sala de espera", attendees: 30,
            signers: [
                .affiliate(document(0)), .affiliate(document(1)),
                .witness(name: "Ana Prueba", office: "Personería"),
            ])
        try await setting.run(record)
        let found = try #require(try await setting.fetch(ReadConstitution(of: alliance)).constitutions.first)
        #expect(found.signers.map(\.name) == ["Rosa Arrieta", "Luis Burgos", "Ana Prueba"])
        #expect(found.signers.map(\.person) == [setting.people[0], setting.people[1], nil])
        #expect(found.attendees == 30)
        await #expect(throws: ConstitutionError.sameDay) { try await setting.run(record) }
    }

    @Test func `a constitution that cannot have been is refused`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let signer = RecordConstitution.Signer.affiliate(try document(0))
        #expect(throws: ConstitutionError.tooFew) {
            try RecordConstitution(of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 1, signers: [])
        }
        #expect(throws: ConstitutionError.moreSignersThanAttendees) {
            try RecordConstitution(
                of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 2,
                signers: [signer, .affiliate(document(1)), .affiliate(document(2))])
        }
        #expect(throws: ConstitutionError.repeatedSigner("CC 1001")) {
            try RecordConstitution(
                of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 2, signers: [signer, signer])
        }
        await #expect(throws: ConstitutionError.inFuture) {
            try await setting.run(
                RecordConstitution(
                    of: alliance, on: day("2026-03-14"), at: "Sala", attendees: 2, signers: [signer]))
        }
        await #expect(throws: ConstitutionError.signerNotFound("CC 999999")) {
            try await setting.run(
                RecordConstitution(
                    of: alliance, on: day("2026-03-01"), at: "Sala", attendees: 2,
                    signers: [.affiliate(IdentityDocument(type: .cedula, number: "999999"))]))
        }
    }

    @Test func `a registration keeps its authority, number and date, each once`() async throws {
        let setting = try await Setting.make()
        let record = try RecordRegistration(
            of: setting.alliance.id, before: "Secretaría de Salud", number: "045", on: day("2026-03-02"))
        try await setting.run(record)
        let found = try await setting.fetch(ReadConstitution(of: setting.alliance.id)).registrations
        #expect(found == [record.registration])
        await #expect(throws: ConstitutionError.numberTaken) {
            try await setting.run(
                RecordRegistration(
                    of: setting.alliance.id, before: "Secretaría de Salud", number: "045", on: nil))
        }
    }

    // MARK: Meetings and minutes

    @Test func `a meeting is called, held and has its minutes once`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try meeting(on: "2026-03-12", .assembly)
        try await setting.run(PlanMeeting(meeting, of: alliance))
        for (date, channel) in [("2026-03-05", "Afiche"), ("2026-03-01", "Teléfono")] {
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day(date), channel: channel, reached: 40), to: meeting.id,
                    of: alliance))
        }
        await #expect(throws: MeetingError.calledAfterwards) {
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day("2026-03-13"), channel: "Prensa"), to: meeting.id, of: alliance))
        }
        let minutes = try RecordMinutes(
            of: meeting.id, in: alliance, number: "3", datedOn: day("2026-03-12"), attendees: 33,
            narrative: ["Se leyó el acta anterior.", "  "],
            decisions: [
                .init(decision: "Se aprueba el plan", inFavor: 32, against: 1, abstained: 0),
                .init(decision: "Próxima reunión en mayo"),
            ],
            commitments: [
                .init(activity: "Enviar el plan", dueOn: day("2026-03-20"), responsible: "Secretaría")
            ])
        try await setting.run(minutes)
        let read = try await setting.fetch(ReadMeeting(meeting.id, of: alliance))
        #expect(read.summary.calledOn == (try day("2026-03-01")))
        #expect(read.summary.meeting.state == .held)
        #expect(read.minutes == minutes.minutes)
        #expect(read.minutes?.narrative == ["Se leyó el acta anterior."])
        await #expect(throws: MeetingError.hasMinutes) { try await setting.run(minutes) }
    }

    @Test func `minutes whose figures do not fit, or of a meeting to come, are refused`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try meeting(on: "2026-03-14")
        try await setting.run(PlanMeeting(meeting, of: alliance))
        #expect(throws: MeetingError.figuresDoNotFit) {
            try RecordMinutes(
                of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 32,
                narrative: ["Algo."], decisions: [.init(decision: "Aprobado", inFavor: 32, against: 1)])
        }
        #expect(throws: MeetingError.emptyMinutes) {
            try RecordMinutes(
                of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 3,
                narrative: [" "])
        }
        await #expect(throws: MeetingError.notYetHeld) {
            try await setting.run(
                RecordMinutes(
                    of: meeting.id, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 3,
                    narrative: ["Algo."]))
        }
    }

    @Test func `a meeting is moved or called off with a reason, the hearing only by who may`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let hearing = try meeting(on: "2026-07-17", .publicHearing, restriction: "Solo la EPS la mueve.")
        try await setting.run(PlanMeeting(hearing, of: alliance))
        let move = ChangeMeeting.Change.move(
            to: try day("2026-07-24"), from: TimeOfDay(hour: 14, minute: 0), until: nil)
        await #expect(throws: MeetingError.restricted("Solo la EPS la mueve.")) {
            try await setting.run(ChangeMeeting(hearing.id, of: alliance, to: move, because: "Sala ocupada"))
        }
        try await setting.run(
            ChangeMeeting(
                hearing.id, of: alliance, to: move, because: "Radicado 12 ante la Supersalud",
                restrictionIsMet: true))
        let moved = try await setting.fetch(ReadMeeting(hearing.id, of: alliance)).summary.meeting
        #expect(moved.day == (try day("2026-07-24")))
        #expect(moved.hours == "2:00 p. m.")

        let other = try meeting(on: "2026-04-01")
        try await setting.run(PlanMeeting(other, of: alliance))
        let cancel = try ChangeMeeting(other.id, of: alliance, to: .cancel, because: "Paro")
        try await setting.run(cancel)
        await #expect(throws: MeetingError.notPlanned) { try await setting.run(cancel) }
    }

    @Test func `another alliance's meeting is not found`() async throws {
        let setting = try await Setting.make()
        let meeting = try meeting(on: "2026-03-12")
        try await setting.run(PlanMeeting(meeting, of: setting.alliance.id))
        let other = try await setting.tenants.alliance("Otra", in: setting.organization)
        await #expect(throws: MeetingError.notFound) {
            _ = try await setting.fetch(ReadMeeting(meeting.id, of: other.id))
        }
        await #expect(throws: MeetingError.notFound) {
            try await setting.run(
                CallMeeting(
                    MeetingCall(sentOn: day("2026-03-01"), channel: "Afiche"), to: meeting.id, of: other.id))
        }
    }

    // MARK: Plans and reports

    @Test func `a plan is approved once and followed month by month, the last word counting`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let source = try Sources.read(Sources.plan)
        try await setting.run(ImportSource(source, of: alliance))
        let plan = try #require(source.plan).id
        try await setting.run(ApprovePlan(plan, of: alliance, on: day("2026-03-13")))
        await #expect(throws: PlanError.alreadyApproved) {
            try await setting.run(ApprovePlan(plan, of: alliance, on: day("2026-03-12")))
        }
        for progress in ["Una visita", "Dos visitas"] {
            try await setting.run(
                FollowPlan(plan, of: alliance, activity: "2.2", in: 2, progress: progress))
            setting.tenants.clock.advance(by: 60)
        }
        try await setting.run(FollowPlan(plan, of: alliance, activity: "2.1", in: 3, progress: "Taller"))
        let year = try await setting.fetch(ReadYear(of: alliance, in: 2026))
        #expect(year.followUps.map(\.progress) == ["Taller", "Dos visitas"])
        #expect(year.plan?.approvedOn == (try day("2026-03-13")))
        await #expect(throws: PlanError.monthToCome) {
            try await setting.run(FollowPlan(plan, of: alliance, activity: "2.1", in: 4, progress: "Taller"))
        }
        await #expect(throws: PlanError.unknownActivity("9.9")) {
            try await setting.run(FollowPlan(plan, of: alliance, activity: "9.9", in: 3, progress: "Taller"))
        }
    }

    @Test func `a report that was given is kept`() async throws {
        let setting = try await Setting.make()
        let record = try RecordReport(
            of: setting.alliance.id, kind: .accountability, title: "Rendición 2025", on: day("2026-03-10"),
            to: "Asociados y ciudadanía")
        try await setting.run(record)
        #expect(try await setting.fetch(ReadYear(of: setting.alliance.id)).reports == [record.report])
    }
}
