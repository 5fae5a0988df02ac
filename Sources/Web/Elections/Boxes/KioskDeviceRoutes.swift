import Elections
import Kernel
import Postgres
import Tenancy

/// The device that is a booth: it waits for its next voter, lets them in by the PIN of a juror, and ends.
struct KioskDeviceRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.kiosk, show: wait, act: letIn)
        everybody.get(Path.kioskBooth) { context, tenant in
            let (organization, _) = try await context.kiosk(of: tenant)
            // Back, a reload or another tab find the booth while its voter's turn lasts, and nothing of anybody after it.
            guard let pass = try await context.votingPass(of: organization), pass.way == .kiosk else {
                return AnyAnswer(Redirect(to: .kiosk(tenant)))
            }
            let site = context.visit.site
            let file = try await site.entrance.booth(of: pass, in: organization)
            return AnyAnswer(
                try BoothPage(file, .kiosk, of: tenant, at: site, next: .kiosk(tenant)))
        }
        everybody.form(Path.endKiosk, show: ending, act: end)
    }

    @Sendable private func wait(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug
    ) async throws -> KioskPage {
        let (organization, token) = try await context.kiosk(of: tenant)
        let kiosk = try await context.visit.site.entrance.free(token, of: organization)
        return KioskPage(tenant: tenant, kiosk: kiosk, now: context.visit.now, form: state)
    }

    @Sendable private func letIn(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug
    ) async throws -> Redirect {
        let (organization, token) = try await context.kiosk(of: tenant)
        let (document, (pin, serial)) = try form.together(
            { try DocumentFields().required($0) }, { try $0.read(KioskPage.pin, KioskPage.serial) })
        let (_, pass) = try await context.visit.site.entrance.letIn(
            document, drawing: serial, to: token, pin: pin, of: organization)
        // The document and the PIN are in no page of the history: a reload sends them to nobody.
        return Redirect(to: .kioskBooth(tenant)).setting(.pass, pass.text, at: context.visit.site)
    }

    @Sendable private func ending(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug
    ) async throws -> EndKioskPage {
        let (organization, token) = try await context.kiosk(of: tenant)
        let kiosk = try await context.visit.site.entrance.free(token, of: organization)
        return EndKioskPage(tenant: tenant, kiosk: kiosk, form: state)
    }

    @Sendable private func end(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug
    ) async throws -> Redirect {
        let (organization, token) = try await context.kiosk(of: tenant)
        let site = context.visit.site
        let kiosk = try await site.entrance.kiosk(
            token, pin: try form.read(KioskPage.pin), of: organization)
        try await site.runner.run(
            CloseKiosk(kiosk.id, of: kiosk.box.id, in: kiosk.box.place), as: .system(in: organization))
        return Redirect(to: .signIn(), "La cabina quedó cerrada.").setting(.kiosk, "", at: site, lasting: 0)
            .setting(.pass, "", at: site, lasting: 0)
    }
}

extension PublicContext {
    /// The booth that the device is.
    ///
    /// - Throws: `EntranceError.kioskUnknown`.
    fileprivate func kiosk(of tenant: TenantSlug) async throws -> (ID<Organization>, EntranceToken) {
        let organization = try await published { try await $0.organization(slug: tenant.rawValue) }
        guard let organization, let token = visit.kioskToken.flatMap(EntranceToken.init) else {
            throw EntranceError.kioskUnknown
        }
        return (organization.id, token)
    }
}
