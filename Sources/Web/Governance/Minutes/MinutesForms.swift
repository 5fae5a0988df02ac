import Foundation
import Governance
import Kernel
import Tenancy

/// What all pages about the minutes of a meeting share.
protocol MinutesFormPage: Page {
    var heading: AllianceHeading { get }
    var file: MinutesFile { get }
    var form: FormState { get }
}

extension MinutesFormPage {
    var meeting: Meeting { file.meeting }
    var back: Path { .minutes(heading.slug, file.meeting.id) }
    var lead: String? { "De «\(file.meeting.title)», \(SpanishFormat.longDate(file.meeting.day))" }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [
            Crumb(file.meeting.title, .meeting(heading.slug, file.meeting.id)), Crumb("Acta", back),
        ]
    }
    var help: HelpTopic { "acta" }
}

/// The questions of what is free in minutes.
struct WriteMinutesForm {
    let activity = Field.choice(
        "activity", "Tipo de actividad", MinutesDraft.Activity.boxes, title: \.title
    ).optional()
    let activityNote = Field.text(
        "activity_note", "Tema de la capacitación, o cuál otra actividad", max: 300
    ).optional()
    let facilitator = Field.text("facilitator", "Nombre de quien facilitó", max: 160).optional()
    let facilitatorPost = Field.text("facilitator_post", "Cargo", max: 160).optional()
    let company = Field.text("company", "Empresa", max: 160).optional()
    let audience = Field.text("audience", "Grupo objetivo", max: 300).optional()
    let narrative = Field.paragraphs(
        "narrative", "Desarrollo", max: 100_000, rows: 12,
        hint: "Lo que no quedó anotado en los puntos del orden del día. Un párrafo por línea."
    ).optional()
    let followUp = Field.paragraphs(
        "schedule_follow_up", "Seguimiento a cronograma de actividades", max: 20_000, rows: 4
    ).optional()
    let attachments = Field.paragraphs("attachments", "Anexos", max: 4000, rows: 3, hint: "Uno por línea.")
        .optional()

    func read(_ form: Submission) throws -> MinutesDraft.Free {
        let (activity, note, facilitator, post, company, audience, narrative, followUp, attachments) =
            try form.read(
                activity, activityNote, facilitator, facilitatorPost, company, audience, narrative, followUp,
                attachments)
        return try MinutesDraft.Free(
            activity: activity ?? .unmarked, activityNote: note, facilitator: facilitator,
            facilitatorPost: post, company: company, audience: audience, narrative: narrative ?? "",
            scheduleFollowUp: followUp ?? "", attachments: attachments?.lines ?? [])
    }
}

/// Writes what is free in minutes; all else comes from what happened.
struct WriteMinutesPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    var title: String { "Completar el acta" }
    var scripts: [String] { ["acta.js"] }

    func body(_ html: inout HTML) {
        let fields = WriteMinutesForm()
        let free = file.free
        let state =
            form.isTyped
            ? form
            : form.filling(fields.activity, with: free.activity == .unmarked ? nil : free.activity)
                .filling(fields.activityNote, with: free.activityNote)
                .filling(fields.facilitator, with: free.facilitator)
                .filling(fields.facilitatorPost, with: free.facilitatorPost)
                .filling(fields.company, with: free.company).filling(fields.audience, with: free.audience)
                .filling(fields.narrative, with: free.narrative)
                .filling(fields.followUp, with: free.scheduleFollowUp)
                .filling(fields.attachments, with: free.attachments.joined(separator: "\n"))
        html.note(
            .info,
            "Convocatoria, asistencia, quórum, puntos, decisiones, preguntas y compromisos ya están en el acta: salen de lo que se anotó en la reunión."
        )
        html.form(to: .writeMinutes(heading.slug, meeting.id), state) { form in
            form.field(fields.activity)
            form.field(fields.activityNote)
            form.div(.class("form-row")) { row in
                row.field(fields.facilitator)
                row.field(fields.facilitatorPost)
                row.field(fields.company)
            }
            form.field(fields.audience)
            form.field(fields.narrative)
            form.field(fields.followUp)
            form.field(fields.attachments)
            form.p(
                file.draft.map { "Guardado el \(SpanishFormat.moment($0.savedAt))." } ?? "",
                .class("saved-at"), .role("status"), .data("autosave"))
            form.submit("Guardar y volver al acta", orBackTo: back, back: "Volver sin guardar")
        }
    }
}

/// The questions of circulating minutes.
struct CirculateForm {
    let until = Field.date("observe_until", "Se reciben observaciones hasta el").optional()
    let isRight = Field.checkbox(
        "is_right", "El parecido con las actas anteriores es correcto: así ocurrió también en esta reunión")
}

/// Circulates minutes for observations.
struct CirculateMinutesPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    private var version: Int { (file.draft?.version ?? 0) + 1 }
    var title: String { "Enviar el acta a observaciones" }

    func body(_ html: inout HTML) {
        let fields = CirculateForm()
        if !file.gaps.isEmpty {
            html.note(.warning, "Todavía falta") { note in
                note.ul { list in
                    for gap in file.gaps { list.li(gap.words) }
                }
            }
        }
        html.likeness(file.likeness, in: heading.slug)
        if let approving = file.approving.first {
            html.note(
                .warning,
                "«\(approving.title)» ya decidió aprobar la versión \(version - 1). La versión \(version) necesita otra decisión: si no hay nada que cambiar, anote la aprobación."
            )
        }
        html.p(
            "Quienes estuvieron en la reunión podrán leer esta versión \(version) y decir qué cambiar. Su texto queda guardado tal como está ahora."
        )
        html.form(
            to: .circulateMinutes(heading.slug, meeting.id),
            form.isTyped ? form : form.filling(fields.until, with: file.today + 5)
        ) { form in
            form.field(fields.until)
            if file.likeness.contains(where: { $0.percent >= TextLikeness.threshold }) {
                form.field(fields.isRight)
            }
            form.submit("Enviar la versión \(version) a observaciones", orBackTo: back)
        }
    }
}

/// The name of a section, as it travels.
struct SectionName: PathValue, Hashable {
    let pathText: String

    init(pathText: String) { self.pathText = pathText }
}

/// The questions of an observation.
struct ObservationForm {
    let section: Field<SectionName>
    let observation = Field.paragraphs("observation", "Qué debería cambiar", max: 4000, rows: 5)

    init(_ text: MinutesText) {
        section = Field.choice(
            "section", "En qué parte del acta",
            text.sections.map { Option(SectionName(pathText: $0.name), $0.title) }, style: .menu)
    }
}

/// Observes circulated minutes.
struct ObserveMinutesPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    var title: String { "Hacer una observación al acta" }

    func body(_ html: inout HTML) {
        let fields = ObservationForm(file.text)
        html.form(to: .observeMinutes(heading.slug, meeting.id), form) { form in
            form.field(fields.section)
            form.field(fields.observation)
            form.submit("Enviar la observación", orBackTo: back)
        }
    }
}

/// How an observation is answered.
enum ObservationAnswer: String, PathValue, CaseIterable {
    case accepted = "acoge"
    case refused = "no-acoge"

    var title: String { self == .accepted ? "Se acoge" : "No se acoge" }
}

/// The questions of an answer.
struct ObservationAnswerForm {
    let verdict = Field.choice("verdict", "Qué se hace", ObservationAnswer.allCases, title: \.title)
    let answer = Field.paragraphs(
        "answer", "Respuesta", max: 2000, rows: 4, hint: "Si no se acoge, diga por qué."
    ).optional()
}

/// Answers an observation.
struct AnswerObservationPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let observation: MinutesObservation
    let form: FormState

    var title: String { "Responder una observación" }

    func body(_ html: inout HTML) {
        let fields = ObservationAnswerForm()
        html.facts(
            Fact("La hizo", observation.madeBy),
            Fact(
                "Sobre",
                file.text.sections.first { $0.name == observation.section }?.title ?? observation.section),
            Fact("Dice", observation.observation))
        html.form(
            to: .answerObservation(heading.slug, meeting.id, ID(rawValue: observation.id)), form
        ) { form in
            form.field(fields.verdict)
            form.field(fields.answer)
            form.submit("Responder", orBackTo: back)
        }
        html.p(
            "Si se acoge, corrija el acta en «Completar el acta» o en la reunión, y envíe otra versión.",
            .class("form-text"))
    }
}

/// The questions of an approval.
struct ApprovalOfMinutesForm {
    let decision: Field<DecisionChoice?>
    let day: Field<CalendarDate?>
    let note = Field.paragraphs(
        "note", "Quiénes integran la comisión y en qué decisión se designó", max: 1000, rows: 3
    ).optional()
    let isRead = sure("is_read")
    let isReadByCommission = sure("is_read_by_commission")

    private static func sure(_ name: String) -> Field<Bool> {
        .checkbox(
            name, "Leí la versión que se aprueba, y sé que después no se cambia",
            demand: "Lea la versión y marque esta casilla: lo aprobado no se cambia.")
    }

    init(_ file: MinutesFile) {
        decision = Field.choice(
            "decision", "Por cuál decisión", DecisionChoice.options(file.approving), style: .list
        ).optional()
        day = Field.date(
            "day", "Día en que la comisión la aprobó",
            in: file.meeting.day...max(file.today, file.meeting.day)
        )
        .optional()
    }
}

/// A decision, as it travels.
struct DecisionChoice: PathValue, Hashable {
    let id: UUID

    init(_ id: UUID) { self.id = id }

    init?(pathText: String) {
        guard let id = UUID(uuidString: pathText) else { return nil }
        self.id = id
    }

    var pathText: String { id.uuidString.lowercased() }

    static func options(_ decisions: [ApprovingDecision]) -> [Option<DecisionChoice>] {
        decisions.map {
            Option(
                DecisionChoice($0.id), "\($0.decision) («\($0.title)», \(SpanishFormat.date($0.day)))")
        }
    }
}

/// Notes that minutes were approved.
struct ApproveMinutesPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    var title: String { "Anotar la aprobación del acta" }

    func body(_ html: inout HTML) {
        let fields = ApprovalOfMinutesForm(file)
        html.note(
            .info, "Al aprobarse recibe el número que sigue en el libro de actas, y su texto ya no cambia.")
        if !file.gaps.isEmpty {
            html.note(.warning, "El acta quedará así, con lo que todavía falta") { note in
                note.ul { list in
                    for gap in file.gaps { list.li(gap.words) }
                }
            }
        }
        html.section("La aprobó una reunión") { part in
            guard !file.approving.isEmpty else {
                return part.p(
                    "Ninguna reunión ha decidido todavía aprobar la versión \(file.draft?.version ?? 1). Cuando lo haga, en la sesión se anota una decisión que aprueba esta acta y aparecerá aquí."
                )
            }
            part.form(to: .approveMinutes(heading.slug, meeting.id), form) { form in
                form.field(fields.decision)
                form.field(fields.isRead)
                form.submit("Aprobar el acta", orBackTo: back)
            }
        }
        html.section("La aprobó una comisión") { part in
            part.p(
                "Cuando la reunión designó a unas personas para revisarla y aprobarla.", .class("form-text"))
            if let until = file.draft?.observeUntil, until >= file.today {
                return part.p(
                    "Se pidieron observaciones hasta el \(SpanishFormat.date(until)): la comisión puede aprobarla después de ese día."
                )
            }
            part.form(to: .approveMinutes(heading.slug, meeting.id), form) { form in
                form.field(fields.day)
                form.field(fields.note)
                form.field(fields.isReadByCommission)
                form.submit("Aprobar por la comisión", .secondary)
            }
        }
    }
}

/// The questions of who signs.
struct SignersForm {
    let seats: Field<[ID<Seat>]>
    let facilitator: Field<Bool>

    init(_ file: MinutesFile) {
        seats = Field.choices(
            "seats", "Quienes ejercen hoy estos puestos",
            file.seats.map { Option($0.seat, $0.title) }, isRequired: false)
        facilitator = Field.checkbox(
            "facilitator_signs", "También firma quien facilitó: \(file.free.facilitator ?? "")")
    }
}

/// Says who signs minutes.
struct MinutesSignersPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    var title: String { "Quiénes firman el acta" }

    func body(_ html: inout HTML) {
        let fields = SignersForm(file)
        let signing = file.signings.map(\.signer).filter { $0.signature == nil }
        let state =
            form.isTyped
            ? form
            : form.filling(fields.seats, with: signing.compactMap(\.seat))
                .filling(fields.facilitator, with: signing.contains { $0.seat == nil })
        let signed = file.signings.map(\.signer).filter { $0.signature != nil }
        if !signed.isEmpty {
            html.p("Ya firmaron: \(SpanishFormat.list(signed.map { "\($0.name), \($0.office)" })).")
        }
        guard !file.seats.isEmpty || file.free.facilitator != nil else {
            return html.emptyState(
                EmptyState(
                    "La alianza no tiene puestos con titular. Registre su junta o comité, o diga quién facilitó la reunión.",
                    next: "Completar el acta", to: .writeMinutes(heading.slug, meeting.id)))
        }
        html.form(to: .minutesSigners(heading.slug, meeting.id), state) { form in
            if !file.seats.isEmpty { form.field(fields.seats) }
            if file.free.facilitator != nil { form.field(fields.facilitator) }
            form.submit("Guardar quiénes firman", orBackTo: back)
        }
    }
}

/// The questions of a signature on paper.
struct PaperSignatureForm {
    let day: Field<CalendarDate>
    let scan = Field.paper("scan", "Copia de la hoja firmada")

    init(_ file: MinutesFile) {
        let first = file.draft?.approved?.on ?? file.meeting.day
        day = Field.date("day", "Día en que firmó", in: first...max(first, file.today))
    }
}

/// Binds a signature on paper.
struct PaperSignaturePage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let signer: MinutesSigner
    let form: FormState

    var title: String { "Firma en papel de \(signer.name)" }

    func body(_ html: inout HTML) {
        let fields = PaperSignatureForm(file)
        html.ol { list in
            list.li { item in
                item.text("Imprima el ")
                item.a("acta en PDF", .href(.minutesFile(heading.slug, meeting.id)))
                item.text(" y llévela a \(signer.name), \(signer.office).")
            }
            list.li("Fotografíe o escanee la hoja con la firma.")
            list.li("Adjúntela aquí: queda unida al texto que se aprobó.")
        }
        html.form(
            to: .paperSignature(heading.slug, meeting.id, ID(rawValue: signer.id)),
            form.isTyped ? form : form.filling(fields.day, with: file.today), hasFiles: true
        ) { form in
            form.field(fields.day)
            form.field(fields.scan)
            form.submit("Guardar la firma en papel", orBackTo: back)
        }
    }
}

/// The questions of a correction.
struct MinutesCorrectionForm {
    let decision: Field<DecisionChoice>
    let says = Field.paragraphs("says", "Donde dice", max: 2000, rows: 3)
    let shouldSay = Field.paragraphs("should_say", "Debe decir", max: 2000, rows: 3)

    init(_ file: MinutesFile) {
        decision = Field.choice(
            "decision", "Por cuál decisión de una reunión posterior", DecisionChoice.options(file.correcting),
            style: .list)
    }
}

/// Notes what a later meeting corrected.
struct CorrectMinutesPage: MinutesFormPage {
    let heading: AllianceHeading
    let file: MinutesFile
    let form: FormState

    var title: String { "Anotar una corrección" }

    func body(_ html: inout HTML) {
        let fields = MinutesCorrectionForm(file)
        html.note(
            .info,
            "El acta sellada no cambia. La corrección se muestra en ella y en la reunión que la decidió.")
        html.form(to: .correctMinutes(heading.slug, meeting.id), form) { form in
            form.field(fields.decision)
            form.field(fields.says)
            form.field(fields.shouldSay)
            form.submit("Anotar la corrección", orBackTo: back)
        }
    }
}
