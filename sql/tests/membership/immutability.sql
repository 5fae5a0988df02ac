-- What people agreed to, what papers said, and who was a member when, is ended or answered and never rewritten: every
-- table of the module with the privileges that the serving role has, and what that comes to in a tenant's scope.
begin;

create temporary table expected (table_name text, granted text[], updated text[]) on commit drop;
insert into expected values
    -- A row of the register is replaced by the next file's, and its former state kept; undoing a file removes both.
    ('affiliates', '{SELECT,INSERT,UPDATE,DELETE}', null),
    ('affiliate_versions', '{SELECT,INSERT,DELETE}', '{}'),
    -- What names are found by goes where the names go.
    ('affiliate_words', '{SELECT,INSERT,DELETE}', '{}'),
    ('import_batches', '{SELECT,INSERT}', '{state,undo_job_id,undone_at,undone_by}'),
    -- What an import counts replaces what the one before counted.
    ('insurer_counts', '{SELECT,INSERT,DELETE}', '{}'),
    -- A file on its way in, and how far it is.
    ('affiliate_uploads', '{SELECT,INSERT,UPDATE}', null),
    -- The staging role writes it, the serving role takes it over.
    ('staged_affiliates', '{SELECT,DELETE}', '{}'),
    ('consent_texts', '{SELECT,INSERT}', '{}'),
    ('consents', '{SELECT,INSERT}', '{withdrawn_on}'),
    ('applications', '{SELECT,INSERT}', '{decided_by,decided_on,reason,state}'),
    -- What somebody typed of themselves is erased when they ask; the texts that they agreed to stay.
    ('join_requests', '{SELECT,INSERT}',
        '{application_id,birth_date,close_reason,closed_by,closed_on,document_number,document_type,email,erased_on,name,phone}'),
    ('memberships', '{SELECT,INSERT}', '{leave_reason,left_on}'),
    -- A fact is ended, or taken back with its reason.
    ('recorded_facts', '{SELECT,INSERT}', '{cancel_reason,cancelled_at,cancelled_by,valid_until}'),
    ('fact_reviews', '{SELECT,INSERT}', '{}'),
    ('requirements', '{SELECT,INSERT}', '{}'),
    ('requirement_switches', '{SELECT,INSERT}', '{}'),
    -- What a call settled stays settled.
    ('requirement_bindings', '{SELECT,INSERT}', '{}'),
    ('staff_lists', '{SELECT,INSERT}', '{}'),
    ('staff_list_entries', '{SELECT,INSERT}', '{}');

select plan((3 * count(*) + 44)::int) from expected;

select set_eq(
    $$select relname::text from pg_class
      where relnamespace = 'membership'::regnamespace and relkind in ('r', 'p') and not relispartition$$,
    'select table_name from expected', 'every table of the module stands in this test');

select table_privs_are('membership', table_name, 'alianzas_app', granted,
    'membership.' || table_name || ' is changed as a whole by nobody, or by who may')
from expected;

select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('membership.%I', table_name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
            and updated is not null
        order by attname),
    coalesce(updated, '{}'), 'membership.' || table_name || ' changes in these columns alone')
from expected;

select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
            and has_any_column_privilege(rolname, format('membership.%I', table_name), 'select, insert, update')
        order by rolname),
    '{}'::text[], 'membership.' || table_name || ' is read and written by the serving role alone')
from expected;

-- Two tenants, each with a member who gave a consent, and a fact with its review.
insert into catalogue.municipalities values
    ('23672', 'San Antero', 'san antero', '23', 'Córdoba', 'municipio', false)
on conflict do nothing;
create temporary table tenant (tenant uuid, thing uuid, author uuid, reviewer uuid) on commit drop;
insert into tenant values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001',
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000003'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000001',
        'bbbbbbbb-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000003');
insert into catalogue.organizations
select tenant, 'prueba-' || left(tenant::text, 1), 'insurer', left(tenant::text, 1), left(tenant::text, 1), null, '23672',
    '2026-01-01'
from tenant;
insert into tenancy.alliances
select tenant, thing, 'a', 'A', 'territory', null, 'active', '2026-01-01' from tenant;
insert into tenancy.users (organization_id, user_id, name, office_title, is_active, created_at)
select tenant, someone, 'Ana Prueba', 'Cargo', true, '2026-01-01'
from tenant, unnest(array[author, reviewer]) as someone;
insert into membership.affiliates (
    organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
    municipality_code, regime, affiliation_state, insurer_code, valid_from)
select tenant, thing, 'CC', '1', 'Prueba', 'Ana', '1980-01-01', 'F', '23672', 'subsidiado', 'active', 'ESS207', '2026-01-01'
from tenant;
insert into membership.import_batches (
    organization_id, batch_id, file_name, sha256, cutoff_on, state, read_rows, new_rows, changed_rows, unchanged_rows,
    refused_rows, report_file_id, imported_by, imported_at, turn)
select tenant, thing, 'padron.csv', decode(repeat('00', 32), 'hex'), '2026-01-01', 'merged', 1, 1, 0, 0, 0, null, author,
    '2026-01-01', 1
from tenant;
insert into membership.affiliate_versions (
    organization_id, person_id, valid_from, valid_until, first_surname, first_name, birth_date, sex, municipality_code,
    regime, affiliation_state, insurer_code, replaced_by)
select tenant, thing, '2025-01-01', '2025-12-31', 'Prueba', 'Ana', '1980-01-01', 'F', '23672', 'subsidiado',
    'suspended', 'ESS207', thing
from tenant;
insert into membership.consent_texts
select tenant, thing, 'personal_data', 1, repeat('Autorizo el tratamiento de mis datos. ', 2), '2026-01-01', '2026-01-01'
from tenant;
insert into membership.consents (
    organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel, recorded_at)
select tenant, thing, thing, thing, 'personal_data', '2026-01-02', 'paper', '2026-01-02' from tenant;
insert into membership.memberships (
    organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
select tenant, thing, thing, thing, thing, '2026-01-02', '2026-01-02' from tenant;
insert into membership.recorded_facts (
    organization_id, fact_id, person_id, kind, value, alliance_id, valid_from, source, needs_review, recorded_at,
    recorded_by)
select tenant, thing, thing, 'service_used', 'x', thing, '2026-01-02', 'Certificado', true, '2026-01-02', author
from tenant;
insert into membership.requirement_bindings select tenant, thing, thing, '2026-01-02' from tenant;
insert into membership.requirement_switches
select tenant, thing, thing, null, 'E01', 'elector', true, '{}', 'Por decisión de la asamblea', '2026-01-02', null
from tenant;
insert into membership.staff_lists
select tenant, thing, '2026-01-01', decode(repeat('00', 32), 'hex'), 1, '2026-01-01', null from tenant;
insert into membership.staff_list_entries select tenant, thing, decode(repeat('00', 32), 'hex') from tenant;

grant select on tenant to alianzas_app;
set local role alianzas_app;
select throws_ok('select count(*) from membership.consents', '42704', null, 'no tenant, no rows');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

-- Texts and consents.
select throws_ok(
    'update membership.consent_texts set body = body', '42501', null, 'a text that people agreed to is not changed');
select throws_ok('delete from membership.consent_texts', '42501', null, 'nor removed');
select throws_ok(
    $$update membership.consents set given_on = '2025-01-01'$$, '42501', null, 'a consent is not dated back');
select throws_ok('delete from membership.consents', '42501', null, 'a consent is not removed');
select throws_ok(
    $$update membership.consents set withdrawn_on = '2026-01-01'$$, '23514', null,
    'a consent is not withdrawn before it was given');
select lives_ok($$update membership.consents set withdrawn_on = '2026-02-01'$$, 'a consent is withdrawn');

-- What people ask for by themselves.
select lives_ok(
    $$insert into membership.join_requests (
        organization_id, request_id, alliance_id, document_type, document_number, name, birth_date, phone,
        personal_text_id, receipt_digest, requested_on, recorded_at)
      select tenant, thing, thing, 'CC', '2', 'Rosa Prueba', '1960-01-01', '3001234567', thing,
        decode(repeat('00', 32), 'hex'), '2026-01-02', '2026-01-02' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    'somebody asks to join by themselves');
select throws_ok(
    $$update membership.join_requests set phone = null$$, '23514', null, 'there is always a way to answer');
select throws_ok(
    $$update membership.join_requests
      set document_type = null, document_number = null, name = null, birth_date = null, phone = null,
        erased_on = '2026-01-03'$$,
    '23514', null, 'nothing waits whose data are erased');
select throws_ok(
    $$update membership.join_requests set closed_on = '2026-01-03'$$, '23514', null, 'nothing is closed without a reason');
select throws_ok('delete from membership.join_requests', '42501', null, 'what was agreed to is not removed');

-- Periods of members.
select throws_ok(
    $$update membership.memberships set joined_on = '2020-01-01'$$, '42501', null, 'nobody is made a member of earlier');
select throws_ok('delete from membership.memberships', '42501', null, 'a period of membership is not removed');
select throws_ok(
    $$update membership.memberships set left_on = '2026-02-01'$$, '23514', null, 'nobody leaves without a reason');
select throws_ok(
    $$insert into membership.memberships (
        organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
      select tenant, author, thing, thing, thing, '2026-01-03', '2026-01-03' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    '23505', null, 'nobody is a member twice at once');
select lives_ok(
    $$update membership.memberships set left_on = '2026-02-01', leave_reason = 'resignation'$$,
    'a member leaves with a reason');

select throws_ok(
    $$insert into membership.memberships (
        organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
      select tenant, author, thing, thing, thing, '2026-01-31', '2026-01-31' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    '23P01', null, 'two periods of a member never share a day');

-- Facts and their reviews.
select throws_ok(
    $$insert into membership.recorded_facts (
        organization_id, fact_id, person_id, kind, value, valid_from, source, needs_review, recorded_at, recorded_by)
      select tenant, author, thing, 'sanction', 'x', '2026-01-02', 'Acta', true, '2026-01-02', author from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    '23514', null, 'a paper belongs to an alliance');
select throws_ok(
    $$update membership.recorded_facts set cancelled_at = '2026-01-05'$$, '23514', null,
    'a fact is not taken back without a reason');
select throws_ok(
    $$update membership.recorded_facts set value = 'y'$$, '42501', null, 'a fact is not changed');
select throws_ok('delete from membership.recorded_facts', '42501', null, 'a fact is not removed');
select lives_ok($$update membership.recorded_facts set valid_until = '2026-03-01'$$, 'a fact is ended');
select throws_ok(
    $$insert into membership.fact_reviews
      select tenant, thing, 'accepted', null, author, author, '2026-01-03' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    '23514', null, 'nobody reviews a paper that they recorded');
select throws_ok(
    $$insert into membership.fact_reviews
      select tenant, thing, 'accepted', null, author, reviewer, '2026-01-03' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    '23503', null, 'nor by naming somebody else as who recorded it');
select throws_ok(
    $$insert into membership.fact_reviews
      select tenant, thing, 'rejected', null, reviewer, author, '2026-01-03' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    '23514', null, 'a rejection has a reason');
select lives_ok(
    $$insert into membership.fact_reviews
      select tenant, thing, 'accepted', null, reviewer, author, '2026-01-03' from tenant
      where tenant = current_setting('alianzas.organization_id')::uuid$$,
    'another person reviews it');
select throws_ok(
    $$update membership.fact_reviews set verdict = 'rejected', reason = 'x'$$, '42501', null, 'a review is not changed');
select throws_ok('delete from membership.fact_reviews', '42501', null, 'a review is not removed');

-- Rules and lists.
select throws_ok(
    'update membership.requirement_switches set is_on = false', '42501', null,
    'a requirement is switched by a later row');
select throws_ok(
    $$update membership.requirement_bindings set bound_at = '2026-06-01'$$, '42501', null,
    'what a call settled is not settled anew');
select throws_ok(
    'delete from membership.requirement_bindings', '42501', null, 'nor left open again');
select throws_ok(
    'delete from membership.requirement_switches', '42501', null, 'what was required on a day is not removed');
select throws_ok(
    'delete from membership.staff_list_entries', '42501', null, 'nobody is taken out of a list of employees');

-- Imports.
select throws_ok(
    'update membership.import_batches set batch_id = batch_id', '42501', null, 'a file''s counts are not changed');
select throws_ok('delete from membership.import_batches', '42501', null, 'nor is a file forgotten');
select throws_ok(
    $$update membership.affiliate_versions set affiliation_state = 'active'$$, '42501', null,
    'what a person''s row said is not changed');

-- A neighbour's rows.
select throws_ok(
    $$insert into membership.consents (
        organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel, recorded_at)
      select tenant, author, thing, thing, 'personal_data', '2026-01-03', 'paper', '2026-01-03' from tenant
      where tenant <> current_setting('alianzas.organization_id')::uuid$$,
    '42501', null, 'nobody consents in another tenant');
select throws_ok(
    $$update membership.affiliates set organization_id = tenant from tenant
      where tenant <> current_setting('alianzas.organization_id')::uuid$$,
    '42501', null, 'nobody is moved to another tenant');
reset role;
select results_eq(
    $$select count(withdrawn_on)::int from membership.consents
      where organization_id = 'bbbbbbbb-0000-4000-8000-000000000000'$$,
    array[0], 'a neighbour''s consent was not withdrawn along');
select results_eq(
    $$select count(left_on)::int from membership.memberships
      where organization_id = 'bbbbbbbb-0000-4000-8000-000000000000'$$,
    array[0], 'a neighbour''s member did not leave along');

-- The staging role.
set local role alianzas_import;
select throws_ok(
    'select count(*) from membership.affiliates', '42501', null, 'the staging role does not read the register');
select throws_ok(
    'select count(*) from membership.staged_affiliates', '42501', null, 'nor what was staged');
reset role;

select * from finish();
rollback;
