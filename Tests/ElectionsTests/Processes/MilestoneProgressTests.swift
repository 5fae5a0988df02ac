import Foundation
import Kernel
import Testing

@testable import Elections

@Suite struct MilestoneProgressTests {
    private static func instant(_ text: String) throws -> Date {
        let parts = text.split(separator: " ").map(String.init)
        return ColombianTime.instant(
            try #require(CalendarDate(parts[0])), try #require(TimeOfDay(parts[1])))
    }

    private struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: Milestone.Kind
        var begun: String?
        var done: String?
        let now: String
        let title: String
        let words: String
    }

    private static let planned: [Milestone.Kind: (String, String?)] = [
        .call: ("2026-12-04 00:00", nil), .nominations: ("2026-12-04 00:00", "2026-12-14 23:59"),
        .rollFreeze: ("2026-12-18 23:59", nil), .voting: ("2026-12-20 08:00", "2026-12-20 12:00"),
    ]

    @Test(arguments: [
        Case(
            testDescription: "an act before its day", kind: .call, now: "2026-11-21 10:00",
            title: "Por llegar",
            words: "viernes 4 de diciembre de 2026"),
        Case(
            testDescription: "an act on its day", kind: .call, now: "2026-12-04 10:00", title: "Hoy",
            words: "viernes 4 de diciembre de 2026"),
        Case(
            testDescription: "an act after its day", kind: .call, now: "2026-12-05 10:00", title: "Atrasado",
            words: "viernes 4 de diciembre de 2026"),
        Case(
            testDescription: "an act done early", kind: .call, begun: "2026-11-21 09:00",
            done: "2026-11-21 09:00", now: "2026-11-21 10:00", title: "Hecho",
            words:
                "Hecho el sábado 21 de noviembre de 2026; estaba previsto para el viernes 4 de diciembre de 2026"
        ),
        Case(
            testDescription: "an act done on its day", kind: .rollFreeze, begun: "2026-12-18 10:00",
            done: "2026-12-18 10:00", now: "2026-12-19 10:00", title: "Hecho",
            words: "viernes 18 de diciembre de 2026"),
        Case(
            testDescription: "a term that an early call opened", kind: .nominations,
            begun: "2026-11-21 09:00",
            now: "2026-11-22 10:00", title: "En curso",
            words: "del 21 de noviembre al 14 de diciembre de 2026"),
        Case(
            testDescription: "a term whose days passed", kind: .nominations, begun: "2026-12-04 09:00",
            now: "2026-12-15 10:00", title: "Hecho", words: "del 4 al 14 de diciembre de 2026"),
        Case(
            testDescription: "a term that nothing opened", kind: .nominations, now: "2026-12-15 10:00",
            title: "Por llegar", words: "del 4 al 14 de diciembre de 2026"),
        Case(
            testDescription: "a vote past its hour and not closed", kind: .voting, begun: "2026-12-20 08:05",
            now: "2026-12-20 13:00", title: "En curso",
            words: "domingo 20 de diciembre de 2026, de 8:00\u{A0}a.\u{A0}m. a 12:00\u{A0}m."),
    ])
    private func `what was done counts over what day it is`(_ example: Case) throws {
        let (opens, closes) = try #require(Self.planned[example.kind])
        let opensAt = try Self.instant(opens)
        let closesAt = try closes.map(Self.instant)
        let begunAt = try example.begun.map(Self.instant)
        let isVoting = example.kind == .voting
        let standing = MilestoneProgress(begunAt: begunAt, doneAt: try example.done.map(Self.instant))
            .standing(
                from: opensAt, until: closesAt, isVoting: isVoting, isAwaited: true,
                at: try Self.instant(example.now))
        #expect(standing.title == example.title)
        #expect(
            standing.words(from: opensAt, until: closesAt, since: begunAt, isVoting: isVoting)
                == example.words)
    }

    @Test func `nothing is late in a process that was broken off`() throws {
        let standing = MilestoneProgress.none.standing(
            from: try Self.instant("2026-12-04 00:00"), until: nil, isVoting: false, isAwaited: false,
            at: try Self.instant("2026-12-06 10:00"))
        #expect(standing == .toCome)
    }
}
