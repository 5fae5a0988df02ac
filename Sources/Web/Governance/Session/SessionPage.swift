import Foundation
import Governance
import Kernel
import Tenancy

/// A page of a meeting's session.
protocol SessionPart: Page {
    var heading: AllianceHeading { get }
    var file: SessionFile { get }
}

extension SessionPart {
    var meeting: Meeting { file.meeting }
    var slug: AllianceSlug { heading.slug }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [
            Crumb(meeting.title, .meeting(slug, meeting.id)), Crumb("Sesión", .session(slug, meeting.id)),
        ]
    }
    var help: HelpTopic { "sesion" }
}

/// The session of a meeting on one screen: agenda with its clock, who is there, what is being written.
struct SessionPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    /// The point whose notes are shown, where it is not the open one.
    let shown: ID<AgendaItem>?
    /// The commitments that were taken on in it.
    let commitments: [Commitment]
    /// Those of before that are open, or were closed in it.
    let earlier: [Commitment]
    let mayCommit: Bool
    let now: Date

    var title: String { "Sesión" }
    var lead: String? {
        [meeting.title, file.body, meeting.session.map { "abierta a las \(hour($0.openedAt))" }]
            .compactMap(\.self).joined(separator: " · ")
    }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(slug, meeting.id))]
    }
    var scripts: [String] { ["sesion.js"] }
    var refreshes: Int? { nil }

    private var isOpen: Bool { meeting.state == .inSession }
    /// The point whose notes are written.
    private var item: AgendaItem? {
        file.agenda.first { $0.id == shown } ?? file.openItem ?? file.agenda.last { $0.state != .pending }
            ?? file.agenda.first
    }

    func actions(_ html: inout HTML) {
        switch meeting.state {
        case .planned:
            html.action("Registrar asistencia", to: .meetingDoor(slug, meeting.id), icon: .people)
            html.action("Abrir la sesión", to: .openMeeting(slug, meeting.id), .primary)
        case .inSession:
            html.action("Asistencia", to: .meetingDoor(slug, meeting.id), icon: .people)
            html.action("Pantalla de la sala", to: .hall(slug, meeting.id))
            html.action("Cerrar la sesión", to: .closeMeeting(slug, meeting.id), .primary)
        case .held, .cancelled:
            html.action("Volver a la reunión", to: .meeting(slug, meeting.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.live(isOpen: isOpen) { $0.sessionQuorum(file) }
        writeStanding(&html)
        html.div(.class("session")) { panes in
            panes.section(.class("session-agenda"), .aria("label", "Orden del día"), content: writeAgenda)
            panes.section(
                .class("session-writing"), .aria("label", "Lo que se escribe"), content: writeWriting)
            panes.section(.class("session-people"), .aria("label", "Personas")) { pane in
                pane.live(isOpen: isOpen, content: writePeople)
            }
        }
        if isOpen { writeShortcuts(&html) }
    }

    private func writeStanding(_ html: inout HTML) {
        if meeting.state == .planned {
            html.note(
                .info,
                "La sesión no se ha abierto. Registre a quienes van llegando y ábrala: ahí se verifica el quórum."
            )
        } else if file.isInformative, isOpen {
            html.note(.warning, "Sesión informativa: se abrió sin quórum y no se decide nada") { note in
                note.p("Cuando haya quórum, verifíquelo: la sesión queda instalada desde ese momento.")
                note.div(.class("door-actions")) {
                    $0.action(
                        "Verificar el quórum e instalar", posting: .verifyQuorum(slug, meeting.id),
                        file.quorum?.check.isMet == true ? .primary : .secondary)
                }
            }
        }
    }

    // MARK: Agenda

    private func writeAgenda(_ pane: inout HTML) {
        pane.h2("Orden del día")
        guard !file.agenda.isEmpty else {
            pane.p("Esta reunión no tiene orden del día. Agréguelo en la página de la reunión.")
            return
        }
        let next = file.agenda.first { $0.state == .pending }
        pane.ol(.class("points")) { list in
            for point in file.agenda {
                list.li(
                    .class("point point-\(point.state.rawValue)"),
                    .aria("current", point.id == item?.id ? "true" : nil)
                ) { item in
                    item.div(.class("point-head")) { head in
                        head.a(
                            point.title,
                            .href(Path.session(slug, meeting.id).with("punto", point.id.description)))
                        head.status(point.state.status)
                    }
                    writeClock(of: point, &item)
                    if isOpen { writeSteps(of: point, isNext: point.id == next?.id, &item) }
                }
            }
        }
    }

    private func writeClock(of point: AgendaItem, _ item: inout HTML) {
        let planned = point.minutesPlanned
        guard let openedAt = point.openedAt else {
            if let planned { item.p("\(planned) min previstos", .class("point-clock")) }
            return
        }
        let end = point.closedAt ?? now
        let minutes = max(0, Int(end.timeIntervalSince(openedAt) / 60))
        let words = planned.map { "\(minutes) de \($0) min" } ?? "\(minutes) min"
        let isLate =
            planned.map { minutes >= $0 && end.timeIntervalSince(openedAt) > Double($0 * 60) } ?? false
        item.p(.class(isLate ? "point-clock is-late" : "point-clock")) { line in
            line.span(
                words,
                .data(
                    "since", point.state == .open ? String(Int(openedAt.timeIntervalSince1970 * 1000)) : nil),
                .data("now", point.state == .open ? String(Int(now.timeIntervalSince1970 * 1000)) : nil),
                .data("planned", planned.map(String.init)))
            if isLate { line.text(" · pasó del tiempo previsto") }
        }
    }

    private func writeSteps(of point: AgendaItem, isNext: Bool, _ item: inout HTML) {
        func step(_ words: String, _ step: PointStep, key: String? = nil, _ html: inout HTML) {
            html.form(to: .treatPoint(slug, meeting.id)) { form in
                form.input(.type("hidden"), .name("item"), .value(point.id.description))
                form.button(
                    .type("submit"), .name("step"), .value(step.rawValue), .data("key", key),
                    .class(
                        step == .open && isNext ? "btn btn-primary btn-sm" : "btn btn-outline-primary btn-sm")
                ) { button in
                    button.text(words)
                    button.span(": \(point.title)", .class("visually-hidden"))
                }
            }
        }
        item.div(.class("point-steps")) { steps in
            switch point.state {
            case .pending:
                step(isNext ? "Abrir este punto" : "Abrir", .open, key: isNext ? "s" : nil, &steps)
                step("Aplazar", .postpone, &steps)
            case .open:
                step("Tratado", .treat, key: "t", &steps)
                step("Aplazar", .postpone, &steps)
            case .treated, .postponed: step("Devolver a pendiente", .reset, &steps)
            }
        }
    }

    // MARK: Writing

    private func writeWriting(_ pane: inout HTML) {
        if let item {
            pane.h2("\(item.position). \(item.title)")
            if meeting.session != nil, !file.minutesAreOut {
                writeNotes(of: item, &pane)
            } else {
                pane.paragraphs(of: item.notes)
            }
        }
        if isOpen {
            pane.details(.class("session-form"), .id("decision"), .data("key", "d")) { box in
                box.summary("Tomar una decisión")
                writeDecisionForm(&box)
            }
            pane.details(.class("session-form"), .id("pregunta"), .data("key", "p")) { box in
                box.summary("Anotar una pregunta")
                box.questionForm(to: .questions(slug, meeting.id), FormState(), on: item?.id)
            }
            if mayCommit {
                pane.details(.class("session-form"), .id("compromiso"), .data("key", "c")) { box in
                    box.summary("Anotar un compromiso")
                    let cause = SessionCommitmentForm.cause(in: file)
                    let state = FormState().filling(cause, with: item.map { Commitment.Cause.item($0.id) })
                    box.form(to: .sessionCommitment(slug, meeting.id), state) { form in
                        form.field(SessionCommitmentForm.activity)
                        form.div(.class("form-row")) { row in
                            row.field(SessionCommitmentForm.owner)
                            row.field(SessionCommitmentForm.dueOn)
                        }
                        form.field(cause)
                        form.submit("Anotar el compromiso")
                    }
                }
            }
        }
        writeEarlier(&pane)
        writeTaken(&pane)
    }

    /// What was left to do before, to be looked at one by one.
    private func writeEarlier(_ pane: inout HTML) {
        guard !earlier.isEmpty, meeting.state != .planned else { return }
        pane.details(.class("session-form"), .id("anteriores"), .open(!isReviewed)) { box in
            box.summary("Compromisos anteriores (\(earlier.count))")
            box.ul(.class("session-earlier")) { list in
                for commitment in earlier {
                    list.li { item in
                        item.a(commitment.activity, .href(.commitment(slug, commitment.id)))
                        item.text(". \(commitment.owner.name) ")
                        let isReviewed = file.reviewed.contains(commitment.id)
                        item.status(
                            isReviewed && commitment.state == .open
                                ? Status("Revisado, sigue abierto", .open)
                                : commitment.standing(on: ColombianTime.date(at: now)).status)
                        if mayCommit, isOpen, !isReviewed, commitment.state == .open {
                            item.text(" ")
                            item.a(
                                "Revisar", .class("btn btn-outline-primary btn-sm"),
                                .href(.reviewCommitment(slug, meeting.id, commitment.id)),
                                .aria("label", "Revisar «\(commitment.activity)»"))
                        }
                    }
                }
            }
        }
    }

    private var isReviewed: Bool { earlier.allSatisfy { file.reviewed.contains($0.id) } }

    private func writeNotes(of item: AgendaItem, _ pane: inout HTML) {
        pane.form(to: .writeNotes(slug, meeting.id)) { form in
            form.input(.type("hidden"), .name("item"), .value(item.id.description))
            form.input(
                .type("hidden"), .name("base"), .value(WrittenNotes.digest(of: item.notes).description))
            form.label("Notas de este punto", .for("notas"), .class("form-label"))
            form.element(
                "textarea",
                [
                    .id("notas"), .name("text"), .class("form-control session-notes"), .rows(9),
                    .maxLength(WriteNotes.maximum), .data("notes", item.id.description), .data("key", "n"),
                    .aria("describedby", "guardado"),
                ]
            ) { area in
                area.raw("\n")
                area.text(item.notes)
            }
            form.p(
                item.notes.isEmpty ? "Un párrafo por línea. Así pasa al acta." : "Guardado.",
                .class("form-text"),
                .id("guardado"), .role("status"))
            form.button("Guardar las notas", .type("submit"), .class("btn btn-outline-primary btn-sm"))
        }
    }

    private func writeDecisionForm(_ box: inout HTML) {
        if file.isInformative {
            box.p("La sesión es informativa: no se decide nada hasta que haya quórum.")
        } else if let check = file.quorum?.check, !check.isMet {
            box.p(SpanishFormat.sentence("\(check.sentence). Sin quórum no se decide"))
        } else {
            box.decisionForm(to: .decisions(slug, meeting.id), FormState(), of: file, on: item?.id)
        }
    }

    private func writeTaken(_ pane: inout HTML) {
        guard !file.decisions.isEmpty || !file.questions.isEmpty || !commitments.isEmpty else { return }
        pane.div(.class("session-taken")) { box in
            if !file.decisions.isEmpty {
                box.h3("Decisiones")
                box.ul { list in
                    for decision in file.decisions.reversed().prefix(5) {
                        list.li { item in
                            item.status(decision.status)
                            item.text(" \(decision.decision). \(decision.arithmetic).")
                        }
                    }
                }
                box.p { $0.a("Ver y corregir las decisiones", .href(.decisions(slug, meeting.id))) }
            }
            if !commitments.isEmpty {
                box.h3("Compromisos")
                box.ul { list in
                    for commitment in commitments {
                        list.li { item in
                            item.a(commitment.activity, .href(.commitment(slug, commitment.id)))
                            item.text(
                                ". \(commitment.owner.name)\(commitment.dueOn.map { ", hasta el \(SpanishFormat.date($0))" } ?? "")"
                            )
                        }
                    }
                }
            }
            if !file.questions.isEmpty {
                let open = file.questions.count { $0.answer == nil }
                box.p { line in
                    line.a(
                        SpanishFormat.count(file.questions.count, "pregunta anotada", "preguntas anotadas"),
                        .href(.questions(slug, meeting.id)))
                    line.text(open == 0 ? "." : ", \(open) sin responder.")
                }
            }
        }
    }

    // MARK: People

    private func writePeople(_ pane: inout HTML) {
        writeChecks(&pane)
        pane.h2("Presentes")
        let stays = file.presentStays
        guard !stays.isEmpty else {
            pane.p("Nadie registrado todavía.")
            return
        }
        // It scrolls by itself: with the keyboard as well.
        pane.div(.class("present-list"), .tabIndex(0), .role("group"), .aria("label", "Presentes")) { box in
            for capacity in Attendance.Capacity.allCases {
                let those = stays.filter { $0.capacity == capacity }.sorted {
                    $0.name.folded < $1.name.folded
                }
                guard !those.isEmpty else { continue }
                box.h3("\(capacity.heading) (\(SpanishFormat.number(those.count)))")
                box.ul(.class("present")) { list in
                    for stay in those.prefix(200) {
                        list.li { line in
                            line.span(stay.name)
                            line.span(
                                "\(hour(stay.arrivedAt))\(stay.way == .remote ? ", a distancia" : "")",
                                .class("present-hour"))
                        }
                    }
                }
                if those.count > 200 { box.p("Y \(SpanishFormat.number(those.count - 200)) más.") }
            }
        }
    }

    private func writeChecks(_ pane: inout HTML) {
        guard let last = file.checks.last else { return }
        pane.h2("Quórum verificado")
        pane.ul(.class("present")) { list in
            for check in file.checks.suffix(4).reversed() {
                list.li { line in
                    line.span("\(check.occasion.title): \(check.present) de \(check.base)")
                    line.span(hour(check.checkedAt), .class("present-hour"))
                }
            }
        }
        pane.p(SpanishFormat.sentence("\(last.requirement). \(last.source)"), .class("form-text"))
    }

    // MARK: Keyboard

    private func writeShortcuts(_ html: inout HTML) {
        html.div(.class("session-foot")) { foot in
            if file.quorum != nil, !file.isInformative {
                foot.form(to: .verifyQuorum(slug, meeting.id)) { form in
                    form.button(
                        "Verificar y anotar el quórum", .type("submit"), .data("key", "q"),
                        .class("btn btn-outline-primary btn-sm"))
                }
            }
            foot.details(.class("shortcuts"), .id("atajos"), .data("key", "?")) { box in
                box.summary("? Atajos del teclado")
                box.dl(.class("keys")) { list in
                    for (key, words) in Self.shortcuts {
                        list.div { line in
                            line.dt { $0.code(key) }
                            line.dd(words)
                        }
                    }
                }
                box.div(.class("form-check")) { line in
                    line.input(
                        .class("form-check-input"), .type("checkbox"), .id("usar-atajos"), .data("shortcuts"),
                        .checked(true))
                    line.label(
                        "Usar los atajos de una tecla en este aparato", .for("usar-atajos"),
                        .class("form-check-label"))
                }
            }
        }
    }

    private static let shortcuts = [
        ("N", "Escribir las notas del punto"), ("S", "Abrir el punto siguiente"),
        ("T", "Dar el punto por tratado"), ("D", "Tomar una decisión"), ("P", "Anotar una pregunta"),
        ("C", "Anotar un compromiso"),
        ("Q", "Verificar y anotar el quórum"), ("?", "Ver estos atajos"), ("Esc", "Salir de un campo"),
    ]
}
