import Governance
import Kernel
import Tenancy

/// The drafts of plans: begun, edited, shared by the board, given up.
struct PlanDraftRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.registerPlan, show: planToStart, act: start)
        tenant.form(Path.describePlan, show: planToDescribe, act: describe)
        tenant.form(Path.amendPlan, show: planToAmend, act: amend)
        tenant.form(Path.newActivity, show: newActivity, act: add)
        tenant.form(Path.editActivity, show: activityToChange, act: change)
        tenant.form(Path.removeActivity, show: activityToRemove, act: remove)
        tenant.get(Path.ownPlan, own)
        tenant.form(Path.sharePlan, show: planToShare, act: share)
        tenant.form(Path.dropPlan, show: planToDrop, act: drop)
    }

    @Sendable private func planToStart(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> RegisterPlanPage {
        let heading = try await context.alliance(slug, toUse: .registerPlans)
        return RegisterPlanPage(
            heading: heading, year: year, model: try await model(of: year, heading, context),
            isOwn: context.visit.isAboutOwnDraft, form: state)
    }

    /// The plan of the year before as the new one begins, where that was asked for.
    private func model(
        of year: Int, _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> WorkPlan? {
        guard (2000...2100).contains(year) else { throw NoSuchPage() }
        guard context.visit["desde"] == String(year - 1) else { return nil }
        return try await context.fetch(ReadPlan(of: heading.alliance.id, in: year)).before?.copied(to: year)
    }

    @Sendable private func start(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .registerPlans)
        let model = try await model(of: year, heading, context)
        guard
            case .describe(let title, let objective, let principles, let guideline) = try PlanForm().read(
                form)
        else { throw NoSuchPage() }
        let empty = try WorkPlan(year: year, title: title, objective: objective)
        let plan = try (model ?? empty).described(
            title: title, objective: objective, principles: principles, guideline: guideline)
        let isReserved = try form.read(RegisterPlanPage.isReserved) && heading.mayReserve
        let started = isReserved ? plan.keptToTheBoard() : plan
        try await context.run(StartPlan(started, of: heading.alliance.id), form)
        return Redirect(
            to: isReserved ? .ownPlan(slug, year) : .plan(slug, year),
            plan.activityCount == 0
                ? "El plan de \(year) empezó. Agregue sus actividades."
                : "El plan de \(year) empezó con \(SpanishFormat.count(plan.activityCount, "actividad", "actividades")). Revise las metas."
        )
    }

    @Sendable private func planToDescribe(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> DescribePlanPage {
        let (heading, draft, _) = try await context.draft(slug, year)
        return DescribePlanPage(heading: heading, draft: draft, form: state)
    }

    @Sendable private func describe(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let (heading, draft, _) = try await context.draft(slug, year)
        try await context.run(EditPlan(draft.id, of: heading.alliance.id, PlanForm().read(form)), form)
        return Redirect(to: draft.path(in: slug), "El plan quedó guardado.")
    }

    @Sendable private func newActivity(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> ActivityFormPage {
        let (heading, draft, bodies) = try await context.draft(slug, year)
        return ActivityFormPage(
            heading: heading, draft: draft, activity: nil, bodies: bodies,
            lines: context.visit.site.policyLines,
            form: state)
    }

    @Sendable private func add(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let (heading, draft, bodies) = try await context.draft(slug, year)
        let edited = try await context.run(
            EditPlan(draft.id, of: heading.alliance.id, .add([ActivityForm(bodies).read(form)])), form)
        let known = Set(draft.activities.map(\.id))
        let number = edited.activities.first { !known.contains($0.id) }?.number ?? ""
        return Redirect(
            to: draft.path(in: slug), "La actividad \(number) quedó en el plan.")
    }

    @Sendable private func activityToChange(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int,
        _ id: ID<WorkPlan.Activity>
    ) async throws -> ActivityFormPage {
        let (heading, draft, bodies) = try await context.draft(slug, year)
        return ActivityFormPage(
            heading: heading, draft: draft, activity: try draft.activity(id), bodies: bodies,
            lines: context.visit.site.policyLines, form: state)
    }

    @Sendable private func change(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int,
        _ id: ID<WorkPlan.Activity>
    ) async throws -> Redirect {
        let (heading, draft, bodies) = try await context.draft(slug, year)
        let terms = try ActivityForm(bodies).read(form, continuing: draft.activity(id))
        let edited = try await context.run(
            EditPlan(draft.id, of: heading.alliance.id, .change(id, terms)), form)
        return Redirect(
            to: draft.path(in: slug),
            "La actividad \(try edited.activity(id).number) quedó guardada.")
    }

    @Sendable private func activityToRemove(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int,
        _ id: ID<WorkPlan.Activity>
    ) async throws -> RemoveActivityPage {
        let (heading, draft, _) = try await context.draft(slug, year)
        return RemoveActivityPage(
            heading: heading, draft: draft, activity: try draft.activity(id), form: state)
    }

    @Sendable private func remove(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int,
        _ id: ID<WorkPlan.Activity>
    ) async throws -> Redirect {
        let (heading, draft, _) = try await context.draft(slug, year)
        try await context.run(EditPlan(draft.id, of: heading.alliance.id, .remove(id)), form)
        return Redirect(to: draft.path(in: slug), "La actividad ya no está en el plan.")
    }

    // MARK: Versions

    @Sendable private func planToAmend(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> AmendPlanPage {
        let read = try await context.planInForce(slug, year, toUse: .registerPlans)
        guard !read.plan.isDraft else { throw PlanError.notApproved }
        return AmendPlanPage(heading: read.heading, plan: read.plan, form: state)
    }

    @Sendable private func amend(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let read = try await context.planInForce(slug, year, toUse: .registerPlans)
        let isReserved = try form.read(RegisterPlanPage.isReserved) && read.heading.mayReserve
        try await context.run(
            AmendPlan(
                read.plan.id, of: read.heading.alliance.id, because: form.read(AmendPlanPage.reason),
                isReserved: isReserved), form)
        return Redirect(
            to: isReserved ? .ownPlan(slug, year) : .planVersion(slug, year, read.plan.version + 1),
            "La nueva versión es un borrador: cámbiela y llévela a los asociados.")
    }

    // MARK: The board's own

    @Sendable private func own(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int
    ) async throws -> PlanVersionPage {
        let (heading, answer, own) = try await ownDraft(slug, year, context)
        return PlanVersionPage(
            heading: heading, answer: answer, version: own, rights: PlanRights(context, in: heading.stream))
    }

    @Sendable private func planToShare(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> SharePlanPage {
        let (heading, answer, own) = try await ownDraft(slug, year, context)
        return SharePlanPage(heading: heading, draft: own, answer: answer, form: state)
    }

    @Sendable private func share(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let (heading, _, own) = try await ownDraft(slug, year, context)
        let version = try await context.run(
            SharePlan(own.id, of: heading.alliance.id, because: form.read(SharePlanPage.reason)), form)
        return Redirect(
            to: .planVersion(slug, year, version),
            "La entidad ya ve el borrador. Propóngalo a los asociados en la próxima asamblea.")
    }

    private func ownDraft(
        _ slug: AllianceSlug, _ year: Int, _ context: TenantContext
    ) async throws -> (AllianceHeading, ReadPlan.Answer, WorkPlan) {
        let heading = try await context.alliance(slug, toUse: .registerPlans)
        let answer = try await context.fetch(ReadPlan(of: heading.alliance.id, in: year))
        guard let own = answer.own else { throw NoSuchPage() }
        return (heading, answer, own)
    }

    @Sendable private func planToDrop(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> DropPlanPage {
        let (heading, draft, _) = try await context.draft(slug, year)
        return DropPlanPage(heading: heading, draft: draft, form: state)
    }

    @Sendable private func drop(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let (heading, draft, _) = try await context.draft(slug, year)
        try await context.run(
            DropPlan(draft.id, of: heading.alliance.id, because: form.read(DropPlanPage.reason)), form)
        return Redirect(to: .plan(slug, year), "El borrador quedó descartado.")
    }
}

extension TenantContext {
    /// The draft of the plan of a year, for who edits it: the board's own where the address says so.
    ///
    /// - Throws: ``NoSuchPage`` where the year has no plan, ``PlanError/notADraft`` where it is approved.
    func draft(
        _ slug: AllianceSlug, _ year: Int
    ) async throws -> (heading: AllianceHeading, draft: WorkPlan, bodies: [Body]) {
        let heading = try await alliance(slug, toUse: .registerPlans)
        let answer = try await fetch(ReadPlan(of: heading.alliance.id, in: year))
        if visit.isAboutOwnDraft {
            guard let own = answer.own else { throw NoSuchPage() }
            return (heading, own, answer.bodies)
        }
        guard answer.plan != nil else { throw NoSuchPage() }
        guard let draft = answer.draft else { throw PlanError.notADraft }
        return (heading, draft, answer.bodies)
    }
}
