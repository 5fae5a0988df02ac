import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct DisqualificationTests {
    @Test func `a ground comes with its norm and its reasons`() throws {
        for (ground, norm, reason) in [("", "n", "r"), ("g", " ", "r"), ("g", "n", "")] {
            #expect(throws: CandidacyError.groundMissing) {
                try DisqualificationGround(ground, norm: norm, reason: reason)
            }
        }
    }

    @Test func `an appeal is decided by somebody else, and puts the candidate back`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0], setting.fit[1]])
        let candidate = try await setting.file(slate).candidates[0].id
        try await setting.disqualify(candidate, on: slate)
        #expect(try await setting.file(slate).candidates.map(\.person) == [setting.fit[1]])
        await #expect(throws: CandidacyError.notStanding) {
            try await setting.disqualify(candidate, on: slate)
        }
        await #expect(throws: CandidacyError.nothingAppealed) {
            try await setting.decideAppeal(of: candidate, on: slate, .upheld)
        }

        await #expect(throws: CandidacyError.appealMissing) {
            try await setting.appeal(candidate, on: slate, " ")
        }
        try await setting.appeal(candidate, on: slate, "La afiliación está activa: adjunto certificado.")
        await #expect(throws: CandidacyError.appealedAlready) {
            try await setting.appeal(candidate, on: slate, "Otra vez.")
        }
        await #expect(throws: CandidacyError.ownDecision) {
            try await setting.decideAppeal(of: candidate, on: slate, .upheld)
        }
        // Somebody came in the place meanwhile, and leaves it again.
        try await setting.replace(candidate, on: slate, by: setting.fit[2], because: nil)
        try await setting.decideAppeal(
            of: candidate, on: slate, .upheld, as: try await setting.colleague())

        let file = try await setting.file(slate)
        #expect(file.candidates.map(\.person) == [setting.fit[0], setting.fit[1]])
        #expect(file.candidates[0].disqualification?.outcome == .upheld)
        #expect(file.former.map(\.person) == [setting.fit[2]])
        #expect(file.slate.state == .registered, "the committee looks at what changed")
        try await setting.decide(slate, .admit)
        // Kept out once more, on another ground, it is another decision.
        try await setting.disqualify(candidate, on: slate)
        #expect(try await setting.file(slate).former.contains { $0.disqualification?.outcome == nil })
    }

    @Test func `who was left out reads why and appeals, and nobody else of the members does`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0], setting.fit[1]])
        let candidate = try await setting.file(slate).candidates[0].id
        func member(_ person: ID<Person>) async throws -> Principal {
            try await setting.election.tenants.principal(
                .member, of: setting.election.organization, in: .alliance(setting.alliance),
                document: try await setting.election.document(of: person))
        }
        let (own, other) = (try await member(setting.fit[0]), try await member(setting.fit[1]))
        func candidacies(_ principal: Principal) async throws -> [OwnCandidacy] {
            try await setting.runner.fetch(ReadOwnCandidacies(in: setting.alliance), as: principal)
        }
        func pending(_ principal: Principal, _ source: any PendingSource) async throws -> [PendingItem.Kind] {
            let now = setting.election.tenants.clock.now
            return try await setting.election.tenants.database.read(TenantScope(principal)) { transaction in
                try await source.items(in: transaction, on: ColombianTime.date(at: now), at: now).map(\.kind)
            }
        }
        #expect(try await candidacies(own).map(\.mayAppeal) == [false])
        try await setting.disqualify(candidate, on: slate)
        let decided = try #require(try await candidacies(own).first)
        #expect(decided.mayAppeal && decided.disqualification?.reason == "Está suspendido.")
        #expect(try await candidacies(other).allSatisfy { $0.disqualification == nil })
        #expect(try await pending(own, TasksOfOthers(.disqualifications)) == [.ownDisqualification])
        #expect(try await pending(other, TasksOfOthers(.disqualifications)) == [])

        func appeal(as principal: Principal) async throws {
            try await setting.runner.run(
                AppealDisqualification(
                    of: candidate, on: slate, because: "Estoy activa.",
                    file: StoredFile(
                        name: "certificado.pdf", content: Array("%PDF-1.4".utf8),
                        effectiveOn: ColombianTime.date(at: setting.election.tenants.clock.now)),
                    of: setting.process, of: setting.alliance), as: principal)
        }
        await #expect(throws: CandidacyError.appealOfAnother) { try await appeal(as: other) }
        try await appeal(as: own)
        #expect(try await candidacies(own).first?.disqualification?.isAppealOpen == true)
        #expect(try await pending(own, TasksOfOthers(.disqualifications)) == [])
        #expect(try await pending(setting.committee, DecisionsOfCommittee(.appeals)) == [.appeals])
    }

    @Test func `an appeal that fails leaves the candidate out for good`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0], setting.fit[1]])
        let candidate = try await setting.file(slate).candidates[1].id
        try await setting.disqualify(candidate, on: slate)
        try await setting.appeal(candidate, on: slate, "No estoy de acuerdo.")
        try await setting.decideAppeal(
            of: candidate, on: slate, .dismissed, as: try await setting.colleague())
        let file = try await setting.file(slate)
        #expect(file.slate.state == .admitted && file.candidates.count == 1)
        #expect(file.former.first?.disqualification?.outcome == .dismissed)
        await #expect(throws: CandidacyError.nothingAppealed) {
            try await setting.decideAppeal(
                of: candidate, on: slate, .upheld, as: try await setting.colleague("Tercera"))
        }
        await #expect(throws: SlateError.self) {
            try await setting.replace(candidate, on: slate, by: setting.fit[1], because: nil)
        }
    }

    @Test func `who was kept out stands on no other slate of the contest`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0], setting.fit[1]])
        let other = try await setting.register([setting.fit[2], setting.fit[3]], named: "Otra plancha")
        let candidate = try await setting.file(slate).candidates[0]
        try await setting.disqualify(candidate.id, on: slate)
        let barred = SlateError.disqualified(candidate.name)
        await #expect(throws: barred) {
            try await setting.register([setting.fit[0]], named: "Tercera plancha")
        }
        await #expect(throws: barred) {
            try await setting.edit(
                other, try setting.nomination([setting.fit[2], setting.fit[0]], named: "Otra plancha"))
        }
        let place = try await setting.file(other).candidates[1].id
        await #expect(throws: barred) {
            try await setting.replace(place, on: other, by: setting.fit[0], because: "Renunció.")
        }
        // An appeal that prospers opens the way again.
        try await setting.appeal(candidate.id, on: slate, "Estoy al día.")
        try await setting.decideAppeal(
            of: candidate.id, on: slate, .upheld, as: try await setting.colleague())
        try await setting.withdraw(slate, "Lo pidió quien la inscribió.")
        try await setting.replace(place, on: other, by: setting.fit[0], because: "Renunció.")
    }

    @Test func `a slate that lost its last principal is not on the ballot`() async throws {
        let setting = try await SlateSetting.make()
        let empty = try await setting.admitted([setting.fit[0]])
        let second = try await setting.admitted([setting.fit[1]], named: "Otra plancha")
        try await setting.disqualify(try await setting.file(empty).candidates[0].id, on: empty)
        #expect(try await setting.file(empty).slate.number == nil)
        #expect(try await setting.file(second).slate.number == 1)
        try await setting.publish()
        #expect(try await setting.board().map(\.name) == ["Otra plancha"])
    }

    @Test func `two appeals at once are one, and two decisions at once are one`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0], setting.fit[1]])
        let candidate = try await setting.file(slate).candidates[0].id
        try await setting.disqualify(candidate, on: slate)
        let appeals = await withTaskGroup(of: Bool.self) { group in
            for number in 1...3 {
                group.addTask {
                    (try? await setting.appeal(candidate, on: slate, "Apelación \(number).")) != nil
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(appeals.count { $0 } == 1)
        let colleagues = [
            try await setting.colleague("Segunda"), try await setting.colleague("Tercera"),
        ]
        let decisions = await withTaskGroup(of: Bool.self) { group in
            for (principal, outcome) in zip(colleagues, [Disqualification.Outcome.upheld, .dismissed]) {
                group.addTask {
                    (try? await setting.decideAppeal(of: candidate, on: slate, outcome, as: principal)) != nil
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(decisions.count { $0 } == 1)
    }
}

@Suite struct WitnessTests {
    @Test func `an admitted slate has witnesses at a table or at all, one a document`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        await #expect(throws: WitnessError.slateNotAdmitted) {
            try await setting.accredit("Berta Prueba", "70000001", for: slate)
        }
        try await setting.acceptAll(slate)
        try await setting.decide(slate, .admit)
        let table = try #require(try await setting.file(slate).tables.first).id
        let witness = try await setting.accredit("Berta Prueba", "70000001", at: table, for: slate)
        await #expect(throws: WitnessError.accreditedAlready) {
            try await setting.accredit("Berta Prueba", "70000001", for: slate)
        }
        try await setting.accredit("Ciro Prueba", "70000002", for: slate)
        await #expect(throws: WitnessError.noSuchTable) {
            try await setting.accredit("Dora Prueba", "70000003", at: ID(), for: slate)
        }
        let witnesses = try await setting.file(slate).witnesses
        #expect(witnesses.map(\.name) == ["Ciro Prueba", "Berta Prueba"])
        #expect(witnesses.map(\.table) == [nil, "Mesa 1, Institución Educativa Central"])

        try await setting.runner.run(
            WithdrawWitness(witness, of: slate, of: setting.process, of: setting.alliance),
            as: setting.committee)
        await #expect(throws: WitnessError.notFound) {
            try await setting.runner.run(
                WithdrawWitness(witness, of: slate, of: setting.process, of: setting.alliance),
                as: setting.committee)
        }
        // The accreditation is over: the same person may come again.
        try await setting.accredit("Berta Prueba", "70000001", for: slate)
    }

    @Test func `a juror is no witness, and a witness has a name`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0]])
        let juror = setting.members[5]
        _ = try await setting.election.tenants.database.transaction(TenantScope(setting.office)) {
            transaction in
            try await transaction.execute(
                """
                insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
                values (\(setting.election.organization.id), \(setting.process), \(juror), 'juror',
                    \(setting.election.tenants.clock.now))
                """)
        }
        await #expect(throws: WitnessError.otherCapacity(.juror)) {
            try await setting.accredit("Ana Prueba", "1000000005", for: slate)
        }
        await #expect(throws: WitnessError.unnamed) {
            try await setting.accredit(" ", "70000001", for: slate)
        }
    }
}
