import Governance
import Kernel
import Tenancy

/// Visits and findings of oversight exercises.
struct OversightVisitRoutes {
    func add(to tenant: TenantRoutes) {
        let files = Submission.Limit.files(megabytes: PaperForm.megabytes)
        tenant.form(Path.newOversightVisit, upTo: files, show: newVisit, act: record)
        tenant.get(Path.oversightVisit) { context, slug, id, visit in
            let place = try await context.oversight(id, slug)
            guard let record = place.answer.visits.first(where: { $0.visit.id == visit }) else {
                throw OversightError.visitNotFound
            }
            return OversightVisitPage(
                place: place, record: record, rights: OversightRights(context, in: place.heading.stream))
        }
        tenant.form(Path.withdrawOversightVisit, show: visitToWithdraw, act: withdraw)
        tenant.form(Path.addOversightEvidence, upTo: files, show: evidence, act: addEvidence)
        tenant.form(Path.newFinding, upTo: files, show: newFinding, act: note)
        tenant.get(Path.finding) { context, slug, id, finding in
            let place = try await context.oversight(id, slug)
            return FindingPage(
                place: place, found: try place.finding(finding),
                rights: OversightRights(context, in: place.heading.stream))
        }
        tenant.form(Path.followFinding, upTo: files, show: task, act: follow)
    }

    // MARK: Visits

    @Sendable private func newVisit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        guard place.oversight.end == nil else { throw OversightError.closed }
        let fields = OversightVisitForm(place.answer)
        let isEmpty = place.answer.team.isEmpty
        return QuestionPage(
            title: "Registrar una visita", lead: "Puede hacerlo allá mismo, desde el teléfono.",
            trail: place.trail, help: "veedurias", path: .newOversightVisit(slug, id),
            verb: "Registrar la visita", back: place.path, hasFiles: true,
            form: state.isTyped ? state : state.filling(fields.day, with: context.today),
            introduction: { html in
                if isEmpty {
                    html.note(.warning, "Antes diga quiénes son del equipo: quien va queda en la visita.")
                }
            }
        ) { fields.write(&$0) }
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let visit = try await context.run(
            OversightVisitForm(place.answer).read(form, for: place), form)
        return Redirect(to: .oversightVisit(slug, id, visit), "La visita quedó registrada.")
    }

    @Sendable private func visitToWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>,
        _ visit: ID<OversightVisit>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .concludeOversight)
        return QuestionPage(
            title: "Retirar la visita",
            lead: "Para una visita que se registró por error: deja de contar y queda con su motivo.",
            trail: place.trail, help: "veedurias", path: .withdrawOversightVisit(slug, id, visit),
            verb: "Retirar la visita", emphasis: .danger, back: .oversightVisit(slug, id, visit), form: state
        ) { $0.field(Self.reason) }
    }

    private static let reason = Field.text("note", "Por qué se retira", max: 300)

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>,
        _ visit: ID<OversightVisit>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            WithdrawOversightVisit(
                visit, of: id, in: heading.alliance.id, because: try form.read(Self.reason)), form)
        return Redirect(to: .oversight(slug, id), "La visita quedó retirada.")
    }

    // MARK: Evidence

    /// What a photograph is of, as the address says it.
    private func subject(
        _ context: TenantContext
    ) -> (visit: ID<OversightVisit>?, finding: ID<OversightFinding>?) {
        (
            context.visit["visita"].flatMap { ID<OversightVisit>($0) },
            context.visit["hallazgo"].flatMap { ID<OversightFinding>($0) }
        )
    }

    private func back(_ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Oversight>) -> Path {
        let (visit, finding) = subject(context)
        let page: Path =
            finding.map { .finding(slug, id, $0) } ?? visit.map { .oversightVisit(slug, id, $0) }
            ?? .oversight(slug, id)
        return page.at(anchor: "soportes")
    }

    @Sendable private func evidence(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let fields = OversightEvidenceForm()
        let (visit, finding) = subject(context)
        return QuestionPage(
            title: "Agregar una foto o soporte",
            lead: "No se cambia ni se borra: queda con su huella (SHA-256), que va en el informe.",
            trail: place.trail, help: "veedurias",
            path: Path.addOversightEvidence(slug, id).with("visita", visit?.description)
                .with("hallazgo", finding?.description),
            verb: "Guardar", back: back(context, slug, id), hasFiles: true,
            form: state.isTyped ? state : state.filling(fields.day, with: context.today)
        ) { form in
            form.field(fields.title)
            form.field(fields.day)
            form.field(fields.file)
        }
    }

    @Sendable private func addEvidence(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = OversightEvidenceForm()
        let (title, day, file) = try form.read(fields.title, fields.day, fields.file)
        let (visit, finding) = subject(context)
        try await context.run(
            AddOversightEvidence(
                try file.stored(on: day), titled: title, of: id, in: heading.alliance.id, visit: visit,
                finding: finding), form)
        return Redirect(to: back(context, slug, id), "El archivo quedó guardado.")
    }

    // MARK: Findings

    private func visit(_ context: TenantContext, of place: OversightPlace) -> OversightVisit? {
        let id = subject(context).visit
        return place.answer.heldVisits.first { $0.visit.id == id }?.visit
    }

    @Sendable private func newFinding(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let fields = NewFindingForm()
        let visit = visit(context, of: place)
        return QuestionPage(
            title: "Anotar un hallazgo",
            lead: visit.map { "De la visita \($0.number), a \($0.place)." }, trail: place.trail,
            help: "veedurias",
            path: Path.newFinding(slug, id).with("visita", visit?.id.description), verb: "Anotar el hallazgo",
            back: visit.map { .oversightVisit(slug, id, $0.id) } ?? place.path, hasFiles: true,
            form: state.isTyped ? state : state.filling(fields.day, with: visit?.day ?? context.today)
        ) { form in
            form.field(fields.account)
            form.field(fields.day)
            form.field(fields.photograph)
        }
    }

    @Sendable private func note(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>
    ) async throws -> Redirect {
        let place = try await context.oversight(id, slug, toUse: .keepOversight)
        let finding = try await context.run(
            NewFindingForm().read(form, in: visit(context, of: place)?.id, of: place), form)
        return Redirect(to: .finding(slug, id, finding), "El hallazgo quedó anotado.")
    }

    @Sendable private func task(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Oversight>,
        _ finding: ID<OversightFinding>, _ task: FindingTask
    ) async throws -> QuestionPage {
        let place = try await context.oversight(id, slug, toUse: task.permission)
        let found = try place.finding(finding)
        let back = Path.finding(slug, id, finding)
        let bodies = task == .commitment ? try await self.bodies(of: place, context) : []
        let fields = FindingTaskForm(task)
        var filled = state
        if !state.isTyped {
            filled =
                task == .commitment
                ? state.filling(CommitmentForm(bodies).activity, with: found.account)
                : state.filling(fields.day, with: context.today)
        }
        return QuestionPage(
            title: task.title,
            lead: task == .improvement
                ? "«\(found.account)» queda entre las oportunidades de mejora, unida a este hallazgo."
                : "«\(found.account)»",
            trail: place.trail + [Crumb("Hallazgo \(found.number)", back)], help: "veedurias",
            path: .followFinding(slug, id, finding, task), verb: task.title, back: back,
            hasFiles: task != .commitment, form: filled
        ) { form in
            switch task {
            case .improvement: break
            case .commitment: CommitmentForm(bodies).write(&form)
            default: fields.write(&form)
            }
        }
    }

    private func bodies(of place: OversightPlace, _ context: TenantContext) async throws -> [Body] {
        try await context.read(.makeCommitments, in: place.heading.stream) { transaction in
            try await transaction.bodies(of: place.heading.alliance.id).filter { !$0.isExternal }
        }
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Oversight>,
        _ finding: ID<OversightFinding>, _ task: FindingTask
    ) async throws -> Redirect {
        let place = try await context.oversight(id, slug, toUse: task.permission)
        let alliance = place.heading.alliance.id
        let back = Path.finding(slug, id, finding)
        switch task {
        case .improvement:
            let improvement = try await context.run(ImproveFinding(finding, of: id, in: alliance), form)
            return Redirect(
                to: .improvement(slug, improvement), "El hallazgo quedó entre las oportunidades de mejora.")
        case .commitment:
            let made = try CommitmentForm(try await bodies(of: place, context)).read(
                form, in: nil, of: alliance)
            try await context.run(CommitFinding(finding, of: id, to: made), form)
            return Redirect(to: back, "El compromiso quedó anotado.")
        default:
            try await FindingTaskForm(task).run(context, form, about: finding, of: place)
            return Redirect(to: back, "Quedó anotado.")
        }
    }
}

extension OversightPlace {
    /// A finding of the exercise.
    ///
    /// - Throws: `OversightError.findingNotFound`.
    func finding(_ id: ID<OversightFinding>) throws(OversightError) -> OversightFinding {
        guard let found = answer.findings.first(where: { $0.id == id }) else { throw .findingNotFound }
        return found
    }
}
