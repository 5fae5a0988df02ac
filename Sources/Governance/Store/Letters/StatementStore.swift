import Foundation
import Kernel
public import Postgres
import Tenancy

extension StatementPublication: RowDecodable {
    /// Reads a row of `governance.statement_publications`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["publication_id"], of: try row["letter_id"], at: try row["published_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The publication of a statement that stands; `nil` where none does.
    func publication(of letter: ID<Letter>) async throws -> StatementPublication? {
        try await row(
            """
            select publication_id, letter_id, published_at from governance.statement_publications
            where organization_id = \(organization) and letter_id = \(letter) and withdrawn_at is null
            """)
    }

    /// Publishes a statement.
    ///
    /// - Throws: ``LetterError/publishedAlready``.
    func insert(_ publication: StatementPublication, in alliance: ID<Alliance>) async throws {
        try await execute(
            """
            insert into governance.statement_publications (
                organization_id, publication_id, letter_id, alliance_id, kind, state, letter_is_reserved,
                published_at, published_by)
            values (
                \(organization), \(publication.id), \(publication.letter), \(alliance), 'statement', 'issued',
                false, \(publication.at), \(scope.principal.user))
            """,
            refusals: ["statement_publications_current_key": LetterError.publishedAlready])
    }

    /// Takes a publication back.
    ///
    /// - Throws: ``LetterError/notPublished``.
    func withdrawPublication(of letter: ID<Letter>, because reason: String, at now: Date) async throws {
        let written = try await execute(
            """
            update governance.statement_publications
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and letter_id = \(letter) and withdrawn_at is null
            """)
        guard written == 1 else { throw LetterError.notPublished }
    }
}
