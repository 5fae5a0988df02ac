import Elections
import Hummingbird
import Kernel
import Postgres
import Tenancy

/// The guarantors of a process.
struct GuarantorRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.guarantors) { context, slug, process in
            let (heading, answer) = try await context.guarantors(of: process, slug)
            let stream = answer.file.process.stream
            return GuarantorsPage(
                heading: heading, answer: answer, mayInvite: context.may(.inviteGuarantors, in: stream),
                mayAccredit: context.may(.accreditGuarantors, in: stream), user: context.principal.user)
        }
        tenant.form(Path.inviteGuarantor, show: invitation, act: invite)
        tenant.get(Path.guarantorLetter) { context, slug, process, guarantor in
            let (heading, answer) = try await context.guarantors(of: process, slug)
            let entity = try await context.organization()
            let code = answer.tables.first?.municipality ?? entity.municipality
            let (places, contact) = try await context.read(
                .seeProcesses, in: answer.file.process.stream
            ) { transaction in
                (
                    try await transaction.municipalities(coded: [code]),
                    try await transaction.contact(of: heading.alliance.id)
                )
            }
            let letter = GuarantorLetter(
                guarantor: try answer[guarantor], process: answer.file.process,
                alliance: heading.alliance.name, entity: entity, city: places.first?.name,
                voting: answer.voting, places: answer.places, contact: contact)
            return try await context.printed(letter, as: "invitacion-garante")
        }
        tenant.form(Path.accreditGuarantor, show: accreditation, act: accredit)
        tenant.form(Path.guarantorRemark, show: remark, act: record)
    }

    @Sendable private func invitation(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> InviteGuarantorPage {
        let (heading, answer) = try await context.guarantors(of: process, slug)
        return InviteGuarantorPage(heading: heading, answer: answer, form: state)
    }

    @Sendable private func invite(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = GuarantorForm()
        let (kind, institution, invitation) = try form.read(
            fields.kind, fields.institution, fields.invitation)
        try await context.run(
            InviteGuarantor(kind, institution, writing: invitation, to: process, of: heading.alliance.id),
            form)
        return Redirect(
            to: .guarantors(slug, process), "La invitación quedó guardada. Imprima o envíe la carta.")
    }

    @Sendable private func accreditation(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ guarantor: ID<Guarantor>
    ) async throws -> AccreditGuarantorPage {
        let (heading, answer) = try await context.guarantors(of: process, slug)
        return AccreditGuarantorPage(
            heading: heading, process: answer.file.process, guarantor: try answer[guarantor],
            users: try await context.participants(for: .accreditGuarantors, in: answer.file.process.stream),
            form: state)
    }

    @Sendable private func accredit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ guarantor: ID<Guarantor>
    ) async throws -> ParticipantAnswer {
        let (heading, answer) = try await context.guarantors(of: process, slug)
        let users = try await context.participants(for: .accreditGuarantors, in: answer.file.process.stream)
        let (name, officeTitle, participant) = try AccreditationForm(users).read(
            form, through: context.visit.site.identity)
        let invitation = try await context.run(
            AccreditGuarantor(
                guarantor, named: name, officeTitle, as: participant, with: try DocumentFields().read(form),
                in: process, of: heading.alliance.id),
            form)
        return ParticipantAnswer(
            heading: heading, process: answer.file.process, title: "El garante quedó acreditado",
            invitation: invitation, back: .guarantors(slug, process))
    }

    @Sendable private func remark(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ guarantor: ID<Guarantor>
    ) async throws -> RemarkPage {
        let (heading, answer) = try await context.guarantors(of: process, slug)
        return RemarkPage(
            heading: heading, process: answer.file.process, guarantor: try answer[guarantor], form: state)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>,
        _ guarantor: ID<Guarantor>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let body = try form.read(RemarkForm().body)
        try await context.run(RecordRemark(body, of: guarantor, in: process, of: heading.alliance.id), form)
        return Redirect(to: .guarantors(slug, process), "La observación quedó registrada.")
    }
}

extension ReadGuarantors.Answer {
    /// A guarantor.
    ///
    /// - Throws: ``NoSuchPage``.
    fileprivate subscript(_ id: ID<Guarantor>) -> Guarantor {
        get throws(NoSuchPage) {
            guard let found = guarantors.first(where: { $0.id == id }) else { throw NoSuchPage() }
            return found
        }
    }
}

extension TenantContext {
    fileprivate func guarantors(
        of process: ID<ElectoralProcess>, _ slug: AllianceSlug
    ) async throws -> (AllianceHeading, ReadGuarantors.Answer) {
        let heading = try await alliance(slug)
        return (heading, try await fetch(ReadGuarantors(of: process, of: heading.alliance.id)))
    }
}
