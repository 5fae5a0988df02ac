import Governance
import Kernel
import Tenancy

extension Path {
    /// The year of an alliance: what it does again and again, and its meetings.
    static let year = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/reuniones/ano/{year}")
    /// Makes a year from the one before.
    static let planYear = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/ano/{year}/crear")
    /// Adds something that is done again and again.
    static let newDuty = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/reuniones/tareas/nueva")
    /// Ends something that is done again and again.
    static let endDuty = Route<AllianceSlug, ID<RecurringDuty>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/tareas/{duty}/terminar")
}
