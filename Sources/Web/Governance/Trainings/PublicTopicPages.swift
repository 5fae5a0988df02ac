import Governance
import Kernel
import Reporting
import Tenancy

extension Path {
    /// Proposes a topic of training, as anybody.
    static let suggestTopic = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}/temas")
    /// What the entity answered to a topic, by its code.
    static let topicReceipt = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}/temas/seguir")
}

/// Proposes a topic of training without an account.
struct SuggestTopicPage: Page {
    static let topic = Field.text(
        "topic", "Tema", max: 200, hint: "Por ejemplo: «Cómo pedir una cita con el especialista».")
    static let reason = Field.paragraphs(
        "reason", "Para qué", max: 1000, rows: 3, hint: "Sin diagnósticos ni números de documento."
    )
    .optional()
    static let code = Field.text(
        "code", "Código del tema", max: 40, hint: "Los cuatro grupos de letras y números que recibió.")

    let door: PublicDoor
    let entity: String
    let form: FormState

    var title: String { "Proponer un tema de capacitación" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        guard !door.isDissolved else {
            return html.note(.info, "La alianza está disuelta y ya no recibe propuestas.")
        }
        html.p(
            "¿De qué le serviría que le explicaran? \(entity) responde cada tema, lo dé o no. No tiene que decir quién es."
        )
        html.p { line in
            line.a(
                "¿Ya propuso uno? Lea la respuesta con su código",
                .href(.topicReceipt(door.tenant, door.slug)))
        }
        html.form(to: .suggestTopic(door.tenant, door.slug), form) { form in
            form.field(Self.topic)
            form.field(Self.reason)
            form.submit("Proponer el tema", orBackTo: .publicAlliance(door.tenant, door.slug))
        }
    }
}

/// The code of a topic that was just proposed.
struct SuggestedTopicPage: Page {
    let door: PublicDoor
    let entity: String
    let code: ReadableCode

    var title: String { "Recibimos su tema" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        html.p("\(entity) dirá si lo da y cuándo, o por qué no.")
        html.note(.info, "Con este código lee la respuesta") { note in
            note.p(.class("seal")) { $0.code(code.description) }
            note.p("No se vuelve a mostrar: anótelo o tómele una foto.")
        }
        html.div(.class("form-end")) { end in
            end.action("Leer la respuesta", to: .topicReceipt(door.tenant, door.slug), .primary)
            end.action("Volver a la alianza", to: .publicAlliance(door.tenant, door.slug))
        }
    }
}

/// Asks for the code of a topic, and says what the entity answered.
struct TopicReceiptPage: Page {
    let door: PublicDoor
    let entity: String
    let form: FormState
    /// What was found.
    var found: TopicProposal?

    var title: String { found.map { "«\($0.topic)»" } ?? "La respuesta a mi tema" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        guard let found else {
            return html.form(to: .topicReceipt(door.tenant, door.slug), form) { form in
                form.field(SuggestTopicPage.code)
                form.submit("Consultar", orBackTo: .publicAlliance(door.tenant, door.slug))
            }
        }
        html.p { $0.status(found.status) }
        html.facts(
            Fact("Se propuso", SpanishFormat.longDate(found.proposedOn)),
            Fact("\(entity) respondió", found.answer.map { SpanishFormat.longDate($0.day) }),
            Fact("Qué respondió", found.answer?.words))
        html.p { $0.a("Consultar otro", .href(.topicReceipt(door.tenant, door.slug))) }
    }
}

/// Topics of training that anybody proposes.
struct PublicTopicRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.suggestTopic, show: topic, act: suggest)
        everybody.form(Path.topicReceipt, show: receipt, act: follow)
    }

    @Sendable private func topic(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> SuggestTopicPage {
        let (door, entity) = try await context.door(slug, of: tenant)
        return SuggestTopicPage(door: door, entity: entity.shortName, form: state)
    }

    @Sendable private func suggest(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> SuggestedTopicPage {
        let (door, entity) = try await context.door(slug, of: tenant)
        let (topic, reason) = try form.read(SuggestTopicPage.topic, SuggestTopicPage.reason)
        let code = context.visit.receiptCode(of: form, for: "topic")
        let suggestion = try SuggestTopic(topic, of: door.alliance.id, because: reason, code: code)
        try await context.submitting(to: door) {
            try await context.visit.site.runner.run(
                suggestion, as: .system(in: entity.id), key: ID(rawValue: form.key))
        }
        return SuggestedTopicPage(door: door, entity: entity.shortName, code: code)
    }

    @Sendable private func receipt(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> TopicReceiptPage {
        let (door, entity) = try await context.door(slug, of: tenant)
        return TopicReceiptPage(door: door, entity: entity.shortName, form: state)
    }

    @Sendable private func follow(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> TopicReceiptPage {
        let (door, entity) = try await context.door(slug, of: tenant)
        let code = ReadableCode(typed: try form.read(SuggestTopicPage.code))
        let found = try await context.asking(.rollCheck, about: "\(door.alliance.id) \(code)") {
            try await context.visit.site.runner.fetch(
                FollowTopic(by: code, in: door.alliance.id), as: .system(in: entity.id))
        }
        guard let found else {
            throw InvalidInput([
                .init(
                    field: SuggestTopicPage.code.name,
                    message: "Ningún tema de esta alianza tiene ese código. Revíselo.")
            ])
        }
        return TopicReceiptPage(door: door, entity: entity.shortName, form: FormState(), found: found)
    }
}
