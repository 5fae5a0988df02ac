import Governance
import Kernel
import Tenancy

/// The questions of a notice.
struct NoticeForm {
    let caller = Field.text(
        "caller", "Quién convoca", max: 160, hint: "Un cargo, una oficina o un organismo.")
    let contact = Field.text(
        "contact", "Cómo preguntar, proponer u objetar", max: 160,
        hint: "Teléfono, correo u oficina con su horario. Va en todas las piezas.")
    let shortNoticeReason = Field.paragraphs(
        "short_notice_reason", "Por qué se convoca con menos días", max: 500, rows: 3,
        hint: "El acta de la reunión lo mostrará."
    ).optional()
}

/// The call of a meeting: what is asked, what was issued, where it went out.
struct NoticePage: Page {
    let heading: AllianceHeading
    let answer: ReadNotice.Answer
    let mayPlan: Bool
    let mayOpen: Bool
    /// Who calls, where nobody said it before.
    let caller: String
    let form: FormState

    private var meeting: Meeting { answer.meeting }
    private var mayIssue: Bool { mayPlan && meeting.state == .planned && answer.today <= meeting.day }

    var title: String { "Convocatoria" }
    var lead: String? { "De «\(meeting.title)», \(answer.invitation.dayWords)." }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "convocar" }

    func actions(_ html: inout HTML) {
        if answer.notice != nil, !answer.isOutdated, answer.mayEnter {
            html.action("Ver las piezas", to: .noticePieces(heading.slug, meeting.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        if let warning = answer.series?.warning(for: meeting) { html.note(.warning, warning) }
        if answer.isOutdated, meeting.state == .planned {
            html.note(
                .warning,
                "La reunión cambió y la convocatoria \(answer.notice.map { String($0.version) } ?? "") ya no coincide: emita otra y avise de nuevo.\(answer.invitation.changeWords.map { " Dirá: «\($0)»" } ?? "")"
            )
        }
        if answer.notice == nil { html.note(answer.check.isMet ? .info : .warning, noticeWords) }
        html.section("Lo que se comunica") { part in
            part.call(answer.invitation)
            if mayPlan, meeting.state == .planned {
                part.p(.class("part-actions")) { line in
                    line.action("Editar la reunión", to: .editMeeting(heading.slug, meeting.id))
                    line.action("Orden del día", to: .meetingAgenda(heading.slug, meeting.id))
                }
            }
        }
        if mayIssue, answer.notice == nil || answer.isOutdated { writeForm(&html) }
        if !answer.notices.isEmpty { writeNotices(&html) }
        writeCalls(&html)
    }

    /// The check with the last day on which there is time.
    private var noticeWords: String {
        guard let latest = answer.latestDay else { return answer.check.words }
        let day = SpanishFormat.longDate(latest)
        return answer.check.words
            + (answer.today <= latest ? " Hay plazo hasta el \(day)." : " El plazo terminó el \(day).")
    }

    private func writeForm(_ html: inout HTML) {
        let fields = NoticeForm()
        let known = [answer.contact.phone, answer.contact.email, answer.contact.place].compactMap(\.self)
        let contact = answer.notice?.contact ?? known.joined(separator: ", ")
        let state =
            form.isTyped
            ? form
            : form.filling(fields.caller, with: answer.notice?.caller ?? caller)
                .filling(fields.contact, with: contact)
        let check = NoticeCheck(answer.check.requirement, calledOn: answer.today, for: meeting.day)
        html.section(answer.notice == nil ? "Convocar" : "Convocar de nuevo", id: "convocar") { part in
            if answer.notice != nil { part.p(check.words) }
            part.form(to: .notice(heading.slug, meeting.id), state) { form in
                form.field(fields.caller)
                form.field(fields.contact)
                if !check.isMet { form.field(fields.shortNoticeReason) }
                form.submit("Emitir la convocatoria", orBackTo: .meeting(heading.slug, meeting.id))
            }
            part.p(
                "Al emitirla, sus palabras quedan guardadas con su huella y no se cambian. Si la reunión cambia, se emite otra.",
                .class("form-text"))
        }
    }

    private func writeNotices(_ html: inout HTML) {
        html.section("Convocatorias emitidas", id: "emitidas") { part in
            part.ul(.class("dossier")) { list in
                for notice in answer.notices.reversed() {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3("Convocatoria \(notice.version)")
                            head.status(
                                notice != answer.notice
                                    ? Status("Reemplazada", .sealed)
                                    : answer.isOutdated
                                        ? Status("Ya no coincide", .overdue)
                                        : notice.check.isMet
                                            ? Status("Vigente", .met) : Status("Con menos días", .due))
                        }
                        item.p(
                            "\(SpanishFormat.sentence("Emitida el \(SpanishFormat.longDateAndTime(notice.issuedAt))")) \(notice.check.words)"
                        )
                        if let reason = notice.shortNoticeReason { item.p("Razón: \(reason)") }
                        item.details { more in
                            more.summary("Ver sus palabras")
                            more.p(answer.mayEnter ? notice.words : notice.wordsWithoutLink, .class("told"))
                            more.p("Huella (SHA-256):", .class("form-text"))
                            more.p(.class("seal")) { $0.code(notice.digest.description, .class("digest")) }
                        }
                    }
                }
            }
        }
    }

    private func writeCalls(_ html: inout HTML) {
        guard answer.notice != nil || !answer.calls.isEmpty || mayPlan else { return }
        html.section("Por dónde salió", id: "medios") { part in
            part.channels(answer, mayOpen: mayOpen)
            guard mayPlan, meeting.state != .cancelled else { return }
            part.p(.class("part-actions")) {
                $0.action("Anotar que salió por un medio", to: .recordCall(heading.slug, meeting.id))
            }
        }
    }
}

extension HTML {
    /// Writes what a meeting is, as people are told it.
    mutating func call(_ invitation: MeetingInvitation) {
        var facts = [Fact("Se convoca a", invitation.called), Fact("A", invitation.title)]
        if let instead = invitation.instead {
            facts.append(Fact(invitation.heading, "Ya no es el \(instead.words)"))
        }
        facts += [
            Fact(invitation.days.count == 1 ? "Día" : "Días", invitation.dayWords),
            Fact("Hora", invitation.hours), Fact("Lugar", invitation.place), Fact("Enlace", invitation.link),
        ]
        self.facts(facts)
        if invitation.agenda.isEmpty {
            p("El orden del día está vacío.")
        } else {
            ol { list in
                for point in invitation.agenda { list.li(point) }
            }
        }
    }

    /// Writes by which channels a meeting was called, each with its proof.
    mutating func channels(_ answer: ReadNotice.Answer, mayOpen: Bool) {
        guard !answer.calls.isEmpty else {
            p("Todavía no consta ninguna salida.")
            return
        }
        ul(.class("evidence")) { list in
            for call in answer.calls {
                let days = answer.meeting.day - call.sentOn
                let reached =
                    call.reached.map { ", llegó a \(SpanishFormat.count($0, "persona", "personas"))" } ?? ""
                let version = call.notice.flatMap { id in answer.notices.first { $0.id == id }?.version }
                list.li { item in
                    item.text(
                        "\(call.channel), el \(SpanishFormat.date(call.sentOn)) (\(SpanishFormat.count(days, "día", "días")) antes)\(reached)\(call.note.map { ". \($0)" } ?? "")"
                    )
                    if let version { item.text(". Convocatoria \(version)") }
                    if let proof = call.proof, mayOpen {
                        item.text(". ")
                        item.a(
                            "Ver la prueba", .href(.file(proof)),
                            .aria(
                                "label",
                                "Ver la prueba de \(call.channel), \(SpanishFormat.date(call.sentOn))"))
                    }
                }
            }
        }
    }
}

/// The questions of a channel by which a call went out.
struct MeetingCallForm {
    let sentOn = Field.date("sent_on", "Día en que salió")
    let kind = Field.choice("kind", "Medio", MeetingCall.Kind.allCases, title: \.title, style: .menu)
    let channel = Field.text(
        "channel", "Detalle", max: 120, hint: "Cuál grupo, emisora, sede o periódico."
    ).optional()
    let reached = Field.integer("reached", "Personas a las que llegó", in: 0...10_000_000).optional()
    let note = Field.paragraphs("note", "Nota", max: 500, rows: 2).optional()
    let proof = Field.paper(
        "proof", "Prueba",
        hint: "Una foto del afiche puesto, la pantalla del mensaje, la página del periódico."
    ).optional()

    func read(_ form: Submission) throws -> (call: MeetingCall, proof: StoredFile?) {
        let (sentOn, kind, channel, reached, note, proof) = try form.read(
            sentOn, kind, channel, reached, note, proof)
        let words = [kind == .other && channel != nil ? nil : kind.title, channel].compactMap(\.self)
        return (
            try MeetingCall(
                sentOn: sentOn, channel: words.joined(separator: ": "), kind: kind, reached: reached,
                note: note), try proof?.stored(on: sentOn)
        )
    }
}

/// Records that a call went out by a channel.
struct RecordCallPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let kind: MeetingCall.Kind?
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar que salió" }
    var lead: String? {
        "La convocatoria de «\(meeting.title)», \(SpanishFormat.longDate(meeting.day)). Un medio por vez."
    }
    var trail: [Crumb] {
        heading.trail(to: meeting) + [Crumb("Convocatoria", .notice(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let fields = MeetingCallForm()
        html.form(
            to: .recordCall(heading.slug, meeting.id),
            form.isTyped
                ? form
                : form.filling(fields.sentOn, with: min(today, meeting.day)).filling(fields.kind, with: kind),
            hasFiles: true
        ) { form in
            form.field(fields.sentOn)
            form.field(fields.kind)
            form.field(fields.channel)
            form.field(fields.reached)
            form.field(fields.note)
            form.field(fields.proof)
            form.submit("Anotar la salida", orBackTo: .notice(heading.slug, meeting.id))
        }
    }
}
