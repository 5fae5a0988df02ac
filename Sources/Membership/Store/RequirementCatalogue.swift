public import Foundation
public import Postgres
import Tenancy

/// The requirements that the product knows (E01 to E17), as `sql/data/requirements.json` has them.
public struct RequirementCatalogue: Sendable {
    private let entries: [Entry]

    /// Reads the file of the folder of catalogues.
    ///
    /// - Throws: `DecodingError` or ``RequirementError`` where a requirement says something that cannot be, or
    ///   an error of Foundation where the file is not there.
    public init(folder: URL) throws {
        let data = try Data(contentsOf: folder.appending(path: "requirements.json"))
        entries = try JSONDecoder().decode([Entry].self, from: data)
        // What could not be evaluated is refused here, rather than in front of a person.
        for entry in entries { _ = try Evaluator(name: entry.evaluator, parameters: entry.parameters) }
    }

    /// Writes the catalogue, changing only rows that differ. A requirement that the file no longer has stays:
    /// switches point at it.
    ///
    /// - Returns: How many rows were written.
    @discardableResult
    public func load(into database: Database) async throws -> Int {
        try await database.transaction(OwnerScope()) { transaction in
            var written = 0
            for entry in entries { written += try await transaction.write(entry) }
            return written
        }
    }

    fileprivate struct Entry: Decodable {
        let code: String
        let title: String
        let question: String
        let evaluator: String
        let parameters: [String: ParameterValue]
        let norm: String
        let normIsConfirmed: Bool
        let source: String
        let cure: String
        let targets: [EligibilityTarget]

        enum CodingKeys: String, CodingKey {
            case code, title, question, evaluator, parameters, norm, source, cure, targets
            case normIsConfirmed = "norm_is_confirmed"
        }
    }
}

extension EligibilityTarget: Decodable {}

extension Transaction where Scope == OwnerScope {
    fileprivate func write(_ entry: RequirementCatalogue.Entry) async throws -> Int {
        try await execute(
            """
            insert into catalogue.requirements as known (
                code, title, question, evaluator, parameters, norm, norm_is_confirmed, source, cure, targets)
            values (
                \(entry.code), \(entry.title), \(entry.question), \(entry.evaluator),
                \(try JSONText(encoding: entry.parameters)), \(entry.norm), \(entry.normIsConfirmed),
                \(entry.source), \(entry.cure), \(entry.targets.map(\.rawValue)))
            on conflict on constraint requirements_pkey do update set
                title = excluded.title, question = excluded.question, evaluator = excluded.evaluator,
                parameters = excluded.parameters, norm = excluded.norm,
                norm_is_confirmed = excluded.norm_is_confirmed, source = excluded.source,
                cure = excluded.cure, targets = excluded.targets
            where (known.title, known.question, known.evaluator, known.parameters, known.norm,
                known.norm_is_confirmed, known.source, known.cure, known.targets)
                is distinct from (excluded.title, excluded.question, excluded.evaluator,
                excluded.parameters, excluded.norm, excluded.norm_is_confirmed, excluded.source,
                excluded.cure, excluded.targets)
            """)
    }
}
