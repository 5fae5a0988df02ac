import Governance
import Kernel
import Tenancy

/// Proposes a topic to the entity.
struct NewTopicPage: Page {
    static let topic = Field.text("topic", "Tema", max: 200)
    static let audience = Field.choice("audience", "Para", WorkPlan.Audience.allCases, title: \.title)
    static let reason = Field.paragraphs("reason", "Para qué", max: 1000, rows: 2).optional()
    static let origin = Field.choice(
        "origin", "Quién lo propone", [TopicProposal.Origin.member, .user, .board], title: \.title)

    let heading: AllianceHeading
    let year: Int
    /// Whether the person says who proposes; a member proposes for themselves.
    let asksOrigin: Bool
    let form: FormState

    var title: String { "Proponer un tema de capacitación" }
    var lead: String? { "Para \(year). La entidad responde cada tema, lo dé o no." }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Capacitaciones", Path.trainings(heading.slug).with("ano", String(year)))
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        html.form(to: Path.newTopic(heading.slug).with("ano", String(year)), form) { form in
            form.field(Self.topic)
            form.field(Self.audience)
            if asksOrigin { form.field(Self.origin) }
            form.field(Self.reason)
            form.submit(
                "Proponer el tema", orBackTo: Path.trainings(heading.slug).with("ano", String(year)))
        }
    }
}

/// Answers a topic, as the entity.
struct AnswerTopicPage: Page {
    enum Choice: String, PathValue, CaseIterable {
        case accepted = "si"
        case declined = "no"
        var title: String { self == .accepted ? "Sí se dará" : "No se dará" }
    }

    static let choice = Field.choice("accepted", "Respuesta", Choice.allCases, title: \.title)
    static let words = Field.paragraphs(
        "answer", "Cuándo, o por qué no", max: 1000, rows: 3, hint: "La ven los asociados.")

    let heading: AllianceHeading
    let topic: TopicProposal
    let form: FormState

    var title: String { "Responder «\(topic.topic)»" }
    var lead: String? { topic.reason }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [
            Crumb("Capacitaciones", Path.trainings(heading.slug).with("ano", String(topic.year)))
        ]
    }
    var help: HelpTopic { "capacitaciones" }

    func body(_ html: inout HTML) {
        html.form(to: .answerTopic(heading.slug, topic.year, topic.id), form) { form in
            form.field(Self.choice)
            form.field(Self.words)
            form.submit(
                "Responder", orBackTo: Path.trainings(heading.slug).with("ano", String(topic.year)))
        }
    }
}
