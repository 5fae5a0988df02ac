import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Oversight exercises: team, visits, what was measured, what was found and what became of it.
@Suite struct OversightTests {
    private func setting() async throws -> Setting {
        let setting = try await Setting.make()
        try await ComplaintCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: setting.tenants.database)
        return setting
    }

    private func opened(in setting: Setting, isReserved: Bool = false) async throws -> ID<Oversight> {
        let id = try await setting.run(
            OpenOversight(
                Oversight(
                    alliance: setting.alliance.id, isReserved: isReserved, title: "Entrega de medicamentos",
                    reason: "Los usuarios vuelven dos veces", entity: "Farmacia del convenio",
                    startsOn: day("2026-02-01"), endsOn: day("2026-03-31")),
                looking: [
                    OversightIndicator(name: "Minutos de espera", expected: "Menos de 30"),
                    OversightIndicator(name: "Fórmulas completas", expected: "Todas"),
                ]))
        try await setting.run(
            JoinOversight("CC 1001", as: .coordinator, of: id, in: setting.alliance.id))
        try await setting.run(JoinOversight("Nora Pérez", as: .adviser, of: id, in: setting.alliance.id))
        return id
    }

    private func answer(_ id: ID<Oversight>, in setting: Setting) async throws -> ReadOversight.Answer {
        try await setting.fetch(ReadOversight(id, of: setting.alliance.id))
    }

    @discardableResult
    private func visit(
        _ id: ID<Oversight>, in setting: Setting, on text: String = "2026-03-02", finding: [String] = []
    ) async throws -> ID<OversightVisit> {
        let answer = try await answer(id, in: setting)
        return try await setting.run(
            RecordOversightVisit(
                OversightVisit(kind: .pharmacy, place: "Farmacia del Centro", day: day(text)),
                by: answer.team.prefix(1).map(\.id),
                measuring: [
                    OversightMeasure(of: answer.indicators[0].id, .unmet, measured: "55"),
                    OversightMeasure(of: answer.indicators[1].id, .unseen),
                ], finding: finding, for: id, of: setting.alliance.id))
    }

    @Test func `the team is of the register by document, of anybody else by name, and nobody is in it twice`()
        async throws
    {
        let setting = try await setting()
        let id = try await opened(in: setting)
        let team = try await answer(id, in: setting).team
        #expect(team.map(\.name) == ["Nora Pérez", "Rosa Arrieta"])
        await #expect(throws: OversightError.alreadyIn) {
            try await setting.run(JoinOversight("CC 1001", as: .member, of: id, in: setting.alliance.id))
        }
        await #expect(throws: OversightError.personNotFound) {
            try await setting.run(JoinOversight("CC 99", as: .member, of: id, in: setting.alliance.id))
        }
        let nora = try #require(team.first { $0.name == "Nora Pérez" })
        try await setting.run(LeaveOversight(nora.id, of: id, in: setting.alliance.id))
        await #expect(throws: OversightError.notIn) {
            try await setting.run(LeaveOversight(nora.id, of: id, in: setting.alliance.id))
        }
    }

    @Test func `visits count for the plan, with what they measured; one taken back does not`() async throws {
        let setting = try await setting()
        let id = try await opened(in: setting)
        let first = try await visit(id, in: setting)
        try await visit(id, in: setting, on: "2026-03-10", finding: ["No hay turnos de espera"])
        let read = try await answer(id, in: setting)
        #expect(read.visits.map(\.visit.number) == [1, 2])
        #expect(read.findings.map(\.number) == [1])
        #expect(read.tally(of: read.indicators[0].id) == (0, 2))
        #expect(read.tally(of: read.indicators[1].id) == (0, 0))
        func counted() async throws -> Int {
            try await setting.read {
                try await $0.happenings(
                    [.oversightVisit], of: setting.alliance.id, in: day("2026-03-01")...day("2026-03-31"))
            }.count
        }
        #expect(try await counted() == 2)
        await #expect(throws: OversightError.visitHasFindings) {
            try await setting.run(
                WithdrawOversightVisit(
                    read.visits[1].visit.id, of: id, in: setting.alliance.id, because: "Por error"))
        }
        try await setting.run(
            WithdrawOversightVisit(first, of: id, in: setting.alliance.id, because: "Por error"))
        #expect(try await counted() == 1)
    }

    @Test(arguments: ["2026-03-14", "2026-01-31"])
    func `a visit is neither to come nor before the exercise`(text: String) async throws {
        let setting = try await setting()
        let id = try await opened(in: setting)
        await #expect(throws: OversightError.dayOutOfPlace) { try await visit(id, in: setting, on: text) }
    }

    @Test func `nothing of somebody's health is kept`() async throws {
        let setting = try await setting()
        let id = try await opened(in: setting)
        await #expect(throws: InvalidInput.self) {
            try await visit(id, in: setting, finding: ["A una señora con diabetes no le entregan"])
        }
        #expect(try await answer(id, in: setting).visits.isEmpty)
    }

    @Test func `a finding goes from the reply to the team's own check, and each step stays`() async throws {
        let setting = try await setting()
        let (id, alliance) = (try await opened(in: setting), setting.alliance.id)
        try await visit(id, in: setting, finding: ["No hay turnos de espera"])
        let finding = try await answer(id, in: setting).findings[0]
        func judge(_ judgement: JudgeFinding.Judgement) async throws {
            try await setting.run(
                JudgeFinding(
                    finding.id, of: id, in: alliance, judgement, note: "Nota", on: day("2026-03-12")))
        }
        func state() async throws -> OversightFinding.State {
            try await answer(id, in: setting).findings[0].state
        }
        try await judge(.reply(isAccepted: false))
        #expect(try await state() == .open)
        try await judge(.reply(isAccepted: true))
        #expect(try await state() == .replied)
        try await setting.run(
            FollowFinding(finding.id, of: id, in: alliance, note: "Pusieron turnos", on: day("2026-03-12")))
        try await judge(.check(.corrected))
        let closed = try await answer(id, in: setting)
        #expect(closed.findings[0].outcome == .corrected)
        #expect(
            closed.steps[finding.id]?.map(\.kind) == [.replied, .replied, .acted, .checked])
        await #expect(throws: OversightError.outOfTurn) { try await judge(.reply(isAccepted: true)) }
        try await setting.run(
            FollowFinding(
                finding.id, of: id, in: alliance, isTakenUpAgain: true, note: "Volvió", on: day("2026-03-13"))
        )
        #expect(try await answer(id, in: setting).findings[0].outcome == nil)
    }

    @Test
    func `a finding leads to an improvement and a commitment, once each, and they say where they come from`()
        async throws
    {
        let setting = try await setting()
        let (id, alliance) = (try await opened(in: setting), setting.alliance.id)
        try await visit(id, in: setting, finding: ["No hay turnos de espera"])
        let finding = try await answer(id, in: setting).findings[0].id
        let improvement = try await setting.run(ImproveFinding(finding, of: id, in: alliance))
        await #expect(throws: OversightError.ledOnAlready) {
            try await setting.run(ImproveFinding(finding, of: id, in: alliance))
        }
        let commitment = try await setting.run(
            CommitFinding(
                finding, of: id,
                to: MakeCommitment(
                    "Poner turnos", by: .named("La farmacia"), until: day("2026-04-01"), of: alliance)))
        let led = try await answer(id, in: setting).findings[0]
        #expect(led.improvement == improvement && led.commitment == commitment)
        let back = try await setting.fetch(ReadImprovement(improvement, of: alliance)).origin
        #expect(back == FindingOrigin(oversight: id, title: "Entrega de medicamentos", number: 1))
        #expect(try await setting.fetch(ReadCommitment(commitment, of: alliance)).origin == back)
    }

    @Test func `what the board keeps to itself leads nowhere and counts for nothing until it is shared`()
        async throws
    {
        let setting = try await setting()
        let (id, alliance) = (try await opened(in: setting, isReserved: true), setting.alliance.id)
        try await visit(id, in: setting, finding: ["No hay turnos de espera"])
        let finding = try await answer(id, in: setting).findings[0].id
        await #expect(throws: OversightError.reserved) {
            try await setting.run(ImproveFinding(finding, of: id, in: alliance))
        }
        func counted() async throws -> Int {
            try await setting.read {
                try await $0.happenings(
                    [.oversightVisit, .closedOversight], of: alliance,
                    in: day("2026-03-01")...day("2026-03-31"))
            }.count
        }
        #expect(try await counted() == 0)
        try await setting.run(ShareOversight(id, of: alliance))
        #expect(try await counted() == 1)
        #expect(try await setting.fetch(ReadOversights(of: alliance)).map(\.findings) == [1])
        await #expect(throws: OversightError.alreadyShared) {
            try await setting.run(ShareOversight(id, of: alliance))
        }
    }

    @Test func `two people editing do not overwrite each other, and a closed exercise takes nothing in`()
        async throws
    {
        let setting = try await setting()
        let (id, alliance) = (try await opened(in: setting), setting.alliance.id)
        let read = try await answer(id, in: setting).oversight
        func edit(_ title: String) async throws {
            try await setting.run(
                EditOversight(
                    Oversight(
                        id: id, alliance: alliance, title: title, reason: read.reason, entity: read.entity,
                        startsOn: read.startsOn, version: read.version)))
        }
        try await edit("Entrega completa")
        await #expect(throws: OversightError.changedMeanwhile) { try await edit("Otra") }
        try await setting.run(
            RegisterOversight(
                id, of: alliance,
                as: Oversight.Registration(before: "Personería", number: "12", on: day("2026-02-03"))))
        try await visit(id, in: setting)
        func close(_ text: String) async throws {
            try await setting.run(
                CloseOversight(
                    id, of: alliance, Oversight.End(on: day(text), concluding: "Mejoró la espera")))
        }
        await #expect(throws: OversightError.dayOutOfPlace) { try await close("2026-03-01") }
        try await close("2026-03-13")
        await #expect(throws: OversightError.closed) { try await visit(id, in: setting) }
        let closed = try await answer(id, in: setting).oversight
        #expect(closed.standing(on: try day("2026-06-01")) == .closed)
        #expect(closed.registration?.number == "12")
    }

    @Test func `where an exercise stands follows from its days`() throws {
        let exercise = try Oversight(
            alliance: ID(), title: "Espera", reason: "Larga", entity: "EPS", startsOn: day("2026-02-01"),
            endsOn: day("2026-02-28"))
        #expect(exercise.standing(on: try day("2026-01-31")) == .ahead)
        #expect(exercise.standing(on: try day("2026-02-28")) == .ongoing)
        #expect(exercise.standing(on: try day("2026-03-01")) == .overdue)
    }
}
