import Elections
import Kernel
import Membership
import Tenancy

/// What an alliance has of a person, with the dossier that explains itself.
struct PersonFilePage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let dossier: Dossier
    /// The authorisations that are in force.
    let consents: Set<ConsentPurpose>
    /// The elections of the alliance with what each elects, to be asked about.
    let candidacies: [Candidacy]
    /// What of them is asked about.
    let candidacy: ID<Contest>?
    /// Whether only what was known on the day counts.
    let asKnownThen: Bool
    let today: CalendarDate
    let rights: Rights

    /// What the person who looks may do.
    struct Rights: Sendable {
        let enrol: Bool
        let record: Bool
        let withdraw: Bool
        /// Whether papers of a process, or of none, are theirs to review.
        let review: @Sendable (ID<ElectoralProcess>?) -> Bool
    }

    /// Something that an election decides.
    struct Candidacy: Sendable {
        let process: ElectionProcess
        let contest: Contest
    }

    struct Filters {
        let target = Field.choice(
            "como", "En calidad de", EligibilityTarget.allCases.filter { $0 != .elector },
            title: \.title.capitalizedFirst, style: .menu,
            prompt: EligibilityTarget.elector.title.capitalizedFirst)
        let day = Field.date("dia", "El día")
        let candidacy: Field<ID<Contest>?>
        let asKnownThen = Field.checkbox("entonces", "Solo con lo que se sabía ese día")

        init(_ candidacies: [Candidacy]) {
            candidacy = Field.choice(
                "eleccion", "En la elección",
                candidacies.map { Option($0.contest.id, "\($0.process.name): \($0.contest.name)") },
                style: .menu, prompt: "Ninguna"
            ).optional()
        }
    }

    var title: String { file.name }
    var lead: String? { file.document.formatted }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "elegibilidad" }

    func actions(_ html: inout HTML) {
        if rights.enrol, file.isMember(on: today) {
            html.action("Registrar el retiro", to: .endMembership(heading.slug, file.person))
        }
        if rights.enrol, file.isMember(on: today) {
            html.action("Anotar una autorización", to: .recordConsent(heading.slug, file.person))
        }
        if rights.withdraw, !consents.isEmpty {
            html.action("Revocar la autorización", to: .withdrawConsent(heading.slug, file.person))
        }
        if rights.record {
            html.action(
                "Registrar un certificado o hecho", to: .recordPaper(heading.slug, file.person), icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        var facts = [Fact("Municipio", file.municipality), Fact("Afiliación", file.affiliation.status)]
        if let registered = file.registered {
            facts += [
                Fact("Nacimiento", registered.birthDate), Fact("Teléfono", registered.phone),
                Fact("Correo", registered.email),
            ]
        }
        facts += [
            Fact("Asociado", file.periods.isEmpty ? nil : file.periodsInWords),
            Fact(
                "Autorizó",
                consents.isEmpty
                    ? "Nada que esté vigente"
                    : ConsentPurpose.allCases.filter(consents.contains).map(\.title).joined(separator: "; ")),
        ]
        html.facts(facts)
        writeDossier(&html)
        writePapers(&html)
    }

    private func writeDossier(_ html: inout HTML) {
        html.section("¿Cumple los requisitos?", id: "requisitos") { part in
            let filters = Filters(candidacies)
            let state = FormState().filling(filters.target, with: dossier.target).filling(
                filters.day, with: dossier.day
            ).filling(filters.candidacy, with: candidacy).filling(
                filters.asKnownThen, with: asKnownThen)
            part.queryForm(at: .personFile(heading.slug, file.person), state, .class("filters")) { form in
                form.field(filters.target)
                form.field(filters.day)
                if !candidacies.isEmpty { form.field(filters.candidacy) }
                form.field(filters.asKnownThen)
                form.button("Consultar", .type("submit"), .class(Emphasis.secondary.buttonClass))
            }
            part.p(.class("dossier-verdict")) { line in
                line.status(dossier.verdict.status)
                line.text(" como \(dossier.target.title), el \(SpanishFormat.longDate(dossier.day)).")
            }
            part.outcomes(of: dossier)
        }
    }

    private func writePapers(_ html: inout HTML) {
        html.section("Documentos registrados") { part in
            guard !file.papers.isEmpty else {
                part.p("No hay documentos registrados de esta persona.")
                return
            }
            part.ul(.class("dossier")) { list in
                for paper in file.papers { list.li { write(paper, &$0) } }
            }
        }
    }

    private func write(_ paper: PersonFile.Paper, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3(paper.words)
            head.status(paper.status)
        }
        item.p("\(paper.source). Cuenta desde el \(SpanishFormat.date(paper.validFrom)).")
        if paper.process != nil { item.p("Cuenta en una sola elección.", .class("form-text")) }
        if let proof = paper.proof { item.p { $0.a("Ver la copia", .href(.file(proof))) } }
        if let reason = paper.reviewReason { item.p("Revisión: \(reason)") }
        if let reason = paper.withdrawal {
            item.p("Ya no cuenta: \(reason)")
            return
        }
        if paper.review == "accepted", rights.review(paper.process) {
            item.action("Retirar", to: .withdrawPaper(heading.slug, file.person, paper.id))
        }
        if paper.review == "pending", rights.review(paper.process) {
            item.action("Revisar", to: .reviewPaper(heading.slug, file.person, paper.id))
        }
    }
}

extension PersonFile {
    /// Since when the person is of the alliance, and when they were.
    var periodsInWords: String {
        periods.map { period in
            guard let left = period.leftOn else { return "desde el \(SpanishFormat.date(period.joinedOn))" }
            let reason = period.leaveReason.map { " (\($0.title.lowercased()))" } ?? ""
            return "del \(SpanishFormat.date(period.joinedOn)) al \(SpanishFormat.date(left))\(reason)"
        }.joined(separator: "; ")
    }
}

extension PersonFile.Paper {
    /// Where its review stands, as a chip.
    var status: Status {
        if withdrawal != nil { return Status("Retirado", .sealed) }
        return switch review {
        case "accepted": Status("Aceptado", .met)
        case "rejected": Status("Rechazado", .overdue)
        default: Status("Por revisar", .due)
        }
    }
}

/// The questions of a leave.
struct EndMembershipForm {
    let day = Field.date("day", "Día del retiro")
    let reason = Field.choice("reason", "Motivo", LeaveReason.given, title: \.title)
}

/// Ends a membership.
struct EndMembershipPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let form: FormState
    let today: CalendarDate

    var title: String { "Registrar el retiro de \(file.name)" }
    var lead: String? {
        "Deja de contar para el quórum y el censo desde ese día. Puede volver a inscribirse después."
    }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }

    func body(_ html: inout HTML) {
        let fields = EndMembershipForm()
        html.form(
            to: .endMembership(heading.slug, file.person),
            form.isRefused ? form : form.filling(fields.day, with: today)
        ) { form in
            form.field(fields.day)
            form.field(fields.reason)
            form.submit("Registrar el retiro", .danger, orBackTo: .personFile(heading.slug, file.person))
        }
    }
}

/// The question of a revocation.
struct WithdrawConsentForm {
    let purpose: Field<ConsentPurpose>
    let day = Field.date("day", "Día en que lo pidió")

    init(_ consents: Set<ConsentPurpose>) {
        purpose = Field.choice(
            "purpose", "¿Qué autorización revoca?",
            ConsentPurpose.allCases.filter(consents.contains).map { purpose in
                Option(
                    purpose, purpose.title,
                    hint: purpose == .personalData
                        ? "Deja de ser asociada de todas las alianzas de la entidad desde ese día."
                        : "Sigue siendo asociada; solo termina esta autorización.")
            }, style: .list)
    }
}

/// Takes back the authorisation of data of a person.
struct WithdrawConsentPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let consents: Set<ConsentPurpose>
    let form: FormState
    let today: CalendarDate

    var title: String { "Revocar la autorización de datos" }
    var lead: String? {
        "De \(file.name). Revocarla es su derecho. Sus solicitudes pendientes se cierran; los votos, actas y períodos que ya fueron no se borran. Si ocupa un puesto, su salida se registra en «Gobierno»."
    }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        let fields = WithdrawConsentForm(consents)
        guard !consents.isEmpty else {
            html.emptyState(
                EmptyState(
                    "No tiene ninguna autorización vigente.", next: "Volver a la persona",
                    to: .personFile(heading.slug, file.person)))
            return
        }
        html.form(
            to: .withdrawConsent(heading.slug, file.person),
            form.isRefused ? form : form.filling(fields.day, with: today)
        ) { form in
            form.field(fields.purpose)
            form.field(fields.day)
            form.submit("Revocar", .danger, orBackTo: .personFile(heading.slug, file.person))
        }
    }
}

/// The questions of an authorisation that a member gave.
struct RecordConsentForm {
    let purpose: Field<ConsentPurpose>
    let day = Field.date("day", "Día en que la dio")
    let channel = Field.choice("channel", "¿Cómo la dio?", ConsentChannel.allCases, title: \.title)
    let proof = Field.paper("proof", "La autorización firmada").optional()

    /// Asks for what there is a text to agree to.
    init(_ purposes: [ConsentPurpose] = ConsentPurpose.allCases) {
        purpose = Field.choice("purpose", "¿Qué autorizó?", purposes, title: \.title, style: .list)
    }
}

/// Notes an authorisation of data that a member gave.
struct RecordConsentPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    /// What is read to the person, for each purpose that has a text.
    let texts: [ConsentText]
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar una autorización de datos" }
    var lead: String? { "De \(file.name), según el texto que se usaba el día en que la dio." }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        guard !texts.isEmpty else {
            html.emptyState(
                EmptyState(
                    "Falta el texto de la autorización de datos.", next: "Publicar el texto",
                    to: .consentTexts()))
            return
        }
        let fields = RecordConsentForm(texts.map(\.purpose))
        html.form(
            to: .recordConsent(heading.slug, file.person),
            form.isTyped
                ? form
                : form.filling(fields.purpose, with: texts.last?.purpose).filling(fields.day, with: today),
            hasFiles: true
        ) { form in
            form.field(fields.purpose)
            form.field(fields.day)
            form.field(fields.channel)
            form.field(fields.proof)
            form.submit("Anotar la autorización", orBackTo: .personFile(heading.slug, file.person))
        }
        html.section("Lo que autoriza") { $0.write(texts) }
    }
}
