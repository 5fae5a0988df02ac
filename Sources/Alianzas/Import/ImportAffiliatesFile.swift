import ArgumentParser
import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

/// `alianzas import affiliates`: merges a file of affiliates into the register of an entity.
struct ImportAffiliatesFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "affiliates",
        abstract: "Importa el padrón de afiliados de una entidad.",
        discussion: """
            Las columnas van en cualquier orden, por su encabezado: \(AffiliateColumn.allCases.map(\.header).joined(separator: ", ")).
            Las filas que no sirven se rechazan con su línea, columna, valor y motivo en un CSV, y las demás entran \
            todas o ninguna. El resultado es 1 si hubo filas rechazadas.
            """)

    @Argument(help: ArgumentHelp("El archivo, o - para la entrada.", valueName: "archivo"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "La entidad: su código de EPS o REPS, o su nombre en las direcciones.", valueName: "código"))
    var organization: String

    @Option(help: ArgumentHelp("El día de corte del archivo, AAAA-MM-DD; si no, hoy.", valueName: "fecha"))
    var cutoff: String?

    @Option(
        help: ArgumentHelp(
            "Dónde dejar el informe de filas rechazadas; si no, al lado del archivo.", valueName: "ruta"))
    var report: String?

    @Flag(help: "Revisa y compara, pero no cambia nada.")
    var dryRun = false

    @Flag(help: "Responde en JSON.")
    var json = false

    func validate() throws {
        if let cutoff, CalendarDate(cutoff) == nil {
            throw ValidationError("«\(cutoff)» no es una fecha. Escríbala como 2026-03-13.")
        }
    }

    func run() async throws {
        let source = try InputFile(file)
        let report = RefusalFile(path: self.report ?? source.reportPath)
        defer { report.drop() }
        let (code, cutoff, isDry, isQuiet) = (organization, cutoff, dryRun, json)
        let summary = try await Runtime.with(program: "alianzas import") { runtime in
            let organization = try await runtime.organization(named: code)
            let catalogue = try Catalogue(folder: runtime.configuration.catalogues)
            let product = try await Product(runtime)
            let imports = ImportAffiliates(runner: product.runner, divipola: catalogue.divipola)
            let principal = Principal.terminal(in: organization.id)
            let line = ProgressLine(isShown: !isQuiet)
            let day = cutoff.flatMap { CalendarDate($0) } ?? ColombianTime.date(at: product.runner.now)
            let preview = try await imports.stage(
                source.bytes(), named: source.name, asOf: isDry ? nil : day, as: principal,
                report: { try report.write($0) },
                progress: { line.show($0, of: source.byteCount) })
            line.end()
            guard !isDry else {
                try await imports.discard(preview.staged.batch, as: principal)
                return preview.summary
            }
            do {
                return try await imports.merge(preview.staged, asOf: day, as: principal)
            } catch {
                // Another import was faster: nobody comes back for these rows.
                try await imports.discard(preview.staged.batch, as: principal)
                throw error
            }
        }
        let path = try report.finish(keeping: summary.refused > 0)
        if json {
            try Terminal.print(json: Answer(summary, report: path))
        } else {
            Terminal.print(summary.text(isDry: dryRun))
            if let path { Terminal.print("Filas rechazadas, con su motivo: \(path)") }
        }
        if summary.refused > 0 { throw ExitCode(Terminal.Status.refused.rawValue) }
    }

    /// The summary as `--json` prints it.
    private struct Answer: Encodable {
        let summary: AffiliateImportSummary
        let report: String?

        init(_ summary: AffiliateImportSummary, report: String?) {
            self.summary = summary
            self.report = report
        }

        private enum Key: String, CodingKey {
            case read, new, changed, unchanged, refused, report
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            try object.encode(summary.read, forKey: .read)
            try object.encode(summary.new, forKey: .new)
            try object.encode(summary.changed, forKey: .changed)
            try object.encode(summary.unchanged, forKey: .unchanged)
            try object.encode(summary.refused, forKey: .refused)
            try object.encode(report, forKey: .report)
        }
    }
}

extension AffiliateImportSummary {
    /// The summary as people read it.
    fileprivate func text(isDry: Bool) -> String {
        let counts = [
            (read, "leídas"), (new, "nuevas"), (changed, "con cambios"), (unchanged, "iguales"),
            (refused, "rechazadas"),
        ]
        let width = counts.map { SpanishFormat.number($0.0).count }.max() ?? 0
        let lines = counts.map { count, words in
            let number = SpanishFormat.number(count)
            return "  \(String(repeating: " ", count: width - number.count))\(number) \(words)"
        }
        return (isDry ? "Si se importa (aún no se cambió nada):\n" : "Importado:\n")
            + lines.joined(separator: "\n")
    }
}
