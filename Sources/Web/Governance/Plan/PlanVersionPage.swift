import Governance
import Kernel
import Tenancy

/// A version of a plan: a draft that is edited, or one that was replaced.
struct PlanVersionPage: Page {
    let heading: AllianceHeading
    let answer: ReadPlan.Answer
    let version: WorkPlan
    let rights: PlanRights

    var title: String {
        version.isReserved
            ? "\(version.title), borrador de la junta" : "\(version.title), versión \(version.version)"
    }
    var lead: String? { version.changeReason.map { "Motivo del cambio: \($0)." } }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(version.year)", .plan(heading.slug, version.year))]
    }
    var help: HelpTopic { "plan" }

    func actions(_ html: inout HTML) {
        guard version.isDraft, rights.mayRegister else { return }
        let (slug, year) = (heading.slug, version.year)
        html.action("Cambiar título y objetivo", to: Path.describePlan(slug, year).about(version))
        html.action("Importar de una hoja de cálculo", to: Path.importPlan(slug, year).about(version))
        html.action("Descartar", to: Path.dropPlan(slug, year).about(version))
        let add = Path.newActivity(slug, year).about(version)
        if version.isReserved, version.activityCount > 0 {
            html.action("Agregar una actividad", to: add, icon: .plus)
            html.action("Compartir con la entidad", to: .sharePlan(slug, year), .primary)
            return
        }
        if !version.isReserved, rights.mayFollow, version.activityCount > 0 {
            html.action("Anotar la aprobación", to: .approvePlan(slug, year))
        }
        html.action("Agregar una actividad", to: add, .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        if version.isReserved {
            html.note(
                .info,
                "Es del espacio propio de la junta: la entidad no lo ve. Cuando esté listo, compártalo; después lo aprueban los asociados en una asamblea."
            )
        }
        html.p { line in
            line.status(
                version.isDraft
                    ? Status("Borrador", .open)
                    : version.id == answer.plan?.id ? Status("Vigente", .met) : Status("Reemplazada", .sealed)
            )
        }
        html.p(version.objective, .class("statement"))
        let fulfilment = PlanFulfilment(of: version, by: [], on: answer.today)
        for axis in version.axes {
            html.planAxis(axis, fulfilment, answer, in: heading.slug, isCounted: false)
        }
        html.facts(
            Fact("Principios", SpanishFormat.list(version.principles)),
            Fact("Lineamiento que sigue", version.guideline),
            Fact("Presupuesto", version.budget.map(SpanishFormat.pesos)),
            Fact(
                "Aprobada",
                version.approvedOn.map { day in
                    [SpanishFormat.date(day), version.approvedIn].compactMap(\.self).joined(separator: ", ")
                } ?? "Todavía no"))
    }
}
