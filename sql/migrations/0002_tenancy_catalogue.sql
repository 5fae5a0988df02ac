-- 0002 · tenancy · catalogue
-- Places, insurers and the directory of tenants: public facts, the same for everybody, without row
-- security (reference tables on a sharded database). Their rows come from sql/data through
-- `alianzas migrate`, but for the tenants, which an operator adds.
-- Locks: none. Undo: a later migration.

create table catalogue.municipalities (
    municipality_code text    not null,
    name              text    not null,
    name_folded       text    not null,
    department_code   text    not null,
    department        text    not null,
    kind              text    not null,
    is_retired        boolean not null,

    constraint municipalities_pkey primary key (municipality_code),
    constraint municipalities_code_shape check (municipality_code ~ '^[0-9]{5}$'),
    constraint municipalities_department_prefix check (left(municipality_code, 2) = department_code),
    constraint municipalities_kind_known check (kind in ('municipio', 'isla', 'area_no_municipalizada'))
);
comment on table catalogue.municipalities is 'DIVIPOLA: the municipalities of Colombia and their codes. Source: DANE.';

create table catalogue.insurers (
    insurer_code text    not null,
    insurer_key  text    not null,
    name         text    not null,
    short_name   text    not null,
    regime       text    not null,
    kind         text    not null,
    nit          text,
    state        text    not null,
    is_verified  boolean not null,

    constraint insurers_pkey primary key (insurer_code),
    constraint insurers_regime_known check (regime in ('contributivo', 'subsidiado', 'especial', 'otro')),
    constraint insurers_state_known check (state in ('current', 'retired', 'unverified'))
);
comment on table catalogue.insurers is
    'Codes of the insurers (EPS): one insurer has several. insurer_key joins those of one insurer.';

create table catalogue.organizations (
    organization_id   uuid        not null,
    slug              text        not null,
    kind              text        not null,
    name              text        not null,
    short_name        text        not null,
    nit               text,
    municipality_code text        not null,
    created_at        timestamptz not null,

    constraint organizations_pkey primary key (organization_id),
    constraint organizations_slug_key unique (slug),
    constraint organizations_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
    constraint organizations_kind_known check (kind in ('insurer', 'provider', 'public_hospital', 'control_body', 'alliance')),
    constraint organizations_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint organizations_short_name_is_trimmed check (short_name = btrim(short_name) and short_name <> ''),
    constraint organizations_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code)
);
comment on table catalogue.organizations is
    'The directory of tenants: EPS, IPS, ESE, control bodies, alliances on their own. Public facts only.';

create table catalogue.organization_codes (
    code            text not null,
    organization_id uuid not null,
    kind            text not null,

    constraint organization_codes_pkey primary key (code),
    constraint organization_codes_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint organization_codes_kind_known check (kind in ('insurer', 'provider'))
);
comment on table catalogue.organization_codes is
    'The official codes of a tenant: all of an EPS, the REPS code of an IPS. One tenant holds a code.';

grant select on all tables in schema catalogue
    to alianzas_app, alianzas_identity, alianzas_control, alianzas_public, alianzas_import;
-- Operators add tenants before any tenant scope exists.
grant insert on catalogue.organizations, catalogue.organization_codes to alianzas_identity;
