import Kernel
import Postgres
import Reporting
import Tenancy

/// Where the alliances stand when the demonstration begins: how far in their lives, the contacts that their entities
/// published, and the terms of the clinic's own procedure. No real entity confirms anything here: what is late by
/// a confirmed term is a breach.
struct DemoStanding {
    let product: Product
    let places: DemoLoader.Places

    /// Moves the alliances on, publishes contacts and confirms terms.
    func load() async throws {
        // San Antero waits for the election of its committee, which makes it active.
        let constituted: [Alliance.State] = [.convened, .enrolling, .constituted]
        try await move(places.sanAntero, of: places.mutualSER, through: constituted + [.registered])
        try await move(places.bogota, of: places.aliansalud, through: constituted + [.active])
        try await move(places.clinicUsers, of: places.clinic, through: constituted + [.active])
        try await publishContact(of: places.mutualSER, "participacion@ejemplo.invalid")
        try await publishContact(of: places.aliansalud, "participacion.aliansalud@ejemplo.invalid")
        try await publishContact(of: places.clinic, "siau@ejemplo.invalid")
        try await confirm(
            .meetings, [.gapDays: 62, .noticeDays: 7],
            by: "Procedimiento SIAU-Pd-02, versión 1, numeral 5.1.3",
            of: places.clinic)
        try await confirm(
            .managementReport, [.perYear: 1], by: "Procedimiento SIAU-Pd-02, versión 1, numeral 5.1.3",
            of: places.clinic)
    }

    private func move(
        _ alliance: Alliance, of organization: Organization, through states: [Alliance.State]
    ) async throws {
        for state in states {
            try await product.runner.run(
                EditAlliance(
                    id: alliance.id, name: alliance.name, siteName: alliance.siteName, state: state),
                as: .terminal(in: organization.id))
        }
    }

    private func publishContact(of organization: Organization, _ email: String) async throws {
        let before = try await product.runner.database.read(
            TenantScope(.system(in: organization.id))
        ) { try await $0.settings() }
        try await product.runner.run(
            EditSettings(
                accentColor: before.accentColor.hex, contactEmail: before.contactEmail ?? email,
                contactPhone: before.contactPhone), as: .terminal(in: organization.id))
    }

    private func confirm(
        _ code: Obligation.Code, _ figures: [ObligationParameters.Name: Int], by norm: String,
        of organization: Organization
    ) async throws {
        try await product.runner.run(
            ConfirmTerms(code: code, alliance: nil, parameters: .init(figures), norm: norm),
            as: .terminal(in: organization.id))
    }
}
