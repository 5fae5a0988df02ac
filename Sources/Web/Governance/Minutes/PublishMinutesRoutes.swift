import Governance
import Kernel
import Tenancy

extension Path {
    /// Publishes the minutes of a meeting that was the board's own.
    static let publishMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/publicar")
}

/// The act by which a board publishes the minutes of a meeting that it had kept to itself.
struct PublishMinutesRoutes {
    private let word = Field.confirmation("PUBLICAR")

    func add(to tenant: TenantRoutes) {
        tenant.form(Path.publishMinutes, show: minutesToPublish, act: publish)
    }

    @Sendable private func minutesToPublish(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .publishMinutes)
        let file = try await context.fetch(ReadMinutes(of: id, in: heading.alliance.id))
        switch try await context.fetch(ReadMinutesPublicity(of: id, in: heading.alliance.id)) {
        case nil: throw MinutesPublicityError.notSealed
        case .reserved?: throw MinutesPublicityError.reserved
        case .withSeal?, .published?: throw MinutesPublicityError.alreadyPublished
        case .entityOnly?: break
        }
        let field = word
        return QuestionPage(
            title: "Publicar el acta para toda la ciudadanía",
            lead: "De «\(file.meeting.title)», \(SpanishFormat.longDate(file.meeting.day))",
            trail: heading.trail(to: file.meeting) + [Crumb("Acta", .minutes(slug, id))], help: "acta",
            path: .publishMinutes(slug, id), verb: "Publicar para toda la ciudadanía", emphasis: .danger,
            back: .minutes(slug, id), form: state,
            introduction: { html in
                html.note(.warning, "Cualquier persona podrá leerla, y no se puede deshacer") { note in
                    note.p(
                        "Hoy la ven la junta, la entidad y los asociados. Al publicarla, su versión pública, sin nombres de particulares ni documentos, queda en la página de la alianza: cualquiera la lee y la descarga."
                    )
                    note.p { line in
                        line.text("Léala antes: ")
                        line.a("ver la versión pública", .href(.redactedMinutes(slug, id)))
                    }
                }
            }
        ) { $0.field(field) }
    }

    @Sendable private func publish(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .publishMinutes)
        _ = try form.read(word)
        try await context.run(PublishMinutes(of: id, in: heading.alliance.id), form)
        return Redirect(to: .minutes(slug, id), "El acta queda publicada en la página de la alianza.")
    }
}

extension HTML {
    /// Writes how far sealed minutes go, with the act that publishes them; nothing of what is published with its seal.
    mutating func publicity(
        _ publicity: MinutesPublicity?, of meeting: ID<Meeting>, in alliance: AllianceSlug, mayPublish: Bool
    ) {
        switch publicity {
        case nil, .withSeal?, .reserved?: break
        case .published(let moment)?:
            note(.info, "Publicada para toda la ciudadanía") { note in
                note.p("La junta la publicó el \(SpanishFormat.longDateAndTime(moment)).")
            }
        case .entityOnly?:
            note(.info, "No está publicada para la ciudadanía") { note in
                note.p(
                    "La junta compartió esta reunión con la entidad. El acta no sale en la página pública de la alianza mientras la junta no la publique."
                )
                if mayPublish {
                    note.p {
                        $0.action("Publicar para toda la ciudadanía", to: .publishMinutes(alliance, meeting))
                    }
                }
            }
        }
    }
}
