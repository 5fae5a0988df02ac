-- 0108 · elections · the round that a challenge is about
-- A challenge is about the result that was known when it was filed: upheld, it annuls a table of that round and of no
-- later one, and the runoff that the round asks for waits for its decision. One that names no contest is about a round
-- of each. Those that were filed before are about the last round that was canvassed then.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.challenged_rounds (
    organization_id uuid    not null,
    challenge_id    uuid    not null,
    contest_id      uuid    not null,
    round           integer not null,
    process_id      uuid    not null,

    constraint challenged_rounds_pkey primary key (organization_id, challenge_id, contest_id),
    constraint challenged_rounds_challenge_fkey foreign key (organization_id, process_id, challenge_id)
        references elections.challenges (organization_id, process_id, challenge_id),
    constraint challenged_rounds_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round)
);
comment on table elections.challenged_rounds is
    'The rounds whose results a challenge is about, one for each contest that it concerns.';
create index challenged_rounds_round_index on elections.challenged_rounds (organization_id, contest_id, round);

insert into elections.challenged_rounds (organization_id, challenge_id, contest_id, round, process_id)
select challenges.organization_id, challenges.challenge_id, rounds.contest_id,
    coalesce((
        select canvasses.round from elections.canvasses
        where canvasses.organization_id = challenges.organization_id
            and canvasses.contest_id = rounds.contest_id and canvasses.computed_at <= challenges.filed_at
        order by canvasses.version desc limit 1), max(rounds.round)),
    challenges.process_id
from elections.challenges
join elections.contest_rounds as rounds on rounds.organization_id = challenges.organization_id
    and rounds.process_id = challenges.process_id and rounds.announced_at <= challenges.filed_at
    and (challenges.contest_id is null or challenges.contest_id = rounds.contest_id)
group by challenges.organization_id, challenges.challenge_id, rounds.contest_id;

select tenancy.isolate('elections.challenged_rounds', 'select, insert');
