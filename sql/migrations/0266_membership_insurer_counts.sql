-- 0266 · membership · how many people each insurer has in the register
-- Counted when the register changes, by an import or its undoing, in the same transaction: whoever plans visits by the
-- weight of insurers reads sixty rows and not the register.
-- Locks: the rows of membership.affiliates are read once. Undo: a later migration.

create table membership.insurer_counts (
    organization_id uuid        not null,
    insurer_code    text        not null,
    users           integer     not null,
    counted_at      timestamptz not null,

    constraint insurer_counts_pkey primary key (organization_id, insurer_code),
    constraint insurer_counts_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint insurer_counts_users_count check (users > 0)
);
comment on table membership.insurer_counts is
    'How many people of the register each insurer code has, of those whose affiliation is active or suspended, as of the last import or undoing. It names nobody.';
select tenancy.isolate('membership.insurer_counts', 'select, insert, delete');

insert into membership.insurer_counts (organization_id, insurer_code, users, counted_at)
select organization_id, insurer_code, count(*)::integer, now()
from membership.affiliates
where insurer_code is not null and affiliation_state in ('active', 'suspended')
group by organization_id, insurer_code;

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values ('membership.insurer_counts', null, '{}', '{}', 'Es de la entidad, y de ninguna alianza.');
