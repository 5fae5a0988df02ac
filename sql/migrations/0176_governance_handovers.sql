-- 0176 · governance · handovers between boards
-- What one board hands to the next: a list made from what there is, point by point, signed by both. While nobody has
-- signed it is written; the first signature fixes its words, and with the last one the rights of those who leave end.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.handovers (
    organization_id uuid        not null,
    handover_id     uuid        not null,
    alliance_id     uuid        not null,
    body_id         uuid        not null,
    changed_on      date        not null,
    state           text        not null,
    words_sha256    bytea,
    finished_at     timestamptz,
    dropped_reason  text,
    prepared_at     timestamptz not null,
    prepared_by     uuid,

    constraint handovers_pkey primary key (organization_id, handover_id),
    constraint handovers_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint handovers_state_known check (state in ('open', 'done', 'dropped')),
    constraint handovers_digest_length check (octet_length(words_sha256) = 32),
    constraint handovers_done_is_signed check (
        (state = 'done') = (finished_at is not null) and (finished_at is null or words_sha256 is not null)),
    constraint handovers_drop_is_reasoned check (
        (state = 'dropped') = (dropped_reason is not null) and dropped_reason = btrim(dropped_reason)
        and dropped_reason <> '')
);
comment on table governance.handovers is
    'Handovers (entregas) between the board that leaves and the one that comes, on changed_on. words_sha256: the digest of the list that is signed, since the first signature.';
create unique index handovers_one_open_key on governance.handovers (organization_id, body_id) where state = 'open';
create index handovers_alliance_index on governance.handovers (organization_id, alliance_id, state);
select tenancy.isolate(
    'governance.handovers', 'select, insert, update (state, words_sha256, finished_at, dropped_reason)');

create table governance.handover_items (
    organization_id uuid    not null,
    handover_id     uuid    not null,
    item_key        text    not null,
    position        integer not null,
    kind            text    not null,
    title           text    not null,
    detail          text    not null,
    state           text    not null,
    note            text,

    constraint handover_items_pkey primary key (organization_id, handover_id, item_key),
    constraint handover_items_handover_fkey foreign key (organization_id, handover_id)
        references governance.handovers (organization_id, handover_id),
    constraint handover_items_kind_known check (kind in (
        'documents', 'minutes', 'meetings', 'commitments', 'complaints', 'plan', 'rights', 'own_space', 'other')),
    constraint handover_items_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint handover_items_state_known check (state in ('pending', 'delivered', 'missing')),
    constraint handover_items_missing_is_told check (state <> 'missing' or coalesce(btrim(note), '') <> '')
);
comment on table governance.handover_items is
    'What is handed over, point by point: taken from what the product knows (item_key says of what), or added by a person.';
select tenancy.isolate(
    'governance.handover_items', 'select, insert, delete, update (position, title, detail, state, note)');

create table governance.handover_signers (
    organization_id uuid        not null,
    signer_id       uuid        not null,
    handover_id     uuid        not null,
    side            text        not null,
    position        integer     not null,
    office          text        not null,
    seat_id         uuid        not null,
    mandate_id      uuid        not null,
    person_id       uuid,
    name            text        not null,
    excuse          text,
    way             text,
    drawing         text,
    paper_file_id   uuid,
    signed_sha256   bytea,
    signed_at       timestamptz,
    signed_by       uuid,

    constraint handover_signers_pkey primary key (organization_id, signer_id),
    constraint handover_signers_handover_fkey foreign key (organization_id, handover_id)
        references governance.handovers (organization_id, handover_id),
    constraint handover_signers_mandate_fkey foreign key (organization_id, mandate_id)
        references governance.mandates (organization_id, mandate_id),
    constraint handover_signers_mandate_key unique (organization_id, handover_id, side, mandate_id),
    constraint handover_signers_file_fkey foreign key (organization_id, paper_file_id)
        references tenancy.files (organization_id, file_id),
    constraint handover_signers_side_known check (side in ('outgoing', 'incoming')),
    constraint handover_signers_way_known check (way in ('drawn', 'paper')),
    constraint handover_signers_excuse_is_trimmed check (excuse = btrim(excuse) and excuse <> ''),
    constraint handover_signers_signature_is_whole check (
        (way is null) = (signed_at is null) and (way is null) = (signed_sha256 is null)
        and (way is not distinct from 'drawn') = (drawing is not null)
        and (way is not distinct from 'paper') = (paper_file_id is not null)),
    constraint handover_signers_excused_does_not_sign check (excuse is null or signed_at is null)
);
comment on table governance.handover_signers is
    'Who signs a handover, on either side, by the mandate that they held or hold; or why they do not.';
create index handover_signers_handover_index on governance.handover_signers (organization_id, handover_id, side, position);
create index handover_signers_person_index on governance.handover_signers (organization_id, person_id);
select tenancy.isolate(
    'governance.handover_signers',
    'select, insert, update (excuse, way, drawing, paper_file_id, signed_sha256, signed_at, signed_by)');
