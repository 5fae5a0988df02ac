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

    /// The stable code.
    public var code: String {
        switch self {
        case .unknownEvaluator: "membership.requirement.unknown_evaluator"
        case .parameter: "membership.requirement.parameter"
        case .unknownRequirement: "membership.requirement.unknown"
        case .reasonMissing: "membership.requirement.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .invalid }

    /// The form field.
    public var field: String? { self == .reasonMissing ? "reason" : nil }

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
        }
    }
}
