-- Minutes that were circulated, signed or sealed are never changed or removed, a book gives each number once, and what
-- is the board's own is for its board.
begin;
create temporary table kept (name text, updated text[]) on commit drop;
insert into kept values
    ('document_formats', '{}'), ('minutes_books', '{last_number}'),
    ('minutes_versions', '{is_reserved}'), ('minutes_seals', '{is_reserved}'),
    ('minutes_corrections', '{is_reserved}'), ('minutes_publications', '{}'),
    ('minutes_scans', '{confirmed_at,is_reserved}'), ('minutes_tellings', '{is_reserved}'),
    ('minutes_observations', '{answer,answered_at,answered_by,is_accepted,is_reserved}'),
    ('minutes_codes', '{attempts,used_at}');

select plan((2 * count(*) + 18)::int) from kept;

select table_privs_are('governance', name, 'alianzas_app', array['SELECT', 'INSERT'],
    'governance.' || name || ' is changed as a whole and removed by nobody')
from kept;
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('governance.%I', name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, 'governance.' || name || ' changes in these columns alone')
from kept;
select table_privs_are('governance', 'minutes_drafts', 'alianzas_app', array['SELECT', 'INSERT'],
    'drafts are removed by nobody');
select table_privs_are('governance', 'minutes_signers', 'alianzas_app', array['SELECT', 'INSERT'],
    'signers are removed by nobody');

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into governance.minutes_books values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', null, 0);
select throws_ok(
    $$insert into governance.minutes_books values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
            'aaaaaaaa-0000-4000-8000-000000000001', null, 0)$$,
    '23505', null, 'an alliance has one book of its own');
insert into governance.meetings (
    organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, is_public,
    is_own_accountability, is_reserved, recorded_at)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || n)::uuid,
    'aaaaaaaa-0000-4000-8000-000000000001', n, 'board', 'Reunión', 'held', '2026-02-01', 'in_person', '{}', false,
    false, n = 2, '2026-02-01'
from generate_series(1, 2) as n;
insert into governance.minutes_drafts (
    organization_id, minutes_id, meeting_id, alliance_id, is_reserved, book_id, state, activity, narrative,
    schedule_follow_up, attachments, version, started_at, saved_at)
select organization_id, meeting_id, meeting_id, alliance_id, is_reserved, 'aaaaaaaa-0000-4000-8000-000000000002',
    'draft', 'unmarked', '', '', '{}', 0, '2026-02-01', '2026-02-01'
from governance.meetings where organization_id = 'aaaaaaaa-0000-4000-8000-000000000000';
select throws_ok(
    $$update governance.minutes_drafts set state = 'approved', version = 1$$, '23514', null,
    'nothing is approved without its number');
select lives_ok(
    $$update governance.minutes_drafts
        set state = 'approved', version = 1, number = 1, approved_on = '2026-02-02', approved_how = 'commission'
        where not is_reserved$$, 'a commission approves');
select throws_ok(
    $$update governance.minutes_drafts
        set state = 'approved', version = 1, number = 1, approved_on = '2026-02-02', approved_how = 'commission'
        where is_reserved$$, '23505', null, 'a number is given once in its book');
select throws_ok(
    $$insert into governance.minutes_versions
        select organization_id, minutes_id, 1, alliance_id, is_reserved, 'uno', sha256('dos'), '2026-02-01', null
        from governance.minutes_drafts where not is_reserved$$,
    '23514', null, 'a version bears the digest of its own words');
insert into governance.minutes_versions
    select organization_id, minutes_id, 1, alliance_id, is_reserved, 'uno', sha256('uno'), '2026-02-01', null
    from governance.minutes_drafts;
select throws_ok(
    $$insert into governance.minutes_signers (
        organization_id, signer_id, minutes_id, alliance_id, is_reserved, position, office, name, way, signed_version,
        signed_sha256, signed_at)
    select organization_id, gen_random_uuid(), minutes_id, alliance_id, is_reserved, 1, 'Presidencia', 'A', 'drawn', 1,
        sha256('uno'), '2026-02-03'
    from governance.minutes_drafts where not is_reserved$$,
    '23514', null, 'a drawn signature has its drawing');

-- What is sealed is published where it is shared alone, and a meeting is shared once it is not reserved any more.
alter table governance.minutes_publications drop constraint minutes_publications_seal_fkey;
select throws_ok(
    $$insert into governance.minutes_publications (
        organization_id, minutes_id, position, alliance_id, minutes_are_reserved, act, decided_at)
    select organization_id, minutes_id, 1, alliance_id, is_reserved, 'published', '2026-02-04'
    from governance.minutes_drafts where is_reserved$$,
    '23514', null, 'what is reserved is not published');
select throws_ok(
    $$insert into governance.minutes_publications (
        organization_id, minutes_id, position, alliance_id, act, decided_at)
    select organization_id, minutes_id, 1, alliance_id, 'published', '2026-02-04'
    from governance.minutes_drafts where is_reserved$$,
    '23503', null, 'nor by saying that it is not');
prepare decide (integer, text, text) as
    insert into governance.minutes_publications (
        organization_id, minutes_id, position, alliance_id, act, reason, decided_at)
    select organization_id, minutes_id, $1, alliance_id, $2, $3, '2026-02-04'
    from governance.minutes_drafts where not is_reserved;
select throws_ok($$execute decide(1, 'withdrawn', 'Error')$$, '23514', null, 'what was not published is not taken back');
select throws_ok($$execute decide(1, 'withheld', null)$$, '23514', null, 'what is withheld has its reason');
select lives_ok($$execute decide(1, 'published', null)$$, 'what is shared is published');
select throws_ok($$execute decide(1, 'published', null)$$, '23505', null, 'two do not decide at once');
select throws_ok(
    $$update governance.meetings set shared_at = '2026-02-04' where is_reserved$$, '23514', null,
    'what is reserved was not shared');

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select is((select count(*)::int from governance.minutes_versions), 1, 'the office finds what is not reserved');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*)::int from governance.minutes_versions), 2, 'the board finds its own too');
select throws_ok(
    $$update governance.minutes_versions set words = 'otro'$$, '42501', null, 'nobody changes a version');

select * from finish();
rollback;
