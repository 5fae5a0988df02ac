import Governance
import Kernel
import Tenancy

/// Handovers between boards.
struct HandoverRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.newHandover, show: newHandover, act: prepare)
        tenant.get(Path.handover) { context, slug, body, id in
            let place = try await context.handover(id, of: body, slug)
            return BoardHandoverPage(
                place: place, mayPrepare: context.may(.handOver, in: place.heading.stream),
                mayOpen: context.may(.openFiles, in: place.heading.stream))
        }
        tenant.form(
            Path.checkHandover,
            show: { context, state, slug, body, id in
                CheckHandoverPage(
                    place: try await context.handover(id, of: body, slug, toUse: .handOver), form: state)
            }, act: check)
        tenant.form(Path.signHandover, show: toSign, act: sign)
        tenant.form(
            Path.bindHandover, upTo: .files(megabytes: PaperForm.megabytes),
            show: { context, state, slug, body, id in
                BindHandoverPage(
                    place: try await context.handover(id, of: body, slug, toUse: .handOver), form: state)
            }, act: bind)
        tenant.form(
            Path.excuseHandover,
            show: { context, state, slug, body, id in
                ExcuseHandoverPage(
                    place: try await context.handover(id, of: body, slug, toUse: .handOver), form: state)
            }, act: excuse)
        tenant.form(
            Path.dropHandover,
            show: { context, state, slug, body, id in
                DropHandoverPage(
                    place: try await context.handover(id, of: body, slug, toUse: .handOver), form: state)
            }, act: drop)
        tenant.get(Path.handoverMinutes, minutes)
    }

    @Sendable private func newHandover(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>
    ) async throws -> NewHandoverPage {
        let heading = try await context.alliance(slug, toUse: .handOver)
        let seated = try await context.fetch(ReadBody(body, of: heading.alliance.id))
        let first = seated.seatings.flatMap { seating in
            ([seating.principal].compactMap(\.self) + seating.awaited).map(\.mandate.actsFrom)
        }.max()
        return NewHandoverPage(heading: heading, seated: seated, proposed: first, form: state)
    }

    @Sendable private func prepare(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .handOver)
        let id = try await context.run(
            PrepareHandover(
                of: body, in: heading.alliance.id, changingOn: try form.read(NewHandoverPage.changedOn)), form
        )
        return Redirect(to: .checkHandover(slug, body, id), "La lista está armada: revísela punto por punto.")
    }

    @Sendable private func check(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Handover>
    ) async throws -> Redirect {
        let place = try await context.handover(id, of: body, slug, toUse: .handOver)
        let addition = try form.read(HandoverMarkForm.addition)
        let unchecked = try await context.run(
            CheckHandover(
                id, of: place.heading.alliance.id,
                marking: try HandoverMarkForm.list(place.answer.items).map { try $0.mark(form) },
                adding: addition), form)
        guard addition == nil else {
            return Redirect(to: .checkHandover(slug, body, id), "Quedó en la lista. Diga si se entrega.")
        }
        return Redirect(
            to: place.path,
            unchecked == 0
                ? "La lista está revisada: ya se puede firmar."
                : "Guardado. Falta revisar \(SpanishFormat.count(unchecked, "punto", "puntos")).")
    }

    private func own(_ place: HandoverPlace) throws -> HandoverSigner {
        guard let own = place.answer.own else { throw HandoverError.notTheSigner }
        return own
    }

    @Sendable private func toSign(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Handover>
    ) async throws -> SignHandoverPage {
        let place = try await context.handover(id, of: body, slug, toUse: .signHandovers)
        return SignHandoverPage(place: place, signer: try own(place), form: state)
    }

    @Sendable private func sign(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Handover>
    ) async throws -> Redirect {
        let place = try await context.handover(id, of: body, slug, toUse: .signHandovers)
        let progress = try await context.run(
            SignHandover(
                try own(place).id, of: id, in: place.heading.alliance.id,
                drawing: try SignatureDrawing(form.entries.first(SigningForm.drawing.name) ?? "")), form)
        // Whoever delivers last loses the right to look further.
        guard !progress.isDone || place.answer.own?.side == .incoming else {
            return Redirect(
                to: .home(), "Su firma quedó, y con ella terminó la entrega y su acceso como junta. Gracias.")
        }
        return Redirect(to: place.path, progress.notice)
    }

    @Sendable private func bind(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Handover>
    ) async throws -> Redirect {
        let place = try await context.handover(id, of: body, slug, toUse: .handOver)
        let fields = HandoverSheetForm(place.answer.signers.filter(\.isAwaited))
        let (signers, day, scan) = try form.read(fields.signers, fields.day, fields.scan)
        let progress = try await context.run(
            SignHandoverOnPaper(
                by: signers, of: id, in: place.heading.alliance.id, scan: try scan.stored(on: day)), form)
        return Redirect(to: place.path, progress.notice)
    }

    @Sendable private func excuse(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Handover>
    ) async throws -> Redirect {
        let place = try await context.handover(id, of: body, slug, toUse: .handOver)
        let fields = HandoverExcuseForm(place.answer.signers.filter(\.isAwaited))
        let (signer, reason) = try form.read(fields.signer, fields.reason)
        let progress = try await context.run(
            ExcuseHandoverSigner(signer, of: id, in: place.heading.alliance.id, because: reason), form)
        return Redirect(to: place.path, progress.isDone ? progress.notice : "Quedó anotado.")
    }

    @Sendable private func drop(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ body: ID<Body>,
        _ id: ID<Handover>
    ) async throws -> Redirect {
        let place = try await context.handover(id, of: body, slug, toUse: .handOver)
        try await context.run(
            DropHandover(
                id, of: place.heading.alliance.id, because: try form.read(DropHandoverPage.reason)), form)
        return Redirect(to: .body(slug, body), "La entrega quedó descartada.")
    }

    @Sendable private func minutes(
        _ context: TenantContext, _ slug: AllianceSlug, _ body: ID<Body>, _ id: ID<Handover>
    ) async throws -> Download {
        let place = try await context.handover(id, of: body, slug)
        let minutes = HandoverMinutes(
            answer: place.answer, alliance: place.heading.alliance.name, entity: context.entry.organization)
        return Download(
            name: "\(minutes.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                minutes, as: HandoverMinutes.kind, of: id, in: place.heading.stream), isInline: true)
    }
}

extension HandoverProgress {
    /// What a person reads after a signature.
    fileprivate var notice: String {
        guard isDone else { return "La firma quedó guardada." }
        return
            "La entrega terminó. Terminaron \(SpanishFormat.count(endedRights, "acceso", "accesos")) de quienes salieron y se \(givenRights == 1 ? "dio" : "dieron") \(givenRights) a quienes entraron."
    }
}

extension TenantContext {
    /// A handover of an address.
    fileprivate func handover(
        _ id: ID<Handover>, of body: ID<Body>, _ slug: AllianceSlug, toUse permission: Permission? = nil
    ) async throws -> HandoverPlace {
        let heading = try await alliance(slug)
        if let permission, !may(permission, in: heading.stream) {
            throw AccessError.notPermitted(permission)
        }
        let answer = try await fetch(ReadHandover(id, of: heading.alliance.id))
        guard answer.handover.body == body else { throw NoSuchPage() }
        return HandoverPlace(heading: heading, answer: answer)
    }
}
