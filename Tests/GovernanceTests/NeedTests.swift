import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Needs that users tell of: counted by topic, taken to a meeting, attended.
@Suite struct NeedTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        return setting
    }

    private func need(
        _ account: String, _ topic: Complaint.Category = .transport, people: Int = 1,
        on text: String = "2026-03-02"
    ) throws -> Need {
        try Need(
            topic: topic, account: account, place: "Barrio Centro", people: people, channel: .meeting,
            toldOn: day(text))
    }

    @Test func `what most people told comes first, with the places, and what is over waits no more`() throws {
        let topics = try [
            need("Ruta a Montería", people: 3), need("Horario de la ruta", people: 4),
            need("Más citas", .appointments, people: 7),
            Need(
                topic: .appointments, account: "Otra", place: "Sede Norte", channel: .phone,
                toldOn: day("2026-03-01"), state: .attended,
                answer: Need.Answer(on: day("2026-03-02"), "Se abrió")),
        ].byTopic
        #expect(topics.map(\.topic) == [.appointments, .transport])
        #expect(topics.map(\.people) == [8, 7])
        #expect(topics.map(\.open) == [1, 2])
        #expect(topics[0].places == ["Barrio Centro", "Sede Norte"])
    }

    @Test func `needs of a topic go to a meeting as one point that says how many people told them`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let first = try await setting.run(TellNeed(need("Ruta a Montería", people: 3), of: alliance))
        let second = try await setting.run(TellNeed(need("Horario de la ruta", people: 4), of: alliance))
        let meeting = try Meeting(
            kind: .board, title: "Reunión de junta", day: day("2026-03-20"), startsAt: nil, endsAt: nil,
            mode: .inPerson, place: "Sede", link: nil)
        try await setting.run(PlanMeeting(meeting, agenda: [], of: alliance))
        try await setting.run(PutNeedsOnAgenda([first, second], on: meeting.id, of: alliance))
        let agenda = try await setting.fetch(ReadAgenda(of: meeting.id, of: alliance)).agenda
        #expect(
            agenda.map(\.title).contains("Necesidades de los usuarios: transporte y distancia (7 personas)"))
        #expect(
            try await setting.fetch(ReadNeeds(of: alliance)).needs.allSatisfy { $0.meeting == meeting.id })
    }

    @Test func `a need that was attended counts for the plan on its day, and takes nothing more`()
        async throws
    {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await setting.run(TellNeed(need("Ruta a Montería"), of: alliance))
        func answer(_ isAttended: Bool, _ text: String) async throws {
            try await setting.run(
                AnswerNeed(
                    id, of: alliance, isAttended: isAttended,
                    Need.Answer(on: day(text), "Se habló con la EPS")))
        }
        for text in ["2026-03-01", "2026-03-14"] {
            await #expect(throws: NeedError.dayOutOfPlace) { try await answer(true, text) }
        }
        try await answer(true, "2026-03-10")
        await #expect(throws: NeedError.over) { try await answer(false, "2026-03-11") }
        let counted = try await setting.read {
            try await $0.happenings([.attendedNeed], of: alliance, in: day("2026-03-10")...day("2026-03-10"))
        }
        #expect(counted.map(\.id) == [id.rawValue])
    }

    @Test func `nothing of somebody's health is kept`() async throws {
        let setting = try await setting()
        await #expect(throws: InvalidInput.self) {
            try await setting.run(
                TellNeed(need("Un señor con diabetes pide transporte"), of: setting.alliance.id))
        }
    }
}
