import Foundation
import Kernel
import Tenancy

extension Path {
    /// How an entity is called, looks and is reached.
    static let settings = FixedRoute("/o/{tenant}/configuracion")
    /// Changes names, NIT, seat and official codes of an entity.
    static let describeOrganization = FixedRoute("/o/{tenant}/configuracion/datos")
    /// Changes colour, logo and contact of an entity.
    static let editSettings = FixedRoute("/o/{tenant}/configuracion/imagen-y-contacto")
    /// The logo of an entity, for those who work there.
    static let logo = FixedRoute("/o/{tenant}/configuracion/logo")
}

/// How an entity is called, looks and is reached.
struct SettingsPage: Page {
    let organization: Organization
    let seat: Municipality?
    let codes: [String]
    let settings: TenantSettings
    /// The municipalities that a control body watches.
    let territory: [Municipality]
    let mayEdit: Bool
    let maySeeRetention: Bool

    var title: String { "Datos de la entidad" }
    var lead: String? { "Así aparece en las páginas, en los documentos y ante la ciudadanía." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "configuracion" }

    func actions(_ html: inout HTML) {
        if maySeeRetention { html.action("Conservación de los archivos", to: .retentionTerms()) }
    }

    func body(_ html: inout HTML) {
        html.section("Identificación") { part in
            part.facts(
                Fact("Clase", organization.kind.title),
                Fact("Nombre oficial", organization.name), Fact("Nombre corto", organization.shortName),
                Fact("NIT", organization.formattedNIT),
                Fact("Municipio de la sede", seat?.title ?? organization.municipality),
                Fact(
                    organization.hasCodes ? organization.codesLabel : "Códigos de EPS o REPS",
                    organization.hasCodes ? codes.joined(separator: ", ") : "No aplica"),
                Fact("Dirección de sus páginas") { $0.code("/o/\(organization.slug)") })
            if mayEdit { part.action("Editar los datos", to: .describeOrganization(), icon: .pencil) }
        }
        html.section("Imagen y contacto") { part in
            part.facts(
                Fact("Logo para documentos") { line in
                    if settings.logo == nil {
                        line.absent()
                    } else {
                        line.img(.src(.logo()), .alt("Logo de \(organization.shortName)"), .class("logo"))
                    }
                },
                Fact("Color de las páginas", settings.accentColor.hex),
                Fact("Correo para la ciudadanía", settings.contact.email),
                Fact("Teléfono para la ciudadanía", settings.contact.phone),
                Fact("Dirección y horario", settings.contact.place))
            if mayEdit { part.action("Editar imagen y contacto", to: .editSettings(), icon: .pencil) }
        }
        if organization.kind == .controlBody {
            html.section("Territorio que vigila") { part in
                part.ul { list in
                    for municipality in territory { list.li(municipality.title) }
                }
                part.p(
                    "El territorio lo cambia quien opera la plataforma: ningún organismo amplía el suyo.",
                    .class("form-text"))
            }
        }
        if !mayEdit { html.p("Estos datos los cambia quien administra la entidad.", .class("form-text")) }
    }
}

extension Organization {
    /// The NIT with its check digit, as people read it.
    var formattedNIT: String? {
        nit.map { text in Int(text).flatMap(NIT.init(number:))?.formatted ?? text }
    }

    /// What the official codes of such an entity are called.
    fileprivate var codesLabel: String {
        kind == .insurer ? "Códigos de EPS" : "Código en el REPS"
    }

    /// Whether such an entity has official codes.
    fileprivate var hasCodes: Bool { kind == .insurer || kind == .provider || kind == .publicHospital }
}

/// The questions of what an entity is called.
struct DescriptionForm {
    let name = Field.text("name", "Nombre oficial", max: 200, hint: "Como está en el acto de habilitación.")
    let shortName = Field.text("short_name", "Nombre corto", max: 60, hint: "El que usa la gente.")
    let nit = Field.text(
        "nit", "NIT", max: 20, hint: "Con su dígito de verificación: 830.113.831-0.", mode: "text"
    ).optional()
    let municipality = Field.text(
        "municipality", "Municipio de la sede", max: 120,
        hint: "Con su departamento («San Antero, Córdoba») o su código («23672»).")
    let codes: Field<String?>

    init(_ kind: Organization.Kind) {
        codes =
            kind == .insurer
            ? Field.paragraphs(
                "codes", "Códigos de EPS", max: 400, rows: 4,
                hint: "Todos, uno por línea: los de cada régimen y los de movilidad."
            ).optional()
            : Field.text("codes", "Código en el REPS", max: 40, hint: "Doce dígitos, con el cero inicial.")
                .optional()
    }
}

/// Changes what an entity is called.
struct DescribeOrganizationPage: Page {
    let form: FormState
    let organization: Organization
    let seat: Municipality?
    let codes: [String]

    var title: String { "Editar los datos" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Datos de la entidad", .settings())] }
    var help: HelpTopic { "configuracion" }

    func body(_ html: inout HTML) {
        let fields = DescriptionForm(organization.kind)
        let filled =
            form.isRefused
            ? form
            : form.filling(fields.name, with: organization.name)
                .filling(fields.shortName, with: organization.shortName)
                .filling(fields.nit, with: organization.formattedNIT)
                .filling(fields.municipality, with: seat?.title)
                .filling(fields.codes, with: codes.isEmpty ? nil : codes.joined(separator: "\n"))
        html.form(to: .describeOrganization(), filled) { form in
            form.field(fields.name)
            form.field(fields.shortName)
            form.field(fields.nit)
            form.field(fields.municipality)
            if organization.hasCodes { form.field(fields.codes) }
            form.submit("Guardar los datos", orBackTo: .settings())
        }
    }
}

/// The questions of how an entity looks and is reached.
struct SettingsForm {
    /// The largest logo, in megabytes: it travels in every document.
    static let logoMegabytes = 1

    let accentColor = Field.text(
        "accent_color", "Color de las páginas", max: 7,
        hint: "Uno oscuro, como #0b5394: sobre él van letras blancas.")
    let logo = Field.file(
        "file", "Logo para documentos", accepting: [.png, .jpeg], megabytes: logoMegabytes,
        hint: "Sin archivo queda el que hay."
    ).optional()
    let removesLogo = Field.checkbox("removes_logo", "Quitar el logo que hay")
    let contact = ContactForm()
}

/// The questions of where somebody is reached.
struct ContactForm {
    let email = Field.text(
        "contact_email", "Correo para la ciudadanía", max: 254, mode: "email", type: "email"
    ).optional()
    let phone = Field.text(
        "contact_phone", "Teléfono para la ciudadanía", max: 40, mode: "tel", type: "tel"
    ).optional()
    let place = Field.text(
        "contact_place", "Dirección y horario", max: 160,
        hint: "«Calle 6 n.º 12-30, lunes a viernes de 8 a 5»."
    ).optional()

    /// A form with what is known.
    func filling(_ state: FormState, with contact: Contact) -> FormState {
        state.filling(email, with: contact.email).filling(phone, with: contact.phone)
            .filling(place, with: contact.place)
    }
}

/// Changes how an entity looks and is reached.
struct EditSettingsPage: Page {
    let form: FormState
    let settings: TenantSettings

    var title: String { "Editar imagen y contacto" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Datos de la entidad", .settings())] }
    var help: HelpTopic { "configuracion" }

    func body(_ html: inout HTML) {
        let fields = SettingsForm()
        let filled =
            form.isRefused
            ? form
            : fields.contact.filling(
                form.filling(fields.accentColor, with: settings.accentColor.hex), with: settings.contact)
        html.form(to: .editSettings(), filled, hasFiles: true) { form in
            form.field(fields.accentColor)
            if settings.logo != nil {
                form.p { $0.img(.src(.logo()), .alt("El logo que hay"), .class("logo")) }
            }
            form.field(fields.logo)
            if settings.logo != nil { form.field(fields.removesLogo) }
            form.field(fields.contact.email)
            form.field(fields.contact.phone)
            form.field(fields.contact.place)
            form.submit("Guardar", orBackTo: .settings())
        }
    }
}
