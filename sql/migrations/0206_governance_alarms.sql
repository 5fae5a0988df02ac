-- 0206 · governance · alarms before an end
-- How many days before the end of a mandate people are told of it by mail: as the catalogue proposes, or as each body has
-- it. And what they were told of, so that they are told once.
-- Locks: governance.bodies, for a moment. Undo: a later migration.

create table catalogue.mandate_alarms (
    days   integer not null,
    source text    not null,

    constraint mandate_alarms_pkey primary key (days),
    constraint mandate_alarms_days_count check (days between 1 and 3660),
    constraint mandate_alarms_source_given check (source <> '')
);
comment on table catalogue.mandate_alarms is
    'How many days before the last day of a mandate people are told of it, where its body has no days of its own. No norm orders them.';
grant select on catalogue.mandate_alarms to alianzas_app;
insert into catalogue.mandate_alarms (days, source) values
    (180, 'Propuesta de la plataforma'), (90, 'Propuesta de la plataforma'), (45, 'Propuesta de la plataforma'),
    (15, 'Propuesta de la plataforma');

alter table governance.bodies
    add column alarm_days integer[],
    add constraint bodies_alarm_days_count check (
        cardinality(alarm_days) between 1 and 8 and 1 <= all (alarm_days) and 3660 >= all (alarm_days));
comment on column governance.bodies.alarm_days is
    'How many days before the end of a mandate of this body people are told of it; null for those of the catalogue.';
grant update (alarm_days) on governance.bodies to alianzas_app;

create table governance.told_alarms (
    organization_id uuid        not null,
    subject         text        not null,
    ends_on         date        not null,
    alarm           integer     not null,
    recipients      integer     not null,
    told_at         timestamptz not null,

    constraint told_alarms_pkey primary key (organization_id, subject, ends_on, alarm),
    constraint told_alarms_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint told_alarms_subject_given check (subject <> ''),
    constraint told_alarms_alarm_counts check (alarm >= 0),
    constraint told_alarms_recipients_count check (recipients >= 0)
);
comment on table governance.told_alarms is
    'Ends of which people were told by mail, each alarm once. alarm: the days before the end; 0 once it is over. subject: a mandate, an alliance, or what a control body sees of them.';
select tenancy.isolate('governance.told_alarms', 'select, insert');
