import Governance
import Kernel
import Tenancy

/// A commitment with all that became of it.
struct CommitmentPage: Page {
    let heading: AllianceHeading
    let answer: ReadCommitment.Answer
    let mayFollow: Bool
    let mayOpen: Bool

    private var commitment: Commitment { answer.commitment }

    var title: String { "Compromiso de \(commitment.owner.name)" }
    var trail: [Crumb] { heading.trail(from: .meetings) + [Crumb("Compromisos", .commitments(heading.slug))] }
    var help: HelpTopic { "compromisos" }

    func actions(_ html: inout HTML) {
        guard mayFollow else { return }
        let (slug, id) = (heading.slug, commitment.id)
        if commitment.state == .open {
            html.action("Corregir", to: .correctCommitment(slug, id))
            html.action("Anotar un avance", to: .progressCommitment(slug, id))
            html.action("Aplazar", to: .postponeCommitment(slug, id))
            html.action("Descartar", to: .dropCommitment(slug, id))
            html.action("Marcar como cumplido", to: .closeCommitment(slug, id), .primary)
        } else {
            html.action("Reabrir", to: .reopenCommitment(slug, id))
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(commitment.standing(on: answer.today).status) }
        html.p(commitment.activity, .class("statement"))
        let origin = answer.meetings.first { $0.id == commitment.meeting }
        let facts = [
            Fact("Responde", commitment.owner.name), Fact("Correo para recordarle", commitment.email),
            Fact("Hasta el", commitment.dueOn.map(SpanishFormat.longDate) ?? "Sin plazo"),
            Fact("Se adquirió el", SpanishFormat.longDate(commitment.madeOn)),
            Fact("En la reunión") { fact in
                if let origin {
                    fact.a(origin.title, .href(.meeting(heading.slug, origin.id)))
                } else if let finding = answer.origin {
                    fact.text("Entre reuniones, del ")
                    fact.a(
                        "hallazgo \(finding.number) de la veeduría «\(finding.title)»",
                        .href(.oversight(heading.slug, finding.oversight)))
                } else {
                    fact.text("Entre reuniones")
                }
            },
        ]
        html.facts(facts + [answer.cause.map { Fact("Sale de", $0) }].compactMap(\.self))
        if commitment.isReserved {
            html.note(.info, "Es del espacio propio de la alianza: la entidad no lo ve.")
        }
        html.section("Qué ha pasado") { part in
            part.ol(.class("history")) { list in
                for step in answer.steps { list.li { write(step, &$0) } }
            }
        }
    }

    private func write(_ step: CommitmentStep, _ item: inout HTML) {
        let meeting = answer.meetings.first { $0.id == step.meeting }
        item.strong("\(SpanishFormat.date(step.happenedOn)): \(step.kind.title)")
        if let after = step.dueAfter {
            let before = step.dueBefore.map { " (antes \(SpanishFormat.date($0)))" } ?? ""
            item.text(" hasta el \(SpanishFormat.date(after))\(before)")
        }
        if step.kind == .reviewed, let meeting { item.text(", «\(meeting.title)»") }
        item.text(step.note.isEmpty ? "." : ". \(step.note)")
        if let file = step.file {
            item.text(" ")
            if mayOpen {
                item.a("Ver la evidencia", .href(.file(file)))
            } else {
                item.text("Con evidencia adjunta.")
            }
        } else if step.kind == .done {
            item.text(" Sin evidencia adjunta.")
        }
    }
}
