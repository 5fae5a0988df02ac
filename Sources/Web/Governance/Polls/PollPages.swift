import Governance
import Kernel
import Tenancy

/// The polls of an alliance.
struct PollsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let lines: [ReadPolls.Line]
    let today: CalendarDate

    /// A poll as a row.
    struct Row: Sendable {
        let line: ReadPolls.Line
        let slug: AllianceSlug
        let today: CalendarDate
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case start = "inicio"
        case title = "nombre"
        case answers = "respuestas"

        static let initial = Self.start
        static let beginsDescending = true
    }

    static let words = Field.text("q", "Nombre", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Sondeo", sort: .title, to: { .poll($0.slug, $0.line.poll.id) }) { $0.line.poll.title },
        .status("Estado") { $0.line.poll.status(on: $0.today) },
        .date("Desde", sort: .start) { $0.line.poll.opensOn },
        .date("Hasta") { $0.line.poll.closesOn },
        .integer("Preguntas") { $0.line.poll.questions.count },
        .integer("Respuestas", sort: .answers) { $0.line.answers },
        .text("Quién responde") {
            $0.line.poll.isPublic ? "Quien tenga el enlace" : "Asociados con cuenta, y en papel"
        },
    ]

    var title: String { "Sondeos" }
    var lead: String? { "Pocas preguntas, cerradas, en pantalla o en papel. Un sondeo no es una votación." }
    var trail: [Crumb] { heading.trail(from: .between) }
    var help: HelpTopic { "sondeos" }

    func actions(_ html: inout HTML) {
        html.action("Hacer un sondeo", to: .newPoll(heading.slug), .primary, icon: .plus)
    }

    var found: Found<Row> {
        var found = lines
        if let words = query[Self.words]?.folded {
            found.removeAll { !$0.poll.title.folded.contains(words) }
        }
        switch query.sort {
        case .start: found.sort { $0.poll.opensOn < $1.poll.opensOn }
        case .title: found.sort { $0.poll.title.folded < $1.poll.title.folded }
        case .answers: found.sort { $0.answers < $1.answers }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(line: $0, slug: heading.slug, today: today) })
    }

    func body(_ html: inout HTML) {
        html.list(
            self, filters: { $0.field(Self.words) },
            empty: EmptyState("No hay sondeos.", next: "Hacer el primero", to: .newPoll(heading.slug)))
    }
}

/// A question of a new poll, as a row of its form.
struct PollQuestionRow: FormRow {
    let words: Field<String>
    let kind: Field<Poll.Question.Kind>
    let options: Field<String?>
    var names: [String] { [words.name, options.name] }

    init(_ number: Int) {
        words = Field.text("words\(number)", "Pregunta \(number)", max: 200)
        kind = Field.choice(
            "kind\(number)", "Cómo se responde", Poll.Question.Kind.allCases, title: \.title, style: .menu)
        options = Field.paragraphs(
            "options\(number)", "Respuestas, una por renglón", max: 1000, rows: 3,
            hint: "De 1 a 5 no necesita respuestas."
        ).optional()
    }

    func write(_ html: inout HTML) {
        html.div(.class("field-wide")) { $0.field(words) }
        html.field(kind)
        html.div(.class("field-full")) { $0.field(options) }
    }

    func read(_ form: Submission) throws -> Poll.Question {
        let (words, kind, options) = try form.read(words, kind, options)
        do {
            return try Poll.Question(kind, words, options: options?.lines ?? [])
        } catch {
            throw InvalidInput([.init(field: self.options.name, message: error.message)])
        }
    }

    func filling(_ form: FormState, with answer: Poll.Question) -> FormState {
        form.filling(words, with: answer.words).filling(kind, with: answer.kind)
            .filling(options, with: answer.options.joined(separator: "\n"))
    }

    /// Those of a new poll.
    static let rows = FormRows<PollQuestionRow>(
        title: "Preguntas", more: "Agregar otra pregunta", count: Poll.mostQuestions,
        hint: "Pocas y cerradas. No pregunte por la salud de nadie.")
}

/// The questions of a new poll.
struct PollForm {
    let title = Field.text("title", "Nombre", max: 160)
    let purpose = Field.paragraphs("purpose", "Para qué se pregunta", max: 500, rows: 2)
    let opensOn = Field.date("opens_on", "Desde el")
    let closesOn = Field.date("closes_on", "Hasta el")
    let isPublic = Field.checkbox(
        "is_public", "Responde quien tenga el enlace",
        hint:
            "Una respuesta por aparato, hasta donde se puede: quien quiera responder dos veces puede lograrlo. Sin marcar, responden los asociados con cuenta."
    )
    let takesComments = Field.checkbox("takes_comments", "Permitir un comentario al final")

    /// The poll that a form describes.
    func read(_ form: Submission) throws -> Poll {
        let (heads, questions) = try form.together(
            { try $0.read(title, purpose, opensOn, closesOn) }, { try PollQuestionRow.rows.read($0) })
        let (isPublic, takesComments) = try form.read(isPublic, takesComments)
        return try Poll(
            title: heads.0, purpose: heads.1, opensOn: heads.2, closesOn: heads.3, isPublic: isPublic,
            takesComments: takesComments, questions: questions)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(title)
        form.field(purpose)
        form.div(.class("form-row")) { row in
            row.field(opensOn)
            row.field(closesOn)
        }
        PollQuestionRow.rows.write(&form)
        form.field(isPublic)
        form.field(takesComments)
    }
}

/// A poll with what came of it.
struct PollPage: Page {
    let heading: AllianceHeading
    let answer: ReadPoll.Answer
    let link: String?
    let mayOpen: Bool

    private var poll: Poll { answer.poll }
    private var result: PollResult { answer.result }
    private var slug: AllianceSlug { heading.slug }

    var title: String { poll.title }
    var lead: String? { poll.purpose }
    var trail: [Crumb] { heading.trail(from: .between) + [Crumb("Sondeos", .polls(slug))] }
    var help: HelpTopic { "sondeos" }

    func actions(_ html: inout HTML) {
        html.action("Hoja en papel (PDF)", to: .pollSheet(slug, poll.id), icon: .print)
        guard poll.closedOn == nil else { return }
        html.action("Cerrar el sondeo", to: .endPoll(slug, poll.id))
        if poll.standing(on: answer.today) != .ahead {
            html.action("Anotar hojas en papel", to: .countPoll(slug, poll.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(poll.status(on: answer.today)) }
        html.note(.info, Poll.notAVote)
        html.facts(
            Fact("Desde el", poll.opensOn), Fact("Hasta el", poll.closesOn),
            Fact("Responde", poll.isPublic ? "Quien tenga el enlace" : "Asociados con cuenta, y en papel"))
        html.figures(
            KeyFigure(result.answers, result.answers == 1 ? "respuesta" : "respuestas"),
            KeyFigure(result.sheets, "en pantalla"), KeyFigure(result.paperSheets, "en papel"))
        if let link, poll.closedOn == nil { writeLink(link, &html) }
        html.section("Resultado", id: "resultado") { writeResult(&$0) }
        if !answer.tallies.isEmpty {
            html.section("Hojas en papel", id: "papel") { writeTallies(&$0) }
        }
    }

    private func writeLink(_ link: String, _ html: inout HTML) {
        html.section("Para compartir", id: "enlace") { part in
            part.p { line in
                line.text("Enlace: ")
                line.code(link)
            }
            if let code = try? QRCode(link) { part.qrCode(code, "Código que lleva al sondeo") }
            part.p(
                "Una respuesta por aparato, hasta donde se puede: quien quiera responder dos veces puede lograrlo.",
                .class("form-text"))
        }
    }

    private enum Order: String, SortKey {
        case option = "respuesta"
        static let initial = Self.option
    }

    private struct OptionRow: Sendable {
        let title: String
        let screen: Int
        let paper: Int
        let whole: Int
        var total: Int { screen + paper }
    }

    private func writeResult(_ part: inout HTML) {
        guard result.mayBeBrokenDown else {
            return part.p(
                "Se muestra por respuesta desde \(Poll.leastAnswers) respuestas: con menos se sabría quién dijo qué."
            )
        }
        part.p { $0.action("Descargar el resultado (CSV)", to: .pollResult(slug, poll.id), icon: .download) }
        let columns: [Column<OptionRow, Order>] = [
            .text("Respuesta") { $0.title }, .integer("En pantalla") { $0.screen },
            .integer("En papel") { $0.paper }, .integer("Total") { $0.total },
            .share("Parte de quienes respondieron") { ($0.total, $0.whole) },
        ]
        for (index, line) in result.lines.enumerated() {
            part.h3("\(index + 1). \(line.question.words)")
            part.p(line.question.kind.title, .class("form-text"))
            part.table(
                line.question.words, columns,
                line.question.options.indices.map { option in
                    OptionRow(
                        title: line.question.options[option], screen: line.onScreen[option],
                        paper: line.onPaper[option], whole: result.answers)
                })
        }
        guard !result.comments.isEmpty else { return }
        part.h3("Comentarios")
        part.ul { list in
            for comment in result.comments { list.li(comment) }
        }
    }

    private func writeTallies(_ part: inout HTML) {
        part.ul(.class("dossier")) { list in
            for tally in answer.tallies {
                list.li { item in
                    item.p { line in
                        line.strong(tally.place)
                        line.text(
                            ". \(SpanishFormat.count(tally.sheets, "hoja", "hojas")), contadas el \(SpanishFormat.date(tally.countedOn))."
                        )
                        if let file = tally.file, mayOpen {
                            line.text(" ")
                            line.a("Ver las hojas", .href(.file(file)))
                        }
                    }
                    if let reason = tally.withdrawal {
                        item.p("Retirado, no cuenta: \(SpanishFormat.sentence(reason))", .class("form-text"))
                    } else if poll.closedOn == nil {
                        item.action(
                            "Retirar el conteo de \(tally.place)",
                            to: .withdrawPollTally(slug, poll.id, tally.id))
                    }
                }
            }
        }
    }
}

/// What is asked of whoever answers a poll.
struct PollAnswerForm {
    /// The place of an answer in its list.
    struct Place: PathValue {
        let index: Int

        init(_ index: Int) {
            self.index = index
        }

        init?(pathText: String) {
            guard let number = Int(pathText), number >= 1 else { return nil }
            index = number - 1
        }

        var pathText: String { String(index + 1) }
    }

    let poll: Poll
    let comment = Field.paragraphs(
        "comment", "¿Algo más?", max: 500, rows: 2, hint: "Sin nombres ni datos de salud de nadie."
    ).optional()

    private func field(_ question: Poll.Question, _ number: Int) -> Field<[Place]> {
        let options = question.options.enumerated().map { Option(Place($0), $1) }
        let (name, words) = ("answer\(number)", "\(number). \(question.words)")
        guard question.kind != .multiple else {
            return Field.choices(
                name, words, options, hint: "Puede marcar varias.", isRequired: false)
        }
        let hint = question.kind == .scale ? "1 es lo más bajo y 5 lo más alto." : nil
        return Field.choice(name, words, options, style: .list, hint: hint).optional().reading(
            { [$0].compactMap(\.self) }, printing: \.first)
    }

    /// The answers of a form.
    func read(_ form: Submission) throws -> (choices: [[Int]], comment: String?) {
        let choices = try poll.questions.enumerated().map { index, question in
            try form.read(field(question, index + 1)).map(\.index)
        }
        return (choices, poll.takesComments ? try form.read(comment) : nil)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        for (index, question) in poll.questions.enumerated() { form.field(field(question, index + 1)) }
        if poll.takesComments { form.field(comment) }
    }
}

/// Answers a poll by its link.
struct PublicPollPage: Page {
    let alliance: String
    let tenant: TenantSlug
    let slug: AllianceSlug
    let poll: Poll
    let today: CalendarDate
    let form: FormState

    var title: String { poll.title }
    var lead: String? { poll.purpose }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "sondeos" }

    func body(_ html: inout HTML) {
        html.note(.info, Poll.notAVote)
        guard poll.standing(on: today) == .open else {
            return html.emptyState(
                EmptyState(
                    poll.standing(on: today) == .ahead
                        ? "Se responde desde el \(SpanishFormat.longDate(poll.opensOn))."
                        : "Este sondeo ya no recibe respuestas. Gracias."))
        }
        let fields = PollAnswerForm(poll: poll)
        html.form(to: .publicPoll(tenant, slug, PollCode(poll.code)), form) { form in
            fields.write(&form)
            form.submit("Enviar las respuestas")
        }
        html.p(
            "No se guarda quién es usted ni a qué hora respondió. Se guarda que desde este aparato ya se respondió.",
            .class("form-text"))
    }
}

/// What whoever answered a poll by its link reads.
struct AnsweredPollPage: Page {
    let poll: Poll
    let alliance: String
    let tenant: TenantSlug
    let slug: AllianceSlug

    var title: String { "Gracias" }
    var lead: String? { "Sus respuestas a «\(poll.title)» quedaron guardadas." }
    var trail: [Crumb] {
        [Crumb("Alianzas de usuarios", .start()), Crumb(alliance, .publicAlliance(tenant, slug))]
    }
    var help: HelpTopic { "sondeos" }

    func body(_ html: inout HTML) {
        html.action("Ver la alianza", to: .publicAlliance(tenant, slug), .primary)
    }
}
