-- What the serving role may never do to slates: candidates, their dossiers and decisions are not rewritten or removed,
-- and a person stands once and is one thing in a process.
begin;
select plan(31);

select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, 'delete'), name || ' refuses delete')
from unnest(array[
    'slates', 'candidates', 'candidate_dossiers', 'disqualifications', 'slate_witnesses', 'capacities'
]) as tables (name)
order by name;

select ok(
    not has_any_column_privilege('alianzas_app', 'elections.' || name, 'update'),
    'no column of ' || name || ' is changed')
from unnest(array['candidate_dossiers', 'capacities']) as tables (name)
order by name;

select ok(
    not has_column_privilege('alianzas_app', 'elections.' || relation, field, 'update'),
    relation || '.' || field || ' is never changed')
from (values
    ('slates', 'contest_id'), ('slates', 'registered_at'), ('slates', 'registered_by'),
    ('candidates', 'person_id'), ('candidates', 'slate_id'), ('candidates', 'role'), ('candidates', 'position'),
    ('candidates', 'name'), ('candidates', 'capacity'), ('disqualifications', 'ground'),
    ('disqualifications', 'norm'), ('disqualifications', 'reason'), ('disqualifications', 'decided_by'),
    ('slate_witnesses', 'document_number')
) as fields (relation, field)
order by relation, field;

select ok(
    not has_table_privilege(role, 'elections.' || relation, 'select'), role || ' does not read ' || relation)
from unnest(array['alianzas_public', 'alianzas_control']) as roles (role),
    unnest(array['slates', 'candidates', 'candidate_dossiers']) as tables (relation)
order by role, relation;

select ok(
    has_table_privilege(role, 'elections.slate_board', 'select')
        and not has_table_privilege(role, 'elections.slate_board', 'insert'),
    role || ' reads the board and does not write it')
from unnest(array['alianzas_public', 'alianzas_control']) as roles (role)
order by role;

select has_index('elections', 'candidates', 'candidates_one_slate_key', 'a person is on one slate of a contest');

select * from finish();
rollback;
