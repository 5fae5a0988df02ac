import Governance
import Kernel
import Tenancy

/// The improvement opportunities of an alliance, from where they were found until they are done.
struct ImprovementsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let improvements: [Improvement]
    let today: CalendarDate
    let mayFollow: Bool

    /// An opportunity as a row.
    struct Row: Sendable {
        let improvement: Improvement
        let slug: AllianceSlug
        let today: CalendarDate
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case found = "fecha"
        case unit = "unidad"

        static let initial = Self.found
        static let beginsDescending = true
    }

    static let state = Field.choice(
        "estado", "Estado", Improvement.State.allCases, title: \.title, style: .menu, prompt: "Todos"
    ).optional()
    static let words = Field.text("q", "Qué o unidad", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Qué se puede mejorar", to: { .improvement($0.slug, $0.improvement.id) }) {
            $0.improvement.title
        },
        .text("Unidad", sort: .unit) { $0.improvement.unit },
        .status("Estado") { $0.improvement.status(on: $0.today) },
        .text("Se identificó") { $0.improvement.source.title },
        .date("El", sort: .found) { $0.improvement.foundOn },
        .text("Aprobó") { $0.improvement.approvedBy },
        .date("Hasta") { $0.improvement.dueOn },
        .date("Ejecutada") { $0.improvement.doneOn },
    ]

    var title: String { "Oportunidades de mejora" }
    var lead: String? { "Lo que salió de reuniones, visitas y quejas, y lo que se hizo." }
    var trail: [Crumb] { heading.trail(from: .complaints) }
    var help: HelpTopic { "mejoras" }

    func actions(_ html: inout HTML) {
        html.action(
            "Informe de \(today.components.year)", to: .improvementYear(heading.slug, today.components.year))
        if mayFollow {
            html.action("Anotar una oportunidad", to: .newImprovement(heading.slug), .primary, icon: .plus)
        }
    }

    var found: Found<Row> {
        let (state, words) = (query[Self.state], query[Self.words]?.folded)
        var found = improvements.filter { improvement in
            guard state.map({ $0 == improvement.state }) ?? true else { return false }
            guard let words else { return true }
            return "\(improvement.title) \(improvement.unit ?? "")".folded.contains(words)
        }
        switch query.sort {
        case .found: found.sort { $0.foundOn < $1.foundOn }
        case .unit: found.sort { ($0.unit ?? "").folded < ($1.unit ?? "").folded }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(improvement: $0, slug: heading.slug, today: today) })
    }

    func body(_ html: inout HTML) {
        html.figures(
            Improvement.State.allCases.map { state in
                KeyFigure(
                    improvements.count { $0.state == state }, state.title.lowercased(),
                    to: query.unfiltered.with(Self.state.name, state.rawValue))
            })
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.state)
            },
            empty: mayFollow
                ? EmptyState(
                    "No hay oportunidades de mejora anotadas.", next: "Anotar una",
                    to: .newImprovement(heading.slug))
                : EmptyState("No hay oportunidades de mejora anotadas."))
    }
}

/// The questions of an improvement opportunity.
struct ImprovementForm {
    let title = Field.paragraphs(
        "title", "Qué se puede mejorar", max: 500, rows: 3, hint: "Sin datos de salud ni de una persona.")
    let source = Field.choice("source", "Dónde se identificó", Improvement.Source.allCases, title: \.title)
    let meeting: Field<ID<Meeting>?>
    let foundOn = Field.date("day", "Qué día")
    let unit = Field.text("unit", "De qué unidad o área es", max: 120).optional()

    init(_ meetings: [Meeting]) {
        meeting = Field.choice(
            "meeting", "En cuál reunión",
            meetings.map { Option($0.id, "\(SpanishFormat.date($0.day)): \($0.title)") }, style: .menu,
            prompt: "Ninguna"
        ).optional()
    }

    func read(
        _ form: Submission, by complaint: ID<Complaint>?, of alliance: ID<Alliance>
    ) throws -> NoteImprovement {
        let (title, source, meeting, foundOn, unit) = try form.read(title, source, meeting, foundOn, unit)
        return NoteImprovement(
            try Improvement(
                alliance: alliance, source: source, meeting: meeting, complaint: complaint, foundOn: foundOn,
                title: title, unit: unit))
    }
}

/// Notes an improvement opportunity.
struct NewImprovementPage: Page {
    let heading: AllianceHeading
    let meetings: [Meeting]
    /// The complaint by which it was found.
    let complaint: Complaint?
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar una oportunidad de mejora" }
    var lead: String? {
        complaint.map { "De la queja \($0.number), sobre \($0.content.category.title.lowercased())." }
    }
    var trail: [Crumb] {
        heading.trail(from: .complaints) + [Crumb("Oportunidades de mejora", .improvements(heading.slug))]
    }
    var help: HelpTopic { "mejoras" }

    func body(_ html: inout HTML) {
        let fields = ImprovementForm(meetings)
        var state = form
        if !form.isTyped {
            state = state.filling(fields.foundOn, with: today)
            if complaint != nil { state = state.filling(fields.source, with: .complaint) }
        }
        let address = Path.newImprovement(heading.slug).with("queja", complaint?.id.description)
        html.form(to: address, state) { form in
            form.field(fields.title)
            form.field(fields.source)
            form.div(.class("form-row")) { row in
                if !meetings.isEmpty { row.field(fields.meeting) }
                row.field(fields.foundOn)
                row.field(fields.unit)
            }
            form.submit("Anotar la oportunidad", orBackTo: .improvements(heading.slug))
        }
    }
}

/// An improvement opportunity with all that became of it.
struct ImprovementPage: Page {
    let heading: AllianceHeading
    let answer: ReadImprovement.Answer
    let mayFollow: Bool
    let mayOpen: Bool
    let today: CalendarDate

    private var improvement: Improvement { answer.improvement }
    private var tasks: [ImprovementTask] {
        mayFollow ? ImprovementTask.allCases.filter { $0.follows(improvement.state) } : []
    }
    /// The one thing that comes next.
    private var next: ImprovementTask? { [.analysis, .approval, .doing].first(where: tasks.contains) }

    var title: String { "Oportunidad de mejora" }
    var trail: [Crumb] {
        heading.trail(from: .complaints) + [Crumb("Oportunidades de mejora", .improvements(heading.slug))]
    }
    var help: HelpTopic { "mejoras" }

    func actions(_ html: inout HTML) {
        for task in tasks where task != next {
            html.action(task.title, to: .followImprovement(heading.slug, improvement.id, task))
        }
        if let next {
            html.action(next.title, to: .followImprovement(heading.slug, improvement.id, next), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(improvement.status(on: today)) }
        html.p(improvement.title, .class("statement"))
        html.facts(
            Fact("Se identificó") { fact in
                fact.text("\(improvement.source.title), el \(SpanishFormat.longDate(improvement.foundOn))")
                if let meeting = answer.meeting {
                    fact.text(": ")
                    fact.a(meeting.title, .href(.meeting(heading.slug, meeting.id)))
                } else if let complaint = answer.complaint {
                    fact.text(": ")
                    fact.a(complaint.number.description, .href(.complaint(heading.slug, complaint.id)))
                }
            },
            Fact("Viene de") { fact in
                guard let origin = answer.origin else { return fact.absent() }
                fact.a(
                    "Hallazgo \(origin.number) de la veeduría «\(origin.title)»",
                    .href(.oversight(heading.slug, origin.oversight)))
            },
            Fact("Unidad o área", improvement.unit), Fact("La aprobó", improvement.approvedBy),
            Fact("Aprobada el", improvement.approvedOn.map(SpanishFormat.longDate)),
            Fact("Se hace hasta", improvement.dueOn.map(SpanishFormat.longDate)),
            Fact("Ejecutada el", improvement.doneOn.map(SpanishFormat.longDate)))
        html.section("Qué ha pasado") { part in
            part.ol(.class("history")) { list in
                for step in answer.steps { list.li { write(step, &$0) } }
            }
        }
    }

    private func write(_ step: ImprovementStep, _ item: inout HTML) {
        item.strong("\(SpanishFormat.date(step.happenedOn)): \(step.kind.title)")
        if let who = step.who { item.text(", \(who)") }
        item.text(step.note.isEmpty ? "." : ". \(SpanishFormat.sentence(step.note))")
        guard let file = step.file else { return }
        item.text(" ")
        if mayOpen {
            item.a("Ver la evidencia", .href(.file(file)))
        } else {
            item.text("Con evidencia adjunta.")
        }
    }
}

/// Records what became of an improvement opportunity.
struct ImprovementTaskPage: Page {
    let heading: AllianceHeading
    let improvement: Improvement
    let task: ImprovementTask
    let form: FormState
    let today: CalendarDate

    var title: String { task.title }
    var lead: String? { "«\(improvement.title)»" }
    var trail: [Crumb] {
        heading.trail(from: .complaints) + [
            Crumb("Oportunidades de mejora", .improvements(heading.slug)),
            Crumb("La oportunidad", .improvement(heading.slug, improvement.id)),
        ]
    }
    var help: HelpTopic { "mejoras" }

    func body(_ html: inout HTML) {
        let fields = ImprovementTaskForm(task)
        var state = form
        if !form.isTyped {
            state = state.filling(fields.day, with: today).filling(fields.unit, with: improvement.unit)
        }
        html.form(
            to: .followImprovement(heading.slug, improvement.id, task), state, hasFiles: true
        ) { form in
            fields.write(&form)
            form.submit(task.title, orBackTo: .improvement(heading.slug, improvement.id))
        }
    }
}

/// What is asked for each thing that is recorded of an improvement opportunity.
struct ImprovementTaskForm {
    let task: ImprovementTask
    let note: Field<String>
    let day = Field.date("day", "Qué día").optional()
    let unit = Field.text("unit", "De qué unidad o área es", max: 120).optional()
    let who: Field<String?>
    let until = Field.date("until", "Hasta cuándo se hace").optional()
    let evidence: Field<UploadedFile?>

    init(_ task: ImprovementTask) {
        self.task = task
        let question =
            switch task {
            case .analysis: "Qué se encontró al analizarla"
            case .approval: "Qué se aprobó hacer"
            case .rejection: "Por qué no se aprobó"
            case .progress, .doing: "Qué se hizo"
            case .reopening: "Por qué se retoma"
            }
        note = Field.paragraphs(
            "note", question, max: 1000, rows: 3, hint: "Sin datos de salud ni de una persona.")
        who = Field.text(
            "who", task == .rejection ? "Quién lo decidió" : "Quién la aprobó", max: 160,
            hint: "La gerencia, el direccionamiento o la unidad."
        ).optional()
        evidence = Field.paper("evidence", "La evidencia").optional()
    }

    /// What a form tells.
    func read(
        _ form: Submission, about id: ID<Improvement>, of alliance: ID<Alliance>, today: CalendarDate
    ) throws -> FollowImprovement {
        let (note, day, unit, who, until, evidence) = try form.read(note, day, unit, who, until, evidence)
        let news: FollowImprovement.News =
            switch task {
            case .analysis: .analysed(unit: unit)
            case .approval: .approved(by: who ?? "", until: until)
            case .rejection: .rejected(by: who)
            case .progress: .progress
            case .doing: .done
            case .reopening: .reopened
            }
        return try FollowImprovement(
            id, of: alliance, news, note: note, on: day, evidence: try evidence?.stored(on: day ?? today))
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(note)
        form.div(.class("form-row")) { row in
            row.field(day)
            switch task {
            case .analysis: row.field(unit)
            case .approval:
                row.field(who)
                row.field(until)
            case .rejection: row.field(who)
            case .progress, .doing, .reopening: break
            }
        }
        form.field(evidence)
    }
}
