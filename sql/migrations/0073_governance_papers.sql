-- 0073 · governance · papers of acts recorded before, years of reports, and their corrections
-- A signed paper may come after the act was recorded: it is added beside it, and nothing that was recorded changes.
-- A report is of a year, which need not be that in which it was given; one that was recorded wrongly is taken back
-- with its reason, and another may stand in its place.
-- Locks: short exclusive locks on governance.work_plans and governance.reports. Undo: a later migration.

create table governance.papers (
    organization_id uuid        not null,
    paper_id        uuid        not null,
    alliance_id     uuid        not null,
    kind            text        not null,
    constitution_id uuid,
    bylaws_id       uuid,
    plan_id         uuid,
    minutes_id      uuid,
    registration_id uuid,
    title           text        not null,
    dated_on        date        not null,
    file_id         uuid        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint papers_pkey primary key (organization_id, paper_id),
    constraint papers_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint papers_constitution_fkey foreign key (organization_id, constitution_id)
        references governance.constitutions (organization_id, constitution_id),
    constraint papers_bylaws_fkey foreign key (organization_id, bylaws_id)
        references governance.bylaws (organization_id, bylaws_id),
    constraint papers_plan_fkey foreign key (organization_id, plan_id)
        references governance.work_plans (organization_id, plan_id),
    constraint papers_minutes_fkey foreign key (organization_id, minutes_id)
        references governance.minutes (organization_id, minutes_id),
    constraint papers_registration_fkey foreign key (organization_id, registration_id)
        references governance.registrations (organization_id, registration_id),
    constraint papers_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint papers_subject_is_of_kind check (
        num_nonnulls(constitution_id, bylaws_id, plan_id, minutes_id, registration_id) = 1
        and case kind
            when 'constitution_minutes' then constitution_id is not null
            when 'bylaws_minutes' then bylaws_id is not null
            when 'plan_minutes' then plan_id is not null
            when 'signed_minutes' then minutes_id is not null
            when 'attendance_list' then minutes_id is not null
            when 'certificate' then registration_id is not null
            else false
        end),
    constraint papers_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.papers is
    'Signed papers that were added to acts recorded before: minutes of a constitution, of an approval, lists of who came, certificates.';
create index papers_alliance_index on governance.papers (organization_id, alliance_id);
select tenancy.isolate('governance.papers', 'select, insert');

alter table governance.work_plans
    add column approved_in text,
    add constraint work_plans_approved_in_is_trimmed check (approved_in = btrim(approved_in) and approved_in <> '');
comment on column governance.work_plans.approved_in is
    'The minutes of the meeting in which the members approved the plan, by number and date.';
-- A plan that the members have not approved is a draft, and is written anew as a whole.
grant update (approved_in, title, objective) on governance.work_plans to alianzas_app;
grant delete on governance.plan_axes, governance.plan_activities, governance.training_topics to alianzas_app;

alter table governance.reports add column year integer;
update governance.reports set year = extract(year from given_on);
alter table governance.reports
    alter column year set not null,
    add constraint reports_year_plausible check (year between 2000 and 2100);
comment on column governance.reports.year is 'The year that the report is of.';

create table governance.report_withdrawals (
    organization_id uuid        not null,
    report_id       uuid        not null,
    reason          text        not null,
    replaced_by     uuid,
    withdrawn_at    timestamptz not null,
    withdrawn_by    uuid,

    constraint report_withdrawals_pkey primary key (organization_id, report_id),
    constraint report_withdrawals_report_fkey foreign key (organization_id, report_id)
        references governance.reports (organization_id, report_id),
    constraint report_withdrawals_replaced_by_fkey foreign key (organization_id, replaced_by)
        references governance.reports (organization_id, report_id),
    constraint report_withdrawals_reason_is_trimmed check (reason = btrim(reason) and reason <> '')
);
comment on table governance.report_withdrawals is
    'Reports that were recorded by mistake or wrongly, why, and the report that stands in their place.';
select tenancy.isolate('governance.report_withdrawals', 'select, insert');
