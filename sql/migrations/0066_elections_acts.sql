-- 0066 · elections · acts taken back, annulments of a contest
-- An act that waits for its second person is taken back by somebody with a reason, or with what it rested on; an
-- annulment may be of one contest, and may follow from a challenge that was upheld, which waits again where the
-- annulment is taken back. A process that votes or is counted stands where its sessions, contests and challenges do.
-- Locks: access exclusive on elections.acts, for a moment; row locks on elections.processes. Undo: a later migration.

alter table elections.acts
    add column contest_id uuid,
    add column challenge_id uuid,
    add column withdrawn_by uuid,
    add column withdrawal_reason text,
    add constraint acts_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    add constraint acts_challenge_fkey foreign key (organization_id, process_id, challenge_id)
        references elections.challenges (organization_id, process_id, challenge_id),
    add constraint acts_proclaim_the_whole check (
        kind = 'annul' or contest_id is null and challenge_id is null),
    add constraint acts_withdrawal_is_of_one_withdrawn check (
        withdrawn_at is not null or withdrawn_by is null and withdrawal_reason is null),
    add constraint acts_withdrawal_reason_given check (
        withdrawal_reason = btrim(withdrawal_reason) and withdrawal_reason <> '');
comment on table elections.acts is
    'Acts that need two people of different roles (proclamation of a process, annulment of a process or a contest): proposed by one, carried out by the other or taken back.';
grant update (withdrawn_by, withdrawal_reason) on elections.acts to alianzas_app;

-- From its first session on, a process stands where its sessions, contests and challenges do, and no longer where the
-- last act took it: the first canvass of several told of a result while the others were still to be counted.
update elections.processes set state = progress.state
from (
    select voted.organization_id, voted.process_id,
        case
            when exists (
                select from elections.sessions
                where sessions.organization_id = voted.organization_id
                    and sessions.process_id = voted.process_id
                    and sessions.opened_at is not null and sessions.closed_at is null)
            then 'voting'
            when exists (
                select from elections.contests
                where contests.organization_id = voted.organization_id
                    and contests.process_id = voted.process_id and contests.state = 'open'
                    and not exists (
                        select from elections.canvasses
                        where canvasses.organization_id = contests.organization_id
                            and canvasses.contest_id = contests.contest_id
                            and canvasses.round = (
                                select max(rounds.round) from elections.contest_rounds as rounds
                                where rounds.organization_id = contests.organization_id
                                    and rounds.contest_id = contests.contest_id)))
            then 'count'
            when exists (
                select from elections.challenges
                where challenges.organization_id = voted.organization_id
                    and challenges.process_id = voted.process_id and challenges.state = 'open')
            then 'challenges'
            else 'provisional_result'
        end as state
    from elections.processes as voted
    where voted.state in ('voting', 'count', 'provisional_result', 'challenges')
        and exists (
            select from elections.contests
            where contests.organization_id = voted.organization_id
                and contests.process_id = voted.process_id and contests.state = 'open')
) as progress
where progress.organization_id = processes.organization_id and progress.process_id = processes.process_id
    and progress.state <> processes.state;
