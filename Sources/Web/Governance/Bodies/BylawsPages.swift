import Governance
import Kernel
import Tenancy

/// A version of the bylaws: what the product obeys, and the text.
struct BylawsPage: Page {
    let heading: AllianceHeading
    let bylaws: Bylaws
    let version: BylawsVersion
    let articles: [BylawArticle]
    let today: CalendarDate

    var title: String { bylaws.title }
    var lead: String? {
        "Versión \(bylaws.version), aprobada el \(SpanishFormat.date(bylaws.approvedOn))\(version.approvedIn.map { " (\($0))" } ?? ""), \(version.period)."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(
                version.isInForce(on: today)
                    ? Status("Vigente", .met)
                    : bylaws.inForceFrom > today
                        ? Status("Rige después", .open) : Status("Reemplazada", .sealed))
        }
        html.section("Lo que obedece la plataforma") { part in
            if bylaws.parameters.isEmpty { part.p("Esta versión no fija cifras.") }
            part.parameters(of: bylaws, where: \.isObeyed)
        }
        if bylaws.parameters.keys.contains(where: { !$0.isObeyed }) {
            html.section("Lo que cumplen las personas") { part in
                part.p("Los estatutos lo ordenan y la plataforma no lo vigila.")
                part.parameters(of: bylaws) { !$0.isObeyed }
            }
        }
        html.section("Articulado") { part in
            if articles.isEmpty { part.p("No se registró el texto.") }
            for article in articles {
                part.h3(
                    "Artículo \(article.number).\(article.heading.isEmpty ? "" : " \(article.heading)")",
                    .id("articulo-\(article.number.folded.replacing(" ", with: "-"))"))
                for paragraph in article.body.split(whereSeparator: \.isNewline) {
                    part.p(String(paragraph))
                }
            }
        }
    }
}

extension HTML {
    /// Writes what bylaws order in figures, each with its article or norm, and whether somebody confirmed it.
    mutating func parameters(of bylaws: Bylaws, where isShown: (BylawParameter.Name) -> Bool = { _ in true })
    {
        let parameters = BylawParameter.Name.allCases.filter(isShown).compactMap { bylaws.parameters[$0] }
        guard !parameters.isEmpty else { return }
        dl(.class("facts")) { list in
            for parameter in parameters {
                list.div { line in
                    line.dt(parameter.name.title)
                    line.dd { value in
                        value.text(parameter.value.words)
                        let origin = [parameter.article.map { "artículo \($0)" }, parameter.norm]
                            .compactMap(\.self)
                        let note = origin + [parameter.isConfirmed ? "confirmado" : "sin confirmar"]
                        value.span(" (\(note.joined(separator: ", ")))", .class("form-text"))
                    }
                }
            }
        }
    }
}

extension BylawParameter.Value {
    /// The value as people say it.
    var words: String {
        switch self {
        case .integer(let number): SpanishFormat.number(number)
        case .flag(let flag): flag ? "Sí" : "No"
        case .share(0, _): "Cualquier número de asistentes"
        case .share(let numerator, let denominator):
            100 % denominator == 0
                ? "\(numerator * (100 / denominator)) %" : "\(numerator) de cada \(denominator)"
        case .choice(let word): Self.title(of: word)
        case .choices(let words): SpanishFormat.list(words.map(Self.title)).capitalizedFirst
        }
    }

    /// A word of the database as people say it.
    static func title(of word: String) -> String {
        switch word {
        case "cuociente": "Cuociente electoral y mayor residuo"
        case "cifra": "Cifra repartidora"
        case "mayoria": "Mayoría simple"
        case "mayoria_absoluta": "Mayoría absoluta, con segunda vuelta"
        case "plurinominal": "Los más votados, para varios puestos"
        case "secreto": "voto secreto"
        case "mano_alzada": "mano alzada"
        case "aclamacion": "aclamación"
        case "lista_unica": "lista única"
        case "simple": "Simple: más votos a favor que en contra"
        case "absoluta": "Absoluta: la mitad más uno"
        case "calificada": "Calificada: la parte que digan los estatutos"
        case "unanime": "Unánime"
        case "votos": "De los votos emitidos"
        case "presentes": "De los presentes con voto"
        case "habilitados": "De todos los que tienen voto"
        default: word
        }
    }
}

extension BylawParameter.Name {
    /// What a parameter is about, under which forms ask for it.
    enum Topic: CaseIterable {
        case quorum, bodies, votes, days

        var title: String {
            switch self {
            case .quorum: "Quórum y convocatoria"
            case .bodies: "Período y puestos"
            case .votes: "Votación y conteo"
            case .days: "Plazos"
            }
        }
    }

    var topic: Topic {
        switch self {
        case .firstQuorum, .firstQuorumIsExceeded, .quorumCountsVacancies, .secondCallMinutes,
            .secondQuorumShare,
            .secondQuorumCount, .decisionMajority, .decisionMajorityShare, .decisionMajorityOf:
            .quorum
        case .termMonths, .alliancePeriodMonths, .boardSeats, .alternatesRequired: .bodies
        case .countingRule, .countingThreshold, .votingMethods, .blankMajorityRepeats, .leavingEndsRight,
            .remoteVoting:
            .votes
        case .noticeDays, .daysAreBusinessDays, .nominationDays, .claimDays, .challengeDays,
            .applicationAnswerDays, .meetingIntervalDays:
            .days
        }
    }
}

extension String {
    /// A value as people write it, in the form in which bylaws keep it: «30 %» is `30/100`.
    fileprivate func parameterText(of shape: BylawParameter.Value.Shape) -> String {
        let text = filter { !$0.isWhitespace }
        guard shape == .share, text.hasSuffix("%") else { return text }
        return "\(text.dropLast())/100"
    }
}

/// A word of a choice, as addresses and forms name it.
private struct Word: PathValue {
    let pathText: String

    init(pathText: String) {
        self.pathText = pathText
    }
}

/// The questions of new bylaws.
struct BylawsForm {
    let title = Field.text(
        "title", "Título", max: 160, hint: "Por ejemplo: «Estatutos de la alianza de usuarios».")
    let approvedOn = Field.date("approved_on", "Los aprobó la asamblea el")
    let approvedIn = Field.text(
        "approved_in", "Acta de la asamblea", max: 160,
        hint: "Número y fecha: «Acta 3 del 12 de marzo de 2026»."
    ).optional()
    let inForceFrom = Field.date("in_force_from", "Rigen desde el")
    let articles = Field.paragraphs(
        "articles", "Articulado", max: 400_000, rows: 12,
        hint: "Cada artículo empieza en su línea: «Artículo 7. Quórum.» y sigue su texto."
    ).optional()
    /// One question for each thing that bylaws may order in figures.
    let parameters = BylawParameter.Name.allCases.map(ParameterField.init)

    /// A parameter, and the article or norm that says it.
    struct ParameterField {
        let name: BylawParameter.Name
        let value: Field<String?>
        let origin: Field<String?>

        init(_ name: BylawParameter.Name) {
            self.name = name
            value = name.shape.field(name.rawValue, name.title)
            origin = Field.text("\(name.rawValue)_origin", "Artículo o norma", max: 200).optional()
        }
    }
}

extension BylawParameter.Value.Shape {
    /// The question for a value of the shape.
    fileprivate func field(_ name: String, _ label: String) -> Field<String?> {
        switch self {
        case .integer:
            Field.text(name, label, max: 9, mode: "numeric").optional()
        case .flag:
            Self.menu(name, label, [("si", "Sí"), ("no", "No")])
        case .share:
            Field.text(name, label, max: 20, hint: "Una parte, como 1/2 o 30 %.").optional()
        case .choice(let words):
            Self.menu(name, label, words.map { ($0, BylawParameter.Value.title(of: $0)) })
        case .choices(let words):
            Field.choices(
                name, label,
                words.map { Option(Word(pathText: $0), BylawParameter.Value.title(of: $0).capitalizedFirst) },
                isRequired: false
            ).reading(
                { $0.isEmpty ? nil : $0.map(\.pathText).joined(separator: ",") },
                printing: { ($0 ?? "").split(separator: ",").map { Word(pathText: String($0)) } })
        }
    }

    private static func menu(
        _ name: String, _ label: String, _ words: [(word: String, title: String)]
    ) -> Field<String?> {
        Field.choice(
            name, label, words.map { Option(Word(pathText: $0.word), $0.title) }, style: .menu,
            prompt: "No lo dicen"
        ).reading({ $0.pathText }, printing: Word.init).optional()
    }
}

/// Registers bylaws.
struct NewBylawsPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Registrar estatutos" }
    var lead: String? {
        "Una versión no se cambia: lo que la asamblea reforme después es otra versión, vigente desde su propia fecha."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = BylawsForm()
        html.form(to: .newBylaws(heading.slug), form) { form in
            form.field(fields.title)
            form.div(.class("form-row")) { row in
                row.field(fields.approvedOn)
                row.field(fields.inForceFrom)
            }
            form.field(fields.approvedIn)
            form.field(fields.articles)
            fields.writeParameters(&form)
            form.submit("Registrar los estatutos", orBackTo: .governance(heading.slug))
        }
    }
}

extension BylawsForm {
    /// Writes the questions of what bylaws order in figures.
    func writeParameters(_ form: inout HTML) {
        form.section("Lo que ordenan en cifras") { part in
            part.p(
                "Escriba solo lo que dicen los estatutos y de qué artículo sale: el número del artículo, o la norma si es de una ley o decreto. Lo que se deja en blanco no rige.",
                .class("form-text"))
            for topic in BylawParameter.Name.Topic.allCases {
                part.h3(topic.title)
                for parameter in parameters where parameter.name.topic == topic {
                    part.div(.class("form-row")) { row in
                        row.field(parameter.value)
                        row.field(parameter.origin)
                    }
                }
            }
        }
    }

    /// The form with a text filled in, to write a reform of it.
    func filling(_ form: FormState, with text: BylawsText) -> FormState {
        var state = form.filling(title, with: text.title)
            .filling(articles, with: text.articles.map(\.written).joined(separator: "\n"))
        for field in parameters {
            guard let known = text.parameters[field.name] else { continue }
            let origin: String? = known.article ?? known.norm
            state = state.filling(field.value, with: known.value.description)
                .filling(field.origin, with: origin)
        }
        return state
    }

    /// Reads what a person filled in.
    ///
    /// What cites an article of the text was copied from it, and counts as confirmed; what cites a norm waits for
    /// somebody to confirm it.
    func read(
        _ form: Submission
    ) throws -> (
        title: String, approvedOn: CalendarDate, inForceFrom: CalendarDate, approvedIn: String?,
        articles: [BylawArticle], parameters: [BylawParameter]
    ) {
        let (title, approvedOn, inForceFrom, approvedIn) = try form.read(
            title, approvedOn, inForceFrom, approvedIn)
        let (articles, parameters) = try content(form)
        return (title, approvedOn, inForceFrom, approvedIn, articles, parameters)
    }

    /// Reads text and figures.
    func content(_ form: Submission) throws -> (articles: [BylawArticle], parameters: [BylawParameter]) {
        let text: String? = try form.read(articles)
        let articles = BylawArticle.list(in: text ?? "")
        let numbers = Set(articles.map(\.number))
        var parameters: [BylawParameter] = []
        for field in self.parameters {
            let (value, origin) = try form.read(field.value, field.origin)
            guard let value else { continue }
            let article = origin.map(BylawArticle.number).flatMap { numbers.contains($0) ? $0 : nil }
            parameters.append(
                try BylawParameter(
                    name: field.name, text: value.parameterText(of: field.name.shape), article: article,
                    norm: article == nil ? origin : nil, isConfirmed: article != nil))
        }
        return (articles, parameters)
    }
}

extension BylawArticle {
    /// The article as forms take it.
    fileprivate var written: String {
        "Artículo \(number). \(heading)\(heading.isEmpty ? "" : ". ")\(body)"
    }

    /// The number that a citation means: «Artículo 7», «art. 7» and «7» are the same.
    fileprivate static func number(cited text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first?.folded, ["articulo", "art"].contains(first) else {
            return words.joined(separator: " ")
        }
        return words.dropFirst().joined(separator: " ")
    }

    /// The articles of a text: each begins on a line «Artículo 7. Quórum.», and its text follows.
    fileprivate static func list(in text: String) -> [BylawArticle] {
        var articles: [BylawArticle] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if let head = line.wholeMatch(
                of: /\s*(?i)art[íi]culo\s+([0-9]+(?:\s+bis)?)[.°º:\-]*\s*(.*)/)
            {
                let rest = String(head.output.2)
                let cut = rest.firstIndex(of: ".") ?? rest.endIndex
                articles.append(
                    BylawArticle(
                        number: String(head.output.1), heading: String(rest[..<cut]),
                        body: String(rest[cut...].drop { $0 == "." || $0 == " " })))
            } else if let last = articles.popLast() {
                articles.append(
                    BylawArticle(
                        number: last.number, heading: last.heading,
                        body: last.body.isEmpty ? String(line) : last.body + "\n" + line))
            }
        }
        return articles
    }
}
