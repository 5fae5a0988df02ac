import Foundation
import Kernel

@testable import Web

struct GalleryPage: Page {
    var title: String { "Alianza de usuarios de San Antero" }
    var lead: String? {
        "Período 2026–2028, activa desde el 3 de marzo de 2026. Faltan 712 días para la renovación."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Alianzas", .alliances())] }

    func actions(_ html: inout HTML) {
        html.action("Ver la página pública", to: .galleryHall(), icon: .external)
        html.action("Convocar reunión", to: .galleryForm(), .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        html.tabs(
            "Secciones de la alianza",
            [
                Tab("Resumen", .gallery(), isCurrent: true), Tab("Asociados", .galleryTables()),
                Tab("Gobierno", .galleryForm()), Tab("Plan", .galleryWork()),
                Tab("Reuniones y actas", .galleryFreeze(), count: 3), Tab("Elecciones", .galleryUpload()),
                Tab("Quejas y mejoras", .galleryTables()), Tab("Documentos", .galleryTables()),
                Tab("Cumplimiento", .galleryTables(), count: 12),
            ])
        html.figures(
            KeyFigure(1284, "asociados activos", to: .galleryTables()),
            KeyFigure("11 de 12", "actas firmadas"),
            KeyFigure(3, "compromisos vencidos", to: .galleryTables()),
            KeyFigure(SpanishFormat.percentage(7, of: 9), "del plan ejecutado"))
        html.note(.warning, "Falta la renovación del registro") { note in
            note.p { line in
                line.text("El registro ante la secretaría de salud vence el viernes 13 de marzo de 2026. ")
                line.a("Preparar la renovación", .href(.galleryForm()))
            }
        }
        html.section("Estados") { part in
            part.p { line in
                let states: [Status] = [.met, .partial, .due, .overdue, .unproven, .exempt]
                for state in states + [
                    Status("En curso", .open), Status("Borrador", .plain), Status("Sellada", .sealed),
                ] {
                    line.status(state)
                    line.text(" ")
                }
            }
        }
        html.section("Ficha") { part in
            part.facts(
                Fact("Documento", "CC 12.345.678"),
                Fact("Fecha de inscripción", CalendarDate(dayNumber: 20_525)),
                Fact("Votos", 1234), Fact("Correo", nil), Fact("Estado", .due))
        }
        html.section("Calendario del proceso") { part in
            part.steps([
                Step(title: "Convocatoria", status: .met, when: "lunes 2 de marzo de 2026, 9:00 a. m."),
                Step(
                    title: "Inscripción de planchas", status: Status("En curso", .open),
                    when: "del 9 al 20 de marzo de 2026", isCurrent: true,
                    detail: { $0.p("Actúa el comité electoral. Faltan los documentos de dos candidatos.") }),
                Step(title: "Censo definitivo", status: .due, when: "miércoles 25 de marzo de 2026"),
                Step(
                    title: "Votación", status: Status("Programada", .plain),
                    when: "domingo 12 de abril de 2026"),
            ])
        }
        html.section("Listas vacías") { part in
            part.emptyState(
                EmptyState("Aún no hay planchas inscritas.", next: "Inscribir la primera", to: .galleryForm())
            )
        }
        html.section("Un botón que hace algo") { part in
            part.action("Marcar presente", posting: .galleryMark(), icon: .check)
        }
        html.section("Verificación") { part in
            if let code = try? QRCode("https://alianzas.example/verificar/K7QM-2XPD") {
                part.qrCode(code, "Código para verificar el acta 14")
            }
        }
    }
}

struct TableSummary: Sendable {
    let number: Int
    let place: String
    let municipality: Municipality
    let votes: Int
    let share: Int
    let opened: CalendarDate
    let status: Status
}

enum Municipality: String, PathValue, CaseIterable {
    case sanAntero = "san-antero"
    case lorica

    var title: String { self == .lorica ? "Santa Cruz de Lorica" : "San Antero" }
}

struct TablesPage: ListPage {
    enum Sort: String, SortKey {
        case number = "mesa"
        case votes = "votos"
        static let initial = Self.number
    }

    static let columns: [Column<TableSummary, Sort>] = [
        .text("Mesa", sort: .number, to: { .galleryTable($0.number) }) { "Mesa \($0.number) · \($0.place)" },
        .text("Municipio") { $0.municipality.title },
        .integer("Votos", sort: .votes) { $0.votes },
        .share("Participación") { ($0.votes, $0.share) },
        .date("Abierta el") { $0.opened },
        .status("Acta") { $0.status },
        .custom("Acción") { html, row in
            html.action(
                "Marcar", posting: .galleryMark(), sending: [QueryItem(name: "mesa", value: "\(row.number)")])
        },
    ]

    struct Filters {
        let words = Field.text("q", "Puesto", max: 60).optional()
        let municipality = Field.choice(
            "municipio", "Municipio", Municipality.allCases, title: \.title, style: .menu, prompt: "Todos"
        ).optional()
    }
    static let filters = Filters()

    static let all: [TableSummary] = (1...132).map(table)

    static func table(_ number: Int) -> TableSummary {
        TableSummary(
            number: number,
            place: number % 2 == 0 ? "Institución Educativa José Antonio Galán" : "=SUMA(A1;A2) \"Casa\"",
            municipality: number % 3 == 0 ? .lorica : .sanAntero, votes: number * 37 % 400, share: 400,
            opened: CalendarDate(dayNumber: 20_500 + number),
            status: [.met, .partial, .due, .overdue, .unproven, .exempt][number % 6])
    }

    let query: ListQuery<Sort>
    let found: Found<TableSummary>

    var title: String { "Mesas de votación" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Galería", .gallery())] }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.municipality)
            }, empty: EmptyState("Aún no hay mesas.", next: "Crear la primera", to: .galleryForm()))
    }
}

struct TablePage: Page {
    let number: Int
    var title: String { "Mesa \(number)" }
    func body(_ html: inout HTML) { html.p("Mesa \(number)") }
}

enum SlateKind: String, PathValue, CaseIterable {
    case closed = "cerrada"
    case open = "abierta"
    var title: String { self == .closed ? "Lista cerrada" : "Lista con voto preferente" }
}

struct RegistrationForm {
    let name = Field.text(
        "name", "Nombre de la plancha", max: 60, hint: "Como saldrá en el tarjetón.")
    let kind = Field.choice("kind", "Modalidad", SlateKind.allCases, title: \.title)
    let municipality = Field.choice(
        "municipality", "Municipio", Municipality.allCases, title: \.title, style: .menu)
    let born = Field.date("born", "Fecha de nacimiento de la cabeza de lista")
    let hour = Field.time("hour", "Hora de la presentación").optional()
    let seats = Field.integer("seats", "Número de candidatos", in: 1...20)
    let channels = Field.choices(
        "channels", "¿Cómo se enteró?",
        [
            Option(SlateKind.closed, "Cartelera"),
            Option(SlateKind.open, "WhatsApp", hint: "Del grupo de su alianza."),
        ],
        isRequired: false)
    let proposal = Field.paragraphs("proposal", "Propuesta", max: 400).optional()
    let consent = Field.checkbox(
        "consent", "Autorizo el tratamiento de los datos de los candidatos",
        demand: "Para inscribir la plancha tiene que autorizar el tratamiento de los datos.")
}

struct RegistrationPage: Page {
    let form: FormState
    var title: String { "Inscribir una plancha" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Galería", .gallery())] }

    func body(_ html: inout HTML) {
        let fields = RegistrationForm()
        html.wizard(["Datos", "Candidatos", "Revisar"], at: 0)
        html.form(to: .galleryForm(), form) { form in
            form.field(fields.name)
            form.field(fields.kind)
            form.field(fields.municipality)
            form.div(.class("form-row")) { row in
                row.field(fields.born)
                row.field(fields.hour)
                row.field(fields.seats)
            }
            form.field(fields.channels)
            form.field(fields.proposal)
            form.field(fields.consent)
            form.submit("Inscribir la plancha", orBackTo: .gallery())
        }
    }
}

struct UploadForm {
    let file = Field.file("file", "Archivo de afiliados", accepting: [.csv, .xlsx], megabytes: 1)
    let note = Field.text("note", "Nota", max: 40).optional()
}

struct UploadPage: Page {
    let form: FormState
    var title: String { "Cargar afiliados" }

    func body(_ html: inout HTML) {
        let fields = UploadForm()
        html.form(to: .galleryUpload(), form, hasFiles: true) { form in
            form.field(fields.file)
            form.field(fields.note)
            form.submit("Revisar el archivo")
        }
    }
}

struct FreezePage: Page {
    static let confirmation = Confirmation(
        word: "CONGELAR",
        consequences: [
            "El censo queda con 1.284 personas y nadie más podrá entrar o salir.",
            "Las reclamaciones que no se hayan decidido se dan por negadas.",
        ], verb: "Congelar el censo")

    let form: FormState
    var title: String { "Congelar el censo" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Censo", .galleryTables())] }

    func body(_ html: inout HTML) {
        html.confirmation(Self.confirmation, to: .galleryFreeze(), form, orBackTo: .gallery())
    }
}

struct WorkPage: Page {
    var title: String { "Importación de afiliados" }
    var refreshes: Int? { 5 }

    func body(_ html: inout HTML) {
        html.progress(
            WorkProgress(
                title: "Importando afiliados", phase: "Revisando fechas de nacimiento", done: 41_250,
                total: 96_400,
                state: .running))
    }
}

struct HallPage: Page {
    var title: String { "Asamblea" }
    var frame: Frame { .bare }
    func body(_ html: inout HTML) { html.p("23 de 108 presentes") }
}

struct SignInPage: Page {
    static let document = Field.text(
        "document", "Correo o número de documento", max: 120, purpose: "username")
    static let password = Field.password("password", "Contraseña", purpose: "current-password")

    let form: FormState
    var title: String { "Entrar" }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        html.form(to: .gallerySignIn(), form) { form in
            form.field(Self.document)
            form.field(Self.password)
            form.submit("Entrar")
        }
    }
}
