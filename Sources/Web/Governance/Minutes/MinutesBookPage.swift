import Governance
import Kernel
import Tenancy

/// The book of minutes of an alliance and its bodies: numbers, states, seals, with those recorded from paper.
struct MinutesBookPage: ListPage {
    enum Sort: String, SortKey {
        case day = "fecha"
        static let initial = Self.day
    }

    /// A row, with where it leads.
    struct Row: Sendable {
        let entry: BookEntry
        let alliance: AllianceSlug
        let mayOpen: Bool
    }

    /// A book among those of the alliance.
    struct Book: PathValue, Hashable {
        let pathText: String

        init(pathText: String) { self.pathText = pathText }
    }

    static let columns: [Column<Row, Sort>] = [
        .text("Número") { $0.entry.number },
        .text("Reunión", to: { $0.path }) { $0.entry.title },
        .date("Fecha", sort: .day) { $0.entry.day },
        .text("Libro") { $0.entry.body ?? "De la alianza" },
        .status("Estado") { $0.entry.state?.status ?? Status("Del papel", .plain) },
        .text("Firmas") { $0.entry.signers == 0 ? nil : "\($0.entry.signed) de \($0.entry.signers)" },
        .date("Aprobada") { $0.entry.approvedOn },
        .text("Correcciones") { $0.entry.corrections == 0 ? nil : String($0.entry.corrections) },
        .text("Código") { $0.entry.code },
        .text("Escaneo", to: { row in row.mayOpen ? row.entry.scan.map { .file($0) } : nil }) {
            $0.entry.scan == nil ? nil : "Ver el escaneo"
        },
    ]

    let heading: AllianceHeading
    let query: ListQuery<Sort>
    let found: Found<Row>
    let books: [String]
    let maySetFormats: Bool

    static func filter(_ books: [String]) -> Field<Book?> {
        Field.choice(
            "libro", "Libro", books.map { Option(Book(pathText: $0), $0) }, style: .menu, prompt: "Todos"
        ).optional()
    }

    var title: String { "Libro de actas" }
    var lead: String? { heading.alliance.name }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "acta" }

    func actions(_ html: inout HTML) {
        if maySetFormats { html.action("Formato del acta", to: .documentFormats()) }
    }

    func body(_ html: inout HTML) {
        html.p(
            "Los números se dan al aprobar, sin saltos ni repetidos, y continúan los de los libros en papel. Las actas registradas desde el papel quedan como estaban.",
            .class("form-text"))
        html.list(
            self, filters: { form in if books.count > 1 { form.field(Self.filter(books)) } },
            empty: EmptyState(
                "El libro está vacío. El acta de cada reunión aparece aquí en cuanto se empieza o se registra.",
                next: "Ver las reuniones", to: .meetings(heading.slug)))
    }
}

extension MinutesBookPage.Row {
    /// The minutes, or the meeting where they were recorded from paper.
    fileprivate var path: Path {
        entry.state == nil ? .meeting(alliance, entry.meeting) : .minutes(alliance, entry.meeting)
    }
}

/// The questions of a format.
enum DocumentFormatForm {
    static let code = Field.text("code", "Código", max: 40, hint: "Como «SIAU-F-07».")
    static let version = Field.text("version", "Versión", max: 20)
    static let unit = Field.text("unit", "Unidad funcional", max: 120)
    static let validFrom = Field.date("valid_from", "Vigente desde el")
}

/// The control header that the entity's quality system gives to its minutes.
struct DocumentFormatsPage: Page {
    let formats: [DocumentFormat]
    let form: FormState
    let today: CalendarDate

    var title: String { "Formato del acta" }
    var lead: String? {
        "El encabezado de control que el sistema de calidad de la entidad pone en sus actas."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "acta" }

    func body(_ html: inout HTML) {
        html.p("Cada acta lleva el formato que regía el día de su reunión.")
        if !formats.isEmpty {
            html.section("Formatos registrados") { part in
                part.ul { list in
                    for format in formats {
                        list.li(
                            "\(format.code), versión \(format.version), \(format.unit): desde el \(SpanishFormat.longDate(format.validFrom))"
                        )
                    }
                }
            }
        }
        html.section("Registrar otro") { part in
            part.form(
                to: .documentFormats(),
                form.isTyped ? form : form.filling(DocumentFormatForm.validFrom, with: today)
            ) { form in
                form.field(DocumentFormatForm.code)
                form.field(DocumentFormatForm.version)
                form.field(DocumentFormatForm.unit)
                form.field(DocumentFormatForm.validFrom)
                form.submit("Registrar el formato")
            }
        }
    }
}
