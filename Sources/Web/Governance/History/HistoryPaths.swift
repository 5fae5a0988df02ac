import Governance
import Kernel

extension Path {
    /// What is known from paper of the time before the product.
    static let history = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/historia")
    /// Takes a sheet of it in.
    static let importHistory = Route<AllianceSlug, HistoryKind>(
        "/o/{tenant}/alianzas/{alliance}/historia/{kind}/importar")
    /// The spreadsheet to fill in.
    static let historyTemplate = Route<AllianceSlug, HistoryKind>(
        "/o/{tenant}/alianzas/{alliance}/historia/{kind}/plantilla")
    /// What an import brought.
    static let historyImport = Route<AllianceSlug, ID<HistoryImport>>(
        "/o/{tenant}/alianzas/{alliance}/historia/importaciones/{import}")
    /// Adds scans to what an import brought.
    static let addHistoryScans = Route<AllianceSlug, ID<HistoryImport>>(
        "/o/{tenant}/alianzas/{alliance}/historia/importaciones/{import}/escaneos")
    /// Takes an import back.
    static let undoHistory = Route<AllianceSlug, ID<HistoryImport>>(
        "/o/{tenant}/alianzas/{alliance}/historia/importaciones/{import}/deshacer")
}

extension HistoryKind: PathValue {
    init?(pathText: String) {
        guard let kind = Self.allCases.first(where: { $0.pathText == pathText }) else { return nil }
        self = kind
    }

    var pathText: String {
        switch self {
        case .mandates: "periodos"
        case .minutes: "actas"
        case .elections: "elecciones"
        }
    }
}
