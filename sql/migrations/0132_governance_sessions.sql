-- 0132 · governance · attendance, quorum, decisions, questions
-- What happens in a meeting: who came and left, by which way they were noted; whether there was a quorum at each
-- decision; what was decided and by which majority; what was asked and answered.
-- Locks: governance.meetings, for a moment. Undo: a later migration.

alter table governance.meetings
    add column session_code text,
    add constraint meetings_session_code_shape check (session_code ~ '^[2-9a-hjkmnp-z]{5}$'),
    add constraint meetings_session_code_of_opened check (session_code is null or opened_at is not null);
comment on column governance.meetings.session_code is
    'What those in the hall type, or their phone reads, to be noted as present themselves; good while the session is open.';
create unique index meetings_session_code_key on governance.meetings (organization_id, alliance_id, session_code)
    where state = 'in_session';
grant update (session_code) on governance.meetings to alianzas_app;

create table governance.attendances (
    organization_id uuid        not null,
    attendance_id   uuid        not null,
    meeting_id      uuid        not null,
    person_id       uuid,
    mandate_id      uuid,
    name            text        not null,
    capacity        text        not null,
    represents      text,
    way             text        not null,
    method          text        not null,
    arrived_at      timestamptz not null,
    left_at         timestamptz,
    undone_at       timestamptz,
    same_as         uuid,
    capture_key     uuid,
    captured_at     timestamptz,
    sheet_code      text,
    recorded_at     timestamptz not null,
    recorded_by     uuid,
    left_by         uuid,
    undone_by       uuid,

    constraint attendances_pkey primary key (organization_id, attendance_id),
    constraint attendances_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint attendances_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint attendances_mandate_fkey foreign key (organization_id, mandate_id)
        references governance.mandates (organization_id, mandate_id),
    constraint attendances_meeting_key unique (organization_id, meeting_id, attendance_id),
    constraint attendances_same_as_fkey foreign key (organization_id, meeting_id, same_as)
        references governance.attendances (organization_id, meeting_id, attendance_id),
    -- What a device kept without signal is sent until it is answered: the same capture counts once.
    constraint attendances_capture_key unique (organization_id, meeting_id, capture_key),
    constraint attendances_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint attendances_capacity_known check (capacity in (
        'entitled', 'user', 'guest', 'guarantor', 'entity', 'facilitator')),
    constraint attendances_entitled_is_known check (
        capacity <> 'entitled' or num_nonnulls(person_id, mandate_id) >= 1),
    constraint attendances_mandate_is_entitled check (mandate_id is null or capacity = 'entitled'),
    constraint attendances_way_known check (way in ('in_person', 'remote')),
    constraint attendances_method_known check (method in (
        'own_code', 'qr', 'document', 'list', 'offline', 'paper_sheet', 'import')),
    constraint attendances_left_after_arrived check (left_at >= arrived_at),
    constraint attendances_undone_stays_so check (undone_at is null or left_at is null),
    constraint attendances_same_as_is_undone check (same_as is null or undone_at is not null),
    constraint attendances_capture_is_whole check ((capture_key is null) = (captured_at is null))
);
comment on table governance.attendances is
    'Who was in a meeting, from when to when. capacity entitled: whose vote counts in it; user: came without belonging to the alliance; guests, guarantors and the entity''s people stand by name and by whom they represent. A mistake is undone and stays as undone. mandate_id: the mandate by which somebody has a seat in the body that meets, who need not be in the register. same_as: the row that counts in place of this one, where two devices noted the same person.';
create unique index attendances_one_open_key on governance.attendances (organization_id, meeting_id, person_id)
    where left_at is null and undone_at is null and person_id is not null;
create unique index attendances_one_open_mandate_key
    on governance.attendances (organization_id, meeting_id, mandate_id)
    where left_at is null and undone_at is null and mandate_id is not null;
create index attendances_meeting_index on governance.attendances (organization_id, meeting_id, arrived_at);
create index attendances_person_index on governance.attendances (organization_id, person_id)
    where person_id is not null;
select tenancy.isolate(
    'governance.attendances', 'select, insert, update (left_at, left_by, undone_at, undone_by, same_as)');

create table governance.attendance_excuses (
    organization_id uuid        not null,
    meeting_id      uuid        not null,
    person_id       uuid        not null,
    reason          text        not null,
    told_on         date        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint attendance_excuses_pkey primary key (organization_id, meeting_id, person_id),
    constraint attendance_excuses_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint attendance_excuses_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint attendance_excuses_reason_is_trimmed check (reason = btrim(reason) and reason <> '')
);
comment on table governance.attendance_excuses is
    'Who excused themselves from a meeting, and why in their words; never a diagnosis.';
select tenancy.isolate('governance.attendance_excuses', 'select, insert, delete');

create table governance.attendance_sheets (
    organization_id uuid        not null,
    sheet_id        uuid        not null,
    meeting_id      uuid        not null,
    code            text        not null,
    people          uuid[]      not null,
    blank_rows      integer     not null,
    printed_at      timestamptz not null,
    printed_by      uuid,

    constraint attendance_sheets_pkey primary key (organization_id, sheet_id),
    constraint attendance_sheets_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint attendance_sheets_meeting_key unique (organization_id, meeting_id, sheet_id),
    constraint attendance_sheets_code_key unique (organization_id, meeting_id, code),
    constraint attendance_sheets_code_shape check (code ~ '^[A-Z][0-9]?$'),
    constraint attendance_sheets_blank_rows_count check (blank_rows between 0 and 200)
);
comment on table governance.attendance_sheets is
    'Printed lists to sign: who stands on which row, so that what was signed is entered by the codes of its rows (A-07).';
select tenancy.isolate('governance.attendance_sheets', 'select, insert');

create table governance.attendance_scans (
    organization_id uuid        not null,
    scan_id         uuid        not null,
    meeting_id      uuid        not null,
    sheet_id        uuid,
    file_id         uuid        not null,
    sha256          bytea       not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint attendance_scans_pkey primary key (organization_id, scan_id),
    constraint attendance_scans_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint attendance_scans_sheet_fkey foreign key (organization_id, meeting_id, sheet_id)
        references governance.attendance_sheets (organization_id, meeting_id, sheet_id),
    constraint attendance_scans_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint attendance_scans_digest_length check (octet_length(sha256) = 32)
);
comment on table governance.attendance_scans is
    'Photographs and scans of signed lists, each with the digest that the minutes print.';
create index attendance_scans_meeting_index on governance.attendance_scans (organization_id, meeting_id);
select tenancy.isolate('governance.attendance_scans', 'select, insert');

create table governance.quorum_checks (
    organization_id uuid        not null,
    check_id        uuid        not null,
    meeting_id      uuid        not null,
    occasion        text        not null,
    call            integer     not null,
    requirement     text        not null,
    base            integer     not null,
    present         integer     not null,
    required        integer     not null,
    is_met          boolean     not null,
    source          text        not null,
    checked_at      timestamptz not null,
    checked_by      uuid,

    constraint quorum_checks_pkey primary key (organization_id, check_id),
    constraint quorum_checks_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint quorum_checks_meeting_key unique (organization_id, meeting_id, check_id),
    constraint quorum_checks_occasion_known check (occasion in ('opening', 'decision', 'lost', 'regained', 'asked')),
    constraint quorum_checks_call_known check (call in (1, 2)),
    constraint quorum_checks_figures_count check (base >= 0 and present >= 0 and required >= 1),
    constraint quorum_checks_verdict_follows check (is_met = (present >= required))
);
comment on table governance.quorum_checks is
    'Whether there was a quorum: at the opening, at each decision, and when it was lost or came back; with the figures and the article that asks for it.';
create index quorum_checks_meeting_index on governance.quorum_checks (organization_id, meeting_id, checked_at);
select tenancy.isolate('governance.quorum_checks', 'select, insert');

create table governance.decisions (
    organization_id   uuid        not null,
    decision_id       uuid        not null,
    meeting_id        uuid        not null,
    alliance_id       uuid        not null,
    is_reserved       boolean     not null,
    item_id           uuid,
    position          integer     not null,
    decision          text        not null,
    proposed_by       text,
    manner            text        not null,
    majority          text        not null,
    share_numerator   integer,
    share_denominator integer,
    share_of          text        not null,
    majority_source   text        not null,
    in_favor          integer     not null,
    against           integer     not null,
    blank             integer     not null,
    abstained         integer     not null,
    needed            integer     not null,
    is_adopted        boolean     not null,
    check_id          uuid,
    present           integer     not null,
    entitled          integer     not null,
    approves_minutes_id uuid,
    approves_plan_id  uuid,
    approves_bylaws_id uuid,
    decided_at        timestamptz not null,
    decided_by        uuid,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,

    constraint decisions_pkey primary key (organization_id, decision_id),
    constraint decisions_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint decisions_item_fkey foreign key (organization_id, meeting_id, item_id)
        references governance.agenda_items (organization_id, meeting_id, item_id),
    constraint decisions_check_fkey foreign key (organization_id, meeting_id, check_id)
        references governance.quorum_checks (organization_id, meeting_id, check_id),
    constraint decisions_plan_fkey foreign key (organization_id, approves_plan_id)
        references governance.work_plans (organization_id, plan_id),
    constraint decisions_bylaws_fkey foreign key (organization_id, approves_bylaws_id)
        references governance.bylaws (organization_id, bylaws_id),
    constraint decisions_position_key unique (organization_id, meeting_id, position),
    constraint decisions_position_counts check (position >= 1),
    constraint decisions_decision_is_trimmed check (decision = btrim(decision) and decision <> ''),
    constraint decisions_manner_known check (manner in ('show_of_hands', 'acclamation', 'roll_call', 'secret', 'consensus')),
    constraint decisions_majority_known check (majority in ('simple', 'absolute', 'qualified', 'unanimous')),
    constraint decisions_qualified_has_share check (
        (majority = 'qualified') = (share_numerator is not null)
        and (share_numerator is null) = (share_denominator is null)
        and (share_numerator is null or share_numerator between 1 and share_denominator)),
    constraint decisions_share_of_known check (share_of in ('votes', 'present', 'entitled')),
    constraint decisions_votes_count check (in_favor >= 0 and against >= 0 and blank >= 0 and abstained >= 0),
    -- Nobody votes who is not there.
    constraint decisions_voters_are_present check (in_favor + against + blank + abstained <= present),
    constraint decisions_verdict_follows check (is_adopted = (in_favor >= needed)),
    constraint decisions_one_approval check (
        num_nonnulls(approves_minutes_id, approves_plan_id, approves_bylaws_id) <= 1),
    constraint decisions_withdrawal_is_reasoned check ((withdrawn_at is null) = (withdrawal_reason is null))
);
comment on table governance.decisions is
    'What a meeting decided, with its votes, the majority that it needed and the article that says so, and the quorum of that moment. A mistake is withdrawn with its reason and stays.';
create index decisions_alliance_index on governance.decisions (organization_id, alliance_id, decided_at);
select tenancy.isolate(
    'governance.decisions', 'select, insert, update (is_reserved, withdrawn_at, withdrawn_by, withdrawal_reason)');
select tenancy.reserve('governance.decisions');

create table governance.meeting_questions (
    organization_id uuid        not null,
    question_id     uuid        not null,
    meeting_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    item_id         uuid,
    position        integer     not null,
    asked_by        text        not null,
    is_anonymous    boolean     not null,
    question        text        not null,
    asked_at        timestamptz not null,
    answer          text,
    answered_by     text,
    answered_at     timestamptz,
    recorded_by     uuid,

    constraint meeting_questions_pkey primary key (organization_id, question_id),
    constraint meeting_questions_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint meeting_questions_item_fkey foreign key (organization_id, meeting_id, item_id)
        references governance.agenda_items (organization_id, meeting_id, item_id),
    constraint meeting_questions_position_key unique (organization_id, meeting_id, position),
    constraint meeting_questions_question_is_trimmed check (question = btrim(question) and question <> ''),
    constraint meeting_questions_asked_by_is_trimmed check (asked_by = btrim(asked_by)),
    constraint meeting_questions_asker_is_named check (is_anonymous = (asked_by = '')),
    constraint meeting_questions_answer_is_whole check ((answer is null) = (answered_at is null))
);
comment on table governance.meeting_questions is
    'What was asked in a meeting and what was answered, at once or later. Who asks may stay unnamed.';
select tenancy.isolate(
    'governance.meeting_questions', 'select, insert, update (is_reserved, answer, answered_by, answered_at)');
select tenancy.reserve('governance.meeting_questions');
