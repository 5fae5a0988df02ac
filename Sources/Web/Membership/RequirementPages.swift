import Kernel
import Membership
import Tenancy

/// The requirements of an alliance: what is asked of whom, and by which norm.
struct RequirementsPage: Page {
    let heading: AllianceHeading
    let entries: [ListRequirements.Entry]
    let maySwitch: Bool

    var title: String { "Requisitos" }
    var lead: String? {
        "Qué se pide a asociados, electores, candidatos y titulares de \(heading.alliance.name)."
    }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        html.ul(.class("dossier")) { list in
            for entry in entries { list.li { write(entry, &$0) } }
        }
    }

    private func write(_ entry: ListRequirements.Entry, _ item: inout HTML) {
        let requirement = entry.requirement
        item.h3("\(requirement.id) · \(requirement.title)")
        item.p(requirement.question)
        item.p(
            "\(requirement.norm)\(requirement.isNormConfirmed ? "" : " (sin confirmar)")", .class("form-text")
        )
        item.ul(.class("switches")) { switches in
            for target in EligibilityTarget.allCases {
                let isOn = entry.targets.contains(target)
                switches.li { line in
                    line.status(Status(target.title.capitalizedFirst, isOn ? .met : .exempt))
                    if maySwitch, let code = RequirementCode(rawValue: requirement.id) {
                        line.text(" ")
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
