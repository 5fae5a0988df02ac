-- Complaints: radicados and steps stay as they were written, what the board thinks is its own, who complains is told
-- apart; and each table of tenants is either in the copy that an alliance takes with it, or left out for a reason.
begin;
select plan(19);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'b', 'B', 'territory', null,
        'active', '2026-01-01');

-- A table that a later migration adds goes with the alliance, or stands here with why it does not.
select set_eq(
    $$select nspname || '.' || relname from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id' and not attisdropped
        where nspname in ('tenancy', 'membership', 'governance', 'elections', 'reporting')
            and relkind in ('r', 'p') and not relispartition
            and nspname || '.' || relname not in (select relation from governance.export_relations())$$,
    $$values
        -- Left out of the copy, with a reason for its readers.
        ('governance.alliance_exports'), ('governance.complainants'), ('governance.complaint_receipts'),
        ('governance.confidential_files'), ('governance.confidential_items'), ('governance.confidential_reads'),
        ('governance.minutes_codes'), ('governance.undertaking_codes'), ('membership.affiliate_uploads'),
        ('membership.affiliates'),
        ('reporting.alliance_profiles'), ('reporting.obligation_states'), ('tenancy.jobs'), ('tenancy.users'),
        -- The entity's, of no alliance.
        ('governance.complaint_terms'), ('governance.confidentiality_texts'), ('governance.document_formats'), ('governance.joint_events'),
        ('governance.letter_terms'), ('governance.told_alarms'),
        ('membership.affiliate_versions'),
        ('membership.affiliate_words'), ('membership.consent_texts'), ('membership.consents'),
        ('membership.import_batches'), ('membership.requirements'), ('membership.staff_list_entries'),
        ('membership.staff_lists'), ('membership.staged_affiliates'), ('reporting.entity_presence'),
        ('tenancy.chores'), ('tenancy.outbox'), ('tenancy.requests'), ('tenancy.retention_terms'), ('tenancy.settings'), ('tenancy.territories'),
        -- Chains of events, which the copy holds in files of their own.
        ('tenancy.audit_anchors'), ('tenancy.audit_details'), ('tenancy.audit_events'), ('tenancy.audit_heads'),
        ('tenancy.audit_verifications')$$,
    'every table of tenants goes with the alliance, or there is a reason');

set local role alianzas_app;
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
    $$insert into governance.complaints (
        organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, account, channel,
        is_anonymous, state, filed_at, due_is_confirmed)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', 2026, 1, 'health_claim', 'simple', 'medicines', 'EPS', 'No entregan.',
        'page', true, 'filed', '2026-03-01', false)$$,
    'a complaint is filed');
select throws_ok(
    $$insert into governance.complaints (
        organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, account, channel,
        is_anonymous, state, filed_at, due_is_confirmed)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000001', 2026, 1, 'complaint', 'none', 'other', 'EPS', 'Otra.', 'page', true,
        'filed', '2026-03-01', false)$$,
    '23505', null, 'no two have the same radicado');
select throws_ok(
    $$update governance.complaints set account = 'Otra cosa'$$, '42501', null, 'what was told stays');
select throws_ok(
    $$update governance.complaints set due_is_confirmed = true$$, '23514', null,
    'nothing is confirmed that has no term');
select throws_ok(
    $$update governance.complaints set state = 'closed'$$, '23514', null, 'what is closed says how it ended');
select throws_ok(
    $$update governance.complaints set risk = 'none'$$, '23514', null, 'a claim has its risk');
select throws_ok('delete from governance.complaints', '42501', null, 'a complaint is not removed');

select lives_ok(
    $$insert into governance.complaint_steps (
        organization_id, step_id, complaint_id, alliance_id, is_reserved, kind, note, happened_at, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005',
        'aaaaaaaa-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', true, 'analysis', 'Nuestra.',
        '2026-03-01', '2026-03-01')$$,
    'the board writes what it thinks');
select throws_ok(
    $$update governance.complaint_steps set note = 'Otra'$$, '42501', null, 'a step is not changed');
select throws_ok(
    $$insert into governance.complainants (
        organization_id, complaint_id, alliance_id, name, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Rosa', '2026-03-01')$$,
    '23514', null, 'nobody''s name is kept without authorisation');
select throws_ok(
    $$update governance.complaints set identity_erased_on = '2026-03-02'$$, '23514', null,
    'what was anonymous has nothing to erase');
select throws_ok(
    $$update governance.complainants set name = 'Otra'$$, '42501', null, 'a name is erased, and never another');
select is(
    (select count(*)::int from governance.export_rows(
        'governance.complaint_steps', 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001',
        0, 10)), 1, 'the copy of an alliance has its own space');
select is(
    (select count(*)::int from governance.export_rows(
        'governance.complaints', 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        0, 10)), 0, 'and nothing of another');
select throws_ok(
    $$select governance.export_rows('governance.complainants', 'aaaaaaaa-0000-4000-8000-000000000000',
        'aaaaaaaa-0000-4000-8000-000000000001', 0, 10)$$,
    '42P01', null, 'nor who complained');

select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select is((select count(*)::int from governance.complaint_steps), 0, 'the office finds nothing of what the board thinks');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select is((select count(*)::int from governance.complaints), 0, 'a neighbour finds no complaint');
select is(
    (select count(*)::int from governance.export_rows(
        'governance.complaints', 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001',
        0, 10)), 0, 'nor by asking for a copy');
reset role;

select * from finish();
rollback;
