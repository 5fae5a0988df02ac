import Foundation
import Governance
import Kernel
import Tenancy

extension Path {
    /// The complaints of an alliance.
    static let complaints = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/quejas")
    /// Files a complaint for somebody.
    static let newComplaint = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/quejas/nueva")
    /// What came of complaints in a month.
    static let complaintMonth = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/quejas/resumen")
    /// A complaint.
    static let complaint = Route<AllianceSlug, ID<Complaint>>(
        "/o/{tenant}/alianzas/{alliance}/quejas/{complaint}")
    /// The letter by which a complaint is passed on.
    static let complaintLetter = Route<AllianceSlug, ID<Complaint>>(
        "/o/{tenant}/alianzas/{alliance}/quejas/{complaint}/oficio")
    /// What is recorded of a complaint.
    static let followComplaint = Route<AllianceSlug, ID<Complaint>, ComplaintTask>(
        "/o/{tenant}/alianzas/{alliance}/quejas/{complaint}/{task}")
    /// Shares what the board analysed of a complaint.
    static let shareAnalysis = Route<AllianceSlug, ID<Complaint>, ID<ComplaintStep>>(
        "/o/{tenant}/alianzas/{alliance}/quejas/{complaint}/pasos/{step}/compartir")
    /// The complaints that a member filed.
    static let ownComplaints = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/mis-quejas")
    /// Erases one's name from one's own complaint.
    static let eraseOwnComplainant = Route<AllianceSlug, ID<Complaint>>(
        "/o/{tenant}/alianzas/{alliance}/mis-quejas/{complaint}/borrar-mi-nombre")
    /// Files one's own complaint.
    static let newOwnComplaint = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/mis-quejas/nueva")
    /// In how long complaints are answered.
    static let complaintTerms = FixedRoute("/o/{tenant}/plazos-de-quejas")
    /// Confirms a term of answer.
    static let complaintTerm = Route<Complaint.Kind, Complaint.Risk>(
        "/o/{tenant}/plazos-de-quejas/{kind}/{risk}")
    /// Takes the confirmation of a term back.
    static let complaintTermWithdrawal = Route<Complaint.Kind, Complaint.Risk>(
        "/o/{tenant}/plazos-de-quejas/{kind}/{risk}/retirar")
    /// Files a complaint as anybody.
    static let publicComplaint = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}/quejas")
    /// Where a complaint stands, by its code.
    static let complaintReceipt = Route<TenantSlug, AllianceSlug>(
        "/publico/{tenant}/{alliance}/quejas/seguir")
    /// Erases one's name from a complaint, by its code.
    static let eraseComplainant = Route<TenantSlug, AllianceSlug>(
        "/publico/{tenant}/{alliance}/quejas/borrar-mi-nombre")
}

/// What is recorded of a complaint, as addresses name it.
enum ComplaintTask: String, PathValue, CaseIterable {
    case transfer = "traslado"
    case answer = "respuesta"
    case check = "verificacion"
    case classification = "clasificacion"
    case closing = "cierre"
    case reopening = "reapertura"
    case progress = "seguimiento"
    case analysis = "analisis"
    case identity = "identidad"
    case erasure = "borrar-identidad"

    /// The right that it needs.
    var permission: Permission {
        switch self {
        case .check: .checkComplaints
        case .analysis: .analyseComplaints
        case .identity, .erasure: .openComplainants
        default: .followComplaints
        }
    }

    var title: String {
        switch self {
        case .transfer: "Trasladar a la entidad"
        case .answer: "Anotar la respuesta"
        case .check: "Verificar la corrección"
        case .classification: "Clasificar de nuevo"
        case .closing: "Cerrar la queja"
        case .reopening: "Reabrir la queja"
        case .progress: "Anotar un seguimiento"
        case .analysis: "Escribir un análisis"
        case .identity: "Ver quién la presentó"
        case .erasure: "Borrar quién la presentó"
        }
    }

    /// What the person reads once it is recorded.
    var notice: String {
        switch self {
        case .transfer: "El traslado quedó registrado y el plazo corre."
        case .answer: "La respuesta quedó registrada: falta que la alianza verifique."
        case .check: "La verificación quedó registrada."
        case .classification: "La clasificación quedó cambiada."
        case .closing: "La queja quedó cerrada."
        case .reopening: "La queja quedó abierta otra vez."
        case .progress: "El seguimiento quedó anotado."
        case .analysis: "El análisis quedó guardado; solo lo ve la junta, hasta que lo comparta."
        case .identity: ""
        case .erasure: "Ya no se guarda quién presentó la queja."
        }
    }

    /// The step that it records; `nil` for what is done with the name of who complains.
    private var step: ComplaintStep.Kind? {
        switch self {
        case .transfer: .transferred
        case .answer: .answered
        case .check: .checked
        case .classification: .classified
        case .closing: .closed
        case .reopening: .reopened
        case .progress: .progress
        case .analysis: .analysis
        case .identity, .erasure: nil
        }
    }

    /// Whether it may follow from where a complaint stands, by whose side it would be done.
    func follows(_ complaint: Complaint, by side: ComplaintSide) -> Bool {
        step.map { complaint.allows($0, by: side) } ?? (complaint.identity == .kept)
    }
}

extension Complaint.Kind: PathValue {}
extension Complaint.Risk: PathValue {}
extension Complaint.Category: PathValue {}
extension Complaint.Channel: PathValue {}
extension Complaint.Outcome: PathValue {}
extension Complainant.Authorisation: PathValue {}
extension ComplaintTerm.Unit: PathValue {}

extension ComplaintStanding {
    /// The standing as a chip: word, icon and colour.
    var status: Status {
        switch self {
        case .toTransfer(let isAgain): Status(isAgain ? "Reabierta, por trasladar" : "Por trasladar", .due)
        case .waiting: Status("En la entidad, sin plazo", .open)
        case .unconfirmed: Status("En la entidad, plazo sin confirmar", .unproven)
        case .onTime: Status("En la entidad, a tiempo", .open)
        case .near(let until): Status("Vence el \(SpanishFormat.deadline(until))", .due)
        case .late(let since): Status("Vencida desde el \(SpanishFormat.deadline(since))", .overdue)
        case .toCheck: Status("Respondida, por verificar", .due)
        case .closed(let outcome):
            Status(outcome.title, outcome == .corrected ? .met : outcome == .partly ? .partial : .sealed)
        }
    }
}

extension SpanishFormat {
    /// The end of a term, for tables: one that runs through a day is told by the day alone.
    static func deadline(_ end: Date) -> String {
        let day = ColombianTime.date(at: end)
        return ColombianTime.time(at: end) == .midnight ? shortDate(day - 1) : shortDateAndTime(end)
    }
}
