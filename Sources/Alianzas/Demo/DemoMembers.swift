import Kernel
import Membership
import Postgres
import Tenancy

/// Members of the alliances, enrolled through the real commands.
struct DemoMembers {
    let product: Product
    let places: DemoLoader.Places

    /// Enrols some adults of each register, on a day some months ago.
    func load() async throws {
        try await enrol(
            58, in: places.sanAntero, of: places.mutualSER, municipality: "23672",
            with: DemoPerson.ofSanAntero.prefix(2).map { try $0.document })
        // Before the election that they held some days ago.
        try await enrol(
            25, in: places.bogota, of: places.aliansalud, municipality: "11001", daysAgo: 28)
        try await enrol(20, in: places.clinicUsers, of: places.clinic, municipality: "11001")
    }

    private func enrol(
        _ count: Int, in alliance: Alliance, of organization: Organization, municipality: String,
        daysAgo: Int = 20, with known: [IdentityDocument] = []
    ) async throws {
        let principal = Principal.terminal(in: organization.id)
        let today = ColombianTime.date(at: product.runner.now)
        try await product.runner.run(
            PublishConsentText(
                """
                Autorizo a \(organization.shortName) y a su alianza de usuarios a tratar mis datos de identificación y \
                de contacto para inscribirme, citarme a reuniones y elecciones y llevar el registro de lo que decidamos. \
                Puedo consultarlos, corregirlos y revocar esta autorización en la oficina de participación.
                """, for: .personalData, from: today - 400),
            as: principal)
        // The entity's list of employees, with somebody who is no member.
        try await product.runner.run(
            LoadStaffList(
                [try IdentityDocument(type: .cedula, number: "1899999999")], asOf: today - 10),
            as: principal)
        let documents = try await product.runner.database.read(TenantScope(principal)) { transaction in
            try await transaction.values(
                """
                select document_type || ' ' || document_number from membership.affiliates
                where organization_id = \(organization.id) and municipality_code = \(municipality)
                    and document_type = 'CC' and affiliation_state = 'active'
                order by document_number limit \(count)
                """, as: String.self)
        }
        try await product.runner.run(
            EnrolMembers(
                try documents.map { try IdentityDocument(parsing: $0) } + known, in: alliance.id,
                on: today - daysAgo,
                through: .paper),
            as: principal)
    }
}
