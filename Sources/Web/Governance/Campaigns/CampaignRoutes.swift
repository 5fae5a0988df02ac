import Governance
import Kernel
import Tenancy

/// Campaigns and bulletins: planned, written, sent.
struct CampaignRoutes {
    private static let limit = Submission.Limit.files(megabytes: PaperForm.megabytes)

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.campaigns) { context, slug in
            let heading = try await context.alliance(slug)
            return CampaignsPage(
                query: ListQuery(context.visit), heading: heading,
                campaigns: try await context.fetch(ReadCampaigns(of: heading.alliance.id)),
                mayRun: context.may(.runCampaigns, in: heading.stream), today: context.today)
        }
        tenant.form(Path.newCampaign, show: newCampaign, act: plan)
        tenant.get(Path.campaign) { context, slug, id in
            let heading = try await context.alliance(slug)
            return CampaignPage(
                heading: heading, answer: try await context.fetch(ReadCampaign(id, of: heading.alliance.id)),
                mayRun: context.may(.runCampaigns, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream), today: context.today)
        }
        tenant.form(Path.editCampaign, show: toEdit, act: edit)
        tenant.form(Path.campaignPiece, upTo: Self.limit, show: toWrite, act: write)
        tenant.form(Path.newSending, upTo: Self.limit, show: toSend, act: send)
        tenant.form(Path.withdrawSending, show: toWithdraw, act: withdraw)
        tenant.form(Path.closeCampaign, show: toClose, act: close)
        tenant.form(Path.shareCampaign, show: toShare, act: share)
    }

    private func found(
        _ id: ID<Campaign>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (heading: AllianceHeading, answer: ReadCampaign.Answer) {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        return (heading, try await context.fetch(ReadCampaign(id, of: heading.alliance.id)))
    }

    // MARK: What it is

    @Sendable private func newCampaign(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> CampaignFormPage {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        return CampaignFormPage(
            heading: heading, known: nil, mayReserve: heading.mayReserve, form: state)
    }

    @Sendable private func plan(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        let campaign = try CampaignForm().read(form, mayReserve: heading.mayReserve)
        let id = try await context.run(PlanCampaign(campaign, of: heading.alliance.id), form)
        return Redirect(to: .campaign(slug, id), "Quedó programada. Ahora escriba la pieza.")
    }

    @Sendable private func toEdit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> CampaignFormPage {
        let (heading, answer) = try await found(id, slug, context)
        return CampaignFormPage(
            heading: heading, known: answer.summary.campaign, mayReserve: false, form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> Redirect {
        let (heading, answer) = try await found(id, slug, context)
        let revision = try form.read(CampaignFormPage.revision)
        guard revision == answer.summary.campaign.revision else { throw CampaignError.changedMeanwhile }
        let campaign = try CampaignForm().read(form, answer.summary.campaign, mayReserve: false)
        try await context.run(EditCampaign(campaign, of: heading.alliance.id), form)
        return Redirect(to: .campaign(slug, id), "Los cambios quedaron guardados.")
    }

    // MARK: Its piece

    @Sendable private func toWrite(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> CampaignPiecePage {
        let (heading, answer) = try await found(id, slug, context)
        return CampaignPiecePage(heading: heading, answer: answer, form: state)
    }

    @Sendable private func write(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        let (words, file, known) = try form.read(
            CampaignPiecePage.words, CampaignPiecePage.file, CampaignPiecePage.known)
        let version = try await context.run(
            WriteCampaignPiece(
                of: id, in: heading.alliance.id, after: known, words: words,
                file: try file?.stored(on: context.today), keepsFile: known > 0), form)
        return Redirect(to: .campaign(slug, id), "La versión \(version) de la pieza quedó guardada.")
    }

    // MARK: What was sent

    @Sendable private func toSend(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> SendingPage {
        let (heading, answer) = try await found(id, slug, context)
        return SendingPage(
            heading: heading, campaign: answer.summary.campaign,
            asked: context.visit["medio"].flatMap(MeetingCall.Kind.init), form: state, today: context.today)
    }

    @Sendable private func send(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        let (channel, day, reached, note, evidence) = try form.read(
            SendingPage.channel, SendingPage.day, SendingPage.reached, SendingPage.note,
            SendingPage.evidence)
        try await context.run(
            RecordSending(
                of: id, in: heading.alliance.id, by: channel, on: day, reached: reached, note: note,
                evidence: try evidence?.stored(on: day)), form)
        return Redirect(to: .campaign(slug, id), "El envío quedó anotado.")
    }

    @Sendable private func toWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Campaign>,
        _ sending: ID<CampaignSending>
    ) async throws -> CampaignNotePage {
        let (heading, answer) = try await found(id, slug, context)
        guard let known = answer.sendings.first(where: { $0.id == sending && $0.withdrawal == nil }) else {
            throw NoSuchPage()
        }
        return CampaignNotePage(
            heading: heading, campaign: answer.summary.campaign, sending: known, form: state)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Campaign>,
        _ sending: ID<CampaignSending>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        let note = try form.read(CampaignNotePage.note(isWithdrawal: true))
        try await context.run(
            WithdrawSending(sending, of: id, in: heading.alliance.id, because: note), form)
        return Redirect(to: .campaign(slug, id), "El envío ya no cuenta.")
    }

    // MARK: Its end

    @Sendable private func toClose(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> CampaignNotePage {
        let (heading, answer) = try await found(id, slug, context)
        return CampaignNotePage(
            heading: heading, campaign: answer.summary.campaign, sending: nil, form: state)
    }

    @Sendable private func close(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        let words = try form.read(CampaignNotePage.note(isWithdrawal: false))
        try await context.run(CloseCampaign(id, of: heading.alliance.id, words), form)
        return Redirect(to: .campaign(slug, id), "La campaña quedó terminada.")
    }

    @Sendable private func toShare(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> ShareOwnPage {
        let (heading, answer) = try await found(id, slug, context)
        let campaign = answer.summary.campaign
        return ShareOwnPage(
            title: "Compartir «\(campaign.title)»", trail: heading.campaignTrail(campaign),
            help: "campanas", path: .shareCampaign(slug, id), back: .campaign(slug, id), form: state)
    }

    @Sendable private func share(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Campaign>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .runCampaigns)
        try await context.run(ShareCampaign(id, of: heading.alliance.id), form)
        return Redirect(to: .campaign(slug, id), "La entidad ya la ve.")
    }
}

extension AllianceHeading {
    /// Whether the person is on the board, which alone has a space of its own.
    var mayReserve: Bool { principal.mayReserve(in: stream) }
}
