-- 0020 · governance · bylaws, bodies, seats, mandates
-- How an alliance governs itself, who sits where, and until when. Legal figures (terms, limits,
-- quorums) are rows with their norm and whether somebody confirmed it, never constants.
-- Locks: none on existing tables. Undo: a later migration.

create extension if not exists btree_gist;

create table governance.bylaws (
    organization_id uuid        not null,
    bylaws_id       uuid        not null,
    alliance_id     uuid        not null,
    version         integer     not null,
    title           text        not null,
    approved_on     date        not null,
    in_force_from   date        not null,
    text_file_id    uuid,
    recorded_at     timestamptz not null,

    constraint bylaws_pkey primary key (organization_id, bylaws_id),
    constraint bylaws_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint bylaws_text_file_fkey foreign key (organization_id, text_file_id)
        references tenancy.files (organization_id, file_id),
    constraint bylaws_version_key unique (organization_id, alliance_id, version),
    constraint bylaws_in_force_key unique (organization_id, alliance_id, in_force_from),
    constraint bylaws_version_counts check (version >= 1),
    constraint bylaws_approved_before_in_force check (approved_on <= in_force_from),
    constraint bylaws_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.bylaws is
    'Versions of the bylaws (estatutos, reglamento) of an alliance. The one in force on a day is the latest that began by then.';
select tenancy.isolate('governance.bylaws', 'select, insert');

create table governance.bylaw_articles (
    organization_id uuid    not null,
    bylaws_id       uuid    not null,
    position        integer not null,
    number          text    not null,
    heading         text    not null,
    body            text    not null,

    constraint bylaw_articles_pkey primary key (organization_id, bylaws_id, position),
    constraint bylaw_articles_bylaws_fkey foreign key (organization_id, bylaws_id)
        references governance.bylaws (organization_id, bylaws_id),
    constraint bylaw_articles_number_key unique (organization_id, bylaws_id, number)
);
comment on table governance.bylaw_articles is 'The text of the bylaws, article by article.';
select tenancy.isolate('governance.bylaw_articles', 'select, insert');

create table governance.bylaw_parameters (
    organization_id uuid    not null,
    bylaws_id       uuid    not null,
    name            text    not null,
    value           text    not null,
    article_number  text,
    norm            text,
    is_confirmed    boolean not null,

    constraint bylaw_parameters_pkey primary key (organization_id, bylaws_id, name),
    constraint bylaw_parameters_bylaws_fkey foreign key (organization_id, bylaws_id)
        references governance.bylaws (organization_id, bylaws_id),
    constraint bylaw_parameters_article_fkey foreign key (organization_id, bylaws_id, article_number)
        references governance.bylaw_articles (organization_id, bylaws_id, number),
    constraint bylaw_parameters_name_shape check (name ~ '^[a-z]+(_[a-z]+)*$'),
    constraint bylaw_parameters_value_given check (value <> '')
);
comment on table governance.bylaw_parameters is
    'What the bylaws order in figures (quorum, notice, term, counting rule): the product obeys them on the day in question. Each with its article or norm.';
select tenancy.isolate('governance.bylaw_parameters', 'select, insert');

create table governance.bodies (
    organization_id          uuid        not null,
    body_id                  uuid        not null,
    alliance_id              uuid,
    name                     text        not null,
    kind                     text        not null,
    is_external              boolean     not null,
    term_months              integer     not null,
    term_norm                text,
    term_is_confirmed        boolean     not null,
    consecutive_terms        integer,
    consecutive_terms_norm   text,
    formation                text        not null,
    continues_until_replaced boolean     not null,
    created_at               timestamptz not null,
    dissolved_on             date,

    constraint bodies_pkey primary key (organization_id, body_id),
    constraint bodies_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint bodies_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint bodies_name_key unique nulls not distinct (organization_id, alliance_id, name),
    constraint bodies_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint bodies_kind_known check (kind in (
        'board', 'organizing_committee', 'work_committee', 'election_committee', 'statutory_auditor',
        'insurer_board', 'provider_board', 'public_hospital_board', 'ethics_committee',
        'community_participation_committee', 'territorial_health_council', 'other')),
    constraint bodies_internal_has_alliance check (is_external or alliance_id is not null),
    constraint bodies_term_counts check (term_months between 1 and 60),
    constraint bodies_long_term_is_cited check (term_months <= 24 or term_norm is not null),
    constraint bodies_consecutive_terms_counts check (consecutive_terms is null or consecutive_terms >= 1),
    constraint bodies_formation_known check (formation in ('proclamation', 'appointment'))
);
comment on table governance.bodies is
    'Bodies with seats, inside the alliance (board, committees) and outside it (hospital boards, ethics committees, COPACO). More than two years only where a norm is cited.';
select tenancy.isolate('governance.bodies', 'select, insert, update');

create table governance.seats (
    organization_id uuid    not null,
    seat_id         uuid    not null,
    body_id         uuid    not null,
    position        integer not null,
    title           text    not null,
    sector          text,
    is_elected      boolean not null,
    abolished_on    date,

    constraint seats_pkey primary key (organization_id, seat_id),
    constraint seats_body_fkey foreign key (organization_id, body_id)
        references governance.bodies (organization_id, body_id),
    constraint seats_body_key unique (organization_id, body_id, seat_id),
    constraint seats_position_key unique (organization_id, body_id, position),
    constraint seats_position_counts check (position >= 1),
    constraint seats_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.seats is
    'The seats (curules, cargos) of a body, by title and, outside, by the sector that fills them. is_elected: the alliance elects it.';
select tenancy.isolate('governance.seats', 'select, insert, update');

create table governance.mandates (
    organization_id    uuid        not null,
    mandate_id         uuid        not null,
    body_id            uuid        not null,
    seat_id            uuid        not null,
    rank               integer     not null,
    person_id          uuid        not null,
    holder_name        text        not null,
    starts_on          date        not null,
    ends_on            date        not null,
    limit_months       integer     not null,
    limit_norm         text,
    state              text        not null,
    ended_on           date,
    end_reason         text,
    origin             text        not null,
    process_id         uuid,
    contest_id         uuid,
    appointment_act    text,
    appointed_on       date,
    took_office_on     date,
    opened_at          timestamptz not null,

    constraint mandates_pkey primary key (organization_id, mandate_id),
    constraint mandates_seat_fkey foreign key (organization_id, body_id, seat_id)
        references governance.seats (organization_id, body_id, seat_id),
    constraint mandates_rank_counts check (rank >= 0),
    constraint mandates_period check (starts_on <= ends_on),
    constraint mandates_within_limit check (ends_on < starts_on + make_interval(months => limit_months)),
    constraint mandates_long_limit_is_cited check (limit_months <= 24 or limit_norm is not null),
    constraint mandates_state_known check (state in ('pending', 'in_force', 'ended', 'annulled')),
    constraint mandates_origin_known check (origin in ('election', 'appointment', 'ex_officio', 'succession', 'recorded')),
    constraint mandates_election_is_named check ((origin = 'election') <= (process_id is not null)),
    constraint mandates_end_is_reasoned check ((state in ('ended', 'annulled')) = (ended_on is not null and end_reason is not null)),
    constraint mandates_end_in_period check (ended_on is null or ended_on >= starts_on),
    constraint mandates_office_after_appointment check (took_office_on is null or appointed_on is null or took_office_on >= appointed_on),
    -- One holder of a rank of a seat at a time. A holder who continues until replaced does so after
    -- ends_on, so that the successor's period never meets it.
    constraint mandates_one_holder exclude using gist (
        organization_id with =, seat_id with =, rank with =,
        daterange(starts_on, coalesce(ended_on, ends_on), '[]') with &&) where (state <> 'annulled')
);
comment on table governance.mandates is
    'Who holds a seat from when to when. rank 0 is the principal, 1 and up the alternates in their order. ends_on is the last day. Never more than the body''s limit, which is kept here as it stood.';
create index mandates_person_index on governance.mandates (organization_id, person_id);
create index mandates_end_index on governance.mandates (organization_id, ends_on) where state = 'in_force';
select tenancy.isolate(
    'governance.mandates',
    'select, insert, update (state, ended_on, end_reason, appointment_act, appointed_on, took_office_on)');
