-- 0034 · elections · sessions, presence, rounds, draws
-- The day itself: who came and left, whether there was a quorum at each vote, which vote was taken among
-- whom, and every draw with its public seed. Nothing here or later joins a person to a ballot.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.sessions (
    organization_id    uuid        not null,
    session_id         uuid        not null,
    process_id         uuid        not null,
    number             integer     not null,
    check_in_opens_at  timestamptz not null,
    check_in_closes_at timestamptz not null,
    first_call_at      timestamptz not null,
    second_call_at     timestamptz,
    opened_at          timestamptz,
    opened_by          uuid,
    closed_at          timestamptz,
    closed_by          uuid,

    constraint sessions_pkey primary key (organization_id, session_id),
    constraint sessions_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint sessions_process_key unique (organization_id, process_id, session_id),
    constraint sessions_number_key unique (organization_id, process_id, number),
    constraint sessions_number_counts check (number >= 1),
    constraint sessions_check_in_window check (check_in_closes_at > check_in_opens_at),
    constraint sessions_calls_in_order check (second_call_at > first_call_at),
    constraint sessions_opened_before_closed check (closed_at is null or closed_at >= opened_at)
);
comment on table elections.sessions is
    'Voting days or assemblies of a process, in one place or several at once. A runoff on another day is another session.';
create unique index sessions_one_open_key on elections.sessions (organization_id, process_id)
    where opened_at is not null and closed_at is null;
select tenancy.isolate(
    'elections.sessions',
    'select, insert, update (check_in_opens_at, check_in_closes_at, first_call_at, second_call_at, opened_at, opened_by, closed_at, closed_by)');

create table elections.presences (
    organization_id uuid        not null,
    presence_id     uuid        not null,
    process_id      uuid        not null,
    session_id      uuid        not null,
    person_id       uuid        not null,
    table_id        uuid        not null,
    id_was_shown    boolean     not null,
    arrived_at      timestamptz not null,
    arrived_by      uuid,
    left_at         timestamptz,
    left_by         uuid,
    undone_at       timestamptz,
    undone_by       uuid,

    constraint presences_pkey primary key (organization_id, presence_id),
    constraint presences_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    constraint presences_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    -- Only those of the frozen roll come in.
    constraint presences_elector_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id),
    constraint presences_left_after_arrived check (left_at >= arrived_at),
    constraint presences_undone_soon check (undone_at between arrived_at and arrived_at + interval '5 minutes'),
    constraint presences_undone_or_left check (undone_at is null or left_at is null)
);
comment on table elections.presences is
    'Who is in a session, from when to when. A check-in by mistake is undone within five minutes and stays as undone.';
-- Present once: two doors that let the same person in at once get one row.
create unique index presences_one_open_key on elections.presences (organization_id, session_id, person_id)
    where left_at is null and undone_at is null;
create index presences_session_index on elections.presences (organization_id, session_id, arrived_at);
select tenancy.isolate(
    'elections.presences', 'select, insert, update (left_at, left_by, undone_at, undone_by)');

create table elections.opening_checks (
    organization_id uuid        not null,
    session_id      uuid        not null,
    process_id      uuid        not null,
    table_id        uuid        not null,
    item            text        not null,
    checked_at      timestamptz not null,
    checked_by      uuid,

    constraint opening_checks_pkey primary key (organization_id, session_id, table_id, item),
    constraint opening_checks_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    constraint opening_checks_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint opening_checks_item_known check (item in (
        'roll_at_table', 'ballots_counted', 'urn_empty_and_sealed', 'booth_is_private', 'jurors_identified',
        'witnesses_admitted', 'rules_posted', 'accessible'))
);
comment on table elections.opening_checks is 'What a table confirmed before it opened; each item once a session.';
select tenancy.isolate('elections.opening_checks', 'select, insert');

create table elections.draws (
    organization_id uuid        not null,
    draw_id         uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    purpose         text        not null,
    method          text        not null,
    seed_parts      text[]      not null,
    seed_text       text,
    seed_sha256     bytea,
    among           text[]      not null,
    outcome         text[]      not null,
    places          integer     not null,
    witnesses       text        not null,
    drawn_at        timestamptz not null,
    drawn_by        uuid,

    constraint draws_pkey primary key (organization_id, draw_id),
    constraint draws_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint draws_purpose_known check (purpose in ('ballot_order', 'tie')),
    constraint draws_method_known check (method in ('seed', 'lots')),
    constraint draws_seed_is_whole check (
        (method = 'seed') = (seed_text is not null) and (method = 'seed') = (cardinality(seed_parts) > 0)),
    constraint draws_digest_matches check (
        (seed_text is null) = (seed_sha256 is null) and seed_sha256 = sha256(convert_to(seed_text, 'UTF8'))),
    constraint draws_outcome_is_of_those_drawn check (
        outcome <@ among and cardinality(outcome) between places and cardinality(among)),
    constraint draws_places_count check (places >= 1),
    constraint draws_witnesses_given check (witnesses = btrim(witnesses) and witnesses <> '')
);
comment on table elections.draws is
    'Draws (sorteos) of the ballot''s order and of ties, with the public seed from which anybody can repeat them, or the lots drawn by hand before witnesses.';
-- The order of the ballot is drawn once a vote: nobody draws until they like the order.
create unique index draws_ballot_order_once_key on elections.draws (organization_id, contest_id, round)
    where purpose = 'ballot_order';
select tenancy.isolate('elections.draws', 'select, insert');

create table elections.contest_rounds (
    organization_id uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    process_id      uuid        not null,
    kind            text        not null,
    previous_round  integer,
    session_id      uuid,
    announced_at    timestamptz not null,
    announced_by    uuid,

    constraint contest_rounds_pkey primary key (organization_id, contest_id, round),
    constraint contest_rounds_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint contest_rounds_process_key unique (organization_id, process_id, contest_id, round),
    constraint contest_rounds_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    constraint contest_rounds_previous_fkey foreign key (organization_id, contest_id, previous_round)
        references elections.contest_rounds (organization_id, contest_id, round),
    constraint contest_rounds_follow check (round >= 1 and (round = 1) = (previous_round is null)
        and (previous_round is null or previous_round = round - 1)),
    constraint contest_rounds_kind_known check (kind in ('first', 'runoff')),
    constraint contest_rounds_first_is_first check ((kind = 'first') = (round = 1))
);
comment on table elections.contest_rounds is
    'The votes of a contest: the first, and a runoff among fewer where the rule asks for it.';
select tenancy.isolate('elections.contest_rounds', 'select, insert');

create table elections.ballot_options (
    organization_id uuid    not null,
    process_id      uuid    not null,
    contest_id      uuid    not null,
    round           integer not null,
    number          integer not null,
    slate_id        uuid    not null,

    constraint ballot_options_pkey primary key (organization_id, contest_id, round, number),
    constraint ballot_options_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    constraint ballot_options_slate_fkey foreign key (organization_id, process_id, contest_id, slate_id)
        references elections.slates (organization_id, process_id, contest_id, slate_id),
    constraint ballot_options_slate_key unique (organization_id, contest_id, round, slate_id),
    constraint ballot_options_number_counts check (number >= 1)
);
comment on table elections.ballot_options is
    'What stands on the ballot of a vote, in the order drawn. The blank vote stands beside them on each.';
select tenancy.isolate('elections.ballot_options', 'select, insert');

create table elections.quorum_checks (
    organization_id uuid        not null,
    check_id        uuid        not null,
    process_id      uuid        not null,
    session_id      uuid        not null,
    contest_id      uuid,
    round           integer,
    call            smallint    not null,
    base            bigint      not null,
    present         bigint      not null,
    required        bigint      not null,
    is_met          boolean     not null,
    rule            text        not null,
    checked_at      timestamptz not null,
    checked_by      uuid,

    constraint quorum_checks_pkey primary key (organization_id, check_id),
    constraint quorum_checks_session_fkey foreign key (organization_id, process_id, session_id)
        references elections.sessions (organization_id, process_id, session_id),
    constraint quorum_checks_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    constraint quorum_checks_call_known check (call in (1, 2)),
    constraint quorum_checks_figures check (base >= 0 and present >= 0 and required >= 0),
    constraint quorum_checks_is_met_follows check (is_met = (present >= required)),
    constraint quorum_checks_round_is_of_a_contest check ((contest_id is null) = (round is null))
);
comment on table elections.quorum_checks is
    'The quorum as it was found when a session was installed and before each vote, with the rule that asked for it.';
create index quorum_checks_session_index on elections.quorum_checks (organization_id, session_id, checked_at);
select tenancy.isolate('elections.quorum_checks', 'select, insert');
