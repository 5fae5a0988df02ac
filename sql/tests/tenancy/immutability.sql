-- What must never change is protected by what was not granted: the serving role has exactly these privileges on what
-- was recorded, published, sealed or frozen, and no other role has any.
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
    ('tenancy', 'files', '{SELECT,INSERT}', '{}'),
    -- A document that was issued is withdrawn, never changed.
    ('tenancy', 'documents', '{SELECT,INSERT}', '{withdrawal,withdrawn_at}'),
    ('tenancy', 'audit_verifications', '{SELECT,INSERT}', '{}'),
    ('tenancy', 'territories', '{SELECT}', '{}'),
    -- Rights end; they are not rewritten.
    ('tenancy', 'grants', '{SELECT,INSERT}', '{ends_at}'),
    -- What people agreed to, and what papers said.
    ('membership', 'consent_texts', '{SELECT,INSERT}', '{}'),
    ('membership', 'consents', '{SELECT,INSERT}', '{withdrawn_on}'),
    ('membership', 'memberships', '{SELECT,INSERT}', '{leave_reason,left_on}'),
    ('membership', 'recorded_facts', '{SELECT,INSERT}', '{valid_until}'),
    ('membership', 'fact_reviews', '{SELECT,INSERT}', '{}'),
    ('membership', 'requirement_switches', '{SELECT,INSERT}', '{}'),
    ('membership', 'import_batches', '{SELECT,INSERT}', '{state,undo_job_id,undone_at,undone_by}'),
    -- Versions of bylaws.
    ('governance', 'bylaws', '{SELECT,INSERT}', '{}'),
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
    ('elections', 'opening_checks', '{SELECT,INSERT}', '{}'),
    ('elections', 'draws', '{SELECT,INSERT}', '{}'),
    ('elections', 'quorum_checks', '{SELECT,INSERT}', '{}'),
    ('elections', 'incidents', '{SELECT,INSERT}', '{}'),
    ('elections', 'count_sheets', '{SELECT,INSERT}', '{}'),
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
    ('reporting', 'published_documents', '{SELECT,INSERT}', '{}');

select plan((3 * count(*) + 6)::int) from recorded;

select table_privs_are(schema_name, table_name, 'alianzas_app', granted,
    schema_name || '.' || table_name || ' is changed as a whole by nobody')
from recorded;

-- Columns that may be changed although the table may not.
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('%I.%I', schema_name, table_name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, schema_name || '.' || table_name || ' changes in these columns alone')
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
reset role;

select * from finish();
rollback;
