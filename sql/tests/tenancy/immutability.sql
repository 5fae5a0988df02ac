-- What must never change is protected by what was not granted: the serving role has exactly these privileges on what
-- was recorded, published, sealed or frozen, and on every table of the module tenancy; and no other role writes any of it.
-- The module membership has a test of its own.
begin;

create temporary table recorded (schema_name text, table_name text, granted text[], updated text[]) on commit drop;
insert into recorded values
    -- Chains of events: a definer function writes them.
    ('tenancy', 'audit_events', '{SELECT}', '{}'),
    ('tenancy', 'audit_heads', '{SELECT}', '{}'),
    -- Purging personal data removes details; their commitments stay.
    ('tenancy', 'audit_details', '{SELECT,INSERT,DELETE}', '{}'),
    ('tenancy', 'audit_anchors', '{SELECT,INSERT}', '{}'),
    ('tenancy', 'requests', '{SELECT,INSERT}', '{}'),
    -- A file does not change; whether it is the board's own does, once the board shares it, and what it is kept as.
    ('tenancy', 'files', '{SELECT,INSERT}',
        '{is_reserved,reclassification,reclassified_at,reclassified_by,retention_class}'),
    ('tenancy', 'retention_terms', '{SELECT,INSERT}', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    -- A document that was issued is withdrawn, never changed.
    ('tenancy', 'documents', '{SELECT,INSERT}', '{is_reserved,withdrawal,withdrawn_at}'),
    ('tenancy', 'audit_verifications', '{SELECT,INSERT}', '{}'),
    -- A mistaken dissolution is put right by another act.
    ('tenancy', 'dissolutions', '{SELECT,INSERT}', '{}'),
    ('tenancy', 'territories', '{SELECT}', '{}'),
    -- Rights end; they are not rewritten.
    ('tenancy', 'grants', '{SELECT,INSERT}', '{ends_at}'),
    -- What is kept up to date: changed as a whole, or forgotten when it is done.
    ('tenancy', 'alliances', '{SELECT,INSERT,UPDATE}', null),
    ('tenancy', 'alliance_municipalities', '{SELECT,INSERT,DELETE}', '{}'),
    ('tenancy', 'jobs', '{SELECT,INSERT,UPDATE}', null),
    ('tenancy', 'chores', '{SELECT,INSERT,UPDATE}', null),
    ('tenancy', 'outbox', '{SELECT,INSERT,DELETE}', '{attempts,delivered_at,failure,next_attempt_at}'),
    ('tenancy', 'settings', '{SELECT,INSERT,UPDATE}', null),
    ('tenancy', 'users', '{SELECT,INSERT,UPDATE}', null),
    -- Versions of bylaws.
    -- A project is adopted; what was adopted is not written again.
    ('governance', 'bylaws', '{SELECT,INSERT}', '{approved_in,approved_on,decision_id,in_force_from}'),
    ('governance', 'bylaw_articles', '{SELECT,INSERT}', '{}'),
    ('governance', 'bylaw_parameters', '{SELECT,INSERT}', '{}'),
    -- Elections: what was called, frozen, counted, canvassed and proclaimed. Definer functions write what may be
    -- written once.
    ('elections', 'calls', '{SELECT,INSERT}', '{}'),
    ('elections', 'called_contests', '{SELECT,INSERT}', '{}'),
    ('elections', 'provisional_rolls', '{SELECT,INSERT}', '{}'),
    ('elections', 'provisional_entries', '{SELECT,INSERT}', '{}'),
    ('elections', 'rolls', '{SELECT}', '{}'),
    ('elections', 'roll_entries', '{SELECT}', '{}'),
    ('elections', 'guarantor_remarks', '{SELECT,INSERT}', '{}'),
    ('elections', 'candidate_dossiers', '{SELECT,INSERT}', '{}'),
    ('elections', 'draw_announcements', '{SELECT,INSERT}', '{}'),
    ('elections', 'draw_numbers', '{SELECT,INSERT}', '{}'),
    ('elections', 'draws', '{SELECT,INSERT}', '{}'),
    ('elections', 'quorum_checks', '{SELECT,INSERT}', '{}'),
    ('elections', 'incidents', '{SELECT,INSERT}', '{}'),
    ('elections', 'signature_counts', '{SELECT,INSERT}', '{}'),
    ('elections', 'merged_polls', '{SELECT}', '{}'),
    ('elections', 'count_sheets', '{SELECT,INSERT}', '{}'),
    ('elections', 'count_agreements', '{SELECT,INSERT}', '{confirmed_at,confirmed_by}'),
    ('elections', 'count_differences', '{SELECT,INSERT}', '{}'),
    ('elections', 'table_counts', '{SELECT}', '{}'),
    ('elections', 'acclamations', '{SELECT,INSERT}', '{}'),
    ('elections', 'canvasses', '{SELECT,INSERT}', '{}'),
    ('elections', 'canvass_lines', '{SELECT,INSERT}', '{}'),
    ('elections', 'canvass_elected', '{SELECT,INSERT}', '{}'),
    ('elections', 'canvass_records', '{SELECT,INSERT}', '{}'),
    ('elections', 'challenge_files', '{SELECT,INSERT}', '{}'),
    ('elections', 'table_annulments', '{SELECT,INSERT}', '{}'),
    ('elections', 'proclamations', '{SELECT}', '{}'),
    -- History of compliance.
    ('reporting', 'obligation_changes', '{SELECT,INSERT}', '{}'),
    ('reporting', 'obligation_terms', '{SELECT,INSERT}', '{}'),
    -- What a document says stays; that minutes were taken back, and put back, follows.
    ('reporting', 'published_documents', '{SELECT,INSERT}', '{is_public,published_at}'),
    -- What a statement says stays; what is answered to it, and that it was taken back, follow.
    ('reporting', 'published_statements', '{SELECT,INSERT}', '{addressees,is_public,published_at}');

select plan((3 * count(*) + 22)::int) from recorded;

select set_eq(
    $$select relname::text from pg_class
      where relnamespace = 'tenancy'::regnamespace and relkind in ('r', 'p') and not relispartition$$,
    $$select table_name from recorded where schema_name = 'tenancy'$$,
    'every table of the module tenancy stands in this test');

select table_privs_are(schema_name, table_name, 'alianzas_app', granted,
    schema_name || '.' || table_name || ' has these privileges and no others')
from recorded;

-- Columns that may be changed although the table may not.
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('%I.%I', schema_name, table_name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update') and updated is not null
        order by attname),
    coalesce(updated, '{}'), schema_name || '.' || table_name || ' changes in these columns alone')
from recorded;

select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
            and has_any_column_privilege(rolname, format('%I.%I', schema_name, table_name), 'insert, update')
        order by rolname),
    '{}'::text[], schema_name || '.' || table_name || ' is written by the serving role alone')
from recorded;

-- And so it is in fact, in the tenant's own scope, not only in the catalogue.
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select lives_ok(
    $$select tenancy.append_audit_event(
        'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000000', 'office',
        'aaaaaaaa-0000-4000-8000-000000000001', '2026-01-01', 'system', null, 'prueba.cosa.hecha', null, null)$$,
    'an event is appended by the function');
select results_eq('select count(*)::int from tenancy.audit_events', array[1], 'and is there');
select throws_ok(
    $$update tenancy.audit_events set action = 'otra.cosa'$$, '42501', null, 'an event is not changed');
select throws_ok('delete from tenancy.audit_events', '42501', null, 'an event is not removed');
select throws_ok(
    'insert into tenancy.audit_events select * from tenancy.audit_events', '42501', null, 'an event is not forged');
select throws_ok(
    $$update tenancy.audit_heads set sequence = 0$$, '42501', null, 'a chain is not rewound');

-- The same holds for a neighbour's chain, for which the function is not asked.
select throws_ok(
    $$select tenancy.append_audit_event(
        'bbbbbbbb-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000', 'office',
        'aaaaaaaa-0000-4000-8000-000000000002', '2026-01-01', 'system', null, 'prueba.cosa.hecha', null, null)$$,
    '42501', null, 'no event is appended to a neighbour''s chain');
select throws_ok(
    $$select tenancy.append_audit_event(
        null, 'bbbbbbbb-0000-4000-8000-000000000000', 'office',
        'aaaaaaaa-0000-4000-8000-000000000002', '2026-01-01', 'system', null, 'prueba.cosa.hecha', null, null)$$,
    '42501', null, 'nor to nobody''s');
select throws_ok(
    'update tenancy.audit_details set details = details', '42501', null,
    'what an event says is purged as a whole, and not changed');
select throws_ok('update tenancy.audit_anchors set sequence = 0', '42501', null, 'an anchor is not moved');
select throws_ok('delete from tenancy.audit_anchors', '42501', null, 'an anchor is not lifted');

-- Rights, files, requests and territories.
insert into tenancy.users (organization_id, user_id, name, office_title, is_active, created_at) values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003', 'Ana Prueba', 'Cargo', true,
        '2026-01-01');
insert into tenancy.grants (organization_id, grant_id, user_id, role, starts_at) values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000003', 'office', '2026-01-01');
select throws_ok(
    $$update tenancy.grants set role = 'office_administrator'$$, '42501', null, 'a right is not made a greater one');
select throws_ok(
    $$update tenancy.grants set starts_at = '2020-01-01'$$, '42501', null, 'a right is not dated back');
select throws_ok('delete from tenancy.grants', '42501', null, 'that somebody had a right is not forgotten');
select throws_ok(
    $$update tenancy.grants set ends_at = '2025-01-01'$$, '23514', null, 'a right does not end before it began');
select lives_ok($$update tenancy.grants set ends_at = '2026-02-01'$$, 'a right ends');
select throws_ok('update tenancy.files set sha256 = sha256', '42501', null, 'a file is not exchanged');
select throws_ok('delete from tenancy.files', '42501', null, 'a file is not removed');
select throws_ok('delete from tenancy.requests', '42501', null, 'a request that was carried out is not forgotten');
select throws_ok(
    $$insert into tenancy.territories values ('aaaaaaaa-0000-4000-8000-000000000000', '23672')$$, '42501', null,
    'nobody widens their own territory');
select throws_ok(
    $$insert into tenancy.users (organization_id, user_id, name, office_title, is_active, created_at) values
        ('bbbbbbbb-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005', 'Ana', 'Cargo', true,
            '2026-01-01')$$,
    '42501', null, 'no user is made in another tenant');
reset role;

select * from finish();
rollback;
