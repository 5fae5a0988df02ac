-- 0100 · tenancy · documents of users
-- Users are told apart by their identity document, and by it known for people of the register: who decides in an
-- election must not stand in it. The document is kept with the user and compared with the register when it is asked, so
-- that it does not matter who came first, the user or the import that brings the person. It takes the place of
-- person_id, which nothing ever filled.
-- Locks: tenancy.users, for a moment. Undo: a later migration.

alter table tenancy.users
    drop column person_id,
    add column document_type text,
    add column document_number text,
    add constraint users_document_key unique (organization_id, document_type, document_number),
    add constraint users_document_is_whole check ((document_type is null) = (document_number is null)),
    add constraint users_document_type_known check (document_type in (
        'CC', 'CE', 'CD', 'PA', 'SC', 'PT', 'PE', 'RC', 'TI', 'CN', 'MS', 'AS')),
    add constraint users_document_number_shape check (document_number ~ '^[0-9A-Z]{1,20}$');
comment on table tenancy.users is
    'Those who sign in here: staff, committees, control bodies. By their document they are people of the register, where they are.';
