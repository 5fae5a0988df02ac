import Foundation
import Hummingbird
import Kernel
import Membership
import Tenancy

/// Requests to join, and the lists of those who may not.
struct ApplicationRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.applications, list)
        tenant.form(Path.submitApplication, show: newRequest, act: submit)
        tenant.form(Path.application, show: request, act: decide)
        tenant.form(
            Path.staffLists, upTo: .files(megabytes: StaffListForm.megabytes), show: staffLists, act: load)
    }

    // MARK: Requests

    @Sendable private func list(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> ApplicationsPage {
        let heading = try await context.alliance(slug)
        let query = ListQuery<ApplicationsPage.Sort>(context.visit)
        let state = query[ApplicationsPage.state]?.state
        let found = try await query.found { limit, offset in
            let (applications, total) = try await context.fetch(
                ListApplications(of: heading.alliance.id, state: state, limit: limit, offset: offset))
            return (applications.map { ApplicationsPage.Row(request: $0, alliance: slug) }, total)
        }
        let mayEnrol = context.may(.enrolMembers, in: heading.stream)
        let unidentified =
            context.may(.identifyApplicants, in: heading.stream)
            ? try await context.fetch(CountJoinRequests(of: heading.alliance.id)) : 0
        return ApplicationsPage(
            heading: heading, query: query, found: found, maySubmit: mayEnrol, unidentified: unidentified)
    }

    @Sendable private func newRequest(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> SubmitApplicationPage {
        let heading = try await context.alliance(slug)
        guard context.may(.enrolMembers, in: heading.stream) else {
            throw AccessError.notPermitted(.enrolMembers)
        }
        return SubmitApplicationPage(heading: heading, form: state, today: context.today)
    }

    @Sendable private func submit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ApplicationForm()
        let (text, day, channel) = try form.read(fields.document, fields.day, fields.channel)
        guard let document = try DocumentList(text).whole().first else { throw MemberError.nobody }
        let application = try await context.run(
            SubmitApplication(of: document, to: heading.alliance.id, on: day, through: channel), form)
        return Redirect(
            to: .application(slug, application), "La solicitud quedó registrada; falta decidirla.")
    }

    @Sendable private func request(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Membership.Application>
    ) async throws -> ApplicationPage {
        let heading = try await context.alliance(slug)
        let request = try await context.fetch(ReadApplication(id, of: heading.alliance.id))
        let mayDecide = context.may(.enrolMembers, in: heading.stream)
        return ApplicationPage(
            heading: heading, request: request, mayDecide: mayDecide,
            // Who only asked is nobody's to look into yet, but for who sees the whole register.
            maySeePerson: request.application.state == .accepted || context.may(.seeAffiliates),
            obstacles: mayDecide && request.application.state == .pending
                ? try await context.fetch(CheckApplicant(id, of: heading.alliance.id)) : nil,
            own: mayDecide && request.application.channel == .web
                ? try await context.fetch(ReadJoinRequest(of: id, in: heading.alliance.id)) : nil,
            showsContact: context.may(.identifyApplicants, in: heading.stream), form: state)
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Membership.Application>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ApplicationDecisionForm()
        let (verdict, channel, reason) = try form.read(fields.verdict, fields.channel, fields.reason)
        let decision: DecideApplication.Decision
        switch verdict {
        case .accept:
            let isOwn = try await context.fetch(ReadJoinRequest(of: id, in: heading.alliance.id)) != nil
            guard isOwn || channel != nil else {
                throw InvalidInput([
                    .init(field: "channel", message: "Diga cómo dio la autorización de datos.")
                ])
            }
            decision = .accept(through: channel)
        case .refuse: decision = .refuse(because: reason ?? "")
        case .withdraw: decision = .withdraw
        }
        try await context.run(DecideApplication(decision, on: id, of: heading.alliance.id), form)
        return Redirect(
            to: .applications(slug),
            verdict == .accept ? "La persona quedó inscrita desde hoy." : "La decisión quedó guardada.")
    }

    // MARK: Employees

    @Sendable private func staffLists(
        _ context: TenantContext, _ state: FormState
    ) async throws -> StaffListPage {
        StaffListPage(form: state, lists: try await context.fetch(ListStaffLists()), today: context.today)
    }

    @Sendable private func load(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let fields = StaffListForm()
        let (file, day) = try form.read(fields.file, fields.day)
        let documents = try StaffListFile(try file.content()).documents
        try await context.run(LoadStaffList(documents, asOf: day), form)
        return Redirect(
            to: .staffLists(),
            "La lista quedó cargada con \(SpanishFormat.count(documents.count, "empleado", "empleados")).")
    }
}
