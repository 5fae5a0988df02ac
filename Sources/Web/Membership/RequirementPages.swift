import Elections
import Kernel
import Membership
import Tenancy

/// Where requirements are asked: an alliance, or one of its elections.
struct RequirementPlace: Sendable {
    let heading: AllianceHeading
    /// The election; `nil` for the alliance itself.
    let process: ElectionProcess?

    /// The space of the domain.
    var space: EligibilitySpace {
        EligibilitySpace(alliance: heading.alliance.id, process: process?.id)
    }

    /// In words, for a sentence: «en Alianza de San Antero».
    var name: String { process?.name ?? heading.alliance.name }

    /// The list of requirements.
    var path: Path {
        process.map { .processRequirements(heading.slug, $0.id) } ?? .requirements(heading.slug)
    }

    /// Where a requirement is set.
    func path(of code: RequirementCode, _ target: EligibilityTarget) -> Path {
        process.map { .setProcessRequirement(heading.slug, $0.id, code, target) }
            ?? .setRequirement(heading.slug, code, target)
    }

    /// The way up to the list.
    var trail: [Crumb] {
        guard let process else { return heading.trail(from: .members) }
        return heading.trail(from: .elections) + [Crumb(process.name, .process(heading.slug, process.id))]
    }
}

/// The requirements of an alliance or an election: what is asked of whom, with which figures, and by which norm.
struct RequirementsPage: Page {
    let place: RequirementPlace
    let answer: ListRequirements.Answer
    let maySet: Bool
    /// Whether the person adds requirements of the entity's own.
    let mayAdd: Bool
    /// Whether the person reviews papers.
    let mayReview: Bool

    var title: String { place.process == nil ? "Requisitos" : "Requisitos de esta elección" }
    var lead: String? {
        "Qué se pide a asociados, electores, candidatos y titulares en \(place.name)."
    }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "elegibilidad" }

    func actions(_ html: inout HTML) {
        if mayReview { html.action("Documentos por revisar", to: .papersToReview(place.heading.slug)) }
        if mayAdd {
            html.action("Crear un requisito", to: .newRequirement(place.heading.slug), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        if let boundAt = answer.boundAt {
            html.note(
                .info,
                "La convocatoria se publicó el \(SpanishFormat.longDate(ColombianTime.date(at: boundAt))): esta elección pide lo de ese momento, aunque la alianza cambie después. Solo el comité electoral puede cambiarlo aquí."
            )
        } else if place.process != nil {
            html.note(
                .info,
                "Vale lo que pide la alianza, salvo lo que se cambie aquí. Queda fijo cuando se publique la convocatoria."
            )
        }
        html.ul(.class("dossier")) { list in
            for entry in answer.entries { list.li { write(entry, &$0) } }
        }
        html.confirmationLegend(if: answer.entries.contains { !$0.requirement.isNormConfirmed })
        html.details(.class("technical")) { details in
            details.summary("Códigos de los requisitos, para sistemas")
            details.ul { list in
                for entry in answer.entries { list.li("\(entry.requirement.id): \(entry.requirement.title)") }
            }
        }
    }

    private func write(_ entry: ListRequirements.Entry, _ item: inout HTML) {
        let requirement = entry.requirement
        item.h3(requirement.title)
        item.p(requirement.question)
        item.p(requirement.norm.marked(isConfirmed: requirement.isNormConfirmed), .class("form-text"))
        item.ul(.class("switches")) { switches in
            for target in EligibilityTarget.allCases {
                let asked = entry.asked[target]
                switches.li { line in
                    line.status(Status(target.title.capitalizedFirst, asked == nil ? .exempt : .met))
                    if let figures = asked?.figures { line.text(" \(figures)") }
                    if maySet, let code = RequirementCode(rawValue: requirement.id) {
                        let words = asked == nil ? "Pedirlo" : "Cambiar"
                        line.text(" ")
                        line.a(
                            words, .href(place.path(of: code, target)),
                            .aria("label", "\(words): «\(requirement.title)» como \(target.title)"))
                    }
                }
            }
        }
    }
}

extension Requirement {
    /// Its figures in words: «Meses hacia atrás: 12»; `nil` where it has none.
    fileprivate var figures: String? {
        let words = evaluator.adjustable.compactMap { parameter in
            parameter.words.map { "\(parameter.title): \($0)" }
        }
        return words.isEmpty ? nil : words.joined(separator: " · ")
    }
}

/// Whether a requirement is asked.
enum RequirementState: String, PathValue, CaseIterable {
    case on = "pedirlo"
    case off = "no-pedirlo"

    /// The words on the form.
    var title: String {
        switch self {
        case .on: "Pedirlo"
        case .off: "No pedirlo"
        }
    }
}

/// The questions of a requirement in a place: whether it is asked, with which figures, and what orders it.
struct RequirementForm {
    let state = Field.choice("state", "¿Se pide?", RequirementState.allCases, title: \.title)
    let reason = Field.paragraphs(
        "reason", "¿Qué lo dispone?", max: 500, rows: 3,
        hint: "El artículo del reglamento, o la decisión con su fecha y acta.")
    let figures: [Figure]

    /// A figure with its question, which depends on the evaluator.
    enum Figure {
        case integer(String, Field<Int>)
        case optionalInteger(String, Field<Int?>)
        case date(String, Field<CalendarDate?>)
        case time(String, Field<TimeOfDay>)
        case states(String, Field<[AffiliationState]>)
    }

    init(for requirement: Requirement) {
        figures = requirement.evaluator.adjustable.map { parameter in
            let (name, title, hint) = (parameter.name, parameter.title, parameter.hint)
            return switch parameter.kind {
            case .integer(let range, isOptional: false):
                .integer(name, Field.integer(name, title, in: range, hint: hint))
            case .integer(let range, isOptional: true):
                .optionalInteger(name, Field.integer(name, title, in: range, hint: hint).optional())
            case .date: .date(name, Field.date(name, title, in: .ofLives, hint: hint).optional())
            case .time: .time(name, Field.time(name, title, hint: hint))
            case .affiliationStates:
                .states(
                    name,
                    Field.choices(
                        name, title,
                        AffiliationState.allCases.map { Option($0, $0.name.capitalizedFirst) }, hint: hint))
            }
        }
    }

    /// What is set at present, for a form that nobody has touched.
    func filled(_ form: FormState, with requirement: Requirement, isOn: Bool) -> FormState {
        guard !form.isRefused else { return form }
        // Who opens what is asked already comes to change its figures, where it has some.
        var form = form.filling(state, with: isOn && figures.isEmpty ? .off : .on)
        for (figure, parameter) in zip(figures, requirement.evaluator.adjustable) {
            switch (figure, parameter.value) {
            case (.integer(_, let field), .integer(let number)): form = form.filling(field, with: number)
            case (.optionalInteger(_, let field), .integer(let number)):
                form = form.filling(field, with: number)
            case (.date(_, let field), .text(let text)):
                form = form.filling(field, with: CalendarDate(text))
            case (.time(_, let field), .text(let text)): form = form.filling(field, with: TimeOfDay(text))
            case (.states(_, let field), .texts(let texts)):
                form = form.filling(field, with: texts.compactMap { AffiliationState(rawValue: $0) })
            default: break
            }
        }
        return form
    }

    /// The figures as they were filled in.
    func parameters(_ submission: Submission) throws(InvalidInput) -> [String: ParameterValue] {
        var parameters: [String: ParameterValue] = [:]
        var problems: [InvalidInput.Problem] = []
        for figure in figures {
            do throws(InvalidInput) {
                switch figure {
                case .integer(let name, let field): parameters[name] = .integer(try submission.read(field))
                case .optionalInteger(let name, let field):
                    parameters[name] = try submission.read(field).map { .integer($0) } ?? ParameterValue.none
                case .date(let name, let field):
                    parameters[name] =
                        try submission.read(field).map { .text($0.description) }
                        ?? ParameterValue.none
                case .time(let name, let field):
                    parameters[name] = .text(try submission.read(field).description)
                case .states(let name, let field):
                    parameters[name] = .texts(try submission.read(field).map(\.rawValue))
                }
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return parameters
    }
}

extension AffiliationState: PathValue {}

/// Sets a requirement for some in an alliance or an election.
struct SetRequirementPage: Page {
    let place: RequirementPlace
    /// The requirement with the figures that count there.
    let requirement: Requirement
    let target: EligibilityTarget
    let isOn: Bool
    let form: FormState

    var title: String { "«\(requirement.title)» como \(target.title)" }
    var lead: String? { "\(requirement.question) En \(place.name), desde este momento." }
    var trail: [Crumb] { place.trail + [Crumb("Requisitos", place.path)] }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        guard let code = RequirementCode(rawValue: requirement.id) else { return }
        let fields = RequirementForm(for: requirement)
        html.form(
            to: place.path(of: code, target), fields.filled(form, with: requirement, isOn: isOn)
        ) { form in
            form.field(fields.state)
            for figure in fields.figures {
                switch figure {
                case .integer(_, let field): form.field(field)
                case .optionalInteger(_, let field): form.field(field)
                case .date(_, let field): form.field(field)
                case .time(_, let field): form.field(field)
                case .states(_, let field): form.field(field)
                }
            }
            form.field(fields.reason)
            form.submit("Guardar", orBackTo: place.path)
        }
    }
}

/// The questions of a requirement of the entity's own.
struct NewRequirementForm {
    /// How the requirement is met.
    enum Proof: String, PathValue, CaseIterable {
        case paper = "documento"
        case age = "edad"
        case service = "servicio"

        /// The proof with its amount of days, years or months.
        ///
        /// - Throws: `InvalidInput` where it needs an amount, or that makes no sense.
        func proof(_ amount: Int?) throws(InvalidInput) -> AddRequirement.Proof {
            func checked(_ range: ClosedRange<Int>, of things: String) throws(InvalidInput) -> Int {
                guard let amount, range.contains(amount) else {
                    throw InvalidInput([
                        .init(
                            field: "amount",
                            message:
                                "Escriba cuántos \(things): entre \(range.lowerBound) y \(range.upperBound).")
                    ])
                }
                return amount
            }
            switch self {
            case .paper: return .paper(days: amount == nil ? nil : try checked(1...3660, of: "días"))
            case .age: return .age(years: try checked(1...120, of: "años"))
            case .service: return .serviceUsed(months: try checked(1...600, of: "meses"))
            }
        }
    }

    let title = Field.text("title", "Nombre", max: 80, hint: "Corto: «Curso de control social».")
    let question = Field.text(
        "question", "Pregunta", max: 200,
        hint: "Como se le lee a la persona: «¿Hizo el curso de control social?»")
    let proof = Field.choice(
        "proof", "¿Cómo se cumple?",
        [
            Option(Proof.paper, "Con un documento", hint: "Una persona lo registra y otra lo revisa."),
            Option(Proof.age, "Con una edad mínima"),
            Option(Proof.service, "Con un servicio usado hace poco en la entidad"),
        ])
    let amount = Field.integer(
        "amount", "¿Cuántos?", in: 1...3660,
        hint: "Días que sirve el documento (vacío si no se vence), años de edad, o meses desde el servicio."
    ).optional()
    let norm = Field.text(
        "norm", "¿Qué lo dispone?", max: 300, hint: "El artículo del reglamento o la norma, como se cita.")
    let cure = Field.text(
        "cure", "¿Qué hace quien no cumple?", max: 300, hint: "Una frase: qué traer, a dónde ir.")
}

/// Adds a requirement of the entity's own.
struct NewRequirementPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Crear un requisito" }
    var lead: String? {
        "Queda para toda la entidad. No se le pide a nadie hasta que usted diga a quién, en cada alianza."
    }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb("Requisitos", .requirements(heading.slug))]
    }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        let fields = NewRequirementForm()
        html.form(to: .newRequirement(heading.slug), form) { form in
            form.field(fields.title)
            form.field(fields.question)
            form.field(fields.proof)
            form.field(fields.amount)
            form.field(fields.norm)
            form.field(fields.cure)
            form.submit("Crear el requisito", orBackTo: .requirements(heading.slug))
        }
    }
}
