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

    /// What a screen holds; files have all.
    private static let fewColumns: [Column<Row, FiguresSort>] =
        Array(columns.prefix(2)) + CommitmentFigures.Line.mainColumns { $0.line }

    var shownColumns: [Column<Row, FiguresSort>] {
        query.format == nil ? Self.fewColumns : Self.columns
    }

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
        html.p(
            "Cumplidos: en el último año. Días: en cuántos se cumplió la mitad de ellos. El archivo trae también hace cuánto se abrieron.",
            .class("form-text"))
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

    /// What a screen holds; files have all.
    private static let fewColumns: [Column<Row, FiguresSort>] =
        Array(columns.prefix(2)) + [
            .text("Radicadas", sort: .count) { $0.figures.complaints.total.words },
            .text("A tiempo") { $0.figures.complaints.clocks.figure(of: .inTime)?.words },
            .text("Tarde") { $0.figures.complaints.clocks.figure(of: .late)?.words },
            .text("En curso") { $0.figures.complaints.clocks.figure(of: .running)?.words },
            .text("Vencidas", sort: .urgency) { $0.figures.complaints.clocks.figure(of: .overdue)?.words },
        ]

    var shownColumns: [Column<Row, FiguresSort>] {
        query.format == nil ? Self.fewColumns : Self.columns
    }

    let reader: FiguresReader
    let query: ListQuery<FiguresSort>
    let all: [AllianceFigures]

    var title: String { "Quejas en cifras" }
    var lead: String? {
        "Las radicadas en los últimos doce meses, y las de antes que siguen abiertas. No se nombra a nadie."
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
