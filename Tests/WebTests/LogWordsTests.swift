import Foundation
import Testing

@testable import Web

@Suite struct LogWordsTests {
    /// Every act of Tenancy has a sentence of its own; what another module adds is told by its parts until it has one.
    @Test func `every act that Tenancy records is told in plain Spanish`() throws {
        let folder = packageRoot.appendingPathComponent("Sources/Tenancy")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var actions: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /"(tenancy\.[a-z_]+\.[a-z_]+)"/) {
                let action = String(match.output.1)
                // Those that are acts, and not rights, errors or topics.
                let before = text[..<match.range.lowerBound].suffix(40)
                if before.contains("AuditEvent(") || before.contains("note(") { actions.insert(action) }
            }
        }
        #expect(actions.count > 20)
        #expect(actions.subtracting(LogWords.sentences.keys).sorted() == [])
    }

    @Test func `no sentence names a detail that has no end`() {
        for (action, words) in LogWords.sentences {
            #expect(!words.short.isEmpty, "\(action)")
            #expect(!words.short.contains("{"), "\(action)")
            #expect(
                words.long.filter { $0 == "{" }.count == words.long.filter { $0 == "}" }.count, "\(action)")
        }
    }
}
