import Kernel
import Tenancy

extension Path {
    /// Changes the municipalities of an alliance.
    static let editTerritory = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/editar/municipios")
    /// Changes where an alliance is reached.
    static let editAllianceContact = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/editar/contacto")
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
            form.field(fields.state)
            if alliance.state == .draft { form.field(fields.slug) }
            form.submit("Guardar los cambios", orBackTo: .alliance(heading.slug))
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
        let field = AllianceForm().municipalities
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
            form.field(fields.email)
            form.field(fields.phone)
            form.field(fields.place)
            form.submit("Guardar el contacto", orBackTo: .alliance(heading.slug))
        }
    }
}
