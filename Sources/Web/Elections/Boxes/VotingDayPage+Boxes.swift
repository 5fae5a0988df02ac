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

    /// Writes which boxes will not be opened, and what is left to who voted in them.
    func writeTooSmall(_ html: inout HTML) {
        for box in boxes.map(\.box) where box.state == .closed && box.isTooSmall {
            html.note(.warning, "La \(box.title.lowercased()) no se abre para contar") { note in
                note.p { line in
                    line.text(
                        "Tiene \(SpanishFormat.count(box.counted, "voto", "votos")), menos de \(BallotBox.fewestInWords). Antes de cerrar la jornada, dos personas la anulan en "
                    )
                    line.a("su página", .href(.box(heading.slug, process.id, box.id)))
                    line.text(
                        "; quienes votaron en ella votan otra vez, en las mesas o en otra urna.")
                }
            }
        }
    }

    /// Asks to close a rehearsal from when the real box is sealed: its booths are taken for those of the vote.
    func writeRehearsals(_ html: inout HTML) {
        guard boxes.contains(where: { !$0.box.isMock && $0.box.state != .preparing }) else { return }
        for box in boxes.map(\.box) where box.isMock && box.state == .open {
            html.note(.warning) { note in
                note.p { line in
                    line.text("El ")
                    line.a(box.title.lowercased(), .href(.box(heading.slug, process.id, box.id)))
                    line.text(
                        " sigue abierto. Ciérrelo, para que nadie use sus cabinas por error.")
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
        // Rehearsals come last.
        let standing = boxes.map(\.box).filter { [.sealed, .open, .closed].contains($0.state) }
        for box in standing.filter({ !$0.isMock }) + standing.filter(\.isMock) {
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
