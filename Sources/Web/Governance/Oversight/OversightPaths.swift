import Governance
import Kernel
import Tenancy

extension Path {
    /// The oversight exercises of an alliance.
    static let oversights = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/veedurias")
    /// Begins one.
    static let newOversight = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/veedurias/nueva")
    /// An exercise.
    static let oversight = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}")
    /// Edits what it is for.
    static let editOversight = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/editar")
    /// Shares it with the entity.
    static let shareOversight = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/compartir")
    /// Records before whom it is registered.
    static let registerOversight = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/inscripcion")
    /// Closes it.
    static let closeOversight = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/cierre")
    /// Its report as a document.
    static let oversightReport = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/informe/pdf")
    /// Takes somebody into its team.
    static let joinOversight = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/equipo")
    /// Somebody leaves its team.
    static let leaveOversight = Route<AllianceSlug, ID<Oversight>, ID<OversightMember>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/equipo/{member}/retirar")
    /// Adds to what its visits look at.
    static let addIndicator = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/indicadores")
    /// Takes something off what its visits look at.
    static let dropIndicator = Route<AllianceSlug, ID<Oversight>, ID<OversightIndicator>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/indicadores/{indicator}/quitar")
    /// Records a visit.
    static let newOversightVisit = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/visitas/nueva")
    /// A visit.
    static let oversightVisit = Route<AllianceSlug, ID<Oversight>, ID<OversightVisit>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/visitas/{visit}")
    /// Takes a visit back.
    static let withdrawOversightVisit = Route<AllianceSlug, ID<Oversight>, ID<OversightVisit>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/visitas/{visit}/retirar")
    /// Adds a photograph or a paper.
    static let addOversightEvidence = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/soportes")
    /// Notes a finding.
    static let newFinding = Route<AllianceSlug, ID<Oversight>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/hallazgos/nuevo")
    /// A finding.
    static let finding = Route<AllianceSlug, ID<Oversight>, ID<OversightFinding>>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/hallazgos/{finding}")
    /// What is recorded of a finding.
    static let followFinding = Route<AllianceSlug, ID<Oversight>, ID<OversightFinding>, FindingTask>(
        "/o/{tenant}/alianzas/{alliance}/veedurias/{oversight}/hallazgos/{finding}/{task}")
}

extension OversightMember.Role: PathValue {}
extension OversightVisit.Place: PathValue {}
extension OversightMeasure.Verdict: PathValue {}
extension OversightFinding.Outcome: PathValue {}

/// What is recorded of a finding, as addresses name it.
enum FindingTask: String, PathValue, CaseIterable {
    case reply = "respuesta"
    case action = "accion"
    case check = "verificacion"
    case reopening = "retomar"
    case improvement = "mejora"
    case commitment = "compromiso"

    var title: String {
        switch self {
        case .reply: "Anotar la respuesta de la entidad"
        case .action: "Anotar qué se hizo"
        case .check: "Verificar la corrección"
        case .reopening: "Retomar el hallazgo"
        case .improvement: "Pasarlo a oportunidad de mejora"
        case .commitment: "Pasarlo a compromiso"
        }
    }

    /// The right that it needs.
    var permission: Permission {
        switch self {
        case .reply, .check: .judgeFindings
        case .action, .reopening: .keepOversight
        case .improvement: .followImprovements
        case .commitment: .makeCommitments
        }
    }

    /// Whether it may follow from where a finding stands.
    func follows(_ finding: OversightFinding, in oversight: Oversight) -> Bool {
        switch self {
        case .reply: finding.state == .open || finding.state == .replied
        case .action, .check: finding.state != .closed
        case .reopening: finding.state == .closed
        case .improvement: finding.improvement == nil && !oversight.isReserved
        case .commitment: finding.commitment == nil && !oversight.isReserved
        }
    }
}

extension Oversight {
    /// How it stands as a chip.
    func status(on day: CalendarDate) -> Status {
        switch standing(on: day) {
        case .ahead: Status("No ha empezado", .plain)
        case .ongoing: Status("En curso", .open)
        case .overdue: Status("Pasó su plazo", .overdue)
        case .closed: Status("Cerrada", .sealed)
        }
    }

    /// When it is, in words.
    var period: String {
        let until = endsOn.map { "hasta el \(SpanishFormat.date($0))" } ?? "sin fecha de cierre"
        return "Desde el \(SpanishFormat.date(startsOn)), \(until)"
    }
}

extension OversightFinding {
    /// Where it stands as a chip; one to which a reply was not accepted says so.
    func status(after steps: [FindingStep]) -> Status {
        switch (state, outcome) {
        case (.open, _):
            steps.last?.isAccepted == false
                ? Status("Respuesta no aceptada", .overdue) : Status("Espera respuesta", .due)
        case (.replied, _): Status("Respondido, por hacer", .open)
        case (.acted, _): Status("Hecho, por verificar", .partial)
        case (.closed, .corrected?): Status(OversightFinding.Outcome.corrected.title, .met)
        case (.closed, .partly?): Status(OversightFinding.Outcome.partly.title, .partial)
        case (.closed, _): Status(OversightFinding.Outcome.notCorrected.title, .overdue)
        }
    }
}

extension OversightMeasure.Verdict {
    /// The verdict as a chip.
    var status: Status {
        switch self {
        case .met: Status(title, .met)
        case .unmet: Status(title, .overdue)
        case .unseen: Status(title, .unproven)
        }
    }
}
