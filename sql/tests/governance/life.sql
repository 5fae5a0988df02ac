-- The life of an alliance: handovers are signed whole and fix what was signed, one renewal goes on at a time, a project of
-- bylaws is adopted once, and what representatives tell stays as it was told.
begin;
select plan(21);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
insert into governance.bodies (
    organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed, formation,
    continues_until_replaced, created_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
    'aaaaaaaa-0000-4000-8000-000000000001', 'Junta', 'board', false, 24, false, 'proclamation', false, '2026-01-01');

-- Days of before there were alliances are slips.
select throws_ok(
    $$insert into governance.registrations (organization_id, registration_id, alliance_id, authority, number,
        registered_on, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000009',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Personería', '1', '1901-01-01', '2026-01-01')$$, '23514', null,
    'no registration is of 1901');
select throws_ok(
    $$insert into governance.work_plans (organization_id, plan_id, alliance_id, year, version, title, objective, principles, signed_by,
        approved_on, approved_in, recorded_at, is_reserved)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-00000000000a',
        'aaaaaaaa-0000-4000-8000-000000000001', 2026, 1, 'Plan', 'Participar', '{}', '{}', '2024-12-31', 'Acta 1', '2026-01-01', false)$$,
    '23514', null, 'no plan is approved two years ahead');

-- Handovers.
prepare handover (uuid) as
    insert into governance.handovers (
        organization_id, handover_id, alliance_id, body_id, changed_on, state, prepared_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'aaaaaaaa-0000-4000-8000-000000000001',
        'aaaaaaaa-0000-4000-8000-000000000002', '2026-03-01', 'open', '2026-03-01');
select lives_ok($$execute handover ('aaaaaaaa-0000-4000-8000-000000000003')$$, 'a handover is prepared');
select throws_ok(
    $$execute handover ('aaaaaaaa-0000-4000-8000-000000000004')$$, '23505', null, 'one of a body at a time');
select throws_ok(
    $$update governance.handovers set state = 'done', finished_at = '2026-03-02'$$, '23514', null,
    'none is over without what was signed');
select throws_ok(
    $$update governance.handovers set state = 'dropped'$$, '23514', null, 'none is given up without its reason');
select throws_ok(
    $$insert into governance.handover_items values ('aaaaaaaa-0000-4000-8000-000000000000',
        'aaaaaaaa-0000-4000-8000-000000000003', 'other:1', 1, 'other', 'Sello', '', 'missing', null)$$, '23514', null,
    'what is missing is told');
select throws_ok(
    $$update governance.handovers set changed_on = '2026-03-02'$$, '42501', null, 'its day stays');

-- Calls, the registry, renewals.
select throws_ok(
    $$insert into governance.registry_steps (
        organization_id, step_id, alliance_id, kind, authority, happened_on, note, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001', 'filed',
        'Secretaría', '2026-01-01', '', '2026-01-01')$$, '23514', null, 'a filing has its number');
prepare renewal (uuid) as
    insert into governance.renewals (organization_id, renewal_id, alliance_id, state, begun_on, begun_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'aaaaaaaa-0000-4000-8000-000000000001', 'open', '2026-01-01',
        '2026-01-01');
select lives_ok($$execute renewal ('aaaaaaaa-0000-4000-8000-000000000005')$$, 'a renewal begins');
select throws_ok(
    $$execute renewal ('aaaaaaaa-0000-4000-8000-000000000006')$$, '23505', null, 'one goes on at a time');
select throws_ok(
    $$update governance.renewals set state = 'done', renewed_on = '2026-02-01', finished_at = '2026-02-01'$$, '23514',
    null, 'a renewal has its minutes');
select lives_ok(
    $$update governance.renewals
        set state = 'done', renewed_on = '2026-02-01', minutes = 'Acta 9', finished_at = '2026-02-01'$$,
    'and is over with them');
select throws_ok($$delete from governance.renewals$$, '42501', null, 'it is not removed');

-- Bylaws.
select lives_ok(
    $$insert into governance.bylaws (organization_id, bylaws_id, alliance_id, version, title, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000007',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'Estatutos', '2026-01-01')$$, 'a project has no day');
select throws_ok(
    $$update governance.bylaws set approved_in = 'Acta 3'$$, '23514', null, 'nor an act');
select throws_ok(
    $$update governance.bylaws set approved_on = '2026-02-01', in_force_from = '2026-02-01'$$, '42501', null,
    'a decision alone adopts it');
select throws_ok($$update governance.bylaws set title = 'Otros'$$, '42501', null, 'and its words stay');

-- Representatives outside.
select throws_ok(
    $$insert into governance.service_proposals (
        organization_id, proposal_id, alliance_id, body_id, kind, proposal, proposed_on, outcome, carried_out, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001',
        'aaaaaaaa-0000-4000-8000-000000000002', 'opening_hours', 'Abrir los sábados', '2026-01-01', 'pending', 'yes',
        '2026-01-01')$$, '23514', null, 'only what was accepted is carried out');

-- The neighbour sees nothing of it.
reset role;
set local role alianzas_app;
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select is((select count(*) from governance.handovers)::int, 0, 'another tenant sees no handovers');
select is((select count(*) from governance.renewals)::int, 0, 'nor renewals');
reset role;

select * from finish();
rollback;
