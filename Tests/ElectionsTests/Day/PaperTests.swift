import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct `What is printed for a vote` {
    @Test func `has the options in the order in which the table counts them`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place) = (assembly.runner, assembly.place)
        let before = try await runner.fetch(ReadPapers(in: place), as: assembly.committee)
        let ballot = try #require(before.ballots.first)
        #expect(ballot.obstacle == nil && ballot.marks == 1 && ballot.round == 1)
        #expect(ballot.options.map(\.name) == ["Plancha 1", "Plancha 2", "Plancha 3"])
        #expect(ballot.options.map(\.number) == [1, 2, 3])
        #expect(ballot.options.allSatisfy { $0.principals.count == 2 && $0.alternates.isEmpty })
        #expect(before.tables.map(\.electors) == [20] && before.isWhole)

        _ = try await assembly.begin()
        let during = try await runner.fetch(ReadPapers(in: place), as: assembly.committee)
        #expect(during.ballots.first?.options == ballot.options)
        let count = try await runner.fetch(
            ReadCount(of: assembly.poll, in: place), as: assembly.jurors[0])
        #expect(count.options.map(\.name) == ballot.options.map(\.name))
    }

    @Test func `waits for what is not decided, and is over with the count`() async throws {
        let assembly = try await Assembly.make()
        let (org, process) = (assembly.organization.id, assembly.place.process)
        try await assembly.tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            _ = try await transaction.execute(
                """
                insert into elections.slates (
                    organization_id, slate_id, process_id, contest_id, name, name_folded, representative, state,
                    registered_at)
                values (\(org), \(UUID()), \(process), \(assembly.contest), 'Plancha tardía', 'plancha tardia',
                    'Ana Prueba', 'registered', \(assembly.clock.now))
                """)
        }
        let waiting = try await assembly.runner.fetch(ReadPapers(in: assembly.place), as: assembly.committee)
        #expect(waiting.ballots.map(\.obstacle) == [.undecided(1)])
        #expect(waiting.ballots.first?.options.count == 3)

        let counted = try await Assembly.make()
        try await counted.count([12, 5, 3], blank: 0)
        try await counted.runner.run(
            MakeCanvass(of: counted.contest, in: counted.place), as: counted.committee)
        let over = try await counted.runner.fetch(ReadPapers(in: counted.place), as: counted.committee)
        #expect(over.ballots.map(\.obstacle) == [.over])
    }

    @Test func `lets as many be marked as the rule says`() async throws {
        let assembly = try await Assembly.make(Assembly.Terms(rule: "plurinominal", seats: 2))
        let papers = try await assembly.runner.fetch(ReadPapers(in: assembly.place), as: assembly.committee)
        #expect(papers.ballots.map(\.marks) == [2])
        let raised = try await Assembly.make(Assembly.Terms(mode: "show_of_hands"))
        let none = try await raised.runner.fetch(ReadPapers(in: raised.place), as: raised.committee)
        #expect(none.ballots.map(\.obstacle) == [.notOnPaper])
        #expect(none.ballots.map(\.isSettled) == [true])
    }

    @Test func `is of the juror's own table, and no ballots`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place) = (assembly.runner, assembly.place)
        let own = try await runner.fetch(ReadPapers(in: place), as: assembly.jurors[1])
        #expect(!own.isWhole && own.tables.map(\.jury) == [2])
        let list = try await runner.fetch(
            ListTableElectors(of: assembly.table, in: place), as: assembly.jurors[1])
        #expect(list.electors.count == 20)
        #expect(list.roll.electors == 20)
        #expect(list.electors.map(\.document.number) == list.electors.map(\.document.number).sorted())

        let stranger = try await assembly.tenants.principal(
            .juror, of: assembly.organization, in: .process(place.process, of: place.alliance),
            name: "Jurado Tres")
        await #expect(throws: TableError.notFound) {
            try await runner.fetch(ListTableElectors(of: assembly.table, in: place), as: stranger)
        }
        await #expect(throws: AccessError.self) {
            try await runner.fetch(
                ListTableElectors(of: assembly.table, in: place), as: assembly.guarantor)
        }
    }

    @Test func `leaves a trace where somebody from outside reads names`() async throws {
        let assembly = try await Assembly.make()
        let list = ListTableElectors(of: assembly.table, in: assembly.place)
        _ = try await assembly.runner.fetch(list, as: .terminal(in: assembly.organization.id))
        let traced: [String] = try await assembly.read { transaction in
            try await transaction.values(
                "select subject_id from tenancy.audit_events where action = 'tenancy.personal_data.read'")
        }
        #expect(traced.contains { $0.contains(assembly.table.description) })
    }

    @Test func `is a credential for each who was proclaimed, with the acta that says so`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place) = (assembly.runner, assembly.place)
        try await assembly.count([12, 5, 3], blank: 0)
        try await runner.run(MakeCanvass(of: assembly.contest, in: place), as: assembly.committee)
        #expect(try await runner.fetch(ListCredentials(in: place), as: assembly.committee).isEmpty)
        let before = try await assembly.report()
        #expect(before.elected.compactMap(\.endsOn).isEmpty)
        let act = try await runner.run(
            ProposeProclamation(in: place, because: "En firme", waivers: try await assembly.holders()),
            as: assembly.committee)
        try await runner.run(SecondProclamation(act, in: place), as: assembly.guarantor)

        let credentials = try await runner.fetch(ListCredentials(in: place), as: assembly.committee)
        let report = try await assembly.report()
        let today = ColombianTime.date(at: assembly.clock.now)
        #expect(credentials.map(\.seat) == ["Integrante 1", "Integrante 2", "Integrante 3"])
        #expect(credentials.allSatisfy { $0.startsOn == today && $0.proclaimedOn == today && !$0.isPending })
        #expect(credentials.map(\.sha256) == report.elected.map { _ in report.records.last?.sha256 })
        #expect(report.elected.map(\.endsOn) == credentials.map(\.endsOn))
        #expect(report.term.hasPrefix("Del ") && report.term.contains(" al "))
        #expect(report.places == ["Colegio, Calle 1, San Antero, Córdoba"])
    }

    @Test func `says what each jury counted where they agreed on something else`() async throws {
        let assembly = try await Assembly.make()
        let (runner, place, poll) = (assembly.runner, assembly.place, assembly.poll)
        let session = try await assembly.begin()
        try await runner.run(ClosePoll(poll, of: place), as: assembly.committee)
        try await runner.run(CloseSession(session, of: place), as: assembly.committee)
        let right = assembly.figures([12, 3, 3], blank: 2)
        try await runner.run(EnterCount(right, of: poll, in: place), as: assembly.jurors[0])
        try await runner.run(
            EnterCount(assembly.figures([12, 4, 3], blank: 1), of: poll, in: place), as: assembly.jurors[1])
        try await runner.run(
            ReconcileCount(right, of: poll, in: place, because: "Se recontó"), as: assembly.jurors[0])
        try await runner.run(ConfirmAgreement(1, of: poll, in: place), as: assembly.jurors[1])
        try await runner.run(CloseTable(poll, in: place), as: assembly.committee)
        try await runner.run(MakeCanvass(of: assembly.contest, in: place), as: assembly.committee)
        let report = try await assembly.report()
        #expect(
            report.tables.first?.differences == [
                CanvassReport.Difference(figure: "Plancha 2", first: 3, second: 4, agreed: 3),
                CanvassReport.Difference(figure: "votos en blanco", first: 2, second: 1, agreed: 2),
            ])
        #expect(report.published.tables.allSatisfy { $0.differences == nil })
    }

    @Test(arguments: [
        ("Ana María Ruiz Paz", "ruiz paz ana maria", "Ruiz Paz Ana María"),
        ("Ana Ruiz", "ruiz ana", "Ruiz Ana"),
        ("Luz De la Hoz", "de la hoz luz", "De la Hoz Luz"),
        ("Ana Ruiz-Paz", "ruiz paz ana", "Ruiz-Paz Ana"),
        ("Ana Ruiz", "ana ruiz", "Ana Ruiz"),
        ("Ana Ruiz", "otra persona", "Ana Ruiz"),
    ])
    func `has the surnames first`(name: String, folded: String, listed: String) {
        #expect(RosterName.surnameFirst(name, folded: folded) == listed)
    }

    @Test(arguments: [(0, 5), (20, 5), (100, 5), (101, 6), (1500, 75)])
    func `has ballots to spare`(electors: Int, reserve: Int) {
        #expect(BallotPaper.reserve(for: electors) == reserve)
    }
}
