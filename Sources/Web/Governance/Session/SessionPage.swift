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
    /// What was sent from it and refused, to be shown where it was typed.
    var refused: SessionRefusal?
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

    var isOpen: Bool { meeting.state == .inSession }
    /// The point whose notes are written.
    var item: AgendaItem? {
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
            // While points are left, the next of them is what the page is for.
            let isThrough = file.agenda.allSatisfy { [.treated, .postponed].contains($0.state) }
            html.action(
                "Cerrar la sesión", to: .closeMeeting(slug, meeting.id), isThrough ? .primary : .secondary)
        case .held, .cancelled:
            if meeting.session?.closedAt != nil, !file.minutesAreOut {
                html.action("Reabrir la sesión", to: .reopenMeeting(slug, meeting.id))
            }
            html.action("Volver a la reunión", to: .meeting(slug, meeting.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        writeBar(&html)
        if let words = refused?.words(of: nil) { html.note(.problem, words) }
        writeStanding(&html)
        html.div(.class("session")) { panes in
            panes.section(.class("session-agenda"), .aria("label", "Orden del día"), content: writeAgenda)
            panes.section(
                .class("session-writing"), .aria("label", "Lo que se escribe"), content: writeWriting)
            panes.section(.class("session-people"), .aria("label", "Personas")) { pane in
                pane.live(isOpen: isOpen, content: writeSpeaking)
                writeSpeakingForms(&pane)
                pane.live(isOpen: isOpen, content: writePeople)
            }
        }
        if isOpen { writeShortcuts(&html) }
    }

    /// The quorum, which stays on the screen however far one reads, and what is done about it.
    private func writeBar(_ html: inout HTML) {
        html.div(.class("session-bar")) { bar in
            bar.live(isOpen: isOpen) { $0.sessionQuorum(file.presence) }
            guard isOpen, file.quorum != nil else { return }
            let rest = file.isInformative ? " el quórum e instalar" : " y anotar el quórum"
            bar.form(to: .verifyQuorum(slug, meeting.id)) { form in
                form.button(
                    .type("submit"), .data("key", "q"),
                    .class(
                        file.isInformative && file.quorum?.check.isMet == true
                            ? "btn btn-primary btn-sm" : "btn btn-outline-primary btn-sm")
                ) { button in
                    button.span { words in
                        words.text("Verificar")
                        words.span(rest, .class("bar-words"))
                    }
                }
            }
        }
    }

    private func writeStanding(_ html: inout HTML) {
        if meeting.state == .planned {
            html.note(
                .info,
                "La sesión no se ha abierto. Registre a quienes van llegando y ábrala: ahí se verifica el quórum."
            )
        } else if file.isInformative, isOpen {
            html.note(.warning, "Sesión informativa: se abrió sin quórum y no se decide nada") { note in
                note.p("Cuando haya quórum, verifíquelo arriba: la sesión queda instalada desde ese momento.")
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

    // MARK: People

    private func writePeople(_ pane: inout HTML) {
        pane.h2("Presentes")
        PresencePane(
            slug: slug, file: file, path: .movePresent(slug, meeting.id),
            state: refused?.state(of: .people) ?? FormState(), takesSpeakers: isOpen
        ).write(&pane)
        writeChecks(&pane)
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
        ("V", "Anotar a otra persona que pide la palabra"), ("L", "Dar la palabra a quien sigue"),
        ("E", "Terminó quien habla"), ("M", "Cambiar cuánto dura cada intervención"),
        ("Q", "Verificar y anotar el quórum"), ("?", "Ver estos atajos"),
        ("Esc", "Salir de un campo"),
    ]
}
