-- 0090 · reporting · withdrawn terms
-- A confirmation that rested on a mistaken norm can be taken back, with its reason: the catalogue's terms count again,
-- and nothing is overdue by figures that nobody stands for. What was confirmed stays in its history.
-- Locks: none on existing tables. Undo: a later migration.

create table reporting.term_withdrawals (
    organization_id uuid        not null,
    term_id         uuid        not null,
    reason          text        not null,
    withdrawn_at    timestamptz not null,
    withdrawn_by    uuid,

    constraint term_withdrawals_pkey primary key (organization_id, term_id),
    constraint term_withdrawals_term_fkey foreign key (organization_id, term_id)
        references reporting.obligation_terms (organization_id, term_id),
    constraint term_withdrawals_reason_given check (reason = btrim(reason) and reason <> '')
);
comment on table reporting.term_withdrawals is
    'Confirmed terms that count no more, with the reason: those withdrawn leave the catalogue''s, and never those before them.';
select tenancy.isolate('reporting.term_withdrawals', 'select, insert');
