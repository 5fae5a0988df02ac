import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Writes the public versions of sealed minutes as it was decided last: what was published stands on the page, what
    /// was taken back is kept and shown to nobody.
    func publishMinutes(of alliances: [Kernel.ID<Alliance>]) async throws {
        // The digest is reckoned of what is new alone: a file that was changed from outside is not published.
        try await execute(
            """
            insert into reporting.published_documents (
                organization_id, document_id, alliance_id, municipality_code, is_public, kind, title, sha256,
                content, media_type, facts, published_at)
            select \(organization), seals.minutes_id, seals.alliance_id, documents.municipality_code, true,
                'minutes', documents.title, files.sha256, files.content, files.media_type, '{}',
                decided.decided_at
            from governance.minutes_seals as seals
            join (\(fragment: latest(alliances))) as decided on decided.minutes_id = seals.minutes_id
            join tenancy.documents on documents.organization_id = \(organization)
                and documents.document_id = seals.redacted_document_id
            join tenancy.files on files.organization_id = \(organization)
                and files.file_id = seals.redacted_file_id
            where seals.organization_id = \(organization) and not seals.is_reserved
                and decided.act = 'published'
                and not exists (
                    select from reporting.published_documents as known
                    where known.organization_id = \(organization)
                        and known.document_id = seals.minutes_id)
                and sha256(files.content) = files.sha256
            on conflict on constraint published_documents_pkey do nothing
            """)
        try await execute(
            """
            update reporting.published_documents as known
            set is_public = decided.act = 'published',
                published_at = case when decided.act = 'published' then decided.decided_at
                    else known.published_at end
            from (\(fragment: latest(alliances))) as decided
            where known.organization_id = \(organization) and known.document_id = decided.minutes_id
                and known.kind = 'minutes' and known.is_public <> (decided.act = 'published')
            """)
    }

    /// What was decided last about each of the minutes of alliances.
    private func latest(_ alliances: [Kernel.ID<Alliance>]) -> SQL {
        """
        select distinct on (minutes_id) minutes_id, act, decided_at from governance.minutes_publications
        where organization_id = \(organization) and alliance_id = any (\(alliances))
        order by minutes_id, position desc
        """
    }
}
