import Kernel
import Membership
import Tenancy

/// The questions of a list of employees.
struct StaffListForm {
    static let megabytes = 5

    let file = Field.file(
        "file", "Archivo", accepting: [.csv], megabytes: megabytes,
        hint: "Un documento por línea: «CC;12345678». Lo que venga después del número no se mira.")
    let day = Field.date("day", "La lista es del día")
}

/// The lists of the entity's own employees, and a new one.
struct StaffListPage: Page {
    private enum Sort: String, SortKey {
        case day = "dia"
        static let initial = Self.day
    }

    private static let columns: [Column<StaffListSummary, Sort>] = [
        .date("Del día") { $0.day },
        .integer("Empleados") { $0.entries },
        .instant("Se cargó") { $0.loadedAt },
        .text("Quién") { $0.loadedBy ?? "Administración del servidor" },
    ]

    let form: FormState
    let lists: [StaffListSummary]
    let today: CalendarDate

    var title: String { "Lista de empleados" }
    var lead: String? {
        "Quien trabaja para la entidad no puede ser asociado ni elegido. La lista no se puede leer: solo sirve para comprobar un documento."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Afiliados", .affiliates())] }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        let fields = StaffListForm()
        html.form(
            to: .staffLists(), form.isRefused ? form : form.filling(fields.day, with: today), hasFiles: true
        ) { form in
            form.field(fields.file)
            form.field(fields.day)
            form.submit("Cargar la lista", orBackTo: .affiliates())
        }
        html.section("Listas cargadas") { part in
            guard !lists.isEmpty else {
                part.emptyState(
                    EmptyState(
                        "Aún no hay ninguna: hasta que se cargue una, el requisito de no ser empleado queda sin probar."
                    ))
                return
            }
            part.table("Listas cargadas", Self.columns, lists)
        }
    }
}
