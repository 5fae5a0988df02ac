import Elections
import Governance
import Kernel
import Postgres
import Reporting
import Tenancy

/// The electoral processes of an alliance.
struct ProcessRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.processes) { context, slug in
            let heading = try await context.alliance(slug)
            return ProcessesPage(
                heading: heading, processes: try await context.fetch(ListProcesses(of: heading.alliance.id)),
                past: context.may(.readGovernance, in: heading.stream)
                    ? try await context.fetch(ListPastElections(of: heading.alliance.id)) : [],
                mayDraft: context.may(.draftProcesses, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.form(Path.newProcess, show: newProcess, act: draft)
        tenant.get(Path.process) { context, slug, process in
            let heading = try await context.alliance(slug)
            let file = try await context.fetch(ReadProcess(process, of: heading.alliance.id))
            let stream = file.process.stream
            let vacancies =
                context.may(.readGovernance, in: stream)
                ? try await context.read(.readGovernance, in: stream) {
                    try await $0.vacancies(on: context.today)
                } : []
            return ProcessPage(
                heading: heading, file: file, now: context.visit.now,
                vacancies: vacancies.filter { $0.alliance?.id == heading.alliance.id && !$0.isAwaited },
                mayDraft: context.may(.draftProcesses, in: file.process.stream),
                mayRun: context.may(.runProcesses, in: file.process.stream))
        }
        tenant.form(Path.publishCall, show: call, act: publishCall)
        tenant.get(Path.callPoster) { context, slug, process in
            let heading = try await context.alliance(slug)
            let file = try await context.fetch(ReadProcess(process, of: heading.alliance.id))
            guard let text = file.call else { throw NoSuchPage() }
            let address = context.visit.tenant.flatMap { tenant in
                ID<PublishedDocument>(process.description).flatMap { document in
                    WebAddress(
                        context.visit.site.origin
                            + Path.publicDocument(tenant, slug, document).text(in: nil))
                }
            }
            let published = file.progress[.call].flatMap { $0.doneAt ?? $0.begunAt } ?? context.visit.now
            return try await context.printed(
                CallPoster(
                    text: text, process: file.process.name, alliance: heading.alliance.name,
                    entity: try await context.organization(),
                    publishedOn: ColombianTime.date(at: published), address: address), as: "convocatoria")
        }
        tenant.post(Path.publishRoll) { context, form, slug, process in
            let heading = try await context.alliance(slug)
            let roll = try await context.run(
                PublishProvisionalRoll(of: process, of: heading.alliance.id), form)
            return Redirect(
                to: .process(slug, process),
                "El censo provisional quedó publicado: \(SpanishFormat.count(roll.eligible, "persona puede", "personas pueden")) votar."
            )
        }
        tenant.form(Path.freezeRoll, show: freeze, act: freezeRoll)
        tenant.form(Path.computeCalendar, show: calendar, act: compute)
    }

    @Sendable private func newProcess(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewProcessPage {
        let heading = try await context.alliance(slug)
        guard context.may(.draftProcesses, in: heading.stream) else {
            throw AccessError.notPermitted(.draftProcesses)
        }
        return NewProcessPage(heading: heading, bodies: try await bodies(of: heading, context), form: state)
    }

    @Sendable private func calendar(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> CalendarPage {
        let heading = try await context.alliance(slug)
        let file = try await context.fetch(ReadProcess(process, of: heading.alliance.id))
        return CalendarPage(heading: heading, process: file.process, form: state)
    }

    @Sendable private func compute(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = CalendarForm()
        let (day, opening, closing) = try form.read(fields.day, fields.from, fields.until)
        try await context.run(
            ComputeCalendar(
                of: process, of: heading.alliance.id, votingOn: day, from: opening, until: closing), form)
        return Redirect(to: .process(slug, process), "El calendario quedó calculado.")
    }

    // MARK: Call and roll

    @Sendable private func call(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> CallPage {
        let heading = try await context.alliance(slug)
        let file = try await context.fetch(ReadProcess(process, of: heading.alliance.id))
        return CallPage(
            heading: heading, process: file.process, planned: file.calendar?[.call]?.opensAt,
            now: context.visit.now, form: state)
    }

    @Sendable private func publishCall(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let channels = try form.read(CallForm().channels)
        try await context.run(
            PublishCall(
                of: process, of: heading.alliance.id,
                through: channels.split(separator: ",").map {
                    $0.split(separator: " ").joined(separator: " ")
                }
                .filter { !$0.isEmpty }), form)
        return Redirect(to: .process(slug, process), "La convocatoria quedó publicada.")
    }

    @Sendable private func freeze(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> FreezeRollPage {
        let heading = try await context.alliance(slug)
        let file = try await context.fetch(ReadProcess(process, of: heading.alliance.id))
        return FreezeRollPage(
            heading: heading, file: file,
            claims: try await context.fetch(ListClaims(of: process, of: heading.alliance.id)),
            now: context.visit.now, form: state)
    }

    @Sendable private func freezeRoll(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        _ = try form.read(Field.confirmation(FreezeRollPage.word))
        let roll = try await context.run(FreezeRoll(of: process, of: heading.alliance.id), form)
        return Redirect(
            to: .process(slug, process),
            "El censo quedó congelado con \(SpanishFormat.count(roll.electors, "elector", "electores")).")
    }

    private func bodies(of heading: AllianceHeading, _ context: TenantContext) async throws -> [Body] {
        try await context.read(.draftProcesses, in: heading.stream) {
            try await $0.bodies(of: heading.alliance.id)
        }
    }

    @Sendable private func draft(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ProcessForm(try await bodies(of: heading, context))
        let (name, bodies) = try form.read(fields.name, fields.bodies)
        let process = try await context.run(
            DraftProcess(name, of: heading.alliance.id, electing: bodies), form)
        return Redirect(to: .process(slug, process.id), "La elección quedó en preparación.")
    }
}
