import Governance
import Kernel
import Tenancy

/// Orientations: those of an alliance, and one's own.
struct OrientationRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.orientations) { context, slug in
            let heading = try await context.alliance(slug)
            let year = (try? OrientationsPage.year.read(Entries(context.visit.query))) ?? nil
            return OrientationsPage(
                query: ListQuery(context.visit), heading: heading,
                answer: try await context.fetch(ReadOrientations(of: heading.alliance.id, in: year)))
        }
        tenant.form(Path.newOrientation, show: newOrientation, act: record)
        tenant.get(Path.orientationYear) { context, slug, year in
            let heading = try await context.alliance(slug)
            return OrientationYearPage(
                query: ListQuery(context.visit), heading: heading, year: year,
                answer: try await context.fetch(ReadOrientationYear(year, of: heading.alliance.id)),
                today: context.today)
        }
        tenant.get(Path.orientation) { context, slug, id in
            let heading = try await context.alliance(slug)
            return OrientationPage(
                heading: heading,
                answer: try await context.fetch(ReadOrientation(id, of: heading.alliance.id)),
                mayComplain: context.may(.readComplaints, in: heading.stream), today: context.today)
        }
        tenant.post(Path.repeatOrientation, again)
        tenant.form(Path.followOrientation, show: toFollow, act: follow)
        tenant.form(Path.withdrawOrientation, show: toWithdraw, act: withdraw)
        tenant.get(Path.ownOrientations) { context, slug in
            let heading = try await context.alliance(slug, toUse: .recordOrientations)
            return OwnOrientationsPage(
                heading: heading,
                answer: try await context.fetch(ReadOwnOrientations(in: heading.alliance.id)))
        }
        tenant.form(Path.newOwnOrientation, show: newOwn, act: recordOwn)
    }

    private func topics(
        _ heading: AllianceHeading, _ context: TenantContext
    ) async throws -> [OrientationTopic] {
        try await context.read(.recordOrientations, in: heading.stream) {
            try await $0.orientationTopics()
        }
    }

    // MARK: The alliance's

    @Sendable private func newOrientation(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewOrientationPage {
        let heading = try await context.alliance(slug, toUse: .keepOrientations)
        return NewOrientationPage(
            heading: heading, topics: try await topics(heading, context), isOwn: false, form: state,
            today: context.today)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepOrientations)
        let fields = OrientationForm(try await topics(heading, context), isOwn: false)
        let id = try await context.run(RecordOrientation(fields.read(form), of: heading.alliance.id), form)
        return Redirect(to: .orientation(slug, id), "La orientación quedó registrada.")
    }

    // MARK: One's own

    @Sendable private func newOwn(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewOrientationPage {
        let heading = try await context.alliance(slug, toUse: .recordOrientations)
        return NewOrientationPage(
            heading: heading, topics: try await topics(heading, context), isOwn: true, form: state,
            today: context.today)
    }

    @Sendable private func recordOwn(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .recordOrientations)
        let fields = OrientationForm(try await topics(heading, context), isOwn: true)
        let id = try await context.run(
            RecordOwnOrientation(fields.read(form), of: heading.alliance.id), form)
        return Redirect(to: .orientation(slug, id), "Su orientación quedó registrada.")
    }

    // MARK: What follows

    /// Records another one like an orientation, given today: under one's own name where the first was.
    @Sendable private func again(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Orientation>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .recordOrientations)
        let answer = try await context.fetch(ReadOrientation(id, of: heading.alliance.id))
        let another = try answer.orientation.repeated(on: context.today)
        let new =
            answer.isOwn
            ? try await context.run(RecordOwnOrientation(another, of: heading.alliance.id), form)
            : try await context.run(RecordOrientation(another, of: heading.alliance.id), form)
        return Redirect(to: .orientation(slug, new), "Quedó registrada otra igual, con la fecha de hoy.")
    }

    private func notePage(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Orientation>,
        isWithdrawal: Bool
    ) async throws -> OrientationNotePage {
        let heading = try await context.alliance(slug, toUse: .recordOrientations)
        return OrientationNotePage(
            heading: heading,
            answer: try await context.fetch(ReadOrientation(id, of: heading.alliance.id)),
            isWithdrawal: isWithdrawal, form: state, today: context.today)
    }

    @Sendable private func toFollow(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Orientation>
    ) async throws -> OrientationNotePage {
        try await notePage(context, state, slug, id, isWithdrawal: false)
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Orientation>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .recordOrientations)
        let (day, note) = try form.read(
            OrientationNotePage.day, OrientationNotePage.note(isWithdrawal: false))
        try await context.run(FollowOrientation(id, of: heading.alliance.id, on: day, note: note), form)
        return Redirect(to: .orientation(slug, id), "El seguimiento quedó anotado.")
    }

    @Sendable private func toWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Orientation>
    ) async throws -> OrientationNotePage {
        try await notePage(context, state, slug, id, isWithdrawal: true)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Orientation>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .recordOrientations)
        let note = try form.read(OrientationNotePage.note(isWithdrawal: true))
        try await context.run(WithdrawOrientation(id, of: heading.alliance.id, because: note), form)
        return Redirect(to: .orientation(slug, id), "La orientación ya no cuenta.")
    }
}
