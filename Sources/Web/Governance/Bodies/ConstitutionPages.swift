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

    /// The form with a constitution filled in, whose affiliates have these documents; signers for whom there is no row
    /// stand in the list.
    func filling(
        _ form: FormState, with known: Constitution, documents: [ID<Person>: IdentityDocument]
    ) -> FormState {
        let answers = known.signers.map { signer -> RecordConstitution.Signer in
            if let document = signer.person.flatMap({ documents[$0] }) { return .affiliate(document) }
            return .witness(name: signer.name, office: signer.office ?? "Testigo")
        }
        // The list takes affiliates alone, so that those who witnessed come first.
        let ordered = answers.filter { !$0.isAffiliate } + answers.filter(\.isAffiliate)
        let fits = answers.count <= signers.count
        let (filled, rest) = signers.filling(
            form.filling(heldOn, with: known.heldOn).filling(place, with: known.place)
                .filling(attendees, with: known.attendees), with: fits ? answers : ordered)
        let listed = rest.compactMap { signer in
            if case .affiliate(let document) = signer { document.description } else { nil }
        }
        return listed.isEmpty ? filled : filled.filling(pasted, with: listed.joined(separator: "\n"))
    }

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

extension RecordConstitution.Signer {
    fileprivate var isAffiliate: Bool {
        if case .affiliate = self { true } else { false }
    }
}

/// Why what was recorded of the founding is recorded anew.
private let correctionReason = Field.paragraphs(
    "reason", "Por qué se corrige", max: 500, rows: 2, hint: "Lo que decía antes queda en el registro.")

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

/// Records a constitution assembly anew in the place of what was recorded of it.
struct CorrectConstitutionPage: Page {
    let heading: AllianceHeading
    let corrected: Constitution
    let documents: [ID<Person>: IdentityDocument]
    let form: FormState

    var title: String { "Corregir la constitución del \(SpanishFormat.date(corrected.heldOn))" }
    var lead: String? {
        "Queda en su lugar lo que diga aquí. El acta adjunta sigue siendo la misma, salvo que suba otra."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }
    var scripts: [String] { ["renglones.js"] }

    func body(_ html: inout HTML) {
        let fields = ConstitutionForm()
        let state = form.isTyped ? form : fields.filling(form, with: corrected, documents: documents)
        html.form(to: .correctConstitution(heading.slug, corrected.id), state, hasFiles: true) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.heldOn)
                row.field(fields.attendees)
            }
            form.field(fields.place)
            fields.signers.write(&form)
            form.details(.open(!state.entries.isBlank(under: fields.pasted.name))) { more in
                more.summary("Pegar una lista de documentos")
                more.field(fields.pasted)
            }
            form.field(fields.paper)
            form.field(correctionReason)
            form.submit("Guardar la corrección", orBackTo: .governance(heading.slug))
        }
    }
}

/// Records a registration anew in the place of what was recorded of it.
struct CorrectRegistrationPage: Page {
    let heading: AllianceHeading
    let corrected: Registration
    let form: FormState

    var title: String { "Corregir el registro \(corrected.number)" }
    var lead: String? { "Queda en su lugar lo que diga aquí. El certificado adjunto sigue siendo el mismo." }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = RegistrationForm()
        let state =
            form.isTyped
            ? form
            : form.filling(fields.authority, with: corrected.authority)
                .filling(fields.number, with: corrected.number)
                .filling(fields.registeredOn, with: corrected.registeredOn)
        html.form(to: .correctRegistration(heading.slug, corrected.id), state, hasFiles: true) { form in
            form.field(fields.authority)
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.registeredOn)
            }
            form.field(fields.paper)
            form.field(correctionReason)
            form.submit("Guardar la corrección", orBackTo: .governance(heading.slug))
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
        tenant.form(Path.correctConstitution, upTo: limit, show: constitutionToCorrect, act: reconstitute)
        tenant.form(Path.correctRegistration, upTo: limit, show: registrationToCorrect, act: reregister)
    }

    @Sendable private func constitutionToCorrect(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Constitution>
    ) async throws -> CorrectConstitutionPage {
        let heading = try await context.alliance(slug, toUse: .recordConstitutions)
        let founding = try await context.fetch(ReadConstitution(of: heading.alliance.id))
        guard let corrected = founding.constitutions.first(where: { $0.id == id }) else {
            throw ConstitutionError.notFound
        }
        return CorrectConstitutionPage(
            heading: heading, corrected: corrected,
            documents: try await context.read(
                .recordConstitutions, in: heading.stream, showing: Disclosure(details: ["fields": "document"])
            ) {
                try await $0.documents(of: corrected.signers.compactMap(\.person))
            },
            form: state)
    }

    @Sendable private func reconstitute(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Constitution>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ConstitutionForm()
        let (heldOn, place, attendees, paper, reason) = try form.read(
            fields.heldOn, fields.place, fields.attendees, fields.paper, correctionReason)
        try await context.run(
            RecordConstitution(
                of: heading.alliance.id, on: heldOn, at: place, attendees: attendees,
                signers: fields.signers(form), paper: paper?.stored(on: heldOn),
                correcting: FoundingCorrection(of: id, because: reason)), form)
        return Redirect(to: .governance(slug), "La constitución quedó corregida.")
    }

    @Sendable private func registrationToCorrect(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Registration>
    ) async throws -> CorrectRegistrationPage {
        let heading = try await context.alliance(slug, toUse: .recordConstitutions)
        let founding = try await context.fetch(ReadConstitution(of: heading.alliance.id))
        guard let corrected = founding.registrations.first(where: { $0.id == id }) else {
            throw ConstitutionError.notFound
        }
        return CorrectRegistrationPage(heading: heading, corrected: corrected, form: state)
    }

    @Sendable private func reregister(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Registration>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = RegistrationForm()
        let (authority, number, day, paper, reason) = try form.read(
            fields.authority, fields.number, fields.registeredOn, fields.paper, correctionReason)
        try await context.run(
            RecordRegistration(
                of: heading.alliance.id, before: authority, number: number, on: day,
                paper: paper?.stored(on: day ?? context.today),
                correcting: FoundingCorrection(of: id, because: reason)), form)
        return Redirect(to: .governance(slug), "El registro quedó corregido.")
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
