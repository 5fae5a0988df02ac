import Governance
import Kernel
import Tenancy

/// Improvement opportunities: noted, analysed, approved, done.
struct ImprovementRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.improvements) { context, slug in
            let heading = try await context.alliance(slug)
            return ImprovementsPage(
                query: ListQuery(context.visit), heading: heading,
                improvements: try await context.fetch(ReadImprovements(of: heading.alliance.id)),
                today: context.today, mayFollow: context.may(.followImprovements, in: heading.stream))
        }
        tenant.form(Path.newImprovement, show: newImprovement, act: note)
        tenant.get(Path.improvementYear) { context, slug, year in
            let heading = try await context.alliance(slug)
            return ImprovementYearPage(
                heading: heading, year: try await read(year, of: heading, context), today: context.today)
        }
        tenant.get(Path.improvementReport, report)
        tenant.get(Path.improvement) { context, slug, id in
            let heading = try await context.alliance(slug)
            return ImprovementPage(
                heading: heading,
                answer: try await context.fetch(ReadImprovement(id, of: heading.alliance.id)),
                mayFollow: context.may(.followImprovements, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream), today: context.today)
        }
        tenant.form(
            Path.followImprovement, upTo: .files(megabytes: PaperForm.megabytes), show: task, act: follow)
    }

    private func read(
        _ year: Int, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> ImprovementYear {
        guard (2000...2200).contains(year) else { throw NoSuchPage() }
        return try await context.fetch(ReadImprovementYear(year, of: heading.alliance.id))
    }

    @Sendable private func report(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let report = ImprovementReport(
            year: try await read(year, of: heading, context), alliance: heading.alliance.name,
            entity: context.entry.organization, today: context.today)
        return Download(
            name: "\(report.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                report, as: ImprovementReport.kind, of: "\(heading.alliance.id):\(year)", in: heading.stream),
            isInline: true)
    }

    private func complaint(_ heading: AllianceHeading, _ context: TenantContext) async throws -> Complaint? {
        guard let id = context.visit["queja"].flatMap({ ID<Complaint>($0) }) else { return nil }
        return try await context.fetch(ReadComplaint(id, of: heading.alliance.id)).complaint
    }

    /// The meetings in which something may have been found: those of the last year, the latest first.
    private func meetings(_ heading: AllianceHeading, _ context: TenantContext) async throws -> [Meeting] {
        let today = context.today
        return try await context.read(.followImprovements, in: heading.stream) {
            try await $0.meetings(of: heading.alliance.id, in: today - 365...today)
        }
        .map(\.meeting).filter { !$0.isReserved }
        .sorted { $0.day > $1.day }
    }

    @Sendable private func newImprovement(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewImprovementPage {
        let heading = try await context.alliance(slug, toUse: .followImprovements)
        return NewImprovementPage(
            heading: heading, meetings: try await meetings(heading, context),
            complaint: try await complaint(heading, context), form: state, today: context.today)
    }

    @Sendable private func note(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .followImprovements)
        let fields = ImprovementForm(try await meetings(heading, context))
        let complaint = try await complaint(heading, context)
        let id = try await context.run(
            fields.read(form, by: complaint?.id, of: heading.alliance.id), form)
        return Redirect(to: .improvement(slug, id), "La oportunidad de mejora quedó anotada.")
    }

    @Sendable private func task(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Improvement>,
        _ task: ImprovementTask
    ) async throws -> ImprovementTaskPage {
        let heading = try await context.alliance(slug, toUse: .followImprovements)
        return ImprovementTaskPage(
            heading: heading,
            improvement: try await context.fetch(ReadImprovement(id, of: heading.alliance.id)).improvement,
            task: task, form: state, today: context.today)
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Improvement>,
        _ task: ImprovementTask
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .followImprovements)
        try await context.run(
            ImprovementTaskForm(task).read(
                form, about: id, of: heading.alliance.id, today: context.today), form)
        return Redirect(to: .improvement(slug, id), "Quedó anotado.")
    }
}
