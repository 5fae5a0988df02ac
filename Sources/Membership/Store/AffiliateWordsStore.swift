import Kernel
import Postgres
import Tenancy

/// The words of names follow the names: whoever writes the register calls one of these in the same transaction.
extension Transaction where Scope == TenantScope {
    /// Gives those whom a merged file brought, or renamed, the words of their names.
    func rewriteWords(of batch: ID<ImportBatch>) async throws {
        try await execute(
            """
            delete from membership.affiliate_words w
            using (
                select person_id, word
                from (\(fragment: renamed(by: batch))) as renamed
                cross join lateral unnest(former_words) as names (word)
            ) as former
            where w.organization_id = \(organization) and w.word = former.word and w.person_id = former.person_id
            """)
        // In the order of the key, which makes writing them several times as fast.
        try await execute(
            """
            insert into membership.affiliate_words (organization_id, word, person_id)
            select distinct \(organization)::uuid, word collate "C" as word, person_id
            from (
                select a.person_id,
                    membership.name_words(a.first_surname, a.second_surname, a.first_name, a.second_name) as words
                from membership.affiliates a
                left join membership.affiliate_versions v
                    on v.organization_id = \(organization) and v.person_id = a.person_id
                    and v.replaced_by = \(batch)
                where a.organization_id = \(organization) and a.batch_id = \(batch) and v.person_id is null
                union all
                select person_id, words from (\(fragment: renamed(by: batch))) as renamed
            ) as named
            cross join lateral unnest(words) as names (word)
            order by word, person_id
            """)
    }

    /// Takes the words of those whom a file brought, and gives those whom it renamed their former ones. To be called
    /// while the register still says what the file said.
    func restoreWords(before batch: ID<ImportBatch>) async throws {
        try await execute(
            """
            delete from membership.affiliate_words w
            using (
                select a.person_id, names.word
                from membership.affiliates a
                left join membership.affiliate_versions v
                    on v.organization_id = \(organization) and v.person_id = a.person_id
                    and v.replaced_by = \(batch)
                cross join lateral unnest(
                    membership.name_words(a.first_surname, a.second_surname, a.first_name, a.second_name)
                ) as names (word)
                where a.organization_id = \(organization) and a.batch_id = \(batch) and v.person_id is null
                union
                select person_id, word from (\(fragment: renamed(by: batch))) as renamed
                cross join lateral unnest(words) as names (word)
            ) as gone
            where w.organization_id = \(organization) and w.word = gone.word and w.person_id = gone.person_id
            """)
        try await execute(
            """
            insert into membership.affiliate_words (organization_id, word, person_id)
            select distinct \(organization)::uuid, word, person_id
            from (\(fragment: renamed(by: batch))) as renamed
            cross join lateral unnest(former_words) as names (word)
            """)
    }

    /// Those whom a file called otherwise than the register had: their words, and those before.
    private func renamed(by batch: ID<ImportBatch>) -> SQL {
        """
        select person_id, words, former_words
        from (
            select a.person_id,
                membership.name_words(a.first_surname, a.second_surname, a.first_name, a.second_name) as words,
                membership.name_words(v.first_surname, v.second_surname, v.first_name, v.second_name)
                    as former_words
            from membership.affiliate_versions v
            join membership.affiliates a on a.organization_id = \(organization) and a.person_id = v.person_id
            where v.organization_id = \(organization) and v.replaced_by = \(batch)
        ) as both_names
        where words <> former_words
        """
    }
}
