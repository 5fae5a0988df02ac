-- 0310 · elections · ballot papers that came back
-- Who was handed papers beside an electronic box and gives them back unused, before the urn of the table closed, may still
-- vote in the box: the mark is taken away, with a reason in the chain of the process. Afterwards nobody can tell whether the
-- paper went into the urn.
-- Locks: none on existing tables. Undo: a later migration.

create function elections.undo_paper_vote(organization uuid, voting_box uuid, elector uuid, voting_table uuid)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
begin
    perform elections.require_box_state(box, 'sealed', 'open');
    if exists (
        select from elections.polls
        join elections.box_questions as questions on questions.organization_id = organization
            and questions.box_id = voting_box and questions.contest_id = polls.contest_id
            and questions.round = polls.round
        where polls.organization_id = organization and polls.table_id = voting_table and polls.closed_at is not null)
    then
        raise exception 'the urn of the table is closed'
            using errcode = '23514', constraint = 'participations_paper_comes_back_in_time';
    end if;
    delete from elections.participations as marks
    where marks.organization_id = organization and marks.box_id = voting_box and marks.person_id = elector
        and marks.table_id = voting_table and marks.way = 'paper';
    if not found then
        raise exception 'they were handed no papers here'
            using errcode = '23503', constraint = 'participations_paper_was_marked';
    end if;
end
$$;
comment on function elections.undo_paper_vote is
    'Takes the mark away that an elector votes on paper, while the urn of their table is open and the papers came back.';
grant execute on function elections.undo_paper_vote to alianzas_app;
