-- What hangs on a meeting or on a commitment has the reserve of it, by a mark of its own; what has none is named here, with
-- why. Whoever adds a table that says of which meeting it is reserves it, or adds it here and reads it through the meeting
-- alone.
begin;
select plan(5);

create temporary table unmarked (name text, reason text) on commit drop;
insert into unmarked values
    -- Who came and what was found of it is read beside its meeting alone, which has the wall: without its row there is
    -- nothing to join.
    ('attendances', 'Read beside its meeting; says who, and nothing of what was said.'),
    ('attendance_excuses', 'Read beside its meeting.'),
    ('attendance_scans', 'Read beside its meeting; the file has its own mark.'),
    ('attendance_sheets', 'Read beside its meeting.'),
    ('quorum_checks', 'Read beside its meeting; figures alone.'),
    ('call_sheet_rows', 'Read beside its meeting; who was telephoned.'),
    ('meeting_calls', 'Read beside its meeting; the file has its own mark.'),
    ('meeting_changes', 'Read beside its meeting; the file has its own mark.'),
    ('meeting_supports', 'What the board asks of the entity: the entity has to read it.'),
    ('outreach_visits', 'Read beside its meeting; what was hung up in public.'),
    ('commitment_steps', 'Read beside its commitment, which has the wall; the file has its own mark.'),
    ('note_traces', 'Marks that a log entry was written; nothing of what was noted.'),
    -- What belongs to meetings that are nobody's own.
    ('source_warnings', 'Readings of the source documents, which are the entity''s.'),
    ('training_evaluations', 'Trainings are held with the entity.'),
    ('training_evaluators', 'Trainings are held with the entity.'),
    ('trainings', 'Trainings are held with the entity.'),
    -- What names a meeting and is not of it: it is read of its own accord, and shows no more than the link.
    ('improvements', 'The entity answers for them; the meeting in which they were found is a link.'),
    ('needs', 'Of the alliance with its entity; the meeting that they were put to is a link.'),
    ('service_reports', 'Told to those whom the representatives serve; the meeting is a link.');

create temporary view hanging as
    select distinct relname::text as name,
        exists (
            select from pg_attribute
            where attrelid = pg_class.oid and attname = 'is_reserved' and not attisdropped) as is_marked,
        exists (select from pg_policy where polrelid = pg_class.oid and polname = 'own_space') as is_walled
    from pg_class
    join pg_attribute on attrelid = pg_class.oid
        and attname in ('meeting_id', 'commitment_id') and not attisdropped
    where relnamespace = 'governance'::regnamespace and relkind in ('r', 'p') and not relispartition;

select is_empty(
    $$select name from hanging
        where not is_marked and name not in (select name from unmarked)$$,
    'what says of which meeting it is has the mark of it, or stands here with why not');
select is_empty(
    $$select name from hanging where is_marked and not is_walled$$,
    'what has the mark has the wall');
select is_empty(
    $$select name from unmarked where name not in (select name from hanging where not is_marked)$$,
    'nothing stands here that has the mark, or is gone');

-- A commitment is as reserved as its meeting.
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into governance.meetings (
    organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, is_public,
    is_own_accountability, is_reserved, recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
    'aaaaaaaa-0000-4000-8000-000000000001', 1, 'board', 'Reunión', 'held', '2026-03-13', 'in_person', '{}', false,
    false, true, '2026-01-01');
prepare commit_to (boolean) as
    insert into governance.commitments (
        organization_id, commitment_id, alliance_id, is_reserved, meeting_id, activity, owner_kind, owner, made_on,
        state, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001', $1,
        'aaaaaaaa-0000-4000-8000-000000000003', 'Pedir el inventario', 'office', 'Oficina', '2026-03-13', 'open',
        '2026-03-13');
set constraints all immediate;
select lives_ok('execute commit_to(true)', 'a commitment of a reserved meeting is reserved');
select throws_ok('execute commit_to(false)', '23503', null, 'and none of it is open');

select * from finish();
rollback;
