import Governance
import Kernel
import Tenancy

/// The work groups of an alliance.
struct WorkGroupsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let answer: ReadWorkGroups.Answer
    let mayKeep: Bool

    /// A group with who coordinates it.
    struct Row: Sendable {
        let group: WorkGroup
        let coordinators: String
        let people: Int
        let status: Status
        let path: Path
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case state = "estado"
        case name = "nombre"
        case end = "plazo"

        static let initial = Self.state
    }

    static let kind = Field.choice(
        "clase", "Clase", WorkGroup.Kind.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let words = Field.text("q", "Nombre o encargo", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Grupo", sort: .name, to: { $0.path }) { $0.group.name },
        .text("Clase") { $0.group.kind.title },
        .text("Encargo") { $0.group.charge },
        .text("Coordina") { $0.coordinators.isEmpty ? "Sin coordinador" : $0.coordinators },
        .integer("Integrantes") { $0.people },
        .date("Hasta", sort: .end) { $0.group.endsOn },
        .status("Estado", sort: .state) { $0.status },
    ]

    var title: String { "Grupos de trabajo" }
    var lead: String? {
        "Comités, comisiones y proyectos: qué se les encargó, quiénes están y qué informaron."
    }
    var trail: [Crumb] { heading.trail(from: .plan) }
    var help: HelpTopic { "capacitaciones" }

    func actions(_ html: inout HTML) {
        if mayKeep {
            html.action("Conformar un grupo", to: .newWorkGroup(heading.slug), .primary, icon: .plus)
        }
    }

    var found: Found<Row> {
        let (kind, words) = (query[Self.kind], query[Self.words]?.folded)
        var rows = answer.groups.filter { group in
            guard kind.map({ group.kind == $0 }) ?? true else { return false }
            return words.map { "\(group.name) \(group.charge)".folded.contains($0) } ?? true
        }.map { group in
            let members = (answer.members[group.id] ?? []).filter { $0.leftOn == nil || group.end != nil }
            return Row(
                group: group,
                coordinators: SpanishFormat.list(
                    members.filter { $0.role == .coordinator }.map(\.name)),
                people: members.count, status: group.status(on: answer.today),
                path: .workGroup(heading.slug, group.id))
        }
        switch query.sort {
        case .state: break
        case .name: rows.sort { $0.group.name.folded < $1.group.name.folded }
        case .end:
            rows.sort { ($0.group.endsOn?.dayNumber ?? .max) < ($1.group.endsOn?.dayNumber ?? .max) }
        }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.kind)
            },
            empty: mayKeep
                ? EmptyState(
                    "No hay grupos de trabajo.", next: "Conformar el primero", to: .newWorkGroup(heading.slug)
                )
                : EmptyState("No hay grupos de trabajo."))
    }
}

/// The questions of a work group.
struct WorkGroupForm {
    let kind = Field.choice("kind", "Clase", WorkGroup.Kind.allCases, title: \.title)
    let name = Field.text("name", "Nombre", max: 160)
    let charge = Field.paragraphs(
        "charge", "Qué se le encarga", max: 2000, rows: 3,
        hint: "Revisar los estatutos y proponer su reforma.")
    let beganOn = Field.date("began_on", "Desde el")
    let endsOn = Field.date("ends_on", "Hasta el").optional()
    let activity: Field<ActivityReference?>

    init(_ activities: [WorkPlan.Activity]) {
        activity = ActivityReference.field(activities)
    }
}

/// An activity of a plan, as forms name it.
struct ActivityReference: PathValue {
    let id: ID<WorkPlan.Activity>

    init(_ id: ID<WorkPlan.Activity>) {
        self.id = id
    }

    init?(pathText: String) {
        guard let id = ID<WorkPlan.Activity>(pathText) else { return nil }
        self.id = id
    }

    var pathText: String { id.description }

    /// Asks for which activity something is done.
    static func field(_ activities: [WorkPlan.Activity]) -> Field<Self?> {
        Field.choice(
            "activity", "Actividad del plan",
            activities.map { Option(Self($0.id), "\($0.number). \($0.activity.prefix(80))") }, style: .menu,
            prompt: "Ninguna en particular"
        ).optional()
    }
}

/// Charges a work group.
struct NewWorkGroupPage: Page {
    let heading: AllianceHeading
    let answer: ReadWorkGroups.Answer
    let form: FormState

    var title: String { "Conformar un grupo de trabajo" }
    var lead: String? { "No decide ni tiene puestos: si vota o se elige, es un organismo y va en Gobierno." }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Grupos de trabajo", .workGroups(heading.slug))]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        let fields = WorkGroupForm(answer.activities)
        let state = form.isTyped ? form : form.filling(fields.beganOn, with: answer.today)
        html.form(to: .newWorkGroup(heading.slug), state) { form in
            form.field(fields.kind)
            form.field(fields.name)
            form.field(fields.charge)
            form.div(.class("form-row")) { row in
                row.field(fields.beganOn)
                row.field(fields.endsOn)
            }
            if !answer.activities.isEmpty { form.field(fields.activity) }
            form.submit("Conformar el grupo", orBackTo: .workGroups(heading.slug))
        }
    }
}

/// A work group: what it is charged with, who is in it, how it ended.
struct WorkGroupPage: Page {
    let heading: AllianceHeading
    let group: WorkGroup
    let members: [WorkGroupMember]
    let activity: WorkPlan.Activity?
    let mayKeep: Bool
    let mayOpen: Bool
    let today: CalendarDate

    var title: String { group.name }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Grupos de trabajo", .workGroups(heading.slug))]
    }
    var help: HelpTopic { "capacitaciones" }

    func actions(_ html: inout HTML) {
        guard mayKeep, group.end == nil else { return }
        html.action("Terminar con su informe", to: .endGroup(heading.slug, group.id))
        html.action("Agregar un integrante", to: .joinGroup(heading.slug, group.id), .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(group.status(on: today)) }
        html.p(group.charge, .class("statement"))
        html.facts(
            Fact("Clase", group.kind.title), Fact("Desde el", group.beganOn),
            Fact("Hasta el", group.endsOn.map(SpanishFormat.longDate) ?? "Sin plazo"),
            Fact("Actividad del plan", activity.map { "\($0.number). \($0.activity)" }))
        html.section("Integrantes", id: "integrantes") { part in
            guard !members.isEmpty else {
                part.emptyState(
                    mayKeep && group.end == nil
                        ? EmptyState(
                            "Nadie está en el grupo.", next: "Agregar al primero",
                            to: .joinGroup(heading.slug, group.id))
                        : EmptyState("Nadie está en el grupo."))
                return
            }
            part.ul(.class("dossier")) { list in
                for member in members { list.li { write(member, &$0) } }
            }
        }
        guard let end = group.end else { return }
        html.section("Informe final", id: "informe") { part in
            part.p("Terminó el \(SpanishFormat.longDate(end.day)): \(end.reason)")
            part.p(end.report)
            if let file = end.file, mayOpen { part.p { $0.a("Ver el informe", .href(.file(file))) } }
        }
    }

    private func write(_ member: WorkGroupMember, _ item: inout HTML) {
        item.p { line in
            line.strong(member.name)
            let until = member.leftOn.map { " hasta el \(SpanishFormat.date($0))" } ?? ""
            line.text(". \(member.role.title), desde el \(SpanishFormat.date(member.joinedOn))\(until).")
        }
        if mayKeep, group.end == nil, member.leftOn == nil {
            item.action(
                "Retirar a \(member.name)", posting: .leaveGroup(heading.slug, group.id, member.id),
                small: true)
        }
    }
}

/// Adds somebody to a work group.
struct JoinGroupPage: Page {
    static let person = Field.text(
        "person", "Documento", max: 40, hint: "De alguien del padrón, como «CC 123456».")
    static let role = Field.choice("role", "En el grupo", WorkGroupMember.Role.allCases, title: \.title)

    let heading: AllianceHeading
    let group: WorkGroup
    let form: FormState

    var title: String { "Agregar un integrante a «\(group.name)»" }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Grupos de trabajo", .workGroups(heading.slug)),
            Crumb(group.name, .workGroup(heading.slug, group.id)),
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        html.form(to: .joinGroup(heading.slug, group.id), form) { form in
            form.field(Self.person)
            form.field(Self.role)
            form.submit("Agregar", orBackTo: .workGroup(heading.slug, group.id))
        }
    }
}

/// Ends a work group.
struct EndGroupPage: Page {
    static let day = Field.date("day", "Terminó el")
    static let reason = Field.text(
        "reason", "Por qué termina", max: 300, hint: "Cumplió su encargo; no siguió.")
    static let report = Field.paragraphs("report", "Qué informa", max: 6000, rows: 5)
    static let paper = Field.paper("paper", "El informe").optional()

    let heading: AllianceHeading
    let group: WorkGroup
    let today: CalendarDate
    let form: FormState

    var title: String { "Terminar «\(group.name)»" }
    var lead: String? { "El grupo no se borra: queda con sus integrantes y su informe." }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Grupos de trabajo", .workGroups(heading.slug)),
            Crumb(group.name, .workGroup(heading.slug, group.id)),
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        html.form(
            to: .endGroup(heading.slug, group.id), form.isTyped ? form : form.filling(Self.day, with: today),
            hasFiles: true
        ) { form in
            form.field(Self.day)
            form.field(Self.reason)
            form.field(Self.report)
            form.field(Self.paper)
            form.submit("Terminar el grupo", orBackTo: .workGroup(heading.slug, group.id))
        }
    }
}
