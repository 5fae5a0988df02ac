import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct ContestTests {
    private static func choices(_ name: String, _ seats: [ID<Seat>]) -> ContestChoices {
        ContestChoices(
            name: name, seats: seats, candidature: .individuals, votingMode: .paper, rule: .simpleMajority,
            alternates: .none, rulesSource: "Estatutos, artículo 9")
    }

    @Test func `eight posts are elected in seven ballots in one morning`() async throws {
        let setting = try await ElectionSetting.make(members: 6)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let other = try await runner.run(
            CreateBody(
                "Comité de ética", kind: .ethicsCommittee, of: alliance, isExternal: true,
                term: TermLimit(
                    months: 24, norm: nil, isConfirmed: false, consecutiveTerms: 2,
                    consecutiveTermsNorm: nil),
                formation: .proclamation, continuesUntilReplaced: false,
                seats: (1...3).map { ("Delegado \($0)", nil) }), as: setting.office)
        let process = try await runner.run(
            DraftProcess("Elección", of: alliance, electing: [setting.body, other.id]), as: setting.office
        ).id
        let drafted = try await setting.file(process).contests
        // Five posts of the committee, each on a ballot of its own; two delegates together, one apart: 5 + 2.
        try await runner.run(
            SplitContest(drafted[0].id, of: process, of: alliance), as: setting.office)
        var delegates = ContestChoices(drafted[1])
        let last = delegates.seats.removeLast()
        try await runner.run(
            ChangeContest(drafted[1].id, to: delegates, in: process, of: alliance), as: setting.office)
        try await runner.run(
            AddContest(Self.choices("Delegado de turno", [last]), to: process, of: alliance),
            as: setting.office)

        let contests = try await setting.file(process).contests
        #expect(contests.count == 7 && contests.map(\.seats.count).reduce(0, +) == 8)
        #expect(Set(contests.map(\.position)).count == 7)
        #expect(Set(contests.map(\.body)).count == 2)
        #expect(contests.filter { $0.seats.count == 1 }.allSatisfy { $0.rule == .simpleMajority })

        let today = ColombianTime.date(at: setting.tenants.clock.now)
        func compute(_ day: CalendarDate) async throws {
            try await runner.run(
                ComputeCalendar(
                    of: process, of: alliance, votingOn: day, from: try #require(TimeOfDay("08:00")),
                    until: try #require(TimeOfDay("12:00"))), as: setting.office)
        }
        // Who chooses too early a day is told the first that can be.
        let refusal = await #expect(throws: CalendarError.self) { try await compute(today + 1) }
        guard case .tooSoon(_, let first?) = refusal else {
            Issue.record("\(String(describing: refusal))"); return
        }
        await #expect(throws: CalendarError.self) { try await compute(first + -1) }
        try await compute(first)
        try await setting.compute(process)
        try await setting.addTable(to: process)
        try await runner.run(
            PublishCall(of: process, of: alliance, through: ["Cartelera"]), as: setting.committee)
        let call = try #require(try await setting.file(process).call)
        #expect(contests.allSatisfy { call.contains($0.name) })
        #expect(call.contains("Mesa 1: Institución Educativa Central, Calle 1 # 2-3"))
        // It is of the day on which it was published, and nominations run from then on, whatever was planned.
        let published = SpanishFormat.moment(setting.tenants.clock.now)
        #expect(call.contains("- Convocatoria: \(published)"))
        let begun = SpanishFormat.dayAndMonth(today)
        #expect(call.contains("- Inscripción de candidaturas: desde el \(begun)"))
        #expect(call.contains("Qué se pide a quien vota:") && call.contains("- Mayoría de edad."))
        #expect(
            call.contains(
                "Publica: Comité Prueba, por el comité electoral, el \(SpanishFormat.sentence(published))"))
    }

    @Test func `a seat is on one ballot alone, and a ballot is of one body`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.drafted()
        let contest = try #require(try await setting.file(process).contests.first)
        await #expect(throws: ContestError.seatTaken) {
            try await runner.run(
                AddContest(Self.choices("Otra vez", [contest.seats[0]]), to: process, of: alliance),
                as: setting.office)
        }
        await #expect(throws: ContestError.seatsOfSeveralBodies) {
            try await runner.run(
                AddContest(Self.choices("De nadie", [ID()]), to: process, of: alliance), as: setting.office)
        }
        await #expect(throws: ContestError.lastContest) {
            try await runner.run(
                RemoveContest(contest.id, of: process, of: alliance), as: setting.office)
        }
    }

    private static let misfits: [(Contest.Candidature, CountingRule, Contest.VotingMode, String?, String)] = [
        (.slates, .atLarge, .paper, "1/2", "rule"), (.individuals, .quotient, .paper, nil, "rule"),
        (.individuals, .simpleMajority, .paper, nil, "rule"),
        (.individuals, .atLarge, .singleList, nil, "mode"), (.slates, .quotient, .showOfHands, nil, "mode"),
        (.slates, .simpleMajority, .paper, "1/2", "threshold"),
    ]

    @Test(arguments: misfits)
    func `a rule that does not fit is refused beside its question`(
        _ candidature: Contest.Candidature, _ rule: CountingRule, _ mode: Contest.VotingMode,
        _ threshold: String?, _ field: String
    ) throws {
        let body = Body(
            id: ID(), alliance: nil, name: "Comité", kind: .other, isExternal: false,
            term: try TermLimit(
                months: 24, norm: nil, isConfirmed: false, consecutiveTerms: nil, consecutiveTermsNorm: nil),
            formation: .proclamation, continuesUntilReplaced: true)
        let seats = (1...3).map {
            Seat(id: ID(), body: body.id, position: $0, title: "\($0)", sector: nil, isElected: true)
        }
        let choices = ContestChoices(
            name: "Comité", seats: seats.map(\.id), candidature: candidature, votingMode: mode, rule: rule,
            threshold: threshold.flatMap { Fraction($0) }, rulesSource: "Estatutos")
        #expect {
            try choices.contest(in: ID(), at: 1, of: (body, seats), under: nil)
        } throws: { error in
            (error as? ContestError)?.field == field
        }
    }

    @Test func `after the call nobody adds, changes, splits or removes a contest`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let (runner, alliance) = (setting.tenants.runner, setting.alliance.id)
        let process = try await setting.called()
        let contest = try #require(try await setting.file(process).contests.first)
        let commands: [any Command] = [
            AddContest(Self.choices("Otra", contest.seats), to: process, of: alliance),
            ChangeContest(contest.id, to: ContestChoices(contest), in: process, of: alliance),
            SplitContest(contest.id, of: process, of: alliance),
            RemoveContest(contest.id, of: process, of: alliance),
            MoveMilestone(
                .claims, to: setting.tenants.clock.now, until: nil, because: "x", in: process, of: alliance),
        ]
        for command in commands {
            await #expect(throws: ProcessError.alreadyCalled) {
                try await runner.run(command, as: setting.office)
            }
        }
    }
}

extension ElectionSetting {
    /// All that a process holds.
    func file(_ process: ID<ElectoralProcess>) async throws -> ProcessFile {
        try await tenants.runner.fetch(ReadProcess(process, of: alliance.id), as: office)
    }
}
