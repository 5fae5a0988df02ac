import Governance
import Kernel
import Tenancy

/// What ends soon, or ended, over all alliances of the tenant, and which seats are empty.
struct TermEndsPage: ListPage {
    let query: ListQuery<Order>
    let answer: ListTermEnds.Answer

    /// The orders of the list.
    enum Order: String, SortKey {
        case end = "fecha"
        case alliance = "alianza"

        static let initial = Self.end
    }

    /// Within how many days a mandate ends, as addresses name it.
    enum Horizon: String, PathValue, CaseIterable {
        case past = "vencidos"
        case near = "90"
        case far = "180"

        var title: String {
            switch self {
            case .past: "Ya vencidos"
            case .near: "En 90 días o menos"
            case .far: "Entre 91 y 180 días"
            }
        }

        fileprivate func covers(_ standing: MandateStanding) -> Bool {
            switch standing {
            case .acting, .expired: self == .past
            case .ending(let days): self == (days <= 90 ? .near : .far)
            default: false
            }
        }
    }

    static let horizon = Field.choice(
        "plazo", "Terminan", Horizon.allCases, title: \.title, style: .menu, prompt: "En cualquier plazo"
    ).optional()
    static let words = Field.text("q", "Alianza, organismo o persona", max: 80).optional()

    static let columns: [Column<MandateEnding, Order>] = [
        .text("Alianza", sort: .alliance, to: { $0.path }) { $0.alliance?.name ?? "La entidad" },
        .text("Organismo") { $0.bodyName },
        .text("Puesto") { $0.seatTitle },
        .text("Titular") { $0.holderName },
        .date("Termina", sort: .end) { $0.endsOn },
        .status("Estado") { $0.standing.status },
        .text("Falta") { ending in
            ending.hasSuccessor ? "Ya tiene sucesor" : ending.standing.timeLeft
        },
    ]

    var title: String { "Vencimientos" }
    var lead: String? {
        "Períodos que terminan en los próximos 180 días o que ya terminaron sin sucesor, y puestos vacantes, de todas las alianzas."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "gobierno" }

    var found: Found<MandateEnding> {
        var rows = answer.endings
        if let horizon = query[Self.horizon] { rows.removeAll { !horizon.covers($0.standing) } }
        if let words = query[Self.words]?.folded {
            rows.removeAll { row in
                let text = [row.alliance?.name ?? "", row.bodyName, row.seatTitle, row.holderName]
                return !text.joined(separator: " ").folded.contains(words)
            }
        }
        if query.sort == .alliance {
            rows.sort { ($0.alliance?.name.folded ?? "") < ($1.alliance?.name.folded ?? "") }
        }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    /// How many vacancies a page shows.
    private static let vacanciesShown = 50

    /// The vacancies that the words of the filter leave.
    private var vacancies: [Vacancy] {
        guard let words = query[Self.words]?.folded else { return answer.vacancies }
        return answer.vacancies.filter { row in
            [row.alliance?.name ?? "", row.bodyName, row.seatTitle].joined(separator: " ").folded.contains(
                words)
        }
    }

    func body(_ html: inout HTML) {
        func figure(_ horizon: Horizon, _ words: String) -> KeyFigure {
            KeyFigure(
                answer.endings.count { horizon.covers($0.standing) }, words,
                to: Path.termEnds().with("plazo", horizon.rawValue))
        }
        html.figures(
            figure(.past, "vencidos"), figure(.near, "terminan en 90 días o menos"),
            figure(.far, "terminan entre 91 y 180 días"),
            KeyFigure(
                answer.vacancies.count, answer.vacancies.count == 1 ? "puesto vacante" : "puestos vacantes",
                to: Path.termEnds().at(anchor: "vacantes")))
        html.section("Períodos que terminan") { part in
            part.list(
                self,
                filters: { form in
                    form.field(Self.words)
                    form.field(Self.horizon)
                },
                empty: EmptyState("Ningún período termina en los próximos 180 días."))
        }
        html.section("Puestos vacantes", id: "vacantes") { part in
            let vacancies = self.vacancies
            guard !vacancies.isEmpty else {
                part.p("No hay puestos vacantes.")
                return
            }
            let columns: [Column<Vacancy, Order>] = [
                .text("Alianza", to: { $0.path }) { $0.alliance?.name ?? "La entidad" },
                .text("Organismo") { $0.bodyName },
                .text("Puesto") { $0.seatTitle },
                .text("Vacante desde") { $0.since.map(SpanishFormat.shortDate) ?? "Nunca se ha ocupado" },
                .text("Qué sigue") {
                    $0.isAwaited ? "Alguien espera su nombramiento o posesión" : "Convocar la elección"
                },
            ]
            part.table("Puestos vacantes", columns, Array(vacancies.prefix(Self.vacanciesShown)))
            if vacancies.count > Self.vacanciesShown {
                part.p(
                    "Son \(SpanishFormat.number(vacancies.count)); se muestran los \(Self.vacanciesShown) que llevan más tiempo. Para ver otros, filtre por alianza, organismo o puesto."
                )
            }
        }
    }
}

extension MandateEnding {
    fileprivate var path: Path? {
        alliance.flatMap { AllianceSlug(rawValue: $0.slug) }.map { .body($0, body) }
    }
}

extension Vacancy {
    fileprivate var path: Path? {
        alliance.flatMap { AllianceSlug(rawValue: $0.slug) }.map { .body($0, body) }
    }
}
