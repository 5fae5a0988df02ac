import Foundation
import Kernel
public import Postgres
import Tenancy

extension DocumentOrigin.Kind: SQLValue {}

private struct OriginRow: RowDecodable {
    let file: ID<StoredFile>
    let origin: DocumentOrigin

    init(row: Row) throws(RowError) {
        file = try row["file_id"]
        origin = DocumentOrigin(
            kind: try row["kind"], subject: try row["subject"], year: try row["year"], words: try row["words"]
        )
    }
}

extension Transaction where Scope == TenantScope {
    /// What some files were kept with, as far as the scope may see it. One that was kept with several things is told by the
    /// first of them.
    func origins(of files: [ID<StoredFile>]) async throws -> [ID<StoredFile>: DocumentOrigin] {
        guard !files.isEmpty else { return [:] }
        let rows = try await rows(
            """
            select distinct on (file_id) file_id, kind, subject, year, words
            from (\(fragment: meetingOrigins(files)) union all \(fragment: betweenOrigins(files))
                union all \(fragment: lifeOrigins(files))) as origins
            order by file_id, kind, words
            """, as: OriginRow.self)
        return Dictionary(rows.map { ($0.file, $0.origin) }) { first, _ in first }
    }

    private func meetingOrigins(_ files: [ID<StoredFile>]) -> SQL {
        """
        select kept.file_id, 'meeting' as kind, meetings.meeting_id as subject, null::integer as year,
            concat(kept.words, ', «', meetings.title, '»') as words
        from (
            select file_id, meeting_id, title as words from governance.meeting_evidence
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select file_id, meeting_id, 'Constancia de la convocatoria' from governance.meeting_calls
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select notice_file_id, meeting_id, 'Aviso del cambio de fecha' from governance.meeting_changes
            where organization_id = \(organization) and notice_file_id = any (\(files))
            union all
            select file_id, meeting_id, 'Apoyo entregado' from governance.meeting_supports
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select file_id, meeting_id, 'Planilla de asistencia' from governance.attendance_scans
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select file_id, meeting_id, 'Visita de convocatoria' from governance.outreach_visits
            where organization_id = \(organization) and file_id = any (\(files))
        ) as kept
        join governance.meetings on meetings.organization_id = \(organization)
            and meetings.meeting_id = kept.meeting_id
        """
    }

    private func betweenOrigins(_ files: [ID<StoredFile>]) -> SQL {
        """
        select kept.file_id, 'letter', letters.letter_id, null,
            concat(kept.words, ', «', letters.subject, '»')
        from (
            select file_id, letter_id, title as words from governance.letter_files
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select delivery_file_id, letter_id, concat('Constancia de entrega a ', name)
            from governance.letter_addressees
            where organization_id = \(organization) and delivery_file_id = any (\(files))
            union all
            select answer_file_id, letter_id, concat('Respuesta de ', name) from governance.letter_addressees
            where organization_id = \(organization) and answer_file_id = any (\(files))
        ) as kept
        join governance.letters on letters.organization_id = \(organization) and letters.letter_id = kept.letter_id
        union all
        select steps.file_id, 'commitment', commitments.commitment_id, null,
            concat('Evidencia del compromiso «', commitments.activity, '»')
        from governance.commitment_steps as steps
        join governance.commitments on commitments.organization_id = \(organization)
            and commitments.commitment_id = steps.commitment_id
        where steps.organization_id = \(organization) and steps.file_id = any (\(files))
        union all
        select steps.file_id, 'improvement', improvements.improvement_id, null,
            concat('Evidencia de la mejora «', improvements.title, '»')
        from governance.improvement_steps as steps
        join governance.improvements on improvements.organization_id = \(organization)
            and improvements.improvement_id = steps.improvement_id
        where steps.organization_id = \(organization) and steps.file_id = any (\(files))
        union all
        select steps.file_id, 'complaint', complaints.complaint_id, null,
            concat('Constancia de la queja Q-', complaints.year, '-', 
                lpad(complaints.number::text, greatest(4, length(complaints.number::text)), '0'))
        from governance.complaint_steps as steps
        join governance.complaints on complaints.organization_id = \(organization)
            and complaints.complaint_id = steps.complaint_id
        where steps.organization_id = \(organization) and steps.file_id = any (\(files))
        union all
        select kept.file_id, 'campaign', campaigns.campaign_id, null,
            concat(kept.words, ', «', campaigns.title, '»')
        from (
            select file_id, campaign_id, 'Pieza' as words from governance.campaign_pieces
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select file_id, campaign_id, 'Evidencia del envío' from governance.campaign_sendings
            where organization_id = \(organization) and file_id = any (\(files))
        ) as kept
        join governance.campaigns on campaigns.organization_id = \(organization)
            and campaigns.campaign_id = kept.campaign_id
        union all
        select kept.file_id, 'oversight', oversights.oversight_id, null,
            concat(kept.words, ', «', oversights.title, '»')
        from (
            select file_id, oversight_id, title as words from governance.oversight_evidence
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select file_id, oversight_id, 'Respuesta o comprobación' from governance.oversight_steps
            where organization_id = \(organization) and file_id = any (\(files))
            union all
            select registry_file_id, oversight_id, 'Inscripción de la veeduría' from governance.oversights
            where organization_id = \(organization) and registry_file_id = any (\(files))
        ) as kept
        join governance.oversights on oversights.organization_id = \(organization)
            and oversights.oversight_id = kept.oversight_id
        union all
        select tallies.file_id, 'poll', polls.poll_id, null, concat('Hojas contadas del sondeo «', polls.title, '»')
        from governance.poll_tallies as tallies
        join governance.polls on polls.organization_id = \(organization) and polls.poll_id = tallies.poll_id
        where tallies.organization_id = \(organization) and tallies.file_id = any (\(files))
        """
    }

    private func lifeOrigins(_ files: [ID<StoredFile>]) -> SQL {
        """
        select kept.file_id, 'body', kept.body_id, null, concat(kept.words, ', ', bodies.name)
        from (
            select paper_file_id as file_id, body_id, concat('Papel del período de ', holder_name) as words
            from governance.mandates
            where organization_id = \(organization) and paper_file_id = any (\(files))
            union all
            select end_file_id, body_id, concat('Papel del fin del período de ', holder_name)
            from governance.mandates
            where organization_id = \(organization) and end_file_id = any (\(files))
        ) as kept
        join governance.bodies on bodies.organization_id = \(organization) and bodies.body_id = kept.body_id
        union all
        select follow_ups.evidence_file_id, 'plan', plans.plan_id, plans.year,
            concat('Evidencia de la actividad ', follow_ups.activity_number, ' del plan de ', plans.year)
        from governance.plan_follow_ups as follow_ups
        join governance.work_plans as plans on plans.organization_id = \(organization)
            and plans.plan_id = follow_ups.plan_id
        where follow_ups.organization_id = \(organization) and follow_ups.evidence_file_id = any (\(files))
        union all
        select report_file_id, 'group', group_id, null, concat('Informe de ', name) from governance.work_groups
        where organization_id = \(organization) and report_file_id = any (\(files))
        union all
        select file_id, 'report', report_id, null, title from governance.reports
        where organization_id = \(organization) and file_id = any (\(files))
        union all
        select file_id, 'life', step_id, null, concat_ws(' ', 'Trámite ante', authority, number)
        from governance.registry_steps
        where organization_id = \(organization) and file_id = any (\(files))
        union all
        select file_id, 'life', call_id, null, 'Convocatoria para constituir la alianza'
        from governance.alliance_calls
        where organization_id = \(organization) and file_id = any (\(files))
        union all
        select file_id, 'life', renewal_id, null, concat('Acta de la renovación, ', minutes)
        from governance.renewals
        where organization_id = \(organization) and file_id = any (\(files))
        union all
        select papers.file_id,
            case when plans.plan_id is not null then 'plan' when minutes.meeting_id is not null then 'meeting' else 'life' end,
            coalesce(plans.plan_id, minutes.meeting_id, papers.paper_id), plans.year, papers.title
        from governance.papers
        left join governance.work_plans as plans on plans.organization_id = \(organization)
            and plans.plan_id = papers.plan_id
        left join governance.minutes on minutes.organization_id = \(organization)
            and minutes.minutes_id = papers.minutes_id
        where papers.organization_id = \(organization) and papers.file_id = any (\(files))
        union all
        select receipt_file_id, 'delivery', delivery_id, null, concat('Recibo de la entrega ', number)
        from governance.deliveries
        where organization_id = \(organization) and receipt_file_id = any (\(files))
        """
    }
}
