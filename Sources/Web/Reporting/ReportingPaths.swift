import Kernel
import Reporting
import Tenancy

extension Path {
    /// Where the alliances of an entity stand.
    static let officeCompliance = FixedRoute("/o/{tenant}/cumplimiento")
    /// The entity's own terms of an obligation.
    static let obligationTerms = Route<Obligation.Code>("/o/{tenant}/cumplimiento/plazos/{code}")
    static let termsWithdrawal = Route<Obligation.Code>("/o/{tenant}/cumplimiento/plazos/{code}/retirar")
    /// The terms of an obligation for one alliance.
    static let allianceTerms = Route<AllianceSlug, Obligation.Code>(
        "/o/{tenant}/alianzas/{alliance}/cumplimiento/plazos/{code}")
    static let allianceTermsWithdrawal = Route<AllianceSlug, Obligation.Code>(
        "/o/{tenant}/alianzas/{alliance}/cumplimiento/plazos/{code}/retirar")
    /// Where the alliances of a control body's municipalities stand.
    static let territory = FixedRoute("/o/{tenant}/territorio")
    /// What the alliances of the territory have open of their commitments.
    static let territoryCommitments = FixedRoute("/o/{tenant}/territorio/compromisos")
    /// The complaints of the territory in figures.
    static let territoryComplaints = FixedRoute("/o/{tenant}/territorio/quejas")
    /// The same of the alliances of an entity, for its office.
    static let officeCommitments = FixedRoute("/o/{tenant}/cumplimiento/compromisos")
    static let officeComplaints = FixedRoute("/o/{tenant}/cumplimiento/quejas")
    /// What control bodies are told of the commitments and complaints of an alliance.
    static let allianceFigures = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/cumplimiento/cifras")
    /// An alliance of the territory.
    static let watchedAlliance = Route<ID<Organization>, ID<Alliance>>(
        "/o/{tenant}/territorio/{organization}/{alliance}")
    /// What anybody may know of an alliance.
    static let publicAlliance = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}")
    /// Its open meetings and the dates of its elections, as telephones read them.
    static let publicCalendar = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}/calendario.ics")
    /// A public statement of an alliance.
    static let publicStatement = Route<TenantSlug, AllianceSlug, ID<PublishedStatement>>(
        "/publico/{tenant}/{alliance}/comunicados/{statement}")
    /// A document that an alliance published.
    static let publicDocument = Route<TenantSlug, AllianceSlug, ID<PublishedDocument>>(
        "/publico/{tenant}/{alliance}/documentos/{document}")
    /// Its file as it was published, byte for byte.
    static let publicFile = Route<TenantSlug, AllianceSlug, ID<PublishedDocument>>(
        "/publico/{tenant}/{alliance}/documentos/{document}/archivo")
}

extension Obligation.Code: PathValue {}

extension ObligationState {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .met: .met
        case .partial: .partial
        case .due: .due
        case .overdue: .overdue
        case .unproven: .unproven
        case .notApplicable: .exempt
        }
    }
}

/// What a list is filtered by, as addresses name it.
enum ComplianceChoice: String, PathValue, CaseIterable {
    case overdue = "vencido"
    case due = "por-vencer"
    case unproven = "sin-probar"
    case partial = "parcial"
    case met = "cumple"

    /// The state of the domain.
    var state: ObligationState {
        switch self {
        case .overdue: .overdue
        case .due: .due
        case .unproven: .unproven
        case .partial: .partial
        case .met: .met
        }
    }
}

/// What is known of an entity, as addresses name it.
enum InformationChoice: String, PathValue, CaseIterable {
    case alliance = "con-alianza"
    case withoutAlliance = "sin-alianza"
    case none = "sin-informacion"

    /// The choice in words.
    var title: String {
        switch self {
        case .alliance: "Con alianza"
        case .withoutAlliance: "Sin alianza aquí"
        case .none: "Sin información"
        }
    }

    /// Whether a row is of this sort.
    func holds(for row: ComplianceRow) -> Bool {
        switch (self, row.information) {
        case (.alliance, .alliance), (.withoutAlliance, .withoutAlliance), (.none, .none): true
        default: false
        }
    }
}

/// The orders of a list of compliance.
enum ComplianceSort: String, SortKey {
    case urgency = "urgencia"
    case entity = "entidad"
    case alliance = "alianza"
    case municipality = "municipio"
    case dueOn = "fecha"

    static let initial = Self.urgency
}

/// The questions that lists of compliance are filtered by.
struct ComplianceFilters {
    let words = Field.text("q", "Entidad o alianza", max: 80).optional()
    let state = Field.choice(
        "estado", "Tiene algo…", ComplianceChoice.allCases, title: \.state.title, style: .menu,
        prompt: "En cualquier estado"
    ).optional()
    let code = Field.choice(
        "obligacion", "Obligación", Obligation.Code.allCases, title: \.shortTitle,
        style: .menu, prompt: "Todas"
    ).optional()
    let information = Field.choice(
        "informacion", "Información", InformationChoice.allCases, title: \.title, style: .menu,
        prompt: "Todas"
    ).optional()
}

extension ListQuery<ComplianceSort> {
    /// Filters, orders and pages rows.
    func found(in rows: [ComplianceRow]) -> Found<ComplianceRow> {
        let filters = ComplianceFilters()
        var rows = rows
        if let words = self[filters.words]?.folded {
            rows.removeAll { row in
                let text = [row.entity, row.allianceName ?? "", row.municipality ?? ""]
                return !text.joined(separator: " ").folded.contains(words)
            }
        }
        if let information = self[filters.information] { rows.removeAll { !information.holds(for: $0) } }
        let code = self[filters.code]
        if let state = self[filters.state]?.state {
            rows.removeAll { row in
                if let code { row.states[code] != state } else { row.count(state) == 0 }
            }
        } else if let code {
            rows.removeAll { ($0.states[code] ?? .notApplicable) == .notApplicable }
        }
        rows.sort { left, right in
            let order = precedes(left, right)
            return order
                ?? ((left.entity.folded, left.allianceName ?? "") < (
                    right.entity.folded, right.allianceName ?? ""
                ))
        }
        if isDescending { rows.reverse() }
        return page(of: rows)
    }

    /// Whether a row stands before another; `nil` where the order does not tell. What nothing is known of
    /// stands last.
    private func precedes(_ left: ComplianceRow, _ right: ComplianceRow) -> Bool? {
        switch sort {
        case .urgency:
            let (one, other) = (left.weight, right.weight)
            return one == other ? nil : one > other
        case .entity:
            return left.entity.folded == right.entity.folded ? nil : left.entity.folded < right.entity.folded
        case .alliance:
            return ordered(left.allianceName?.folded, right.allianceName?.folded)
        case .municipality:
            return ordered(left.municipality?.folded, right.municipality?.folded)
        case .dueOn:
            return ordered(left.dueOn, right.dueOn)
        }
    }

    private func ordered<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool? {
        switch (left, right) {
        case (let left?, let right?): left == right ? nil : left < right
        case (nil, nil): nil
        case (_?, nil): true
        case (nil, _?): false
        }
    }
}

extension ComplianceRow {
    /// How much the row asks for attention, as one number: overdue first, then due, unproven, partial. Entities
    /// without information come after all alliances, those without an alliance here before them.
    fileprivate var weight: Int {
        switch information {
        case .none: -2
        case .withoutAlliance: -1
        case .alliance:
            [.overdue, .due, .unproven, .partial].reduce(0) { $0 * 100 + min(count($1), 99) }
        }
    }
}
