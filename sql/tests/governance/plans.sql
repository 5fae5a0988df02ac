-- Plans, trainings and work groups: one draft a year, changes with their reason, figures that hold together, and
-- nothing of it for another tenant.
begin;
select plan(25);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
create function tap.new_plan(id text, version integer, reason text, is_reserved boolean default false)
returns text language sql as $$
    select format(
        'insert into governance.work_plans (
            organization_id, plan_id, alliance_id, year, version, change_reason, title, objective, principles, signed_by,
            is_reserved, recorded_at)
        values (''aaaaaaaa-0000-4000-8000-000000000000'', ''aaaaaaaa-0000-4000-8000-0000000000%s'',
            ''aaaaaaaa-0000-4000-8000-000000000001'', 2026, %s, %L, ''Plan'', ''Participar'', ''{}'', ''{}'', %L,
            ''2026-01-10'')', id, version, reason, is_reserved)
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
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011', 2, 'Eje', 'Línea',
            'aaaaaaaa-0000-4000-8000-000000000001', false)$$,
    'an axis is added');
select throws_ok(
    $$insert into governance.plan_activities (
        organization_id, plan_id, alliance_id, is_reserved, activity_id, number, position, axis, activity, target_amount,
        months, fulfilled_by)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011',
        'aaaaaaaa-0000-4000-8000-000000000001', false, gen_random_uuid(), '2.1', 1, 2, 'Taller', 12, '{}', '{}')$$,
    '23514', null, 'a target says of what');
select throws_ok(
    $$insert into governance.plan_activities (
        organization_id, plan_id, alliance_id, is_reserved, activity_id, number, position, axis, activity, months,
        fulfilled_by)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011',
        'aaaaaaaa-0000-4000-8000-000000000001', false, gen_random_uuid(), '2.1', 1, 2, 'Taller', '{13}', '{}')$$,
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

-- The board's own draft: beside the office's, seen by the board alone, and numbered when it is shared.
select throws_ok(tap.new_plan('20', 2, 'Otro', true), '42501', null, 'the office reserves nothing');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(tap.new_plan('20', 2, 'Otro', true), 'the board drafts beside the office');
select throws_ok(tap.new_plan('21', 2, 'Otro', true), '23505', null, 'and has one draft of a year');
select throws_ok(
    $$update governance.work_plans set approved_on = '2026-04-01', approved_in = 'Acta 4' where is_reserved$$,
    '23514', null, 'what is reserved is not approved');
select throws_ok(
    'update governance.work_plans set is_reserved = false', '42501', null, 'nor opened by the way');
select lives_ok(
    $$insert into governance.plan_axes values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000020', 3, 'Eje', 'Línea',
            'aaaaaaaa-0000-4000-8000-000000000001', true)$$,
    'its axes are reserved with it');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select results_eq(
    $$select (select count(*)::int from governance.work_plans where is_reserved)
        + (select count(*)::int from governance.plan_axes where is_reserved)$$,
    array[0], 'the office finds neither draft nor axis');
select throws_ok(
    $$select governance.share_plan('aaaaaaaa-0000-4000-8000-000000000000',
        'aaaaaaaa-0000-4000-8000-000000000020', 3, 'Otro')$$,
    '42501', null, 'and does not share it');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');
update governance.work_plans set dropped_on = '2026-04-01', drop_reason = 'Va la de la junta' where not is_reserved
    and approved_on is null;
select governance.share_plan('aaaaaaaa-0000-4000-8000-000000000000',
    'aaaaaaaa-0000-4000-8000-000000000020', 2, 'Otro');
set constraints all immediate;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select results_eq(
    $$select (select count(*)::int from governance.work_plans where dropped_on is null)
        + (select count(*)::int from governance.plan_axes where number = 3)$$,
    array[3], 'shared, the office sees it with what is in it');

select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select results_eq('select count(*)::int from governance.work_plans', array[0], 'another tenant reads no plan');
reset role;

select * from finish();
rollback;
