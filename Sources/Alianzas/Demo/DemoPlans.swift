import Foundation
import Governance
import Kernel
import Tenancy

/// The work plan of the year of San Antero, with what the alliance has to reach; the clinic's meetings and Aliansalud's
/// own plan stand in ``DemoSources``.
struct DemoPlans {
    let product: Product
    let places: DemoLoader.Places

    /// Makes it.
    func load() async throws {
        let today = ColombianTime.date(at: product.runner.now)
        let year = today.components.year
        let principal = Principal.terminal(in: places.mutualSER.id)
        let alliance = places.sanAntero.id
        try await product.runner.run(
            StartPlan(
                WorkPlan(
                    year: year, title: "Plan de trabajo \(year)",
                    objective:
                        "Que los usuarios de San Antero conozcan sus derechos y participen en lo que la entidad decide.",
                    principles: ["Equidad", "Calidad", "Participación", "Corresponsabilidad"],
                    guideline: "Lineamientos de la oficina de participación, versión 2",
                    activities: activities(in: year)), of: alliance), as: principal)
    }

    private func activities(in year: Int) throws -> [ActivityTerms] {
        [
            try ActivityTerms(
                axis: .citizens, line: "Formación y capacitación de los usuarios",
                activity: "Capacitar a los usuarios en sus derechos y deberes", months: [3, 6, 9],
                indicator: "Capacitaciones realizadas", target: ActivityTerms.Target(3, "capacitaciones"),
                responsible: "Comité organizador", budget: 1_200_000, population: "Usuarios de San Antero",
                fulfilledBy: [.training]),
            try ActivityTerms(
                axis: .citizens, line: "Fortalecimiento de las organizaciones de usuarios",
                activity: "Vincular nuevos asociados", months: Array(1...12),
                indicator: "Asociados que ingresan en el año", target: ActivityTerms.Target(40, "asociados"),
                start: ActivityTerms.Baseline(34, asOf: CalendarDate(year: year - 1, month: 12, day: 31)),
                responsible: "Comité organizador", population: "Afiliados de San Antero",
                fulfilledBy: [.newMember]),
            try ActivityTerms(
                axis: .control, line: "Seguimiento y evaluación de los servicios",
                activity: "Reunirse con la entidad para revisar la calidad de los servicios",
                months: [2, 4, 6, 8, 10, 12], indicator: "Reuniones realizadas",
                target: ActivityTerms.Target(6, "reuniones"), responsible: "Oficina de participación",
                fulfilledBy: [.boardMeeting, .encounter]),
            try ActivityTerms(
                axis: .decision, line: "Rendición de cuentas",
                activity: "Rendir cuentas a los asociados y a la ciudadanía", months: [7, 12],
                indicator: "Informes presentados", target: ActivityTerms.Target(2, "informes"),
                responsible: "Comité organizador", fulfilledBy: [.report]),
        ]
    }
}
