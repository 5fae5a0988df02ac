import Governance
import Kernel
import Tenancy

/// What representatives do in bodies outside.
struct ServiceRoutes {
    func add(to tenant: TenantRoutes) {
        let files = Submission.Limit.files(megabytes: PaperForm.megabytes)
        tenant.form(
            Path.tellSession, upTo: files,
            show: { context, state, slug, body in
                let place = try await context.service(of: body, slug)
                let fields = TellSessionForm(place.service.representatives)
                return ServiceFormPage(
                    title: "Anotar una sesión", place: place, path: .tellSession(slug, body),
                    verb: "Anotar la sesión", hasFiles: true,
                    form: state.isTyped ? state : state.filling(fields.day, with: context.today)
                ) { form in
                    form.field(fields.mandate)
                    form.field(fields.day)
                    form.field(fields.absent)
                    form.field(fields.summary)
                    form.field(fields.paper)
                }
            }, act: session)
        tenant.form(
            Path.tellProposal,
            show: { context, state, slug, body in
                let fields = TellProposalForm()
                return ServiceFormPage(
                    title: "Anotar una propuesta", place: try await context.service(of: body, slug),
                    path: .tellProposal(slug, body), verb: "Anotar la propuesta", hasFiles: false,
                    form: state.isTyped ? state : state.filling(fields.day, with: context.today)
                ) { form in
                    form.field(fields.kind)
                    form.field(fields.proposal)
                    form.field(fields.day)
                }
            }, act: proposal)
        tenant.form(
            Path.decideProposal,
            show: { context, state, slug, body, id in
                let fields = DecideProposalForm()
                let place = try await context.service(of: body, slug)
                return ServiceFormPage(
                    title: "Anotar la decisión", place: place, path: .decideProposal(slug, body, id),
                    verb: "Anotar la decisión", hasFiles: false,
                    form: state.isTyped ? state : state.filling(fields.day, with: context.today),
                    lead: try place.proposal(id).proposal
                ) { form in
                    form.field(fields.outcome)
                    form.field(fields.decision)
                    form.field(fields.day)
                }
            }, act: decide)
        tenant.form(
            Path.followProposal,
            show: { context, state, slug, body, id in
                let fields = FollowProposalForm()
                let place = try await context.service(of: body, slug)
                return ServiceFormPage(
                    title: "Anotar si se cumplió", place: place, path: .followProposal(slug, body, id),
                    verb: "Anotar", hasFiles: false,
                    form: state.isTyped ? state : state.filling(fields.day, with: context.today),
                    lead: try place.proposal(id).proposal
                ) { form in
                    form.field(fields.fulfilment)
                    form.field(fields.followUp)
                    form.field(fields.day)
                }
            }, act: follow)
        tenant.form(
            Path.tellReport, upTo: files,
            show: { context, state, slug, body in
                let fields = TellReportForm()
                return ServiceFormPage(
                    title: "Anotar un informe a los asociados",
                    place: try await context.service(of: body, slug), path: .tellReport(slug, body),
                    verb: "Anotar el informe", hasFiles: true,
                    form: state.isTyped ? state : state.filling(fields.day, with: context.today)
                ) { form in
                    form.field(fields.day)
                    form.field(fields.audience)
                    form.field(fields.summary)
                    form.field(fields.paper)
                }
            }, act: report)
    }

    @Sendable private func session(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>
    ) async throws -> Redirect {
        let place = try await context.service(of: body, slug)
        let fields = TellSessionForm(place.service.representatives)
        let (mandate, day, absent, summary, paper) = try form.read(
            fields.mandate, fields.day, fields.absent, fields.summary, fields.paper)
        try await context.run(
            TellSession(
                of: body, in: place.heading.alliance.id, by: mandate, on: day, attended: !absent,
                summary: summary, paper: try paper?.stored(on: day)), form)
        return Redirect(to: place.back, "La sesión quedó anotada.")
    }

    @Sendable private func proposal(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>
    ) async throws -> Redirect {
        let place = try await context.service(of: body, slug)
        let fields = TellProposalForm()
        let (kind, proposal, day) = try form.read(fields.kind, fields.proposal, fields.day)
        try await context.run(
            TellProposal(proposal, about: kind, in: body, of: place.heading.alliance.id, on: day), form)
        return Redirect(to: place.back, "La propuesta quedó anotada.")
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<ServiceProposal>
    ) async throws -> Redirect {
        let place = try await context.service(of: body, slug)
        let fields = DecideProposalForm()
        let (outcome, decision, day) = try form.read(fields.outcome, fields.decision, fields.day)
        try await context.run(
            FollowProposal(
                id, in: body, of: place.heading.alliance.id, outcome == .accepted ? .accepted : .refused,
                note: decision, on: day), form)
        return Redirect(to: place.back, "La decisión quedó anotada.")
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<ServiceProposal>
    ) async throws -> Redirect {
        let place = try await context.service(of: body, slug)
        let fields = FollowProposalForm()
        let (fulfilment, followUp, day) = try form.read(fields.fulfilment, fields.followUp, fields.day)
        try await context.run(
            FollowProposal(
                id, in: body, of: place.heading.alliance.id, .carriedOut(fulfilment), note: followUp, on: day),
            form)
        return Redirect(to: place.back, "Quedó anotado.")
    }

    @Sendable private func report(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>
    ) async throws -> Redirect {
        let place = try await context.service(of: body, slug)
        let fields = TellReportForm()
        let (day, audience, summary, paper) = try form.read(
            fields.day, fields.audience, fields.summary, fields.paper)
        try await context.run(
            TellReport(
                of: body, in: place.heading.alliance.id, on: day, to: audience, summary: summary,
                paper: try paper?.stored(on: day)), form)
        return Redirect(to: place.back, "El informe quedó anotado.")
    }
}

extension ServicePlace {
    /// A proposal of the body.
    ///
    /// - Throws: ``ServiceError/notFound``.
    fileprivate func proposal(_ id: ID<ServiceProposal>) throws -> ServiceProposal {
        guard let found = service.proposals.first(where: { $0.id == id }) else { throw ServiceError.notFound }
        return found
    }
}

extension TenantContext {
    /// A body outside of an address, for somebody who may tell what is done there.
    fileprivate func service(of body: ID<Body>, _ slug: AllianceSlug) async throws -> ServicePlace {
        let heading = try await alliance(slug, toUse: .tellService)
        let seated = try await fetch(ReadBody(body, of: heading.alliance.id))
        guard seated.body.isExternal else { throw NoSuchPage() }
        return ServicePlace(
            heading: heading, body: seated.body,
            service: try await fetch(ReadBodyService(of: body, in: heading.alliance.id)))
    }
}
