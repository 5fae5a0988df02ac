import Elections
import Kernel

extension VotingDayPage {
    /// Writes whose marks of paper and box contradict each other, by the boxes where that is decided.
    func writeConflicts(_ html: inout HTML) {
        for box in boxes where box.openConflicts > 0 {
            html.note(.warning, "Hay contradicciones por resolver") { note in
                note.p { line in
                    line.text(
                        "\(SpanishFormat.count(box.openConflicts, "persona aparece", "personas aparecen")) con voto en papel y en la urna electrónica. Lo deciden dos personas en "
                    )
                    line.a(
                        box.box.title, .href(.box(heading.slug, process.id, box.box.id)))
                    line.text(".")
                }
            }
        }
    }

    /// Says which opening is for what: a box opens by itself, not with its tables.
    func writeOpenings(_ html: inout HTML) {
        guard boxes.contains(where: { [.sealed, .open].contains($0.box.state) }) else { return }
        html.p(
            "La urna electrónica la abren dos personas en su página, y desde entonces recibe votos aunque la mesa diga «Sin abrir». Abrir la votación en la mesa es solo para el papel."
        )
    }

    /// Writes the ways to the electronic boxes that are voted at a table.
    func writeBoxes(at table: DayTable, _ item: inout HTML) {
        guard mayRunBooths, mayRun || isMine(table) else { return }
        for box in boxes.map(\.box) where [.sealed, .open, .closed].contains(box.state) {
            item.div(.class("poll-actions")) { actions in
                actions.action(
                    "\(box.title) en esta mesa",
                    to: .boxTable(heading.slug, process.id, box.id, table.id))
                if box.choices.allowsKiosk, box.state != .closed {
                    actions.action(
                        "Convertir este equipo en cabina",
                        to: .openKiosk(heading.slug, process.id, table.id))
                }
            }
        }
    }
}
