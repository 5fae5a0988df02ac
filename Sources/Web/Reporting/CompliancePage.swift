import Elections
import Foundation
import Governance
import Kernel
import Reporting
import Tenancy

/// Where an alliance stands on each of its obligations.
struct CompliancePage: AlliancePage {
    let heading: AllianceHeading
    let answer: ComplianceOfAlliance.Output
    /// Where what is next of each obligation is done.
    let steps: [Obligation.Code: Path]
    /// Whether the person may confirm terms.
    let mayConfirm: Bool

    var tab: AllianceTab { .compliance }
    var help: HelpTopic { "cumplimiento" }

    func actions(_ html: inout HTML) {
        html.action("Cifras para los organismos de control", to: .allianceFigures(heading.slug))
    }

    func content(_ html: inout HTML) {
        let views = ObligationView.list(answer.obligations, answer.standings)
        guard !views.isEmpty else {
            html.emptyState(
                EmptyState(
                    "El cumplimiento se calcula unos segundos después de cada cambio. Vuelva a abrir esta página."
                ))
            return
        }
        html.complianceFigures(answer.standings)
        if answer.standings.contains(where: { !$0.normIsConfirmed }) { html.confirmationNote() }
        let asked = views.filter { $0.standing.state != .notApplicable }
        html.section("Obligaciones") { part in
            part.div(.class("obligations")) { list in
                for view in asked { write(view, &list) }
            }
        }
        let exempt = views.filter { $0.standing.state == .notApplicable }
        if !exempt.isEmpty {
            html.section("No aplican a esta alianza") { part in
                part.ul { list in
                    for view in exempt {
                        list.li("\(view.obligation.title). \(view.standing.finding)")
                    }
                }
            }
        }
        history(&html)
    }

    private func write(_ view: ObligationView, _ html: inout HTML) {
        let code = view.obligation.code
        html.obligation(
            view, link: { place(of: $0) }, step: steps[code],
            terms: mayConfirm && !code.parameterNames.isEmpty ? .allianceTerms(heading.slug, code) : nil)
    }

    private func place(of evidence: Evidence) -> Path {
        let slug = heading.slug
        return switch evidence.kind {
        case .alliance: .alliance(slug)
        case .constitution, .registration: Path.governance(slug).at(anchor: "constitucion")
        case .bylaws: Path.governance(slug).at(anchor: "estatutos")
        case .mandate: .governance(slug)
        case .process:
            evidence.subject.flatMap(ID<ElectoralProcess>.init).map { .process(slug, $0) } ?? .processes(slug)
        case .meeting:
            evidence.subject.flatMap(ID<Meeting>.init).map { .meeting(slug, $0) } ?? .meetings(slug)
        case .plan, .report: .meetings(slug)
        }
    }

    private func history(_ html: inout HTML) {
        let columns: [Column<ObligationChange, ComplianceSort>] = [
            .instant("Cuándo") { $0.changedAt },
            .text("Obligación") { change in
                answer.obligations.first { $0.code == change.code }?.title ?? change.code.rawValue
            },
            .status("Pasó a") { $0.state.status },
            .text("Por qué") { $0.finding },
        ]
        html.section("Cambios de estado", id: "cambios") { part in
            part.details { more in
                more.summary("Ver los últimos cambios")
                more.table("Cambios de estado", columns, Array(answer.changes.prefix(30)))
            }
        }
    }
}
