-- 0181 · governance · campaigns and bulletins
-- What an alliance tells people (campañas, boletines): for whom, by which channels, when it is planned, the piece in each of
-- its versions, and what was sent when with which reach. A board may keep one to itself until it shares it; only what is
-- shared is sent.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.campaigns (
    organization_id uuid        not null,
    campaign_id     uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    kind            text        not null,
    title           text        not null,
    axis            integer     not null,
    audience        text        not null,
    channels        text[]      not null,
    planned_from    date        not null,
    planned_to      date        not null,
    revision        integer     not null,
    closed_on       date,
    closing         text,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint campaigns_pkey primary key (organization_id, campaign_id),
    constraint campaigns_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint campaigns_alliance_key unique (organization_id, campaign_id, alliance_id),
    constraint campaigns_reserved_key unique (organization_id, campaign_id, is_reserved),
    constraint campaigns_kind_known check (kind in ('campaign', 'bulletin')),
    constraint campaigns_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint campaigns_axis_known check (axis between 1 and 5),
    constraint campaigns_audience_is_trimmed check (audience = btrim(audience) and audience <> ''),
    constraint campaigns_channels_known check (cardinality(channels) > 0 and channels <@ array[
        'poster', 'whatsapp', 'sms', 'loudspeaker', 'mail', 'phone', 'leaflet', 'visit', 'press', 'web', 'other']),
    constraint campaigns_days_follow check (planned_to >= planned_from),
    constraint campaigns_revision_counts check (revision >= 1),
    constraint campaigns_closed_is_told check ((closed_on is null) = (closing is null) and closing <> '')
);
comment on table governance.campaigns is
    'Campaigns and bulletins of an alliance: audience, channels, planned days and the axis of the policy that they serve. Reserved ones are the board''s own until it shares them.';
create index campaigns_alliance_index on governance.campaigns (organization_id, alliance_id, planned_from);
select tenancy.isolate('governance.campaigns',
    'select, insert, update (is_reserved, kind, title, axis, audience, channels, planned_from, planned_to, revision, closed_on, closing)');
select tenancy.reserve('governance.campaigns');

create table governance.campaign_pieces (
    organization_id uuid        not null,
    campaign_id     uuid        not null,
    version         integer     not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    words           text,
    file_id         uuid,
    written_at      timestamptz not null,
    written_by      uuid,

    constraint campaign_pieces_pkey primary key (organization_id, campaign_id, version),
    constraint campaign_pieces_campaign_fkey foreign key (organization_id, campaign_id, alliance_id)
        references governance.campaigns (organization_id, campaign_id, alliance_id),
    constraint campaign_pieces_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint campaign_pieces_version_counts check (version >= 1),
    constraint campaign_pieces_words_are_trimmed check (words = btrim(words) and words <> ''),
    constraint campaign_pieces_say_something check (words is not null or file_id is not null)
);
comment on table governance.campaign_pieces is
    'The piece of a campaign in its versions: a text, a file, or both. None is changed, so that what was sent stays known.';
select tenancy.isolate('governance.campaign_pieces', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.campaign_pieces');

create table governance.campaign_sendings (
    organization_id      uuid        not null,
    sending_id           uuid        not null,
    campaign_id          uuid        not null,
    alliance_id          uuid        not null,
    campaign_is_reserved boolean     not null,
    version              integer     not null,
    channel              text        not null,
    sent_on              date        not null,
    reached              integer,
    note                 text,
    file_id              uuid,
    withdrawn_at         timestamptz,
    withdrawn_by         uuid,
    withdrawal_reason    text,
    recorded_at          timestamptz not null,
    recorded_by          uuid,

    constraint campaign_sendings_pkey primary key (organization_id, sending_id),
    constraint campaign_sendings_campaign_fkey foreign key (organization_id, campaign_id, alliance_id)
        references governance.campaigns (organization_id, campaign_id, alliance_id),
    constraint campaign_sendings_shared_fkey foreign key (organization_id, campaign_id, campaign_is_reserved)
        references governance.campaigns (organization_id, campaign_id, is_reserved),
    constraint campaign_sendings_piece_fkey foreign key (organization_id, campaign_id, version)
        references governance.campaign_pieces (organization_id, campaign_id, version),
    constraint campaign_sendings_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint campaign_sendings_are_shared check (not campaign_is_reserved),
    constraint campaign_sendings_channel_known check (channel in (
        'poster', 'whatsapp', 'sms', 'loudspeaker', 'mail', 'phone', 'leaflet', 'visit', 'press', 'web', 'other')),
    constraint campaign_sendings_reach_counts check (reached between 0 and 10000000),
    constraint campaign_sendings_note_is_trimmed check (note = btrim(note) and note <> ''),
    constraint campaign_sendings_withdrawn_has_reason check ((withdrawn_at is null) = (withdrawal_reason is null))
);
comment on table governance.campaign_sendings is
    'What was sent of a campaign: one row for each channel and day, with the version of the piece, how many it reached and its evidence.';
create index campaign_sendings_campaign_index on governance.campaign_sendings
    (organization_id, campaign_id, sent_on);
select tenancy.isolate('governance.campaign_sendings',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');
