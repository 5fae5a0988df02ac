-- 0038 · elections · usual terms
-- How many days the steps of an election take where the bylaws say nothing: data with their source, proposed to
-- people and never imposed on them.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.electoral_terms (
    term              text    not null,
    days              integer not null,
    is_business_days  boolean not null,
    norm              text,
    norm_is_confirmed boolean not null,
    source            text    not null,

    constraint electoral_terms_pkey primary key (term),
    constraint electoral_terms_known check (term in (
        'notice', 'nominations', 'claims', 'claim_decisions', 'freeze_lead', 'challenges', 'challenge_decisions')),
    constraint electoral_terms_days_count check (days between 0 and 365),
    constraint electoral_terms_source_given check (source <> '')
);
comment on table catalogue.electoral_terms is
    'Days that the steps of an election take where the bylaws are silent, with where they come from. Proposals: each may be changed in the draft.';
grant select on catalogue.electoral_terms to alianzas_app, alianzas_identity, alianzas_control, alianzas_public;
