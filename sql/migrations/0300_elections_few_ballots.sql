-- 0300 · elections · tables where few voted
-- The urn of a secret vote with fewer than five ballots is not opened apart: what came out of it would tell how those few
-- voted. Somebody counts the signatures before it is opened; somebody else puts its ballots, as they are, into the urn of
-- another table, which counts them with its own. From then on whatever is asked of that table's count (electors, those who
-- came in, people who voted) is asked of both. Where a table is the whole vote it is opened: it is not apart.
-- Locks: none on existing tables. Undo: a later migration.

-- No law sets this number: it is a rule of ours (verifiable-voting.md, section 6, small groups), where it stands once for
-- the database and once in `Urn.fewestBallots`; a test holds the two against each other.
create function elections.fewest_ballots()
returns bigint
language sql immutable parallel safe
as $$
    select 5::bigint
$$;
comment on function elections.fewest_ballots is
    'The fewest ballots of a secret vote that are counted apart from others: one fewer, and a result tells how people voted.';
grant execute on function elections.fewest_ballots to alianzas_app;

create table elections.signature_counts (
    organization_id uuid        not null,
    table_id        uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    attempt         integer     not null,
    process_id      uuid        not null,
    voters          bigint      not null,
    counted_at      timestamptz not null,
    counted_by      uuid        not null,

    constraint signature_counts_pkey primary key (organization_id, table_id, contest_id, round, attempt),
    constraint signature_counts_poll_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint signature_counts_attempt_counts check (attempt >= 1),
    constraint signature_counts_voters_count check (voters between 0 and 1000000000000)
);
comment on table elections.signature_counts is
    'How many people voted at a table, by the signatures of its list, counted before its urn is opened; the last attempt counts.';
select tenancy.isolate('elections.signature_counts', 'select, insert');

create table elections.merged_polls (
    organization_id uuid        not null,
    table_id        uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    process_id      uuid        not null,
    into_table_id   uuid        not null,
    voters          bigint      not null,
    counted_by      uuid        not null,
    merged_at       timestamptz not null,
    merged_by       uuid        not null,

    constraint merged_polls_pkey primary key (organization_id, table_id, contest_id, round),
    constraint merged_polls_poll_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint merged_polls_into_fkey foreign key (organization_id, into_table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint merged_polls_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint merged_polls_two_tables check (into_table_id <> table_id),
    constraint merged_polls_voters_are_few check (voters between 0 and elections.fewest_ballots() - 1),
    -- Who counted the signatures does not carry the ballots away alone.
    constraint merged_polls_two_people check (merged_by <> counted_by)
);
comment on table elections.merged_polls is
    'Votes of a table whose few ballots were put, unopened, into the urn of another, which counts them with its own. Written by elections.merge_poll alone; never changed.';
create index merged_polls_into_index on elections.merged_polls (organization_id, into_table_id, contest_id, round);
select tenancy.isolate('elections.merged_polls', 'select');

create function elections.tables_in_urn(organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns table (table_id uuid)
language sql stable
as $$
    with recursive urn (table_id) as (
        select voting_table
        union
        select merged.table_id from urn
        join elections.merged_polls as merged on merged.organization_id = organization
            and merged.into_table_id = urn.table_id and merged.contest_id = contest and merged.round = vote_round
    )
    select urn.table_id from urn
$$;
comment on function elections.tables_in_urn is
    'The tables whose ballots are in the urn of a table: its own, and those whose few were put into it.';
grant execute on function elections.tables_in_urn to alianzas_app;

create function elections.counting_table(organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns uuid
language sql stable
as $$
    with recursive way (table_id, step) as (
        select voting_table, 0
        union all
        select merged.into_table_id, way.step + 1 from way
        join elections.merged_polls as merged on merged.organization_id = organization
            and merged.table_id = way.table_id and merged.contest_id = contest and merged.round = vote_round
    )
    select table_id from way order by step desc limit 1
$$;
comment on function elections.counting_table is
    'The table that counts the ballots of a table: itself, or the one into whose urn they were put.';
grant execute on function elections.counting_table to alianzas_app;

create function elections.is_counted_apart(organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns boolean
language sql stable
as $$
    select exists (
        select from elections.contests
        join elections.voting_tables as others on others.organization_id = organization
            and others.process_id = contests.process_id and others.table_id <> voting_table
        where contests.organization_id = organization and contests.contest_id = contest
            and not exists (
                select from elections.omitted_polls as omitted
                where omitted.organization_id = organization and omitted.table_id = others.table_id
                    and omitted.contest_id = contest and omitted.round = vote_round)
            and not exists (
                select from elections.merged_polls as merged
                where merged.organization_id = organization and merged.table_id = others.table_id
                    and merged.contest_id = contest and merged.round = vote_round)
            and not exists (
                select from elections.table_counts as counts
                where counts.organization_id = organization and counts.table_id = others.table_id
                    and counts.contest_id = contest and counts.round = vote_round and counts.ballots = 0))
$$;
comment on function elections.is_counted_apart is
    'Whether another table counts ballots of the same vote, or still could: otherwise a table is the whole vote.';
grant execute on function elections.is_counted_apart to alianzas_app;

-- Of an urn with the ballots of several tables: the electors of all, and those of them who were in while theirs voted.
create or replace function elections.table_attendance(
    organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns table (electors bigint, checked_in bigint)
language sql stable
as $$
    select
        (
            select count(*) from elections.tables_in_urn(organization, voting_table, contest, vote_round) as urn
            join elections.roll_assignments as assignments on assignments.organization_id = organization
                and assignments.process_id = own.process_id and assignments.table_id = urn.table_id),
        (
            select count(distinct presences.person_id)
            from elections.tables_in_urn(organization, voting_table, contest, vote_round) as urn
            join elections.polls on polls.organization_id = organization and polls.table_id = urn.table_id
                and polls.contest_id = contest and polls.round = vote_round
            join elections.presences on presences.organization_id = organization
                and presences.session_id = polls.session_id and presences.table_id = polls.table_id
                and presences.undone_at is null
                and (polls.closed_at is null or presences.arrived_at <= polls.closed_at)
                and (presences.left_at is null or presences.left_at >= polls.opened_at))
    from elections.polls as own
    where own.organization_id = organization and own.table_id = voting_table
        and own.contest_id = contest and own.round = vote_round
$$;
comment on function elections.table_attendance is
    'Electors of the tables whose ballots are in the urn of a table, and how many of them were in at some time while theirs voted.';

create function elections.merge_poll(
    organization uuid, voting_table uuid, contest uuid, vote_round integer, into_table uuid, at timestamptz,
    by_user uuid)
returns bigint
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    process uuid;
    signatures elections.signature_counts;
    people_of_urn bigint;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the table belongs to another tenant' using errcode = '42501';
    end if;
    select contests.process_id into process from elections.contests
    where contests.organization_id = organization and contests.contest_id = contest
        and elections.required_juries(contests.voting_mode) > 1;
    if process is null then
        raise exception 'no ballots are counted there'
            using errcode = '23514', constraint = 'merged_polls_are_secret';
    end if;
    -- In the order of their ids, so that two tables that are put into each other do not wait for one another.
    perform from elections.polls
    where polls.organization_id = organization and polls.contest_id = contest and polls.round = vote_round
        and polls.table_id in (voting_table, into_table)
    order by polls.table_id for update;
    if exists (
        select from unnest(array[voting_table, into_table]) as urns (table_id)
        where not exists (
            select from elections.polls
            where polls.organization_id = organization and polls.table_id = urns.table_id
                and polls.contest_id = contest and polls.round = vote_round and polls.closed_at is not null))
    then
        raise exception 'a poll has not closed' using errcode = '23514', constraint = 'merged_polls_are_closed';
    end if;
    -- What was counted before the others came in would tell what is theirs.
    if exists (
        select from elections.count_sheets as sheets
        where sheets.organization_id = organization and sheets.table_id = into_table
            and sheets.contest_id = contest and sheets.round = vote_round)
        or exists (
            select from elections.table_counts as counts
            where counts.organization_id = organization and counts.table_id in (voting_table, into_table)
                and counts.contest_id = contest and counts.round = vote_round)
        or exists (
            select from elections.omitted_polls as omitted
            where omitted.organization_id = organization and omitted.table_id in (voting_table, into_table)
                and omitted.contest_id = contest and omitted.round = vote_round)
        or exists (
            select from elections.merged_polls as merged
            where merged.organization_id = organization and merged.table_id in (voting_table, into_table)
                and merged.contest_id = contest and merged.round = vote_round)
    then
        raise exception 'an urn was counted or is not there any more'
            using errcode = '23514', constraint = 'merged_polls_are_not_counted';
    end if;

    select * into signatures from elections.signature_counts as counts
    where counts.organization_id = organization and counts.table_id = voting_table
        and counts.contest_id = contest and counts.round = vote_round
    order by attempt desc limit 1;
    people_of_urn := signatures.voters + (
        select coalesce(sum(merged.voters), 0)
        from elections.tables_in_urn(organization, voting_table, contest, vote_round) as urn
        join elections.merged_polls as merged on merged.organization_id = organization
            and merged.table_id = urn.table_id and merged.contest_id = contest and merged.round = vote_round);
    if people_of_urn is null or people_of_urn not between 1 and elections.fewest_ballots() - 1 then
        raise exception 'those who voted are not few' using errcode = '23514', constraint = 'merged_polls_are_few';
    end if;
    insert into elections.merged_polls (
        organization_id, table_id, contest_id, round, process_id, into_table_id, voters, counted_by, merged_at,
        merged_by)
    values (
        organization, voting_table, contest, vote_round, process, into_table, signatures.voters,
        signatures.counted_by, at, by_user);
    return people_of_urn;
end
$$;
comment on function elections.merge_poll is
    'Notes that the few ballots of a table were put, unopened, into the urn of another that has not begun to count: the only way in. Returns how many people voted in that urn.';
grant execute on function elections.merge_poll to alianzas_app;

create or replace function elections.freeze_table_count(
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
    if exists (
        select from elections.merged_polls as merged
        where merged.organization_id = organization and merged.table_id = voting_table
            and merged.contest_id = contest and merged.round = vote_round)
    then
        raise exception 'its ballots are in the urn of another table'
            using errcode = '23514', constraint = 'table_counts_are_of_their_own_urn';
    end if;
    if exists (
        select from elections.omitted_polls as omitted
        where omitted.organization_id = organization and omitted.table_id = voting_table
            and omitted.contest_id = contest and omitted.round = vote_round)
    then
        raise exception 'the table was left out' using errcode = '23514', constraint = 'table_counts_are_not_omitted';
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
    -- Secret votes are those that two juries count.
    if juries > 1 and ballots_in_urn between 1 and elections.fewest_ballots() - 1
        and elections.is_counted_apart(organization, voting_table, contest, vote_round)
    then
        raise exception 'so few ballots are not counted apart'
            using errcode = '23514', constraint = 'table_counts_are_not_of_few';
    end if;
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
    'Freezes the count of a table for a contest once both juries agree or what differs is agreed and confirmed, every ballot is accounted for, and they are not so few that they tell how people voted: the only way in.';

-- In a copy of an alliance as the votes that were left out: of elections that are over.
insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
select added.relation, omitted.condition, added.columns::text[], '{}', null
from (values
    ('elections.merged_polls',
        '{table_id,contest_id,round,process_id,into_table_id,voters,counted_by,merged_at,merged_by}'),
    ('elections.signature_counts',
        '{table_id,contest_id,round,attempt,process_id,voters,counted_at,counted_by}')
) as added (relation, columns)
join catalogue.copied_tables as omitted on omitted.relation = 'elections.omitted_polls';
