import Kernel
import Membership
import Reporting
import Tenancy

/// People who join by themselves, and the office that says who they are.
struct JoinRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.join, show: join, act: request)
        everybody.form(Path.joinReceipt, show: receipt, act: follow)
        everybody.form(Path.withdrawJoinRequest, show: toWithdraw, act: withdraw)
    }

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.joinRequests) { context, slug in
            let heading = try await context.alliance(slug, toUse: .identifyApplicants)
            return JoinRequestsPage(
                heading: heading, lines: try await context.fetch(ListJoinRequests(of: heading.alliance.id)))
        }
        tenant.form(Path.identifyJoinRequest, show: toIdentify, act: identify)
        tenant.form(Path.closeJoinRequest, show: toClose, act: close)
    }

    // MARK: Everybody

    @Sendable private func join(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> JoinPage {
        let (door, organization) = try await context.door(slug, of: tenant)
        let texts = try await context.visit.site.runner.fetch(
            ReadConsentTextsInUse(in: door.alliance.id), as: .system(in: organization.id))
        return JoinPage(
            door: door, entity: organization.shortName, personal: texts.personal, sensitive: texts.sensitive,
            form: state, today: ColombianTime.date(at: context.visit.now))
    }

    @Sendable private func request(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> JoinedPage {
        let (door, organization) = try await context.door(slug, of: tenant)
        let today = ColombianTime.date(at: context.visit.now)
        let (typed, agreement) = try JoinForm(today: today).read(form)
        let code = context.visit.receiptCode(of: form, for: "join")
        try await context.submitting(to: door) {
            try await context.visit.site.runner.run(
                RequestToJoin(typed, to: door.alliance.id, agreeing: agreement, code: code),
                as: .system(in: organization.id), key: ID(rawValue: form.key))
        }
        return JoinedPage(door: door, code: code)
    }

    @Sendable private func receipt(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> JoinReceiptPage {
        JoinReceiptPage(door: try await context.door(slug, of: tenant).door, form: state)
    }

    @Sendable private func follow(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> JoinReceiptPage {
        let (door, organization) = try await context.door(slug, of: tenant)
        let code = ReadableCode(typed: try form.read(JoinForm.receiptCode))
        let found = try await context.asking(.rollCheck, about: "\(door.alliance.id) \(code)") {
            try await context.visit.site.runner.fetch(
                FollowJoinRequest(by: code, in: door.alliance.id), as: .system(in: organization.id))
        }
        guard let found else { throw JoinRequestError.receiptNotFound }
        return JoinReceiptPage(door: door, form: FormState(), found: found)
    }

    @Sendable private func toWithdraw(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> WithdrawJoinRequestPage {
        WithdrawJoinRequestPage(door: try await context.door(slug, of: tenant).door, form: state)
    }

    @Sendable private func withdraw(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let (door, organization) = try await context.door(slug, of: tenant)
        let (typed, _) = try form.read(JoinForm.receiptCode, Confirmation.joinWithdrawal.field)
        let code = ReadableCode(typed: typed)
        let done: Void? = try await context.asking(.rollCheck, about: "\(door.alliance.id) \(code)") {
            try await context.visit.site.runner.run(
                WithdrawJoinRequest(by: code, in: door.alliance.id), as: .system(in: organization.id),
                key: ID(rawValue: form.key))
        }
        guard done != nil else { throw JoinRequestError.receiptNotFound }
        return Redirect(
            to: .joinReceipt(tenant, slug), "Su solicitud se retiró y lo que escribió se borró.")
    }

    // MARK: The office

    private func found(
        _ id: ID<JoinRequest>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (heading: AllianceHeading, line: ListJoinRequests.Line) {
        let heading = try await context.alliance(slug, toUse: .identifyApplicants)
        let lines = try await context.fetch(ListJoinRequests(of: heading.alliance.id))
        guard let line = lines.first(where: { $0.request.id == id }) else {
            throw JoinRequestError.notWaiting
        }
        return (heading, line)
    }

    @Sendable private func toIdentify(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<JoinRequest>
    ) async throws -> IdentifyJoinRequestPage {
        let (heading, line) = try await found(id, slug, context)
        guard line.finding.identifiable != nil else { throw JoinRequestError.notIdentifiable }
        return IdentifyJoinRequestPage(heading: heading, line: line, form: state)
    }

    @Sendable private func identify(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<JoinRequest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .identifyApplicants)
        let application = try await context.run(IdentifyJoinRequest(id, of: heading.alliance.id), form)
        return Redirect(to: .application(slug, application), "Quedó como solicitud; falta decidirla.")
    }

    @Sendable private func toClose(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<JoinRequest>
    ) async throws -> CloseJoinRequestPage {
        let (heading, line) = try await found(id, slug, context)
        return CloseJoinRequestPage(heading: heading, line: line, form: state)
    }

    @Sendable private func close(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<JoinRequest>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .identifyApplicants)
        let reason = try form.read(CloseJoinRequestPage.reason)
        try await context.run(CloseJoinRequest(id, of: heading.alliance.id, because: reason), form)
        return Redirect(to: .joinRequests(slug), "La solicitud quedó cerrada.")
    }
}
