import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Asks that what a meeting names belongs to its alliance, and that who reserves it for the board is on it.
    ///
    /// - Throws: ``MeetingError``.
    func requireOwn(_ meeting: Meeting, of alliance: ID<Alliance>) async throws {
        if let body = meeting.body, try await self.body(body)?.alliance != alliance {
            throw MeetingError.bodyNotFound
        }
        if let series = meeting.series, try await self.series(series, of: alliance) == nil {
            throw MeetingError.seriesNotFound
        }
        guard !meeting.isReserved || scope.principal.mayReserve(in: .alliance(alliance)) else {
            throw MeetingError.notOnBoard
        }
    }

    /// Lifts the reserve from a meeting and from all that hangs on it.
    func share(_ meeting: ID<Meeting>, at now: Date) async throws {
        let drafts: SQL = """
            select minutes_id from governance.minutes_drafts
            where organization_id = \(organization) and meeting_id = \(meeting)
            """
        try await lift(files(of: meeting, drafts: drafts))
        try await pipeline([
            """
            update governance.agenda_items set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.meeting_notices set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.decisions set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.decision_votes set is_reserved = false
            where organization_id = \(organization) and decision_id in (
                select decision_id from governance.decisions
                where organization_id = \(organization) and meeting_id = \(meeting))
            """,
            """
            update governance.meeting_questions set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.speaking_turns set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.session_steps set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.commitments set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.meeting_evidence set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.minutes_versions set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes_observations set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes_signers set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes_scans set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes_tellings set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes_seals set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes_corrections set is_reserved = false
            where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            """,
            """
            update governance.minutes set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.papers set is_reserved = false
            where organization_id = \(organization) and minutes_id in (
                select minutes_id from governance.minutes
                where organization_id = \(organization) and meeting_id = \(meeting))
            """,
            """
            update governance.minutes_drafts set is_reserved = false
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
            """
            update governance.meetings set is_reserved = false, shared_at = \(now)
            where organization_id = \(organization) and meeting_id = \(meeting)
            """,
        ])
    }

    /// The files that hang on a meeting: scans, proofs, evidence, signed paper, sealed minutes and their extracts.
    private func files(of meeting: ID<Meeting>, drafts: SQL) -> SQL {
        """
        select file_id from governance.attendance_scans
        where organization_id = \(organization) and meeting_id = \(meeting)
        union all
        select file_id from governance.meeting_evidence
        where organization_id = \(organization) and meeting_id = \(meeting)
        union all
        select file_id from governance.meeting_calls
        where organization_id = \(organization) and meeting_id = \(meeting) and file_id is not null
        union all
        select file_id from governance.outreach_visits
        where organization_id = \(organization) and meeting_id = \(meeting) and file_id is not null
        union all
        select file_id from governance.meeting_supports
        where organization_id = \(organization) and meeting_id = \(meeting) and file_id is not null
        union all
        select notice_file_id from governance.meeting_changes
        where organization_id = \(organization) and meeting_id = \(meeting) and notice_file_id is not null
        union all
        select steps.file_id from governance.commitment_steps as steps
        join governance.commitments on commitments.organization_id = \(organization)
            and commitments.commitment_id = steps.commitment_id
        where steps.organization_id = \(organization) and commitments.meeting_id = \(meeting)
            and steps.file_id is not null
        union all
        select paper_file_id from governance.minutes_signers
        where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
            and paper_file_id is not null
        union all
        select file_id from governance.minutes_scans
        where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
        union all
        select unnest(array[file_id, redacted_file_id]) from governance.minutes_seals
        where organization_id = \(organization) and minutes_id in (\(fragment: drafts))
        union all
        select papers.file_id from governance.papers
        join governance.minutes on minutes.organization_id = \(organization)
            and minutes.minutes_id = papers.minutes_id
        where papers.organization_id = \(organization) and minutes.meeting_id = \(meeting)
        union all
        select documents.file_id from tenancy.documents
        join governance.decisions on decisions.organization_id = \(organization)
            and decisions.decision_id::text = documents.subject_id
        where documents.organization_id = \(organization)
            and documents.kind = \(MinutesText.Decision.extract) and decisions.meeting_id = \(meeting)
        """
    }
}
