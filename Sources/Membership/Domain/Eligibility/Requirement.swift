public import Kernel

/// Something that a person has to meet, as data: what is asked, by which norm, and how it is read.
public struct Requirement: Sendable, Hashable, Identifiable {
    /// The code, `E01` to `E17` for the product's own, `R…` for a tenant's.
    public let id: String
    /// A short name.
    public let title: String
    /// What is asked, in plain words.
    public let question: String
    /// How the facts are read.
    public let evaluator: Evaluator
    /// The norm behind it, as it is cited.
    public let norm: String
    /// Whether somebody checked the norm's text (`Documentation/Law.md`).
    public let isNormConfirmed: Bool
    /// What the person can do to meet or prove it.
    public let cure: String

    /// Makes a requirement.
    public init(
        id: String, title: String, question: String, evaluator: Evaluator, norm: String,
        isNormConfirmed: Bool, cure: String
    ) {
        self.id = id
        self.title = title
        self.question = question
        self.evaluator = evaluator
        self.norm = norm
        self.isNormConfirmed = isNormConfirmed
        self.cure = cure
    }
}

/// Why a requirement cannot be used.
public enum RequirementError: UserFacingError, Hashable {
    /// The evaluator is none that this version knows.
    case unknownEvaluator(String)
    /// A parameter is missing or out of its range.
    case parameter(String, of: String)
    /// The requirement is none of the product's nor of the tenant's.
    case unknownRequirement(String)
    /// A switch needs the bylaw or decision behind it.
    case reasonMissing
    /// A text of a requirement is empty; by the question of the form.
    case textMissing(String)
    /// The entity has as many requirements of its own as there are codes.
    case noCodeLeft
    /// Somebody else added one at the same time.
    case addedMeanwhile
    /// A window ends before it begins.
    case windowBackwards
    /// The call of the election settled what it asks; the committee alone changes it.
    case boundByCall

    /// The stable code.
    public var code: String {
        switch self {
        case .unknownEvaluator: "membership.requirement.unknown_evaluator"
        case .parameter: "membership.requirement.parameter"
        case .unknownRequirement: "membership.requirement.unknown"
        case .reasonMissing: "membership.requirement.reason_missing"
        case .textMissing: "membership.requirement.text_missing"
        case .noCodeLeft: "membership.requirement.no_code_left"
        case .addedMeanwhile: "membership.requirement.added_meanwhile"
        case .windowBackwards: "membership.requirement.window_backwards"
        case .boundByCall: "membership.requirement.bound_by_call"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .addedMeanwhile: .conflict
        case .boundByCall: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .reasonMissing: "reason"
        case .windowBackwards: "until"
        case .textMissing(let field): field
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .unknownEvaluator(let name):
            "No existe la forma de revisar «\(name)». Elija una de la lista."
        case .parameter(let name, let evaluator):
            "Al requisito le falta el dato «\(name)», o no es válido (forma de revisar: \(evaluator))."
        case .unknownRequirement(let code):
            "No existe el requisito \(code). Revise el código."
        case .reasonMissing:
            "Escriba el artículo del reglamento o la decisión que lo dispone."
        case .textMissing:
            "Escriba este dato: las personas lo leen cuando se revisa si cumplen."
        case .noCodeLeft:
            "La entidad ya tiene 999 requisitos propios. Reutilice uno de ellos."
        case .addedMeanwhile:
            "Otra persona creó un requisito al mismo tiempo. Envíe el formulario otra vez."
        case .windowBackwards:
            "El final va después del comienzo. Revise los dos."
        case .boundByCall:
            "La convocatoria ya se publicó: lo que se pide en esta elección lo cambia solo el comité electoral."
        }
    }
}
