import Foundation
import Governance
import Kernel
import Tenancy

/// The letters of an alliance in a year.
struct LettersPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let answer: ReadLetters.Answer
    let mayKeep: Bool
    /// Whether the person may see in how long letters are answered.
    let maySeeTerms: Bool

    /// A letter as a row.
    struct Row: Sendable {
        let line: ReadLetters.Line
        let slug: AllianceSlug
        let today: CalendarDate
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case day = "fecha"
        case partner = "con"

        static let initial = Self.day
        static let beginsDescending = true
    }

    /// Which of them are shown.
    enum Choice: String, PathValue, CaseIterable {
        case drafts = "borradores"
        case unanswered = "sin-respuesta"
        case toAnswer = "por-responder"

        var title: String {
            switch self {
            case .drafts: "Borradores"
            case .unanswered: "Esperan respuesta de otros"
            case .toAnswer: "Por responder"
            }
        }

        func covers(_ line: ReadLetters.Line) -> Bool {
            switch self {
            case .drafts: line.letter.state == .draft
            case .unanswered: line.waitsForOthers
            case .toAnswer: line.waitsForUs
            }
        }
    }

    static let year = Field.year("ano", "Año").optional()
    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let direction = Field.choice(
        "sentido", "Enviadas o recibidas", Letter.Direction.allCases, title: \.title, style: .menu,
        prompt: "Ambas"
    ).optional()
    static let kind = Field.choice(
        "clase", "Clase", Letter.Kind.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let words = Field.text("q", "Número, asunto o con quién", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Asunto", to: { .letter($0.slug, $0.line.letter.id) }) { $0.line.letter.content.subject },
        .text("Número") { $0.line.letter.number?.description ?? $0.line.letter.arrival?.reference },
        .text("Clase") {
            $0.line.letter.direction == .out
                ? $0.line.letter.content.kind.title : "\($0.line.letter.content.kind.title), recibida"
        },
        .date("Fecha", sort: .day) { $0.line.letter.datedOn },
        .text("Con quién", sort: .partner) { $0.line.partner },
        .status("Estado") { $0.line.status(on: $0.today) },
        .text("Quién la lleva") { $0.line.letter.content.carrier },
    ]

    var title: String { "Cartas y comunicados de \(answer.year)" }
    var lead: String? {
        "Lo que la alianza escribe y recibe: cada destinatario con su radicado, su plazo y su respuesta."
    }
    var trail: [Crumb] { heading.trail(from: .between) }
    var help: HelpTopic { "cartas" }

    func actions(_ html: inout HTML) {
        if maySeeTerms { html.action("Plazos", to: .letterTerms()) }
        guard mayKeep else { return }
        html.action("Registrar una recibida", to: .receiveLetter(heading.slug), icon: .inbox)
        html.action("Escribir una carta", to: .newLetter(heading.slug), .primary, icon: .plus)
    }

    var found: Found<Row> {
        let (choice, direction) = (query[Self.choice], query[Self.direction])
        let (kind, words) = (query[Self.kind], query[Self.words]?.folded)
        var found = answer.lines.filter { line in
            let letter = line.letter
            guard choice?.covers(line) ?? true, direction.map({ $0 == letter.direction }) ?? true,
                kind.map({ $0 == letter.content.kind }) ?? true
            else { return false }
            guard let words else { return true }
            let told: [String?] = [
                letter.number?.description, letter.arrival?.reference, letter.content.subject,
                letter.arrival?.sender, letter.content.addressees.joined(separator: " "),
                line.addressees.compactMap(\.delivery?.reference).joined(separator: " "),
            ]
            return told.compactMap(\.self).joined(separator: " ").folded.contains(words)
        }
        switch query.sort {
        case .day: found.sort { $0.letter.datedOn < $1.letter.datedOn }
        case .partner: found.sort { $0.partner.folded < $1.partner.folded }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(line: $0, slug: heading.slug, today: answer.today) })
    }

    func body(_ html: inout HTML) {
        html.yearLinks(answer.year, until: answer.today.components.year) {
            Path.letters(heading.slug).with(Self.year.name, String($0))
        }
        func figure(_ choice: Choice, _ words: String) -> KeyFigure {
            KeyFigure(
                answer.lines.count(where: choice.covers), words,
                to: query.unfiltered.with(Self.choice.name, choice.rawValue))
        }
        html.figures(
            KeyFigure(answer.lines.count { $0.letter.state == .issued }, "enviadas"),
            figure(.unanswered, "esperan respuesta de otros"), figure(.toAnswer, "por responder"),
            figure(.drafts, "borradores"))
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.choice)
                form.field(Self.direction)
                form.field(Self.kind)
                form.input(.type("hidden"), .name(Self.year.name), .value(String(answer.year)))
            },
            empty: mayKeep
                ? EmptyState(
                    "No hay cartas de \(answer.year).", next: "Escribir la primera",
                    to: .newLetter(heading.slug))
                : EmptyState("No hay cartas de \(answer.year)."))
    }
}

/// A letter with all that became of it.
struct LetterPage: Page {
    let heading: AllianceHeading
    let tenant: TenantSlug?
    let answer: ReadLetter.Answer
    let mayKeep: Bool
    /// Whether the person gives letters their number: the board speaks for the alliance.
    let mayIssue: Bool
    let mayPublish: Bool
    let mayOpen: Bool
    let today: CalendarDate

    private var letter: Letter { answer.letter }
    private var content: LetterContent { letter.content }
    private var slug: AllianceSlug { heading.slug }
    private var line: ReadLetters.Line {
        ReadLetters.Line(
            letter: letter, addressees: answer.addressees,
            isAnswered: answer.answers.contains { $0.state == .issued })
    }

    var title: String { content.subject }
    var lead: String? {
        [
            letter.direction == .out ? content.kind.title : "\(content.kind.title) que se recibió",
            letter.number?.description,
        ]
        .compactMap(\.self).joined(separator: " · ")
    }
    var trail: [Crumb] { heading.letterTrail() }
    var help: HelpTopic { "cartas" }

    func actions(_ html: inout HTML) {
        if letter.state == .issued {
            html.action("Carta en PDF", to: .letterDocument(slug, letter.id), icon: .document)
        }
        writePublication(&html)
        guard mayKeep else { return }
        if letter.state != .dropped { html.action("Adjuntar", to: .attachLetterFile(slug, letter.id)) }
        if letter.isReserved { html.action("Compartir con la entidad", to: .shareLetter(slug, letter.id)) }
        switch letter.state {
        case .draft:
            html.action("Descartar", to: .settleLetter(slug, letter.id))
            html.action("Editar", to: .editLetter(slug, letter.id), icon: .pencil)
            if mayIssue { html.action("Numerar", to: .issueLetter(slug, letter.id), .primary) }
        case .received where line.waitsForUs:
            html.action("Dar por atendida", to: .settleLetter(slug, letter.id))
            html.action(
                "Responder", to: Path.newLetter(slug).with("responde", letter.id.description), .primary)
        case .received, .issued, .dropped: break
        }
    }

    /// Whether it may stand on the citizen's page.
    private var isPublishable: Bool {
        content.kind == .statement && letter.state == .issued && !letter.isReserved
    }

    private func writePublication(_ html: inout HTML) {
        guard isPublishable, mayPublish else { return }
        if answer.publication == nil {
            html.action("Publicar en la página", to: .publishStatement(slug, letter.id), .primary)
        } else {
            html.action("Retirar de la página", to: .withdrawStatement(slug, letter.id))
        }
    }

    func body(_ html: inout HTML) {
        if letter.state == .draft, mayKeep, !mayIssue {
            html.note(.info, "La junta le da el número") { note in
                note.p(
                    "La carta sale en nombre de la alianza. Avísele a la junta que el borrador está listo.")
            }
        }
        html.p { $0.status(line.status(on: today)) }
        if let publication = answer.publication {
            html.note(
                .done,
                "Está en la página pública desde el \(SpanishFormat.longDate(ColombianTime.date(at: publication.at))), con lo que cada destinatario responda."
            ) { note in
                guard let tenant else { return }
                let page = Path.publicStatement(tenant, slug, ID(rawValue: letter.id.rawValue))
                note.p { $0.a("Verlo como lo ve cualquiera", .href(page)) }
            }
        }
        if letter.isReserved { html.note(.info, "Es del espacio propio de la junta: la entidad no la ve.") }
        if !answer.isWhole {
            html.note(
                .problem,
                "El texto guardado no coincide con la huella que quedó al numerarla. Avise a quien opera la plataforma."
            )
        }
        if let settlement = letter.settlement {
            html.note(
                .info,
                "\(letter.state == .dropped ? "Se descartó" : "Se atendió") el \(SpanishFormat.date(settlement.day)): \(SpanishFormat.sentence(settlement.words))"
            )
        }
        html.facts(letter.direction == .out ? sentFacts : receivedFacts)
        if !content.body.isEmpty {
            html.section(letter.direction == .out ? "Texto" : "Qué dice") { part in
                for paragraph in content.body.split(separator: "\n", omittingEmptySubsequences: true) {
                    part.p(String(paragraph))
                }
            }
        }
        if letter.state == .issued, !answer.addressees.isEmpty {
            html.section("Destinatarios y respuestas", id: "respuestas") { part in
                for addressee in answer.addressees { write(addressee, &part) }
            }
        }
        if !answer.answers.isEmpty {
            html.section("Respuesta de la alianza") { part in
                part.ul { list in
                    for other in answer.answers {
                        list.li {
                            $0.a(
                                other.number?.description ?? "Borrador: \(other.content.subject)",
                                .href(.letter(slug, other.id)))
                        }
                    }
                }
            }
        }
        if !answer.files.isEmpty { html.section("Archivos") { writeFiles(&$0) } }
    }

    private var sentFacts: [Fact] {
        var facts = [Fact("Fecha", SpanishFormat.longDate(letter.datedOn).capitalizedFirst)]
        if letter.state != .issued {
            facts.append(
                Fact("Para", content.addressees.isEmpty ? nil : content.addressees.joined(separator: "; ")))
        }
        facts += [
            Fact("Firma", content.signers.isEmpty ? nil : content.signers.joined(separator: "; ")),
            Fact("La lleva", content.carrier),
            Fact("Plazo de respuesta") { fact in
                guard let term = answer.term else { return fact.text("Sin plazo de ley.") }
                fact.text("\(term.length), según \(term.norm).")
                if !term.isConfirmed {
                    fact.text(
                        " Nadie ha confirmado esta norma: sirve para preguntar, y por ella nada se reporta como vencido."
                    )
                }
            },
            Fact("Huella del texto") { fact in
                guard let digest = letter.digest else { return fact.text("Se calcula al numerarla.") }
                fact.code(String(digest.description.prefix(16)) + "…")
            },
        ]
        if let other = answer.answered {
            let path = Path.letter(slug, other.id)
            facts.append(Fact("Responde a") { $0.a(other.content.subject, .href(path)) })
        }
        return facts
    }

    private var receivedFacts: [Fact] {
        let arrival = letter.arrival
        return [
            Fact("De", arrival?.sender), Fact("Número", arrival?.reference),
            Fact("Fecha de la carta", SpanishFormat.longDate(letter.datedOn).capitalizedFirst),
            Fact("Se recibió", arrival.map { SpanishFormat.longDate($0.receivedOn).capitalizedFirst }),
            Fact("Pide respuesta", arrival?.asksAnswer == true ? "Sí" : "No"),
            Fact("Hasta cuándo") { fact in
                guard let due = arrival?.due else { return fact.absent() }
                fact.text("\(SpanishFormat.longDate(due.day).capitalizedFirst). \(due.norm).")
                if !due.isConfirmed { fact.text(" Sin confirmar.") }
            },
        ]
    }

    private func write(_ addressee: LetterAddressee, _ part: inout HTML) {
        part.h3(addressee.name)
        part.p { $0.status(addressee.status(on: today)) }
        var facts: [Fact] = []
        if let delivery = addressee.delivery {
            facts.append(
                Fact("Entregada") { fact in
                    fact.text(SpanishFormat.longDate(delivery.day).capitalizedFirst)
                    if let reference = delivery.reference { fact.text(", con radicado \(reference)") }
                    fact.text(". ")
                    link(delivery.file, "Ver la prueba", &fact)
                })
            if addressee.reply == nil, let due = delivery.due {
                facts.append(
                    Fact(
                        "Plazo",
                        "Hasta el \(SpanishFormat.longDate(due.day)), \(due.norm)\(due.isConfirmed ? "" : " (sin confirmar)")."
                    ))
            }
        }
        if let reply = addressee.reply {
            facts.append(
                Fact("Respondió") { fact in
                    fact.text(SpanishFormat.longDate(reply.day).capitalizedFirst)
                    if let reference = reply.reference { fact.text(", con el número \(reference)") }
                    fact.text(". \(SpanishFormat.sentence(reply.words)) ")
                    link(reply.file, "Ver la respuesta", &fact)
                })
        }
        if !facts.isEmpty { part.facts(facts) }
        guard mayKeep, addressee.reply == nil else { return }
        let task: LetterTask = addressee.delivery == nil ? .delivery : .answer
        part.div(.class("part-actions")) { actions in
            actions.a(
                task.title, .class("btn btn-outline-primary"),
                .href(.followLetter(slug, letter.id, addressee.position, task)),
                .aria("label", "\(task.title): \(addressee.name)"))
        }
    }

    private func link(_ file: ID<StoredFile>?, _ words: String, _ html: inout HTML) {
        guard let file else { return }
        if mayOpen { html.a(words, .href(.file(file))) } else { html.text("Con archivo adjunto.") }
    }

    private func writeFiles(_ part: inout HTML) {
        part.ul(.class("evidence")) { list in
            for file in answer.files {
                list.li { item in
                    if mayOpen { item.a(file.title, .href(.file(file.file))) } else { item.text(file.title) }
                    if let digest = file.digest {
                        item.text(" · huella ")
                        item.code(String(digest.description.prefix(16)) + "…")
                    }
                }
            }
        }
    }
}
