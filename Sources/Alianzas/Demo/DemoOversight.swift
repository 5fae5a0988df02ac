import Governance
import Kernel
import Tenancy

/// What alliances do between meetings: an oversight exercise on its way, a few needs and a poll, of invented people.
struct DemoOversight {
    let product: Product
    let places: DemoLoader.Places

    private var today: CalendarDate { ColombianTime.date(at: product.runner.now) }

    /// Tells it.
    func load() async throws {
        try await oversee()
        try await hear()
    }

    /// What users of San Antero need, and what they are asked.
    private func hear() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        let told: [(Complaint.Category, String, String, Int)] = [
            (.transport, "Transporte para las citas de la mañana en Lorica.", "Vereda Bijao", 14),
            (.transport, "Que la ruta espere a quienes salen tarde del examen.", "Barrio Centro", 6),
            (.appointments, "Más citas de odontología los sábados.", "Barrio Centro", 9),
        ]
        for (topic, account, place, people) in told {
            try await product.runner.run(
                TellNeed(
                    Need(
                        topic: topic, account: account, place: place, people: people, channel: .meeting,
                        toldOn: today - 12), of: alliance), as: principal)
        }
        try await product.runner.run(
            OpenPoll(
                Poll(
                    title: "Horario de atención en San Antero",
                    purpose: "Saber qué horario proponerle a la EPS.", opensOn: today - 5,
                    closesOn: today + 25, isPublic: true, takesComments: true,
                    questions: [
                        Poll.Question(.single, "¿Le sirve que abran los sábados?", options: ["Sí", "No"]),
                        Poll.Question(
                            .multiple, "¿A qué horas iría?",
                            options: ["7:00 a 9:00 a. m.", "9:00 a. m. a 12:00 m.", "2:00 a 5:00 p. m."]),
                        Poll.Question(.scale, "¿Cómo es la atención en la oficina?"),
                    ]), of: alliance), as: principal)
    }

    private func oversee() async throws {
        let principal = Principal.terminal(in: places.clinic.id)
        let alliance = places.clinicUsers.id
        let id = try await product.runner.run(
            OpenOversight(
                Oversight(
                    alliance: alliance, title: "Tiempo de espera en la toma de muestras",
                    reason: "En las últimas reuniones varios usuarios contaron que esperan más de una hora.",
                    entity: "Clínica del Litoral, laboratorio", startsOn: today - 60, endsOn: today + 60),
                looking: [
                    OversightIndicator(name: "Minutos de espera en ventanilla", expected: "Menos de 30"),
                    OversightIndicator(name: "Sillas en la sala", expected: "Una por persona que espera"),
                    OversightIndicator(name: "Turno preferencial a la vista", expected: "Sí"),
                ]), as: principal)
        for (name, role) in [
            ("Amparo Villadiego Peña", OversightMember.Role.coordinator), ("Ever Luis Causil Mora", .member),
        ] {
            try await product.runner.run(JoinOversight(name, as: role, of: id, in: alliance), as: principal)
        }
        try await product.runner.run(
            RegisterOversight(
                id, of: alliance,
                as: Oversight.Registration(
                    before: "Personería municipal", number: "VC-031", on: today - 52)), as: principal)
        let answer = try await product.runner.fetch(ReadOversight(id, of: alliance), as: principal)
        let verdicts: [(OversightMeasure.Verdict, String)] = [
            (.unmet, "55 minutos"), (.unmet, "8 para 20 personas"), (.met, "Sí, con aviso"),
        ]
        try await product.runner.run(
            RecordOversightVisit(
                OversightVisit(
                    kind: .provider, place: "Laboratorio, sede principal", day: today - 30,
                    receivedBy: "Coordinadora del laboratorio",
                    account: "Se estuvo en la sala de 6:30 a 8:30 de la mañana."),
                by: answer.members.map(\.id),
                measuring: zip(answer.indicators, verdicts).map { indicator, seen in
                    try OversightMeasure(of: indicator.id, seen.0, measured: seen.1)
                },
                finding: [
                    "Quien llega de ayunas espera de pie casi una hora porque abre una sola ventanilla."
                ],
                for: id, of: alliance), as: principal)
        let found = try await product.runner.fetch(ReadOversight(id, of: alliance), as: principal).findings
        guard let finding = found.first else { return }
        try await product.runner.run(
            JudgeFinding(
                finding.id, of: id, in: alliance, .reply(isAccepted: true),
                note: "Abrirán una segunda ventanilla de 6:00 a 9:00.", on: today - 15), as: principal)
    }
}
