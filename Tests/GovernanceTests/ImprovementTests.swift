import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Improvement opportunities: found, analysed, approved by the management or the unit, done with evidence.
@Suite struct ImprovementTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        return setting
    }

    private func noted(in setting: Setting, on text: String = "2026-03-02") async throws -> ID<Improvement> {
        try await setting.run(
            NoteImprovement(
                Improvement(
                    alliance: setting.alliance.id, source: .visit, foundOn: day(text),
                    title: "Sillas en la sala de espera")))
    }

    @Test func `an opportunity goes from found to done, and each step stays`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let id = try await noted(in: setting)
        func follow(
            _ news: FollowImprovement.News, evidence: StoredFile? = nil, on text: String = "2026-03-13"
        ) async throws {
            try await setting.run(
                FollowImprovement(
                    id, of: alliance, news, note: "Nota", on: day(text), evidence: evidence))
        }
        await #expect(throws: ImprovementError.outOfTurn) {
            try await follow(.approved(by: "Gerencia", until: nil))
        }
        try await follow(.analysed(unit: "Servicios generales"))
        #expect(throws: ImprovementError.whoMissing) {
            try FollowImprovement(id, of: alliance, .approved(by: " ", until: nil), note: "Sí")
        }
        try await follow(.approved(by: "Gerencia", until: day("2026-03-12")))
        #expect(throws: ImprovementError.evidenceMissing) {
            try FollowImprovement(id, of: alliance, .done, note: "Ya")
        }
        let approved = try await setting.fetch(ReadImprovement(id, of: alliance)).improvement
        #expect(try approved.isLate(on: day("2026-03-13")))
        try await follow(.done, evidence: setting.paper())
        let answer = try await setting.fetch(ReadImprovement(id, of: alliance))
        #expect(answer.steps.map(\.kind) == [.found, .analysed, .approved, .done])
        #expect(answer.improvement.approvedBy == "Gerencia")
        #expect(answer.improvement.unit == "Servicios generales")
        let done = try await setting.read {
            try await $0.happenings(
                [.doneImprovement], of: alliance, in: day("2026-03-01")...day("2026-03-31"))
        }
        #expect(done.map(\.id) == [id.rawValue])
        try await follow(.reopened)
        let reopened = try await setting.read {
            try await $0.happenings(
                [.doneImprovement], of: alliance, in: day("2026-03-01")...day("2026-03-31"))
        }
        #expect(reopened.isEmpty)
    }

    @Test(arguments: [("2026-03-14", ImprovementError.dayOutOfPlace), ("2026-03-01", .dayOutOfPlace)])
    func `nothing happens in the future, or before it was found`(text: String, error: ImprovementError)
        async throws
    {
        let setting = try await setting()
        let id = try await noted(in: setting)
        await #expect(throws: error) {
            try await setting.run(
                FollowImprovement(
                    id, of: setting.alliance.id, .analysed(unit: nil), note: "Nota", on: day(text)))
        }
    }

    @Test func `the report of a year has what was found in it and what was still open`() async throws {
        let setting = try await setting()
        let alliance = setting.alliance.id
        let open = try await noted(in: setting, on: "2025-06-01")
        let ended = try await noted(in: setting, on: "2025-06-02")
        try await setting.run(
            FollowImprovement(
                ended, of: alliance, .rejected(by: "Gerencia"), note: "No hay espacio", on: day("2025-07-01"))
        )
        let now = try await noted(in: setting)
        let year = try await setting.fetch(ReadImprovementYear(2026, of: alliance))
        #expect(Set(year.lines.map(\.improvement.id)) == [open, now])
        let before = try await setting.fetch(ReadImprovementYear(2025, of: alliance))
        #expect(Set(before.lines.map(\.improvement.id)) == [open, ended])
    }

    @Test func `what is written of it tells of nobody's health, and its origin is the alliance's`()
        async throws
    {
        let setting = try await setting()
        await #expect(throws: InvalidInput.self) {
            try await setting.run(
                NoteImprovement(
                    Improvement(
                        alliance: setting.alliance.id, source: .other, foundOn: day("2026-03-02"),
                        title: "Que a la de 25781234 le den la cita")))
        }
        await #expect(throws: ImprovementError.originNotFound) {
            try await setting.run(
                NoteImprovement(
                    Improvement(
                        alliance: setting.alliance.id, source: .complaint, complaint: ID(),
                        foundOn: day("2026-03-02"), title: "Más sillas")))
        }
    }
}
