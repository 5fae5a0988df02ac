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
        columns.append(.integer("En blanco") { $0.blank })
        if counted.contains(where: { $0.excluded > 0 }) {
            columns += [.integer("Contados") { $0.ballots }, .integer("Excluidos") { $0.excluded }]
        }
        columns.append(.integer("Votantes") { $0.cameIn })
        table("Sumas de cada urna electrónica", columns, counted)
        p(
            "Los votos se sumaron cifrados y solo se descifró la suma. En la urna electrónica no hay votos nulos ni tarjetones sin marcar.",
            .class("form-text"))
    }

    private mutating func archive(of box: CanvassReport.Box) {
        if let annulledAt = box.annulledAt {
            note(.warning, "Anulada") { note in
                note.p(
                    "La anularon \(box.annullers) el \(SpanishFormat.longDateAndTime(annulledAt)) \(box.isCounted ? "Sus votos no cuentan; sus sumas quedan aquí como constancia." : "Sus votos no cuentan y no se descifraron.")"
                )
                if let reason = box.annulment { note.p(SpanishFormat.sentence("Motivo: \(reason)")) }
            }
        }
        facts(
            [
                Fact("Votaron en ella", box.turnoutWords),
                Fact("Números de seguimiento", box.ballotWords),
                Fact("Archivo que se cuenta", box.file.pathText),
                Fact("Último eslabón") { $0.code(linked(box.head), .class("digest")) },
                closing(of: box),
            ].compactMap(\.self)
                + (box.archives ?? []).dropLast().flatMap { archive in
                    let name = ArchiveName(box.uuid, archive.number).pathText
                    return [
                        Fact("Archivo de antes", "\(name), como estaba antes de excluir; no cambia más"),
                        Fact("Último eslabón de \(name)") {
                            $0.code(linked(archive.head), .class("digest"))
                        },
                    ]
                }
                + [
                    Fact("Huella de la elección") { $0.code(box.fingerprint, .class("digest")) },
                    Fact("Custodios de la llave", box.keepers),
                    box.authority?.name.map { Fact("Autoridad de credenciales", $0) },
                    box.slips.map { Fact("Volantes", $0.words) },
                    box.exclusions.isEmpty ? Fact("Votos excluidos antes de contar", "Ninguno") : nil,
                ].compactMap(\.self))
        exclusions(of: box)
        contradictions(of: box)
        steps(of: box)
    }

    /// The hash of the event that closed the archive that is counted: what its trustees read to each other before they decrypt.
    private func closing(of box: CanvassReport.Box) -> Fact? {
        guard let closing = box.archives?.last?.closing else { return nil }
        return Fact("Cierre de la urna") { fact in
            fact.code(linked(closing), .class("digest"))
            if box.excluded > 0 { fact.p("Es el de \(box.file.pathText).", .class("form-text")) }
        }
    }

    private mutating func steps(of box: CanvassReport.Box) {
        guard let steps = box.steps, !steps.isEmpty else {
            // Reports that were made before the acts were told have these two hours.
            return facts(
                Fact("Abrió", box.openedAt.map { SpanishFormat.longDateAndTime($0) }),
                Fact("Cerró", box.closedAt.map { SpanishFormat.longDateAndTime($0) }))
        }
        p("Lo que se hizo con ella:")
        ul { list in
            for step in steps { list.li(step.sentence) }
        }
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
                    let asked = exclusion.challenge.map { ", por la impugnación n.º \($0)" } ?? ""
                    item.text(
                        "El \(SpanishFormat.longDateAndTime(exclusion.decidedAt))\(asked). \(exclusion.reason.map { SpanishFormat.sentence("Motivo: \($0)") } ?? "El motivo está en el acta.")"
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

/// A link of an archive's chain as it is compared: in groups of four digits, as `alianzas verify` shows it.
func linked(_ digits: String) -> String { HashDigest(digits)?.grouped ?? digits }

extension CanvassReport.Box {
    /// The archive that is counted. Each exclusion derives the next.
    var file: ArchiveName { ArchiveName(uuid, archives?.last?.number ?? exclusions.count) }

    /// How many voted, and where some were left out, how many of them count: «7 personas; 1 voto excluido, 6 contados».
    fileprivate var turnoutWords: String {
        let voted = SpanishFormat.count(cameIn, "persona", "personas")
        return excluded == 0
            ? voted
            : "\(voted); \(SpanishFormat.count(excluded, "voto excluido", "votos excluidos")), \(SpanishFormat.count(ballots, "contado", "contados"))"
    }

    /// Of which ballots the trackers are.
    fileprivate var ballotWords: String {
        let replaced =
            replaced == 0
            ? "ninguna fue reemplazada"
            : "\(SpanishFormat.count(replaced, "la reemplazó su votante", "las reemplazaron sus votantes")) por otra posterior"
        return "\(SpanishFormat.number(cast)), uno por cada papeleta que entró: \(replaced)"
    }

    /// Who annulled it, by what they are in the election.
    fileprivate var annullers: String {
        guard let step = steps?.last(where: { $0.kind == .annul }), let proposer = step.proposer else {
            return "dos personas"
        }
        return "dos personas, \(proposer.words) y \(step.doer.words),"
    }

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

extension CanvassReport.Box.Person {
    /// The name where it is told, with what they are in the election.
    fileprivate var words: String {
        name.map { "\($0) (\(role.lowercasedFirst))" } ?? role.lowercasedFirst
    }
}

extension CanvassReport.Box.Slips {
    /// «86: 80 y 6 de reserva; 1 se reemplazó».
    fileprivate var words: String {
        let kept = spare == 0 ? "ninguno de reserva" : "\(SpanishFormat.number(spare)) de ellos de reserva"
        let lost =
            replaced == 0
            ? "ninguno se reemplazó"
            : replaced == 1 ? "1 se reemplazó" : "\(SpanishFormat.number(replaced)) se reemplazaron"
        return "Se hicieron \(SpanishFormat.number(made)), \(kept); \(lost)"
    }
}

extension CanvassReport.Box.Step {
    /// What was done, when and by whom, as a sentence.
    var sentence: String {
        let done =
            switch kind {
            case .seal: "Se selló"
            case .open: "Se abrió"
            case .close: "Se cerró"
            case .exclude: "Se excluyó un voto"
            case .count: "Se sumó para contarla"
            case .annul: "Se anuló"
            }
        let people =
            proposer.map { "Propuso: \($0.words). Confirmó: \(doer.words)." } ?? "Lo hizo: \(doer.words)."
        return "\(SpanishFormat.sentence("\(done) el \(SpanishFormat.longDateAndTime(doneAt))")) \(people)"
    }
}
