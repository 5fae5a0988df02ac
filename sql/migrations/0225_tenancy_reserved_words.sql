-- 0225 · tenancy · words of reserved things leave the log
-- Events of what a board keeps to itself held what people wrote: titles, reasons, places. The log is read by the office and
-- by control bodies. Events hold none of it from now on, and what was written of things that are reserved still is purged:
-- the chain binds details by a commitment alone, and verifies without them.
-- Locks: none. Undo: a later migration; what was purged is gone.

delete from tenancy.audit_details as details
using tenancy.audit_events as events
where events.organization_id = details.organization_id and events.event_id = details.event_id
    and (
        events.action in (
            'governance.meeting.planned', 'governance.meeting.edited', 'governance.meeting.moved',
            'governance.meeting.cancelled', 'governance.meeting.called', 'governance.support.asked',
            'governance.support.granted', 'governance.support.refused', 'governance.support.delivered',
            'governance.support.withdrawn', 'governance.evidence.added', 'governance.visit.recorded',
            'governance.visit.removed', 'governance.decision.withdrawn')
        and exists (
            select from governance.meetings
            where meetings.organization_id = events.organization_id and meetings.is_reserved
                and meetings.meeting_id::text = events.subject_id)
        or events.action = 'governance.campaign.sending_withdrawn'
        and exists (
            select from governance.campaigns
            where campaigns.organization_id = events.organization_id and campaigns.is_reserved
                and campaigns.campaign_id::text = events.subject_id)
        or events.action = 'governance.oversight.registered'
        and exists (
            select from governance.oversights
            where oversights.organization_id = events.organization_id and oversights.is_reserved
                and oversights.oversight_id::text = events.subject_id)
        or events.action = 'governance.oversight.visit_withdrawn'
        and exists (
            select from governance.oversight_visits as visits
            where visits.organization_id = events.organization_id and visits.is_reserved
                and visits.visit_id::text = events.subject_id)
        or events.action = 'governance.paper.attached'
        and exists (
            select from governance.papers
            join governance.minutes on minutes.organization_id = papers.organization_id
                and minutes.minutes_id = papers.minutes_id
            join governance.meetings on meetings.organization_id = papers.organization_id
                and meetings.meeting_id = minutes.meeting_id and meetings.is_reserved
            where papers.organization_id = events.organization_id and papers.paper_id::text = events.subject_id)
        or events.action = 'tenancy.file.opened'
        and exists (
            select from tenancy.files
            where files.organization_id = events.organization_id and files.is_reserved
                and files.file_id::text = events.subject_id)
        or events.action in ('tenancy.document.issued', 'tenancy.document.withdrawn')
        and exists (
            select from tenancy.documents
            where documents.organization_id = events.organization_id and documents.is_reserved
                and documents.document_id::text = events.subject_id));
