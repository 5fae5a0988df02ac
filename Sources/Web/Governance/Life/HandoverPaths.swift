import Governance
import Kernel
import Tenancy

extension Path {
    /// Prepares the handover of a body.
    static let newHandover = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/nueva")
    /// A handover.
    static let handover = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}")
    /// Checks the list of a handover.
    static let checkHandover = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}/lista")
    /// Signs a handover.
    static let signHandover = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}/firmar")
    /// Binds the sheet on which a handover was signed.
    static let bindHandover = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}/papel")
    /// Notes why somebody does not sign a handover.
    static let excuseHandover = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}/excusar")
    /// Gives a handover up.
    static let dropHandover = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}/descartar")
    /// The minutes of a handover.
    static let handoverMinutes = Route<AllianceSlug, ID<Body>, ID<Handover>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/entregas/{handover}/acta")
}

extension HandoverItem.State: PathValue {}

extension Handover {
    /// Where it stands, as a chip.
    var status: Status {
        switch state {
        case .open: Status(digest == nil ? "En preparación" : "En firmas", .open)
        case .done: Status("Terminada", .met)
        case .dropped: Status("Descartada", .sealed)
        }
    }
}

extension HandoverItem.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .pending: Status(title, .open)
        case .delivered: Status(title, .met)
        case .missing: Status(title, .overdue)
        }
    }
}
