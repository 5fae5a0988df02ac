import Governance
import Kernel
import Tenancy

extension Path {
    /// The improvement opportunities of an alliance.
    static let improvements = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/mejoras")
    /// Notes an improvement opportunity.
    static let newImprovement = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/mejoras/nueva")
    /// An improvement opportunity.
    static let improvement = Route<AllianceSlug, ID<Improvement>>(
        "/o/{tenant}/alianzas/{alliance}/mejoras/{improvement}")
    /// What is recorded of an improvement opportunity.
    static let followImprovement = Route<AllianceSlug, ID<Improvement>, ImprovementTask>(
        "/o/{tenant}/alianzas/{alliance}/mejoras/{improvement}/{task}")
    /// What became of improvement opportunities in a year.
    static let improvementYear = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/mejoras/informe/{year}")
    /// The same as a document.
    static let improvementReport = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/mejoras/informe/{year}/pdf")
}

/// What is recorded of an improvement opportunity, as addresses name it.
enum ImprovementTask: String, PathValue, CaseIterable {
    case analysis = "analisis"
    case approval = "aprobacion"
    case rejection = "rechazo"
    case progress = "avance"
    case doing = "ejecucion"
    case reopening = "retomar"

    var title: String {
        switch self {
        case .analysis: "Anotar el análisis"
        case .approval: "Anotar la aprobación"
        case .rejection: "Anotar que no se aprobó"
        case .progress: "Anotar un avance"
        case .doing: "Anotar que se ejecutó"
        case .reopening: "Retomar la oportunidad"
        }
    }

    /// Whether it may follow from where an opportunity stands.
    func follows(_ state: Improvement.State) -> Bool {
        switch (self, state) {
        case (.analysis, .found), (.approval, .analysed), (.rejection, .found), (.rejection, .analysed): true
        case (.progress, .approved), (.doing, .approved), (.reopening, .done), (.reopening, .rejected): true
        default: false
        }
    }
}

extension Improvement.Source: PathValue {}
extension Improvement.State: PathValue {}

extension Improvement {
    /// The state as a chip; one that is past its day says so.
    func status(on day: CalendarDate) -> Status {
        switch state {
        case .found: Status(state.title, .open)
        case .analysed: Status(state.title, .due)
        case .approved:
            isLate(on: day) ? Status("Aprobada, pasó su fecha", .overdue) : Status(state.title, .partial)
        case .rejected: Status(state.title, .sealed)
        case .done: Status(state.title, .met)
        }
    }
}
