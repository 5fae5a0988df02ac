import Governance
import Kernel
import Tenancy

extension HTML {
    /// Writes how far a meeting is prepared, each piece of it with where it is done, and the next step.
    mutating func preparationStage(
        _ answer: ReadMeeting.Answer, _ heading: AllianceHeading, mayPlan: Bool
    ) {
        let stage = PreparationStage(answer: answer, heading: heading, mayPlan: mayPlan)
        section("Preparar", id: "preparar") { part in stage.write(&part) }
    }
}

/// The first stage of a meeting: agenda, call, outreach, support.
private struct PreparationStage {
    let answer: ReadMeeting.Answer
    let heading: AllianceHeading
    let mayPlan: Bool

    private var meeting: Meeting { answer.summary.meeting }
    private var preparation: Preparation { answer.preparation }
    private var isPlanned: Bool { meeting.state == .planned }

    func write(_ part: inout HTML) {
        if let warning = preparation.series?.warning(for: meeting), isPlanned { part.note(.warning, warning) }
        if preparation.isNoticeOutdated, isPlanned { part.outdatedNotice(heading, meeting, mayPlan) }
        writeNext(&part)
        part.ul(.class("dossier")) { list in
            list.li { agenda(&$0) }
            list.li { notice(&$0) }
            if mayPlan {
                list.li { outreach(&$0) }
                list.li { supports(&$0) }
            }
        }
    }

    /// The one step that comes next.
    private func writeNext(_ part: inout HTML) {
        guard mayPlan, isPlanned, answer.today <= meeting.day else { return }
        part.p(.class("part-actions")) { line in
            if answer.agenda.isEmpty {
                line.action("Armar el orden del día", to: .meetingAgenda(heading.slug, meeting.id), .primary)
            } else if preparation.notice == nil {
                line.action("Convocar", to: .notice(heading.slug, meeting.id), .primary)
            } else if !preparation.isNoticeOutdated, answer.calls.isEmpty {
                line.action(
                    "Sacar las piezas de la convocatoria", to: .noticePieces(heading.slug, meeting.id),
                    .primary)
            }
        }
    }

    private func agenda(_ item: inout HTML) {
        let count = answer.agenda.count
        head(
            "Orden del día",
            count == 0 ? Status("Falta", .due) : Status(SpanishFormat.count(count, "punto", "puntos"), .met),
            to: .meetingAgenda(heading.slug, meeting.id), &item)
        guard count > 0 else { return }
        item.details { more in
            more.summary("Ver los puntos")
            more.ol { list in
                for point in answer.agenda { list.li(point.title) }
            }
        }
    }

    private func notice(_ item: inout HTML) {
        let status =
            switch preparation.notice {
            case nil where !isPlanned && answer.calls.isEmpty: Status("No consta", .unproven)
            case nil where !answer.calls.isEmpty: Status("Salió", .met)
            case nil: preparation.check.isMet ? Status("Falta", .due) : Status("Fuera de plazo", .overdue)
            case .some where preparation.isNoticeOutdated && isPlanned: Status("Ya no coincide", .overdue)
            case let notice?:
                notice.check.isMet ? Status("Emitida a tiempo", .met) : Status("Con menos días", .due)
            }
        head("Convocatoria", status, to: .notice(heading.slug, meeting.id), &item)
        if let notice = preparation.notice {
            item.p(
                "Convocatoria \(notice.version), del \(SpanishFormat.date(notice.issuedOn)). \(notice.check.words)"
            )
            if let reason = notice.shortNoticeReason {
                item.p("Se convocó con menos días por esta razón: \(reason)")
            }
        } else if isPlanned, answer.calls.isEmpty {
            let until =
                preparation.latestDay.map { " Hay plazo hasta el \(SpanishFormat.longDate($0))." } ?? ""
            item.p(preparation.check.words + (preparation.check.isMet ? until : ""))
        }
        item.ul { list in
            for call in answer.calls {
                let days = meeting.day - call.sentOn
                let reached = call.reached.map {
                    ", llegó a \(SpanishFormat.count($0, "persona", "personas"))"
                }
                list.li(
                    "\(call.channel), el \(SpanishFormat.date(call.sentOn)) (\(SpanishFormat.count(days, "día", "días")) antes)\(reached ?? "")\(call.note.map { ". \($0)" } ?? "")"
                )
            }
        }
        guard mayPlan, meeting.state != .cancelled else { return }
        item.div(.class("row-actions")) { actions in
            if preparation.notice != nil, !preparation.isNoticeOutdated {
                actions.a(
                    "Piezas", .class("btn btn-outline-primary btn-sm"),
                    .href(.noticePieces(heading.slug, meeting.id)))
            }
            actions.a(
                "Anotar la convocatoria por un medio", .class("btn btn-outline-primary btn-sm"),
                .href(.recordCall(heading.slug, meeting.id)))
        }
    }

    private func outreach(_ item: inout HTML) {
        let calls = preparation.calls
        item.div(.class("dossier-head")) { $0.h3("Difusión") }
        item.p { line in
            line.a("Visitas, volantes y prensa", .href(.outreach(heading.slug, meeting.id)))
            line.text(
                preparation.visits == 0
                    ? ": nada anotado."
                    : ": \(SpanishFormat.count(preparation.visits, "anotación", "anotaciones")).")
        }
        item.p { line in
            line.a("Hoja de llamadas", .href(.callSheet(heading.slug, meeting.id)))
            line.text(
                calls.lines == 0
                    ? ": sin hacer."
                    : ": \(SpanishFormat.number(calls.called)) de \(SpanishFormat.count(calls.lines - calls.withoutPhone, "llamada", "llamadas")), \(SpanishFormat.count(calls.outcomes[.coming] ?? 0, "persona confirmó", "personas confirmaron"))."
            )
        }
    }

    private func supports(_ item: inout HTML) {
        let supports = preparation.supports.filter { $0.state != .withdrawn }
        let asked = supports.count { $0.state == .asked }
        let granted = supports.count { $0.state == .granted }
        let status =
            supports.isEmpty
            ? Status("Ninguno", .plain)
            : asked > 0
                ? Status("\(asked) por responder", .due)
                : granted > 0 ? Status("\(granted) por entregar", .open) : Status("Al día", .met)
        head("Apoyos de la entidad", status, to: .supports(heading.slug, meeting.id), &item)
    }

    private func head(_ title: String, _ status: Status, to path: Path, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3 { $0.a(title, .href(path)) }
            head.status(status)
        }
    }
}
