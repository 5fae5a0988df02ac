import Governance
import Kernel
import Tenancy

/// Adds scans to what an import brought without them.
struct AddHistoryScansPage: Page {
    let heading: AllianceHeading
    let imported: HistoryImport
    let rows: [HistoryRow]
    let form: FormState

    var title: String { "Agregar los escaneos" }
    var lead: String? {
        "«\(imported.fileName)»: \(SpanishFormat.count(waiting.count, "registro espera", "registros esperan")) su escaneo."
    }
    var trail: [Crumb] {
        heading.trailOfHistory + [Crumb(imported.fileName, .historyImport(heading.slug, imported.id))]
    }
    var help: HelpTopic { "historia" }

    private var waiting: [HistoryRow] { rows.filter(\.awaitsScan) }

    func body(_ html: inout HTML) {
        guard !waiting.isEmpty else {
            html.p("Todo lo que la hoja nombra ya tiene su escaneo.")
            html.p(.class("part-actions")) {
                $0.action("Volver a la importación", to: .historyImport(heading.slug, imported.id), .primary)
            }
            return
        }
        html.p(
            "Cada archivo va al registro cuya fila lo nombra. Puede enviar ahora unos y después los demás. Antes de guardar se muestra a dónde va cada uno."
        )
        html.form(to: .addHistoryScans(heading.slug, imported.id), form, hasFiles: true) { form in
            form.field(HistoryScansForm.scans)
            form.submit("Revisar los archivos", orBackTo: .historyImport(heading.slug, imported.id))
        }
        html.section("Qué archivos se esperan") { part in
            let columns: [Column<HistoryRow, HistoryOrder>] = [
                .text("Archivo") { $0.scanName }, .text("Registro") { $0.title },
                .date("Fecha") { $0.day }, .integer("Fila") { $0.number },
            ]
            part.table("Registros sin escaneo", columns, waiting)
        }
    }
}

/// Where each of the files goes that were sent, before anything is kept.
struct ReviewHistoryScansPage: Page {
    /// The name under which the files that are held go with the form.
    static let held = "held"

    let page: AddHistoryScansPage
    let match: HistoryScanMatch
    let problems: [String]
    /// The key of the files that are held; `nil` where something is wrong with them.
    let key: String?

    var title: String { key == nil ? "Los archivos no coinciden" : "Revise a dónde va cada archivo" }
    var lead: String? {
        guard key != nil else { return "No se guardó nada. Corrija esto y envíelos otra vez." }
        let left = match.pairs.count - match.matched.count
        let found = SpanishFormat.count(
            match.matched.count, "registro recibe su escaneo", "registros reciben su escaneo")
        return left == 0
            ? "\(found.capitalizedFirst). Nada se guarda hasta que lo confirme."
            : "\(found.capitalizedFirst); \(SpanishFormat.count(left, "sigue esperando", "siguen esperando")). Nada se guarda hasta que lo confirme."
    }
    var trail: [Crumb] {
        page.trail + [Crumb("Agregar los escaneos", again)]
    }
    var help: HelpTopic { "historia" }

    private var again: Path { .addHistoryScans(page.heading.slug, page.imported.id) }

    func body(_ html: inout HTML) {
        if !problems.isEmpty {
            html.note(.warning, "No se guardó ningún archivo") { note in
                note.ul { list in for problem in problems { list.li(problem) } }
            }
        }
        let columns: [Column<HistoryScanMatch.Pair, HistoryOrder>] = [
            .text("Registro") { $0.row.title }, .date("Fecha") { $0.row.day },
            .text("La hoja nombra") { $0.row.scanName }, .text("Archivo que llegó") { $0.scan?.name },
            .status("Estado") {
                $0.scan == nil ? Status("Sigue esperando", .plain) : Status("Recibe su escaneo", .met)
            },
        ]
        html.table("Registros que esperan su escaneo", columns, match.pairs)
        guard let key else {
            html.p(.class("part-actions")) { $0.action("Enviar otros archivos", to: again, .primary) }
            return
        }
        html.form(to: again, FormState()) { form in
            form.input(.type("hidden"), .name(Self.held), .value(key))
            form.div(.class("form-end")) { end in
                end.button(
                    "Guardar los escaneos", .type("submit"), .name("paso"),
                    .value(ReviewStep.act.rawValue), .class(Emphasis.primary.buttonClass))
                end.a("Enviar otros archivos", .class("btn btn-link"), .href(again))
            }
        }
    }
}
