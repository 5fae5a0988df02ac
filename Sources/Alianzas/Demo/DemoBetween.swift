import Foundation
import Governance
import Kernel
import Tenancy

/// What an alliance did between meetings: orientations, a campaign, letters; of invented people.
struct DemoBetween {
    let product: Product
    let places: DemoLoader.Places

    private var today: CalendarDate { ColombianTime.date(at: product.runner.now) }

    /// Records them.
    func load() async throws {
        try await orient()
        try await tell()
        try await write()
    }

    private func orient() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let giver = try Orientation.Giver("Vocal de salud", as: .board)
        let visitor = try Orientation.Giver("Delegada ante la ESE", as: .representative)
        let given: [Orientation] = try [
            Orientation(
                givenOn: today - 24, topic: "authorizations", entity: "Mutual SER EPS", channel: .inPerson,
                people: 3, outcome: .informed, note: "Se explicó la ruta de la autorización en la oficina",
                giver: giver),
            Orientation(
                givenOn: today - 15, topic: "medicines", entity: "Farmacia del convenio", channel: .phone,
                outcome: .accompanied, giver: giver,
                followUp: Orientation.FollowUp(dueOn: today - 8)),
            Orientation(
                givenOn: today - 9, topic: "rights", channel: .visit, people: 14, outcome: .informed,
                note: "En la sala de espera, con la cartilla", giver: visitor),
            Orientation(
                givenOn: today - 2, topic: "other", otherTopic: "Ruta de transporte desde la vereda",
                entity: "Alcaldía", channel: .whatsapp, people: 2, outcome: .referred, giver: visitor),
        ]
        for orientation in given {
            try await product.runner.run(
                RecordOrientation(orientation, of: places.sanAntero.id), as: principal)
        }
    }

    private func tell() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        let id = try await product.runner.run(
            PlanCampaign(
                Campaign(
                    kind: .bulletin, title: "Frase de la semana: pida su cita a tiempo", axis: .culture,
                    audience: "Los asociados de San Antero", channels: [.whatsapp, .poster],
                    from: today - 12, to: today - 6), of: alliance), as: principal)
        try await product.runner.run(
            WriteCampaignPiece(
                of: id, in: alliance, after: 0,
                words:
                    "*Alianza de usuarios de San Antero*\n\nPedir la cita a tiempo cuida su salud. Si no le contestan en dos días, cuéntele a la alianza: lo orientamos.",
                file: nil, keepsFile: false), as: principal)
        for (channel, day, reached) in [
            (MeetingCall.Kind.whatsapp, today - 12, 86), (.poster, today - 10, 120),
        ] {
            try await product.runner.run(
                RecordSending(
                    of: id, in: alliance, by: channel, on: day, reached: reached, note: nil, evidence: nil),
                as: principal)
        }
        try await product.runner.run(
            PlanCampaign(
                Campaign(
                    kind: .campaign, title: "Autocuidado en temporada de lluvias", axis: .culture,
                    audience: "Los usuarios de la sede urbana", channels: [.poster, .loudspeaker],
                    from: today + 10, to: today + 20), of: alliance), as: principal)
    }

    private func write() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        let id = try await product.runner.run(
            WriteLetter(
                try LetterContent(
                    kind: .petition, subject: "Listado de la red de prestadores en el municipio",
                    body:
                        "Los asociados preguntan con frecuencia a cuál sede deben ir.\n\nSolicitamos el listado de los prestadores contratados en San Antero, con su dirección, sus servicios y sus horarios.",
                    addressees: ["Mutual SER EPS, Gerencia regional", "Secretaría de Salud de San Antero"],
                    signers: ["Presidencia de la junta, Alianza de usuarios de San Antero"],
                    carrier: "Vocal de salud", term: "information"), of: alliance), as: principal)
        try await product.runner.run(IssueLetter(id, of: alliance, as: 1), as: principal)
        try await product.runner.run(
            FollowLetter(
                id, of: alliance, addressee: 1, .delivered(reference: "MS-4471"), on: today),
            as: principal)
        try await speak()
        try await product.runner.run(
            ReceiveLetter(
                try LetterContent(
                    kind: .official, subject: "Invitación a la mesa municipal de salud",
                    body: "Piden el nombre de una persona delegada y los temas que la alianza quiere llevar."),
                of: alliance,
                try Letter.Arrival(
                    from: "Personería de San Antero", reference: "PM-219", on: today - 3, asksAnswer: true),
                datedOn: today - 4), as: principal)
    }

    /// A public statement: one of those to whom it went answered, and the other is silent.
    private func speak() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        let id = try await product.runner.run(
            WriteLetter(
                try LetterContent(
                    kind: .statement, subject: "Los medicamentos pendientes se entregan en la casa",
                    body:
                        "En las reuniones de este año los usuarios cuentan que vuelven dos y tres veces por un medicamento.\n\nLa alianza pide que lo pendiente se entregue en la casa de cada usuario en dos días, y que la farmacia publique cada mes cuántos entregó completos.",
                    addressees: ["Mutual SER EPS, Gerencia regional", "Farmacia del convenio, San Antero"],
                    signers: ["Junta de la Alianza de usuarios de San Antero"]), of: alliance), as: principal)
        try await product.runner.run(IssueLetter(id, of: alliance, as: 1), as: principal)
        for (position, reference) in [(1, "MS-4390"), (2, "F-118")] {
            try await product.runner.run(
                FollowLetter(
                    id, of: alliance, addressee: position, .delivered(reference: reference), on: today),
                as: principal)
        }
        try await product.runner.run(
            FollowLetter(
                id, of: alliance, addressee: 1,
                .answered(
                    reference: "MS-S-207",
                    words: "La entrega en casa empieza el primer día hábil del próximo mes."), on: today),
            as: principal)
        try await product.runner.run(PublishStatement(id, of: alliance), as: principal)
    }
}
