import Foundation
import Governance
import Kernel
import Membership
import Postgres
import TestSupport
import Testing

@testable import Reporting

/// A requirement as the file has it.
private struct RequirementEntry: Decodable {
    let code: String
    let title: String
    let norm: String
    let normIsConfirmed: Bool
    let source: String
    let targets: [String]
}

/// `Documentation/Law.md`, whose tables are those of the files that the product reads.
///
/// `ALIANZAS_WRITE_LAW=1 swift test --filter LawTests` writes them anew.
@Suite struct LawTests {
    private static let file = TestDatabase.repository.appending(path: "Documentation/Law.md")

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }

    private static func confirmed(_ isConfirmed: Bool) -> String { isConfirmed ? "yes" : "**no**" }

    private static func requirements() throws -> String {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let data = try Data(contentsOf: catalogues.appending(path: "requirements.json"))
        let rows = try decoder.decode([RequirementEntry].self, from: data).map { entry in
            let targets = entry.targets.isEmpty ? "none" : entry.targets.joined(separator: ", ")
            return """
                | \(entry.code) | \(cell(entry.title)) | \(targets) | \(cell(entry.norm)) | \(cell(entry.source)) \
                | \(confirmed(entry.normIsConfirmed)) |
                """
        }
        return """
            | code | requirement | on by default for | norm | seen in | confirmed |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static func obligations() throws -> String {
        let rows = try ObligationCatalogue(folder: catalogues).obligations.map { obligation in
            let figures = obligation.parameters.figures.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "`\($0.key.rawValue)` \($0.value)" }.joined(separator: ", ")
            return """
                | \(obligation.code.rawValue) | \(cell(obligation.title)) | \(cell(obligation.bound)) \
                | \(cell(obligation.norm)) | \(cell(obligation.source)) | \(figures.isEmpty ? "none" : figures) \
                | \(confirmed(obligation.normIsConfirmed)) | \(confirmed(obligation.deadlineIsConfirmed)) |
                """
        }
        return """
            | code | obligation | binds | norm | seen in | figures | norm confirmed | deadline confirmed |
            |---|---|---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static func complaintTerms() throws -> String {
        let rows = try ComplaintCatalogue(folder: catalogues).terms.map { term in
            """
            | \(term.kind.title) | \(term.risk.title) | \(term.length) | \(cell(term.norm)) \
            | \(cell(term.source ?? "")) | \(confirmed(term.isConfirmed)) |
            """
        }
        return """
            | what is filed | risk | answered within | norm | seen in | confirmed |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static func letterTerms() throws -> String {
        let rows = try LetterCatalogue(folder: catalogues).terms.map { term in
            """
            | \(cell(term.title)) | \(term.length) | \(cell(term.norm)) | \(cell(term.source)) \
            | \(confirmed(term.isConfirmed)) |
            """
        }
        return """
            | what a letter asks | answered within | norm | seen in | confirmed |
            |---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static func parameters() -> String {
        let rows = BylawParameter.Name.allCases.map { "| `\($0.rawValue)` | \($0.title) |" }
        return """
            | parameter | what the bylaws order |
            |---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    /// The text with the tables between their marks replaced.
    private static func replacing(_ name: String, in text: String, with table: String) throws -> String {
        let (begin, end) = ("<!-- \(name) -->\n", "\n<!-- end -->")
        let start = try #require(text.range(of: begin), "no mark \(name)")
        let stop = try #require(text.range(of: end, range: start.upperBound..<text.endIndex))
        return text.replacingCharacters(in: start.upperBound..<stop.lowerBound, with: table)
    }

    @Test
    func `the document lists each rule with its norm and whether it was confirmed, as the files have them`()
        throws
    {
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        var text = try Self.replacing("requirements", in: written, with: try Self.requirements())
        text = try Self.replacing("obligations", in: text, with: try Self.obligations())
        text = try Self.replacing("complaint terms", in: text, with: try Self.complaintTerms())
        text = try Self.replacing("letter terms", in: text, with: try Self.letterTerms())
        text = try Self.replacing("parameters", in: text, with: Self.parameters())
        if ProcessInfo.processInfo.environment["ALIANZAS_WRITE_LAW"] != nil {
            try text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        #expect(
            text == written || ProcessInfo.processInfo.environment["ALIANZAS_WRITE_LAW"] != nil,
            "Documentation/Law.md is stale: ALIANZAS_WRITE_LAW=1 swift test --filter LawTests")
    }

    @Test func `the document tells the longest term that needs no citation`() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(text.contains("\(TermLimit.monthsWithoutCitation) months"))
    }
}
