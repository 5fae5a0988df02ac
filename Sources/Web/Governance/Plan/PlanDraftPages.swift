import Governance
import Kernel
import Tenancy

/// Shares the board's draft with the entity.
struct SharePlanPage: Page {
    static let reason = Field.paragraphs(
        "reason", "Por qué se cambia el plan que rige", max: 1000, rows: 3,
        hint: "Queda escrito con la nueva versión."
    ).optional()

    let heading: AllianceHeading
    let draft: WorkPlan
    let answer: ReadPlan.Answer
    let form: FormState

    var title: String { "Compartir el borrador del plan \(draft.year)" }
    var lead: String? {
        guard answer.draft == nil else { return nil }
        return
            "La entidad lo verá completo: \(SpanishFormat.count(draft.activityCount, "actividad", "actividades")). No se puede deshacer. Después se propone a los asociados, que son quienes lo aprueban."
    }
    var trail: [Crumb] { heading.trail(toEdit: draft) }
    var help: HelpTopic { "plan" }

    /// Whether the year has an approved plan and the draft, begun as the first, does not say why it changes it.
    private var asksReason: Bool { answer.plan?.isDraft == false && draft.changeReason == nil }

    func body(_ html: inout HTML) {
        if let other = answer.draft {
            html.note(.warning, "La entidad ya ve otro borrador del plan de \(draft.year).") { note in
                note.p("Solo cabe uno. Cuando los asociados lo aprueben, o si se descarta, comparta el suyo.")
                note.p(.class("part-actions")) {
                    $0.action("Abrir el otro borrador", to: other.path(in: heading.slug))
                }
            }
            return
        }
        html.form(to: .sharePlan(heading.slug, draft.year), form) { form in
            if asksReason { form.field(Self.reason) }
            form.submit("Compartir con la entidad", orBackTo: .ownPlan(heading.slug, draft.year))
        }
    }
}

/// Gives up a draft.
struct DropPlanPage: Page {
    static let reason = Field.paragraphs(
        "reason", "Por qué se descarta", max: 1000, rows: 3, hint: "Queda en el registro de la alianza.")

    let heading: AllianceHeading
    let draft: WorkPlan
    let form: FormState

    var title: String { "Descartar el borrador del plan \(draft.year)" }
    var lead: String? {
        "Se pierde lo que tiene: \(SpanishFormat.count(draft.activityCount, "actividad", "actividades")). No se puede deshacer."
    }
    var trail: [Crumb] { heading.trail(toEdit: draft) }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        html.form(to: Path.dropPlan(heading.slug, draft.year).about(draft), form) { form in
            form.field(Self.reason)
            form.submit("Descartar el borrador", .danger, orBackTo: draft.path(in: heading.slug))
        }
    }
}

extension AllianceHeading {
    /// The way to what is done with a draft.
    func trail(toEdit draft: WorkPlan) -> [Crumb] {
        let plan = trail(from: .plan) + [Crumb("Plan de \(draft.year)", .plan(slug, draft.year))]
        return draft.isReserved
            ? plan + [Crumb("Borrador de la junta", .ownPlan(slug, draft.year))] : plan
    }
}
