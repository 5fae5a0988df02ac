import Kernel
import Postgres
import Reporting
import Tenancy

/// What the entities of the demonstration published and confirmed for themselves, as their source documents
/// order it: the meetings of the clinic's procedure, the follow-up of Aliansalud's plan.
struct DemoTerms {
    let product: Product
    let places: DemoLoader.Places

    /// Publishes contacts and confirms terms.
    func confirm() async throws {
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
        try await confirm(
            .planFollowUp, [.followUps: 12, .reports: 2],
            by: "Plan de trabajo 2026 de la asociación de usuarios, informe de gestión", of: places.aliansalud
        )
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
