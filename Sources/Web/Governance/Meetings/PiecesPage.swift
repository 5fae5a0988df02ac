import Governance
import Kernel
import Tenancy

/// The pieces of a call, each ready to be sent, with a place to note that it went out.
struct PiecesPage: Page {
    let heading: AllianceHeading
    let answer: ReadNotice.Answer
    let sendsMail: Bool
    let mayPlan: Bool
    /// How many of those called have mail, where it can be sent from here.
    let reachable: Int?
    /// What was refused of the mail.
    let form: FormState

    private var meeting: Meeting { answer.meeting }
    private var invitation: MeetingInvitation { answer.invitation }
    private var mayNote: Bool { mayPlan && meeting.state != .cancelled }

    var title: String { "Piezas de la convocatoria" }
    var lead: String? {
        "De «\(meeting.title)», \(invitation.dayWords). Todas dicen lo mismo: cámbielas en la reunión, no aquí."
    }
    var trail: [Crumb] {
        heading.trail(to: meeting) + [Crumb("Convocatoria", .notice(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        if let refusal = form.refusal { html.note(.problem, refusal) }
        if meeting.isReserved {
            html.note(
                .info,
                "La reunión es del espacio propio de la junta: no hay afiche ni perifoneo, y los mensajes van solo a quienes se convoca."
            )
        } else {
            html.section("Afiche", id: "afiche") { part in
                part.p(
                    "Una hoja tamaño carta, en letra grande, con el código que lleva a la página de la alianza."
                )
                end(&part, .poster) {
                    $0.action(
                        "Abrir el afiche (PDF)", to: .noticePoster(heading.slug, meeting.id), icon: .print)
                }
            }
        }
        html.section("WhatsApp", id: "whatsapp") { part in
            let text = invitation.whatsApp
            part.piece(text, id: "texto-whatsapp", label: "Mensaje para WhatsApp", rows: 14)
            part.p(
                "\(SpanishFormat.number(text.count)) caracteres de 699.\(cut(in: text))", .class("form-text"))
            end(&part, .whatsapp, copying: "texto-whatsapp") { line in
                if let address = WebAddress("https://wa.me/?text=\(Path.encoded(text))") {
                    line.a(
                        "Abrir en WhatsApp", .class("btn btn-outline-primary"), .href(address), .newTab(),
                        .rel("noopener"))
                }
            }
        }
        html.section("Mensaje de texto (SMS)", id: "sms") { part in
            let message = invitation.sms
            part.piece(message.text, id: "texto-sms", label: "Mensaje de texto", rows: 4)
            part.p(words(of: message), .class("form-text"))
            end(&part, .sms, copying: "texto-sms") { _ in }
        }
        if !meeting.isReserved {
            html.section("Perifoneo", id: "perifoneo") { part in
                let text = invitation.loudspeaker
                part.piece(text, id: "texto-perifoneo", label: "Guion para leer en voz alta", rows: 6)
                part.p(
                    "Se lee en unos \(MeetingInvitation.seconds(toRead: text)) segundos.", .class("form-text")
                )
                end(&part, .loudspeaker, copying: "texto-perifoneo") { _ in }
            }
        }
        html.section("Correo", id: "correo") { writeMail(&$0) }
        html.section("Por dónde salió", id: "medios") { part in
            part.channels(answer, mayOpen: false)
            guard mayNote else { return }
            part.p(.class("part-actions")) { line in
                line.action("Anotar otro medio", to: .recordCall(heading.slug, meeting.id))
                line.action("Hoja de llamadas", to: .callSheet(heading.slug, meeting.id), icon: .phone)
                line.action("Visitas y volantes", to: .outreach(heading.slug, meeting.id))
            }
        }
    }

    private func writeMail(_ part: inout HTML) {
        let sent = answer.calls.last { $0.kind == .mail && $0.notice == answer.notice?.id }
        part.p("Asunto: \(invitation.subject)")
        part.piece(answer.notice?.words ?? "", id: "texto-correo", label: "Texto del correo", rows: 12)
        if let sent {
            part.note(
                .done,
                "Salió el \(SpanishFormat.date(sent.sentOn)) a \(SpanishFormat.count(sent.reached ?? 0, "persona", "personas"))\(sent.note.map { "; \($0)" } ?? "")."
            )
        } else if !sendsMail {
            part.p(
                "Esta instalación no envía correo. Copie el texto, envíelo desde el correo de la oficina y anote que salió.",
                .class("form-text"))
        }
        let maySend =
            mayPlan && sendsMail && sent == nil && meeting.state == .planned && answer.today <= meeting.day
        if maySend, reachable == 0 {
            part.p("\(NoticeError.nobodyHasMail.message)", .class("form-text"))
        }
        end(&part, .mail, copying: "texto-correo") { line in
            if maySend, reachable != 0 {
                line.action(
                    "Enviar a quienes tienen correo", posting: .mailNotice(heading.slug, meeting.id),
                    icon: .mail)
            }
        }
    }

    private func end(
        _ part: inout HTML, _ kind: MeetingCall.Kind, copying id: String? = nil,
        more: (inout HTML) -> Void
    ) {
        part.div(.class("part-actions")) { line in
            if let id {
                line.button(
                    "Copiar", .type("button"), .class("btn btn-outline-primary"), .data("copy", id),
                    .hidden(), .aria("label", "Copiar: \(kind.title)"))
            }
            more(&line)
            if mayNote {
                line.a(
                    "Anotar que salió", .class("btn btn-outline-primary"),
                    .href(Path.recordCall(heading.slug, meeting.id).with("medio", kind.rawValue)),
                    .aria("label", "Anotar que salió: \(kind.title)"))
            }
        }
    }

    private func cut(in text: String) -> String {
        let lacking = invitation.agenda.count { !text.contains($0) }
        return lacking == 0
            ? ""
            : " No cupieron \(SpanishFormat.count(lacking, "punto", "puntos")) del orden del día, y el mensaje lo dice."
    }

    private func words(of message: TextMessage) -> String {
        let messages = SpanishFormat.count(message.segments, "mensaje", "mensajes")
        switch message.encoding {
        case .gsm7:
            return
                "\(SpanishFormat.number(message.units)) caracteres, \(messages). Va sin tildes en a, i, o, u: con ellas costaría más del doble."
        case .ucs2:
            return
                "\(SpanishFormat.number(message.units)) caracteres, \(messages). Tiene signos, como emojis, con los que caben menos letras: cada mensaje lleva 67."
        }
    }
}

extension HTML {
    /// Writes a text that is copied out of the page.
    mutating func piece(_ text: String, id: String, label: String, rows: Int) {
        self.label(label, .for(id), .class("form-label"))
        element("textarea", [.class("form-control"), .id(id), .rows(rows), .readOnly()]) { area in
            area.raw("\n")
            area.text(text)
        }
    }
}

/// The poster of a call: a sheet of letter paper that is read from three metres, where capitals have to be 7.5
/// millimetres high.
struct CallPosterDocument: PrintedDocument {
    let invitation: MeetingInvitation
    let notice: MeetingNotice
    let entity: Organization
    /// The alliance's public page.
    let address: WebAddress?

    var title: String { "Afiche: \(invitation.title)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: invitation.alliance, code: "Convocatoria \(notice.version)", version: invitation.title,
            date: notice.issuedOn)
    }
    var isBare: Bool { true }

    /// How large things are printed, in points, as `documento.css` says of the class.
    private struct Scale {
        let `class`: String
        let title: Double
        let day: Double
        let place: Double

        static let all = [
            Self(class: "wall-huge", title: 54, day: 44, place: 40),
            Self(class: "wall-large", title: 46, day: 38, place: 34),
            Self(class: "wall-middle", title: 37, day: 34, place: 30),
            Self(class: "wall-small", title: 30, day: 30, place: 30),
        ]
    }

    /// How the sheet is filled: what has to be read from afar as large as the whole agenda leaves room for, and then the
    /// agenda as large as fits.
    private struct Layout {
        let scale: Scale
        /// The size of the points, one of those of `documento.css`.
        let point: Int
        /// How many of them fit.
        let shown: Int

        static let sizes = [30, 26, 22, 19, 16, 14]
    }

    private var points: [String] { invitation.agenda.map { $0.cut(to: 70) } }

    private var layout: Layout {
        for scale in Scale.all where holdsWords(scale) {
            // Points as small as the smallest stand below a title of middle size at the most.
            let least = scale.title > 40 ? 19 : 16
            for size in Layout.sizes where size >= least {
                if taken(by: scale) + height(of: points, at: size) <= Self.room {
                    return Layout(scale: scale, point: size, shown: points.count)
                }
            }
        }
        let scale = Scale.all[Scale.all.count - 1]
        let left = Self.room - taken(by: scale) - 18
        let fitting = points.indices.last { height(of: Array(points[...$0]), at: 14) <= left }
        return Layout(scale: scale, point: 14, shown: max(2, (fitting ?? 1) + 1))
    }

    /// The height of the sheet, less spaces and rules, the heading of the agenda, and the foot with its code.
    private static let room = 715.0 - 54 - 34 - 118

    /// What a line takes: letters of Inter are 0.58 of their size wide at the most, and the sheet 530 points.
    private func height(_ text: String, _ size: Double, width: Double = 530, leading: Double = 1.2) -> Double
    {
        (Double(text.count) * size * 0.58 / width).rounded(.up) * size * leading
    }

    private func height(of points: [String], at size: Int) -> Double {
        points.reduce(0) { $0 + height($1, Double(size), width: 530 - Double(size) * 1.6, leading: 1.3) }
    }

    private func taken(by scale: Scale) -> Double {
        height("\(invitation.alliance) · \(entity.shortName)", 19) + height(called, 22)
            + height(invitation.title, scale.title) + height(invitation.dayWords, scale.day, width: 496)
            + (invitation.hours.map { height($0, scale.place, width: 496) } ?? 0)
            + height(place, scale.place, width: 496)
    }

    /// Whether no word of the title is wider than the sheet.
    private func holdsWords(_ scale: Scale) -> Bool {
        let longest = invitation.title.split(whereSeparator: \.isWhitespace).map(\.count).max() ?? 0
        return Double(longest) * scale.title * 0.6 <= 530
    }

    private var called: String {
        let change = invitation.instead.map { _ in "\(invitation.heading). " } ?? ""
        return "\(change)Convoca a \(invitation.called.cut(to: 80))"
    }

    func body(_ html: inout HTML) {
        let layout = layout
        html.div(.class("wall \(layout.scale.class)")) { wall in
            wall.p(.class("wall-head")) { line in
                line.strong(invitation.alliance)
                line.text(" · \(entity.shortName)")
            }
            wall.p(called, .class("wall-called"))
            wall.h1(invitation.title)
            wall.div(.class("wall-facts")) { facts in
                facts.p(capitalized(invitation.dayWords), .class("wall-day"))
                if let hours = invitation.hours { facts.p(hours, .class("wall-hours")) }
                facts.p(place, .class("wall-place"))
            }
            wall.h2("Orden del día")
            wall.ol(.class("wall-agenda wall-agenda-\(layout.point)")) { list in
                for point in points.prefix(layout.shown) { list.li(point) }
            }
            let more = points.count - layout.shown
            if more > 0 {
                wall.p(
                    "y \(SpanishFormat.count(more, "punto más", "puntos más")).", .class("wall-more"))
            }
            wall.div(.class("wall-foot")) { foot in
                if let address, let code = try? QRCode(address.text) {
                    foot.qrCode(code, "Código que lleva a la página de la alianza")
                }
                foot.div { words in
                    words.p(.class("wall-contact")) { line in
                        line.strong("Preguntas u objeciones: ")
                        line.text(notice.contact.cut(to: 90))
                    }
                    words.p("Convoca: \(notice.caller)", .class("wall-contact"))
                    words.p(
                        "Convocatoria \(notice.version) del \(SpanishFormat.date(notice.issuedOn)), huella \(notice.digest.description.prefix(16))…"
                    )
                }
            }
        }
    }

    private var place: String {
        let room = invitation.place?.cut(to: 80)
        return switch (room, invitation.link) {
        case (let place?, nil): place
        case (let place?, .some): "\(place), o por internet"
        case (nil, .some): "Por internet: pida el enlace"
        case (nil, nil): ""
        }
    }

    private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension String {
    /// As much of a text as there is room for.
    fileprivate func cut(to limit: Int) -> String { count <= limit ? self : prefix(limit - 1) + "…" }
}
