import Governance
import Kernel
import Tenancy

/// The questions of a constitution assembly.
struct ConstitutionForm {
    let heldOn = Field.date("day", "Día de la asamblea")
    let place = Field.text("place", "Lugar o medio", max: 160)
    let attendees = Field.integer("attendees", "Personas que asistieron", in: 0...1_000_000)
    let signers = Field.paragraphs(
        "signers", "Quiénes firmaron el acta", max: 40_000, rows: 8,
        hint:
            "Uno por línea. De los afiliados, el documento: «CC 12345678». De autoridades y testigos, el nombre y el cargo separados por un punto y coma."
    )
}

/// Records a constitution assembly.
struct NewConstitutionPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Registrar la constitución" }
    var lead: String? {
        "La asamblea en que varios usuarios convocados constituyeron la alianza, según su acta."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = ConstitutionForm()
        html.form(to: .newConstitution(heading.slug), form) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.heldOn)
                row.field(fields.attendees)
            }
            form.field(fields.place)
            form.field(fields.signers)
            form.submit("Registrar la constitución", orBackTo: .governance(heading.slug))
        }
    }
}

/// The questions of a registration.
struct RegistrationForm {
    let authority = Field.text(
        "authority", "Autoridad", max: 160,
        hint: "La del certificado: secretaría de salud, personería, cámara de comercio…")
    let number = Field.text("number", "Número", max: 80)
    let registeredOn = Field.date("day", "Fecha", hint: "En blanco si el certificado no la trae.").optional()
}

/// Records a registration.
struct NewRegistrationPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Anotar el registro" }
    var lead: String? {
        "El registro de la alianza ante la autoridad competente, como está en el certificado. Cuál es esa autoridad cambia de un lugar a otro."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = RegistrationForm()
        html.form(to: .newRegistration(heading.slug), form) { form in
            form.field(fields.authority)
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.registeredOn)
            }
            form.submit("Anotar el registro", orBackTo: .governance(heading.slug))
        }
    }
}

/// How an alliance was constituted and registered.
struct ConstitutionRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.newConstitution, show: newConstitution, act: constitute)
        tenant.form(Path.newRegistration, show: newRegistration, act: register)
    }

    @Sendable private func newConstitution(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewConstitutionPage {
        NewConstitutionPage(
            heading: try await context.alliance(slug, toUse: .recordConstitutions), form: state)
    }

    @Sendable private func constitute(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ConstitutionForm()
        let (heldOn, place, attendees, signers) = try form.read(
            fields.heldOn, fields.place, fields.attendees, fields.signers)
        try await context.run(
            RecordConstitution(
                of: heading.alliance.id, on: heldOn, at: place, attendees: attendees,
                signers: RecordConstitution.Signer.list(in: signers)), form)
        return Redirect(to: .governance(slug), "La constitución quedó registrada.")
    }

    @Sendable private func newRegistration(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewRegistrationPage {
        NewRegistrationPage(
            heading: try await context.alliance(slug, toUse: .recordConstitutions), form: state)
    }

    @Sendable private func register(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = RegistrationForm()
        let (authority, number, day) = try form.read(fields.authority, fields.number, fields.registeredOn)
        try await context.run(
            RecordRegistration(of: heading.alliance.id, before: authority, number: number, on: day), form)
        return Redirect(to: .governance(slug), "El registro quedó anotado.")
    }
}

extension RecordConstitution.Signer {
    /// The signers of a text, one a line: a document, or a name and an office with a semicolon between them.
    fileprivate static func list(in text: String) -> [Self] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: ";", maxSplits: 1)
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            guard let first = parts.first, !first.isEmpty else { return nil }
            if let document = try? IdentityDocument(parsing: first) { return .affiliate(document) }
            return .witness(name: first, office: parts.count > 1 ? parts[1] : "Testigo")
        }
    }
}
