import Elections
import Governance
import Kernel
import Membership
import Postgres
import Reporting
import Tenancy

extension Path {
    /// The members of an alliance.
    static let members = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/asociados")
    /// Bylaws, bodies, seats and mandates of an alliance.
    static let governance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno")
    /// The meetings and minutes of an alliance.
    static let meetings = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/reuniones")
    /// The electoral processes of an alliance.
    static let processes = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/elecciones")
    /// How an alliance stands with its obligations.
    static let compliance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/cumplimiento")
}

/// The pages that every alliance has, each filled by its module.
enum AllianceTab: CaseIterable {
    case own, summary, members, governance, plan, meetings, between, elections, complaints, documents
    case compliance

    /// What it is called on its tab.
    var title: String {
        switch self {
        case .own: "Mi alianza"
        case .summary: "Resumen"
        case .members: "Asociados"
        case .governance: "Gobierno"
        case .plan: "Plan"
        case .meetings: "Reuniones y actas"
        case .between: "Entre reuniones"
        case .elections: "Elecciones"
        case .complaints: "Quejas y mejoras"
        case .documents: "Documentos"
        case .compliance: "Cumplimiento"
        }
    }

    /// The right that its page asks for.
    fileprivate var permission: Permission {
        switch self {
        case .own: .seeOwnFile
        case .summary: .seeAlliances
        case .members: .seeMembers
        case .governance, .plan, .meetings: .readGovernance
        case .between: .keepOrientations
        case .elections: .seeProcesses
        case .complaints: .readComplaints
        case .documents: .seeDocuments
        case .compliance: .seeCompliance
        }
    }

    fileprivate func path(of alliance: AllianceSlug) -> Path {
        switch self {
        case .own: .ownAlliance(alliance)
        case .summary: .alliance(alliance)
        case .members: .members(alliance)
        case .governance: .governance(alliance)
        case .plan: .plans(alliance)
        case .meetings: .meetings(alliance)
        case .between: .between(alliance)
        case .elections: .processes(alliance)
        case .complaints: .complaints(alliance)
        case .documents: .documents(alliance)
        case .compliance: .compliance(alliance)
        }
    }
}

/// An alliance as its pages know it: found by its address, and the person may see it.
struct AllianceHeading: Sendable {
    let alliance: Alliance
    let slug: AllianceSlug
    /// Who looks.
    let principal: Principal

    /// Where acts of the alliance are written, and their rights asked.
    var stream: AuditStream { .alliance(alliance.id) }

    /// Those of its pages that the person may open.
    var tabs: [AllianceTab] { AllianceTab.allCases.filter { principal.holds($0.permission, in: stream) } }

    /// The way to one of its pages, where the person may open it.
    func path(to tab: AllianceTab) -> Path? { tabs.contains(tab) ? tab.path(of: slug) : nil }

    fileprivate var crumbs: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Alianzas", .alliances())]
    }
}

extension TenantContext {
    /// An alliance as its pages know it; `nil` where the person may not see it.
    func heading(of alliance: Alliance) -> AllianceHeading? {
        guard maySee(alliance.id),
            let slug = AllianceSlug(rawValue: alliance.slug)
        else { return nil }
        return AllianceHeading(alliance: alliance, slug: slug, principal: principal)
    }
}

/// One of the main pages of an alliance: its state and tabs stand above what the page writes.
///
/// Pages further in (one slate, one form) are plain pages with the trail of ``AllianceHeading/trail(from:)``.
protocol AlliancePage: Page {
    /// The alliance.
    var heading: AllianceHeading { get }
    /// Which of its pages this is.
    var tab: AllianceTab { get }
    /// Writes the page below the tabs.
    func content(_ html: inout HTML)
}

extension AlliancePage {
    var title: String { tab == .summary ? heading.alliance.name : tab.title }
    var trail: [Crumb] {
        tab == .summary
            ? heading.crumbs : heading.crumbs + [Crumb(heading.alliance.name, .alliance(heading.slug))]
    }

    func body(_ html: inout HTML) {
        html.p(.class(tab == .summary ? "alliance-state" : "alliance-state alliance-state-elsewhere")) {
            line in
            line.status(heading.alliance.state.status)
            if let site = heading.alliance.siteName { line.text(" \(site)") }
        }
        html.tabs(
            "Páginas de la alianza",
            heading.tabs.map { tab in
                Tab(tab.title, tab.path(of: heading.slug), isCurrent: tab == self.tab)
            })
        content(&html)
    }
}

extension AllianceHeading {
    /// The way to a page further in: home, alliances, the alliance, and the tab that the page belongs to.
    func trail(from tab: AllianceTab) -> [Crumb] {
        let alliance = Crumb(alliance.name, .alliance(slug))
        guard tab != .summary else { return crumbs + [alliance] }
        return crumbs + [alliance, Crumb(tab.title, tab.path(of: slug))]
    }
}

extension Alliance.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .draft, .convened, .enrolling: Status(title, .open)
        case .constituted, .registered: Status(title, .plain)
        case .active: Status(title, .met)
        case .renewalDue: Status(title, .due)
        case .expired: Status(title, .overdue)
        case .dissolved: Status(title, .sealed)
        }
    }
}
