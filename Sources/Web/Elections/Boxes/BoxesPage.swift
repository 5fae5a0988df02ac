import Elections
import Foundation
import Kernel
import Tenancy

/// The electronic boxes of a process.
struct BoxesPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let boxes: [BallotBox]
    let mayRun: Bool
    let openChallenges: Int
    let now: Date

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
                "En esta elección se vota solo en papel. Con una urna electrónica se vota desde un equipo en la mesa. Leer un voto toma a varios custodios de la llave juntos, y cualquiera puede comprobar la cuenta."
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
                    item.p(box.hours(toldAt: now), .class("form-text"))
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

    /// When it takes ballots, as a part of a sentence.
    var hours: String { BoxHours(from: choices.opensAt, until: choices.closesAt).words }

    /// When it takes ballots, or took them, as a sentence.
    func hours(toldAt now: Date) -> String {
        SpanishFormat.sentence(
            BoxHours(from: choices.opensAt, until: choices.closesAt).told(in: state, at: now))
    }
}

/// The hours of a box in words: «el jueves 21 de enero de 2027, de 8:00 a. m. a 12:00 m.».
struct BoxHours {
    let words: String
    private let end: Date

    init(from start: Date, until end: Date) {
        self.end = end
        let period = SpanishFormat.period(from: start, until: end)
        words = period.hasPrefix("de") ? period : "el \(period)"
    }

    /// Whether ballots are taken at that time, by how the box stands now. After its hours it takes none, also while nobody has
    /// closed it. Of one that was closed or annulled they are what was announced: people open and close when they do.
    func told(in state: BallotBox.State, at now: Date) -> String {
        switch state {
        case .preparing where now < end, .sealed where now < end, .open where now < end:
            "Recibe votos \(words)"
        case .preparing, .sealed, .open, .closed, .tallied, .counted, .annulled: "Su horario era \(words)"
        }
    }
}
