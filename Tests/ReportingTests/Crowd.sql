-- Some 3,000 rows of whatever is listed in one tenant, who stands for ORGANIZATION, and as many in each of nine others:
-- so many that a plan which reads what it was not asked for is told from one that does not. Three of its alliances and
-- one election of each share them. Identifiers count, so that a test can name them.

-- What rows point at is of no interest to plans.
set session_replication_role = replica;
create function pg_temp.tenant() returns uuid language sql immutable as
    $$ select 'ORGANIZATION'::uuid $$;
create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-' || kind || '-' || lpad(to_hex(n), 12, '0'))::uuid $$;

insert into tenancy.alliances (organization_id, alliance_id, slug, name, kind, state, created_at)
select pg_temp.tenant(), pg_temp.id('8a11', n), 'alianza-' || n, 'Alianza ' || n, 'territory', 'active', '2024-01-01'
from generate_series(1, 60) as n;
insert into tenancy.alliance_municipalities (organization_id, alliance_id, municipality_code)
select pg_temp.tenant(), pg_temp.id('8a11', n), '23672' from generate_series(1, 60) as n;
insert into tenancy.users (organization_id, user_id, name, email, office_title, is_active, created_at)
select pg_temp.tenant(), pg_temp.id('8b11', n), 'Persona ' || n, 'persona' || n || '@ejemplo.invalid', 'Cargo',
    true, '2024-01-01'
from generate_series(1, 2000) as n;
insert into tenancy.grants (organization_id, grant_id, user_id, role, starts_at)
select pg_temp.tenant(), pg_temp.id('8c11', n), pg_temp.id('8b11', n), 'office',
    '2024-01-01' from generate_series(1, 2000) as n;
insert into tenancy.audit_events (
    organization_id, stream_id, sequence, event_id, happened_at, actor_kind, action, subject_id, hash)
select pg_temp.tenant(), case when n % 2 = 0 then pg_temp.tenant() else pg_temp.id('8a11', 1) end, n,
    pg_temp.id('8d11', n),
    '2024-01-01'::timestamptz + n * interval '1 hour', 'terminal', 'tenancy.user.edited', n::text,
    decode(repeat('00', 32), 'hex')
from generate_series(1, 3000) as n;
insert into tenancy.jobs (
    organization_id, job_id, kind, payload, state, done_units, phase, requested_at, finished_at, attempts)
select pg_temp.tenant(), pg_temp.id('8e11', n), 'prueba', '{}', 'done', 1, '',
    '2024-01-01'::timestamptz + n * interval '1 hour',
    '2025-01-01', 1
from generate_series(1, 2000) as n;

insert into membership.affiliates (
    organization_id, person_id, document_type, document_number, first_surname, second_surname, first_name, birth_date,
    sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
select pg_temp.tenant(), pg_temp.id('8f11', n), 'CC', (1000000 + n)::text, 'Apellido' || n, 'Otro' || n % 97,
    'Nombre' || n % 31,
    '1980-01-01', 'F', (array['23672', '05001', '13001'])[1 + n % 3], 'subsidiado', 'active', 'EPS048', '2020-01-01'
from generate_series(1, 3000) as n;
insert into membership.affiliate_words (organization_id, word, person_id)
select organization_id, word, person_id
from membership.affiliates
cross join lateral unnest(
    membership.name_words(first_surname, second_surname, first_name, second_name)) as names (word)
where organization_id = pg_temp.tenant();
insert into membership.memberships (
    organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, recorded_at)
select pg_temp.tenant(), pg_temp.id('8f12', n), pg_temp.id('8a11', 1 + n % 3), pg_temp.id('8f11', n),
    pg_temp.id('8f13', n), '2024-01-01', '2024-01-01'
from generate_series(1, 3000) as n;
insert into membership.applications (
    organization_id, application_id, alliance_id, person_id, requested_on, channel, state, recorded_at)
select pg_temp.tenant(), pg_temp.id('8f14', n), pg_temp.id('8a11', 1 + n % 3), pg_temp.id('8f11', n), '2024-01-01',
    'web', 'pending', '2024-01-01'
from generate_series(1, 3000) as n;
insert into membership.recorded_facts (
    organization_id, fact_id, person_id, kind, value, alliance_id, valid_from, source, needs_review, recorded_at,
    recorded_by)
select pg_temp.tenant(), pg_temp.id('8f15', n), pg_temp.id('8f11', n), 'residence', '23672', pg_temp.id('8a11',
    1 + n % 3),
    '2024-01-01', 'Certificado', n % 10 = 0, '2024-01-01', pg_temp.id('8b11', 1)
from generate_series(1, 3000) as n;

insert into elections.processes (
    organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
select pg_temp.tenant(), pg_temp.id('8911', n), pg_temp.id('8a11', n), 'Elección', 'voting', '2026-01-01', '2026-01-01'
from generate_series(1, 3) as n;
insert into elections.provisional_rolls (
    organization_id, process_id, version, cutoff_on, eligible, ineligible, unproven, board_salt, published_at)
select pg_temp.tenant(), pg_temp.id('8911', n), 1, '2026-01-01', 1000, 0, 0, decode(repeat('00', 16), 'hex'),
    '2026-01-01'
from generate_series(1, 3) as n;
insert into elections.provisional_entries (
    organization_id, process_id, version, person_id, document_type, document_number, name, name_folded,
    municipality_code, verdict, failed, unproven)
select pg_temp.tenant(), pg_temp.id('8911', 1 + n % 3), 1, person_id, document_type, document_number,
    first_name || ' ' || first_surname, lower(first_name || ' ' || first_surname), municipality_code, 'eligible', '{}',
    '{}'
from generate_series(1, 3000) as n
join membership.affiliates on organization_id = pg_temp.tenant() and person_id = pg_temp.id('8f11', n);
insert into elections.rolls (organization_id, process_id, electors, salt, sha256, frozen_at)
select pg_temp.tenant(), pg_temp.id('8911', n), 1000, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'),
    '2026-01-01'
from generate_series(1, 3) as n;
insert into elections.roll_entries (
    organization_id, process_id, person_id, position, document_type, document_number, name, name_folded,
    municipality_code, leaf)
select organization_id, process_id, person_id, row_number() over (partition by process_id order by person_id),
    document_type, document_number, name, name_folded, municipality_code, decode(repeat('00', 32), 'hex')
from elections.provisional_entries where organization_id = pg_temp.tenant();
insert into elections.voting_tables (
    organization_id, table_id, process_id, number, place, address, municipality_code, opens_at, closes_at)
select pg_temp.tenant(), pg_temp.id('8912', n), pg_temp.id('8911', 1 + n % 3), n, 'Colegio', 'Calle 1', '23672',
    '2026-01-02',
    '2026-01-03'
from generate_series(1, 30) as n;
insert into elections.roll_assignments (organization_id, process_id, person_id, table_id)
select pg_temp.tenant(), process_id, person_id, pg_temp.id('8912', 1 + position % 30)
from elections.roll_entries where organization_id = pg_temp.tenant();
insert into elections.sessions (
    organization_id, session_id, process_id, number, check_in_opens_at, check_in_closes_at, first_call_at)
select pg_temp.tenant(), pg_temp.id('8913', n), pg_temp.id('8911', n), 1, '2026-01-02', '2026-01-03', '2026-01-02'
from generate_series(1, 3) as n;
insert into elections.presences (
    organization_id, presence_id, process_id, session_id, person_id, table_id, id_was_shown, arrived_at)
select pg_temp.tenant(), pg_temp.id('8914', n), pg_temp.id('8911', 1 + n % 3), pg_temp.id('8913', 1 + n % 3),
    pg_temp.id('8f11', n),
    pg_temp.id('8912', 1 + n % 30), true, '2026-01-02'::timestamptz + n * interval '1 second'
from generate_series(1, 3000) as n;
insert into elections.claims (
    organization_id, claim_id, process_id, number, kind, person_id, document_type, document_number, person_name,
    claimant, is_ex_officio, ground, filed_at, filed_by, state, was_decided_alone)
select pg_temp.tenant(), pg_temp.id('8915', n), pg_temp.id('8911', 1 + n % 3), 1 + n / 3, 'exclude',
    pg_temp.id('8f11', n), 'CC',
    (1000000 + n)::text, 'Persona', 'Persona', false, 'Motivo', '2026-01-01', pg_temp.id('8b11', 1), 'open', false
from generate_series(1, 3000) as n;

insert into governance.meetings (
    organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants,
    recorded_at, is_public, is_own_accountability)
select pg_temp.tenant(), pg_temp.id('8811', n), pg_temp.id('8a11', 1 + n % 3), n, 'board', 'Reunión', 'held',
    '2015-01-01'::date + n, 'in_person', '{}', '2024-01-01', false, false
from generate_series(1, 3000) as n;
insert into governance.minutes (
    organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative, follow_up,
    attachments, recorded_at)
select pg_temp.tenant(), pg_temp.id('8812', n), alliance_id, meeting_id, day, day, day, '{}', '{}', '{}', '2024-01-01'
from generate_series(1, 3000) as n
join governance.meetings on organization_id = pg_temp.tenant() and meeting_id = pg_temp.id('8811', n);
insert into governance.bodies (
    organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed, formation,
    continues_until_replaced, created_at)
select pg_temp.tenant(), pg_temp.id('8813', n), pg_temp.id('8a11', 1 + n % 60), 'Comité ' || n,
    'organizing_committee', false, 24,
    false, 'proclamation', true, '2015-01-01'
from generate_series(1, 120) as n;
insert into governance.seats (organization_id, seat_id, body_id, position, title, is_elected)
select pg_temp.tenant(), pg_temp.id('8814', n), pg_temp.id('8813', 1 + n % 120), 1 + n / 120, 'Integrante', true
from generate_series(1, 1000) as n;
insert into governance.mandates (
    organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on, ends_on, limit_months,
    state, origin, process_id, opened_at)
select pg_temp.tenant(), pg_temp.id('8815', n), seats.body_id, seats.seat_id, 0, pg_temp.id('8f11', n), 'Persona',
    ('2019-01-01'::date + make_interval(years => 2 * ((n - 1) / 1000)::integer))::date,
    ('2020-12-31'::date + make_interval(years => 2 * ((n - 1) / 1000)::integer))::date, 24, 'in_force', 'election',
    pg_temp.id('8911', 1), '2019-01-01'
from generate_series(1, 3000) as n
join governance.seats on organization_id = pg_temp.tenant() and seat_id = pg_temp.id('8814', 1 + n % 1000);

insert into reporting.alliance_profiles
select pg_temp.tenant(), alliance_id, '23672', true, 'eps', 'EPS', 'insurer', slug, name, 'active', 5, '{}',
    '2026-01-01'
from tenancy.alliances where organization_id = pg_temp.tenant();
insert into reporting.obligation_states
select pg_temp.tenant(), alliance_id, code, '23672', false, 'EPS', name, 'Norma', false, false, 'partial', '2026-01-01',
    '2026-06-01', 'Falta.', null, null, '[]', '2026-01-01'
from tenancy.alliances, catalogue.obligations where organization_id = pg_temp.tenant();
insert into reporting.obligation_changes (
    organization_id, change_id, alliance_id, code, state, finding, changed_at)
select pg_temp.tenant(), pg_temp.id('8816', row_number() over ()), alliance_id, code, 'partial', 'Falta.', '2026-01-01'
from reporting.obligation_states where organization_id = pg_temp.tenant();

-- The same rows again in nine tenants.
do $$
declare
    entry record;
    columns text;
begin
    for entry in
        select pg_class.oid, nspname || '.' || relname as name from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id' and not attisdropped
        where nspname in ('tenancy', 'membership', 'governance', 'elections', 'reporting')
            and relkind in ('r', 'p') and not relispartition
    loop
        select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
        where attrelid = entry.oid and attnum > 0 and not attisdropped and attgenerated = ''
            and attname <> 'organization_id';
        execute format(
            'insert into %1$s (organization_id, %2$s) select pg_temp.id(''8001'', n), %2$s'
            || ' from %1$s cross join generate_series(1, 9) as n where organization_id = %3$L',
            entry.name, columns, pg_temp.tenant());
    end loop;
end
$$;
analyze;
