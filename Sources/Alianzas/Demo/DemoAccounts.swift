import Foundation
import Kernel
import Postgres
import Tenancy

/// One account of each kind of user, with a random password each; invented people.
struct DemoAccounts {
    let product: Product
    let places: DemoLoader.Places

    /// Opens the accounts.
    func open() async throws -> [DemoCard.Account] {
        let antero = Grant.Space.alliance(places.sanAntero.id)
        let mutual = places.mutualSER
        return [
            try await account(
                "administracion", "Amparo Ricardo Peña", "Administración de la entidad",
                .officeAdministrator, of: mutual),
            try await account(
                "oficina", "Nohora Elena Vergara Díaz", "Profesional de participación social", .office,
                of: mutual),
            try await account(
                "junta", "Wilmer José Burgos Tapia", "Comité organizador", .board, of: mutual, in: antero),
            try await account(
                "comite", "Yamile Arrieta Coronado", "Comité electoral", .electionCommittee, of: mutual,
                in: antero),
            try await account(
                "jurado1", "Luz Marina Petro Negrete", "Jurado de mesa", .juror, of: mutual, in: antero),
            try await account(
                "jurado2", "Eduardo Luis Hoyos Mercado", "Jurado de mesa", .juror, of: mutual, in: antero),
            try await account(
                "garante", "Gustavo Adolfo Sotelo Paternina", "Personero municipal", .guarantor, of: mutual,
                in: antero),
            try await account(
                "asociada", "Carmen Rosa Julio Zúñiga", "Asociada", .member, of: mutual, in: antero),
            try await account(
                "aliansalud", "Patricia Helena Roa Cubillos", "Profesional de participación social", .office,
                of: places.aliansalud),
            try await account(
                "clinica", "Hernán Darío Salgado Forero", "Coordinador del SIAU", .office,
                of: places.clinic),
            try await account(
                "personeria", "Martha Cecilia Doria Lagares", "Personera delegada", .controlBody,
                of: places.personeria),
        ]
    }

    private func account(
        _ name: String, _ person: String, _ officeTitle: String, _ role: Role, of organization: Organization,
        in space: Grant.Space = .organization
    ) async throws -> DemoCard.Account {
        let login = "\(name)@ejemplo.invalid"
        let invitation = try await product.runner.run(
            InviteUser(
                name: person, email: login, officeTitle: officeTitle,
                document: try DemoPerson.document(of: name), role: role, in: space,
                through: product.identity),
            as: .terminal(in: organization.id))
        let (password, text) = Password.random()
        try await product.identity.setPassword(password, with: invitation)
        return DemoCard.Account(
            role: role.title, entity: organization.shortName, login: login, password: text,
            secret: role.needsSecondFactor
                ? try await enrol(login, text, as: invitation.user, of: organization) : nil)
    }

    /// Sets up the second factor, as the person would with a telephone.
    private func enrol(
        _ login: String, _ password: String, as user: ID<User>, of organization: Organization
    ) async throws -> String {
        let visitor = Visitor(address: "terminal", userAgent: nil)
        let session = try await product.identity.signIn(
            login: login, password: password, from: visitor
        ).session
        let person = try await product.runner.database.read(
            TenantScope(.system(in: organization.id))
        ) { try await $0.user(user) }
        guard let person else { throw DemoError.noSuchAccount(login) }
        let enrolment = try await product.identity.beginEnrolment(in: session, of: person)
        let enrolled = try await product.identity.finishEnrolment(
            enrolment.secret.code(at: product.runner.now), in: session, from: visitor)
        try await product.identity.signOut(enrolled.opened.session)
        return enrolment.typedSecret
    }
}
