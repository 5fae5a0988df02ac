import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct DisruptionTests {
    @Test func `a postponement moves calendar and tables, and stands in the chronology with its reason`()
        async throws
    {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let before = try #require(try await setting.file(process).calendar?[.voting])
        await #expect(throws: DisruptionError.notLater) {
            try await runner.run(
                PostponeProcess(process, of: alliance, until: before.opensAt, because: "Lluvia"),
                as: setting.committee)
        }
        try await runner.run(
            PostponeProcess(process, of: alliance, until: before.opensAt + 7 * 86_400, because: "Lluvia"),
            as: setting.committee)
        let after = try #require(try await setting.file(process).calendar?[.voting])
        #expect(after.opensAt == before.opensAt + 7 * 86_400)
        #expect(after.closesAt == before.closesAt.map { $0 + 7 * 86_400 })
        let table = try #require(try await setting.tables(process).first)
        #expect(table.opensAt == after.opensAt)
        let entry = try #require(try await setting.chronology(process).first)
        #expect(
            entry.title == "Se aplazó la votación" && entry.isDisruption && entry.actor == "Comité Prueba")
        #expect(entry.details.contains { $0.name == "Motivo" && $0.text == "Lluvia" })
        #expect(throws: DisruptionError.reasonMissing) {
            try PostponeProcess(process, of: alliance, until: before.opensAt, because: " ")
        }
    }

    @Test func `one place votes later, the others on their day, and the result waits`() async throws {
        let setting = try await ElectionSetting.make(members: 6)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.drafted()
        try await setting.addTable(to: process, at: "Colegio")
        try await setting.addTable(to: process, at: "Coliseo")
        try await runner.run(SplitElectors(in: process, of: alliance), as: setting.office)
        try await runner.run(PublishCall(of: process, of: alliance, through: []), as: setting.committee)
        let before = try #require(try await setting.file(process).calendar)
        let opens = try #require(before[.voting]).opensAt
        await #expect(throws: DisruptionError.noSuchPlace) {
            try await runner.run(
                PostponePlace("Parque", of: process, of: alliance, until: opens + 86_400, because: "Río"),
                as: setting.committee)
        }
        try await runner.run(
            PostponePlace("Coliseo", of: process, of: alliance, until: opens + 86_400, because: "Río"),
            as: setting.committee)
        let tables = try await setting.tables(process)
        #expect(tables.map(\.opensAt) == [opens, opens + 86_400])
        let after = try #require(try await setting.file(process).calendar)
        #expect(after[.voting]?.opensAt == opens)
        #expect(after[.provisionalResult]?.opensAt == before[.provisionalResult].map { $0.opensAt + 86_400 })
        #expect(after[.claims] == before[.claims])
    }

    @Test(arguments: ExtendTerm.kinds) func `a period is extended while it may, and what waits moves with it`(
        _ kind: Milestone.Kind
    ) async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.provisional()
        let before = try #require(try await setting.file(process).calendar)
        let end = try #require(before[kind]?.closesAt)
        let extend = try ExtendTerm(
            kind, of: process, of: setting.alliance.id, until: end + 3600, because: "Fallas de internet")
        guard kind != .challenges else {
            await #expect(throws: DisruptionError.notExtensible) {
                try await setting.tenants.runner.run(extend, as: setting.committee)
            }
            return
        }
        // Nominations end with the day before the vote opens; an hour later still comes before it.
        try await setting.tenants.runner.run(extend, as: setting.committee)
        let after = try #require(try await setting.file(process).calendar)
        #expect(after[kind]?.closesAt == end + 3600)
        #expect(after[.voting] == before[.voting])
        let past = try ExtendTerm(
            kind, of: process, of: setting.alliance.id, until: end, because: "Otra vez")
        await #expect(throws: CalendarError.notLater) {
            try await setting.tenants.runner.run(past, as: setting.committee)
        }
    }

    @Test func `a suspended process goes on where it was`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.provisional()
        await #expect(throws: DisruptionError.notSuspended) {
            try await runner.run(ResumeProcess(process, of: alliance, because: "Ya"), as: setting.committee)
        }
        try await runner.run(
            SuspendProcess(process, of: alliance, until: nil, because: "Orden del juez"),
            as: setting.committee)
        let suspended = try await setting.file(process).process
        #expect(suspended.state == .suspended && suspended.stateReason == "Orden del juez")
        await #expect(throws: RollError.notNow(.suspended)) {
            try await runner.run(FreezeRoll(of: process, of: alliance), as: setting.committee)
        }
        let state = try await runner.run(
            ResumeProcess(process, of: alliance, because: "Se levantó"), as: setting.committee)
        #expect(state == .provisionalRoll)
        let resumed = try await setting.file(process).process
        #expect(resumed.state == .provisionalRoll && resumed.stateReason == nil)
    }

    @Test func `a void call is replaced once, with the same contests and tables`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let replace = try ReplaceProcess(process, of: alliance, naming: "Segunda convocatoria")
        await #expect(throws: DisruptionError.nothingToReplace) {
            try await runner.run(replace, as: setting.office)
        }
        try await runner.run(
            DeclareVoid(process, of: alliance, because: "Nadie se postuló"), as: setting.committee)
        let ended = try await setting.file(process)
        #expect(ended.process.state == .void && ended.contests.allSatisfy { $0.state == .void })
        let next = try await runner.run(replace, as: setting.office)
        let draft = try await setting.file(next)
        #expect(draft.process.state == .draft && draft.process.replaces == process)
        #expect(draft.contests.map(\.name) == ended.contests.map(\.name))
        #expect(draft.contests.allSatisfy { $0.state == .open })
        #expect(try await setting.tables(next).map(\.place) == ["Institución Educativa Central"])
        await #expect(throws: DisruptionError.alreadyReplaced) {
            try await runner.run(replace, as: setting.office)
        }
        // The day moves the tables that were brought along.
        try await setting.compute(next)
        try await runner.run(PublishCall(of: next, of: alliance, through: []), as: setting.committee)
    }

    @Test func `two people of different roles annul`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let colleague = try await setting.tenants.principal(
            .electionCommittee, of: setting.organization, in: .alliance(alliance), name: "Colega")
        let guarantor = try await setting.tenants.principal(
            .guarantor, of: setting.organization, in: .alliance(alliance), name: "Garante")
        let propose = try ProposeAnnulment(of: process, of: alliance, because: "El censo se filtró")
        let act = try await runner.run(propose, as: setting.committee)
        await #expect(throws: DisruptionError.actOpen) { try await runner.run(propose, as: guarantor) }
        let second = try SettleAnnulment(act, .second, of: process, of: alliance)
        for principal in [setting.committee, colleague] {
            await #expect(throws: DisruptionError.sameRole) { try await runner.run(second, as: principal) }
        }
        await #expect(throws: AccessError.notPermitted(.annulProcesses)) {
            try await runner.run(second, as: setting.office)
        }
        try await runner.run(second, as: guarantor)
        let annulled = try await setting.file(process)
        #expect(annulled.process.state == .annulled && annulled.process.stateReason == "El censo se filtró")
        #expect(annulled.contests.allSatisfy { $0.state == .annulled })
        await #expect(throws: (any Error).self) { try await runner.run(second, as: guarantor) }
    }

    @Test func `a proposal that was taken back annuls nothing`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let act = try await runner.run(
            ProposeAnnulment(of: process, of: alliance, because: "Duda"), as: setting.committee)
        try await runner.run(
            SettleAnnulment(act, .withdraw(because: "Se aclaró"), of: process, of: alliance),
            as: setting.committee)
        await #expect(throws: DisruptionError.actNotOpen) {
            try await runner.run(
                SettleAnnulment(act, .withdraw(because: "Se aclaró"), of: process, of: alliance),
                as: setting.committee)
        }
        #expect(try await setting.file(process).process.state == ProcessState.called)
    }
}

extension ElectionSetting {
    /// What happened in a process, the last first.
    func chronology(_ process: ID<ElectoralProcess>) async throws -> [ChronologyEntry] {
        try await tenants.runner.fetch(ReadChronology(of: process, of: alliance.id), as: office).entries
    }
}
