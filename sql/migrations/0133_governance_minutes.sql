-- 0133 · governance · minutes that write themselves
-- From draft to sealed document: the text as it was circulated, version by version; what people observed on it; the
-- decision that approved it and the number that it got in its book; who signed what, and how; the sealed files.
-- What is sealed also stands in governance.minutes, with what was recorded from paper: one register of all minutes.
-- Locks: governance.minutes, for a moment. Undo: a later migration.

create table governance.document_formats (
    organization_id uuid        not null,
    format_id       uuid        not null,
    kind            text        not null,
    code            text        not null,
    version         text        not null,
    unit            text        not null,
    valid_from      date        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint document_formats_pkey primary key (organization_id, format_id),
    constraint document_formats_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint document_formats_kind_known check (kind in ('minutes', 'call', 'attendance', 'report')),
    constraint document_formats_day_key unique (organization_id, kind, valid_from),
    constraint document_formats_code_is_trimmed check (code = btrim(code) and code <> ''),
    constraint document_formats_version_is_trimmed check (version = btrim(version) and version <> ''),
    constraint document_formats_unit_is_trimmed check (unit = btrim(unit) and unit <> '')
);
comment on table governance.document_formats is
    'The control header that the entity''s quality system gives to a sort of document (código, versión, vigencia, unidad). That of a day is the latest that began by then.';
select tenancy.isolate('governance.document_formats', 'select, insert');

create table governance.minutes_books (
    organization_id uuid        not null,
    book_id         uuid        not null,
    alliance_id     uuid        not null,
    body_id         uuid,
    last_number     integer     not null,

    constraint minutes_books_pkey primary key (organization_id, book_id),
    constraint minutes_books_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint minutes_books_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint minutes_books_body_key unique nulls not distinct (organization_id, alliance_id, body_id),
    constraint minutes_books_last_number_counts check (last_number >= 0)
);
comment on table governance.minutes_books is
    'Books of minutes (libros de actas), one for the meetings of the alliance and one for each of its bodies. A number is given in the transaction that approves, under the lock of this row: without gap or repeat.';
select tenancy.isolate('governance.minutes_books', 'select, insert, update (last_number)');

create table governance.minutes_drafts (
    organization_id   uuid        not null,
    minutes_id        uuid        not null,
    meeting_id        uuid        not null,
    alliance_id       uuid        not null,
    is_reserved       boolean     not null,
    book_id           uuid        not null,
    state             text        not null,
    activity          text        not null,
    activity_note     text,
    facilitator       text,
    facilitator_post  text,
    company           text,
    audience          text,
    narrative         text        not null,
    schedule_follow_up text       not null,
    attachments       text[]      not null,
    version           integer     not null,
    observe_until     date,
    number            integer,
    approved_on       date,
    approved_how      text,
    approval_note     text,
    approving_decision_id uuid,
    approved_by       uuid,
    started_at        timestamptz not null,
    started_by        uuid,
    saved_at          timestamptz not null,
    sealed_at         timestamptz,

    constraint minutes_drafts_pkey primary key (organization_id, minutes_id),
    constraint minutes_drafts_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_drafts_meeting_key unique (organization_id, meeting_id),
    constraint minutes_drafts_reserved_key unique (organization_id, minutes_id, alliance_id, is_reserved),
    constraint minutes_drafts_book_fkey foreign key (organization_id, book_id)
        references governance.minutes_books (organization_id, book_id),
    constraint minutes_drafts_number_key unique (organization_id, book_id, number),
    constraint minutes_drafts_decision_fkey foreign key (organization_id, approving_decision_id)
        references governance.decisions (organization_id, decision_id),
    constraint minutes_drafts_state_known check (state in ('draft', 'circulated', 'approved', 'sealed')),
    constraint minutes_drafts_activity_known check (activity in (
        'group_formation', 'schedule_follow_up', 'training', 'other', 'unmarked')),
    constraint minutes_drafts_other_is_told check (
        activity not in ('training', 'other') or coalesce(btrim(activity_note), '') <> ''),
    constraint minutes_drafts_version_counts check (version >= 0),
    constraint minutes_drafts_circulated_has_version check (state = 'draft' or version >= 1),
    constraint minutes_drafts_approval_is_whole check (
        (state in ('approved', 'sealed')) = (number is not null)
        and (number is null) = (approved_on is null) and (number is null) = (approved_how is null)),
    constraint minutes_drafts_approved_how_known check (approved_how in ('meeting', 'commission', 'same_session')),
    constraint minutes_drafts_meeting_decides check (
        (approved_how in ('meeting', 'same_session')) = (approving_decision_id is not null)
        or approved_how is null and approving_decision_id is null),
    constraint minutes_drafts_sealed_at_given check ((state = 'sealed') = (sealed_at is not null))
);
comment on table governance.minutes_drafts is
    'Minutes on their way: draft, circulated for observations, approved with their number, sealed. What can be derived (who came, quorum, decisions, commitments) is not kept here: it is read from what happened until a version is circulated.';
select tenancy.isolate(
    'governance.minutes_drafts',
    'select, insert, update (is_reserved, state, activity, activity_note, facilitator, facilitator_post, company, audience, narrative, schedule_follow_up, attachments, version, observe_until, number, approved_on, approved_how, approval_note, approving_decision_id, approved_by, saved_at, sealed_at)');
select tenancy.reserve('governance.minutes_drafts');

alter table governance.decisions
    add constraint decisions_minutes_fkey foreign key (organization_id, approves_minutes_id)
        references governance.minutes_drafts (organization_id, minutes_id);

create table governance.minutes_versions (
    organization_id uuid        not null,
    minutes_id      uuid        not null,
    version         integer     not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    words           text        not null,
    sha256          bytea       not null,
    made_at         timestamptz not null,
    made_by         uuid,

    constraint minutes_versions_pkey primary key (organization_id, minutes_id, version),
    constraint minutes_versions_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_versions_version_counts check (version >= 1),
    constraint minutes_versions_digest_matches check (sha256 = sha256(convert_to(words, 'UTF8')))
);
comment on table governance.minutes_versions is
    'The whole text of minutes as they were circulated, in canonical JSON, with its SHA-256: what people observed on, approved and signed.';
select tenancy.isolate('governance.minutes_versions', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.minutes_versions');

create table governance.minutes_observations (
    organization_id uuid        not null,
    observation_id  uuid        not null,
    minutes_id      uuid        not null,
    version         integer     not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    section         text        not null,
    observation     text        not null,
    made_at         timestamptz not null,
    made_by         uuid,
    made_by_name    text        not null,
    is_accepted     boolean,
    answer          text,
    answered_at     timestamptz,
    answered_by     uuid,

    constraint minutes_observations_pkey primary key (organization_id, observation_id),
    constraint minutes_observations_version_fkey foreign key (organization_id, minutes_id, version)
        references governance.minutes_versions (organization_id, minutes_id, version),
    constraint minutes_observations_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_observations_observation_is_trimmed check (observation = btrim(observation) and observation <> ''),
    constraint minutes_observations_answer_is_whole check ((is_accepted is null) = (answered_at is null)),
    constraint minutes_observations_refusal_is_reasoned check (
        is_accepted is distinct from false or coalesce(btrim(answer), '') <> '')
);
comment on table governance.minutes_observations is
    'What those who were there asked to change in circulated minutes, and what was made of it.';
create index minutes_observations_minutes_index on governance.minutes_observations (organization_id, minutes_id);
select tenancy.isolate(
    'governance.minutes_observations',
    'select, insert, update (is_reserved, is_accepted, answer, answered_at, answered_by)');
select tenancy.reserve('governance.minutes_observations');

create table governance.minutes_signers (
    organization_id uuid        not null,
    signer_id       uuid        not null,
    minutes_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    position        integer     not null,
    office          text        not null,
    seat_id         uuid,
    person_id       uuid,
    user_id         uuid,
    name            text        not null,
    way             text,
    drawing         text,
    proof           text,
    paper_file_id   uuid,
    signed_version  integer,
    signed_sha256   bytea,
    signed_at       timestamptz,
    signed_by       uuid,
    removed_at      timestamptz,

    constraint minutes_signers_pkey primary key (organization_id, signer_id),
    constraint minutes_signers_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_signers_seat_fkey foreign key (organization_id, seat_id)
        references governance.seats (organization_id, seat_id),
    constraint minutes_signers_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint minutes_signers_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint minutes_signers_version_fkey foreign key (organization_id, minutes_id, signed_version)
        references governance.minutes_versions (organization_id, minutes_id, version),
    constraint minutes_signers_paper_fkey foreign key (organization_id, paper_file_id)
        references tenancy.files (organization_id, file_id),
    constraint minutes_signers_office_is_trimmed check (office = btrim(office) and office <> ''),
    constraint minutes_signers_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint minutes_signers_way_known check (way in ('drawn', 'code', 'paper')),
    constraint minutes_signers_signature_is_whole check (
        (way is null) = (signed_at is null) and (way is null) = (signed_version is null)
        and (way is null) = (signed_sha256 is null)),
    constraint minutes_signers_way_has_its_proof check (
        case way when 'drawn' then drawing is not null when 'code' then proof is not null
            when 'paper' then paper_file_id is not null else true end),
    constraint minutes_signers_removed_did_not_sign check (removed_at is null or signed_at is null)
);
comment on table governance.minutes_signers is
    'Who signs minutes, by the office in which they do, and how they signed what: drawn on glass, by a one-time code, or on paper whose scan is bound; always the digest of the approved text.';
create unique index minutes_signers_position_key on governance.minutes_signers (organization_id, minutes_id, position)
    where removed_at is null;
select tenancy.isolate(
    'governance.minutes_signers',
    'select, insert, update (is_reserved, way, drawing, proof, paper_file_id, signed_version, signed_sha256, signed_at, signed_by, removed_at)');
select tenancy.reserve('governance.minutes_signers');

create table governance.minutes_codes (
    organization_id uuid        not null,
    code_id         uuid        not null,
    signer_id       uuid        not null,
    digest          bytea       not null,
    sent_to         text        not null,
    sent_at         timestamptz not null,
    expires_at      timestamptz not null,
    attempts        integer     not null,
    used_at         timestamptz,

    constraint minutes_codes_pkey primary key (organization_id, code_id),
    constraint minutes_codes_signer_fkey foreign key (organization_id, signer_id)
        references governance.minutes_signers (organization_id, signer_id),
    constraint minutes_codes_digest_length check (octet_length(digest) = 32),
    constraint minutes_codes_attempts_count check (attempts >= 0)
);
comment on table governance.minutes_codes is
    'One-time codes by which minutes are signed: the digest of each, the address it went to in hidden form, and how often it was tried.';
create index minutes_codes_signer_index on governance.minutes_codes (organization_id, signer_id, sent_at);
select tenancy.isolate('governance.minutes_codes', 'select, insert, update (attempts, used_at)');

create table governance.minutes_seals (
    organization_id    uuid        not null,
    minutes_id         uuid        not null,
    alliance_id        uuid        not null,
    is_reserved        boolean     not null,
    number             integer     not null,
    version            integer     not null,
    words_sha256       bytea       not null,
    document_id        uuid        not null,
    file_id            uuid        not null,
    file_sha256        bytea       not null,
    redacted_document_id uuid,
    redacted_file_id   uuid,
    redacted_sha256    bytea,
    sealed_at          timestamptz not null,
    sealed_by          uuid,

    constraint minutes_seals_pkey primary key (organization_id, minutes_id),
    constraint minutes_seals_version_fkey foreign key (organization_id, minutes_id, version)
        references governance.minutes_versions (organization_id, minutes_id, version),
    constraint minutes_seals_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_seals_document_fkey foreign key (organization_id, document_id)
        references tenancy.documents (organization_id, document_id),
    constraint minutes_seals_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint minutes_seals_redacted_file_fkey foreign key (organization_id, redacted_file_id)
        references tenancy.files (organization_id, file_id),
    constraint minutes_seals_digest_lengths check (
        octet_length(words_sha256) = 32 and octet_length(file_sha256) = 32
        and coalesce(octet_length(redacted_sha256), 32) = 32),
    constraint minutes_seals_redacted_is_whole check (
        num_nonnulls(redacted_document_id, redacted_file_id, redacted_sha256) in (0, 3))
);
comment on table governance.minutes_seals is
    'Sealed minutes: the digest of their text and of their file, and of the redacted twin that may be published. Never changed or removed.';
select tenancy.isolate('governance.minutes_seals', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.minutes_seals');

create table governance.minutes_corrections (
    organization_id uuid        not null,
    correction_id   uuid        not null,
    minutes_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    decision_id     uuid        not null,
    says            text        not null,
    should_say      text        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint minutes_corrections_pkey primary key (organization_id, correction_id),
    constraint minutes_corrections_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_corrections_decision_fkey foreign key (organization_id, decision_id)
        references governance.decisions (organization_id, decision_id),
    constraint minutes_corrections_says_is_trimmed check (says = btrim(says) and says <> ''),
    constraint minutes_corrections_should_say_is_trimmed check (should_say = btrim(should_say) and should_say <> '')
);
comment on table governance.minutes_corrections is
    'What a later meeting decided to correct in sealed minutes: they stay as they are, and say who corrects them.';
create index minutes_corrections_minutes_index on governance.minutes_corrections (organization_id, minutes_id);
select tenancy.isolate('governance.minutes_corrections', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.minutes_corrections');

alter table governance.minutes
    add column is_reserved boolean not null default false,
    add column draft_id uuid,
    add constraint minutes_draft_fkey foreign key (organization_id, draft_id)
        references governance.minutes_drafts (organization_id, minutes_id),
    add constraint minutes_draft_is_itself check (draft_id = minutes_id);
comment on column governance.minutes.draft_id is 'The minutes that were composed here; null for those recorded from paper.';
grant update (is_reserved) on governance.minutes to alianzas_app;
select tenancy.reserve('governance.minutes');
