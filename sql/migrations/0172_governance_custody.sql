-- 0172 · governance · custody
-- What an alliance handed over of its records, to which office and when (entrega en custodia), with the digest that each
-- thing had then, and the receipt that came back.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.deliveries (
    organization_id uuid        not null,
    delivery_id     uuid        not null,
    alliance_id     uuid        not null,
    number          integer     not null,
    recipient       text        not null,
    recipient_post  text,
    medium          text        not null,
    note            text,
    handed_on       date        not null,
    received_on     date,
    received_by     text,
    receipt_file_id uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint deliveries_pkey primary key (organization_id, delivery_id),
    constraint deliveries_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint deliveries_number_key unique (organization_id, alliance_id, number),
    constraint deliveries_receipt_fkey foreign key (organization_id, receipt_file_id)
        references tenancy.files (organization_id, file_id),
    constraint deliveries_recipient_is_trimmed check (recipient = btrim(recipient) and recipient <> ''),
    constraint deliveries_medium_known check (medium in ('platform', 'digital', 'paper')),
    constraint deliveries_receipt_is_whole check (
        (received_on is null) = (receipt_file_id is null) and (received_on is null) = (received_by is null)),
    constraint deliveries_received_after_handed check (received_on >= handed_on)
);
comment on table governance.deliveries is
    'Each time that an alliance handed records over to be kept (entregas en custodia), with its receipt. What was handed over stays as it was.';
select tenancy.isolate('governance.deliveries', 'select, insert, update (received_on, received_by, receipt_file_id)');

create table governance.delivery_items (
    organization_id uuid    not null,
    delivery_id     uuid    not null,
    position        integer not null,
    title           text    not null,
    dated_on        date,
    file_id         uuid,
    sha256          bytea,
    sheets          integer,

    constraint delivery_items_pkey primary key (organization_id, delivery_id, position),
    constraint delivery_items_delivery_fkey foreign key (organization_id, delivery_id)
        references governance.deliveries (organization_id, delivery_id),
    constraint delivery_items_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint delivery_items_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint delivery_items_file_has_digest check ((file_id is null) = (sha256 is null)),
    constraint delivery_items_digest_length check (octet_length(sha256) = 32),
    constraint delivery_items_sheets_count check (sheets between 1 and 100000)
);
comment on table governance.delivery_items is
    'What a delivery held: files with the digest that they had, and papers by their title and sheets. None is changed.';
create index delivery_items_file_index on governance.delivery_items (organization_id, file_id);
select tenancy.isolate('governance.delivery_items', 'select, insert');
