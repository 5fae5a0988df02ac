-- 0051 · governance · papers behind mandates
-- A mandate that was not made here says which paper it is known from, and an end says of which kind it is.
-- Seats of bodies outside are held by people whom the register does not know (a director, the mayor's
-- delegate): they stand by name. What identifies a body or a mandate can no longer be changed.
-- Locks: short exclusive locks on governance.bodies, seats and mandates. Undo: a later migration.

alter table governance.mandates alter column person_id drop not null;
alter table governance.mandates
    add column paper text,
    add column paper_file_id uuid,
    add column end_note text,
    add constraint mandates_paper_file_fkey foreign key (organization_id, paper_file_id)
        references tenancy.files (organization_id, file_id),
    add constraint mandates_elected_is_known check (
        person_id is not null or origin in ('appointment', 'ex_officio', 'recorded')),
    add constraint mandates_holder_name_is_trimmed check (
        holder_name = btrim(holder_name) and holder_name <> ''),
    add constraint mandates_recorded_has_paper check (origin <> 'recorded' or paper is not null),
    add constraint mandates_paper_is_trimmed check (paper = btrim(paper) and paper <> ''),
    add constraint mandates_end_reason_known check (end_reason in (
        'resignation', 'affiliation_lost', 'disqualification', 'removal', 'death', 'called_to_seat',
        'annulment', 'other')),
    add constraint mandates_other_end_is_told check (
        end_reason <> 'other' or (end_note is not null and btrim(end_note) <> '')),
    add constraint mandates_office_needs_appointment check (
        took_office_on is null or (appointed_on is not null and appointment_act is not null));
comment on column governance.mandates.paper is
    'The paper that the mandate is known from: minutes, resolution, certificate, with number and date.';
comment on column governance.mandates.person_id is
    'The affiliate; null where a seat outside the alliance is held by somebody whom the register does not know.';

revoke update on governance.mandates from alianzas_app;
grant update (state, ended_on, end_reason, end_note, appointment_act, appointed_on, took_office_on)
    on governance.mandates to alianzas_app;

revoke update on governance.bodies from alianzas_app;
grant update (
    name, term_months, term_norm, term_is_confirmed, consecutive_terms, consecutive_terms_norm, formation,
    continues_until_replaced, dissolved_on
) on governance.bodies to alianzas_app;

revoke update on governance.seats from alianzas_app;
grant update (title, sector, is_elected, abolished_on) on governance.seats to alianzas_app;

-- The chronology of a seat, and what ends soon in a whole tenant, are read by these.
create index mandates_seat_index on governance.mandates (organization_id, seat_id, starts_on);
create index bodies_alliance_index on governance.bodies (organization_id, alliance_id);
