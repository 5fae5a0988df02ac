import Elections
import Foundation
import Governance
import Kernel
import Membership
import Tenancy

extension Path {
    /// Drafts a process.
    static let newProcess = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/elecciones/nueva")
    /// A process.
    static let process = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}")
    /// Chooses the day of the vote, and computes the calendar around it.
    static let computeCalendar = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/calendario")
    /// Publishes the call.
    static let publishCall = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/convocatoria")
    /// The call for the noticeboard, to print.
    static let callPoster = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/convocatoria/cartelera.pdf")
    /// Publishes the provisional roll.
    static let publishRoll = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/censo-provisional")
    /// Freezes the roll.
    static let freezeRoll = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/censo-definitivo")
}

/// The electoral processes of an alliance.
struct ProcessesPage: AlliancePage {
    let heading: AllianceHeading
    let processes: [ElectionProcess]
    /// Those held before the product, from their paper.
    let past: [PastElection]
    let mayDraft: Bool
    let mayOpen: Bool

    var tab: AllianceTab { .elections }
    var help: HelpTopic { "elecciones" }

    func actions(_ html: inout HTML) {
        if mayDraft {
            html.action("Preparar una elección", to: .newProcess(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        guard !processes.isEmpty else {
            html.emptyState(
                mayDraft
                    ? EmptyState(
                        "Esta alianza aún no ha tenido elecciones aquí.", next: "Preparar la primera",
                        to: .newProcess(heading.slug))
                    : EmptyState("Esta alianza aún no ha tenido elecciones aquí."))
            html.pastElections(past, mayOpen: mayOpen)
            return
        }
        html.ul(.class("cards")) { list in
            for process in processes {
                list.li { card in
                    card.h3 { $0.a(process.name, .href(.process(heading.slug, process.id))) }
                    card.p { $0.status(process.state.status) }
                }
            }
        }
        html.pastElections(past, mayOpen: mayOpen)
    }
}

extension ProcessState {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .draft: Status(title, .plain)
        case .proclaimed: Status(title, .sealed)
        case .suspended: Status(title, .due)
        case .void, .annulled: Status(title, .overdue)
        default: Status(title, .open)
        }
    }
}

/// The questions of a new process.
struct ProcessForm {
    let name = Field.text(
        "name", "Nombre", max: 200, hint: "Por ejemplo: «Elección del comité organizador 2026–2028».")
    let bodies: Field<[ID<Body>]>

    init(_ bodies: [Body]) {
        self.bodies = Field.choices(
            "bodies", "¿Qué se elige?", bodies.map { Option($0.id, $0.name, hint: $0.kind.title) })
    }
}

/// Drafts a process.
struct NewProcessPage: Page {
    let heading: AllianceHeading
    let bodies: [Body]
    let form: FormState

    var title: String { "Preparar una elección" }
    var lead: String? {
        "Puestos, regla de conteo y forma de votar salen de los estatutos; todo se puede cambiar hasta publicar la convocatoria."
    }
    var trail: [Crumb] { heading.trail(from: .elections) }
    var help: HelpTopic { "elecciones" }

    func body(_ html: inout HTML) {
        guard !bodies.isEmpty else {
            html.emptyState(
                EmptyState(
                    "Primero hacen falta los organismos y sus puestos.", next: "Ir a Gobierno",
                    to: .governance(heading.slug)))
            return
        }
        let fields = ProcessForm(bodies)
        html.form(to: .newProcess(heading.slug), form) { form in
            form.field(fields.name)
            form.field(fields.bodies)
            form.submit("Preparar la elección", orBackTo: .processes(heading.slug))
        }
    }
}

/// One process: what is elected, by which rules, and where it stands.
struct ProcessPage: Page {
    let heading: AllianceHeading
    let file: ProcessFile
    let now: Date
    /// The seats of the alliance that nobody holds.
    let vacancies: [Vacancy]
    let mayDraft: Bool
    let mayRun: Bool

    private var process: ElectionProcess { file.process }

    /// The vacant seats that this election leaves as they are.
    private var leftOut: [Vacancy] {
        let elected = Set(file.contests.flatMap(\.seats))
        return vacancies.filter { !elected.contains($0.seat) }
    }

    var title: String { process.name }
    var trail: [Crumb] { heading.trail(from: .elections) }
    var help: HelpTopic { "elecciones" }

    func actions(_ html: inout HTML) {
        switch process.state {
        case .draft:
            if mayDraft {
                html.action(
                    file.calendar == nil ? "Escoger el día de la votación" : "Cambiar el día de la votación",
                    to: .computeCalendar(heading.slug, process.id),
                    file.calendar == nil ? .primary : .secondary, icon: .calendar)
            }
            if mayRun, file.calendar != nil {
                html.action("Publicar la convocatoria", to: .publishCall(heading.slug, process.id), .primary)
            }
        case .called where mayRun:
            html.action(
                "Publicar el censo provisional", posting: .publishRoll(heading.slug, process.id), .primary)
        case .provisionalRoll where mayRun, .claims where mayRun:
            html.action("Congelar el censo", to: .freezeRoll(heading.slug, process.id), .primary)
        case .frozenRoll, .nominations, .voting, .count:
            html.action("Ir a la jornada", to: .votingDay(heading.slug, process.id), .primary)
        case .provisionalResult, .challenges, .proclaimed:
            html.action("Ver el resultado", to: .results(heading.slug, process.id), .primary)
        default: break
        }
    }

    private var mayEdit: Bool { mayDraft && process.state == .draft }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .summary)
        html.section("Qué se elige") { part in
            part.ul(.class("dossier")) { list in
                for contest in file.contests { list.li { write(contest, &$0) } }
            }
            if heading.principal.holds(.seeMembers, in: process.stream) {
                part.p {
                    $0.a("Requisitos de esta elección", .href(.processRequirements(heading.slug, process.id)))
                }
            }
            if !process.state.isOver, !leftOut.isEmpty {
                let seats = SpanishFormat.list(leftOut.map { "\($0.seatTitle) (\($0.bodyName))" })
                part.note(
                    .info,
                    leftOut.count == 1
                        ? "Queda por fuera un puesto vacante: \(seats)."
                        : "Quedan por fuera \(leftOut.count) puestos vacantes: \(seats).")
            }
            if mayEdit {
                part.div(.class("form-end")) {
                    $0.action("Agregar una votación", to: .newContest(heading.slug, process.id), icon: .plus)
                }
            }
        }
        if file.provisionalRoll != nil { html.section("Censo electoral") { writeRoll(&$0) } }
        if process.state != .draft { html.section("Planchas y candidatos") { writeSlates(&$0) } }
        html.section("Calendario") { writeCalendar(&$0) }
        html.confirmationLegend(
            if: file.contests.contains { !$0.rulesAreConfirmed }
                || file.calendar?.milestones.contains { !$0.isConfirmed } == true)
        if let call = file.call {
            html.section("Convocatoria, como se publicó") { part in
                part.p {
                    $0.a(
                        "Imprimir para la cartelera (PDF)", .class("btn btn-outline-primary btn-sm"),
                        .href(.callPoster(heading.slug, process.id)))
                }
                part.div(.class("call")) { $0.call(call) }
                part.digest(of: call)
            }
        }
    }

    private func writeRoll(_ part: inout HTML) {
        guard let provisional = file.provisionalRoll else { return }
        if let roll = file.roll {
            part.figures(KeyFigure(roll.electors, "electores"))
            part.p(
                "Congelado el \(SpanishFormat.sentence(SpanishFormat.longDateAndTime(roll.frozenAt))) Nadie entra ni sale. \(file.process.state.isOver ? "Su sello:" : "Lea en voz alta el comienzo de su sello:")"
            )
            part.seal(Hex.encode(roll.sha256))
        } else {
            part.figures(
                KeyFigure(provisional.eligible, "pueden votar"),
                KeyFigure(provisional.ineligible, "no cumplen algún requisito"),
                KeyFigure(provisional.unproven, "sin probar"))
            part.p(
                "Publicado el \(SpanishFormat.longDateAndTime(provisional.publishedAt)), con los datos del \(SpanishFormat.date(provisional.cutoffOn)).",
                .class("form-text"))
        }
    }

    private func writeSlates(_ part: inout HTML) {
        part.p(
            "Se inscriben desde la convocatoria; el comité electoral las admite o las rechaza con razones.")
        part.p { $0.action("Ver las planchas", to: .slates(heading.slug, process.id), icon: .people) }
    }

    private func writeCalendar(_ part: inout HTML) {
        guard let calendar = file.calendar else {
            part.p("Se calcula alrededor del día de la votación, con los plazos de los estatutos.")
            return
        }
        let current = file.current(at: now)
        part.steps(
            calendar.milestones.map { milestone in
                Step(
                    title: milestone.kind.title,
                    status: file.standing(of: milestone, at: now).status,
                    when: file.words(for: milestone, at: now),
                    isCurrent: milestone.kind == current,
                    detail: { detail in
                        detail.p(
                            "\(milestone.rule)\(milestone.source.map { ". \($0)" } ?? "")"
                                .marked(isConfirmed: milestone.isConfirmed),
                            .class("form-text"))
                        if mayEdit, milestone.kind != .voting {
                            detail.p {
                                $0.a(
                                    "Mover esta fecha",
                                    .href(.milestone(heading.slug, process.id, milestone.kind)),
                                    .aria("label", "Mover la fecha de «\(milestone.kind.title)»"))
                            }
                        }
                    })
            })
    }

    private func write(_ contest: Contest, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("\(contest.position). \(contest.name)")
            head.span(SpanishFormat.count(contest.seats.count, "puesto", "puestos"))
        }
        item.p("\(contest.candidature.title). \(contest.votingMode.title). \(contest.rule.title).")
        if let threshold = contest.threshold {
            item.p("Umbral: una plancha necesita al menos \(threshold) del cuociente para tener puestos.")
        }
        item.p(
            contest.rulesSource.marked(isConfirmed: contest.rulesAreConfirmed), .class("form-text"))
        if mayEdit {
            item.div(.class("switches")) { links in
                links.a(
                    "Cambiar", .href(.contest(heading.slug, process.id, contest.id)),
                    .aria("label", "Cambiar «\(contest.name)»"))
                if contest.seats.count > 1 {
                    links.action(
                        "Separar por puestos",
                        posting: .splitContest(heading.slug, process.id, contest.id), small: true)
                }
                if file.contests.count > 1 {
                    links.action(
                        "Quitar", posting: .removeContest(heading.slug, process.id, contest.id), small: true)
                }
            }
        }
    }
}

/// The questions of a calendar.
struct CalendarForm {
    let day = Field.date("day", "Día de la votación")
    let from = Field.time("from", "Abre a las")
    let until = Field.time("until", "Cierra a las")
}

/// Chooses the day of the vote.
struct CalendarPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let form: FormState

    var title: String { "Calendario de la elección" }
    var lead: String? {
        "Los demás días se calculan con los plazos de los estatutos; donde no dicen nada, con los usuales."
    }
    var trail: [Crumb] {
        heading.trail(from: .elections) + [Crumb(process.name, .process(heading.slug, process.id))]
    }

    func body(_ html: inout HTML) {
        let fields = CalendarForm()
        html.form(to: .computeCalendar(heading.slug, process.id), form) { form in
            form.field(fields.day)
            form.div(.class("form-row")) { row in
                row.field(fields.from)
                row.field(fields.until)
            }
            form.submit("Calcular el calendario", orBackTo: .process(heading.slug, process.id))
        }
    }
}

/// The questions of a call.
struct CallForm {
    let channels = Field.text(
        "channels", "¿Dónde se publica?", max: 200,
        hint: "Separados por comas: cartelera de la sede, emisora, grupo de la alianza.")
}

/// Publishes the call.
struct CallPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    /// The day that the calendar has for the call; `nil` while there is no calendar.
    let planned: Date?
    let now: Date
    let form: FormState

    var title: String { "Publicar la convocatoria" }
    var lead: String? {
        "Desde ese momento no cambian los puestos, las reglas ni la forma de votar. No se puede deshacer."
    }
    var trail: [Crumb] {
        heading.trail(from: .elections) + [Crumb(process.name, .process(heading.slug, process.id))]
    }

    func body(_ html: inout HTML) {
        if let planned, ColombianTime.date(at: planned) > ColombianTime.date(at: now) {
            html.note(
                .warning,
                SpanishFormat.sentence(
                    "En el calendario está prevista para el \(SpanishFormat.moment(planned))")
            ) { note in
                note.p(
                    "Si la publica hoy, la inscripción de candidaturas queda abierta desde hoy; las demás fechas no cambian."
                )
            }
        }
        html.form(to: .publishCall(heading.slug, process.id), form) { form in
            form.field(CallForm().channels)
            form.submit("Publicar la convocatoria", orBackTo: .process(heading.slug, process.id))
        }
    }
}

/// Freezes the roll.
struct FreezeRollPage: Page {
    static let word = "CONGELAR"

    let heading: AllianceHeading
    let file: ProcessFile
    let claims: ListClaims.Answer
    let now: Date
    let form: FormState

    var title: String { "Congelar el censo" }
    var trail: [Crumb] { heading.trail(to: file.process) }
    var help: HelpTopic { "censo-y-reclamaciones" }

    func body(_ html: inout HTML) {
        let open = claims.claims.filter { $0.state == .open }
        guard open.isEmpty else {
            html.emptyState(
                EmptyState(
                    RollError.claimsOpen(open.map(\.number)).message, next: "Ir a las reclamaciones",
                    to: .claims(heading.slug, file.process.id)))
            return
        }
        if let window = claims.window, window.isOpen(at: now) {
            html.emptyState(
                EmptyState(
                    RollError.claimsStillTaken(until: window.closesAt).message,
                    next: "Volver a la elección", to: .process(heading.slug, file.process.id)))
            return
        }
        let eligible = file.provisionalRoll?.eligible ?? 0
        let upheld = claims.claims.filter { $0.state == .upheld }.count
        html.note(.warning, "Esto no se puede deshacer") { note in
            note.ul(.class("losses")) { list in
                list.li(
                    "El censo queda con quienes pueden votar (\(SpanishFormat.number(eligible)) según el provisional) y lo que decidieron las reclamaciones (\(SpanishFormat.count(upheld, "aceptada", "aceptadas")))."
                )
                list.li("Después nadie entra ni sale, aunque cambien sus datos.")
            }
        }
        html.form(to: .freezeRoll(heading.slug, file.process.id), form) { form in
            form.field(Field.confirmation(Self.word))
            form.submit("Congelar el censo", .danger, orBackTo: .process(heading.slug, file.process.id))
        }
    }
}
