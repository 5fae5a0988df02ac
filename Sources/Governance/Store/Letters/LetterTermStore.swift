public import Foundation
import Kernel
public import Postgres
public import Tenancy

extension LetterTerm: RowDecodable {
    /// Reads a row of the catalogue or of the tenant.
    public init(row: Row) throws(RowError) {
        self.init(
            code: try row["code"], title: try row["title"], businessDays: try row["business_days"],
            norm: try row["norm"], isConfirmed: try row["norm_is_confirmed"], source: try row["source"],
            isOwn: try row["is_own"])
    }
}

/// In how long letters are answered, as `sql/data/letter_terms.json` has it.
public struct LetterCatalogue: Sendable {
    /// The terms, in their order.
    public let terms: [LetterTerm]

    /// Reads the file of the folder of catalogues.
    ///
    /// - Throws: `DecodingError`, or an error of Foundation where the file is not there.
    public init(folder: URL) throws {
        terms = try JSONDecoder().decode(
            [LetterTerm].self, from: Data(contentsOf: folder.appending(path: "letter_terms.json")))
    }

    /// Writes the terms.
    public func load(into database: Database) async throws {
        let terms = terms
        try await database.transaction(OwnerScope()) { transaction in
            for term in terms {
                try await transaction.execute(
                    """
                    insert into catalogue.letter_terms (
                        code, title, business_days, norm, norm_is_confirmed, source)
                    values (
                        \(term.code), \(term.title), \(term.businessDays), \(term.norm),
                        \(term.isConfirmed), \(term.source))
                    on conflict on constraint letter_terms_pkey do update set
                        title = excluded.title, business_days = excluded.business_days,
                        norm = excluded.norm, norm_is_confirmed = excluded.norm_is_confirmed,
                        source = excluded.source
                    """)
            }
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// In how long letters are answered as it counts for the tenant, the shortest first: as it confirmed it, else as the
    /// catalogue has it.
    public func letterTerms() async throws -> [LetterTerm] {
        try await rows(
            """
            select known.code, known.title, coalesce(own.business_days, known.business_days) as business_days,
                coalesce(own.norm, known.norm) as norm,
                own.code is not null or known.norm_is_confirmed as norm_is_confirmed,
                case when own.code is null then known.source else '' end as source,
                own.code is not null as is_own
            from catalogue.letter_terms as known
            left join (
                select distinct on (code) code, business_days, norm from governance.letter_terms
                where organization_id = \(organization) and withdrawn_at is null
                order by code, set_at desc, term_id desc
            ) as own on own.code = known.code
            order by business_days, known.code
            """)
    }

    /// The term of a code; `nil` without one.
    ///
    /// - Throws: ``LetterError/termNotFound``.
    func letterTerm(_ code: String?) async throws -> LetterTerm? {
        guard let code else { return nil }
        guard let term = try await letterTerms().first(where: { $0.code == code }) else {
            throw LetterError.termNotFound
        }
        return term
    }

    /// Adds a term that the tenant confirmed, which replaces the one before.
    func insert(_ term: LetterTerm, at now: Date) async throws {
        try await execute(
            """
            insert into governance.letter_terms (
                organization_id, term_id, code, business_days, norm, set_at, set_by)
            values (
                \(organization), \(ID<LetterTerm>()), \(term.code), \(term.businessDays), \(term.norm),
                \(now), \(scope.principal.user))
            """)
    }

    /// Takes back what the tenant confirmed of a term.
    ///
    /// - Returns: How many confirmations counted or were replaced before, and count no more.
    func withdrawLetterTerm(_ code: String, because reason: String, at now: Date) async throws -> Int {
        try await execute(
            """
            update governance.letter_terms
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and code = \(code) and withdrawn_at is null
            """)
    }
}
