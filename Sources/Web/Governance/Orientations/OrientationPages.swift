import Governance
import Kernel
import Tenancy

/// The orientations that an alliance gave in a year.
struct OrientationsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let answer: ReadOrientations.Answer

    /// An orientation as a row.
    struct Row: Sendable {
        let orientation: Orientation
        let topic: String
        let slug: AllianceSlug
        let today: CalendarDate
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case day = "fecha"
        case topic = "tema"
        case people = "personas"

        static let initial = Self.day
        static let beginsDescending = true
    }

    /// Which of them are shown.
    enum Choice: String, PathValue, CaseIterable {
        case waiting = "seguimiento"
        case withdrawn = "no-cuentan"

        var title: String { self == .waiting ? "Por seguir" : "Las que no cuentan" }
    }

    static let year = Field.year("ano", "Año").optional()
    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Las que cuentan"
    ).optional()
    static let channel = Field.choice(
        "canal", "Cómo", Orientation.Channel.allCases, title: \.title, style: .menu, prompt: "Todos"
    ).optional()
    static let outcome = Field.choice(
        "resultado", "En qué quedó", Orientation.Outcome.allCases, title: \.title, style: .menu,
        prompt: "Todos"
    ).optional()
    static let words = Field.text("q", "Entidad o quién orientó", max: 80).optional()
    static func topic(_ topics: [OrientationTopic]) -> Field<CatalogueCode?> {
        Field.choice(
            "tema", "Sobre qué", topics.map { Option(CatalogueCode(rawValue: $0.code), $0.title) },
            style: .menu,
            prompt: "Todo"
        ).optional()
    }

    static let columns: [Column<Row, Order>] = [
        .text("Sobre qué", sort: .topic, to: { .orientation($0.slug, $0.orientation.id) }) { $0.topic },
        .date("Fecha", sort: .day) { $0.orientation.givenOn },
        .text("Entidad") { $0.orientation.entity },
        .text("Cómo") { $0.orientation.channel.title },
        .integer("Personas", sort: .people) { $0.orientation.people },
        .status("En qué quedó") { $0.orientation.status(on: $0.today) },
        .text("Quién orientó") { $0.orientation.giver.name },
    ]

    var title: String { "Orientaciones de \(answer.year)" }
    var lead: String? {
        "A quien acude a la alianza se le explica qué hacer. Aquí se cuenta, sin decir quién preguntó."
    }
    var trail: [Crumb] { heading.trail(from: .between) }
    var help: HelpTopic { "orientaciones" }

    func actions(_ html: inout HTML) {
        html.action("Cifras por tema y mes", to: .orientationYear(heading.slug, answer.year))
        html.action("Registrar una orientación", to: .newOrientation(heading.slug), .primary, icon: .plus)
    }

    var found: Found<Row> {
        let (choice, channel, outcome) = (query[Self.choice], query[Self.channel], query[Self.outcome])
        let (topic, words) = (query[Self.topic(answer.topics)], query[Self.words]?.folded)
        var found = answer.orientations.filter { orientation in
            switch choice {
            case .waiting: guard orientation.waits else { return false }
            case .withdrawn: guard orientation.withdrawal != nil else { return false }
            case nil: guard orientation.withdrawal == nil else { return false }
            }
            guard channel.map({ $0 == orientation.channel }) ?? true,
                outcome.map({ $0 == orientation.outcome }) ?? true,
                topic.map({ $0.rawValue == orientation.topic }) ?? true
            else { return false }
            guard let words else { return true }
            return "\(orientation.entity ?? "") \(orientation.giver.name)".folded.contains(words)
        }.map {
            Row(
                orientation: $0, topic: answer.topics.title(of: $0), slug: heading.slug, today: answer.today)
        }
        switch query.sort {
        case .day: found.sort { $0.orientation.givenOn < $1.orientation.givenOn }
        case .topic: found.sort { $0.topic.folded < $1.topic.folded }
        case .people: found.sort { $0.orientation.people < $1.orientation.people }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found)
    }

    func body(_ html: inout HTML) {
        html.yearLinks(answer.year, until: answer.today.components.year) {
            Path.orientations(heading.slug).with(Self.year.name, String($0))
        }
        let counted = answer.orientations.filter { $0.withdrawal == nil }
        html.figures(
            KeyFigure(counted.count, "orientaciones"),
            KeyFigure(counted.reduce(0) { $0 + $1.people }, "personas orientadas"),
            KeyFigure(
                counted.count(where: \.waits), "por seguir",
                to: query.unfiltered.with(Self.choice.name, Choice.waiting.rawValue)))
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.topic(answer.topics))
                form.field(Self.channel)
                form.field(Self.outcome)
                form.field(Self.choice)
                form.input(.type("hidden"), .name(Self.year.name), .value(String(answer.year)))
            },
            empty: EmptyState(
                "No hay orientaciones de \(answer.year).", next: "Registrar la primera",
                to: .newOrientation(heading.slug)))
    }
}

extension HTML {
    /// Writes the years of a list about this one, each a link.
    mutating func yearLinks(_ year: Int, until last: Int, _ path: (Int) -> Path) {
        let years = Set([year, last, last - 1, last - 2]).filter { $0 >= 2000 }.sorted(by: >)
        p(.class("year-links")) { line in
            line.text("Año: ")
            for (index, other) in years.enumerated() {
                if index > 0 { line.text(" · ") }
                if other == year {
                    line.strong(String(other), .aria("current", "true"))
                } else {
                    line.a(String(other), .href(path(other)))
                }
            }
        }
    }
}

/// An orientation with what was told of it.
struct OrientationPage: Page {
    let heading: AllianceHeading
    let answer: ReadOrientation.Answer
    let mayComplain: Bool
    let today: CalendarDate

    private var orientation: Orientation { answer.orientation }
    /// Whoever keeps those of the alliance comes from its list, others from their own.
    private var isOwn: Bool { heading.path(to: .between) == nil }

    var title: String { answer.topics.title(of: orientation) }
    var lead: String? { "Orientación del \(SpanishFormat.longDate(orientation.givenOn))" }
    var trail: [Crumb] { heading.orientationTrail(isOwn: isOwn) }
    var help: HelpTopic { "orientaciones" }

    func actions(_ html: inout HTML) {
        let (slug, id) = (heading.slug, orientation.id)
        guard orientation.withdrawal == nil else { return }
        html.action("Quitar", to: .withdrawOrientation(slug, id))
        if orientation.outcome == .complaint, mayComplain {
            html.action("Radicar la queja", to: .newComplaint(slug))
        }
        if orientation.waits {
            html.action("Anotar el seguimiento", to: .followOrientation(slug, id), .primary)
        }
        html.action(
            "Registrar otra igual", posting: .repeatOrientation(slug, id),
            orientation.waits ? .secondary : .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(orientation.status(on: today)) }
        if let reason = orientation.withdrawal {
            html.note(.warning, "No cuenta en las cifras: \(SpanishFormat.sentence(reason))")
        }
        html.facts(
            Fact("Personas", orientation.people), Fact("Cómo", orientation.channel.title),
            Fact("Entidad", orientation.entity), Fact("En qué quedó", orientation.outcome.title),
            Fact(
                "Quién orientó",
                "\(orientation.giver.name) (\(orientation.giver.capacity.title.lowercased()))"),
            Fact("Algo más", orientation.note),
            Fact("Seguimiento") { fact in
                guard let followUp = orientation.followUp else { return fact.text("No hace falta.") }
                if let day = followUp.doneOn {
                    fact.text(
                        "\(SpanishFormat.date(day).capitalizedFirst). \(SpanishFormat.sentence(followUp.note ?? ""))"
                    )
                } else {
                    fact.text("Se hace a más tardar el \(SpanishFormat.longDate(followUp.dueOn)).")
                }
            })
        html.p(
            "«Registrar otra igual» anota una nueva con la fecha de hoy y los mismos datos, para cuando la misma pregunta se repite.",
            .class("form-text"))
    }
}

/// The orientations that one gave, with one tap for another.
struct OwnOrientationsPage: Page {
    let heading: AllianceHeading
    let answer: ReadOwnOrientations.Answer

    var title: String { "Mis orientaciones" }
    var lead: String? {
        "Lo que usted le explicó a otros usuarios en los últimos doce meses. Cuenta en el plan de la alianza."
    }
    var trail: [Crumb] { heading.trail(from: .own) }
    var help: HelpTopic { "orientaciones" }

    func actions(_ html: inout HTML) {
        html.action("Registrar una orientación", to: .newOwnOrientation(heading.slug), .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        guard !answer.orientations.isEmpty else {
            return html.emptyState(
                EmptyState(
                    "No ha registrado ninguna.", next: "Registrar la primera",
                    to: .newOwnOrientation(heading.slug)))
        }
        html.figures(
            KeyFigure(answer.orientations.count, "orientaciones"),
            KeyFigure(answer.orientations.reduce(0) { $0 + $1.people }, "personas"))
        let topics = answer.topics
        let (slug, today) = (heading.slug, answer.today)
        let columns: [Column<Orientation, OrientationsPage.Order>] = [
            .text("Sobre qué", to: { .orientation(slug, $0.id) }) { topics.title(of: $0) },
            .date("Fecha") { $0.givenOn },
            .text("Entidad") { $0.entity },
            .integer("Personas") { $0.people },
            .status("En qué quedó") { $0.status(on: today) },
            .custom("Repetir") { cell, orientation in
                cell.action("Registrar otra igual", posting: .repeatOrientation(slug, orientation.id))
            },
        ]
        html.table("Mis orientaciones", columns, answer.orientations)
    }
}

/// How many orientations of each topic were given in each month of a year.
struct OrientationYearPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let year: Int
    let answer: ReadOrientationYear.Answer
    let today: CalendarDate

    /// The figures of a topic, or of all of them.
    struct Row: Sendable {
        let topic: String
        let months: [Int]
        let people: Int

        var acts: Int { months.reduce(0, +) }
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case acts = "cuantas"
        case topic = "tema"

        static let initial = Self.acts
        static let beginsDescending = true
    }

    static let columns: [Column<Row, Order>] =
        [.text("Tema", sort: .topic) { $0.topic }]
        + (1...12).map { month in
            .integer(
                (SpanishFormat.monthName(month) ?? "").prefix(3).description.capitalizedFirst
            ) { $0.months[month - 1] }
        } + [.integer("Total", sort: .acts) { $0.acts }, .integer("Personas") { $0.people }]

    /// The months in which something was given: on a phone each column is a line of every card.
    var shownColumns: [Column<Row, Order>] {
        let given = Set(answer.counts.map(\.month))
        return Self.columns.enumerated().filter { index, _ in
            !(1...12).contains(index) || given.contains(index)
        }.map(\.element)
    }

    var title: String { "Orientaciones por tema y mes, \(year)" }
    var lead: String? { "Cuántas orientaciones dio la alianza, y a cuántas personas." }
    var trail: [Crumb] { heading.orientationTrail(isOwn: false) }
    var help: HelpTopic { "orientaciones" }

    var found: Found<Row> {
        func row(_ title: String, _ counts: [OrientationCount]) -> Row {
            Row(
                topic: title,
                months: (1...12).map { month in
                    counts.filter { $0.month == month }.reduce(0) { $0 + $1.acts }
                }, people: counts.reduce(0) { $0 + $1.people })
        }
        var rows = Dictionary(grouping: answer.counts, by: \.topic).map { code, counts in
            row(answer.topics.title(of: code), counts)
        }
        rows.sort { ($0.acts, $1.topic.folded) < ($1.acts, $0.topic.folded) }
        if query.sort == .topic { rows.sort { $0.topic.folded < $1.topic.folded } }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    /// The figures of a month.
    private struct Month: Sendable {
        let number: Int
        let acts: Int
        let people: Int
    }

    private var months: [Month] {
        Dictionary(grouping: answer.counts, by: \.month).map { month, counts in
            Month(
                number: month, acts: counts.reduce(0) { $0 + $1.acts },
                people: counts.reduce(0) { $0 + $1.people })
        }.sorted { $0.number < $1.number }
    }

    func body(_ html: inout HTML) {
        html.yearLinks(year, until: today.components.year) { .orientationYear(heading.slug, $0) }
        let months = months
        html.figures(
            KeyFigure(months.reduce(0) { $0 + $1.acts }, "orientaciones"),
            KeyFigure(months.reduce(0) { $0 + $1.people }, "personas orientadas"))
        html.section("Por tema", id: "temas") { part in
            part.list(
                self,
                empty: EmptyState(
                    "En \(year) no hay orientaciones registradas.", next: "Registrar una",
                    to: .newOrientation(heading.slug)))
        }
        guard !months.isEmpty else { return }
        let columns: [Column<Month, Order>] = [
            .text("Mes") { (SpanishFormat.monthName($0.number) ?? "").capitalizedFirst },
            .integer("Orientaciones") { $0.acts }, .integer("Personas") { $0.people },
        ]
        html.section("Por mes", id: "meses") { $0.table("Orientaciones por mes", columns, months) }
    }
}
