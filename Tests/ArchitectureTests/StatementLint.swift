import Foundation
import Postgres
import TestSupport

/// Reads the SQL in the sources: every statement names the tenant for every table of tenants that it reads or writes,
/// beside row security, so that the second lock is never the only one and a sharded database knows where to go.
struct StatementLint {
    /// Tables of tenants, but for projections, which some read across tenants.
    let tables: Set<String>

    /// A literal that names a table more often than its tenant.
    struct Finding: Hashable, CustomStringConvertible {
        let file: String
        let statement: String

        var description: String { "\(file): \(statement)" }
    }

    /// Reads the tables of a database.
    init(_ database: Database) async throws {
        tables = Set(
            try await database.read(SuperuserScope()) { transaction in
                try await transaction.values(
                    """
                    select nspname || '.' || relname from pg_class
                    join pg_namespace on pg_namespace.oid = relnamespace
                    where exists (
                            select from pg_policy where polrelid = pg_class.oid and polname = 'tenant_isolation')
                        and not exists (
                            select from pg_policy where polrelid = pg_class.oid and polname = 'territory')
                    """, as: String.self)
            })
    }

    /// What the sources of a folder leave out.
    func findings(in folder: URL) throws -> (statements: Int, findings: [Finding]) {
        var statements = 0
        var findings: [Finding] = []
        for file in sources(in: folder) {
            let (count, found) = try self.findings(
                in: try String(contentsOf: file, encoding: .utf8), named: file.lastPathComponent)
            statements += count
            findings += found
        }
        return (statements, findings)
    }

    /// What the sources of a folder may not do, but for those of some folders in it: a measurement makes its own rows,
    /// and migrations are nobody's transaction.
    func strays(in folder: URL, except exceptions: [String]) throws -> [Finding] {
        try sources(in: folder)
            .filter { file in !exceptions.contains { file.path.contains($0) } }
            .flatMap {
                try strays(in: try String(contentsOf: $0, encoding: .utf8), named: $0.lastPathComponent)
            }
    }

    private func sources(in folder: URL) -> [URL] {
        FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" } ?? []
    }

    /// A literal of a source, and whether it may be the beginning of several statements.
    private struct Literal {
        let text: String
        let isFragment: Bool
    }

    private func literals(of source: String) throws -> [Literal] {
        let literal = try NSRegularExpression(
            pattern: #"(: SQL \{\s*|: SQL = |-> SQL \{\s*)?("""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*")"#)
        // Comments show statements, too.
        let code = source.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }.joined(separator: "\n")
        return literal.matches(in: code, range: NSRange(code.startIndex..., in: code)).compactMap { match in
            Range(match.range(at: 2), in: code).map {
                Literal(text: String(code[$0]), isFragment: match.range(at: 1).location != NSNotFound)
            }
        }
    }

    /// What statements may not do on a sharded database or behind a pooler (rules 6, 11 and 12 of the twenty), and
    /// since time and chance come from the server as parameters.
    private static let strays =
        #"\b(now\(\)|current_(date|timestamp)\b|clock_timestamp|statement_timestamp|gen_random_uuid|random\(\)"#
        + #"|set_config|set session\b|merge into|notify [a-z]|listen [a-z]|pg_(try_)?advisory_lock"#
        + #"|create temp|with hold)"#

    /// Statements of one source that ask the clock or chance, leave something behind in their connection, or merge.
    func strays(in source: String, named name: String) throws -> [Finding] {
        let stray = try NSRegularExpression(pattern: Self.strays)
        let isStatement = try NSRegularExpression(
            pattern:
                #"\b(select|insert into|update [a-z]+\.|delete from|merge into|notify|listen|set session|create temp)\b"#
        )
        return try literals(of: source).map(\.text).filter { text in
            let range = NSRange(text.startIndex..., in: text)
            return isStatement.firstMatch(in: text, range: range) != nil
                && stray.firstMatch(in: text, range: range) != nil
        }.map {
            Finding(file: name, statement: $0.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }
    }

    /// What one source leaves out.
    func findings(in source: String, named name: String) throws -> (statements: Int, findings: [Finding]) {
        let mention = try NSRegularExpression(
            pattern: #"\b(?:from|join|into|update|using|,)\s+([a-z]+\.[a-z_]+)\b(?!\()"#)
        var statements = 0
        var findings: [Finding] = []
        for literal in try literals(of: source) {
            let text = literal.text
            let named = mention.matches(in: text, range: NSRange(text.startIndex..., in: text))
                .count { Range($0.range(at: 1), in: text).map { tables.contains(String(text[$0])) } ?? false }
            guard named > 0 else { continue }
            // The beginning of several statements, each of which says where.
            guard !literal.isFragment || text.contains("where") else { continue }
            statements += 1
            if text.components(separatedBy: "organization_id").count - 1 < named {
                findings.append(
                    Finding(
                        file: name,
                        statement: text.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
            }
        }
        return (statements, findings)
    }
}
