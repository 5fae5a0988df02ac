import Elections
import Governance
import Kernel
import Postgres
import Tenancy

/// The electoral processes of an alliance.
struct ProcessRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.processes) { context, slug in
            let heading = try await context.alliance(slug)
            return ProcessesPage(
                heading: heading, processes: try await context.fetch(ListProcesses(of: heading.alliance.id)),
                mayDraft: context.may(.draftProcesses, in: heading.stream))
        }
        tenant.form(Path.newProcess, show: newProcess, act: draft)
        tenant.get(Path.process) { context, slug, process in
            let heading = try await context.alliance(slug)
            let (found, contests, calendar) = try await context.fetch(
                ReadProcess(process, of: heading.alliance.id))
            return ProcessPage(
                heading: heading, process: found, contests: contests, calendar: calendar,
                now: context.visit.now, mayDraft: context.may(.draftProcesses, in: found.stream))
        }
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
        let (found, _, _) = try await context.fetch(ReadProcess(process, of: heading.alliance.id))
        return CalendarPage(heading: heading, process: found, form: state)
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

    private func bodies(of heading: AllianceHeading, _ context: TenantContext) async throws -> [Body] {
        try await context.read { try await $0.bodies(of: heading.alliance.id) }
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
