public import Foundation
public import Postgres
import Tenancy

extension Obligation.Code: SQLValue {}

extension ObligationState: SQLValue {}

/// The obligations that the product knows, as `sql/data/obligations.json` has them.
public struct ObligationCatalogue: Sendable {
    /// The obligations in the order of their codes.
    public let obligations: [Obligation]

    /// Reads the file of the folder of catalogues.
    ///
    /// - Throws: `DecodingError` where an obligation says something that cannot be, or an error of Foundation
    ///   where the file is not there.
    public init(folder: URL) throws {
        let data = try Data(contentsOf: folder.appending(path: "obligations.json"))
        obligations = try JSONDecoder().decode([ObligationEntry].self, from: data).map(\.obligation)
            .sorted { $0.code < $1.code }
    }

    /// Writes the catalogue, changing only rows that differ. An obligation that the file no longer has stays:
    /// states point at it.
    ///
    /// - Returns: How many rows were written.
    @discardableResult
    public func load(into database: Database) async throws -> Int {
        try await database.transaction(OwnerScope()) { transaction in
            var written = 0
            for obligation in obligations { written += try await transaction.write(obligation) }
            return written
        }
    }
}

/// An obligation as the file has it.
private struct ObligationEntry: Decodable {
    let obligation: Obligation

    private enum Key: String, CodingKey {
        case code, title, duty, bound, norm, source, evidence, parameters
        case normIsConfirmed = "norm_is_confirmed"
        case appliesTo = "applies_to"
        case deadlineIsConfirmed = "deadline_is_confirmed"
    }

    init(from decoder: any Decoder) throws {
        let entry = try decoder.container(keyedBy: Key.self)
        let kinds = try entry.decode([String].self, forKey: .appliesTo).map { name in
            guard let kind = Organization.Kind(rawValue: name) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .appliesTo, in: entry, debugDescription: "no kind of entity: \(name)")
            }
            return kind
        }
        obligation = Obligation(
            code: try entry.decode(Obligation.Code.self, forKey: .code),
            title: try entry.decode(String.self, forKey: .title),
            duty: try entry.decode(String.self, forKey: .duty),
            bound: try entry.decode(String.self, forKey: .bound),
            norm: try entry.decode(String.self, forKey: .norm),
            normIsConfirmed: try entry.decode(Bool.self, forKey: .normIsConfirmed),
            source: try entry.decode(String.self, forKey: .source),
            evidence: try entry.decode(String.self, forKey: .evidence),
            appliesTo: Set(kinds),
            parameters: try entry.decode(ObligationParameters.self, forKey: .parameters),
            deadlineIsConfirmed: try entry.decode(Bool.self, forKey: .deadlineIsConfirmed))
    }
}

extension Transaction where Scope == OwnerScope {
    fileprivate func write(_ obligation: Obligation) async throws -> Int {
        try await execute(
            """
            insert into catalogue.obligations as known (
                code, title, duty, bound, norm, norm_is_confirmed, source, evidence, applies_to, parameters,
                deadline_is_confirmed)
            values (
                \(obligation.code), \(obligation.title), \(obligation.duty), \(obligation.bound),
                \(obligation.norm), \(obligation.normIsConfirmed), \(obligation.source),
                \(obligation.evidence), \(obligation.appliesTo.map(\.rawValue).sorted()),
                \(try JSONText(encoding: obligation.parameters)), \(obligation.deadlineIsConfirmed))
            on conflict on constraint obligations_pkey do update set
                title = excluded.title, duty = excluded.duty, bound = excluded.bound, norm = excluded.norm,
                norm_is_confirmed = excluded.norm_is_confirmed, source = excluded.source,
                evidence = excluded.evidence, applies_to = excluded.applies_to,
                parameters = excluded.parameters, deadline_is_confirmed = excluded.deadline_is_confirmed
            where (known.title, known.duty, known.bound, known.norm, known.norm_is_confirmed, known.source,
                known.evidence, known.applies_to, known.parameters, known.deadline_is_confirmed)
                is distinct from (excluded.title, excluded.duty, excluded.bound, excluded.norm,
                excluded.norm_is_confirmed, excluded.source, excluded.evidence, excluded.applies_to,
                excluded.parameters, excluded.deadline_is_confirmed)
            """)
    }
}

extension Obligation: RowDecodable {
    /// Reads a row of the catalogue.
    public init(row: Row) throws(RowError) {
        let kinds: [String] = try row["applies_to"]
        let document: JSONText = try row["parameters"]
        let parameters: ObligationParameters
        do {
            parameters = try document.decoded()
        } catch {
            throw RowError(unreadable: "parameters", because: error)
        }
        self.init(
            code: try row["code"], title: try row["title"], duty: try row["duty"], bound: try row["bound"],
            norm: try row["norm"], normIsConfirmed: try row["norm_is_confirmed"],
            source: try row["source"], evidence: try row["evidence"],
            appliesTo: Set(kinds.compactMap(Organization.Kind.init)), parameters: parameters,
            deadlineIsConfirmed: try row["deadline_is_confirmed"])
    }
}

// The catalogue is public, so every scope may read it.
extension Transaction {
    /// Returns the obligations that the product knows, by code.
    public func obligations() async throws -> [Obligation] {
        let codes = Obligation.Code.allCases
        return try await rows(
            """
            select code, title, duty, bound, norm, norm_is_confirmed, source, evidence, applies_to, parameters,
                deadline_is_confirmed
            from catalogue.obligations where code = any (\(codes)) order by code
            """)
    }
}
