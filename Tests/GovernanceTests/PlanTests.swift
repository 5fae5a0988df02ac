import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Work plans: how they are written and changed, what fulfils them, how two years compare; 13 March 2026 is today.
@Suite struct PlanTests {
    private static func terms(
        _ axis: PolicyAxis, _ activity: String, target: Int? = nil, by kinds: [Happening.Kind] = [],
        months: [Int] = []
    ) throws -> ActivityTerms {
        try ActivityTerms(
            axis: axis, activity: activity, months: months,
            target: target.map { try ActivityTerms.Target($0, "veces") }, responsible: "Junta",
            fulfilledBy: kinds)
    }

    private static func happening(
        _ kind: Happening.Kind, _ text: String, amount: Int = 1, for activity: ID<WorkPlan.Activity>? = nil
    ) throws -> Happening {
        Happening(kind, id: UUID(), on: try day(text), title: "Algo", amount: amount, for: activity)
    }

    // MARK: Fulfilment

    @Test(arguments: [
        // Nothing yet, in the year and before the months begin.
        ([Int](), "2026-03-13", 0, Fulfilment.Standing.open), ([6, 7], "2026-03-13", 0, .ahead),
        // Something, and enough.
        ([6, 7], "2026-03-13", 1, .partial), ([Int](), "2026-03-13", 2, .met), ([1], "2026-03-13", 2, .met),
        // Its last month is about to end, ends, and is over.
        ([3], "2026-03-01", 1, .due(daysLeft: 30)), ([3], "2026-03-31", 0, .due(daysLeft: 0)),
        ([2], "2026-03-13", 1, .overdue), ([Int](), "2027-01-01", 1, .overdue),
        // A month that is short, before its days are counted as few.
        ([4], "2026-03-31", 0, .ahead),
    ])
    func `an activity stands by what happened, its target and its months`(
        months: [Int], today: String, done: Int, standing: Fulfilment.Standing
    ) throws {
        let activity = WorkPlan.Activity(
            number: "2.1",
            terms: try Self.terms(.citizens, "Taller", target: 2, by: [.training], months: months))
        let happened = try (0..<done).map { _ in try Self.happening(.training, "2026-01-20") }
        let counted = Fulfilment(of: activity, in: 2026, by: happened, on: try day(today))
        #expect(counted.standing == standing)
        #expect(counted.measured == done)
    }

    @Test func `without a target, or without what would prove it, nobody can tell`() throws {
        let today = try day("2026-03-13")
        let happened = [try Self.happening(.training, "2026-01-20")]
        for terms in [
            try Self.terms(.citizens, "Taller", by: [.training]),
            try Self.terms(.citizens, "Taller", target: 2),
        ] {
            let counted = Fulfilment(
                of: WorkPlan.Activity(number: "2.1", terms: terms), in: 2026, by: happened, on: today)
            #expect(counted.standing == .unproven)
            #expect(counted.percent == nil)
        }
    }

    @Test func `what was done for an activity counts for it alone, what is to come counts for none`() throws {
        let own = WorkPlan.Activity(
            number: "2.1", terms: try Self.terms(.citizens, "Uno", target: 4, by: [.training]))
        let other = WorkPlan.Activity(
            number: "3.1",
            terms: try Self.terms(.culture, "Otro", target: 4, by: [.training, .trainedPerson]))
        let happened = [
            try Self.happening(.training, "2026-01-20", for: own.id),
            try Self.happening(.training, "2026-02-20"), try Self.happening(.training, "2026-03-14"),
            try Self.happening(.training, "2025-12-31"),
            try Self.happening(.trainedPerson, "2026-02-20", amount: 12),
            try Self.happening(.report, "2026-02-20"),
        ]
        let today = try day("2026-03-13")
        let first = Fulfilment(of: own, in: 2026, by: happened, on: today)
        #expect(first.measured == 2 && first.percent == 50)
        let second = Fulfilment(of: other, in: 2026, by: happened, on: today)
        #expect(second.measured == 13 && second.percent == 325)
        #expect(second.measured(in: 1...1) == 0)
    }

    // MARK: Drafts

    @Test func `a draft is edited activity by activity, and numbers follow`() throws {
        var plan = try WorkPlan(
            year: 2026, title: " Plan 2026 ", objective: "Participar",
            activities: [
                Self.terms(.control, "Veeduría"), Self.terms(.citizens, "Taller"),
                Self.terms(.control, "Visita"),
            ])
        #expect(plan.title == "Plan 2026")
        #expect(plan.activities.map(\.number) == ["2.1", "4.1", "4.2"])
        let watch = try plan.activity(numbered: "4.1").id
        plan = try plan.changing(watch, to: Self.terms(.citizens, "Veeduría ciudadana"))
        #expect(plan.activities.map(\.activity) == ["Taller", "Veeduría ciudadana", "Visita"])
        #expect(plan.activities.map(\.number) == ["2.1", "2.2", "4.1"])
        #expect(try plan.activity(watch).number == "2.2")
        plan = plan.adding([try Self.terms(.culture, "Campaña")])
        plan = try plan.removing(plan.activity(numbered: "2.1").id)
        #expect(plan.activities.map(\.number) == ["2.1", "3.1", "4.1"])
        #expect(throws: PlanError.activityNotFound) { try plan.removing(ID()) }
        #expect(throws: PlanError.notApproved) { try plan.amended(because: "Cambió el año") }
    }

    @Test func `what cannot be an activity is refused`() throws {
        #expect(throws: PlanError.unnamedActivity) { try ActivityTerms(axis: .control, activity: " ") }
        #expect(throws: PlanError.unknownMonth) {
            try ActivityTerms(axis: .control, activity: "Visita", months: [13])
        }
        #expect(throws: PlanError.targetIncomplete) { try ActivityTerms.Target(0, "visitas") }
        #expect(throws: PlanError.targetIncomplete) { try ActivityTerms.Target(3, " ") }
        let told = try Self.terms(.control, "Visita", target: 1, by: [.report], months: [12, 3, 3])
        #expect(told.months == [3, 12] && told.gaps.isEmpty)
        #expect(
            try ActivityTerms(axis: .control, activity: "Visita").gaps == [
                "la meta", "con qué se cumple", "quién responde", "cuándo",
            ])
    }

    private func start(_ setting: Setting, _ activities: [ActivityTerms], year: Int = 2026) async throws
        -> ID<WorkPlan>
    {
        try await setting.run(
            StartPlan(
                WorkPlan(
                    year: year, title: "Plan \(year)", objective: "Participar", activities: activities),
                of: setting.alliance.id))
    }

    @Test func `a plan is written, approved by its minutes, and changed by another version with its reason`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let first = try await start(setting, [])
        await #expect(throws: PlanError.yearTaken(2026)) { _ = try await start(setting, []) }
        await #expect(throws: PlanError.withoutActivities) {
            try await setting.run(ApprovePlan(first, of: alliance, on: day("2026-03-13"), in: "Acta 3"))
        }
        let terms = try ActivityTerms(
            axis: .citizens, line: "Formación", activity: "Taller", means: "En la sede", months: [3, 8],
            indicator: "Talleres", target: ActivityTerms.Target(2, "talleres"),
            start: ActivityTerms.Baseline(1, asOf: day("2025-12-31")), baseline: "Uno en 2025",
            responsible: "Junta", budget: 3_000_000_000, population: "Usuarios", fulfilledBy: [.training])
        let written = try await setting.run(EditPlan(first, of: alliance, .add([terms])))
        let read = try await setting.fetch(ReadPlan(of: alliance, in: 2026))
        #expect(read.plan == written)
        #expect(read.plan?.activities.map(\.terms) == [terms])
        #expect(read.draft?.id == first && read.plan?.budget == 3_000_000_000)

        #expect(throws: PlanError.actMissing) {
            try ApprovePlan(first, of: alliance, on: day("2026-03-13"), in: " ")
        }
        let paper = try setting.paper()
        try await setting.run(
            ApprovePlan(first, of: alliance, on: day("2026-03-13"), in: "Acta 3", paper: paper))
        await #expect(throws: PlanError.alreadyApproved) {
            try await setting.run(ApprovePlan(first, of: alliance, on: day("2026-03-12"), in: "Acta 2"))
        }
        await #expect(throws: PlanError.notADraft) {
            try await setting.run(EditPlan(first, of: alliance, .add([terms])))
        }
        #expect(throws: PlanError.changeReasonMissing) { try AmendPlan(first, of: alliance, because: " ") }
        let second = try await setting.run(
            AmendPlan(first, of: alliance, because: "La entidad cambió la sede"))
        await #expect(throws: PlanError.yearTaken(2026)) {
            _ = try await setting.run(AmendPlan(first, of: alliance, because: "Otra vez"))
        }
        var answer = try await setting.fetch(ReadPlan(of: alliance, in: 2026))
        // The version in force counts until the other is approved, and the activity is the same in both.
        #expect(answer.plan?.id == first && answer.draft?.id == second)
        #expect(answer.draft?.activities == answer.plan?.activities)
        #expect(answer.papers.map(\.subject) == [.plan(first)])
        try await setting.run(EditPlan(second, of: alliance, .add([Self.terms(.control, "Visita")])))
        try await setting.run(ApprovePlan(second, of: alliance, on: day("2026-03-13"), in: "Acta 4"))
        answer = try await setting.fetch(ReadPlan(of: alliance, in: 2026))
        #expect(answer.plan?.id == second && answer.draft == nil)
        #expect(answer.versions.map(\.version) == [2, 1])
        #expect(answer.plan?.changeReason == "La entidad cambió la sede")
    }

    @Test func `what was told of an activity stays with it through versions and edits, and is not lost`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let plan = try await start(
            setting, [Self.terms(.citizens, "Taller"), Self.terms(.citizens, "Visita")])
        let visit = try #require(try await setting.fetch(ReadPlan(of: alliance)).plan?.activities.last)
        for progress in ["Una visita", "Dos visitas"] {
            try await setting.run(FollowPlan(plan, of: alliance, activity: "2.2", in: 2, progress: progress))
            setting.tenants.clock.advance(by: 60)
        }
        await #expect(throws: PlanError.activityFollowed("2.2")) {
            try await setting.run(EditPlan(plan, of: alliance, .remove(visit.id)))
        }
        await #expect(throws: PlanError.monthToCome) {
            try await setting.run(FollowPlan(plan, of: alliance, activity: "2.1", in: 4, progress: "Taller"))
        }
        await #expect(throws: PlanError.unknownActivity("9.9")) {
            try await setting.run(FollowPlan(plan, of: alliance, activity: "9.9", in: 3, progress: "Taller"))
        }
        // Its number changes, and what was told of it is still its own.
        let first = try #require(try await setting.fetch(ReadPlan(of: alliance)).plan?.activities.first)
        try await setting.run(EditPlan(plan, of: alliance, .remove(first.id)))
        try await setting.run(ApprovePlan(plan, of: alliance, on: day("2026-03-13"), in: "Acta 3"))
        let second = try await setting.run(AmendPlan(plan, of: alliance, because: "Falta algo"))
        try await setting.run(ApprovePlan(second, of: alliance, on: day("2026-03-13"), in: "Acta 4"))
        let proof = try StoredFile(
            name: "visita.pdf", content: Array("%PDF-1.4".utf8), effectiveOn: day("2026-03-12"))
        try await setting.run(
            FollowPlan(
                second, of: alliance, activity: "2.1", in: 3, progress: "Tres visitas", evidence: proof))
        let told = try await setting.fetch(ReadPlan(of: alliance)).followUps
        #expect(told.map(\.progress) == ["Dos visitas", "Tres visitas"])
        #expect(told.allSatisfy { $0.activity == visit.id })
        #expect(told.map { $0.evidence != nil } == [false, true])
    }

    @Test func `the plan of an alliance is none of another`() async throws {
        let setting = try await Setting.make()
        let other = try await setting.tenants.alliance("Otra alianza", in: setting.organization)
        let plan = try await start(setting, [Self.terms(.citizens, "Taller")])
        await #expect(throws: PlanError.notFound) {
            _ = try await setting.run(EditPlan(plan, of: other.id, .add([])))
        }
        #expect(try await setting.fetch(ReadPlan(of: other.id)).plan == nil)
    }

    // MARK: Happenings

    @Test func `each kind of happening has its counter`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        for kind in Meeting.Kind.allCases {
            let meeting = try Meeting(kind: kind, title: kind.title, day: day("2026-03-10"))
            try await setting.run(PlanMeeting(meeting, of: alliance))
            try await setting.run(
                RecordMinutes(
                    of: meeting.id, in: alliance, number: kind.rawValue, datedOn: day("2026-03-10"),
                    attendees: 12, narrative: ["Se habló."], paper: kind == .training ? setting.paper() : nil)
            )
        }
        // What is planned, or lies in another year, is not counted.
        try await setting.run(
            PlanMeeting(Meeting(kind: .training, title: "Otra", day: day("2026-03-12")), of: alliance))
        try await setting.run(
            RecordReport(
                of: alliance, kind: .consolidated, title: "Informe", on: day("2026-03-01"), about: 2026,
                to: "Asociados"))
        let commitment = try await setting.run(
            MakeCommitment("Enviar", by: .office, until: nil, of: alliance))
        try await setting.run(FollowCommitment(commitment, of: alliance, .done, note: "Se envió"))
        let plan = try await start(setting, [Self.terms(.citizens, "Taller")])
        try await setting.run(ApprovePlan(plan, of: alliance, on: day("2026-03-13"), in: "Acta 3"))
        let days = try day("2026-01-01")...day("2026-12-31")
        let found = try await setting.read {
            try await $0.happenings(Happening.Kind.allCases, of: alliance, in: days)
        }
        let counts = Dictionary(grouping: found, by: \.kind).mapValues { $0.reduce(0) { $0 + $1.amount } }
        for kind in Meeting.Kind.allCases { #expect(counts[Happening.Kind(kind)] == 1, "\(kind)") }
        #expect(counts[.trainedPerson] == 12)
        #expect(counts[.sealedMinutes] == 1)
        #expect(counts[.report] == 1 && counts[.keptCommitment] == 1 && counts[.approvedPlan] == 1)
        #expect(counts[.newMember] == nil && counts[.approvedBylaws] == nil)
        let before = try await setting.read {
            try await $0.happenings(
                Happening.Kind.allCases, of: alliance, in: day("2025-01-01")...day("2025-12-31"))
        }
        #expect(before.isEmpty)
    }

    @Test func `a training that is held moves its activity by one`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        _ = try await start(
            setting,
            [Self.terms(.citizens, "Capacitarse", target: 12, by: [.training], months: Array(1...12))])
        func measured() async throws -> Int? {
            try await setting.fetch(ReadPlan(of: alliance)).fulfilment?.activities.first?.measured
        }
        #expect(try await measured() == 0)
        let meeting = try Meeting(kind: .training, title: "Rutas de atención", day: day("2026-03-12"))
        try await setting.run(PlanMeeting(meeting, of: alliance))
        #expect(try await measured() == 0)
        try await setting.run(
            RecordMinutes(
                of: meeting.id, in: alliance, number: "1", datedOn: day("2026-03-12"), attendees: 9,
                narrative: ["Taller."]))
        #expect(try await measured() == 1)
    }

    // MARK: Two years

    @Test func `two years stand side by side by what an activity goes on with, or by its words`() throws {
        let before = try WorkPlan(
            year: 2025, title: "Plan 2025", objective: "Participar",
            activities: [
                Self.terms(.citizens, "Taller"), Self.terms(.citizens, "Boletín"),
                Self.terms(.control, "Visita"),
            ])
        var now = before.copied(to: 2026)
        #expect(now.title == "Plan 2026" && now.version == 1)
        #expect(now.activities.map(\.continues) == before.activities.map(\.id))
        now = try now.changing(
            now.activity(numbered: "2.1").id,
            to: ActivityTerms(
                axis: .citizens, activity: "Capacitación", continues: before.activity(numbered: "2.1").id))
        now = try now.removing(now.activity(numbered: "2.2").id)
        now = try now.changing(
            now.activity(numbered: "4.1").id, to: ActivityTerms(axis: .control, activity: "VISITA"))
        now = now.adding([try Self.terms(.decision, "Comité")])
        let today = try day("2026-03-13")
        let pairs = ComparePlans.pairs(
            of: PlanFulfilment(of: before, by: [], on: today), and: PlanFulfilment(of: now, by: [], on: today)
        )
        #expect(pairs.map(\.axis) == [.citizens, .control, .decision])
        let words = pairs.flatMap(\.pairs).map {
            [$0.before?.activity.activity ?? "—", $0.now?.activity.activity ?? "—"]
        }
        #expect(
            words == [
                ["Taller", "Capacitación"], ["Boletín", "—"], ["Visita", "VISITA"], ["—", "Comité"],
            ])
    }
}
