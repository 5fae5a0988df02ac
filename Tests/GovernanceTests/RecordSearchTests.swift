import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What the search of the bar finds of Governance.
@Suite struct RecordSearchTests {
    @Test(arguments: [
        ("acta 3", 3), ("Acta n.º 3", 3), ("ACTA No. 12", 12), ("acta número 7", 7), ("3", nil),
        ("acta de la junta", nil), ("acta 0", nil), ("acta 3 2026", nil),
    ])
    func `minutes are asked for by their number`(typed: String, number: Int?) {
        #expect(RecordSearch(typed)?.minutesNumber == number)
    }

    @Test func `a radicado is read with its letter or without, and nothing else is`() throws {
        let complaint = try #require(RecordSearch("Q-2026-0007")?.filing)
        #expect(complaint == (.complaint, 2026, 7))
        #expect(try #require(RecordSearch("radicado s 2026 12")?.filing) == (.letter, 2026, 12))
        #expect(try #require(RecordSearch("2026-0007")?.filing) == (nil, 2026, 7))
        for other in ["CC 1066555123", "2026", "asamblea 2026 7", "Q-1-2", " ¿? "] {
            #expect(RecordSearch(other)?.filing == nil, "\(other)")
        }
    }

    @Test func `meetings are found by the beginnings of their words, and minutes by their number`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        for (position, title) in ["Asamblea anual de asociados", "Reunión de la junta"].enumerated() {
            try await setting.write { transaction in
                try await transaction.execute(
                    """
                    insert into governance.meetings (
                        organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode,
                        participants, recorded_at, is_own_accountability)
                    values (
                        \(setting.organization.id), \(ID<Meeting>()), \(alliance), \(position + 1), 'other',
                        \(title), 'planned', '2026-04-01', 'in_person', '{}', '2026-03-01', false)
                    """)
            }
        }
        func found(
            _ kind: FindRecords.Kind, _ typed: String, in alliances: [ID<Alliance>]
        ) async throws -> [String] {
            let search = try #require(RecordSearch(typed))
            return try await setting.fetch(FindRecords(kind, by: search, in: alliances)).map(\.title)
        }
        #expect(try await found(.meetings, "ASAMB asoc", in: [alliance]) == ["Asamblea anual de asociados"])
        #expect(try await found(.meetings, "reunion", in: [alliance]) == ["Reunión de la junta"])
        #expect(try await found(.meetings, "asamblea inexistente", in: [alliance]).isEmpty)
        #expect(try await found(.meetings, "asamblea", in: [ID()]).isEmpty)
        // What is no word for PostgreSQL is none of the question either.
        #expect(try await found(.meetings, "junta & ! ( :* '", in: [alliance]) == ["Reunión de la junta"])
        for kind in [FindRecords.Kind.minutes, .complaints, .letters] {
            #expect(try await found(kind, "acta 3", in: [alliance]).isEmpty)
            #expect(try await found(kind, "2026-0001", in: [alliance]).isEmpty)
        }
    }
}
