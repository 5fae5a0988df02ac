import Governance
import Kernel
import Tenancy

/// When people are told by mail that the mandates of a body end.
struct BodyAlarms: Sendable {
    /// The days that the body has of its own.
    let own: AlarmDays?
    /// Those that count where it has none.
    let usual: AlarmDays?

    /// Takes those of a body among those of the tenant.
    init(of body: ID<Body>, among days: [ID<Body>?: AlarmDays]) {
        own = days[body]
        usual = days[nil]
    }

    /// The days as a fact of the body's page, with the way to change them.
    func fact(mayChange path: Path?) -> Fact {
        Fact("Avisos por correo") { fact in
            fact.text((own ?? usual).map { "\($0.words), y al vencer" } ?? "Ninguno")
            if let path {
                fact.text(". ")
                fact.a("Cambiar los avisos", .href(path))
            }
        }
    }
}

/// Says when people are told that the mandates of a body end.
struct BodyAlarmsPage: Page {
    let heading: AllianceHeading
    let edited: Body
    let alarms: BodyAlarms
    let form: FormState

    static let days = Field.text(
        "alarm_days", "Días antes del final", max: 60,
        hint: "Separados por comas, como 120, 60, 10. En blanco, los que propone la plataforma."
    ).optional()

    var title: String { "Avisos de \(edited.name)" }
    var lead: String? {
        "Antes de que termine un período, la oficina y la junta reciben un correo en cada uno de estos días, y otro cuando vence. Cada aviso se envía una sola vez."
    }
    var trail: [Crumb] {
        heading.trail(from: .governance) + [Crumb(edited.name, .body(heading.slug, edited.id))]
    }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let written = alarms.own?.days.map(String.init).joined(separator: ", ")
        let state = form.isRefused ? form : form.filling(Self.days, with: written)
        if let usual = alarms.usual { html.p("La plataforma propone \(usual.words), y al vencer.") }
        html.form(to: .bodyAlarms(heading.slug, edited.id), state) { form in
            form.field(Self.days)
            form.submit("Guardar los avisos", orBackTo: .body(heading.slug, edited.id))
        }
    }
}

/// The days of alarm of bodies.
struct BodyAlarmRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.bodyAlarms, show: show, act: act)
    }

    @Sendable private func show(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Body>
    ) async throws -> BodyAlarmsPage {
        let heading = try await context.alliance(slug, toUse: .createBodies)
        let seated = try await context.fetch(ReadBody(id, of: heading.alliance.id))
        let days = try await context.read(.readGovernance, in: heading.stream) {
            try await $0.alarmDays()
        }
        return BodyAlarmsPage(
            heading: heading, edited: seated.body, alarms: BodyAlarms(of: id, among: days), form: state)
    }

    @Sendable private func act(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Body>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let days = try form.read(BodyAlarmsPage.days)
        try await context.run(SetAlarmDays(days, of: id, in: heading.alliance.id), form)
        return Redirect(to: .body(slug, id), "Los avisos quedaron guardados.")
    }
}
