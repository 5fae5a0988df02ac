import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

extension Assembly {
    /// An election by absolute majority whose first round was counted so.
    static func firstRound(_ votes: [Int]) async throws -> Self {
        let assembly = try await make(Terms(rule: "mayoria_absoluta", seats: 2))
        try await assembly.count(votes, blank: 0)
        #expect(try await assembly.canvass().outcome == .runoff)
        return assembly
    }

    /// The runoff at the first table.
    var runoff: PollPlace { PollPlace(contest, round: 2, at: table) }

    /// The names on the ballot of a round.
    func ballot(of round: Int) async throws -> Set<String> {
        Set(try await read { try await $0.options(of: contest, round: round) }.map(\.contender.rawValue))
    }

    /// Holds a session of the runoff at the first table, which is closed and counted.
    func holdRunoff(_ votes: [ID<Slate>: Int]) async throws {
        let session = try await openSession()
        try await letIn(people, to: session)
        try await vote(votes, at: runoff, in: session)
        try await runner.run(CloseSession(session, of: place), as: committee)
    }

    /// Disqualifies the candidates of a slate of the first contest.
    func disqualify(_ slate: ID<Slate>) async throws {
        for candidate in try await candidates(of: slate) {
            try await runner.run(
                DisqualifyCandidate(
                    candidate, on: slate,
                    for: DisqualificationGround("Sanción", norm: "Estatutos, artículo 4", reason: "Vigente"),
                    of: place.process, of: place.alliance), as: committee)
        }
    }

    /// Counts another contest in a session of the first table.
    func count(
        _ other: (contest: ID<Contest>, slates: [ID<Slate>]), in session: ID<VotingSession>
    ) async throws {
        try await vote([other.slates[0]: 20], at: PollPlace(other.contest, at: table), in: session)
    }
}

@Suite struct `A runoff` {
    @Test(arguments: [[10, 5, 5], [5, 5, 5]])
    func `waits for the draw of a tie for a place in it`(votes: [Int]) async throws {
        let assembly = try await Assembly.firstRound(votes)
        let day = try await assembly.day()
        #expect(day.turns[assembly.contest]?.obstacle == .draw && day.votesToTake.isEmpty)
        await #expect(throws: VotingDayError.drawMissing("Comité organizador")) {
            _ = try await assembly.openSession()
        }
        await #expect(throws: CanvassError.runoffDue) {
            try await assembly.runner.run(
                EndContest(assembly.contest, in: assembly.place, because: "Nadie"), as: assembly.committee)
        }
        try await assembly.nameNumber()
        let draw = try await assembly.runner.run(
            ConfirmDraw(1, of: assembly.contest, in: assembly.place), as: assembly.guarantor)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.runoff, in: session, of: assembly.place, ballots: 20), as: assembly.committee)
        let drawn = Set(draw.winners.map(\.rawValue))
        #expect(try await assembly.ballot(of: 2) == (votes[0] == 10 ? drawn.union(["Plancha 1"]) : drawn))
    }

    @Test func `waits for the draw also in a session that is open, and for its turn`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        let session = try await assembly.begin()
        let open = OpenPoll(assembly.runoff, in: session, of: assembly.place, ballots: 20)
        await #expect(throws: VotingDayError.otherRound) {
            try await assembly.runner.run(open, as: assembly.committee)
        }
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.close(
            Dictionary(uniqueKeysWithValues: Array(zip(assembly.slates, [10, 5, 5]))), at: assembly.poll)
        try await assembly.canvass()
        await #expect(throws: VotingDayError.drawMissing("Comité organizador")) {
            try await assembly.runner.run(open, as: assembly.committee)
        }
        #expect(try await assembly.day().round(of: assembly.contest) == 2)
    }

    @Test func `waits for the challenges to the round that sends people into it`() async throws {
        let assembly = try await Assembly.firstRound([8, 7, 5])
        let challenge = try await assembly.challenge(assembly.contest)
        #expect(try await assembly.state == .challenges)
        let turn = try await assembly.day().turns[assembly.contest]
        #expect(turn?.obstacle == .challenge(challenge, number: 1))
        let refusal = VotingDayError.resultChallenged("Comité organizador", challenge: 1)
        await #expect(throws: refusal) { _ = try await assembly.openSession() }
        try await assembly.decide(challenge)
        try await assembly.holdRunoff([assembly.slates[0]: 9, assembly.slates[1]: 11])
        try await assembly.canvass()
        try await assembly.second(try await assembly.propose())
        #expect(try await assembly.state == .proclaimed)
    }

    @Test func `waits with those who are inside where a challenge arrives before it is opened`() async throws
    {
        let assembly = try await Assembly.firstRound([8, 7, 5])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<15], to: session)
        let challenge = try await assembly.challenge(assembly.contest)
        try await assembly.letIn(assembly.people[15...], to: session)
        #expect(try await assembly.day().quorum?.base == 20)
        let open = OpenPoll(assembly.runoff, in: session, of: assembly.place, ballots: 20)
        await #expect(throws: VotingDayError.resultChallenged("Comité organizador", challenge: 1)) {
            try await assembly.runner.run(open, as: assembly.committee)
        }
        try await assembly.decide(challenge)
        try await assembly.runner.run(open, as: assembly.committee)
    }

    @Test func `is between those who pass without a table that a challenge annulled`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        let second = try await assembly.addPlace("Coliseo")
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        let slates = assembly.slates
        try await assembly.vote(
            [slates[0]: 4, slates[1]: 4, slates[2]: 2], at: assembly.poll, in: session)
        try await assembly.vote(
            [slates[0]: 3, slates[1]: 1, slates[2]: 6],
            at: PollPlace(assembly.contest, at: second.table), in: session, by: second.jurors)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        #expect(try await assembly.canvass().runoff.map(\.rawValue) == ["Plancha 3", "Plancha 1"])
        let challenge = try await assembly.challenge(assembly.contest, at: second.table)
        try await assembly.decide(challenge, .annulTable)
        #expect(try await assembly.report().runoff == ["Plancha 1", "Plancha 2"])
        let later = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: later)
        try await assembly.runner.run(
            OpenPoll(assembly.runoff, in: later, of: assembly.place, ballots: 20), as: assembly.committee)
        #expect(try await assembly.ballot(of: 2) == ["Plancha 1", "Plancha 2"])
    }

    @Test func `keeps its tables where a challenge to the first round is decided after it began`()
        async throws
    {
        let assembly = try await Assembly.firstRound([8, 7, 5])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.runoff, in: session, of: assembly.place, ballots: 20), as: assembly.committee)
        // The term to challenge the first round still runs: this is about it, although the second is voted.
        let first = try await assembly.challenge(nil, at: assembly.table)
        let named = try await assembly.challenge(assembly.contest, at: assembly.table)
        try await assembly.runner.run(ClosePoll(assembly.runoff, of: assembly.place), as: assembly.committee)
        try await assembly.close(
            [assembly.slates[0]: 9, assembly.slates[1]: 11], at: assembly.runoff)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.canvass()
        let found = try await assembly.runner.fetch(
            ListChallenges(in: assembly.place), as: assembly.committee)
        #expect(found.map(\.round) == [nil, 1] && found.map(\.isOutrun) == [true, true])
        for challenge in [first, named] {
            await #expect(throws: CanvassError.nextRoundVoted) {
                try await assembly.decide(challenge, .annulTable)
            }
            try await assembly.decide(challenge)
        }
        // What is challenged now is the runoff.
        let last = try await assembly.challenge(assembly.contest, at: assembly.table)
        try await assembly.decide(last, .annulTable)
        let report = try await assembly.report()
        #expect(report.round == 2 && report.tables.map(\.isAnnulled) == [true])
    }

    @Test func `finds another juror where one fell ill after the first round`() async throws {
        let assembly = try await Assembly.firstRound([8, 7, 5])
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        let juror: ID<Juror>? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select juror_id from elections.jurors
                where organization_id = \(assembly.organization.id) and jury = 2
                """)
        }
        try await assembly.runner.run(
            RelieveJuror(try #require(juror), because: "Enfermó", in: process, of: alliance),
            as: assembly.committee)
        await #expect(throws: VotingDayError.jurorMissing(table: 1)) {
            _ = try await assembly.openSession()
        }
        let user = try User(filledIn: "Rosa Prueba", email: "rosa@ejemplo.invalid", officeTitle: "Jurado")
        let appointed = try await assembly.runner.run(
            AppointJuror(
                .newcomer(user, through: assembly.tenants.identity), at: assembly.table, in: process,
                of: alliance), as: assembly.committee)
        let rosa = try await assembly.tenants.principal(of: appointed.user, in: assembly.organization)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.vote(
            [assembly.slates[0]: 9, assembly.slates[1]: 11], at: assembly.runoff, in: session,
            by: [assembly.jurors[0], rosa])
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.canvass()
        // Nobody is relieved any more whose place could not be filled.
        let first: ID<Juror>? = try await assembly.read { transaction in
            try await transaction.value(
                """
                select juror_id from elections.jurors
                where organization_id = \(assembly.organization.id) and jury = 1
                """)
        }
        let relieve = try RelieveJuror(
            try #require(first), because: "Enfermó", in: process, of: alliance)
        await #expect(throws: TableError.votesTaken) {
            try await assembly.runner.run(relieve, as: assembly.committee)
        }
    }

    @Test func `that is not held is annulled by two, and the other contests are proclaimed`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        let other = try #require(try await assembly.addContests(1).first)
        let session = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.close(
            Dictionary(uniqueKeysWithValues: Array(zip(assembly.slates, [8, 7, 5]))), at: assembly.poll)
        try await assembly.count(other, in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.canvass()
        try await assembly.canvass(other.contest)
        await #expect(throws: CanvassError.notFinal) { _ = try await assembly.propose() }
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        let act = try await assembly.runner.run(
            ProposeAnnulment(
                of: process, contest: assembly.contest, of: alliance, because: "Un finalista se retiró"),
            as: assembly.committee)
        #expect(try await assembly.day().annulment?.contestName == "Comité organizador")
        await #expect(throws: DisruptionError.sameRole) {
            try await assembly.runner.run(
                SettleAnnulment(act, .second, of: process, of: alliance), as: assembly.committee)
        }
        try await assembly.runner.run(
            SettleAnnulment(act, .second, of: process, of: alliance), as: assembly.guarantor)
        #expect(try await assembly.day().contests.map(\.state) == [.annulled, .open])
        #expect(try await assembly.report().sentence == "Esta elección se anuló: nadie resultó elegido.")
        #expect(try await assembly.second(try await assembly.propose()) == 1)
        #expect(try await assembly.state == .proclaimed)
        await #expect(throws: ProcessError.self) {
            try await assembly.runner.run(
                ProposeAnnulment(of: process, contest: other.contest, of: alliance, because: "No"),
                as: assembly.committee)
        }
    }
}

@Suite struct `A call that is declared void` {
    private func void(_ assembly: Assembly) async throws {
        try await assembly.runner.run(
            DeclareVoid(assembly.place.process, of: assembly.place.alliance, because: "Nadie votó"),
            as: assembly.committee)
    }

    private func isVoidable(_ assembly: Assembly) async throws -> Bool {
        try await assembly.runner.fetch(
            ReadChronology(of: assembly.place.process, of: assembly.place.alliance), as: assembly.committee
        ).isVoidable
    }

    @Test func `is none where blank votes won, or a runoff is due`() async throws {
        let blank = try await Assembly.make(Assembly.Terms(hasBlankMajority: true))
        try await blank.count([3, 2, 1], blank: 14)
        #expect(try await blank.canvass().outcome == .blankWins)
        for assembly in [blank, try await Assembly.firstRound([8, 7, 5])] {
            assembly.clock.advance(by: 9 * 86_400)
            #expect(try await !isVoidable(assembly))
            await #expect(throws: DisruptionError.votesCast) { try await void(assembly) }
        }
    }

    @Test func `is one without valid votes, once nobody can challenge that`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([0, 0, 0], blank: 0)
        #expect(try await assembly.canvass().outcome == .void)
        #expect(try await !isVoidable(assembly))
        await #expect(throws: CanvassError.self) { try await void(assembly) }
        assembly.clock.advance(by: 9 * 86_400)
        #expect(try await isVoidable(assembly))
        try await void(assembly)
        let report = try await assembly.report()
        #expect(report.state == "void")
    }

    @Test func `ends what waited in it, and its session`() async throws {
        let assembly = try await Assembly.make()
        _ = try await assembly.openSession()
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        let act = try await assembly.runner.run(
            ProposeAnnulment(of: process, of: alliance, because: "No vino nadie"), as: assembly.guarantor)
        #expect(try await isVoidable(assembly))
        try await void(assembly)
        let day = try await assembly.day()
        #expect(day.process.state == .void && day.annulment == nil && day.session == nil)
        await #expect(throws: DisruptionError.actNotOpen) {
            try await assembly.runner.run(
                SettleAnnulment(act, .second, of: process, of: alliance), as: assembly.committee)
        }
    }
}

@Suite struct `A canvass that elects nobody` {
    @Test func `says so, is ended, and lets the others be proclaimed`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria", seats: 2))
        let other = try #require(try await assembly.addContests(1).first)
        let session = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.close(
            Dictionary(uniqueKeysWithValues: Array(zip(assembly.slates, [10, 6, 4]))), at: assembly.poll)
        // The candidates of the other contest are of the same people; its winner is left alone.
        try await assembly.vote(
            [other.slates[1]: 20], at: PollPlace(other.contest, at: assembly.table), in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.canvass()
        try await assembly.canvass(other.contest)
        try await assembly.disqualify(assembly.slates[0])
        let report = try await assembly.report()
        #expect(report.result == .nobody && report.elected.isEmpty && report.vacant == 2)
        #expect(report.sentence == "Nadie resultó elegido: los 2 puestos quedan vacantes.")
        await #expect(throws: CanvassError.endsWithoutElected) { _ = try await assembly.propose() }
        assembly.clock.advance(by: 9 * 86_400)
        try await assembly.runner.run(
            EndContest(assembly.contest, in: assembly.place, because: "Quedó sin candidatos"),
            as: assembly.committee)
        #expect(try await assembly.second(try await assembly.propose(isWaived: false)) == 1)
        let next = try await assembly.runner.run(
            ReplaceProcess(assembly.place.process, of: assembly.place.alliance, naming: "Otra convocatoria"),
            as: assembly.committee)
        #expect(
            try await assembly.read { try await $0.contests(of: next) }.map(\.name) == ["Comité organizador"])
    }

    @Test func `is that of blank votes alone, where they have no effect`() async throws {
        let assembly = try await Assembly.make()
        try await assembly.count([0, 0, 0], blank: 20)
        #expect(try await assembly.canvass().outcome == .nobody)
        assembly.clock.advance(by: 9 * 86_400)
        try await assembly.runner.run(
            EndContest(assembly.contest, in: assembly.place, because: "Todo fue en blanco"),
            as: assembly.committee)
        #expect(try await assembly.state == .void)
    }

    @Test func `by acclamation is one whose candidates were all disqualified`() async throws {
        let assembly = try await Assembly.make(
            Assembly.Terms(rule: "mayoria", seats: 2, slates: 1, mode: "acclamation"))
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            DeclareAcclamation(
                of: assembly.contest, in: session, of: assembly.place, account: "La sala aplaudió",
                objections: 0), as: assembly.committee)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.disqualify(assembly.slates[0])
        #expect(try await assembly.report().result == .nobody)
    }
}

@Suite struct `A table where nobody could vote` {
    private func cutOff() async throws -> (Assembly, ID<VotingTable>) {
        let assembly = try await Assembly.make()
        let second = try await assembly.addPlace("Coliseo")
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<10], to: session)
        await #expect(throws: VotingDayError.sessionOpen) {
            try await assembly.runner.run(
                ProposeOmission(of: second.table, in: assembly.place, because: "La creciente"),
                as: assembly.committee)
        }
        try await assembly.vote(
            [assembly.slates[0]: 4, assembly.slates[1]: 3, assembly.slates[2]: 3], at: assembly.poll,
            in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        return (assembly, second.table)
    }

    @Test func `is left out by two people of different roles, and the acta tells it`() async throws {
        let (assembly, table) = try await cutOff()
        await #expect(throws: CanvassError.tablesOpen(1)) { _ = try await assembly.canvass() }
        #expect(try await assembly.day().isOmissible(table))
        let act = try await assembly.runner.run(
            ProposeOmission(of: table, in: assembly.place, because: "La creciente se llevó el puente"),
            as: assembly.committee)
        #expect(try await assembly.tasks(.omissions, of: assembly.guarantor) == 1)
        #expect(try await assembly.tasks(.omissions, of: assembly.committee) == 0)
        await #expect(throws: DisruptionError.actOpen) {
            try await assembly.runner.run(
                ProposeOmission(of: table, in: assembly.place, because: "Otra vez"), as: assembly.guarantor)
        }
        await #expect(throws: DisruptionError.sameRole) {
            try await assembly.runner.run(
                SettleOmission(act, seconding: true, in: assembly.place), as: assembly.committee)
        }
        await #expect(throws: CanvassError.tablesOpen(1)) { _ = try await assembly.canvass() }
        try await assembly.runner.run(
            SettleOmission(act, seconding: true, in: assembly.place), as: assembly.guarantor)
        let day = try await assembly.day()
        #expect(day.votesToTake.isEmpty && day.waitingTables(for: assembly.contest) == 0)
        #expect(day.omission(of: PollPlace(assembly.contest, at: table))?.act == act)
        await #expect(throws: VotingDayError.nothingToVote) { _ = try await assembly.openSession() }
        try await assembly.canvass()
        let report = try await assembly.report()
        let told = try #require(report.omissions?.first)
        #expect(told.what == "Mesa 2, Coliseo, de 10 electores: no se votó")
        #expect(told.reason == "La creciente se llevó el puente" && told.author?.contains("confirmó") == true)
        #expect(report.records.first?.text.contains("mesas sin votación 2\n") == true)
        #expect(report.published.omissions?.map(\.reason) == [nil])
        try await assembly.second(try await assembly.propose())
    }

    @Test func `waits again where the proposal is taken back`() async throws {
        let (assembly, table) = try await cutOff()
        let act = try await assembly.runner.run(
            ProposeOmission(of: table, in: assembly.place, because: "La creciente"), as: assembly.guarantor)
        try await assembly.runner.run(
            SettleOmission(act, seconding: false, in: assembly.place), as: assembly.committee)
        #expect(try await assembly.day().votesToTake.count == 1)
        _ = try await assembly.openSession()
    }

    @Test func `is not left out of what nobody voted elsewhere`() async throws {
        let assembly = try await Assembly.make()
        let other = try #require(try await assembly.addContests(1).first)
        let second = try await assembly.addPlace("Coliseo")
        let broken = try await assembly.openSession()
        try await assembly.runner.run(CloseSession(broken, of: assembly.place), as: assembly.committee)
        let propose = try ProposeOmission(of: second.table, in: assembly.place, because: "La creciente")
        #expect(try await !assembly.day().isOmissible(second.table))
        await #expect(throws: TableError.notVotedElsewhere) {
            _ = try await assembly.runner.run(propose, as: assembly.committee)
        }
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<10], to: session)
        try await assembly.vote([assembly.slates[0]: 10], at: assembly.poll, in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        await #expect(throws: TableError.nothingToOmit) {
            try await assembly.runner.run(
                ProposeOmission(of: ID(), in: assembly.place, because: "La creciente"),
                as: assembly.committee)
        }
        let act = try await assembly.runner.run(propose, as: assembly.committee)
        try await assembly.runner.run(
            SettleOmission(act, seconding: true, in: assembly.place), as: assembly.guarantor)
        // The other contest is voted another day, there too.
        let later = try await assembly.openSession()
        try await assembly.letIn(assembly.people[10...], to: later)
        await #expect(throws: VotingDayError.tableOmitted) {
            try await assembly.runner.run(
                OpenPoll(
                    PollPlace(assembly.contest, at: second.table), in: later, of: assembly.place, ballots: 10),
                as: assembly.committee)
        }
        try await assembly.vote(
            [other.slates[0]: 10], at: PollPlace(other.contest, at: second.table), in: later,
            by: second.jurors)
    }

    @Test func `votes in the runoff, and its electors are not called while it has nothing to vote`()
        async throws
    {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        let second = try await assembly.addPlace("Coliseo")
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<10], to: session)
        try await assembly.vote(
            [assembly.slates[0]: 4, assembly.slates[1]: 4, assembly.slates[2]: 2], at: assembly.poll,
            in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        let act = try await assembly.runner.run(
            ProposeOmission(of: second.table, in: assembly.place, because: "La creciente"),
            as: assembly.committee)
        try await assembly.runner.run(
            SettleOmission(act, seconding: true, in: assembly.place), as: assembly.guarantor)
        try await assembly.canvass()
        #expect(try await assembly.day().votesToTake.map(\.round) == [2, 2])
        let runoff = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: runoff)
        #expect(try await assembly.day().quorum?.base == 20)
    }
}
