import Governance
import Kernel
import Tenancy

/// The plan of a year, its activities, its follow-up and its reports.
struct PlanRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.plans) { context, slug in try await plan(context, slug, nil) }
        tenant.get(Path.plan) { context, slug, year in try await plan(context, slug, year) }
        tenant.get(Path.planVersion, version)
        PlanDraftRoutes().add(to: tenant)
        tenant.get(Path.planActivities, activities)
        tenant.form(
            Path.approvePlan, upTo: .files(megabytes: PaperForm.megabytes), show: planToApprove, act: approve)
        tenant.form(
            Path.followPlan, upTo: .files(megabytes: PaperForm.megabytes), show: planToFollow, act: follow)
        tenant.get(Path.activity, activity)
        ImportPlanRoutes().add(to: tenant)
        WorkGroupRoutes().add(to: tenant)
        TrainingRoutes().add(to: tenant)
        tenant.get(Path.planMonth, month)
        tenant.get(Path.planReport, report)
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
        let draft = context.visit.isAboutOwnDraft ? answer.own : answer.draft
        let drafted = draft?.activities.first { $0.id == id }
        // The plan in force counts; what only another version has is told of without figures.
        let inForce = context.visit.isAboutOwnDraft ? nil : answer.fulfilment?[id]
        let counted =
            inForce
            ?? (drafted ?? answer.versions.flatMap(\.activities).first { $0.id == id }).map {
                Fulfilment(of: $0, in: year, by: [], on: answer.today)
            }
        guard let counted else { throw NoSuchPage() }
        return ActivityPage(
            heading: heading, answer: answer, counted: counted, draft: drafted == nil ? nil : draft,
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

    /// Prints the report of a half year, or of the year, that has begun.
    @Sendable private func report(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int, _ span: PlanSpan
    ) async throws -> Download {
        let read = try await context.planInForce(slug, year)
        guard span.hasBegun(in: year, on: context.today) else { throw NoSuchPage() }
        let happened = Set(read.fulfilment.activities.flatMap(\.happenings)).sorted { $0.day < $1.day }
        let report = PlanReport(
            answer: read.answer,
            // What is over stands as it stood on its last day, whenever it is printed.
            fulfilment: PlanFulfilment(
                of: read.plan, by: happened, on: min(span.lastDay(of: year), context.today)), span: span,
            alliance: read.heading.alliance.name, entity: context.entry.organization)
        return Download(
            name: "\(report.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                report, as: PlanReport.kind, of: "\(read.plan.id):\(span.pathText)", in: read.heading.stream),
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

    // MARK: Approval

    @Sendable private func planToApprove(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> ApprovePlanPage {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        return ApprovePlanPage(
            heading: heading, plan: try await draft(of: year, heading, context), form: state)
    }

    @Sendable private func approve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Reviewed<ReviewApprovalPage, ApprovePlanPage> {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        let plan = try await draft(of: year, heading, context)
        let fields = ApprovalForm(of: plan)
        switch ReviewStep(form) {
        case .correct:
            return .again(ApprovePlanPage(heading: heading, plan: plan, form: FormState(correcting: form)))
        case .review:
            let (day, act) = try form.read(fields.day, fields.act)
            return .review(
                ReviewApprovalPage(heading: heading, plan: plan, day: day, act: act, submission: form))
        case .act:
            let (day, act, paper) = try form.read(fields.day, fields.act, fields.paper)
            try await context.run(
                ApprovePlan(
                    plan.id, of: heading.alliance.id, on: day, in: act, paper: paper?.stored(on: day)), form)
            return .done(Redirect(to: .plan(slug, year), "La aprobación quedó anotada."))
        }
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
}
