import Governance
import Kernel
import Reporting
import Tenancy

/// Complaints of anybody, with a name or without.
struct PublicComplaintRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.publicComplaint, show: complaint, act: file)
        everybody.form(Path.complaintReceipt, show: receipt, act: follow)
        everybody.form(Path.eraseComplainant, show: toErase, act: erase)
    }

    @Sendable private func complaint(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> PublicComplaintPage {
        let (alliance, organization) = try await context.publishedAlliance(slug, of: tenant)
        return PublicComplaintPage(
            alliance: alliance.name, entity: organization.shortName, tenant: tenant, slug: slug,
            isDissolved: alliance.state == .dissolved, form: state)
    }

    @Sendable private func file(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> FiledComplaintPage {
        let (alliance, organization) = try await context.publishedAlliance(slug, of: tenant)
        let today = ColombianTime.date(at: context.visit.now)
        let (content, complainant) = try form.together(
            { try ComplaintForm().read($0) }, { try ComplainantForm(isDesk: false).read($0, on: today) })
        // Who writes from one place is limited, and nobody uses up another's attempts.
        let filed = try await context.asking(.claim, about: "\(alliance.id) \(context.visit.formCookie)") {
            () async throws -> FileComplaint.Filed? in
            let server = Principal.system(in: organization.id)
            let code = context.visit.receiptCode(of: form, for: "complaint")
            do {
                return try await context.visit.site.runner.run(
                    FileComplaint(
                        content, of: alliance.id, through: .page, by: complainant, from: .everybody,
                        code: code),
                    as: server, key: ID(rawValue: form.key))
            } catch AccessError.alreadyDone {
                let first = try await context.visit.site.runner.fetch(
                    FindFiledComplaint(by: code, in: alliance.id), as: server)
                guard let first else { throw AccessError.alreadyDone }
                return first
            }
        }
        guard let filed else { throw NoSuchPage() }
        return FiledComplaintPage(
            filed: filed,
            trail: [
                Crumb("Alianzas de usuarios", .start()), Crumb(alliance.name, .publicAlliance(tenant, slug)),
            ],
            receipt: .complaintReceipt(tenant, slug), page: nil)
    }

    @Sendable private func receipt(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> ComplaintReceiptPage {
        let (alliance, _) = try await context.publishedAlliance(slug, of: tenant)
        return ComplaintReceiptPage(alliance: alliance.name, tenant: tenant, slug: slug, form: state)
    }

    @Sendable private func follow(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> ComplaintReceiptPage {
        let (alliance, organization) = try await context.publishedAlliance(slug, of: tenant)
        let code = ReadableCode(typed: try form.read(ComplaintReceiptPage.code))
        let found = try await context.asking(.rollCheck, about: "\(alliance.id) \(code)") {
            try await context.published {
                try await $0.complaintReceipt(code, of: alliance.id, in: organization.id)
            }
        }
        guard let found else { throw ComplaintError.receiptNotFound }
        return ComplaintReceiptPage(
            alliance: alliance.name, tenant: tenant, slug: slug, form: FormState(), found: found)
    }

    @Sendable private func toErase(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> EraseComplainantPage {
        let (alliance, _) = try await context.publishedAlliance(slug, of: tenant)
        return EraseComplainantPage(alliance: alliance.name, tenant: tenant, slug: slug, form: state)
    }

    @Sendable private func erase(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let (alliance, organization) = try await context.publishedAlliance(slug, of: tenant)
        let (typed, _) = try form.read(ComplaintReceiptPage.code, Confirmation.erasure.field)
        let code = ReadableCode(typed: typed)
        let erased: Void? = try await context.asking(.rollCheck, about: "\(alliance.id) \(code)") {
            try await context.visit.site.runner.run(
                EraseComplainant(in: alliance.id, asked: .code(code)), as: .system(in: organization.id),
                key: ID(rawValue: form.key))
        }
        guard erased != nil else { throw ComplaintError.receiptNotFound }
        return Redirect(to: .complaintReceipt(tenant, slug), "Ya no se guarda su nombre con esa queja.")
    }
}

extension PublicContext {
    /// An alliance as everybody may know it, and its entity.
    ///
    /// - Throws: ``NoSuchPage``.
    func publishedAlliance(
        _ slug: AllianceSlug, of tenant: TenantSlug
    ) async throws -> (PublishedAlliance, Organization) {
        let organization = try await published { try await $0.organization(slug: tenant.rawValue) }
        guard let organization else { throw NoSuchPage() }
        let alliance = try await published {
            try await $0.publishedAlliance(slug: slug.rawValue, of: organization.id)
        }
        guard let alliance else { throw NoSuchPage() }
        return (alliance, organization)
    }
}
