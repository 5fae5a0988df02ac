-- 0331 · elections · challenges to electronic boxes
-- A challenge names a box as it may name a table; upheld, it has two people annul the box: what was asked by it is counted
-- without it, and both results stay. While it waits the box is not counted, so that ballots may still be left out.
-- Locks: access exclusive on elections.challenges and elections.acts, for a moment. Undo: a later migration.

alter table elections.challenges drop constraint challenges_effect_known, drop constraint challenges_effect_has_its_object;
alter table elections.challenges
    add column box_id uuid,
    add constraint challenges_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    add constraint challenges_table_or_box check (table_id is null or box_id is null),
    add constraint challenges_effect_known check (effect in (
        'none', 'annul_table', 'annul_box', 'annul_contest', 'annul_process')),
    add constraint challenges_effect_has_its_object check (
        (effect <> 'annul_table' or table_id is not null)
        and (effect <> 'annul_box' or box_id is not null)
        and (effect <> 'annul_contest' or contest_id is not null));
create index challenges_box_index on elections.challenges (organization_id, box_id) where box_id is not null;

alter table elections.acts drop constraint acts_proclaim_the_whole;
alter table elections.acts
    add constraint acts_proclaim_the_whole check (
        (kind = 'annul' or contest_id is null) and (kind in ('annul', 'annul_box') or challenge_id is null));

update catalogue.copied_tables set columns = columns || '{box_id}'::text[] where relation = 'elections.challenges';
