-- 0188 · governance · quick polls
-- A few closed questions that an alliance asks (sondeos): by a link, from «Mi alianza», or on paper. What was answered
-- and who answered stand apart, and nothing joins them: a sheet bears no time, no name and an identifier without order.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.polls (
    organization_id uuid        not null,
    poll_id         uuid        not null,
    alliance_id     uuid        not null,
    title           text        not null,
    purpose         text        not null,
    opens_on        date        not null,
    closes_on       date        not null,
    is_public       boolean     not null,
    takes_comments  boolean     not null,
    code            text        not null,
    closed_on       date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint polls_pkey primary key (organization_id, poll_id),
    constraint polls_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint polls_code_key unique (organization_id, code),
    constraint polls_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint polls_purpose_is_trimmed check (purpose = btrim(purpose) and purpose <> ''),
    constraint polls_closes_after_opening check (closes_on >= opens_on),
    constraint polls_closed_after_opening check (closed_on >= opens_on)
);
comment on table governance.polls is
    'Quick polls of an alliance (sondeos), which decide nothing: a poll is no vote. What is asked is not changed.';
create index polls_alliance_index on governance.polls (organization_id, alliance_id, opens_on);
select tenancy.isolate('governance.polls', 'select, insert, update (closed_on)');

create table governance.poll_questions (
    organization_id uuid    not null,
    poll_id         uuid    not null,
    question        integer not null,
    kind            text    not null,
    words           text    not null,
    options         text[]  not null,

    constraint poll_questions_pkey primary key (organization_id, poll_id, question),
    constraint poll_questions_poll_fkey foreign key (organization_id, poll_id)
        references governance.polls (organization_id, poll_id),
    constraint poll_questions_question_counts check (question between 1 and 10),
    constraint poll_questions_kind_known check (kind in ('single', 'multiple', 'scale')),
    constraint poll_questions_words_trimmed check (words = btrim(words) and words <> ''),
    constraint poll_questions_options_count check (cardinality(options) between 2 and 12)
);
comment on table governance.poll_questions is 'What a poll asks, each with its answers to choose from.';
select tenancy.isolate('governance.poll_questions', 'select, insert');

create table governance.poll_marks (
    organization_id uuid not null,
    poll_id         uuid not null,
    mark            text not null,

    constraint poll_marks_pkey primary key (organization_id, poll_id, mark),
    constraint poll_marks_poll_fkey foreign key (organization_id, poll_id)
        references governance.polls (organization_id, poll_id),
    constraint poll_marks_mark_known check (mark ~ '^(user|device):[0-9a-f-]{36,64}$')
);
comment on table governance.poll_marks is
    'From which account or device a poll was answered, so that it is answered once; never what.';
select tenancy.isolate('governance.poll_marks', 'select, insert');

create table governance.poll_sheets (
    organization_id uuid not null,
    sheet_id        uuid not null,
    poll_id         uuid not null,
    comment         text,

    constraint poll_sheets_pkey primary key (organization_id, sheet_id),
    constraint poll_sheets_poll_fkey foreign key (organization_id, poll_id)
        references governance.polls (organization_id, poll_id),
    constraint poll_sheets_poll_key unique (organization_id, poll_id, sheet_id),
    constraint poll_sheets_comment_is_trimmed check (comment = btrim(comment) and comment <> '')
);
comment on table governance.poll_sheets is
    'A sheet of answers: random identifier, no time, nobody''s.';
select tenancy.isolate('governance.poll_sheets', 'select, insert');

create table governance.poll_choices (
    organization_id uuid    not null,
    sheet_id        uuid    not null,
    poll_id         uuid    not null,
    question        integer not null,
    option          integer not null,

    constraint poll_choices_pkey primary key (organization_id, sheet_id, question, option),
    constraint poll_choices_sheet_fkey foreign key (organization_id, poll_id, sheet_id)
        references governance.poll_sheets (organization_id, poll_id, sheet_id),
    constraint poll_choices_question_fkey foreign key (organization_id, poll_id, question)
        references governance.poll_questions (organization_id, poll_id, question),
    constraint poll_choices_option_counts check (option between 1 and 12)
);
comment on table governance.poll_choices is 'What a sheet chose of each question, by its place in the list.';
create index poll_choices_poll_index on governance.poll_choices (organization_id, poll_id, question, option);
select tenancy.isolate('governance.poll_choices', 'select, insert');

create table governance.poll_tallies (
    organization_id   uuid        not null,
    tally_id          uuid        not null,
    poll_id           uuid        not null,
    place             text        not null,
    sheets            integer     not null,
    counted_on        date        not null,
    file_id           uuid,
    withdrawal_reason text,
    recorded_at       timestamptz not null,
    recorded_by       uuid,

    constraint poll_tallies_pkey primary key (organization_id, tally_id),
    constraint poll_tallies_poll_fkey foreign key (organization_id, poll_id)
        references governance.polls (organization_id, poll_id),
    constraint poll_tallies_poll_key unique (organization_id, poll_id, tally_id),
    constraint poll_tallies_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint poll_tallies_place_is_trimmed check (place = btrim(place) and place <> ''),
    constraint poll_tallies_sheets_count check (sheets between 1 and 100000),
    constraint poll_tallies_withdrawn_has_reason check (btrim(withdrawal_reason) <> '')
);
comment on table governance.poll_tallies is
    'Sheets of paper that were counted by hand: where, how many, by whom. A mistaken count is withdrawn with its reason.';
select tenancy.isolate('governance.poll_tallies', 'select, insert, update (withdrawal_reason)');

create table governance.poll_tally_counts (
    organization_id uuid    not null,
    tally_id        uuid    not null,
    poll_id         uuid    not null,
    question        integer not null,
    option          integer not null,
    people          integer not null,

    constraint poll_tally_counts_pkey primary key (organization_id, tally_id, question, option),
    constraint poll_tally_counts_tally_fkey foreign key (organization_id, poll_id, tally_id)
        references governance.poll_tallies (organization_id, poll_id, tally_id),
    constraint poll_tally_counts_question_fkey foreign key (organization_id, poll_id, question)
        references governance.poll_questions (organization_id, poll_id, question),
    constraint poll_tally_counts_people_count check (people >= 0)
);
comment on table governance.poll_tally_counts is 'How many sheets of paper chose each answer.';
select tenancy.isolate('governance.poll_tally_counts', 'select, insert');

create table governance.poll_cards (
    organization_id   uuid    not null,
    poll_id           uuid    not null,
    alliance_id       uuid    not null,
    municipality_code text    not null,
    is_public         boolean not null,
    code              text    not null,
    title             text    not null,
    purpose           text    not null,
    opens_on          date    not null,
    closes_on         date    not null,
    takes_comments    boolean not null,
    questions         text    not null,
    is_closed         boolean not null,

    constraint poll_cards_pkey primary key (organization_id, poll_id)
);
comment on table governance.poll_cards is
    'Projection: what a poll with a public link asks, for whoever has the link. It holds no answer.';
create index poll_cards_code_index on governance.poll_cards (organization_id, code);
select tenancy.isolate('governance.poll_cards', 'select, insert, update (is_closed)');
select tenancy.project('governance.poll_cards');
