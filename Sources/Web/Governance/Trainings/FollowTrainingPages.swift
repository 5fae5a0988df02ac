import Governance
import Kernel
import Tenancy

/// The questions of an evaluation.
struct EvaluationForm {
    private static func mark(_ name: String, _ label: String) -> Field<Int> {
        Field.choice(
            name, label,
            [
                Option(5, "5, excelente"), Option(4, "4, bueno"), Option(3, "3, regular"),
                Option(2, "2, malo"),
                Option(1, "1, muy malo"),
            ], style: .list)
    }

    let content = Self.mark("content", "El contenido")
    let trainer = Self.mark("trainer", "Quien la dictó")
    let usefulness = Self.mark("usefulness", "Le sirve para su vida o para la alianza")
    let remark = Field.paragraphs(
        "remark", "¿Algo más?", max: 600, rows: 2, hint: "No escriba nombres ni datos de salud de nadie."
    ).optional()

    /// The evaluation that a form tells.
    func read(_ form: Submission) throws -> TrainingEvaluation {
        let (content, trainer, usefulness, remark) = try form.read(content, trainer, usefulness, remark)
        return try TrainingEvaluation(
            content: content, trainer: trainer, usefulness: usefulness, remark: remark)
    }
}

/// Evaluates a training: one's own, or what a form on paper says.
struct EvaluateTrainingPage: Page {
    let heading: AllianceHeading
    let topic: String
    let path: Path
    let back: Path
    let isOwn: Bool
    let form: FormState

    var title: String { "Evaluar «\(topic)»" }
    var lead: String? {
        isOwn
            ? "Son tres preguntas. No queda quién respondió qué."
            : "Pase aquí un formato de papel, uno por persona. No se escribe de quién es."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Capacitaciones", .trainings(heading.slug))]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        let fields = EvaluationForm()
        html.form(to: path, form) { form in
            form.field(fields.content)
            form.field(fields.trainer)
            form.field(fields.usefulness)
            form.field(fields.remark)
            form.submit("Guardar la evaluación", orBackTo: back)
        }
    }
}

/// Puts a training on the calendar.
struct ScheduleTrainingPage: Page {
    static let day = Field.date("day", "Día")
    static let startsAt = Field.time("starts_at", "Desde las")
    static let endsAt = Field.time("ends_at", "Hasta las")
    static let mode = Field.choice(
        "mode", "Modo", [Meeting.Mode.inPerson, .virtual, .mixed], title: \.title)
    static let place = Field.text("place", "Lugar", max: 200).optional()
    static let link = Field.text("link", "Enlace", max: 500)
        .reading({ try Meeting.link(typed: $0) }, printing: { $0 }).optional()

    let heading: AllianceHeading
    let training: Training
    let form: FormState

    var title: String { "Programar «\(training.topic)»" }
    var lead: String? {
        "Queda como reunión: se convoca, se toma la asistencia y se hace el acta como las demás."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Capacitaciones", Path.trainings(heading.slug).with("ano", String(training.year)))
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        html.form(to: .scheduleTraining(heading.slug, training.id), form) { form in
            form.field(Self.day)
            form.div(.class("form-row")) { row in
                row.field(Self.startsAt)
                row.field(Self.endsAt)
            }
            form.field(Self.mode)
            form.field(Self.place)
            form.field(Self.link)
            form.submit("Programar la reunión", orBackTo: .training(heading.slug, training.id))
        }
    }
}

/// Takes a training out of the programme.
struct DropTrainingPage: Page {
    static let reason = Field.text("reason", "Por qué no se dará", max: 300)

    let heading: AllianceHeading
    let training: Training
    let form: FormState

    var title: String { "Quitar «\(training.topic)» del programa" }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Capacitaciones", Path.trainings(heading.slug).with("ano", String(training.year)))
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        html.form(to: .dropTraining(heading.slug, training.id), form) { form in
            form.field(Self.reason)
            form.submit("Quitar del programa", .danger, orBackTo: .training(heading.slug, training.id))
        }
    }
}
