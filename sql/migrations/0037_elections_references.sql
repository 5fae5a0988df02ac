-- 0037 · elections · references to other modules
-- The foreign keys of elections to the tables of membership and governance, all in one place.
-- Locks: share row exclusive on the tables named. Undo: a later migration.

alter table elections.processes add constraint processes_bylaws_fkey
    foreign key (organization_id, bylaws_id) references governance.bylaws (organization_id, bylaws_id);
alter table elections.contests add constraint contests_body_fkey
    foreign key (organization_id, body_id) references governance.bodies (organization_id, body_id);
alter table elections.contest_seats add constraint contest_seats_seat_fkey
    foreign key (organization_id, seat_id) references governance.seats (organization_id, seat_id);
alter table elections.candidate_bars add constraint candidate_bars_body_fkey
    foreign key (organization_id, body_id) references governance.bodies (organization_id, body_id);

alter table elections.capacities add constraint capacities_person_fkey
    foreign key (organization_id, person_id) references membership.affiliates (organization_id, person_id);
alter table elections.claims add constraint claims_person_fkey
    foreign key (organization_id, person_id) references membership.affiliates (organization_id, person_id);
