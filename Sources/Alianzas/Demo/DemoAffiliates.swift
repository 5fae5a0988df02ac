import Foundation
import Kernel
import Membership
import Tenancy

/// Registers of invented affiliates, through the real import.
struct DemoAffiliates {
    let product: Product
    let runtime: Runtime
    let places: DemoLoader.Places

    /// Loads a register for each entity: of Mutual SER in San Antero and its neighbours, of the others in Bogotá.
    func load() async throws {
        try await importPeople(
            1500, seed: 1, insurer: "EPS048", in: ["23672", "23417", "23586"], of: places.mutualSER,
            with: DemoPerson.ofSanAntero.map { $0.line(in: "23672", insurer: "EPS048") })
        try await importPeople(
            600, seed: 2, insurer: "EPS001", in: ["11001"], of: places.aliansalud,
            with: DemoPerson.ofBogota.map { $0.line(in: "11001", insurer: "EPS001") })
        try await importPeople(400, seed: 3, insurer: "EPS001", in: ["11001"], of: places.clinic)
    }

    private func importPeople(
        _ count: Int, seed: UInt64, insurer: String, in municipalities: Set<String>,
        of organization: Organization, with known: [String] = []
    ) async throws {
        let folder = runtime.configuration.catalogues
        let today = ColombianTime.date(at: product.runner.now)
        let people = try InventedPeople(
            InventedPeople.Figures(folder: folder), seed: seed, today: today,
            in: Set(municipalities.compactMap(MunicipalityCode.init)))
        let invented = people.prefix(count - known.count).map {
            AffiliateFileWriter.line(of: $0, insurer: insurer)
        }
        let file = AffiliateFileWriter.header + (invented + known).joined()
        let imports = ImportAffiliates(
            runner: product.runner, divipola: try Catalogue(folder: folder).divipola)
        let principal = Principal.terminal(in: organization.id)
        let preview = try await imports.stage(
            BytesOfText(file), named: "padron-demostracion.csv", as: principal)
        _ = try await imports.merge(preview.staged, asOf: today - 30, as: principal)
    }
}

/// A text as a file.
private struct BytesOfText: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func read(upTo count: Int) -> [UInt8] {
        let piece = bytes[position...].prefix(count)
        position += piece.count
        return Array(piece)
    }

    mutating func rewind() { position = 0 }
}
