import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `A process` {
    @Test func `gives a runoff its own term to challenge`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        try await assembly.count([8, 7, 5], blank: 0)
        try await assembly.canvass()
        assembly.clock.advance(by: 14 * 86_400)
        await #expect(throws: CanvassError.outsideChallenges) {
            _ = try await assembly.challenge(assembly.contest)
        }
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.vote(
            [assembly.slates[0]: 9, assembly.slates[1]: 11],
            at: PollPlace(assembly.contest, round: 2, at: assembly.table), in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.canvass()
        await #expect(throws: CanvassError.self) { _ = try await assembly.propose(isWaived: false) }
        try await assembly.decide(try await assembly.challenge(assembly.contest))
        assembly.clock.advance(by: 4 * 86_400)
        try await assembly.second(try await assembly.propose(isWaived: false))
    }

    @Test func `canvasses the other ballots of a morning after the first was challenged`() async throws {
        let assembly = try await Assembly.make()
        let others = try await assembly.addContests(6)
        let session = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        let first = zip(assembly.slates, [10, 6, 4])
        try await assembly.close(Dictionary(uniqueKeysWithValues: Array(first)), at: assembly.poll)
        try await assembly.canvass()
        let challenge = try await assembly.challenge(assembly.contest)
        #expect(try await assembly.state == .voting)
        for other in others {
            try await assembly.vote(
                Dictionary(uniqueKeysWithValues: Array(zip(other.slates, [9, 7, 4]))),
                at: PollPlace(other.contest, at: assembly.table), in: session)
        }
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        for other in others {
            #expect(try await assembly.state == .count)
            try await assembly.canvass(other.contest)
        }
        #expect(try await assembly.state == .challenges)
        try await assembly.decide(challenge)
        #expect(try await assembly.second(try await assembly.propose()) == 9)
    }

    @Test func `counts the term of each contest from its own canvass`() async throws {
        let assembly = try await Assembly.make()
        let other = try #require(try await assembly.addContests(1).first)
        let session = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.close([assembly.slates[0]: 20], at: assembly.poll)
        try await assembly.canvass()
        try await assembly.vote(
            [other.slates[0]: 20], at: PollPlace(other.contest, at: assembly.table), in: session)
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        assembly.clock.advance(by: 5 * 86_400)
        try await assembly.canvass(other.contest)
        await #expect(throws: CanvassError.outsideChallenges) {
            _ = try await assembly.challenge(assembly.contest)
        }
        let terms = try await assembly.day().terms
        let now = assembly.clock.now
        #expect(!terms.isOpen(for: assembly.contest, at: now) && terms.isOpen(for: other.contest, at: now))
        #expect(
            terms.isOpen(at: now) && terms.window()?.closesAt == terms.window(of: other.contest)?.closesAt)
        await #expect(throws: CanvassError.self) { _ = try await assembly.propose(isWaived: false) }
        _ = try await assembly.challenge(other.contest)
    }

    @Test func `lets a place vote another day, and its result waits for it`() async throws {
        let assembly = try await Assembly.make()
        let second = try await assembly.addPlace("Coliseo")
        try await assembly.adoptQuorum(second: 4)
        let opens = assembly.clock.now
        _ = try await assembly.tenants.database.transaction(
            TenantScope(.terminal(in: assembly.organization.id))
        ) { transaction in
            try await transaction.insertCalendar(
                ElectoralCalendar(milestones: [
                    Milestone(
                        kind: .voting, opensAt: opens, closesAt: opens + 36_000, rule: "Día escogido",
                        source: nil, isConfirmed: false)
                ]), of: assembly.place.process, at: assembly.clock.now)
        }
        try await assembly.runner.run(
            PostponePlace(
                "Coliseo", of: assembly.place.process, of: assembly.place.alliance, until: opens + 7 * 86_400,
                because: "La creciente"), as: assembly.committee)

        let day = try await assembly.openSession()
        // Both tables are called to the first day: more than half of twenty.
        try await assembly.letIn(assembly.people[..<11], to: day)
        try await assembly.vote(
            [assembly.slates[0]: 4, assembly.slates[1]: 3, assembly.slates[2]: 3], at: assembly.poll, in: day)
        try await assembly.runner.run(CloseSession(day, of: assembly.place), as: assembly.committee)
        #expect(try await assembly.state == .count)
        await #expect(throws: CanvassError.tablesOpen(1)) { _ = try await assembly.canvass() }
        await #expect(throws: DisruptionError.votesCast) {
            try await assembly.runner.run(
                DeclareVoid(
                    assembly.place.process, of: assembly.place.alliance, because: "Nadie vino al coliseo"),
                as: assembly.committee)
        }

        // Its day is an announced one: no reason is asked for, and its electors alone are called.
        assembly.clock.advance(by: 7 * 86_400)
        let later = try await assembly.openSession()
        await #expect(throws: VotingDayError.tableHasVoted) {
            try await assembly.letIn(assembly.people[..<1], to: later)
        }
        try await assembly.letIn(assembly.people[10..<16], to: later)
        let poll = PollPlace(assembly.contest, at: second.table)
        try await assembly.vote(
            [assembly.slates[0]: 2, assembly.slates[1]: 2, assembly.slates[2]: 2], at: poll, in: later,
            by: second.jurors)
        try await assembly.runner.run(CloseSession(later, of: assembly.place), as: assembly.committee)
        await #expect(throws: VotingDayError.nothingToVote) { _ = try await assembly.openSession() }
        try await assembly.canvass()
        let report = try await assembly.report()
        #expect(report.voters == 16 && report.tables.count == 2 && report.incidents.isEmpty)
        try await assembly.second(try await assembly.propose())
        #expect(try await assembly.state == .proclaimed)
    }

    @Test func `that is suspended in the middle decides nothing until it is resumed`() async throws {
        let assembly = try await Assembly.make()
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        try await assembly.count([10, 10, 0], blank: 0)
        try await assembly.canvass()
        try await assembly.runner.run(
            SuspendProcess(process, of: alliance, until: nil, because: "Orden del juez"),
            as: assembly.committee)
        // Nobody loses the term by it.
        let challenge = try await assembly.challenge(assembly.contest)
        #expect(try await assembly.state == .suspended)
        let (runner, place, committee) = (assembly.runner, assembly.place, assembly.committee)
        await #expect(throws: ProcessError.suspended) { _ = try await assembly.canvass() }
        await #expect(throws: ProcessError.suspended) { _ = try await assembly.propose() }
        await #expect(throws: ProcessError.suspended) { try await assembly.decide(challenge) }
        await #expect(throws: ProcessError.suspended) { _ = try await assembly.openSession() }
        await #expect(throws: ProcessError.suspended) {
            try await runner.run(
                AnnounceDraw(of: assembly.contest, in: place, from: "Personería"), as: committee)
        }
        await #expect(throws: ProcessError.suspended) {
            try await runner.run(
                EndContest(assembly.contest, in: place, because: "Nadie"), as: committee)
        }
        let state = try await runner.run(
            ResumeProcess(process, of: alliance, because: "Se levantó"), as: committee)
        #expect(state == .challenges)
        try await assembly.decide(challenge)
        #expect(try await assembly.state == .provisionalResult)
    }

    @Test func `that is suspended on its day lets nobody in`() async throws {
        let assembly = try await Assembly.make()
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<5], to: session)
        let (process, alliance) = (assembly.place.process, assembly.place.alliance)
        try await assembly.runner.run(
            SuspendProcess(process, of: alliance, until: nil, because: "Desórdenes"), as: assembly.committee)
        await #expect(throws: ProcessError.suspended) {
            try await assembly.letIn(assembly.people[5..<6], to: session)
        }
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(
                OpenPoll(assembly.poll, in: session, of: assembly.place, ballots: 20), as: assembly.committee)
        }
        await #expect(throws: ProcessError.suspended) {
            try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        }
        let state = try await assembly.runner.run(
            ResumeProcess(process, of: alliance, because: "Calma"), as: assembly.committee)
        #expect(state == .voting)
        try await assembly.letIn(assembly.people[5..<6], to: session)
    }

    @Test func `goes on with its day in another session where the first was broken off`() async throws {
        let assembly = try await Assembly.make()
        let first = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<5], to: first)
        try await assembly.runner.run(CloseSession(first, of: assembly.place), as: assembly.committee)
        #expect(try await assembly.state == .count)
        assembly.clock.advance(by: 3600)
        let second = try await assembly.begin()
        #expect(first != second)
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.close([assembly.slates[0]: 20], at: assembly.poll)
        try await assembly.runner.run(CloseSession(second, of: assembly.place), as: assembly.committee)
        #expect(try await assembly.canvass().outcome == .elected)
    }

    @Test func `is not put to the vote while a slate waits for its decision`() async throws {
        let assembly = try await Assembly.make()
        let org = assembly.organization.id
        func decide(_ state: String) async throws {
            _ = try await assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) {
                transaction in
                try await transaction.execute(
                    """
                    update elections.slates set state = \(state),
                        decided_at = \(state == "registered" ? nil : assembly.clock.now)
                    where organization_id = \(org) and slate_id = \(assembly.slates[2])
                    """)
            }
        }
        try await decide("registered")
        await #expect(throws: VotingDayError.slatesUndecided(1)) { _ = try await assembly.openSession() }
        try await decide("admitted")
        _ = try await assembly.openSession()
    }

    @Test func `a result of the day after has its whole term, and every page says so`() async throws {
        let assembly = try await Assembly.make()
        let day = ColombianTime.date(at: assembly.clock.now)
        let voting = ColombianTime.startOfDay(day)
        func moment(_ days: Int, _ hours: Double) -> Date { voting + Double(days) * 86_400 + hours * 3600 }
        func milestone(
            _ kind: Milestone.Kind, _ from: Date, _ to: Date? = nil
        ) -> Milestone {
            Milestone(
                kind: kind, opensAt: from, closesAt: to, rule: "Regla", source: nil, isConfirmed: false)
        }
        try await assembly.tenants.database.transaction(TenantScope(assembly.committee)) { transaction in
            _ = try await transaction.insertCalendar(
                ElectoralCalendar(milestones: [
                    milestone(.voting, moment(0, 8), moment(0, 12)),
                    milestone(.challenges, moment(0, 12), moment(3, 0) - 60),
                    milestone(.challengeDecisions, moment(3, 0) - 60, moment(5, 0) - 60),
                    milestone(.proclamation, moment(5, 0) - 60),
                ]),
                of: assembly.place.process, at: assembly.clock.now)
        }
        try await assembly.count([9, 6, 3], blank: 2)
        assembly.clock.advance(by: moment(1, 15).timeIntervalSince(assembly.clock.now))
        try await assembly.runner.run(
            MakeCanvass(of: assembly.contest, in: assembly.place), as: assembly.committee)
        let file = try await assembly.runner.fetch(
            ReadProcess(assembly.place.process, of: assembly.place.alliance), as: assembly.committee)
        let calendar = try #require(file.calendar)
        let terms = try await assembly.read { try await $0.challengeTerms(of: assembly.place) }
        #expect(terms.window()?.lastDay == day + 3)
        #expect(calendar[.challenges]?.closesAt == moment(4, 0) - 60)
        #expect(calendar[.challenges]?.rule.contains("Se había anunciado para el") == true)
        #expect(calendar[.challengeDecisions]?.opensAt == moment(4, 0) - 60)
        #expect(calendar[.challengeDecisions]?.closesAt == moment(6, 0) - 60)
        #expect(calendar[.proclamation]?.opensAt == moment(6, 0) - 60)
        #expect(calendar[.voting]?.closesAt == moment(0, 12))
    }
}

@Suite struct `A contest that elects nobody` {
    @Test func `ends when its term to challenge is over, and no challenge to it waits`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(hasBlankMajority: true))
        try await assembly.count([3, 2, 1], blank: 14)
        try await assembly.canvass()
        let end = EndContest(assembly.contest, in: assembly.place, because: "Ganó el voto en blanco")
        await #expect(throws: CanvassError.self) {
            try await assembly.runner.run(end, as: assembly.committee)
        }
        let challenge = try await assembly.challenge(nil)
        assembly.clock.advance(by: 4 * 86_400)
        await #expect(throws: CanvassError.challengeOpen) {
            try await assembly.runner.run(end, as: assembly.committee)
        }
        try await assembly.decide(challenge)
        try await assembly.runner.run(end, as: assembly.committee)
        #expect(try await assembly.state == .void)
        await #expect(throws: ProcessError.over(.void)) { _ = try await assembly.challenge(assembly.contest) }
    }
}

@Suite struct `A proposed proclamation` {
    private func proposed() async throws -> (Assembly, ID<ElectoralAct>) {
        let assembly = try await Assembly.make()
        try await assembly.count([10, 6, 4], blank: 0)
        try await assembly.canvass()
        return (assembly, try await assembly.propose())
    }

    @Test func `is taken back by who proposed it or the committee, with a reason, and proposed again`()
        async throws
    {
        let (assembly, act) = try await proposed()
        let board = try await assembly.tenants.principal(
            .board, of: assembly.organization, in: .alliance(assembly.place.alliance))
        let withdraw = try WithdrawProclamation(act, in: assembly.place, because: "Falta una renuncia")
        await #expect(throws: CanvassError.notProposer) {
            try await assembly.runner.run(withdraw, as: assembly.guarantor)
        }
        try await assembly.runner.run(withdraw, as: assembly.committee)
        await #expect(throws: CanvassError.actNotOpen) { try await assembly.second(act) }
        #expect(try await assembly.day().withdrawnProposal?.reason == "Falta una renuncia")
        // Who proposes may also be of another role; the committee takes that back too.
        let other = try await assembly.runner.run(
            ProposeProclamation(
                in: assembly.place, because: "En firme", waivers: try await assembly.holders()), as: board)
        try await assembly.runner.run(
            try WithdrawProclamation(other, in: assembly.place, because: "Otra vez"), as: assembly.committee)
        try await assembly.second(try await assembly.propose())
        #expect(throws: DisruptionError.reasonMissing) {
            try WithdrawProclamation(act, in: assembly.place, because: " ")
        }
    }

    @Test func `falls with the result that it proclaims`() async throws {
        let (assembly, act) = try await proposed()
        let second = try await assembly.challenge(assembly.contest, at: assembly.table)
        try await assembly.decide(second, .annulTable)
        await #expect(throws: CanvassError.actNotOpen) { try await assembly.second(act) }
        #expect(try await assembly.day().proposal == nil)
        // Without the table nobody voted: the contest ends, and nothing is stuck.
        assembly.clock.advance(by: 4 * 86_400)
        try await assembly.runner.run(
            EndContest(assembly.contest, in: assembly.place, because: "Sin votos"), as: assembly.committee)
        #expect(try await assembly.state == .void)
    }

    @Test func `falls when more time is given to challenge`() async throws {
        let (assembly, act) = try await proposed()
        let now = assembly.clock.now
        _ = try await assembly.tenants.database.transaction(
            TenantScope(.terminal(in: assembly.organization.id))
        ) { transaction in
            try await transaction.insertCalendar(
                ElectoralCalendar(milestones: [
                    Milestone(
                        kind: .voting, opensAt: now - 3600, closesAt: now, rule: "Día escogido", source: nil,
                        isConfirmed: false),
                    Milestone(
                        kind: .challenges, opensAt: now, closesAt: now + 2 * 86_400, rule: "Dos días",
                        source: nil, isConfirmed: false),
                ]), of: assembly.place.process, at: now)
        }
        try await assembly.runner.run(
            ExtendTerm(
                .challenges, of: assembly.place.process, of: assembly.place.alliance,
                until: now + 9 * 86_400, because: "Se cayó la página"), as: assembly.committee)
        await #expect(throws: CanvassError.actNotOpen) { try await assembly.second(act) }
        assembly.clock.advance(by: 5 * 86_400)
        await #expect(throws: CanvassError.self) { _ = try await assembly.propose(isWaived: false) }
        assembly.clock.advance(by: 6 * 86_400)
        try await assembly.second(try await assembly.propose(isWaived: false))
    }
}

@Suite struct `A slate whose people are all out` {
    private func disqualify(_ slate: ID<Slate>, in assembly: Assembly) async throws {
        for candidate in try await assembly.candidates(of: slate) {
            try await assembly.runner.run(
                DisqualifyCandidate(
                    candidate, on: slate,
                    for: DisqualificationGround("Sanción", norm: "Estatutos, artículo 4", reason: "Vigente"),
                    of: assembly.place.process, of: assembly.place.alliance), as: assembly.committee)
        }
    }

    @Test func `is not voted on`() async throws {
        let assembly = try await Assembly.make()
        try await disqualify(assembly.slates[0], in: assembly)
        _ = try await assembly.begin()
        let options = try await assembly.read { try await $0.options(of: assembly.contest, round: 1) }
        #expect(options.map(\.slate) == [assembly.slates[1], assembly.slates[2]])
    }

    @Test func `alone leaves nobody to vote for`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(slates: 1))
        try await disqualify(assembly.slates[0], in: assembly)
        await #expect(throws: VotingDayError.nobodyStands) { _ = try await assembly.begin() }
    }

    @Test func `leaves its place in the runoff to the next`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "mayoria_absoluta", seats: 1))
        try await assembly.count([8, 7, 5], blank: 0)
        #expect(try await assembly.canvass().runoff.map(\.rawValue) == ["Plancha 1", "Plancha 2"])
        try await disqualify(assembly.slates[1], in: assembly)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.runner.run(
            OpenPoll(
                PollPlace(assembly.contest, round: 2, at: assembly.table), in: session, of: assembly.place,
                ballots: 25), as: assembly.committee)
        let options = try await assembly.read { try await $0.options(of: assembly.contest, round: 2) }
        #expect(options.map(\.slate) == [assembly.slates[0], assembly.slates[2]])
    }
}

@Suite struct `An annulment that a challenge asks for` {
    private func decided(_ effect: ChallengeEffect, others: Int = 0) async throws -> (
        Assembly, ID<Challenge>, OpenAnnulment
    ) {
        let assembly = try await Assembly.make()
        let added = try await assembly.addContests(others)
        let session = try await assembly.begin()
        try await assembly.runner.run(ClosePoll(assembly.poll, of: assembly.place), as: assembly.committee)
        try await assembly.close([assembly.slates[0]: 20], at: assembly.poll)
        for other in added {
            try await assembly.vote(
                [other.slates[0]: 20], at: PollPlace(other.contest, at: assembly.table), in: session)
        }
        try await assembly.runner.run(CloseSession(session, of: assembly.place), as: assembly.committee)
        try await assembly.canvass()
        for other in added { try await assembly.canvass(other.contest) }
        let act = try await assembly.propose()
        let challenge = try await assembly.challenge(assembly.contest)
        try await assembly.decide(challenge, effect)
        await #expect(throws: CanvassError.actNotOpen) { try await assembly.second(act) }
        return (assembly, challenge, try #require(try await assembly.day().annulment))
    }

    private func settle(
        _ annulment: OpenAnnulment, _ settlement: SettleAnnulment.Settlement, in assembly: Assembly
    ) throws -> SettleAnnulment {
        try SettleAnnulment(
            annulment.act, settlement, of: assembly.place.process, of: assembly.place.alliance)
    }

    @Test(arguments: [ChallengeEffect.annulProcess, .annulContest])
    func `takes a second person of another role`(effect: ChallengeEffect) async throws {
        let (assembly, challenge, annulment) = try await decided(effect)
        #expect(annulment.challenge == challenge && annulment.challengeNumber == 1)
        #expect(annulment.contest == (effect == .annulContest ? assembly.contest : nil))
        // One person decided; nothing is annulled, counted or proclaimed meanwhile.
        #expect(try await assembly.state == .provisionalResult)
        await #expect(throws: DisruptionError.annulmentOpen) { _ = try await assembly.canvass() }
        await #expect(throws: CanvassError.actOpen) { _ = try await assembly.propose() }
        await #expect(throws: DisruptionError.votesCast) {
            try await assembly.runner.run(
                DeclareVoid(assembly.place.process, of: assembly.place.alliance, because: "Yo solo"),
                as: assembly.committee)
        }
        let settle = try settle(annulment, .second, in: assembly)
        await #expect(throws: DisruptionError.sameRole) {
            try await assembly.runner.run(settle, as: assembly.committee)
        }
        try await assembly.runner.run(settle, as: assembly.guarantor)
        let day = try await assembly.day()
        #expect(day.process.state == .annulled && day.process.stateReason == "Así se probó")
        #expect(day.contests.allSatisfy { $0.state == .annulled } && day.annulment == nil)
        let next = try await assembly.runner.run(
            ReplaceProcess(assembly.place.process, of: assembly.place.alliance, naming: "Otra convocatoria"),
            as: assembly.committee)
        #expect(next != assembly.place.process)
    }

    @Test func `of one contest leaves the others to be proclaimed`() async throws {
        let (assembly, _, annulment) = try await decided(.annulContest, others: 1)
        try await assembly.runner.run(settle(annulment, .second, in: assembly), as: assembly.guarantor)
        let day = try await assembly.day()
        #expect(day.process.state == .provisionalResult)
        #expect(day.contests.map(\.state) == [.annulled, .open])
        #expect(try await assembly.second(try await assembly.propose()) == 1)
    }

    @Test func `leaves the challenge to be decided again where it is taken back`() async throws {
        let (assembly, challenge, annulment) = try await decided(.annulProcess)
        #expect(throws: DisruptionError.reasonMissing) {
            try settle(annulment, .withdraw(because: " "), in: assembly)
        }
        // Whoever did not propose it may say why they do not confirm it, and it waits for somebody else.
        await #expect(throws: DisruptionError.notProposer) {
            try await assembly.runner.run(
                try settle(annulment, .withdraw(because: "No estoy de acuerdo"), in: assembly),
                as: assembly.guarantor)
        }
        try await assembly.runner.run(
            settle(annulment, .refuse(because: "No estoy de acuerdo"), in: assembly), as: assembly.guarantor)
        #expect(try await assembly.day().annulment == annulment)
        try await assembly.runner.run(
            settle(annulment, .withdraw(because: "La prueba era de otra mesa"), in: assembly),
            as: assembly.committee)
        #expect(try await assembly.state == .challenges)
        await #expect(throws: CanvassError.challengeOpen) { _ = try await assembly.propose() }
        try await assembly.decide(challenge)
        try await assembly.second(try await assembly.propose())
        #expect(try await assembly.state == .proclaimed)
    }
}
