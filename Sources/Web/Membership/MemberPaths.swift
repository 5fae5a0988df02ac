import Kernel
import Membership
import Tenancy

extension Path {
    /// Enrols members.
    static let enrolMembers = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/asociados/inscribir")
    /// What an alliance has of a person.
    static let personFile = Route<AllianceSlug, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}")
    /// Ends a membership.
    static let endMembership = Route<AllianceSlug, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/retiro")
    /// Chooses what is recorded of a person.
    static let recordPaper = Route<AllianceSlug, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/documento")
    /// Records a certificate or fact of a person.
    static let recordPaperOf = Route<AllianceSlug, ID<Person>, PaperSubject>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/documento/nuevo/{subject}")
    /// Reviews a paper of a person.
    static let reviewPaper = Route<AllianceSlug, ID<Person>, ID<FactRecord>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/documento/{paper}")
    /// Takes back a paper of a person that was accepted.
    static let withdrawPaper = Route<AllianceSlug, ID<Person>, ID<FactRecord>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/documento/{paper}/retirar")
    /// Notes an authorisation of data that a member gave.
    static let recordConsent = Route<AllianceSlug, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/autorizar")
    /// The papers that wait for a review.
    static let papersToReview = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/documentos-por-revisar")
    /// Takes back the authorisation of data of a person.
    static let withdrawConsent = Route<AllianceSlug, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/autorizacion")
    /// The requirements of an alliance.
    static let requirements = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/requisitos")
    /// Sets a requirement in an alliance.
    static let setRequirement = Route<AllianceSlug, RequirementCode, EligibilityTarget>(
        "/o/{tenant}/alianzas/{alliance}/requisitos/{code}/{target}")
    /// The requirements of an election.
    static let processRequirements = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/requisitos")
    /// Sets a requirement in an election.
    static let setProcessRequirement = Route<
        AllianceSlug, ID<ElectoralProcess>, RequirementCode, EligibilityTarget
    >("/o/{tenant}/alianzas/{alliance}/elecciones/{process}/requisitos/{code}/{target}")
    /// Adds a requirement of the entity's own.
    static let newRequirement = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/requisito-nuevo")
    /// The requests to join an alliance.
    static let applications = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/solicitudes")
    /// Notes a request to join.
    static let submitApplication = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/solicitudes/nueva")
    /// A request to join, and its decision.
    static let application = Route<AllianceSlug, ID<Application>>(
        "/o/{tenant}/alianzas/{alliance}/solicitudes/{application}")
    /// The lists of the entity's own employees.
    static let staffLists = FixedRoute("/o/{tenant}/empleados")
    /// The texts of the data authorisation.
    static let consentTexts = FixedRoute("/o/{tenant}/autorizaciones")
}

/// The code of a requirement in an address.
struct RequirementCode: Hashable, PathValue, RawRepresentable {
    let rawValue: String

    /// Takes what looks like a code: `E04`, `R12`.
    init?(rawValue: String) {
        let isCode = rawValue.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
        guard isCode, (2...6).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }
}

/// What a paper is about, in an address: the code of a requirement that papers prove, or one of a few words.
enum PaperSubject: Hashable, PathValue {
    case requirement(RequirementCode)
    case service, employment, affiliation, residence, sanction

    private static let words: [(Self, String)] = [
        (.service, "servicio"), (.employment, "empleo"), (.affiliation, "afiliacion"),
        (.residence, "residencia"), (.sanction, "sancion"),
    ]

    /// Those that are about no requirement that papers prove.
    static var facts: [Self] { words.map(\.0) }

    init?(pathText: String) {
        if let known = Self.words.first(where: { $0.1 == pathText }) {
            self = known.0
        } else if let code = RequirementCode(rawValue: pathText) {
            self = .requirement(code)
        } else {
            return nil
        }
    }

    var pathText: String {
        if case .requirement(let code) = self { return code.rawValue }
        return Self.words.first { $0.0 == self }?.1 ?? ""
    }
}

extension EligibilityTarget: PathValue {}
extension LeaveReason: PathValue {}
extension ConsentChannel: PathValue {}
extension ConsentPurpose: PathValue {}

extension Verdict {
    /// The verdict as a chip.
    var status: Status {
        switch self {
        case .pass: Status(title, .met)
        case .fail: Status(title, .overdue)
        case .unproven: Status(title, .unproven)
        }
    }
}

extension AffiliationState {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .active: Status(name.capitalizedFirst, .met)
        case .suspended: Status(name.capitalizedFirst, .due)
        case .retired, .deceased: Status(name.capitalizedFirst, .overdue)
        }
    }
}

extension String {
    /// The text with its first letter as a capital.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
