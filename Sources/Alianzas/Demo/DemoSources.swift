import Foundation
import Governance
import Kernel
import Tenancy

/// The source documents of the three alliances, with the dates that they bear.
struct DemoSources {
    let product: Product
    let runtime: Runtime
    let places: DemoLoader.Places

    /// Imports them.
    func load() async throws {
        try await load("aliansalud-plan-2026", of: places.bogota, in: places.aliansalud)
        try await load("mutual-ser-san-antero-2021", of: places.sanAntero, in: places.mutualSER)
        try await load("ips-alianza-usuarios-2026", of: places.clinicUsers, in: places.clinic)
    }

    private func load(_ name: String, of alliance: Alliance, in organization: Organization) async throws {
        let file = runtime.configuration.catalogues.appending(path: "sources/\(name).json")
        try await product.runner.run(
            ImportSource(SourceDocument(Data(contentsOf: file)), of: alliance.id),
            as: .terminal(in: organization.id))
    }
}
