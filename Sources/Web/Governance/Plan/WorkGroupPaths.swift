import Governance
import Kernel
import Tenancy

extension Path {
    /// The work groups of an alliance.
    static let workGroups = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/grupos")
    /// Charges a work group.
    static let newWorkGroup = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/grupos/nuevo")
    /// A work group.
    static let workGroup = Route<AllianceSlug, ID<WorkGroup>>(
        "/o/{tenant}/alianzas/{alliance}/grupos/{group}")
    /// Adds somebody to a work group.
    static let joinGroup = Route<AllianceSlug, ID<WorkGroup>>(
        "/o/{tenant}/alianzas/{alliance}/grupos/{group}/integrante")
    /// Somebody leaves a work group.
    static let leaveGroup = Route<AllianceSlug, ID<WorkGroup>, ID<WorkGroupMember>>(
        "/o/{tenant}/alianzas/{alliance}/grupos/{group}/integrantes/{member}/retirar")
    /// Ends a work group.
    static let endGroup = Route<AllianceSlug, ID<WorkGroup>>(
        "/o/{tenant}/alianzas/{alliance}/grupos/{group}/terminar")
}

extension WorkGroup.Kind: PathValue {}
extension WorkGroupMember.Role: PathValue {}

extension WorkGroup {
    /// Where it stands as a chip.
    func status(on today: CalendarDate) -> Status {
        if end != nil { return Status("Terminado", .sealed) }
        return isLate(on: today) ? Status("Pasó su plazo", .overdue) : Status("En curso", .open)
    }
}
