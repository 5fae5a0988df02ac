public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A public statement of an alliance, as anybody reads it.
public struct PublishedStatement: Sendable, Hashable, RowDecodable {
    /// One of those to whom it went.
    public struct Addressee: Sendable, Hashable, Codable {
        /// Who it is, with their office.
        public let name: String
        /// Since when they have it, where that is recorded.
        public let deliveredOn: CalendarDate?
        /// The day of their answer.
        public let answeredOn: CalendarDate?
        /// What they answered, in short.
        public let answer: String?

        private enum CodingKeys: String, CodingKey {
            case name, answer
            case deliveredOn = "delivered_on"
            case answeredOn = "answered_on"
        }
    }

    /// Identifies it.
    public let id: Kernel.ID<PublishedStatement>
    /// The alliance.
    public let alliance: Kernel.ID<Alliance>
    /// Its number.
    public let number: String
    /// What it is about.
    public let subject: String
    /// What it says.
    public let body: String
    /// Who signs it, each with their post.
    public let signers: [String]
    /// The day that it bears.
    public let issuedOn: CalendarDate
    /// Those to whom it went, in their order.
    public let addressees: [Addressee]
    /// When it was published.
    public let publishedAt: Date

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        id = try row["statement_id"]
        alliance = try row["alliance_id"]
        number = try row["number"]
        subject = try row["subject"]
        body = try row["body"]
        signers = try row["signers"]
        issuedOn = try row["issued_on"]
        publishedAt = try row["published_at"]
        let document: JSONText = try row["addressees"]
        do {
            addressees = try document.decoded()
        } catch {
            throw RowError(unreadable: "addressees", because: error)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Writes the public statements of alliances as they stand now: what was answered since, and what was taken back.
    func publishStatements(of alliances: [Kernel.ID<Alliance>]) async throws {
        try await execute(
            """
            insert into reporting.published_statements as known (
                organization_id, statement_id, alliance_id, municipality_code, is_public, number, subject,
                body, signers, issued_on, addressees, published_at)
            select \(organization), letters.letter_id, letters.alliance_id,
                (
                    select min(places.municipality_code) from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization)
                        and places.alliance_id = letters.alliance_id
                ),
                true,
                'S-' || letters.year || '-'
                    || lpad(letters.number::text, greatest(4, length(letters.number::text)), '0'),
                letters.subject, letters.body, letters.signers, letters.dated_on,
                (
                    select coalesce(
                        jsonb_agg(
                            jsonb_build_object(
                                'name', addressees.name, 'delivered_on', addressees.delivered_on,
                                'answered_on', addressees.answered_on, 'answer', addressees.answer)
                            order by addressees.position), '[]')
                    from governance.letter_addressees as addressees
                    where addressees.organization_id = \(organization)
                        and addressees.letter_id = letters.letter_id
                ), publications.published_at
            from governance.statement_publications as publications
            join governance.letters on letters.organization_id = \(organization)
                and letters.letter_id = publications.letter_id
            where publications.organization_id = \(organization)
                and publications.alliance_id = any (\(alliances)) and publications.withdrawn_at is null
            on conflict on constraint published_statements_pkey do update set
                is_public = excluded.is_public, addressees = excluded.addressees,
                published_at = excluded.published_at
            where (known.is_public, known.addressees, known.published_at)
                is distinct from (excluded.is_public, excluded.addressees, excluded.published_at)
            """)
        try await execute(
            """
            update reporting.published_statements as known set is_public = false
            where known.organization_id = \(organization) and known.alliance_id = any (\(alliances))
                and known.is_public
                and not exists (
                    select from governance.statement_publications as publications
                    where publications.organization_id = \(organization)
                        and publications.letter_id = known.statement_id
                        and publications.withdrawn_at is null)
            """)
    }
}

extension Transaction where Scope == PublicScope {
    /// Returns the public statements of an alliance, the latest first.
    public func publishedStatements(
        of alliance: Kernel.ID<Alliance>, in organization: Kernel.ID<Organization>
    ) async throws -> [PublishedStatement] {
        try await rows(
            """
            select statement_id, alliance_id, number, subject, body, signers, issued_on, addressees,
                published_at
            from reporting.published_statements
            where organization_id = \(organization) and alliance_id = \(alliance) and is_public
            order by issued_on desc, statement_id limit 100
            """)
    }

    /// Returns a public statement.
    public func publishedStatement(
        _ statement: Kernel.ID<PublishedStatement>, in organization: Kernel.ID<Organization>
    ) async throws -> PublishedStatement? {
        try await row(
            """
            select statement_id, alliance_id, number, subject, body, signers, issued_on, addressees,
                published_at
            from reporting.published_statements
            where organization_id = \(organization) and statement_id = \(statement) and is_public
            """)
    }
}
