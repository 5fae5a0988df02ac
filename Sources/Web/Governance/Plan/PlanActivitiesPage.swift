import Governance
import Kernel
import Tenancy

/// The activities of a plan as a list that is filtered, ordered and downloaded.
struct PlanActivitiesPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let answer: ReadPlan.Answer
    let fulfilment: PlanFulfilment

    /// An activity with what is told of it.
    struct Row: Sendable {
        let fulfilment: Fulfilment
        let responsible: String?
        let path: Path

        fileprivate var activity: WorkPlan.Activity { fulfilment.activity }
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case number = "numero"
        case percent = "avance"
        case budget = "presupuesto"

        static let initial = Self.number
    }

    static let axis = Field.choice(
        "eje", "Eje", PolicyAxis.allCases.map { Option($0, "\($0.rawValue). \($0.title)") }, style: .menu,
        prompt: "Todos"
    ).optional()
    static let standing = Field.choice(
        "estado", "Estado", StandingChoice.allCases, title: \.title, style: .menu, prompt: "Todos"
    ).optional()
    static let words = Field.text("q", "Actividad o responsable", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Actividad", sort: .number, to: { $0.path }) {
            "\($0.activity.number). \($0.activity.activity)"
        },
        .text("Línea") { $0.activity.line },
        .text("Indicador") { $0.activity.indicator },
        .text("Línea de base") { $0.activity.terms.startInWords },
        .text("Meta") { $0.activity.terms.targetInWords },
        .integer("Medido") { $0.fulfilment.isMeasurable ? $0.fulfilment.measured : nil },
        .share("Avance", sort: .percent) { row in
            row.fulfilment.isMeasurable
                ? row.activity.target.map { (row.fulfilment.measured, $0.amount) } : nil
        },
        .status("Estado") { $0.fulfilment.standing.status },
        .text("Cuándo") { $0.activity.terms.whenInWords },
        .text("Responsable") { $0.responsible },
        .text("Población") { $0.activity.population },
        .integer("Presupuesto ($)", sort: .budget) { $0.activity.budget },
    ]

    /// What a page has no room for stands in the file.
    var shownColumns: [Column<Row, Order>] {
        let left = ["Línea", "Indicador", "Línea de base", "Población", "Presupuesto ($)", "Medido"]
        return query.format == nil ? Self.columns.filter { !left.contains($0.title) } : Self.columns
    }

    var title: String { "Actividades del plan \(answer.year)" }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(answer.year)", .plan(heading.slug, answer.year))]
    }
    var help: HelpTopic { "plan" }
    var frame: Frame { .standard }

    var found: Found<Row> {
        let (axis, standing) = (query[Self.axis], query[Self.standing])
        let words = query[Self.words]?.folded
        var rows = fulfilment.activities.map { fulfilment in
            Row(
                fulfilment: fulfilment, responsible: answer.responsible(for: fulfilment.activity),
                path: .activity(heading.slug, answer.year, fulfilment.activity.id))
        }.filter { row in
            guard axis.map({ row.activity.axis == $0 }) ?? true else { return false }
            guard standing?.covers(row.fulfilment.standing) ?? true else { return false }
            guard let words else { return true }
            return "\(row.activity.activity) \(row.responsible ?? "")".folded.contains(words)
        }
        switch query.sort {
        case .number: break
        case .percent: rows.sort { ($0.fulfilment.percent ?? -1) < ($1.fulfilment.percent ?? -1) }
        case .budget: rows.sort { ($0.activity.budget ?? -1) < ($1.activity.budget ?? -1) }
        }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.axis)
                form.field(Self.standing)
            },
            empty: EmptyState("El plan todavía no tiene actividades."))
    }
}

/// Where activities stand, as the list offers it; the raw values stand in addresses.
enum StandingChoice: String, PathValue, CaseIterable {
    case met = "cumple"
    case partial = "en-curso"
    case due = "por-vencer"
    case overdue = "vencido"
    case unproven = "sin-probar"

    var title: String {
        switch self {
        case .met: "Cumple"
        case .partial: "Parcial o en curso"
        case .due: "Por vencer"
        case .overdue: "Vencido"
        case .unproven: "Sin probar"
        }
    }

    func covers(_ standing: Fulfilment.Standing) -> Bool {
        switch (self, standing) {
        case (.met, .met), (.due, .due), (.overdue, .overdue), (.unproven, .unproven), (.partial, .partial),
            (.partial, .open), (.partial, .ahead):
            true
        default: false
        }
    }
}
