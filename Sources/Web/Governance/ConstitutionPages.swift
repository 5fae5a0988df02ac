import Governance
import Kernel
import Tenancy

/// The questions of a constitution assembly.
struct ConstitutionForm {
    let heldOn = Field.date("day", "Día de la asamblea")
    let place = Field.text("place", "Lugar o medio", max: 160)
    let attendees = Field.integer("attendees", "Personas que asistieron", in: 0...1_000_000)
    let signers = FormRows<SignerRow>(
        title: "Quiénes firmaron el acta", more: "Agregar otra firma", count: 60,
        hint:
            "De los afiliados, el documento: «CC 12345678». De autoridades y testigos, el nombre y el cargo.")
    let pasted = Field.paragraphs(
        "pasted", "Documentos de afiliados que firmaron", max: 40_000, rows: 6,
        hint: "Uno por línea, con su tipo: «CC 12345678»."
    ).optional()
    let paper = Field.paper("paper", "El acta firmada", hint: "Se puede adjuntar después.").optional()

    /// Who signed, from the rows and from the list.
    func signers(_ form: Submission) throws -> [RecordConstitution.Signer] {
        let listed: String? = try form.read(pasted)
        var found = try signers.read(form)
        for line in (listed ?? "").lines {
            guard let document = try? IdentityDocument(parsing: line) else {
                throw InvalidInput([
                    .init(
                        field: pasted.name,
                        message: "«\(line)» no es un documento con su tipo. Escríbalo así: «CC 12345678».")
                ])
            }
            found.append(.affiliate(document))
        }
        return found
    }
}

/// One of those who signed the minutes of a constitution.
struct SignerRow: FormRow {
    private let who: Field<String>
    private let office: Field<String?>

    init(_ number: Int) {
        who = Field.text("signer\(number)", "Firma \(number): documento o nombre", max: 120)
        office = Field.text("office\(number)", "Cargo, si no es afiliado", max: 120).optional()
    }

    var names: [String] { [who.name, office.name] }

    func write(_ html: inout HTML) {
        html.div { $0.field(who) }
        html.div { $0.field(office) }
    }

    func read(_ form: Submission) throws -> RecordConstitution.Signer {
        let (named, inOffice) = try form.read(who, office)
        do {
            return try IdentityDocument.unlessName(named).map(RecordConstitution.Signer.affiliate)
                ?? .witness(name: named, office: inOffice ?? "Testigo")
        } catch {
            throw InvalidInput([.init(field: who.name, message: error.message)])
        }
    }

    func filling(_ form: FormState, with answer: RecordConstitution.Signer) -> FormState {
        switch answer {
        case .affiliate(let document):
            form.filling(who, with: "\(document.type.rawValue) \(document.number)")
        case .witness(let name, let post): form.filling(who, with: name).filling(office, with: post)
        }
    }
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
    var scripts: [String] { ["renglones.js"] }

    func body(_ html: inout HTML) {
        let fields = ConstitutionForm()
        html.form(to: .newConstitution(heading.slug), form, hasFiles: true) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.heldOn)
                row.field(fields.attendees)
            }
            form.field(fields.place)
            fields.signers.write(&form)
            form.details(.open(!self.form.problems(of: fields.pasted.name).isEmpty)) { more in
                more.summary("Pegar una lista de documentos")
                more.field(fields.pasted)
            }
            form.field(fields.paper)
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
    let paper = Field.paper("paper", "El certificado").optional()
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
        html.form(to: .newRegistration(heading.slug), form, hasFiles: true) { form in
            form.field(fields.authority)
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.registeredOn)
            }
            form.field(fields.paper)
            form.submit("Anotar el registro", orBackTo: .governance(heading.slug))
        }
    }
}

/// How an alliance was constituted and registered.
struct ConstitutionRoutes {
    func add(to tenant: TenantRoutes) {
        let limit = Submission.Limit.files(megabytes: 10)
        tenant.form(Path.newConstitution, upTo: limit, show: newConstitution, act: constitute)
        tenant.form(Path.newRegistration, upTo: limit, show: newRegistration, act: register)
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
        let (heldOn, place, attendees, paper) = try form.read(
            fields.heldOn, fields.place, fields.attendees, fields.paper)
        try await context.run(
            RecordConstitution(
                of: heading.alliance.id, on: heldOn, at: place, attendees: attendees,
                signers: fields.signers(form), paper: paper?.stored(on: heldOn)), form)
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
        let (authority, number, day, paper) = try form.read(
            fields.authority, fields.number, fields.registeredOn, fields.paper)
        try await context.run(
            RecordRegistration(
                of: heading.alliance.id, before: authority, number: number, on: day,
                paper: paper?.stored(on: day ?? context.today)), form)
        return Redirect(to: .governance(slug), "El registro quedó anotado.")
    }
}
