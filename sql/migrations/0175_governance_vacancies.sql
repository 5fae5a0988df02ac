-- 0175 · governance · vacancies with their minutes
-- The end of a period before its time names the minutes that it is told in, with their scan: who follows in order is called
-- by the same act.
-- Locks: governance.mandates, for a moment. Undo: a later migration.

alter table governance.mandates
    add column end_paper text,
    add column end_file_id uuid,
    add constraint mandates_end_paper_is_trimmed check (end_paper = btrim(end_paper) and end_paper <> ''),
    add constraint mandates_end_paper_is_of_an_end check (end_paper is null or ended_on is not null),
    add constraint mandates_end_file_is_of_a_paper check (end_file_id is null or end_paper is not null),
    add constraint mandates_end_file_fkey foreign key (organization_id, end_file_id)
        references tenancy.files (organization_id, file_id);
comment on column governance.mandates.end_paper is
    'The minutes or the decision in which the end is told, with number and date.';
comment on column governance.mandates.end_file_id is 'The scan of those minutes.';
grant update (end_paper, end_file_id) on governance.mandates to alianzas_app;
