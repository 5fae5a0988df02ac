import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Elections
@testable import Tenancy

@Suite struct `The order of a ballot` {
    /// Has it drawn: announced and named by the committee, confirmed by the guarantor.
    private func draw(_ number: String = "4711", in assembly: Assembly) async throws -> Draw {
        try await announce(in: assembly)
        try await name(number, in: assembly)
        return try await confirm(1, in: assembly, as: assembly.guarantor)
    }

    private func announce(in assembly: Assembly) async throws {
        try await assembly.runner.run(
            AnnounceDraw(
                of: assembly.contest, in: assembly.place, for: .ballotOrder, from: "Lo dice la personera"),
            as: assembly.committee)
    }

    private func name(_ number: String, in assembly: Assembly) async throws {
        try await assembly.runner.run(
            NameDrawNumber(
                number, of: assembly.contest, in: assembly.place, for: .ballotOrder,
                witnesses: "La personera, que lo leyó"), as: assembly.committee)
    }

    private func confirm(_ attempt: Int, in assembly: Assembly, as principal: Principal) async throws -> Draw
    {
        try await assembly.runner.run(
            ConfirmDraw(attempt, of: assembly.contest, in: assembly.place, for: .ballotOrder), as: principal)
    }

    private func order(in assembly: Assembly) async throws -> BallotOrder {
        try await assembly.runner.fetch(
            ReadBallotOrder(of: assembly.contest, in: assembly.place), as: assembly.committee)
    }

    private func papers(in assembly: Assembly) async throws -> [BallotPaper] {
        try await assembly.runner.fetch(ReadPapers(in: assembly.place), as: assembly.committee).ballots
    }

    private func ballot(in assembly: Assembly) async throws -> [String] {
        try await assembly.read { transaction in
            try await transaction.values(
                """
                select slates.name from elections.ballot_options as options
                join elections.slates on slates.organization_id = \(assembly.organization.id)
                    and slates.slate_id = options.slate_id
                where options.organization_id = \(assembly.organization.id) order by options.number
                """)
        }
    }

    @Test func `is drawn as announced, and stands on lists, papers, the public board and the ballot`()
        async throws
    {
        var terms = Assembly.Terms()
        terms.slates = 5
        let assembly = try await Assembly.make(terms)
        let came = (1...5).map { "Plancha \($0)" }
        #expect(try await order(in: assembly).standing == came)
        #expect(try await papers(in: assembly).map(\.isOrderOpen) == [true])
        // What comes out is by chance; another draw of five that gives the order of before is one of 120.
        var drawn = try await draw(in: assembly).winners.map(\.rawValue)
        #expect(Set(drawn) == Set(came))
        let found = try await order(in: assembly)
        #expect(found.standing == drawn && found.refusal == .drawn && found.file == nil)
        let record = try #require(found.draw)
        #expect(record.outcome == drawn && record.number == "4711" && !record.orderSteps.isEmpty)
        let again = try Draw(
            among: came.map { Contender(rawValue: $0) }, places: 5, seed: DrawSeed(record.seed))
        #expect(again.winners.map(\.rawValue) == drawn)

        let (place, organization) = (assembly.place, assembly.organization.id)
        let list = try await assembly.runner.fetch(
            ListSlates(of: place.process, of: place.alliance), as: assembly.committee)
        let paper = try #require(try await papers(in: assembly).first)
        #expect(paper.options.map(\.name) == drawn && !paper.isOrderOpen)
        #expect(list.slates.map(\.name) == drawn && list.slates.map(\.number) == [1, 2, 3, 4, 5])
        #expect(list.contestsToOrder.isEmpty && list.orderedContests == [assembly.contest])
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: organization))) {
            try await $0.publishSlates(of: place.alliance)
        }
        let published = try await assembly.tenants.database.read(PublicScope()) { transaction in
            try await transaction.publishedSlates(of: place.process, of: place.alliance, in: organization)
        }
        #expect(published.map(\.name) == drawn)
        #expect(published.allSatisfy { $0.draw?.seed == record.seed && $0.draw?.seal == record.seal })
        #expect(published.first?.draw?.orderSteps == record.orderSteps)

        // Who leaves after the draw leaves a gap that closes; the others keep their order.
        try await assembly.runner.run(
            WithdrawSlate(
                assembly.slates[2], because: "Renunciaron", of: place.process, of: place.alliance),
            as: assembly.committee)
        drawn.removeAll { $0 == "Plancha 3" }
        _ = try await assembly.begin()
        #expect(try await ballot(in: assembly) == drawn)
    }

    @Test func `is drawn once, between those who were announced`() async throws {
        let assembly = try await Assembly.make()
        try await announce(in: assembly)
        #expect(try await order(in: assembly).file?.overtaken == nil)
        await #expect(throws: CanvassError.drawAnnounced) { try await announce(in: assembly) }
        try await name("7", in: assembly)
        await #expect(throws: AccessError.self) {
            _ = try await confirm(1, in: assembly, as: assembly.committee)
        }
        // Somebody leaves in between: the list that was sealed is another.
        try await assembly.runner.run(
            WithdrawSlate(
                assembly.slates[0], because: "Renunciaron", of: assembly.place.process,
                of: assembly.place.alliance), as: assembly.committee)
        await #expect(throws: CanvassError.drawNotAnnounced) {
            _ = try await confirm(1, in: assembly, as: assembly.guarantor)
        }
        let waiting = try #require(try await order(in: assembly).file)
        #expect(waiting.announcement == nil && waiting.number == nil)
        #expect(waiting.overtaken?.among == ["Plancha 1", "Plancha 2", "Plancha 3"])
        let draw = try await draw("8", in: assembly)
        #expect(Set(draw.winners.map(\.rawValue)) == ["Plancha 2", "Plancha 3"])
        await #expect(throws: BallotOrderError.drawn) { try await announce(in: assembly) }
        await #expect(throws: BallotOrderError.drawn) {
            _ = try await confirm(1, in: assembly, as: assembly.jurors[0])
        }
    }

    @Test func `waits for those who are not decided, and asks for two`() async throws {
        var terms = Assembly.Terms()
        terms.slates = 2
        let assembly = try await Assembly.make(terms)
        let organization = assembly.organization.id
        func set(_ state: String) async throws {
            try await assembly.tenants.database.transaction(TenantScope(.terminal(in: organization))) {
                _ = try await $0.execute(
                    """
                    update elections.slates set state = \(state),
                        decided_at = case when \(state) = 'registered' then null else registered_at end
                    where organization_id = \(organization) and slate_id = \(assembly.slates[1])
                    """)
            }
        }
        try await set("registered")
        await #expect(throws: BallotOrderError.slatesUndecided(1)) { try await announce(in: assembly) }
        try await set("rejected")
        await #expect(throws: BallotOrderError.nothingToOrder) { try await announce(in: assembly) }
        try await set("admitted")
        _ = try await assembly.begin()
        await #expect(throws: BallotOrderError.onBallots) { try await announce(in: assembly) }
    }

    @Test func `is asked of an electronic box before it is sealed`() async throws {
        let assembly = try await Assembly.make()
        let box = try await assembly.runner.run(
            DraftBox(
                of: [assembly.contest],
                BallotBox.Choices(opensAt: assembly.clock.now, closesAt: assembly.clock.now + 3600),
                in: assembly.place), as: assembly.committee)
        func obstacles() async throws -> [BoxObstacle] {
            try await assembly.runner.fetch(ReadBox(box, in: assembly.place), as: assembly.committee)
                .obstacles(at: assembly.clock.now)
        }
        let missing = BoxObstacle.orderNotDrawn(assembly.contest, "Comité organizador")
        #expect(try await obstacles().contains(missing))
        let drawn = try await draw(in: assembly).winners.map(\.rawValue)
        #expect(try await !obstacles().contains(missing))
        let file = try await assembly.runner.fetch(ReadBox(box, in: assembly.place), as: assembly.committee)
        #expect(file.questions.first?.options.map(\.name) == drawn)
    }

    @Test func `is confirmed from the list of what waits`() async throws {
        let assembly = try await Assembly.make()
        func waiting(for principal: Principal) async throws -> [PendingItem] {
            try await assembly.tenants.database.read(TenantScope(principal)) { transaction in
                try await TasksOfOthers(.draws).items(
                    in: transaction, on: ColombianTime.date(at: assembly.clock.now), at: assembly.clock.now)
            }
        }
        try await announce(in: assembly)
        #expect(try await waiting(for: assembly.guarantor).isEmpty)
        try await name("7", in: assembly)
        #expect(try await waiting(for: assembly.guarantor).map(\.kind) == [.orderToConfirm])
        #expect(try await waiting(for: assembly.committee).isEmpty)
        _ = try await confirm(1, in: assembly, as: assembly.guarantor)
        #expect(try await waiting(for: assembly.guarantor).isEmpty)
    }
}
