import Elections
import Foundation
import Kernel
import Tenancy

/// What two people do with a box: proposed, seconded, taken back.
struct BoxActRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.proposeBoxAct,
            show: { context, state, slug, process, box, act in
                let scene = try await context.box(box, of: process, slug)
                return ProposeBoxActPage(
                    scene: scene, object: .act(act), mayPropose: context.may(act.kind.permission, scene),
                    now: context.visit.now, form: state)
            },
            act: { context, form, slug, process, box, act in
                try await propose(act.kind, context, form, slug, process, box)
            })
        tenant.form(
            Path.excludeBallot,
            show: { context, state, slug, process, box in
                let scene = try await context.box(box, of: process, slug)
                return ProposeBoxActPage(
                    scene: scene, object: .exclusion, mayPropose: context.may(.actOnBoxes, scene),
                    now: context.visit.now, form: state)
            },
            act: { context, form, slug, process, box in
                let scene = try await context.box(box, of: process, slug)
                let challenge = try form.read(BoxActForm.challenge(scene.file.openChallenges))
                let tracker = try form.read(BoxActForm.tracker)
                guard let digest = HashDigest(tracker: tracker) else { throw BoxError.noTracker }
                return try await propose(
                    .exclude(tracker: digest, challenge: challenge), context, form, slug, process, box)
            })
        tenant.form(
            Path.settleConflict,
            show: { context, state, slug, process, box, conflict in
                let (scene, found) = try await self.conflict(conflict, context, slug, process, box)
                return ProposeBoxActPage(
                    scene: scene, object: .settlement(found), mayPropose: context.may(.actOnBoxes, scene),
                    now: context.visit.now, form: state)
            },
            act: { context, form, slug, process, box, conflict in
                let (scene, found) = try await self.conflict(conflict, context, slug, process, box)
                let outcome = scene.mayLeaveOut(found) ? try form.read(BoxActForm.outcome) : .standing
                return try await propose(
                    outcome == .leftOut ? .leaveOut(conflict) : .settle(conflict), context, form, slug,
                    process,
                    box)
            })
        tenant.form(
            Path.secondBoxAct,
            show: { context, state, slug, process, box, act in
                let scene = try await context.box(box, of: process, slug)
                guard let open = scene.file.acts.first(where: { $0.id == act }) else { throw NoSuchPage() }
                let other = context.principal.role(
                    for: open.kind.permission, in: scene.process.stream, besides: open.role)
                return SecondBoxActPage(
                    scene: scene, act: open,
                    maySecond: other != nil && open.proposer != context.principal.user,
                    mayWithdraw: open.proposer == context.principal.user
                        || context.principal.holds(.prepareBoxes, in: scene.process.stream),
                    now: context.visit.now, form: state)
            },
            act: { context, form, slug, process, box, act in
                let scene = try await context.box(box, of: process, slug)
                let kind = scene.file.acts.first { $0.id == act }?.kind
                if let word = kind?.confirmation { _ = try form.read(word) }
                try await settle(act, seconding: true, context, form, slug, process, box)
                return Redirect(
                    to: .box(slug, process, box), kind?.outcome ?? "Quedó hecho entre dos personas.")
            })
        tenant.post(Path.withdrawBoxAct) { context, form, slug, process, box, act in
            try await settle(act, seconding: false, context, form, slug, process, box)
            return Redirect(to: .box(slug, process, box), "La propuesta se retiró.")
        }
    }

    @Sendable private func conflict(
        _ id: ID<ParticipationConflict>, _ context: TenantContext, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> (BoxScene, ParticipationConflict) {
        let scene = try await context.box(box, of: process, slug)
        guard let found = scene.file.conflicts.first(where: { $0.id == id }) else { throw NoSuchPage() }
        return (scene, found)
    }

    @Sendable private func propose(
        _ kind: BoxAct.Kind, _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            ProposeBoxAct(
                kind, of: box, because: try form.read(BoxActForm.reason),
                in: ProcessPlace(process, of: heading.alliance.id)), form)
        return Redirect(
            to: .box(slug, process, box),
            "Quedó propuesto. Falta que lo confirme otra persona, con otra función.")
    }

    @Sendable private func settle(
        _ act: ID<ElectoralAct>, seconding isSeconded: Bool, _ context: TenantContext, _ form: Submission,
        _ slug: AllianceSlug, _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws {
        let heading = try await context.alliance(slug)
        try await context.run(
            SettleBoxAct(
                act, seconding: isSeconded, of: box, in: ProcessPlace(process, of: heading.alliance.id)), form
        )
    }
}

extension TenantContext {
    /// Whether who looks may propose something with a box that takes a permission.
    fileprivate func may(_ permission: Permission, _ scene: BoxScene) -> Bool {
        principal.role(for: permission, in: scene.process.stream) != nil
    }
}

extension BoxAct.Kind {
    /// What is so once two people did it.
    fileprivate var outcome: String {
        switch self {
        case .open: "La urna está abierta: recibe votos dentro de sus horas."
        case .close: "La urna quedó cerrada: no entra ningún voto más."
        case .count: "Los votos quedaron sumados, cifrados. Ahora descifran los custodios."
        case .annul: "La urna quedó anulada."
        case .exclude: "El voto quedó excluido."
        case .settle: "La contradicción quedó resuelta. Los votos quedan como están."
        case .leaveOut: "La contradicción quedó resuelta y el voto electrónico, excluido."
        }
    }
}

extension HashDigest {
    /// How many signs a tracker has.
    static let trackerLength = 43

    /// Reads a tracker as it is shown and copied.
    init?(tracker: String) {
        let text = tracker.filter { !$0.isWhitespace }
        guard text.utf8.count == Self.trackerLength, let data = Data(base64Encoded: text + "=") else {
            return nil
        }
        self.init(bytes: Array(data))
    }
}
