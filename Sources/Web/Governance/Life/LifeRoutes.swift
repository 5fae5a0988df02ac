import Governance
import Kernel
import Tenancy

/// The life of an alliance.
struct LifeRoutes {
    func add(to tenant: TenantRoutes) {
        let files = Submission.Limit.files(megabytes: PaperForm.megabytes)
        tenant.get(Path.life) { context, slug in
            let heading = try await context.alliance(slug)
            return LifePage(
                heading: heading, life: try await context.fetch(ReadLife(of: heading.alliance.id)),
                dissolution: try await context.read(.readGovernance, in: heading.stream) {
                    try await $0.dissolutions(of: heading.alliance.id).first
                },
                mayKeep: context.may(.keepLife, in: heading.stream),
                mayConstitute: context.may(.recordConstitutions, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.form(
            Path.newAllianceCall, upTo: files,
            show: { context, state, slug in
                AllianceCallPage(heading: try await context.alliance(slug, toUse: .keepLife), form: state)
            }, act: call)
        tenant.form(
            Path.newRegistryStep, upTo: files,
            show: { context, state, slug in
                RegistryStepPage(
                    heading: try await context.alliance(slug, toUse: .keepLife), today: context.today,
                    form: state)
            }, act: file)
        RenewalRoutes().add(to: tenant)
        tenant.form(Path.finishRenewal, upTo: files, show: renewalToFinish, act: finish)
        tenant.form(Path.dropRenewal, show: renewalToDrop, act: drop)
    }

    @Sendable private func call(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        let fields = AllianceCallForm()
        let (calledBy, caller, day, addressedTo, channels, paper) = try form.read(
            fields.calledBy, fields.caller, fields.calledOn, fields.addressedTo, fields.channels, fields.paper
        )
        try await context.run(
            RecordAllianceCall(
                of: heading.alliance.id, by: calledBy, named: caller, on: day, to: addressedTo,
                through: channels, paper: try paper?.stored(on: day)), form)
        return Redirect(to: .life(slug), "La convocatoria quedó registrada.")
    }

    @Sendable private func file(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        let fields = RegistryStepForm()
        let (kind, authority, number, day, note, paper) = try form.read(
            fields.kind, fields.authority, fields.number, fields.day, fields.note, fields.paper)
        try await context.run(
            RecordRegistryStep(
                RegistryStep(kind, before: authority, number: number, on: day, note: note ?? ""),
                of: heading.alliance.id, paper: try paper?.stored(on: day)), form)
        return Redirect(to: .life(slug), "El trámite quedó anotado.")
    }

    @Sendable private func renewalToFinish(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> FinishRenewalPage {
        let (heading, renewal) = try await context.renewal(id, slug)
        return FinishRenewalPage(heading: heading, renewal: renewal, form: state)
    }

    @Sendable private func finish(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        let fields = FinishRenewalForm()
        let (day, minutes, paper, registration) = try form.read(
            fields.day, fields.minutes, fields.paper, fields.registration)
        try await context.run(
            FinishRenewal(
                id, of: heading.alliance.id, on: day, minutes: minutes, paper: try paper?.stored(on: day),
                registration: registration), form)
        return Redirect(to: .life(slug), "La alianza quedó renovada.")
    }

    @Sendable private func renewalToDrop(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> DropRenewalPage {
        let (heading, renewal) = try await context.renewal(id, slug)
        return DropRenewalPage(heading: heading, renewal: renewal, form: state)
    }

    @Sendable private func drop(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Renewal>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLife)
        try await context.run(
            DropRenewal(id, of: heading.alliance.id, because: try form.read(DropRenewalPage.reason)), form)
        return Redirect(to: .life(slug), "La renovación quedó descartada.")
    }
}
