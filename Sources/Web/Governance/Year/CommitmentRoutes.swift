import Governance
import Kernel
import Tenancy

/// Commitments of an alliance and of all of them.
struct CommitmentRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.allCommitments) { context in
            let answer = try await context.fetch(ReadCommitments())
            let alliances = try await context.alliances()
            return page(answer, of: alliances, in: nil, context)
        }
        tenant.get(Path.commitments) { context, slug in
            let heading = try await context.alliance(slug)
            let answer = try await context.fetch(ReadCommitments(of: heading.alliance.id))
            return page(answer, of: [heading.alliance], in: heading, context)
        }
        tenant.form(Path.newCommitment, show: newCommitment, act: make)
        tenant.get(Path.commitment) { context, slug, id in
            let heading = try await context.alliance(slug)
            return CommitmentPage(
                heading: heading,
                answer: try await context.fetch(ReadCommitment(id, of: heading.alliance.id)),
                mayFollow: context.may(.makeCommitments, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.form(Path.correctCommitment, show: toCorrect, act: correct)
        follow(Path.progressCommitment, .progress, tenant)
        follow(Path.postponeCommitment, .postponement, tenant)
        follow(Path.closeCommitment, .closing, tenant)
        follow(Path.reopenCommitment, .reopening, tenant)
        follow(Path.dropCommitment, .dropping, tenant)
    }

    private func page(
        _ answer: ReadCommitments.Answer, of alliances: [Alliance], in heading: AllianceHeading?,
        _ context: TenantContext
    ) -> CommitmentsPage {
        let names = Dictionary(alliances.map { ($0.id, $0) }) { first, _ in first }
        return CommitmentsPage(
            query: ListQuery(context.visit), heading: heading,
            rows: answer.commitments.map { commitment in
                let alliance = names[commitment.alliance]
                return CommitmentsPage.Row(
                    commitment: commitment, alliance: alliance?.name ?? "",
                    slug: alliance.flatMap { AllianceSlug(rawValue: $0.slug) }, today: answer.today)
            },
            today: answer.today,
            mayMake: heading.map { context.may(.makeCommitments, in: $0.stream) } ?? false)
    }

    private func session(_ heading: AllianceHeading, _ context: TenantContext) async throws -> SessionFile? {
        guard let id = context.visit["reunion"].flatMap({ ID<Meeting>($0) }) else { return nil }
        return try await context.fetch(ReadSession(of: id, in: heading.alliance.id))
    }

    private func bodies(_ heading: AllianceHeading, _ context: TenantContext) async throws -> [Body] {
        try await context.read(.makeCommitments, in: heading.stream) { transaction in
            try await transaction.bodies(of: heading.alliance.id).filter { !$0.isExternal }
        }
    }

    @Sendable private func newCommitment(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewCommitmentPage {
        let heading = try await context.alliance(slug, toUse: .makeCommitments)
        return NewCommitmentPage(
            heading: heading, bodies: try await bodies(heading, context),
            session: try await session(heading, context), form: state)
    }

    @Sendable private func make(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .makeCommitments)
        let session = try await session(heading, context)
        let fields = CommitmentForm(try await bodies(heading, context))
        let id = try await context.run(fields.read(form, in: session, of: heading.alliance.id), form)
        return Redirect(
            to: session.map { .meeting(slug, $0.meeting.id) } ?? .commitment(slug, id),
            "El compromiso quedó anotado."
        )
    }

    @Sendable private func toCorrect(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Commitment>
    ) async throws -> CorrectCommitmentPage {
        let heading = try await context.alliance(slug, toUse: .makeCommitments)
        let answer = try await context.fetch(ReadCommitment(id, of: heading.alliance.id))
        guard answer.commitment.state == .open else { throw CommitmentError.isClosed }
        return CorrectCommitmentPage(
            heading: heading, bodies: try await bodies(heading, context), answer: answer, form: state)
    }

    @Sendable private func correct(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Commitment>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .makeCommitments)
        let answer = try await context.fetch(ReadCommitment(id, of: heading.alliance.id))
        let fields = CommitmentForm(try await bodies(heading, context), correcting: answer.commitment)
        try await context.run(fields.read(form, of: answer), form)
        return Redirect(to: .commitment(slug, id), "El compromiso quedó corregido.")
    }

    private func follow(
        _ route: Route<AllianceSlug, ID<Commitment>>, _ kind: CommitmentNewsForm.Kind, _ tenant: TenantRoutes
    ) {
        tenant.form(
            route, upTo: .files(megabytes: PaperForm.megabytes),
            show: { context, state, slug, id in
                let heading = try await context.alliance(slug, toUse: .makeCommitments)
                let answer = try await context.fetch(ReadCommitment(id, of: heading.alliance.id))
                return CommitmentNewsPage(
                    heading: heading, commitment: answer.commitment, kind: kind, form: state,
                    today: context.today)
            },
            act: { context, form, slug, id in
                let heading = try await context.alliance(slug, toUse: .makeCommitments)
                try await context.run(
                    CommitmentNewsForm(kind).read(
                        form, about: id, of: heading.alliance.id, today: context.today), form)
                return Redirect(to: .commitment(slug, id), kind.notice)
            })
    }
}
