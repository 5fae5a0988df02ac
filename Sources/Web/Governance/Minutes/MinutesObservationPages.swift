import Foundation
import Governance
import Kernel
import Tenancy

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
