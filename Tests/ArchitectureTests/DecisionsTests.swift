import Foundation
import TestSupport
import Testing

/// Reads the commands of elections: each of a right whose refusals are recorded asks what who decides is in the election,
/// and so refuses whoever stands in it. Jurors enter the count of their own table by the capacity that they were named in.
@Suite struct DecisionsTests {
    @Test func `every command that decides asks who does`() throws {
        let module = TestDatabase.repository.appending(path: "Sources/Elections")
        let rights = try DecisionLint.rights(in: try texts(of: module, named: "Permissions.swift"))
        let commands = try texts(of: module.appending(path: "Commands"), named: ".swift")
            .flatMap { try DecisionLint.commands(in: $0) }
        // The reader of sources found them.
        #expect(rights.count > 8 && commands.count > 50)
        #expect(commands.filter { rights.contains($0.right) && !$0.asks }.map(\.name) == [])
        // And none asks in vain.
        #expect(commands.filter { !rights.contains($0.right) && $0.asks }.map(\.name) == [])
    }

    @Test func `a command that forgets to ask is told`() throws {
        let commands = try DecisionLint.commands(
            in: """
                public struct Forgetful: Command {
                    /// Who may do it.
                    public static let permission = Permission.canvass
                }
                """)
        #expect(commands == [.init(name: "Forgetful", right: "canvass", asks: false)])
    }

    private func texts(of folder: URL, named suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasSuffix(suffix) }
            .map { try String(contentsOf: $0, encoding: .utf8) }
    }
}

/// Reads rights and commands out of sources.
private enum DecisionLint {
    /// A command as its source declares it.
    struct Found: Hashable {
        let name: String
        let right: String
        /// Whether it is an `ElectionDecision`.
        let asks: Bool
    }

    /// The rights whose refusals are recorded, but for the count of one's own table.
    static func rights(in sources: [String]) throws -> Set<String> {
        let declaration = try Regex(
            #"static let (\w+) = Permission\(([^)]*)\)"#, as: (Substring, Substring, Substring).self)
        return Set(
            sources.flatMap { source in
                source.matches(of: declaration)
                    .filter { $0.output.2.contains("isSensitive: true") }
                    .map { String($0.output.1) }
            }
        ).subtracting(["enterCounts"])
    }

    /// The commands of a file.
    static func commands(in source: String) throws -> [Found] {
        let declaration = try Regex(
            #"struct (\w+): (Command|ElectionDecision) \{(?s:.*?)static let permission = Permission\.(\w+)"#,
            as: (Substring, Substring, Substring, Substring).self)
        return source.matches(of: declaration).map {
            Found(
                name: String($0.output.1), right: String($0.output.3),
                asks: $0.output.2 == "ElectionDecision")
        }
    }
}
