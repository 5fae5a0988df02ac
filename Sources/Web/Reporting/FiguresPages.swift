import Foundation
import Governance
import Kernel
import Reporting
import Tenancy

/// Who reads the figures of several alliances: what stands around them differs, never what they tell.
enum FiguresReader: Sendable {
    /// The office of the entity.
    case office
    /// A control body.
    case territory

    var trail: [Crumb] {
        switch self {
        case .office: [Crumb("Inicio", .home()), Crumb("Cumplimiento", .officeCompliance())]
        case .territory: [Crumb("Su territorio", .territory())]
        }
    }
    var help: HelpTopic { self == .office ? "cumplimiento" : "territorio" }

    /// The page of an alliance.
    func page(of figures: AllianceFigures) -> Path? {
        switch self {
        case .office: AllianceSlug(rawValue: figures.slug).map { .allianceFigures($0) }
        case .territory:
            Path.watchedAlliance(figures.organization, figures.alliance).at(anchor: "compromisos")
        }
    }
}

/// The orders of lists of figures.
enum FiguresSort: String, SortKey {
    case urgency = "urgencia"
    case entity = "entidad"
    case alliance = "alianza"
    case count = "cuantos"

    static let initial = Self.urgency
}

/// The commitments of several alliances by who answers for them, and for how long they have been open.
struct CommitmentFiguresPage: ListPage {
    /// What a side of an alliance has.
    struct Row: Sendable {
        let reader: FiguresReader
        let figures: AllianceFigures
        let line: CommitmentFigures.Line
    }

    static let words = Field.text("q", "Entidad o alianza", max: 80).optional()
    static let side = Field.choice(
        "responsable", "Responsable", CommitmentFigures.Side.allCases, title: \.title, style: .menu,
        prompt: "Todos"
    ).optional()

    static let columns: [Column<Row, FiguresSort>] =
        [
            .text("Entidad", sort: .entity) { $0.figures.entity },
            .text("Alianza", sort: .alliance, to: { $0.reader.page(of: $0.figures) }) { $0.figures.name },
            .text("Municipio") { $0.figures.municipality },
        ] + CommitmentFigures.Line.columns { $0.line }

    let reader: FiguresReader
    let query: ListQuery<FiguresSort>
    let all: [AllianceFigures]

    var title: String { "Compromisos y su antigüedad" }
    var lead: String? {
        "Lo que quedó pendiente en las alianzas, según quién responde y hace cuánto. No se nombra a nadie."
    }
    var trail: [Crumb] { reader.trail }
    var help: HelpTopic { reader.help }

    private var rows: [Row] {
        all.flatMap { figures in
            figures.commitments.lines.map { Row(reader: reader, figures: figures, line: $0) }
        }
    }

    var found: Found<Row> {
        let (words, side) = (query[Self.words]?.folded, query[Self.side])
        var found = rows.filter { row in
            side.map { $0 == row.line.side } ?? true
                && words.map { "\(row.figures.entity) \(row.figures.name)".folded.contains($0) } ?? true
        }
        switch query.sort {
        case .urgency: found.sort { ($0.line.overdue, $0.line.open) > ($1.line.overdue, $1.line.open) }
        // As they were read.
        case .entity: break
        case .alliance: found.sort { $0.figures.name.folded < $1.figures.name.folded }
        case .count: found.sort { $0.line.open > $1.line.open }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found)
    }

    func body(_ html: inout HTML) {
        html.countedAt(all)
        let lines = rows.map(\.line)
        html.figures(
            KeyFigure(lines.reduce(0) { $0 + $1.open }, "abiertos"),
            KeyFigure(lines.reduce(0) { $0 + $1.overdue }, "vencidos"),
            KeyFigure(lines.reduce(0) { $0 + $1.open(for: .longer) }, "abiertos hace más de 180 días"),
            KeyFigure(lines.reduce(0) { $0 + $1.done }, "cumplidos en el último año"))
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.side)
            }, empty: EmptyState("Ninguna alianza tiene compromisos abiertos, ni cerrados en el último año."))
    }
}

/// The complaints of several alliances in figures that tell of nobody.
struct ComplaintFiguresPage: ListPage {
    /// What an alliance tells.
    struct Row: Sendable {
        let reader: FiguresReader
        let figures: AllianceFigures
    }

    static let words = Field.text("q", "Entidad o alianza", max: 80).optional()

    static let columns: [Column<Row, FiguresSort>] =
        [
            .text("Entidad", sort: .entity) { $0.figures.entity },
            .text("Alianza", sort: .alliance, to: { $0.reader.page(of: $0.figures) }) { $0.figures.name },
            .text("Municipio") { $0.figures.municipality },
            .text("Radicadas", sort: .count) { $0.figures.complaints.total.words },
        ]
        + ComplaintFigures.Clock.allCases.map { clock in
            .text(clock.title) { row in row.figures.complaints.clocks.figure(of: clock)?.words }
        } + [
            .integer("Horas hasta la respuesta, reclamos (mediana)") {
                $0.figures.complaints.medianHoursOfClaims
            },
            .integer("Días hasta la respuesta, las demás (mediana)") {
                $0.figures.complaints.medianDaysOfOthers
            },
        ]

    let reader: FiguresReader
    let query: ListQuery<FiguresSort>
    let all: [AllianceFigures]

    var title: String { "Quejas en cifras" }
    var lead: String? {
        "Las radicadas en los últimos doce meses, y las de antes que siguen abiertas. No se cuenta de nadie."
    }
    var trail: [Crumb] { reader.trail }
    var help: HelpTopic { reader.help }

    var found: Found<Row> {
        let words = query[Self.words]?.folded
        var found = all.filter { figures in
            words.map { "\(figures.entity) \(figures.name)".folded.contains($0) } ?? true
        }
        switch query.sort {
        case .urgency: found.sort { $0.complaints.urgency > $1.complaints.urgency }
        // As they were read.
        case .entity: break
        case .alliance: found.sort { $0.name.folded < $1.name.folded }
        case .count: found.sort { $0.complaints.total.order > $1.complaints.total.order }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(reader: reader, figures: $0) })
    }

    func body(_ html: inout HTML) {
        html.countedAt(all)
        let told = all.map(\.complaints)
        func sum(_ clock: ComplaintFigures.Clock) -> String {
            ToldSum(told.compactMap { $0.clocks.figure(of: clock) }).words
        }
        html.figures(
            KeyFigure(ToldSum(told.map(\.total)).words, "radicadas"),
            KeyFigure(sum(.inTime), "respondidas a tiempo"),
            KeyFigure(sum(.late), "respondidas tarde"), KeyFigure(sum(.overdue), "vencidas en la entidad"))
        html.heldNote()
        html.section("Por alianza", id: "lista") { part in
            part.list(
                self, filters: { $0.field(Self.words) },
                empty: EmptyState("Todavía no hay alianzas de las que contar quejas."))
        }
        guard !all.isEmpty else { return }
        html.section("Todas juntas", id: "juntas") { part in
            part.p(
                "Suman lo que cada alianza puede contar: «o más» quiere decir que alguna tiene cifras reservadas."
            )
            part.complaintTables(of: told)
        }
    }
}

/// What an alliance tells of its commitments and complaints, as its control body reads it.
struct AllianceFiguresPage: Page {
    let heading: AllianceHeading
    let figures: AllianceFigures?

    var title: String { "Cifras para los organismos de control" }
    var lead: String? {
        "Esto mismo, y nada más, leen los organismos de control de los compromisos y las quejas de la alianza."
    }
    var trail: [Crumb] { heading.trail(from: .compliance) }
    var help: HelpTopic { "cumplimiento" }

    func body(_ html: inout HTML) {
        guard let figures else {
            html.emptyState(
                EmptyState(
                    heading.alliance.state == .dissolved
                        ? "De una alianza disuelta ya no se cuentan cifras."
                        : "Las cifras se calculan unos segundos después de cada cambio. Vuelva a abrir esta página."
                ))
            return
        }
        html.countedAt([figures])
        html.figureSections(of: figures)
    }
}

extension [ComplaintFigures.Part<ComplaintFigures.Clock>] {
    /// The figure of a part.
    fileprivate func figure(of clock: ComplaintFigures.Clock) -> GuardedFigure? {
        first { $0.key == clock }?.figure
    }
}

extension GuardedFigure {
    /// Where it stands among others: what is held back is small, though not nothing.
    fileprivate var order: Int {
        switch self {
        case .known(let count): count * 2
        case .held: 1
        }
    }
}

extension ComplaintFigures {
    /// How much they ask for attention.
    fileprivate var urgency: Int {
        [Clock.overdue, .late].reduce(0) { $0 * 1000 + min(clocks.figure(of: $1)?.order ?? 0, 999) }
    }
}

extension CommitmentFigures.Side: PathValue {}

extension CommitmentFigures.Line {
    /// The columns of what a side has.
    static func columns<Row: Sendable>(
        _ line: @escaping @Sendable (Row) -> Self
    ) -> [Column<Row, FiguresSort>] {
        [
            .text("Responde") { line($0).side.title },
            .integer("Abiertos", sort: .count) { line($0).open },
            .integer("Vencidos", sort: .urgency) { line($0).overdue },
            .integer("Sin plazo") { line($0).undated },
        ]
            + CommitmentFigures.Age.allCases.map { age in .integer(age.title) { line($0).open(for: age) } }
            + [
                .integer("Cumplidos en el último año") { line($0).done },
                .integer("Descartados") { line($0).dropped },
                .integer("Días hasta cumplirlos (mediana)") { line($0).medianDays },
            ]
    }
}

extension HTML {
    /// Writes as of when figures are, for those that were counted longest ago.
    fileprivate mutating func countedAt(_ figures: [AllianceFigures]) {
        guard let first = figures.map(\.countedAt).min() else { return }
        // The hour ends in a full stop of its own.
        p("Datos al \(SpanishFormat.longDateAndTime(first))")
    }

    /// Writes what «reservado» is.
    fileprivate mutating func heldNote() {
        note(.info, "«reservado»") { note in
            note.p(
                """
                Una cifra menor que \(GuardedFigure.threshold) podría decir de quién se trata, y por eso no se muestra; tampoco aquella por la \
                que se podría calcular. Por un plazo que nadie ha confirmado nada cuenta como tarde.
                """
            )
        }
    }

    /// Writes what an alliance tells of its commitments and complaints.
    mutating func figureSections(of figures: AllianceFigures) {
        section("Compromisos y su antigüedad", id: "compromisos") { part in
            guard !figures.commitments.lines.isEmpty else {
                part.p("No hay compromisos abiertos, ni cerrados en el último año.")
                return
            }
            part.table(
                "Compromisos según quién responde", CommitmentFigures.Line.columns { $0 },
                figures.commitments.lines)
        }
        section("Quejas en cifras", id: "quejas") { part in
            let told = figures.complaints
            guard told.total != .known(0) else {
                part.p("En los últimos doce meses no hubo quejas, ni queda ninguna abierta de antes.")
                return
            }
            part.p(
                "\(told.total.words.capitalizedFirst) en los últimos doce meses, con las de antes que siguen abiertas."
            )
            part.heldNote()
            part.complaintTables(of: [told])
            var facts: [Fact] = []
            if let hours = told.medianHoursOfClaims {
                facts.append(
                    Fact(
                        "Reclamos en salud, hasta la respuesta",
                        "la mitad, en \(SpanishFormat.count(hours, "hora", "horas")) o menos"))
            }
            if let days = told.medianDaysOfOthers {
                facts.append(
                    Fact(
                        "Las demás, hasta la respuesta",
                        "la mitad, en \(SpanishFormat.count(days, "día", "días")) o menos"))
            }
            if !facts.isEmpty { part.facts(facts) }
        }
    }

    /// Writes the breakdowns of complaints, summed over those who tell them.
    fileprivate mutating func complaintTables(of told: [ComplaintFigures]) {
        func line<Key>(
            _ name: String, _ parts: [ComplaintFigures.Part<Key>], _ key: Key
        ) -> FigureLine { FigureLine(name, parts.filter { $0.key == key }.map(\.figure)) }
        func table(_ caption: String, _ heading: String, _ lines: [FigureLine]) {
            let columns: [Column<FigureLine, FiguresSort>] = [
                .text(heading) { $0.name }, .text("Cuántas") { $0.figures[0].words },
            ]
            self.table(caption, columns, lines.filter { !$0.isNothing })
        }
        table(
            "Quejas por clase y riesgo", "Clase",
            ComplaintFigures.Sort.allCases.map { line($0.title, told.flatMap(\.sorts), $0) })
        table(
            "Quejas por estado", "Estado",
            Complaint.State.allCases.map { line($0.title, told.flatMap(\.states), $0) })
        table(
            "Quejas frente al plazo de la entidad", "Frente al plazo",
            ComplaintFigures.Clock.allCases.map { line($0.title, told.flatMap(\.clocks), $0) })
        let months = told.flatMap(\.months)
        let firsts = Set(months.map(\.first)).sorted { one, other in
            guard let one, let other else { return one == nil && other != nil }
            return one < other
        }
        let columns: [Column<FigureLine, FiguresSort>] = [
            .text("Mes") { $0.name }, .text("Radicadas") { $0.figures[0].words },
            .text("Respondidas") { $0.figures[1].words },
        ]
        self.table(
            "Quejas por mes", columns,
            firsts.map { first in
                let those = months.filter { $0.first == first }
                return FigureLine(
                    first.map(SpanishFormat.monthAndYear)?.capitalizedFirst ?? "Antes", those.map(\.filed),
                    those.map(\.answered))
            }.filter { !$0.isNothing })
    }
}

/// A line of a table of figures.
private struct FigureLine: Sendable {
    let name: String
    let figures: [ToldSum]

    init(_ name: String, _ figures: [GuardedFigure]...) {
        self.name = name
        self.figures = figures.map { ToldSum($0) }
    }

    /// Whether there is nothing to tell of it.
    var isNothing: Bool { figures.allSatisfy { $0.known == 0 && $0.held == 0 } }
}
