import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

/// Drafts of plans that a board keeps to itself until it shares them.
@Suite struct PlanDraftTests {
    private static func plan(_ title: String = "Plan 2026", reserved: Bool = false) throws -> WorkPlan {
        let plan = try WorkPlan(
            year: 2026, title: title, objective: "Participar",
            activities: [
                ActivityTerms(axis: .control, activity: "Visitar la farmacia"),
                ActivityTerms(axis: .decision, activity: "Rendir cuentas"),
            ], topics: [.members: ["Control social"]])
        return reserved ? plan.keptToTheBoard() : plan
    }

    /// An alliance with its office and its board.
    private struct Sides {
        let setting: Setting
        let office: Principal
        let board: Principal

        var alliance: ID<Alliance> { setting.alliance.id }

        static func make() async throws -> Self {
            let setting = try await Setting.make()
            return Self(
                setting: setting,
                office: try await setting.tenants.principal(.office, of: setting.organization),
                board: try await setting.tenants.principal(
                    .board, of: setting.organization, in: .alliance(setting.alliance.id)))
        }

        @discardableResult
        func run<C: Command>(_ command: C, as principal: Principal) async throws -> C.Output {
            try await setting.tenants.runner.run(command, as: principal)
        }

        func read(as principal: Principal) async throws -> ReadPlan.Answer {
            try await setting.tenants.runner.fetch(ReadPlan(of: alliance, in: 2026), as: principal)
        }
    }

    @Test func `the board drafts alone, shares in one act, and the members approve`() async throws {
        let sides = try await Sides.make()
        await #expect(throws: PlanError.notOnBoard) {
            _ = try await sides.run(
                StartPlan(Self.plan(reserved: true), of: sides.alliance), as: sides.office)
        }
        let id = try await sides.run(
            StartPlan(Self.plan(reserved: true), of: sides.alliance), as: sides.board)
        try await sides.run(
            EditPlan(
                id, of: sides.alliance, .add([ActivityTerms(axis: .citizens, activity: "Taller")])),
            as: sides.board)
        let seen = try await sides.read(as: sides.office)
        #expect(seen.plan == nil && seen.draft == nil && seen.own == nil && seen.years.isEmpty)
        let own = try #require(try await sides.read(as: sides.board).own)
        #expect(own.id == id && own.activityCount == 3 && own.isReserved)
        #expect(try await sides.read(as: sides.board).plan == nil)
        // Whoever knows its address has nothing of it: neither to edit, nor to follow, nor to approve.
        await #expect(throws: PlanError.notFound) {
            _ = try await sides.run(EditPlan(id, of: sides.alliance, .add([])), as: sides.office)
        }
        await #expect(throws: PlanError.notShared) {
            try await sides.run(
                ApprovePlan(id, of: sides.alliance, on: day("2026-03-13"), in: "Acta 3"), as: sides.board)
        }
        await #expect(throws: PlanError.notShared) {
            try await sides.run(
                FollowPlan(id, of: sides.alliance, activity: "4.1", in: 2, progress: "Visita"),
                as: sides.board)
        }
        #expect(try await sides.run(SharePlan(id, of: sides.alliance), as: sides.board) == 1)
        let shared = try await sides.read(as: sides.office)
        #expect(shared.plan?.id == id && shared.plan?.activityCount == 3 && shared.own == nil)
        #expect(shared.plan?.topics == [.members: ["Control social"]])
        await #expect(throws: PlanError.alreadyShared) {
            _ = try await sides.run(SharePlan(id, of: sides.alliance), as: sides.board)
        }
        // A year of two digits, or of another plan, is a slip.
        let days = try day("2025-01-01")...day("2026-12-31")
        await #expect(throws: PlanError.approvedOutOfPlace(days)) {
            try await sides.run(
                ApprovePlan(id, of: sides.alliance, on: day("2024-12-31"), in: "Acta 3"), as: sides.office)
        }
        try await sides.run(
            ApprovePlan(id, of: sides.alliance, on: day("2026-03-13"), in: "Acta 3"), as: sides.office)
        #expect(try await sides.read(as: sides.office).plan?.isDraft == false)
    }

    @Test func `neither side learns of the other's draft, and one stands in the place where both see it`()
        async throws
    {
        let sides = try await Sides.make()
        let own = try await sides.run(
            StartPlan(Self.plan("De la junta", reserved: true), of: sides.alliance), as: sides.board)
        await #expect(throws: PlanError.ownDraftTaken(2026)) {
            try await sides.run(
                StartPlan(Self.plan("Otro", reserved: true), of: sides.alliance), as: sides.board)
        }
        let office = try await sides.run(
            StartPlan(Self.plan("De la oficina"), of: sides.alliance), as: sides.office)
        let both = try await sides.read(as: sides.board)
        #expect(both.plan?.id == office && both.draft?.id == office && both.own?.id == own)
        #expect(both.versions.map(\.id) == [office])
        await #expect(throws: PlanError.draftAwaits(2026)) {
            _ = try await sides.run(SharePlan(own, of: sides.alliance), as: sides.board)
        }
        #expect(throws: PlanError.dropReasonMissing) {
            try DropPlan(office, of: sides.alliance, because: " ")
        }
        try await sides.run(
            DropPlan(office, of: sides.alliance, because: "Va la de la junta"), as: sides.office)
        #expect(try await sides.read(as: sides.office).versions.isEmpty)
        #expect(try await sides.run(SharePlan(own, of: sides.alliance), as: sides.board) == 1)
    }

    @Test func `a draft that comes behind an approved plan is its next version, and says why`() async throws {
        let sides = try await Sides.make()
        let own = try await sides.run(
            StartPlan(Self.plan("De la junta", reserved: true), of: sides.alliance), as: sides.board)
        let office = try await sides.run(
            StartPlan(Self.plan("De la oficina"), of: sides.alliance), as: sides.office)
        try await sides.run(
            ApprovePlan(office, of: sides.alliance, on: day("2026-03-13"), in: "Acta 3"), as: sides.office)
        await #expect(throws: PlanError.changeReasonMissing) {
            _ = try await sides.run(SharePlan(own, of: sides.alliance), as: sides.board)
        }
        #expect(
            try await sides.run(
                SharePlan(own, of: sides.alliance, because: "Falta la farmacia"), as: sides.board) == 2)
        let seen = try await sides.read(as: sides.office)
        #expect(seen.plan?.id == office && seen.draft?.id == own)
        #expect(seen.draft?.changeReason == "Falta la farmacia")
    }

    @Test func `a change of the plan in force is drafted alone, too, and given up`() async throws {
        let sides = try await Sides.make()
        let first = try await sides.run(StartPlan(Self.plan(), of: sides.alliance), as: sides.office)
        try await sides.run(
            FollowPlan(first, of: sides.alliance, activity: "4.1", in: 2, progress: "Visita"),
            as: sides.office)
        await #expect(throws: PlanError.draftFollowed) {
            try await sides.run(DropPlan(first, of: sides.alliance, because: "Error"), as: sides.office)
        }
        try await sides.run(
            ApprovePlan(first, of: sides.alliance, on: day("2026-03-13"), in: "Acta 3"), as: sides.office)
        let change = try AmendPlan(first, of: sides.alliance, because: "Otra farmacia", isReserved: true)
        await #expect(throws: PlanError.notOnBoard) { _ = try await sides.run(change, as: sides.office) }
        let own = try await sides.run(change, as: sides.board)
        #expect(try await sides.read(as: sides.office).draft == nil)
        try await sides.run(
            DropPlan(own, of: sides.alliance, because: "La entidad ya la cambió"), as: sides.board)
        #expect(try await sides.read(as: sides.board).own == nil)
        await #expect(throws: PlanError.notFound) {
            _ = try await sides.run(EditPlan(own, of: sides.alliance, .add([])), as: sides.board)
        }
    }

    @Test func `the chain, which the office reads, tells of the board's draft that there is work on it`()
        async throws
    {
        let sides = try await Sides.make()
        let own = try await sides.run(
            StartPlan(Self.plan("Exigir otra farmacia", reserved: true), of: sides.alliance), as: sides.board)
        try await sides.run(
            EditPlan(
                own, of: sides.alliance, .add([ActivityTerms(axis: .citizens, activity: "Taller")])),
            as: sides.board)
        let told = try await sides.setting.read {
            try await $0.values(
                """
                select events.action || ' ' || told.details
                from tenancy.audit_events as events
                join tenancy.audit_details as told using (organization_id, event_id)
                where events.organization_id = \(sides.setting.organization.id)
                    and events.subject_id = \(own.description)
                order by events.sequence
                """, as: String.self)
        }
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.hasPrefix("governance.plan.drafted ") && $0.contains("2026") })
        #expect(!told.joined().contains("farmacia"))
    }
}
