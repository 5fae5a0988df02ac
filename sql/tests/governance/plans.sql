-- Plans, trainings and work groups: one draft a year, changes with their reason, figures that hold together, and
-- nothing of it for another tenant.
begin;
select plan(16);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
create function tap.new_plan(id text, version integer, reason text) returns text language sql as $$
    select format(
        'insert into governance.work_plans (
            organization_id, plan_id, alliance_id, year, version, change_reason, title, objective, principles, signed_by,
            recorded_at)
        values (''aaaaaaaa-0000-4000-8000-000000000000'', ''aaaaaaaa-0000-4000-8000-0000000000%s'',
            ''aaaaaaaa-0000-4000-8000-000000000001'', 2026, %s, %L, ''Plan'', ''Participar'', ''{}'', ''{}'',
            ''2026-01-10'')', id, version, reason)
$$;

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select lives_ok(tap.new_plan('10', 1, null), 'a plan begins');
select throws_ok(tap.new_plan('11', 2, 'Cambió'), '23505', null, 'a year has one draft');
select lives_ok(
    $$update governance.work_plans set approved_on = '2026-03-13', approved_in = 'Acta 3'$$, 'it is approved');
select throws_ok(tap.new_plan('11', 1, null), '23505', null, 'a version is one');
select throws_ok(tap.new_plan('11', 2, null), '23514', null, 'a change has its reason');
select lives_ok(tap.new_plan('11', 2, 'Cambió'), 'and is another version');
select throws_ok(
    'update governance.work_plans set change_reason = ''Otra''', '42501', null, 'its reason stays');
select throws_ok('delete from governance.work_plans', '42501', null, 'no version is removed');

select lives_ok(
    $$insert into governance.plan_axes values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011', 2, 'Eje', 'Línea')$$,
    'an axis is added');
select throws_ok(
    $$insert into governance.plan_activities (
        organization_id, plan_id, activity_id, number, position, axis, activity, target_amount, months, fulfilled_by)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011', gen_random_uuid(), '2.1', 1,
        2, 'Taller', 12, '{}', '{}')$$,
    '23514', null, 'a target says of what');
select throws_ok(
    $$insert into governance.plan_activities (
        organization_id, plan_id, activity_id, number, position, axis, activity, months, fulfilled_by)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011', gen_random_uuid(), '2.1', 1,
        2, 'Taller', '{13}', '{}')$$,
    '23514', null, 'a month is one of twelve');

select throws_ok(
    $$insert into governance.topic_proposals (
        organization_id, proposal_id, alliance_id, year, audience, topic, origin, proposed_on, is_accepted, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001', 2026,
        'users', 'Rutas', 'member', '2026-01-10', true, '2026-01-10')$$,
    '23514', null, 'an answer says why and when');
select throws_ok(
    $$insert into governance.trainings (
        organization_id, training_id, alliance_id, year, month, topic, audience, provider, stay_percent, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001', 2026, 3,
        'Rutas', 'users', 'EPS', 0, '2026-01-10')$$,
    '23514', null, 'one has to stay for something');
select throws_ok(
    $$insert into governance.work_groups (
        organization_id, group_id, alliance_id, kind, name, charge, began_on, ended_on, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001',
        'committee', 'Comité', 'Revisar', '2026-01-10', '2026-02-10', '2026-01-10')$$,
    '23514', null, 'a group ends with its report');
select throws_ok(
    'update governance.training_evaluations set content = 5', '42501', null, 'what was said of a training stays');

select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select results_eq('select count(*)::int from governance.work_plans', array[0], 'another tenant reads no plan');
reset role;

select * from finish();
rollback;
