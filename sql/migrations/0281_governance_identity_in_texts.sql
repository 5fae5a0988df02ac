-- 0281 · governance · documents written as documents
-- A letter may hold long numbers (radicados, accounts), which the filter of complaints takes for documents of identity; what
-- a public statement must not hold is a number that is written as that of a person.
-- Locks: catalogue.clinical_patterns for an instant. Undo: a later migration, after its rows are gone.

alter table catalogue.clinical_patterns
    drop constraint clinical_patterns_reason_known,
    add constraint clinical_patterns_reason_known check (reason in (
        'code', 'condition', 'medicine', 'procedure', 'document', 'identity', 'contact'));
