-- 0177 · governance · life of an alliance
-- How an alliance came to be and goes on: who called it, what was filed before the authority and answered, and each renewal
-- with the members who confirmed and its minutes. How long its period lasts and when its end is told of are data.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.life_terms (
    term              text    not null,
    amount            integer not null,
    norm              text,
    norm_is_confirmed boolean not null,
    source            text    not null,

    constraint life_terms_pkey primary key (term),
    constraint life_terms_known check (term in ('period_months', 'first_alarm_days', 'second_alarm_days', 'last_alarm_days')),
    constraint life_terms_amount_counts check (amount between 1 and 3660),
    constraint life_terms_source_given check (source <> '')
);
comment on table catalogue.life_terms is
    'How many months the period of an alliance lasts where its bylaws are silent, and how many days before the end people are told, with where that comes from and whether somebody confirmed it.';
grant select on catalogue.life_terms to alianzas_app, alianzas_identity, alianzas_control, alianzas_public;
insert into catalogue.life_terms (term, amount, norm, norm_is_confirmed, source) values
    ('period_months', 24, 'Decreto 1757 de 1994', false,
        'Presentación de capacitación de los documentos: al terminar el período la alianza se actualiza; representantes, dos años a lo sumo'),
    ('first_alarm_days', 180, null, false, 'Propuesta de la plataforma'),
    ('second_alarm_days', 90, null, false, 'Propuesta de la plataforma'),
    ('last_alarm_days', 30, null, false, 'Propuesta de la plataforma');

create table governance.alliance_calls (
    organization_id uuid        not null,
    call_id         uuid        not null,
    alliance_id     uuid        not null,
    called_by       text        not null,
    caller          text        not null,
    called_on       date        not null,
    addressed_to    text        not null,
    channels        text        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint alliance_calls_pkey primary key (organization_id, call_id),
    constraint alliance_calls_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint alliance_calls_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint alliance_calls_called_by_known check (called_by in ('entity', 'users')),
    constraint alliance_calls_caller_is_trimmed check (caller = btrim(caller) and caller <> ''),
    constraint alliance_calls_addressed_to_is_trimmed check (addressed_to = btrim(addressed_to) and addressed_to <> ''),
    constraint alliance_calls_channels_is_trimmed check (channels = btrim(channels) and channels <> '')
);
comment on table governance.alliance_calls is
    'Calls (convocatorias) to constitute an alliance: by the entity, or by the users themselves (autoconvocatoria).';
create index alliance_calls_alliance_index on governance.alliance_calls (organization_id, alliance_id);
select tenancy.isolate('governance.alliance_calls', 'select, insert');

create table governance.registry_steps (
    organization_id uuid        not null,
    step_id         uuid        not null,
    alliance_id     uuid        not null,
    kind            text        not null,
    authority       text        not null,
    number          text,
    happened_on     date        not null,
    note            text        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint registry_steps_pkey primary key (organization_id, step_id),
    constraint registry_steps_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint registry_steps_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint registry_steps_kind_known check (kind in ('filed', 'asked', 'answered', 'refused')),
    constraint registry_steps_authority_is_trimmed check (authority = btrim(authority) and authority <> ''),
    constraint registry_steps_number_is_trimmed check (number = btrim(number) and number <> ''),
    constraint registry_steps_filed_has_number check (kind <> 'filed' or number is not null),
    constraint registry_steps_told check (kind = 'filed' or btrim(note) <> '')
);
comment on table governance.registry_steps is
    'What was filed before the authority that registers alliances, what it asked, what was answered, refusals; with filing number, day and document. The registration itself is in registrations.';
create index registry_steps_alliance_index on governance.registry_steps (organization_id, alliance_id, happened_on);
select tenancy.isolate('governance.registry_steps', 'select, insert');

create table governance.renewals (
    organization_id uuid        not null,
    renewal_id      uuid        not null,
    alliance_id     uuid        not null,
    state           text        not null,
    begun_on        date        not null,
    renewed_on      date,
    minutes         text,
    file_id         uuid,
    registration    text,
    dropped_reason  text,
    begun_at        timestamptz not null,
    begun_by        uuid,
    finished_at     timestamptz,

    constraint renewals_pkey primary key (organization_id, renewal_id),
    constraint renewals_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint renewals_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint renewals_state_known check (state in ('open', 'done', 'dropped')),
    constraint renewals_minutes_is_trimmed check (minutes = btrim(minutes) and minutes <> ''),
    constraint renewals_done_is_whole check (
        (state = 'done') = (renewed_on is not null and minutes is not null)
        and (state = 'open') = (finished_at is null)),
    constraint renewals_drop_is_reasoned check ((state = 'dropped') = (dropped_reason is not null))
);
comment on table governance.renewals is
    'Renewals of an alliance at the end of its period: members confirm, an assembly renews it in its minutes, and its registration is brought up to date.';
create unique index renewals_one_open_key on governance.renewals (organization_id, alliance_id) where state = 'open';
create unique index renewals_day_key on governance.renewals (organization_id, alliance_id, renewed_on)
    where state = 'done';
select tenancy.isolate(
    'governance.renewals',
    'select, insert, update (state, renewed_on, minutes, file_id, registration, dropped_reason, finished_at)');

create table governance.renewal_confirmations (
    organization_id uuid        not null,
    renewal_id      uuid        not null,
    person_id       uuid        not null,
    confirmed_on    date        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint renewal_confirmations_pkey primary key (organization_id, renewal_id, person_id),
    constraint renewal_confirmations_renewal_fkey foreign key (organization_id, renewal_id)
        references governance.renewals (organization_id, renewal_id),
    constraint renewal_confirmations_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id)
);
comment on table governance.renewal_confirmations is
    'Members who said in a renewal that they go on in the alliance. Who did not say so is not taken out by it.';
select tenancy.isolate('governance.renewal_confirmations', 'select, insert, delete');
