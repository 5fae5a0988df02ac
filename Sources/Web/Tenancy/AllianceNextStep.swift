import Governance
import Kernel
import Membership
import Tenancy

/// What comes next in the life of an alliance that is not at work yet: the one step, with where it is done.
struct AllianceNextStep: Sendable {
    /// Which of the steps it is, from 1.
    let number: Int
    let title: String
    let words: String
    /// What the button says, and where it leads; `nil` for who may not do it.
    let action: (words: String, path: Path)?

    /// How many steps lead from the preparation to the work.
    static let count = 5

    /// The next step of an alliance; `nil` of one that is at work, was so or is dissolved.
    init?(of heading: AllianceHeading) {
        let slug = heading.slug
        func doing(_ words: String, _ path: Path, _ permission: Permission) -> (words: String, path: Path)? {
            heading.principal.holds(permission, in: heading.stream) ? (words: words, path: path) : nil
        }
        switch heading.alliance.state {
        case .draft:
            self.init(
                number: 1, title: "Convocar a los usuarios",
                words:
                    "La alianza está en preparación. Empieza cuando la entidad o los mismos usuarios convocan a constituirla.",
                action: doing("Registrar la convocatoria", .newAllianceCall(slug), .keepLife))
        case .convened:
            self.init(
                number: 2, title: "Inscribir a quienes quieren asociarse",
                words:
                    "Los usuarios ya fueron convocados. Las sesiones de socialización e inscripción van primero.",
                action: doing("Inscribir a una persona", .enrolMembers(slug), .enrolMembers))
        case .enrolling:
            self.init(
                number: 3, title: "Constituir la alianza en asamblea",
                words:
                    "Hay personas inscribiéndose. Después de la asamblea se registra la constitución con su acta.",
                action: doing("Registrar la constitución", .newConstitution(slug), .recordConstitutions))
        case .constituted:
            self.init(
                number: 4, title: "Registrar la alianza ante la autoridad",
                words: "La alianza está constituida. Falta anotar su registro ante la autoridad competente.",
                action: doing("Anotar el registro", .newRegistration(slug), .recordConstitutions))
        case .registered:
            self.init(
                number: 5, title: "Conformar su junta o comité",
                words:
                    "La alianza está registrada. Empieza a trabajar cuando alguien ocupa los puestos de su organismo.",
                action: heading.path(to: .governance).map { (words: "Ver organismos y puestos", path: $0) })
        case .active, .renewalDue, .expired, .dissolved: return nil
        }
    }

    private init(number: Int, title: String, words: String, action: (words: String, path: Path)?) {
        self.number = number
        self.title = title
        self.words = words
        self.action = action
    }
}

extension HTML {
    /// Writes the next step of an alliance that is not at work yet.
    mutating func nextStep(_ step: AllianceNextStep, of heading: AllianceHeading) {
        section("Qué sigue", id: "que-sigue") { part in
            part.p { line in
                line.strong("Paso \(step.number) de \(AllianceNextStep.count): \(step.title).")
                line.text(" \(step.words)")
            }
            part.p(.class("part-actions")) { line in
                if let action = step.action { line.action(action.words, to: action.path, .primary) }
                if heading.path(to: .governance) != nil {
                    line.action("Ver toda la vida de la alianza", to: .life(heading.slug))
                }
            }
        }
    }
}
