import Elections
import Kernel
import Tenancy

/// What a claim asks for. It is chosen before the form, so that the form asks what that needs and nothing else.
enum ClaimRequest: String, PathValue, CaseIterable {
    case include = "inclusion"
    case name = "nombre"
    case municipality = "municipio"
    case document = "documento"
    case exclude = "exclusion"

    /// The name that it has in an address.
    static let parameter = "pide"

    /// What was chosen, by the address.
    init?(_ visit: Visit) {
        guard let text = visit[Self.parameter] else { return nil }
        self.init(rawValue: text)
    }

    /// The sort of claim.
    var kind: Claim.Kind {
        switch self {
        case .include: .include
        case .name, .municipality, .document: .correct
        case .exclude: .exclude
        }
    }

    /// The words by which the office chooses it.
    var title: String {
        switch self {
        case .include: "Incluir a una persona"
        case .name: "Corregir el nombre"
        case .municipality: "Corregir el municipio"
        case .document: "Corregir el documento"
        case .exclude: "Excluir a una persona"
        }
    }

    /// The words by which a person chooses it for themselves.
    var ownTitle: String {
        switch self {
        case .include: "Que me incluyan en el censo"
        case .name: "Que corrijan mi nombre"
        case .municipality: "Que corrijan mi municipio"
        case .document: "Que corrijan mi documento"
        case .exclude: "Que excluyan a una persona"
        }
    }

    /// What helps to choose.
    var hint: String {
        switch self {
        case .include: "No aparece, o aparece como que no puede votar."
        case .name: "El nombre o los apellidos están mal escritos."
        case .municipality: "De él depende dónde se vota."
        case .document: "El tipo o el número no son los del documento."
        case .exclude: "Está en el censo y no cumple los requisitos."
        }
    }
}

/// Who hands a claim in, which decides what is asked of them.
enum ClaimSource: Sendable {
    /// The person whom it is about, or who asks that somebody be taken off; on the public page.
    case everybody
    /// Whoever works in the alliance, for somebody else.
    case office
    /// The committee, by itself.
    case committee
}

/// The questions of a claim: those of what it asks for, and all of them to be answered but the contact.
struct ClaimForm {
    let request: ClaimRequest
    let source: ClaimSource
    let document: DocumentFields
    let name: Field<String>
    let birthDate = Field.date(
        "birth_date", "Su fecha de nacimiento", in: .ofLives, hint: "Con ella consulta después la decisión.",
        purpose: "bday")
    let claimant: Field<String>
    let contact = Field.text("contact", "Teléfono o correo para avisar la decisión", max: 160).optional()
    let ground = Field.paragraphs(
        "ground", "¿Por qué?", max: 2000, rows: 5, hint: "Cuente los hechos y qué los prueba.")
    let names = Field.text("right_names", "Nombres correctos", max: 80)
    let surnames = Field.text("right_surnames", "Apellidos correctos", max: 80)
    let municipality: Field<MunicipalityCode>
    let rightDocument = DocumentFields(right: "Como está en el documento original; los puntos sobran.")

    init(_ request: ClaimRequest, from source: ClaimSource, _ municipalities: [Municipality]) {
        self.request = request
        self.source = source
        document =
            request.kind == .correct
            ? DocumentFields(hint: "El que tiene hoy el censo; los puntos sobran.") : DocumentFields()
        let isOwn = source == .everybody && request != .exclude
        name = Field.text(
            "name", isOwn ? "Sus nombres y apellidos" : "Nombres y apellidos de la persona",
            max: 160, hint: request == .name ? "Como aparecen hoy en el censo." : nil)
        claimant = Field.text(
            "claimant",
            source == .everybody ? "Su nombre, de quien reclama" : "Quién reclama: nombres y apellidos",
            max: 160)
        municipality = Field.choice(
            "right_municipality", "Municipio correcto",
            municipalities.compactMap { place in
                MunicipalityCode(rawValue: place.code).map { Option($0, place.title) }
            }, style: .menu)
    }

    /// Whether the person claims for themselves, and so is not asked for twice.
    var isOwn: Bool { source == .everybody && request != .exclude }

    /// Reads what was handed in, telling at once all that is wrong with it; a public claim states the date of birth of
    /// whoever claims for themselves.
    func read(_ form: Submission) throws -> ClaimDraft {
        let (document, about, correction, (claimant, ground, contact)) = try form.together(
            document.required, about, correction, claim)
        return try ClaimDraft(
            request.kind, about: document, named: about.name, bornOn: about.birthDate,
            by: claimant ?? (isOwn ? about.name : "Comité electoral"), at: contact, correction: correction,
            because: ground)
    }

    private var asksClaimant: Bool { !isOwn && source != .committee }

    private func about(_ form: Submission) throws -> (name: String, birthDate: CalendarDate?) {
        guard isOwn else { return (try form.read(name), nil) }
        let (name, birthDate) = try form.read(name, birthDate)
        return (name, birthDate)
    }

    private func claim(_ form: Submission) throws -> (claimant: String?, ground: String, contact: String?) {
        guard asksClaimant else {
            let (ground, contact) = try form.read(ground, contact)
            return (nil, ground, contact)
        }
        let (ground, claimant, contact) = try form.read(ground, claimant, contact)
        return (claimant, ground, contact)
    }

    private func correction(_ form: Submission) throws -> Claim.Correction? {
        switch request {
        case .include, .exclude: return nil
        case .name:
            let (names, surnames) = try form.read(names, surnames)
            return .name(names: names, surnames: surnames)
        case .municipality: return .municipality(try form.read(municipality))
        case .document: return .document(try rightDocument.required(form))
        }
    }

    /// Fills in what most have.
    func prepared(_ form: FormState) -> FormState {
        guard !form.isTyped else { return form }
        return form.filling(document.type, with: .cedula).filling(rightDocument.type, with: .cedula)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.fieldset(.class("field")) { part in
            part.legend(
                isOwn
                    ? "Sus datos" : request == .exclude ? "La persona que se pide excluir" : "La persona",
                .class("form-label"))
            part.div(.class("form-row")) { row in
                row.field(document.type)
                row.field(document.number)
            }
            part.field(name)
            if isOwn { part.field(birthDate) }
        }
        writeCorrection(&form)
        form.field(ground)
        if asksClaimant { form.field(claimant) }
        if source != .committee { form.field(contact) }
    }

    private func writeCorrection(_ form: inout HTML) {
        switch request {
        case .include, .exclude: break
        case .name:
            form.div(.class("form-row")) { row in
                row.field(names)
                row.field(surnames)
            }
        case .municipality: form.field(municipality)
        case .document:
            form.fieldset(.class("field")) { part in
                part.legend("Cómo debe quedar", .class("form-label"))
                part.div(.class("form-row")) { row in
                    row.field(rightDocument.type)
                    row.field(rightDocument.number)
                }
            }
        }
    }
}

extension HTML {
    /// Writes what a claim may ask for, each with the way to its form.
    mutating func claimRequests(_ title: (ClaimRequest) -> String, at path: Path) {
        ul(.class("choices")) { list in
            for request in ClaimRequest.allCases {
                list.li { item in
                    item.a(.href(path.with(ClaimRequest.parameter, request.rawValue))) { link in
                        link.strong(title(request))
                        link.br()
                        link.span(request.hint, .class("form-text"))
                    }
                }
            }
        }
    }
}

/// Files a claim on somebody's behalf, or by itself.
struct NewClaimPage: Page {
    /// The name in an address of that the committee claims by itself.
    static let exOfficio = "oficio"

    let heading: AllianceHeading
    let process: ElectionProcess
    /// The questions of what was chosen; `nil` before anything was.
    let fields: ClaimForm?
    let mayActExOfficio: Bool
    let isExOfficio: Bool
    let form: FormState

    private var address: Path {
        .newClaim(heading.slug, process.id).with(Self.exOfficio, isExOfficio ? "si" : nil)
    }

    var title: String { fields?.request.title ?? "Registrar una reclamación" }
    var lead: String? {
        isExOfficio
            ? "De oficio: la presenta el comité, por lo que él mismo encontró."
            : "De quien la presentó en persona, por escrito o por teléfono."
    }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Reclamaciones", .claims(heading.slug, process.id))]
            + (fields == nil ? [] : [Crumb("Registrar una reclamación", address)])
    }
    var help: HelpTopic { "censo-y-reclamaciones" }

    func body(_ html: inout HTML) {
        guard let fields else {
            html.section("¿Qué se pide?") { $0.claimRequests(\.title, at: address) }
            if mayActExOfficio {
                html.p { line in
                    if isExOfficio {
                        line.a(
                            "La presenta otra persona", .href(.newClaim(heading.slug, process.id)))
                    } else {
                        line.a(
                            "La presenta el comité, de oficio",
                            .href(.newClaim(heading.slug, process.id).with(Self.exOfficio, "si")))
                    }
                }
            }
            return
        }
        html.form(
            to: address.with(ClaimRequest.parameter, fields.request.rawValue), fields.prepared(form)
        ) { form in
            fields.write(&form)
            form.submit("Registrar la reclamación", orBackTo: .claims(heading.slug, process.id))
        }
    }
}
