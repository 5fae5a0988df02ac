import Elections
import Foundation
import Kernel
import Tenancy

extension Path {
    /// The order of the ballot of a contest, and its draw.
    static let ballotOrder = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/orden/{contest}")
    /// Writes the number of that draw down.
    static let ballotOrderNumber = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/orden/{contest}/numero")
    /// Confirms the number, which draws.
    static let confirmBallotOrder = Route<AllianceSlug, ID<ElectoralProcess>, ID<Contest>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/orden/{contest}/confirmar")
}

/// The order in which those who stand are on the ballot: how its draw goes, and what came out.
struct BallotOrderPage: Page {
    let heading: AllianceHeading
    let list: SlateList
    let contest: Contest
    let order: BallotOrder
    let mayCanvass: Bool
    let mayConfirm: Bool
    let form: FormState

    var title: String { "Orden del tarjetón" }
    var lead: String? { contest.name }
    var trail: [Crumb] { heading.trail(toSlatesOf: list.process) }
    var help: HelpTopic { "planchas" }

    private var process: ID<ElectoralProcess> { list.process.id }

    func body(_ html: inout HTML) {
        if let file = order.file {
            html.p(
                "El orden vale para la pantalla y para el papel. Se sortea una sola vez; el voto en blanco va siempre al final."
            )
            DrawSteps(
                file: file,
                paths: DrawSteps.Paths(
                    announce: .ballotOrder(heading.slug, process, contest.id),
                    number: .ballotOrderNumber(heading.slug, process, contest.id),
                    confirm: .confirmBallotOrder(heading.slug, process, contest.id),
                    back: .slates(heading.slug, process)),
                mayCanvass: mayCanvass, mayConfirm: mayConfirm, form: form
            ).write(&html)
        } else if order.draw == nil, let refusal = order.refusal {
            html.note(.info, refusal.message)
        }
        if order.file == nil, !order.standing.isEmpty { writeOrder(&html) }
    }

    private func writeOrder(_ html: inout HTML) {
        html.section(order.draw == nil ? "Por ahora, como se inscribieron" : "Así quedó el orden") { part in
            part.ol { list in for name in order.standing { list.li(name) } }
            part.p("Después va el voto en blanco.", .class("form-text"))
            if !order.latecomers.isEmpty {
                part.p(
                    "Van al final, porque se admitieron después del sorteo: \(SpanishFormat.list(order.latecomers))."
                )
            }
        }
        if let draw = order.draw {
            html.section("El sorteo") { $0.draw(draw, .ballotOrder, steps: draw.orderSteps) }
        }
    }
}

/// The draw of the order of a ballot.
struct BallotOrderRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.ballotOrder, show: show, act: announce)
        tenant.form(Path.ballotOrderNumber, show: show, act: nameNumber)
        tenant.form(Path.confirmBallotOrder, show: show, act: confirm)
    }

    @Sendable private func show(
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

    @Sendable private func announce(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let source = try form.read(DrawForm().source)
        try await context.run(
            AnnounceDraw(
                of: contest, in: ProcessPlace(process, of: heading.alliance.id), for: .ballotOrder,
                from: source), form)
        return Redirect(
            to: .ballotOrder(slug, process, contest), "El sorteo quedó anunciado. Lea los dos sellos.")
    }

    @Sendable private func nameNumber(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = DrawForm()
        let (number, witnesses) = try form.read(fields.number, fields.witnesses)
        try await context.run(
            NameDrawNumber(
                number, of: contest, in: ProcessPlace(process, of: heading.alliance.id), for: .ballotOrder,
                witnesses: witnesses), form)
        return Redirect(
            to: .ballotOrder(slug, process, contest),
            "El número quedó registrado. Falta que otra persona lo confirme.")
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ contest: ID<Contest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        _ = try form.read(DrawForm().heard)
        guard let attempt = form.entries.first("attempt").flatMap({ Int($0) }) else {
            throw CanvassError.drawNumberChanged
        }
        try await context.run(
            ConfirmDraw(
                attempt, of: contest, in: ProcessPlace(process, of: heading.alliance.id), for: .ballotOrder),
            form)
        return Redirect(to: .ballotOrder(slug, process, contest), "El orden quedó sorteado.")
    }
}
