import Governance
import Kernel
import Tenancy

/// The plan of a year, its activities, its follow-up and its reports.
struct PlanRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.plans) { context, slug in try await plan(context, slug, nil) }
        tenant.get(Path.plan) { context, slug, year in try await plan(context, slug, year) }
        tenant.get(Path.planVersion, version)
        tenant.get(Path.planActivities, activities)
        tenant.form(Path.registerPlan, show: planToStart, act: start)
        tenant.form(Path.describePlan, show: planToDescribe, act: describe)
        tenant.form(Path.amendPlan, show: planToAmend, act: amend)
        tenant.form(
            Path.approvePlan, upTo: .files(megabytes: PaperForm.megabytes), show: planToApprove, act: approve)
        tenant.form(
            Path.followPlan, upTo: .files(megabytes: PaperForm.megabytes), show: planToFollow, act: follow)
        tenant.get(Path.activity, activity)
        tenant.form(Path.newActivity, show: newActivity, act: add)
        tenant.form(Path.editActivity, show: activityToChange, act: change)
        tenant.form(Path.removeActivity, show: activityToRemove, act: remove)
        ImportPlanRoutes().add(to: tenant)
        WorkGroupRoutes().add(to: tenant)
        TrainingRoutes().add(to: tenant)
        tenant.get(Path.planMonth, month)
        tenant.get(Path.planHalf, half)
        tenant.get(Path.comparePlans, compare)
    }

    // MARK: Reading

    private func plan(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int?
    ) async throws -> PlanPage {
        let heading = try await context.alliance(slug)
        if let year, !(2000...2100).contains(year) { throw NoSuchPage() }
        return PlanPage(
            heading: heading, answer: try await context.fetch(ReadPlan(of: heading.alliance.id, in: year)),
            rights: PlanRights(context, in: heading.stream))
    }

    @Sendable private func version(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int, _ version: Int
    ) async throws -> PlanVersionPage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadPlan(of: heading.alliance.id, in: year))
        guard let found = answer.versions.first(where: { $0.version == version }) else { throw NoSuchPage() }
        return PlanVersionPage(
            heading: heading, answer: answer, version: found, rights: PlanRights(context, in: heading.stream))
    }

    @Sendable private func activities(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int
    ) async throws -> PlanActivitiesPage {
        let read = try await context.planInForce(slug, year)
        return PlanActivitiesPage(
            query: ListQuery(context.visit), heading: read.heading, answer: read.answer,
            fulfilment: read.fulfilment)
    }

    @Sendable private func activity(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int, _ id: ID<WorkPlan.Activity>
    ) async throws -> ActivityPage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadPlan(of: heading.alliance.id, in: year))
        let drafted = answer.draft?.activities.first { $0.id == id }
        // The plan in force counts; what only another version has is told of without figures.
        let counted =
            answer.fulfilment?[id]
            ?? (drafted ?? answer.versions.flatMap(\.activities).first { $0.id == id }).map {
                Fulfilment(of: $0, in: year, by: [], on: answer.today)
            }
        guard let counted else { throw NoSuchPage() }
        return ActivityPage(
            heading: heading, answer: answer, counted: counted, isInDraft: drafted != nil,
            rights: PlanRights(context, in: heading.stream))
    }

    @Sendable private func month(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int, _ month: Int
    ) async throws -> PlanMonthPage {
        let read = try await context.planInForce(slug, year)
        let today = context.today.components
        guard (1...12).contains(month), (year, month) <= (today.year, today.month) else { throw NoSuchPage() }
        return PlanMonthPage(
            heading: read.heading, answer: read.answer, plan: read.plan, fulfilment: read.fulfilment,
            month: month, rights: PlanRights(context, in: read.heading.stream))
    }

    /// Prints the report of a half year that has begun.
    @Sendable private func half(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int, _ half: Int
    ) async throws -> Download {
        let read = try await context.planInForce(slug, year)
        let today = context.today.components
        guard (1...2).contains(half), (year, half == 1 ? 1 : 7) <= (today.year, today.month) else {
            throw NoSuchPage()
        }
        // A half that is over stands as it stood on its last day, whenever it is printed.
        let last = CalendarDate(year: year, month: half * 6, day: 1)?.calendarMonth.upperBound
        let happened = Set(read.fulfilment.activities.flatMap(\.happenings)).sorted { $0.day < $1.day }
        let report = HalfYearReport(
            answer: read.answer,
            fulfilment: PlanFulfilment(
                of: read.plan, by: happened, on: min(last ?? context.today, context.today)), half: half,
            alliance: read.heading.alliance.name,
            entity: context.entry.organization)
        return Download(
            name: "\(report.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                report, as: HalfYearReport.kind, of: "\(read.plan.id):\(half)", in: read.heading.stream),
            isInline: true)
    }

    @Sendable private func compare(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int
    ) async throws -> ComparePlansPage {
        let heading = try await context.alliance(slug)
        guard let answer = try await context.fetch(ComparePlans(of: heading.alliance.id, year)) else {
            throw NoSuchPage()
        }
        return ComparePlansPage(heading: heading, answer: answer)
    }

    // MARK: Drafts

    @Sendable private func planToStart(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> RegisterPlanPage {
        let heading = try await context.alliance(slug, toUse: .registerPlans)
        return RegisterPlanPage(
            heading: heading, year: year, model: try await model(of: year, heading, context), form: state)
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
        try await context.run(StartPlan(plan, of: heading.alliance.id), form)
        return Redirect(
            to: .plan(slug, year),
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
        return Redirect(to: .planVersion(slug, year, draft.version), "El plan quedó guardado.")
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
            to: .planVersion(slug, year, draft.version), "La actividad \(number) quedó en el plan.")
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
            to: .planVersion(slug, year, draft.version),
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
        return Redirect(to: .planVersion(slug, year, draft.version), "La actividad ya no está en el plan.")
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
        try await context.run(
            AmendPlan(read.plan.id, of: read.heading.alliance.id, because: form.read(AmendPlanPage.reason)),
            form)
        return Redirect(
            to: .planVersion(slug, year, read.plan.version + 1),
            "La nueva versión es un borrador: cámbiela y llévela a los asociados.")
    }

    @Sendable private func planToApprove(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> ApprovePlanPage {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        return ApprovePlanPage(
            heading: heading, plan: try await draft(of: year, heading, context), form: state)
    }

    @Sendable private func approve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        let plan = try await draft(of: year, heading, context)
        let fields = ApprovalForm()
        let (day, act, paper) = try form.read(fields.day, fields.act, fields.paper)
        try await context.run(
            ApprovePlan(
                plan.id, of: heading.alliance.id, on: day, in: act, paper: paper?.stored(on: day)), form)
        return Redirect(to: .plan(slug, year), "La aprobación quedó anotada.")
    }

    private func draft(
        of year: Int, _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> WorkPlan {
        let answer = try await context.fetch(ReadPlan(of: heading.alliance.id, in: year))
        guard answer.plan != nil else { throw NoSuchPage() }
        guard let draft = answer.draft else { throw PlanError.alreadyApproved }
        return draft
    }

    // MARK: Follow-up

    @Sendable private func planToFollow(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> FollowPlanPage {
        let read = try await context.planInForce(slug, year, toUse: .followPlans)
        return FollowPlanPage(
            heading: read.heading, plan: read.plan,
            activity: context.visit["actividad"].map(ActivityNumber.init(pathText:)),
            month: context.visit["mes"].flatMap { Int($0) }, form: state, today: context.today)
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let read = try await context.planInForce(slug, year, toUse: .followPlans)
        let fields = FollowUpForm(read.plan)
        let (activity, month, progress, evidence) = try form.read(
            fields.activity, fields.month, fields.progress, fields.evidence)
        try await context.run(
            FollowPlan(
                read.plan.id, of: read.heading.alliance.id, activity: activity.pathText, in: month,
                progress: progress, evidence: try evidence?.stored(on: context.today)), form)
        return Redirect(
            to: .planMonth(slug, year, month),
            "El avance de la actividad \(activity.pathText) quedó anotado.")
    }
}

extension TenantContext {
    /// The plan of a year that counts, for who may read it or do something with it.
    ///
    /// - Throws: ``NoSuchPage`` where the year has none.
    func planInForce(
        _ slug: AllianceSlug, _ year: Int, toUse permission: Permission = .readGovernance
    ) async throws -> (
        heading: AllianceHeading, answer: ReadPlan.Answer, plan: WorkPlan, fulfilment: PlanFulfilment
    ) {
        let heading = try await alliance(slug, toUse: permission)
        let answer = try await fetch(ReadPlan(of: heading.alliance.id, in: year))
        guard let plan = answer.plan, let fulfilment = answer.fulfilment else { throw NoSuchPage() }
        return (heading, answer, plan, fulfilment)
    }

    /// The draft of the plan of a year, for who edits it.
    ///
    /// - Throws: ``NoSuchPage`` where the year has no plan, ``PlanError/notADraft`` where it is approved.
    func draft(
        _ slug: AllianceSlug, _ year: Int
    ) async throws -> (heading: AllianceHeading, draft: WorkPlan, bodies: [Body]) {
        let heading = try await alliance(slug, toUse: .registerPlans)
        let answer = try await fetch(ReadPlan(of: heading.alliance.id, in: year))
        guard answer.plan != nil else { throw NoSuchPage() }
        guard let draft = answer.draft else { throw PlanError.notADraft }
        return (heading, draft, answer.bodies)
    }
}
