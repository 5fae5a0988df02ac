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
