-- 0070 · elections · who gave up the rest of the term to challenge
-- A proclamation before the end of the term names each slate and each guarantor that gave it up, and who noted it.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.term_waivers (
    organization_id uuid        not null,
    waiver_id       uuid        not null,
    process_id      uuid        not null,
    act_id          uuid        not null,
    slate_id        uuid,
    guarantor_id    uuid,
    noted_at        timestamptz not null,
    noted_by        uuid,

    constraint term_waivers_pkey primary key (organization_id, waiver_id),
    constraint term_waivers_act_fkey foreign key (organization_id, process_id, act_id)
        references elections.acts (organization_id, process_id, act_id),
    constraint term_waivers_slate_fkey foreign key (organization_id, slate_id)
        references elections.slates (organization_id, slate_id),
    constraint term_waivers_guarantor_fkey foreign key (organization_id, process_id, guarantor_id)
        references elections.guarantors (organization_id, process_id, guarantor_id),
    constraint term_waivers_slate_key unique (organization_id, act_id, slate_id),
    constraint term_waivers_guarantor_key unique (organization_id, act_id, guarantor_id),
    constraint term_waivers_of_one check ((slate_id is null) <> (guarantor_id is null))
);
comment on table elections.term_waivers is
    'Slates and guarantors that gave up the rest of the term to challenge (renuncia a términos) before a proclamation, and who noted it. Never changed.';
select tenancy.isolate('elections.term_waivers', 'select, insert');
