import ArgumentParser
import Foundation
import Kernel
import Membership

/// `alianzas generate`: makes files of invented people.
struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hace archivos de personas inventadas, para ensayar.",
        subcommands: [GenerateAffiliates.self])
}

/// `alianzas generate affiliates`: a file of invented affiliates, as the import reads it.
struct GenerateAffiliates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "affiliates", abstract: "Hace un padrón de afiliados inventados.",
        discussion:
            "La misma semilla da las mismas personas. Nadie existe: ni documentos, ni teléfonos, ni correos.")

    @Option(help: ArgumentHelp("Cuántas personas.", valueName: "número"))
    var rows: Int

    @Option(help: ArgumentHelp("La semilla.", valueName: "número"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("El código de la EPS.", valueName: "código"))
    var insurer: String

    @Option(
        help: ArgumentHelp(
            "Códigos de municipios, separados por comas; si no, todo el país.", valueName: "códigos"))
    var municipalities: String?

    @Option(help: ArgumentHelp("El archivo, o - para la salida.", valueName: "archivo"))
    var output = "-"

    func validate() throws {
        guard rows >= 0 else { throw ValidationError("El número de personas no puede ser negativo.") }
    }

    func run() async throws {
        let configuration = try Configuration.current()
        let places = Set(
            (municipalities ?? "").split(separator: ",").compactMap { MunicipalityCode(rawValue: String($0)) }
        )
        let figures = try InventedPeople.Figures(folder: configuration.catalogues)
        let people = try InventedPeople(
            figures, seed: seed, today: ColombianTime.date(at: Date()), in: places)
        let handle: FileHandle
        if output == "-" {
            handle = .standardOutput
        } else {
            guard FileManager.default.createFile(atPath: output, contents: nil),
                let opened = FileHandle(forWritingAtPath: output)
            else { throw InputFileError.reportNotWritable(output) }
            handle = opened
        }
        var text = AffiliateFileWriter.header
        for person in people.prefix(rows) {
            text += AffiliateFileWriter.line(of: person, insurer: insurer)
            if text.utf8.count > 1 << 16 {
                try handle.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try handle.write(contentsOf: Data(text.utf8))
    }
}

extension InventedPeople.Figures {
    /// Reads the figures of the product.
    init(folder: URL) throws {
        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        try self.init(
            names: try text("nombres.csv"), surnames: try text("apellidos.csv"),
            ages: try text("age_pyramid_2024.csv"),
            populations: try text("municipality_population_2024.csv"))
    }
}
