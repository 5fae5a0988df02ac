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

/// For whom terms are confirmed: all alliances of the entity, or one whose own norm orders others.
enum TermsSpace {
    case entity
    case alliance(AllianceHeading)

    var alliance: Kernel.ID<Alliance>? {
        switch self {
        case .entity: nil
        case .alliance(let heading): heading.alliance.id
        }
    }

    /// Whose they are, in words.
    var owner: String {
        switch self {
        case .entity: "entidad"
        case .alliance: "alianza"
        }
    }

    /// Where it is seen what follows from them.
    var compliance: Path {
        switch self {
        case .entity: .officeCompliance()
        case .alliance(let heading): .compliance(heading.slug)
        }
    }

    func terms(of code: Obligation.Code) -> Path {
        switch self {
        case .entity: .obligationTerms(code)
        case .alliance(let heading): .allianceTerms(heading.slug, code)
        }
    }

    func withdrawal(of code: Obligation.Code) -> Path {
        switch self {
        case .entity: .termsWithdrawal(code)
        case .alliance(let heading): .allianceTermsWithdrawal(heading.slug, code)
        }
    }

    var trail: [Crumb] {
        switch self {
        case .entity: [Crumb("Inicio", .home()), Crumb("Cumplimiento", .officeCompliance())]
        case .alliance(let heading): heading.trail(from: .compliance)
        }
    }
}

/// Confirms the terms of an obligation for all alliances of the entity, or for one.
struct ObligationTermsPage: Page {
    let space: TermsSpace
    let answer: ReadTerms.Answer
    /// Whether the person may confirm terms for all alliances.
    let maySetForEntity: Bool
    let form: FormState

    /// Those that were confirmed here.
    var own: OwnTerms? {
        switch space {
        case .entity: answer.ofEntity
        case .alliance: answer.ofAlliance
        }
    }

    var title: String { "Plazos de la \(space.owner)" }
    var lead: String? { answer.obligation.title }
    var trail: [Crumb] { space.trail }
    var help: HelpTopic { "cumplimiento" }

    func actions(_ html: inout HTML) {
        if case .alliance = space, maySetForEntity {
            html.action("Plazos de todas las alianzas", to: .obligationTerms(answer.obligation.code))
        }
        if own != nil {
            html.action("Retirar la confirmación", to: space.withdrawal(of: answer.obligation.code))
        }
    }

    func body(_ html: inout HTML) {
        let obligation = answer.obligation
        html.p(obligation.duty)
        if case .alliance = space { html.p(whatCounts) }
        html.note(.warning, "Al confirmar, el plazo cuenta") { note in
            note.p(
                """
                Confirme solo lo que ordena \(basis). Desde entonces, lo que se pase de estos plazos se reporta como \
                vencido, también ante el organismo de control. El cambio queda en el registro.
                """)
        }
        let fields = ObligationTermsForm(obligation.code)
        let known = (own ?? answer.ofEntity)?.parameters ?? obligation.parameters
        var state = form
        if !form.isRefused {
            state = state.filling(fields.norm, with: own?.norm)
            for (name, field) in fields.figures { state = state.filling(field, with: known[name]) }
        }
        html.form(to: space.terms(of: obligation.code), state) { form in
            for (_, field) in fields.figures { form.field(field) }
            form.field(fields.norm)
            form.submit("Confirmar los plazos", orBackTo: space.compliance)
        }
    }

    private var basis: String {
        switch space {
        case .entity: "una norma o un procedimiento de la entidad"
        case .alliance: "una norma o un procedimiento propio de esta alianza"
        }
    }

    /// By which terms the obligation counts for the alliance today.
    private var whatCounts: String {
        if let own = answer.ofAlliance {
            "Hoy cuentan los plazos de esta alianza, por: \(own.norm)."
        } else if let entity = answer.ofEntity {
            "Hoy cuentan los plazos de toda la entidad, por: \(entity.norm). Los de esta alianza los reemplazan."
        } else {
            "Hoy cuentan los plazos del catálogo."
        }
    }
}

/// Takes back the terms that an entity confirmed.
struct TermsWithdrawalPage: Page {
    static let reason = Field.text(
        "reason", "Por qué deja de contar", max: 300,
        hint: "Por ejemplo: «La resolución que se citó fue derogada».")

    let space: TermsSpace
    let answer: ReadTerms.Answer
    let current: OwnTerms
    let form: FormState

    var title: String { "Retirar los plazos de la \(space.owner)" }
    var lead: String? { answer.obligation.title }
    var trail: [Crumb] {
        space.trail + [Crumb("Plazos de la \(space.owner)", space.terms(of: answer.obligation.code))]
    }
    var help: HelpTopic { "cumplimiento" }

    /// Whether those of the entity count for the alliance again.
    private var leavesThoseOfEntity: Bool {
        if case .alliance = space { answer.ofEntity != nil } else { false }
    }

    func body(_ html: inout HTML) {
        html.p("Hoy cuentan los plazos que se confirmaron por: \(current.norm).")
        html.note(
            .warning,
            leavesThoseOfEntity ? "Vuelven los plazos de la entidad" : "Vuelven los plazos del catálogo"
        ) { note in
            note.p(
                leavesThoseOfEntity
                    ? "Los estados se calculan de nuevo con los plazos que la entidad confirmó para todas sus alianzas."
                    : "Lo que estaba vencido por estos plazos deja de estarlo donde el catálogo no tiene un plazo confirmado."
            )
            note.p("Lo que se confirmó y el motivo quedan en la bitácora.")
        }
        html.form(to: space.withdrawal(of: answer.obligation.code), form) { form in
            form.field(Self.reason)
            form.submit("Retirar los plazos", orBackTo: space.terms(of: answer.obligation.code))
        }
    }
}
