import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// What happened in an alliance within some days, of some kinds, by day.
    ///
    /// What a board keeps to itself is left out for everybody, so that a figure is the same whoever reads it.
    public func happenings(
        _ kinds: some Sequence<Happening.Kind>, of alliance: ID<Alliance>, in days: ClosedRange<CalendarDate>
    ) async throws -> [Happening] {
        var found: [Happening] = []
        for kind in Happening.Kind.allCases where kinds.contains(kind) {
            found += try await rows(
                """
                select happened.id, happened.day, happened.title, happened.amount, happened.activity_id
                from (\(fragment: counter(of: kind, in: alliance)))
                    as happened (id, day, title, amount, activity_id)
                where happened.day between \(days.lowerBound) and \(days.upperBound)
                order by happened.day, happened.id
                """, as: HappeningRow.self
            ).map { $0.happening(kind) }
        }
        return found.sorted { $0.day < $1.day }
    }

    /// The counter of a kind: what happened in an alliance with its identifier, day, title, amount and the activity that
    /// it was done for.
    private func counter(of kind: Happening.Kind, in alliance: ID<Alliance>) -> SQL {
        switch kind {
        case .boardMeeting: held(.board, in: alliance)
        case .assembly: held(.assembly, in: alliance)
        case .encounter: held(.encounter, in: alliance)
        case .accountability: held(.accountability, in: alliance)
        case .publicHearing: held(.publicHearing, in: alliance)
        case .groupMeeting: held(.group, in: alliance)
        case .socialization: held(.socialization, in: alliance)
        case .otherMeeting: held(.other, in: alliance)
        case .training: held(.training, in: alliance)
        case .trainedPerson: trained(in: alliance)
        case .sealedMinutes: sealed(in: alliance)
        case .report:
            """
            select report_id, given_on, title, 1, null::uuid from governance.reports
            where organization_id = \(organization) and alliance_id = \(alliance)
                and not exists (
                    select from governance.report_withdrawals as withdrawals
                    where withdrawals.organization_id = \(organization)
                        and withdrawals.report_id = reports.report_id)
            """
        case .newMember:
            """
            select (array_agg(membership_id order by membership_id))[1], joined_on, 'Ingreso a la alianza',
                count(*)::int, null::uuid
            from membership.memberships
            where organization_id = \(organization) and alliance_id = \(alliance)
                and leave_reason is distinct from 'mistake'
            group by joined_on
            """
        case .keptCommitment:
            """
            select commitment_id, closed_on, activity, 1, null::uuid from governance.commitments
            where organization_id = \(organization) and alliance_id = \(alliance) and state = 'done'
                and not is_reserved
            """
        case .outreachVisit:
            """
            select visits.visit_id, visits.visited_on, visits.place, 1, null::uuid
            from governance.outreach_visits as visits
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = visits.meeting_id
            where visits.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and not meetings.is_reserved
            """
        case .workGroup:
            """
            select group_id, began_on, name, 1, activity_id from governance.work_groups
            where organization_id = \(organization) and alliance_id = \(alliance)
            """
        case .groupReport:
            """
            select group_id, ended_on, name, 1, activity_id from governance.work_groups
            where organization_id = \(organization) and alliance_id = \(alliance) and ended_on is not null
            """
        case .accompaniedComplaint: accompanied(in: alliance)
        case .orientation: oriented("1", in: alliance)
        case .orientedPerson: oriented("orientations.people", in: alliance)
        case .campaign, .campaignReach, .letter: sent(kind, in: alliance)
        case .doneImprovement:
            """
            select improvement_id, done_on, title, 1, null::uuid from governance.improvements
            where organization_id = \(organization) and alliance_id = \(alliance) and state = 'done'
            """
        case .oversightVisit:
            """
            select visits.oversight_id, visits.visited_on, visits.place, 1, null::uuid
            from governance.oversight_visits as visits
            where visits.organization_id = \(organization) and visits.alliance_id = \(alliance)
                and visits.withdrawn_on is null and not visits.is_reserved
            """
        case .closedOversight:
            """
            select oversight_id, closed_on, title, 1, null::uuid from governance.oversights
            where organization_id = \(organization) and alliance_id = \(alliance) and closed_on is not null
                and not is_reserved
            """
        case .attendedNeed:
            """
            select need_id, answered_on, account, 1, activity_id from governance.needs
            where organization_id = \(organization) and alliance_id = \(alliance) and state = 'attended'
            """
        case .heldPoll:
            """
            select poll_id, closed_on, title, 1, null::uuid from governance.polls
            where organization_id = \(organization) and alliance_id = \(alliance) and closed_on is not null
                and (
                    exists (
                        select from governance.poll_sheets as sheets
                        where sheets.organization_id = \(organization) and sheets.poll_id = polls.poll_id)
                    or exists (
                        select from governance.poll_tallies as tallies
                        where tallies.organization_id = \(organization) and tallies.poll_id = polls.poll_id
                            and tallies.withdrawal_reason is null))
            """
        case .approvedPlan:
            """
            select plan_id, approved_on, title, 1, null::uuid from governance.work_plans
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is not null
            """
        case .approvedBylaws:
            """
            select bylaws_id, approved_on, title, 1, null::uuid from governance.bylaws
            where organization_id = \(organization) and alliance_id = \(alliance) and approved_on is not null
            """
        }
    }

    /// Complaints that were passed on to an entity or closed by accompanying the person: each counts once, on the day on
    /// which it first was, and is told by its radicado alone.
    private func accompanied(in alliance: ID<Alliance>) -> SQL {
        """
        select complaints.complaint_id,
            (min(steps.happened_at) at time zone 'America/Bogota')::date,
            'Queja Q-' || complaints.year || '-' || lpad(complaints.number::text, greatest(4, length(complaints.number::text)), '0'), 1, null::uuid
        from governance.complaints
        join governance.complaint_steps as steps on steps.organization_id = \(organization)
            and steps.complaint_id = complaints.complaint_id
            and (steps.kind = 'transferred' or steps.kind = 'closed' and steps.verdict = 'oriented')
        where complaints.organization_id = \(organization) and complaints.alliance_id = \(alliance)
        group by complaints.complaint_id, complaints.year, complaints.number
        """
    }

    /// Orientations with how much each counts, told by their topic.
    private func oriented(_ amount: SQL, in alliance: ID<Alliance>) -> SQL {
        """
        select orientations.orientation_id, orientations.given_on,
            coalesce(orientations.other_topic, topics.title), \(fragment: amount), null::uuid
        from governance.orientations
        join catalogue.orientation_topics as topics on topics.code = orientations.topic
        where orientations.organization_id = \(organization) and orientations.alliance_id = \(alliance)
            and orientations.withdrawn_at is null
        """
    }

    /// What was sent: campaigns on the day on which each first was, people by each sending, letters on the day on which
    /// the first of those addressed got them, and statements on the day on which they were issued.
    private func sent(_ kind: Happening.Kind, in alliance: ID<Alliance>) -> SQL {
        switch kind {
        case .campaign:
            """
            select campaigns.campaign_id, min(sendings.sent_on), campaigns.title, 1, null::uuid
            from governance.campaigns
            join governance.campaign_sendings as sendings on sendings.organization_id = \(organization)
                and sendings.campaign_id = campaigns.campaign_id and sendings.withdrawn_at is null
            where campaigns.organization_id = \(organization) and campaigns.alliance_id = \(alliance)
                and not campaigns.is_reserved
            group by campaigns.campaign_id, campaigns.title
            """
        case .campaignReach:
            """
            select campaigns.campaign_id, sendings.sent_on, campaigns.title, sendings.reached, null::uuid
            from governance.campaign_sendings as sendings
            join governance.campaigns on campaigns.organization_id = \(organization)
                and campaigns.campaign_id = sendings.campaign_id
            where sendings.organization_id = \(organization) and sendings.alliance_id = \(alliance)
                and sendings.withdrawn_at is null and sendings.reached > 0 and not campaigns.is_reserved
            """
        default:
            """
            select letters.letter_id,
                case when letters.kind = 'statement' then letters.dated_on else min(addressees.delivered_on) end,
                letters.subject, 1, null::uuid
            from governance.letters
            left join governance.letter_addressees as addressees
                on addressees.organization_id = \(organization) and addressees.letter_id = letters.letter_id
            where letters.organization_id = \(organization) and letters.alliance_id = \(alliance)
                and letters.direction = 'out' and letters.state = 'issued' and not letters.is_reserved
            group by letters.letter_id, letters.kind, letters.dated_on, letters.subject
            having letters.kind = 'statement' or count(addressees.delivered_on) > 0
            """
        }
    }

    private func held(_ kind: Meeting.Kind, in alliance: ID<Alliance>) -> SQL {
        """
        select meetings.meeting_id, meetings.day, meetings.title, 1, trainings.activity_id
        from governance.meetings
        left join governance.trainings on trainings.organization_id = \(organization)
            and trainings.meeting_id = meetings.meeting_id
        where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
            and meetings.kind = \(kind) and meetings.state = 'held' and not meetings.is_reserved
        """
    }

    /// Each training with how many people came: those noted in its session, or those that its minutes on paper count.
    private func trained(in alliance: ID<Alliance>) -> SQL {
        """
        select came.meeting_id, came.day, came.title, came.people, came.activity_id
        from (
            select meetings.meeting_id, meetings.day, meetings.title, trainings.activity_id, greatest((
                select count(distinct coalesce(attendances.person_id::text, lower(attendances.name)))
                from governance.attendances
                where attendances.organization_id = \(organization)
                    and attendances.meeting_id = meetings.meeting_id and attendances.undone_at is null
                    and attendances.capacity in ('entitled', 'user', 'guest')
            ), (
                select max(counts.people)
                from governance.minutes_counts as counts
                join governance.minutes on minutes.organization_id = \(organization)
                    and minutes.minutes_id = counts.minutes_id
                where counts.organization_id = \(organization) and minutes.meeting_id = meetings.meeting_id
            ))::int as people
            from governance.meetings
            left join governance.trainings on trainings.organization_id = \(organization)
                and trainings.meeting_id = meetings.meeting_id
            where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and meetings.kind = 'training' and meetings.state = 'held' and not meetings.is_reserved
        ) as came
        where came.people > 0
        """
    }

    /// Minutes that were sealed, and those on paper whose signed copy is kept.
    private func sealed(in alliance: ID<Alliance>) -> SQL {
        """
        select drafts.meeting_id, (seals.sealed_at at time zone 'America/Bogota')::date, meetings.title, 1,
            null::uuid
        from governance.minutes_seals as seals
        join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
            and drafts.minutes_id = seals.minutes_id
        join governance.meetings on meetings.organization_id = \(organization)
            and meetings.meeting_id = drafts.meeting_id
        where seals.organization_id = \(organization) and seals.alliance_id = \(alliance)
            and not seals.is_reserved
        union all
        select minutes.meeting_id, minutes.dated_on, meetings.title, 1, null::uuid
        from governance.minutes
        join governance.meetings on meetings.organization_id = \(organization)
            and meetings.meeting_id = minutes.meeting_id
        where minutes.organization_id = \(organization) and minutes.alliance_id = \(alliance)
            and not minutes.is_reserved and minutes.draft_id is null
            and (minutes.file_id is not null or exists (
                select from governance.papers
                where papers.organization_id = \(organization) and papers.minutes_id = minutes.minutes_id
                    and papers.kind = 'signed_minutes'))
        """
    }
}

// MARK: - Rows

private struct HappeningRow: RowDecodable {
    let id: UUID
    let day: CalendarDate
    let title: String
    let amount: Int
    let activity: ID<WorkPlan.Activity>?

    init(row: Row) throws(RowError) {
        id = try row["id"]
        day = try row["day"]
        title = try row["title"]
        amount = try row["amount"]
        activity = try row["activity_id"]
    }

    func happening(_ kind: Happening.Kind) -> Happening {
        Happening(kind, id: id, on: day, title: title, amount: amount, for: activity)
    }
}
