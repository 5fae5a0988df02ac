import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Writes the notes of a point.
    func write(_ notes: WrittenNotes, of item: ID<AgendaItem>, in meeting: ID<Meeting>) async throws {
        try await execute(
            """
            update governance.agenda_items set notes = \(notes.text), noted_at = \(notes.at)
            where organization_id = \(organization) and meeting_id = \(meeting) and item_id = \(item)
            """)
    }

    /// The last event of the notes that the person writes on a point; `nil` where there is none yet.
    func noteTrace(of item: ID<AgendaItem>, in meeting: ID<Meeting>) async throws -> AuditEvent.Trace? {
        let at: Date? = try await value(
            """
            select traced_at from governance.note_traces
            where organization_id = \(organization) and meeting_id = \(meeting) and item_id = \(item)
                and user_id = \(scope.principal.user)
            """)
        return at.map { AuditEvent.Trace(at: $0) }
    }

    /// Remembers that the notes that the person writes on a point have an event.
    func traceNotes(of item: ID<AgendaItem>, in meeting: ID<Meeting>, at now: Date) async throws {
        guard let user = scope.principal.user else { return }
        try await execute(
            """
            insert into governance.note_traces (organization_id, meeting_id, item_id, user_id, traced_at)
            values (\(organization), \(meeting), \(item), \(user), \(now))
            on conflict on constraint note_traces_pkey do update set traced_at = excluded.traced_at
            """)
    }
}
