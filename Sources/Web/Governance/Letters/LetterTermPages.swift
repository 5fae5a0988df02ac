import Governance
import Kernel
import Tenancy

/// In how long letters are answered, with what orders it.
struct LetterTermsPage: Page {
    let terms: [LetterTerm]
    let mayConfirm: Bool

    static let crumbs = [Crumb("Inicio", .home()), Crumb("Plazos para responder cartas", .letterTerms())]

    var title: String { "Plazos para responder cartas" }
    var lead: String? { "Corren desde que el destinatario recibe la carta, o desde que llega a la alianza." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "cartas" }

    private enum Order: String, SortKey {
        case title = "asunto"
        static let initial = Self.title
    }

    func body(_ html: inout HTML) {
        html.p(
            "Mientras nadie confirme un plazo, sirve para preguntar por la respuesta: nada se muestra como vencido por él. Confírmelo cuando haya leído la norma o el procedimiento que lo ordena."
        )
        let mayConfirm = mayConfirm
        let columns: [Column<LetterTerm, Order>] = [
            .text("Qué se pide", to: { mayConfirm ? .letterTerm(CatalogueCode(rawValue: $0.code)) : nil }) {
                $0.title
            },
            .text("Plazo") { $0.length },
            .status("Norma") { term in
                term.isConfirmed
                    ? Status(term.isOwn ? "Confirmado por la entidad" : "Confirmado", .met)
                    : Status("Sin confirmar", .unproven)
            },
            .text("Qué lo ordena") { $0.norm },
            .text("De dónde se tomó") { $0.isOwn ? nil : $0.source },
        ]
        html.table(title, columns, terms)
    }
}

/// Confirms a term of answer.
struct LetterTermPage: Page {
    static let businessDays = Field.integer("business_days", "Días hábiles", in: 1...365)
    static let norm = Field.text(
        "norm", "Qué lo ordena", max: 300, hint: "Con su artículo: «Ley 1755 de 2015, artículo 14».")

    let term: LetterTerm
    let form: FormState

    private var code: CatalogueCode { CatalogueCode(rawValue: term.code) }

    var title: String { "Confirmar el plazo" }
    var lead: String? { term.title }
    var trail: [Crumb] { LetterTermsPage.crumbs }
    var help: HelpTopic { "cartas" }

    func actions(_ html: inout HTML) {
        if term.isOwn { html.action("Retirar la confirmación", to: .letterTermWithdrawal(code)) }
    }

    func body(_ html: inout HTML) {
        html.p("Hoy cuenta: \(term.length), según \(term.norm.marked(isConfirmed: term.isConfirmed)).")
        html.confirmationLegend(if: !term.isConfirmed)
        html.note(
            .warning, "Al confirmar, el plazo cuenta",
            content: {
                $0.p(
                    "Una carta que se entregue o llegue desde hoy y no se responda a tiempo se muestra como vencida. El cambio queda en el registro."
                )
            })
        let state =
            form.isTyped
            ? form
            : form.filling(Self.businessDays, with: term.businessDays)
                .filling(Self.norm, with: term.isOwn ? term.norm : nil)
        html.form(to: .letterTerm(code), state) { form in
            form.field(Self.businessDays)
            form.field(Self.norm)
            form.submit("Confirmar el plazo", orBackTo: .letterTerms())
        }
    }
}

/// Takes the confirmation of a term back.
struct LetterTermWithdrawalPage: Page {
    static let reason = Field.text("note", "Por qué deja de contar", max: 300)

    let term: LetterTerm
    let form: FormState

    var title: String { "Retirar la confirmación del plazo" }
    var lead: String? { "\(term.title): \(term.length), según \(term.norm)." }
    var trail: [Crumb] { LetterTermsPage.crumbs }
    var help: HelpTopic { "cartas" }

    func body(_ html: inout HTML) {
        html.p("Vuelve a contar el plazo del catálogo. Lo ya entregado conserva el plazo que se le dijo.")
        html.form(to: .letterTermWithdrawal(CatalogueCode(rawValue: term.code)), form) { form in
            form.field(Self.reason)
            form.submit("Retirar la confirmación", orBackTo: .letterTerms())
        }
    }
}

/// In how long letters are answered: reading and confirming it.
struct LetterTermRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.letterTerms) { context in
            LetterTermsPage(
                terms: try await context.fetch(ReadLetterTerms()),
                mayConfirm: context.may(.confirmLetterTerms))
        }
        tenant.form(
            Path.letterTerm,
            show: { context, state, code in
                LetterTermPage(term: try await found(code, context), form: state)
            },
            act: { context, form, code in
                let (days, norm) = try form.read(LetterTermPage.businessDays, LetterTermPage.norm)
                try await context.run(ConfirmLetterTerm(code.rawValue, businessDays: days, norm: norm), form)
                return Redirect(to: .letterTerms(), "El plazo quedó confirmado.")
            })
        tenant.form(
            Path.letterTermWithdrawal,
            show: { context, state, code in
                let term = try await found(code, context)
                guard term.isOwn else { throw NoSuchPage() }
                return LetterTermWithdrawalPage(term: term, form: state)
            },
            act: { context, form, code in
                let reason = try form.read(LetterTermWithdrawalPage.reason)
                try await context.run(WithdrawLetterTerm(code.rawValue, because: reason), form)
                return Redirect(to: .letterTerms(), "La confirmación quedó retirada.")
            })
    }

    private func found(_ code: CatalogueCode, _ context: TenantContext) async throws -> LetterTerm {
        guard context.may(.confirmLetterTerms) else {
            throw AccessError.notPermitted(.confirmLetterTerms)
        }
        guard let term = try await context.fetch(ReadLetterTerms()).first(where: { $0.code == code.rawValue })
        else { throw NoSuchPage() }
        return term
    }
}
