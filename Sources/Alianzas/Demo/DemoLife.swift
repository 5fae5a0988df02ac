import Governance
import Kernel
import Tenancy

/// A little of the life of the alliances: a call, a filing, what a representative did, a reform in project.
struct DemoLife {
    let product: Product
    let places: DemoLoader.Places

    private var today: CalendarDate { ColombianTime.date(at: product.runner.now) }

    /// Tells it.
    func load() async throws {
        try await sanAntero()
        try await clinic()
    }

    private func sanAntero() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        try await product.runner.run(
            RecordAllianceCall(
                of: alliance, by: .entity, named: "Gerencia de la EPS", on: today - 120,
                to: "Usuarios de San Antero atendidos en el último año",
                through: "Carteles, llamadas y emisora"),
            as: principal)
        try await product.runner.run(
            RecordRegistryStep(
                RegistryStep(
                    .filed, before: "Secretaría de Salud de San Antero", number: "2026-118", on: today - 70,
                    note: ""), of: alliance), as: principal)
        guard
            let text = try await product.runner.fetch(ReadBylawsText(of: alliance), as: principal).text
        else { return }
        let articles = text.articles.map { article in
            article.number == "8"
                ? BylawArticle(
                    number: "8", heading: article.heading,
                    body: article.body.replacing("ocho días", with: "diez días")) : article
        }
        try await product.runner.run(
            ProposeBylaws(
                BylawsContent(
                    text.title, articles: articles,
                    parameters: try text.parameters.values.map { parameter in
                        parameter.name == .noticeDays
                            ? try BylawParameter(
                                name: .noticeDays, text: "10", article: "8", norm: nil, isConfirmed: true)
                            : parameter
                    }), of: alliance), as: principal)
    }

    /// What the representative in the ethics committee did.
    private func clinic() async throws {
        let principal = Principal.terminal(in: places.clinic.id)
        let alliance = places.clinicUsers.id
        let bodies = try await product.runner.fetch(ReadGovernance(of: alliance), as: principal).bodies
        guard let committee = bodies.first(where: { $0.body.kind == .ethicsCommittee }),
            let mandate = committee.seatings.first(where: { $0.seat.isElected && !$0.isVacant })?.principal?
                .mandate
        else { return }
        let body = committee.body.id
        try await product.runner.run(
            TellSession(
                of: body, in: alliance, by: mandate.id, on: today - 40, attended: true,
                summary: "Se revisaron las quejas del trimestre y el horario de la farmacia."), as: principal)
        let proposal = try await product.runner.run(
            TellProposal(
                "Abrir la farmacia los sábados de 8:00 a. m. a 12:00 m.", about: .openingHours, in: body,
                of: alliance, on: today - 40), as: principal)
        try await product.runner.run(
            FollowProposal(
                proposal, in: body, of: alliance, .accepted,
                note: "La dirección lo acepta desde el mes siguiente.",
                on: today - 30), as: principal)
        try await product.runner.run(
            TellReport(
                of: body, in: alliance, on: today - 25, to: "Reunión de la asociación",
                summary: "Lo que se trató en el comité y el horario nuevo de la farmacia."), as: principal)
    }
}
