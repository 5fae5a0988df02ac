import Kernel
import Membership
import Tenancy

extension Path {
    /// The register of affiliates.
    static let affiliates = FixedRoute("/o/{tenant}/afiliados")
    /// What the register says of a person.
    static let affiliate = Route<ID<Person>>("/o/{tenant}/afiliados/{person}")
    /// Sends a file of affiliates.
    static let importAffiliates = FixedRoute("/o/{tenant}/afiliados/importar")
    /// A file of affiliates to begin from.
    static let sampleOfAffiliates = FixedRoute("/o/{tenant}/afiliados/importar/ejemplo")
    /// The imports of the register.
    static let affiliateImports = FixedRoute("/o/{tenant}/afiliados/importaciones")
    /// An import: its check, what it would do, what it did.
    static let affiliateImport = Route<ID<ImportBatch>>("/o/{tenant}/afiliados/importaciones/{batch}")
    /// Checks a file again.
    static let recheckAffiliates = Route<ID<ImportBatch>>(
        "/o/{tenant}/afiliados/importaciones/{batch}/revisar")
    /// Gives a file up.
    static let discardAffiliates = Route<ID<ImportBatch>>(
        "/o/{tenant}/afiliados/importaciones/{batch}/descartar")
    /// The rows of a file that were refused.
    static let refusedAffiliates = Route<ID<ImportBatch>>(
        "/o/{tenant}/afiliados/importaciones/{batch}/rechazadas")
    /// Undoes an import.
    static let undoAffiliates = Route<ID<ImportBatch>>(
        "/o/{tenant}/afiliados/importaciones/{batch}/deshacer")
}

extension MunicipalityCode: PathValue {}

/// The states of an affiliation, as addresses name them.
enum AffiliationStateChoice: String, PathValue, CaseIterable {
    case active = "activos"
    case suspended = "suspendidos"
    case retired = "retirados"
    case deceased = "fallecidos"

    /// The state of the domain.
    var state: AffiliationState {
        switch self {
        case .active: .active
        case .suspended: .suspended
        case .retired: .retired
        case .deceased: .deceased
        }
    }

    /// The words on the filter.
    var title: String { rawValue.capitalizedFirst }
}

extension AffiliateImportRecord.Standing {
    /// The standing as a chip.
    var status: Status {
        switch self {
        case .checking: Status("En revisión", .open)
        case .checked: Status("Por confirmar", .due)
        case .merging: Status("Importando", .open)
        case .failed: Status("Falló", .overdue)
        case .merged, .undoFailed: Status("Importado", .met)
        case .undoing: Status("Deshaciendo", .open)
        case .undone: Status("Deshecho", .exempt)
        case .discarded: Status("Descartado", .exempt)
        }
    }

    /// Whether the server is at work on it.
    var isOpen: Bool { self == .checking || self == .merging || self == .undoing }
}
