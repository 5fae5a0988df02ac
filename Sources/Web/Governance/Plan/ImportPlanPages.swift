import Governance
import Kernel
import Tenancy

/// Activities from a spreadsheet: sent, reviewed row by row, added all or none.
struct ImportPlanRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.importPlan, upTo: .files(megabytes: ImportPlanPage.megabytes), show: show, act: act)
        tenant.get(Path.planTemplate) { context, slug, year in
            _ = try await context.alliance(slug)
            let columns = PlanSheet.Column.allCases.map { column in
                Column<String, PlanActivitiesPage.Order>.text(column.rawValue) { _ in nil }
            }
            return Export(
                "plantilla-plan-\(year)", columns, reading: AsyncStream<String> { $0.finish() }, count: 0,
                as: context.visit["formato"].flatMap(ExportFormat.init) ?? .xlsx)
        }
    }

    @Sendable private func show(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> ImportPlanPage {
        let (heading, draft, _) = try await context.draft(slug, year)
        return ImportPlanPage(heading: heading, draft: draft, form: state)
    }

    @Sendable private func act(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Reviewed<ReviewPlanSheetPage, ImportPlanPage> {
        let (heading, draft, _) = try await context.draft(slug, year)
        guard ReviewStep(form) == .act, let text = form.entries.first(ReviewPlanSheetPage.sheet) else {
            let file = try form.read(ImportPlanPage.file)
            return .review(
                ReviewPlanSheetPage(
                    heading: heading, draft: draft, fileName: file.name,
                    sheet: PlanSheet(try Spreadsheet(file), for: draft)))
        }
        // What was reviewed is read again: nothing is taken that is not whole.
        let sheet = PlanSheet(Spreadsheet(csv: text), for: draft)
        guard sheet.problems.isEmpty else {
            return .review(
                ReviewPlanSheetPage(heading: heading, draft: draft, fileName: "", sheet: sheet))
        }
        try await context.run(EditPlan(draft.id, of: heading.alliance.id, .add(sheet.activities)), form)
        let count = SpanishFormat.count(
            sheet.activities.count, "actividad quedó en el plan", "actividades quedaron en el plan")
        return .done(Redirect(to: draft.path(in: slug), "\(count.capitalizedFirst)."))
    }
}

/// Asks for the spreadsheet.
struct ImportPlanPage: Page {
    static let megabytes = 2
    static let file = Field.file(
        "file", "La hoja de cálculo", accepting: [.xlsx, .csv], megabytes: megabytes,
        hint: "De un libro se lee la primera hoja. Antes de guardar se muestra cómo se entendió.")

    let heading: AllianceHeading
    let draft: WorkPlan
    let form: FormState

    var title: String { "Importar actividades al plan \(draft.year)" }
    var lead: String? {
        "Una fila por actividad. Si algo no sirve, se dice en qué fila y columna, y no entra nada."
    }
    var trail: [Crumb] { heading.trail(toEdit: draft) }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        let template: Path = .planTemplate(heading.slug, draft.year)
        html.p(.class("part-actions")) { line in
            line.action("Plantilla de Excel", to: template.with("formato", "xlsx"), icon: .download)
            line.action("Plantilla CSV", to: template.with("formato", "csv"), icon: .download)
        }
        html.form(to: Path.importPlan(heading.slug, draft.year).about(draft), form, hasFiles: true) { form in
            form.field(Self.file)
            form.submit("Revisar la hoja", orBackTo: draft.path(in: heading.slug))
        }
        html.section("Qué va en cada columna") { part in
            part.facts(
                Fact("Eje", "Su número, del 1 al 5. Si la celda está vacía, vale el de la fila de arriba."),
                Fact("Actividad", "Qué se va a hacer. Es la única, con el eje, que no puede faltar."),
                Fact(
                    "Meta",
                    "Cuántas, y de qué: «12 capacitaciones»; o el número aquí y la unidad en su columna."),
                Fact("Línea de base", "Cuántas había, y en su columna la fecha en que se contaron."),
                Fact("Presupuesto", "En pesos, sin centavos."),
                Fact(
                    "Meses",
                    "«marzo y agosto», «1, 3, 5», «enero a junio», «mensual»; o doce columnas con una marca."),
                Fact("Se cumple con") { fact in
                    fact.text(
                        "Una o varias, separadas por coma: \(SpanishFormat.list(Happening.Kind.allCases.map(\.title)))."
                    )
                })
        }
    }
}

/// What was understood of a spreadsheet, or what is wrong with it.
struct ReviewPlanSheetPage: Page {
    /// The name under which the rows go with the form.
    static let sheet = "sheet"

    let heading: AllianceHeading
    let draft: WorkPlan
    let fileName: String
    let sheet: PlanSheet

    var title: String {
        sheet.problems.isEmpty ? "Revise lo que se va a agregar" : "La hoja tiene errores"
    }
    var lead: String? {
        let file = fileName.isEmpty ? "" : "«\(fileName)»: "
        return sheet.problems.isEmpty
            ? "\(file)\(SpanishFormat.count(sheet.entries.count, "actividad", "actividades")). Nada se guarda hasta que lo confirme."
            : "\(file)\(SpanishFormat.count(sheet.problems.count, "error", "errores")). No se guardó nada: corríjalos en la hoja y envíela otra vez."
    }
    var trail: [Crumb] { heading.trail(toEdit: draft) }
    var help: HelpTopic { "plan" }
    var frame: Frame { .standard }

    func body(_ html: inout HTML) {
        guard sheet.problems.isEmpty else {
            let columns: [Column<PlanSheet.Problem, PlanActivitiesPage.Order>] = [
                .integer("Fila") { $0.row }, .text("Columna") { $0.column }, .text("Qué pasa") { $0.message },
            ]
            html.table("Errores de la hoja", columns, sheet.problems)
            html.p(.class("part-actions")) {
                $0.action(
                    "Enviar otra hoja", to: Path.importPlan(heading.slug, draft.year).about(draft), .primary)
            }
            return
        }
        let columns: [Column<PlanSheet.Entry, PlanActivitiesPage.Order>] = [
            .text("Actividad") { $0.terms.activity },
            .text("Eje") { "\($0.terms.axis.rawValue)\($0.terms.line.map { ". \($0)" } ?? "")" },
            .text("Meta") { $0.terms.targetInWords }, .text("Cuándo") { $0.terms.whenInWords },
            .text("Responsable") { $0.terms.responsible }, .text("Presupuesto") { $0.terms.budgetInWords },
            .text("Se cumple con") { SpanishFormat.list($0.terms.fulfilledBy.map(\.title)) },
            .text("Falta") {
                $0.terms.gaps.isEmpty ? nil : SpanishFormat.list($0.terms.gaps).capitalizedFirst
            },
            .integer("Fila") { $0.row },
        ]
        html.table("Actividades de la hoja", columns, sheet.entries)
        html.form(to: Path.importPlan(heading.slug, draft.year).about(draft)) { form in
            form.input(.type("hidden"), .name(Self.sheet), .value(PlanSheet.csv(of: sheet.activities)))
            form.div(.class("form-end")) { end in
                end.button(
                    "Agregar al plan", .type("submit"), .name("paso"), .value(ReviewStep.act.rawValue),
                    .class(Emphasis.primary.buttonClass))
                end.action(
                    "Enviar otra hoja", to: Path.importPlan(heading.slug, draft.year).about(draft))
            }
        }
    }
}
