import Governance
import Kernel
import Tenancy

extension HTML {
    /// Writes how far the session of a meeting is, and the way to it: the second stage of the meeting's page.
    mutating func sessionStage(_ meeting: Meeting, _ heading: AllianceHeading, today: CalendarDate) {
        guard meeting.state != .cancelled, heading.principal.holds(.runSessions, in: heading.stream) else {
            return
        }
        let (slug, id) = (heading.slug, meeting.id)
        section("Sesión", id: "sesion") { part in
            switch meeting.state {
            case .planned where meeting.day > today:
                part.p(
                    "La asistencia se registra y la sesión se abre el \(SpanishFormat.longDate(meeting.day))."
                )
                part.p(.class("part-actions")) {
                    $0.action("Planillas para firmar", to: .paperAttendance(slug, id))
                }
            case .planned:
                part.p("Registre a quienes llegan y abra la sesión: ahí se verifica el quórum.")
                part.p(.class("part-actions")) { line in
                    line.action("Registrar asistencia", to: .meetingDoor(slug, id))
                    line.action("Ir a la sesión", to: .session(slug, id))
                }
            case .inSession:
                if let session = meeting.session {
                    part.p(SpanishFormat.sentence("Abierta a las \(hour(session.openedAt))"))
                }
                part.p(.class("part-actions")) { line in
                    line.action("Ir a la sesión", to: .session(slug, id))
                    line.action("Asistencia", to: .meetingDoor(slug, id))
                }
            case .held, .cancelled:
                guard let session = meeting.session else {
                    return part.p("No se llevó aquí.")
                }
                part.p(
                    SpanishFormat.sentence(
                        "Abierta a las \(hour(session.openedAt))\(session.closedAt.map { " y cerrada a las \(hour($0))" } ?? "")"
                    ))
                if session.closedAt != nil {
                    part.p(.class("part-actions")) {
                        $0.action("Reabrir la sesión", to: .reopenMeeting(slug, id))
                    }
                }
                part.ul { list in
                    list.li { $0.a("Quiénes vinieron", .href(.stays(slug, id))) }
                    list.li { $0.a("Puntos y notas", .href(.session(slug, id))) }
                    list.li { $0.a("Decisiones", .href(.decisions(slug, id))) }
                    list.li { $0.a("Preguntas", .href(.questions(slug, id))) }
                    list.li { $0.a("Planillas firmadas", .href(.paperAttendance(slug, id))) }
                }
            }
        }
    }
}
