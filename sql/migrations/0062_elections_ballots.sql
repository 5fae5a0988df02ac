-- 0062 · elections · ballots apart from marks, voters against the door, agreements of two people
-- Where a ballot bears several marks its number cannot be had from them: both juries count the ballots, and the frozen
-- count adds up in ballots. A frozen count also says how many people vote at the table and how many of them came in
-- while it voted. What the juries agree on after a difference is written by one person and confirmed by another.
-- Tables that wait for their closing: sheets without the ballots that are to be counted now are entered anew, and what
-- one person had settled is agreed on anew.
-- Locks: access exclusive on elections.count_sheets, count_differences and table_counts, for a moment. Undo: a later
-- migration.

create function elections.marks_per_ballot(counting_rule text, seats integer)
returns integer
language sql immutable parallel safe
as $$
    select case counting_rule when 'plurinominal' then seats else 1 end
$$;
comment on function elections.marks_per_ballot is
    'How many marks a ballot may bear: as many as there are seats where people vote at large, otherwise one.';
grant execute on function elections.marks_per_ballot to alianzas_app;

create function elections.required_juries(voting_mode text)
returns integer
language sql immutable parallel safe
as $$
    select case when voting_mode in ('paper', 'single_list') then 2 else 1 end
$$;
comment on function elections.required_juries is 'How many juries count: ballots are counted twice, raised hands once.';
grant execute on function elections.required_juries to alianzas_app;

alter table elections.count_sheets
    add column ballots bigint,
    add constraint count_sheets_ballots_counted check (ballots between 0 and 1000000000000);
comment on column elections.count_sheets.ballots is
    'Ballots taken out of the urn, where they bear several marks; otherwise their number is that of the rows.';

-- Where hands are raised for several, each who votes counts as a ballot.
update elections.count_sheets as sheets
set ballots = sheets.voters
from elections.contests
where contests.organization_id = sheets.organization_id and contests.contest_id = sheets.contest_id
    and elections.marks_per_ballot(contests.counting_rule, contests.seats) > 1
    and elections.required_juries(contests.voting_mode) = 1;

delete from elections.count_differences as differences
where not exists (
    select from elections.table_counts
    where table_counts.organization_id = differences.organization_id
        and table_counts.table_id = differences.table_id and table_counts.contest_id = differences.contest_id
        and table_counts.round = differences.round);

alter table elections.count_differences drop constraint count_differences_figure_known;
alter table elections.count_differences add constraint count_differences_figure_known check (
    case when slate_id is null then figure in ('blank', 'null', 'unmarked', 'ballots', 'voters')
    else figure = slate_id::text end);

create table elections.count_agreements (
    organization_id uuid        not null,
    table_id        uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    number          integer     not null,
    process_id      uuid        not null,
    slate_ids       uuid[]      not null,
    votes           bigint[]    not null,
    blank           bigint      not null,
    null_votes      bigint      not null,
    unmarked        bigint      not null,
    ballots         bigint,
    voters          bigint      not null,
    reason          text        not null,
    agreed_at       timestamptz not null,
    agreed_by       uuid        not null,
    confirmed_at    timestamptz,
    confirmed_by    uuid,

    constraint count_agreements_pkey primary key (organization_id, table_id, contest_id, round, number),
    constraint count_agreements_poll_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint count_agreements_number_counts check (number >= 1),
    constraint count_agreements_rows_match check (cardinality(slate_ids) = cardinality(votes)),
    constraint count_agreements_figures check (
        0 <= all (votes) and 1000000000000 >= all (votes) and blank between 0 and 1000000000000
        and null_votes between 0 and 1000000000000 and unmarked between 0 and 1000000000000
        and ballots between 0 and 1000000000000 and voters between 0 and 1000000000000),
    constraint count_agreements_reason_given check (reason = btrim(reason) and reason <> ''),
    constraint count_agreements_confirmed_whole check ((confirmed_at is null) = (confirmed_by is null)),
    -- Nobody agrees with themselves.
    constraint count_agreements_two_people check (confirmed_by <> agreed_by)
);
comment on table elections.count_agreements is
    'What is to count where the juries differ or both were wrong: written by one of them with the reason, and in force once the other or the committee has confirmed it.';
create unique index count_agreements_one_confirmed_key on elections.count_agreements
    (organization_id, table_id, contest_id, round) where confirmed_at is not null;
select tenancy.isolate(
    'elections.count_agreements', 'select, insert, update (confirmed_at, confirmed_by)');

alter table elections.table_counts rename column unreturned_reason to reason;
alter table elections.table_counts
    drop constraint table_counts_unreturned_is_reasoned,
    drop constraint table_counts_add_up,
    add column ballots bigint,
    add column marks_per_ballot integer,
    add column electors bigint,
    add column checked_in bigint;
update elections.table_counts set ballots = voters - unreturned, marks_per_ballot = 1;
alter table elections.table_counts
    alter column ballots set not null,
    alter column marks_per_ballot set not null,
    -- Every voter's ballot is accounted for.
    add constraint table_counts_add_up check (ballots + unreturned = voters),
    -- A marked ballot bears at least one mark, and no more than it may.
    add constraint table_counts_marks_fit check (
        elections.total(votes) between ballots - blank - null_votes - unmarked
            and (ballots - blank - null_votes - unmarked) * marks_per_ballot),
    add constraint table_counts_voters_are_electors check (voters <= electors),
    add constraint table_counts_departures_are_reasoned check (
        unreturned = 0 and voters = coalesce(checked_in, voters) or reason is not null);
comment on column elections.table_counts.reason is
    'Why ballots are missing, or other people voted than came in: given where the figures depart.';
comment on column elections.table_counts.electors is
    'Electors who vote at the table; unknown of counts frozen before this was kept.';
comment on column elections.table_counts.checked_in is
    'Electors of the table who were in while it voted; unknown of counts frozen before this was kept.';

-- How many electors vote at a table, and how many of them were in at some time while a contest was voted there.
create function elections.table_attendance(organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns table (electors bigint, checked_in bigint)
language sql stable
as $$
    select
        (
            select count(*) from elections.roll_assignments as assignments
            where assignments.organization_id = organization and assignments.process_id = polls.process_id
                and assignments.table_id = voting_table),
        (
            select count(distinct person_id) from elections.presences
            where presences.organization_id = organization and presences.session_id = polls.session_id
                and presences.table_id = voting_table and undone_at is null
                and (polls.closed_at is null or arrived_at <= polls.closed_at)
                and (left_at is null or left_at >= polls.opened_at))
    from elections.polls
    where polls.organization_id = organization and polls.table_id = voting_table
        and polls.contest_id = contest and polls.round = vote_round
$$;
comment on function elections.table_attendance is
    'Electors of a table, and how many of them were in at some time while a contest was voted there.';
grant execute on function elections.table_attendance to alianzas_app;

drop function elections.freeze_table_count(
    uuid, uuid, uuid, integer, uuid[], bigint[], bigint, bigint, bigint, bigint, bigint, text, uuid, timestamptz, uuid);
create function elections.freeze_table_count(
    organization uuid, voting_table uuid, contest uuid, vote_round integer,
    slates uuid[], agreed_votes bigint[], agreed_blank bigint, agreed_null bigint, agreed_unmarked bigint,
    agreed_ballots bigint, agreed_voters bigint, departure_reason text, at timestamptz, by_user uuid)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    poll elections.polls;
    marks integer;
    juries integer;
    first_sheet elections.count_sheets;
    second_sheet elections.count_sheets;
    agreement elections.count_agreements;
    options uuid[];
    ballots_in_urn bigint;
    electors_of_table bigint;
    people_in bigint;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the table belongs to another tenant' using errcode = '42501';
    end if;
    select * into poll from elections.polls
    where polls.organization_id = organization and polls.table_id = voting_table
        and polls.contest_id = contest and polls.round = vote_round
    for update;
    if poll.closed_at is null then
        raise exception 'the poll has not closed' using errcode = '23514', constraint = 'table_counts_follow_closing';
    end if;
    select elections.marks_per_ballot(contests.counting_rule, contests.seats),
        elections.required_juries(contests.voting_mode)
    into marks, juries
    from elections.contests
    where contests.organization_id = organization and contests.contest_id = contest;

    select * into first_sheet from elections.count_sheets as sheets
    where sheets.organization_id = organization and sheets.table_id = voting_table
        and sheets.contest_id = contest and sheets.round = vote_round and sheets.jury = 1
    order by attempt desc limit 1;
    select * into second_sheet from elections.count_sheets as sheets
    where sheets.organization_id = organization and sheets.table_id = voting_table
        and sheets.contest_id = contest and sheets.round = vote_round and sheets.jury = 2
    order by attempt desc limit 1;
    if num_nonnulls(first_sheet.entered_by, second_sheet.entered_by) < juries then
        raise exception 'a jury has not entered its count'
            using errcode = '23514', constraint = 'table_counts_both_juries';
    end if;
    -- One sheet is enough where hands are raised, whichever jury entered it.
    if first_sheet.entered_by is null then
        first_sheet := second_sheet;
    elsif second_sheet.entered_by is null then
        second_sheet := first_sheet;
    end if;

    select array_agg(slate_id order by slate_id) into options from elections.ballot_options
    where ballot_options.organization_id = organization and ballot_options.contest_id = contest
        and ballot_options.round = vote_round;
    if options is distinct from (select array_agg(slate order by slate) from unnest(slates) as list (slate)) then
        raise exception 'the count is not of the options on the ballot'
            using errcode = '23514', constraint = 'table_counts_are_of_the_ballot';
    end if;

    -- Each figure is what both juries counted, or what two people agreed on with a reason.
    select * into agreement from elections.count_agreements as agreements
    where agreements.organization_id = organization and agreements.table_id = voting_table
        and agreements.contest_id = contest and agreements.round = vote_round
        and agreements.confirmed_at is not null;
    if exists (
        with figures (first_jury, second_jury, settled, frozen) as (
            select one.votes, two.votes, three.votes, list.votes
            from unnest(slates, agreed_votes) as list (slate, votes)
            left join unnest(first_sheet.slate_ids, first_sheet.votes) as one (slate, votes) using (slate)
            left join unnest(second_sheet.slate_ids, second_sheet.votes) as two (slate, votes) using (slate)
            left join unnest(agreement.slate_ids, agreement.votes) as three (slate, votes) using (slate)
            union all select first_sheet.blank, second_sheet.blank, agreement.blank, agreed_blank
            union all select first_sheet.null_votes, second_sheet.null_votes, agreement.null_votes, agreed_null
            union all select first_sheet.unmarked, second_sheet.unmarked, agreement.unmarked, agreed_unmarked
            union all select first_sheet.ballots, second_sheet.ballots, agreement.ballots, agreed_ballots
            union all select first_sheet.voters, second_sheet.voters, agreement.voters, agreed_voters
        )
        select from figures
        where case when agreement.number is null
            then first_jury is distinct from frozen or second_jury is distinct from frozen
            else settled is distinct from frozen end)
    then
        raise exception 'a difference was not reconciled'
            using errcode = '23514', constraint = 'table_counts_are_reconciled';
    end if;

    if marks > 1 and agreed_ballots is null then
        raise exception 'the ballots were not counted'
            using errcode = '23514', constraint = 'table_counts_ballots_are_counted';
    end if;
    ballots_in_urn := coalesce(
        agreed_ballots, elections.total(agreed_votes) + agreed_blank + agreed_null + agreed_unmarked);
    select electors, checked_in into electors_of_table, people_in
    from elections.table_attendance(organization, voting_table, contest, vote_round);

    insert into elections.table_counts (
        organization_id, table_id, contest_id, round, process_id, slate_ids, votes, blank, null_votes, unmarked,
        ballots, marks_per_ballot, voters, unreturned, electors, checked_in, reason, is_reconciled, frozen_at,
        frozen_by)
    values (
        organization, voting_table, contest, vote_round, poll.process_id, slates, agreed_votes, agreed_blank,
        agreed_null, agreed_unmarked, ballots_in_urn, marks, agreed_voters, agreed_voters - ballots_in_urn,
        electors_of_table, people_in, departure_reason, agreement.number is not null, at, by_user);
end
$$;
comment on function elections.freeze_table_count is
    'Freezes the count of a table for a contest once both juries agree or what differs is agreed and confirmed, and every ballot is accounted for: the only way in.';
grant execute on function elections.freeze_table_count to alianzas_app;
