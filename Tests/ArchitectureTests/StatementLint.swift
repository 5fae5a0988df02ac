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
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let (count, found) = try self.findings(
                in: try String(contentsOf: file, encoding: .utf8), named: file.lastPathComponent)
            statements += count
            findings += found
        }
        return (statements, findings)
    }

    /// What one source leaves out.
    func findings(in source: String, named name: String) throws -> (statements: Int, findings: [Finding]) {
        let literal = try NSRegularExpression(
            pattern: #"(: SQL \{\s*|: SQL = |-> SQL \{\s*)?("""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*")"#)
        let mention = try NSRegularExpression(
            pattern: #"\b(?:from|join|into|update|using|,)\s+([a-z]+\.[a-z_]+)\b(?!\()"#)
        // Comments show statements, too.
        let code = source.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }.joined(separator: "\n")
        var statements = 0
        var findings: [Finding] = []
        for match in literal.matches(in: code, range: NSRange(code.startIndex..., in: code)) {
            guard let range = Range(match.range(at: 2), in: code) else { continue }
            let text = String(code[range])
            let named = mention.matches(in: text, range: NSRange(text.startIndex..., in: text))
                .count { Range($0.range(at: 1), in: text).map { tables.contains(String(text[$0])) } ?? false }
            guard named > 0 else { continue }
            // The beginning of several statements, each of which says where.
            let isFragment = match.range(at: 1).location != NSNotFound && !text.contains("where")
            guard !isFragment else { continue }
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
