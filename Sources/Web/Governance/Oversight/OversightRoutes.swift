import Governance
import Kernel
import Tenancy

/// Oversight exercises: their team, visits, findings and report.
struct OversightRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.oversights) { context, slug in
            let heading = try await context.alliance(slug)
            return OversightsPage(
                query: ListQuery(context.visit), heading: heading,
                oversights: try await context.fetch(ReadOversights(of: heading.alliance.id)),
                today: context.today, mayKeep: context.may(.keepOversight, in: heading.stream))
        }
        tenant.form(Path.newOversight, show: newOversight, act: open)
        tenant.get(Path.oversight) { context, slug, id in
            let place = try await context.oversight(id, slug)
            return OversightPage(
                place: place, rights: OversightRights(context, in: place.heading.stream))
        }
        tenant.get(Path.oversightReport, report)
        tenant.form(Path.editOversight, show: oversightToEdit, act: edit)
        tenant.form(Path.shareOversight, show: oversightToShare, act: share)
        tenant.form(Path.closeOversight, show: oversightToClose, act: close)
        tenant.form(
            Path.registerOversight, upTo: .files(megabytes: PaperForm.megabytes), show: oversightToRegister,
            act: register)
        tenant.form(Path.joinOversight, show: team, act: join)
        tenant.post(Path.leaveOversight) { context, form, slug, id, member in
            let heading = try await context.alliance(slug)
            try await context.run(LeaveOversight(member, of: id, in: heading.alliance.id), form)
            return Redirect(
                to: Path.oversight(slug, id).at(anchor: "equipo"), "Quedó anotado que ya no está.")
        }
        tenant.form(Path.addIndicator, show: checklist, act: add)
        tenant.post(Path.dropIndicator) { context, form, slug, id, indicator in
            let heading = try await context.alliance(slug)
            try await context.run(DropIndicator(indicator, of: id, in: heading.alliance.id), form)
            return Redirect(
                to: Path.oversight(slug, id).at(anchor: "indicadores"),
                "Las visitas que vienen ya no lo preguntan; lo medido queda.")
        }
        OversightVisitRoutes().add(to: tenant)
    }

    @Sendable private func newOversight(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .keepOversight)
        let fields = OversightForm()
        let mayReserve = heading.mayReserve
        return QuestionPage(
            title: "Iniciar una veeduría",
            lead: "Qué se vigila, por qué y qué se va a mirar en cada visita. El equipo se agrega después.",
            trail: heading.trail(from: .between) + [Crumb("Veedurías", .oversights(slug))],
            help: "veedurias", path: .newOversight(slug), verb: "Iniciar la veeduría",
            back: .oversights(slug), scripts: ["renglones.js"],
            form: state.isTyped ? state : state.filling(fields.startsOn, with: context.today)
        ) { form in
            fields.write(&form)
            IndicatorRow.rows.write(&form)
            if mayReserve { form.field(fields.isReserved) }
        }
    }

    @Sendable private func open(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepOversight)
        let (oversight, indicators) = try form.together(
            { try OversightForm().read($0, of: heading.alliance.id) }, { try IndicatorRow.rows.read($0) })
        let id = try await context.run(OpenOversight(oversight, looking: indicators), form)
        return Redirect(to: .oversight(slug, id), "La veeduría quedó iniciada: diga quiénes son del equipo.")
    }

    @Sendable private func report(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Download {
        let place = try await context.oversight(id, slug)
        guard !place.oversight.isReserved else { throw OversightError.reserved }
        let report = OversightReport(
            answer: place.answer, alliance: place.heading.alliance.name, entity: context.entry.organization)
        return Download(
            name: "\(report.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                report, as: OversightReport.kind, of: id, in: place.heading.stream),
            isInline: true)
    }

    // MARK: What it is for, its end

    @Sendable private func oversightToEdit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let fields = OversightForm()
        let version = state.isTyped ? state.entries.first("version") : String(place.oversight.version)
        return QuestionPage(
            title: "Editar la veeduría", trail: place.trail, help: "veedurias",
            path: .editOversight(slug, id),
            verb: "Guardar", back: place.path,
            form: state.isTyped ? state : fields.filling(state, with: place.oversight)
        ) { form in
            fields.write(&form)
            form.input(.type("hidden"), .name("version"), .value(version ?? ""))
        }
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        try await context.run(
            EditOversight(
                OversightForm().read(form, of: place.heading.alliance.id, editing: place.oversight)), form)
        return Redirect(to: place.path, "La veeduría quedó guardada.")
    }

    @Sendable private func oversightToShare(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        guard place.oversight.isReserved else { throw OversightError.alreadyShared }
        return QuestionPage(
            title: "Compartir la veeduría con la entidad",
            lead:
                "La entidad verá el equipo, las visitas, los hallazgos y los soportes. No se puede deshacer.",
            trail: place.trail, help: "veedurias", path: .shareOversight(slug, id), verb: "Compartir",
            back: place.path, form: state
        ) { _ in }
    }

    @Sendable private func share(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(ShareOversight(id, of: heading.alliance.id), form)
        return Redirect(to: .oversight(slug, id), "La entidad ya ve la veeduría.")
    }

    @Sendable private func oversightToClose(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .concludeOversight)
        guard place.oversight.end == nil else { throw OversightError.closed }
        let fields = CloseOversightForm()
        let open = place.answer.findings.count { $0.state != .closed }
        return QuestionPage(
            title: "Cerrar la veeduría",
            lead: "Después no se agregan visitas ni hallazgos. Lo que espera respuesta se sigue anotando.",
            trail: place.trail, help: "veedurias", path: .closeOversight(slug, id),
            verb: "Cerrar la veeduría", emphasis: .danger, back: place.path,
            form: state.isTyped ? state : state.filling(fields.day, with: context.today),
            introduction: { html in
                guard open > 0 else { return }
                html.note(
                    .warning,
                    "Quedan \(SpanishFormat.count(open, "hallazgo", "hallazgos")) por resolver: el informe lo dice."
                )
            }
        ) { form in
            form.field(fields.day)
            form.field(fields.conclusion)
        }
    }

    @Sendable private func close(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = CloseOversightForm()
        let (day, conclusion) = try form.read(fields.day, fields.conclusion)
        try await context.run(
            CloseOversight(
                id, of: heading.alliance.id, try Oversight.End(on: day, concluding: conclusion)), form)
        return Redirect(to: .oversight(slug, id), "La veeduría quedó cerrada: su informe está listo.")
    }

    @Sendable private func oversightToRegister(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let fields = OversightRegistrationForm()
        let known = place.oversight.registration
        let filled = state.filling(fields.authority, with: known?.authority)
            .filling(fields.number, with: known?.number).filling(fields.day, with: known?.day)
        return QuestionPage(
            title: "Inscripción de la veeduría",
            lead:
                "La Ley 850 de 2003 prevé inscribirla ante la personería o la cámara de comercio. Aquí se anota; sin ella la veeduría sigue.",
            trail: place.trail, help: "veedurias", path: .registerOversight(slug, id),
            verb: "Guardar la inscripción", back: place.path, hasFiles: true,
            form: state.isTyped ? state : filled
        ) { form in
            form.field(fields.authority)
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.day)
            }
            form.field(fields.paper)
        }
    }

    @Sendable private func register(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            OversightRegistrationForm().read(form, of: id, in: heading.alliance.id), form)
        return Redirect(to: .oversight(slug, id), "La inscripción quedó anotada.")
    }

    // MARK: Team and indicators

    @Sendable private func team(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let fields = JoinOversightForm()
        return QuestionPage(
            title: "Agregar a alguien al equipo", trail: place.trail, help: "veedurias",
            path: .joinOversight(slug, id), verb: "Agregar", back: place.path, form: state
        ) { form in
            form.field(fields.person)
            form.field(fields.role)
        }
    }

    @Sendable private func join(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = JoinOversightForm()
        let (person, role) = try form.read(fields.person, fields.role)
        try await context.run(JoinOversight(person, as: role, of: id, in: heading.alliance.id), form)
        return Redirect(to: Path.oversight(slug, id).at(anchor: "equipo"), "Ya está en el equipo.")
    }

    @Sendable private func checklist(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let fields = IndicatorForm()
        return QuestionPage(
            title: "Agregar un indicador", lead: "Las visitas que vienen lo preguntan.", trail: place.trail,
            help: "veedurias", path: .addIndicator(slug, id), verb: "Agregar el indicador", back: place.path,
            form: state
        ) { form in
            form.field(fields.name)
            form.field(fields.expected)
        }
    }

    @Sendable private func add(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = IndicatorForm()
        let (name, expected) = try form.read(fields.name, fields.expected)
        try await context.run(
            AddIndicator(
                try OversightIndicator(name: name, expected: expected), of: id, in: heading.alliance.id), form
        )
        return Redirect(
            to: Path.oversight(slug, id).at(anchor: "indicadores"), "El indicador quedó agregado.")
    }
}

extension TenantContext {
    /// An exercise of an address.
    func oversight(
        _ id: ID<Oversight>, _ slug: AllianceSlug, toUse permission: Permission = .seeOversight
    ) async throws -> OversightPlace {
        let heading = try await alliance(slug, toUse: permission)
        return OversightPlace(
            heading: heading, answer: try await fetch(ReadOversight(id, of: heading.alliance.id)))
    }
}
