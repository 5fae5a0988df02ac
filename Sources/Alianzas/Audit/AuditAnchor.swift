import ArgumentParser
import Foundation
import Kernel
import Postgres
import Tenancy

/// `alianzas audit anchor`: tells the heads of the chains to the outside.
struct AuditAnchor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor",
        abstract: "Escribe las cabezas de las cadenas que avanzaron en un archivo de anclas.",
        discussion: """
            El servidor lo hace cada día en la carpeta «anclas» de los datos. Copie ese archivo donde quien administra \
            la base de datos no pueda cambiarlo: en un correo al organismo de control, en un acta.
            """)

    @Option(
        help: ArgumentHelp(
            "El archivo, al que se agrega; si no, uno nuevo en la carpeta «anclas» de los datos.",
            valueName: "archivo"))
    var file: String?

    @Flag(help: "Responde en JSON.")
    var json = false

    private struct Answer: Encodable {
        let file: String
        let anchors: [Anchor]
    }

    func run() async throws {
        let given = file
        let (file, anchors) = try await Runtime.with(program: "alianzas audit anchor") { runtime in
            let now = Date()
            let file = URL(filePath: given ?? Self.newFile(in: runtime.configuration.anchors, at: now))
            return (file, try await AuditLedger(database: runtime.database).anchor(to: file, at: now))
        }
        if json {
            try Terminal.print(json: Answer(file: file.path, anchors: anchors))
        } else if anchors.isEmpty {
            Terminal.print("Ninguna cadena ha avanzado desde la última ancla.")
        } else {
            Terminal.print("Se anclaron \(anchors.count) cadenas en \(file.path).")
        }
    }

    /// Beside the files of each day, and not one of them: the server takes one that is there for its work done.
    private static func newFile(in folder: String, at now: Date) -> String {
        "\(folder)/a-mano-\(ColombianTime.date(at: now))-\(Int(now.timeIntervalSince1970)).jsonl"
    }
}
