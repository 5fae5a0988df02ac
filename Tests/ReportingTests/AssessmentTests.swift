import Governance
import Kernel
import Tenancy
import Testing

@testable import Reporting

private let today = day("2026-03-13")

@Suite struct FoundingRuleTests {
    @Test(arguments: [
        (Alliance.State.draft, ObligationState.unproven), (.convened, .due), (.enrolling, .due),
        (.constituted, .unproven), (.registered, .unproven), (.active, .unproven),
        (.renewalDue, .unproven), (.expired, .unproven), (.dissolved, .notApplicable),
    ])
    func `an alliance is never there on the word of whoever set its state`(
        state: Alliance.State, expected: ObligationState
    ) throws {
        let said = AllianceFacts.test(state: state).assessment(of: try .of(.convening), on: today)
        #expect(said.state == expected)
    }

    @Test func `the convening is met while a constitution is kept and somebody's term runs`() throws {
        func holding(
            _ from: String, _ until: String, held: Bool = true, goesOn: Bool = false
        ) -> AllianceFacts.Holding {
            .init(
                id: ID(), startsOn: day(from), endsOn: day(until), limitMonths: 24,
                heldFrom: held ? day(from) : nil, heldUntil: held && !goesOn ? day(until) : nil,
                origin: .recorded)
        }
        let running = holding("2025-06-01", "2027-05-31")
        let gone = holding("2023-06-01", "2025-05-31")
        let acting = holding("2023-06-01", "2025-05-31", goesOn: true)
        let awaited = holding("2026-03-01", "2028-02-29", held: false)
        for (holdings, hasFile, state) in [
            ([], true, ObligationState.met), ([running], true, .met), ([running], false, .partial),
            ([gone], true, .unproven), ([acting], true, .unproven), ([gone, awaited], true, .met),
            ([gone, running], true, .met),
        ] {
            let facts = AllianceFacts.test {
                $0.constitution = .init(heldOn: day("2023-05-02"), signers: 5, hasFile: hasFile)
                $0.seats = [
                    .init(
                        body: "Junta", title: "Presidencia", limitIsConfirmed: false,
                        continuesUntilReplaced: true, holdings: holdings)
                ]
            }
            let said = facts.assessment(of: try .of(.convening), on: today)
            #expect(said.state == state, "\(holdings)")
            #expect(said.evidence.contains { $0.date == day("2023-05-02") })
        }
    }

    @Test
    func `a delegate to a body outside, or an election committee, is no sign of an alliance in its term`()
        throws
    {
        func seat(_ body: String, _ until: String, isGoverning: Bool) -> AllianceFacts.ElectedSeat {
            .init(
                body: body, title: "Puesto", isGoverning: isGoverning, limitIsConfirmed: false,
                continuesUntilReplaced: false,
                holdings: [
                    .init(
                        id: ID(), startsOn: day("2024-01-01"), endsOn: day(until), limitMonths: 36,
                        heldFrom: day("2024-01-01"), heldUntil: day(until), origin: .recorded)
                ])
        }
        let facts = AllianceFacts.test {
            $0.constitution = .init(heldOn: day("2023-05-02"), signers: 5, hasFile: true)
            $0.seats = [
                seat("Junta", "2025-12-31", isGoverning: true),
                seat("Junta de la ESE", "2026-12-31", isGoverning: false),
            ]
        }
        #expect(facts.assessment(of: try .of(.convening), on: today).state == .unproven)
    }

    @Test(arguments: Obligation.Code.allCases)
    func `a figure that nobody says is no law`(code: Obligation.Code) throws {
        let base = try Obligation.of(code)
        let bare = Obligation(
            code: code, title: base.title, duty: base.duty, bound: base.bound, norm: base.norm,
            normIsConfirmed: true, source: base.source, evidence: base.evidence, appliesTo: base.appliesTo,
            parameters: .init(), deadlineIsConfirmed: true)
        let facts = AllianceFacts.test(entity: .provider, enteredOn: day("2010-01-01"))
        let said = facts.assessment(of: ObligationTerms(bare), on: today)
        #expect(said.state != .overdue && said.state != .met)
    }

    @Test(arguments: Obligation.Code.allCases)
    func `nothing is asked of a dissolved alliance`(code: Obligation.Code) throws {
        let facts = AllianceFacts.test(entity: .provider, state: .dissolved)
        #expect(facts.assessment(of: try .of(code, confirmed: true), on: today).state == .notApplicable)
    }

    @Test(arguments: Obligation.Code.allCases)
    func `an alliance without any papers never breaches an unconfirmed deadline`(code: Obligation.Code) throws
    {
        for state in Alliance.State.allCases {
            for entity in Organization.Kind.allCases {
                let facts = AllianceFacts.test(entity: entity, state: state, enteredOn: day("2010-01-01"))
                let said = facts.assessment(of: try .of(code), on: today)
                #expect(said.state != .overdue)
                #expect(!said.finding.isEmpty)
                if said.state == .unproven { #expect(said.next != nil) }
            }
        }
    }

    @Test(arguments: [
        (Organization.Kind.insurer, ObligationState.notApplicable), (.provider, .unproven),
        (.publicHospital, .unproven), (.alliance, .notApplicable),
    ])
    func `what a provider's procedure asks is not asked of others`(
        entity: Organization.Kind, expected: ObligationState
    ) throws {
        let said = AllianceFacts.test(entity: entity).assessment(of: try .of(.meetings), on: today)
        #expect(said.state == expected)
    }

    @Test(arguments: [
        (signers: 2, hasFile: true, state: ObligationState.met),
        (signers: 1, hasFile: true, state: .partial), (signers: 34, hasFile: false, state: .partial),
        (signers: 0, hasFile: false, state: .partial),
    ])
    func `the constitution needs its minutes and two signers`(
        signers: Int, hasFile: Bool, state: ObligationState
    ) throws {
        let facts = AllianceFacts.test {
            $0.constitution = .init(heldOn: day("2025-05-02"), signers: signers, hasFile: hasFile)
        }
        let said = facts.assessment(of: try .of(.constitution), on: today)
        #expect(said.state == state)
        #expect(said.evidence.map(\.date) == [day("2025-05-02")])
    }

    @Test func `an alliance that was not constituted yet has its constitution before it`() throws {
        let facts = AllianceFacts.test(state: .enrolling)
        #expect(facts.assessment(of: try .of(.constitution), on: today).state == .due)
        #expect(facts.assessment(of: try .of(.registration), on: today).state == .notApplicable)
        #expect(facts.assessment(of: try .of(.bylaws), on: today).state == .notApplicable)
    }

    @Test func `of an alliance in preparation nothing is asked but the call`() throws {
        let facts = AllianceFacts.test(state: .draft)
        let call = facts.assessment(of: try .of(.convening), on: today)
        #expect(call.state == .unproven && call.next?.place == .alliance)
        #expect(facts.assessment(of: try .of(.constitution), on: today).state == .notApplicable)
    }

    @Test func `a registration counts with authority, number and date`() throws {
        let whole = AllianceFacts.Registration(
            authority: "Secretaría de Salud", number: "014", registeredOn: day("2025-06-01"), hasFile: true)
        var nameless = whole
        nameless.authority = ""
        var numberless = whole
        numberless.number = ""
        var dateless = whole
        dateless.registeredOn = nil
        for (registrations, state) in [
            ([whole], ObligationState.met), ([nameless], .partial), ([numberless], .partial),
            ([dateless], .partial), ([dateless, whole], .met), ([], .unproven),
        ] {
            let facts = AllianceFacts.test { $0.registrations = registrations }
            #expect(facts.assessment(of: try .of(.registration), on: today).state == state)
        }
    }

    @Test(arguments: [
        ("2026-03-12", false, ObligationState.unproven), ("2026-03-12", true, .overdue),
        ("2026-03-13", false, .due), ("2026-03-13", true, .due),
    ])
    func `a deadline to register is a breach only where it is confirmed`(
        lastDay: String, confirmed: Bool, state: ObligationState
    ) throws {
        let facts = AllianceFacts.test {
            $0.constitution = .init(heldOn: day(lastDay) - 30, signers: 5, hasFile: true)
        }
        let base = try Obligation.of(.registration)
        let timed = Obligation(
            code: base.code, title: base.title, duty: base.duty, bound: base.bound, norm: base.norm,
            normIsConfirmed: false, source: base.source, evidence: base.evidence, appliesTo: base.appliesTo,
            parameters: .init([.days: 30]), deadlineIsConfirmed: false)
        let own = OwnTerms(parameters: .init(), norm: "Decreto municipal")
        let said = facts.assessment(
            of: ObligationTerms(timed, own: confirmed ? own : nil), on: today)
        #expect(said.state == state)
        #expect(said.dueOn == day(lastDay))
        #expect(said.since == (state == .overdue ? today : nil))
    }

    @Test func `the bylaws that count are those in force, with text and minutes`() throws {
        func version(_ from: String, text: Bool = true, minutes: Bool = true) -> AllianceFacts.BylawsVersion {
            .init(
                id: ID(), title: "Estatutos", version: 1, approvedOn: day(from), inForceFrom: day(from),
                hasText: text, hasMinutes: minutes)
        }
        for (versions, state) in [
            ([], ObligationState.unproven), ([version("2026-03-13")], .met), ([version("2026-03-14")], .due),
            ([version("2025-01-01", text: false)], .partial),
            ([version("2025-01-01", minutes: false)], .partial),
            ([version("2025-01-01", text: false), version("2026-01-01")], .met),
            ([version("2026-01-01", text: false), version("2025-01-01")], .partial),
            ([version("2026-04-01"), version("2025-01-01")], .met),
        ] {
            let facts = AllianceFacts.test { $0.bylaws = versions }
            #expect(facts.assessment(of: try .of(.bylaws), on: today).state == state)
        }
    }
}

@Suite struct RepresentationRuleTests {
    private func holding(
        _ from: String, _ until: String, inForce: Bool = true, held last: String?? = .none, months: Int = 24,
        process: ID<ElectoralProcess>? = nil
    ) -> AllianceFacts.Holding {
        .init(
            id: ID(), startsOn: day(from), endsOn: day(until), limitMonths: months,
            heldFrom: inForce ? day(from) : nil, heldUntil: inForce ? (last ?? until).map(day) : nil,
            origin: process == nil ? .recorded : .election, process: process)
    }

    private func seat(
        _ holdings: AllianceFacts.Holding..., limitIsConfirmed: Bool = false, continues: Bool = false
    ) -> AllianceFacts.ElectedSeat {
        .init(
            body: "Junta directiva", title: "Presidencia", limitIsConfirmed: limitIsConfirmed,
            continuesUntilReplaced: continues, holdings: holdings)
    }

    private func said(_ seats: [AllianceFacts.ElectedSeat], _ terms: ObligationTerms) -> Assessment {
        AllianceFacts.test { $0.seats = seats }.assessment(of: terms, on: today)
    }

    @Test func `terms are met, due, partial or late by what the seats show`() throws {
        let far = holding("2025-06-01", "2027-05-31")
        let soon = holding("2024-09-10", "2026-09-09")
        let beyondWarning = holding("2024-09-11", "2026-09-10")
        let today180 = holding("2024-03-14", "2026-03-13")
        let gone = holding("2024-03-13", "2026-03-12")
        let next = holding("2026-09-10", "2028-09-09")
        let terms = try ObligationTerms.of(.terms)
        for (seats, state) in [
            ([], ObligationState.unproven), ([seat()], .unproven), ([seat(far)], .met),
            ([seat(beyondWarning)], .met), ([seat(soon)], .due), ([seat(today180)], .due),
            ([seat(soon, next)], .met), ([seat(far), seat()], .partial),
            ([seat(far), seat(gone)], .unproven), ([seat(gone, next)], .unproven),
            ([seat(far), seat(gone, next)], .partial), ([seat(gone, far)], .met),
            ([seat(holding("2026-04-01", "2028-03-31", inForce: false))], .unproven),
            ([seat(far), seat(holding("2024-06-01", "2026-05-31", held: "2025-01-01"))], .partial),
            // Who followed and left early left a seat vacant: the term before it had a successor.
            (
                [
                    seat(far),
                    seat(
                        holding("2022-01-01", "2023-12-31"),
                        holding("2024-01-01", "2025-12-31", held: "2024-06-30")),
                ], .partial
            ),
            // One that was never assumed silences nothing once its own time is over.
            (
                [
                    seat(
                        holding("2020-01-01", "2021-12-31", inForce: false),
                        holding("2024-09-10", "2026-09-09"))
                ], .due
            ),
            ([seat(holding("2025-06-01", "2028-05-31", months: 36))], .met),
        ] {
            #expect(said(seats, terms).state == state, "\(seats)")
        }
    }

    @Test func `a term that ran out is a breach where the body's limit or the entity's terms are confirmed`()
        throws
    {
        let gone = holding("2024-03-13", "2026-03-12")
        let older = holding("2024-01-01", "2025-12-31")
        let confirmedSeat = said([seat(gone, limitIsConfirmed: true), seat(older)], try .of(.terms))
        #expect(confirmedSeat.state == .overdue)
        #expect(confirmedSeat.dueOn == day("2026-03-12"))
        #expect(confirmedSeat.since == today)
        let confirmedTerms = said([seat(gone), seat(older)], try .of(.terms, confirmed: true))
        #expect(confirmedTerms.state == .overdue)
        #expect(confirmedTerms.since == day("2026-01-01"))
        let unconfirmed = said([seat(gone), seat(older)], try .of(.terms))
        #expect(unconfirmed.state == .unproven)
        #expect(unconfirmed.finding.contains("no está confirmado"))
    }

    @Test func `who continues until replaced is told, and is late all the same`() throws {
        let gone = holding("2024-03-13", "2026-03-12", held: .some(nil))
        let said = said([seat(gone, limitIsConfirmed: true, continues: true)], try .of(.terms))
        #expect(said.state == .overdue)
        #expect(said.deadlineIsConfirmed)
        #expect(said.finding.contains("en funciones"))
    }

    @Test func `a term that ran out is told whatever waits since before it, and whoever left after it`()
        throws
    {
        let gone = holding("2024-03-13", "2026-03-12")
        let neverAssumed = holding("2020-01-01", "2021-12-31", inForce: false)
        let leftActing = holding("2023-01-01", "2024-12-31", held: "2025-06-30")
        for (seat, dueOn) in [
            (seat(neverAssumed, gone, limitIsConfirmed: true), "2026-03-12"),
            (seat(leftActing, limitIsConfirmed: true, continues: true), "2024-12-31"),
        ] {
            let said = said([seat], try .of(.terms))
            #expect(said.state == .overdue)
            #expect(said.dueOn == day(dueOn))
        }
    }

    @Test func `whoever followed and resigned leaves a vacancy, no term that ran out`() throws {
        let before = holding("2023-01-01", "2024-12-31")
        let resigned = holding("2025-01-01", "2026-12-31", held: "2025-06-30")
        for continues in [true, false] {
            let said = said(
                [
                    seat(before, resigned, limitIsConfirmed: true, continues: continues),
                    seat(holding("2025-06-01", "2027-05-31")),
                ], try .of(.terms))
            #expect(said.state == .partial)
            #expect(said.finding == "1 puesto está sin ocupar, de 2.")
        }
    }

    private func election(
        _ process: ID<ElectoralProcess> = ID(), underWay: Bool = false, proclaimed: String? = "2026-02-01",
        electors: Int? = 40, record: Int? = 1, offRoll: Int = 0, sumsAgree: Bool = true
    ) -> AllianceFacts.Election {
        .init(
            id: process, name: "Elección 2026", isUnderWay: underWay,
            proclamationDueOn: day("2026-04-30"), proclaimedOn: proclaimed.map(day), electors: electors,
            contests: proclaimed == nil
                ? []
                : [.init(name: "Junta", record: record, electedOffRoll: offRoll, sumsAgree: sumsAgree)])
    }

    @Test func `an election proves itself by roll, record and sums`() throws {
        let process = ID<ElectoralProcess>()
        let elected = seat(holding("2026-02-02", "2028-02-01", process: process))
        let recorded = seat(holding("2026-02-02", "2028-02-01"))
        for (seats, elections, state) in [
            ([elected], [election(process)], ObligationState.met),
            ([elected], [election(process, electors: nil)], .partial),
            ([elected], [election(process, record: nil)], .partial),
            ([elected], [election(process, offRoll: 1)], .partial),
            ([elected], [election(process, sumsAgree: false)], .partial),
            ([elected, recorded], [election(process)], .partial),
            ([], [election(underWay: true, proclaimed: nil)], .due),
            ([elected], [election(underWay: true, proclaimed: nil), election(process)], .met),
            ([recorded], [], .unproven), ([], [], .unproven),
            ([], [election(proclaimed: nil)], .unproven),
        ] {
            let facts = AllianceFacts.test {
                $0.seats = seats
                $0.elections = elections
            }
            #expect(facts.assessment(of: try .of(.election), on: today).state == state)
        }
    }

    @Test func `while an election goes on, what is next is to follow it`() throws {
        let underWay = election(underWay: true, proclaimed: nil)
        var wanted = seat()
        wanted.electedIn = [underWay.id]
        let facts = AllianceFacts.test {
            $0.seats = [wanted]
            $0.elections = [underWay]
        }
        for code in [Obligation.Code.terms, .election] {
            let next = facts.assessment(of: try .of(code), on: today).next
            #expect(next?.place == .elections && next?.subject == underWay.id.description)
        }
        let another = AllianceFacts.test {
            $0.seats = [wanted, seat()]
            $0.elections = [underWay]
        }.assessment(of: try .of(.terms), on: today).next
        #expect(another?.place == .newElection)
        #expect(another?.words.contains("falta convocar Junta directiva") == true)
        let none = AllianceFacts.test { $0.seats = [seat()] }.assessment(of: try .of(.terms), on: today)
        #expect(none.next?.place == .newElection)
    }

    @Test func `an election in course has the day of its proclamation before it`() throws {
        let facts = AllianceFacts.test(state: .draft) {
            $0.elections = [election(underWay: true, proclaimed: nil)]
        }
        let said = facts.assessment(of: try .of(.election), on: today)
        #expect(said.state == .due)
        #expect(said.dueOn == day("2026-04-30"))
    }
}

/// A plan with the months followed up and the reports given, and where it stands on a day.
struct PlanCase: Sendable {
    let months: Set<Int>
    let reports: [String]
    let on: String
    let state: ObligationState

    init(_ months: Set<Int>, _ reports: [String], _ on: String, _ state: ObligationState) {
        self.months = months
        self.reports = reports
        self.on = on
        self.state = state
    }
}

@Suite struct WorkRuleTests {
    private func report(_ on: String, _ kind: AllianceFacts.Report.Kind) -> AllianceFacts.Report {
        .init(id: on, kind: kind, title: "Informe", givenOn: day(on), hasFile: true)
    }

    @Test(arguments: [
        (["2026-01-20"], "2026-01-15", false, ObligationState.met),
        (["2025-07-17"], "2025-01-15", false, .due), (["2025-07-17"], "2025-01-15", true, .due),
        ([], "2025-01-15", false, .unproven), ([], "2025-01-15", true, .overdue),
        // What was asked of the year of the constitution goes on being asked.
        ([], "2025-11-01", true, .overdue), ([], "2026-02-01", true, .due),
        // A report of this year does not stand for the one that is missing.
        (["2026-01-20"], "2025-11-01", true, .overdue), (["2026-01-20"], "2025-11-01", false, .unproven),
        (["2026-01-20", "2025-12-20"], "2025-11-01", true, .met),
    ])
    func `a report of each year, and a year that ended without stays unmet until it has its own`(
        given: [String], entered: String, confirmed: Bool, expected: ObligationState
    ) throws {
        for (code, kind) in [
            (Obligation.Code.accountability, AllianceFacts.Report.Kind.accountability),
            (.managementReport, .management),
        ] {
            let facts = AllianceFacts.test(entity: .provider, enteredOn: day(entered)) { facts in
                facts.reports = given.map { report($0, kind) }
            }
            let said = facts.assessment(of: try .of(code, confirmed: confirmed), on: today)
            #expect(said.state == expected)
            if expected == .overdue { #expect(said.dueOn == day("2025-12-31")) }
        }
    }

    @Test func `a report whose paper is not kept shows a part`() throws {
        for (code, kind) in [
            (Obligation.Code.accountability, AllianceFacts.Report.Kind.accountability),
            (.managementReport, .management),
        ] {
            for (given, entered) in [("2026-01-20", "2026-01-15"), ("2025-12-20", "2025-11-01")] {
                var bare = report(given, kind)
                bare.hasFile = false
                let facts = AllianceFacts.test(entity: .provider, enteredOn: day(entered)) {
                    $0.reports = [bare]
                }
                let said = facts.assessment(of: try .of(code, confirmed: true), on: today)
                #expect(said.state == .partial)
                #expect(said.finding.contains("le falta su documento"))
                #expect(said.next?.place == .report)
            }
        }
    }

    @Test func `a report counts for the year that it is of, not for that in which it was given`() throws {
        var late = report("2026-01-20", .accountability)
        late.year = 2025
        let facts = AllianceFacts.test(enteredOn: day("2025-11-01")) { $0.reports = [late] }
        let said = facts.assessment(of: try .of(.accountability), on: today)
        #expect(said.state == .due)
        #expect(said.finding == "Falta el informe de 2026.")
        #expect(said.next?.subject == "2026")
    }

    @Test func `years that ended without a report are named, however long ago, and the first is asked for`()
        throws
    {
        let facts = AllianceFacts.test(enteredOn: day("2023-05-01"))
        let said = facts.assessment(of: try .of(.accountability), on: today)
        #expect(said.finding.contains("2023, 2024 y 2025"))
        #expect(said.finding.contains("Falta el informe de 2026."))
        #expect(said.next?.subject == "2023" && said.next?.place == .report)
        // Of the time before it was entered here, the last whole year alone.
        let old = AllianceFacts.test(enteredOn: day("2025-05-01")) {
            $0.constitution = .init(heldOn: day("2015-01-01"), signers: 5, hasFile: true)
        }
        let told = old.assessment(of: try .of(.accountability), on: today)
        #expect(told.finding.contains("2024 y 2025") && !told.finding.contains("2023"))
    }

    @Test func `a report of one kind does not stand for another`() throws {
        let facts = AllianceFacts.test(entity: .provider, enteredOn: day("2026-01-15")) {
            $0.reports = [report("2026-01-20", .management)]
        }
        #expect(facts.assessment(of: try .of(.accountability), on: today).state != .met)
        #expect(facts.assessment(of: try .of(.managementReport), on: today).state == .met)
    }

    @Test(arguments: [
        PlanCase([1, 2], [], "2026-03-13", .met),
        // February may be told until 30 March.
        PlanCase([1], [], "2026-03-30", .due), PlanCase([1], [], "2026-03-31", .partial),
        PlanCase([], [], "2026-03-13", .unproven), PlanCase([], [], "2026-01-10", .due),
        PlanCase([1], [], "2026-01-10", .met),
        PlanCase([1, 2, 3, 4, 5, 6], [], "2026-07-30", .due),
        PlanCase([1, 2, 3, 4, 5, 6], [], "2026-07-31", .partial),
        PlanCase([1, 2, 3, 4, 5, 6], ["2026-06-30"], "2026-07-02", .met),
    ])
    func `the plan is followed up each month and consolidated each semester`(plan: PlanCase) throws {
        let facts = AllianceFacts.test(enteredOn: day("2026-01-01")) {
            $0.plans = [.init(id: "p", title: "Plan 2026", year: 2026, monthsFollowedUp: plan.months)]
            $0.reports = plan.reports.map { report($0, .consolidated) }
        }
        #expect(facts.assessment(of: try .of(.planFollowUp), on: day(plan.on)).state == plan.state)
    }

    @Test func `a follow-up that is missing is a breach from its own day on, where the entity confirmed it`()
        throws
    {
        let facts = AllianceFacts.test(enteredOn: day("2026-01-01")) {
            $0.plans = [.init(id: "p", title: "Plan 2026", year: 2026, monthsFollowedUp: [1, 3, 4])]
        }
        for on in ["2026-03-31", "2026-05-15", "2026-12-31", "2027-02-01"] {
            let said = facts.assessment(of: try .of(.planFollowUp, confirmed: true), on: day(on))
            #expect(said.state == .overdue, "\(on)")
            #expect(said.since == day("2026-03-31"), "\(on)")
        }
    }

    @Test func `December and the second semester are asked for, and New Year forgets nothing`() throws {
        func said(_ months: Set<Int>, _ reports: [String], on: String) throws -> Assessment {
            let facts = AllianceFacts.test(enteredOn: day("2026-01-01")) {
                $0.plans = [
                    .init(id: "p", title: "Plan 2026", year: 2026, monthsFollowedUp: months),
                    .init(id: "q", title: "Plan 2027", year: 2027, monthsFollowedUp: [1, 2]),
                ]
                $0.reports = reports.map { given in
                    var consolidated = report(given, .consolidated)
                    consolidated.year = 2026
                    return consolidated
                }
            }
            return facts.assessment(of: try .of(.planFollowUp, confirmed: true), on: day(on))
        }
        let all = Set(1...12)
        #expect(try said(all, ["2026-07-10", "2027-01-20"], on: "2027-02-10").state == .met)
        #expect(try said(all, ["2026-07-10"], on: "2027-01-30").state == .due)
        let semester = try said(all, ["2026-07-10"], on: "2027-02-10")
        #expect(semester.state == .overdue && semester.since == day("2027-01-31"))
        #expect(semester.finding == "De 2026 falta: 1 informe semestral.")
        let december = try said(all.subtracting([12]), ["2026-07-10", "2027-01-20"], on: "2027-02-10")
        #expect(december.state == .overdue && december.next?.subject == "2026")
    }

    @Test func `without a plan nobody can say that it was followed up`() throws {
        let said = AllianceFacts.test(enteredOn: day("2026-01-01"))
            .assessment(of: try .of(.planFollowUp, confirmed: true), on: today)
        #expect(said.state == .unproven)
        #expect(said.next?.place == .plan && said.next?.subject == "2026")
    }

    @Test func `a year that ended without its plan is asked for before the plan of this one`() throws {
        let facts = AllianceFacts.test(enteredOn: day("2025-11-01")) {
            $0.plans = [.init(id: "p", title: "Plan 2026", year: 2026, monthsFollowedUp: [1, 2])]
        }
        let unconfirmed = facts.assessment(of: try .of(.planFollowUp), on: today)
        #expect(unconfirmed.state == .unproven)
        #expect(unconfirmed.finding.contains("De 2025 falta: el plan de trabajo."))
        #expect(unconfirmed.next?.subject == "2025")
        let confirmed = facts.assessment(of: try .of(.planFollowUp, confirmed: true), on: today)
        #expect(confirmed.state == .overdue && confirmed.since == day("2026-01-01"))
    }

    @Test func `a plan counts once its approval is kept`() throws {
        let facts = AllianceFacts.test(enteredOn: day("2026-01-01")) {
            $0.plans = [
                .init(id: "p", title: "Plan 2026", year: 2026, isApproved: false, monthsFollowedUp: [1, 2])
            ]
        }
        let said = facts.assessment(of: try .of(.planFollowUp), on: today)
        #expect(said.state == .partial)
        #expect(said.next?.place == .planApproval)
    }

    private func meeting(_ on: String, notice: Int? = 8, minutes: Bool = true) -> AllianceFacts.MeetingHeld {
        .init(
            id: on, title: "Reunión", heldOn: day(on), calledOn: notice.map { day(on) - $0 },
            hasMinutes: minutes)
    }

    @Test func `meetings keep their distance, their notice and their minutes`() throws {
        let terms = try ObligationTerms.of(.meetings)
        for (meetings, state) in [
            ([meeting("2026-03-02")], ObligationState.met),
            // 62 days after 10 January is 13 March: today is the last day.
            ([meeting("2026-01-10")], .due), ([meeting("2026-01-09")], .unproven),
            ([meeting("2026-03-02", notice: 7)], .met), ([meeting("2026-03-02", notice: 6)], .partial),
            ([meeting("2026-03-02", notice: nil)], .partial),
            ([meeting("2026-03-02", minutes: false)], .partial),
            ([meeting("2026-03-02"), meeting("2025-12-30")], .met),
            ([meeting("2026-03-02"), meeting("2025-12-29")], .partial),
            // What lies more than a year behind is not held against anybody.
            (
                [meeting("2026-03-02"), meeting("2026-01-05"), meeting("2024-01-05", minutes: false)],
                .partial
            ),
        ] {
            let facts = AllianceFacts.test(entity: .provider) { $0.meetings = meetings }
            #expect(facts.assessment(of: terms, on: today).state == state, "\(meetings)")
        }
    }

    private static let everyTwoMonths = AgendaTemplate(
        title: "Bimestral", items: ["Saludo"], everyMonths: 2, noticeDays: 7)

    @Test func `the next meeting has one last day, by the standing agenda or by the entity's own terms`()
        throws
    {
        var facts = AllianceFacts.test(entity: .provider) { $0.meetings = [meeting("2026-01-31")] }
        let catalogue = try ObligationTerms.of(.meetings)
        #expect(try facts.nextMeeting(catalogue, on: today).dueOn == day("2026-04-03"))
        facts.agenda = Self.everyTwoMonths
        let bimonthly = try facts.nextMeeting(catalogue, on: today)
        #expect(bimonthly.dueOn == day("2026-03-31") && bimonthly.callBy == day("2026-03-24"))
        #expect(facts.assessment(of: catalogue, on: today).dueOn == bimonthly.dueOn)
        facts.bylaws = [
            .init(
                id: ID(), title: "Estatutos", version: 1, approvedOn: day("2026-01-01"),
                inForceFrom: day("2026-01-01"), hasText: true, hasMinutes: true, meetingIntervalDays: 30)
        ]
        #expect(try facts.nextMeeting(catalogue, on: today).dueOn == day("2026-03-02"))
        let own = try ObligationTerms.of(.meetings, confirmed: true, .init([.gapDays: 90, .noticeDays: 10]))
        let due = try facts.nextMeeting(own, on: today)
        #expect(due.dueOn == day("2026-05-01") && due.callBy == day("2026-04-21"))
    }

    @Test func `the next meeting is proposed on a business day for which it can be called still`() throws {
        var facts = AllianceFacts.test(entity: .provider) { $0.meetings = [meeting("2026-01-31")] }
        facts.agenda = Self.everyTwoMonths
        let due = try facts.nextMeeting(.of(.meetings), on: today)
        #expect(due.dueOn == day("2026-03-31"))
        #expect(due.proposedDay(on: day("2026-03-10")) == day("2026-03-31"))
        // Seven days of notice are no more: the first day for which there are, after Holy Week.
        #expect(due.proposedDay(on: day("2026-03-26")) == day("2026-04-06"))
        #expect(due.proposedDay(on: day("2026-06-01")) == day("2026-06-09"))
    }

    @Test(arguments: [
        ("2026-03-31", true, ObligationState.met), ("2026-03-31", false, .met), ("2026-03-20", false, .due),
        ("2026-03-16", false, .due),
        ("2026-04-01", true, .due),
    ])
    func `a meeting that is planned in time and called asks for nothing more`(
        planned: String, isCalled: Bool, state: ObligationState
    ) throws {
        let facts = AllianceFacts.test(entity: .provider) {
            $0.meetings = [meeting("2026-01-31")]
            $0.agenda = Self.everyTwoMonths
            $0.plannedMeetings = [.init(id: ID(), day: day(planned), isCalled: isCalled)]
        }
        let on = planned == "2026-04-01" ? day("2026-03-20") : today
        let said = facts.assessment(of: try .of(.meetings), on: on)
        #expect(said.state == state)
        // What is due has not passed, and is the one last day that every page has for the meeting.
        if state == .due {
            #expect((said.dueOn ?? on) >= on)
            #expect(said.dueOn == (try facts.nextMeeting(.of(.meetings), on: on)).dueOn)
        }
    }

    @Test(arguments: [("2026-03-20", false, true), ("2026-03-20", true, false), ("2026-03-31", false, false)])
    func `a planned meeting whose call should have gone out says so`(
        planned: String, isCalled: Bool, lacksCall: Bool
    ) throws {
        let facts = AllianceFacts.test(entity: .provider) {
            $0.meetings = [meeting("2026-01-31")]
            $0.agenda = Self.everyTwoMonths
            $0.plannedMeetings = [.init(id: ID(), day: day(planned), isCalled: isCalled)]
        }
        let on = day("2026-03-16")
        #expect(try facts.nextMeeting(.of(.meetings), on: on).lacksCall(on: on) == lacksCall)
        let said = facts.assessment(of: try .of(.meetings), on: on)
        let words = "Falta anotar la convocatoria: debía salir el 13 de marzo de 2026."
        #expect(said.finding.hasSuffix(words) == lacksCall)
        #expect(said.next?.words.contains("debía salir") == (said.next.map { _ in lacksCall }))
    }

    @Test func `a meeting that is late is a breach by the entity's own procedure alone`() throws {
        let facts = AllianceFacts.test(entity: .provider) { $0.meetings = [meeting("2026-01-09")] }
        let said = facts.assessment(of: try .of(.meetings, confirmed: true), on: today)
        #expect(said.state == .overdue)
        #expect(said.since == today)
        let wider = try ObligationTerms.of(.meetings, confirmed: true, .init([.gapDays: 90]))
        #expect(facts.assessment(of: wider, on: today).state == .met)
    }
}

@Suite struct TallyTests {
    @Test func `states are counted once and said in one way`() {
        let tally = ObligationTally([
            .met, .met, .due, .partial, .partial, .unproven, .unproven, .unproven, .notApplicable,
        ])
        #expect(tally.asked == 8 && tally.met == "2 de 8")
        #expect(
            tally.words == "2 de 8 obligaciones cumplidas, 1 por vencer, 3 sin probar y 2 parciales")
        #expect(ObligationTally([ObligationState.notApplicable]).words == "Cumplimiento por calcular")
    }
}
