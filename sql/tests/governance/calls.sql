-- What comes before a meeting: a notice stays as it was issued, figures hold together, and what the board keeps to
-- itself is nobody else's.
begin;
select plan(15);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
    $$insert into governance.meetings (
        organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, is_reserved,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'board', 'Deliberación', 'planned', '2026-03-13', 'virtual', '{}',
        true, '2026-01-10')$$,
    'the board plans a meeting of its own');
select lives_ok(
    $$insert into governance.meeting_notices (
        organization_id, notice_id, meeting_id, alliance_id, is_reserved, version, issued_on, caller, contact, words,
        sha256, required_days, counts_business_days, required_by, given_days, issued_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', true, 1, '2026-03-01', 'Junta',
        'Oficina', 'Se convoca', sha256('Se convoca'), 8, false, 'artículo 8', 12, '2026-03-01')$$,
    'a notice is issued');
select throws_ok(
    $$update governance.meeting_notices set words = 'Otra cosa'$$, '42501', null, 'its words are not changed');
select throws_ok('delete from governance.meeting_notices', '42501', null, 'it is not removed');
select throws_ok(
    $$insert into governance.meeting_notices
    select organization_id, gen_random_uuid(), meeting_id, alliance_id, is_reserved, 2, issued_on, caller, contact,
        words, sha256, required_days, counts_business_days, required_by, 3, null, issued_at, null
    from governance.meeting_notices$$,
    '23514', null, 'a short one has its reason');
select throws_ok(
    $$insert into governance.meeting_notices
    select organization_id, gen_random_uuid(), meeting_id, alliance_id, is_reserved, 2, issued_on, caller, contact,
        words, sha256, required_days, counts_business_days, null, given_days, null, issued_at, null
    from governance.meeting_notices$$,
    '23514', null, 'a requirement is cited');
select throws_ok(
    $$insert into governance.meeting_notices
    select organization_id, gen_random_uuid(), meeting_id, alliance_id, is_reserved, 1, issued_on, caller, contact,
        words, sha256, required_days, counts_business_days, required_by, given_days, null, issued_at, null
    from governance.meeting_notices$$,
    '23505', null, 'a version is one');
select throws_ok(
    $$insert into governance.meeting_supports (
        organization_id, support_id, meeting_id, kind, detail, asked_on, answered_on, is_granted, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000002',
        'snacks', 'Refrigerio', '2026-03-01', '2026-03-02', false, '2026-03-01')$$,
    '23514', null, 'a refusal has its reason');
select throws_ok(
    $$insert into governance.meeting_supports (
        organization_id, support_id, meeting_id, kind, detail, asked_on, delivered_on, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000002',
        'snacks', 'Refrigerio', '2026-03-01', '2026-03-02', '2026-03-01')$$,
    '23514', null, 'what came was granted');
select throws_ok(
    $$insert into governance.outreach_visits (
        organization_id, visit_id, meeting_id, kind, place, visited_on, posters, leaflets, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000002',
        'press', 'Periódico', '2026-03-01', -1, 0, '2026-03-01')$$,
    '23514', null, 'no visit leaves fewer than none');
set constraints all immediate;
set constraints all deferred;

-- The office, which has no space of the board's.
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select results_eq('select count(*)::int from governance.meetings', array[0], 'the office finds no reserved meeting');
select results_eq('select count(*)::int from governance.meeting_notices', array[0], 'nor its notice');
select throws_ok(
    $$insert into governance.meetings (
        organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, is_reserved,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001', 1,
        'board', 'Otra', 'planned', '2026-03-13', 'virtual', '{}', true, '2026-01-10')$$,
    '42501', null, 'nor makes one');

-- The board shares it, with all that hangs on it.
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');
update governance.meeting_notices set is_reserved = false;
update governance.meetings set is_reserved = false;
select lives_ok('set constraints all immediate', 'meeting and notice are shared together');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select results_eq('select count(*)::int from governance.meeting_notices', array[1], 'then the office reads it');
reset role;

select * from finish();
rollback;
