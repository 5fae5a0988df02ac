import Foundation
import Governance
import Kernel
import Tenancy

/// The minutes of a meeting, from draft to seal: the page reads like the document that it will be.
struct MinutesPage: Page {
    let heading: AllianceHeading
    let file: MinutesFile
    let mayWrite: Bool
    let mayObserve: Bool
    let mayApprove: Bool
    let maySetFormats: Bool
    let mayOpenFiles: Bool
    /// Whether sealed minutes are published, and whether the person may decide it.
    let sealed: SealedMinutes?
    let mayPublish: Bool

    private var meeting: Meeting { file.meeting }
    private var slug: AllianceSlug { heading.slug }
    private var number: String { file.draft?.approved.map { "Acta n.º \($0.number)" } ?? "Borrador de acta" }
    private var isOpen: Bool { file.state == .draft || file.state == .circulated }

    var title: String { number }
    var lead: String? { "De «\(meeting.title)», \(SpanishFormat.longDate(meeting.day))" }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(slug, meeting.id))]
    }
    var help: HelpTopic { "acta" }

    func actions(_ html: inout HTML) {
        if let own = file.signings.first(where: \.isOwn), file.state == .approved, own.signer.signature == nil
        {
            html.action("Firmar el acta", to: .signMinutes(slug, meeting.id), .primary, icon: .pencil)
        } else if mayWrite, file.state == .draft {
            html.action("Enviar a observaciones", to: .circulateMinutes(slug, meeting.id), .primary)
        } else if mayApprove, file.state == .circulated {
            html.action("Anotar la aprobación", to: .approveMinutes(slug, meeting.id), .primary)
        }
        if mayWrite, isOpen {
            html.action("Completar el acta", to: .writeMinutes(slug, meeting.id), icon: .pencil)
        }
        html.action(
            file.state == .sealed ? "Acta en PDF" : "Ver en PDF", to: .minutesFile(slug, meeting.id),
            icon: .document)
        html.action("Libro de actas", to: .minutesBook(slug))
    }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(file.state.status)
            if meeting.isReserved {
                line.text(" ")
                line.status(Status("Reservada a la junta", .plain))
            }
        }
        html.wizard(
            ["Borrador", "Observaciones", "Aprobación", "Firmas", "Sello"],
            at: [.draft: 0, .circulated: file.approving.isEmpty ? 1 : 2, .approved: 3, .sealed: 4][file.state]
                ?? 0)
        if file.isAltered {
            html.note(
                .problem,
                "El texto guardado no es el que se circuló y firmó: fue cambiado por fuera. Conserve una copia de la base de datos y avise a quien administra el servidor."
            )
        }
        if let seal = file.seal { write(seal, &html) }
        if let sealed { html.publicity(of: sealed, meeting.id, in: slug, mayDecide: mayPublish) }
        if !file.corrections.isEmpty { writeCorrections(&html) }
        writeGaps(&html)
        html.likeness(file.likeness, in: slug)
        if file.hasNews {
            html.note(
                .warning,
                "Desde que se envió la versión \(file.draft?.version ?? 1) hubo cambios que no están en ella. Envíe otra versión para que cuenten."
            )
        }
        if file.state == .circulated { writeCirculation(&html) }
        html.article(
            .class(file.state == .sealed ? "minutes-sheet minutes-sealed" : "minutes-sheet"),
            .aria("label", number)
        ) { sheet in
            sheet.controlHeader(of: file.text, number: number)
            if let approved = file.draft?.approved { sheet.p(approved.words) }
            sheet.minutes(file.text) { section, part in writeObservations(on: section, &part) }
            sheet.section(.class("minutes-section"), .id("firmas")) { part in
                part.h2("Firmas")
                writeSignatures(&part)
            }
        }
        if file.state == .sealed, mayWrite { writeAfterwards(&html) }
    }

    // MARK: What is missing

    private func writeGaps(_ html: inout HTML) {
        guard isOpen, mayWrite, !file.gaps.isEmpty else { return }
        html.note(.warning, "Para que el acta quede completa") { note in
            note.ul { list in
                for gap in file.gaps {
                    list.li { item in
                        switch gap.place {
                        case .draft: item.a(gap.words, .href(.writeMinutes(slug, meeting.id)))
                        case .formats:
                            item.text(gap.words, leadingTo: maySetFormats ? .documentFormats() : nil)
                        case .questions: item.a(gap.words, .href(.questions(slug, meeting.id)))
                        case .meeting: item.a(gap.words, .href(.meeting(slug, meeting.id)))
                        case .signers: item.a(gap.words, .href(.minutesSigners(slug, meeting.id)))
                        }
                    }
                }
            }
        }
    }

    // MARK: Observations

    private func writeCirculation(_ html: inout HTML) {
        let until =
            file.draft?.observeUntil.map { " Se reciben hasta el \(SpanishFormat.longDate($0))." } ?? ""
        let waiting = file.observations.count { $0.isAccepted == nil }
        html.note(.info, "Versión \(file.draft?.version ?? 1), en observaciones.") { note in
            note.p(
                "\(SpanishFormat.count(file.observations.count, "observación", "observaciones")), \(waiting) por responder.\(until)"
            )
            if mayWrite {
                note.p(
                    file.told > 0
                        ? "Se avisó por correo a \(SpanishFormat.count(file.told, "persona que estuvo", "personas que estuvieron")) en la reunión."
                        : "Nadie de los que estuvieron en la reunión entra aquí con usuario y correo: avíseles y lléveles el borrador."
                )
            }
            note.div(.class("part-actions")) { actions in
                if mayObserve {
                    actions.action("Hacer una observación", to: .observeMinutes(slug, meeting.id))
                }
                if mayWrite, file.hasNews || !file.observations.isEmpty, waiting == 0 {
                    actions.action("Enviar otra versión", to: .circulateMinutes(slug, meeting.id))
                }
            }
        }
    }

    private func writeObservations(on section: MinutesText.Section, _ part: inout HTML) {
        for observation in file.observations where observation.section == section.name {
            part.aside(.class("minutes-note"), .aria("label", "Observación a \(section.title)")) { note in
                note.p { line in
                    line.strong("\(observation.madeBy): ")
                    line.text(observation.observation)
                }
                switch observation.isAccepted {
                case true?: note.p("Se acogió. \(observation.answer ?? "")")
                case false?: note.p("No se acogió: \(observation.answer ?? "")")
                case nil:
                    if mayWrite, file.state == .circulated {
                        note.p {
                            $0.a(
                                "Responder",
                                .href(
                                    .answerObservation(slug, meeting.id, ID(rawValue: observation.id))),
                                .aria("label", "Responder la observación de \(observation.madeBy)"))
                        }
                    } else {
                        note.p("Por responder.")
                    }
                }
            }
        }
    }

    // MARK: Signatures and seal

    private func writeSignatures(_ part: inout HTML) {
        guard !file.signings.isEmpty else {
            part.p("Todavía no se ha dicho quiénes firman.")
            if mayWrite { part.action("Decir quiénes firman", to: .minutesSigners(slug, meeting.id)) }
            return
        }
        part.signed(file.signings.map(\.signer))
        guard file.state != .sealed else { return }
        for signing in file.signings where signing.signer.signature == nil && !signing.hasRight {
            part.note(
                .warning,
                "El período de \(signing.signer.name) en \(signing.signer.office) terminó: ya no puede firmar. Cambie quién firma."
            )
        }
        part.div(.class("part-actions")) { actions in
            guard mayWrite else { return }
            if file.draft != nil {
                actions.action("Cambiar quiénes firman", to: .minutesSigners(slug, meeting.id))
            }
            guard file.state == .approved else { return }
            for signing in file.signings { writePaper(of: signing, &actions) }
            if file.isSigned {
                actions.action("Sellar el acta", posting: .sealMinutes(slug, meeting.id), .primary)
            }
        }
        if file.state == .approved, !file.isSigned {
            part.p(
                "Quien firma entra con su usuario y encuentra «Firmar el acta» en cuanto entra. El acta se sella sola con la última firma.",
                .class("form-text"))
        }
    }

    /// Writes what is to be done about the paper of a signature: attach it, look at it, or bring another.
    private func writePaper(of signing: MinutesFile.Signing, _ actions: inout HTML) {
        let (id, office) = (ID<MinutesSigner>(rawValue: signing.signer.id), signing.signer.office)
        if signing.scan != nil {
            actions.action(
                "Revisar la firma en papel: \(office)", to: .paperReview(slug, meeting.id, id), .primary)
        } else if signing.signer.signature == nil {
            actions.action(
                "Adjuntar la firma en papel: \(office)", to: .paperSignature(slug, meeting.id, id))
        } else if signing.mayReplace {
            actions.action(
                "Reemplazar la copia de la firma: \(office)", to: .paperSignature(slug, meeting.id, id))
        }
    }

    private func write(_ seal: MinutesSeal, _ html: inout HTML) {
        html.note(.done, "Acta sellada: ya nadie puede cambiarla") { note in
            note.facts(
                Fact("Sellada", SpanishFormat.longDateAndTime(seal.sealedAt)),
                Fact("Código") { line in
                    line.a(seal.code, .href(.verifyCode(DocumentCode(typed: seal.code) ?? DocumentCode())))
                },
                Fact("Huella del archivo (SHA-256)") {
                    $0.code(seal.fileDigest.description, .class("digest"))
                })
            note.p("Lo que haya que corregir va en un acta posterior.")
        }
    }

    private func writeCorrections(_ html: inout HTML) {
        html.note(.warning, "Corregida por un acta posterior") { note in
            note.ul { list in
                for correction in file.corrections {
                    list.li { item in
                        item.text(correction.words)
                        item.text(" ")
                        item.a("Ver esa reunión", .href(.meeting(slug, correction.meeting)))
                    }
                }
            }
        }
    }

    private func writeAfterwards(_ html: inout HTML) {
        html.section("Con esta acta se puede") { part in
            part.div(.class("part-actions")) { actions in
                if file.seal?.redactedFile != nil {
                    actions.action("Ver la versión pública", to: .redactedMinutes(slug, meeting.id))
                }
                for decision in file.text.decisions where decision.isAdopted {
                    actions.action(
                        "Extracto de la decisión \(decision.position)",
                        to: .minutesExtract(slug, meeting.id, decision.position))
                }
                if !file.correcting.isEmpty {
                    actions.action("Anotar una corrección", to: .correctMinutes(slug, meeting.id))
                }
            }
        }
    }
}

extension HTML {
    /// Writes which earlier minutes a text resembles.
    mutating func likeness(_ findings: [TextLikeness.Finding], in alliance: AllianceSlug) {
        let findings = findings.filter { $0.percent >= TextLikeness.threshold }.prefix(3)
        guard !findings.isEmpty else { return }
        note(.warning, "El texto se parece a actas anteriores") { note in
            for finding in findings {
                note.p { line in
                    line.strong("\(finding.percent) %")
                    line.text(" coincide con «\(finding.title)», del \(SpanishFormat.date(finding.day)).")
                }
                note.details { details in
                    details.summary(
                        "Ver \(SpanishFormat.count(finding.paragraphs.count, "párrafo", "párrafos"))")
                    details.ul { list in
                        for paragraph in finding.paragraphs.prefix(20) {
                            list.li(
                                "Párrafo \(paragraph.position), \(paragraph.percent) %: «\(paragraph.beginning)»"
                            )
                        }
                    }
                }
            }
        }
    }

    /// Writes where the minutes of a meeting stand, on the meeting's page.
    mutating func minutesStage(_ stage: MinutesStage, of meeting: ID<Meeting>, in alliance: AllianceSlug) {
        section("Acta", id: "etapa-acta") { part in
            part.p { $0.status((stage.state ?? .draft).status) }
            let words: String =
                switch stage.state {
                case nil, .draft:
                    "El acta se escribió sola con lo que pasó en la reunión. Complétela y envíela a observaciones."
                case .circulated:
                    stage.waiting == 0
                        ? "Está en observaciones. Se aprueba en la reunión siguiente, en la misma sesión o por una comisión."
                        : "Tiene \(SpanishFormat.count(stage.waiting, "observación", "observaciones")) por responder."
                case .approved:
                    "Es el acta n.º \(stage.number ?? 0). Han firmado \(stage.signed) de \(stage.signers)."
                case .sealed: "Es el acta n.º \(stage.number ?? 0), firmada y sellada."
                }
            part.p(words)
            part.action("Abrir el acta", to: .minutes(alliance, meeting), icon: .document)
        }
    }
}
