import Elections
import Foundation
import Kernel
import Tenancy

extension Path {
    /// The order of the ballot of a contest, and its draw.
    static let ballotOrder = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/orden/{contest}")
    /// Writes the number of that draw down.
    static let ballotOrderNumber = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/orden/{contest}/numero")
    /// Confirms the number, which draws.
    static let confirmBallotOrder = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/orden/{contest}/confirmar")
}

/// The order in which those who stand are on the ballot: how its draw goes, and what came out.
struct BallotOrderPage: Page {
    let heading: AllianceHeading
    let list: SlateList
    let contest: Contest
    let order: BallotOrder
    let mayCanvass: Bool
    let mayConfirm: Bool
    let form: FormState

    var title: String { "Orden del tarjetón" }
    var lead: String? { contest.name }
    var trail: [Crumb] { heading.trail(toSlatesOf: list.process) }
    var help: HelpTopic { "planchas" }

    private var process: ID<ElectoralProcess> { list.process.id }

    func body(_ html: inout HTML) {
        if let file = order.file {
            html.p(
                "El orden vale para la pantalla y para el papel. Se sortea una sola vez; el voto en blanco va siempre al final."
            )
            DrawSteps(
                file: file,
                paths: DrawSteps.Paths(
                    announce: .ballotOrder(heading.slug, process, contest.id),
                    number: .ballotOrderNumber(heading.slug, process, contest.id),
                    confirm: .confirmBallotOrder(heading.slug, process, contest.id),
                    back: .slates(heading.slug, process)),
                mayCanvass: mayCanvass, mayConfirm: mayConfirm, form: form
            ).write(&html)
        } else if order.draw == nil, let refusal = order.refusal {
            html.note(.info, refusal.message)
        }
        if order.file == nil, !order.standing.isEmpty { writeOrder(&html) }
    }

    private func writeOrder(_ html: inout HTML) {
        html.section(order.draw == nil ? "Por ahora, como se inscribieron" : "Así quedó el orden") { part in
            part.ol { list in for name in order.standing { list.li(name) } }
            part.p("Después va el voto en blanco.", .class("form-text"))
            if !order.latecomers.isEmpty {
                part.p(
                    "Van al final, porque se admitieron después del sorteo: \(SpanishFormat.list(order.latecomers))."
                )
            }
        }
        if let draw = order.draw {
            html.section("El sorteo") { $0.draw(draw, .ballotOrder, steps: draw.orderSteps) }
        }
    }
}
