import ArgumentParser
import Postgres

/// `alianzas migrate`: brings the database to the schema of this program.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pone la base de datos al día con este programa.")

    @Flag(help: "Responde en JSON.")
    var json = false

    private struct Answer: Encodable {
        let applied: [String]
    }

    func run() async throws {
        let json = json
        let applied = try await Runtime.with(schema: .any, program: "alianzas migrate") { runtime in
            try await runtime.migrate { file in
                if !json { Terminal.print("\(file.name)") }
            }
        }
        if json {
            try Terminal.print(json: Answer(applied: applied.map(\.name)))
        } else {
            Terminal.print(
                applied.isEmpty ? "La base de datos ya estaba al día." : "La base de datos está al día.")
        }
    }
}
