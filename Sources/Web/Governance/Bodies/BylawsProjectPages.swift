import Governance
import Kernel
import Tenancy

/// Writes a project of bylaws, beginning from the text in force.
struct NewBylawsProjectPage: Page {
    let heading: AllianceHeading
    let inForce: BylawsText?
    let form: FormState

    static let from = Field.date(
        "in_force_from", "Regiría desde el", hint: "En blanco: desde el día en que se apruebe."
    ).optional()

    var title: String { "Preparar una reforma de los estatutos" }
    var lead: String? {
        "Parte del texto vigente: cambie lo que se va a reformar. El proyecto no rige hasta que una asamblea lo adopte con su decisión."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = BylawsForm()
        let state = inForce.map { form.isTyped ? form : fields.filling(form, with: $0) } ?? form
        html.form(to: .newBylawsProject(heading.slug), state) { form in
            form.field(fields.title)
            form.field(Self.from)
            form.field(fields.articles)
            fields.writeParameters(&form)
            form.submit("Guardar el proyecto", orBackTo: .governance(heading.slug))
        }
    }
}

/// A project of bylaws.
struct BylawsProjectPage: Page {
    let heading: AllianceHeading
    let project: BylawsText
    /// The number of the version in force.
    let inForce: Int?

    var title: String { project.title }
    var lead: String? {
        "Proyecto, versión \(project.version)\(project.from.map { ". Regiría desde el \(SpanishFormat.date($0))" } ?? "")."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func actions(_ html: inout HTML) {
        guard let inForce else { return }
        html.action(
            "Comparar con los vigentes", to: .compareBylaws(heading.slug, inForce, project.version), .primary)
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(Status("Proyecto", .open)) }
        html.note(.info, "Cómo se adopta") { note in
            note.ol { list in
                list.li("Convoque la asamblea y ponga la reforma en el orden del día.")
                list.li(
                    "En la sesión, al registrar la decisión, escoja en «Aprueba» la opción «Adoptar: \(project.title), versión \(project.version)»."
                )
                list.li(
                    "Si la decisión se aprueba, el texto rige desde ese día o desde el que dice el proyecto.")
            }
        }
        html.section("Articulado") { part in
            if project.articles.isEmpty { part.p("No se escribió el texto.") }
            for article in project.articles {
                part.h3("Artículo \(article.number).\(article.heading.isEmpty ? "" : " \(article.heading)")")
                for paragraph in article.body.split(whereSeparator: \.isNewline) {
                    part.p(String(paragraph))
                }
            }
        }
    }
}

/// Two texts of bylaws side by side.
struct CompareBylawsPage: Page {
    let heading: AllianceHeading
    let comparison: BylawsComparison

    private var before: BylawsText { comparison.before }
    private var after: BylawsText { comparison.after }

    var title: String { "Comparar los estatutos" }
    var lead: String? {
        let changes = comparison.changes
        return changes == 0
            ? "Las dos versiones dicen lo mismo."
            : "\(before.name) y \(after.name.lowercased()): \(SpanishFormat.count(changes, "diferencia", "diferencias"))."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        html.section("Artículo por artículo", id: "articulos") { part in
            if comparison.articles.isEmpty { part.p("Ninguna de las dos versiones tiene texto.") }
            for article in comparison.articles { write(article, &part) }
        }
        let parameters = comparison.parameters
        guard !parameters.isEmpty else { return }
        html.section("Lo que ordenan en cifras", id: "cifras") { part in
            part.table("Cifras de las dos versiones", columns, parameters)
        }
    }

    private enum Order: String, SortKey {
        case name = "dato"
        static let initial = Self.name
    }

    private var columns: [Column<BylawsComparison.Parameter, Order>] {
        [
            .text("Dato") { $0.name.title }, .text(before.name) { $0.before?.value.words },
            .text(after.name) { $0.after?.value.words }, .status("Cambio") { $0.change.status },
        ]
    }

    private func write(_ article: BylawsComparison.Article, _ part: inout HTML) {
        part.div(.class("dossier-head")) { head in
            head.h3("Artículo \(article.number)")
            head.status(article.change.status)
        }
        let words = article.words
        part.div(.class("side-by-side")) { sides in
            sides.div { side in
                side.p(before.name, .class("form-text"))
                write(article.before, words.before, wasThere: "del", &side)
            }
            sides.div { side in
                side.p(after.name, .class("form-text"))
                write(article.after, words.after, wasThere: "ins", &side)
            }
        }
    }

    private func write(
        _ article: BylawArticle?, _ words: [BylawsComparison.Word], wasThere tag: StaticString,
        _ side: inout HTML
    ) {
        guard let article else {
            side.p("No está.", .class("form-text"))
            return
        }
        if !article.heading.isEmpty { side.p { $0.strong(article.heading) } }
        side.p { text in
            var run: [String] = []
            var isChanged = false
            func flush(_ text: inout HTML) {
                guard !run.isEmpty else { return }
                let joined = run.joined(separator: " ")
                if isChanged { text.element(tag, joined, []) } else { text.text(joined) }
                text.text(" ")
                run = []
            }
            for word in words {
                if word.isChanged != isChanged {
                    flush(&text)
                    isChanged = word.isChanged
                }
                run.append(word.text)
            }
            flush(&text)
        }
    }
}

extension BylawsComparison.Change {
    /// What became of it, as a chip.
    fileprivate var status: Status {
        switch self {
        case .same: Status("Igual", .plain)
        case .changed: Status("Cambia", .due)
        case .added: Status("Nuevo", .open)
        case .removed: Status("Se suprime", .overdue)
        }
    }
}
