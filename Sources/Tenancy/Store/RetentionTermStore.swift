public import Foundation
import Kernel
public import Postgres

extension RetentionTerm.Start: SQLValue {}
extension RetentionTerm.Disposition: SQLValue {}

extension RetentionTerm: RowDecodable {
    /// Reads a row of what is in force.
    public init(row: Row) throws(RowError) {
        self.init(
            of: try row["class"], years: try row["years"], from: try row["runs_from"], norm: try row["norm"],
            isConfirmed: try row["is_confirmed"], isOwn: try row["is_own"], source: try row["source"])
    }
}

/// How long files are kept, as `sql/data/retention_terms.json` proposes.
public struct RetentionCatalogue: Sendable {
    /// The terms, one for each class.
    public let terms: [RetentionTerm]

    /// Reads the file of the folder of catalogues.
    ///
    /// - Throws: `DecodingError` for a file that says what cannot be, or that leaves a class out; an error of Foundation
    ///   where it is not there.
    public init(folder: URL) throws {
        let data = try Data(contentsOf: folder.appending(path: "retention_terms.json"))
        terms = try JSONDecoder().decode([Entry].self, from: data).map(\.term)
        guard Set(terms.map(\.retention)) == Set(RetentionClass.allCases) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "retention_terms.json leaves a class out"))
        }
    }

    /// Writes the catalogue.
    public func load(into database: Database) async throws {
        let terms = terms
        try await database.transaction(OwnerScope()) { transaction in
            for term in terms {
                try await transaction.execute(
                    """
                    insert into catalogue.retention_terms (
                        class, years, runs_from, disposition, norm, norm_is_confirmed, source)
                    values (
                        \(term.retention), \(term.years), \(term.start), \(term.disposition), \(term.norm),
                        \(term.isConfirmed), \(term.source ?? ""))
                    on conflict on constraint retention_terms_pkey do update set
                        years = excluded.years, runs_from = excluded.runs_from,
                        disposition = excluded.disposition, norm = excluded.norm,
                        norm_is_confirmed = excluded.norm_is_confirmed, source = excluded.source
                    """)
            }
        }
    }

    private struct Entry: Decodable {
        let term: RetentionTerm

        private enum Key: String, CodingKey {
            case retention = "class"
            case years, norm, source, disposition
            case start = "runs_from"
            case isConfirmed = "norm_is_confirmed"
        }

        init(from decoder: any Decoder) throws {
            let entry = try decoder.container(keyedBy: Key.self)
            func known<Value: RawRepresentable<String>>(_ key: Key, _ type: Value.Type) throws -> Value {
                let text = try entry.decode(String.self, forKey: key)
                guard let value = Value(rawValue: text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: entry, debugDescription: "nothing is called \(text)")
                }
                return value
            }
            term = RetentionTerm(
                of: try known(.retention, RetentionClass.self),
                years: try entry.decode(Int?.self, forKey: .years),
                from: try known(.start, RetentionTerm.Start.self),
                norm: try entry.decode(String.self, forKey: .norm),
                isConfirmed: try entry.decode(Bool.self, forKey: .isConfirmed),
                source: try entry.decode(String.self, forKey: .source))
            guard try known(.disposition, RetentionTerm.Disposition.self) == term.disposition else {
                throw DecodingError.dataCorruptedError(
                    forKey: .disposition, in: entry, debugDescription: "what is kept for ever has no years")
            }
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// How long each class of files is kept in the tenant: by what it confirmed, else by the catalogue.
    public func retentionTerms() async throws -> [RetentionTerm] {
        try await rows(
            """
            select class, years, runs_from, norm, is_confirmed, is_own, source
            from tenancy.retention_in_force(\(organization))
            """
        ).sorted { $0.retention.order < $1.retention.order }
    }

    /// Adds a term that the tenant confirmed, which replaces the one before.
    func insert(_ term: RetentionTerm, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.retention_terms (
                organization_id, term_id, class, years, runs_from, disposition, norm, set_at, set_by)
            values (
                \(organization), \(ID<RetentionTerm>()), \(term.retention), \(term.years), \(term.start),
                \(term.disposition), \(term.norm), \(now), \(scope.principal.user))
            """)
    }

    /// Takes back what the tenant confirmed of a class.
    ///
    /// - Returns: How many confirmations counted or were replaced before, and count no more.
    func withdrawRetentionTerms(
        of retention: RetentionClass, because reason: String, at now: Date
    ) async throws -> Int {
        try await execute(
            """
            update tenancy.retention_terms
            set withdrawn_at = \(now), withdrawn_by = \(scope.principal.user), withdrawal_reason = \(reason)
            where organization_id = \(organization) and class = \(retention) and withdrawn_at is null
            """)
    }
}

extension RetentionClass {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
