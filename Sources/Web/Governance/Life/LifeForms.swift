import Governance
import Kernel
import Tenancy

/// The questions of a call to constitute an alliance.
struct AllianceCallForm {
    let calledBy = Field.choice(
        "called_by", "¿Quién convoca?", AllianceCall.Caller.allCases, title: \.title)
    let caller = Field.text(
        "caller", "Quién firma la convocatoria", max: 200,
        hint: "El gerente o, si convocan los usuarios, quienes la firman.")
    let calledOn = Field.date("day", "Fecha de la convocatoria")
    let addressedTo = Field.text(
        "addressed_to", "A quiénes se convoca", max: 300,
        hint: "Por ejemplo: «usuarios del último año del municipio».")
    let channels = Field.text(
        "channels", "Por qué medios", max: 300, hint: "Carteles, llamadas, emisora, redes.")
    let paper = Field.paper("paper", "La convocatoria").optional()
}

/// Records the call of an alliance.
struct AllianceCallPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Registrar la convocatoria" }
    var lead: String? { "Con ella una alianza en preparación queda convocada y tiene página pública." }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "vida-de-la-alianza" }

    func body(_ html: inout HTML) {
        let fields = AllianceCallForm()
        html.form(to: .newAllianceCall(heading.slug), form, hasFiles: true) { form in
            form.field(fields.calledBy)
            form.field(fields.caller)
            form.field(fields.calledOn)
            form.field(fields.addressedTo)
            form.field(fields.channels)
            form.field(fields.paper)
            form.submit("Registrar la convocatoria", orBackTo: .life(heading.slug))
        }
    }
}

/// The questions of a step before the authority.
struct RegistryStepForm {
    let kind = Field.choice("kind", "¿Qué pasó?", RegistryStep.Kind.allCases, title: \.title)
    let authority = Field.text(
        "authority", "Ante qué autoridad", max: 200,
        hint: "Como aparece en el documento: cambia de un lugar a otro.")
    let number = Field.text("number", "Número de radicado", max: 80).optional()
    let day = Field.date("day", "Fecha")
    let note = Field.paragraphs("note", "Qué pidió, qué se respondió o por qué", max: 1000, rows: 3)
        .optional()
    let paper = Field.paper("paper", "El documento").optional()
}

/// Records a step before the authority.
struct RegistryStepPage: Page {
    let heading: AllianceHeading
    let today: CalendarDate
    let form: FormState

    var title: String { "Anotar un trámite del registro" }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "vida-de-la-alianza" }

    func body(_ html: inout HTML) {
        let fields = RegistryStepForm()
        html.form(
            to: .newRegistryStep(heading.slug), form.isTyped ? form : form.filling(fields.day, with: today),
            hasFiles: true
        ) { form in
            form.field(fields.kind)
            form.field(fields.authority)
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.day)
            }
            form.field(fields.note)
            form.field(fields.paper)
            form.submit("Anotar", orBackTo: .life(heading.slug))
        }
    }
}

/// The questions of the end of a renewal.
struct FinishRenewalForm {
    let day = Field.date("day", "Día de la asamblea que la renovó")
    let minutes = Field.text("minutes", "Acta", max: 200, hint: "Con su número y fecha.")
    let paper = Field.paper("paper", "El acta firmada").optional()
    let registration = Field.text(
        "registration", "Registro ante la autoridad", max: 200,
        hint: "Autoridad, número y fecha, si la autoridad lo actualizó."
    ).optional()
}

/// Ends a renewal.
struct FinishRenewalPage: Page {
    let heading: AllianceHeading
    let renewal: Renewal
    let form: FormState

    var title: String { "Terminar la renovación" }
    var lead: String? {
        "Confirmaron \(SpanishFormat.count(renewal.confirmed, "asociado", "asociados")). El período nuevo empieza el día de la asamblea."
    }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "vida-de-la-alianza" }

    func body(_ html: inout HTML) {
        let fields = FinishRenewalForm()
        html.form(to: .finishRenewal(heading.slug, renewal.id), form, hasFiles: true) { form in
            form.field(fields.day)
            form.field(fields.minutes)
            form.field(fields.paper)
            form.field(fields.registration)
            form.submit("Renovar la alianza", orBackTo: .life(heading.slug))
        }
    }
}

/// Gives a renewal up.
struct DropRenewalPage: Page {
    let heading: AllianceHeading
    let renewal: Renewal
    let form: FormState

    static let reason = Field.text("reason", "Por qué se descarta", max: 300)

    var title: String { "Descartar la renovación" }
    var lead: String? { "Lo anotado queda en el registro; después se puede comenzar otra." }
    var trail: [Crumb] { heading.trailOfLife }
    var help: HelpTopic { "vida-de-la-alianza" }

    func body(_ html: inout HTML) {
        html.form(to: .dropRenewal(heading.slug, renewal.id), form) { form in
            form.field(Self.reason)
            form.submit("Descartar la renovación", .danger, orBackTo: .life(heading.slug))
        }
    }
}

extension AllianceHeading {
    /// The way to the pages of its life.
    var trailOfLife: [Crumb] { trail(from: .governance) + [Crumb("Vida de la alianza", .life(slug))] }
}
