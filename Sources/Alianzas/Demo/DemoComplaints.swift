import Foundation
import Governance
import Kernel
import Tenancy

/// A few complaints on their way and improvement opportunities, of invented people.
struct DemoComplaints {
    let product: Product
    let places: DemoLoader.Places

    /// Files them.
    func load() async throws {
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        let waiting = try ComplaintContent(
            kind: .healthClaim, risk: .priority, category: .authorizations, entity: "Mutual SER EPS",
            place: "Oficina de San Antero",
            account:
                "Llevo tres semanas esperando la autorización de una cita con especialista en Montería y nadie responde el teléfono.",
            wish: "Que me digan qué día queda la cita")
        let pharmacy = try ComplaintContent(
            kind: .healthClaim, risk: .simple, category: .medicines, entity: "Farmacia del convenio",
            place: "Barrio Centro", account: "Entregaron la fórmula incompleta y piden volver cada semana.")
        let treatment = try ComplaintContent(
            kind: .complaint, category: .treatment, entity: "Mutual SER EPS", place: "Línea de atención",
            account: "La persona que contestó colgó sin dejar terminar la pregunta.")
        try await file(waiting, of: alliance, as: principal)
        let transferred = try await file(pharmacy, of: alliance, as: principal)
        try await product.runner.run(
            FollowComplaint(
                transferred, of: alliance,
                .transferred(to: "Oficina de atención al usuario", reference: "PQRD-5521"),
                note: "Por la ventanilla"), as: principal)
        let answered = try await file(treatment, of: alliance, as: principal)
        try await product.runner.run(
            FollowComplaint(
                answered, of: alliance, .transferred(to: "Coordinación de canales", reference: "PQRD-5522")),
            as: principal)
        try await product.runner.run(
            FollowComplaint(
                answered, of: alliance, .answered(reference: "RTA-118"),
                note: "Se habló con el equipo y se llamó a la persona"), as: principal)
        try await improve()
    }

    @discardableResult
    private func file(
        _ content: ComplaintContent, of alliance: ID<Alliance>, as principal: Principal
    ) async throws -> ID<Complaint> {
        try await product.runner.run(
            FileComplaint(content, of: alliance, through: .inPerson, from: .desk), as: principal
        ).id
    }

    /// One on its way at the clinic, whose procedure asks for them.
    private func improve() async throws {
        let principal = Principal.terminal(in: places.clinic.id)
        let alliance = places.clinicUsers.id
        let today = ColombianTime.date(at: product.runner.now)
        let id = try await product.runner.run(
            NoteImprovement(
                Improvement(
                    alliance: alliance, source: .visit, foundOn: today - 20,
                    title: "Poner sillas y agua en la sala de espera de laboratorio")), as: principal)
        for (news, note, day) in [
            (
                FollowImprovement.News.analysed(unit: "Laboratorio"),
                "Se contaron las personas que esperan de pie", today - 14
            ),
            (.approved(by: "Direccionamiento", until: today + 30), "Comprar doce sillas", today - 7),
        ] {
            try await product.runner.run(
                FollowImprovement(id, of: alliance, news, note: note, on: day), as: principal)
        }
    }
}
