import Foundation
import Kernel
import Membership
import Tenancy

/// Sends a file of affiliates.
struct ImportAffiliatesPage: Page {
    /// The questions of the form.
    struct Form {
        let file = Field.file(
            "file", "Archivo", accepting: [.csv], megabytes: AffiliateUploads.maximumSize / 1_048_576,
            hint: "Primero se revisa y se muestra qué cambiaría; nada se guarda hasta que usted confirme.")
        let cutoff = Field.date(
            "cutoff", "Fecha de corte",
            hint: "El día del que habla el archivo: lo que dice de cada persona vale desde entonces.")
    }

    let form: FormState
    let today: CalendarDate
    /// The day of which the register tells.
    let latest: CalendarDate?

    var title: String { "Importar afiliados" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Afiliados", .affiliates())] }
    var help: HelpTopic { "importar" }
    var scripts: [String] { ["importar.js"] }

    func body(_ html: inout HTML) {
        let fields = Form()
        html.wizard(AffiliateImportPage.steps, at: 0)
        if let latest {
            html.note(
                .info,
                "El padrón está al \(SpanishFormat.date(latest)): el archivo tiene que ser de ese día o de después."
            )
        }
        html.spreadsheetSteps(isOpen: form.isRefused)
        let state = form.isRefused ? form : form.filling(fields.cutoff, with: today)
        html.form(to: .importAffiliates(), state, hasFiles: true) { form in
            form.field(fields.file)
            form.field(fields.cutoff)
            form.submit("Subir y revisar", orBackTo: .affiliates())
        }
        html.section("Cómo es el archivo") { part in
            part.p(
                "Una persona por línea, con los datos separados por coma o por punto y coma. La primera línea trae los nombres de las columnas, en cualquier orden."
            )
            part.p { line in
                line.a("Descargar un archivo de ejemplo", .href(.sampleOfAffiliates()))
                line.text(" · ")
                line.a("Qué va en cada columna", .href(.help("importar")))
            }
            part.details(.class("technical")) { details in
                details.summary("Para sistemas")
                details.p(
                    "También sirven la barra y la tabulación como separador. El texto, en UTF-8 o en Windows-1252. Hasta 1 GB."
                )
            }
            part.element("table", [.class("data"), .role("table")]) { table in
                table.caption("Columnas del archivo", .class("visually-hidden"))
                table.thead(.role("rowgroup")) { head in
                    head.tr(.role("row")) { row in
                        for title in ["Columna", "Qué va", "¿Obligatoria?"] {
                            row.th(title, .scope("col"), .role("columnheader"))
                        }
                    }
                }
                table.tbody(.role("rowgroup")) { body in
                    for column in AffiliateColumn.allCases {
                        body.tr(.role("row")) { row in
                            row.th(
                                column.header, .scope("row"), .role("rowheader"), .data("label", "Columna"))
                            row.td(column.guidance, .role("cell"), .data("label", "Qué va"))
                            row.td(
                                column.isAlwaysRequired ? "Sí" : "No", .role("cell"),
                                .data("label", "¿Obligatoria?"))
                        }
                    }
                }
            }
        }
    }
}

extension HTML {
    /// Writes how a workbook becomes a file that can be read.
    fileprivate mutating func spreadsheetSteps(isOpen: Bool) {
        details(.class("technical"), .open(isOpen)) { details in
            details.summary("¿Lo tiene en Excel? Guárdelo como CSV en tres pasos")
            details.ol(.class("instructions")) { steps in
                steps.li("Abra el libro y deje a la vista la hoja de los afiliados.")
                steps.li { step in
                    step.text("En el menú, ")
                    step.strong("Archivo → Guardar como")
                    step.text(" (o «Guardar una copia»).")
                }
                steps.li { step in
                    step.text("En «Tipo» escoja ")
                    step.strong("CSV UTF-8 (delimitado por comas)")
                    step.text(", guarde y suba ese archivo.")
                }
            }
        }
    }
}

extension AffiliateColumn {
    /// What goes into the column, for who makes the file.
    var guidance: String {
        switch self {
        case .documentType: "CC, CE, TI, RC, PA, PT, PE, CN, SC, CD, MS o AS"
        case .documentNumber: "Como está en el documento, con o sin puntos: 1.066.555.123"
        case .firstSurname, .firstName: "Como está en el documento"
        case .secondSurname, .secondName: "Como está en el documento, o vacío"
        case .birthDate: "13/03/1980 o 1980-03-13"
        case .sex: "F, M o I"
        case .municipality: "Cinco dígitos del DANE, con el cero: 05001"
        case .regime: "C (contributivo), S (subsidiado), E (especial) o N (no asegurado)"
        case .state: "AC (activo), SU (suspendido), RE (retirado) o AF (fallecido)"
        case .phone: "Solo dígitos; puede empezar por +57"
        case .email: "nombre@dominio.co"
        case .insurer: "El código con que está habilitada la EPS: ESS207"
        }
    }
}

/// An import: how far its check is, what it would do, what it did.
struct AffiliateImportPage: Page {
    static let steps = ["Archivo", "Revisión", "Confirmación", "Resultado"]
    static let acceptance = Field.checkbox(
        "acceptance", "Revisé estos cambios y son correctos",
        demand: "Para importar tiene que revisar los cambios y marcar que son correctos.")

    let record: AffiliateImportRecord
    let changes: [AffiliateChange]
    /// How many of those whom it brought are in use, so that it cannot be undone.
    let peopleInUse: Int
    let form: FormState
    let now: Date

    var title: String {
        switch record.standing {
        case .checking: "Revisando el archivo"
        case .checked: "Revise antes de importar"
        case .merging: "Importando"
        case .failed: "La importación se detuvo"
        case .merged: "Importación terminada"
        case .undoing: "Deshaciendo la importación"
        case .undoFailed: "La importación no se pudo deshacer"
        case .undone: "Importación deshecha"
        case .discarded: "Archivo descartado"
        }
    }
    var lead: String? { "\(record.fileName), con corte del \(SpanishFormat.date(record.cutoff))." }
    var trail: [Crumb] {
        [
            Crumb("Inicio", .home()), Crumb("Afiliados", .affiliates()),
            Crumb("Importaciones", .affiliateImports()),
        ]
    }
    var help: HelpTopic { "importar" }
    var refreshes: Int? { record.standing.isOpen ? 3 : nil }

    func actions(_ html: inout HTML) {
        switch record.standing {
        case .merged, .undone, .undoFailed: html.action("Ver los afiliados", to: .affiliates(), .primary)
        case .discarded:
            html.action("Importar otro archivo", to: .importAffiliates(), .primary, icon: .upload)
        case .checking, .checked, .merging, .undoing, .failed: break
        }
    }

    func body(_ html: inout HTML) {
        switch record.standing {
        case .checking:
            html.wizard(Self.steps, at: 1)
            html.progress(work("Revisando el archivo"))
            html.action("Descartar el archivo", posting: .discardAffiliates(record.id), .danger)
        case .checked:
            html.wizard(Self.steps, at: 2)
            if let preview = record.preview { write(preview, &html) }
        case .merging:
            html.wizard(Self.steps, at: 2)
            html.progress(work("Guardando en el padrón"))
        case .undoing:
            html.progress(work("Deshaciendo la importación"))
        case .failed(let reason):
            html.note(.problem, "No se cambió nada en el padrón") { $0.p(reason) }
            if AffiliateFileError.askingForCSV.contains(where: { $0.message == reason }) {
                html.spreadsheetSteps(isOpen: true)
            }
            html.div(.class("form-end")) { end in
                end.action("Subir otro archivo", to: .importAffiliates(), .primary, icon: .upload)
                end.action("Revisar de nuevo", posting: .recheckAffiliates(record.id))
                end.action("Descartar el archivo", posting: .discardAffiliates(record.id), .danger)
            }
        case .discarded:
            html.note(.info, "El archivo se descartó y no se guardó nada de él. El padrón quedó como estaba.")
        case .merged, .undone, .undoFailed:
            writeResult(&html)
        }
    }

    private func work(_ title: String) -> WorkProgress {
        let job = record.job
        // A server gives signs of life every few seconds; another takes the work up after a minute without any.
        let isSilent = job?.state == .running && now.timeIntervalSince(job?.beatAt ?? now) > 20
        let phase = "El servidor se interrumpió y no se cambió nada. El trabajo se retoma solo en un minuto."
        return WorkProgress(
            title: title, phase: isSilent ? phase : job?.phase ?? "", done: job?.doneUnits ?? 0,
            total: job?.totalUnits,
            state: job.map { $0.state == .waiting ? .waiting : .running } ?? .waiting, unit: .bytes)
    }

    // MARK: Before

    private func write(_ preview: AffiliateImportPreview, _ html: inout HTML) {
        let warnings = preview.warnings
        if !warnings.isEmpty {
            html.note(.warning, "Mire bien antes de importar") { note in
                note.ul { list in
                    for warning in warnings { list.li(warning) }
                }
            }
        }
        html.figures(of: preview.summary)
        if preview.summary.new + preview.summary.changed == 0 {
            html.note(
                .info,
                "El padrón ya dice lo mismo: importar solo deja constancia de que sigue así al \(SpanishFormat.date(record.cutoff))."
            )
        }
        html.form(to: .affiliateImport(record.id), form) { form in
            if !warnings.isEmpty { form.field(Self.acceptance) }
            form.div(.class("form-end")) { end in
                end.button("Importar el archivo", .type("submit"), .class(Emphasis.primary.buttonClass))
                end.button(
                    "Descartar el archivo", .type("submit"), .class(Emphasis.danger.buttonClass),
                    .formAction(.discardAffiliates(record.id)))
            }
        }
        writeChanges(preview, &html)
        writeRefusals(preview, &html)
        html.section("Lo que se entendió del archivo") { part in
            part.facts(
                Fact("Columnas") { html in
                    html.text(
                        SpanishFormat.list(
                            preview.columns.compactMap { column in
                                column.title == nil ? nil : column.name
                            }))
                })
            part.details(.class("technical")) { details in
                details.summary("Para sistemas")
                details.p("Texto en \(preview.encoding), separado por \(preview.separator).")
            }
            for notice in preview.notices { part.note(.info, notice) }
        }
    }

    private func writeChanges(_ preview: AffiliateImportPreview, _ html: inout HTML) {
        guard preview.summary.changed > 0 else { return }
        html.section("Qué cambiaría") { part in
            part.ul { list in
                for column in preview.extent.columns {
                    let people = SpanishFormat.count(column.people, "persona", "personas")
                    list.li("\(column.title): \(people)")
                }
            }
            guard !changes.isEmpty else { return }
            part.ul(.class("dossier")) { list in
                for change in changes {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3(change.name)
                            head.span(change.document.formatted)
                        }
                        item.differences(change.differences)
                    }
                }
            }
            if changes.count < preview.summary.changed {
                part.p("Se muestran las primeras \(changes.count) personas, en el orden del archivo.")
            }
        }
    }

    private enum NoSort: String, SortKey {
        case line = "linea"
        static let initial = Self.line
    }

    private static let refusalColumns: [Column<AffiliateImportPreview.RefusedRow, NoSort>] = [
        .integer("Línea") { $0.line },
        .text("Columna") { $0.column },
        .text("Valor") { $0.value },
        .text("Motivo") { $0.reason },
    ]

    private func writeRefusals(_ preview: AffiliateImportPreview, _ html: inout HTML) {
        guard preview.summary.refused > 0 else { return }
        html.section("Filas rechazadas", id: "rechazadas") { part in
            part.p(
                "Estas filas no entran; las demás sí. Corríjalas en su archivo y vuelva a importarlo cuando quiera."
            )
            part.table("Primeras filas rechazadas", Self.refusalColumns, preview.refusedRows)
            part.p { line in
                line.icon(.download)
                line.a(
                    "Descargar todas las filas rechazadas (CSV)", .href(.refusedAffiliates(record.id)))
            }
            if preview.isReportCut {
                part.note(
                    .warning,
                    "Hay demasiadas filas rechazadas para un solo informe: trae las primeras. Revise si el archivo es el que es."
                )
            }
        }
    }

    // MARK: After

    private func writeResult(_ html: inout HTML) {
        switch record.standing {
        case .undone:
            html.note(.info, "El padrón volvió a decir lo que decía antes de esta importación.")
        case .undoFailed(let reason):
            html.note(.problem, "No se deshizo") { $0.p(reason) }
        default:
            html.wizard(Self.steps, at: 3)
        }
        if let summary = record.summary { html.figures(of: summary) }
        html.facts(
            Fact("Importado") { $0.text(SpanishFormat.longDateAndTime(record.at)) },
            Fact("Por", record.by ?? "Administración del servidor"))
        if let undone = record.undoneAt {
            let by = record.undoneBy.map { ", por \($0)" } ?? ""
            html.facts(Fact("Se deshizo", "\(SpanishFormat.longDateAndTime(undone))\(by)"))
        }
        if record.report != nil {
            html.p { line in
                line.icon(.download)
                line.a("Descargar las filas rechazadas (CSV)", .href(.refusedAffiliates(record.id)))
            }
        }
        guard record.standing != .undone else { return }
        if record.isLatest, peopleInUse > 0 {
            html.note(.info, UndoAffiliatesPage.refusal(peopleInUse: peopleInUse))
        } else if record.isLatest {
            html.action("Deshacer esta importación", to: .undoAffiliates(record.id), .danger)
        } else {
            html.note(
                .info,
                "Ya no se puede deshacer: después de esta importación hubo otra. Deshaga primero la más reciente."
            )
        }
    }
}

extension HTML {
    /// Writes the counts of a file, which add up.
    fileprivate mutating func figures(of summary: AffiliateImportSummary) {
        figures(
            KeyFigure(summary.read, "leídas"), KeyFigure(summary.new, "nuevas"),
            KeyFigure(summary.changed, "con cambios"), KeyFigure(summary.unchanged, "iguales"),
            KeyFigure(summary.refused, "rechazadas"))
    }
}

/// Undoes an import.
struct UndoAffiliatesPage: Page {
    let record: AffiliateImportRecord
    /// How many of those whom it brought are in use, so that it cannot be undone.
    let peopleInUse: Int
    let form: FormState

    /// Why it is not undone, and what to do.
    static func refusal(peopleInUse: Int) -> String {
        "No se puede deshacer: \(SpanishFormat.count(peopleInUse, "persona que llegó con ella ya es asociada, ocupa un puesto, firmó o tiene documentos registrados", "personas que llegaron con ella ya son asociadas, ocupan puestos, firmaron o tienen documentos registrados")). Si hay un dato mal, importe un archivo corregido."
    }

    var title: String { "Deshacer la importación" }
    var lead: String? { "\(record.fileName), con corte del \(SpanishFormat.date(record.cutoff))." }
    var trail: [Crumb] {
        [
            Crumb("Inicio", .home()), Crumb("Afiliados", .affiliates()),
            Crumb("Importaciones", .affiliateImports()),
        ]
    }
    var help: HelpTopic { "importar" }

    /// The question; the handler reads it before it acts.
    var confirmation: Confirmation {
        var consequences: [String] = []
        if let summary = record.summary {
            if summary.new > 0 {
                consequences.append(
                    "\(SpanishFormat.count(summary.new, "persona que llegó sale", "personas que llegaron salen")) del padrón."
                )
            }
            if summary.changed > 0 {
                consequences.append(
                    "\(SpanishFormat.count(summary.changed, "persona vuelve", "personas vuelven")) a lo que el padrón decía antes."
                )
            }
        }
        consequences.append(
            "Si alguna persona que llegó ya es asociada, candidata o usuaria, no se deshace nada.")
        return Confirmation(word: "DESHACER", consequences: consequences, verb: "Deshacer la importación")
    }

    func body(_ html: inout HTML) {
        guard record.isLatest else {
            html.note(
                .problem,
                record.undoneAt == nil
                    ? "No se puede deshacer: después de esta importación hubo otra. Deshaga primero la más reciente."
                    : "Esta importación ya se deshizo.")
            html.action("Ver las importaciones", to: .affiliateImports(), .primary)
            return
        }
        guard peopleInUse == 0 else {
            html.note(.problem, Self.refusal(peopleInUse: peopleInUse))
            html.action("Importar un archivo corregido", to: .importAffiliates(), .primary, icon: .upload)
            return
        }
        html.confirmation(
            confirmation, to: .undoAffiliates(record.id), form, orBackTo: .affiliateImport(record.id))
    }
}

/// The imports of the register: who, when, which file, and what came of it.
struct AffiliateImportsPage: ListPage {
    enum Sort: String, SortKey {
        case date = "fecha"
        static let initial = Self.date
    }

    static let columns: [Column<AffiliateImportRecord, Sort>] = [
        .text("Archivo", to: { .affiliateImport($0.id) }) { $0.fileName },
        .instant("Cuándo") { $0.at },
        .text("Quién") { $0.by ?? "Administración del servidor" },
        .date("Corte") { $0.cutoff },
        .status("Estado") { $0.standing.status },
        .integer("Leídas") { $0.summary?.read },
        .integer("Nuevas") { $0.summary?.new },
        .integer("Con cambios") { $0.summary?.changed },
        .integer("Iguales") { $0.summary?.unchanged },
        .integer("Rechazadas") { $0.summary?.refused },
    ]

    let query: ListQuery<Sort>
    let found: Found<AffiliateImportRecord>

    var title: String { "Importaciones del padrón" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Afiliados", .affiliates())] }
    var help: HelpTopic { "importar" }

    func actions(_ html: inout HTML) {
        html.action("Importar archivo", to: .importAffiliates(), .primary, icon: .upload)
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            empty: EmptyState(
                "Aún no se ha importado ningún archivo.", next: "Importar el primero", to: .importAffiliates()
            ))
    }
}
