import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Events that several alliances hold at once, and what shows that meetings were held; 13 March 2026 is today.
@Suite struct EventTests {
    private func training(_ date: String = "2026-04-10") throws -> Meeting {
        try Meeting(
            kind: .training, title: "Capacitación en derechos", day: day(date),
            startsAt: TimeOfDay(hour: 9, minute: 0), mode: .inPerson, place: "Auditorio")
    }

    /// A tenant with three alliances, of which two hold an event.
    private func scene() async throws -> (setting: Setting, others: [Alliance], event: ID<JointEvent>) {
        let setting = try await Setting.make()
        var others: [Alliance] = []
        for name in ["Alianza de Lorica", "Alianza de Tuchín"] {
            others.append(try await setting.tenants.alliance(name, in: setting.organization))
        }
        let event = try await setting.run(
            PlanEvent(
                training(), agenda: AgendaItem.points(["Bienvenida", "Taller"]),
                in: [setting.alliance.id, others[0].id]))
        return (setting, others, event)
    }

    @Test func `an event gives each alliance a meeting of its own, with its own agenda and trace`()
        async throws
    {
        let (setting, others, event) = try await scene()
        let answer = try await setting.fetch(ReadEvent(event))
        #expect(Set(answer.meetings.map(\.alliance)) == [setting.alliance.id, others[0].id])
        #expect(Set(answer.meetings.map(\.summary.meeting.id)).count == 2)
        for each in answer.meetings {
            #expect(each.summary.meeting.event == event && each.summary.meeting.state == .planned)
            let read = try await setting.fetch(ReadMeeting(each.summary.meeting.id, of: each.alliance))
            #expect(read.agenda.map(\.title) == ["Bienvenida", "Taller"])
            let log = try await setting.tenants.runner.fetch(
                ReadLog(LogQuestion(of: [.alliance(each.alliance)], limit: 5)), as: setting.principal)
            #expect(log.entries.first?.event.action == "governance.meeting.planned")
        }
        let log = try await setting.tenants.runner.fetch(
            ReadLog(LogQuestion(of: [.office], limit: 5)), as: setting.principal)
        #expect(log.entries.first?.event.action == "governance.event.planned")
        #expect(try await setting.fetch(ReadEvents()).map(\.alliances) == [2])
    }

    @Test func `where one alliance cannot take part, none does`() async throws {
        let (setting, others, event) = try await scene()
        await #expect(throws: AllianceError.notFound) {
            try await setting.run(PlanEvent(training(), in: [others[1].id, ID()]))
        }
        await #expect(throws: JointEventError.alreadyTakesPart) {
            try await setting.run(ExtendEvent(event, to: [others[1].id, others[0].id]))
        }
        #expect(throws: JointEventError.nobody) { try PlanEvent(training(), in: []) }
        #expect(try await setting.fetch(ReadEvents()).map(\.alliances) == [2])
        try await setting.run(ExtendEvent(event, to: [others[1].id]))
        let answer = try await setting.fetch(ReadEvent(event))
        #expect(answer.meetings.count == 3)
        let added = try #require(answer.meetings.first { $0.alliance == others[1].id })
        #expect(
            try await setting.fetch(ReadMeeting(added.summary.meeting.id, of: others[1].id)).agenda
                .map(\.title) == ["Bienvenida", "Taller"])
    }

    @Test func `an event moves where it is planned still, and is called off`() async throws {
        let (setting, others, event) = try await scene()
        let first = try #require(
            try await setting.fetch(ReadEvent(event)).meetings.first { $0.alliance == others[0].id })
        try await setting.run(
            ChangeMeeting(first.summary.meeting.id, of: others[0].id, to: .cancel, because: "No hay salón"))
        try await setting.run(
            ChangeEvent(
                event, to: .move(to: day("2026-04-17"), from: TimeOfDay(hour: 10, minute: 0), until: nil),
                because: "El auditorio está ocupado"))
        let moved = try await setting.fetch(ReadEvent(event)).meetings
        #expect(
            try moved.map { ($0.summary.meeting.state == .planned, $0.summary.meeting.day) }
                .filter { $0.0 }.map(\.1) == [day("2026-04-17")])
        #expect(try moved.contains { try $0.summary.meeting.day == day("2026-04-10") })
        #expect(try await setting.fetch(ReadEvents()).map(\.day) == [day("2026-04-17")])
        try await setting.run(ChangeEvent(event, to: .cancel, because: "Se aplazó"))
        #expect(try await setting.fetch(ReadEvents()).map(\.cancelled) == [2])
        await #expect(throws: JointEventError.nothingPlanned) {
            try await setting.run(ChangeEvent(event, to: .cancel, because: "Otra vez"))
        }
        await #expect(throws: EvidenceError.cancelled) {
            try await setting.run(AddEventEvidence(setting.paper(), titled: "Foto", of: event))
        }
    }

    @Test func `what shows an event is kept with each alliance as its own file`() async throws {
        let (setting, _, event) = try await scene()
        let paper = try setting.paper()
        #expect(try await setting.run(AddEventEvidence(paper, titled: " Fotografía ", of: event)) == 2)
        let meetings = try await setting.fetch(ReadEvent(event)).meetings
        #expect(meetings.map(\.evidence) == [1, 1])
        var files: Set<ID<StoredFile>> = []
        for each in meetings {
            let evidence = try await setting.fetch(
                ReadMeeting(each.summary.meeting.id, of: each.alliance)
            ).evidence
            #expect(evidence.map(\.title) == ["Fotografía"])
            #expect(evidence.map(\.sha256.bytes) == [paper.sha256])
            let file = try #require(evidence.first?.file)
            files.insert(file)
            let record = try await setting.read { try await $0.file(file) }
            #expect(record?.space == .alliance(each.alliance))
        }
        #expect(files.count == 2)
        // The same file once more changes nothing.
        await #expect(throws: EvidenceError.known) {
            try await setting.run(AddEventEvidence(paper, titled: "Otra vez", of: event))
        }
    }

    @Test func `a board neither sees events of all nor plans them`() async throws {
        let (setting, _, event) = try await scene()
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(setting.alliance.id))
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.fetch(ReadEvent(event), as: board)
        }
        await #expect(throws: AccessError.self) {
            try await setting.tenants.runner.run(PlanEvent(training(), in: [setting.alliance.id]), as: board)
        }
        // Its own meeting of the event it does see, and may show.
        let meeting = try #require(
            try await setting.fetch(ReadEvent(event)).meetings.first { $0.alliance == setting.alliance.id }
        ).summary.meeting
        try await setting.tenants.runner.run(
            AddEvidence(setting.paper(), titled: "Fotografía", of: meeting.id, in: setting.alliance.id),
            as: board)
        #expect(
            try await setting.tenants.runner.fetch(
                ReadMeeting(meeting.id, of: setting.alliance.id), as: board
            )
            .evidence.count == 1)
    }

    @Test func `evidence of the board's own meeting is the board's own until it is shared`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let meeting = try Meeting(
            kind: .board, title: "Deliberación", day: day("2026-03-12"), isReserved: true)
        try await setting.tenants.runner.run(PlanMeeting(meeting, of: alliance), as: board)
        try await setting.tenants.runner.run(
            AddEvidence(setting.paper(), titled: "Cartelera", of: meeting.id, in: alliance), as: board)
        let file = try #require(
            try await setting.tenants.runner.fetch(ReadMeeting(meeting.id, of: alliance), as: board)
                .evidence.first?.file)
        func seen() async throws -> (evidence: Int, file: Bool) {
            try await setting.tenants.database.read(TenantScope(office)) { transaction in
                (
                    try await transaction.evidence(of: meeting.id).count,
                    try await transaction.file(file) != nil
                )
            }
        }
        #expect(try await seen() == (0, false))
        try await setting.tenants.runner.run(ShareMeeting(meeting.id, of: alliance), as: board)
        #expect(try await seen() == (1, true))
    }
}
