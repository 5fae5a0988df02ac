import Kernel
import Reporting
import Tenancy

/// The questions of the terms that an entity confirms for itself.
struct ObligationTermsForm {
    let norm = Field.text(
        "norm", "Norma o procedimiento que lo ordena", max: 300,
        hint: "Por ejemplo: «Procedimiento SIAU-Pd-02, versión 1, numeral 5.1.3».")
    let figures: [(name: ObligationParameters.Name, field: Field<Int>)]

    init(_ code: Obligation.Code) {
        figures = code.parameterNames.map { name in
            (name, Field.integer(name.rawValue, name.title, in: name.range))
        }
    }

    /// Reads the answers, with every problem at once.
    func read(_ form: Submission) throws(InvalidInput) -> (norm: String, parameters: ObligationParameters) {
        var problems: [InvalidInput.Problem] = []
        var answers: [ObligationParameters.Name: Int] = [:]
        var words = ""
        for (name, field) in figures {
            do { answers[name] = try form.read(field) } catch { problems += error.problems }
        }
        do { words = try form.read(norm) } catch { problems += error.problems }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return (words, ObligationParameters(answers))
    }
}

/// Confirms the terms of an obligation for all alliances of the entity.
struct ObligationTermsPage: Page {
    let obligation: Obligation
    let current: OwnTerms?
    let form: FormState

    var title: String { "Plazos de la entidad" }
    var lead: String? { obligation.title }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Cumplimiento", .officeCompliance())] }
    var help: HelpTopic { "cumplimiento" }

    func actions(_ html: inout HTML) {
        guard current != nil else { return }
        html.action("Retirar la confirmación", to: .termsWithdrawal(obligation.code))
    }

    func body(_ html: inout HTML) {
        html.p(obligation.duty)
        html.note(.warning, "Al confirmar, el plazo cuenta") { note in
            note.p(
                """
                Confirme solo lo que una norma o un procedimiento de la entidad ordena. Desde entonces, lo que se pase de estos \
                plazos se reporta como vencido, también ante el organismo de control. El cambio queda en el registro.
                """)
        }
        let fields = ObligationTermsForm(obligation.code)
        let known = current?.parameters ?? obligation.parameters
        var state = form
        if !form.isRefused {
            state = state.filling(fields.norm, with: current?.norm)
            for (name, field) in fields.figures { state = state.filling(field, with: known[name]) }
        }
        html.form(to: .obligationTerms(obligation.code), state) { form in
            for (_, field) in fields.figures { form.field(field) }
            form.field(fields.norm)
            form.submit("Confirmar los plazos", orBackTo: .officeCompliance())
        }
    }
}

/// Takes back the terms that an entity confirmed.
struct TermsWithdrawalPage: Page {
    static let reason = Field.text(
        "reason", "Por qué deja de contar", max: 300,
        hint: "Por ejemplo: «La resolución que se citó fue derogada».")

    let obligation: Obligation
    let current: OwnTerms
    let form: FormState

    var title: String { "Retirar los plazos de la entidad" }
    var lead: String? { obligation.title }
    var trail: [Crumb] {
        [
            Crumb("Inicio", .home()), Crumb("Cumplimiento", .officeCompliance()),
            Crumb("Plazos de la entidad", .obligationTerms(obligation.code)),
        ]
    }
    var help: HelpTopic { "cumplimiento" }

    func body(_ html: inout HTML) {
        html.p("Hoy cuentan los plazos que la entidad confirmó por: \(current.norm).")
        html.note(.warning, "Vuelven los plazos del catálogo") { note in
            note.p(
                """
                Lo que estaba vencido por estos plazos deja de estarlo donde el catálogo no tiene un plazo confirmado. Lo que se \
                confirmó y el motivo quedan en la bitácora.
                """)
        }
        html.form(to: .termsWithdrawal(obligation.code), form) { form in
            form.field(Self.reason)
            form.submit("Retirar los plazos", orBackTo: .obligationTerms(obligation.code))
        }
    }
}
