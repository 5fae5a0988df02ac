import Foundation
import Governance
import Kernel
import Testing

@testable import Elections

@Suite struct ElectoralCalendarTests {
    private static let lengths: [(ElectoralTerm.Name, Int, Bool)] = [
        (.notice, 8, false), (.nominations, 5, true), (.claims, 3, true), (.claimDecisions, 2, true),
        (.freezeLead, 1, true), (.challenges, 2, true), (.challengeDecisions, 3, true),
    ]
    static let usual = lengths.map { name, days, isInBusinessDays in
        ElectoralTerm(
            name: name, days: days, isInBusinessDays: isInBusinessDays, source: "prueba", isConfirmed: false)
    }

    static func calendar(_ day: String) throws -> ElectoralCalendar {
        try .computed(
            votingOn: try #require(CalendarDate(day)), from: try #require(TimeOfDay("08:00")),
            until: try #require(TimeOfDay("16:00")), terms: usual)
    }

    /// Sunday, 12 April 2026, comes after Holy Week: 2 and 3 April are holidays.
    @Test func `terms in business days pass over Holy Week`() throws {
        let calendar = try Self.calendar("2026-04-12")
        func day(_ kind: Milestone.Kind) -> String? {
            calendar[kind].map { ColombianTime.date(at: $0.opensAt).description }
        }
        #expect(day(.rollFreeze) == "2026-04-10")
        #expect(day(.claims) == "2026-04-01")
        #expect(calendar[.claims]?.closesAt.map { ColombianTime.date(at: $0).description } == "2026-04-08")
        #expect(day(.call) == "2026-03-30")
        #expect(
            calendar[.challenges]?.closesAt.map { ColombianTime.date(at: $0).description } == "2026-04-14")
        #expect(day(.proclamation) == "2026-04-17")
    }

    @Test func `what bylaws order counts over the usual, and is told with its article`() throws {
        let bylaws = Bylaws(
            id: ID(), alliance: ID(), version: 1, title: "Reglamento",
            approvedOn: CalendarDate(dayNumber: 1), inForceFrom: CalendarDate(dayNumber: 1),
            parameters: [
                try BylawParameter(name: .noticeDays, text: "30", article: "8", norm: nil, isConfirmed: true)
            ])
        let terms = Self.usual.map { $0.ordered(by: bylaws) }
        let notice = try #require(terms.first { $0.name == .notice })
        #expect(notice.days == 30 && notice.isConfirmed && notice.source == "Reglamento, artículo 8")
        let claims = try #require(terms.first { $0.name == .claims })
        #expect(claims.days == 3 && !claims.isConfirmed)
    }

    @Test(arguments: 0..<400) func `every step comes after the one before it, whatever the day of the vote`(
        _ offset: Int
    ) throws {
        let first = try #require(CalendarDate("2026-01-15"))
        let calendar = try Self.calendar((first + offset).description)
        func opens(_ kind: Milestone.Kind) throws -> Date { try #require(calendar[kind]).opensAt }
        func closes(_ kind: Milestone.Kind) throws -> Date { try #require(calendar[kind]?.closesAt) }
        #expect(try opens(.call) <= opens(.nominations))
        #expect(try opens(.call) <= opens(.provisionalRoll))
        #expect(try closes(.claims) <= opens(.claimDecisions))
        #expect(try closes(.claimDecisions) <= opens(.rollFreeze))
        #expect(try closes(.nominations) < opens(.rollFreeze))
        #expect(try opens(.rollFreeze) < opens(.voting))
        #expect(try closes(.voting) <= opens(.challenges))
        #expect(try closes(.challengeDecisions) <= opens(.proclamation))
    }

    @Test func `a vote that closes before it opens is refused`() throws {
        #expect(throws: CalendarError.votingClosesBeforeItOpens) {
            try ElectoralCalendar.computed(
                votingOn: CalendarDate(dayNumber: 20_600), from: try #require(TimeOfDay("16:00")),
                until: try #require(TimeOfDay("08:00")), terms: Self.usual)
        }
    }
}
