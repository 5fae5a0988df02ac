import Governance
import Kernel
import Tenancy

/// A finding with the entity's reply, what was done, and the team's own check.
struct FindingPage: Page {
    let place: OversightPlace
    let found: OversightFinding
    let rights: OversightRights

    private var oversight: Oversight { place.oversight }
    private var steps: [FindingStep] { place.answer.steps[found.id] ?? [] }
    private var tasks: [FindingTask] {
        FindingTask.allCases.filter { rights.tasks.contains($0) && $0.follows(found, in: oversight) }
    }
    /// The one thing that comes next.
    private var next: FindingTask? {
        let order: [FindingTask] =
            switch found.state {
            case .open: [.reply, .action]
            case .replied: [.action, .check]
            case .acted: [.check]
            case .closed: []
            }
        return order.first(where: tasks.contains)
    }

    var title: String { "Hallazgo \(found.number)" }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "veedurias" }

    func actions(_ html: inout HTML) {
        for task in tasks where task != next {
            html.action(task.title, to: .followFinding(place.slug, oversight.id, found.id, task))
        }
        if let next {
            html.action(next.title, to: .followFinding(place.slug, oversight.id, found.id, next), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(found.status(after: steps)) }
        html.p(found.account, .class("statement"))
        html.facts(
            Fact("Se encontró", found.foundOn),
            Fact("En la visita") { fact in
                guard let visit = place.answer.visits.first(where: { $0.visit.id == found.visit })?.visit
                else { return fact.text("Fuera de una visita") }
                fact.a(
                    "\(visit.number), a \(visit.place)",
                    .href(.oversightVisit(place.slug, oversight.id, visit.id)))
            },
            Fact("Dio lugar a") { writeLedOn(&$0) })
        if oversight.isReserved {
            html.note(
                .info,
                "Mientras la veeduría sea del espacio propio de la junta, un hallazgo no pasa a mejora ni a compromiso: eso lo ve la entidad."
            )
        }
        html.section("Qué ha pasado", id: "pasos") { part in
            guard !steps.isEmpty else { return part.p("La entidad todavía no responde.") }
            part.ol(.class("history")) { list in
                for step in steps { list.li { write(step, &$0) } }
            }
        }
        html.section("Fotos y soportes", id: "soportes") { part in
            part.oversightFiles(place.evidence(of: nil, found.id), mayOpen: rights.mayOpen)
            if rights.mayKeep {
                part.p(.class("part-actions")) {
                    $0.action(
                        "Agregar una foto o soporte",
                        to: Path.addOversightEvidence(place.slug, oversight.id)
                            .with("hallazgo", found.id.description))
                }
            }
        }
    }

    private func writeLedOn(_ fact: inout HTML) {
        guard found.improvement != nil || found.commitment != nil else { return fact.absent() }
        if let improvement = found.improvement {
            fact.a("Una oportunidad de mejora", .href(.improvement(place.slug, improvement)))
        }
        if let commitment = found.commitment {
            if found.improvement != nil { fact.text(" y ") }
            fact.a("Un compromiso", .href(.commitment(place.slug, commitment)))
        }
    }

    private func write(_ step: FindingStep, _ item: inout HTML) {
        item.strong("\(SpanishFormat.date(step.happenedOn)): \(step.kind.title)")
        if let isAccepted = step.isAccepted {
            item.text(isAccepted ? ", y el equipo la acepta" : ", y el equipo no la acepta")
        }
        if let outcome = step.outcome { item.text(", \(outcome.title.lowercased())") }
        item.text(". \(SpanishFormat.sentence(step.note))")
        guard let file = step.file else { return }
        item.text(" ")
        item.text("Ver el soporte", leadingTo: rights.mayOpen ? .file(file) : nil)
    }
}

/// The questions of a finding.
struct NewFindingForm {
    let account = Field.paragraphs(
        "account", "Qué se encontró", max: 1000, rows: 3, hint: "Sin datos de salud ni de una persona.")
    let day = Field.date("day", "Qué día")
    let photograph = Field.paper("photograph", "Una foto o un documento").optional()

    /// What a form tells.
    func read(
        _ form: Submission, in visit: ID<OversightVisit>?, of place: OversightPlace
    ) throws -> NoteFinding {
        let (account, day, photograph) = try form.read(account, day, photograph)
        return NoteFinding(
            try OversightFinding(visit: visit, account: account, foundOn: day), of: place.oversight.id,
            in: place.heading.alliance.id, photograph: try photograph?.stored(on: day))
    }
}

/// What is asked for each thing that is recorded of a finding.
struct FindingTaskForm {
    let task: FindingTask
    let note: Field<String>
    let day = Field.date("day", "Qué día")
    let isAccepted = Field.choice(
        "accepted", "¿El equipo acepta la respuesta?", Answer.allCases, title: \.title)
    let outcome = Field.choice(
        "outcome", "¿Cómo lo encontró el equipo?", OversightFinding.Outcome.allCases, title: \.title)
    let paper: Field<UploadedFile?>

    /// Whether a reply is accepted.
    enum Answer: String, PathValue, CaseIterable {
        case accepted = "si"
        case refused = "no"

        var title: String { self == .accepted ? "Sí" : "No: la entidad tiene que volver a responder" }
    }

    init(_ task: FindingTask) {
        self.task = task
        let question =
            switch task {
            case .reply: "Qué respondió la entidad"
            case .action: "Qué se hizo"
            case .check: "Qué vio el equipo al volver a mirar"
            case .reopening: "Por qué se retoma"
            case .improvement, .commitment: ""
            }
        note = Field.paragraphs(
            "note", question, max: 1000, rows: 3, hint: "Sin datos de salud ni de una persona.")
        paper = Field.paper("paper", task == .reply ? "La respuesta" : "Una foto o un documento").optional()
    }

    /// Records what a form tells of a finding that is followed step by step.
    func run(
        _ context: TenantContext, _ form: Submission, about id: ID<OversightFinding>, of place: OversightPlace
    ) async throws {
        let (oversight, alliance) = (place.oversight.id, place.heading.alliance.id)
        switch task {
        case .reply:
            let (note, day, paper, answer) = try form.read(note, day, paper, isAccepted)
            try await context.run(
                JudgeFinding(
                    id, of: oversight, in: alliance, .reply(isAccepted: answer == .accepted), note: note,
                    on: day, paper: try paper?.stored(on: day)), form)
        case .check:
            let (note, day, paper, outcome) = try form.read(note, day, paper, outcome)
            try await context.run(
                JudgeFinding(
                    id, of: oversight, in: alliance, .check(outcome), note: note, on: day,
                    paper: try paper?.stored(on: day)), form)
        case .action, .reopening:
            let (note, day, paper) = try form.read(note, day, paper)
            try await context.run(
                FollowFinding(
                    id, of: oversight, in: alliance, isTakenUpAgain: task == .reopening, note: note, on: day,
                    paper: try paper?.stored(on: day)), form)
        case .improvement, .commitment: throw NoSuchPage()
        }
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(note)
        if task == .reply { form.field(isAccepted) }
        if task == .check { form.field(outcome) }
        form.field(day)
        form.field(paper)
    }
}
