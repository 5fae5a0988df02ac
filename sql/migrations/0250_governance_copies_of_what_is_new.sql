-- 0250 · governance · what a copy of an alliance holds of what is new
-- The tables and columns that other migrations before this one added, judged for the copies of 0231.
-- Locks: none on existing tables but catalogue.copied_tables. Undo: a later migration.

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values
    ('governance.decision_votes', 't.alliance_id = $2',
        '{decision_id,position,alliance_id,is_reserved,person_id,name,vote}', '{}', null),
    ('governance.minutes_publications', 't.alliance_id = $2',
        '{minutes_id,alliance_id,minutes_are_reserved,published_at,published_by}', '{}', null),
    ('governance.retention_decisions', 't.alliance_id = $2',
        '{decision_id,alliance_id,file_id,file_is_reserved,kind,keep_until,reason,decided_at,decided_by,decided_side,
        seconded_at,seconded_by,seconded_side,withdrawn_at,withdrawn_by,withdrawal_reason}', '{}', null),
    ('governance.statement_publications', 't.alliance_id = $2',
        '{publication_id,letter_id,alliance_id,kind,state,letter_is_reserved,published_at,published_by,withdrawn_at,
        withdrawn_by,withdrawal_reason}', '{}', null),
    ('governance.letter_terms', null, '{}', '{}', 'Es de la entidad, y de ninguna alianza.'),
    ('governance.note_traces', null, '{}', '{}', 'Solo evita que el registro repita cada guardado de unas notas.'),
    ('governance.told_alarms', null, '{}', '{}', 'Solo evita que un aviso se mande dos veces.'),
    ('governance.undertaking_codes', null, '{}', '{}',
        'Los códigos de un solo uso y los códigos y enlaces de entrada no se copian.'),
    ('reporting.published_statements', null, '{}', '{}', 'Se calcula de lo demás.'),
    ('tenancy.retention_terms', null, '{}', '{}', 'Es de la entidad, y de ninguna alianza.');

update catalogue.copied_tables set columns = copied_tables.columns || added.columns::text[]
from (values
    ('governance.bodies', '{alarm_days}'),
    ('governance.decisions', '{approves_version}'),
    ('governance.delivery_items', '{retention_class,kept_until,is_kept_always,retention_is_confirmed}'),
    ('governance.history_rows', '{scan_name}'),
    ('governance.meeting_calls', '{is_of_sheet}'),
    ('governance.meetings', '{calendar_changes,shared_at}'),
    ('governance.papers', '{is_reserved}'),
    ('governance.plan_activities', '{alliance_id,is_reserved}'),
    ('governance.plan_axes', '{alliance_id,is_reserved}'),
    ('governance.training_topics', '{alliance_id,is_reserved}'),
    ('governance.work_plans', '{is_reserved,dropped_on,drop_reason}'),
    ('tenancy.files', '{retention_class,reclassified_at,reclassified_by,reclassification,disposed_at}')
) as added (relation, columns)
where added.relation = copied_tables.relation;

update catalogue.copied_tables set left_out = left_out || '{proof}'
where relation = 'governance.confidentiality_undertakings';
