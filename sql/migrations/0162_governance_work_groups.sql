-- 0162 · governance · work groups
-- Committees, commissions and projects that an alliance charges with something: what with, who is in them, until when,
-- and what they told at the end.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.work_groups (
    organization_id uuid        not null,
    group_id        uuid        not null,
    alliance_id     uuid        not null,
    kind            text        not null,
    name            text        not null,
    charge          text        not null,
    activity_id     uuid,
    decision_id     uuid,
    began_on        date        not null,
    ends_on         date,
    ended_on        date,
    end_reason      text,
    report          text,
    report_file_id  uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint work_groups_pkey primary key (organization_id, group_id),
    constraint work_groups_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint work_groups_decision_fkey foreign key (organization_id, decision_id)
        references governance.decisions (organization_id, decision_id),
    constraint work_groups_report_file_fkey foreign key (organization_id, report_file_id)
        references tenancy.files (organization_id, file_id),
    constraint work_groups_kind_known check (kind in ('committee', 'commission', 'project')),
    constraint work_groups_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint work_groups_charge_is_trimmed check (charge = btrim(charge) and charge <> ''),
    constraint work_groups_ends_after_begin check (ends_on >= began_on),
    constraint work_groups_ended_after_begin check (ended_on >= began_on),
    constraint work_groups_end_is_whole check (num_nonnulls(ended_on, end_reason, report) in (0, 3)),
    constraint work_groups_report_file_is_of_end check (report_file_id is null or ended_on is not null)
);
comment on table governance.work_groups is
    'Committees, commissions and projects of an alliance, with what they are charged with and what they reported at the end. They have no seats and decide nothing: what does is a body.';
create unique index work_groups_name_key on governance.work_groups (organization_id, alliance_id, name)
    where ended_on is null;
create index work_groups_alliance_index on governance.work_groups (organization_id, alliance_id, began_on);
select tenancy.isolate(
    'governance.work_groups',
    'select, insert, update (name, charge, activity_id, ends_on, ended_on, end_reason, report, report_file_id)');

create table governance.work_group_members (
    organization_id uuid        not null,
    member_id       uuid        not null,
    group_id        uuid        not null,
    person_id       uuid        not null,
    role            text        not null,
    joined_on       date        not null,
    left_on         date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint work_group_members_pkey primary key (organization_id, member_id),
    constraint work_group_members_group_fkey foreign key (organization_id, group_id)
        references governance.work_groups (organization_id, group_id),
    constraint work_group_members_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint work_group_members_role_known check (role in ('coordinator', 'member')),
    constraint work_group_members_left_after_joined check (left_on >= joined_on)
);
comment on table governance.work_group_members is
    'Who is in a work group, from when to when. They are of the register.';
create unique index work_group_members_current_key
    on governance.work_group_members (organization_id, group_id, person_id) where left_on is null;
create index work_group_members_person_index on governance.work_group_members (organization_id, person_id);
select tenancy.isolate('governance.work_group_members', 'select, insert, update (left_on)');
