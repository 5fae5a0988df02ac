import ArgumentParser
import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// `alianzas import source`: takes a source document of an alliance in, and tells where it contradicts itself.
struct ImportSourceFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source",
        abstract: "Carga un documento de origen de una alianza: plan, actas o procedimiento.",
        discussion: """
            El archivo tiene la forma de los de sql/data/sources. Donde el documento se contradice (un día de la \
            semana que no corresponde a su fecha, una reunión que termina antes de empezar) se advierte y se \
            conservan las dos lecturas. Cargar otra vez el mismo archivo no cambia nada.
            """)

    @Argument(help: ArgumentHelp("El archivo, o - para la entrada.", valueName: "archivo"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "La entidad: su código de EPS o REPS, o su nombre en las direcciones.", valueName: "código"))
    var organization: String

    @Option(help: ArgumentHelp("La alianza, como está en su dirección.", valueName: "alianza"))
    var alliance: String

    @Flag(help: "Responde en JSON.")
    var json = false

    func run() async throws {
        let document = try SourceDocument(InputFile(file).contents())
        let (code, slug) = (organization, alliance)
        let outcome = try await Runtime.with(program: "alianzas import") { runtime in
            let (organization, alliance) = try await runtime.alliance(named: "\(code)/\(slug)")
            let product = try await Product(runtime)
            return try await product.runner.run(
                ImportSource(document, of: alliance.id), as: .terminal(in: organization.id))
        }
        let isNew = if case .imported = outcome { true } else { false }
        if json {
            try Terminal.print(json: Answer(document, isNew: isNew))
        } else {
            Terminal.print(document.text(isNew: isNew))
        }
    }

    /// What was read, as `--json` prints it.
    private struct Answer: Encodable {
        struct Warning: Encodable {
            let kind: String
            let place: String
            let written: String
            let readings: [String]
        }

        let source: String
        let imported: Bool
        let activities: Int
        let meetings: Int
        let minutes: Int
        let agendas: Int
        let warnings: [Warning]

        init(_ document: SourceDocument, isNew: Bool) {
            source = document.code
            imported = isNew
            activities = document.plan?.activityCount ?? 0
            meetings = document.meetings.count
            minutes = document.minutes.count
            agendas = document.agendas.count
            warnings = document.warnings.map {
                Warning(
                    kind: $0.kind.rawValue, place: $0.place, written: $0.written,
                    readings: [$0.firstReading, $0.secondReading])
            }
        }
    }
}

extension InputFile {
    /// The whole file.
    fileprivate func contents() throws -> Data {
        var source = try bytes()
        var data = Data()
        while case let piece = try source.read(upTo: 1 << 16), !piece.isEmpty { data += piece }
        return data
    }
}

extension SourceDocument {
    /// What was read, as people read it.
    fileprivate func text(isNew: Bool) -> String {
        let parts = [
            (plan?.activityCount ?? 0, "actividad", "actividades"), (meetings.count, "reunión", "reuniones"),
            (minutes.count, "acta", "actas"), (agendas.count, "orden del día", "órdenes del día"),
        ].filter { $0.0 > 0 }.map { SpanishFormat.count($0.0, $0.1, $0.2) }
        let head = isNew ? "Cargado" : "Ya estaba cargado, sin cambios"
        let lines = warnings.map { warning in
            """
              \(warning.kind.title)
                \(warning.place): «\(warning.written)»
                Se lee como \(warning.firstReading); también como \(warning.secondReading).
            """
        }
        let count = SpanishFormat.count(warnings.count, "advertencia", "advertencias")
        return """
            \(head): \(title)\(parts.isEmpty ? "" : " (\(SpanishFormat.list(parts)))").
            \(count)\(warnings.isEmpty ? "." : ":")
            \(lines.joined(separator: "\n"))
            """.trimmingCharacters(in: .newlines)
    }
}
