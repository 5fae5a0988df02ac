import Governance
import Kernel
import Tenancy

/// Where the pages of a handover lie.
struct HandoverPlace {
    let heading: AllianceHeading
    let answer: ReadHandover.Answer

    var handover: Handover { answer.handover }
    var path: Path { .handover(heading.slug, handover.body, handover.id) }
    /// The way to the body.
    var trailToBody: [Crumb] {
        heading.trail(from: .governance) + [Crumb(handover.bodyName, .body(heading.slug, handover.body))]
    }
    var trail: [Crumb] { trailToBody + [Crumb(handover.title, path)] }
}

/// A handover: its list, who signs it, and what is next.
struct BoardHandoverPage: Page {
    let place: HandoverPlace
    let mayPrepare: Bool
    let mayOpen: Bool

    private var answer: ReadHandover.Answer { place.answer }
    private var handover: Handover { answer.handover }
    private var slug: AllianceSlug { place.heading.slug }

    var title: String { handover.title }
    var lead: String? {
        "Lo que entregan quienes salen y reciben quienes entran. Los accesos de quienes salen terminan con su período, y a más tardar con la última firma."
    }
    var trail: [Crumb] { place.trailToBody }
    var help: HelpTopic { "entrega" }

    func actions(_ html: inout HTML) {
        guard handover.state != .dropped else { return }
        if mayPrepare, handover.state == .open, handover.digest == nil {
            html.action(
                "Revisar la lista", to: .checkHandover(slug, handover.body, handover.id),
                answer.unchecked > 0 ? .primary : .secondary)
        }
        if handover.state == .open, answer.unchecked == 0, answer.own?.isAwaited == true {
            html.action("Firmar", to: .signHandover(slug, handover.body, handover.id), .primary)
        }
        html.action(
            handover.state == .done ? "Acta de entrega (PDF)" : "Acta para firmar (PDF)",
            to: .handoverMinutes(slug, handover.body, handover.id), icon: .print)
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(handover.status) }
        writeNext(&html)
        for (kind, items) in answer.groups {
            html.section(kind.title) { part in
                part.ul(.class("dossier")) { list in
                    for item in items {
                        list.li { line in
                            line.div(.class("dossier-head")) { head in
                                head.h3(item.title)
                                head.status(item.state.status)
                            }
                            line.p(item.detail, .class("form-text"))
                            if let note = item.note { line.p(note) }
                        }
                    }
                }
            }
        }
        html.section("Firmas", id: "firmas") { writeSigners(&$0) }
        guard mayPrepare, handover.state == .open else { return }
        html.p(.class("part-actions")) {
            $0.action("Descartar la entrega", to: .dropHandover(slug, handover.body, handover.id))
        }
    }

    private func writeNext(_ html: inout HTML) {
        switch handover.state {
        case .dropped: html.note(.info, "Se descartó: \(handover.droppedReason ?? "")")
        case .done:
            html.note(
                .done,
                "Quedó firmada\(handover.finishedAt.map { " el \(SpanishFormat.longDateAndTime($0))" } ?? "") Los accesos de quienes salieron terminaron en ese momento."
            )
            if !answer.withoutAccount.isEmpty {
                html.note(.warning, "Faltan accesos de quienes entraron") { note in
                    note.p(
                        "Todavía no tienen usuario con la función de junta: \(SpanishFormat.list(answer.withoutAccount)). Invítelos en «Usuarios»."
                    )
                }
            }
        case .open:
            if answer.unchecked > 0 {
                html.note(
                    .info,
                    "Falta revisar \(SpanishFormat.count(answer.unchecked, "punto", "puntos")). Cuando todos digan si se entregan, se firma."
                )
            } else {
                let waiting = answer.signers.filter(\.isAwaited)
                html.note(
                    .info,
                    "La lista está revisada. \(waiting.count == 1 ? "Falta la firma" : "Faltan las firmas") de \(SpanishFormat.list(waiting.map(\.name)))."
                )
            }
        }
    }

    private func writeSigners(_ part: inout HTML) {
        for side in HandoverSigner.Side.allCases {
            part.h3(side.title)
            part.ul { list in
                for signer in answer.signers where signer.side == side {
                    list.li { line in
                        line.text("\(signer.name), \(signer.office). ")
                        if let signature = signer.signature {
                            line.text(signature.words)
                            if mayOpen, let paper = signature.paper {
                                line.text(" ")
                                line.a("Hoja firmada", .href(.file(paper)))
                            }
                        } else if let excuse = signer.excuse {
                            line.text("No firma: \(excuse)")
                        } else {
                            line.text("Por firmar.")
                        }
                    }
                }
            }
        }
        guard mayPrepare, handover.state == .open, answer.signers.contains(where: \.isAwaited) else { return }
        part.p(.class("part-actions")) { line in
            if answer.unchecked == 0 {
                line.action(
                    "Adjuntar la hoja firmada en papel", to: .bindHandover(slug, handover.body, handover.id))
            }
            line.action(
                "Anotar que alguien no firma", to: .excuseHandover(slug, handover.body, handover.id))
        }
    }
}

/// Prepares a handover.
struct NewHandoverPage: Page {
    let heading: AllianceHeading
    let seated: SeatedBody
    let proposed: CalendarDate?
    let form: FormState

    static let changedOn = Field.date("changed_on", "Primer día de quienes entran")

    var title: String { "Preparar la entrega de \(seated.body.name)" }
    var lead: String? {
        "La lista se arma sola con lo que hay: documentos, actas sin terminar, compromisos abiertos, reuniones y accesos."
    }
    var trail: [Crumb] {
        heading.trail(from: .governance) + [Crumb(seated.body.name, .body(heading.slug, seated.body.id))]
    }
    var help: HelpTopic { "entrega" }

    func body(_ html: inout HTML) {
        html.form(
            to: .newHandover(heading.slug, seated.body.id),
            form.isTyped ? form : form.filling(Self.changedOn, with: proposed)
        ) { form in
            form.field(Self.changedOn)
            form.submit("Preparar la entrega", orBackTo: .body(heading.slug, seated.body.id))
        }
    }
}

/// The questions of a point of a handover.
struct HandoverMarkForm {
    let item: HandoverItem
    let state: Field<HandoverItem.State?>
    let note: Field<String?>

    init(_ item: HandoverItem, _ number: Int) {
        self.item = item
        state = Field.choice(
            "state\(number)", item.title, [HandoverItem.State.delivered, .missing], title: \.title,
            style: .list,
            hint: item.detail
        ).conditional()
        note = Field.text("note\(number)", "Nota; si no se entrega, por qué", max: 300).conditional()
    }

    static let rest = Field.checkbox(
        "rest", "Todo lo demás se entrega",
        hint: "Lo que no marque abajo como «No se entrega» queda entregado.")

    static let addition = Field.text(
        "addition", "Otra cosa que se entrega", max: 300,
        hint:
            "Sellos, llaves, libros, equipos, dinero en caja. Con «Guardar» queda en la lista y puede agregar más."
    ).optional()

    static func list(_ items: [HandoverItem]) -> [HandoverMarkForm] {
        items.enumerated().map { HandoverMarkForm($1, $0 + 1) }
    }

    /// What was said of the point; where nothing was, it is delivered with the rest, or waits.
    func mark(_ form: Submission) throws -> CheckHandover.Mark {
        let (state, note, rest) = try form.read(state, note, Self.rest)
        return CheckHandover.Mark(item.key, state ?? (rest ? .delivered : .pending), note: note)
    }
}

/// Checks the list of a handover.
struct CheckHandoverPage: Page {
    let place: HandoverPlace
    let form: FormState

    var title: String { "Revisar la lista" }
    var lead: String? { "Diga de cada punto si se entrega. Lo que no se entrega lleva el motivo." }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "entrega" }

    func body(_ html: inout HTML) {
        let handover = place.handover
        let forms = HandoverMarkForm.list(place.answer.items)
        var state = form
        if !form.isTyped {
            for mark in forms {
                state = state.filling(mark.state, with: mark.item.state == .pending ? nil : mark.item.state)
                    .filling(mark.note, with: mark.item.note)
            }
        }
        html.form(to: .checkHandover(place.heading.slug, handover.body, handover.id), state) { form in
            form.field(HandoverMarkForm.rest)
            for kind in HandoverItem.Kind.allCases {
                let group = forms.filter { $0.item.kind == kind }
                guard !group.isEmpty else { continue }
                form.section(kind.title) { part in
                    for mark in group {
                        part.field(mark.state)
                        part.field(mark.note)
                    }
                }
            }
            form.section("Algo más") { $0.field(HandoverMarkForm.addition) }
            form.submit("Guardar", orBackTo: place.path)
        }
    }
}

/// Signs a handover on the screen.
struct SignHandoverPage: Page {
    let place: HandoverPlace
    let signer: HandoverSigner
    let form: FormState

    var title: String { signer.signature == nil ? "Firme la entrega" : "Usted ya firmó" }
    var lead: String? { place.handover.title }
    var frame: Frame { .counter }
    var help: HelpTopic { "entrega" }
    var scripts: [String] { ["firma.js"] }

    func body(_ html: inout HTML) {
        let handover = place.handover
        html.div(.class("signing")) { page in
            if signer.signature != nil || handover.state == .done {
                page.note(.done, "Su firma consta en la entrega.")
                page.action("Ver la entrega", to: place.path, .primary)
                return
            }
            page.p { line in
                line.text(signer.side == .outgoing ? "Entrega " : "Recibe ")
                line.strong(signer.name)
                line.text(", \(signer.office).")
            }
            page.p {
                $0.a(
                    "Leer la lista antes de firmar",
                    .href(.handoverMinutes(place.heading.slug, handover.body, handover.id)))
            }
            page.signingPad(
                to: .signHandover(place.heading.slug, handover.body, handover.id), form,
                verb: "Firmar la entrega")
            page.p(
                "¿Prefiere firmar en papel? Pídale a la oficina que imprima el acta y adjunte la hoja firmada.",
                .class("form-text"))
        }
    }
}

/// The questions of a sheet on which a handover was signed.
struct HandoverSheetForm {
    let signers: Field<[ID<HandoverSigner>]>
    let day = Field.date("day", "Día en que se firmó")
    let scan = Field.paper("scan", "La hoja firmada")

    init(_ awaited: [HandoverSigner]) {
        signers = Field.choices(
            "signers", "Quiénes firmaron en la hoja",
            awaited.map { Option($0.id, "\($0.name), \($0.office)") })
    }
}

/// Binds the sheet on which a handover was signed.
struct BindHandoverPage: Page {
    let place: HandoverPlace
    let form: FormState

    var title: String { "Adjuntar la hoja firmada" }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "entrega" }

    func body(_ html: inout HTML) {
        let handover = place.handover
        let fields = HandoverSheetForm(place.answer.signers.filter(\.isAwaited))
        html.p { line in
            line.text("Imprima el ")
            line.a(
                "acta para firmar", .href(.handoverMinutes(place.heading.slug, handover.body, handover.id)))
            line.text(
                ", recoja las firmas y adjunte la hoja: una sola sirve para todos los que firmaron en ella.")
        }
        html.form(
            to: .bindHandover(place.heading.slug, handover.body, handover.id),
            form.isTyped ? form : form.filling(fields.day, with: place.answer.today), hasFiles: true
        ) { form in
            form.field(fields.signers)
            form.field(fields.day)
            form.field(fields.scan)
            form.submit("Guardar las firmas", orBackTo: place.path)
        }
    }
}

/// The questions of who does not sign.
struct HandoverExcuseForm {
    let signer: Field<ID<HandoverSigner>>
    let reason = Field.text(
        "reason", "Por qué no firma", max: 300, hint: "Falleció, no se presentó, se negó: queda en el acta.")

    init(_ awaited: [HandoverSigner]) {
        signer = Field.choice(
            "signer", "Quién", awaited.map { Option($0.id, "\($0.name), \($0.office)") }, style: .list)
    }
}

/// Notes why somebody does not sign.
struct ExcuseHandoverPage: Page {
    let place: HandoverPlace
    let form: FormState

    var title: String { "Anotar que alguien no firma" }
    var lead: String? { "De cada lado firma al menos una persona." }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "entrega" }

    func body(_ html: inout HTML) {
        let handover = place.handover
        let fields = HandoverExcuseForm(place.answer.signers.filter(\.isAwaited))
        html.form(to: .excuseHandover(place.heading.slug, handover.body, handover.id), form) { form in
            form.field(fields.signer)
            form.field(fields.reason)
            form.submit("Anotar", orBackTo: place.path)
        }
    }
}

/// Gives a handover up.
struct DropHandoverPage: Page {
    let place: HandoverPlace
    let form: FormState

    static let reason = Field.text("reason", "Por qué se descarta", max: 300)

    var title: String { "Descartar la entrega" }
    var lead: String? {
        "Lo firmado hasta ahora no cuenta; los accesos siguen como están. Después se prepara otra."
    }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "entrega" }

    func body(_ html: inout HTML) {
        let handover = place.handover
        html.form(to: .dropHandover(place.heading.slug, handover.body, handover.id), form) { form in
            form.field(Self.reason)
            form.submit("Descartar la entrega", .danger, orBackTo: place.path)
        }
    }
}
