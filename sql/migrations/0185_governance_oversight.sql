-- 0185 · governance · oversight exercises
-- What an alliance watches over (veedurías, Ley 850 de 2003): who is in it, before whom it is registered, the visits with
-- what was measured, what was found, what the entity replied, and the team's own check of it. The board may keep an
-- exercise to itself until it shares it; what hangs on it repeats the mark, and a key checked at commit keeps it equal.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.oversights (
    organization_id    uuid        not null,
    oversight_id       uuid        not null,
    alliance_id        uuid        not null,
    is_reserved        boolean     not null,
    title              text        not null,
    reason             text        not null,
    entity             text        not null,
    starts_on          date        not null,
    ends_on            date,
    version            integer     not null,
    registry_authority text,
    registry_number    text,
    registered_on      date,
    registry_file_id   uuid,
    closed_on          date,
    conclusion         text,
    recorded_at        timestamptz not null,
    recorded_by        uuid,

    constraint oversights_pkey primary key (organization_id, oversight_id),
    constraint oversights_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint oversights_reserve_key unique (organization_id, oversight_id, alliance_id, is_reserved),
    constraint oversights_file_fkey foreign key (organization_id, registry_file_id)
        references tenancy.files (organization_id, file_id),
    constraint oversights_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint oversights_reason_is_trimmed check (reason = btrim(reason) and reason <> ''),
    constraint oversights_entity_is_trimmed check (entity = btrim(entity) and entity <> ''),
    constraint oversights_ends_after_start check (ends_on >= starts_on),
    constraint oversights_version_counts check (version >= 1),
    constraint oversights_registration_is_whole check (
        num_nonnulls(registry_authority, registry_number, registered_on) in (0, 3)
        and (registry_file_id is null or registered_on is not null)),
    constraint oversights_closed_is_told check (
        (closed_on is null) = (conclusion is null) and btrim(conclusion) <> '' and closed_on >= starts_on)
);
comment on table governance.oversights is
    'Oversight exercises of an alliance (veedurías): what is watched and why, where it is registered, and how it ended.';
create index oversights_alliance_index on governance.oversights (organization_id, alliance_id, starts_on);
select tenancy.isolate('governance.oversights',
    'select, insert, update (is_reserved, title, reason, entity, starts_on, ends_on, version, registry_authority, registry_number, registered_on, registry_file_id, closed_on, conclusion)');
select tenancy.reserve('governance.oversights');

create table governance.oversight_members (
    organization_id uuid        not null,
    member_id       uuid        not null,
    oversight_id    uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    name            text        not null,
    person_id       uuid,
    role            text        not null,
    joined_on       date        not null,
    left_on         date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint oversight_members_pkey primary key (organization_id, member_id),
    constraint oversight_members_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_members_team_key unique (organization_id, oversight_id, member_id),
    constraint oversight_members_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint oversight_members_role_known check (role in ('coordinator', 'member', 'adviser')),
    constraint oversight_members_left_after_joined check (left_on >= joined_on)
);
comment on table governance.oversight_members is
    'Who is in an oversight exercise (veedores), as what, and for how long.';
create unique index oversight_members_current_key on governance.oversight_members
    (organization_id, oversight_id, name) where left_on is null;
select tenancy.isolate('governance.oversight_members', 'select, insert, update (is_reserved, left_on)');
select tenancy.reserve('governance.oversight_members');

create table governance.oversight_indicators (
    organization_id uuid        not null,
    indicator_id    uuid        not null,
    oversight_id    uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    position        integer     not null,
    name            text        not null,
    expected        text        not null,
    dropped_on      date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint oversight_indicators_pkey primary key (organization_id, indicator_id),
    constraint oversight_indicators_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_indicators_list_key unique (organization_id, oversight_id, indicator_id),
    constraint oversight_indicators_position_key unique (organization_id, oversight_id, position),
    constraint oversight_indicators_position_counts check (position >= 1),
    constraint oversight_indicators_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint oversight_indicators_expected_is_trimmed check (expected = btrim(expected) and expected <> '')
);
comment on table governance.oversight_indicators is
    'What the visits of an exercise look at, and what is expected of it. One that was measured stays; it is dropped, not changed.';
select tenancy.isolate('governance.oversight_indicators', 'select, insert, update (is_reserved, dropped_on)');
select tenancy.reserve('governance.oversight_indicators');

create table governance.oversight_visits (
    organization_id   uuid        not null,
    visit_id          uuid        not null,
    oversight_id      uuid        not null,
    alliance_id       uuid        not null,
    is_reserved       boolean     not null,
    number            integer     not null,
    place_kind        text        not null,
    place             text        not null,
    visited_on        date        not null,
    received_by       text,
    account           text        not null,
    withdrawn_on      date,
    withdrawal_reason text,
    recorded_at       timestamptz not null,
    recorded_by       uuid,

    constraint oversight_visits_pkey primary key (organization_id, visit_id),
    constraint oversight_visits_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_visits_list_key unique (organization_id, oversight_id, visit_id),
    constraint oversight_visits_number_key unique (organization_id, oversight_id, number),
    constraint oversight_visits_number_counts check (number >= 1),
    constraint oversight_visits_place_kind_known check (place_kind in ('insurer', 'provider', 'pharmacy', 'other')),
    constraint oversight_visits_place_is_trimmed check (place = btrim(place) and place <> ''),
    constraint oversight_visits_withdrawn_has_reason check (
        (withdrawn_on is null) = (withdrawal_reason is null) and btrim(withdrawal_reason) <> '')
);
comment on table governance.oversight_visits is
    'Visits of an oversight exercise: where, when, who received. One that was recorded by mistake is withdrawn with its reason.';
select tenancy.isolate('governance.oversight_visits',
    'select, insert, update (is_reserved, withdrawn_on, withdrawal_reason)');
select tenancy.reserve('governance.oversight_visits');

create table governance.oversight_visitors (
    organization_id uuid    not null,
    visit_id        uuid    not null,
    member_id       uuid    not null,
    oversight_id    uuid    not null,
    alliance_id     uuid    not null,
    is_reserved     boolean not null,

    constraint oversight_visitors_pkey primary key (organization_id, visit_id, member_id),
    constraint oversight_visitors_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_visitors_visit_fkey foreign key (organization_id, oversight_id, visit_id)
        references governance.oversight_visits (organization_id, oversight_id, visit_id),
    constraint oversight_visitors_member_fkey foreign key (organization_id, oversight_id, member_id)
        references governance.oversight_members (organization_id, oversight_id, member_id)
);
comment on table governance.oversight_visitors is 'Who of the team went on a visit.';
select tenancy.isolate('governance.oversight_visitors', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.oversight_visitors');

create table governance.oversight_measures (
    organization_id uuid    not null,
    visit_id        uuid    not null,
    indicator_id    uuid    not null,
    oversight_id    uuid    not null,
    alliance_id     uuid    not null,
    is_reserved     boolean not null,
    verdict         text    not null,
    measured        text,
    remark          text,

    constraint oversight_measures_pkey primary key (organization_id, visit_id, indicator_id),
    constraint oversight_measures_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_measures_visit_fkey foreign key (organization_id, oversight_id, visit_id)
        references governance.oversight_visits (organization_id, oversight_id, visit_id),
    constraint oversight_measures_indicator_fkey foreign key (organization_id, oversight_id, indicator_id)
        references governance.oversight_indicators (organization_id, oversight_id, indicator_id),
    constraint oversight_measures_verdict_known check (verdict in ('met', 'unmet', 'unseen')),
    constraint oversight_measures_seen_is_measured check (verdict = 'unseen' or btrim(measured) <> '' or btrim(remark) <> '')
);
comment on table governance.oversight_measures is
    'What a visit measured of each indicator, and whether it is as expected. What could not be seen is told so.';
select tenancy.isolate('governance.oversight_measures', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.oversight_measures');

create table governance.oversight_findings (
    organization_id uuid        not null,
    finding_id      uuid        not null,
    oversight_id    uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    visit_id        uuid,
    number          integer     not null,
    account         text        not null,
    found_on        date        not null,
    state           text        not null,
    outcome         text,
    improvement_id  uuid,
    commitment_id   uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint oversight_findings_pkey primary key (organization_id, finding_id),
    constraint oversight_findings_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_findings_visit_fkey foreign key (organization_id, oversight_id, visit_id)
        references governance.oversight_visits (organization_id, oversight_id, visit_id),
    constraint oversight_findings_list_key unique (organization_id, oversight_id, finding_id),
    constraint oversight_findings_number_key unique (organization_id, oversight_id, number),
    constraint oversight_findings_improvement_fkey foreign key (organization_id, improvement_id)
        references governance.improvements (organization_id, improvement_id),
    constraint oversight_findings_commitment_fkey foreign key (organization_id, commitment_id)
        references governance.commitments (organization_id, commitment_id),
    constraint oversight_findings_number_counts check (number >= 1),
    constraint oversight_findings_account_is_trimmed check (account = btrim(account) and account <> ''),
    constraint oversight_findings_state_known check (state in ('open', 'replied', 'acted', 'closed')),
    constraint oversight_findings_closed_has_outcome check ((state = 'closed') = (outcome is not null)),
    constraint oversight_findings_outcome_known check (outcome in ('corrected', 'partly', 'not_corrected')),
    -- What leads beyond the board's own space is shared first: the entity sees improvements and commitments.
    constraint oversight_findings_led_on_is_shared check (
        not is_reserved or (improvement_id is null and commitment_id is null))
);
comment on table governance.oversight_findings is
    'What an oversight exercise found (hallazgos), and where each stands; the improvement or commitment that came of it.';
create index oversight_findings_improvement_index on governance.oversight_findings (organization_id, improvement_id)
    where improvement_id is not null;
create index oversight_findings_commitment_index on governance.oversight_findings (organization_id, commitment_id)
    where commitment_id is not null;
select tenancy.isolate('governance.oversight_findings',
    'select, insert, update (is_reserved, state, outcome, improvement_id, commitment_id)');
select tenancy.reserve('governance.oversight_findings');

create table governance.oversight_steps (
    organization_id uuid        not null,
    step_id         uuid        not null,
    finding_id      uuid        not null,
    oversight_id    uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    kind            text        not null,
    note            text        not null,
    happened_on     date        not null,
    is_accepted     boolean,
    outcome         text,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint oversight_steps_pkey primary key (organization_id, step_id),
    constraint oversight_steps_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_steps_finding_fkey foreign key (organization_id, oversight_id, finding_id)
        references governance.oversight_findings (organization_id, oversight_id, finding_id),
    constraint oversight_steps_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint oversight_steps_kind_known check (kind in ('replied', 'acted', 'checked', 'reopened')),
    constraint oversight_steps_note_is_told check (btrim(note) <> ''),
    constraint oversight_steps_reply_is_judged check ((kind = 'replied') = (is_accepted is not null)),
    constraint oversight_steps_check_has_outcome check ((kind = 'checked') = (outcome is not null)),
    constraint oversight_steps_outcome_known check (outcome in ('corrected', 'partly', 'not_corrected'))
);
comment on table governance.oversight_steps is
    'What became of a finding: the entity''s reply and whether the team accepts it, what was done, the team''s own check. None is changed.';
create index oversight_steps_finding_index on governance.oversight_steps (organization_id, finding_id, recorded_at);
select tenancy.isolate('governance.oversight_steps', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.oversight_steps');

create table governance.oversight_evidence (
    organization_id uuid        not null,
    evidence_id     uuid        not null,
    oversight_id    uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    visit_id        uuid,
    finding_id      uuid,
    title           text        not null,
    dated_on        date        not null,
    file_id         uuid        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint oversight_evidence_pkey primary key (organization_id, evidence_id),
    constraint oversight_evidence_oversight_fkey foreign key (organization_id, oversight_id, alliance_id, is_reserved)
        references governance.oversights (organization_id, oversight_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint oversight_evidence_visit_fkey foreign key (organization_id, oversight_id, visit_id)
        references governance.oversight_visits (organization_id, oversight_id, visit_id),
    constraint oversight_evidence_finding_fkey foreign key (organization_id, oversight_id, finding_id)
        references governance.oversight_findings (organization_id, oversight_id, finding_id),
    constraint oversight_evidence_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint oversight_evidence_once_key unique (organization_id, oversight_id, file_id),
    constraint oversight_evidence_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.oversight_evidence is
    'Photographs and papers of an exercise, its visits and findings: never exchanged, and named in its report with their hash.';
select tenancy.isolate('governance.oversight_evidence', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.oversight_evidence');
