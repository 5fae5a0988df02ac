import Foundation
import Governance
import Kernel
import Tenancy

/// The complaints and improvement opportunities of an alliance: what waits, for whom, and for how long.
struct ComplaintsPage: ListPage, AlliancePage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let complaints: [Complaint]
    let improvements: [Improvement]
    let now: Date
    let mayFile: Bool
    let mayFollow: Bool
    /// Whether the person may confirm terms.
    let maySetTerms: Bool

    var tab: AllianceTab { .complaints }
    var help: HelpTopic { "quejas" }

    /// A complaint as a row.
    struct Row: Sendable {
        let complaint: Complaint
        let slug: AllianceSlug
        let now: Date
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case filed = "fecha"
        case due = "plazo"
        case entity = "entidad"

        static let initial = Self.filed
        static let beginsDescending = true
    }

    /// Which are listed.
    enum Choice: String, PathValue, CaseIterable {
        case toTransfer = "por-trasladar"
        case atEntity = "en-la-entidad"
        case late = "vencidas"
        case toCheck = "por-verificar"
        case closed = "cerradas"
        case all = "todas"

        var title: String {
            switch self {
            case .toTransfer: "Por trasladar"
            case .atEntity: "En la entidad"
            case .late: "Por vencer o vencidas"
            case .toCheck: "Por verificar"
            case .closed: "Cerradas"
            case .all: "Todas"
            }
        }

        func covers(_ standing: ComplaintStanding) -> Bool {
            switch (self, standing) {
            case (.all, _), (.toTransfer, .toTransfer), (.toCheck, .toCheck), (.closed, .closed): true
            case (.late, .near), (.late, .late): true
            case (.atEntity, .waiting), (.atEntity, .unconfirmed), (.atEntity, .onTime), (.atEntity, .near),
                (.atEntity, .late):
                true
            default: false
            }
        }
    }

    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Abiertas"
    ).optional()
    static let kind = Field.choice(
        "clase", "Clase", Complaint.Kind.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let category = Field.choice(
        "asunto", "Sobre qué", Complaint.Category.allCases, title: \.title, style: .menu, prompt: "Todo"
    ).optional()
    static let words = Field.text("q", "Radicado, entidad o sede", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Radicado", to: { .complaint($0.slug, $0.complaint.id) }) { $0.complaint.number.description },
        .text("Clase") { row in
            let content = row.complaint.content
            return content.risk == .none
                ? content.kind.title : "\(content.kind.title), \(content.risk.title.lowercased())"
        },
        .text("Sobre") { $0.complaint.content.category.title },
        .text("Entidad", sort: .entity) { row in
            [row.complaint.content.entity, row.complaint.content.place].compactMap(\.self).joined(
                separator: ", ")
        },
        .status("Estado") { $0.complaint.standing(at: $0.now).status },
        .text("Plazo", sort: .due) { $0.complaint.standingDueAt.map(SpanishFormat.deadline) },
        .date("Radicada", sort: .filed) { ColombianTime.date(at: $0.complaint.filedAt) },
        .integer("Días") { $0.complaint.ageInDays(at: $0.now) },
    ]

    var found: Found<Row> {
        let choice = query[Self.choice]
        let (kind, category, words) = (query[Self.kind], query[Self.category], query[Self.words]?.folded)
        var found = complaints.filter { complaint in
            guard choice?.covers(complaint.standing(at: now)) ?? (complaint.state != .closed),
                kind.map({ $0 == complaint.content.kind }) ?? true,
                category.map({ $0 == complaint.content.category }) ?? true
            else { return false }
            guard let words else { return true }
            return "\(complaint.number) \(complaint.content.entity) \(complaint.content.place ?? "")".folded
                .contains(words)
        }
        switch query.sort {
        case .filed: found.sort { $0.number < $1.number }
        case .due: found.sort { ($0.standingDueAt ?? .distantFuture) < ($1.standingDueAt ?? .distantFuture) }
        case .entity: found.sort { $0.content.entity.folded < $1.content.entity.folded }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(complaint: $0, slug: heading.slug, now: now) })
    }

    private func figure(_ choice: Choice, _ words: String) -> KeyFigure {
        KeyFigure(
            complaints.count { choice.covers($0.standing(at: now)) }, words,
            to: query.unfiltered.with(Self.choice.name, choice.rawValue))
    }

    func actions(_ html: inout HTML) {
        html.action("Resumen del mes", to: .complaintMonth(heading.slug))
        if maySetTerms { html.action("Plazos", to: .complaintTerms()) }
        if mayFile {
            html.action("Radicar una queja", to: .newComplaint(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        html.p(
            "Lo que los usuarios reclaman, piden o sugieren, sin datos de salud: se radica, se traslada a la entidad, y la alianza verifica que se corrigió."
        )
        html.figures(
            figure(.toTransfer, "por trasladar"), figure(.atEntity, "en la entidad"),
            figure(.late, "por vencer o vencidas"), figure(.toCheck, "respondidas, por verificar"))
        html.section("Quejas, reclamos y sugerencias", id: "quejas") { part in
            part.list(
                self,
                filters: { form in
                    form.field(Self.words)
                    form.field(Self.choice)
                    form.field(Self.kind)
                    form.field(Self.category)
                },
                empty: mayFile
                    ? EmptyState(
                        "No hay quejas abiertas.", next: "Radicar una", to: .newComplaint(heading.slug))
                    : EmptyState("No hay quejas abiertas."))
        }
        writeAgeing(&html)
        writeImprovements(&html)
    }

    private func writeAgeing(_ html: inout HTML) {
        let ageing = complaints.ageing(at: now)
        guard !ageing.isEmpty else { return }
        html.section("Por entidad", id: "entidades") { part in
            let columns: [Column<ComplaintAgeing, Order>] = [
                .text("Entidad") { $0.entity },
                .integer("Abiertas") { $0.open },
                .integer("Con plazo vencido") { $0.late },
                .integer("Esperan a la alianza") { $0.ours },
                .text("La más antigua") { row in
                    row.oldestDays == 0
                        ? "de hoy" : "hace \(SpanishFormat.count(row.oldestDays, "día", "días"))"
                },
            ]
            part.table("Quejas abiertas por entidad", columns, ageing)
        }
    }

    private func writeImprovements(_ html: inout HTML) {
        html.section("Oportunidades de mejora", id: "mejoras") { part in
            part.div(.class("part-actions")) { actions in
                if mayFollow {
                    actions.action("Anotar una oportunidad", to: .newImprovement(heading.slug), icon: .plus)
                }
                actions.action("Ver todas", to: .improvements(heading.slug))
                actions.action(
                    "Informe del año",
                    to: .improvementYear(heading.slug, ColombianTime.date(at: now).components.year))
            }
            let open = improvements.filter { $0.state != .done && $0.state != .rejected }
            guard !open.isEmpty else {
                return part.emptyState(EmptyState("No hay oportunidades de mejora abiertas."))
            }
            part.table(
                "Oportunidades de mejora abiertas",
                ImprovementsPage.columns.filter { $0.title != "Ejecutada" },
                open.prefix(10).map {
                    ImprovementsPage.Row(
                        improvement: $0, slug: heading.slug, today: ColombianTime.date(at: now))
                })
        }
    }
}
