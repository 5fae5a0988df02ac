-- 0201 · governance · what becomes of files whose term passed
-- People decide on a file that has passed its confirmed term: it is kept until another day, or let go by two people, one of
-- the office and one of the board. What is sealed, issued with a code, signed on paper or of an election is bound and never
-- let go. What is handed over in custody tells the class and the term that each thing had then.
-- Locks: governance.delivery_items, for a moment. Undo: a later migration.

create table governance.retention_decisions (
    organization_id   uuid        not null,
    decision_id       uuid        not null,
    alliance_id       uuid        not null,
    file_id           uuid        not null,
    file_is_reserved  boolean     not null,
    kind              text        not null,
    keep_until        date,
    reason            text        not null,
    decided_at        timestamptz not null,
    decided_by        uuid        not null,
    decided_side      text        not null,
    seconded_at       timestamptz,
    seconded_by       uuid,
    seconded_side     text,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,

    constraint retention_decisions_pkey primary key (organization_id, decision_id),
    constraint retention_decisions_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    -- On what the board keeps to itself, nobody can decide with the office: not before it is shared.
    constraint retention_decisions_file_fkey foreign key (organization_id, file_id, alliance_id, file_is_reserved)
        references tenancy.files (organization_id, file_id, alliance_id, is_reserved),
    constraint retention_decisions_file_is_shared check (not file_is_reserved),
    constraint retention_decisions_kind_known check (kind in ('keep', 'dispose')),
    constraint retention_decisions_kept_has_day check ((kind = 'keep') = (keep_until is not null)),
    constraint retention_decisions_reason_given check (reason = btrim(reason) and reason <> ''),
    constraint retention_decisions_side_known check (decided_side in ('office', 'board')),
    constraint retention_decisions_second_is_whole check (
        (seconded_at is null) = (seconded_by is null) and (seconded_at is null) = (seconded_side is null)),
    constraint retention_decisions_second_is_another check (
        kind = 'dispose' and withdrawn_at is null and seconded_by <> decided_by
        and seconded_side <> decided_side and seconded_side in ('office', 'board') or seconded_at is null),
    constraint retention_decisions_withdrawn_has_reason check (
        (withdrawn_at is null) = (withdrawal_reason is null) and (withdrawn_at is null) = (withdrawn_by is null))
);
comment on table governance.retention_decisions is
    'What was decided about files past their term: to keep them until another day, or to let them go, which takes somebody of the office and somebody of the board.';
create index retention_decisions_file_index on governance.retention_decisions (organization_id, file_id, decided_at);
create index retention_decisions_alliance_index on governance.retention_decisions (organization_id, alliance_id);
create unique index retention_decisions_disposal_key on governance.retention_decisions (organization_id, file_id)
    where kind = 'dispose' and withdrawn_at is null;
select tenancy.isolate('governance.retention_decisions',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');

create index minutes_seals_file_index on governance.minutes_seals (organization_id, file_id);
create index minutes_seals_redacted_index on governance.minutes_seals (organization_id, redacted_file_id);
create index minutes_signers_paper_index on governance.minutes_signers (organization_id, paper_file_id)
    where paper_file_id is not null;
create index handover_signers_paper_index on governance.handover_signers (organization_id, paper_file_id)
    where paper_file_id is not null;
create index documents_file_index on tenancy.documents (organization_id, file_id);
create index complaint_steps_file_index on governance.complaint_steps (organization_id, file_id)
    where file_id is not null;
create index consents_proof_index on membership.consents (organization_id, proof_file_id)
    where proof_file_id is not null;
create index recorded_facts_proof_index on membership.recorded_facts (organization_id, proof_file_id)
    where proof_file_id is not null;

create function governance.file_is_bound(organization uuid, file uuid)
returns boolean
language sql stable
as $$
    select exists (
            select from tenancy.files
            where files.organization_id = organization and files.file_id = file and files.process_id is not null)
        or exists (
            select from tenancy.documents
            where documents.organization_id = organization and documents.file_id = file)
        or exists (
            select from governance.minutes_seals as seals
            where seals.organization_id = organization and seals.file_id = file)
        or exists (
            select from governance.minutes_seals as seals
            where seals.organization_id = organization and seals.redacted_file_id = file)
        or exists (
            select from governance.minutes_signers as signers
            where signers.organization_id = organization and signers.paper_file_id = file)
        or exists (
            select from governance.handover_signers as signers
            where signers.organization_id = organization and signers.paper_file_id = file)
$$;
comment on function governance.file_is_bound is
    'Whether a file is sealed, issued with a code, the signature of something sealed, or of an election: its content is never let go.';
grant execute on function governance.file_is_bound to alianzas_app;

create function governance.file_closed_on(organization uuid, file uuid, class text)
returns date
language sql stable
as $$
    select case class
        when 'complaints' then (
            select case when bool_and(complaints.closed_at is not null)
                then (max(complaints.closed_at) at time zone 'America/Bogota')::date end
            from governance.complaint_steps as steps
            join governance.complaints on complaints.organization_id = organization
                and complaints.complaint_id = steps.complaint_id
            where steps.organization_id = organization and steps.file_id = file)
        else (
            -- Of what is of people: the day on which the last of them left the alliances for good.
            select case when bool_and(periods.left_on is not null) then max(periods.left_on) end
            from (
                select person_id from membership.consents
                where consents.organization_id = organization and consents.proof_file_id = file
                union
                select person_id from membership.recorded_facts as facts
                where facts.organization_id = organization and facts.proof_file_id = file
            ) as people
            join membership.memberships as periods on periods.organization_id = organization
                and periods.person_id = people.person_id)
    end
$$;
comment on function governance.file_closed_on is
    'The day on which what a file belongs to came to its end: a complaint was closed, the people left. Null while it has not, or where nobody knows.';
grant execute on function governance.file_closed_on to alianzas_app;

create function governance.file_kept_until(
    organization uuid, file uuid, class text, dated_on date, runs_from text, years integer)
returns date
language sql stable
as $$
    select case
        when years is null then null
        else tenancy.kept_until(
            dated_on, case when runs_from = 'closing' then governance.file_closed_on(organization, file, class) end,
            runs_from, years)
    end
$$;
comment on function governance.file_kept_until is
    'The last day on which a file is kept by a term; null for ever, or while what the term runs from has not come.';
grant execute on function governance.file_kept_until to alianzas_app;

-- Nobody may change a file, so the function does, and only what two people decided of one whose confirmed term has passed.
create function governance.dispose_file(
    organization uuid, decision uuid, on_day date, at timestamptz, by_user uuid, by_side text)
returns uuid
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    decided governance.retention_decisions;
    kept tenancy.files;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the file belongs to another tenant' using errcode = '42501';
    end if;
    select * into decided from governance.retention_decisions as decisions
    where decisions.organization_id = organization and decisions.decision_id = decision
        and decisions.kind = 'dispose' and decisions.withdrawn_at is null and decisions.seconded_at is null
    for update;
    if decided.decision_id is null then
        raise exception 'there is no such proposal'
            using errcode = '23514', constraint = 'retention_decisions_is_open';
    end if;
    select files.organization_id, files.file_id, files.retention_class, files.effective_on
    into kept.organization_id, kept.file_id, kept.retention_class, kept.effective_on
    from tenancy.files
    where files.organization_id = organization and files.file_id = decided.file_id and not files.is_reserved
        and files.disposed_at is null;
    if kept.file_id is null or governance.file_is_bound(organization, kept.file_id) then
        raise exception 'the file is bound' using errcode = '23514', constraint = 'retention_decisions_is_free';
    end if;
    if not exists (
        select from tenancy.retention_in_force(organization) as terms
        where terms.class = kept.retention_class and terms.is_confirmed
            and governance.file_kept_until(
                organization, kept.file_id, terms.class, kept.effective_on, terms.runs_from, terms.years) < on_day)
        or exists (
            select from governance.retention_decisions as others
            where others.organization_id = organization and others.file_id = kept.file_id and others.kind = 'keep'
                and others.withdrawn_at is null and others.keep_until >= on_day)
    then
        raise exception 'the term has not passed'
            using errcode = '23514', constraint = 'retention_decisions_is_past_term';
    end if;
    update governance.retention_decisions set seconded_at = at, seconded_by = by_user, seconded_side = by_side
    where organization_id = organization and decision_id = decision;
    update tenancy.files set content = null, disposed_at = at
    where files.organization_id = organization and files.file_id = kept.file_id;
    return kept.file_id;
end
$$;
comment on function governance.dispose_file is
    'Lets the content of a file go that two people decided on, after its confirmed term. Name, digest, class and acts remain.';
grant execute on function governance.dispose_file to alianzas_app;

alter table governance.delivery_items
    add column retention_class text,
    add column kept_until date,
    add column is_kept_always boolean,
    add column retention_is_confirmed boolean,
    add constraint delivery_items_class_known check (retention_class in (
        'constitution', 'minutes', 'attendance', 'consents', 'membership', 'mandates', 'elections', 'complaints',
        'letters', 'activities', 'oversight', 'reports', 'custody', 'entity', 'unclassified')),
    add constraint delivery_items_retention_is_of_class check (
        (retention_class is null) = (is_kept_always is null)
        and (retention_class is null) = (retention_is_confirmed is null)
        and (kept_until is null or not is_kept_always));
comment on column governance.delivery_items.retention_class is
    'The class that it had when it was handed over, with its term as it counted then; null for what was handed over before.';
