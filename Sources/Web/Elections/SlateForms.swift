import Elections
import Kernel
import Membership
import Tenancy

extension Field where Value == String? {
    /// A member, by document or name. With scripts the browser proposes those who fit while one types.
    static func member(
        _ name: String, _ label: String, hint: String? = nil, isRequired: Bool = true
    ) -> Self {
        let field = Field<String>(
            name, label, hint: hint,
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control"), .type("text"), .value(situation.text), .maxLength(200),
                        .autocomplete("off"), .list("miembros"), .data("member"),
                    ])
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name) else { throw .missing }
                return text
            },
            entries: { [QueryItem(name: name, value: $0)] })
        return isRequired ? field.answered : field.optional()
    }
}

extension Field where Value == String {
    /// The same question among others that may be left without an answer.
    fileprivate var answered: Field<String?> {
        reading({ $0 }, printing: { $0 ?? "" })
    }
}

extension HTML {
    /// Writes the place where a form's members are proposed from.
    mutating func memberProposals(of heading: AllianceHeading) {
        datalist(
            .id("miembros"), .data("members", Path.findMembers(heading.slug).text(in: surroundings.tenant))
        ) { _ in }
    }
}

extension MemberSummary {
    /// The member as forms write and read them.
    var proposal: String { "\(document.type.rawValue) \(document.number) · \(name)" }
}

/// The questions of a slate.
struct SlateForm {
    let name: Field<String?>
    let principals: [Field<String?>]
    let alternates: [Field<String?>]
    let representative = Field.text(
        "representative", "Quién responde por la inscripción", max: 120,
        hint: "Recibe las decisiones del comité electoral.")
    let contact = Field.text("contact", "Su teléfono o correo", max: 120).optional()

    init(_ contest: Contest) {
        let isSlate = contest.candidature == .slates
        let name = Field.text(
            "name", isSlate ? "Nombre de la plancha" : "Nombre en el tarjetón", max: 80,
            hint: isSlate
                ? "Como va en el tarjetón. Por ejemplo: «Plancha 1: Salud para todos»."
                : "Si lo deja vacío, va el nombre de la persona.")
        self.name = isSlate ? name.answered : name.optional()
        func rows(_ role: CandidateRole, _ prefix: String, _ count: Int) -> [Field<String?>] {
            (0..<count).map { index in
                .member(
                    "\(prefix)\(index + 1)", count == 1 ? role.title : "\(role.title) \(index + 1)",
                    hint: index == 0 ? "Documento («CC 12345678») o apellidos y nombre." : nil,
                    isRequired: role == .principal && index == 0)
            }
        }
        principals = rows(.principal, "p", contest.mostPrincipals)
        alternates = rows(.alternate, "a", contest.mostAlternates)
    }
}

/// Registers a slate or changes one; the questions are the same.
struct SlateFormPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let contest: Contest
    /// The slate that is changed; `nil` for a new one.
    let slate: SlateFile?
    let form: FormState

    var title: String { slate == nil ? contest.registerWords : "Cambiar «\(slate?.slate.name ?? "")»" }
    var lead: String? {
        "\(contest.name): \(SpanishFormat.count(contest.seats.count, "puesto", "puestos")). El orden de los renglones es el de la plancha."
    }
    var trail: [Crumb] { heading.trail(toSlatesOf: process) }
    var help: HelpTopic { "planchas" }
    var scripts: [String] { ["planchas.js", "renglones.js"] }

    private var target: Path {
        slate.map { .editSlate(heading.slug, process.id, $0.slate.id) }
            ?? .registerSlate(heading.slug, process.id, contest.id)
    }

    func body(_ html: inout HTML) {
        let fields = SlateForm(contest)
        html.memberProposals(of: heading)
        html.form(to: target, filled(fields)) { form in
            form.field(fields.name)
            rows(fields.principals, &form, contest.candidature == .slates ? "Principales" : "Candidato")
            if !fields.alternates.isEmpty {
                rows(fields.alternates, &form, fields.alternates.count == 1 ? "Suplente" : "Suplentes")
            }
            form.field(fields.representative)
            form.field(fields.contact)
            form.submit(
                slate == nil ? contest.registerWords : "Guardar los cambios",
                orBackTo: slate.map { .slate(heading.slug, process.id, $0.slate.id) }
                    ?? .slates(heading.slug, process.id))
        }
    }

    private func rows(_ fields: [Field<String?>], _ form: inout HTML, _ title: String) {
        form.fieldset(.class("people-rows"), .data("rows", String(fields.count))) { rows in
            rows.legend(title, .class("h2"))
            for field in fields { rows.field(field) }
        }
    }

    private func filled(_ fields: SlateForm) -> FormState {
        guard !form.isRefused, let slate else { return form }
        var state = form.filling(fields.name, with: slate.slate.name)
            .filling(fields.representative, with: slate.slate.representative)
            .filling(fields.contact, with: slate.slate.contact)
        for (role, rows) in [(CandidateRole.principal, fields.principals), (.alternate, fields.alternates)] {
            for (field, candidate) in zip(rows, slate.candidates.filter { $0.role == role }) {
                let document = candidate.document
                state = state.filling(
                    field, with: "\(document.type.rawValue) \(document.number) · \(candidate.name)")
            }
        }
        return state
    }
}

/// Takes a slate back.
struct WithdrawSlatePage: Page {
    static let reason = Field.paragraphs(
        "reason", "Quién lo pidió y con qué documento", max: 500, rows: 3)

    let heading: AllianceHeading
    let file: SlateFile
    let form: FormState

    var title: String { "Retirar «\(file.slate.name)»" }
    var lead: String? {
        "Deja de estar en el tarjetón y no se puede deshacer. Sus candidatos pueden inscribirse en otra mientras haya plazo."
    }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        html.form(to: .withdrawSlate(heading.slug, file.process.id, file.slate.id), form) { form in
            form.field(Self.reason)
            form.submit(
                "Retirar la plancha", .danger, orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
        }
    }
}

extension DecideSlate.Decision: PathValue {}

/// Decides on a slate.
struct DecideSlatePage: Page {
    struct Questions {
        let decision = Field.choice(
            "decision", "Decisión", DecideSlate.Decision.allCases, title: \.title)
        let reason = Field.paragraphs(
            "reason", "Razones", max: 2000, rows: 4,
            hint:
                "Hacen falta para rechazarla, y para admitirla con requisitos sin probar. Quedan en el acta."
        ).optional()
    }

    let heading: AllianceHeading
    let file: SlateFile
    let form: FormState

    var title: String { "Decidir sobre «\(file.slate.name)»" }
    var lead: String? { file.slate.contestName }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        html.section("Qué falta") { $0.missing(file.obstacles) }
        let questions = Questions()
        html.section("La decisión") { part in
            part.form(to: .decideSlate(heading.slug, file.process.id, file.slate.id), form) { form in
                form.field(questions.decision)
                form.field(questions.reason)
                form.submit(
                    "Guardar la decisión", orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
            }
        }
    }
}

/// Records that a candidate accepts.
struct AcceptCandidacyPage: Page {
    struct Questions {
        let day = Field.date("day", "Fecha de la firma")
        let proof = Field.file(
            "proof", "La aceptación firmada", accepting: [.pdf, .jpeg, .png], megabytes: 10)
    }

    let heading: AllianceHeading
    let file: SlateFile
    let candidate: CandidateFile
    let today: CalendarDate
    let form: FormState

    var title: String { "Registrar la aceptación de \(candidate.name)" }
    var lead: String? { "\(candidate.role.title) \(candidate.position) de «\(file.slate.name)»." }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        let questions = Questions()
        html.form(
            to: .acceptCandidacy(heading.slug, file.process.id, file.slate.id, candidate.id),
            form.isRefused ? form : form.filling(questions.day, with: today), hasFiles: true
        ) { form in
            form.field(questions.day)
            form.field(questions.proof)
            form.submit(
                "Registrar la aceptación", orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
        }
    }
}

/// Puts somebody in the place of a candidate.
struct ReplaceCandidatePage: Page {
    struct Questions {
        let person = Field.member(
            "person", "Quién entra", hint: "Documento («CC 12345678») o apellidos y nombre de un asociado.")
        let reason = Field.paragraphs(
            "reason", "Por qué se va", max: 500, rows: 3,
            hint: "Por ejemplo: «Carta de renuncia del 3 de marzo»."
        ).optional()
    }

    let heading: AllianceHeading
    let file: SlateFile
    let candidate: CandidateFile
    let form: FormState

    var title: String { "Reemplazar a \(candidate.name)" }
    var lead: String? {
        let place = "\(candidate.role.title) \(candidate.position) de «\(file.slate.name)»."
        return file.slate.state == .admitted
            ? "\(place) La plancha vuelve a quedar por decidir: el comité no ha revisado a quien entra."
            : place
    }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }
    var scripts: [String] { ["planchas.js"] }

    func body(_ html: inout HTML) {
        let questions = Questions()
        html.memberProposals(of: heading)
        html.form(to: .replaceCandidate(heading.slug, file.process.id, file.slate.id, candidate.id), form) {
            form in
            form.field(questions.person)
            if candidate.state == .standing { form.field(questions.reason) }
            form.submit("Reemplazar", orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
        }
    }
}

/// Keeps a candidate out.
struct DisqualifyCandidatePage: Page {
    struct Questions {
        let ground = Field.text(
            "ground", "Causal", max: 200, hint: "Como la nombra la norma. Las causales son taxativas.")
        let norm = Field.text("norm", "Norma o artículo", max: 200)
        let reason = Field.paragraphs(
            "reason", "Hechos y razones", max: 2000, rows: 4, hint: "La persona las va a leer para apelar.")
        let evidence = Field.file(
            "evidence", "Prueba", accepting: [.pdf, .jpeg, .png], megabytes: 10
        ).optional()
    }

    let heading: AllianceHeading
    let file: SlateFile
    let candidate: CandidateFile
    let form: FormState

    var title: String { "Inhabilitar a \(candidate.name)" }
    var lead: String? {
        "Sale de «\(file.slate.name)». Puede apelar, y la apelación la decide otra persona del comité."
    }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        html.form(
            to: .disqualifyCandidate(heading.slug, file.process.id, file.slate.id, candidate.id), filled,
            hasFiles: true
        ) { form in
            let questions = Questions()
            form.field(questions.ground)
            form.field(questions.norm)
            form.field(questions.reason)
            form.field(questions.evidence)
            form.submit(
                "Inhabilitar", .danger, orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
        }
    }

    /// A requirement that is not met is the ground, unless the committee writes another.
    private var filled: FormState {
        guard !form.isRefused, let failed = candidate.dossier?.outcomes.first(where: { $0.verdict == .fail })
        else { return form }
        let questions = Questions()
        return form.filling(questions.ground, with: "No cumple: \(failed.requirement.title)")
            .filling(questions.norm, with: String(failed.requirement.norm.prefix(200)))
            .filling(questions.reason, with: failed.explanation)
    }
}

/// Files an appeal.
struct AppealPage: Page {
    struct Questions {
        let appeal = Field.paragraphs("appeal", "Por qué se apela", max: 4000, rows: 6)
        let file = Field.file(
            "file", "Escrito o prueba", accepting: [.pdf, .jpeg, .png], megabytes: 10
        ).optional()
    }

    /// The candidate.
    let name: String
    let decision: Disqualification?
    /// Where the form goes.
    let action: Path
    let trail: [Crumb]
    let back: Path
    let form: FormState

    var title: String { "Apelar la inhabilidad de \(name)" }
    var lead: String? { decision.map { "\($0.ground) (\($0.norm)). \($0.reason)" } }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        let questions = Questions()
        html.form(to: action, form, hasFiles: true) { form in
            form.field(questions.appeal)
            form.field(questions.file)
            form.submit("Presentar la apelación", orBackTo: back)
        }
    }
}

extension Disqualification.Outcome: PathValue {}

/// Decides an appeal.
struct DecideAppealPage: Page {
    struct Questions {
        let outcome = Field.choice(
            "outcome", "Decisión", Disqualification.Outcome.allCases, title: \.title)
        let reason = Field.paragraphs("reason", "Razones", max: 2000, rows: 4)
    }

    let heading: AllianceHeading
    let file: SlateFile
    let candidate: CandidateFile
    let form: FormState

    var title: String { "Decidir la apelación de \(candidate.name)" }
    var lead: String? { "Decide otra persona del comité, no quien inhabilitó." }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        if let decision = candidate.disqualification {
            html.facts(
                Fact("Causal", "\(decision.ground) (\(decision.norm))"), Fact("Razones", decision.reason),
                Fact("Apelación", decision.appeal))
        }
        if let replacement = file.replacement(of: candidate.id) {
            html.note(.warning, "Si prospera, \(replacement.name) sale de la lista.")
        }
        let questions = Questions()
        html.form(to: .decideAppeal(heading.slug, file.process.id, file.slate.id, candidate.id), form) {
            form in
            form.field(questions.outcome)
            form.field(questions.reason)
            form.submit("Guardar la decisión", orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
        }
    }
}

/// Accredits a witness.
struct AccreditWitnessPage: Page {
    struct Questions {
        let name = Field.text("name", "Nombre del testigo", max: 120)
        let document = Field.text("document", "Documento", max: 40, hint: "Por ejemplo: «CC 12345678».")
            .reading(
                { try IdentityDocument(parsing: $0) }, printing: { "\($0.type.rawValue) \($0.number)" })
        let table: Field<ID<VotingTable>?>

        init(_ tables: [WitnessTable]) {
            table = Field.choice(
                "table", "Mesa", tables.map { Option($0.id, $0.title) }, style: .menu, prompt: "Todas"
            ).optional()
        }
    }

    let heading: AllianceHeading
    let file: SlateFile
    let form: FormState

    var title: String { "Acreditar un testigo" }
    var lead: String? { "De «\(file.slate.name)»." }
    var trail: [Crumb] { heading.trail(to: file) }
    var help: HelpTopic { "planchas" }

    func body(_ html: inout HTML) {
        let questions = Questions(file.tables)
        html.form(to: .accreditWitness(heading.slug, file.process.id, file.slate.id), form) { form in
            form.field(questions.name)
            form.field(questions.document)
            if !file.tables.isEmpty { form.field(questions.table) }
            form.submit("Acreditar", orBackTo: .slate(heading.slug, file.process.id, file.slate.id))
        }
    }
}

extension AllianceHeading {
    /// The way to a page about something of a slate.
    func trail(to file: SlateFile) -> [Crumb] {
        trail(toSlatesOf: file.process) + [
            Crumb(file.slate.name, .slate(slug, file.process.id, file.slate.id))
        ]
    }
}
