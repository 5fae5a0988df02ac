import Elections
import Foundation
import Governance
import Kernel
import Membership
import Postgres
import Tenancy

/// The election of the clinic's association, called because the terms of its board end: with slates that the committee
/// admitted, has to decide, and rejected.
struct DemoSlates {
    let product: Product
    let places: DemoLoader.Places

    private var principal: Principal { .terminal(in: places.clinic.id) }
    private var alliance: ID<Alliance> { places.clinicUsers.id }
    private var today: CalendarDate { ColombianTime.date(at: product.runner.now) }

    /// Calls the election, and registers and decides its slates.
    func load() async throws {
        let (process, contest) = try await call()
        let members = try await product.runner.fetch(ListMembers(of: alliance, limit: 12), as: principal)
            .members.map(\.person)
        guard members.count == 12 else { return }
        let admitted = try await register(
            "Plancha 1: Atención con respeto", Array(members[0..<3]), Array(members[3..<5]), in: contest,
            of: process)
        try await acceptAll(admitted, of: process)
        try await decide(
            admitted, .admit, "Los certificados de antecedentes se entregan antes de la votación.",
            of: process)
        let rejected = try await register(
            "Plancha 2: Renovación", Array(members[5..<7]), [], in: contest, of: process)
        try await decide(rejected, .reject, "No entregó las aceptaciones firmadas en el plazo.", of: process)
        try await register(
            "Plancha 3: Usuarios unidos", Array(members[7..<10]), [members[10]], in: contest, of: process)
    }

    private func call() async throws -> (ID<ElectoralProcess>, ID<Contest>) {
        let (bodies, morning, noon) = (
            try await product.runner.database.read(TenantScope(principal)) {
                try await $0.bodies(of: alliance)
            }, try Self.time("08:00"), try Self.time("12:00")
        )
        let process = try await product.runner.run(
            DraftProcess(
                "Elección de la junta de la asociación", of: alliance,
                electing: bodies.filter { !$0.isExternal }.map(\.id)), as: principal
        ).id
        try await product.runner.run(
            ComputeCalendar(of: process, of: alliance, votingOn: today + 24, from: morning, until: noon),
            as: principal)
        try await product.runner.run(
            ArrangeTable(
                TableChoices(
                    place: "Auditorio de la Clínica del Litoral", address: "Calle 26 # 10-20, piso 2",
                    municipality: "11001", slices: []), in: process, of: alliance), as: principal)
        try await product.runner.run(
            PublishCall(of: process, of: alliance, through: ["Cartelera de la sede", "Llamadas"]),
            as: principal)
        let contests = try await product.runner.fetch(ListSlates(of: process, of: alliance), as: principal)
            .contests
        return (process, contests[0].id)
    }

    private static func time(_ text: String) throws -> TimeOfDay {
        guard let time = TimeOfDay(text) else { throw CalendarError.missing }
        return time
    }

    @discardableResult
    private func register(
        _ name: String, _ principals: [ID<Person>], _ alternates: [ID<Person>], in contest: ID<Contest>,
        of process: ID<ElectoralProcess>
    ) async throws -> ID<Slate> {
        try await product.runner.run(
            RegisterSlate(
                Nomination(
                    name: name, representative: "Ligia Esther Barrios Peralta", contact: "300 000 0000",
                    principals: principals, alternates: alternates),
                in: contest, of: process, of: alliance), as: principal)
    }

    private func acceptAll(_ slate: ID<Slate>, of process: ID<ElectoralProcess>) async throws {
        let file = try await product.runner.fetch(
            ReadSlate(slate, of: process, of: alliance), as: principal)
        for candidate in file.candidates {
            let paper = try await product.runner.run(
                StoreFile(
                    StoredFile(
                        name: "aceptacion.txt",
                        content: Array("Acepto ser candidato. \(candidate.name). (Demostración)".utf8),
                        effectiveOn: today), as: .elections, in: .process(process, of: alliance)),
                as: principal)
            try await product.runner.run(
                AcceptCandidacy(
                    of: candidate.id, on: slate, signedOn: today, proof: paper, of: process, of: alliance),
                as: principal)
        }
    }

    private func decide(
        _ slate: ID<Slate>, _ decision: DecideSlate.Decision, _ reason: String,
        of process: ID<ElectoralProcess>
    ) async throws {
        try await product.runner.run(
            DecideSlate(slate, as: decision, because: reason, of: process, of: alliance), as: principal)
    }
}
