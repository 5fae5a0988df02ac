import ArgumentParser
import Foundation
import Kernel
import Tenancy

/// `alianzas organization`: adds entities to the directory.
struct Organizations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "Registra entidades y el territorio de los organismos de control.",
        subcommands: [Register.self])

    /// Adds an entity.
    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "register", abstract: "Registra una EPS, IPS, ESE u organismo de control.",
            discussion: "Después invite a quien la administra: alianzas user invite --organization NOMBRE …")

        @Option(
            help: ArgumentHelp(
                "La clase: insurer (EPS), provider (IPS), public_hospital (ESE), control_body o alliance.",
                valueName: "clase"), transform: Terminal.choice)
        var kind: Organization.Kind

        @Option(help: ArgumentHelp("El nombre oficial.", valueName: "nombre"))
        var name: String

        @Option(help: ArgumentHelp("El nombre que usa la gente; si no, el oficial.", valueName: "nombre"))
        var shortName: String?

        @Option(
            help: ArgumentHelp("Su nombre en las direcciones; si no, se hace del corto.", valueName: "nombre")
        )
        var slug: String?

        @Option(help: ArgumentHelp("El NIT con su dígito de verificación.", valueName: "NIT"))
        var nit: String?

        @Option(help: ArgumentHelp("El código DIVIPOLA del municipio de su sede.", valueName: "código"))
        var municipality: String

        @Option(
            name: .customLong("code"), parsing: .singleValue,
            help: ArgumentHelp("Un código de EPS o del REPS; se repite por cada uno.", valueName: "código"))
        var codes: [String] = []

        @Option(
            parsing: .singleValue,
            help: ArgumentHelp(
                "Un municipio que vigila un organismo de control; se repite por cada uno.",
                valueName: "código"))
        var territory: [String] = []

        func validate() throws {
            if let nit, NIT(nit) == nil {
                throw ValidationError(
                    "«\(nit)» no es un NIT. Escríbalo con su dígito de verificación: 830.113.831-0.")
            }
        }

        func run() async throws {
            let command = try RegisterOrganization(
                kind: kind, name: name, shortName: shortName ?? name, slug: slug,
                nit: nit.flatMap { NIT($0) }.map { String($0.number) }, municipality: municipality,
                codes: codes, territory: territory)
            let organization = try await Runtime.with(program: "alianzas organization register") { runtime in
                try await command.run(through: runtime.runner)
            }
            Terminal.print("«\(organization.name)» quedó registrada como \(organization.slug).")
        }
    }
}
