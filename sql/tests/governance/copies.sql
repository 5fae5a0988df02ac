-- What a copy of an alliance holds: nothing that nobody judged, table by table and column by column; of elections what is
-- over, of polls what was closed; of no other alliance anything. It is read page by page, and each row stands in one.
begin;
select plan(17);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'b', 'B', 'territory', null,
        'active', '2026-01-01');

create temporary view tenant_columns as
    select nspname || '.' || relname as relation, attname::text as name
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where nspname in ('tenancy', 'membership', 'governance', 'elections', 'reporting')
        and relkind in ('r', 'p') and not relispartition;

-- What fails here is judged by a migration that adds or changes its row in catalogue.copied_tables: what the board of an
-- alliance may take away of it, and why not the rest.
select set_eq(
    $$select relation from tenant_columns where name = 'organization_id'$$,
    'select relation from catalogue.copied_tables', 'somebody judged each table of tenants, and no other');
select is_empty(
    $$select relation || '.' || name from tenant_columns
        join catalogue.copied_tables using (relation)
        where condition is not null and name <> 'organization_id' and name <> all (columns || left_out)$$,
    'and each of their columns');
select is_empty(
    $$select relation || '.' || name
        from catalogue.copied_tables, unnest(columns || left_out) as name
        where (relation, name) not in (select relation, name from tenant_columns)$$,
    'no column is judged that is not there');
select is_empty(
    $$select relation from catalogue.copied_tables where columns && left_out$$, 'none goes and stays out');
-- Twice on purpose: who moves a table into the copy says so here, too.
select set_eq(
    $$select relation from catalogue.copied_tables where condition is null$$,
    $$values
        ('elections.box_ballots'), ('elections.box_credentials'),
        ('elections.candidate_dossiers'), ('elections.capacities'), ('elections.claim_answers'),
        ('elections.claims'), ('elections.disqualifications'), ('elections.kiosks'),
        ('elections.participation_conflicts'), ('elections.participations'), ('elections.presences'),
        ('elections.provisional_entries'), ('elections.roll_answers'), ('elections.roll_board'),
        ('elections.roll_contacts'), ('elections.voting_codes'), ('elections.voting_passes'),
        ('governance.alliance_exports'), ('governance.complainants'), ('governance.complaint_receipts'),
        ('governance.complaint_terms'), ('governance.confidential_files'), ('governance.confidential_items'),
        ('governance.confidential_reads'), ('governance.confidentiality_texts'),
        ('governance.document_formats'), ('governance.joint_events'), ('governance.letter_terms'),
        ('governance.minutes_codes'), ('governance.note_traces'), ('governance.told_alarms'),
        ('governance.undertaking_codes'),
        ('governance.poll_choices'), ('governance.poll_marks'), ('governance.poll_sheets'),
        ('governance.poll_tally_counts'), ('governance.training_evaluators'), ('membership.affiliate_uploads'),
        ('membership.affiliate_versions'), ('membership.affiliate_words'), ('membership.affiliates'),
        ('membership.consent_texts'), ('membership.consents'), ('membership.import_batches'), ('membership.insurer_counts'),
        ('membership.join_requests'), ('membership.requirements'), ('membership.staff_list_entries'), ('membership.staff_lists'),
        ('membership.staged_affiliates'), ('reporting.alliance_figures'), ('reporting.alliance_profiles'), ('reporting.entity_presence'),
        ('reporting.obligation_states'), ('reporting.published_statements'), ('tenancy.audit_anchors'), ('tenancy.audit_details'),
        ('tenancy.audit_events'), ('tenancy.audit_heads'), ('tenancy.audit_verifications'), ('tenancy.chores'),
        ('tenancy.jobs'), ('tenancy.outbox'), ('tenancy.requests'),
        ('tenancy.retention_terms'), ('tenancy.settings'),
        ('tenancy.territories'), ('tenancy.users')$$,
    'these tables stay out');
select is_empty(
    $$select relation || '.' || name from catalogue.copied_tables, unnest(columns) as name
        where name ~ '(secret|salt|password|token|drawing|capture_key|leaf$|digest|phone|email|contact|session_code|link$)'
            and relation || '.' || name not in (
                -- The digest of what a document says, which anybody verifies.
                'tenancy.documents.words_digest',
                -- How an alliance is reached, and whoever called a meeting, which is published.
                'tenancy.alliances.contact_email', 'tenancy.alliances.contact_phone',
                'tenancy.alliances.contact_place', 'governance.meeting_notices.contact')$$,
    'no column that is called like a secret, or like a way to reach somebody, goes unjudged');
select is_empty(
    $$select relation from catalogue.copied_tables
        where relation like 'elections.%' and condition is not null and relation <> 'elections.record_books'
            and condition not like '%(''proclaimed'', ''void'', ''annulled'')%' and condition not like '%t.is_public'$$,
    'of an election nothing goes before it is over, but what anybody may see');

insert into elections.processes (
    organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011',
        'aaaaaaaa-0000-4000-8000-000000000001', 'En curso', 'voting', '2026-01-01', '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000012',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Terminada', 'proclaimed', '2026-01-01', '2026-01-01');
insert into governance.polls (
    organization_id, poll_id, alliance_id, title, purpose, opens_on, closes_on, is_public, takes_comments, code,
    closed_on, recorded_at)
values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000021',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Abierta', 'Saber', '2026-01-01', '2026-01-09', true, true,
        'AAAAA-AAAAA', null, '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000022',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Cerrada', 'Saber', '2026-01-01', '2026-01-09', true, true,
        'BBBBB-BBBBB', '2026-01-10', '2026-01-01');
insert into governance.complaints (
    organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, account, channel,
    is_anonymous, state, filed_at, due_is_confirmed)
select 'aaaaaaaa-0000-4000-8000-000000000000', format('aaaaaaaa-0000-4000-8000-0000000001%s', lpad(n::text, 2, '0'))::uuid,
    case when n = 6 then 'aaaaaaaa-0000-4000-8000-000000000002'::uuid
        else 'aaaaaaaa-0000-4000-8000-000000000001'::uuid end, 2026, n, 'complaint', 'none', 'other', 'EPS',
    'Lo ' || n, 'page', true, 'filed', '2026-03-01', false
from generate_series(1, 6) as numbers (n);

create function pg_temp.copied(target text, after_key text default null, row_limit integer default 100)
returns setof jsonb language sql as $$
    select line::jsonb || jsonb_build_object('row_key', row_key)
    from governance.copied_rows(
        target, 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', '2026-03-13',
        after_key, row_limit)
$$;

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '*');
select lives_ok(
    $$select count(copied) from catalogue.copied_tables
        cross join lateral governance.copied_rows(
            relation, 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', '2026-03-13', null,
            10) as copied
        where condition is not null$$,
    'each table that goes can be read as it is judged, by the role that serves');
select results_eq(
    $$select copied ->> 'name' from pg_temp.copied('elections.processes') as copied$$, array['Terminada'],
    'an election under way is in no copy');
select results_eq(
    $$select copied ->> 'title' from pg_temp.copied('governance.polls') as copied$$, array['Cerrada'],
    'nor a poll that still counts');
select throws_ok(
    $$select pg_temp.copied('governance.poll_sheets')$$, '42P01', null, 'nor what each person answered');
select throws_ok(
    $$select pg_temp.copied('elections.claims')$$, '42P01', null, 'nor who claimed against a roll');
select throws_ok(
    $$select pg_temp.copied('governance.complainants')$$, '42P01', null, 'nor who complained');
select results_eq(
    $$with recursive pages as (
        select 1 as page, array_agg(copied ->> 'account') as accounts, max(copied ->> 'row_key') as last
        from pg_temp.copied('governance.complaints', null, 2) as copied
        union all
        select page + 1, found.accounts, found.last
        from pages
        cross join lateral (
            select array_agg(copied ->> 'account') as accounts, max(copied ->> 'row_key') as last
            from pg_temp.copied('governance.complaints', pages.last, 2) as copied
        ) as found
        where found.accounts is not null
    )
    select accounts from pages order by page$$,
    $$values ('{"Lo 1","Lo 2"}'::text[]), ('{"Lo 3","Lo 4"}'), ('{"Lo 5"}')$$,
    'page by page each row comes once, and none of another alliance');

select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select is(
    (select count(*)::int from pg_temp.copied('governance.complaints')), 0, 'a neighbour finds nothing by asking for a copy');
select throws_ok(
    $$insert into catalogue.copied_tables values ('governance.x', '{a}', '{}', 'true', null)$$, '42501', null,
    'the server does not widen what goes');
reset role;
select throws_ok(
    $$insert into catalogue.copied_tables values ('governance.x', '{}', '{}', null, null)$$, '23514', null,
    'what stays out has its reason');

select * from finish();
rollback;
