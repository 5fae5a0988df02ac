import Governance
import Kernel
import Tenancy

/// The part of a plan's year that a report tells.
enum PlanSpan: String, PathValue, CaseIterable {
    /// January to June.
    case firstHalf = "1"
    /// July to December.
    case secondHalf = "2"
    /// The whole year, as an IPS tells its management once a year.
    case year = "anual"

    init?(pathText: String) { self.init(rawValue: pathText) }

    var pathText: String { rawValue }

    /// Its months, from 1 to 12.
    var months: ClosedRange<Int> {
        switch self {
        case .firstHalf: 1...6
        case .secondHalf: 7...12
        case .year: 1...12
        }
    }

    /// What its report is called, for a button.
    var title: String {
        switch self {
        case .firstHalf: "Consolidado de enero a junio"
        case .secondHalf: "Consolidado de julio a diciembre"
        case .year: "Informe anual"
        }
    }

    /// Its last day in a year.
    func lastDay(of year: Int) -> CalendarDate {
        self == .firstHalf
            ? ClosedRange.year(year).lowerBound.addingMonths(6) - 1 : ClosedRange.year(year).upperBound
    }

    /// Whether it has begun on a day: there is something to tell.
    func hasBegun(in year: Int, on day: CalendarDate) -> Bool {
        ClosedRange.year(year).lowerBound.addingMonths(months.lowerBound - 1) <= day
    }
}

/// The consolidated report of a half year (`consolidado semestral`), or of the year, of what was planned and what was done:
/// each figure with the rows that it is made of.
struct PlanReport: PrintedDocument {
    /// The kind under which it is issued, about the plan and the span.
    static let kind = "consolidado-del-plan"

    let answer: ReadPlan.Answer
    let fulfilment: PlanFulfilment
    let span: PlanSpan
    let alliance: String
    let entity: Organization

    private var plan: WorkPlan { fulfilment.plan }
    private var months: ClosedRange<Int> { span.months }

    var title: String {
        switch span {
        case .firstHalf: "Informe consolidado del plan de trabajo, enero a junio de \(plan.year)"
        case .secondHalf: "Informe consolidado del plan de trabajo, julio a diciembre de \(plan.year)"
        case .year: "Informe anual de lo planeado y lo ejecutado, \(plan.year)"
        }
    }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: span == .year ? "Informe anual" : "Consolidado semestral",
            version: "Plan, versión \(plan.version)",
            date: fulfilment.day)
    }

    private var columns: [String] {
        ["Actividad", "Meta"] + (span == .year ? [] : ["En el semestre"])
            + ["En el año", "Avance", "Estado"]
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(plan.objective)
        html.p(
            "El plan tiene \(SpanishFormat.count(plan.activityCount, "actividad", "actividades")); \(SpanishFormat.number(fulfilment.measurable)) se \(fulfilment.measurable == 1 ? "puede" : "pueden") medir y \(SpanishFormat.number(fulfilment.met)) \(fulfilment.met == 1 ? "cumplió" : "cumplieron") su meta al \(SpanishFormat.date(fulfilment.day)). Cada cifra sale de lo que pasó y está registrado: reuniones, capacitaciones, actas, informes."
        )
        html.table { table in
            table.thead { head in
                head.tr { row in
                    for title in columns { row.th(title, .scope("col")) }
                }
            }
            table.tbody { rows in
                for counted in fulfilment.activities { rows.tr { write(counted, &$0) } }
            }
        }
        for axis in plan.axes {
            let own = fulfilment.activities.filter {
                $0.activity.axis.rawValue == axis.number && hasNews($0)
            }
            guard !own.isEmpty else { continue }
            html.h2("Eje \(axis.number). \(axis.title)")
            for counted in own { write(newsOf: counted, &html) }
        }
        html.p(
            "Las notas son de la junta o de la oficina y acompañan el seguimiento; no cuentan para la meta.")
    }

    private func write(_ counted: Fulfilment, _ row: inout HTML) {
        let activity = counted.activity
        row.th("\(activity.number). \(activity.activity)", .scope("row"))
        row.td(activity.terms.targetInWords ?? "Sin meta")
        guard counted.isMeasurable else {
            for _ in 1...(columns.count - 3) { row.td("") }
            row.td(counted.standing.status.word)
            return
        }
        if span != .year { row.td(SpanishFormat.number(counted.measured(in: months))) }
        row.td(SpanishFormat.number(counted.measured))
        row.td("\(counted.percent ?? 0) %")
        row.td(counted.standing.status.word)
    }

    private func hasNews(_ counted: Fulfilment) -> Bool {
        !counted.happenings(in: months).isEmpty || !notes(of: counted.activity).isEmpty
    }

    private func notes(of activity: WorkPlan.Activity) -> [PlanFollowUp] {
        answer.followUps.filter { $0.activity == activity.id && months.contains($0.month) }
    }

    private func write(newsOf counted: Fulfilment, _ html: inout HTML) {
        html.h3("\(counted.activity.number). \(counted.activity.activity)")
        html.happenings(counted.happenings(in: months), in: nil)
        for note in notes(of: counted.activity) {
            html.p("\((SpanishFormat.monthName(note.month) ?? "").capitalizedFirst): \(note.progress)")
        }
    }
}
