import Elections
import Kernel
import Tenancy

/// The electronic boxes of a process.
struct BoxesPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let boxes: [BallotBox]
    let mayRun: Bool
    let openChallenges: Int

    var title: String { "Urna electrónica" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "urna-electronica" }

    func actions(_ html: inout HTML) {
        guard mayRun, !process.state.isOver else { return }
        html.action(
            "Preparar un simulacro", to: Path.newBox(heading.slug, process.id).with("simulacro", "si"))
        html.action(
            "Preparar una urna", to: .newBox(heading.slug, process.id), boxes.isEmpty ? .primary : .secondary)
    }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .boxes, openChallenges: openChallenges)
        guard !boxes.isEmpty else {
            let words =
                "En esta elección se vota solo en papel. Con una urna electrónica se vota en secreto desde un equipo en la mesa, y cualquiera puede comprobar la cuenta."
            html.emptyState(
                mayRun && !process.state.isOver
                    ? EmptyState(words, next: "Preparar una urna", to: .newBox(heading.slug, process.id))
                    : EmptyState(words))
            return
        }
        html.ul(.class("dossier")) { list in
            for box in boxes {
                list.li { item in
                    item.div(.class("dossier-head")) { head in
                        head.h3 { $0.a(box.title, .href(.box(heading.slug, process.id, box.id))) }
                        head.status(box.status)
                    }
                    item.p(SpanishFormat.sentence("Recibe votos \(box.hours)"), .class("form-text"))
                }
            }
        }
    }
}

extension BallotBox {
    /// Where it stands, as people see it.
    var status: Status {
        let tone: Status.Tone =
            switch state {
            case .preparing: .due
            case .sealed: .sealed
            case .open: .open
            case .closed, .tallied: .partial
            case .counted: .met
            case .annulled: .exempt
            }
        return Status(state.title, tone)
    }

    /// Between which hours it takes ballots.
    var hours: String {
        "desde el \(SpanishFormat.longDateAndTime(choices.opensAt)) hasta el \(SpanishFormat.longDateAndTime(choices.closesAt))"
    }
}
