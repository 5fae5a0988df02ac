import Foundation
import TestSupport
import Testing

/// Reads the sources of pages: what they read of a tenant goes by the runner, which asks for the right and leaves the
/// trace. One file enters a tenant's scope for them, and the doorkeeper does before anybody is let in.
@Suite struct ReadingTests {
    private static let doors: Set<String> = ["TenantReading.swift", "SessionDoorkeeper.swift"]

    /// Whether a source enters a tenant's scope by itself.
    private func entersTenant(_ source: String) -> Bool {
        source.split(separator: "\n").contains { line in
            !line.drop { $0 == " " }.hasPrefix("//") && line.contains("TenantScope(")
        }
    }

    @Test func `no page enters the scope of a tenant by itself`() throws {
        let folder = TestDatabase.repository.appending(path: "Sources/Web")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        #expect(files.count > 100)
        let entering = try files.filter { try entersTenant(String(contentsOf: $0, encoding: .utf8)) }
            .map(\.lastPathComponent)
        // None but those, and both of them still.
        #expect(Set(entering) == Self.doors)
    }

    @Test func `a page that does is told`() {
        #expect(entersTenant("    try await database.read(TenantScope(context.principal)) { _ in }"))
        #expect(!entersTenant("    // Not by TenantScope(principal)."))
        #expect(!entersTenant("    try await context.read(.seeUsers) { _ in }"))
    }
}
