-- 0294 · elections · what a copy of an alliance holds of electronic boxes
-- The tables and columns of 0291 and 0292, judged for the copies of 0231. Of an election that is over goes what anybody
-- may see and verify: boxes, archives, acts. Who voted, with which credential, and what opens a way in does not.
-- Locks: none on existing tables but catalogue.copied_tables. Undo: a later migration.

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
select relation,
    'exists (select from elections.processes as e where e.organization_id = $1 and '
    || case when relation = 'elections.box_records' then
        'e.process_id = (select b.process_id from elections.boxes as b where b.organization_id = $1 '
        'and b.box_id = t.box_id)'
        when relation in ('elections.box_exclusions', 'elections.trustee_messages') then
        'e.process_id = (select b.process_id from elections.boxes as b where b.organization_id = $1 '
        'and b.box_id = t.box_id)'
        else 'e.process_id = t.process_id' end
    || ' and e.alliance_id = $2 and e.state in (''proclaimed'', ''void'', ''annulled''))',
    columns::text[], left_out::text[], reason
from (values
    ('elections.boxes',
        '{box_id,alliance_id,process_id,number,is_mock,uuid,group_name,trustees,threshold,ceremony,has_paper,
        allows_remote,allows_kiosk,leaving_ends_right,opens_at,closes_at,state,state_changed_at,state_reason,drafted_at,
        drafted_by,is_public,fingerprint,credentials,archive,records,events,head,ballots,voters,excluded}', '{}', null),
    ('elections.box_questions', '{box_id,position,is_mock,process_id,contest_id,round,is_standing}', '{}', null),
    ('elections.box_options', '{box_id,position,number,process_id,contest_id,slate_id}', '{}', null),
    ('elections.box_trustees',
        '{trustee_id,box_id,process_id,number,body,user_id,name,appointed_at,appointed_by,relieved_at,relief_reason}',
        '{person_id,capacity,grant_id}', 'Con qué función entra cada uno es de la entidad.'),
    ('elections.trustee_messages',
        '{box_id,ceremony,number,kind,trustee_id,content,posted_at,posted_by}', '{}', null),
    ('elections.box_authorities',
        '{authority_id,box_id,process_id,user_id,name,appointed_at,appointed_by,relieved_at,relief_reason}',
        '{person_id,capacity,grant_id}', 'Con qué función entra cada uno es de la entidad.'),
    ('elections.box_records', '{box_id,archive,position,name,content,is_public}', '{}', null),
    ('elections.box_exclusions', '{box_id,credential,act_id,trackers,reason}', '{}', null),
    ('elections.box_counts',
        '{box_id,contest_id,round,process_id,is_mock,slate_ids,votes,blank,ballots,marks_per_ballot,frozen_at}', '{}',
        null)
) as rows (relation, columns, left_out, reason);

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values
    ('elections.box_credentials', null, '{}', '{}', 'De quién es cada clave de voto no se entrega a nadie.'),
    ('elections.roll_contacts', null, '{}', '{}', 'Cómo se avisa a cada elector es del censo electoral.'),
    ('elections.participations', null, '{}', '{}',
        'Quién llegó a votar, o respondió, y qué respondió cada uno, no se entrega a nadie.'),
    ('elections.box_ballots', null, '{}', '{}', 'Los votos cifrados van en el archivo de la urna, sin la clave de nadie.'),
    ('elections.participation_conflicts', null, '{}', '{}',
        'Quién llegó a votar, o respondió, y qué respondió cada uno, no se entrega a nadie.'),
    ('elections.kiosks', null, '{}', '{}', 'Los códigos de un solo uso y los códigos y enlaces de entrada no se copian.'),
    ('elections.voting_passes', null, '{}', '{}',
        'Los códigos de un solo uso y los códigos y enlaces de entrada no se copian.'),
    ('elections.voting_codes', null, '{}', '{}',
        'Los códigos de un solo uso y los códigos y enlaces de entrada no se copian.');

update catalogue.copied_tables
set columns = columns || '{box_id,credential}'::text[], left_out = left_out || '{conflict_id}'::text[],
    reason = 'Quién llegó a votar no se entrega a nadie.'
where relation = 'elections.acts';
