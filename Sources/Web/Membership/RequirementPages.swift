import Kernel
import Membership
import Tenancy

/// The requirements of an alliance: what is asked of whom, and by which norm.
struct RequirementsPage: Page {
    let heading: AllianceHeading
    let entries: [ListRequirements.Entry]
    let maySwitch: Bool
    /// Whether the person adds requirements of the entity's own.
    let mayAdd: Bool

    var title: String { "Requisitos" }
    var lead: String? {
        "Qué se pide a asociados, electores, candidatos y titulares de \(heading.alliance.name)."
    }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "elegibilidad" }

    func actions(_ html: inout HTML) {
        if mayAdd {
            html.action("Crear un requisito", to: .newRequirement(heading.slug), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.ul(.class("dossier")) { list in
            for entry in entries { list.li { write(entry, &$0) } }
        }
        html.confirmationLegend(if: entries.contains { !$0.requirement.isNormConfirmed })
        html.details(.class("technical")) { details in
            details.summary("Códigos de los requisitos, para sistemas")
            details.ul { list in
                for entry in entries { list.li("\(entry.requirement.id): \(entry.requirement.title)") }
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
                let isOn = entry.targets.contains(target)
                switches.li { line in
                    line.status(Status(target.title.capitalizedFirst, isOn ? .met : .exempt))
                    if maySwitch, let code = RequirementCode(rawValue: requirement.id) {
                        line.a(
                            isOn ? "Dejar de pedirlo" : "Pedirlo",
                            .href(.switchRequirement(heading.slug, code, target)))
                    }
                }
            }
        }
    }
}

/// The question of a switch.
struct SwitchForm {
    let reason = Field.paragraphs(
        "reason", "¿Qué lo dispone?", max: 500, rows: 3,
        hint: "El artículo del reglamento, o la decisión con su fecha y acta.")
}

/// Turns a requirement on or off for some.
struct SwitchRequirementPage: Page {
    let heading: AllianceHeading
    let requirement: Requirement
    let target: EligibilityTarget
    let isOn: Bool
    let form: FormState

    var title: String {
        isOn ? "Dejar de pedir «\(requirement.title)»" : "Pedir «\(requirement.title)»"
    }
    var lead: String? {
        "A quien actúe como \(target.title) en \(heading.alliance.name). Cuenta desde este momento."
    }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb("Requisitos", .requirements(heading.slug))]
    }

    func body(_ html: inout HTML) {
        guard let code = RequirementCode(rawValue: requirement.id) else { return }
        html.form(to: .switchRequirement(heading.slug, code, target), form) { form in
            form.field(SwitchForm().reason)
            form.submit(
                isOn ? "Dejar de pedirlo" : "Pedirlo desde ahora", orBackTo: .requirements(heading.slug))
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
