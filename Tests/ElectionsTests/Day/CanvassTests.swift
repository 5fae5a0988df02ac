import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `The canvass` {
    @Test(arguments: CountingRule.allCases)
    func `keeps the steps of the pure count of the same figures`(rule: CountingRule) async throws {
        var (seed, generator) = Seeded.printingSeed("canvass steps")
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: rule.rawValue, seats: 3, hasBlankMajority: true))
        var votes: [Int] = []
        var left = 20
        if rule == .atLarge {
            left = Int.random(in: 0...12, using: &generator)
            votes = [20 - left] + (0..<2).map { _ in Int.random(in: 0...(20 - left), using: &generator) }
        } else {
            for _ in 0..<3 {
                votes.append(Int.random(in: 0...left, using: &generator))
                left -= votes.last ?? 0
            }
        }
        try await assembly.count(votes, blank: left, ballots: rule == .atLarge ? 20 : nil)
        try await assembly.canvass()

        let names = (1...3).map { Contender(rawValue: "Plancha \($0)") }
        let size = rule == .atLarge ? 1 : 2
        let counted = try Tally(
            zip(names, votes).map { Tally.Entry($0, votes: $1) }, blank: left,
            markedBallots: rule == .atLarge ? 20 - left : nil
        ).counted(
            under: CountingTerms(
                rule, seats: 3, sizes: Dictionary(names.map { ($0, size) }) { first, _ in first },
                blankMajority: true))
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
            try await assembly.nameNumber()
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
            try await assembly.nameNumber()
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
        let contests = try await assembly.read { try await $0.contests(of: next) }
        let barred = try await assembly.bars(in: contests[0]).count
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
        #expect(report.tables.map(\.jurors) == [["Jurado Uno", "Jurado Dos"]])
    }

    @Test func `is made once of the same counts`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([12, 3, 3], blank: 2)
        #expect(try await assembly.canvass().outcome == .tie)
        await #expect(throws: CanvassError.nothingChanged) { try await assembly.canvass() }
        try await assembly.nameNumber()
        try await assembly.runner.run(
            ConfirmDraw(1, of: assembly.contest, in: assembly.place), as: assembly.guarantor)
        await #expect(throws: CanvassError.nothingChanged) { try await assembly.canvass() }
        #expect(try await assembly.report().version == 2)
    }

    @Test func `that lost a candidate seats who comes next, and seats the candidate again who comes back`()
        async throws
    {
        let assembly = try await Assembly.make()
        try await assembly.count([10, 7, 3], blank: 0)
        try await assembly.canvass()
        let elected = try await assembly.report().elected
        #expect(elected.map(\.slate) == ["Plancha 1", "Plancha 1", "Plancha 2"])
        let candidates = try await assembly.candidates(of: assembly.slates[0])
        try await assembly.runner.run(
            DisqualifyCandidate(
                candidates[0], on: assembly.slates[0],
                for: DisqualificationGround(
                    "No era afiliada", norm: "Estatutos, artículo 4", reason: "Retiro"),
                of: assembly.place.process, of: assembly.place.alliance), as: assembly.committee)
        // The slate has one left: its second seat is nobody's.
        let without = try await assembly.report()
        #expect(without.version == 2 && without.vacant == 1 && without.elected.count == 2)

        try await assembly.runner.run(
            AppealDisqualification(
                of: candidates[0], on: assembly.slates[0], because: "El retiro fue después",
                of: assembly.place.process, of: assembly.place.alliance), as: assembly.guarantor)
        await #expect(throws: CanvassError.appealOpen) {
            try await assembly.runner.run(
                ProposeProclamation(
                    in: assembly.place, because: "En firme", waivers: try await assembly.holders()),
                as: assembly.committee)
        }
        let colleague = try await assembly.tenants.principal(
            .electionCommittee, of: assembly.organization,
            in: .process(assembly.place.process, of: assembly.place.alliance))
        try await assembly.runner.run(
            DecideAppeal(
                of: candidates[0], on: assembly.slates[0], as: .upheld, because: "Así es",
                of: assembly.place.process, of: assembly.place.alliance), as: colleague)
        let again = try await assembly.report()
        #expect(again.version == 3 && again.elected == elected)
        let act = try await assembly.runner.run(
            ProposeProclamation(
                in: assembly.place, because: "En firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        #expect(
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
                == 3)
    }

    @Test func `by acclamation that lost a candidate leaves the seat vacant`() async throws {
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: "mayoria", seats: 2, slates: 1, mode: "acclamation"))
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            DeclareAcclamation(
                of: assembly.contest, in: session, of: assembly.place, account: "La sala aplaudió",
                objections: 0), as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.runner.run(
            DisqualifyCandidate(
                try await assembly.candidates(of: assembly.slates[0])[1], on: assembly.slates[0],
                for: DisqualificationGround("Sanción", norm: "Estatutos, artículo 4", reason: "Vigente"),
                of: assembly.place.process, of: assembly.place.alliance), as: assembly.committee)
        let report = try await assembly.report()
        #expect(report.elected.count == 1 && report.vacant == 1 && report.steps.count == 1)
    }

    @Test func `where blank votes won is repeated for its seats alone, also after others were proclaimed`()
        async throws
    {
        let assembly = try await Assembly.make()
        let other = try await assembly.addContests(1)[0]
        let otherPoll = PollPlace(other.contest, at: assembly.table)
        let session = try await assembly.begin()
        try await assembly.runner.run(
            OpenPoll(otherPoll, in: session, of: assembly.place, ballots: 20),
            as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.enter(assembly.figures([10, 7, 3], blank: 0), at: assembly.poll)
        try await assembly.enter(
            TableFigures(
                votes: [other.slates[0]: 5, other.slates[1]: 3], blank: 12, null: 0,
                unmarked: 0, voters: 20), at: otherPoll)
        try await assembly.canvass()
        let blank = try await assembly.runner.run(
            MakeCanvass(of: other.contest, in: assembly.place), as: assembly.committee)
        #expect(blank.outcome == .blankWins)
        assembly.clock.advance(by: 4 * 86_400)
        try await assembly.runner.run(
            EndContest(other.contest, in: assembly.place, because: "Ganó el voto en blanco"),
            as: assembly.committee)
        let replace = try ReplaceProcess(
            assembly.place.process, of: assembly.place.alliance, naming: "Organismo 2, otra vez")
        await #expect(throws: DisruptionError.nothingToReplace) {
            try await assembly.runner.run(replace, as: assembly.committee)
        }
        let act = try await assembly.runner.run(
            ProposeProclamation(in: assembly.place, because: "En firme"), as: assembly.committee)
        #expect(
            try await assembly.runner.run(SecondProclamation(act, in: assembly.place), as: assembly.guarantor)
                == 3)
        let next = try await assembly.runner.run(replace, as: assembly.committee)
        let contests = try await assembly.read { try await $0.contests(of: next) }
        #expect(contests.map(\.name) == ["Organismo 2"] && contests.map(\.position) == [1])
        // Who stood against the blank votes does not stand for the same seat, in whatever call; others do.
        #expect(try await assembly.bars(in: contests[0]) == [0, 2, 4])
        let another = Contest(
            process: next, position: 1, name: "Otra", body: contests[0].body, seats: contests[0].seats,
            candidature: .slates, votingMode: .paper, rule: .simpleMajority, hasBlankMajority: false,
            alternates: .none, rulesSource: "Estatutos", rulesAreConfirmed: false)
        let plain = try await assembly.draft(electing: another)
        #expect(try await assembly.bars(in: plain) == [0, 2, 4])
    }
}

@Suite struct `A draw` {
    private func tied() async throws -> Assembly {
        let assembly = try await Assembly.make()
        try await assembly.count([12, 3, 3], blank: 2)
        try await assembly.canvass()
        return assembly
    }

    @Test func `is announced before its number, and confirmed by somebody outside of the committee`()
        async throws
    {
        let assembly = try await tied()
        let (contest, place) = (assembly.contest, assembly.place)
        func named(_ number: String) async throws {
            try await assembly.runner.run(
                NameDrawNumber(number, of: contest, in: place, witnesses: "La sala"), as: assembly.committee)
        }
        await #expect(throws: CanvassError.drawNotAnnounced) { try await named("7") }
        await #expect(throws: CanvassError.drawSourceMissing) {
            try await assembly.runner.run(
                AnnounceDraw(of: contest, in: place, from: " "), as: assembly.committee)
        }
        let announce = AnnounceDraw(of: contest, in: place, from: "Lo dice la personera")
        try await assembly.runner.run(announce, as: assembly.committee)
        await #expect(throws: CanvassError.drawAnnounced) {
            try await assembly.runner.run(announce, as: assembly.committee)
        }
        await #expect(throws: CanvassError.drawNumberChanged) {
            try await assembly.runner.run(ConfirmDraw(1, of: contest, in: place), as: assembly.guarantor)
        }
        await #expect(throws: DrawError.self) { try await named("1\n2") }
        try await named("7")
        try await named("8")
        let query = ReadDraw(of: contest, in: place)
        let before = try #require(try await assembly.runner.fetch(query, as: assembly.guarantor))
        #expect(before.number?.number == "8" && before.number?.attempt == 2)
        await #expect(throws: CanvassError.drawNumberChanged) {
            try await assembly.runner.run(ConfirmDraw(1, of: contest, in: place), as: assembly.guarantor)
        }
        await #expect(throws: AccessError.self) {
            try await assembly.runner.run(ConfirmDraw(2, of: contest, in: place), as: assembly.committee)
        }
        let draw = try await assembly.runner.run(
            ConfirmDraw(2, of: contest, in: place), as: assembly.jurors[0])
        // The secret was sealed before the number was known.
        #expect(draw.seed.parts.count == 4 && draw.seed.parts[2] == "8")
        #expect(Hex.encode(HashDigest(of: draw.seed.parts[3]).bytes) == before.announcement?.seal)
        #expect(draw.seed.parts[1] == before.recordSeal)
        #expect(try await assembly.runner.fetch(query, as: assembly.guarantor) == nil)
        await #expect(throws: CanvassError.nothingTied) {
            try await assembly.runner.run(ConfirmDraw(2, of: contest, in: place), as: assembly.guarantor)
        }
        let report = try await assembly.report()
        #expect(report.result == .elected && report.draws.map(\.seal) == [before.announcement?.seal])
    }

    @Test func `is not confirmed by who wrote its number down, whatever else they are`() async throws {
        let assembly = try await tied()
        let space = Grant.Space.process(assembly.place.process, of: assembly.place.alliance)
        let both = Principal(
            organization: assembly.organization.id, user: try #require(assembly.committee.user),
            grants: assembly.committee.grants + [
                Grant(id: ID(), role: .board, space: space, startsAt: assembly.clock.now, endsAt: nil)
            ])
        try await assembly.nameNumber()
        await #expect(throws: CanvassError.ownNumber) {
            try await assembly.runner.run(
                ConfirmDraw(1, of: assembly.contest, in: assembly.place), as: both)
        }
    }

    @Test func `of the same tie stands, whatever is counted anew around it`() async throws {
        let assembly = try await tied()
        try await assembly.nameNumber()
        let draw = try await assembly.runner.run(
            ConfirmDraw(1, of: assembly.contest, in: assembly.place), as: assembly.guarantor)
        // Two of the three seats are Plancha 1's; the third was drawn between the others.
        try await assembly.runner.run(
            DisqualifyCandidate(
                try await assembly.candidates(of: assembly.slates[0])[0], on: assembly.slates[0],
                for: DisqualificationGround("Sanción", norm: "Estatutos, artículo 4", reason: "Vigente"),
                of: assembly.place.process, of: assembly.place.alliance), as: assembly.committee)
        let report = try await assembly.report()
        #expect(report.version == 3 && report.result == .elected && report.draws.count == 1)
        #expect(Set(report.elected.map(\.slate)) == ["Plancha 1", draw.winners[0].rawValue])
    }

    @Test func `is drawn once by two who confirm at once`() async throws {
        let assembly = try await tied()
        try await assembly.nameNumber()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for principal in [assembly.guarantor] + assembly.jurors {
                group.addTask {
                    do {
                        try await assembly.runner.run(
                            ConfirmDraw(1, of: assembly.contest, in: assembly.place), as: principal)
                        return true
                    } catch {
                        #expect(error as? CanvassError == .nothingTied)
                        return false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 1)
    }
}

@Suite struct `Alternates of those elected` {
    /// The first principal of a slate is out: who comes second takes the seat, with the first alternate of the slate or
    /// with their own.
    @Test(arguments: [("numeric", 12), ("personal", 13), ("none", nil)] as [(String, Int?)])
    func `follow the rule of the contest`(rule: String, alternate: Int?) async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria", seats: 1))
        let (org, process, now) = (assembly.organization.id, assembly.place.process, assembly.clock.now)
        try await assembly.tenants.database.script(
            "update elections.contests set alternates = '\(rule)'", as: TestCluster.superuser)
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for position in 1...2 {
                let person = assembly.people[11 + position]
                transaction.queue(
                    """
                    insert into elections.capacities (organization_id, process_id, person_id, capacity, since)
                    values (\(org), \(process), \(person), 'candidate', \(now))
                    """)
                transaction.queue(
                    """
                    insert into elections.candidates (
                        organization_id, candidate_id, process_id, contest_id, slate_id, person_id, capacity, name,
                        role, position, state, registered_at)
                    values (\(org), \(UUID()), \(process), \(assembly.contest), \(assembly.slates[0]), \(person),
                        'candidate', 'Ana Prueba', 'alternate', \(position), 'standing', \(now))
                    """)
            }
        }
        try await assembly.count([12, 5, 2], blank: 1)
        try await assembly.canvass()
        try await assembly.runner.run(
            DisqualifyCandidate(
                try await assembly.candidates(of: assembly.slates[0])[0], on: assembly.slates[0],
                for: DisqualificationGround("Sanción", norm: "Estatutos, artículo 4", reason: "Vigente"),
                of: process, of: assembly.place.alliance), as: assembly.committee)
        let seated: [ID<Person>] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select person_id from elections.canvass_elected
                join elections.canvasses on canvasses.organization_id = \(org)
                    and canvasses.canvass_id = canvass_elected.canvass_id and version = 2
                where canvass_elected.organization_id = \(org) order by rank
                """)
        }
        #expect(seated == [assembly.people[1]] + (alternate.map { [assembly.people[$0]] } ?? []))
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
            as: .witness, on: .ballotsAndVoters, facts: "Había una tarjeta de más")
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

    @Test func `is answered by each side, through somebody of the committee who did not take it in`()
        async throws
    {
        let assembly = try await canvassed()
        let id = try await assembly.runner.run(challenge(assembly), as: assembly.guarantor)
        func answer(_ words: String, by side: String, as principal: Principal) async throws {
            try await assembly.runner.run(
                AnswerChallenge(words, to: id, in: assembly.place, by: side), as: principal)
        }
        for principal in [assembly.guarantor, assembly.jurors[0]] {
            await #expect(throws: AccessError.self) {
                try await answer("Tienen razón", by: "Plancha 1", as: principal)
            }
        }
        await #expect(throws: CanvassError.answerMissing) {
            try await answer("No sobraba ninguna", by: " ", as: assembly.committee)
        }
        try await answer("No sobraba ninguna", by: "Plancha 1", as: assembly.committee)
        try await answer("Se contó ante todos", by: "Los jurados", as: assembly.committee)
        let answers = try await assembly.runner.fetch(
            ListChallenges(in: assembly.place), as: assembly.guarantor)[0].answers
        #expect(answers.map(\.by) == ["Plancha 1", "Los jurados"])
        #expect(answers.allSatisfy { $0.takenInBy != nil })
        let taken = try await assembly.runner.run(
            FileChallenge(
                in: assembly.place, of: assembly.contest, by: "Ana Prueba", as: .elector, on: .procedure,
                facts: "Faltó el orden"), as: assembly.committee)
        await #expect(throws: CanvassError.ownAnswer) {
            try await assembly.runner.run(
                AnswerChallenge("No es así", to: taken, in: assembly.place, by: "Plancha 1"),
                as: assembly.committee)
        }
        try await assembly.decide(id)
        await #expect(throws: CanvassError.challengeNotOpen) {
            try await answer("Tarde", by: "Plancha 2", as: assembly.committee)
        }
    }

    @Test func `that annuls a table counts the rest anew`() async throws {
        let assembly = try await canvassed()
        let id = try await assembly.runner.run(
            challenge(assembly, at: assembly.table), as: assembly.guarantor)
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

    @Test func `annuls a table once, and of a contest its last vote`() async throws {
        let assembly = try await canvassed()
        let first = try await assembly.runner.run(
            challenge(assembly, at: assembly.table), as: assembly.guarantor)
        let second = try await assembly.runner.run(
            FileChallenge(
                in: assembly.place, at: assembly.table, by: "Otra", on: .procedure, facts: "Lo mismo"),
            as: assembly.guarantor)
        for id in [first, second] {
            try await assembly.runner.run(
                DecideChallenge(id, in: assembly.place, effect: .annulTable, because: "Sin testigos"),
                as: assembly.committee)
        }
        let report = try await assembly.report()
        #expect(report.version == 2 && report.challenges.map(\.state) == ["upheld", "upheld"])
    }

    @Test func `to a table of a runoff counts its contest anew once`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        try await assembly.count([8, 7, 5], blank: 0)
        try await assembly.canvass()
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        let poll = PollPlace(assembly.contest, round: 2, at: assembly.table)
        try await assembly.runner.run(
            OpenPoll(poll, in: session, of: assembly.place, ballots: 20), as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.enter(
            TableFigures(
                votes: [assembly.slates[0]: 9, assembly.slates[1]: 11], blank: 0, null: 0, unmarked: 0,
                voters: 20), at: poll)
        try await assembly.canvass()
        let id = try await assembly.runner.run(
            FileChallenge(
                in: assembly.place, at: assembly.table, by: "Ana", on: .procedure, facts: "Sin testigos"),
            as: assembly.guarantor)
        try await assembly.runner.run(
            DecideChallenge(id, in: assembly.place, effect: .annulTable, because: "Así fue"),
            as: assembly.committee)
        let rounds: [Int] = try await assembly.read { transaction in
            try await transaction.values(
                """
                select round::bigint from elections.table_annulments
                where organization_id = \(assembly.organization.id)
                """)
        }
        #expect(rounds == [2])
        #expect(try await assembly.report().version == 3)
    }

    @Test func `is upheld also where a contest of its table has ended`() async throws {
        let assembly = try await Assembly.make()
        let other = try await assembly.addContests(1)[0]
        let otherPoll = PollPlace(other.contest, at: assembly.table)
        let session = try await assembly.begin()
        try await assembly.runner.run(
            OpenPoll(otherPoll, in: session, of: assembly.place, ballots: 20),
            as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.enter(assembly.figures([10, 7, 3], blank: 0), at: assembly.poll)
        try await assembly.enter(
            TableFigures(votes: [:], blank: 20, null: 0, unmarked: 0, voters: 20), at: otherPoll)
        for contest in [assembly.contest, other.contest] {
            try await assembly.runner.run(
                MakeCanvass(of: contest, in: assembly.place), as: assembly.committee)
        }
        // The decision on the second contest is older than the challenge.
        try await assembly.tenants.database.transaction(TenantScope(assembly.committee)) { transaction in
            try await transaction.end(
                other.contest, as: .blankWon, because: "Ganó el voto en blanco", in: assembly.place)
        }
        let id = try await assembly.runner.run(
            FileChallenge(
                in: assembly.place, at: assembly.table, by: "Ana", on: .procedure, facts: "Sin testigos"),
            as: assembly.guarantor)
        try await assembly.runner.run(
            DecideChallenge(id, in: assembly.place, effect: .annulTable, because: "Así fue"),
            as: assembly.committee)
        #expect(try await assembly.report().result == .void)
    }

    @Test func `says in what capacity it comes, and who files it does not decide it`() async throws {
        let assembly = try await canvassed()
        func file(as role: ChallengerRole? = nil, by principal: Principal) async throws -> ID<Challenge> {
            try await assembly.runner.run(
                FileChallenge(in: assembly.place, by: "Ana", as: role, on: .other, facts: "Algo pasó"),
                as: principal)
        }
        // Who takes it in for somebody says as what they come; who comes for themselves is what they are.
        await #expect(throws: CanvassError.roleMissing) { _ = try await file(by: assembly.committee) }
        let member = try await assembly.colleague(.member, person: assembly.people[19])
        let candidate = try await assembly.colleague(.member, person: assembly.people[0])
        let own = try await file(as: .other, by: assembly.committee)
        for principal in [assembly.guarantor, member, candidate] {
            _ = try await file(as: .other, by: principal)
        }
        let files = try await assembly.runner.fetch(
            ListChallenges(in: assembly.place), as: assembly.committee)
        #expect(files.map(\.role) == [.other, .guarantor, .elector, .candidate])
        await #expect(throws: CanvassError.ownChallenge(others: [])) {
            try await assembly.runner.run(
                DecideChallenge(own, in: assembly.place, effect: nil, because: "No"), as: assembly.committee)
        }
        let second = try await assembly.colleague(.electionCommittee)
        try await assembly.runner.run(
            DecideChallenge(own, in: assembly.place, effect: nil, because: "No"), as: second)
    }

    @Test func `keeps what proves it for those who may see it, and tells who opens it`() async throws {
        let assembly = try await canvassed()
        let day = ColombianTime.date(at: assembly.clock.now)
        func paper(_ text: String) throws -> StoredFile {
            try StoredFile(name: "hoja.txt", content: Array(text.utf8), effectiveOn: day)
        }
        let id = try await assembly.runner.run(
            FileChallenge(
                in: assembly.place, by: "Ana", on: .other, facts: "Algo pasó", evidence: try paper("Una")),
            as: assembly.guarantor)
        let add = AddEvidence(try paper("Otra"), titled: "Otra hoja", to: id, in: assembly.place)
        let member = try await assembly.colleague(.member)
        assembly.clock.advance(by: 60)
        try await assembly.runner.run(add, as: member)
        let file = try #require(
            try await assembly.runner.fetch(ListChallenges(in: assembly.place), as: member).first)
        #expect(file.evidence.map(\.title) == ["hoja.txt", "Otra hoja"])
        let opened = try await assembly.runner.run(
            OpenEvidence(file.evidence[1].file, of: id, in: assembly.place), as: member)
        #expect(opened.content == Array("Otra".utf8))
        // A file of elsewhere is none of the challenge's.
        let other = try await assembly.runner.run(
            StoreFile(try paper("Ajena"), as: .elections, in: .alliance(assembly.place.alliance)),
            as: .terminal(in: assembly.organization.id))
        await #expect(throws: StoredFileError.notFound) {
            _ = try await assembly.runner.run(OpenEvidence(other, of: id, in: assembly.place), as: member)
        }
        try await assembly.runner.run(
            DecideChallenge(id, in: assembly.place, effect: nil, because: "No"), as: assembly.committee)
        await #expect(throws: CanvassError.challengeNotOpen) {
            try await assembly.runner.run(
                AddEvidence(try paper("Tarde"), to: id, in: assembly.place), as: member)
        }
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

    @Test func `elects somebody who stands`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([10, 7, 3], blank: 0)
        try await assembly.canvass()
        let act = try await assembly.runner.run(
            ProposeProclamation(
                in: assembly.place, because: "En firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        func change(_ statement: SQL) async throws {
            _ = try await assembly.tenants.database.transaction(
                TenantScope(.terminal(in: assembly.organization.id))
            ) { try await $0.execute(statement) }
        }
        let second = SecondProclamation(act, in: assembly.place)
        // Whatever way it came about, the database proclaims neither who does not stand nor nobody at all.
        try await change(
            """
            update elections.candidates set state = 'withdrawn', state_reason = 'Prueba'
            where organization_id = \(assembly.organization.id) and slate_id = \(assembly.slates[0])
            """)
        await #expect(throws: CanvassError.electedOut) {
            try await assembly.runner.run(second, as: assembly.guarantor)
        }
        try await change(
            """
            update elections.contests set state = 'annulled', state_reason = 'Prueba'
            where organization_id = \(assembly.organization.id)
            """)
        await #expect(throws: CanvassError.nobodyElected) {
            try await assembly.runner.run(second, as: assembly.guarantor)
        }
    }
}

extension Assembly {
    /// Which of the people may not stand in a contest because blank votes won against them.
    fileprivate func bars(in contest: Contest) async throws -> [Int] {
        let barred = try await read { try await $0.bars(in: contest) }
        return people.indices.filter { barred[people[$0]] != nil }
    }

    /// A process of its own that elects what another does, drafted as any.
    fileprivate func draft(electing contest: Contest) async throws -> Contest {
        let process = ElectionProcess(
            id: ID(), alliance: place.alliance, name: "Otro proceso", state: .draft, replaces: nil)
        let copy = Contest(
            process: process.id, position: 1, name: contest.name, body: contest.body, seats: contest.seats,
            candidature: contest.candidature, votingMode: contest.votingMode, rule: contest.rule,
            hasBlankMajority: false, alternates: .none, rulesSource: contest.rulesSource,
            rulesAreConfirmed: false)
        try await tenants.database.transaction(TenantScope(.terminal(in: organization.id))) { transaction in
            try await transaction.insert(process, at: clock.now)
            try await transaction.insert([copy])
        }
        return copy
    }
}
