import Foundation
import Kernel
import Logging
import Tenancy

/// Loads the demonstration, through the same commands as the pages.
///
/// Each module has a step in a file of its own (`DemoMembers.swift`…), which gets this loader.
struct DemoLoader {
    /// The product that is filled.
    let product: Product
    /// Where its files and the sources are.
    let runtime: Runtime

    /// The names of its entities in addresses.
    static let slugs: Set = ["mutual-ser", "aliansalud", "clinica-del-litoral", "personeria-san-antero"]

    /// The entities and alliances that the steps fill.
    struct Places: Sendable {
        let mutualSER: Organization
        let sanAntero: Alliance
        let aliansalud: Organization
        let bogota: Alliance
        let clinic: Organization
        let clinicUsers: Alliance
        let personeria: Organization
    }

    /// Fills an empty database.
    ///
    /// - Returns: The accounts that can be signed in with.
    func load() async throws -> [DemoCard.Account] {
        Terminal.note("Se carga la demostración…")
        let places = try await registerPlaces()
        try await DemoAffiliates(product: product, runtime: runtime, places: places).load()
        try await DemoMembers(product: product, places: places).load()
        try await DemoGovernance(product: product, places: places).load()
        try await DemoSources(product: product, runtime: runtime, places: places).load()
        try await DemoComplaints(product: product, places: places).load()
        try await DemoBetween(product: product, places: places).load()
        try await DemoLife(product: product, places: places).load()
        try await DemoOversight(product: product, places: places).load()
        try await DemoPlans(product: product, places: places).load()
        try await DemoProgramme(product: product, places: places).load()
        try await DemoSlates(product: product, places: places).load()
        let accounts = try await DemoAccounts(product: product, places: places).open()
        let process = DemoProcess(product: product, places: places)
        let people = try await process.people()
        try await DemoElection(steps: process).load(with: people)
        try await DemoBox(steps: process).load(with: people)
        try await DemoStanding(product: product, places: places).load()
        for organization in [places.mutualSER, places.aliansalud, places.clinic, places.personeria] {
            try await product.settle(organization.id, Logger(label: "alianzas.demo"))
        }
        return accounts
    }

    private func registerPlaces() async throws -> Places {
        let mutualSER = try await register(
            .insurer, "Asociación Mutual SER Empresa Solidaria de Salud EPS", "Mutual SER EPS",
            slug: "mutual-ser", nit: "806008394", seat: "13001",
            codes: ["EPS048", "EPSS48", "ESS207", "ESSC07"])
        let aliansalud = try await register(
            .insurer, "Aliansalud EPS S. A.", "Aliansalud EPS", slug: "aliansalud", nit: "830113831",
            seat: "11001", codes: ["EPS001", "EPSS01"])
        let clinic = try await register(
            .provider, "IPS Clínica del Litoral (entidad inventada)", "Clínica del Litoral",
            slug: "clinica-del-litoral", seat: "11001", codes: ["110010099901"])
        let personeria = try await register(
            .controlBody, "Personería Municipal de San Antero", "Personería de San Antero",
            slug: "personeria-san-antero", seat: "23672", territory: ["23672"])
        return Places(
            mutualSER: mutualSER,
            sanAntero: try await alliance(
                "Alianza de usuarios de San Antero", of: mutualSER, in: ["23672"]),
            aliansalud: aliansalud,
            bogota: try await alliance("Alianza de usuarios de Bogotá", of: aliansalud, in: ["11001"]),
            clinic: clinic,
            clinicUsers: try await alliance(
                "Asociación de usuarios de la Clínica del Litoral", of: clinic, in: ["11001"],
                site: "Sede principal"),
            personeria: personeria)
    }

    private func register(
        _ kind: Organization.Kind, _ name: String, _ shortName: String, slug: String, nit: String? = nil,
        seat: String, codes: [String] = [], territory: [String] = []
    ) async throws -> Organization {
        try await RegisterOrganization(
            kind: kind, name: name, shortName: shortName, slug: slug, nit: nit, municipality: seat,
            codes: codes, territory: territory
        ).run(through: product.runner)
    }

    private func alliance(
        _ name: String, of organization: Organization, in municipalities: Set<String>, site: String? = nil
    ) async throws -> Alliance {
        try await product.runner.run(
            CreateAlliance(
                name: name, kind: site == nil ? .territory : .site, siteName: site,
                municipalities: municipalities),
            as: .terminal(in: organization.id))
    }
}
