import Governance
import Kernel
import Tenancy

/// The commitments of an alliance, or of all of them: what is due, what is late, and who answers for it.
struct CommitmentsPage: ListPage {
    let query: ListQuery<Order>
    /// The alliance; `nil` for all.
    let heading: AllianceHeading?
    let rows: [Row]
    let today: CalendarDate
    let mayMake: Bool

    /// A commitment with its alliance.
    struct Row: Sendable {
        let commitment: Commitment
        let alliance: String
        let slug: AllianceSlug?
        let today: CalendarDate

        fileprivate var path: Path? { slug.map { .commitment($0, commitment.id) } }
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case due = "plazo"
        case made = "fecha"
        case owner = "responsable"
        case alliance = "alianza"

        static let initial = Self.due
    }

    /// Which are listed.
    enum Choice: String, PathValue, CaseIterable {
        case overdue = "vencidos"
        case due = "por-vencer"
        case done = "cumplidos"
        case all = "todos"

        var title: String {
            switch self {
            case .overdue: "Vencidos"
            case .due: "Por vencer"
            case .done: "Cumplidos y descartados"
            case .all: "Todos"
            }
        }

        func covers(_ standing: Commitment.Standing) -> Bool {
            switch (self, standing) {
            case (.all, _), (.overdue, .overdue), (.due, .due), (.done, .done), (.done, .dropped): true
            default: false
            }
        }
    }

    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Abiertos"
    ).optional()
    static let words = Field.text("q", "Compromiso o responsable", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Compromiso", to: { $0.path }) { $0.commitment.activity },
        .text("Responsable", sort: .owner) { $0.commitment.owner.name },
        .date("Hasta", sort: .due) { $0.commitment.dueOn },
        .status("Estado") { $0.commitment.standing(on: $0.today).status },
        .date("Se adquirió", sort: .made) { $0.commitment.madeOn },
        .text("Alianza", sort: .alliance) { $0.alliance },
    ]

    /// On a page of one alliance nothing names it.
    var shownColumns: [Column<Row, Order>] { heading == nil ? Self.columns : Self.columns.dropLast() }

    var title: String { "Compromisos" }
    var lead: String? {
        heading == nil
            ? "De todas las alianzas: lo que alguien quedó de hacer, y hasta cuándo."
            : "Lo que alguien quedó de hacer, en reunión o entre reuniones. Los abiertos pasan solos al siguiente orden del día."
    }
    var trail: [Crumb] { heading?.trail(from: .meetings) ?? [Crumb("Inicio", .home())] }
    var help: HelpTopic { "compromisos" }

    func actions(_ html: inout HTML) {
        if let heading, mayMake {
            html.action("Anotar un compromiso", to: .newCommitment(heading.slug), .primary, icon: .plus)
        }
    }

    var found: Found<Row> {
        let choice = query[Self.choice]
        let words = query[Self.words]?.folded
        var found = rows.filter { row in
            let standing = row.commitment.standing(on: today)
            guard choice?.covers(standing) ?? (row.commitment.state == .open) else { return false }
            guard let words else { return true }
            return "\(row.commitment.activity) \(row.commitment.owner.name) \(row.alliance)".folded.contains(
                words)
        }
        switch query.sort {
        // As they were read: those without a day last.
        case .due: break
        case .made: found.sort { $0.commitment.madeOn < $1.commitment.madeOn }
        case .owner: found.sort { $0.commitment.owner.name.folded < $1.commitment.owner.name.folded }
        case .alliance: found.sort { $0.alliance.folded < $1.alliance.folded }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found)
    }

    private func figure(_ choice: Choice, _ words: String) -> KeyFigure {
        KeyFigure(
            rows.count { choice.covers($0.commitment.standing(on: today)) }, words,
            to: query.unfiltered.with(Self.choice.name, choice.rawValue))
    }

    func body(_ html: inout HTML) {
        html.figures(
            KeyFigure(rows.count { $0.commitment.state == .open }, "abiertos", to: query.unfiltered),
            figure(.overdue, "vencidos"), figure(.due, "vencen en \(Commitment.soonDays) días o menos"),
            figure(.done, "cerrados en el último año"))
        html.section("Compromisos", id: "lista") { part in
            part.list(
                self,
                filters: { form in
                    form.field(Self.words)
                    form.field(Self.choice)
                },
                empty: empty)
        }
        writeAgeing(&html)
    }

    private var empty: EmptyState {
        if let heading, mayMake {
            return EmptyState(
                "No hay compromisos abiertos.", next: "Anotar uno", to: .newCommitment(heading.slug))
        }
        return EmptyState("No hay compromisos abiertos.")
    }

    private func writeAgeing(_ html: inout HTML) {
        let ageing = CommitmentAgeing.byOwner(of: rows.map(\.commitment), on: today)
        guard ageing.contains(where: { $0.open > 0 }) else { return }
        html.section("Por responsable", id: "responsables") { part in
            let columns: [Column<CommitmentAgeing, Order>] = [
                .text("Responsable") { $0.owner },
                .integer("Abiertos") { $0.open },
                .integer("Vencidos") { $0.overdue },
                .text("El más antiguo se abrió") {
                    $0.open == 0
                        ? nil
                        : $0.oldestDays == 0
                            ? "hoy" : "hace \(SpanishFormat.count($0.oldestDays, "día", "días"))"
                },
                .integer("Cumplidos en el último año") { $0.done },
            ]
            part.table("Compromisos por responsable", columns, ageing)
        }
    }
}

extension Commitment.Standing {
    /// The standing as a chip: word, icon and colour.
    var status: Status {
        switch self {
        case .undated: Status("Sin plazo", .open)
        case .onTime(let days): Status("Quedan \(SpanishFormat.count(days, "día", "días"))", .open)
        case .due(daysLeft: 0): Status("Vence hoy", .due)
        case .due(daysLeft: 1): Status("Vence mañana", .due)
        case .due(let days): Status("Vence en \(days) días", .due)
        case .overdue(let days): Status("Venció hace \(SpanishFormat.count(days, "día", "días"))", .overdue)
        case .done: Status("Cumplido", .met)
        case .dropped: Status("Descartado", .sealed)
        }
    }
}
