-- 0003 · tenancy · what each tenant has of its own
-- Alliances, territory of control bodies, users and their grants, files.
-- Locks: none. Undo: a later migration.

create table tenancy.settings (
    organization_id uuid not null,
    accent_color    text not null,
    logo_file_id    uuid,
    contact_email   text,
    contact_phone   text,

    constraint settings_pkey primary key (organization_id),
    constraint settings_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint settings_accent_color_shape check (accent_color ~ '^#[0-9a-f]{6}$')
);
comment on table tenancy.settings is 'How a tenant looks and is reached.';
select tenancy.isolate('tenancy.settings', 'select, insert, update');

create table tenancy.alliances (
    organization_id uuid        not null,
    alliance_id     uuid        not null,
    slug            text        not null,
    name            text        not null,
    kind            text        not null,
    site_name       text,
    state           text        not null,
    created_at      timestamptz not null,

    constraint alliances_pkey primary key (organization_id, alliance_id),
    constraint alliances_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint alliances_slug_key unique (organization_id, slug),
    constraint alliances_name_key unique (organization_id, name),
    constraint alliances_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
    constraint alliances_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint alliances_kind_known check (kind in ('territory', 'site')),
    constraint alliances_site_is_named check ((kind = 'site') = (site_name is not null)),
    constraint alliances_state_known check (state in (
        'draft', 'convened', 'enrolling', 'constituted', 'registered', 'active', 'renewal_due', 'expired',
        'dissolved'))
);
comment on table tenancy.alliances is 'Alliances of users (alianzas o asociaciones de usuarios) that the tenant convened.';
select tenancy.isolate('tenancy.alliances', 'select, insert, update');

create table tenancy.alliance_municipalities (
    organization_id   uuid not null,
    alliance_id       uuid not null,
    municipality_code text not null,

    constraint alliance_municipalities_pkey primary key (organization_id, alliance_id, municipality_code),
    constraint alliance_municipalities_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint alliance_municipalities_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code)
);
comment on table tenancy.alliance_municipalities is
    'The municipalities of an alliance: its territory, or the one where its site stands.';
select tenancy.isolate('tenancy.alliance_municipalities', 'select, insert, delete');

create table tenancy.territories (
    organization_id   uuid not null,
    municipality_code text not null,

    constraint territories_pkey primary key (organization_id, municipality_code),
    constraint territories_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint territories_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code)
);
comment on table tenancy.territories is 'The municipalities that a control body watches.';
-- Written by operators alone: a control body does not widen its own territory.
select tenancy.isolate('tenancy.territories', 'select');

create table tenancy.users (
    organization_id uuid        not null,
    user_id         uuid        not null,
    person_id       uuid,
    name            text        not null,
    email           text,
    office_title    text        not null,
    is_active       boolean     not null,
    created_at      timestamptz not null,

    constraint users_pkey primary key (organization_id, user_id),
    constraint users_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint users_email_key unique (organization_id, email),
    constraint users_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint users_email_is_folded check (email = lower(btrim(email)) and email like '%_@_%')
);
comment on table tenancy.users is
    'Those who sign in here: staff, committees, control bodies. person_id names the affiliate, where the user is one.';
select tenancy.isolate('tenancy.users', 'select, insert, update');

create table tenancy.grants (
    organization_id uuid        not null,
    grant_id        uuid        not null,
    user_id         uuid        not null,
    role            text        not null,
    alliance_id     uuid,
    process_id      uuid,
    mandate_id      uuid,
    starts_at       timestamptz not null,
    ends_at         timestamptz,
    granted_by      uuid,

    constraint grants_pkey primary key (organization_id, grant_id),
    constraint grants_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint grants_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint grants_role_known check (role in (
        'office_administrator', 'office', 'board', 'member', 'election_committee', 'juror', 'witness',
        'guarantor', 'control_body', 'operator')),
    constraint grants_period check (ends_at is null or ends_at >= starts_at)
);
comment on table tenancy.grants is
    'Who may act in which role, where and until when. One that comes from a mandate ends with it. None is deleted.';
create index grants_user_index on tenancy.grants (organization_id, user_id);
select tenancy.isolate('tenancy.grants', 'select, insert, update (ends_at)');

create table tenancy.files (
    organization_id uuid        not null,
    file_id         uuid        not null,
    sha256          bytea       not null,
    name            text        not null,
    media_type      text        not null,
    byte_count      bigint      not null,
    content         bytea       not null,
    effective_on    date        not null,
    stored_at       timestamptz not null,
    stored_by       uuid,

    constraint files_pkey primary key (organization_id, file_id),
    constraint files_digest_length check (octet_length(sha256) = 32),
    constraint files_digest_matches check (sha256 = sha256(content)),
    constraint files_byte_count_matches check (byte_count = octet_length(content) and byte_count > 0),
    constraint files_size_limit check (byte_count <= 26214400),
    constraint files_name_is_trimmed check (name = btrim(name) and name <> '' and length(name) <= 200)
);
comment on table tenancy.files is
    'Files with their SHA-256: proofs, signed sheets, sealed documents. Never changed and never removed.';
create index files_digest_index on tenancy.files (organization_id, sha256);
select tenancy.isolate('tenancy.files', 'select, insert');
