import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// What the minutes of a meeting tell, read from what was kept at its time.
    func minutesFacts(
        of meeting: Meeting, in alliance: ID<Alliance>, free: MinutesDraft.Free, signers: [MinutesSigner]
    ) async throws -> MinutesFacts {
        let id = meeting.id
        return MinutesFacts(
            place: try await minutesPlace(of: meeting, in: alliance), meeting: meeting, free: free,
            format: try await documentFormat("minutes", on: meeting.day), agenda: try await agenda(of: id),
            notice: try await minutesNotice(of: id), calls: try await minutesCalls(of: id),
            attendances: try await minutesAttendances(of: id), excuses: try await minutesExcuses(of: id),
            entitled: try await minutesEntitled(to: meeting), scans: try await minutesScans(of: id),
            evidence: try await evidence(of: id).map {
                MinutesFacts.Evidence(title: $0.title, sha256: $0.sha256.description)
            },
            checks: try await minutesChecks(of: id), speeches: try await minutesSpeeches(of: id),
            steps: try await sessionSteps(of: id), decisions: try await minutesDecisions(of: id),
            questions: try await minutesQuestions(of: id), commitments: try await minutesCommitments(of: id),
            reviews: try await minutesReviews(in: meeting), earlier: try await minutesEarlier(in: meeting),
            enrolled: try await enrolled(in: alliance, on: meeting.days), signers: signers)
    }

    /// What a draft begins with: what the entity's format asks and what is known already.
    func firstWords(of meeting: Meeting) async throws -> MinutesDraft.Free {
        let facilitator = try await row(
            """
            select name, represents from governance.attendances
            where organization_id = \(organization) and meeting_id = \(meeting.id)
                and capacity = 'facilitator' and undone_at is null
            order by arrived_at limit 1
            """, as: FacilitatorRow.self)
        return try MinutesDraft.Free(
            activity: meeting.kind == .training ? .training : .unmarked,
            activityNote: meeting.kind == .training ? meeting.title : nil, facilitator: facilitator?.name,
            facilitatorPost: facilitator?.represents,
            company: try await organization(organization)?.shortName,
            audience: meeting.participants.isEmpty ? nil : SpanishFormat.list(meeting.participants))
    }

    private func minutesPlace(
        of meeting: Meeting, in alliance: ID<Alliance>
    ) async throws -> MinutesFacts.Place {
        guard let entity = try await organization(organization), let found = try await self.alliance(alliance)
        else { throw MinutesError.notFound }
        let municipality = try await values(
            """
            select municipalities.name from tenancy.alliance_municipalities as places
            join catalogue.municipalities on municipalities.municipality_code = places.municipality_code
            where places.organization_id = \(organization) and places.alliance_id = \(alliance)
            order by municipalities.name
            """, as: String.self)
        var body: String?
        if let id = meeting.body { body = try await self.body(id)?.name }
        return MinutesFacts.Place(
            entity: entity, alliance: found.name,
            municipality: municipality.isEmpty || municipality.count > 3
                ? nil : SpanishFormat.list(municipality),
            body: body)
    }

    private func minutesNotice(of meeting: ID<Meeting>) async throws -> MinutesFacts.Notice? {
        try await row(
            """
            select issued_on, given_days, required_days, counts_business_days, required_by,
                short_notice_reason
            from governance.meeting_notices
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by version desc limit 1
            """)
    }

    private func minutesCalls(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Call] {
        try await rows(
            """
            select sent_on, channel, reached, file_id is not null as has_proof
            from governance.meeting_calls
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by sent_on, channel, call_id
            """)
    }

    private func minutesAttendances(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Attendance] {
        try await rows(
            """
            select stays.person_id, stays.name, stays.capacity, stays.represents,
                stays.way = 'remote' as is_remote, stays.arrived_at, stays.left_at, mandates.seat_id,
                mandates.rank, seats.title as office
            from governance.attendances as stays
            left join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = stays.mandate_id
            left join governance.seats on seats.organization_id = \(organization)
                and seats.seat_id = mandates.seat_id
            where stays.organization_id = \(organization) and stays.meeting_id = \(meeting)
                and stays.undone_at is null
            order by array_position(
                array['entitled', 'user', 'facilitator', 'entity', 'guarantor', 'guest'], stays.capacity),
                stays.name, stays.arrived_at, stays.attendance_id
            """)
    }

    private func minutesExcuses(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Excuse] {
        try await rows(
            """
            select excuses.person_id, excuses.reason,
                concat_ws(' ', first_name, second_name, first_surname, second_surname) as name
            from governance.attendance_excuses as excuses
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = excuses.person_id
            where excuses.organization_id = \(organization) and excuses.meeting_id = \(meeting)
            order by name, excuses.person_id
            """)
    }

    /// Who holds the seats of the body that meets; of an assembly nobody is named.
    private func minutesEntitled(to meeting: Meeting) async throws -> [MinutesFacts.Entitled] {
        guard let body = meeting.body, let seated = try await seatedBody(body, on: meeting.day) else {
            return []
        }
        return seated.seatings.compactMap { seating in
            seating.principal.map {
                MinutesFacts.Entitled(
                    person: $0.mandate.person?.rawValue, name: $0.mandate.holderName,
                    office: seating.seat.title)
            }
        }
    }

    private func minutesScans(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Scan] {
        try await rows(
            """
            select sheets.code, scans.sha256
            from governance.attendance_scans as scans
            left join governance.attendance_sheets as sheets on sheets.organization_id = \(organization)
                and sheets.meeting_id = scans.meeting_id and sheets.sheet_id = scans.sheet_id
            where scans.organization_id = \(organization) and scans.meeting_id = \(meeting)
            order by scans.recorded_at, scans.scan_id
            """)
    }

    private func minutesChecks(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Check] {
        try await rows(
            """
            select check_id, occasion, call, base, present, required, is_met, source, checked_at
            from governance.quorum_checks
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by checked_at, check_id
            """)
    }

    private func minutesSpeeches(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Speech] {
        try await speakingList(of: meeting).spoken.reversed().map {
            MinutesFacts.Speech(item: $0.item, name: $0.name)
        }
    }

    private func minutesDecisions(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Decision] {
        try await rows(
            """
            select decision_id, item_id, position, decision, proposed_by, manner, majority,
                share_numerator || '/' || share_denominator as share, share_of, majority_source, in_favor,
                against, blank, abstained, needed, is_adopted, check_id, present, entitled,
                approves_minutes_id, withdrawal_reason,
                array(
                    select votes.name from governance.decision_votes as votes
                    where votes.organization_id = \(organization)
                        and votes.decision_id = decisions.decision_id order by votes.position
                ) as voters,
                array(
                    select votes.vote from governance.decision_votes as votes
                    where votes.organization_id = \(organization)
                        and votes.decision_id = decisions.decision_id order by votes.position
                ) as votes
            from governance.decisions
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by position
            """)
    }

    private func minutesQuestions(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Question] {
        try await rows(
            """
            select item_id, nullif(asked_by, '') as asked_by, question, answer, answered_by
            from governance.meeting_questions
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by position
            """)
    }

    private func minutesCommitments(of meeting: ID<Meeting>) async throws -> [MinutesFacts.Commitment] {
        try await rows(
            """
            select activity, owner, owner_kind, due_on, item_id, decision_id
            from governance.commitments
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by recorded_at, commitment_id
            """)
    }

    private func minutesReviews(in meeting: Meeting) async throws -> [MinutesFacts.Review] {
        try await rows(
            """
            select commitments.activity, commitments.owner, commitments.owner_kind,
                coalesce(steps.due_before, commitments.due_on) as due_on, steps.kind, steps.note,
                steps.due_after, commitments.item_id, commitments.decision_id
            from governance.commitment_steps as steps
            join governance.commitments on commitments.organization_id = \(organization)
                and commitments.commitment_id = steps.commitment_id
            where steps.organization_id = \(organization) and steps.meeting_id = \(meeting.id)
                and steps.kind not in ('made', 'reminded') and commitments.is_reserved <= \(meeting.isReserved)
            order by steps.recorded_at, steps.step_id
            """)
    }

    /// The minutes that the meeting approved, and those that it corrected.
    private func minutesEarlier(in meeting: Meeting) async throws -> [MinutesFacts.Earlier] {
        let approved = try await rows(
            """
            select meetings.title, meetings.day, drafts.number, null as says, null as should_say
            from governance.decisions
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.minutes_id = decisions.approves_minutes_id
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            where decisions.organization_id = \(organization) and decisions.meeting_id = \(meeting.id)
                and decisions.is_adopted and decisions.withdrawn_at is null
                and drafts.is_reserved <= \(meeting.isReserved)
            order by decisions.position
            """, as: EarlierMinutesRow.self)
        let corrected = try await rows(
            """
            select meetings.title, meetings.day, drafts.number, corrections.says, corrections.should_say
            from governance.minutes_corrections as corrections
            join governance.decisions on decisions.organization_id = \(organization)
                and decisions.decision_id = corrections.decision_id
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.minutes_id = corrections.minutes_id
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            where corrections.organization_id = \(organization) and decisions.meeting_id = \(meeting.id)
                and corrections.is_reserved <= \(meeting.isReserved)
            order by corrections.recorded_at, corrections.correction_id
            """, as: EarlierMinutesRow.self)
        return (approved + corrected).map { MinutesFacts.Earlier(words: $0.words) }
    }

    private func enrolled(in alliance: ID<Alliance>, on days: ClosedRange<CalendarDate>) async throws -> Int {
        try await value(
            """
            select count(distinct person_id) from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance)
                and joined_on between \(days.lowerBound) and \(days.upperBound)
                and leave_reason is distinct from 'mistake'
            """) ?? 0
    }

    /// The narratives of the alliance, and of others for who may read theirs; those of the alliance first and then the
    /// latest first.
    func earlierMinutes(
        before meeting: ID<Meeting>, of alliance: ID<Alliance>
    ) async throws -> [TextLikeness.Earlier] {
        try await rows(
            """
            select minutes.number, meetings.title, minutes.meeting_id, minutes.dated_on, minutes.narrative
            from governance.minutes
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = minutes.meeting_id
            where minutes.organization_id = \(organization) and minutes.meeting_id <> \(meeting)
                and (minutes.alliance_id = \(alliance) or \(scope.principal.holds(.readMinutes, in: .office)))
            order by minutes.alliance_id <> \(alliance), minutes.dated_on desc, minutes.minutes_id
            limit \(TextLikeness.mostTexts)
            """, as: NarrativeRow.self
        ).map(\.earlier)
    }
}
