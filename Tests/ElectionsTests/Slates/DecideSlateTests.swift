import Foundation
import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct DecideSlateTests {
    @Test func `an admitted slate has its number on the ballot and is read by everybody`() async throws {
        let setting = try await SlateSetting.make()
        let fit = setting.fit
        let second = try await setting.admitted([fit[0], fit[1]], named: "Segunda")
        let first = try await setting.admitted([fit[2]], named: "Primera")
        let left = try await setting.register([fit[3]], named: "Por decidir")

        let slates = try await setting.list().slates
        #expect(slates.map(\.id) == [second, first, left])
        #expect(slates.map(\.number) == [1, 2, nil])
        #expect(try await setting.board().isEmpty)

        try await setting.publish()
        let board = try await setting.board()
        #expect(board.map(\.name) == ["Segunda", "Primera"] && board.map(\.number) == [1, 2])
        #expect(board[0].principals.count == 2 && board[0].alternates.isEmpty)
        #expect(board[0].principals.allSatisfy { $0.hasPrefix("Ana ") })
    }

    @Test func `nobody is admitted who has not accepted`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0], setting.fit[1]])
        let first = try #require(try await setting.file(slate).candidates.first)
        try await setting.accept(first.id, on: slate)
        await #expect(throws: CandidacyError.acceptedAlready) {
            try await setting.accept(first.id, on: slate)
        }
        let refusal = await #expect(throws: SlateError.self) { try await setting.decide(slate, .admit) }
        guard case .blocked(let obstacles) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(obstacles.count == 1)
        #expect(try await setting.file(slate).slate.state == .registered)
    }

    @Test func `an acceptance needs its paper, and is not signed tomorrow`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        let candidate = try #require(try await setting.file(slate).candidates.first)
        let today = ColombianTime.date(at: setting.election.tenants.clock.now)
        for (day, proof, refusal) in [
            (today, nil, CandidacyError.proofMissing), (today + 1, try await setting.paper(), .inTheFuture),
        ] {
            await #expect(throws: refusal) {
                try await setting.runner.run(
                    AcceptCandidacy(
                        of: candidate.id, on: slate, signedOn: day, proof: proof, of: setting.process,
                        of: setting.alliance), as: setting.office)
            }
        }
        await #expect(throws: CandidacyError.notFound) { try await setting.accept(ID(), on: slate) }
    }

    @Test func `who fails a requirement blocks the slate until the committee names another`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.unfit[0], setting.fit[0]])
        try await setting.acceptAll(slate)
        let refusal = await #expect(throws: SlateError.self) { try await setting.decide(slate, .admit) }
        guard case .blocked(let obstacles) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(obstacles.contains { if case .fails = $0 { true } else { false } })

        let candidate = try #require(try await setting.file(slate).candidates.first)
        try await setting.disqualify(candidate.id, on: slate)
        let empty = await #expect(throws: SlateError.self) { try await setting.decide(slate, .admit) }
        #expect(empty == .blocked([.placeEmpty(.principal, 1)]))

        try await setting.replace(candidate.id, on: slate, by: setting.fit[1], because: nil)
        try await setting.acceptAll(slate)
        try await setting.decide(slate, .admit)
        let file = try await setting.file(slate)
        #expect(file.slate.state == .admitted)
        #expect(file.candidates.map(\.person) == [setting.fit[1], setting.fit[0]])
        #expect(file.former.map(\.person) == [setting.unfit[0]])
        #expect(file.replacement(of: candidate.id)?.person == setting.fit[1])
    }

    @Test func `what is not proven is admitted with written reasons alone`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        try await setting.acceptAll(slate)
        let refusal = await #expect(throws: SlateError.self) { try await setting.decide(slate, .admit, "  ") }
        guard case .unprovenWithoutReason(let obstacles) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(obstacles.allSatisfy { !$0.isBlocking } && !obstacles.isEmpty)
        try await setting.decide(slate, .admit, "Los certificados llegan el lunes.")
        #expect(try await setting.file(slate).slate.stateReason == "Los certificados llegan el lunes.")
    }

    @Test func `candidates are looked at as of the day on which nominations close`() async throws {
        let setting = try await SlateSetting.make()
        let person = setting.fit[0]
        let slate = try await setting.register([person])
        let window = try #require(try await setting.list().window)
        // Comes of age on the very last day of nominations: too young today, old enough then.
        _ = try await setting.election.tenants.database.transaction(TenantScope(setting.office)) {
            transaction in
            try await transaction.execute(
                """
                update membership.affiliates set birth_date = \(window.checkDay.addingMonths(-18 * 12))
                where organization_id = \(setting.election.organization.id) and person_id = \(person)
                """)
        }
        let dossier = try #require(try await setting.file(slate).candidates[0].dossier)
        #expect(dossier.day == window.checkDay)
        let adult = try #require(dossier.outcomes.first { $0.requirement.id == "E02" })
        #expect(adult.verdict == .pass)
    }

    @Test func `who is not on the frozen roll is not admitted`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        try await setting.acceptAll(slate)
        // Without data authorisation nobody votes; it is given again after the roll was frozen.
        try await setting.runner.run(
            PublishProvisionalRoll(of: setting.process, of: setting.alliance), as: setting.committee)
        try await setting.claimOut(setting.fit[0])
        try await setting.election.freezeRoll(of: setting.process)
        let file = try await setting.file(slate)
        #expect(file.candidates[0].isOnRoll == false)
        let refusal = await #expect(throws: SlateError.self) { try await setting.decide(slate, .admit) }
        guard case .blocked(let obstacles) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(obstacles.contains { if case .notOnRoll = $0 { true } else { false } })
    }

    @Test func `a rejection has its reasons, and frees the people for another slate`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]], named: "Una")
        await #expect(throws: SlateError.reasonMissing) { try await setting.decide(slate, .reject, nil) }
        try await setting.decide(slate, .reject, "No trae firmas.")
        await #expect(throws: SlateError.decidedAlready(.rejected)) {
            try await setting.decide(slate, .admit)
        }
        try await setting.register([setting.fit[0]], named: "Otra")
        #expect(
            try await setting.list().slates.map(\.state).sorted { $0.rawValue < $1.rawValue } == [
                .registered, .rejected,
            ])
    }

    @Test func `two who decide at once decide once`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        try await setting.acceptAll(slate)
        let colleague = try await setting.colleague()
        let outcomes = await withTaskGroup(of: SlateError?.self) { group in
            for (decision, principal) in [
                (DecideSlate.Decision.admit, setting.committee), (.reject, colleague),
            ] {
                group.addTask {
                    do {
                        try await setting.decide(slate, decision, as: principal)
                        return nil
                    } catch { return error as? SlateError }
                }
            }
            return await group.reduce(into: [SlateError?]()) { $0.append($1) }
        }
        let state = try await setting.file(slate).slate.state
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.compactMap(\.self) == [.decidedAlready(state)])
    }

    @Test func `the office takes slates in and decides nothing`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0]])
        let candidate = try await setting.file(slate).candidates[0].id
        await #expect(throws: AccessError.notPermitted(.decideSlates)) {
            try await setting.decide(slate, .admit, as: setting.office)
        }
        await #expect(throws: AccessError.notPermitted(.decideSlates)) {
            try await setting.disqualify(candidate, on: slate, as: setting.office)
        }
    }
}

@Suite struct EditSlateTests {
    @Test func `who stays in the same role keeps the acceptance, who changes it accepts again`() async throws
    {
        let setting = try await SlateSetting.make()
        let people = setting.members
        let slate = try await setting.register([people[0], people[1], people[2]], [people[3]])
        try await setting.acceptAll(slate)
        // The second goes up, the alternate becomes a principal, the third leaves, a new one comes.
        try await setting.edit(
            slate,
            try setting.nomination([people[1], people[0], people[3]], [people[4]], named: "Con nombre"))

        let file = try await setting.file(slate)
        #expect(file.slate.name == "Con nombre")
        #expect(file.candidates.map(\.person) == [people[1], people[0], people[3], people[4]])
        #expect(file.candidates.map { $0.acceptedAt != nil } == [true, true, false, false])
        #expect(file.former.map(\.person) == [people[2]])
        // Whoever left may stand elsewhere.
        try await setting.register([people[2]], named: "Otra")
        await #expect(throws: SlateError.nameTaken) {
            try await setting.edit(slate, try setting.nomination([people[1]], named: "OTRA"))
        }
    }

    @Test func `a slate that was rejected or withdrawn leaves its name to who comes again`() async throws {
        let setting = try await SlateSetting.make()
        let first = try await setting.register([setting.fit[0]])
        try await setting.decide(first, .reject, "Faltó un papel.")
        let second = try await setting.register([setting.fit[0]])
        try await setting.withdraw(second, "Lo pidió quien la inscribió.")
        _ = try await setting.admitted([setting.fit[0]])
        await #expect(throws: SlateError.nameTaken) { try await setting.register([setting.fit[1]]) }
    }

    @Test func `nothing of a process that is over waits for a decision`() async throws {
        let setting = try await SlateSetting.make()
        try await setting.register([setting.fit[0]])
        let organization = setting.election.organization.id
        func waiting() async throws -> [Int] {
            try await setting.election.tenants.database.read(TenantScope(setting.office)) { transaction in
                [
                    try await transaction.slatesToDecide().count,
                    try await transaction.claimsToDecide().count,
                ]
            }
        }
        _ = try await setting.election.tenants.database.transaction(TenantScope(setting.office)) {
            transaction in
            try await transaction.execute(
                """
                insert into elections.claims (
                    organization_id, claim_id, process_id, number, kind, person_id, document_type, document_number,
                    person_name, claimant, is_ex_officio, ground, filed_at, state)
                values (\(organization), \(ID<Person>()), \(setting.process), 1, 'exclude', \(setting.fit[1]), 'CC',
                    '1', 'Ana Prueba', 'Comité', true, 'Prueba', \(setting.election.tenants.clock.now), 'open')
                """)
        }
        #expect(try await waiting() == [1, 1])
        try await setting.runner.run(
            DeclareVoid(setting.process, of: setting.alliance, because: "Nadie vino"), as: setting.committee)
        #expect(try await waiting() == [0, 0])
    }

    @Test func `what the committee decided does not change by editing or withdrawing`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.admitted([setting.fit[0]])
        await #expect(throws: SlateError.decidedAlready(.admitted)) {
            try await setting.edit(slate, try setting.nomination([setting.fit[1]]))
        }
        try await setting.withdraw(slate, "Carta del representante.")
        await #expect(throws: SlateError.decidedAlready(.withdrawn)) {
            try await setting.withdraw(slate, "Otra vez.")
        }
        try await setting.publish()
        #expect(try await setting.board().isEmpty)
    }

    @Test func `an edited slate and a decision at once: what is on the ballot is what was decided`()
        async throws
    {
        let setting = try await SlateSetting.make()
        let (one, other) = (setting.fit[0], setting.fit[1])
        let slate = try await setting.register([one])
        try await setting.acceptAll(slate)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await setting.decide(slate, .admit) }
            group.addTask { try? await setting.edit(slate, try setting.nomination([other])) }
        }
        let file = try await setting.file(slate)
        // Either the decision came first, or nobody had accepted by then.
        #expect(
            file.slate.state == .admitted && file.candidates.map(\.person) == [one]
                || file.slate.state == .registered && file.candidates.map(\.person) == [other])
    }

    @Test func `nobody replaces anybody after nominations closed`() async throws {
        let setting = try await SlateSetting.make()
        let slate = try await setting.register([setting.fit[0], setting.fit[1]])
        try await setting.acceptAll(slate)
        let candidate = try await setting.file(slate).candidates[1].id
        let window = try #require(try await setting.list().window)
        await #expect(throws: SlateError.reasonMissing) {
            try await setting.replace(candidate, on: slate, by: setting.fit[2], because: nil)
        }
        let clock = setting.election.tenants.clock
        clock.advance(by: window.closesAt.timeIntervalSince(clock.now) + 1)
        await #expect(throws: SlateError.registrationClosed(at: window.closesAt)) {
            try await setting.replace(candidate, on: slate, by: setting.fit[2], because: "Renuncia.")
        }
        // The committee still decides, and the slate goes on without who is kept out.
        try await setting.disqualify(candidate, on: slate)
        try await setting.decide(slate, .admit)
        #expect(try await setting.file(slate).candidates.count == 1)
    }
}
