-- 0390 · elections · the order of the ballot is drawn
-- Slates stood on the ballot as they had come. Their order is drawn like a tie: announced with the seal of a secret and the list
-- of those who stand, a number read aloud, somebody else who confirms it. One view says the number that each slate has, drawn or
-- not; those that were admitted after the draw come last.
-- Locks: access exclusive on elections.draws, elections.draw_announcements and elections.slate_board, for a scan.
-- Undo: a later migration.

alter table elections.draw_announcements
    add column purpose text not null default 'tie',
    alter column canvass_id drop not null;
alter table elections.draw_announcements
    alter column purpose drop default,
    add constraint draw_announcements_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    add constraint draw_announcements_purpose_known check (purpose in ('ballot_order', 'tie')),
    -- A tie was told by a canvass; an order comes before there is any.
    add constraint draw_announcements_tie_was_told check ((purpose = 'tie') = (canvass_id is not null)),
    add constraint draw_announcements_order_is_of_all check (
        purpose = 'tie' or round = 1 and cardinality(among) >= 2 and places = cardinality(among)),
    add constraint draw_announcements_purpose_key unique (organization_id, announcement_id, contest_id, purpose);
comment on table elections.draw_announcements is
    'Draws as they were announced: those drawn, where the number will come from, and the seal of the secret that joins it in the seed.';

alter table elections.draws
    drop constraint draws_announcement_fkey,
    drop constraint draws_ties_are_announced;
alter table elections.draws
    -- What was announced for one purpose is drawn for no other.
    add constraint draws_announcement_fkey foreign key (organization_id, announcement_id, contest_id, purpose)
        references elections.draw_announcements (organization_id, announcement_id, contest_id, purpose),
    add constraint draws_are_announced check (
        was_unannounced or announcement_id is not null and named_by is not null and drawn_by is not null),
    add constraint draws_order_is_whole check (
        purpose = 'tie' or round = 1 and method = 'seed' and places = cardinality(among)
        and cardinality(outcome) = cardinality(among));

update catalogue.copied_tables set columns = columns || '{purpose}'::text[]
where relation = 'elections.draw_announcements';

create or replace view elections.standing_slates with (security_invoker = true) as
select slates.organization_id, slates.slate_id, slates.process_id, slates.contest_id, slates.name,
    slates.registered_at, slates.decided_at,
    row_number() over (
        partition by slates.organization_id, slates.process_id, slates.contest_id
        order by array_position(draws.outcome, normalize(slates.name, nfc)), slates.registered_at, slates.slate_id
    ) as number
from elections.slates
left join elections.draws on draws.organization_id = slates.organization_id
    and draws.contest_id = slates.contest_id and draws.purpose = 'ballot_order' and draws.round = 1
where slates.state = 'admitted' and exists (
    select from elections.candidates
    where candidates.organization_id = slates.organization_id and candidates.slate_id = slates.slate_id
        and candidates.role = 'principal' and candidates.state = 'standing');
comment on view elections.standing_slates is
    'Slates (planchas) that were admitted and have a principal who stands: those of the ballot. number: as the draw of the order has them, then as they came.';

-- Anybody repeats the draw from what is public beside the slates.
alter table elections.slate_board
    add column draw_seed  text[],
    add column draw_seal  bytea,
    add column draw_order text[],
    add column drawn_at   timestamptz,
    add constraint slate_board_draw_is_whole check (
        num_nulls(draw_seed, draw_seal, draw_order, drawn_at) in (0, 4));
update catalogue.copied_tables set columns = columns || '{draw_seed,draw_seal,draw_order,drawn_at}'::text[]
where relation = 'elections.slate_board';
