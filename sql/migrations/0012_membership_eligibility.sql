-- 0012 · membership · eligibility
-- Requirements as data: the product's own (E01 to E17, loaded from sql/data/requirements.json), those
-- that a tenant adds without code, and the switches by alliance and by election. An evaluator is one of a
-- few ways to read dated facts; everything else about a requirement is a row.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.requirements (
    code              text    not null,
    title             text    not null,
    question          text    not null,
    evaluator         text    not null,
    parameters        jsonb   not null,
    norm              text    not null,
    norm_is_confirmed boolean not null,
    source            text    not null,
    cure              text    not null,
    targets           text[]  not null,

    constraint requirements_pkey primary key (code),
    constraint requirements_code_shape check (code ~ '^E[0-9]{2}$'),
    constraint requirements_targets_known check (
        targets <@ array['member', 'elector', 'candidate', 'holder'])
);
comment on table catalogue.requirements is
    'The requirements that the product knows (E01 to E17), with the norm behind each and whether somebody confirmed it. targets: to whom it applies unless a tenant switches it.';
grant select on catalogue.requirements to alianzas_app, alianzas_identity, alianzas_control, alianzas_public;

create table membership.requirements (
    organization_id   uuid        not null,
    code              text        not null,
    title             text        not null,
    question          text        not null,
    evaluator         text        not null,
    parameters        jsonb       not null,
    norm              text        not null,
    norm_is_confirmed boolean     not null,
    cure              text        not null,
    created_at        timestamptz not null,

    constraint requirements_pkey primary key (organization_id, code),
    constraint requirements_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint requirements_code_shape check (code ~ '^R[0-9]{2,3}$'),
    constraint requirements_evaluator_declarative check (evaluator in (
        'fact_in_force', 'no_fact_in_force', 'fact_within_window', 'reviewed_paper', 'minimum_age'))
);
comment on table membership.requirements is
    'Requirements that a tenant adds without code, read by one of the declarative evaluators.';
select tenancy.isolate('membership.requirements', 'select, insert');

create table membership.requirement_switches (
    organization_id uuid        not null,
    switch_id       uuid        not null,
    alliance_id     uuid        not null,
    process_id      uuid,
    code            text        not null,
    target          text        not null,
    is_on           boolean     not null,
    parameters      jsonb       not null,
    reason          text        not null,
    set_at          timestamptz not null,
    set_by          uuid,

    constraint requirement_switches_pkey primary key (organization_id, switch_id),
    constraint requirement_switches_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint requirement_switches_place_key unique nulls not distinct
        (organization_id, alliance_id, process_id, code, target, set_at),
    constraint requirement_switches_target_known check (target in ('member', 'elector', 'candidate', 'holder')),
    constraint requirement_switches_reason_given check (btrim(reason) <> '')
);
comment on table membership.requirement_switches is
    'Requirements turned on or off, or given other parameters, for one alliance or one election. The latest counts; none is changed or removed, so that an answer as of a past day can be given again.';
select tenancy.isolate('membership.requirement_switches', 'select, insert');

create table membership.staff_lists (
    organization_id uuid        not null,
    staff_list_id   uuid        not null,
    as_of           date        not null,
    salt            bytea       not null,
    entry_count     integer     not null,
    loaded_at       timestamptz not null,
    loaded_by       uuid,

    constraint staff_lists_pkey primary key (organization_id, staff_list_id),
    constraint staff_lists_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint staff_lists_as_of_key unique (organization_id, as_of, loaded_at),
    constraint staff_lists_salt_length check (octet_length(salt) = 32),
    constraint staff_lists_entries_count check (entry_count >= 0)
);
comment on table membership.staff_lists is
    'Lists of the entity''s own employees on a day, as salted hashes of their documents: who is crossed with them stays readable, they do not.';
select tenancy.isolate('membership.staff_lists', 'select, insert');

create table membership.staff_list_entries (
    organization_id uuid  not null,
    staff_list_id   uuid  not null,
    document_hash   bytea not null,

    constraint staff_list_entries_pkey primary key (organization_id, staff_list_id, document_hash),
    constraint staff_list_entries_list_fkey foreign key (organization_id, staff_list_id)
        references membership.staff_lists (organization_id, staff_list_id),
    constraint staff_list_entries_hash_length check (octet_length(document_hash) = 32)
);
comment on table membership.staff_list_entries is
    'SHA-256 of the list''s salt and "TYPE NUMBER" of each employee''s document.';
select tenancy.isolate('membership.staff_list_entries', 'select, insert');

-- What eligibility reads, and nothing else: one row a dated fact, whatever table says it. In force from
-- valid_from to the day before valid_until. review: none needed, pending, accepted or rejected.
create view membership.facts with (security_invoker = true) as
    select organization_id, person_id, 'affiliation' as kind, affiliation_state as value,
        null::uuid as alliance_id, null::uuid as process_id, valid_from, null::date as valid_until,
        null::timestamptz as happened_at, 'padrón de afiliados' as source, null::uuid as proof_file_id,
        'unneeded' as review
    from membership.affiliates
union all
    select organization_id, person_id, 'affiliation', affiliation_state, null, null, valid_from, valid_until,
        null, 'padrón de afiliados', null, 'unneeded'
    from membership.affiliate_versions
union all
    select organization_id, person_id, 'residence', municipality_code, null, null, valid_from, null, null,
        'padrón de afiliados', null, 'unneeded'
    from membership.affiliates
union all
    select organization_id, person_id, 'residence', municipality_code, null, null, valid_from, valid_until, null,
        'padrón de afiliados', null, 'unneeded'
    from membership.affiliate_versions
union all
    select organization_id, person_id, 'birth', birth_date::text, null, null, birth_date, null, null,
        'padrón de afiliados', null, 'unneeded'
    from membership.affiliates
union all
    select organization_id, person_id, 'document', document_type, null, null, birth_date, null, null,
        'padrón de afiliados', null, 'unneeded'
    from membership.affiliates
union all
    select organization_id, person_id, 'consent', purpose, null, null, given_on, withdrawn_on, null,
        'autorización de datos', proof_file_id, 'unneeded'
    from membership.consents
union all
    select organization_id, person_id, 'membership', alliance_id::text, alliance_id, null, joined_on,
        left_on, null, 'libro de asociados', null, 'unneeded'
    from membership.memberships
union all
    select facts.organization_id, facts.person_id, facts.kind, facts.value, facts.alliance_id,
        facts.process_id, facts.valid_from, facts.valid_until, facts.happened_at, facts.source,
        facts.proof_file_id,
        case when not facts.needs_review then 'unneeded' else coalesce(reviews.verdict, 'pending') end
    from membership.recorded_facts as facts
    left join membership.fact_reviews as reviews
        on reviews.organization_id = facts.organization_id and reviews.fact_id = facts.fact_id;
comment on view membership.facts is
    'Dated facts about people: what eligibility reads, and nothing else, so that an answer as of any day can be given again.';
grant select on membership.facts to alianzas_app;
