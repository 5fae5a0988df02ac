import Foundation
import Testing

/// The manual and the pages that lead to it.
@Suite struct ManualTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The topics that pages name, with the file that names them.
    private func topics() throws -> [(topic: String, file: String)] {
        let folder = Self.repository.appending(path: "Sources/Web")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).matches(of: /HelpTopic \{ "([a-z-]+)" \}/)
                .map { (String($0.1), file.lastPathComponent) }
        }
    }

    @Test func `each page's help is there`() throws {
        let topics = try topics()
        #expect(topics.count > 20)
        for (topic, file) in topics {
            let page = Self.repository.appending(path: "Documentation/manual/\(topic).md")
            #expect(FileManager.default.fileExists(atPath: page.path), "\(file) leads to «\(topic)»")
        }
    }

    @Test func `each link of the manual leads to a page of it`() throws {
        let folder = Self.repository.appending(path: "Documentation/manual")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") }
        #expect(pages.count > 20)
        for page in pages {
            let text = try String(contentsOf: folder.appending(path: page), encoding: .utf8)
            // Lists stand alone: the pages read neither lists within lists nor lines that go on.
            #expect(!text.contains(/\n +\S/), "\(page) has a line that begins with spaces")
            #expect(!text.contains("\n|"), "\(page) has a table, which pages do not read")
            for link in text.matches(of: /(!?)\[[^\]]+\]\(([^)]+)\)/) {
                let name = link.1.isEmpty ? "\(link.2).md" : "imagenes/\(link.2).webp"
                #expect(
                    FileManager.default.fileExists(atPath: folder.appending(path: name).path),
                    "\(page) leads to «\(link.2)»")
            }
        }
    }
}
