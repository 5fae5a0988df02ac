import Foundation
import Kernel
import Reporting

/// An obligation with where the alliance stands on it.
struct ObligationView: Sendable {
    let obligation: Obligation
    let standing: Standing

    /// Joins obligations with standings: what asks most for attention first.
    static func list(_ obligations: [Obligation], _ standings: [Standing]) -> [Self] {
        standings.compactMap { standing in
            obligations.first { $0.code == standing.code }.map { Self(obligation: $0, standing: standing) }
        }.sorted { left, right in
            left.standing.state.urgency == right.standing.state.urgency
                ? left.obligation.code < right.obligation.code
                : left.standing.state.urgency > right.standing.state.urgency
        }
    }
}

extension [Standing] {
    /// How many are in each state.
    var tally: ObligationTally { ObligationTally(map(\.state)) }
}

extension HTML {
    /// Writes how many obligations are met, and how many are in each state that asks for something.
    mutating func complianceFigures(_ standings: [Standing]) {
        let tally = standings.tally
        figures(
            [KeyFigure(tally.met, "obligaciones cumplidas")]
                + tally.open.map { KeyFigure($0.count, $0.words) })
    }

    /// Writes what an unconfirmed norm means.
    mutating func confirmationNote() {
        note(.info, "Normas sin confirmar") { note in
            note.p(
                """
                Estas normas se citan como las traen los documentos de las entidades y nadie ha confirmado todavía su texto. \
                Sobre un plazo sin confirmar nada se reporta como vencido.
                """)
        }
    }

    /// Writes an obligation: state, reason, what to do next, norm, what shows it. `link` gives the page of a
    /// thing that shows it, and `step` is that of the next step, for those who may open them.
    mutating func obligation(
        _ view: ObligationView, link: (Evidence) -> Path?, step: Path? = nil, terms: Path? = nil,
        nextLabel: String = "Qué sigue"
    ) {
        let (obligation, standing) = (view.obligation, view.standing)
        article(
            .class("obligation obligation-\(standing.state.status.tone.rawValue)"),
            .id(obligation.code.rawValue)
        ) {
            card in
            card.div(.class("obligation-head")) { head in
                head.h3(obligation.title)
                head.status(standing.state.status)
            }
            card.p(standing.finding, .class("obligation-finding"))
            if let next = standing.next, standing.state != .met || standing.dueOn != nil {
                card.p(.class("obligation-next")) { line in
                    line.strong("\(nextLabel): ")
                    if let path = step {
                        line.a(next.words, .href(path))
                    } else {
                        line.text(next.words)
                    }
                }
            }
            if !standing.evidence.isEmpty {
                card.h4("Lo que lo muestra")
                card.ul(.class("evidence")) { list in
                    for item in standing.evidence { list.evidence(item, at: link(item)) }
                }
            }
            card.details(.class("obligation-norm")) { more in
                more.summary { summary in
                    summary.text("Qué pide la norma")
                    summary.text(standing.normIsConfirmed ? " (confirmada)" : " (sin confirmar)")
                }
                more.p(obligation.duty)
                more.facts(
                    Fact("Código", obligation.code.rawValue), Fact("Norma", standing.norm),
                    Fact(
                        "¿Confirmada?",
                        standing.normIsConfirmed
                            ? "Sí" : "No: nadie ha confirmado que el texto de la norma lo diga así"),
                    Fact("Obliga a", obligation.bound), Fact("Se prueba con", obligation.evidence),
                    Fact("En este estado desde", SpanishFormat.longDate(standing.since)),
                    Fact("Fecha límite") { fact in
                        guard let dueOn = standing.dueOn else { return fact.absent() }
                        fact.text(SpanishFormat.longDate(dueOn))
                        if !standing.deadlineIsConfirmed { fact.text(" (plazo sin confirmar)") }
                    },
                    Fact("Revisada", SpanishFormat.shortDateAndTime(standing.evaluatedAt)))
                if let terms { more.p { $0.a("Confirmar los plazos", .href(terms)) } }
            }
        }
    }

    private mutating func evidence(_ item: Evidence, at path: Path?) {
        li { line in
            if let path {
                line.a(item.title, .href(path))
            } else {
                line.text(item.title)
            }
            let rest = [item.date.map(SpanishFormat.date), item.detail].compactMap { $0 }
            if !rest.isEmpty { line.span(" · " + rest.joined(separator: " · "), .class("evidence-detail")) }
        }
    }
}
