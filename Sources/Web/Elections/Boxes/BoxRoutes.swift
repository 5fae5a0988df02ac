import Elections
import Foundation
import Kernel
import Tenancy

/// The electronic boxes of a process, as those who run it work with them.
struct BoxRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.boxes) { context, slug, process in
            let scene = try await context.scene(slug, process)
            return BoxesPage(
                heading: scene.heading, process: scene.day.process,
                boxes: try await context.fetch(ReadBoxes(of: scene.place)),
                mayRun: context.may(.prepareBoxes, in: scene), openChallenges: scene.day.openChallenges,
                now: context.visit.now)
        }
        tenant.form(Path.newBox, show: newBox, act: draft)
        tenant.get(Path.box) { context, slug, process, box in
            let scene = try await context.box(box, of: process, slug)
            return BoxPage(
                heading: scene.heading, process: scene.process, file: scene.file,
                board: scene.box.fingerprint == nil
                    ? nil : context.visit.tenant.map { .boxBoard($0, slug, process, box) },
                rights: BoxPage.Rights(
                    mayRun: context.may(.prepareBoxes, in: scene.process.stream),
                    mayAct: context.may(.decideOnBoxes, in: scene.process.stream),
                    mayClose: context.may(.actOnBoxes, in: scene.process.stream),
                    mayChallenge: !scene.box.isMock && scene.box.state.isChallengeable
                        && context.may(.fileChallenges, in: scene.process.stream),
                    user: context.principal.user),
                words: context.visit.site.codeWords, now: context.visit.now)
        }
        tenant.form(Path.editBox, show: edit, act: change)
        tenant.form(Path.appointTrustee, show: trustee, act: appointTrustee)
        tenant.form(Path.relieveTrustee, show: relief, act: relieve)
        tenant.form(Path.appointAuthority, show: authority, act: appointAuthority)
        tenant.form(Path.relieveAuthority, show: authorityRelief, act: relieveAuthority)
        tenant.form(Path.sealBox, show: sealing, act: seal)
        BoxActRoutes().add(to: tenant)
        BoxDeskRoutes().add(to: tenant)
        KioskRoutes().add(to: tenant)
        BoxTableRoutes().add(to: tenant)
    }

    // MARK: The draft

    @Sendable private func newBox(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> BoxFormPage {
        try await form(for: nil, of: process, slug, context, state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> BoxFormPage {
        try await form(for: try await context.box(box, of: process, slug), of: process, slug, context, state)
    }

    private func form(
        for scene: BoxScene?, of process: ID<ElectoralProcess>, _ slug: AllianceSlug,
        _ context: TenantContext,
        _ state: FormState
    ) async throws -> BoxFormPage {
        let heading = try await context.alliance(slug)
        let draft = try await context.fetch(ReadBoxDraft(of: ProcessPlace(process, of: heading.alliance.id)))
        // A runoff is voted another day than the calendar has.
        let hours = draft.hours.flatMap { $0.upperBound > context.visit.now ? $0 : nil }
        // Nobody opens a box at an hour that has passed.
        let opens = max(hours?.lowerBound ?? context.visit.now, context.visit.now)
        let isMock = scene?.box.isMock ?? (context.visit["simulacro"] == "si")
        let contests = draft.contests(ofMock: isMock)
        return BoxFormPage(
            heading: heading, process: draft.process, box: scene?.box, isMock: isMock,
            contests: contests, runoffs: draft.runoffs,
            chosen: scene?.file.questions.map(\.contest) ?? contests.map(\.id),
            remoteIsAllowed: draft.remoteIsAllowed, words: context.visit.site.codeWords,
            proposed: BallotBox.Choices(
                opensAt: opens, closesAt: hours?.upperBound ?? opens.addingTimeInterval(4 * 3600)),
            form: state)
    }

    @Sendable private func draft(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let place = ProcessPlace(process, of: heading.alliance.id)
        let draft = try await context.fetch(ReadBoxDraft(of: place))
        let isMock = context.visit["simulacro"] == "si"
        let (contests, choices) = try BoxForm(
            draft.contests(ofMock: isMock), remoteIsAllowed: draft.remoteIsAllowed,
            words: context.visit.site.codeWords
        ).read(form)
        let box = try await context.run(DraftBox(of: contests, choices, isMock: isMock, in: place), form)
        return Redirect(
            to: .box(slug, process, box),
            isMock
                ? "El simulacro quedó en preparación."
                : "La urna quedó en preparación. Siga la lista de lo que falta.")
    }

    @Sendable private func change(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let place = ProcessPlace(process, of: heading.alliance.id)
        let draft = try await context.fetch(ReadBoxDraft(of: place))
        let choices = try BoxForm(
            draft.contests, remoteIsAllowed: draft.remoteIsAllowed, words: context.visit.site.codeWords
        ).readChoices(form)
        try await context.run(EditBox(box, choices, in: place), form)
        return Redirect(to: .box(slug, process, box), "Los cambios quedaron guardados.")
    }

    // MARK: People

    @Sendable private func trustee(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> BoxAppointmentPage {
        try await appointment(.trustee, context, state, slug, process, box)
    }

    @Sendable private func authority(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> BoxAppointmentPage {
        try await appointment(.authority, context, state, slug, process, box)
    }

    private func appointment(
        _ post: BoxAppointmentPage.Post, _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug,
        _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) async throws -> BoxAppointmentPage {
        let scene = try await context.box(box, of: process, slug)
        return BoxAppointmentPage(
            heading: scene.heading, process: scene.process, box: scene.box, post: post,
            users: try await context.users(for: post, in: scene), form: state)
    }

    @Sendable private func appointTrustee(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> ParticipantAnswer {
        let scene = try await context.box(box, of: process, slug)
        let users = try await context.users(for: .trustee, in: scene)
        let (body, participant, document) = try form.together(
            { try $0.read(BoxAppointmentPage.trusteeBody) },
            {
                try ParticipantForm(users).read(
                    $0, as: "Custodio de la llave", through: context.visit.site.identity)
            },
            { try DocumentFields().read($0) })
        let appointment = try await context.run(
            AppointTrustee(participant, for: body, with: document, of: box, in: scene.place), form)
        return ParticipantAnswer(
            heading: scene.heading, process: scene.process, title: "El custodio quedó nombrado",
            invitation: appointment.invitation, back: scene.path)
    }

    @Sendable private func appointAuthority(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> ParticipantAnswer {
        let scene = try await context.box(box, of: process, slug)
        let users = try await context.users(for: .authority, in: scene)
        let (participant, document) = try form.together(
            {
                try ParticipantForm(users).read(
                    $0, as: "Autoridad de credenciales", through: context.visit.site.identity)
            },
            { try DocumentFields().read($0) })
        let appointment = try await context.run(
            AppointCredentialAuthority(participant, with: document, of: box, in: scene.place), form)
        return ParticipantAnswer(
            heading: scene.heading, process: scene.process,
            title: "La autoridad de credenciales quedó nombrada",
            invitation: appointment.invitation, back: scene.path)
    }

    @Sendable private func relief(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>, _ trustee: ID<BoxTrustee>
    ) async throws -> BoxReliefPage {
        let scene = try await context.box(box, of: process, slug)
        guard let found = scene.file.trustees.first(where: { $0.id == trustee }) else { throw NoSuchPage() }
        return BoxReliefPage(scene: scene, post: .trustee(found), form: state)
    }

    @Sendable private func authorityRelief(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> BoxReliefPage {
        let scene = try await context.box(box, of: process, slug)
        guard let authority = scene.file.authority else { throw NoSuchPage() }
        return BoxReliefPage(scene: scene, post: .authority(authority), form: state)
    }

    @Sendable private func relieveAuthority(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            RelieveCredentialAuthority(
                of: box, because: try form.read(ReliefForm().reason),
                in: ProcessPlace(process, of: heading.alliance.id)), form)
        return Redirect(
            to: .box(slug, process, box),
            "La autoridad de credenciales quedó relevada, y sus claves ya no sirven. Nombre a otra persona.")
    }

    @Sendable private func relieve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>, _ trustee: ID<BoxTrustee>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            RelieveTrustee(
                trustee, because: try form.read(ReliefForm().reason), of: box,
                in: ProcessPlace(process, of: heading.alliance.id)), form)
        return Redirect(to: .box(slug, process, box), "El custodio quedó relevado. Nombre a otra persona.")
    }

    // MARK: The seal

    @Sendable private func sealing(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> SealBoxPage {
        SealBoxPage(
            scene: try await context.box(box, of: process, slug), now: context.visit.now, form: state)
    }

    @Sendable private func seal(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ box: ID<BallotBox>
    ) async throws -> Redirect {
        _ = try form.read(SealBoxPage.confirmation.field)
        let heading = try await context.alliance(slug)
        try await context.run(SealBox(box, in: ProcessPlace(process, of: heading.alliance.id)), form)
        return Redirect(
            to: .box(slug, process, box), "La urna quedó sellada. Ahora los custodios prueban su llave.")
    }
}

extension BoxScene {
    var place: ProcessPlace { ProcessPlace(process.id, of: heading.alliance.id) }
}

extension TenantContext {
    /// A box, as its address names it.
    func box(
        _ box: ID<BallotBox>, of process: ID<ElectoralProcess>, _ slug: AllianceSlug
    ) async throws -> BoxScene {
        let (heading, file) = try await self.process(process, of: slug)
        return BoxScene(
            heading: heading, process: file.process,
            file: try await fetch(ReadBox(box, in: ProcessPlace(process, of: heading.alliance.id))))
    }

    /// Who may be named.
    fileprivate func users(for post: BoxAppointmentPage.Post, in scene: BoxScene) async throws -> [User] {
        try await fetch(
            ReadNameable(as: post == .trustee ? .trustee : .credentialAuthority, in: scene.place))
    }
}
