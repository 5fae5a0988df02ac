import Governance
import Kernel
import Tenancy

/// An order of rows that stay as their sheet has them.
enum HistoryOrder: String, SortKey {
    case row = "fila"
    static let initial = Self.row
}

/// What is known from paper of the time before the product: what may come in, and what came.
struct HistoryPage: Page {
    let heading: AllianceHeading
    let imports: [HistoryImport]
    let mayImport: Bool

    var title: String { "Historia del papel" }
    var lead: String? {
        "Los períodos, las actas y las elecciones de antes de usar la plataforma, de una hoja de cálculo con sus escaneos."
    }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "historia" }

    func body(_ html: inout HTML) {
        html.ul(.class("cards")) { list in
            for kind in HistoryKind.allCases {
                list.li { card in
                    card.h2(kind.title)
                    card.p(kind.explanation)
                    let template: Path = .historyTemplate(heading.slug, kind)
                    if mayImport {
                        card.p {
                            $0.action("Importar \(kind.inSentence)", to: .importHistory(heading.slug, kind))
                        }
                    }
                    card.p { line in
                        line.a("Plantilla de Excel", .href(template.with("formato", "xlsx")))
                        line.text(" · ")
                        line.a("Plantilla CSV", .href(template.with("formato", "csv")))
                    }
                }
            }
        }
        html.section("Lo que ha entrado", id: "importaciones") { part in
            guard !imports.isEmpty else {
                part.p("Todavía no ha entrado nada del papel.")
                return
            }
            let columns: [Column<HistoryImport, HistoryOrder>] = [
                .text("Archivo", to: { [slug = heading.slug] in .historyImport(slug, $0.id) }) {
                    $0.fileName
                }, .text("Qué trajo") { $0.kind.title }, .integer("Filas") { $0.rows },
                .instant("Cuándo") { $0.importedAt }, .text("Quién") { $0.importedBy },
                .status("Estado") { $0.status },
            ]
            part.table("Importaciones de la historia", columns, imports)
        }
    }
}

extension HistoryKind {
    /// The name within a sentence.
    var inSentence: String { title.lowercased() }

    fileprivate var explanation: String {
        switch self {
        case .mandates:
            "Quién ocupó cada puesto y en qué fechas. Cuenta para certificar quién representaba y para los límites de reelección."
        case .minutes:
            "Las actas de las reuniones, con el número que tienen en su libro. No cambian la numeración de las que se hacen aquí."
        case .elections:
            "La fecha, el censo, los votos y los elegidos, como los dice el acta. Aquí no se vuelven a contar."
        }
    }
}

extension HistoryImport {
    fileprivate var status: Status {
        undoneAt == nil ? Status("Registrada", .met) : Status("Deshecha", .plain)
    }
}

/// What an import brought.
struct HistoryImportPage: Page {
    let heading: AllianceHeading
    let imported: HistoryImport
    let rows: [HistoryRow]
    let mayUndo: Bool
    let mayOpen: Bool

    var title: String { "\(imported.kind.title) del papel" }
    var lead: String? {
        "De «\(imported.fileName)», el \(SpanishFormat.longDateAndTime(imported.importedAt))"
            + (imported.importedBy.map { ", por \($0)." } ?? ".")
    }
    var trail: [Crumb] { heading.trailOfHistory }
    var help: HelpTopic { "historia" }

    func actions(_ html: inout HTML) {
        if mayUndo, imported.undoneAt == nil, rows.contains(where: \.awaitsScan) {
            html.action("Agregar los escaneos", to: .addHistoryScans(heading.slug, imported.id), .primary)
        }
        if mayUndo, imported.undoneAt == nil {
            html.action("Deshacer la importación", to: .undoHistory(heading.slug, imported.id), .danger)
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(imported.status) }
        if let undoneAt = imported.undoneAt {
            html.note(
                .info,
                "Se deshizo el \(SpanishFormat.sentence(SpanishFormat.longDateAndTime(undoneAt))) Motivo: \(imported.undoReason ?? "")"
            )
            return
        }
        let slug = heading.slug
        let columns: [Column<HistoryRow, HistoryOrder>] = [
            .text("Registro", to: { $0.path(in: slug) }) { $0.title }, .date("Fecha") { $0.day },
            .text("Escaneo", to: { [mayOpen] row in mayOpen ? row.file.map { .file($0) } : nil }) {
                $0.file == nil ? $0.scanName.map { "Falta «\($0)»" } : "Ver el escaneo"
            }, .integer("Fila") { $0.number },
        ]
        html.table("Lo que trajo la hoja", columns, rows)
    }
}

extension HistoryRow {
    /// Where what came in stands.
    fileprivate func path(in slug: AllianceSlug) -> Path {
        switch subject {
        case .mandate(_, let body): .body(slug, body)
        case .minutes(_, let meeting): .meeting(slug, meeting)
        case .election: Path.processes(slug).at(anchor: "historia")
        }
    }
}

/// Takes an import back.
struct UndoHistoryPage: Page {
    static let reason = Field.text("reason", "Por qué se deshace", max: 300)
    static let confirmation = Confirmation(
        word: "DESHACER",
        consequences: [
            "Se quita todo lo que trajo esta hoja, también los compromisos de las actas. Los archivos escaneados se conservan en los documentos de la alianza.",
            "Si algo de lo que entró ya se usó, no se quita nada.",
            "Queda en el registro que se importó y que se deshizo, con el motivo.",
        ], verb: "Deshacer la importación")
    static var word: Field<String> { confirmation.field }

    let heading: AllianceHeading
    let imported: HistoryImport
    let form: FormState

    var title: String { "Deshacer la importación" }
    var lead: String? {
        "«\(imported.fileName)»: \(SpanishFormat.count(imported.rows, "fila", "filas")) de \(imported.kind.inSentence)."
    }
    var trail: [Crumb] {
        heading.trailOfHistory + [Crumb(imported.fileName, .historyImport(heading.slug, imported.id))]
    }
    var help: HelpTopic { "historia" }

    func body(_ html: inout HTML) {
        html.confirmation(
            Self.confirmation, to: .undoHistory(heading.slug, imported.id), form,
            orBackTo: .historyImport(heading.slug, imported.id), warning: "Se quita lo que entró"
        ) { $0.field(Self.reason) }
    }
}

extension AllianceHeading {
    /// The way to the pages of its history.
    var trailOfHistory: [Crumb] { trailOfLife + [Crumb("Historia del papel", .history(slug))] }
}
