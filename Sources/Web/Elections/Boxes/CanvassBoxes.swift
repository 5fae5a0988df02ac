import Elections
import Kernel
import Tenancy

extension HTML {
    /// Writes the electronic boxes of an acta: their sums beside those of the tables, the archive that they are of, and who
    /// keeps the key.
    mutating func boxes(_ report: CanvassReport) {
        guard let boxes = report.boxes, !boxes.isEmpty else { return }
        section(boxes.count == 1 ? "Urna electrónica" : "Urnas electrónicas") { part in
            part.sums(boxes, report)
            for box in boxes { part.section(box.title) { $0.archive(of: box) } }
        }
    }

    private mutating func sums(_ boxes: [CanvassReport.Box], _ report: CanvassReport) {
        let counted = boxes.filter(\.isCounted)
        guard !counted.isEmpty else { return }
        var columns: [Column<CanvassReport.Box, NoSort>] = [.text("Urna") { $0.title }]
        for (index, line) in report.lines.enumerated() {
            columns.append(.integer(line.name) { $0.votes.indices.contains(index) ? $0.votes[index] : 0 })
        }
        columns += [.integer("En blanco") { $0.blank }, .integer("Votantes") { $0.ballots }]
        table("Sumas de cada urna electrónica", columns, counted)
        p(
            "Los votos se sumaron cifrados y solo se descifró la suma. En la urna electrónica no hay votos nulos ni tarjetones sin marcar.",
            .class("form-text"))
    }

    private mutating func archive(of box: CanvassReport.Box) {
        if let annulledAt = box.annulledAt {
            note(.warning, "Anulada") { note in
                note.p(
                    "Dos personas la anularon el \(SpanishFormat.longDateAndTime(annulledAt)) \(box.isCounted ? "Sus votos no cuentan; sus sumas quedan aquí como constancia." : "Sus votos no cuentan y no se descifraron.")"
                )
                if let reason = box.annulment { note.p(SpanishFormat.sentence("Motivo: \(reason)")) }
            }
        }
        facts(
            [
                Fact("Abrió", box.openedAt.map { SpanishFormat.longDateAndTime($0) }),
                Fact("Cerró", box.closedAt.map { SpanishFormat.longDateAndTime($0) }),
                Fact("Votaron en ella", SpanishFormat.count(box.ballots, "persona", "personas")),
                Fact(
                    "Números de seguimiento",
                    "\(SpanishFormat.number(box.cast)), uno por cada papeleta del archivo, también las que su votante reemplazó"
                ),
                Fact("Archivo", "\(box.uuid).bel"),
                Fact("Último eslabón del archivo") { $0.code(box.head, .class("digest")) },
                Fact("Huella de la elección") { $0.code(box.fingerprint, .class("digest")) },
                Fact("Custodios de la llave", box.keepers),
                box.exclusions.isEmpty ? Fact("Votos excluidos antes de contar", "Ninguno") : nil,
            ].compactMap(\.self))
        exclusions(of: box)
        contradictions(of: box)
    }

    private mutating func exclusions(of box: CanvassReport.Box) {
        guard !box.exclusions.isEmpty else { return }
        p("Votos excluidos antes de contar, con sus números de seguimiento:")
        ul { list in
            for exclusion in box.exclusions {
                list.li { item in
                    for tracker in exclusion.trackers {
                        item.code(tracker, .class("digest"))
                        item.text(" ")
                    }
                    item.text(
                        "El \(SpanishFormat.longDateAndTime(exclusion.decidedAt)) \(exclusion.reason.map { SpanishFormat.sentence("Motivo: \($0)") } ?? "El motivo está en el acta.")"
                    )
                }
            }
        }
    }

    private mutating func contradictions(of box: CanvassReport.Box) {
        guard let contradictions = box.contradictions, !contradictions.isEmpty else { return }
        p("Contradicciones que dos personas resolvieron antes de contar:")
        ul { list in
            for found in contradictions {
                list.li { item in
                    item.text("Mesa \(found.table). \(found.matter). ")
                    item.text(
                        found.isLeftOut
                            ? "Se excluyó el voto electrónico" : "Los votos quedaron como estaban")
                    item.text(" el \(SpanishFormat.longDateAndTime(found.decidedAt)) ")
                    item.text(
                        found.decision.map { SpanishFormat.sentence("Se decidió: \($0)") }
                            ?? "La decisión está en el acta.")
                }
            }
        }
    }

    /// Writes where anybody sees the ballots of the boxes of an acta, and takes their archives along.
    mutating func boxBoards(of report: CanvassReport, in tenant: TenantSlug) {
        for box in report.boxes ?? [] {
            p { line in
                line.a(
                    "Tablero público de la \(box.title.lowercasedFirst), con su archivo",
                    .href(.receipt(tenant, ElectionUUID(rawValue: box.uuid))))
            }
        }
    }
}

extension CanvassReport.Box {
    /// Its name on screens.
    fileprivate var title: String { "Urna n.º \(number)\(isAnnulled ? " (anulada)" : "")" }

    /// Who keeps the key, in words.
    fileprivate var keepers: String {
        let named = trustees.map { trustee in
            trustee.name.map { "\($0) (\(trustee.body.lowercasedFirst))" } ?? trustee.body.lowercasedFirst
        }
        return "\(SpanishFormat.list(named)); bastaban \(SpanishFormat.number(threshold))"
    }
}
