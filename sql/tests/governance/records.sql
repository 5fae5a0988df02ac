-- What an alliance adopted, recorded and imported stays as it was: bylaws, constitution, plans, minutes and source
-- documents are added to and never changed, in the catalogue and in fact.
begin;

create temporary table kept (name text, updated text[]) on commit drop;
insert into kept values
    ('bylaws', '{}'), ('bylaw_articles', '{}'), ('bylaw_parameters', '{}'),
    ('constitutions', '{withdrawal_reason,withdrawn_at,withdrawn_by}'), ('constitution_signers', '{}'), ('registrations', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    -- A plan gains the day on which the members approved it; until then it is a draft, written anew as a whole.
    ('work_plans', '{approved_in,approved_on,objective,title}'),
    ('plan_axes', '{}'), ('plan_activities', '{}'), ('plan_follow_ups', '{}'), ('training_topics', '{}'),
    ('papers', '{}'), ('report_withdrawals', '{}'),
    ('agenda_templates', '{}'), ('meeting_calls', '{}'),
    -- A planned meeting is moved, held or called off; what it was called and where it comes from stay.
    ('meetings', '{agenda,day,end_minute,is_own_accountability,is_public,mode,place,start_minute,state}'),
    ('minutes', '{}'), ('minutes_counts', '{}'), ('minutes_decisions', '{}'), ('minutes_commitments', '{}'),
    ('reports', '{}'),
    ('source_documents', '{}'), ('source_passages', '{}'), ('source_warnings', '{}');

select plan((3 * count(*) + 21)::int) from kept;

select table_privs_are('governance', name, 'alianzas_app',
    array['SELECT', 'INSERT'] || case
        when name in ('plan_axes', 'plan_activities', 'training_topics') then array['DELETE'] else '{}' end,
    'governance.' || name || ' is changed as a whole by nobody')
from kept;
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('governance.%I', name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, 'governance.' || name || ' changes in these columns alone')
from kept;
select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
            and has_any_column_privilege(rolname, format('governance.%I', name), 'select, insert, update')
        order by rolname),
    '{}'::text[], 'governance.' || name || ' is the tenant''s alone')
from kept;
-- A table that a later migration adds has to be told about here or in mandates.sql.
select set_eq(
    $$select relname::text from pg_class
        where relnamespace = 'governance'::regnamespace and relkind in ('r', 'p')$$,
    $$select name from kept union all values ('bodies'), ('seats'), ('mandates')$$,
    'every table of governance is accounted for');

-- In fact: one tenant records, and another finds nothing of it.
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
set local role alianzas_app;
select throws_ok('select count(*) from governance.minutes', '42704', null, 'no tenant, no minutes');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select lives_ok(
    $$insert into governance.bylaws (
        organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'Estatutos', '2026-01-10', '2026-01-10', '2026-01-10')$$,
    'bylaws are recorded');
select throws_ok(
    $$update governance.bylaws set in_force_from = '2026-02-01'$$, '42501', null, 'a version is not changed');
select throws_ok('delete from governance.bylaws', '42501', null, 'a version is not removed');
select throws_ok(
    $$insert into governance.bylaws (
        organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'Otros', '2026-01-10', '2026-03-10', '2026-01-10')$$,
    '23505', null, 'nor replaced by another of its number');
select lives_ok(
    $$insert into governance.bylaw_articles values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1, '7', 'Quórum', 'Mitad.')$$,
    'an article is recorded');
select lives_ok(
    $$insert into governance.bylaw_parameters values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'first_quorum', '1/2', '7',
            null, true)$$,
    'a parameter is recorded');
select throws_ok(
    $$insert into governance.bylaw_parameters values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'term_months', '24', '9',
            null, true)$$,
    '23503', null, 'a parameter cites an article that there is');
select throws_ok(
    $$update governance.bylaw_parameters set value = '1/10'$$, '42501', null, 'a parameter is not changed');

select lives_ok(
    $$insert into governance.meetings (
        organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, agenda,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'assembly', 'Asamblea', 'planned', '2026-03-13', 'virtual', '{}',
        '{}', '2026-01-10')$$,
    'a meeting is planned');
select lives_ok(
    $$update governance.meetings set state = 'held'$$, 'a planned meeting is held');
select throws_ok(
    $$update governance.meetings set title = 'Otra'$$, '42501', null, 'what a meeting was called for stays');
select throws_ok('delete from governance.meetings', '42501', null, 'a meeting is not removed');
select lives_ok(
    $$insert into governance.minutes (
        organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative, follow_up,
        attachments, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005',
        'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000004', '2026-03-13', '2026-03-13',
        '2026-03-13', '{Se aprobó el plan.}', '{}', '{}', '2026-03-14')$$,
    'minutes are recorded');
select throws_ok(
    $$update governance.minutes set narrative = '{Otra cosa.}'$$, '42501', null, 'minutes are not changed');
select throws_ok('delete from governance.minutes', '42501', null, 'minutes are not removed');
select throws_ok(
    $$insert into governance.minutes (
        organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative, follow_up,
        attachments, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000006',
        'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000004', '2026-03-13', '2026-03-13',
        '2026-03-13', '{Otra cosa.}', '{}', '{}', '2026-03-14')$$,
    '23505', null, 'nor are there second ones of the same meeting');

-- The neighbour.
select throws_ok(
    $$insert into governance.minutes_counts values
        ('bbbbbbbb-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005', 1, 'Asistentes', 3)$$,
    '42501', null, 'nothing is written for another tenant');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select results_eq('select count(*)::int from governance.minutes', array[0], 'another tenant reads none of the minutes');
select results_eq('select count(*)::int from governance.bylaws', array[0], 'nor of the bylaws');
reset role;

select * from finish();
rollback;
