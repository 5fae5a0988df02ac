import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What an alliance does again and again, and a year made from another; 13 March 2026 is today.
@Suite struct YearTests {
    private func duty(
        _ frequency: RecurringDuty.Frequency, _ fulfilment: RecurringDuty.Fulfilment = .meeting(.group),
        from start: String = "2026-01-15", until end: String? = nil
    ) throws -> RecurringDuty {
        try RecurringDuty(
            title: "Reunión de la alianza", frequency: frequency, fulfilment: fulfilment,
            source: "SIAU-Pd-02", startsOn: day(start), endsOn: end.map { try day($0) })
    }

    // MARK: Periods

    @Test(arguments: [
        (RecurringDuty.Frequency.monthly, 12), (.bimonthly, 6), (.quarterly, 4), (.everyFourMonths, 3),
        (.halfYearly, 2), (.yearly, 1),
    ])
    func `periods cover a year without gap or overlap`(
        frequency: RecurringDuty.Frequency, count: Int
    ) throws {
        let periods = try duty(frequency).periods(in: 2027)
        #expect(periods.count == count)
        #expect(try periods.first?.lowerBound == day("2027-01-01"))
        #expect(try periods.last?.upperBound == day("2027-12-31"))
        for (left, right) in zip(periods, periods.dropFirst()) {
            #expect(left.upperBound + 1 == right.lowerBound)
        }
    }

    @Test func `periods begin with the month of the first day, and end with the duty`() throws {
        let bimonthly = try duty(.bimonthly, from: "2026-02-20", until: "2026-07-10")
        #expect(
            try bimonthly.periods(in: 2026) == [
                day("2026-02-01")...day("2026-03-31"), day("2026-04-01")...day("2026-05-31"),
                day("2026-06-01")...day("2026-07-31"),
            ])
        #expect(bimonthly.periods(in: 2025) == [])
        // Every second month from December on: a period lies in two years, and is one of the first.
        let across = try duty(.bimonthly, from: "2026-12-01")
        #expect(try across.periods(in: 2026) == [day("2026-12-01")...day("2027-01-31")])
        #expect(try across.periods(in: 2027).first == day("2027-02-01")...day("2027-03-31"))
    }

    @Test(arguments: [
        ("2026-01-31", RecurringDuty.Standing.ahead), ("2026-02-01", .open), ("2026-02-12", .open),
        ("2026-02-13", .due(daysLeft: 15)), ("2026-02-28", .due(daysLeft: 0)), ("2026-03-01", .missed),
    ])
    func `a period that nothing fulfils goes from ahead to missed`(
        today: String, standing: RecurringDuty.Standing
    ) throws {
        let duty = try duty(.monthly)
        let period = duty.periods(in: 2026)[1]
        #expect(try duty.standing(of: period, fulfilledOn: [], on: day(today)) == standing)
        // What happened in other months, or is still to come, does not fulfil it.
        let others = try [day("2026-01-31"), day("2026-03-01"), day(today) + 1]
        #expect(try duty.standing(of: period, fulfilledOn: others, on: day(today)) == standing)
    }

    @Test func `a period is met on the first day that fulfils it, for ever`() throws {
        let duty = try duty(.monthly)
        let period = duty.periods(in: 2026)[1]
        let days = try [day("2026-02-25"), day("2026-02-11")]
        for today in ["2026-02-25", "2026-03-01", "2027-01-01"] {
            #expect(
                try duty.standing(of: period, fulfilledOn: days, on: day(today))
                    == .met(on: day("2026-02-11")))
        }
    }

    // MARK: Another year

    @Test(arguments: [
        // The second Wednesday, the last Friday, the first Monday.
        ("2026-02-11", "2027-02-10"), ("2026-04-24", "2027-04-23"), ("2026-07-08", "2027-07-14"),
        // A fifth Friday where the month has four: the last.
        ("2026-10-30", "2027-10-29"), ("2026-01-30", "2027-01-29"), ("2026-05-29", "2027-05-28"),
        // The fourth Friday of March 2027 is Good Friday, and Monday no holiday.
        ("2026-03-27", "2027-03-29"),
        // A Saturday stays one.
        ("2026-03-14", "2027-03-13"),
    ])
    func `a meeting of a year falls on the same weekday of the month in another`(
        before: String, after: String
    ) throws {
        #expect(try YearProposal.day(for: day(before), in: 2027) == day(after))
    }

    @Test func `a year is made like the one before, with the agendas and without what was called off`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let monthly = try Meeting(
            kind: .board, title: "Reunión mensual 2026", day: day("2026-02-11"),
            startsAt: TimeOfDay(hour: 9, minute: 0), mode: .virtual, link: "https://ejemplo.invalid/sala")
        let off = try Meeting(kind: .board, title: "Extraordinaria", day: day("2026-04-01"))
        try await setting.run(
            PlanMeeting(monthly, agenda: AgendaItem.points(["Saludo", "Seguimiento del plan"]), of: alliance))
        try await setting.run(PlanMeeting(off, of: alliance))
        try await setting.run(ChangeMeeting(off.id, of: alliance, to: .cancel, because: "No hizo falta"))

        let proposals = try await setting.fetch(ProposeYear(2027, of: alliance))
        #expect(proposals.map(\.entry.meeting.title) == ["Reunión mensual 2027"])
        #expect(try proposals.map(\.entry.meeting.day) == [day("2027-02-10")])
        // The link was for one meeting.
        #expect(proposals.map(\.entry.meeting.link) == [nil])
        try await setting.run(PlanYear(proposals.map(\.entry), of: alliance))
        let made = try await setting.fetch(ReadCalendar(of: alliance, in: 2027))
        let meeting = try #require(made.meetings.first?.meeting)
        #expect(made.meetings.count == 1)
        #expect(
            try await setting.fetch(ReadMeeting(meeting.id, of: alliance)).agenda.map(\.title)
                == ["Saludo", "Seguimiento del plan"])
        #expect(throws: MeetingError.nothingToPlan) { try PlanYear([], of: alliance) }
    }

    // MARK: Duties

    @Test func `a duty is met by the meetings, follow-ups and reports that happened`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await setting.run(AddDuty(duty(.bimonthly), of: alliance))
        let yearly = try duty(.yearly, .report(.management))
        try await setting.run(AddDuty(yearly, of: alliance))
        let held = try Meeting(kind: .group, title: "Reunión", day: day("2026-02-18"))
        try await setting.run(PlanMeeting(held, of: alliance))
        func standings() async throws -> [[RecurringDuty.Standing]] {
            try await setting.fetch(ReadCalendar(of: alliance, in: 2026)).duties
                .map { $0.periods.map(\.standing) }
        }
        // What is only planned fulfils nothing.
        #expect(
            try await standings() == [[.missed, .open, .ahead, .ahead, .ahead, .ahead], [.open]])
        try await setting.run(
            RecordMinutes(
                of: held.id, in: alliance, number: "1", datedOn: day("2026-02-18"), attendees: 20,
                narrative: ["Se reunió."]))
        try await setting.run(
            RecordReport(
                of: alliance, kind: .management, title: "Informe", on: day("2026-03-10"), about: 2025,
                to: "Gerencia"))
        #expect(
            try await standings() == [
                [.met(on: day("2026-02-18")), .open, .ahead, .ahead, .ahead, .ahead],
                [.met(on: day("2026-03-10"))],
            ])
    }

    @Test func `a duty waits in the last days of its period, while nothing met it`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        try await setting.run(AddDuty(duty(.monthly), of: alliance))
        // From December to January: a period that began in the year before.
        try await setting.run(AddDuty(duty(.bimonthly, from: "2026-12-01"), of: alliance))
        func waiting(on text: String) async throws -> [PendingItem] {
            try await setting.read { transaction in
                try await DutiesDue().items(in: transaction, on: day(text), at: setting.tenants.clock.now)
            }
        }
        #expect(try await waiting(on: "2026-03-15").isEmpty)
        let last = try await waiting(on: "2026-03-16")
        #expect(last.map(\.count) == [1])
        #expect(try last.map(\.dueOn) == [day("2026-03-31")])
        #expect(try await waiting(on: "2026-04-01").isEmpty)
        #expect(try await waiting(on: "2027-01-31").map(\.count) == [2])
        let held = try Meeting(kind: .group, title: "Reunión", day: day("2026-03-12"))
        try await setting.run(PlanMeeting(held, of: alliance))
        try await setting.run(
            RecordMinutes(
                of: held.id, in: alliance, number: "1", datedOn: day("2026-03-12"), attendees: 20,
                narrative: ["Se reunió."]))
        #expect(try await waiting(on: "2026-03-31").isEmpty)
    }

    @Test func `what a board keeps to itself meets a duty for nobody, whoever reads it`() async throws {
        let setting = try await Setting.make()
        let (alliance, runner) = (setting.alliance.id, setting.tenants.runner)
        try await setting.run(AddDuty(duty(.monthly, .meeting(.board)), of: alliance))
        let board = try await setting.tenants.principal(
            .board, of: setting.organization, in: .alliance(alliance), name: "Junta Prueba")
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let own = try Meeting(
            kind: .board, title: "Propia", day: day("2026-03-12"), startsAt: TimeOfDay(hour: 9, minute: 0),
            isReserved: true)
        try await runner.run(PlanMeeting(own, of: alliance), as: board)
        try await setting.write { transaction in
            try await transaction.execute(
                """
                update governance.meetings set state = 'held'
                where organization_id = \(setting.organization.id) and meeting_id = \(own.id)
                """)
        }
        for principal in [board, office] {
            let found = try await setting.tenants.database.read(TenantScope(principal)) {
                try await $0.happenings(of: alliance, in: day("2026-03-01")...day("2026-03-31"))
            }
            #expect(found.meetings.isEmpty)
        }
    }

    @Test func `a duty that ends keeps its periods and gets no others`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let monthly = try duty(.monthly, .followUp)
        try await setting.run(AddDuty(monthly, of: alliance))
        try await setting.run(EndDuty(monthly.id, of: alliance))
        let answer = try await setting.fetch(ReadCalendar(of: alliance, in: 2026))
        #expect(answer.duties.map(\.periods.count) == [3])
        #expect(try await setting.fetch(ReadCalendar(of: alliance, in: 2027)).duties.isEmpty)
        await #expect(throws: DutyError.notFound) {
            try await setting.run(EndDuty(monthly.id, of: alliance))
        }
    }
}
