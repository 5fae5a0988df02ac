-- 0050 · reporting · obligations and projections
-- What norms ask, as data; what the operation shows of it; and what control bodies and citizens may read
-- of that without touching a tenant's tables.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.obligations (
    code                  text    not null,
    title                 text    not null,
    duty                  text    not null,
    bound                 text    not null,
    norm                  text    not null,
    norm_is_confirmed     boolean not null,
    source                text    not null,
    evidence              text    not null,
    applies_to            text[]  not null,
    parameters            jsonb   not null,
    deadline_is_confirmed boolean not null,

    constraint obligations_pkey primary key (code),
    constraint obligations_code_shape check (code ~ '^C[0-9]{2}$'),
    constraint obligations_applies_to_known check (
        applies_to <@ array['insurer', 'provider', 'public_hospital', 'alliance'])
);
comment on table catalogue.obligations is
    'What the norms ask (C01 to C36 of the domain), each with its norm and whether somebody confirmed it. Nothing is reported overdue on a deadline that nobody confirmed.';
grant select on catalogue.obligations to alianzas_app, alianzas_identity, alianzas_control, alianzas_public;

create table reporting.obligation_terms (
    organization_id uuid        not null,
    term_id         uuid        not null,
    alliance_id     uuid,
    code            text        not null,
    parameters      jsonb       not null,
    norm            text        not null,
    set_at          timestamptz not null,
    set_by          uuid,

    constraint obligation_terms_pkey primary key (organization_id, term_id),
    constraint obligation_terms_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint obligation_terms_obligation_fkey foreign key (code) references catalogue.obligations (code),
    constraint obligation_terms_norm_given check (norm = btrim(norm) and norm <> '')
);
comment on table reporting.obligation_terms is
    'Figures that a tenant confirmed for its alliances or for one of them, with the norm or procedure that orders them. The latest counts, those of the alliance first.';
create index obligation_terms_code_index on reporting.obligation_terms (organization_id, code, set_at);
select tenancy.isolate('reporting.obligation_terms', 'select, insert');

create table reporting.obligation_states (
    organization_id       uuid        not null,
    alliance_id           uuid        not null,
    code                  text        not null,
    municipality_code     text        not null,
    is_public             boolean     not null,
    organization_name     text        not null,
    alliance_name         text        not null,
    norm                  text        not null,
    norm_is_confirmed     boolean     not null,
    deadline_is_confirmed boolean     not null,
    state                 text        not null,
    since                 date        not null,
    due_on                date,
    finding               text        not null,
    next_step             text,
    next_place            text,
    evidence              jsonb       not null,
    evaluated_at          timestamptz not null,

    constraint obligation_states_pkey primary key (organization_id, alliance_id, code, municipality_code),
    constraint obligation_states_obligation_fkey foreign key (code) references catalogue.obligations (code),
    constraint obligation_states_state_known check (state in (
        'met', 'partial', 'due', 'overdue', 'unproven', 'not_applicable')),
    constraint obligation_states_overdue_is_confirmed check (state <> 'overdue' or due_on is not null),
    constraint obligation_states_next_has_place check ((next_step is null) = (next_place is null))
);
comment on table reporting.obligation_states is
    'Projection: where each alliance stands on each obligation, by municipality, with what shows it. It names no person; citizens do not read it.';
create index obligation_states_municipality_index on reporting.obligation_states (municipality_code, code);
select tenancy.isolate('reporting.obligation_states', 'select, insert, update, delete');
select tenancy.project('reporting.obligation_states');

create table reporting.obligation_changes (
    organization_id uuid        not null,
    change_id       uuid        not null,
    alliance_id     uuid        not null,
    code            text        not null,
    state           text        not null,
    finding         text        not null,
    changed_at      timestamptz not null,

    constraint obligation_changes_pkey primary key (organization_id, change_id)
);
comment on table reporting.obligation_changes is 'Each change of an obligation''s state, for its history.';
create index obligation_changes_alliance_index on reporting.obligation_changes
    (organization_id, alliance_id, code, changed_at);
select tenancy.isolate('reporting.obligation_changes', 'select, insert');

create table reporting.alliance_profiles (
    organization_id   uuid        not null,
    alliance_id       uuid        not null,
    municipality_code text        not null,
    is_public         boolean     not null,
    organization_slug text        not null,
    organization_name text        not null,
    organization_kind text        not null,
    alliance_slug     text        not null,
    alliance_name     text        not null,
    state             text        not null,
    member_count      integer     not null,
    profile           jsonb       not null,
    updated_at        timestamptz not null,

    constraint alliance_profiles_pkey primary key (organization_id, alliance_id, municipality_code),
    constraint alliance_profiles_member_count_counts check (member_count >= 0)
);
comment on table reporting.alliance_profiles is
    'Projection: what anybody may know of an alliance: its bodies and holders by office, calendar, elections, published documents.';
create index alliance_profiles_slug_index on reporting.alliance_profiles (organization_id, alliance_slug);
create index alliance_profiles_municipality_index on reporting.alliance_profiles (municipality_code);
select tenancy.isolate('reporting.alliance_profiles', 'select, insert, update, delete');
select tenancy.project('reporting.alliance_profiles');

create table reporting.published_documents (
    organization_id   uuid        not null,
    document_id       uuid        not null,
    alliance_id       uuid        not null,
    municipality_code text        not null,
    is_public         boolean     not null,
    kind              text        not null,
    title             text        not null,
    sha256            bytea       not null,
    content           bytea       not null,
    media_type        text        not null,
    facts             jsonb       not null,
    published_at      timestamptz not null,

    constraint published_documents_pkey primary key (organization_id, document_id),
    constraint published_documents_digest_matches check (sha256 = sha256(content)),
    constraint published_documents_kind_known check (kind in (
        'canvass_record', 'result', 'roll', 'bylaws', 'minutes', 'report', 'call'))
);
comment on table reporting.published_documents is
    'Projection: documents that anybody may open and check by their SHA-256. facts: the figures printed on its public page.';
create index published_documents_alliance_index on reporting.published_documents
    (organization_id, alliance_id, published_at);
create index published_documents_digest_index on reporting.published_documents (sha256);
select tenancy.isolate('reporting.published_documents', 'select, insert');
select tenancy.project('reporting.published_documents');
