import Elections
import Kernel
import Tenancy

/// The draws of a process: of ties, and of the order of its ballots. They go the same way, each on pages of its own.
struct DrawRoutes {
    private typealias Address = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>

    /// Where a sort of draw is announced, where its number is written down, and where it is confirmed.
    private struct Addresses {
        let announce: Address
        let number: Address
        let confirm: Address
    }

    func add(to tenant: TenantRoutes) {
        add(
            .tie, at: Addresses(announce: Path.draw, number: Path.drawNumber, confirm: Path.confirmDraw),
            to: tenant, show: tie
        ) { draw, slug, process, contest in
            Redirect(
                to: .canvass(slug, process, contest),
                "El sorteo quedó hecho, para \(SpanishFormat.list(draw.winners.map(\.rawValue))).")
        }
        add(
            .ballotOrder,
            at: Addresses(
                announce: Path.ballotOrder, number: Path.ballotOrderNumber, confirm: Path.confirmBallotOrder),
            to: tenant, show: order
        ) { _, slug, process, contest in
            Redirect(to: .ballotOrder(slug, process, contest), "El orden quedó sorteado.")
        }
    }

    private func add<Shown: Page>(
        _ purpose: DrawPurpose, at addresses: Addresses, to tenant: TenantRoutes,
        show:
            @escaping @Sendable (
                TenantContext, FormState, AllianceSlug, ID<ElectoralProcess>, ID<Contest>
            ) async throws -> Shown,
        drawn: @escaping @Sendable (Draw, AllianceSlug, ID<ElectoralProcess>, ID<Contest>) -> Redirect
    ) {
        tenant.form(addresses.announce, show: show) { context, form, slug, process, contest in
            let heading = try await context.alliance(slug)
            let source = try form.read(DrawForm().source)
            try await context.run(
                AnnounceDraw(
                    of: contest, in: ProcessPlace(process, of: heading.alliance.id), for: purpose,
                    from: source), form)
            return Redirect(
                to: addresses.announce(slug, process, contest),
                "El sorteo quedó anunciado. Lea los dos sellos.")
        }
        tenant.form(addresses.number, show: show) { context, form, slug, process, contest in
            let heading = try await context.alliance(slug)
            let fields = DrawForm()
            let (number, witnesses) = try form.read(fields.number, fields.witnesses)
            try await context.run(
                NameDrawNumber(
                    number, of: contest, in: ProcessPlace(process, of: heading.alliance.id), for: purpose,
                    witnesses: witnesses), form)
            return Redirect(
                to: addresses.announce(slug, process, contest),
                "El número quedó registrado. Falta que otra persona lo confirme.")
        }
        tenant.form(addresses.confirm, show: show) { context, form, slug, process, contest in
            let heading = try await context.alliance(slug)
            _ = try form.read(DrawForm().heard)
            guard let attempt = form.entries.first("attempt").flatMap({ Int($0) }) else {
                throw CanvassError.drawNumberChanged
            }
            let draw = try await context.run(
                ConfirmDraw(
                    attempt, of: contest, in: ProcessPlace(process, of: heading.alliance.id), for: purpose),
                form)
            return drawn(draw, slug, process, contest)
        }
    }

    @Sendable private func tie(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> DrawPage {
        let scene = try await context.scene(slug, process)
        try context.require(.seeCanvasses, in: scene)
        guard let file = try await context.fetch(ReadDraw(of: contest, in: scene.place)) else {
            throw NoSuchPage()
        }
        return DrawPage(
            heading: scene.heading, day: scene.day, contest: try scene.contest(contest),
            report: try await context.report(of: contest, in: scene), file: file,
            mayCanvass: context.may(.canvass, in: scene),
            mayConfirm: context.may(.confirmDraws, in: scene), form: state)
    }

    @Sendable private func order(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> BallotOrderPage {
        let heading = try await context.alliance(slug)
        let place = ProcessPlace(process, of: heading.alliance.id)
        let list = try await context.fetch(ListSlates(of: process, of: heading.alliance.id))
        guard let found = list.contests.first(where: { $0.id == contest }) else { throw NoSuchPage() }
        return BallotOrderPage(
            heading: heading, list: list, contest: found,
            order: try await context.fetch(ReadBallotOrder(of: contest, in: place)),
            mayCanvass: context.may(.canvass, in: list.process.stream),
            mayConfirm: context.may(.confirmDraws, in: list.process.stream), form: state)
    }
}
