import Governance
import Kernel
import Tenancy

/// What the clinic's association has on its way beside its meetings: the trainings of the year, with a topic that a user
/// proposed, a commission with its charge, and opportunities of improvement. The people are invented.
struct DemoProgramme {
    let product: Product
    let places: DemoLoader.Places

    private var today: CalendarDate { ColombianTime.date(at: product.runner.now) }
    private var alliance: ID<Alliance> { places.clinicUsers.id }
    private var principal: Principal { .terminal(in: places.clinic.id) }

    /// Tells it.
    func load() async throws {
        try await train()
        try await charge()
        try await improve()
    }

    private func train() async throws {
        let year = today.components.year
        let proposal = try await product.runner.run(
            ProposeTopic(
                "Cómo pedir una segunda opinión médica", of: alliance, in: year, for: .users, from: .user,
                because: "Muchos no saben que pueden pedirla."), as: principal)
        try await product.runner.run(
            AnswerTopic(
                proposal, of: alliance, isAccepted: true, with: "Se dicta este año, con el SIAU."),
            as: principal)
        try await product.runner.run(
            ProposeTopic(
                "Uso responsable de las citas", of: alliance, in: year, for: .members, from: .member),
            as: principal)
        try await product.runner.run(
            PlanTraining(
                Training(
                    year: year, month: min(12, today.components.month + 1),
                    topic: "Cómo pedir una segunda opinión médica", audience: .users,
                    provider: "SIAU de la Clínica del Litoral", proposal: proposal), of: alliance),
            as: principal)
    }

    private func charge() async throws {
        try await product.runner.run(
            ChargeGroup(
                WorkGroup(
                    kind: .commission, name: "Comisión de salas de espera",
                    charge: "Contar cuánto se espera en cada sala y proponer cómo acortarlo.",
                    beganOn: today - 40, endsOn: today + 50), of: alliance), as: principal)
    }

    private func improve() async throws {
        let id = try await product.runner.run(
            NoteImprovement(
                Improvement(
                    alliance: alliance, source: .visit, foundOn: today - 35,
                    title: "Avisar en pantalla el turno y la ventanilla", unit: "Admisiones")),
            as: principal)
        for (news, note, day) in [
            (
                FollowImprovement.News.analysed(unit: "Admisiones"),
                "La pantalla existe y está apagada por las tardes.", today - 25
            ),
            (
                .approved(by: "Gerencia", until: today + 45),
                "Se enciende todo el día y se capacita a quien la maneja.", today - 10
            ),
        ] {
            try await product.runner.run(
                FollowImprovement(id, of: alliance, news, note: note, on: day), as: principal)
        }
        try await product.runner.run(
            NoteImprovement(
                Improvement(
                    alliance: alliance, source: .other, foundOn: today - 8,
                    title: "Formulario de quejas en letra grande en cada piso")), as: principal)
    }
}
