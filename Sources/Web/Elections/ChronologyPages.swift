import Elections
import Foundation
import Kernel
import Tenancy

extension Path {
    /// What happened in a process.
    static let chronology = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/cronologia")
    /// Puts the vote off, of the whole process or of one place.
    static let postpone = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/aplazar")
    /// Makes a period longer.
    static let extendTerm = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/prorrogar")
    /// Suspends, or lets go on.
    static let suspend = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/suspender")
    /// Lets a suspended process go on.
    static let resume = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/reanudar")
    /// Declares a call void.
    static let declareVoid = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/desierta")
    /// Proposes to annul.
    static let annul = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/anular")
    /// Seconds an annulment, or takes it back.
    static let settleAnnulment = Route<AllianceSlug, ID<ElectoralProcess>, ID<ElectoralAct>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/anular/{act}")
    /// Drafts the call that replaces one.
    static let replaceProcess = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/reemplazar")
}

/// The order of a chronology: the last first.
enum ChronologySort: String, SortKey {
    case time = "fecha"

    static let initial = Self.time
    static let beginsDescending = true
}

/// What happened in a process, and what the committee may do when something goes wrong.
struct ChronologyPage: ListPage {
    static let onlyDisruptions = Field.checkbox("novedades", "Solo lo que se salió de lo previsto").optional()
    static var columns: [Column<ChronologyEntry, ChronologySort>] {
        [
            .text("Qué pasó") { $0.title },
            .instant("Cuándo", sort: .time) { $0.happenedAt },
            .text("Quién") { $0.actor },
            .text("Detalle") { entry in
                entry.details.map { "\($0.name): \($0.text)" }.joined(separator: ". ")
            },
        ]
    }

    let heading: AllianceHeading
    let answer: ReadChronology.Answer
    let query: ListQuery<ChronologySort>
    let mayRun: Bool
    let mayAnnul: Bool
    let mayDraft: Bool
    let mayTell: Bool

    private var process: ElectionProcess { answer.file.process }

    var title: String { "Cronología" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "garantes-y-novedades" }

    var found: Found<ChronologyEntry> {
        let isNarrow = query.items.contains { $0.name == "novedades" && !$0.value.isEmpty }
        var rows = answer.entries.filter { !isNarrow || $0.isDisruption }
        if !query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .chronology)
        html.annulment(answer.annulment, heading.slug, process.id)
        let acts = self.acts
        if !acts.isEmpty {
            html.section("Si algo se sale de lo previsto") { part in
                part.ul(.class("choices")) { list in
                    for act in acts {
                        list.li { item in
                            item.a(.href(act.path)) { link in
                                link.strong(act.title)
                                link.br()
                                link.span(act.words, .class("form-text"))
                            }
                        }
                    }
                }
            }
        }
        html.section("Lo que ha pasado") { part in
            part.list(
                self, filters: { $0.field(Self.onlyDisruptions) },
                empty: EmptyState("Todavía no ha pasado nada en esta elección."))
        }
    }

    /// What may be done in the state in which the process is.
    private var acts: [(title: String, words: String, path: Path)] {
        var acts: [(title: String, words: String, path: Path)] = []
        let (slug, id, state) = (heading.slug, process.id, process.state)
        if mayTell, state == .voting || state == .count {
            acts.append(
                ("Registrar una novedad", "Lo que pasó y no debía pasar; va en el acta.", .incident(slug, id))
            )
        }
        if mayRun {
            if [.called, .provisionalRoll, .claims, .frozenRoll, .nominations].contains(state) {
                acts.append(
                    ("Aplazar la votación", "Toda la elección, o un solo lugar.", .postpone(slug, id)))
            }
            if ExtendTerm.kinds.contains(where: state.extends) {
                acts.append(
                    (
                        "Prorrogar un plazo", "Inscripciones, reclamaciones o impugnaciones.",
                        .extendTerm(slug, id)
                    ))
            }
            if state.successors.contains(.suspended) {
                acts.append(
                    ("Suspender la elección", "Se detiene y después sigue donde iba.", .suspend(slug, id)))
            }
            if state == .suspended {
                acts.append(("Reanudar la elección", "Sigue donde iba.", .resume(slug, id)))
            }
            if answer.isVoidable {
                acts.append(
                    (
                        "Declarar desierta la convocatoria",
                        "Nadie se postuló, nadie vino o no hubo votos válidos.",
                        .declareVoid(slug, id)
                    ))
            }
        }
        if mayAnnul, state.successors.contains(.annulled), answer.annulment == nil {
            acts.append(
                (
                    "Proponer que se anule",
                    answer.file.contests.count > 1
                        ? "Toda la elección, o una sola de sus votaciones. La confirma otra persona, con otra función."
                        : "La confirma otra persona, con otra función.", .annul(slug, id)
                ))
        }
        if mayDraft, state.isOver, answer.file.contests.contains(where: { $0.state != .proclaimed }) {
            acts.append(
                (
                    "Preparar la elección que la reemplaza",
                    "Para los puestos que quedaron sin elegir, con las mismas mesas.",
                    .replaceProcess(slug, id)
                ))
        }
        return acts
    }
}

/// The reason of an act of the committee.
struct ReasonForm {
    let reason = Field.paragraphs(
        "reason", "Motivo", max: 1000, rows: 4, hint: "Queda en la cronología, con su nombre y la hora.")
}

/// The questions of a postponement.
struct PostponeForm {
    let place: Field<PlaceChoice?>
    let opens = Field.instant("opens", "La votación abre el")
    let reason = ReasonForm().reason

    init(_ places: [String]) {
        place = Field.choice(
            "place", "¿Qué se aplaza?", places.map { Option(PlaceChoice(rawValue: $0), "Solo \($0)") },
            style: .menu, prompt: "Toda la elección"
        ).optional()
    }
}

/// A place where people vote, as forms name it.
struct PlaceChoice: PathValue {
    let rawValue: String

    init(rawValue: String) {
        self.rawValue = rawValue
    }

    init?(pathText: String) {
        rawValue = pathText
    }

    var pathText: String { rawValue }
}

/// The questions of an extension.
struct ExtendForm {
    let kind: Field<Milestone.Kind>
    let closes = Field.instant("closes", "Termina el")
    let reason = ReasonForm().reason

    init(_ state: ProcessState) {
        kind = Field.choice(
            "kind", "¿Qué plazo?", ExtendTerm.kinds.filter(state.extends), title: \.title, style: .list)
    }
}

/// The questions of an annulment.
struct AnnulForm {
    let contest: Field<ID<Contest>?>
    let reason = ReasonForm().reason

    init(_ contests: [Contest]) {
        contest = Field.choice(
            "contest", "¿Qué se anula?",
            contests.filter { $0.state == .open }.map { Option($0.id, "Solo \($0.name)") }, style: .menu,
            prompt: "Toda la elección"
        ).optional()
    }
}

/// The questions of a suspension.
struct SuspendForm {
    let resumesOn = Field.date("resumes_on", "Se reanuda el", hint: "Si ya se sabe.").optional()
    let reason = ReasonForm().reason
}

/// An act of the committee that stops, moves or ends a process.
struct DisruptionPage: Page {
    /// Which act.
    enum Act: Sendable {
        case postpone(places: [String])
        case extend
        case suspend
        case resume
        case declareVoid
        /// Of one contest, where the way here named it.
        case annul(ID<Contest>?)
        case replace

        /// The word that has to be typed, where the act cannot be undone.
        var word: String? {
            switch self {
            case .declareVoid: "DESIERTA"
            default: nil
            }
        }
    }

    static let replacementName = Field.text("name", "Nombre de la nueva elección", max: 200)

    let heading: AllianceHeading
    let file: ProcessFile
    let act: Act
    let form: FormState

    private var process: ElectionProcess { file.process }

    var title: String {
        switch act {
        case .postpone: "Aplazar la votación"
        case .extend: "Prorrogar un plazo"
        case .suspend: "Suspender la elección"
        case .resume: "Reanudar la elección"
        case .declareVoid: "Declarar desierta la convocatoria"
        case .annul: "Proponer que se anule la elección"
        case .replace: "Preparar la elección que la reemplaza"
        }
    }

    var lead: String? {
        switch act {
        case .postpone: "Lo que falta del calendario se corre lo mismo; lo que ya pasó queda."
        case .extend: "Lo que depende del plazo se corre con él."
        case .suspend: "Mientras está suspendida nadie puede seguir con sus pasos."
        case .resume: "Sigue donde iba. Si alguna fecha ya pasó, después aplace o prorrogue."
        case .declareVoid: "Nadie se postuló o nadie votó. Después se puede preparar otra que la reemplace."
        case .annul: "No se anula hasta que la confirme otra persona, con una función distinta."
        case .replace: "Trae los mismos puestos, reglas y mesas; el calendario es nuevo."
        }
    }

    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Cronología", .chronology(heading.slug, process.id))]
    }
    var help: HelpTopic { "garantes-y-novedades" }

    func body(_ html: inout HTML) {
        if let word = act.word {
            html.note(.warning, "Esto no se puede deshacer") {
                $0.p("La elección termina y sus puestos quedan sin elegir. Escriba \(word) para confirmarlo.")
            }
        }
        html.form(to: path, state) { form in
            questions(&form)
            form.submit(
                title, act.word == nil ? .primary : .danger,
                orBackTo: .chronology(heading.slug, process.id))
        }
    }

    private var path: Path {
        switch act {
        case .postpone: .postpone(heading.slug, process.id)
        case .extend: .extendTerm(heading.slug, process.id)
        case .suspend: .suspend(heading.slug, process.id)
        case .resume: .resume(heading.slug, process.id)
        case .declareVoid: .declareVoid(heading.slug, process.id)
        case .annul: .annul(heading.slug, process.id)
        case .replace: .replaceProcess(heading.slug, process.id)
        }
    }

    private var state: FormState {
        guard !form.isRefused else { return form }
        switch act {
        case .postpone(let places):
            return form.filling(PostponeForm(places).opens, with: file.calendar?[.voting]?.opensAt)
        case .replace: return form.filling(Self.replacementName, with: process.name)
        case .annul(let contest):
            return form.filling(AnnulForm(file.contests).contest, with: .some(contest))
        default: return form
        }
    }

    private func questions(_ form: inout HTML) {
        switch act {
        case .postpone(let places):
            let fields = PostponeForm(places)
            form.field(fields.place)
            form.field(fields.opens)
            form.field(fields.reason)
        case .extend:
            let fields = ExtendForm(process.state)
            form.field(fields.kind)
            form.field(fields.closes)
            form.field(fields.reason)
        case .suspend:
            let fields = SuspendForm()
            form.field(fields.resumesOn)
            form.field(fields.reason)
        case .replace: form.field(Self.replacementName)
        case .annul:
            let fields = AnnulForm(file.contests)
            if file.contests.count > 1 { form.field(fields.contest) }
            form.field(fields.reason)
        case .resume, .declareVoid:
            form.field(ReasonForm().reason)
            if let word = act.word { form.field(Field.confirmation(word)) }
        }
    }
}

/// Carries an annulment out, takes it back, or says why one does not confirm it.
struct SettleAnnulmentPage: Page {
    static let word = "ANULAR"

    let heading: AllianceHeading
    let process: ElectionProcess
    let annulment: OpenAnnulment
    /// Whether the reader proposed it, or is of the committee.
    let mayWithdraw: Bool
    let form: FormState

    static func choice(of settlements: [Settlement]) -> Field<Settlement> {
        Field.choice("settlement", "Decisión", settlements, title: \.title, style: .list)
    }

    private var reason: Field<String> {
        var reason = ReasonForm().reason
        reason.hint = "Si no la confirma. Queda en la cronología, con su nombre y la hora."
        return reason
    }

    /// What becomes of the proposal.
    enum Settlement: String, PathValue, CaseIterable {
        case annul = "anular"
        case withdraw = "retirar"
        case refuse = "no-confirmar"

        var title: String {
            switch self {
            case .annul: "Confirmarla: queda anulada"
            case .withdraw: "Retirar la propuesta: la elección sigue"
            case .refuse: "No confirmarla: sigue esperando a otra persona"
            }
        }
    }

    var title: String { "Propuesta de anular" }
    var lead: String? { process.name }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Cronología", .chronology(heading.slug, process.id))]
    }
    var help: HelpTopic { "garantes-y-novedades" }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Se anularía", annulment.contestName ?? "Toda la elección"),
            Fact("Por", annulment.challengeNumber.map { "La impugnación n.º \($0), que se aceptó" }),
            Fact("La propuso", annulment.proposedBy),
            Fact("Cuándo", SpanishFormat.longDateAndTime(annulment.proposedAt)),
            Fact("Motivo", annulment.reason))
        html.note(
            .warning, "Confirmarla no se puede deshacer y la hace una persona distinta, con otra función.")
        if annulment.challenge != nil {
            html.p("Si la propuesta se retira, la impugnación queda otra vez sin decidir.")
        }
        if !mayWithdraw {
            html.p("La retira quien la propuso, o el comité electoral.", .class("form-text"))
        }
        html.form(to: .settleAnnulment(heading.slug, process.id, annulment.act), form) { form in
            form.field(Self.choice(of: [.annul, mayWithdraw ? .withdraw : .refuse]))
            form.field(Field.confirmation(Self.word).optional())
            form.field(reason.optional())
            form.submit("Guardar la decisión", .danger, orBackTo: .chronology(heading.slug, process.id))
        }
    }
}
