import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

/// What control bodies are told of commitments and complaints.
@Suite struct FiguresTests {
    private static let today = day("2026-06-15")

    private static func filed(
        _ count: Int, _ sort: ComplaintFigures.Sort = .request, on filedOn: CalendarDate = day("2026-05-02"),
        clock: ComplaintFigures.Clock = .inTime, seconds: Double? = 7200
    ) -> [ComplaintFigures.Case] {
        Array(
            repeating: ComplaintFigures.Case(
                sort: sort, state: .closed, clock: clock, filedOn: filedOn, answeredOn: filedOn + 1,
                secondsToAnswer: seconds), count: count)
    }

    private static func figure(
        _ sort: ComplaintFigures.Sort, in figures: ComplaintFigures
    ) -> GuardedFigure? { figures.sorts.first { $0.key == sort }?.figure }

    @Test func `a small figure is held back, and the one by which it could be reckoned`() {
        let figures = ComplaintFigures(
            of: Self.filed(2, .vital) + Self.filed(6, .request) + Self.filed(9, .complaint), on: Self.today)
        #expect(figures.total == .known(17))
        #expect(Self.figure(.vital, in: figures) == .held)
        #expect(Self.figure(.request, in: figures) == .held)
        #expect(Self.figure(.complaint, in: figures) == .known(9))
        #expect(Self.figure(.praise, in: figures) == .known(0))
        let few = ComplaintFigures(of: Self.filed(3, .vital) + Self.filed(1, .request), on: Self.today)
        #expect(few.total == .held)
        #expect(few.medianHoursOfClaims == nil && few.medianDaysOfOthers == nil)
        #expect(few.months.allSatisfy { $0.filed != .known(3) && $0.filed != .known(4) })
    }

    @Test func `whatever is counted, no figure from one to four is told, nor the sum of those held`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let cases = ComplaintFigures.Sort.allCases.flatMap { sort in
                (0..<Int.random(in: 0...9, using: &random)).map { _ in
                    ComplaintFigures.Case(
                        sort: sort, state: Complaint.State.allCases.randomElement(using: &random) ?? .filed,
                        clock: ComplaintFigures.Clock.allCases.randomElement(using: &random) ?? .late,
                        filedOn: Self.today - Int.random(in: 0...500, using: &random), answeredOn: nil,
                        secondsToAnswer: nil)
                }
            }
            let figures = ComplaintFigures(of: cases, on: Self.today)
            for parts in [
                figures.sorts.map(\.figure), figures.states.map(\.figure), figures.clocks.map(\.figure),
                figures.months.map(\.filed),
            ] {
                let known = parts.compactMap { if case .known(let count) = $0 { count } else { nil } }
                #expect(known.allSatisfy { $0 == 0 || $0 >= GuardedFigure.threshold }, "\(cases)")
                guard case .known(let total) = figures.total else { continue }
                let held = total - known.reduce(0, +)
                #expect(held == 0 || held >= GuardedFigure.threshold, "\(cases)")
                #expect(parts.count { $0 == .held } != 1, "\(cases)")
            }
        }
    }

    @Test func `months go from eleven before to that of the day, and what was before stands apart`() {
        let figures = ComplaintFigures(
            of: Self.filed(5, on: day("2025-07-01")) + Self.filed(6, on: day("2025-06-30")), on: Self.today)
        #expect(figures.months.count == 13)
        #expect(figures.months[0].first == nil && figures.months[0].filed == .known(6))
        #expect(figures.months[1].first == day("2025-07-01") && figures.months[1].filed == .known(5))
        #expect(figures.months.last?.first == day("2026-06-01"))
        #expect(figures.medianDaysOfOthers == 1)
    }

    @Test func `nothing is late by a term that nobody confirmed`() {
        let begun = Date(timeIntervalSince1970: 1_780_000_000)
        func clock(
            _ state: Complaint.State, passedOn: Bool = true, due: Double? = 100, confirmed: Bool = true,
            answered: Double? = nil, now: Double = 50
        ) -> ComplaintFigures.Clock {
            ComplaintFigures.Clock(
                of: state, transferredAt: passedOn ? begun : nil, dueAt: due.map { begun + $0 },
                isConfirmed: confirmed, answeredAt: answered.map { begun + $0 }, at: begun + now)
        }
        #expect(clock(.transferred) == .running)
        #expect(clock(.transferred, now: 100) == .overdue)
        #expect(clock(.transferred, confirmed: false, now: 500) == .unconfirmed)
        #expect(clock(.transferred, due: nil, now: 500) == .unconfirmed)
        #expect(clock(.answered, answered: 99) == .inTime)
        #expect(clock(.closed, answered: 100) == .late)
        #expect(clock(.answered, confirmed: false, answered: 500) == .unconfirmed)
        #expect(clock(.filed, passedOn: false) == .notWithEntity)
        #expect(clock(.reopened, answered: nil) == .notWithEntity)
        #expect(clock(.closed, answered: nil) == .notWithEntity)
    }

    @Test func `what is held back is not in the projection, and a sum of what is told says so`() throws {
        let figures = ComplaintFigures(
            of: Self.filed(2, .vital) + Self.filed(6, .request) + Self.filed(9, .complaint), on: Self.today)
        let text = try JSONText(encoding: figures)
        #expect(try text.decoded(as: ComplaintFigures.self) == figures)
        #expect(!text.rawValue.contains(#""figure":2"#) && text.rawValue.contains(#""figure":9"#))
        #expect(ToldSum([.known(7), .held]).words == "7 o más")
        #expect(ToldSum([.held, .known(0)]).words == GuardedFigure.held.words)
        #expect(ToldSum([.known(7), .known(5)]).words == "12")
    }

    private static let rows = """
        set session_replication_role = replica;
        insert into governance.bodies (
            organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed,
            formation, continues_until_replaced, created_at)
        select {entity}, ('b0000000-0000-4000-8000-00000000000' || number)::uuid, {alliance}, 'Organismo ' || number,
            case number when 1 then 'board' else 'other' end, number = 2, 24, false, 'proclamation', true, '2024-01-01'
        from generate_series(1, 2) as number;
        insert into governance.commitments (
            organization_id, commitment_id, alliance_id, is_reserved, activity, owner_kind, owner, owner_body_id,
            owner_person_id, made_on, due_on, state, closed_on, recorded_at)
        select {entity}, gen_random_uuid(), {alliance}, is_reserved, 'Hacer algo', owner_kind, 'Ana Ruiz', body::uuid,
            case owner_kind when 'person' then gen_random_uuid() end, made_on::date, due_on::date, state,
            closed_on::date, '2026-06-01'
        from (values
            (false, 'office', null, '2026-06-01', '2026-06-10', 'open', null),
            (false, 'office', null, '2026-05-15', '2026-06-15', 'open', null),
            (false, 'office', null, '2025-01-10', null, 'open', null),
            (false, 'office', null, '2026-01-10', null, 'done', '2026-01-20'),
            (false, 'office', null, '2026-01-10', null, 'done', '2026-01-30'),
            (false, 'office', null, '2026-01-10', null, 'done', '2026-04-10'),
            (false, 'office', null, '2023-01-10', null, 'done', '2025-06-01'),
            (false, 'body', 'b0000000-0000-4000-8000-000000000001', '2026-03-01', '2026-07-01', 'open', null),
            (false, 'person', null, '2026-04-01', '2026-05-01', 'open', null),
            (false, 'body', 'b0000000-0000-4000-8000-000000000002', '2026-06-01', null, 'dropped', '2026-06-02'),
            (false, 'outside', null, '2026-06-14', '2026-06-20', 'open', null),
            (true, 'office', null, '2026-06-01', '2026-06-02', 'open', null)
        ) as rows (is_reserved, owner_kind, body, made_on, due_on, state, closed_on);
        """

    @Test func `a control body is told of commitments by side, without the reserved ones or a name`()
        async throws
    {
        let tenants = try await TestTenants.withObligations()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization, municipalities: ["23672", "23417"])
        try await tenants.database.script(
            Self.rows.replacing("{entity}", with: "'\(organization.id)'::uuid")
                .replacing("{alliance}", with: "'\(alliance.id)'::uuid"), as: TestCluster.superuser)
        let now = try ColombianTime.instant(Self.today, #require(TimeOfDay(hour: 8, minute: 0)))
        try await tenants.database.transaction(TenantScope(.system(in: organization.id))) {
            try await $0.reckon([alliance.id], at: now)
        }
        let both = try await tenants.controlBody(territory: ["23672", "23417"])
        let elsewhere = try await tenants.controlBody("Personería de otra parte", territory: ["13001"])
        func figures(_ body: Organization, _ email: String) async throws -> [AllianceFigures] {
            let principal = try await tenants.principal(.controlBody, of: body, email: email)
            return try await WatchedTerritory(of: principal, in: tenants.database).figures()
        }
        #expect(try await figures(elsewhere, "otra@ciudad.gov.co").isEmpty)
        // Once, though it is in two of their municipalities.
        let told = try await figures(both, "personeria@antero.gov.co")
        #expect(told.map(\.alliance) == [alliance.id])
        let lines = try #require(told.first).commitments.lines
        #expect(
            lines == [
                .init(
                    side: .entity, open: 3, overdue: 1, undated: 1, ages: [1, 1, 0, 1], done: 3, dropped: 0,
                    medianDays: 20),
                .init(
                    side: .alliance, open: 2, overdue: 1, undated: 0, ages: [0, 1, 1, 0], done: 0, dropped: 0,
                    medianDays: nil),
                .init(
                    side: .outside, open: 1, overdue: 0, undated: 0, ages: [1, 0, 0, 0], done: 0, dropped: 1,
                    medianDays: nil),
            ])
        // The entity and the alliance read the same.
        let own = try await tenants.database.read(TenantScope(.system(in: organization.id))) {
            try await $0.toldFigures()
        }
        #expect(own.map(\.commitments) == told.map(\.commitments))
        let words = try await tenants.database.read(TenantScope(.system(in: organization.id))) {
            try await $0.values(
                "select (commitments || complaints)::text from reporting.alliance_figures", as: String.self)
        }
        #expect(words.count == 2 && !words.joined().contains("Ana Ruiz"))
    }
}
