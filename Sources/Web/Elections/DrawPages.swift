import Elections
import Foundation
import Kernel
import Tenancy

/// The questions of a draw.
struct DrawForm {
    let source = Field.text(
        "source", "De dónde saldrá el número", max: 200,
        hint: "Por ejemplo: «lo dice en voz alta la personera» o «Lotería de Córdoba del 21 de noviembre».")
    let number = Field.text("number", "Número que se leyó en voz alta", max: 40)
    let witnesses = Field.paragraphs(
        "witnesses", "Quién lo leyó y quiénes estaban", max: 400, rows: 3,
        hint: "Por ejemplo: «Personería municipal, que lo leyó; testigos de las dos planchas».")
    let heard = Field.checkbox(
        "heard", "Es el número que se leyó en voz alta", demand: "Compare el número y márquelo aquí.")
}

/// A draw on its way, as the pages of both sorts have it: announced, then the number, then somebody else who confirms it.
struct DrawSteps {
    /// Where each step is sent, and where the page came from.
    struct Paths {
        let announce: Path
        let number: Path
        let confirm: Path
        let back: Path
    }

    let file: DrawFile
    let paths: Paths
    let mayCanvass: Bool
    let mayConfirm: Bool
    let form: FormState

    func write(_ html: inout HTML) {
        html.wizard(
            ["Anunciar", "Leer el número", "Confirmar"],
            at: file.announcement == nil ? 0 : file.number == nil ? 1 : 2)
        guard let announcement = file.announcement else { return writeAnnouncing(&html) }
        writeSeals(announcement, &html)
        if let number = file.number { writeNumber(number, &html) }
        if mayCanvass { writeNaming(&html) }
        if file.number == nil, !mayCanvass {
            html.note(
                .info, "El comité electoral registra el número cuando se lea. Vuelva entonces a confirmarlo.")
        }
    }

    private func writeAnnouncing(_ html: inout HTML) {
        if let overtaken = file.overtaken {
            let moment = SpanishFormat.longDateAndTime(overtaken.announcedAt)
            html.note(.warning, "El sorteo que se anunció ya no vale") { note in
                note.p(
                    "El \(moment) se anunció entre \(SpanishFormat.list(overtaken.among)). Ahora participan \(SpanishFormat.list(file.among)): anúncielo de nuevo."
                )
            }
        }
        html.note(.info, "Cómo se hace") { note in
            note.p(
                "Primero se anuncia de dónde saldrá el número. La plataforma guarda entonces un secreto y muestra su sello; después se lee el número, y otra persona lo confirma. El secreto se conoce al final: así nadie puede escoger el número sabiendo a quién favorece, y cualquiera repite el sorteo."
            )
        }
        guard mayCanvass else {
            html.p("El comité electoral anuncia el sorteo.")
            return
        }
        html.form(to: paths.announce, form) { form in
            form.field(DrawForm().source)
            form.submit("Anunciar el sorteo", orBackTo: paths.back)
        }
    }

    private func writeSeals(_ announcement: DrawFile.Announcement, _ html: inout HTML) {
        html.section("Lo anunciado") { part in
            part.facts(
                [
                    Fact("El número sale de", announcement.source),
                    Fact("Anunciado", SpanishFormat.longDateAndTime(announcement.announcedAt)),
                    Fact("Participan", SpanishFormat.list(file.among)),
                    file.purpose == .tie ? Fact("Puestos que se sortean", file.places) : nil,
                ].compactMap(\.self))
            part.p("Antes del número lea en voz alta el comienzo de cada sello.", .class("form-text"))
            let record = file.recordNumber.map { "Sello del acta \($0), que declaró el empate:" }
            part.p(record ?? "Sello de la lista de quienes participan:", .class("form-text"))
            part.seal(file.recordSeal)
            part.p("Sello del secreto:", .class("form-text"))
            part.seal(announcement.seal)
        }
    }

    private func writeNumber(_ number: DrawFile.Number, _ html: inout HTML) {
        html.section("El número") { part in
            part.facts(Fact("Se leyó", number.number), Fact("Ante", number.witnesses))
            guard mayConfirm, !number.isOwn else {
                part.note(
                    .info,
                    "Lo confirma otra persona con su usuario: un garante, un jurado, un testigo o alguien de la junta. Al confirmarlo se hace el sorteo."
                )
                return
            }
            part.form(to: paths.confirm, form) { form in
                form.input(.type("hidden"), .name("attempt"), .value("\(number.attempt)"))
                form.field(DrawForm().heard)
                form.submit("Confirmar y sortear", orBackTo: paths.back)
            }
        }
    }

    private func writeNaming(_ html: inout HTML) {
        let fields = DrawForm()
        func write(_ html: inout HTML) {
            html.form(to: paths.number, form) { form in
                form.field(fields.number)
                form.field(fields.witnesses)
                form.submit("Registrar el número", orBackTo: paths.back)
            }
        }
        guard file.number != nil else {
            html.section("Registre el número que se leyó") { write(&$0) }
            return
        }
        html.details(.open(form.isRefused)) { more in
            more.summary("Corregir el número")
            write(&more)
        }
    }
}

/// Settles a tie by lot.
struct DrawPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let contest: Contest
    let report: CanvassReport
    let file: DrawFile
    let mayCanvass: Bool
    let mayConfirm: Bool
    let form: FormState

    var title: String { "Sorteo" }
    var lead: String? { contest.name }
    var trail: [Crumb] {
        heading.trail(from: .elections) + [
            Crumb(process.name, .process(heading.slug, process.id)),
            Crumb("Escrutinio", .results(heading.slug, process.id)),
            Crumb(report.contest, .canvass(heading.slug, process.id, contest.id)),
        ]
    }
    var help: HelpTopic { "escrutinio" }

    func content(_ html: inout HTML) {
        html.p(report.sentence)
        let (slug, process) = (heading.slug, process.id)
        DrawSteps(
            file: file,
            paths: DrawSteps.Paths(
                announce: .draw(slug, process, contest.id), number: .drawNumber(slug, process, contest.id),
                confirm: .confirmDraw(slug, process, contest.id), back: .canvass(slug, process, contest.id)),
            mayCanvass: mayCanvass, mayConfirm: mayConfirm, form: form
        ).write(&html)
    }
}

extension HTML {
    /// Writes a draw that was held in a sentence that can be said, with the steps that repeat it; folded away but on paper.
    mutating func draw(_ draw: DrawRecord, _ purpose: DrawPurpose, steps: [String], onPaper: Bool = false) {
        p(SpanishFormat.sentence(draw.words(for: purpose)))
        if let witnesses = draw.witnesses { p(SpanishFormat.sentence("Ante: \(witnesses)")) }
        if let source = draw.source {
            p(SpanishFormat.sentence("De dónde salió el número, anunciado antes: \(source)"))
        }
        guard onPaper else {
            details(.class("technical")) { details in
                details.summary("Cómo repetir el sorteo")
                details.seed(of: draw)
                details.arithmetic(steps)
            }
            return
        }
        seed(of: draw)
        p("SHA-256 de la semilla completa:", .class("form-text"))
        p(.class("seal")) { $0.code(draw.digest, .class("digest")) }
        // The seed stands above.
        arithmetic(steps.filter { !DrawStep.isSeedSentence($0) })
    }

    private mutating func arithmetic(_ steps: [String]) {
        guard !steps.isEmpty else { return }
        ol(.class("arithmetic")) { list in
            for step in steps { list.li("\(step).") }
        }
    }

    private mutating func seed(of draw: DrawRecord) {
        p("Se repite con esta semilla pública, en este orden:", .class("form-text"))
        ol(.class("seed")) { list in
            for part in draw.seed { list.li { $0.code(part, .class("digest")) } }
        }
        if let seal = draw.seal {
            p(
                "La última parte era secreta; su SHA-256 se anunció antes de leer el número:",
                .class("form-text"))
            p(.class("seal")) { $0.code(seal, .class("digest")) }
        }
    }
}

extension DrawRecord {
    /// What came out, as it is said.
    fileprivate func words(for purpose: DrawPurpose) -> String {
        let read = number.map { " con el número \($0), que se leyó en voz alta" } ?? ""
        let moment = SpanishFormat.longDateAndTime(drawnAt)
        return switch purpose {
        case .tie:
            "El sorteo entre \(SpanishFormat.list(among)) quedó para \(SpanishFormat.list(outcome))\(read), el \(moment)"
        case .ballotOrder:
            "El orden se sorteó\(read), el \(moment): \(outcome.joined(separator: "; "))"
        }
    }
}
