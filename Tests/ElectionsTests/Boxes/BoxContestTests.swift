import Foundation
import Kernel
import Postgres
import TestSupport
import Testing
import VerifiableVoting

@testable import Elections
@testable import Tenancy

@Suite struct `A box of several contests` {
    @Test func `counts each by itself, and both programs verify its archive`() async throws {
        let made = try await BoxElection<Belenios2048>.open(
            electors: 7, besides: 2, terms: Assembly.Terms(rule: "plurinominal"))
        // Up to three of the first, one of each other; blank in one is not blank in all.
        try await made.vote(ballots: [
            [[1, 2, 3], [1], [0]], [[1], [2], [1]], [[0], [0], [0]], [[2, 3], [1], [2]], [[1, 2], [3], [1]],
        ])
        let (first, election) = (made.assembly.people[0], try await made.election())
        try await made.cast(
            try made.ballot(of: first, for: [[3], [2], [2]], in: election),
            by: try await made.pass(for: first))
        try await made.count()
        let counts = try await made.file().counts
        #expect(counts.map { $0.lines.map(\.votes) } == [[2, 2, 2], [1, 2, 1], [2, 2, 0]])
        #expect(counts.map(\.blank) == [1, 1, 1] && counts.allSatisfy { $0.ballots == 5 })
        let report = try await ArchiveVerifier().verify(ArchiveBytes(try await made.archive()))
        #expect(report.ballots == 6 && report.voters == 5 && report.questions?.count == 3)
        try await made.requireToolAccepts()
        for contest in election.questions.indices.map({ counts[$0].contest }) {
            try await made.assembly.canvass(contest)
        }
        #expect(try await made.assembly.day().waitingTables(for: counts[1].contest) == 0)
        #expect(try await made.assembly.state == .provisionalResult)
    }

    @Test func `is verified by both programs with three of five trustees, and where ballots were excluded`()
        async throws
    {
        let made = try await BoxElection<Belenios2048>.open(
            electors: 7, trustees: 5, threshold: 3, besides: 1)
        try await made.vote([1, 1, 2, 3, 0, 2])
        try await made.act(.close)
        let ballot = try #require(try await made.ballots().first)
        try await made.exclude(ballot.tracker, because: "Se probó suplantación")
        try await made.requireToolAccepts(1)
        try await made.act(.count)
        try await made.decrypt([4, 1, 2])
        try await made.requireToolAccepts(1)
        try await made.requireToolAccepts(0)
        #expect(try await made.file().counts.map { $0.lines.map(\.votes) } == [[1, 2, 1], [1, 2, 1]])
    }

    @Test func `leaves those that it does not ask to the tables`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 12)
        let assembly = made.assembly
        let other = try await assembly.addContests(1)[0]
        // The box takes the first, and each table owes the other.
        #expect(
            try await assembly.read { try await $0.votesToTake(of: made.place.process) }.map(\.contest)
                == [other.contest])
        try await made.vote([1, 1, 2, 3, 0, 2])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people, to: session)
        try await assembly.vote(
            [other.slates[0]: 8, other.slates[1]: 3], blank: 1,
            at: PollPlace(other.contest, at: assembly.table), in: session)
        var day = try await assembly.day()
        #expect(day.waitingTables(for: assembly.contest) == 0 && day.waitingTables(for: other.contest) == 0)
        #expect(day.waitingBox(for: assembly.contest)?.state == .open && !day.isCounted)
        #expect(day.waitingBox(for: other.contest) == nil)
        try await assembly.canvass(other.contest)
        await #expect(throws: CanvassError.boxOpen) { try await assembly.canvass() }
        try await made.count()
        try await assembly.runner.run(CloseSession(session, of: made.place), as: assembly.committee)
        day = try await assembly.day()
        #expect(day.isCounted && day.waitingBox(for: assembly.contest) == nil)
        try await assembly.canvass()
        try await assembly.second(try await assembly.propose())
        #expect(try await assembly.state == .proclaimed)
    }
}

@Suite struct `A runoff in a box` {
    @Test func `is voted in a box of its own, between the two who are left`() async throws {
        let made = try await BoxElection<Belenios2048>.open(
            electors: 8, terms: Assembly.Terms(rule: "mayoria_absoluta", seats: 2))
        let assembly = made.assembly
        try await made.vote([1, 1, 1, 2, 2, 3])
        await #expect(throws: BoxError.contestTaken) {
            _ = try await BoxElection<Belenios2048>.draft(of: [assembly.contest], in: assembly)
        }
        try await made.count()
        #expect(try await assembly.canvass().outcome == .runoff)

        let second = try await BoxElection<Belenios2048>.draft(
            of: [assembly.contest], in: assembly, trustees: 3, threshold: 2)
        #expect(try await second.file().questions.map(\.round) == [2])
        try await second.open()
        // Credentials of the first box say nothing in the second.
        let election = try await second.election()
        #expect(election.questions[0].answers == ["Plancha 1", "Plancha 2"])
        let stale = try made.ballot(of: assembly.people[0], for: 1, in: election)
        let pass = try await second.pass(for: assembly.people[0])
        await #expect(throws: CastError.unknownCredential) { try await second.cast(stale, by: pass) }
        try await second.vote([2, 2, 2, 1, 0])
        try await second.count(by: [2, 0])
        try await second.requireToolAccepts()
        let result = try await assembly.canvass()
        #expect(result.outcome == .elected)
        let acta = try await assembly.report()
        #expect(acta.round == 2 && acta.boxes?.map(\.number) == [2] && acta.boxes?.map(\.votes) == [[1, 3]])
        try await assembly.second(try await assembly.propose())
        #expect(try await assembly.state == .proclaimed)
    }
}

@Suite struct `A table beside a box` {
    @Test func `is counted with it, and the acta says which is which`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        let assembly = made.assembly
        try await made.vote([1, 1, 2, 3, 0, 2])
        // Who voted in the box is in, and is not asked for at the table.
        try await assembly.voteAtTheTable()
        await #expect(throws: CanvassError.boxOpen) { try await assembly.canvass() }
        try await made.count()
        try await assembly.canvass()
        let acta = try await assembly.report()
        #expect(acta.lines.map(\.votes) == [6, 4, 1] && acta.blank == 2 && acta.voters == 13)
        #expect(acta.tables.map(\.votes) == [[4, 2, 0]] && acta.tables.map(\.voters) == [7])
        let box = try #require(acta.boxes?.first)
        #expect(box.votes == [2, 2, 1] && box.blank == 1 && box.ballots == 6 && box.cast == 6)
        #expect(box.head == (try await made.file().box.head?.digest.description))
        #expect(box.trustees.map(\.name) == ["Custodio 1", "Custodio 2"])
        #expect(acta.session.count == 1 && acta.manner == "Voto secreto, en papel y en la urna electrónica")
        #expect(acta.published.boxes?.first?.trustees.map(\.name) == [nil, nil])
    }

    @Test func `with few ballots is not opened, since they would be told apart from the box`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        let assembly = made.assembly
        try await made.vote([1, 1, 2, 3, 0, 2])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[6..<13], to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.poll, in: session, of: made.place, ballots: 10), as: assembly.committee)
        try await assembly.runner.run(ClosePoll(assembly.poll, of: made.place), as: assembly.committee)
        try await assembly.runner.run(
            CountSignatures(3, at: assembly.poll, in: made.place), as: assembly.jurors[0])
        let file = try await assembly.runner.fetch(
            ReadCount(of: assembly.poll, in: made.place), as: assembly.committee)
        #expect(file.standing == .few && file.urns.isStranded(assembly.table))
        await #expect(throws: UrnError.few) {
            try await assembly.runner.run(
                EnterCount(
                    assembly.figures([2, 1, 0], blank: 0, voters: 3), of: assembly.poll, in: made.place),
                as: assembly.jurors[0])
        }
        #expect(try await isApart(assembly))
        try await assembly.runner.run(CloseSession(session, of: made.place), as: assembly.committee)
        #expect(try await !assembly.day().isOmissible(assembly.table))
        try await made.count()
        #expect(try await assembly.day().isOmissible(assembly.table))
        let act = try await assembly.runner.run(
            try ProposeOmission(of: assembly.table, in: made.place, because: "Votaron tres"),
            as: assembly.committee)
        try await assembly.runner.run(
            SettleOmission(act, seconding: true, in: made.place), as: assembly.guarantor)
        try await assembly.canvass()
        #expect(try await assembly.report().lines.map(\.votes) == [2, 2, 1])
    }

    @Test func `is whole again once the box is annulled`() async throws {
        let made = try await BoxElection<Ed25519>.open(electors: 14, hasPaper: true)
        let assembly = made.assembly
        try await made.vote([1, 2])
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[6..<9], to: session)
        try await assembly.runner.run(
            OpenPoll(assembly.poll, in: session, of: made.place, ballots: 10), as: assembly.committee)
        try await assembly.runner.run(ClosePoll(assembly.poll, of: made.place), as: assembly.committee)
        try await made.act(.close)
        try await made.requireSumsStayClosed()
        try await made.act(.annul, because: "Votaron dos")
        #expect(try await !isApart(assembly))
        try await assembly.close([assembly.slates[0]: 2, assembly.slates[1]: 1], at: assembly.poll)
        try await assembly.canvass()
        #expect(try await assembly.report().lines.map(\.votes) == [2, 1, 0])
    }

    private func isApart(_ assembly: Assembly) async throws -> Bool {
        try await assembly.read {
            try await $0.value(
                """
                select elections.is_counted_apart(
                    \(assembly.organization.id), \(assembly.table), \(assembly.contest), 1)
                """)
        } ?? false
    }
}

extension BoxElection {
    /// The ballots of the box as its board lists them.
    func ballots() async throws -> [BoardBallot] {
        try await assembly.tenants.database.read(PublicScope()) { transaction in
            let boards = try await transaction.boxBoards(of: place.process, in: assembly.organization.id)
            guard let board = boards.first(where: { $0.id == box }) else { return [] }
            return try await transaction.boardBallots(
                of: board, limit: 1000, offset: 0, in: assembly.organization.id)
        }
    }

    /// What two people decided and no page would let them: the database keeps the sums of few closed.
    fileprivate func requireSumsStayClosed() async throws {
        let act = ID<ElectoralAct>()
        let found = try await file().box
        await #expect(throws: BoxError.tooFew(found.counted)) {
            try await assembly.tenants.database.transaction(TenantScope(assembly.committee)) {
                try await $0.propose(
                    act, .count, of: found, as: .electionCommittee, because: "Ya", at: clock.now)
            }
            try await assembly.tenants.database.transaction(TenantScope(assembly.guarantor)) {
                let open = try #require(try await $0.openActs(of: box).first { $0.id == act })
                try await $0.second(open, of: found, as: .guarantor, at: clock.now)
                try await $0.publish(Array("[]".utf8), of: found, by: act, at: clock.now)
            }
        }
    }
}
