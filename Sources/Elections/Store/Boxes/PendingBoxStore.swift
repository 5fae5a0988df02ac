import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The boxes of elections that are not over, as long as something is done with them.
    func boxesGoingOn() async throws -> [BallotBox] {
        try await rows(
            """
            select \(fragment: BallotBox.columns) from elections.boxes
            where organization_id = \(organization) and state in ('preparing', 'sealed', 'open', 'closed', 'tallied')
                and exists (
                    select from elections.processes
                    where processes.organization_id = \(organization)
                        and processes.process_id = boxes.process_id
                        and processes.state not in ('suspended', 'proclaimed', 'void', 'annulled'))
            order by process_id, number
            """)
    }

    /// Returns how many tables have few ballots that somebody counted the signatures of and that wait for somebody else to
    /// confirm that they go into the urn of another, by process; of a juror, at their own table.
    func mergesToConfirm(by user: ID<User>, ofAnyTable isCommittee: Bool) async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, polls.process_id, count(*) as count, min(signed.counted_at) as since,
                null::date as due_on
            from elections.polls
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = polls.process_id
                and processes.state not in ('suspended', 'proclaimed', 'void', 'annulled')
            join lateral (
                select voters, counted_by, counted_at from elections.signature_counts as counts
                where counts.organization_id = \(organization) and counts.table_id = polls.table_id
                    and counts.contest_id = polls.contest_id and counts.round = polls.round
                order by attempt desc limit 1
            ) as signed on signed.voters between 1 and elections.fewest_ballots() - 1
            where polls.organization_id = \(organization) and polls.closed_at is not null
                and signed.counted_by <> \(user)
                and (\(isCommittee) or exists (
                    select from elections.jurors
                    where jurors.organization_id = \(organization) and jurors.table_id = polls.table_id
                        and jurors.user_id = \(user) and jurors.relieved_at is null))
                and elections.is_counted_apart(\(organization), polls.table_id, polls.contest_id, polls.round)
                and \(fragment: waitInUrn)
            group by processes.alliance_id, polls.process_id
            """)
    }
}
