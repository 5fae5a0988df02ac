import Crypto
import Foundation
import Governance
import Kernel
import Reporting
import Tenancy
import Testing

@testable import Web

/// Calendars as telephones read them (RFC 5545), and who may read one.
@Suite struct CalendarFeedTests {
    private func feed(_ entries: [AgendaEntry]) throws -> [String] {
        let feed = CalendarFeed(
            name: "Alianzas · EPS",
            events: entries.enumerated().map { index, entry in
                CalendarFeed.Event(
                    entry, detail: entry.detail, address: "https://ejemplo.invalid/r/\(index)")
            }, host: "ejemplo.invalid", now: Date(timeIntervalSince1970: 1_773_417_600))
        #expect(feed.text.hasSuffix("END:VCALENDAR\r\n"))
        return feed.text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test func `a meeting has its hours in Colombia's time, and what is due takes a day`() throws {
        let lines = try feed([
            AgendaEntry(
                kind: .meeting(ID(), .assembly), alliance: ID(), day: day("2026-03-13"),
                time: TimeOfDay(hour: 9, minute: 5), endsAt: TimeOfDay(hour: 12, minute: 0),
                title: "Asamblea anual; con rendición, y quórum", detail: "Salón\nprincipal"),
            AgendaEntry(
                kind: .commitment(ID()), alliance: ID(), day: day("2026-12-31"), title: "Compromiso: rampa"),
        ])
        #expect(lines.contains("DTSTART;TZID=America/Bogota:20260313T090500"))
        #expect(lines.contains("DTEND;TZID=America/Bogota:20260313T120000"))
        #expect(lines.contains("SUMMARY:Asamblea anual\\; con rendición\\, y quórum"))
        #expect(lines.contains("DESCRIPTION:Salón\\nprincipal"))
        #expect(lines.contains("DTSTART;VALUE=DATE:20261231"))
        #expect(lines.contains("DTEND;VALUE=DATE:20270101"))
        #expect(lines.contains("DTSTAMP:20260313T160000Z"))
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 2)
        #expect(lines.filter { $0 == "END:VEVENT" }.count == 2)
    }

    @Test func `what is moved keeps its identifier with a higher number, and what is called off says so`()
        throws
    {
        let (meeting, poll) = (ID<Meeting>(), ID<Poll>())
        func entry(_ text: String, changes: Int, _ state: ObligationState = .due) throws -> AgendaEntry {
            try AgendaEntry(
                kind: .meeting(meeting, .board), state: state, alliance: ID(), day: day(text),
                time: TimeOfDay(hour: 9, minute: 0), title: "Reunión", changes: changes)
        }
        let before = try feed([entry("2026-03-13", changes: 0)])
        let moved = try feed([entry("2026-03-20", changes: 1)])
        let off = try feed([entry("2026-03-20", changes: 2, .notApplicable)])
        func value(_ name: String, in lines: [String]) -> String? {
            lines.first { $0.hasPrefix("\(name):") }?.dropFirst(name.count + 1).description
        }
        #expect(value("UID", in: before) == "reunion-\(meeting)@ejemplo.invalid")
        #expect(Set([before, moved, off].map { value("UID", in: $0) }).count == 1)
        #expect([before, moved, off].map { value("SEQUENCE", in: $0) } == ["0", "1", "2"])
        #expect([before, moved, off].map { value("STATUS", in: $0) } == [nil, nil, "CANCELLED"])
        #expect(value("DTSTART;TZID=America/Bogota", in: moved) == "20260320T090000")
        // The first and the last day of one thing are two.
        let edges: [AgendaEntry.Edge] = [.opens, .closes]
        let lines = try feed(
            edges.map {
                try AgendaEntry(kind: .poll(poll, $0), alliance: ID(), day: day("2026-03-13"), title: "S")
            })
        #expect(Set(lines.filter { $0.hasPrefix("UID:") }).count == 2)
    }

    @Test(arguments: [0, 1, 74, 75, 76, 150, 400])
    func `lines have 75 octets at the most, and lose nothing`(length: Int) {
        let line = String(repeating: "ñá😀x", count: length / 4) + String(repeating: "y", count: length % 4)
        let folded = CalendarFeed.folded(line)
        #expect(folded.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(folded.replacing("\r\n ", with: "") == line)
    }

    @Test func `a token proves one user's feed of one number, made with one key`() throws {
        let key = SymmetricKey(size: .bits256)
        let (organization, user) = (ID<Organization>(), ID<User>())
        let token = FeedToken(organization: organization, user: user, number: 3, key: key)
        let read = try #require(FeedToken(pathText: token.pathText))
        #expect(read.proves(3, key: key))
        #expect(!read.proves(4, key: key))
        #expect(!read.proves(3, key: SymmetricKey(size: .bits256)))
        let other = token.pathText.replacing(user.description, with: ID<User>().description)
        #expect(try #require(FeedToken(pathText: other)).proves(3, key: key) == false)
        let raised = token.pathText.replacing(".3.", with: ".4.")
        #expect(try #require(FeedToken(pathText: raised)).proves(4, key: key) == false)
        for text in ["", "x", "\(organization).\(user).3", "\(organization).\(user).3.!!"] {
            #expect(FeedToken(pathText: text) == nil)
        }
    }
}
