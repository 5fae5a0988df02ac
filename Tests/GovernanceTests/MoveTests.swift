import Foundation
import Governance
import Kernel
import Tenancy
import TestSupport
import Testing

/// What whoever moves a meeting is told before, and those who were called to it afterwards.
@Suite struct MoveTests {
    private static func check(
        _ first: String, until last: String? = nil, asking days: Int? = nil, on today: String = "2026-07-10"
    ) throws -> [String] {
        MeetingDayCheck(
            try day(first)...day(last ?? first),
            within: days.map { NoticeRequirement(days: $0, areBusinessDays: false, source: "artículo 12") },
            on: try day(today)
        ).warnings
    }

    @Test func `a day of rest and a short notice ask for care, and others do not`() throws {
        #expect(try Self.check("2026-07-24", asking: 8).isEmpty)
        #expect(
            try Self.check("2026-07-20") == [
                "El lunes 20 de julio de 2026 es festivo: Día de la Independencia."
            ])
        #expect(try Self.check("2026-07-19") == ["El domingo 19 de julio de 2026 es fin de semana."])
        #expect(try Self.check("2026-07-17", until: "2026-07-19").count == 2)
        #expect(
            try Self.check("2026-07-14", asking: 8)
                == ["Para convocarla quedan 4 días; se piden 8 días (artículo 12)."])
        #expect(try Self.check("2026-07-09", asking: 8) == ["El jueves 9 de julio de 2026 ya pasó."])
    }

    private func called(_ setting: Setting) async throws -> Meeting {
        let meeting = try Meeting(
            kind: .board, title: "Reunión mensual", day: day("2026-04-10"),
            startsAt: TimeOfDay(hour: 9, minute: 0), mode: .inPerson, place: "Salón")
        try await setting.run(
            PlanMeeting(meeting, agenda: AgendaItem.points(["Saludo"]), of: setting.alliance.id))
        try await setting.run(issue(meeting, setting))
        return meeting
    }

    private func issue(_ meeting: Meeting, _ setting: Setting) throws -> IssueNotice {
        try IssueNotice(
            of: meeting.id, of: setting.alliance.id, caller: "Coordinación", contact: "300 123 4567")
    }

    private func move(_ meeting: Meeting, to date: String, hour: Int = 9, _ setting: Setting) async throws {
        try await setting.run(
            ChangeMeeting(
                meeting.id, of: setting.alliance.id,
                to: .move(to: day(date), from: TimeOfDay(hour: hour, minute: 0), until: nil),
                because: "Se acordó"))
        setting.tenants.clock.advance(by: 60)
    }

    @Test func `what is called anew says when people were told before that it would be`() async throws {
        let setting = try await Setting.make()
        let meeting = try await called(setting)
        func read() async throws -> ReadNotice.Answer {
            try await setting.fetch(ReadNotice(of: meeting.id, of: setting.alliance.id))
        }
        #expect(try await read().invitation.changeWords == nil)
        setting.tenants.clock.advance(by: 60)
        try await move(meeting, to: "2026-04-17", setting)
        // Moved again before anybody was told: they still believe in the first day.
        try await move(meeting, to: "2026-04-24", setting)
        let moved = try await read()
        #expect(moved.isOutdated)
        #expect(
            moved.invitation.changeWords
                == "Cambio de fecha: ya no es el viernes 10 de abril de 2026, 9:00\u{A0}a.\u{A0}m.")
        #expect(moved.invitation.subject.hasPrefix("Cambio de fecha: Reunión mensual"))
        #expect(moved.invitation.whatsApp.contains("Ya no es el viernes 10 de abril"))
        #expect(moved.invitation.sms.text.contains("CAMBIO DE FECHA"))
        #expect(moved.invitation.loudspeaker.contains("cambio de fecha"))
        try await setting.run(issue(meeting, setting))
        let told = try await read()
        #expect(!told.isOutdated && told.notices.last?.words.contains("Cambio de fecha") == true)
        setting.tenants.clock.advance(by: 60)
        try await move(meeting, to: "2026-04-24", hour: 11, setting)
        #expect(try await read().invitation.heading == "Cambio de hora")
        // As they were told last: nothing to tell.
        try await move(meeting, to: "2026-04-24", setting)
        #expect(try await read().invitation.instead == nil)
    }

    @Test func `before a meeting is moved it is told whether people were called to it`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let meeting = try await called(setting)
        let other = try Meeting(kind: .board, title: "Otra", day: day("2026-04-20"))
        try await setting.run(PlanMeeting(other, of: alliance))
        let check = try await setting.fetch(CheckMove([(alliance, meeting)], on: day("2026-05-01")))
        #expect(check.isCalled && check.warnings.count == 1)
        let none = try await setting.fetch(CheckMove([(alliance, other)], on: day("2026-04-21")))
        #expect(!none.isCalled && none.warnings.isEmpty)
        // A meeting that keeps its day was looked at when it got it.
        #expect(try await setting.fetch(CheckMove([(alliance, other)], on: other.day)).warnings.isEmpty)
    }

    @Test func `a year is made from the days that were planned, and tells holidays`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let hearing = try Meeting(kind: .publicHearing, title: "Audiencia", day: day("2026-07-17"))
        let third = try Meeting(kind: .board, title: "Junta", day: day("2026-07-21"))
        for meeting in [hearing, third] { try await setting.run(PlanMeeting(meeting, of: alliance)) }
        try await setting.run(
            ChangeMeeting(
                hearing.id, of: alliance, to: .move(to: day("2026-07-20"), from: nil, until: nil),
                because: "Sala ocupada"))
        let proposals = try await setting.fetch(ProposeYear(2027, of: alliance))
        let first = try #require(proposals.first { $0.model == hearing.id })
        #expect(try first.modelDay == day("2026-07-17") && first.movedTo == day("2026-07-20"))
        #expect(try first.entry.meeting.day == day("2027-07-16") && first.holiday == nil)
        let second = try #require(proposals.first { $0.model == third.id })
        #expect(try second.movedTo == nil && second.entry.meeting.day == day("2027-07-21"))
        #expect(second.holiday?.name == "Día de la Independencia")
    }

    @Test func `an event is called in all its alliances at once, and once`() async throws {
        let setting = try await Setting.make()
        let other = try await setting.tenants.alliance("Alianza de Lorica", in: setting.organization)
        let event = try await setting.run(
            PlanEvent(
                Meeting(
                    kind: .training, title: "Taller", day: day("2026-04-10"),
                    startsAt: TimeOfDay(hour: 9, minute: 0), mode: .inPerson, place: "Auditorio"),
                agenda: AgendaItem.points(["Bienvenida"]), in: [setting.alliance.id, other.id]))
        let call = CallEvent(event, caller: "Oficina", contact: "300 123 4567", mails: true)
        let outcome = try await setting.run(call)
        #expect(outcome.called == 2 && outcome.mailed == 0)
        let meetings = try await setting.fetch(ReadEvent(event)).meetings
        for each in meetings {
            let notice = try await setting.fetch(
                ReadNotice(of: each.summary.meeting.id, of: each.alliance)
            ).notice
            #expect(notice?.version == 1)
        }
        #expect(try await setting.run(call).called == 0)
    }
}
