import Governance
import Kernel
import Reporting
import Tenancy

extension HTML {
    /// Writes how often an alliance meets, by when it meets next and by when that has to be called; whoever may plan it
    /// goes from here to the form with its day.
    mutating func rhythm(
        of due: MeetingDue, in alliance: AllianceSlug, on today: CalendarDate, mayPlan: Bool
    ) {
        let last = due.last.map { "La última fue el \(SpanishFormat.date($0)); la" } ?? "La"
        p { line in
            line.status(due.status(on: today))
            line.text(
                " \(due.rhythm.words.capitalizedFirst). \(last) siguiente corresponde a más tardar el \(SpanishFormat.date(due.dueOn)), convocada a más tardar el \(SpanishFormat.date(due.callBy)). \(due.planInWords(on: today))"
            )
        }
        guard mayPlan else { return }
        p(.class("part-actions")) { line in
            if let planned = due.planned {
                line.action(
                    due.lacksCall(on: today) ? "Convocarla" : "Ver la reunión",
                    to: .meeting(alliance, planned.id))
            } else {
                let day = due.proposedDay(on: today)
                line.action(
                    "Programarla para el \(SpanishFormat.longDate(day))",
                    to: KnownOfMeeting(kind: .group, day: day).path(in: alliance), icon: .plus)
            }
        }
    }
}

extension MeetingDue {
    /// How the next meeting stands as a chip.
    fileprivate func status(on today: CalendarDate) -> Status {
        if planned != nil {
            return lacksCall(on: today)
                ? Status("Falta la convocatoria", .due)
                : isPlannedInTime ? Status("Programada", .met) : Status("Programada tarde", .due)
        }
        return dueOn < today
            ? Status("Sin reunión", .unproven)
            : callBy <= today ? Status("Por convocar", .due) : Status("Por programar", .open)
    }

    /// What is planned of the next meeting.
    fileprivate func planInWords(on today: CalendarDate) -> String {
        guard let planned else { return "La próxima no está programada." }
        return "La próxima está programada para el \(SpanishFormat.longDate(planned.day))."
            + (lacksCall(on: today)
                ? " Falta anotar la convocatoria: debía salir el \(SpanishFormat.date(callBy))." : "")
    }
}
