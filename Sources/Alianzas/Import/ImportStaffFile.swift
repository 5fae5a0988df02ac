import ArgumentParser
import Foundation
import Kernel
import Membership
import Tenancy

/// `alianzas import staff`: loads the list of an entity's own employees.
struct ImportStaffFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "Carga la lista de empleados de una entidad.",
        discussion: """
            Un documento por línea: «CC;12345678». Entran todos o ninguno, y la lista no se puede volver a leer: \
            solo sirve para comprobar un documento.
            """)

    @Argument(help: ArgumentHelp("El archivo, o - para la entrada.", valueName: "archivo"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "La entidad: su código de EPS o REPS, o su nombre en las direcciones.", valueName: "código"))
    var organization: String

    @Option(help: ArgumentHelp("El día de la lista, AAAA-MM-DD; si no, hoy.", valueName: "fecha"))
    var asOf: String?

    @Flag(help: "Responde en JSON.")
    var json = false

    func validate() throws {
        if let asOf, CalendarDate(asOf) == nil {
            throw ValidationError("«\(asOf)» no es una fecha. Escríbala como 2026-03-13.")
        }
    }

    func run() async throws {
        var source = try InputFile(file).bytes()
        var bytes: [UInt8] = []
        while case let piece = try source.read(upTo: 1 << 20), !piece.isEmpty { bytes += piece }
        let list = try StaffListFile(bytes)
        let (code, asOf) = (organization, asOf)
        try await Runtime.with(program: "alianzas import") { runtime in
            let organization = try await runtime.organization(named: code)
            let product = try await Product(runtime)
            let day = asOf.flatMap { CalendarDate($0) } ?? ColombianTime.date(at: product.runner.now)
            try await product.runner.run(
                LoadStaffList(list.documents, asOf: day), as: .terminal(in: organization.id))
        }
        if json {
            try Terminal.print(json: ["entries": list.documents.count])
        } else {
            Terminal.print(
                "Cargada: \(SpanishFormat.count(list.documents.count, "empleado", "empleados")).")
        }
    }
}
