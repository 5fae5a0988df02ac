-- 0011 · membership · members
-- Consents with the dated text that was agreed to, applications, the periods of each member, and the
-- dated facts that eligibility reads.
-- Locks: none on existing tables. Undo: a later migration.

create table membership.consent_texts (
    organization_id uuid        not null,
    consent_text_id uuid        not null,
    purpose         text        not null,
    version         integer     not null,
    body            text        not null,
    in_force_from   date        not null,
    recorded_at     timestamptz not null,

    constraint consent_texts_pkey primary key (organization_id, consent_text_id),
    constraint consent_texts_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint consent_texts_version_key unique (organization_id, purpose, version),
    constraint consent_texts_purpose_key unique (organization_id, consent_text_id, purpose),
    -- Membership in a social organisation is sensitive data (Ley 1581 de 2012, art. 5): asked for apart.
    constraint consent_texts_purpose_known check (purpose in ('personal_data', 'sensitive_data')),
    constraint consent_texts_body_given check (length(body) >= 40)
);
comment on table membership.consent_texts is
    'Texts of the data authorisation (autorización de datos), each with the day from which it is used. Never changed.';
select tenancy.isolate('membership.consent_texts', 'select, insert');

create table membership.consents (
    organization_id uuid        not null,
    consent_id      uuid        not null,
    person_id       uuid        not null,
    consent_text_id uuid        not null,
    purpose         text        not null,
    given_on        date        not null,
    channel         text        not null,
    proof_file_id   uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,
    withdrawn_on    date,

    constraint consents_pkey primary key (organization_id, consent_id),
    constraint consents_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint consents_text_fkey foreign key (organization_id, consent_text_id, purpose)
        references membership.consent_texts (organization_id, consent_text_id, purpose),
    constraint consents_proof_fkey foreign key (organization_id, proof_file_id)
        references tenancy.files (organization_id, file_id),
    constraint consents_text_key unique (organization_id, person_id, consent_text_id, given_on),
    constraint consents_channel_known check (channel in ('paper', 'web', 'session', 'phone')),
    constraint consents_withdrawal_follows check (withdrawn_on is null or withdrawn_on >= given_on)
);
comment on table membership.consents is 'Which text a person agreed to, when and how; withdrawn, not deleted.';
create index consents_person_index on membership.consents (organization_id, person_id);
select tenancy.isolate('membership.consents', 'select, insert, update (withdrawn_on)');

create table membership.applications (
    organization_id uuid        not null,
    application_id  uuid        not null,
    alliance_id     uuid        not null,
    person_id       uuid        not null,
    requested_on    date        not null,
    channel         text        not null,
    state           text        not null,
    decided_on      date,
    decided_by      uuid,
    reason          text,
    recorded_at     timestamptz not null,

    constraint applications_pkey primary key (organization_id, application_id),
    constraint applications_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint applications_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint applications_channel_known check (channel in ('session', 'counter', 'web', 'phone', 'letter')),
    constraint applications_state_known check (state in ('pending', 'accepted', 'refused', 'withdrawn')),
    constraint applications_decision_is_dated check ((state = 'pending') = (decided_on is null)),
    constraint applications_decision_follows check (decided_on is null or decided_on >= requested_on),
    constraint applications_refusal_is_reasoned check (state <> 'refused' or reason is not null)
);
comment on table membership.applications is 'Requests to join an alliance (inscripción) and their answers: entry stays open permanently.';
create unique index applications_pending_key on membership.applications (organization_id, alliance_id, person_id)
    where state = 'pending';
create index applications_open_index on membership.applications (organization_id, alliance_id, requested_on);
select tenancy.isolate('membership.applications', 'select, insert, update (state, decided_on, decided_by, reason)');

create table membership.memberships (
    organization_id uuid        not null,
    membership_id   uuid        not null,
    alliance_id     uuid        not null,
    person_id       uuid        not null,
    application_id  uuid,
    consent_id      uuid        not null,
    joined_on       date        not null,
    left_on         date,
    leave_reason    text,
    recorded_at     timestamptz not null,

    constraint memberships_pkey primary key (organization_id, membership_id),
    constraint memberships_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint memberships_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint memberships_application_fkey foreign key (organization_id, application_id)
        references membership.applications (organization_id, application_id),
    constraint memberships_consent_fkey foreign key (organization_id, consent_id)
        references membership.consents (organization_id, consent_id),
    constraint memberships_period check (left_on is null or left_on >= joined_on),
    constraint memberships_leave_is_reasoned check ((left_on is null) = (leave_reason is null)),
    constraint memberships_leave_reason_known check (leave_reason in (
        'resignation', 'exclusion', 'affiliation_lost', 'death', 'mistake'))
);
comment on table membership.memberships is 'The periods of each member (asociado) in an alliance; past ones stay.';
create unique index memberships_current_key on membership.memberships (organization_id, alliance_id, person_id)
    where left_on is null;
create index memberships_person_index on membership.memberships (organization_id, person_id);
select tenancy.isolate('membership.memberships', 'select, insert, update (left_on, leave_reason)');

create table membership.recorded_facts (
    organization_id uuid        not null,
    fact_id         uuid        not null,
    person_id       uuid        not null,
    kind            text        not null,
    value           text        not null,
    alliance_id     uuid,
    process_id      uuid,
    valid_from      date        not null,
    valid_until     date,
    happened_at     timestamptz,
    source          text        not null,
    proof_file_id   uuid,
    needs_review    boolean     not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint recorded_facts_pkey primary key (organization_id, fact_id),
    constraint recorded_facts_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint recorded_facts_proof_fkey foreign key (organization_id, proof_file_id)
        references tenancy.files (organization_id, file_id),
    constraint recorded_facts_kind_shape check (kind ~ '^[a-z]+(_[a-z]+)*$'),
    constraint recorded_facts_value_given check (value <> '' and length(value) <= 500),
    constraint recorded_facts_period check (valid_until is null or valid_until > valid_from),
    constraint recorded_facts_source_given check (source <> ''),
    constraint recorded_facts_author_key unique (organization_id, fact_id, recorded_by),
    constraint recorded_facts_reviewable_has_author check (not needs_review or recorded_by is not null)
);
comment on table membership.recorded_facts is
    'Dated facts about a person that no other row says: services used, presence, sanctions, sworn statements, certificates. In force from valid_from to the day before valid_until.';
create index recorded_facts_person_index on membership.recorded_facts (organization_id, person_id, kind, valid_from);
create index recorded_facts_process_index on membership.recorded_facts (organization_id, process_id, kind);
select tenancy.isolate('membership.recorded_facts', 'select, insert, update (valid_until)');

create table membership.fact_reviews (
    organization_id uuid        not null,
    fact_id         uuid        not null,
    verdict         text        not null,
    reason          text,
    reviewed_by     uuid        not null,
    recorded_by     uuid        not null,
    reviewed_at     timestamptz not null,

    constraint fact_reviews_pkey primary key (organization_id, fact_id),
    constraint fact_reviews_fact_fkey foreign key (organization_id, fact_id, recorded_by)
        references membership.recorded_facts (organization_id, fact_id, recorded_by),
    constraint fact_reviews_reviewer_fkey foreign key (organization_id, reviewed_by)
        references tenancy.users (organization_id, user_id),
    constraint fact_reviews_verdict_known check (verdict in ('accepted', 'rejected')),
    constraint fact_reviews_rejection_is_reasoned check (verdict = 'accepted' or reason is not null),
    constraint fact_reviews_by_someone_else check (reviewed_by <> recorded_by)
);
comment on table membership.fact_reviews is
    'The review of what only papers prove, by someone other than who recorded it. One review a fact; a new paper is a new fact.';
select tenancy.isolate('membership.fact_reviews', 'select, insert');
