-- 0030 · elections · processes, contests, calendar, call
-- A process (proceso electoral) of one alliance elects one or several bodies at once: it holds contests,
-- each with its seats, rule and way of voting, and one calendar. Publishing the call freezes both.
-- References to other modules stand in 0037.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.processes (
    organization_id     uuid        not null,
    process_id          uuid        not null,
    alliance_id         uuid        not null,
    name                text        not null,
    state               text        not null,
    suspended_from      text,
    resumes_on          date,
    state_reason        text,
    bylaws_id           uuid,
    replaces_process_id uuid,
    drafted_at          timestamptz not null,
    drafted_by          uuid,
    state_changed_at    timestamptz not null,

    constraint processes_pkey primary key (organization_id, process_id),
    constraint processes_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint processes_alliance_key unique (organization_id, alliance_id, process_id),
    constraint processes_replaces_fkey foreign key (organization_id, replaces_process_id)
        references elections.processes (organization_id, process_id),
    constraint processes_name_is_trimmed check (name = btrim(name) and name <> '' and length(name) <= 200),
    constraint processes_state_known check (state in (
        'draft', 'called', 'provisional_roll', 'claims', 'frozen_roll', 'nominations', 'voting', 'count',
        'provisional_result', 'challenges', 'proclaimed', 'suspended', 'void', 'annulled')),
    constraint processes_suspended_from_known check (suspended_from in (
        'called', 'provisional_roll', 'claims', 'frozen_roll', 'nominations', 'voting', 'count',
        'provisional_result', 'challenges')),
    constraint processes_suspension_returns check ((state = 'suspended') = (suspended_from is not null)),
    constraint processes_break_is_reasoned check (
        state not in ('suspended', 'void', 'annulled') or state_reason is not null),
    constraint processes_replaces_another check (replaces_process_id <> process_id)
);
comment on table elections.processes is
    'Electoral processes of an alliance, from draft to proclamation. One that was void, repeated or annulled is replaced by another.';
create index processes_alliance_index on elections.processes (organization_id, alliance_id, drafted_at);
-- One call replaces another once.
create unique index processes_replaced_once_key on elections.processes (organization_id, replaces_process_id)
    where replaces_process_id is not null and state <> 'annulled';
select tenancy.isolate(
    'elections.processes',
    'select, insert, update (name, state, suspended_from, resumes_on, state_reason, bylaws_id, state_changed_at)');

-- What a person is in a process: one thing alone, so that nobody runs, counts or guarantees an election in
-- which they stand. Candidates, jurors and guarantors refer here with the capacity that they need; who acts
-- for the committee is put down at the first act.
create table elections.capacities (
    organization_id uuid        not null,
    process_id      uuid        not null,
    person_id       uuid        not null,
    capacity        text        not null,
    since           timestamptz not null,

    constraint capacities_pkey primary key (organization_id, process_id, person_id),
    constraint capacities_capacity_key unique (organization_id, process_id, person_id, capacity),
    constraint capacities_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint capacities_known check (capacity in ('candidate', 'juror', 'committee', 'guarantor'))
);
comment on table elections.capacities is
    'The one capacity of a person in a process. Whoever stands cannot run it, and whoever ran it cannot stand; it is not given back.';
select tenancy.isolate('elections.capacities', 'select, insert');

-- No update of what a contest asks: a draft is edited by removing and adding, and the rows of
-- called_contests keep the contests of a published call from being removed.
create table elections.contests (
    organization_id       uuid    not null,
    contest_id            uuid    not null,
    process_id            uuid    not null,
    position              integer not null,
    name                  text    not null,
    body_id               uuid    not null,
    seats                 integer not null,
    candidature           text    not null,
    voting_mode           text    not null,
    counting_rule         text    not null,
    threshold_numerator   bigint,
    threshold_denominator bigint,
    majority_base         text    not null,
    has_blank_majority    boolean not null,
    alternates            text    not null,
    starts_on             date,
    rules_source          text    not null,
    rules_are_confirmed   boolean not null,
    state                 text    not null,
    state_reason          text,

    constraint contests_pkey primary key (organization_id, contest_id),
    constraint contests_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint contests_process_key unique (organization_id, process_id, contest_id),
    constraint contests_position_key unique (organization_id, process_id, position),
    constraint contests_name_key unique (organization_id, process_id, name),
    constraint contests_position_counts check (position >= 1),
    constraint contests_name_is_trimmed check (name = btrim(name) and name <> '' and length(name) <= 120),
    constraint contests_seats_count check (seats between 1 and 200),
    constraint contests_candidature_known check (candidature in ('slates', 'individuals')),
    constraint contests_voting_mode_known check (voting_mode in (
        'paper', 'show_of_hands', 'acclamation', 'single_list')),
    constraint contests_counting_rule_known check (counting_rule in (
        'mayoria', 'mayoria_absoluta', 'plurinominal', 'cuociente', 'cifra')),
    constraint contests_rule_fits_candidature check (
        case candidature
            when 'slates' then counting_rule <> 'plurinominal'
            else counting_rule = 'plurinominal' or seats = 1 and counting_rule in ('mayoria', 'mayoria_absoluta')
        end),
    constraint contests_single_list_is_a_slate check (voting_mode <> 'single_list' or candidature = 'slates'),
    constraint contests_threshold_is_whole check (
        (threshold_numerator is null) = (threshold_denominator is null)
        and (threshold_numerator is null or threshold_numerator between 0 and 1000000)
        and (threshold_denominator is null or threshold_denominator between 1 and 1000000)),
    constraint contests_threshold_is_proportional check (
        threshold_numerator is null or counting_rule in ('cuociente', 'cifra')),
    constraint contests_majority_base_known check (majority_base in ('valid', 'contenders')),
    constraint contests_alternates_known check (alternates in ('none', 'numeric', 'personal')),
    constraint contests_rules_source_given check (rules_source <> ''),
    constraint contests_state_known check (state in ('open', 'void', 'blank_won', 'annulled', 'proclaimed')),
    constraint contests_end_is_reasoned check (state not in ('void', 'annulled') or state_reason is not null)
);
comment on table elections.contests is
    'What is elected: one body or group of posts each, with its seats, how people stand, vote and are counted, and the norm behind it.';
select tenancy.isolate('elections.contests', 'select, insert, delete, update (state, state_reason)');

create table elections.contest_seats (
    organization_id uuid    not null,
    process_id      uuid    not null,
    contest_id      uuid    not null,
    position        integer not null,
    seat_id         uuid    not null,

    constraint contest_seats_pkey primary key (organization_id, contest_id, position),
    constraint contest_seats_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint contest_seats_position_counts check (position >= 1),
    -- A seat is elected once in a process.
    constraint contest_seats_seat_key unique (organization_id, process_id, seat_id)
);
comment on table elections.contest_seats is
    'The seats of the body that a contest fills, in the order in which those elected take them.';
select tenancy.isolate('elections.contest_seats', 'select, insert, delete');

-- Calendars are never changed: a change is a new version with its reason and author.
create table elections.calendars (
    organization_id uuid        not null,
    process_id      uuid        not null,
    version         integer     not null,
    kind            text        not null,
    reason          text,
    made_at         timestamptz not null,
    made_by         uuid,

    constraint calendars_pkey primary key (organization_id, process_id, version),
    constraint calendars_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint calendars_version_counts check (version >= 1),
    constraint calendars_kind_known check (kind in ('computed', 'edited', 'postponement', 'extension')),
    constraint calendars_change_is_reasoned check (
        kind not in ('postponement', 'extension') or btrim(reason) <> '' and reason is not null)
);
comment on table elections.calendars is
    'Versions of a process''s calendar: computed from the rules, edited in draft; after the call only postponed or extended, with a reason.';
select tenancy.isolate('elections.calendars', 'select, insert');

create table elections.calendar_milestones (
    organization_id   uuid        not null,
    process_id        uuid        not null,
    version           integer     not null,
    milestone         text        not null,
    opens_at          timestamptz not null,
    closes_at         timestamptz,
    rule              text        not null,
    norm              text,
    norm_is_confirmed boolean     not null,
    is_edited         boolean     not null,

    constraint calendar_milestones_pkey primary key (organization_id, process_id, version, milestone),
    constraint calendar_milestones_calendar_fkey foreign key (organization_id, process_id, version)
        references elections.calendars (organization_id, process_id, version),
    constraint calendar_milestones_known check (milestone in (
        'call', 'roll_cutoff', 'provisional_roll', 'claims', 'claim_decisions', 'roll_freeze', 'nominations',
        'candidate_changes', 'ballot_order', 'voting', 'provisional_result', 'challenges',
        'challenge_decisions', 'proclamation')),
    constraint calendar_milestones_period check (closes_at >= opens_at),
    constraint calendar_milestones_rule_given check (rule <> '')
);
comment on table elections.calendar_milestones is
    'The dates of a calendar, each with the rule and norm that gave it. is_edited: somebody moved it from where the rule had put it.';
select tenancy.isolate('elections.calendar_milestones', 'select, insert');

create table elections.calls (
    organization_id  uuid        not null,
    process_id       uuid        not null,
    calendar_version integer     not null,
    text             text        not null,
    sha256           bytea       not null,
    channels         text[]      not null,
    published_at     timestamptz not null,
    published_by     uuid,

    constraint calls_pkey primary key (organization_id, process_id),
    constraint calls_calendar_fkey foreign key (organization_id, process_id, calendar_version)
        references elections.calendars (organization_id, process_id, version),
    constraint calls_digest_matches check (sha256 = sha256(convert_to(text, 'UTF8')))
);
comment on table elections.calls is
    'The call (convocatoria) as it was published, word by word, with its SHA-256: contests, rules, tables and calendar.';
select tenancy.isolate('elections.calls', 'select, insert');

create table elections.called_contests (
    organization_id uuid not null,
    process_id      uuid not null,
    contest_id      uuid not null,

    constraint called_contests_pkey primary key (organization_id, process_id, contest_id),
    constraint called_contests_call_fkey foreign key (organization_id, process_id)
        references elections.calls (organization_id, process_id),
    constraint called_contests_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id)
);
comment on table elections.called_contests is
    'The contests of a published call. While the row stands, its contest can be neither removed nor, having no update, changed.';
select tenancy.isolate('elections.called_contests', 'select, insert');

create table elections.guarantors (
    organization_id uuid        not null,
    guarantor_id    uuid        not null,
    process_id      uuid        not null,
    kind            text        not null,
    institution     text        not null,
    name            text,
    office_title    text,
    user_id         uuid,
    person_id       uuid,
    capacity        text        not null,
    invited_at      timestamptz not null,
    invited_by      uuid,
    invitation      text        not null,
    accredited_at   timestamptz,
    accredited_by   uuid,

    constraint guarantors_pkey primary key (organization_id, guarantor_id),
    constraint guarantors_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint guarantors_process_key unique (organization_id, process_id, guarantor_id),
    constraint guarantors_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint guarantors_capacity_fkey foreign key (organization_id, process_id, person_id, capacity)
        references elections.capacities (organization_id, process_id, person_id, capacity),
    constraint guarantors_capacity_known check (capacity = 'guarantor'),
    constraint guarantors_institution_key unique (organization_id, process_id, institution),
    constraint guarantors_kind_known check (kind in (
        'ombudsman', 'health_authority', 'health_superintendency', 'comptroller', 'other')),
    constraint guarantors_institution_is_trimmed check (institution = btrim(institution) and institution <> ''),
    constraint guarantors_accredited_is_named check (accredited_at is null or name is not null),
    constraint guarantors_accredited_after_invited check (accredited_at >= invited_at)
);
comment on table elections.guarantors is
    'Who guarantees a process from outside (personería, secretaría de salud): invited, then accredited by name.';
select tenancy.isolate(
    'elections.guarantors',
    'select, insert, update (name, office_title, user_id, person_id, accredited_at, accredited_by)');

create table elections.guarantor_remarks (
    organization_id uuid        not null,
    remark_id       uuid        not null,
    process_id      uuid        not null,
    guarantor_id    uuid        not null,
    body            text        not null,
    made_at         timestamptz not null,
    recorded_by     uuid,

    constraint guarantor_remarks_pkey primary key (organization_id, remark_id),
    constraint guarantor_remarks_guarantor_fkey foreign key (organization_id, process_id, guarantor_id)
        references elections.guarantors (organization_id, process_id, guarantor_id),
    constraint guarantor_remarks_body_given check (body = btrim(body) and body <> '')
);
comment on table elections.guarantor_remarks is 'What guarantors remarked, word by word; it goes into the acta.';
create index guarantor_remarks_process_index on elections.guarantor_remarks (organization_id, process_id, made_at);
select tenancy.isolate('elections.guarantor_remarks', 'select, insert');
