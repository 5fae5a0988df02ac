import Elections
import Governance
import Kernel
import Postgres
import Tenancy

/// Contests and dates of a draft.
struct ContestRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.newContest, show: newContest, act: addContest)
        tenant.form(Path.contest, show: contest, act: change)
        tenant.post(Path.removeContest) { context, form, slug, process, contest in
            let heading = try await context.alliance(slug)
            try await context.run(RemoveContest(contest, of: process, of: heading.alliance.id), form)
            return Redirect(to: .process(slug, process), "La votación quedó por fuera.")
        }
        tenant.post(Path.splitContest) { context, form, slug, process, contest in
            let heading = try await context.alliance(slug)
            let parts = try await context.run(
                SplitContest(contest, of: process, of: heading.alliance.id), form)
            return Redirect(
                to: .process(slug, process), "Ahora hay \(parts.count) votaciones, una por cada puesto.")
        }
        tenant.form(Path.milestone, show: milestone, act: move)
    }

    @Sendable private func newContest(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> ContestPage {
        let (heading, file) = try await context.process(process, of: slug)
        return ContestPage(
            heading: heading, process: file.process, contest: nil,
            seats: try await context.electableSeats(of: heading, for: process), form: state)
    }

    @Sendable private func addContest(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let choices = try ContestForm(try await context.electableSeats(of: heading, for: process)).read(form)
        try await context.run(AddContest(choices, to: process, of: heading.alliance.id), form)
        return Redirect(to: .process(slug, process), "La votación quedó agregada.")
    }

    @Sendable private func contest(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> ContestPage {
        let (heading, file) = try await context.process(process, of: slug)
        guard let found = file.contests.first(where: { $0.id == contest }) else { throw NoSuchPage() }
        return ContestPage(
            heading: heading, process: file.process, contest: found,
            seats: try await context.electableSeats(of: heading, for: process), form: state)
    }

    @Sendable private func change(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let choices = try ContestForm(try await context.electableSeats(of: heading, for: process)).read(form)
        try await context.run(
            ChangeContest(contest, to: choices, in: process, of: heading.alliance.id), form)
        return Redirect(to: .process(slug, process), "La votación quedó guardada.")
    }

    @Sendable private func milestone(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ kind: Milestone.Kind
    ) async throws -> MilestonePage {
        let (heading, file) = try await context.process(process, of: slug)
        guard let found = file.calendar?[kind], kind != .voting else { throw NoSuchPage() }
        return MilestonePage(heading: heading, process: file.process, milestone: found, form: state)
    }

    @Sendable private func move(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ kind: Milestone.Kind
    ) async throws -> Redirect {
        let (heading, file) = try await context.process(process, of: slug)
        guard let found = file.calendar?[kind] else { throw NoSuchPage() }
        let fields = MilestoneForm(found)
        let (opens, reason) = try form.read(fields.opens, fields.reason)
        let closes = found.closesAt == nil ? nil : try form.read(fields.closes)
        try await context.run(
            MoveMilestone(
                kind, to: opens, until: closes, because: reason, in: process, of: heading.alliance.id), form)
        return Redirect(to: .process(slug, process), "La fecha quedó cambiada.")
    }
}

extension TenantContext {
    /// A process of an alliance, with all that its page shows.
    func process(
        _ process: ID<ElectoralProcess>, of slug: AllianceSlug
    ) async throws -> (AllianceHeading, ProcessFile) {
        let heading = try await alliance(slug)
        return (heading, try await fetch(ReadProcess(process, of: heading.alliance.id)))
    }

    /// The seats of an alliance's bodies that are elected, for who drafts the process.
    fileprivate func electableSeats(
        of heading: AllianceHeading, for process: ID<ElectoralProcess>
    ) async throws -> ElectableSeats {
        let stream = ProcessPlace(process, of: heading.alliance.id).stream
        return try await read(.draftProcesses, in: stream) { transaction in
            var found: [(Body, [Seat])] = []
            for body in try await transaction.bodies(of: heading.alliance.id) {
                found.append((body, try await transaction.seats(of: body.id).filter(\.isElected)))
            }
            return ElectableSeats(bodies: found)
        }
    }
}
