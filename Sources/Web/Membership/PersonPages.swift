import Kernel
import Membership
import Tenancy

/// What an alliance has of a person, with the dossier that explains itself.
struct PersonFilePage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let dossier: Dossier
    let today: CalendarDate
    let mayEnrol: Bool
    let mayRecord: Bool
    let mayReview: Bool

    struct Filters {
        let target = Field.choice(
            "como", "En calidad de", EligibilityTarget.allCases.filter { $0 != .elector },
            title: \.title.capitalizedFirst, style: .menu,
            prompt: EligibilityTarget.elector.title.capitalizedFirst)
        let day = Field.date("dia", "El día")
    }

    var title: String { file.name }
    var lead: String? { file.document.formatted }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "elegibilidad" }

    func actions(_ html: inout HTML) {
        if mayEnrol, file.isMember(on: today) {
            html.action("Registrar el retiro", to: .endMembership(heading.slug, file.person))
        }
        if mayRecord {
            html.action("Registrar un documento", to: .recordPaper(heading.slug, file.person), icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Municipio", file.municipality), Fact("Nacimiento", file.birthDate),
            Fact("Afiliación", file.affiliation.status), Fact("Teléfono", file.phone),
            Fact("Correo", file.email),
            Fact("Asociado", periods))
        writeDossier(&html)
        writePapers(&html)
    }

    private var periods: String? {
        let words = file.periods.map { period in
            guard let left = period.leftOn else { return "desde el \(SpanishFormat.date(period.joinedOn))" }
            let reason = period.leaveReason.map { " (\($0.title.lowercased()))" } ?? ""
            return "del \(SpanishFormat.date(period.joinedOn)) al \(SpanishFormat.date(left))\(reason)"
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    private func writeDossier(_ html: inout HTML) {
        html.section("¿Cumple los requisitos?", id: "requisitos") { part in
            let filters = Filters()
            let state = FormState().filling(filters.target, with: dossier.target).filling(
                filters.day, with: dossier.day)
            part.queryForm(at: .personFile(heading.slug, file.person), state, .class("filters")) { form in
                form.field(filters.target)
                form.field(filters.day)
                form.button("Consultar", .type("submit"), .class(Emphasis.secondary.buttonClass))
            }
            part.p(.class("dossier-verdict")) { line in
                line.status(dossier.verdict.status)
                line.text(" como \(dossier.target.title), el \(SpanishFormat.longDate(dossier.day)).")
            }
            part.ul(.class("dossier")) { list in
                for outcome in dossier.outcomes { list.li { write(outcome, &$0) } }
            }
            part.confirmationLegend(
                if: dossier.outcomes.contains { !$0.requirement.isNormConfirmed })
        }
    }

    private func write(_ outcome: Outcome, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3(outcome.requirement.question)
            head.status(outcome.verdict.status)
        }
        item.p(outcome.explanation)
        if let cure = outcome.cure {
            item.p { line in
                line.strong("Qué hacer: ")
                line.text(cure)
            }
        }
        item.p(
            outcome.requirement.norm.marked(isConfirmed: outcome.requirement.isNormConfirmed),
            .class("form-text"))
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
            head.h3(paper.source)
            head.status(paper.status)
        }
        item.p(
            "Del \(SpanishFormat.date(paper.issuedOn)). \(paper.value == "clear" ? "Es favorable." : "Es desfavorable.")"
        )
        if let reason = paper.reviewReason { item.p("Revisión: \(reason)") }
        if mayReview, paper.review == "pending" {
            item.action("Revisar", to: .reviewPaper(heading.slug, file.person, paper.id))
        }
    }
}

extension PersonFile.Paper {
    fileprivate var status: Status {
        switch review {
        case "accepted": Status("Aceptado", .met)
        case "rejected": Status("Rechazado", .overdue)
        default: Status("Por revisar", .due)
        }
    }
}

/// The questions of a leave.
struct EndMembershipForm {
    let day = Field.date("day", "Día del retiro")
    let reason = Field.choice("reason", "Motivo", LeaveReason.allCases, title: \.title)
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

/// Whether a paper speaks for or against a person.
enum PaperTenor: String, PathValue, CaseIterable {
    case favourable = "favorable"
    case adverse = "desfavorable"

    /// The words on the form.
    var title: String {
        switch self {
        case .favourable: "Prueba que cumple"
        case .adverse: "Prueba que no cumple"
        }
    }
}

/// The questions of a paper.
struct PaperForm {
    let requirement: Field<RequirementCode>
    let tenor = Field.choice("tenor", "¿Qué dice el documento?", PaperTenor.allCases, title: \.title)
    let source = Field.text(
        "source", "Quién lo expidió y su número", max: 200,
        hint: "Por ejemplo: «Procuraduría, certificado 2026-4410».")
    let issuedOn = Field.date("issued_on", "Fecha del documento")
    let copy = Field.file("copy", "Copia", accepting: [.pdf, .jpeg, .png], megabytes: 10).optional()

    init(_ requirements: [Requirement]) {
        requirement = Field.choice(
            "requirement", "¿Qué requisito prueba?",
            requirements.compactMap { requirement in
                RequirementCode(rawValue: requirement.id).map { Option($0, requirement.title) }
            }, style: .menu)
    }
}

/// Records a paper of a person.
struct RecordPaperPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let requirements: [Requirement]
    let form: FormState

    var title: String { "Registrar un documento" }
    var lead: String? { "De \(file.name). Cuenta cuando otra persona lo revise." }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }

    func body(_ html: inout HTML) {
        let fields = PaperForm(requirements)
        html.form(to: .recordPaper(heading.slug, file.person), form, hasFiles: true) { form in
            form.field(fields.requirement)
            form.field(fields.tenor)
            form.field(fields.source)
            form.field(fields.issuedOn)
            form.field(fields.copy)
            form.submit("Registrar", orBackTo: .personFile(heading.slug, file.person))
        }
    }
}

/// Whether a paper is good.
enum PaperReview: String, PathValue, CaseIterable {
    case accepted = "aceptado"
    case rejected = "rechazado"

    /// The words on the form.
    var title: String {
        switch self {
        case .accepted: "Aceptarlo"
        case .rejected: "Rechazarlo"
        }
    }
}

/// The questions of a review.
struct ReviewForm {
    let verdict = Field.choice("verdict", "Decisión", PaperReview.allCases, title: \.title)
    let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3, hint: "Si lo rechaza, diga qué hay que corregir."
    ).optional()
}

/// Reviews a paper of a person.
struct ReviewPaperPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let paper: PersonFile.Paper
    let form: FormState

    var title: String { "Revisar un documento" }
    var lead: String? { "De \(file.name)." }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Documento", paper.source), Fact("Fecha", paper.issuedOn),
            Fact("Dice", paper.value == "clear" ? "Que cumple" : "Que no cumple"))
        let fields = ReviewForm()
        html.form(to: .reviewPaper(heading.slug, file.person, paper.id), form) { form in
            form.field(fields.verdict)
            form.field(fields.reason)
            form.submit("Guardar la revisión", orBackTo: .personFile(heading.slug, file.person))
        }
    }
}
