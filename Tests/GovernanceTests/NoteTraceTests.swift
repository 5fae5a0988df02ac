import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Notes that a page saves by itself: nothing is lost, and the chain is not filled.
@Suite struct NoteTraceTests {
    @Test func `who writes for a quarter of an hour leaves one event, and each text is kept`() async throws {
        let assembly = try await Assembly.make(3)
        let (setting, meeting, alliance) = (assembly.setting, assembly.meeting.id, assembly.alliance)
        try await assembly.arrive(0..<3)
        try await setting.run(OpenMeeting(meeting, of: alliance))
        let items = try await assembly.file().agenda
        let (tenants, organization) = (setting.tenants, setting.organization)
        let first = try await tenants.principal(.office, of: organization, name: "Ana Primera")
        let second = try await tenants.principal(
            .board, of: organization, in: .alliance(alliance), name: "Luz Segunda")
        func write(_ text: String, on index: Int = 0, as principal: Principal) async throws {
            let known = try await assembly.file().agenda[index].notes
            let written = try await tenants.runner.run(
                WriteNotes(
                    text, from: WrittenNotes.digest(of: known), on: items[index].id, in: meeting, of: alliance
                ),
                as: principal)
            #expect(written.text == text)
            #expect(try await assembly.file().agenda[index].notes == text)
        }
        func events() async throws -> Int {
            try await setting.read { transaction in
                try await transaction.value(
                    """
                    select count(*) from tenancy.audit_events
                    where organization_id = \(organization.id) and action = 'governance.notes.written'
                    """, as: Int.self) ?? 0
            }
        }
        for second in 1...20 {
            try await write("Texto \(second)", as: first)
            tenants.clock.advance(by: 30)
        }
        #expect(try await events() == 1)
        // Another person and another point have events of their own, each once.
        for text in ["Otra mano", "Otra mano más"] { try await write(text, as: second) }
        #expect(try await events() == 2)
        try await write("De nuevo la primera", as: first)
        #expect(try await events() == 2)
        try await write("Otro punto", on: 1, as: first)
        #expect(try await events() == 3)
        // Past a quarter of an hour there is a new one.
        tenants.clock.advance(by: AuditEvent.Trace.length)
        try await write("Más tarde", as: first)
        #expect(try await events() == 4)
        // Where two texts met, that stands in the chain at once.
        let merged = try await tenants.runner.run(
            WriteNotes(
                "A la vez", from: WrittenNotes.digest(of: "lo que no está"), on: items[0].id, in: meeting,
                of: alliance), as: first)
        #expect(merged.wasMerged && merged.text.contains("Más tarde") && merged.text.contains("A la vez"))
        #expect(try await events() == 5)
    }
}
