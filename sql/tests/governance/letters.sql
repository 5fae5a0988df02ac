-- What is done between meetings: what was told, sent and numbered stays; what a board keeps to itself is its own, and nothing
-- of it is sent before it is shared.
begin;
select plan(33);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into catalogue.orientation_topics values ('appointments', 'Citas', 0), ('other', 'Otro', 1)
    on conflict do nothing;

set local role alianzas_app;
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');

-- Orientations.
select lives_ok(
    $$insert into governance.orientations (
        organization_id, orientation_id, alliance_id, given_on, topic, channel, people, outcome, giver, capacity,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011',
        'aaaaaaaa-0000-4000-8000-000000000001', '2026-03-01', 'appointments', 'phone', 3, 'informed', 'Vocal', 'board',
        '2026-03-01')$$,
    'an orientation is recorded');
select throws_ok(
    $$insert into governance.orientations (
        organization_id, orientation_id, alliance_id, given_on, topic, channel, people, outcome, giver, capacity,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000012',
        'aaaaaaaa-0000-4000-8000-000000000001', '2026-03-01', 'other', 'phone', 1, 'informed', 'Vocal', 'board',
        '2026-03-01')$$,
    '23514', null, 'one that is of no topic of the list says which');
select throws_ok(
    $$update governance.orientations set people = 300$$, '42501', null, 'how many were told is not made more');
select throws_ok(
    $$update governance.orientations set followed_on = '2026-03-02'$$, '23514', null,
    'nothing is followed that had nothing to be followed');
select throws_ok('delete from governance.orientations', '42501', null, 'one is withdrawn, and not removed');

-- Campaigns.
select lives_ok(
    $$insert into governance.campaigns (
        organization_id, campaign_id, alliance_id, is_reserved, kind, title, axis, audience, channels, planned_from,
        planned_to, revision, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000021',
        'aaaaaaaa-0000-4000-8000-000000000001', true, 'campaign', 'Cuidarse', 3, 'Todos', '{whatsapp}', '2026-03-01',
        '2026-03-02', 1, '2026-03-01')$$,
    'a campaign of the board''s own is planned');
select lives_ok(
    $$insert into governance.campaign_pieces (
        organization_id, campaign_id, version, alliance_id, is_reserved, words, written_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000021', 1,
        'aaaaaaaa-0000-4000-8000-000000000001', true, 'Texto', '2026-03-01')$$,
    'its piece is written');
prepare sending(boolean) as
    insert into governance.campaign_sendings (
        organization_id, sending_id, campaign_id, alliance_id, campaign_is_reserved, version, channel, sent_on,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000022',
        'aaaaaaaa-0000-4000-8000-000000000021', 'aaaaaaaa-0000-4000-8000-000000000001', $1, 1, 'whatsapp', '2026-03-01',
        '2026-03-01');
select throws_ok('execute sending(false)', '23503', null, 'nothing is sent of what is not shared');
select throws_ok('execute sending(true)', '23514', null, 'nor by saying that it is not');
select throws_ok(
    $$update governance.campaign_pieces set words = 'Otro'$$, '42501', null, 'a version is not changed');
select throws_ok(
    $$insert into governance.campaign_pieces (
        organization_id, campaign_id, version, alliance_id, is_reserved, words, written_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000021', 1,
        'aaaaaaaa-0000-4000-8000-000000000001', true, 'Otro', '2026-03-01')$$,
    '23505', null, 'nor written by two');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select is((select count(*)::int from governance.campaigns), 0, 'the office finds no campaign of the board''s own');
select is((select count(*)::int from governance.campaign_pieces), 0, 'nor its piece');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');
update governance.campaigns set is_reserved = false;
update governance.campaign_pieces set is_reserved = false;
select lives_ok('execute sending(false)', 'once it is shared it is sent');
select throws_ok(
    $$insert into governance.campaign_pieces (
        organization_id, campaign_id, version, alliance_id, is_reserved, words, written_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000021', 2,
        'aaaaaaaa-0000-4000-8000-000000000001', true, 'Otro', '2026-03-02');
    set constraints all immediate$$,
    '23503', null, 'nor has one that is shared a piece of its own');

-- Letters.
select lives_ok(
    $$insert into governance.letters (
        organization_id, letter_id, alliance_id, is_reserved, direction, kind, state, subject, body, dated_on,
        addressees, signers, asks_answer, due_is_confirmed, revision, recorded_at)
    select 'aaaaaaaa-0000-4000-8000-000000000000', id::uuid, 'aaaaaaaa-0000-4000-8000-000000000001', is_reserved, 'out',
        'petition', 'draft', 'Red', 'Se pide.', '2026-03-01', '{EPS}', '{Presidenta}', false, false, 1, '2026-03-01'
    from (values ('aaaaaaaa-0000-4000-8000-000000000031', false), ('aaaaaaaa-0000-4000-8000-000000000032', true))
        as drafts (id, is_reserved)$$,
    'drafts are written');
select throws_ok(
    $$update governance.letters set state = 'issued'$$, '23514', null, 'what is issued has a number');
select lives_ok(
    $$update governance.letters set state = 'issued', year = 2026, number = 1, words_sha256 = sha256('a')
        where letter_id = 'aaaaaaaa-0000-4000-8000-000000000031'$$,
    'a draft is issued');
select throws_ok(
    $$update governance.letters set state = 'issued', year = 2026, number = 1, words_sha256 = sha256('b')
        where letter_id = 'aaaaaaaa-0000-4000-8000-000000000032'$$,
    '23505', null, 'no two have the same number');
with changed as (
    update governance.letters set body = 'Otra cosa'
    where letter_id = 'aaaaaaaa-0000-4000-8000-000000000031' returning 1)
select is((select count(*)::int from changed), 0, 'what was issued does not change');
select is(
    (select body from governance.letters where letter_id = 'aaaaaaaa-0000-4000-8000-000000000031'), 'Se pide.',
    'and says what it said');
select throws_ok(
    $$insert into governance.letter_addressees (
        organization_id, letter_id, position, alliance_id, is_reserved, name, delivered_on, due_is_confirmed)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000031', 1,
        'aaaaaaaa-0000-4000-8000-000000000001', false, 'EPS', '2026-03-02', false)$$,
    '23514', null, 'that somebody got it is proven by a number or a paper');
select throws_ok(
    $$insert into governance.letter_addressees (
        organization_id, letter_id, position, alliance_id, is_reserved, name, due_is_confirmed)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000031', 1,
        'aaaaaaaa-0000-4000-8000-000000000001', true, 'EPS', false);
    set constraints all immediate$$,
    '23503', null, 'nothing of a letter that is shared stays the board''s own');
-- Statements.
prepare publishing(text, boolean) as
    insert into governance.statement_publications (
        organization_id, publication_id, letter_id, alliance_id, kind, state, letter_is_reserved, published_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000033',
        'aaaaaaaa-0000-4000-8000-000000000001', $1, 'issued', $2, '2026-03-03');
insert into governance.letters (
    organization_id, letter_id, alliance_id, is_reserved, direction, kind, state, subject, body, dated_on,
    addressees, signers, asks_answer, due_is_confirmed, revision, recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000033',
    'aaaaaaaa-0000-4000-8000-000000000001', true, 'out', 'statement', 'draft', 'Citas', 'Se pide.', '2026-03-01',
    '{EPS}', '{Presidenta}', false, false, 1, '2026-03-01');
select throws_ok($$execute publishing('statement', false)$$, '23503', null, 'no draft is published');
update governance.letters set state = 'issued', year = 2026, number = 2, words_sha256 = sha256('c')
where letter_id = 'aaaaaaaa-0000-4000-8000-000000000033';
select throws_ok(
    $$execute publishing('statement', false)$$, '23503', null, 'nor what the board keeps to itself');
select throws_ok($$execute publishing('statement', true)$$, '23514', null, 'nor by saying so');
update governance.letters set is_reserved = false where letter_id = 'aaaaaaaa-0000-4000-8000-000000000033';
select throws_ok($$execute publishing('petition', false)$$, '23514', null, 'a petition is not published');
select lives_ok($$execute publishing('statement', false)$$, 'a statement is, once it is shared');
select throws_ok($$execute publishing('statement', false)$$, '23505', null, 'and once');
select throws_ok('delete from governance.statement_publications', '42501', null,
    'it is taken back with a reason, and not removed');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select is((select count(*)::int from governance.letters), 2, 'the office finds no letter of the board''s own');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select is((select count(*)::int from governance.letters), 0, 'a neighbour finds no letter');
select is((select count(*)::int from governance.orientations), 0, 'nor any orientation');
reset role;

select * from finish();
rollback;
