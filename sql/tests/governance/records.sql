-- What an alliance adopted, recorded and imported stays as it was: bylaws, constitution, plans, minutes and source
-- documents are added to and never changed, in the catalogue and in fact.
begin;

create temporary table kept (name text, updated text[], is_removable boolean default false) on commit drop;
insert into kept values
    ('bylaws', '{approved_in,approved_on,decision_id,in_force_from}'), ('bylaw_articles', '{}'), ('bylaw_parameters', '{}'),
    ('constitutions', '{withdrawal_reason,withdrawn_at,withdrawn_by}'), ('constitution_signers', '{}'), ('registrations', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    -- A plan gains the day on which the members approved it; until then it is a draft, written anew as a whole.
    ('work_plans',
        '{approved_by_decision_id,approved_in,approved_on,drop_reason,dropped_on,guideline,objective,principles,title}'),
    ('topic_proposals', '{answer,answered_by,answered_on,is_accepted}'),
    ('trainings',
        '{activity_id,audience,drop_reason,dropped_on,meeting_id,month,provider,stay_percent,topic}'),
    ('training_evaluations', '{}'), ('training_evaluators', '{}'),
    ('work_groups', '{activity_id,charge,end_reason,ended_on,ends_on,name,report,report_file_id}'),
    ('work_group_members', '{left_on}'),
    ('plan_follow_ups', '{}'),
    ('papers', '{is_reserved}'), ('report_withdrawals', '{}'),
    ('agenda_templates', '{}'), ('meeting_calls', '{}'),
    -- A planned meeting is moved, held or called off; what it was called and where it comes from stay.
    ('meetings',
        '{body_id,calendar_changes,closed_at,closed_by,day,end_minute,entitled,is_own_accountability,is_public,is_reserved,last_day,link,mode,opened_at,opened_by,opened_in,participants,place,series_id,session_code,shared_at,speaking_minutes,start_minute,state,title}'),
    ('joint_events', '{}'), ('meeting_evidence', '{is_reserved}'),
    ('meeting_series', '{norm,sessions_needed,title}'), ('meeting_changes', '{}'),
    ('recurring_duties', '{ended_at,ends_on}'),
    -- What is shared with the entity stops being reserved, and changes in nothing else.
    ('meeting_notices', '{is_reserved}'),
    ('meeting_supports', '{answer,answered_on,delivered_on,delivery,file_id,is_granted,withdrawn_on}'),
    ('attendances', '{left_at,left_by,same_as,undone_at,undone_by}'),
    ('attendance_sheets', '{}'), ('attendance_scans', '{}'), ('quorum_checks', '{}'),
    ('decisions', '{is_reserved,withdrawal_reason,withdrawn_at,withdrawn_by}'), ('decision_votes', '{is_reserved}'),
    ('meeting_questions', '{answer,answered_at,answered_by,is_reserved}'),
    ('speaking_turns', '{ended_at,is_reserved,item_id,minutes_allowed,started_at,withdrawn_at}'),
    ('session_steps', '{is_reserved}'),
    ('service_sessions', '{}'), ('service_reports', '{}'),
    ('service_proposals', '{carried_out,decided_on,decision,follow_up,followed_on,outcome}'),
    ('alliance_calls', '{}'), ('registry_steps', '{}'),
    -- An import of history is undone by one definer function, as a whole.
    ('history_imports', '{}'), ('history_rows', '{}'), ('past_elections', '{}'), ('past_election_results', '{}'),
    ('renewals', '{dropped_reason,file_id,finished_at,minutes,registration,renewed_on,state}'),
    ('handovers', '{dropped_reason,finished_at,state,words_sha256}'),
    ('handover_signers', '{drawing,excuse,paper_file_id,signed_at,signed_by,signed_sha256,way}'),
    ('document_formats', '{}'), ('minutes_books', '{last_number}'),
    ('minutes_drafts',
        '{activity,activity_note,approval_note,approved_by,approved_how,approved_on,approving_decision_id,attachments,audience,company,facilitator,facilitator_post,is_reserved,narrative,number,observe_until,saved_at,schedule_follow_up,sealed_at,state,version}'),
    ('minutes_versions', '{is_reserved}'),
    ('minutes_observations', '{answer,answered_at,answered_by,is_accepted,is_reserved}'),
    ('minutes_signers',
        '{drawing,is_reserved,paper_file_id,proof,removed_at,signed_at,signed_by,signed_sha256,signed_version,way}'),
    ('minutes_codes', '{attempts,used_at}'), ('minutes_seals', '{is_reserved}'), ('minutes_corrections', '{is_reserved}'),
    ('minutes_publications', '{}'), ('minutes_scans', '{confirmed_at,is_reserved}'),
    ('minutes_tellings', '{is_reserved}'),
    ('commitments', '{activity,closed_on,due_on,is_reserved,owner,owner_body_id,owner_email,owner_kind,owner_person_id,state}'), ('commitment_steps', '{}'),
    ('minutes', '{is_reserved}'), ('minutes_counts', '{}'), ('minutes_decisions', '{}'), ('minutes_commitments', '{}'),
    ('reports', '{}'),
    ('complaint_books', '{last_number}'),
    -- What was complained of stays as it was told; where it stands changes.
    ('complaints',
        '{answered_at,closed_at,due_at,due_is_confirmed,identity_erased_on,kind,outcome,risk,state,transferred_at}'),
    ('complaint_steps', '{is_reserved}'),
    ('complaint_terms', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    ('improvements', '{approved_by,approved_on,done_on,due_on,state,unit}'), ('improvement_steps', '{}'),
    -- What users were told stays; what was done for them later, and that it was a mistake, are added.
    ('orientations', '{follow_up_note,followed_on,withdrawal_reason,withdrawn_at,withdrawn_by}'),
    ('campaigns',
        '{audience,axis,channels,closed_on,closing,is_reserved,kind,planned_from,planned_to,revision,title}'),
    ('campaign_pieces', '{is_reserved}'),
    ('campaign_sendings', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    -- A letter is a draft until it has its number; letters.sql shows that it does not change after.
    ('letter_books', '{last_number}'), ('letter_terms', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    ('told_alarms', '{}'), ('note_traces', '{traced_at}'),
    ('letters',
        '{addressees,body,carrier,dated_on,is_reserved,kind,number,revision,settled_on,settlement,signers,state,subject,term,words_sha256,year}'),
    ('letter_addressees',
        '{answer,answer_file_id,answer_reference,answered_on,delivered_on,delivery_file_id,due_is_confirmed,due_norm,due_on,is_reserved,reference}'),
    ('letter_files', '{is_reserved}'),
    ('statement_publications', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    ('deliveries', '{receipt_file_id,received_by,received_on}'), ('delivery_items', '{}'),
    -- A second person is added by the function that lets the file go, and by nobody else.
    ('retention_decisions', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    ('alliance_exports', '{byte_count,chain_head,entry_count,finished_at,manifest_sha256,removed_at,sha256}'),
    ('oversights',
        '{closed_on,conclusion,ends_on,entity,is_reserved,reason,registered_on,registry_authority,registry_file_id,registry_number,starts_on,title,version}'),
    ('oversight_members', '{is_reserved,left_on}'), ('oversight_indicators', '{dropped_on,is_reserved}'),
    ('oversight_visits', '{is_reserved,withdrawal_reason,withdrawn_on}'), ('oversight_visitors', '{is_reserved}'),
    ('oversight_measures', '{is_reserved}'),
    ('oversight_findings', '{commitment_id,improvement_id,is_reserved,outcome,state}'),
    ('oversight_steps', '{is_reserved}'), ('oversight_evidence', '{is_reserved}'),
    ('confidentiality_texts', '{}'),
    ('confidentiality_undertakings', '{withdrawal_reason,withdrawn_at,withdrawn_by}'),
    ('undertaking_codes', '{attempts,used_at}'),
    ('confidential_items', '{end_reason,ended_on}'),
    ('needs', '{activity_id,answer,answered_on,meeting_id,state}'),
    -- What was asked and answered is not changed, nor joined with who answered.
    ('polls', '{closed_on}'), ('poll_questions', '{}'), ('poll_marks', '{}'), ('poll_sheets', '{}'),
    ('poll_choices', '{}'), ('poll_tallies', '{withdrawal_reason}'), ('poll_tally_counts', '{}'),
    ('source_documents', '{}'), ('source_passages', '{}'), ('source_warnings', '{}');
-- What prepares a meeting may be taken away again: no act rests on it.
insert into kept values
    ('renewal_confirmations', '{}', true),
    -- Who complained is erased when they ask for it, and never written otherwise.
    ('complainants', '{}', true),
    ('handover_items', '{detail,note,position,state,title}', true),
    ('plan_axes', '{}', true), ('plan_activities', '{}', true), ('training_topics', '{}', true),
    ('agenda_items',
        '{closed_at,is_reserved,kind,minutes_planned,noted_at,notes,opened_at,position,presenter,state,title}',
        true),
    ('outreach_visits', '{}', true), ('attendance_excuses', '{}', true),
    ('call_sheet_rows', '{attempts,called_at,called_by,note,outcome}', true);

select plan((3 * count(*) + 21)::int) from kept;

select table_privs_are('governance', name, 'alianzas_app',
    array['SELECT', 'INSERT'] || case when is_removable then array['DELETE'] else '{}' end,
    'governance.' || name || ' is changed as a whole by nobody')
from kept;
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('governance.%I', name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, 'governance.' || name || ' changes in these columns alone')
from kept;
select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
            and has_any_column_privilege(rolname, format('governance.%I', name), 'select, insert, update')
        order by rolname),
    '{}'::text[], 'governance.' || name || ' is the tenant''s alone')
from kept;
-- A table that a later migration adds has to be told about here or in mandates.sql.
select set_eq(
    $$select relname::text from pg_class
        where relnamespace = 'governance'::regnamespace and relkind in ('r', 'p')$$,
    $$select name from kept union all values ('bodies'), ('seats'), ('mandates'), ('complaint_receipts'),
        -- In confidentiality.sql.
        ('confidential_files'), ('confidential_reads'),
        -- A projection, in polls.sql.
        ('poll_cards')$$,
    'every table of governance is accounted for');

-- In fact: one tenant records, and another finds nothing of it.
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
set local role alianzas_app;
select throws_ok('select count(*) from governance.minutes', '42704', null, 'no tenant, no minutes');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select lives_ok(
    $$insert into governance.bylaws (
        organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'Estatutos', '2026-01-10', '2026-01-10', '2026-01-10')$$,
    'bylaws are recorded');
select throws_ok(
    $$update governance.bylaws set title = 'Otros'$$, '42501', null, 'a version is not changed');
select throws_ok('delete from governance.bylaws', '42501', null, 'a version is not removed');
select throws_ok(
    $$insert into governance.bylaws (
        organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'Otros', '2026-01-10', '2026-03-10', '2026-01-10')$$,
    '23505', null, 'nor replaced by another of its number');
select lives_ok(
    $$insert into governance.bylaw_articles values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1, '7', 'Quórum', 'Mitad.')$$,
    'an article is recorded');
select lives_ok(
    $$insert into governance.bylaw_parameters values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'first_quorum', '1/2', '7',
            null, true)$$,
    'a parameter is recorded');
select throws_ok(
    $$insert into governance.bylaw_parameters values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'term_months', '24', '9',
            null, true)$$,
    '23503', null, 'a parameter cites an article that there is');
select throws_ok(
    $$update governance.bylaw_parameters set value = '1/10'$$, '42501', null, 'a parameter is not changed');

select lives_ok(
    $$insert into governance.meetings (
        organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000001', 1, 'assembly', 'Asamblea', 'planned', '2026-03-13', 'virtual', '{}',
        '2026-01-10')$$,
    'a meeting is planned');
select lives_ok(
    $$update governance.meetings set state = 'held'$$, 'a planned meeting is held');
select throws_ok(
    $$update governance.meetings set kind = 'other'$$, '42501', null, 'what a meeting was called for stays');
select throws_ok('delete from governance.meetings', '42501', null, 'a meeting is not removed');
select lives_ok(
    $$insert into governance.minutes (
        organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative, follow_up,
        attachments, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005',
        'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000004', '2026-03-13', '2026-03-13',
        '2026-03-13', '{Se aprobó el plan.}', '{}', '{}', '2026-03-14')$$,
    'minutes are recorded');
select throws_ok(
    $$update governance.minutes set narrative = '{Otra cosa.}'$$, '42501', null, 'minutes are not changed');
select throws_ok('delete from governance.minutes', '42501', null, 'minutes are not removed');
select throws_ok(
    $$insert into governance.minutes (
        organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative, follow_up,
        attachments, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000006',
        'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000004', '2026-03-13', '2026-03-13',
        '2026-03-13', '{Otra cosa.}', '{}', '{}', '2026-03-14')$$,
    '23505', null, 'nor are there second ones of the same meeting');

-- The neighbour.
select throws_ok(
    $$insert into governance.minutes_counts values
        ('bbbbbbbb-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005', 1, 'Asistentes', 3)$$,
    '42501', null, 'nothing is written for another tenant');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select results_eq('select count(*)::int from governance.minutes', array[0], 'another tenant reads none of the minutes');
select results_eq('select count(*)::int from governance.bylaws', array[0], 'nor of the bylaws');
reset role;

select * from finish();
rollback;
