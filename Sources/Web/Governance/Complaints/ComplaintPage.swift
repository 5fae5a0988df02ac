import Foundation
import Governance
import Kernel
import Tenancy

/// A complaint with all that became of it, and what is next.
struct ComplaintPage: Page {
    let heading: AllianceHeading
    let answer: ReadComplaint.Answer
    /// What the person may do with it.
    let tasks: [ComplaintTask]
    let mayOpen: Bool
    let mayImprove: Bool
    let now: Date

    private var complaint: Complaint { answer.complaint }

    var title: String { "\(complaint.content.kind.title) \(complaint.number)" }
    var lead: String? { "\(complaint.content.category.title) · \(complaint.content.entity)" }
    var trail: [Crumb] { heading.trail(from: .complaints) }
    var help: HelpTopic { "quejas" }

    /// The one thing that comes next.
    private var next: ComplaintTask? { [.transfer, .answer, .check].first(where: tasks.contains) }

    func actions(_ html: inout HTML) {
        let slug = heading.slug
        html.action("Oficio de traslado (PDF)", to: .complaintLetter(slug, complaint.id), icon: .document)
        if let next { html.action(next.title, to: .followComplaint(slug, complaint.id, next), .primary) }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(complaint.standing(at: now).status) }
        html.blockquote(complaint.content.account)
        if let wish = complaint.content.wish { html.p("Pide: \(wish)") }
        html.facts(
            Fact(
                "Riesgo",
                complaint.content.risk == .none ? "No aplica" : complaint.content.risk.title),
            Fact("Lugar", complaint.content.place),
            Fact("Radicado anterior", complaint.content.earlierNumber),
            Fact("Pasó el", complaint.content.occurredOn.map(SpanishFormat.longDate)),
            Fact("Entró", complaint.channel.title),
            Fact("Radicada", SpanishFormat.longDateAndTime(complaint.filedAt)),
            Fact("La presenta") { fact in
                fact.text(complaint.identity.words)
                for task in [ComplaintTask.identity, .erasure] where tasks.contains(task) {
                    fact.text(" ")
                    fact.a(task.title, .href(.followComplaint(heading.slug, complaint.id, task)))
                }
            },
            Fact("Plazo de respuesta") { writeTerm(&$0) }, Fact("La entidad respondió", answered))
        let others = tasks.filter { $0 != next && $0 != .identity && $0 != .erasure }
        if !others.isEmpty {
            html.div(.class("part-actions")) { actions in
                for task in others {
                    actions.action(task.title, to: .followComplaint(heading.slug, complaint.id, task))
                }
                if mayImprove {
                    actions.action(
                        "Anotar una oportunidad de mejora",
                        to: Path.newImprovement(heading.slug).with("queja", complaint.id.description))
                }
            }
        }
        html.section("Qué ha pasado") { part in
            part.ol(.class("history")) { list in
                for step in answer.steps { list.li { write(step, &$0) } }
            }
        }
        if !answer.improvements.isEmpty {
            html.section("Lo que se va a mejorar") { part in
                part.ul { list in
                    for improvement in answer.improvements {
                        list.li { item in
                            item.a(improvement.title, .href(.improvement(heading.slug, improvement.id)))
                            item.text(": \(improvement.state.title.lowercased()).")
                        }
                    }
                }
            }
        }
    }

    /// When the entity answered last, and whether in time.
    private var answered: String? {
        complaint.answeredAt.map { moment in
            let judgement =
                switch complaint.wasAnsweredLate {
                case true?: ", fuera del plazo"
                case false?: ", dentro del plazo"
                case nil: ""
                }
            return SpanishFormat.sentence("El \(SpanishFormat.longDateAndTime(moment))\(judgement)")
        }
    }

    private func writeTerm(_ fact: inout HTML) {
        if let dueAt = complaint.standingDueAt {
            fact.text(SpanishFormat.sentence("Hasta el \(SpanishFormat.lastMoment(dueAt))") + " ")
        }
        guard let term = answer.term else { return fact.text("No tiene plazo.") }
        fact.text("\(term.length), según \(term.norm).")
        if !term.isConfirmed {
            fact.text(
                " Nadie ha confirmado esta norma: el plazo orienta, y por él nada se reporta como vencido.")
        }
    }

    private func write(_ step: ComplaintStep, _ item: inout HTML) {
        item.strong("\(SpanishFormat.shortDateAndTime(step.happenedAt)): \(step.kind.title)")
        if let addressee = step.addressee { item.text(", a \(addressee)") }
        if let reference = step.reference { item.text(", con radicado \(reference)") }
        if let verdict = step.verdict { item.text(": \(verdict.title.lowercased())") }
        item.text(step.note.isEmpty ? "." : ". \(SpanishFormat.sentence(step.note))")
        if let due = step.dueAt {
            item.text(" " + SpanishFormat.sentence("Plazo hasta el \(SpanishFormat.lastMoment(due))"))
        }
        if step.isReserved {
            item.text(" ")
            item.status(Status("Solo la junta", .sealed))
            if tasks.contains(.analysis) {
                item.text(" ")
                item.a(
                    "Compartir este análisis",
                    .href(.shareAnalysis(heading.slug, answer.complaint.id, step.id)))
            }
        }
        // What was told of a moment long after it is told with when.
        if let recordedAt = step.recordedAt, recordedAt.timeIntervalSince(step.happenedAt) > 3600 {
            item.text(" (Se anotó el \(SpanishFormat.shortDateAndTime(recordedAt)).)")
        }
        guard let file = step.file else { return }
        item.text(" ")
        if mayOpen { item.a("Ver la prueba", .href(.file(file))) } else { item.text("Con prueba adjunta.") }
    }
}

/// Records something of a complaint.
struct ComplaintTaskPage: Page {
    let heading: AllianceHeading
    let answer: ReadComplaint.Answer
    let task: ComplaintTask
    /// On whose side the person works.
    let side: ComplaintSide
    let form: FormState
    let now: Date

    private var complaint: Complaint { answer.complaint }

    var title: String { task.title }
    var lead: String? {
        "\(complaint.content.kind.title) \(complaint.number), de \(complaint.content.entity)."
    }
    var trail: [Crumb] {
        heading.trail(from: .complaints)
            + [Crumb(complaint.number.description, .complaint(heading.slug, complaint.id))]
    }
    var help: HelpTopic { "quejas" }

    func body(_ html: inout HTML) {
        let fields = ComplaintTaskForm(task)
        if task == .transfer { writeTransfer(&html) }
        if task == .answer { writeAnswer(&html) }
        if task == .classification, !Complaint.Risk.allCases.allSatisfy(mayBeSorted) {
            html.p(
                "La entidad ya tiene esta queja: usted puede subirle el riesgo. Bajarlo le corresponde a la junta de la alianza."
            )
        }
        if task == .erasure {
            return html.confirmation(
                .erasure, to: .followComplaint(heading.slug, complaint.id, task), form,
                orBackTo: .complaint(heading.slug, complaint.id)
            ) { $0.field(fields.note) }
        }
        if task == .identity {
            html.note(
                .warning, "Queda en el registro",
                content: {
                    $0.p("Se anota quién lo vio, cuándo y para qué. Véalo solo si lo necesita para resolver.")
                })
        }
        var state = form
        if !form.isTyped {
            state = state.filling(fields.moment, with: now)
            if task == .classification {
                state = state.filling(fields.kind, with: complaint.content.kind)
                    .filling(fields.risk, with: complaint.content.risk)
            }
        }
        html.form(
            to: .followComplaint(heading.slug, complaint.id, task), state, hasFiles: fields.hasFiles
        ) { form in
            fields.write(&form)
            form.submit(task.title, orBackTo: .complaint(heading.slug, complaint.id))
        }
    }

    private func mayBeSorted(as risk: Complaint.Risk) -> Bool {
        complaint.allowsSorting(as: risk, by: side)
    }

    private func writeAnswer(_ html: inout HTML) {
        guard let due = complaint.dueAt else { return }
        html.p(SpanishFormat.sentence("El plazo va hasta el \(SpanishFormat.lastMoment(due))"))
        if side == .entity, now >= due {
            html.p(
                "El plazo ya pasó. Si la respuesta es anterior a su fin, adjunte el documento que lo muestra."
            )
        }
    }

    private func writeTransfer(_ html: inout HTML) {
        html.p { line in
            line.text("Lleve o envíe el ")
            line.a("oficio de traslado", .href(.complaintLetter(heading.slug, complaint.id)))
            line.text(
                ", y anote aquí a quién se entregó y la prueba: el radicado que dio la entidad, o la copia recibida."
            )
        }
        guard let term = answer.term else { return }
        html.p(
            "Desde ese momento la entidad tiene \(term.length), según \(term.norm.marked(isConfirmed: term.isConfirmed))."
        )
        html.confirmationLegend(if: !term.isConfirmed)
    }
}

/// Who complained, as they authorised it; that it was seen is in the log.
struct ComplainantPage: Page {
    let heading: AllianceHeading
    let complaint: Complaint
    let complainant: Complainant

    var title: String { "Quién presentó la queja \(complaint.number)" }
    var lead: String? { "Esta consulta quedó en el registro." }
    var trail: [Crumb] {
        heading.trail(from: .complaints)
            + [Crumb(complaint.number.description, .complaint(heading.slug, complaint.id))]
    }
    var help: HelpTopic { "quejas" }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Nombre", complainant.name), Fact("Documento", complainant.document),
            Fact("Contacto", complainant.contact),
            Fact(
                "Autorizó",
                "\(complainant.authorisedHow.title), el \(SpanishFormat.longDate(complainant.authorisedOn))"))
        html.p { $0.a("Volver a la queja", .href(.complaint(heading.slug, complaint.id))) }
    }
}

extension Confirmation {
    /// What erasing the name of who complained does.
    static let erasure = Self(
        word: "BORRAR",
        consequences: [
            "El nombre, el documento y el contacto se borran, y nadie los puede recuperar.",
            "La queja sigue su trámite como anónima. Ya no habrá a quién avisar.",
        ], verb: "Borrar el nombre")
}

extension Complaint.Identity {
    /// What is said of who complains.
    var words: String {
        switch self {
        case .anonymous: "Anónima"
        case .kept: "Una persona que autorizó guardar su nombre, que está aparte."
        case .erased(let day): "Una persona que pidió borrar su nombre, el \(SpanishFormat.longDate(day))."
        }
    }
}
