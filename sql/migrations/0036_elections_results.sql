-- 0036 · elections · canvass, challenges, proclamation
-- The sum of the tables and what it says (escrutinio), in versions that are all kept; the sealed actas, numbered
-- without a gap per alliance; challenges with their effect; and the proclamation, which
-- elections.proclaim alone may write and refuses while a challenge is open.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.canvasses (
    organization_id uuid        not null,
    canvass_id      uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    version         integer     not null,
    cause           text        not null,
    draw_id         uuid,
    tables_counted  integer     not null,
    tables_annulled integer     not null,
    voters          bigint      not null,
    blank           bigint      not null,
    null_votes      bigint      not null,
    unmarked        bigint      not null,
    unreturned      bigint      not null,
    outcome         text        not null,
    vacant          bigint      not null,
    quotient        text        not null,
    tied_slate_ids  uuid[]      not null,
    tied_seats      bigint      not null,
    runoff_slate_ids uuid[]     not null,
    steps           text[]      not null,
    computed_at     timestamptz not null,
    computed_by     uuid,

    constraint canvasses_pkey primary key (organization_id, canvass_id),
    constraint canvasses_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    constraint canvasses_contest_key unique (organization_id, process_id, contest_id, canvass_id),
    constraint canvasses_version_key unique (organization_id, contest_id, version),
    constraint canvasses_draw_fkey foreign key (organization_id, draw_id)
        references elections.draws (organization_id, draw_id),
    constraint canvasses_version_counts check (version >= 1),
    constraint canvasses_cause_known check (cause in ('count', 'acclamation', 'draw', 'challenge')),
    constraint canvasses_draw_is_named check ((cause = 'draw') = (draw_id is not null)),
    constraint canvasses_outcome_known check (outcome in ('elected', 'tie', 'runoff', 'blank_wins', 'void')),
    -- A runoff may be tied for its second place.
    constraint canvasses_tie_is_told check (
        case outcome when 'tie' then cardinality(tied_slate_ids) >= 2 when 'runoff' then true
        else cardinality(tied_slate_ids) = 0 end),
    constraint canvasses_figures check (
        tables_counted >= 0 and tables_annulled >= 0 and voters >= 0 and blank >= 0 and null_votes >= 0
        and unmarked >= 0 and unreturned >= 0 and vacant >= 0)
);
comment on table elections.canvasses is
    'Canvasses (escrutinios) of a contest: sums of its tables and what the rule makes of them, step by step. Each version is kept; the last one counts.';
select tenancy.isolate('elections.canvasses', 'select, insert');

create table elections.canvass_lines (
    organization_id uuid    not null,
    canvass_id      uuid    not null,
    number          integer not null,
    slate_id        uuid    not null,
    votes           bigint  not null,
    seats           bigint  not null,

    constraint canvass_lines_pkey primary key (organization_id, canvass_id, slate_id),
    constraint canvass_lines_canvass_fkey foreign key (organization_id, canvass_id)
        references elections.canvasses (organization_id, canvass_id),
    constraint canvass_lines_slate_fkey foreign key (organization_id, slate_id)
        references elections.slates (organization_id, slate_id),
    constraint canvass_lines_figures check (votes >= 0 and seats >= 0)
);
comment on table elections.canvass_lines is 'Votes and seats of each option in a canvass.';
select tenancy.isolate('elections.canvass_lines', 'select, insert');

create table elections.canvass_elected (
    organization_id uuid    not null,
    process_id      uuid    not null,
    contest_id      uuid    not null,
    canvass_id      uuid    not null,
    seat_position   integer not null,
    rank            integer not null,
    slate_id        uuid    not null,
    candidate_id    uuid    not null,
    person_id       uuid    not null,
    name            text    not null,

    constraint canvass_elected_pkey primary key (organization_id, canvass_id, seat_position, rank),
    constraint canvass_elected_canvass_fkey foreign key (organization_id, process_id, contest_id, canvass_id)
        references elections.canvasses (organization_id, process_id, contest_id, canvass_id),
    constraint canvass_elected_seat_fkey foreign key (organization_id, contest_id, seat_position)
        references elections.contest_seats (organization_id, contest_id, position),
    constraint canvass_elected_candidate_fkey foreign key (organization_id, slate_id, candidate_id)
        references elections.candidates (organization_id, slate_id, candidate_id),
    -- Nobody takes two seats of a contest.
    constraint canvass_elected_person_key unique (organization_id, canvass_id, person_id),
    constraint canvass_elected_rank_counts check (rank >= 0)
);
comment on table elections.canvass_elected is
    'Who has which seat according to a canvass: rank 0 the principal, from 1 the alternates in their order.';
select tenancy.isolate('elections.canvass_elected', 'select, insert');

create table elections.record_books (
    organization_id uuid    not null,
    alliance_id     uuid    not null,
    last_number     integer not null,

    constraint record_books_pkey primary key (organization_id, alliance_id),
    constraint record_books_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint record_books_number_counts check (last_number >= 0)
);
comment on table elections.record_books is
    'The last number of each alliance''s book of canvass records; locked while the next is written.';
select tenancy.isolate('elections.record_books', 'select, insert, update (last_number)');

create table elections.canvass_records (
    organization_id uuid        not null,
    alliance_id     uuid        not null,
    number          integer     not null,
    previous_number integer,
    record_id       uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid        not null,
    canvass_id      uuid        not null,
    kind            text        not null,
    text            text        not null,
    sha256          bytea       not null,
    sealed_at       timestamptz not null,
    sealed_by       uuid,

    constraint canvass_records_pkey primary key (organization_id, alliance_id, number),
    constraint canvass_records_record_key unique (organization_id, record_id),
    constraint canvass_records_canvass_key unique (organization_id, canvass_id, kind),
    constraint canvass_records_book_fkey foreign key (organization_id, alliance_id)
        references elections.record_books (organization_id, alliance_id),
    constraint canvass_records_canvass_fkey foreign key (organization_id, process_id, contest_id, canvass_id)
        references elections.canvasses (organization_id, process_id, contest_id, canvass_id),
    constraint canvass_records_process_fkey foreign key (organization_id, alliance_id, process_id)
        references elections.processes (organization_id, alliance_id, process_id),
    -- No gap: each number refers to the one before it.
    constraint canvass_records_previous_fkey foreign key (organization_id, alliance_id, previous_number)
        references elections.canvass_records (organization_id, alliance_id, number),
    constraint canvass_records_numbers_follow check (
        number >= 1 and (number = 1) = (previous_number is null)
        and (previous_number is null or previous_number = number - 1)),
    constraint canvass_records_kind_known check (kind in ('provisional', 'final')),
    constraint canvass_records_digest_matches check (sha256 = sha256(convert_to(text, 'UTF8')))
);
comment on table elections.canvass_records is
    'Sealed actas de escrutinio: the canonical text with its SHA-256, numbered without a gap in the book of the alliance. A correction is a later acta.';
select tenancy.isolate('elections.canvass_records', 'select, insert');

create table elections.challenges (
    organization_id uuid        not null,
    challenge_id    uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid,
    table_id        uuid,
    number          integer     not null,
    challenger      text        not null,
    challenger_role text        not null,
    ground          text        not null,
    facts           text        not null,
    filed_at        timestamptz not null,
    filed_by        uuid,
    answer          text,
    answered_by     text,
    answered_at     timestamptz,
    state           text        not null,
    effect          text,
    decision_reason text,
    decided_at      timestamptz,
    decided_by      uuid,

    constraint challenges_pkey primary key (organization_id, challenge_id),
    constraint challenges_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint challenges_process_key unique (organization_id, process_id, challenge_id),
    constraint challenges_number_key unique (organization_id, process_id, number),
    constraint challenges_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint challenges_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint challenges_challenger_given check (challenger = btrim(challenger) and challenger <> ''),
    constraint challenges_role_known check (challenger_role in (
        'elector', 'candidate', 'witness', 'guarantor', 'other')),
    constraint challenges_ground_known check (ground in (
        'arithmetic', 'ballots_and_voters', 'roll', 'eligibility', 'secrecy', 'violence_or_fraud',
        'procedure', 'other')),
    constraint challenges_facts_given check (facts = btrim(facts) and facts <> ''),
    constraint challenges_answer_is_whole check (
        (answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
    constraint challenges_state_known check (state in ('open', 'upheld', 'dismissed', 'withdrawn')),
    constraint challenges_effect_known check (effect in ('none', 'annul_table', 'annul_contest', 'annul_process')),
    constraint challenges_decision_is_whole check (
        (state = 'open') = (decided_at is null) and (state = 'open') = (decision_reason is null)
        and decision_reason <> '' and (state = 'upheld') = (effect is not null)),
    constraint challenges_effect_has_its_object check (
        (effect <> 'annul_table' or table_id is not null)
        and (effect <> 'annul_contest' or contest_id is not null))
);
comment on table elections.challenges is
    'Challenges (impugnaciones) of a result: ground, facts, answer, decision and its effect. The proclamation waits for them.';
create index challenges_open_index on elections.challenges (organization_id, process_id) where state = 'open';
select tenancy.isolate(
    'elections.challenges',
    'select, insert, update (answer, answered_by, answered_at, state, effect, decision_reason, decided_at, decided_by)');

create table elections.challenge_files (
    organization_id uuid        not null,
    challenge_id    uuid        not null,
    file_id         uuid        not null,
    title           text        not null,
    added_at        timestamptz not null,
    added_by        uuid,

    constraint challenge_files_pkey primary key (organization_id, challenge_id, file_id),
    constraint challenge_files_challenge_fkey foreign key (organization_id, challenge_id)
        references elections.challenges (organization_id, challenge_id),
    constraint challenge_files_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint challenge_files_title_given check (title = btrim(title) and title <> '')
);
comment on table elections.challenge_files is 'The evidence of a challenge.';
select tenancy.isolate('elections.challenge_files', 'select, insert');

create table elections.table_annulments (
    organization_id uuid        not null,
    table_id        uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    process_id      uuid        not null,
    challenge_id    uuid        not null,
    annulled_at     timestamptz not null,
    annulled_by     uuid,

    constraint table_annulments_pkey primary key (organization_id, table_id, contest_id, round),
    constraint table_annulments_count_fkey foreign key (organization_id, table_id, contest_id, round)
        references elections.table_counts (organization_id, table_id, contest_id, round),
    constraint table_annulments_challenge_fkey foreign key (organization_id, process_id, challenge_id)
        references elections.challenges (organization_id, process_id, challenge_id)
);
comment on table elections.table_annulments is
    'Counts of tables that a decided challenge annulled. The count stays; the canvass leaves it out.';
select tenancy.isolate('elections.table_annulments', 'select, insert');

-- The last acts of a process are proposed by one person and carried out by the second.
create table elections.acts (
    organization_id uuid        not null,
    act_id          uuid        not null,
    process_id      uuid        not null,
    kind            text        not null,
    reason          text        not null,
    proposed_at     timestamptz not null,
    proposed_by     uuid        not null,
    proposed_as     text        not null,
    seconded_at     timestamptz,
    seconded_by     uuid,
    seconded_as     text,
    withdrawn_at    timestamptz,

    constraint acts_pkey primary key (organization_id, act_id),
    constraint acts_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint acts_process_key unique (organization_id, process_id, act_id),
    constraint acts_kind_known check (kind in ('proclaim', 'annul')),
    constraint acts_reason_given check (reason = btrim(reason) and reason <> ''),
    constraint acts_seconded_whole check (
        (seconded_at is null) = (seconded_by is null) and (seconded_at is null) = (seconded_as is null)),
    constraint acts_two_people check (seconded_by <> proposed_by),
    constraint acts_two_roles check (seconded_as <> proposed_as),
    constraint acts_seconded_or_withdrawn check (seconded_at is null or withdrawn_at is null)
);
comment on table elections.acts is
    'Acts that need two people of different roles (proclamation, annulment): proposed by one, carried out by the other.';
create unique index acts_one_open_key on elections.acts (organization_id, process_id)
    where seconded_at is null and withdrawn_at is null;
select tenancy.isolate(
    'elections.acts', 'select, insert, update (seconded_at, seconded_by, seconded_as, withdrawn_at)');

create table elections.proclamations (
    organization_id uuid        not null,
    process_id      uuid        not null,
    act_id          uuid        not null,
    proclaimed_on   date        not null,
    proclaimed_at   timestamptz not null,

    constraint proclamations_pkey primary key (organization_id, process_id),
    constraint proclamations_act_fkey foreign key (organization_id, process_id, act_id)
        references elections.acts (organization_id, process_id, act_id)
);
comment on table elections.proclamations is
    'Proclamations of those elected. Written by elections.proclaim alone; never changed.';
select tenancy.isolate('elections.proclamations', 'select');

create function elections.proclaim(organization uuid, process uuid, act uuid, on_day date, at timestamptz)
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
    if not exists (
        select from elections.acts
        where acts.organization_id = organization and acts.process_id = process and acts.act_id = act
            and acts.kind = 'proclaim' and acts.seconded_at is not null)
    then
        raise exception 'the proclamation needs a second person'
            using errcode = '23514', constraint = 'proclamations_are_seconded';
    end if;
    -- Every contest that is still open ends in a canvass that elects, with its sealed final record.
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
                    and canvasses.version = (
                        select max(version) from elections.canvasses as versions
                        where versions.organization_id = organization
                            and versions.contest_id = contests.contest_id)))
    then
        raise exception 'a contest has no final record'
            using errcode = '23514', constraint = 'proclamations_records_are_final';
    end if;
    insert into elections.proclamations (organization_id, process_id, act_id, proclaimed_on, proclaimed_at)
    values (organization, process, act, on_day, at);
    update elections.contests set state = 'proclaimed'
    where contests.organization_id = organization and contests.process_id = process and contests.state = 'open';
    update elections.processes set state = 'proclaimed', state_changed_at = at
    where processes.organization_id = organization and processes.process_id = process;
end
$$;
comment on function elections.proclaim is
    'Proclaims those elected in a process of the tenant in scope: the only way in. Refuses while a challenge is open, without a second person, or without final records.';
grant execute on function elections.proclaim to alianzas_app;
