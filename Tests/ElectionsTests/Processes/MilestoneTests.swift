import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct MilestoneTests {
    private static let reckoned = Result { try ElectoralCalendarTests.calendar("2026-06-14") }

    private static func day(_ text: String) throws -> Date {
        ColombianTime.startOfDay(try #require(CalendarDate(text)))
    }

    @Test func `a date that departs from the bylaws needs its reason, which stands beside it`() throws {
        let calendar = try Self.reckoned.get()
        let claims = try #require(calendar[.claims])
        let earlier = claims.opensAt - 86_400
        #expect(throws: CalendarError.reasonMissing) {
            try calendar.moving(
                .claims, to: claims.opensAt, until: earlier + 86_400 * 2, because: " ", reckoned: calendar)
        }
        let shorter = try calendar.moving(
            .claims, to: claims.opensAt, until: claims.opensAt + 86_400, because: "Puente festivo",
            reckoned: calendar)
        let moved = try #require(shorter[.claims])
        #expect(moved.isEdited && moved.rule.hasSuffix("Se movió: Puente festivo"))
        let back = try shorter.moving(
            .claims, to: claims.opensAt, until: claims.closesAt, because: nil, reckoned: calendar)
        #expect(back == calendar)
    }

    @Test(arguments: Milestone.Kind.allCases)
    func `no step is put behind what waits for it`(_ kind: Milestone.Kind) throws {
        let calendar = try Self.reckoned.get()
        let milestone = try #require(calendar[kind])
        let last = try #require(calendar.milestones.last).opensAt + 86_400
        let length = milestone.closesAt.map { $0.timeIntervalSince(milestone.opensAt) } ?? 0
        func move() throws -> ElectoralCalendar {
            try calendar.moving(
                kind, to: last, until: milestone.closesAt == nil ? nil : last + length, because: "Prueba",
                reckoned: calendar)
        }
        switch kind {
        case .proclamation: #expect(try move()[kind]?.opensAt == last)
        case .voting: #expect(throws: CalendarError.votingMovesAll) { try move() }
        default:
            #expect {
                try move()
            } throws: { error in
                if case .outOfOrder(_, let first) = error as? CalendarError { first == kind } else { false }
            }
        }
    }

    @Test func `a postponement moves what is to come and leaves what is over`() throws {
        let calendar = try Self.reckoned.get()
        let claims = try #require(calendar[.claims])
        let during = claims.opensAt + 3600
        let later = try calendar.postponed(by: 7 * 86_400, at: during)
        #expect(later[.call] == calendar[.call])
        #expect(later[.claims]?.opensAt == claims.opensAt)
        #expect(later[.claims]?.closesAt == claims.closesAt.map { $0 + 7 * 86_400 })
        #expect(later[.voting]?.opensAt == calendar[.voting].map { $0.opensAt + 7 * 86_400 })
        #expect(throws: CalendarError.notLater) { try calendar.postponed(by: 0, at: during) }
    }

    @Test func `an extended term to challenge ends when it says, and is no longer than it was`() throws {
        func calendar(_ from: String, _ to: String) throws -> ElectoralCalendar {
            ElectoralCalendar(milestones: [
                Milestone(
                    kind: .challenges, opensAt: try Self.day(from), closesAt: try Self.day(to),
                    rule: "Dos días", source: nil, isConfirmed: false)
            ])
        }
        let original = try calendar("2026-03-10", "2026-03-12")
        let late = try Self.day("2026-03-15") + 36_000
        let window = ChallengeWindow(resultAt: late, calendar: original)
        #expect(window.lastDay == CalendarDate("2026-03-17"))
        func extended(_ until: String, _ calendar: ElectoralCalendar) throws -> ElectoralCalendar {
            try calendar.extending(
                .challenges, until: try Self.day(until), because: "Se cayó la página",
                endingSoFar: ChallengeWindow(resultAt: late, calendar: calendar).closesAt, at: late)
        }
        // Before the term ends in fact there is nothing to extend, whatever the calendar says.
        #expect(throws: CalendarError.runsUntil(window.closesAt)) { try extended("2026-03-14", original) }
        let once = try extended("2026-03-19", original)
        #expect(ChallengeWindow(resultAt: late, calendar: once).lastDay == CalendarDate("2026-03-18"))
        let twice = try extended("2026-03-21", once)
        #expect(ChallengeWindow(resultAt: late, calendar: twice).lastDay == CalendarDate("2026-03-20"))
        // A new count later has the usual two days.
        let recount = try Self.day("2026-03-25") + 36_000
        #expect(ChallengeWindow(resultAt: recount, calendar: twice).lastDay == CalendarDate("2026-03-27"))
        // Minutes of the day of the result change nothing.
        let evening = try Self.day("2026-03-10") + 86_399
        #expect(ChallengeWindow(resultAt: evening, calendar: original).lastDay == CalendarDate("2026-03-12"))
    }

    @Test func `a calendar is not computed beside the publication of the call`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        let office = TenantScope(setting.office)
        let computation = try await setting.tenants.database.transaction(office) { transaction in
            _ = try await transaction.lockedProcess(ProcessPlace(process, of: setting.alliance.id))
            let found = try #require(try await transaction.process(process))
            try await transaction.move(found, to: .called, at: setting.tenants.clock.now)
            let computation = Task { try await setting.compute(process) }
            try await Task.sleep(for: .milliseconds(300))
            return computation
        }
        await #expect(throws: ProcessError.alreadyCalled) { try await computation.value }
    }

    @Test func `the draft keeps every version of its calendar`() async throws {
        let setting = try await ElectionSetting.make(members: 3)
        let process = try await setting.drafted()
        let calendar = try #require(try await setting.file(process).calendar)
        let challenges = try #require(calendar[.challenges])
        let closes = try #require(challenges.closesAt)
        await #expect(throws: CalendarError.reasonMissing) {
            try await setting.tenants.runner.run(
                MoveMilestone(
                    .challenges, to: challenges.opensAt, until: closes - 60, because: nil, in: process,
                    of: setting.alliance.id), as: setting.office)
        }
        try await setting.tenants.runner.run(
            MoveMilestone(
                .challenges, to: challenges.opensAt, until: closes - 60, because: "Acuerdo con la personería",
                in: process, of: setting.alliance.id), as: setting.office)
        let moved = try await setting.file(process).calendar
        #expect(moved?[.challenges]?.closesAt == closes - 60)
        let versions: Int? = try await setting.tenants.database.read(TenantScope(setting.office)) {
            transaction in
            try await transaction.value(
                "select count(*) from elections.calendars where process_id = \(process)")
        }
        #expect(versions == 2)
    }
}
