import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Campaigns: the versions of their piece, what was sent, what the board keeps to itself.
@Suite struct CampaignTests {
    private func campaign(isReserved: Bool = false) throws -> Campaign {
        try Campaign(
            kind: .campaign, title: "Cuidarse entre todos", axis: .culture, audience: "Los asociados",
            channels: [.whatsapp, .poster], from: day("2026-03-10"), to: day("2026-03-12"),
            isReserved: isReserved)
    }

    private func write(
        _ words: String, after known: Int, _ id: ID<Campaign>, in setting: Setting
    ) async throws {
        try await setting.run(
            WriteCampaignPiece(
                of: id, in: setting.alliance.id, after: known, words: words, file: nil, keepsFile: known > 0))
    }

    private func sending(
        _ id: ID<Campaign>, in setting: Setting, on text: String = "2026-03-11", reached: Int? = 40
    ) throws -> RecordSending {
        RecordSending(
            of: id, in: setting.alliance.id, by: .whatsapp, on: try day(text), reached: reached, note: nil,
            evidence: try setting.paper())
    }

    private func counted(_ kind: Happening.Kind, in setting: Setting) async throws -> Int {
        try await setting.read {
            try await $0.happenings(
                [kind], of: setting.alliance.id, in: day("2026-01-01")...day("2026-12-31"))
        }.reduce(0) { $0 + $1.amount }
    }

    @Test func `what was sent stays as it was, whatever is written after`() async throws {
        let setting = try await Setting.make()
        let id = try await setting.run(PlanCampaign(campaign(), of: setting.alliance.id))
        await #expect(throws: CampaignError.pieceMissing) {
            try await setting.run(sending(id, in: setting))
        }
        try await write("Lávese las manos", after: 0, id, in: setting)
        try await setting.run(sending(id, in: setting))
        try await write("Lávese bien las manos", after: 1, id, in: setting)
        // Somebody who read the first version does not write over the second.
        await #expect(throws: CampaignError.changedMeanwhile) {
            try await write("Otra cosa", after: 1, id, in: setting)
        }
        try await setting.run(sending(id, in: setting, on: "2026-03-12", reached: 10))
        let answer = try await setting.fetch(ReadCampaign(id, of: setting.alliance.id))
        #expect(answer.pieces.map(\.words) == ["Lávese bien las manos", "Lávese las manos"])
        #expect(answer.sendings.map(\.version) == [2, 1])
        #expect(answer.summary.reach == 50)
        // A campaign counts once, and those whom it reached as often as they were.
        #expect(try await counted(.campaign, in: setting) == 1)
        #expect(try await counted(.campaignReach, in: setting) == 50)
        let mistake = try #require(answer.sendings.first)
        try await setting.run(
            WithdrawSending(mistake.id, of: id, in: setting.alliance.id, because: "No salió"))
        #expect(try await counted(.campaignReach, in: setting) == 40)
    }

    @Test
    func `a campaign tells the activities of the plan that it counts for, in the year in which it went out`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        func plan(_ year: Int) async throws -> ID<WorkPlan> {
            try await setting.run(
                StartPlan(
                    WorkPlan(
                        year: year, title: "Plan \(year)", objective: "Participar",
                        activities: [
                            ActivityTerms(
                                axis: .culture, activity: "Campañas de \(year)", fulfilledBy: [.campaign]),
                            ActivityTerms(
                                axis: .control, activity: "Visitas", fulfilledBy: [.oversightVisit]),
                        ]), of: alliance))
        }
        _ = try await plan(2025)
        _ = try await plan(2026)
        let id = try await setting.run(PlanCampaign(campaign(), of: alliance))
        let told = try await setting.fetch(ReadCampaign(id, of: alliance)).fulfils
        #expect(told.year == 2026 && told.activities.map(\.activity) == ["Campañas de 2026"])
        let found = try await setting.fetch(ReadPlan(of: alliance, in: 2026)).fulfilment
        #expect(found?.activities.first?.measured == 0)
        try await write("Lávese las manos", after: 0, id, in: setting)
        try await setting.run(sending(id, in: setting))
        let counted = try await setting.fetch(ReadPlan(of: alliance, in: 2026)).fulfilment
        #expect(counted?.activities.first?.happenings.map(\.id) == [id.rawValue])
    }

    @Test func `what the board keeps to itself is neither seen nor sent until it is shared`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let runner = setting.tenants.runner
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance))
        await #expect(throws: CampaignError.notOnBoard) {
            _ = try await runner.run(PlanCampaign(campaign(isReserved: true), of: alliance), as: office)
        }
        let id = try await runner.run(PlanCampaign(campaign(isReserved: true), of: alliance), as: board)
        try await runner.run(
            WriteCampaignPiece(
                of: id, in: alliance, after: 0, words: "Borrador", file: try setting.paper(),
                keepsFile: false), as: board)
        #expect(try await runner.fetch(ReadCampaigns(of: alliance), as: office).isEmpty)
        await #expect(throws: CampaignError.notFound) {
            _ = try await runner.fetch(ReadCampaign(id, of: alliance), as: office)
        }
        await #expect(throws: CampaignError.reserved) {
            _ = try await runner.run(sending(id, in: setting), as: board)
        }
        try await runner.run(ShareCampaign(id, of: alliance), as: board)
        let seen = try await runner.fetch(ReadCampaign(id, of: alliance), as: office)
        #expect(seen.pieces.first?.words == "Borrador")
        // Its file, too.
        #expect(seen.pieces.first?.digest != nil)
        _ = try await runner.run(sending(id, in: setting), as: office)
        await #expect(throws: CampaignError.alreadyShared) {
            try await runner.run(ShareCampaign(id, of: alliance), as: board)
        }
    }

    @Test func `a campaign that is over does not change, and two do not write over each other`() async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let id = try await setting.run(PlanCampaign(campaign(), of: alliance))
        func edited(_ title: String, _ revision: Int) throws -> EditCampaign {
            EditCampaign(
                try Campaign(
                    id: id, kind: .campaign, title: title, axis: .control, audience: "Todos",
                    channels: [.web], from: day("2026-03-10"), revision: revision), of: alliance)
        }
        try await setting.run(edited("Uno", 1))
        await #expect(throws: CampaignError.changedMeanwhile) { try await setting.run(edited("Dos", 1)) }
        let late = try await setting.fetch(ReadCampaign(id, of: alliance)).summary
        #expect(late.standing(on: try day("2026-03-13")) == .late)
        try await setting.run(CloseCampaign(id, of: alliance, "No hubo con qué imprimir"))
        await #expect(throws: CampaignError.closed) { try await setting.run(edited("Tres", 2)) }
        await #expect(throws: CampaignError.closed) { try await setting.run(sending(id, in: setting)) }
    }
}
