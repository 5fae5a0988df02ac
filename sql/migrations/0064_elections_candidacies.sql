-- 0064 · elections · who is elected still stands
-- A candidate who is kept out after the count, or comes back, changes who is elected: the canvass gets another version
-- for it. Nobody is proclaimed who does not stand, while an appeal waits, or where no contest is left to elect anybody.
-- Who was beaten by blank votes is read from the last election of a seat, so that no call can leave it out.
-- Locks: access exclusive on elections.canvasses and elections.candidate_bars, for a moment. Undo: a later migration.

alter table elections.canvasses drop constraint canvasses_cause_known;
alter table elections.canvasses add constraint canvasses_cause_known check (
    cause in ('count', 'acclamation', 'draw', 'challenge', 'candidacies'));

drop table elections.candidate_bars;
-- The last election of a seat.
create index contest_seats_seat_index on elections.contest_seats (organization_id, seat_id);

-- As in 0036, and with those elected looked at once more.
create or replace function elections.proclaim(organization uuid, process uuid, act uuid, on_day date, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    process_state text;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the process belongs to another tenant' using errcode = '42501';
    end if;
    select processes.state into process_state from elections.processes
    where processes.organization_id = organization and processes.process_id = process
    for update;
    if process_state is distinct from 'provisional_result' and process_state is distinct from 'challenges' then
        raise exception 'nothing to proclaim in state %', process_state
            using errcode = '23514', constraint = 'proclamations_follow_results';
    end if;
    if exists (
        select from elections.challenges
        where challenges.organization_id = organization and challenges.process_id = process
            and challenges.state = 'open')
    then
        raise exception 'a challenge waits for its decision'
            using errcode = '23514', constraint = 'proclamations_challenges_are_decided';
    end if;
    if exists (
        select from elections.disqualifications as decisions
        where decisions.organization_id = organization and decisions.process_id = process
            and decisions.appeal is not null and decisions.appeal_outcome is null)
    then
        raise exception 'an appeal waits for its decision'
            using errcode = '23514', constraint = 'proclamations_appeals_are_decided';
    end if;
    if not exists (
        select from elections.acts
        where acts.organization_id = organization and acts.process_id = process and acts.act_id = act
            and acts.kind = 'proclaim' and acts.seconded_at is not null)
    then
        raise exception 'the proclamation needs a second person'
            using errcode = '23514', constraint = 'proclamations_are_seconded';
    end if;
    if not exists (
        select from elections.contests
        where contests.organization_id = organization and contests.process_id = process
            and contests.state = 'open')
    then
        raise exception 'no contest elected anybody'
            using errcode = '23514', constraint = 'proclamations_elect_somebody';
    end if;
    -- Every contest that is still open ends in a canvass that elects somebody, with its sealed final record.
    if exists (
        select from elections.contests
        where contests.organization_id = organization and contests.process_id = process
            and contests.state = 'open'
            and not exists (
                select from elections.canvasses
                join elections.canvass_records
                    on canvass_records.organization_id = canvasses.organization_id
                    and canvass_records.canvass_id = canvasses.canvass_id
                    and canvass_records.kind = 'final'
                where canvasses.organization_id = organization
                    and canvasses.contest_id = contests.contest_id and canvasses.outcome = 'elected'
                    and exists (
                        select from elections.canvass_elected as elected
                        where elected.organization_id = organization
                            and elected.canvass_id = canvasses.canvass_id)
                    and canvasses.version = (
                        select max(version) from elections.canvasses as versions
                        where versions.organization_id = organization
                            and versions.contest_id = contests.contest_id)))
    then
        raise exception 'a contest has no final record'
            using errcode = '23514', constraint = 'proclamations_records_are_final';
    end if;
    if exists (
        select from elections.contests
        join elections.canvasses on canvasses.organization_id = organization
            and canvasses.contest_id = contests.contest_id
            and canvasses.version = (
                select max(version) from elections.canvasses as versions
                where versions.organization_id = organization and versions.contest_id = contests.contest_id)
        join elections.canvass_elected as elected on elected.organization_id = organization
            and elected.canvass_id = canvasses.canvass_id
        join elections.candidates on candidates.organization_id = organization
            and candidates.candidate_id = elected.candidate_id
        where contests.organization_id = organization and contests.process_id = process
            and contests.state = 'open' and candidates.state <> 'standing')
    then
        raise exception 'somebody elected does not stand'
            using errcode = '23514', constraint = 'proclamations_elected_stand';
    end if;
    insert into elections.proclamations (organization_id, process_id, act_id, proclaimed_on, proclaimed_at)
    values (organization, process, act, on_day, at);
    update elections.contests set state = 'proclaimed'
    where contests.organization_id = organization and contests.process_id = process and contests.state = 'open';
    update elections.processes set state = 'proclaimed', state_changed_at = at
    where processes.organization_id = organization and processes.process_id = process;
end
$$;
