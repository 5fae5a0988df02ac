import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

/// An assembly with two places, where so many come to each, up to the closing of both votes.
private struct TwoTables {
    let assembly: Assembly
    let second: ID<VotingTable>
    let jurors: [Principal]
    let session: ID<VotingSession>

    var runner: CommandRunner { assembly.runner }
    var place: ProcessPlace { assembly.place }
    /// The vote where more come, and the one where few do.
    var large: PollPlace { assembly.poll }
    var small: PollPlace { PollPlace(assembly.contest, at: second) }

    static func make(
        _ terms: Assembly.Terms = Assembly.Terms(), voters: (Int, Int) = (8, 3)
    ) async throws -> Self {
        let assembly = try await Assembly.make(terms)
        let (second, jurors) = try await assembly.addPlace("Coliseo")
        try await assembly.adoptQuorum(second: 4)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<voters.0], to: session)
        try await assembly.letIn(assembly.people[10..<(10 + voters.1)], to: session)
        assembly.clock.advance(by: 3700)
        let made = Self(assembly: assembly, second: second, jurors: jurors, session: session)
        for poll in [made.large, made.small] { try await made.open(poll) }
        for poll in [made.large, made.small] { try await made.close(poll) }
        return made
    }

    func open(_ poll: PollPlace) async throws {
        try await runner.run(
            OpenPoll(poll, in: session, of: place, ballots: 10), as: assembly.committee)
    }

    func close(_ poll: PollPlace) async throws {
        try await runner.run(ClosePoll(poll, of: place), as: assembly.committee)
    }

    func sign(_ voters: Int, at poll: PollPlace? = nil, as principal: Principal? = nil) async throws {
        try await runner.run(
            CountSignatures(voters, at: poll ?? small, in: place), as: principal ?? jurors[0])
    }

    func merge(
        _ poll: PollPlace? = nil, into table: ID<VotingTable>? = nil, as principal: Principal? = nil
    ) async throws {
        try await runner.run(
            MergePoll(poll ?? small, into: table ?? assembly.table, in: place), as: principal ?? jurors[1])
    }

    func figures(_ votes: [Int], blank: Int = 0) -> TableFigures {
        assembly.figures(votes, blank: blank, voters: votes.reduce(blank, +))
    }

    func enter(_ figures: TableFigures, at poll: PollPlace, as juror: Principal) async throws {
        try await runner.run(EnterCount(figures, of: poll, in: place), as: juror)
    }

    /// Both juries of a table enter the same, and it is closed.
    func count(
        _ votes: [Int], at poll: PollPlace, by jurors: [Principal], because reason: String? = nil
    ) async throws {
        for juror in jurors { try await enter(figures(votes), at: poll, as: juror) }
        try await runner.run(CloseTable(poll, in: place, departingBecause: reason), as: assembly.committee)
    }

    func file(_ poll: PollPlace, as principal: Principal? = nil) async throws -> CountFile {
        try await runner.fetch(ReadCount(of: poll, in: place), as: principal ?? assembly.committee)
    }

    /// Freezes figures as the serving role could, by the function alone.
    func freeze(_ figures: TableFigures, of poll: PollPlace) async throws {
        try await assembly.tenants.database.transaction(TenantScope(assembly.committee)) { transaction in
            let options = try await transaction.options(of: poll.contest, round: poll.round)
            let sheet = try figures.sheet(
                of: options, under: try await transaction.sheetTerms(of: poll.contest))
            try await transaction.freeze(
                ClosedSheet(first: sheet, second: sheet), of: poll, options: options,
                at: assembly.clock.now)
        }
    }

    /// Keeps sheets of both juries, as they would have been entered before this was refused.
    func insertSheets(_ figures: TableFigures, at poll: PollPlace) async throws {
        try await assembly.tenants.database.transaction(TenantScope(jurors[0])) { transaction in
            for (index, juror) in jurors.enumerated() {
                try await transaction.execute(
                    """
                    insert into elections.count_sheets (
                        organization_id, table_id, contest_id, round, jury, attempt, process_id, slate_ids,
                        votes, blank, null_votes, unmarked, voters, entered_at, entered_by)
                    values (\(assembly.organization.id), \(poll.table), \(poll.contest), 1, \(index + 1), 1,
                        \(place.process), \(assembly.slates),
                        \(assembly.slates.map { figures.votes[$0] ?? 0 }), \(figures.blank), 0, 0,
                        \(figures.voters), \(assembly.clock.now), \(juror.user))
                    """)
            }
        }
    }
}

@Suite struct `The urn of a table where few voted` {
    @Test func `is not opened apart: another table counts its ballots with its own, and the acta tells it`()
        async throws
    {
        let vote = try await TwoTables.make()
        // The door knows of three: the signatures are counted before anything else.
        #expect(try await vote.file(vote.small).standing == .uncounted)
        await #expect(throws: UrnError.signaturesMissing) {
            try await vote.enter(vote.figures([2, 1, 0]), at: vote.small, as: vote.jurors[0])
        }
        // The large table is the only one that could take them, and waits.
        #expect(try await vote.file(vote.large).standing == .waiting([2]))
        await #expect(throws: UrnError.waits([2])) {
            try await vote.enter(vote.figures([4, 2, 2]), at: vote.large, as: vote.assembly.jurors[0])
        }
        try await vote.sign(3)
        #expect(try await vote.file(vote.small).standing == .few)
        await #expect(throws: UrnError.few) {
            try await vote.enter(vote.figures([2, 1, 0]), at: vote.small, as: vote.jurors[0])
        }
        await #expect(throws: UrnError.ownCount) { try await vote.merge(as: vote.jurors[0]) }
        await #expect(throws: TableCountError.notYourTable) {
            try await vote.merge(as: vote.assembly.jurors[0])
        }
        try await vote.merge()
        #expect(try await vote.file(vote.small).standing == .merged(into: 1))
        await #expect(throws: UrnError.merged) {
            try await vote.enter(vote.figures([2, 1, 0]), at: vote.small, as: vote.jurors[0])
        }
        await #expect(throws: UrnError.merged) { try await vote.sign(9) }

        // Whatever is asked of the large table is asked of both.
        let file = try await vote.file(vote.large)
        #expect(file.standing == .free && file.electors == 20 && file.checkedIn == 11)
        #expect(file.urns.merged(into: vote.assembly.table).map(\.number) == [2])
        try await vote.count([6, 3, 2], at: vote.large, by: vote.assembly.jurors)
        try await vote.runner.run(
            CloseSession(vote.session, of: vote.place), as: vote.assembly.committee)
        let day = try await vote.assembly.day()
        #expect(day.isCounted && day.waitingTables(for: vote.assembly.contest) == 0)
        #expect(
            day.poll(of: vote.assembly.contest, at: vote.second)?.stage == .merged(into: vote.assembly.table))
        try await vote.assembly.canvass()
        let report = try await vote.assembly.report()
        #expect(report.voters == 11 && report.tables.map(\.number) == [1])
        #expect(report.tables(countedWith: 1) == [2])
        let told = try #require(report.mergers?.first)
        #expect(
            told.sentence == "Los tarjetones de la mesa 2 (3 votantes) se contaron con los de la mesa 1")
        #expect(told.author?.contains("confirmó") == true)
        #expect(report.published.mergers?.map(\.author) == [nil])
        #expect(
            report.records.first?.text.contains("mesa 2 contada con la mesa 1, votantes 3\n") == true)
        // People voted in both places.
        #expect(report.places.count == 2)
        try await vote.assembly.second(try await vote.assembly.propose())
    }

    @Test func `is not frozen apart, whoever asks the database`() async throws {
        let vote = try await TwoTables.make()
        let few = vote.figures([2, 1, 0])
        try await vote.insertSheets(few, at: vote.small)
        await #expect(throws: UrnError.few) { try await vote.freeze(few, of: vote.small) }
        // With its ballots in another urn it has no count at all.
        try await vote.sign(3)
        try await vote.merge()
        await #expect(throws: UrnError.merged) { try await vote.freeze(few, of: vote.small) }
    }

    @Test(arguments: [1, 4, 5]) func `are those below five`(voters: Int) async throws {
        let vote = try await TwoTables.make(voters: (8, voters))
        let isFew = voters < Urn.fewestBallots
        if isFew { try await vote.sign(voters) }
        #expect(try await vote.file(vote.small).standing == (isFew ? .few : .free))
        guard !isFew else {
            try await vote.merge()
            return try await vote.count([8 + voters, 0, 0], at: vote.large, by: vote.assembly.jurors)
        }
        await #expect(throws: UrnError.notFew) { try await vote.merge() }
        try await vote.sign(voters)
        await #expect(throws: UrnError.notFew) { try await vote.merge() }
        try await vote.count([voters, 0, 0], at: vote.small, by: vote.jurors)
        try await vote.count([8, 0, 0], at: vote.large, by: vote.assembly.jurors)
        try await vote.assembly.canvass()
    }

    @Test func `has the same smallest number here and in the database`() async throws {
        let assembly = try await Assembly.make()
        let fewest: Int? = try await assembly.read { try await $0.value("select elections.fewest_ballots()") }
        #expect(fewest == Urn.fewestBallots && fewest == BallotBox.fewest)
        // Constraints cannot name it.
        let constraints: [String] = try await assembly.read {
            try await $0.values(
                """
                select pg_get_constraintdef(oid) from pg_constraint
                where conname in ('boxes_few_ballots_stay_closed', 'box_counts_of_five_or_more')
                """)
        }
        #expect(constraints.count == 2)
        for constraint in constraints {
            #expect(constraint.contains(">= \(BallotBox.fewest))"), "\(constraint)")
        }
    }

    @Test func `is opened where it is the whole vote`() async throws {
        // A single table, and four of twenty.
        let assembly = try await Assembly.make()
        try await assembly.adoptQuorum(second: 4)
        let session = try await assembly.openSession()
        try await assembly.letIn(assembly.people[..<4], to: session)
        assembly.clock.advance(by: 3700)
        try await assembly.vote(
            [assembly.slates[0]: 2, assembly.slates[1]: 2], at: assembly.poll, in: session)

        // Two tables with few each: what is merged is the whole vote, however small.
        let vote = try await TwoTables.make(voters: (2, 2))
        try await vote.sign(2)
        try await vote.sign(2, at: vote.large, as: vote.assembly.jurors[0])
        #expect(try await vote.file(vote.large).standing == .few)
        try await vote.merge()
        #expect(try await vote.file(vote.large).standing == .free)
        try await vote.count([2, 1, 1], at: vote.large, by: vote.assembly.jurors)
    }

    @Test func `is opened beside a table where nobody voted, which is closed with nothing`() async throws {
        let vote = try await TwoTables.make(voters: (4, 0))
        #expect(try await vote.file(vote.small).standing == .uncounted)
        try await vote.sign(0)
        try await vote.sign(4, at: vote.large, as: vote.assembly.jurors[0])
        #expect(try await vote.file(vote.large).standing == .few)
        try await vote.count([0, 0, 0], at: vote.small, by: vote.jurors)
        #expect(try await vote.file(vote.large).standing == .free)
        try await vote.count([3, 1, 0], at: vote.large, by: vote.assembly.jurors)
    }

    @Test func `is told to who confirms that its ballots go elsewhere`() async throws {
        let vote = try await TwoTables.make()
        func waiting(_ principal: Principal) async throws -> Int {
            try await PendingDesk(
                database: vote.assembly.tenants.database, sources: [TasksOfBoxes(.merges)]
            ).items(for: principal, at: vote.assembly.clock.now).map(\.count).reduce(0, +)
        }
        #expect(try await waiting(vote.assembly.committee) == 0)
        try await vote.sign(3)
        // Not to who counted the signatures, nor to the jurors of another table.
        #expect(try await waiting(vote.jurors[0]) == 0)
        #expect(try await waiting(vote.assembly.jurors[0]) == 0)
        #expect(try await waiting(vote.jurors[1]) == 1)
        #expect(try await waiting(vote.assembly.committee) == 1)
        try await vote.merge()
        #expect(try await waiting(vote.assembly.committee) == 0)
    }

    @Test func `is not left over: the last table that could take its ballots waits for it`() async throws {
        let vote = try await TwoTables.make(voters: (8, 6))
        // Six came to the second table: it is enough for itself, and the first does not wait for it.
        try await vote.count([8, 0, 0], at: vote.large, by: vote.assembly.jurors)
        // Four signed, though six came: nothing takes them any more, and nobody opens them.
        try await vote.sign(4)
        let file = try await vote.file(vote.small)
        #expect(file.standing == .few && file.urns.isStranded(vote.second))
        await #expect(throws: UrnError.receiverCounts) { try await vote.merge() }
        await #expect(throws: UrnError.few) {
            try await vote.enter(vote.figures([3, 1, 0]), at: vote.small, as: vote.jurors[0])
        }
        let omission = try ProposeOmission(
            of: vote.second, in: vote.place, because: "Votaron cuatro y la otra mesa ya se había contado")
        await #expect(throws: VotingDayError.sessionOpen) {
            _ = try await vote.runner.run(omission, as: vote.assembly.committee)
        }
        try await vote.runner.run(
            CloseSession(vote.session, of: vote.place), as: vote.assembly.committee)
        #expect(try await vote.assembly.day().isOmissible(vote.second))
        await #expect(throws: CanvassError.tablesOpen(1)) { try await vote.assembly.canvass() }
        let act = try await vote.runner.run(omission, as: vote.assembly.committee)
        try await vote.runner.run(
            SettleOmission(act, seconding: true, in: vote.place), as: vote.assembly.guarantor)
        await #expect(throws: VotingDayError.tableOmitted) { try await vote.sign(9) }
        #expect(try await vote.assembly.day().isCounted)
        try await vote.assembly.canvass()
        #expect(
            try await vote.assembly.report().omissions?.map(\.what) == [
                "Mesa 2, Coliseo, de 10 electores: votaron 4 personas, y sus tarjetones no se abrieron"
            ])
    }

    @Test func `of which fewer ballots came out than people signed is not entered either`() async throws {
        let vote = try await TwoTables.make(voters: (8, 6))
        // Three kept their ballots.
        let figures = vote.assembly.figures([2, 1, 0], blank: 0, voters: 6)
        await #expect(throws: UrnError.few) {
            try await vote.enter(figures, at: vote.small, as: vote.jurors[0])
        }
        // Nor agreed on, after sheets that said more.
        for juror in vote.jurors {
            try await vote.enter(vote.figures([4, 2, 0]), at: vote.small, as: juror)
        }
        await #expect(throws: UrnError.few) {
            try await vote.runner.run(
                ReconcileCount(figures, of: vote.small, in: vote.place, because: "Recuento"),
                as: vote.jurors[0])
        }
    }

    @Test func `is annulled with the table that counts it, and not apart`() async throws {
        let vote = try await TwoTables.make()
        try await vote.sign(3)
        try await vote.merge(as: vote.assembly.committee)
        try await vote.count([6, 3, 2], at: vote.large, by: vote.assembly.jurors)
        try await vote.runner.run(
            CloseSession(vote.session, of: vote.place), as: vote.assembly.committee)
        try await vote.assembly.canvass()
        let challenge = try await vote.assembly.challenge(vote.assembly.contest, at: vote.second)
        try await vote.assembly.decide(challenge, .annulTable)
        let report = try await vote.assembly.report()
        #expect(report.tables.map(\.number) == [1] && report.tables.map(\.isAnnulled) == [true])
        #expect(report.result == .void)
    }

    @Test func `is none where hands are raised`() async throws {
        let vote = try await TwoTables.make(Assembly.Terms(rule: "mayoria", mode: "show_of_hands"))
        try await vote.enter(vote.figures([2, 1, 0]), at: vote.small, as: vote.jurors[0])
        try await vote.runner.run(CloseTable(vote.small, in: vote.place), as: vote.assembly.committee)
        await #expect(throws: UrnError.noBallots) {
            try await vote.sign(3, at: vote.large, as: vote.assembly.jurors[0])
        }
        await #expect(throws: UrnError.noBallots) {
            try await vote.merge(vote.large, into: vote.second, as: vote.assembly.jurors[1])
        }
    }

    @Test func `goes to one of two that begin to count at once, or they wait`() async throws {
        let vote = try await TwoTables.make(voters: (6, 6))
        // A count that begins and a merger at once never leave few ballots alone.
        try await vote.sign(4)
        async let entered = Result {
            try await vote.enter(vote.figures([6, 0, 0]), at: vote.large, as: vote.assembly.jurors[0])
        }
        async let merged = Result { try await vote.merge() }
        let outcomes = await (entered, merged)
        let file = try await vote.file(vote.small)
        switch outcomes {
        // The large table waits for the few until they have come.
        case (.failure(let error), .success):
            #expect(error as? UrnError == .waits([2]))
            #expect(file.standing == .merged(into: 1))
        case (.success, .success): #expect(file.standing == .merged(into: 1))
        default: Issue.record("\(outcomes)")
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

@Suite struct `The urns of a vote` {
    private func urn(
        _ number: Int, _ stage: Urn.Stage, signed: Int? = nil, checkedIn: Int = 0,
        as table: ID<VotingTable> = ID()
    ) -> Urn {
        Urn(
            table: table, number: number, place: "Colegio", stage: stage,
            signatures: signed.map { Urn.Signatures(voters: $0, countedBy: ID(), counter: "Ana") },
            checkedIn: checkedIn)
    }

    @Test func `carry what came by way of another`() {
        let (first, second, third) = (ID<VotingTable>(), ID<VotingTable>(), ID<VotingTable>())
        let urns = VoteUrns([
            urn(1, .closed, checkedIn: 9, as: first),
            urn(2, .merged(into: first), signed: 1, as: second),
            urn(3, .merged(into: second), signed: 2, as: third),
        ])
        #expect(urns.voters(of: first) == 12 && urns.merged(into: first).map(\.number) == [2, 3])
        #expect(urns.standing(of: third) == .merged(into: 2) && urns.standing(of: first) == .free)
    }

    @Test func `prefer a table whose urn is large enough with the others`() {
        let (few, fewer, large) = (ID<VotingTable>(), ID<VotingTable>(), ID<VotingTable>())
        let urns = VoteUrns([
            urn(1, .closed, signed: 2, as: few), urn(2, .closed, signed: 1, as: fewer),
            urn(3, .closed, checkedIn: 30, as: large), urn(4, .counting, checkedIn: 30),
        ])
        #expect(urns.receivers(for: few).map(\.table) == [large])
        let alone = VoteUrns(Array(urns.all.prefix(2)))
        #expect(alone.receivers(for: few).map(\.table) == [fewer])
    }

    @Test func `wait for a table that is still to vote, and are left over without one`() {
        let few = ID<VotingTable>()
        let counted = [urn(1, .closed, signed: 2, as: few), urn(2, .counted(ballots: 9))]
        #expect(VoteUrns(counted).isStranded(few))
        let urns = VoteUrns(counted + [urn(3, .unopened)])
        #expect(urns.standing(of: few) == .few && !urns.isStranded(few) && urns.receivers(for: few).isEmpty)
        #expect(VoteUrns([urn(1, .closed, signed: 2, as: few), urn(3, .omitted)]).standing(of: few) == .free)
    }

    /// However the tables of a vote come to be counted, no urn with few ballots is opened apart and none is left over:
    /// a random day, in which each table does what the rule lets it.
    @Test(arguments: 0..<200) func `leave no table over that closes with the others`(seed: UInt64) {
        var random = SeededDay(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        let tables = (0..<Int(random.next() % 5 + 2)).map { _ in ID<VotingTable>() }
        let people = tables.map { _ in Int(random.next() % 3 == 0 ? random.next() % 40 : random.next() % 6) }
        var stages = tables.map { _ in Urn.Stage.closed }
        var signed = Set<Int>()
        func urns() -> VoteUrns {
            VoteUrns(
                tables.indices.map {
                    urn(
                        $0 + 1, stages[$0], signed: signed.contains($0) ? people[$0] : nil,
                        checkedIn: people[$0], as: tables[$0])
                })
        }
        var opened: [Int] = []
        for _ in 0..<200 {
            let now = urns()
            let index = Int(random.next() % UInt64(tables.count))
            guard stages[index] == .closed else { continue }
            switch now.standing(of: tables[index]) {
            case .uncounted: signed.insert(index)
            case .few:
                if let receiver = now.receivers(for: tables[index]).first {
                    signed.insert(index)
                    stages[index] = .merged(into: receiver.table)
                }
            case .free:
                let ballots = now.voters(of: tables[index])
                #expect(!now.areFew(ballots, at: tables[index]), "seed \(seed)")
                opened.append(ballots)
                stages[index] = .counted(ballots: ballots)
            case .waiting, .merged: break
            }
        }
        let isOver = stages.allSatisfy { if case .closed = $0 { false } else { true } }
        #expect(isOver, "seed \(seed): \(people) \(stages)")
        #expect(opened.reduce(0, +) == people.reduce(0, +), "seed \(seed)")
        let counted = opened.filter { $0 > 0 }
        #expect(
            counted.count < 2 || counted.allSatisfy { $0 >= Urn.fewestBallots }, "seed \(seed): \(opened)")
    }
}

/// A small generator whose seed is printed where a day fails.
private struct SeededDay: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
