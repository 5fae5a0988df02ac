-- 0035 · elections · polls, counts of the tables
-- A table receives the votes of a contest (poll), two juries enter its count apart, what differs is
-- reconciled with a reason, and the count is frozen by elections.freeze_table_count, which alone may write
-- it. Figures that do not add up are kept on the sheets and cannot be frozen.
-- Locks: none on existing tables. Undo: a later migration.

create function elections.total(figures bigint[])
returns bigint
language sql immutable parallel safe
as $$
    select coalesce(sum(figure), 0)::bigint from unnest(figures) as list (figure)
$$;
comment on function elections.total is 'The sum of a list of figures.';
grant execute on function elections.total to alianzas_app;

create table elections.polls (
    organization_id  uuid        not null,
    table_id         uuid        not null,
    contest_id       uuid        not null,
    round            integer     not null,
    process_id       uuid        not null,
    session_id       uuid        not null,
    urn_was_empty    boolean     not null,
    ballots_received bigint      not null,
    opened_at        timestamptz not null,
    opened_by        uuid,
    closes_at        timestamptz not null,
    closed_at        timestamptz,
    closed_by        uuid,

    constraint polls_pkey primary key (organization_id, table_id, contest_id, round),
    constraint polls_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint polls_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    constraint polls_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    -- The zero report: nothing was in the urn.
    constraint polls_urn_was_empty check (urn_was_empty),
    constraint polls_ballots_count check (ballots_received >= 0),
    constraint polls_close_after_open check (closed_at >= opened_at),
    constraint polls_window check (closes_at > opened_at)
);
comment on table elections.polls is
    'A vote at a table: opened with the report that the urn was empty, closed once.';
create index polls_session_index on elections.polls (organization_id, session_id);
select tenancy.isolate('elections.polls', 'select, insert, update (closes_at, closed_at, closed_by)');

create table elections.poll_extensions (
    organization_id uuid        not null,
    extension_id    uuid        not null,
    process_id      uuid        not null,
    table_id        uuid        not null,
    session_id      uuid        not null,
    closed_until    timestamptz not null,
    closes_at       timestamptz not null,
    reason          text        not null,
    extended_at     timestamptz not null,
    extended_by     uuid,

    constraint poll_extensions_pkey primary key (organization_id, extension_id),
    constraint poll_extensions_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint poll_extensions_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    constraint poll_extensions_longer check (closes_at > closed_until),
    constraint poll_extensions_reason_given check (reason = btrim(reason) and reason <> '')
);
comment on table elections.poll_extensions is 'Later closings of a table, each with its reason and author.';
select tenancy.isolate('elections.poll_extensions', 'select, insert');

-- A sheet is one row, so that nothing can be added to it.
create table elections.count_sheets (
    organization_id uuid        not null,
    table_id        uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    jury            smallint    not null,
    attempt         integer     not null,
    process_id      uuid        not null,
    slate_ids       uuid[]      not null,
    votes           bigint[]    not null,
    blank           bigint      not null,
    null_votes      bigint      not null,
    unmarked        bigint      not null,
    voters          bigint      not null,
    photo_file_id   uuid,
    entered_at      timestamptz not null,
    entered_by      uuid        not null,

    constraint count_sheets_pkey primary key (organization_id, table_id, contest_id, round, jury, attempt),
    constraint count_sheets_poll_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint count_sheets_photo_fkey foreign key (organization_id, photo_file_id)
        references tenancy.files (organization_id, file_id),
    constraint count_sheets_jury_known check (jury in (1, 2)),
    constraint count_sheets_attempt_counts check (attempt >= 1),
    constraint count_sheets_rows_match check (cardinality(slate_ids) = cardinality(votes)),
    constraint count_sheets_figures check (
        0 <= all (votes) and 1000000000000 >= all (votes) and blank between 0 and 1000000000000
        and null_votes between 0 and 1000000000000 and unmarked between 0 and 1000000000000
        and voters between 0 and 1000000000000),
    -- Two juries, two people.
    constraint count_sheets_different_jurors exclude using gist (
        organization_id with =, table_id with =, contest_id with =, round with =, entered_by with =, jury with <>)
);
comment on table elections.count_sheets is
    'What a jury of a table counted for a contest, as entered. A jury may enter again (attempt) until the other has entered too.';
select tenancy.isolate('elections.count_sheets', 'select, insert');

create table elections.count_differences (
    organization_id uuid        not null,
    table_id        uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    figure          text        not null,
    slate_id        uuid,
    first_jury      bigint      not null,
    second_jury     bigint      not null,
    agreed          bigint      not null,
    reason          text        not null,
    reconciled_at   timestamptz not null,
    reconciled_by   uuid,

    constraint count_differences_pkey primary key (organization_id, table_id, contest_id, round, figure),
    constraint count_differences_poll_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint count_differences_figure_known check (
        case when slate_id is null then figure in ('blank', 'null', 'unmarked', 'voters')
        else figure = slate_id::text end),
    constraint count_differences_differ check (first_jury <> second_jury or agreed <> first_jury),
    constraint count_differences_agreed_counts check (agreed between 0 and 1000000000000),
    constraint count_differences_reason_given check (reason = btrim(reason) and reason <> '')
);
comment on table elections.count_differences is
    'Figures on which the juries differed, or that both had wrong, with what was agreed and why.';
select tenancy.isolate('elections.count_differences', 'select, insert');

create table elections.table_counts (
    organization_id  uuid        not null,
    table_id         uuid        not null,
    contest_id       uuid        not null,
    round            integer     not null,
    process_id       uuid        not null,
    slate_ids        uuid[]      not null,
    votes            bigint[]    not null,
    blank            bigint      not null,
    null_votes       bigint      not null,
    unmarked         bigint      not null,
    voters           bigint      not null,
    unreturned       bigint      not null,
    unreturned_reason text,
    is_reconciled    boolean     not null,
    sheet_file_id    uuid,
    frozen_at        timestamptz not null,
    frozen_by        uuid,

    constraint table_counts_pkey primary key (organization_id, table_id, contest_id, round),
    constraint table_counts_poll_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.polls (organization_id, table_id, contest_id, round),
    constraint table_counts_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    constraint table_counts_sheet_file_fkey foreign key (organization_id, sheet_file_id)
        references tenancy.files (organization_id, file_id),
    constraint table_counts_rows_match check (cardinality(slate_ids) = cardinality(votes)),
    constraint table_counts_figures check (
        0 <= all (votes) and blank >= 0 and null_votes >= 0 and unmarked >= 0 and voters >= 0 and unreturned >= 0),
    -- Every voter's ballot is accounted for.
    constraint table_counts_add_up check (
        elections.total(votes) + blank + null_votes + unmarked + unreturned = voters),
    constraint table_counts_unreturned_is_reasoned check ((unreturned = 0) = (unreturned_reason is null))
);
comment on table elections.table_counts is
    'Frozen counts of a table (conteo de mesa). Written by elections.freeze_table_count alone; never changed.';
create index table_counts_round_index on elections.table_counts (organization_id, contest_id, round);
select tenancy.isolate('elections.table_counts', 'select');

create function elections.freeze_table_count(
    organization uuid, voting_table uuid, contest uuid, vote_round integer,
    slates uuid[], agreed_votes bigint[], agreed_blank bigint, agreed_null bigint, agreed_unmarked bigint,
    agreed_voters bigint, not_returned bigint, not_returned_reason text, sheet_file uuid, at timestamptz,
    by_user uuid)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    poll elections.polls;
    required_juries integer;
    first_sheet elections.count_sheets;
    second_sheet elections.count_sheets;
    options uuid[];
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

    -- Secret ballots are counted twice, raised hands once.
    select case when contests.voting_mode = 'paper' then 2 else 1 end into required_juries
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
    if first_sheet.entered_by is null or (required_juries = 2 and second_sheet.entered_by is null) then
        raise exception 'a jury has not entered its count'
            using errcode = '23514', constraint = 'table_counts_both_juries';
    end if;
    if required_juries = 1 and second_sheet.entered_by is null then
        second_sheet := first_sheet;
    end if;

    select array_agg(slate_id order by slate_id) into options from elections.ballot_options
    where ballot_options.organization_id = organization and ballot_options.contest_id = contest
        and ballot_options.round = vote_round;
    if options is distinct from (select array_agg(slate order by slate) from unnest(slates) as list (slate)) then
        raise exception 'the count is not of the options on the ballot'
            using errcode = '23514', constraint = 'table_counts_are_of_the_ballot';
    end if;

    -- Each figure is what both juries counted, or was reconciled to it with a reason.
    if exists (
        with figures (figure, first_jury, second_jury, agreed) as (
            select slate::text, one.votes, two.votes, agreement.votes
            from unnest(slates, agreed_votes) as agreement (slate, votes)
            left join unnest(first_sheet.slate_ids, first_sheet.votes) as one (slate, votes) using (slate)
            left join unnest(second_sheet.slate_ids, second_sheet.votes) as two (slate, votes) using (slate)
            union all select 'blank', first_sheet.blank, second_sheet.blank, agreed_blank
            union all select 'null', first_sheet.null_votes, second_sheet.null_votes, agreed_null
            union all select 'unmarked', first_sheet.unmarked, second_sheet.unmarked, agreed_unmarked
            union all select 'voters', first_sheet.voters, second_sheet.voters, agreed_voters
        )
        select from figures
        where not (first_jury = agreed and second_jury = agreed)
            and not exists (
                select from elections.count_differences as differences
                where differences.organization_id = organization and differences.table_id = voting_table
                    and differences.contest_id = contest and differences.round = vote_round
                    and differences.figure = figures.figure and differences.agreed = figures.agreed))
    then
        raise exception 'a difference was not reconciled'
            using errcode = '23514', constraint = 'table_counts_are_reconciled';
    end if;

    insert into elections.table_counts (
        organization_id, table_id, contest_id, round, process_id, slate_ids, votes, blank, null_votes, unmarked,
        voters, unreturned, unreturned_reason, is_reconciled, sheet_file_id, frozen_at, frozen_by)
    values (
        organization, voting_table, contest, vote_round, poll.process_id, slates, agreed_votes, agreed_blank,
        agreed_null, agreed_unmarked, agreed_voters, not_returned, not_returned_reason,
        exists (
            select from elections.count_differences as differences
            where differences.organization_id = organization and differences.table_id = voting_table
                and differences.contest_id = contest and differences.round = vote_round),
        sheet_file, at, by_user);
end
$$;
comment on function elections.freeze_table_count is
    'Freezes the count of a table for a contest once both juries agree or are reconciled and every ballot is accounted for: the only way in.';
grant execute on function elections.freeze_table_count to alianzas_app;

create table elections.acclamations (
    organization_id uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    process_id      uuid        not null,
    session_id      uuid        not null,
    slate_ids       uuid[]      not null,
    present         bigint      not null,
    objections      bigint      not null,
    account         text        not null,
    declared_at     timestamptz not null,
    declared_by     uuid,

    constraint acclamations_pkey primary key (organization_id, contest_id, round),
    constraint acclamations_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    constraint acclamations_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    constraint acclamations_of_somebody check (cardinality(slate_ids) >= 1),
    -- One objection asks for a vote.
    constraint acclamations_without_objection check (objections = 0),
    constraint acclamations_somebody_is_present check (present >= 1),
    constraint acclamations_account_given check (account = btrim(account) and account <> '')
);
comment on table elections.acclamations is
    'Elections by acclamation of those who stand alone for the seats, where the bylaws allow it. With one objection there is a vote.';
select tenancy.isolate('elections.acclamations', 'select, insert');
