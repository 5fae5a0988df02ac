-- 0063 · elections · draws announced before their number
-- A tie is drawn once. The draw is announced first: where its number will come from, and the seal of a secret that
-- nobody has seen and that goes into the seed beside the number, so that whoever names the number cannot know what it
-- leads to. One person writes the number down, another confirms it, and only then the secret is told.
-- Locks: access exclusive on elections.draws, for a moment. Undo: a later migration.

create table elections.draw_announcements (
    organization_id uuid        not null,
    announcement_id uuid        not null,
    process_id      uuid        not null,
    contest_id      uuid        not null,
    canvass_id      uuid        not null,
    round           integer     not null,
    among           text[]      not null,
    places          integer     not null,
    tie             bytea       not null,
    source          text        not null,
    secret          text        not null,
    seal            bytea       not null,
    announced_at    timestamptz not null,
    announced_by    uuid,

    constraint draw_announcements_pkey primary key (organization_id, announcement_id),
    constraint draw_announcements_canvass_fkey foreign key (organization_id, process_id, contest_id, canvass_id)
        references elections.canvasses (organization_id, process_id, contest_id, canvass_id),
    -- Those tied for the same places are drawn once in a vote, whatever is counted anew around them.
    constraint draw_announcements_tie_key unique (organization_id, contest_id, round, tie),
    constraint draw_announcements_tie_matches check (
        tie = sha256(convert_to(tenancy.canonical(variadic among || places::text), 'UTF8'))),
    constraint draw_announcements_places_count check (places between 1 and cardinality(among)),
    constraint draw_announcements_source_given check (source = btrim(source) and source <> ''),
    constraint draw_announcements_secret_is_long check (secret ~ '^[0-9a-f]{64}$'),
    constraint draw_announcements_seal_matches check (seal = sha256(convert_to(secret, 'UTF8')))
);
comment on table elections.draw_announcements is
    'Draws as they were announced: the tie, where the number will come from, and the seal of the secret that joins it in the seed.';
select tenancy.isolate('elections.draw_announcements', 'select, insert');

create table elections.draw_numbers (
    organization_id uuid        not null,
    announcement_id uuid        not null,
    attempt         integer     not null,
    number          text        not null,
    witnesses       text        not null,
    named_at        timestamptz not null,
    named_by        uuid        not null,

    constraint draw_numbers_pkey primary key (organization_id, announcement_id, attempt),
    constraint draw_numbers_announcement_fkey foreign key (organization_id, announcement_id)
        references elections.draw_announcements (organization_id, announcement_id),
    constraint draw_numbers_attempt_counts check (attempt >= 1),
    constraint draw_numbers_number_given check (number = btrim(number) and number <> ''),
    constraint draw_numbers_witnesses_given check (witnesses = btrim(witnesses) and witnesses <> '')
);
comment on table elections.draw_numbers is
    'Numbers of draws as they were written down; the last one is confirmed by somebody else, or written anew.';
select tenancy.isolate('elections.draw_numbers', 'select, insert');

alter table elections.draws
    add column announcement_id uuid,
    add column named_by uuid,
    add constraint draws_announcement_fkey foreign key (organization_id, announcement_id)
        references elections.draw_announcements (organization_id, announcement_id),
    -- Nobody draws until they like the outcome.
    add constraint draws_announcement_key unique (organization_id, announcement_id),
    -- Who confirms the number, drawn_by, is not who wrote it down.
    add constraint draws_two_people check (named_by <> drawn_by);
-- Ties that were drawn before had no announcement.
alter table elections.draws add column was_unannounced boolean not null default false;
update elections.draws set was_unannounced = true where purpose = 'tie';
alter table elections.draws add constraint draws_ties_are_announced check (
    purpose <> 'tie' or was_unannounced
    or announcement_id is not null and named_by is not null and drawn_by is not null);
comment on column elections.draws.was_unannounced is
    'Whether it was drawn before draws were announced: one person named its number.';

-- A later version of a canvass keeps the draw of a tie that is still the same.
alter table elections.canvasses drop constraint canvasses_draw_is_named;
alter table elections.canvasses add constraint canvasses_draw_is_named check (cause <> 'draw' or draw_id is not null);
