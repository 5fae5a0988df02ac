import Kernel
import Membership
import Tenancy

/// The questions of enrolling members.
struct EnrolmentForm {
    let documents = Field.paragraphs(
        "documents", "Documentos", max: 40_000, rows: 6,
        hint:
            "Uno por línea: «CC 12345678». Un número solo se lee como cédula; para otro documento escriba antes su tipo: «TI 1066555123». Todos tienen que estar en el padrón de la entidad."
    )
    let day = Field.date("day", "Día de la inscripción")
    let channel = Field.choice(
        "channel", "¿Cómo dieron la autorización de datos?", ConsentChannel.allCases, title: \.title)
    let sensitive = Field.checkbox(
        "sensitive", "También autorizaron, aparte, los datos sensibles: que son de la alianza",
        hint: "Nadie está obligado a darla.")
    let proof = Field.paper("proof", "Las autorizaciones firmadas").optional()
}

/// Enrols members, one or many.
struct EnrolMembersPage: Page {
    let heading: AllianceHeading
    let form: FormState
    let today: CalendarDate
    /// The text that they agree to; `nil` where the entity has none yet.
    let text: ConsentText?
    /// The text about sensitive data, which is asked for apart; `nil` where the entity has none.
    let sensitive: ConsentText?

    var title: String { "Inscribir asociados" }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        guard let text else {
            html.emptyState(
                EmptyState(
                    "Falta el texto de la autorización de datos que firman los asociados.",
                    next: "Publicar el texto", to: .consentTexts()))
            return
        }
        let fields = EnrolmentForm()
        html.form(
            to: .enrolMembers(heading.slug), form.isRefused ? form : form.filling(fields.day, with: today),
            hasFiles: true
        ) { form in
            form.field(fields.documents)
            form.field(fields.day)
            form.field(fields.channel)
            if sensitive != nil { form.field(fields.sensitive) }
            form.field(fields.proof)
            form.submit("Inscribir", orBackTo: .members(heading.slug))
        }
        html.section("Lo que autorizan") { $0.write([text, sensitive].compactMap(\.self)) }
    }
}

extension HTML {
    /// Writes texts that people agree to.
    mutating func write(_ texts: [ConsentText]) {
        for text in texts {
            p(
                "\(text.purpose.title). Versión \(text.version), en uso desde el \(SpanishFormat.date(text.inForceFrom)).",
                .class("form-text"))
            blockquote(text.body)
        }
    }
}

/// What came of enrolling several people.
struct EnrolmentReportPage: Page {
    let heading: AllianceHeading
    let report: EnrolmentReport
    let list: DocumentList
    /// Whether the entity has a text about sensitive data, which is asked for apart.
    let asksSensitive: Bool
    let form: FormState

    private var refused: Int { report.refusals.count + list.unreadable.count }

    var title: String {
        "\(SpanishFormat.count(report.enrolled.count, "asociado inscrito", "asociados inscritos")), \(refused) sin inscribir"
    }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        html.p("Estas personas no quedaron inscritas:")
        html.ul { list in
            for problem in self.list.problems { list.li(problem.message) }
            for refusal in report.refusals {
                list.li { item in
                    // Of whom nobody knows the name the reason says all there is.
                    if let name = refusal.name {
                        item.strong("\(refusal.document.formatted), \(name)")
                        item.text(": ")
                    }
                    item.text(refusal.reason)
                }
            }
        }
        html.section("Corregirlas e inscribirlas") { part in
            let fields = EnrolmentForm()
            let rest = list.unreadable + report.refusals.map { "\($0.document)" }
            let state = form.filling(fields.documents, with: rest.joined(separator: "\n"))
            part.form(to: .enrolMembers(heading.slug), state, hasFiles: true) { form in
                form.field(fields.documents)
                form.field(fields.day)
                form.field(fields.channel)
                if asksSensitive { form.field(fields.sensitive) }
                form.field(fields.proof)
                form.submit(
                    "Inscribir", orBackTo: .members(heading.slug),
                    back: "Dejarlo así y volver a los asociados")
            }
        }
    }
}

/// The questions of a text of the data authorisation.
struct ConsentTextForm {
    let purpose = Field.choice("purpose", "¿Para qué es?", ConsentPurpose.allCases, title: \.title)
    let body = Field.paragraphs(
        "body", "Texto", max: 8000, rows: 8,
        hint: "Quién trata los datos, para qué, y cómo se consultan, corrigen y revocan.")
    let from = Field.date("from", "Se usa desde")
}

/// The texts of the data authorisation, and a new one.
struct ConsentTextsPage: Page {
    let form: FormState
    let texts: [ConsentText]
    let today: CalendarDate
    let mayPublish: Bool

    var title: String { "Autorización de datos" }
    var lead: String? { "Cada asociado queda unido al texto que aceptó; los textos anteriores no se borran." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }

    func body(_ html: inout HTML) {
        if texts.isEmpty { html.emptyState(EmptyState("Aún no hay textos. Publique el primero.")) }
        for text in texts {
            html.section("\(text.purpose.title), versión \(text.version)") { part in
                part.p("En uso desde el \(SpanishFormat.longDate(text.inForceFrom)).", .class("form-text"))
                part.blockquote(text.body)
            }
        }
        guard mayPublish else { return }
        html.section("Publicar un texto nuevo") { part in
            let fields = ConsentTextForm()
            part.form(to: .consentTexts(), form.isRefused ? form : form.filling(fields.from, with: today)) {
                form in
                form.field(fields.purpose)
                form.field(fields.body)
                form.field(fields.from)
                form.submit("Publicar el texto")
            }
        }
    }
}
