-- 0077 · membership · words
-- The words of the names of the register, so that a person is found by any of them, in any order and by how it begins:
-- name_folded alone answers for who types the surnames first.
-- Locks: none on existing tables; reads the whole register once. Undo: a later migration.

-- The words by which somebody is found: lower case, no accents, no signs, as what is typed is folded.
create function membership.name_words(first_surname text, second_surname text, first_name text, second_name text)
returns text[]
language sql immutable parallel safe
as $$
    select array_remove(
        string_to_array(
            translate(
                membership.folded(
                    first_surname || coalesce(' ' || second_surname, '') || ' ' || first_name
                    || coalesce(' ' || second_name, '')),
                '-`.''’´', '  '),
            ' '),
        '')
$$;
comment on function membership.name_words is
    'The words by which somebody is found: lower case, no accents, no signs.';
grant execute on function membership.name_words to alianzas_app;

-- Written by the statements that write names, and by no others. No foreign key to the register: it would be looked up
-- once a word of each person of a file, which is most of what an import costs, to guard rows that hold nothing of their
-- own. In the collation of bytes, so that the key itself answers what a word begins with.
create table membership.affiliate_words (
    organization_id uuid             not null,
    word            text collate "C" not null,
    person_id       uuid             not null,

    constraint affiliate_words_pkey primary key (organization_id, word, person_id),
    constraint affiliate_words_word_given check (word <> '')
);
comment on table membership.affiliate_words is 'Which people of the register have a word in their name.';
select tenancy.isolate('membership.affiliate_words', 'select, insert, delete');

insert into membership.affiliate_words (organization_id, word, person_id)
select distinct organization_id, word, person_id
from membership.affiliates
cross join lateral unnest(
    membership.name_words(first_surname, second_surname, first_name, second_name)) as names (word)
order by organization_id, word, person_id;

-- A municipality with its department; Bogotá is its own.
create function catalogue.place(municipality text, department text)
returns text
language sql immutable parallel safe
as $$
    select case when municipality = department then municipality else municipality || ', ' || department end
$$;
comment on function catalogue.place is 'A municipality with its department, and the capital, which is its own, once.';
grant execute on function catalogue.place to alianzas_app;
