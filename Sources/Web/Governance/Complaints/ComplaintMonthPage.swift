import Governance
import Kernel
import Tenancy

/// What came of complaints in a month, in figures that tell of nobody.
struct ComplaintMonthPage: Page {
    let heading: AllianceHeading
    /// The first day of the month.
    let first: CalendarDate
    let month: ComplaintMonth
    let today: CalendarDate

    var title: String { "Resumen de quejas de \(SpanishFormat.monthAndYear(first))" }
    var lead: String? { "Para contarlo a los asociados, a la entidad o a un organismo de control." }
    var trail: [Crumb] { heading.trail(from: .complaints) }
    var help: HelpTopic { "quejas" }

    private enum Order: String, SortKey {
        case category = "asunto"
        static let initial = Self.category
    }

    private func path(_ day: CalendarDate) -> Path {
        Path.complaintMonth(heading.slug).with("mes", String(day.description.prefix(7)))
    }

    func body(_ html: inout HTML) {
        let before = (first - 1) - ((first - 1).components.day - 1)
        let after = (first + 31) - ((first + 31).components.day - 1)
        html.nav(.class("pager"), .aria("label", "Meses")) { nav in
            nav.ul { list in
                list.li {
                    $0.a(
                        SpanishFormat.monthAndYear(before).capitalizedFirst, .href(path(before)), .rel("prev")
                    )
                }
                if after <= today {
                    list.li {
                        $0.a(
                            SpanishFormat.monthAndYear(after).capitalizedFirst, .href(path(after)),
                            .rel("next"))
                    }
                }
            }
        }
        guard !month.lines.isEmpty else {
            return html.emptyState(EmptyState("En este mes no hubo quejas."))
        }
        let columns: [Column<ComplaintMonth.GuardedLine, Order>] =
            [.text("Sobre") { $0.category?.title ?? "Todas" }]
            + ComplaintMonth.titles.enumerated().map { index, title in
                .text(title) { $0.figures[index].words }
            }
        html.table("Quejas del mes por asunto", columns, month.guarded)
        if month.isHeld {
            html.note(
                .info, "«reservado»",
                content: {
                    $0.p(
                        "Una cifra menor que \(GuardedFigure.threshold) podría decir de quién se trata, y por eso no se muestra; tampoco aquella por la que se podría calcular."
                    )
                })
        }
    }
}

/// In how long complaints are answered, with what orders it.
struct ComplaintTermsPage: Page {
    let terms: [ComplaintTerm]
    let mayConfirm: Bool

    var title: String { "Plazos para responder quejas" }
    var lead: String? { "Por ellos corre el reloj desde que una queja se traslada a la entidad." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "quejas" }

    private enum Order: String, SortKey {
        case kind = "clase"
        static let initial = Self.kind
    }

    func body(_ html: inout HTML) {
        html.p(
            "Un plazo que nadie ha confirmado orienta, pero por él nada se reporta como vencido ni llega a Pendientes. Confirme solo lo que ordena una norma o un procedimiento de la entidad."
        )
        let mayConfirm = mayConfirm
        let columns: [Column<ComplaintTerm, Order>] = [
            .text("Clase", to: { mayConfirm ? .complaintTerm($0.kind, $0.risk) : nil }) { term in
                term.risk == .none
                    ? term.kind.title : "\(term.kind.title), \(term.risk.title.lowercased())"
            },
            .text("Plazo") { $0.length },
            .status("Norma") { term in
                term.isOwn
                    ? Status("Confirmado por la entidad", .met)
                    : term.isConfirmed ? Status("Confirmado", .met) : Status("Sin confirmar", .unproven)
            },
            .text("Qué lo ordena") { $0.norm },
            .text("De dónde se tomó") { $0.source },
        ]
        html.table("Plazos para responder quejas", columns, terms)
    }
}

/// Confirms a term of answer.
struct ComplaintTermPage: Page {
    static let amount = Field.integer("amount", "Cuánto", in: 1...2000)
    static let unit = Field.choice("unit", "En", ComplaintTerm.Unit.allCases, title: \.title)
    static let norm = Field.text(
        "norm", "Norma o procedimiento que lo ordena", max: 300,
        hint: "Con su artículo o código: «Procedimiento PQRD-02, versión 3, numeral 4».")

    let term: ComplaintTerm
    let form: FormState

    var title: String { "Confirmar el plazo" }
    var lead: String? {
        term.risk == .none ? term.kind.title : "\(term.kind.title), \(term.risk.title.lowercased())"
    }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Plazos para responder quejas", .complaintTerms())]
    }
    var help: HelpTopic { "quejas" }

    func actions(_ html: inout HTML) {
        if term.isOwn {
            html.action("Retirar la confirmación", to: .complaintTermWithdrawal(term.kind, term.risk))
        }
    }

    func body(_ html: inout HTML) {
        html.p("Hoy cuenta: \(term.length), según \(term.norm.marked(isConfirmed: term.isConfirmed)).")
        html.confirmationLegend(if: !term.isConfirmed)
        html.note(.warning, "Al confirmar, el plazo cuenta") { note in
            note.p(
                "Lo que se traslade desde hoy y no se responda a tiempo se muestra como vencido y llega a Pendientes. El cambio queda en el registro."
            )
        }
        var state = form
        if !form.isTyped {
            state = state.filling(Self.amount, with: term.amount).filling(Self.unit, with: term.unit)
                .filling(Self.norm, with: term.isOwn ? term.norm : nil)
        }
        html.form(to: .complaintTerm(term.kind, term.risk), state) { form in
            form.div(.class("form-row")) { row in
                row.field(Self.amount)
                row.field(Self.unit)
            }
            form.field(Self.norm)
            form.submit("Confirmar el plazo", orBackTo: .complaintTerms())
        }
    }
}

/// Takes the confirmation of a term back.
struct ComplaintTermWithdrawalPage: Page {
    static let reason = Field.text(
        "note", "Por qué deja de contar", max: 300,
        hint: "Por ejemplo: «La circular que se citó fue derogada».")

    let term: ComplaintTerm
    let form: FormState

    var title: String { "Retirar la confirmación del plazo" }
    var lead: String? { "\(term.length), según \(term.norm)." }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Plazos para responder quejas", .complaintTerms())]
    }
    var help: HelpTopic { "quejas" }

    func body(_ html: inout HTML) {
        html.p(
            "Vuelve a contar el plazo del catálogo. Las quejas ya trasladadas conservan el plazo que se les dijo."
        )
        html.form(to: .complaintTermWithdrawal(term.kind, term.risk), form) { form in
            form.field(Self.reason)
            form.submit("Retirar la confirmación", orBackTo: .complaintTerms())
        }
    }
}
