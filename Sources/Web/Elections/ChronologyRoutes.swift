import Elections
import Kernel
import Postgres
import Tenancy

/// What happened in a process, and the acts that stop, move or end it.
struct ChronologyRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.chronology) { context, slug, process in
            let heading = try await context.alliance(slug)
            let answer = try await context.fetch(ReadChronology(of: process, of: heading.alliance.id))
            let stream = answer.file.process.stream
            return ChronologyPage(
                heading: heading, answer: answer, query: ListQuery(context.visit),
                mayRun: context.may(.runProcesses, in: stream),
                mayAnnul: context.may(.annulProcesses, in: stream),
                mayDraft: context.may(.draftProcesses, in: stream),
                mayTell: context.may(.recordIncidents, in: stream))
        }
        tenant.form(
            Path.postpone, show: { try await page($0, $1, $2, $3) { .postpone(places: $0.places) } },
            act: postpone)
        tenant.form(Path.extendTerm, show: { try await page($0, $1, $2, $3) { _ in .extend } }, act: extend)
        tenant.form(Path.suspend, show: { try await page($0, $1, $2, $3) { _ in .suspend } }, act: suspend)
        tenant.form(Path.resume, show: { try await page($0, $1, $2, $3) { _ in .resume } }, act: resume)
        tenant.form(
            Path.declareVoid, show: { try await page($0, $1, $2, $3) { _ in .declareVoid } }, act: declareVoid
        )
        tenant.form(
            Path.annul,
            show: { context, state, slug, process in
                let contest = context.visit["contest"].flatMap { ID<Contest>($0) }
                return try await page(context, state, slug, process) { _ in .annul(contest) }
            }, act: annul)
        tenant.form(Path.settleAnnulment, show: annulment, act: settle)
        tenant.form(
            Path.replaceProcess, show: { try await page($0, $1, $2, $3) { _ in .replace } }, act: replace)
    }

    private func page(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ act: (ReadChronology.Answer) -> DisruptionPage.Act
    ) async throws -> DisruptionPage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadChronology(of: process, of: heading.alliance.id))
        return DisruptionPage(heading: heading, file: answer.file, act: act(answer), form: state)
    }

    @Sendable private func postpone(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadChronology(of: process, of: heading.alliance.id))
        let fields = PostponeForm(answer.places)
        let (place, opens, reason) = try form.read(fields.place, fields.opens, fields.reason)
        if let place {
            try await context.run(
                PostponePlace(
                    place.rawValue, of: process, of: heading.alliance.id, until: opens, because: reason), form
            )
        } else {
            try await context.run(
                PostponeProcess(process, of: heading.alliance.id, until: opens, because: reason), form)
        }
        return Redirect(to: .chronology(slug, process), "La votación quedó aplazada.")
    }

    @Sendable private func extend(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let (heading, file) = try await context.process(process, of: slug)
        let fields = ExtendForm(file.process.state)
        let (kind, closes, reason) = try form.read(fields.kind, fields.closes, fields.reason)
        try await context.run(
            ExtendTerm(kind, of: process, of: heading.alliance.id, until: closes, because: reason), form)
        return Redirect(to: .chronology(slug, process), "El plazo quedó prorrogado.")
    }

    @Sendable private func suspend(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = SuspendForm()
        let (day, reason) = try form.read(fields.resumesOn, fields.reason)
        try await context.run(
            SuspendProcess(process, of: heading.alliance.id, until: day, because: reason), form)
        return Redirect(to: .chronology(slug, process), "La elección quedó suspendida.")
    }

    @Sendable private func resume(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let state = try await context.run(
            ResumeProcess(process, of: heading.alliance.id, because: try form.read(ReasonForm().reason)), form
        )
        return Redirect(to: .chronology(slug, process), "La elección sigue en «\(state.title)».")
    }

    @Sendable private func declareVoid(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let word = DisruptionPage.Act.declareVoid.word ?? ""
        let reason = try form.read(ReasonForm().reason, Field.confirmation(word)).0
        try await context.run(DeclareVoid(process, of: heading.alliance.id, because: reason), form)
        return Redirect(to: .chronology(slug, process), "La convocatoria quedó desierta.")
    }

    @Sendable private func annul(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let (heading, file) = try await context.process(process, of: slug)
        let fields = AnnulForm(file.contests)
        let (contest, reason) = try form.read(fields.contest, fields.reason)
        try await context.run(
            ProposeAnnulment(of: process, contest: contest, of: heading.alliance.id, because: reason), form)
        return Redirect(
            to: .chronology(slug, process),
            "La propuesta quedó registrada. Falta que otra persona la confirme.")
    }

    @Sendable private func annulment(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ act: ID<ElectoralAct>
    ) async throws -> SettleAnnulmentPage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadChronology(of: process, of: heading.alliance.id))
        guard let annulment = answer.annulment, annulment.act == act else { throw NoSuchPage() }
        let process = answer.file.process
        return SettleAnnulmentPage(
            heading: heading, process: process, annulment: annulment,
            mayWithdraw: annulment.proposer == context.principal.user
                || context.may(.runProcesses, in: process.stream), form: state)
    }

    @Sendable private func settle(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ act: ID<ElectoralAct>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let choice = try form.read(SettleAnnulmentPage.choice(of: SettleAnnulmentPage.Settlement.allCases))
        let settlement: SettleAnnulment.Settlement
        let notice: String
        switch choice {
        case .annul:
            _ = try form.read(Field.confirmation(SettleAnnulmentPage.word))
            (settlement, notice) = (.second, "La elección quedó anulada.")
        case .withdraw:
            settlement = .withdraw(because: try form.read(ReasonForm().reason))
            notice = "La propuesta quedó retirada."
        case .refuse:
            settlement = .refuse(because: try form.read(ReasonForm().reason))
            notice = "Su motivo quedó en la cronología. La propuesta sigue esperando a otra persona."
        }
        try await context.run(
            SettleAnnulment(act, settlement, of: process, of: heading.alliance.id), form)
        return Redirect(to: .chronology(slug, process), notice)
    }

    @Sendable private func replace(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let name = try form.read(DisruptionPage.replacementName)
        let next = try await context.run(
            ReplaceProcess(process, of: heading.alliance.id, naming: name), form)
        return Redirect(to: .process(slug, next), "La nueva elección quedó en preparación.")
    }
}
