import Governance
import Kernel
import Tenancy

extension Path {
    /// Publishes sealed minutes to every citizen, once it was seen what they read.
    static let publishMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/publicar")
    /// Decides not to publish them.
    static let withholdMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/no-publicar")
    /// Takes them off the citizen's page.
    static let withdrawMinutes = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/acta/retirar")
}

/// The acts by which sealed minutes come onto the citizen's page, do not, or leave it.
struct PublishMinutesRoutes {
    private let isRead = Field.checkbox(
        "is_read", "Leí la versión pública y no nombra a ningún particular",
        demand: "Lea la versión pública y marque esta casilla: cualquier persona podrá leerla.")
    private let reason = Field.paragraphs(
        "reason", "Por qué", max: 500, rows: 3, hint: "Lo leen quienes pueden ver el acta.")

    func add(to tenant: TenantRoutes) {
        tenant.form(Path.publishMinutes, show: toPublish, act: publish)
        tenant.form(Path.withholdMinutes, show: toWithhold, act: withhold)
        tenant.form(Path.withdrawMinutes, show: toWithdraw, act: withdraw)
    }

    /// The sealed minutes that a person is asked about, where the act may follow on how they stand.
    private func asked(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Meeting>, toBe act: MinutesPublicity.Act
    ) async throws -> (AllianceHeading, MinutesFile) {
        let heading = try await context.alliance(slug, toUse: .publishMinutes)
        let file = try await context.fetch(ReadMinutes(of: id, in: heading.alliance.id))
        let sealed = try await context.fetch(ReadMinutesPublicity(of: id, in: heading.alliance.id))
        guard let sealed else { throw MinutesPublicityError.notSealed }
        try sealed.require(act, by: context.principal, in: heading.stream)
        return (heading, file)
    }

    private func page(
        _ title: String, of file: MinutesFile, in heading: AllianceHeading, _ path: Path, verb: String,
        _ emphasis: Emphasis, _ state: FormState, introduction: @escaping @Sendable (inout HTML) -> Void,
        questions: @escaping @Sendable (inout HTML) -> Void
    ) -> QuestionPage {
        let minutes = Path.minutes(heading.slug, file.meeting.id)
        return QuestionPage(
            title: title, lead: "De «\(file.meeting.title)», \(SpanishFormat.longDate(file.meeting.day))",
            trail: heading.trail(to: file.meeting) + [Crumb("Acta", minutes)], help: "acta", path: path,
            verb: verb, emphasis: emphasis, back: minutes, form: state, introduction: introduction,
            questions: questions)
    }

    // MARK: To publish

    @Sendable private func toPublish(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> QuestionPage {
        let (heading, file) = try await asked(context, slug, id, toBe: .published)
        let field = isRead
        return page(
            "Publicar el acta para toda la ciudadanía", of: file, in: heading, .publishMinutes(slug, id),
            verb: "Publicar el acta", .primary, state,
            introduction: { html in
                html.p(
                    "Esto es lo que leerá cualquier persona en la página de la alianza, sin cuenta y sin clave. No lleva nombres de particulares ni documentos; revise que tampoco queden en lo que se escribió a mano."
                )
                html.p { $0.action("Verla en PDF", to: .redactedMinutes(slug, id), icon: .document) }
                html.article(
                    .class("minutes-sheet minutes-preview"), .aria("label", "Versión pública del acta"),
                    .role("region"), .tabIndex(0)
                ) { sheet in
                    sheet.controlHeader(
                        of: file.text, number: file.draft?.approved.map { "Acta n.º \($0.number)" } ?? "Acta")
                    sheet.minutes(file.text, isPublic: true)
                    sheet.p("Firmaron: \(SpanishFormat.list(file.signings.map(\.signer.office))).")
                }
            }
        ) { form in
            form.field(field)
            form.p { line in
                line.text("Si no debe publicarse: ")
                line.a("decidir que no se publica", .href(.withholdMinutes(slug, id)))
                line.text(".")
            }
        }
    }

    @Sendable private func publish(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .publishMinutes)
        _ = try form.read(isRead)
        try await context.run(PublishMinutes(of: id, in: heading.alliance.id), form)
        return Redirect(
            to: .minutes(slug, id), "El acta sale en la página de la alianza en unos segundos.")
    }

    // MARK: Not to

    @Sendable private func toWithhold(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> QuestionPage {
        let (heading, file) = try await asked(context, slug, id, toBe: .withheld)
        let field = reason
        return page(
            "No publicar el acta", of: file, in: heading, .withholdMinutes(slug, id), verb: "No publicarla",
            .primary, state,
            introduction: { html in
                html.p(
                    "El acta sigue sellada y la leen quienes pueden verla hoy; no sale en la página de la alianza. Podrá publicarse después si cambian de parecer."
                )
            }
        ) { $0.field(field) }
    }

    @Sendable private func withhold(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .publishMinutes)
        try await context.run(
            WithholdMinutes(of: id, in: heading.alliance.id, because: try form.read(reason)), form)
        return Redirect(to: .minutes(slug, id), "Quedó anotado que esta acta no se publica.")
    }

    // MARK: Back

    @Sendable private func toWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> QuestionPage {
        let (heading, file) = try await asked(context, slug, id, toBe: .withdrawn)
        let field = reason
        return page(
            "Retirar el acta de la página pública", of: file, in: heading, .withdrawMinutes(slug, id),
            verb: "Retirarla de la página", .danger, state,
            introduction: { html in
                html.note(.warning, "Quien ya la descargó conserva su copia") { note in
                    note.p(
                        "El acta deja de verse y de descargarse en la página de la alianza. Su código sigue respondiendo en «Verificar un documento»: quien tenga una copia comprueba que se emitió aquí."
                    )
                }
            }
        ) { $0.field(field) }
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .publishMinutes)
        try await context.run(
            WithholdMinutes(
                of: id, in: heading.alliance.id, isPublished: true, because: try form.read(reason)), form)
        return Redirect(to: .minutes(slug, id), "El acta sale de la página pública en unos segundos.")
    }
}

extension HTML {
    /// Writes whether sealed minutes stand on the citizen's page, with what may be decided about it.
    mutating func publicity(
        of sealed: SealedMinutes, _ meeting: ID<Meeting>, in alliance: AllianceSlug, mayDecide: Bool
    ) {
        switch sealed.publicity {
        case .reserved: break
        case .undecided:
            note(.info, "No está publicada para la ciudadanía") { note in
                note.p(
                    sealed.isOfBoard
                        ? "La junta compartió esta reunión con la entidad. Falta que decida si su acta se publica en la página de la alianza."
                        : "Falta decidir si su versión pública sale en la página de la alianza.")
                note.deciding(meeting, in: alliance, mayDecide, mayWithhold: true)
            }
        case .published(let moment):
            note(.done, "Publicada para toda la ciudadanía") { note in
                note.p(
                    SpanishFormat.sentence(
                        "Su versión pública está en la página de la alianza desde el \(SpanishFormat.longDateAndTime(moment))"
                    )
                )
                if mayDecide {
                    note.p { $0.action("Retirarla de la página", to: .withdrawMinutes(alliance, meeting)) }
                }
            }
        case .withheld(let moment, let reason):
            note(.info, "Se decidió no publicarla") { note in
                note.p("El \(SpanishFormat.longDateAndTime(moment)): \(SpanishFormat.sentence(reason))")
                note.deciding(meeting, in: alliance, mayDecide, mayWithhold: false)
            }
        case .withdrawn(let moment, let reason):
            note(.info, "Se retiró de la página pública") { note in
                note.p("El \(SpanishFormat.longDateAndTime(moment)): \(SpanishFormat.sentence(reason))")
                note.deciding(meeting, in: alliance, mayDecide, mayWithhold: false)
            }
        }
    }

    private mutating func deciding(
        _ meeting: ID<Meeting>, in alliance: AllianceSlug, _ mayDecide: Bool, mayWithhold: Bool
    ) {
        guard mayDecide else { return }
        div(.class("part-actions")) { actions in
            actions.action("Ver y publicar", to: .publishMinutes(alliance, meeting))
            if mayWithhold { actions.action("No publicarla", to: .withholdMinutes(alliance, meeting)) }
        }
    }
}
