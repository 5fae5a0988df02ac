import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

@Suite struct SpeakingTests {
    private func turn(_ assembly: Assembly, _ name: String) async throws -> SpeakingTurn {
        try #require(try await assembly.file().speaking.turns.last { $0.name == name })
    }

    private func session() async throws -> (Assembly, [Attendance]) {
        let assembly = try await Assembly.make(5)
        try await assembly.arrive(0..<4)
        try await assembly.setting.run(
            OpenMeeting(assembly.meeting.id, of: assembly.alliance, lacking: [.call]))
        return (assembly, try await assembly.file().presentStays.sorted { $0.name < $1.name })
    }

    @Test func `the word is given in the order in which it was asked for, one at a time, within the limit`()
        async throws
    {
        let (assembly, stays) = try await session()
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        try await setting.run(AskForWord(.present(stays[0].id), in: meeting, of: alliance))
        try await setting.run(AskForWord(.named("Berta de la Secretaría"), in: meeting, of: alliance))
        await #expect(throws: SpeakingError.alreadyAsked(stays[0].name)) {
            try await setting.run(AskForWord(.named(stays[0].name), in: meeting, of: alliance))
        }
        #expect(throws: SpeakingError.limitOutOfRange) {
            try LimitSpeaking(to: 0, in: meeting, of: alliance)
        }
        try await setting.run(LimitSpeaking(to: 2, in: meeting, of: alliance))
        let agenda = try await assembly.file().agenda
        try await setting.run(TreatPoint(agenda[1].id, .open, in: meeting, of: alliance))

        let first = try await turn(assembly, stays[0].name)
        try await setting.run(TakeTurn(first.id, .give, in: meeting, of: alliance))
        assembly.pass(3)
        var list = try await assembly.file().speaking
        #expect(list.speaking?.id == first.id && list.waiting.map(\.name) == ["Berta de la Secretaría"])
        #expect(list.speaking?.item == agenda[1].id && list.speaking?.minutesAllowed == 2)
        #expect(list.speaking?.seconds(at: assembly.now) == 180)
        #expect(list.speaking?.isOver(at: assembly.now) == true)

        // Who is given the word ends the turn of who had it.
        let second = try await turn(assembly, "Berta de la Secretaría")
        try await setting.run(TakeTurn(second.id, .give, in: meeting, of: alliance))
        list = try await assembly.file().speaking
        #expect(list.speaking?.id == second.id && list.spoken.map(\.id) == [first.id])
        // What was said stands: the limit of another hour does not change it.
        try await setting.run(LimitSpeaking(to: nil, in: meeting, of: alliance))
        #expect(try await turn(assembly, stays[0].name).minutesAllowed == 2)
    }

    @Test func `a mistaken tap is mended, and two never speak at once`() async throws {
        let (assembly, stays) = try await session()
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        for stay in stays[0..<2] {
            try await setting.run(AskForWord(.present(stay.id), in: meeting, of: alliance))
        }
        let (first, second) = (
            try await turn(assembly, stays[0].name), try await turn(assembly, stays[1].name)
        )
        func take(_ turn: SpeakingTurn, _ step: SpeakingStep) async throws {
            try await setting.run(TakeTurn(turn.id, step, in: meeting, of: alliance))
        }
        try await take(second, .give)
        try await take(second, .putBack)
        #expect(try await assembly.file().speaking.waiting.map(\.id) == [first.id, second.id])
        try await take(first, .give)
        try await take(first, .end)
        await #expect(throws: SpeakingError.notSo) { try await take(first, .end) }
        try await take(first, .goOn)
        #expect(try await assembly.file().speaking.speaking?.id == first.id)
        try await take(first, .end)
        try await take(second, .give)
        await #expect(throws: SpeakingError.anotherSpeaks) { try await take(first, .goOn) }
        try await take(second, .end)
        assembly.pass(6)
        await #expect(throws: SpeakingError.notSo) { try await take(second, .goOn) }
        try await take(second, .withdraw)
        let list = try await assembly.file().speaking
        // What was withdrawn stays as withdrawn.
        #expect(list.spoken.map(\.id) == [first.id] && list.turns.count == 2)
    }

    @Test func `who leaves does not speak any more, and several leave and come back at once`() async throws {
        let (assembly, stays) = try await session()
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        for stay in stays[0..<2] {
            try await setting.run(AskForWord(.present(stay.id), in: meeting, of: alliance))
        }
        let first = try await turn(assembly, stays[0].name)
        try await setting.run(TakeTurn(first.id, .give, in: meeting, of: alliance))
        assembly.pass(5)
        let gone = stays[0..<2].map(\.id)
        await #expect(throws: AttendanceError.nobodyTicked) {
            try await setting.run(RecordDeparture(of: [], from: meeting, of: alliance))
        }
        #expect(try await setting.run(RecordDeparture(of: gone, from: meeting, of: alliance)) == 2)
        var file = try await assembly.file()
        #expect(file.speaking.speaking == nil && file.speaking.waiting.isEmpty)
        #expect(file.speaking.spoken.map(\.id) == [first.id])
        #expect(Set(file.goneStays.map(\.id)) == Set(gone) && file.presentStays.count == 2)
        #expect(file.checks.last?.occasion == .lost)
        assembly.pass(5)
        await #expect(throws: AttendanceError.returnedBeforeLeaving) {
            try await setting.run(
                RecordReturn(
                    of: gone, to: meeting, of: alliance, at: assembly.now.addingTimeInterval(-480)))
        }
        #expect(try await setting.run(RecordReturn(of: gone, to: meeting, of: alliance)) == 2)
        file = try await assembly.file()
        #expect(file.goneStays.isEmpty && file.presentStays.count == 4 && file.attendances.count == 6)
        #expect(file.checks.last?.occasion == .regained)
        await #expect(throws: AttendanceError.alreadyPresent(since: assembly.now)) {
            try await setting.run(RecordReturn(of: gone, to: meeting, of: alliance))
        }
    }

    @Test func `the minutes say who spoke on each point, and what is published names nobody`() async throws {
        let (assembly, stays) = try await session()
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        let agenda = try await assembly.file().agenda
        try await setting.run(TreatPoint(agenda[1].id, .open, in: meeting, of: alliance))
        for name in [stays[0].name, "Berta Lugo Prueba"] {
            try await setting.run(AskForWord(.named(name), in: meeting, of: alliance))
            let asked = try await turn(assembly, name)
            try await setting.run(TakeTurn(asked.id, .give, in: meeting, of: alliance))
            assembly.pass(1)
        }
        // Who only asked did not speak.
        try await setting.run(AskForWord(.present(stays[2].id), in: meeting, of: alliance))
        try await setting.run(CloseMeeting(meeting, of: alliance, lacking: Set(SessionLack.allCases)))
        let text = try await assembly.minutes()
        let words = "Intervinieron: \(stays[0].name) y Berta Lugo Prueba."
        let course = try #require(text.sections.first { $0.name == "desarrollo" })
        #expect(course.blocks.contains(.paragraph(text: words)))
        let published = try #require(course.published)
        #expect(published.contains(.paragraph(text: "Intervinieron 2 personas.")))
        #expect(!"\(published)".contains("Berta"))
    }

    // MARK: Opening, closing, opening again

    @Test
    func
        `a session without people or without its call opens where somebody confirms it, and the minutes say so`()
        async throws
    {
        let assembly = try await Assembly.make(3, bylaws: false)
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        await #expect(throws: SessionError.unconfirmed([.people])) {
            try await setting.run(OpenMeeting(meeting, of: alliance))
        }
        try await setting.run(OpenMeeting(meeting, of: alliance, lacking: [.people, .call]))
        await #expect(throws: SessionError.unconfirmed([.people, .points])) {
            try await setting.run(CloseMeeting(meeting, of: alliance, lacking: [.people]))
        }
        try await setting.run(CloseMeeting(meeting, of: alliance, lacking: [.people, .points]))
        let steps = try await assembly.file().steps
        #expect(steps.map(\.kind) == [.opened, .closed])
        #expect(steps.map(\.lacking) == [[.people], [.people, .points]])
        let lines = try await assembly.minutes().identification
        #expect(lines["Apertura"] == "Se abrió sin nadie registrado como presente")
        #expect(lines["Cierre"] == "Se cerró sin nadie registrado como presente")
    }

    @Test func `a closed session is opened again with a reason, until a later one of its kind was opened`()
        async throws
    {
        let (assembly, _) = try await session()
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        #expect(throws: SessionError.reasonUntold) { try ReopenMeeting(meeting, of: alliance, because: " ") }
        let again = try ReopenMeeting(meeting, of: alliance, because: "Faltó el informe")
        await #expect(throws: SessionError.notClosed) { try await setting.run(again) }
        let later = try Meeting(
            kind: .assembly, title: "La siguiente", day: day("2026-04-10"),
            startsAt: TimeOfDay(hour: 9, minute: 0))
        try await setting.run(PlanMeeting(later, agenda: [], of: alliance))
        try await setting.run(CloseMeeting(meeting, of: alliance, lacking: [.points]))
        func carried() async throws -> [String] {
            try await setting.read { try await $0.agenda(of: later.id).map(\.title) }
        }
        #expect(try await carried().contains("Informe de gestión"))
        assembly.pass(10)
        try await setting.run(again)
        var file = try await assembly.file()
        #expect(file.meeting.state == .inSession && file.meeting.session?.closedAt == nil)
        #expect(file.presentStays.count == 4)
        #expect(file.agenda.map(\.state) == [.pending, .pending, .pending])
        // What is treated after all is taken out of the meeting that was to take it up.
        try await setting.run(TreatPoint(file.agenda[1].id, .open, in: meeting, of: alliance))
        try await setting.run(CloseMeeting(meeting, of: alliance))
        #expect(try await !carried().contains("Informe de gestión"))
        file = try await assembly.file()
        #expect(file.steps.map(\.kind) == [.opened, .closed, .reopened, .closed])
        #expect(file.steps[2].reason == "Faltó el informe")
        let lines = try await assembly.minutes().identification
        let hours = try [0, 10].map { SpanishFormat.time(try #require(TimeOfDay(hour: 9, minute: $0))) }
        #expect(
            lines["Reapertura"]
                == "Se cerró a las \(hours[0]) y se reabrió a las \(hours[1]): Faltó el informe")
        let events = try await setting.read { transaction in
            try await transaction.values(
                """
                select action from tenancy.audit_events
                where organization_id = \(transaction.organization) and action like 'governance.session.%'
                order by sequence
                """, as: String.self)
        }
        #expect(events.map { $0.split(separator: ".").last } == ["opened", "closed", "reopened", "closed"])

        assembly.pass(60 * 24 * 28)
        try await setting.run(
            OpenMeeting(later.id, of: alliance, mayBeInformative: true, lacking: Set(SessionLack.allCases)))
        await #expect(throws: SessionError.laterOpened) { try await setting.run(again) }
    }

    @Test func `a session whose minutes are out stays closed`() async throws {
        let (assembly, _) = try await session()
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        try await setting.run(CloseMeeting(meeting, of: alliance, lacking: [.points]))
        try await setting.run(
            RecordMinutes(
                of: meeting, in: alliance, number: nil, datedOn: day("2026-03-13"), attendees: 4,
                narrative: ["Se hizo."]))
        await #expect(throws: SessionError.minutesStand) {
            try await setting.run(ReopenMeeting(meeting, of: alliance, because: "Otra vez"))
        }
    }
}

extension Assembly {
    /// The minutes of what happened, as they would be written now.
    fileprivate func minutes() async throws -> MinutesText {
        let found = try await file().meeting
        return try await setting.read { transaction in
            try await transaction.minutesFacts(
                of: found, in: alliance, free: try await transaction.firstWords(of: found), signers: []
            ).text
        }
    }
}

extension MinutesText {
    /// What the minutes say of the meeting itself, by name.
    fileprivate var identification: [String: String] {
        guard case .facts(let lines)? = sections.first(where: { $0.name == "identificacion" })?.blocks.first
        else { return [:] }
        return Dictionary(lines.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
