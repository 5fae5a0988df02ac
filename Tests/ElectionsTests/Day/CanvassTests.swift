import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `The canvass` {
    @Test(arguments: [CountingRule.quotient, .distributingFigure, .simpleMajority])
    func `keeps the steps of the pure count of the same figures`(rule: CountingRule) async throws {
        var (seed, generator) = Seeded.printingSeed("canvass steps")
        let assembly = try await Assembly.make(Assembly.Terms(rule: rule.rawValue, seats: 3))
        var left = 20
        let votes = (0..<3).map { _ in
            let some = Int.random(in: 0...left, using: &generator)
            left -= some
            return some
        }
        try await assembly.count(votes, blank: left)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)

        let names = (1...3).map { Contender(rawValue: "Plancha \($0)") }
        let counted = try Tally(
            zip(names, votes).map { Tally.Entry($0, votes: $1) }, blank: left
        ).counted(
            under: CountingTerms(
                rule, seats: 3, sizes: Dictionary(names.map { ($0, 2) }) { first, _ in first }))
        let report = try await assembly.report()
        #expect(report.steps == counted.steps.map { $0.sentence() }, "seed \(seed)")
        #expect(report.outcome == counted.outcome.rawValue && report.vacant == counted.vacant)
        #expect(report.lines.map(\.votes) == votes && report.quotient == counted.quotient.description)
    }

    @Test func `waits for every table, and for a canvass before a draw`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.begin()
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        await #expect(throws: CanvassError.tablesOpen(1)) {
            try await assembly.runner.run(
                MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        }
        await #expect(throws: CanvassError.notCanvassed) {
            try await assembly.runner.run(
                RecordDraw(of: assembly.contest, in: assembly.place, number: "1", witnesses: "Ana"),
                as: assembly.committee)
        }
        await #expect(throws: CanvassError.notFound) {
            try await assembly.runner.run(MakeCanvass(of: ID(), in: assembly.place), as: assembly.committee)
        }
    }

    @Test func `draws only where there is a tie`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([10, 6, 4], blank: 0)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        await #expect(throws: CanvassError.nothingTied) {
            try await assembly.runner.run(
                RecordDraw(of: assembly.contest, in: assembly.place, number: "1", witnesses: "Ana"),
                as: assembly.committee)
        }
    }

    @Test func `asks for a runoff, which two settle`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        try await assembly.count([8, 7, 5], blank: 0)
        let first = try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        #expect(first.outcome == .runoff)
        await #expect(throws: CanvassError.notFinal) {
            try await assembly.runner.run(
                ProposeProclamation(in: assembly.place, because: "Ya", waivers: try await assembly.holders()),
                as: assembly.committee)
        }
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        let day = try await assembly.runner.fetch(ReadDay(of: assembly.place), as: assembly.committee)
        #expect(day.round(of: assembly.contest) == 2)
        let poll = PollPlace(assembly.contest, round: 2, at: assembly.table)
        try await assembly.runner.run(
            OpenPoll(poll, in: session, of: assembly.place, ballots: 20), as: assembly.committee)
        try await assembly.runner.run(ClosePoll(poll, of: assembly.place), as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        for juror in assembly.jurors {
            await #expect(throws: TableCountError.notOnBallot) {
                try await assembly.runner.run(
                    EnterCount(assembly.figures([9, 9, 2], blank: 0), of: poll, in: assembly.place), as: juror
                )
            }
            let figures = TableFigures(
                votes: [assembly.slates[0]: 9, assembly.slates[1]: 11], blank: 0, null: 0, unmarked: 0,
                voters: 20)
            try await assembly.runner.run(EnterCount(figures, of: poll, in: assembly.place), as: juror)
        }
        try await assembly.runner.run(CloseTable(poll, in: assembly.place), as: assembly.committee)
        let second = try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        #expect(second.outcome == .elected)
        let report = try await assembly.report()
        #expect(report.round == 2 && report.elected.map(\.slate) == ["Plancha 2", "Plancha 2"])
    }

    @Test(arguments: [
        (votes: [3, 2, 1], blank: 14, state: "blank_won"), (votes: [0, 0, 0], blank: 0, state: "void"),
    ])
    func `that elects nobody ends the contest and the process`(
        votes: [Int], blank: Int, state: String
    ) async throws {
        let assembly = try await Assembly.make(Assembly.Terms(hasBlankMajority: true))
        try await assembly.count(votes, blank: blank)
        let result = try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        #expect(result.outcome == (state == "void" ? .void : .blankWins))
        await #expect(throws: CanvassError.wordsMissing) {
            try await assembly.runner.run(
                EndContest(assembly.contest, in: assembly.place, because: " "), as: assembly.committee)
        }
        assembly.clock.advance(by: 4 * 86_400)
        try await assembly.runner.run(
            EndContest(assembly.contest, in: assembly.place, because: "Así votó la asamblea"),
            as: assembly.committee)
        let states: [String] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select state from elections.contests where organization_id = \(assembly.organization.id)
                union all
                select state from elections.processes where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(states == [state, "void"])
        // Who stood against a majority of blank votes does not stand in the election that repeats it.
        let next = try await assembly.runner.run(
            ReplaceProcess(assembly.place.process, of: assembly.place.alliance, naming: "Otra convocatoria"),
            as: assembly.committee)
        let barred: Int? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select count(*) from elections.candidate_bars
                where organization_id = \(assembly.organization.id) and process_id = \(next)
                """)
        }
        #expect(barred == (state == "blank_won" ? 6 : 0))
    }

    @Test func `that elects somebody is not ended`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([10, 6, 4], blank: 0)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        await #expect(throws: CanvassError.somebodyElected) {
            try await assembly.runner.run(
                EndContest(assembly.contest, in: assembly.place, because: "No"), as: assembly.committee)
        }
    }

    @Test func `is published with the same figures and without the names of those who served`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([10, 6, 3], blank: 1)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        let report = try await assembly.report()
        let published = try await assembly.tenants.database.read(PublicScope()) { transaction in
            try await transaction.publishedResults(
                of: assembly.place.process, of: assembly.place.alliance, in: assembly.organization.id)
        }
        let shown = try #require(published.first?.report)
        #expect(published.count == 1)
        #expect(
            shown.lines == report.lines && shown.steps == report.steps
                && shown.records
                    == report.records.map { record in
                        // Times are published to the second.
                        CanvassReport.Record(
                            number: record.number, isFinal: record.isFinal, sha256: record.sha256,
                            text: record.text,
                            sealedAt: Date(
                                timeIntervalSince1970: record.sealedAt.timeIntervalSince1970.rounded(.down)))
                    }
        )
        #expect(shown.signers.isEmpty && shown.tables.allSatisfy(\.jurors.isEmpty))
        #expect(report.tables.map(\.jurors) == [["Jurado", "Jurado"]])
    }
}

@Suite struct `A challenge` {
    private func canvassed(_ votes: [Int] = [10, 6, 3], blank: Int = 1) async throws -> Assembly {
        let assembly = try await Assembly.make()
        try await assembly.count(votes, blank: blank)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        return assembly
    }

    private func challenge(_ assembly: Assembly, at table: ID<VotingTable>? = nil) -> FileChallenge {
        FileChallenge(
            in: assembly.place, of: assembly.contest, at: table, by: "Testigo de la Plancha 2",
            on: .ballotsAndVoters, facts: "Había una tarjeta de más")
    }

    @Test func `is taken from the result on and for the days of the term`() async throws {
        let assembly = try await Assembly.make()
        await #expect(throws: CanvassError.outsideChallenges) {
            try await assembly.runner.run(challenge(assembly), as: assembly.guarantor)
        }
        try await assembly.count([10, 6, 3], blank: 1)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        try await assembly.runner.run(challenge(assembly), as: assembly.guarantor)
        assembly.clock.advance(by: 4 * 86_400)
        await #expect(throws: CanvassError.outsideChallenges) {
            try await assembly.runner.run(challenge(assembly), as: assembly.guarantor)
        }
    }

    @Test func `that annuls a table counts the rest anew`() async throws {
        let assembly = try await canvassed()
        let id = try await assembly.runner.run(
            challenge(assembly, at: assembly.table), as: assembly.guarantor)
        try await assembly.runner.run(
            AnswerChallenge("No sobraba ninguna", to: id, in: assembly.place, by: "Plancha 1"),
            as: assembly.jurors[0])
        await #expect(throws: CanvassError.wordsMissing) {
            try await assembly.runner.run(
                DecideChallenge(id, in: assembly.place, effect: .annulTable, because: ""),
                as: assembly.committee)
        }
        try await assembly.runner.run(
            DecideChallenge(
                id, in: assembly.place, effect: .annulTable, because: "La urna se abrió sin testigos"),
            as: assembly.committee)
        await #expect(throws: CanvassError.challengeNotOpen) {
            try await assembly.runner.run(
                DecideChallenge(id, in: assembly.place, effect: nil, because: "Otra vez"),
                as: assembly.committee)
        }
        let report = try await assembly.report()
        #expect(report.version == 2 && report.result == .void && report.tables.map(\.isAnnulled) == [true])
        #expect(report.challenges.map(\.state) == ["upheld"])
    }

    @Test func `cannot annul a table or a contest that it does not name`() async throws {
        let assembly = try await canvassed()
        let id = try await assembly.runner.run(
            FileChallenge(in: assembly.place, by: "Ana", on: .procedure, facts: "Faltó el orden"),
            as: assembly.guarantor)
        for effect in [ChallengeEffect.annulTable, .annulContest] {
            await #expect(throws: CanvassError.effectWithoutObject) {
                try await assembly.runner.run(
                    DecideChallenge(id, in: assembly.place, effect: effect, because: "Sí"),
                    as: assembly.committee)
            }
        }
        await #expect(throws: AccessError.self) {
            try await assembly.runner.run(
                DecideChallenge(id, in: assembly.place, effect: nil, because: "No"), as: assembly.guarantor)
        }
    }

    @Test func `holds the proclamation, also one that was proposed before`() async throws {
        let assembly = try await canvassed()
        let act = try await assembly.runner.run(
            ProposeProclamation(
                in: assembly.place, because: "En firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        try await assembly.runner.run(challenge(assembly), as: assembly.guarantor)
        await #expect(throws: CanvassError.challengeOpen) {
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
        }
    }

    @Test func `and a proclamation at once never both succeed`() async throws {
        let assembly = try await canvassed()
        let act = try await assembly.runner.run(
            ProposeProclamation(
                in: assembly.place, because: "En firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        let filing = challenge(assembly)
        async let filed = succeeds { try await assembly.runner.run(filing, as: assembly.jurors[0]) }
        async let proclaimed = succeeds {
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
        }
        let outcomes = await (filed, proclaimed)
        #expect(outcomes.0 != outcomes.1)
    }

    private func succeeds(_ act: @Sendable () async throws -> some Sendable) async -> Bool {
        do {
            _ = try await act()
            return true
        } catch {
            #expect(error is any UserFacingError)
            return false
        }
    }
}

@Suite struct `The proclamation` {
    @Test func `waits for the term unless somebody gave it up, and for a second person of another role`()
        async throws
    {
        let assembly = try await Assembly.make()
        await #expect(throws: CanvassError.notCanvassed) {
            try await assembly.runner.run(
                ProposeProclamation(in: assembly.place, because: "Ya"), as: assembly.committee)
        }
        try await assembly.count([10, 6, 3], blank: 1)
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        await #expect(throws: CanvassError.self) {
            try await assembly.runner.run(
                ProposeProclamation(in: assembly.place, because: "Ya"), as: assembly.committee)
        }
        assembly.clock.advance(by: 4 * 86_400)
        let act = try await assembly.runner.run(
            ProposeProclamation(in: assembly.place, because: "Ya"), as: assembly.committee)
        await #expect(throws: CanvassError.actOpen) {
            try await assembly.runner.run(
                ProposeProclamation(in: assembly.place, because: "Otra vez"), as: assembly.committee)
        }
        let another = try await assembly.tenants.principal(
            .electionCommittee, of: assembly.organization,
            in: .process(assembly.place.process, of: assembly.place.alliance))
        await #expect(throws: CanvassError.sameRole) {
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: another)
        }
        try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
        await #expect(throws: ProcessError.over(.proclaimed)) {
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
        }
        let report = try await assembly.report()
        #expect(report.proclaimedOn == ColombianTime.date(at: assembly.clock.now) && report.isFinal)
        // Two years, less a day.
        let ends: [CalendarDate] = try await assembly.read { transaction in
            try await transaction.values(
                "select ends_on from governance.mandates where organization_id = \(assembly.organization.id)")
        }
        #expect(
            ends
                == Array(repeating: ColombianTime.date(at: assembly.clock.now).addingMonths(24) - 1, count: 3)
        )
    }
}
