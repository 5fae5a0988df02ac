import Kernel
import Membership

extension HTML {
    /// Writes what the facts say of a person, requirement by requirement, each with what cures it and its norm.
    mutating func outcomes(of dossier: Dossier) {
        ul(.class("dossier")) { list in
            for outcome in dossier.outcomes { list.li { $0.outcome(outcome) } }
        }
        confirmationLegend(if: dossier.outcomes.contains { !$0.requirement.isNormConfirmed })
    }

    private mutating func outcome(_ outcome: Outcome) {
        div(.class("dossier-head")) { head in
            head.h3(outcome.requirement.question)
            head.status(outcome.verdict.status)
        }
        p(outcome.explanation)
        if let cure = outcome.cure {
            p { line in
                line.strong("Qué hacer: ")
                line.text(cure)
            }
        }
        p(
            outcome.requirement.norm.marked(isConfirmed: outcome.requirement.isNormConfirmed),
            .class("form-text"))
    }
}
