import Foundation
import Governance
import Kernel
import Tenancy

/// The source documents of the three alliances, with the dates that they bear, and meetings held as one of them asks.
struct DemoSources {
    let product: Product
    let runtime: Runtime
    let places: DemoLoader.Places

    /// Imports them.
    func load() async throws {
        try await load("aliansalud-plan-2026", of: places.bogota, in: places.aliansalud)
        try await load("mutual-ser-san-antero-2021", of: places.sanAntero, in: places.mutualSER)
        try await load("ips-alianza-usuarios-2026", of: places.clinicUsers, in: places.clinic)
        try await holdMeetings()
    }

    /// Every second month, called a week before, with the standing agenda of the clinic's procedure.
    private func holdMeetings() async throws {
        let principal = Principal.terminal(in: places.clinic.id)
        let alliance = places.clinicUsers.id
        let today = ColombianTime.date(at: product.runner.now)
        let agenda = try await product.runner.fetch(ReadYear(of: alliance), as: principal).agendas.first
        let next = today + 3 + (Weekday.wednesday.rawValue - (today + 3).weekday.rawValue + 7) % 7
        for (number, attendees) in zip(1..., [18, 22, 27]) {
            let day = next - 56 * (4 - number)
            let meeting = try meeting(on: day, agenda)
            try await product.runner.run(
                PlanMeeting(meeting, agenda: points(agenda), of: alliance), as: principal)
            for (channel, reached) in [("Llamada telefónica", 60), ("Afiche en las aseguradoras", nil)] {
                try await product.runner.run(
                    CallMeeting(
                        MeetingCall(sentOn: day - 7, channel: channel, reached: reached), to: meeting.id,
                        of: alliance), as: principal)
            }
            try await product.runner.run(
                RecordMinutes(
                    of: meeting.id, in: alliance, number: String(number), datedOn: day,
                    attendees: attendees,
                    narrative: [
                        "Se leyó y aprobó el acta de la reunión anterior.",
                        "Se explicaron los deberes y derechos de los usuarios y se hizo el recorrido institucional.",
                    ],
                    decisions: [
                        Minutes.Decision(
                            decision: "Se aprueba el acta de la reunión anterior", inFavor: attendees,
                            against: 0, abstained: 0)
                    ],
                    commitments: [
                        Minutes.Commitment(
                            activity: "Enviar a la gerencia las oportunidades de mejora", dueOn: day + 30,
                            responsible: "Coordinación SIAU")
                    ]), as: principal)
        }
        try await product.runner.run(
            PlanMeeting(meeting(on: next, agenda), agenda: points(agenda), of: alliance), as: principal)
        try await reportToManagement(on: today, as: principal)
    }

    /// The yearly report of the clinic's procedure, with its document.
    private func reportToManagement(on today: CalendarDate, as principal: Principal) async throws {
        let year = today.components.year
        let title = "Informe de actividades a la gerencia, \(year)"
        try await product.runner.run(
            RecordReport(
                of: places.clinicUsers.id, kind: .management, title: title, on: today, about: year,
                to: "Gerencia de la clínica",
                paper: StoredFile(
                    name: "informe-a-la-gerencia.txt",
                    content: Array("\(title). (Documento de demostración.)\n".utf8), effectiveOn: today)),
            as: principal)
    }

    private func meeting(on day: CalendarDate, _ agenda: AgendaTemplate?) throws -> Meeting {
        try Meeting(
            kind: .group, title: agenda?.title ?? "Reunión de la alianza de usuarios", day: day,
            startsAt: TimeOfDay(hour: 9, minute: 0), endsAt: TimeOfDay(hour: 11, minute: 0), mode: .inPerson,
            place: "Auditorio de la sede principal", participants: ["Usuarios", "Coordinación SIAU"])
    }

    private func points(_ agenda: AgendaTemplate?) throws -> [AgendaItem] {
        try AgendaItem.points(agenda?.items ?? [], from: .template)
    }

    private func load(_ name: String, of alliance: Alliance, in organization: Organization) async throws {
        let file = runtime.configuration.catalogues.appending(path: "sources/\(name).json")
        try await product.runner.run(
            ImportSource(SourceDocument(Data(contentsOf: file)), of: alliance.id),
            as: .terminal(in: organization.id))
    }
}
