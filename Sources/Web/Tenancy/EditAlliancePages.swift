import Kernel
import Tenancy

extension Path {
    /// Changes the municipalities of an alliance.
    static let editTerritory = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/editar/municipios")
    /// Changes where an alliance is reached.
    static let editAllianceContact = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/editar/contacto")
    /// Dissolves an alliance.
    static let dissolveAlliance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/disolver")
    /// Puts a mistaken dissolution right.
    static let restoreAlliance = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/corregir-disolucion")
}

/// What is changed of an alliance, each on a page of its own.
enum AllianceEdit: CaseIterable {
    case identity, territory, contact

    fileprivate var title: String {
        switch self {
        case .identity: "Nombre y estado"
        case .territory: "Municipios"
        case .contact: "Contacto"
        }
    }

    fileprivate func path(of slug: AllianceSlug) -> Path {
        switch self {
        case .identity: .editAlliance(slug)
        case .territory: .editTerritory(slug)
        case .contact: .editAllianceContact(slug)
        }
    }
}

/// The questions of a changed alliance.
struct EditAllianceForm {
    let name = Field.text("name", "Nombre de la alianza", max: 160)
    let siteName = Field.text("site_name", "Nombre de la sede", max: 160).optional()
    let slug = Field.text(
        "slug", "Dirección", max: 60,
        hint:
            "La última parte de la dirección de sus páginas: minúsculas sin tildes, números y guiones. Queda fija cuando la alianza se convoca."
    ).optional()
    let state: Field<AllianceStateChoice>

    init(_ alliance: Alliance) {
        let states = Alliance.State.allCases.filter {
            $0 == alliance.state || alliance.state.successors.contains($0)
        }
        state = Field.choice(
            "state", "Estado", states.map(AllianceStateChoice.init), title: \.state.title, style: .menu)
    }
}

/// One of the pages on which an alliance is changed.
private protocol EditingPage: Page {
    var heading: AllianceHeading { get }
    var edit: AllianceEdit { get }
    func questions(_ html: inout HTML)
}

extension EditingPage {
    var title: String { "Editar la alianza" }
    var lead: String? { heading.alliance.name }
    var trail: [Crumb] { heading.trail(from: .summary) }
    var help: HelpTopic { "configuracion" }

    func body(_ html: inout HTML) {
        html.tabs(
            "Qué se edita",
            AllianceEdit.allCases.map { Tab($0.title, $0.path(of: heading.slug), isCurrent: $0 == edit) })
        questions(&html)
    }
}

/// Changes name, site, address and state of an alliance.
struct EditAlliancePage: EditingPage {
    let heading: AllianceHeading
    let mayDissolve: Bool
    let form: FormState

    fileprivate var edit: AllianceEdit { .identity }

    fileprivate func questions(_ html: inout HTML) {
        let alliance = heading.alliance
        let fields = EditAllianceForm(alliance)
        let filled =
            form.isRefused
            ? form
            : form.filling(fields.name, with: alliance.name).filling(fields.siteName, with: alliance.siteName)
                .filling(fields.slug, with: alliance.slug)
                .filling(fields.state, with: AllianceStateChoice(alliance.state))
        html.form(to: .editAlliance(heading.slug), filled) { form in
            form.field(fields.name)
            if alliance.kind == .site { form.field(fields.siteName) }
            if alliance.state != .dissolved { form.field(fields.state) }
            if alliance.state == .draft { form.field(fields.slug) }
            form.submit("Guardar los cambios", orBackTo: .alliance(heading.slug))
        }
        if mayDissolve, alliance.state != .dissolved {
            html.section("Disolver la alianza") { part in
                part.p(
                    "Si los asociados decidieron disolverla, se registra con su acta en una página aparte.")
                part.p { $0.action("Disolver la alianza", to: .dissolveAlliance(heading.slug), .danger) }
            }
        }
        if alliance.state != .draft {
            html.p(.class("form-text")) { line in
                line.text("Su dirección es ")
                line.code(alliance.slug)
                line.text(" y ya no cambia: está en avisos y códigos que la gente tiene.")
            }
        }
    }
}

/// Changes the municipalities of an alliance.
struct EditTerritoryPage: EditingPage {
    let heading: AllianceHeading
    let form: FormState
    let municipalities: [Municipality]

    fileprivate var edit: AllianceEdit { .territory }

    fileprivate func questions(_ html: inout HTML) {
        let field = AllianceForm.municipalities
        html.note(
            .info,
            "El organismo de control de cada municipio ve el cumplimiento de la alianza. Si quita uno, deja de verla."
        )
        html.form(
            to: .editTerritory(heading.slug),
            form.isRefused
                ? form
                : form.filling(field, with: municipalities.map(\.title).joined(separator: "\n"))
        ) { form in
            form.field(field)
            form.submit("Guardar los municipios", orBackTo: .alliance(heading.slug))
        }
    }
}

/// Changes where an alliance is reached.
struct EditAllianceContactPage: EditingPage {
    /// The mark of the contact that was shown, which goes with the form.
    static let mark = Field.text("mark", "Contacto leído", max: 64)

    let heading: AllianceHeading
    let form: FormState
    let contact: Contact

    fileprivate var edit: AllianceEdit { .contact }

    fileprivate func questions(_ html: inout HTML) {
        let fields = ContactForm()
        html.p("Lo que deje vacío se toma de la entidad. Esto lo lee cualquier persona.")
        html.form(
            to: .editAllianceContact(heading.slug),
            form.isRefused ? form : fields.filling(form, with: contact)
        ) { form in
            form.input(
                .type("hidden"), .name(Self.mark.name),
                .value(self.form.entries.first(Self.mark.name) ?? contact.mark))
            form.field(fields.email)
            form.field(fields.phone)
            form.field(fields.place)
            form.submit("Guardar el contacto", orBackTo: .alliance(heading.slug))
        }
    }
}

/// The questions of a dissolution, and of the correction of one.
struct DissolutionForm {
    let reason = Field.paragraphs("reason", "Por qué", max: 1000, rows: 3)
    let act = Field.text(
        "act", "Acta en que consta", max: 200, hint: "Por ejemplo: «Acta 12 de la asamblea del 3 de marzo».")
    let day = Field.date("day", "Día de la decisión")
    let minutes = Field.paper("minutes", "El acta firmada")

    /// Reads the grounds.
    func grounds(_ form: Submission) throws -> DissolutionGrounds {
        let (reason, act, day) = try form.read(reason, act, day)
        return try DissolutionGrounds(because: reason, by: act, on: day)
    }
}

/// Dissolves an alliance.
struct DissolveAlliancePage: Page {
    let heading: AllianceHeading
    /// The election that goes on, by its name.
    let election: String?
    let form: FormState

    static let confirmation = Confirmation(
        word: "DISOLVER",
        consequences: [
            "La alianza queda disuelta: ya no se le piden obligaciones ni aparece en pendientes y vencimientos.",
            "Sus asociados, actas y elecciones se conservan y se pueden consultar.",
            "Si resulta un error, se corrige con otro acto, que también queda en el registro.",
        ], verb: "Disolver la alianza")

    var title: String { "Disolver «\(heading.alliance.name)»" }
    var trail: [Crumb] { heading.trail(from: .summary) }
    var help: HelpTopic { "configuracion" }

    func body(_ html: inout HTML) {
        if let election {
            html.note(
                .warning,
                "La elección «\(election)» está en curso. Anúlela primero si ya no se va a hacer.")
        }
        let fields = DissolutionForm()
        html.confirmation(
            Self.confirmation, to: .dissolveAlliance(heading.slug), form, orBackTo: .alliance(heading.slug),
            warning: "Qué pasa si la disuelve", hasFiles: true
        ) { form in
            form.field(fields.reason)
            form.div(.class("form-row")) { row in
                row.field(fields.act)
                row.field(fields.day)
            }
            form.field(fields.minutes)
        }
    }
}

/// Puts a mistaken dissolution right.
struct RestoreAlliancePage: Page {
    let heading: AllianceHeading
    let dissolution: Dissolution
    let today: CalendarDate
    let form: FormState

    var title: String { "Corregir la disolución" }
    var lead: String? {
        "«\(heading.alliance.name)» vuelve a estar «\(dissolution.before.title)», como antes. Las dos actuaciones quedan en el registro."
    }
    var trail: [Crumb] { heading.trail(from: .summary) }
    var help: HelpTopic { "configuracion" }

    func body(_ html: inout HTML) {
        let fields = DissolutionForm()
        html.form(
            to: .restoreAlliance(heading.slug), form.isTyped ? form : form.filling(fields.day, with: today),
            hasFiles: true
        ) { form in
            form.field(fields.reason)
            form.div(.class("form-row")) { row in
                row.field(fields.act)
                row.field(fields.day)
            }
            form.field(fields.minutes.optional())
            form.submit("Corregir la disolución", orBackTo: .alliance(heading.slug))
        }
    }
}

extension HTML {
    /// Writes that an alliance is dissolved, since when, why, and how that is put right.
    mutating func dissolution(
        _ dissolution: Dissolution, of heading: AllianceHeading, mayOpen: Bool, mayRestore: Bool
    ) {
        note(.info, "La alianza está disuelta desde el \(SpanishFormat.longDate(dissolution.decidedOn))") {
            note in
            note.p(dissolution.reason)
            note.p { line in
                if let file = dissolution.file, mayOpen {
                    line.a(dissolution.act, .href(.file(file)))
                } else {
                    line.text(dissolution.act)
                }
                line.text(".")
            }
            if mayRestore {
                note.p {
                    $0.a("¿Fue un error? Corregir la disolución", .href(.restoreAlliance(heading.slug)))
                }
            }
        }
    }
}
