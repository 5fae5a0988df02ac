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
    /// Records a paper of a person.
    static let recordPaper = Route<AllianceSlug, ID<Person>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/documento")
    /// Reviews a paper of a person.
    static let reviewPaper = Route<AllianceSlug, ID<Person>, ID<FactRecord>>(
        "/o/{tenant}/alianzas/{alliance}/asociados/{person}/documento/{paper}")
    /// The requirements of an alliance.
    static let requirements = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/requisitos")
    /// Turns a requirement on or off.
    static let switchRequirement = Route<AllianceSlug, RequirementCode, EligibilityTarget>(
        "/o/{tenant}/alianzas/{alliance}/requisitos/{code}/{target}")
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
