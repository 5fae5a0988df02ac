import Governance
import Kernel
import Tenancy

extension Body.Kind: PathValue {}
extension Body.Formation: PathValue {}

/// The questions of a new body.
struct BodyForm {
    let name = Field.text("name", "Nombre", max: 120)
    let kind = Field.choice("kind", "Clase", Body.Kind.allCases, title: \.title, style: .menu)
    let isExternal = Field.checkbox("is_external", "Está fuera de la alianza: ella envía representantes")
    let months = Field.integer("term_months", "Meses del período", in: 1...60)
    let norm = Field.text(
        "term_norm", "Norma del período", max: 200, hint: "Hace falta si pasa de 24 meses."
    ).optional()
    let consecutive = Field.integer("consecutive_terms", "Períodos seguidos que se permiten", in: 1...20)
        .optional()
    let formation = Field.choice(
        "formation", "¿Qué hace al representante?", Body.Formation.allCases, title: \.title)
    let continues = Field.checkbox("continues", "Quien termina sigue en funciones hasta que lo reemplacen")
    let seats = Field.paragraphs(
        "seats", "Puestos", max: 4000, rows: 5,
        hint:
            "Uno por línea, en orden: «Presidencia», «Integrante 2». Fuera de la alianza, con el sector después de un punto y coma."
    )
}

extension Body.Formation {
    fileprivate var title: String {
        switch self {
        case .proclamation: "La proclamación de la elección"
        case .appointment: "Un acto de nombramiento y la posesión, después de la elección"
        }
    }
}

/// Makes a body.
struct NewBodyPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Crear un organismo" }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = BodyForm()
        let state = form.isRefused ? form : form.filling(fields.months, with: TermLimit.monthsWithoutCitation)
        html.form(to: .newBody(heading.slug), state) { form in
            form.field(fields.name)
            form.field(fields.kind)
            form.field(fields.isExternal)
            form.div(.class("form-row")) { row in
                row.field(fields.months)
                row.field(fields.consecutive)
            }
            form.field(fields.norm)
            form.field(fields.formation)
            form.field(fields.continues)
            form.field(fields.seats)
            form.submit("Crear el organismo", orBackTo: .governance(heading.slug))
        }
    }
}

/// The questions of new bylaws.
struct BylawsForm {
    let title = Field.text(
        "title", "Título", max: 160, hint: "Por ejemplo: «Estatutos de la alianza de usuarios».")
    let approvedOn = Field.date("approved_on", "Los aprobó la asamblea el")
    let inForceFrom = Field.date("in_force_from", "Rigen desde el")
    let articles = Field.paragraphs(
        "articles", "Articulado", max: 400_000, rows: 10,
        hint: "Cada artículo empieza en su línea: «Artículo 7. Quórum.» y sigue su texto."
    ).optional()
    /// One question for each thing that bylaws may order in figures.
    let parameters = BylawParameter.Name.allCases.map(ParameterField.init)

    /// A parameter and the article that says it.
    struct ParameterField {
        let name: BylawParameter.Name
        let value: Field<String?>
        let article: Field<String?>

        init(_ name: BylawParameter.Name) {
            self.name = name
            value = Field.text(name.rawValue, name.title, max: 60, hint: name.shape.hint).optional()
            article = Field.text("\(name.rawValue)_article", "Artículo", max: 20).optional()
        }
    }
}

extension BylawParameter.Value.Shape {
    fileprivate var hint: String {
        switch self {
        case .integer: "Un número."
        case .flag: "si o no."
        case .share: "Una parte, como 1/2."
        case .choice(let words): SpanishFormat.choice(words) + "."
        case .choices(let words): "Separadas por comas: \(SpanishFormat.list(words))."
        }
    }
}

/// Registers bylaws.
struct NewBylawsPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Registrar estatutos" }
    var lead: String? { "Una versión no se cambia: lo que la asamblea reforme después es otra versión." }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = BylawsForm()
        html.form(to: .newBylaws(heading.slug), form) { form in
            form.field(fields.title)
            form.div(.class("form-row")) { row in
                row.field(fields.approvedOn)
                row.field(fields.inForceFrom)
            }
            form.section("Lo que ordenan en cifras") { part in
                part.p(
                    "Escriba solo lo que dicen los estatutos; lo que se deja en blanco no rige.",
                    .class("form-text"))
                for parameter in fields.parameters {
                    part.div(.class("form-row")) { row in
                        row.field(parameter.value)
                        row.field(parameter.article)
                    }
                }
            }
            form.field(fields.articles)
            form.submit("Registrar los estatutos", orBackTo: .governance(heading.slug))
        }
    }
}

/// The questions of who holds a seat.
struct MandateForm {
    let document = Field.text("document", "Documento", max: 30, hint: "Tipo y número: «CC 12345678».")
        .reading(
            { try IdentityDocument(parsing: $0) }, printing: \.description)
    let startsOn = Field.date("starts_on", "Desde el")
    let endsOn = Field.date(
        "ends_on", "Hasta el", hint: "Si se deja en blanco, hasta el límite del organismo."
    ).optional()
}

/// Records who holds a seat.
struct RecordMandatePage: Page {
    let heading: AllianceHeading
    let seat: Seat
    let bodyName: String
    let form: FormState

    var title: String { "Quién ocupa «\(seat.title)»" }
    var lead: String? { "En \(bodyName), según papeles de antes. Lo que se elija aquí se registra solo." }
    var trail: [Crumb] { heading.trail(from: .governance) }

    func body(_ html: inout HTML) {
        let fields = MandateForm()
        html.form(to: .recordMandate(heading.slug, seat.id), form) { form in
            form.field(fields.document)
            form.div(.class("form-row")) { row in
                row.field(fields.startsOn)
                row.field(fields.endsOn)
            }
            form.submit("Registrar el período", orBackTo: .governance(heading.slug))
        }
    }
}

/// The questions of the end of a mandate.
struct EndMandateForm {
    let day = Field.date("day", "Último día")
    let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3,
        hint: "Renuncia, pérdida de la afiliación, fallecimiento, remoción, con su acta.")
}

/// Ends a mandate.
struct EndMandatePage: Page {
    let heading: AllianceHeading
    let mandate: MandateSummary
    let form: FormState
    let today: CalendarDate

    var title: String { "Terminar el período de \(mandate.holderName)" }
    var lead: String? { "El puesto queda vacante desde el día siguiente. No se puede deshacer." }
    var trail: [Crumb] { heading.trail(from: .governance) }

    func body(_ html: inout HTML) {
        let fields = EndMandateForm()
        html.form(
            to: .endMandate(heading.slug, mandate.id),
            form.isRefused ? form : form.filling(fields.day, with: today)
        ) { form in
            form.field(fields.day)
            form.field(fields.reason)
            form.submit("Terminar el período", .danger, orBackTo: .governance(heading.slug))
        }
    }
}

/// The questions of an appointment.
struct AppointmentForm {
    let act = Field.text("act", "Acto de nombramiento", max: 200, hint: "Clase, número y quién lo expidió.")
    let appointedOn = Field.date("appointed_on", "Fecha del acto")
    let tookOfficeOn = Field.date(
        "took_office_on", "Fecha de la posesión", hint: "En blanco mientras no se posesione."
    ).optional()
}

/// Records an appointment.
struct RecordAppointmentPage: Page {
    let heading: AllianceHeading
    let mandate: MandateSummary
    let form: FormState

    var title: String { "Nombramiento de \(mandate.holderName)" }
    var trail: [Crumb] { heading.trail(from: .governance) }

    func body(_ html: inout HTML) {
        let fields = AppointmentForm()
        html.form(to: .recordAppointment(heading.slug, mandate.id), form) { form in
            form.field(fields.act)
            form.field(fields.appointedOn)
            form.field(fields.tookOfficeOn)
            form.submit("Registrar", orBackTo: .governance(heading.slug))
        }
    }
}
