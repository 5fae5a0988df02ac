import Kernel
import Membership
import Tenancy

/// The requests of the public page whose author the register does not show: the office says who it is, or closes them.
struct JoinRequestsPage: Page {
    let heading: AllianceHeading
    let lines: [ListJoinRequests.Line]

    var title: String { "Solicitudes de la página por reconocer" }
    var lead: String? {
        "Se inscribieron por la página y el padrón no los mostró, o mostró otra cosa. Nadie más sabe lo que dice aquí el padrón."
    }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb("Solicitudes", .applications(heading.slug))]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        guard !lines.isEmpty else {
            return html.emptyState(
                EmptyState(
                    "No hay ninguna por reconocer.", next: "Ver todas las solicitudes",
                    to: .applications(heading.slug)))
        }
        if lines.count == ListJoinRequests.limit {
            html.note(.info, "Se muestran las \(ListJoinRequests.limit) más antiguas.")
        }
        for line in lines { write(line, &html) }
    }

    private func write(_ line: ListJoinRequests.Line, _ html: inout HTML) {
        guard let typed = line.request.typed else { return }
        html.section(typed.name, id: line.request.id.description) { part in
            part.facts(
                Fact("Padrón", line.finding.title),
                Fact("Documento", typed.document.formatted),
                Fact("Nacimiento", SpanishFormat.date(typed.birthDate)),
                Fact("Teléfono", typed.phone), Fact("Correo", typed.email),
                Fact("Llegó", SpanishFormat.longDate(line.request.requestedOn)))
            part.div(.class("part-actions")) { actions in
                if line.finding.identifiable != nil {
                    actions.action(
                        "Es esa persona: pasarla a solicitud",
                        to: .identifyJoinRequest(heading.slug, line.request.id))
                }
                actions.action("Cerrarla", to: .closeJoinRequest(heading.slug, line.request.id))
            }
        }
    }
}

/// Says that a request of the public page is of the person of the register who has its document.
struct IdentifyJoinRequestPage: Page {
    let heading: AllianceHeading
    let line: ListJoinRequests.Line
    let form: FormState

    var title: String { "Reconocer a quien se inscribió" }
    var trail: [Crumb] {
        heading.trail(from: .members) + [
            Crumb("Solicitudes", .applications(heading.slug)),
            Crumb("De la página por reconocer", .joinRequests(heading.slug)),
        ]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        if let typed = line.request.typed {
            html.facts(
                Fact("Escribió", typed.name), Fact("Documento", typed.document.formatted),
                Fact("Nacimiento", SpanishFormat.date(typed.birthDate)),
                Fact("Teléfono", typed.phone), Fact("Correo", typed.email))
        }
        html.p(
            "\(line.finding.title) Llame a la persona o véala con su documento original antes de seguir: por la página cualquiera puede escribir el documento de otro."
        )
        html.form(to: .identifyJoinRequest(heading.slug, line.request.id), form) { form in
            form.submit("Es esa persona: pasarla a solicitud", orBackTo: .joinRequests(heading.slug))
        }
    }
}

/// Closes a request of the public page.
struct CloseJoinRequestPage: Page {
    static let reason = Field.paragraphs(
        "reason", "Por qué se cierra", max: 500, rows: 3,
        hint:
            "La persona lo lee con su código. No diga si alguien está o no en el padrón: puede leerlo quien escribió el documento de otro."
    )

    let heading: AllianceHeading
    let line: ListJoinRequests.Line
    let form: FormState

    var title: String { "Cerrar la solicitud de la página" }
    var lead: String? { line.request.typed?.name }
    var trail: [Crumb] {
        heading.trail(from: .members) + [
            Crumb("Solicitudes", .applications(heading.slug)),
            Crumb("De la página por reconocer", .joinRequests(heading.slug)),
        ]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        html.form(to: .closeJoinRequest(heading.slug, line.request.id), form) { form in
            form.field(Self.reason)
            form.submit("Cerrar la solicitud", orBackTo: .joinRequests(heading.slug))
        }
    }
}
