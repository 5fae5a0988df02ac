-- 0200 · tenancy · how long files are kept
-- Each file has a class that follows from what it proves. How long a class is kept, and since when, is data: the country's
-- catalogue proposes, and the table of retention of each entity decides. What has passed a confirmed term is decided upon
-- by people; nothing goes by itself. Of a file that two people let go, name, digest, class and all acts remain.
-- Locks: tenancy.files, for as long as its rows are written. Undo: a later migration.

create table catalogue.retention_terms (
    class             text    not null,
    years             integer,
    runs_from         text    not null,
    disposition       text    not null,
    norm              text    not null,
    norm_is_confirmed boolean not null,
    source            text    not null,

    constraint retention_terms_pkey primary key (class),
    constraint retention_terms_years_count check (years between 1 and 100),
    constraint retention_terms_runs_from_known check (runs_from in ('document', 'year_end', 'closing')),
    constraint retention_terms_disposition_known check (disposition in ('keep', 'review')),
    constraint retention_terms_kept_has_no_years check ((disposition = 'keep') = (years is null)),
    constraint retention_terms_source_given check (source <> '')
);
comment on table catalogue.retention_terms is
    'How long each class of files is kept and since when, as proposed, with its norm and whether somebody confirmed it. Nothing passes a term that nobody confirmed.';
grant select on catalogue.retention_terms to alianzas_app, alianzas_identity, alianzas_control, alianzas_public;

create table tenancy.retention_terms (
    organization_id   uuid        not null,
    term_id           uuid        not null,
    class             text        not null,
    years             integer,
    runs_from         text        not null,
    disposition       text        not null,
    norm              text        not null,
    set_at            timestamptz not null,
    set_by            uuid,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,

    constraint retention_terms_pkey primary key (organization_id, term_id),
    constraint retention_terms_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint retention_terms_years_count check (years between 1 and 100),
    constraint retention_terms_runs_from_known check (runs_from in ('document', 'year_end', 'closing')),
    constraint retention_terms_disposition_known check (disposition in ('keep', 'review')),
    constraint retention_terms_kept_has_no_years check ((disposition = 'keep') = (years is null)),
    constraint retention_terms_norm_given check (norm = btrim(norm) and norm <> ''),
    constraint retention_terms_withdrawn_has_reason check ((withdrawn_at is null) = (withdrawal_reason is null))
);
comment on table tenancy.retention_terms is
    'How long each class of files is kept by the table of retention of an entity (tabla de retención documental): the last that was not taken back counts.';
create index retention_terms_class_index on tenancy.retention_terms (organization_id, class, set_at);
select tenancy.isolate('tenancy.retention_terms',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');

create function tenancy.retention_in_force(organization uuid)
returns table (
    class text, years integer, runs_from text, disposition text, norm text, is_confirmed boolean, is_own boolean,
    source text)
language sql stable
as $$
    select known.class, case when own.class is null then known.years else own.years end,
        coalesce(own.runs_from, known.runs_from), coalesce(own.disposition, known.disposition),
        coalesce(own.norm, known.norm), own.class is not null or known.norm_is_confirmed, own.class is not null,
        case when own.class is null then known.source end
    from catalogue.retention_terms as known
    left join lateral (
        select terms.* from tenancy.retention_terms as terms
        where terms.organization_id = organization and terms.class = known.class and terms.withdrawn_at is null
        order by terms.set_at desc, terms.term_id desc limit 1
    ) as own on true
$$;
comment on function tenancy.retention_in_force is
    'How long each class of files is kept in a tenant: by what it confirmed, else by the catalogue.';
grant execute on function tenancy.retention_in_force to alianzas_app;

-- The one place that reckons it: lists, counts and the act that lets a file go ask here.
create function tenancy.kept_until(dated_on date, closed_on date, runs_from text, years integer)
returns date
language sql immutable
as $$
    select (case runs_from
        when 'document' then dated_on
        when 'year_end' then make_date(extract(year from dated_on)::integer, 12, 31)
        when 'closing' then closed_on
    end + make_interval(years => years))::date
$$;
comment on function tenancy.kept_until is
    'The last day on which something is kept by its term; null for ever, or while what the term runs from has not come.';
grant execute on function tenancy.kept_until to alianzas_app;

alter table tenancy.files
    add column retention_class text,
    add column reclassified_at timestamptz,
    add column reclassified_by uuid,
    add column reclassification text,
    add column disposed_at timestamptz,
    alter column content drop not null;

-- What is there already, by what refers to it: the first that matches, the most lasting first.
update tenancy.files set retention_class = case
    when process_id is not null then 'elections'
    when exists (
        select from governance.constitutions as uses
        where uses.organization_id = files.organization_id and uses.minutes_file_id = files.file_id
        union all select from governance.registrations as uses
        where uses.organization_id = files.organization_id and uses.certificate_file_id = files.file_id
        union all select from governance.bylaws as uses
        where uses.organization_id = files.organization_id and uses.text_file_id = files.file_id
        union all select from governance.alliance_calls as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.registry_steps as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.renewals as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from tenancy.dissolutions as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.papers as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
            and uses.kind in ('constitution_minutes', 'bylaws_minutes', 'certificate'))
    then 'constitution'
    when exists (
        select from governance.minutes as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.minutes_seals as uses
        where uses.organization_id = files.organization_id and files.file_id in (uses.file_id, uses.redacted_file_id)
        union all select from governance.minutes_signers as uses
        where uses.organization_id = files.organization_id and uses.paper_file_id = files.file_id
        union all select from governance.papers as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
            and uses.kind in ('plan_minutes', 'signed_minutes'))
    then 'minutes'
    when exists (
        select from governance.past_elections as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id)
    then 'elections'
    when exists (
        select from governance.mandates as uses
        where uses.organization_id = files.organization_id and files.file_id in (uses.paper_file_id, uses.end_file_id)
        union all select from governance.handover_signers as uses
        where uses.organization_id = files.organization_id and uses.paper_file_id = files.file_id
        union all select from governance.service_sessions as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.service_reports as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id)
    then 'mandates'
    when exists (
        select from governance.reports as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id)
    then 'reports'
    when exists (
        select from governance.deliveries as uses
        where uses.organization_id = files.organization_id and uses.receipt_file_id = files.file_id
        union all select from governance.confidentiality_undertakings as uses
        where uses.organization_id = files.organization_id and uses.paper_file_id = files.file_id)
    then 'custody'
    when exists (
        select from governance.attendance_scans as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.papers as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
            and uses.kind = 'attendance_list')
    then 'attendance'
    when exists (
        select from membership.consents as uses
        where uses.organization_id = files.organization_id and uses.proof_file_id = files.file_id)
    then 'consents'
    when exists (
        select from membership.recorded_facts as uses
        where uses.organization_id = files.organization_id and uses.proof_file_id = files.file_id)
    then 'membership'
    when exists (
        select from governance.complaint_steps as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id)
    then 'complaints'
    when exists (
        select from governance.letter_addressees as uses
        where uses.organization_id = files.organization_id
            and files.file_id in (uses.delivery_file_id, uses.answer_file_id)
        union all select from governance.letter_files as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.meeting_changes as uses
        where uses.organization_id = files.organization_id and uses.notice_file_id = files.file_id)
    then 'letters'
    when exists (
        select from governance.oversights as uses
        where uses.organization_id = files.organization_id and uses.registry_file_id = files.file_id
        union all select from governance.oversight_steps as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.oversight_evidence as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.improvement_steps as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id)
    then 'oversight'
    when exists (
        select from tenancy.documents as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
            and uses.kind ^@ 'acta-')
    then 'minutes'
    when alliance_id is null then 'entity'
    when exists (
        select from governance.commitment_steps as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.work_groups as uses
        where uses.organization_id = files.organization_id and uses.report_file_id = files.file_id
        union all select from governance.plan_follow_ups as uses
        where uses.organization_id = files.organization_id and uses.evidence_file_id = files.file_id
        union all select from governance.meeting_calls as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.outreach_visits as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.meeting_supports as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.meeting_evidence as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.campaign_pieces as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.campaign_sendings as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id
        union all select from governance.poll_tallies as uses
        where uses.organization_id = files.organization_id and uses.file_id = files.file_id)
    then 'activities'
    else 'unclassified'
end;

alter table tenancy.files
    alter column retention_class set not null,
    add constraint files_retention_class_known check (retention_class in (
        'constitution', 'minutes', 'attendance', 'consents', 'membership', 'mandates', 'elections', 'complaints',
        'letters', 'activities', 'oversight', 'reports', 'custody', 'entity', 'unclassified')),
    add constraint files_reclassified_has_reason check (
        (reclassified_at is null) = (reclassification is null) and reclassification = btrim(reclassification)
        and reclassification <> ''),
    add constraint files_content_is_there_or_disposed check ((content is null) = (disposed_at is not null)),
    add constraint files_own_key unique (organization_id, file_id, alliance_id, is_reserved);
comment on table tenancy.files is
    'Files with their SHA-256: proofs, signed sheets, sealed documents. Never changed; of one that two people let go after its term, all but its content stays.';
comment on column tenancy.files.retention_class is
    'What it is kept as, which follows from what it proves; reclassification tells why somebody chose another.';
comment on column tenancy.files.disposed_at is 'When its content was let go, by governance.dispose_file alone.';
create index files_retention_index on tenancy.files (organization_id, retention_class, effective_on)
    where alliance_id is not null and process_id is null and not is_reserved and disposed_at is null;
grant update (retention_class, reclassified_at, reclassified_by, reclassification) on tenancy.files to alianzas_app;
