import Elections
import Foundation
import Kernel
import Membership
import Tenancy

/// Chooses what is recorded of a person: what a paper can prove, one by one.
struct ChoosePaperPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    /// The requirements that papers prove.
    let requirements: [Requirement]

    var title: String { "Registrar un certificado o hecho" }
    var lead: String? { "De \(file.name). Cuenta cuando otra persona lo revise. ¿Qué dice el documento?" }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        html.section("Hechos") { part in
            part.ul(.class("choices")) { list in
                for subject in PaperSubject.facts { list.li { write(subject, subject.title ?? "", &$0) } }
            }
        }
        html.section("Requisitos que se prueban con un documento") { part in
            part.ul(.class("choices")) { list in
                for requirement in requirements {
                    guard let code = RequirementCode(rawValue: requirement.id) else { continue }
                    list.li { write(.requirement(code), requirement.title, &$0) }
                }
            }
        }
    }

    private func write(_ subject: PaperSubject, _ words: String, _ item: inout HTML) {
        item.a(.href(.recordPaperOf(heading.slug, file.person, subject))) { link in
            link.strong(words)
            if let hint = subject.hint { link.span(hint, .class("form-text")) }
        }
    }
}

extension PaperSubject {
    /// What it says, where it is about no requirement that papers prove.
    var title: String? {
        switch self {
        case .requirement: nil
        case .service: "Usó un servicio de la entidad"
        case .employment: "Trabaja, o no, en la entidad"
        case .affiliation: "Está afiliado desde una fecha"
        case .residence: "Vive en un municipio"
        case .sanction: "La alianza lo sancionó"
        }
    }

    /// What it is for.
    var hint: String? {
        switch self {
        case .requirement: nil
        case .service: " Para el uso reciente de los servicios (E05)."
        case .employment:
            " Certificado de Talento Humano (E03). Si es más nuevo que la lista de empleados, vale él."
        case .affiliation: " Certificado con la fecha de vinculación, para la antigüedad (E06)."
        case .residence: " Certificado de residencia (E04)."
        case .sanction: " Decisión de la alianza (E16)."
        }
    }
}

/// Whether a paper speaks for or against a person.
enum PaperTenor: String, PathValue, CaseIterable {
    case favourable = "favorable"
    case adverse = "desfavorable"

    /// The words on the form.
    func title(of subject: PaperSubject) -> String {
        switch (self, subject) {
        case (.favourable, .employment): "No trabaja en la entidad"
        case (.adverse, .employment): "Trabaja en la entidad"
        case (.favourable, _): "Prueba que cumple"
        case (.adverse, _): "Prueba que no cumple"
        }
    }
}

/// The questions of a paper, which depend on what it is about.
struct PaperForm {
    static let megabytes = 10

    let subject: PaperSubject
    let tenor: Field<PaperTenor>
    let day: Field<CalendarDate>
    let municipality = Field.text(
        "municipalities", "Municipio", max: 80, hint: "Con su departamento: «San Antero, Córdoba».")
    let sanction = Field.text(
        "sanction", "Sanción", max: 200, hint: "Por ejemplo: «suspensión de tres meses».")
    let from = Field.date("from", "Desde", in: .ofLives)
    let until = Field.date("until", "Hasta", in: .ofLives, hint: "El último día; vacío si no tiene final.")
        .optional()
    let process: Field<ID<ElectoralProcess>?>
    let source = Field.text(
        "source", "Quién lo expidió y su número", max: 200,
        hint: "Por ejemplo: «Procuraduría, certificado 2026-4410».")
    let issuedOn = Field.date("issued_on", "Fecha del documento")
    let copy = Field.file("copy", "Copia", accepting: [.pdf, .jpeg, .png], megabytes: megabytes).optional()

    init(_ subject: PaperSubject, elections: [ElectionProcess]) {
        self.subject = subject
        tenor = Field.choice(
            "tenor", "¿Qué dice el documento?", PaperTenor.allCases, title: { $0.title(of: subject) })
        day = Field.date(
            "day", subject == .service ? "Día de la atención" : "Afiliado desde el", in: .ofLives)
        process = Field.choice(
            "process", "¿Solo para una elección?", elections.map { Option($0.id, $0.name) }, style: .menu,
            prompt: "No, para la alianza",
            hint: "Lo de una elección lo revisa su comité electoral y no cuenta en otra."
        ).optional()
    }

    /// What was filled in.
    func statement(
        _ form: Submission, municipalities: MunicipalityList
    ) throws -> RecordPaper.Statement {
        switch subject {
        case .requirement(let code):
            let tenor = try form.read(tenor)
            return .requirement(code.rawValue, isMet: tenor == .favourable)
        case .service: return .serviceUsed(on: try form.read(day))
        case .employment:
            let tenor = try form.read(tenor)
            return .employment(isEmployed: tenor == .adverse)
        case .affiliation: return .affiliated(since: try form.read(day))
        case .residence:
            guard let code = try municipalities.codes(in: try form.read(municipality)).first,
                let municipality = MunicipalityCode(rawValue: code)
            else { throw PaperError.unknownMunicipality }
            return .residence(in: municipality)
        case .sanction:
            let (words, from, until) = try form.read(sanction, from, until)
            return .sanction(words, from: from, until: until.map { $0 + 1 })
        }
    }
}

/// Records a certificate or fact of a person.
struct RecordPaperPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let subject: PaperSubject
    /// What it is called.
    let name: String
    let elections: [ElectionProcess]
    let form: FormState

    var title: String { name }
    var lead: String? { "De \(file.name). Cuenta cuando otra persona lo revise." }
    var trail: [Crumb] {
        heading.trail(from: .members) + [
            Crumb(file.name, .personFile(heading.slug, file.person)),
            Crumb("Registrar", .recordPaper(heading.slug, file.person)),
        ]
    }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        let fields = PaperForm(subject, elections: elections)
        html.form(to: .recordPaperOf(heading.slug, file.person, subject), form, hasFiles: true) { form in
            switch subject {
            case .requirement, .employment: form.field(fields.tenor)
            case .service, .affiliation: form.field(fields.day)
            case .residence: form.field(fields.municipality)
            case .sanction:
                form.field(fields.sanction)
                form.field(fields.from)
                form.field(fields.until)
            }
            form.field(fields.source)
            form.field(fields.issuedOn)
            form.field(fields.copy)
            if !elections.isEmpty { form.field(fields.process) }
            form.submit("Registrar", orBackTo: .recordPaper(heading.slug, file.person))
        }
    }
}

/// The papers of an alliance and its elections that wait for a review.
struct PapersToReviewPage: ListPage {
    enum Sort: String, SortKey {
        case recorded = "registro"
        static let initial = Self.recorded
    }

    /// A row, with where it leads.
    struct Row: Sendable {
        let waiting: WaitingPaper
        let alliance: AllianceSlug
    }

    static let columns: [Column<Row, Sort>] = [
        .text("Dice", to: { .reviewPaper($0.alliance, $0.waiting.person, $0.waiting.paper.id) }) {
            $0.waiting.paper.words
        },
        .text("De") { $0.waiting.name },
        .text("Documento") { $0.waiting.paper.source },
        .text("Para") { $0.waiting.paper.process == nil ? "La alianza" : "Una elección" },
        .text("Lo registró") { $0.waiting.recorder },
        .instant("Cuándo") { $0.waiting.recordedAt },
    ]

    let heading: AllianceHeading
    let query: ListQuery<Sort>
    let found: Found<Row>

    var title: String { "Documentos por revisar" }
    var lead: String? {
        "Los revisa alguien distinto de quien los registró; los de una elección, su comité electoral."
    }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        html.list(self, empty: EmptyState("No hay documentos por revisar."))
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
            Fact("Dice", paper.words), Fact("Documento", paper.source), Fact("Desde", paper.validFrom),
            Fact("Copia") { fact in
                if let proof = paper.proof {
                    fact.a("Ver la copia", .href(.file(proof)))
                } else {
                    fact.text("No se adjuntó: pida el original antes de aceptarlo.")
                }
            })
        let fields = ReviewForm()
        html.form(to: .reviewPaper(heading.slug, file.person, paper.id), form) { form in
            form.field(fields.verdict)
            form.field(fields.reason)
            form.submit("Guardar la revisión", orBackTo: .personFile(heading.slug, file.person))
        }
    }
}

/// Why a paper does not count any more.
enum WithdrawalCause: String, PathValue, CaseIterable {
    case ended = "termino"
    case mistaken = "error"

    /// The words on the form.
    var title: String {
        switch self {
        case .ended: "Valió hasta un día: por ejemplo, la sanción se levantó"
        case .mistaken: "Se aceptó por error: nunca debió contar"
        }
    }
}

/// The questions of the withdrawal of a paper.
struct WithdrawalForm {
    let cause = Field.choice(
        "cause", "¿Por qué deja de contar?", WithdrawalCause.allCases, title: \.title, style: .list)
    let last = Field.date("last", "Último día en que valió", hint: "Solo si valió hasta un día.").optional()
    let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3,
        hint: "Con la decisión o el documento en que consta: «Acta 7 de la asamblea del 12 de junio».")
}

/// Takes back a paper of a person that was accepted.
struct WithdrawPaperPage: Page {
    let heading: AllianceHeading
    let file: PersonFile
    let paper: PersonFile.Paper
    let form: FormState

    var title: String { "Retirar un documento aceptado" }
    var lead: String? {
        "De \(file.name). Lo retira alguien distinto de quien lo registró. Lo que ya se decidió con él, como un censo cerrado, no cambia."
    }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb(file.name, .personFile(heading.slug, file.person))]
    }
    var help: HelpTopic { "elegibilidad" }

    func body(_ html: inout HTML) {
        html.facts(Fact("Dice", paper.words), Fact("Documento", paper.source))
        let fields = WithdrawalForm()
        html.form(to: .withdrawPaper(heading.slug, file.person, paper.id), form) { form in
            form.field(fields.cause)
            form.field(fields.last)
            form.field(fields.reason)
            form.submit("Retirarlo", .danger, orBackTo: .personFile(heading.slug, file.person))
        }
    }
}
