-- 0033 · elections · slates, candidates, witnesses
-- Who stands, in what order, with which papers; who was kept out and why. A person who stands alone is a
-- slate of one, so that everything on a ballot is a slate.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.slates (
    organization_id uuid        not null,
    slate_id        uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid        not null,
    name            text        not null,
    name_folded     text        not null,
    representative  text        not null,
    contact         text,
    state           text        not null,
    state_reason    text,
    registered_at   timestamptz not null,
    registered_by   uuid,
    decided_at      timestamptz,
    decided_by      uuid,

    constraint slates_pkey primary key (organization_id, slate_id),
    constraint slates_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint slates_contest_key unique (organization_id, process_id, contest_id, slate_id),
    constraint slates_name_key unique (organization_id, contest_id, name_folded),
    constraint slates_name_is_trimmed check (name = btrim(name) and name <> '' and length(name) <= 80),
    constraint slates_name_folded_given check (name_folded <> ''),
    constraint slates_name_is_one_line check (name !~ '[[:cntrl:]]'),
    constraint slates_state_known check (state in ('registered', 'admitted', 'rejected', 'withdrawn')),
    constraint slates_refusal_is_reasoned check (state not in ('rejected', 'withdrawn') or state_reason <> ''),
    constraint slates_decision_is_dated check ((state in ('admitted', 'rejected')) <= (decided_at is not null))
);
comment on table elections.slates is
    'Slates (planchas, listas) of a contest, and persons who stand alone. Registered, then admitted or rejected by the committee.';
create index slates_name_index on elections.slates (organization_id, process_id, name_folded text_pattern_ops);
select tenancy.isolate(
    'elections.slates', 'select, insert, update (state, state_reason, decided_at, decided_by)');

create table elections.candidates (
    organization_id    uuid        not null,
    candidate_id       uuid        not null,
    process_id         uuid        not null,
    contest_id         uuid        not null,
    slate_id           uuid        not null,
    person_id          uuid        not null,
    capacity           text        not null,
    name               text        not null,
    role               text        not null,
    position           integer     not null,
    state              text        not null,
    state_reason       text,
    registered_at      timestamptz not null,
    accepted_at        timestamptz,
    acceptance_file_id uuid,
    acceptance         text,
    replaces_id        uuid,

    constraint candidates_pkey primary key (organization_id, candidate_id),
    constraint candidates_slate_fkey foreign key (organization_id, process_id, contest_id, slate_id)
        references elections.slates (organization_id, process_id, contest_id, slate_id),
    constraint candidates_slate_key unique (organization_id, slate_id, candidate_id),
    constraint candidates_capacity_fkey foreign key (organization_id, process_id, person_id, capacity)
        references elections.capacities (organization_id, process_id, person_id, capacity),
    constraint candidates_capacity_known check (capacity = 'candidate'),
    constraint candidates_acceptance_file_fkey foreign key (organization_id, acceptance_file_id)
        references tenancy.files (organization_id, file_id),
    constraint candidates_replaces_fkey foreign key (organization_id, slate_id, replaces_id)
        references elections.candidates (organization_id, slate_id, candidate_id),
    constraint candidates_role_known check (role in ('principal', 'alternate')),
    constraint candidates_position_counts check (position between 1 and 200),
    constraint candidates_state_known check (state in ('standing', 'withdrawn', 'disqualified')),
    constraint candidates_leaving_is_reasoned check ((state = 'standing') or state_reason <> ''),
    constraint candidates_acceptance_is_told check ((accepted_at is null) = (acceptance is null))
);
comment on table elections.candidates is
    'Candidates of a slate, principals and alternates in their order. One who left or was kept out stays with the reason; who came in their place refers to them.';
-- One person in one slate of a contest, and one person in each place of a slate.
create unique index candidates_one_slate_key on elections.candidates (organization_id, contest_id, person_id)
    where state = 'standing';
create unique index candidates_one_per_place_key on elections.candidates
    (organization_id, slate_id, role, position) where state = 'standing';
create index candidates_person_index on elections.candidates (organization_id, person_id);
select tenancy.isolate(
    'elections.candidates',
    'select, insert, update (state, state_reason, accepted_at, acceptance, acceptance_file_id)');

create table elections.candidate_dossiers (
    organization_id uuid        not null,
    candidate_id    uuid        not null,
    version         integer     not null,
    verdict         text        not null,
    outcomes        jsonb       not null,
    evaluated_at    timestamptz not null,

    constraint candidate_dossiers_pkey primary key (organization_id, candidate_id, version),
    constraint candidate_dossiers_candidate_fkey foreign key (organization_id, candidate_id)
        references elections.candidates (organization_id, candidate_id),
    constraint candidate_dossiers_version_counts check (version >= 1),
    constraint candidate_dossiers_verdict_known check (verdict in ('pass', 'fail', 'unproven'))
);
comment on table elections.candidate_dossiers is
    'A candidate''s requirements as they stood at registration (version 1) and each later time that they were read again. Never changed.';
select tenancy.isolate('elections.candidate_dossiers', 'select, insert');

create table elections.disqualifications (
    organization_id    uuid        not null,
    disqualification_id uuid       not null,
    process_id         uuid        not null,
    candidate_id       uuid        not null,
    ground             text        not null,
    reason             text        not null,
    evidence_file_id   uuid,
    decided_at         timestamptz not null,
    decided_by         uuid,
    appeal             text,
    appealed_at        timestamptz,
    appeal_file_id     uuid,
    appeal_outcome     text,
    appeal_reason      text,
    appeal_decided_at  timestamptz,
    appeal_decided_by  uuid,

    constraint disqualifications_pkey primary key (organization_id, disqualification_id),
    constraint disqualifications_candidate_fkey foreign key (organization_id, candidate_id)
        references elections.candidates (organization_id, candidate_id),
    constraint disqualifications_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint disqualifications_evidence_fkey foreign key (organization_id, evidence_file_id)
        references tenancy.files (organization_id, file_id),
    constraint disqualifications_appeal_file_fkey foreign key (organization_id, appeal_file_id)
        references tenancy.files (organization_id, file_id),
    constraint disqualifications_ground_given check (ground = btrim(ground) and ground <> ''),
    constraint disqualifications_reason_given check (reason = btrim(reason) and reason <> ''),
    constraint disqualifications_appeal_is_dated check ((appeal is null) = (appealed_at is null)),
    constraint disqualifications_appeal_outcome_known check (appeal_outcome in ('upheld', 'dismissed')),
    constraint disqualifications_appeal_is_decided_whole check (
        (appeal_outcome is null) = (appeal_reason is null)
        and (appeal_outcome is null) = (appeal_decided_at is null)
        and (appeal_outcome is null or appeal is not null)),
    -- Somebody else decides the appeal.
    constraint disqualifications_appeal_second_person check (appeal_decided_by <> decided_by)
);
comment on table elections.disqualifications is
    'Candidates kept out: ground, reasons, the appeal and its decision, which somebody else takes.';
create unique index disqualifications_one_in_force_key on elections.disqualifications
    (organization_id, candidate_id) where appeal_outcome is distinct from 'upheld';
select tenancy.isolate(
    'elections.disqualifications',
    'select, insert, update (appeal, appealed_at, appeal_file_id, appeal_outcome, appeal_reason, appeal_decided_at, appeal_decided_by)');

create table elections.slate_witnesses (
    organization_id uuid        not null,
    witness_id      uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid        not null,
    slate_id        uuid        not null,
    table_id        uuid,
    name            text        not null,
    document_type   text        not null,
    document_number text        not null,
    accredited_at   timestamptz not null,
    accredited_by   uuid,
    withdrawn_at    timestamptz,

    constraint slate_witnesses_pkey primary key (organization_id, witness_id),
    constraint slate_witnesses_slate_fkey foreign key (organization_id, process_id, contest_id, slate_id)
        references elections.slates (organization_id, process_id, contest_id, slate_id),
    constraint slate_witnesses_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint slate_witnesses_name_is_trimmed check (name = btrim(name) and name <> '')
);
comment on table elections.slate_witnesses is
    'Witnesses (testigos) of a slate, at one table or, without one, at all.';
create unique index slate_witnesses_document_key on elections.slate_witnesses
    (organization_id, process_id, document_type, document_number) where withdrawn_at is null;
select tenancy.isolate('elections.slate_witnesses', 'select, insert, update (withdrawn_at)');

create table elections.candidate_bars (
    organization_id   uuid not null,
    process_id        uuid not null,
    body_id           uuid not null,
    person_id         uuid not null,
    source_contest_id uuid not null,
    norm              text not null,

    constraint candidate_bars_pkey primary key (organization_id, process_id, body_id, person_id),
    constraint candidate_bars_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint candidate_bars_source_fkey foreign key (organization_id, source_contest_id)
        references elections.contests (organization_id, contest_id)
);
comment on table elections.candidate_bars is
    'Who cannot stand in a repeated election because blank votes won against them, where the bylaws say so.';
select tenancy.isolate('elections.candidate_bars', 'select, insert');
