import Foundation
import Kernel
import Reporting
import Tenancy

/// The alliances of a control body's municipalities, and the entities of which none is known.
struct TerritoryPage: ListPage {
    static let columns: [Column<ComplianceRow, ComplianceSort>] =
        [
            .text("Entidad", sort: .entity) { $0.entityName },
            .text("Alianza", sort: .alliance, to: { $0.watchedPage }) { row in
                switch row.information {
                case .alliance(_, let name, _, _): name
                case .withoutAlliance: "Sin alianza aquí"
                case .none: "Sin información"
                }
            },
            .text("Municipio", sort: .municipality) { $0.municipality },
        ] + Obligation.Code.marks + [
            .date("Próxima fecha", sort: .dueOn) { $0.dueOn },
            .text("Elección por convocar") { $0.electionInWords },
        ]

    static let filters = ComplianceFilters()

    let municipalities: [Municipality]
    let query: ListQuery<ComplianceSort>
    let found: Found<ComplianceRow>
    let all: [ComplianceRow]
    let reckonedAt: Date?

    var title: String { "Alianzas de su territorio" }
    var lead: String? {
        switch municipalities.count {
        case 0: "Su entidad no tiene municipios asignados. Pídalos a quien opera la plataforma."
        case 1...4: "Municipios: \(SpanishFormat.list(municipalities.map(\.title)))."
        default: "\(SpanishFormat.number(municipalities.count)) municipios."
        }
    }
    var help: HelpTopic { "territorio" }

    func actions(_ html: inout HTML) {
        html.action("Compromisos", to: .territoryCommitments())
        html.action("Quejas en cifras", to: .territoryComplaints())
    }

    func body(_ html: inout HTML) {
        if let reckonedAt {
            // The hour ends in a full stop of its own.
            html.p("Datos al \(SpanishFormat.longDateAndTime(reckonedAt))")
        }
        html.complianceTotals(of: all, at: query.unfiltered, without: true)
        html.obligationLegend()
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.state)
                form.field(Self.filters.code)
                form.field(Self.filters.information)
            }, empty: EmptyState("Todavía no hay alianzas en sus municipios."))
        writeUnknown(&html)
    }

    /// Writes the entities of which nothing is known, unless the list is already theirs.
    private func writeUnknown(_ html: inout HTML) {
        let unknown = all.filter { InformationChoice.none.holds(for: $0) }
        guard !unknown.isEmpty, query[Self.filters.information] != InformationChoice.none else { return }
        html.details(.class("obligation-norm")) { more in
            more.summary(
                SpanishFormat.count(
                    unknown.count, "entidad sin información", "entidades sin información"))
            more.p(
                """
                Son EPS de las que no se sabe si atienden en su territorio ni si tienen alianza: no trabajan en esta plataforma, o su \
                padrón no tiene afiliados en estos municipios. No es un incumplimiento.
                """
            )
            more.p(SpanishFormat.list(unknown.map(\.entityName)) + ".")
        }
    }
}

extension ComplianceRow {
    /// The name of the entity; catalogues write some of them in capitals.
    fileprivate var entityName: String {
        guard entity == entity.uppercased(), entity.count > 6 else { return entity }
        let small: Set<String> = ["de", "del", "la", "las", "los", "y", "e", "en", "para"]
        return entity.split(separator: " ").enumerated().map { index, word in
            let lower = word.lowercased()
            if index > 0, small.contains(lower) { return lower }
            // Abbreviations stay: EPS, S.A.S., ESS.
            if word.contains(".") || !lower.contains(where: "aeiouáéíóú".contains) || word.count <= 3 {
                return String(word)
            }
            return lower.prefix(1).uppercased() + lower.dropFirst()
        }.joined(separator: " ")
    }

    /// The election that falls due, in words; `nil` where none does.
    fileprivate var electionInWords: String? {
        guard electionsDue > 0 else { return nil }
        return electionDueOn.map { "Antes del \(SpanishFormat.shortDate($0))" } ?? "Nunca se ha elegido"
    }

    /// The page of the alliance for its control body.
    fileprivate var watchedPage: Path? {
        guard let organization, let alliance else { return nil }
        return .watchedAlliance(organization, alliance)
    }
}

/// An alliance as its control body sees it: where it stands and what shows it.
struct WatchedAlliancePage: Page {
    let watched: WatchedAlliance

    var title: String { watched.profile.name }
    var lead: String? {
        "\(watched.profile.organizationName) · \(SpanishFormat.list(watched.profile.profile.municipalities))"
    }
    var trail: [Crumb] { [Crumb("Su territorio", .territory())] }
    var help: HelpTopic { "territorio" }

    func actions(_ html: inout HTML) {
        guard watched.profile.state != .draft,
            let tenant = TenantSlug(rawValue: watched.profile.organizationSlug),
            let alliance = AllianceSlug(rawValue: watched.profile.slug)
        else { return }
        html.action("Página pública", to: .publicAlliance(tenant, alliance), icon: .external)
    }

    func body(_ html: inout HTML) {
        html.p(.class("alliance-state")) { $0.status(watched.profile.state.status) }
        html.complianceFigures(watched.standings)
        if watched.standings.contains(where: { !$0.normIsConfirmed }) { html.confirmationNote() }
        let views = ObligationView.list(watched.obligations, watched.standings)
        html.section("Obligaciones") { part in
            part.div(.class("obligations")) { list in
                for view in views where view.standing.state != .notApplicable {
                    list.obligation(
                        view, link: { _ in nil },
                        nextLabel: "Lo que se le indica a la alianza")
                }
            }
        }
        let exempt = views.filter { $0.standing.state == .notApplicable }
        if !exempt.isEmpty {
            html.section("No aplican a esta alianza") { part in
                part.ul { list in
                    for view in exempt { list.li("\(view.obligation.title). \(view.standing.finding)") }
                }
            }
        }
        let due = watched.profile.profile.electionsDue ?? []
        if !due.isEmpty {
            html.section("Elecciones por convocar") { part in
                part.ul { list in
                    for election in due { list.li(election.words) }
                }
            }
        }
        if let figures = watched.figures { html.figureSections(of: figures) }
        html.section("Representación") { $0.representation(of: watched.profile.profile) }
    }
}

extension AllianceProfile.ElectionDue {
    /// What is due, in a sentence.
    fileprivate var words: String {
        let seats = SpanishFormat.count(seats, "puesto", "puestos")
        let vacant = vacant > 0 ? ", \(vacant == 1 ? "uno vacante" : "\(vacant) vacantes")" : ""
        let due = dueOn.map { "antes del \(SpanishFormat.date($0))" } ?? "nunca se ha elegido"
        return "\(body): \(seats)\(vacant); \(due). No se ha comenzado la elección."
    }
}
