import Foundation
import Hummingbird
import Kernel
import Membership
import Tenancy

/// The users of an entity and their roles.
struct UserRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.users) { context in
            UsersPage(
                try await context.fetch(ListUsers()), query: ListQuery(context.visit),
                mayInvite: context.may(.administerUsers), now: context.visit.now)
        }
        tenant.form(Path.inviteUser, show: invitation, act: invite)
        tenant.get(Path.user) { context, id in
            UserPage(
                file: try await context.fetch(ReadUser(id)),
                registered: try await context.fetch(FindUserInRegister(id)),
                maySeeRegister: context.may(.seeAffiliates), now: context.visit.now,
                mayAdminister: context.may(.administerUsers), isOneself: context.principal.user == id)
        }
        tenant.form(Path.editUser, show: editing, act: edit)
        tenant.form(Path.grantRole, show: granting, act: grant)
        tenant.form(Path.endGrant, show: ending, act: end)
        tenant.post(Path.endUserSessions) { context, form, id in
            let ended = try await context.run(EndUserSessions(of: id), form)
            return Redirect(
                to: .user(id),
                ended == 1 ? "Se cerró una sesión." : "Se cerraron \(SpanishFormat.number(ended)) sesiones.")
        }
        tenant.form(Path.resetAccess, show: resetting, act: reset)
    }

    // MARK: Invitations

    @Sendable private func invitation(_ context: TenantContext, _ state: FormState) async throws
        -> InviteUserPage
    {
        try context.require(.administerUsers)
        return InviteUserPage(
            form: state, organization: context.entry.organization, alliances: try await alliances(context),
            sendsMail: context.visit.site.sendsMail)
    }

    @Sendable private func invite(_ context: TenantContext, _ form: Submission) async throws -> InvitedPage {
        let person = InviteForm()
        let fields = GrantForm(context.entry.organization, try await alliances(context))
        let (name, email, officeTitle, role, space, from, until) = try form.read(
            person.name, person.email, person.officeTitle, fields.role, fields.space, fields.from,
            fields.until)
        let command = try InviteUser(
            name: name, email: email, officeTitle: officeTitle, document: try person.document.read(form),
            role: role.role, in: space.space, from: GrantForm.start(from, today: context.today),
            until: GrantForm.end(until),
            through: context.visit.site.identity)
        return page(of: try await context.run(command, form), for: command.user, context)
    }

    private func page(of invitation: Invitation, for user: User, _ context: TenantContext) -> InvitedPage {
        let site = context.visit.site
        return InvitedPage(
            name: user.name, user: invitation.user, invitation: invitation,
            address: "\(site.origin)\(Path.invitation(InvitationCode(invitation)).text(in: nil))",
            organization: context.entry.organization, mailedTo: site.sendsMail ? user.email : nil)
    }

    // MARK: One user

    @Sendable private func editing(
        _ context: TenantContext, _ state: FormState, _ id: ID<User>
    ) async throws -> EditUserPage {
        try context.require(.administerUsers)
        return EditUserPage(form: state, user: try await user(id, context))
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ id: ID<User>
    ) async throws -> Redirect {
        let fields = EditUserForm()
        let (name, officeTitle, isActive) = try form.read(fields.name, fields.officeTitle, fields.isActive)
        try await context.run(
            EditUser(
                id, name: name, officeTitle: officeTitle, document: try fields.document.read(form),
                isActive: isActive), form)
        return Redirect(to: .user(id), "Los cambios quedaron guardados.")
    }

    @Sendable private func granting(
        _ context: TenantContext, _ state: FormState, _ id: ID<User>
    ) async throws -> GrantRolePage {
        try context.require(.administerUsers)
        return GrantRolePage(
            form: state, user: try await user(id, context), organization: context.entry.organization,
            alliances: try await alliances(context))
    }

    @Sendable private func grant(
        _ context: TenantContext, _ form: Submission, _ id: ID<User>
    ) async throws -> Redirect {
        let fields = GrantForm(context.entry.organization, try await alliances(context))
        let (role, space, from, until) = try form.read(
            fields.role, fields.space, fields.from, fields.until)
        try await context.run(
            GrantRole(
                role.role, in: space.space, to: id, from: GrantForm.start(from, today: context.today),
                until: GrantForm.end(until)), form)
        return Redirect(to: .user(id), "La función «\(role.role.title)» quedó dada.")
    }

    @Sendable private func ending(
        _ context: TenantContext, _ state: FormState, _ id: ID<User>, _ grant: ID<Grant>
    ) async throws -> EndGrantPage {
        try context.require(.administerUsers)
        let file = try await context.fetch(ReadUser(id))
        guard let record = file.grants.first(where: { $0.id == grant }) else { throw GrantError.notFound }
        return EndGrantPage(
            form: state, user: file.access.user, record: record, alliances: file.alliances)
    }

    @Sendable private func end(
        _ context: TenantContext, _ form: Submission, _ id: ID<User>, _ grant: ID<Grant>
    ) async throws -> Redirect {
        let (reason, _) = try form.read(EndGrantForm().reason, Field.confirmation(EndGrantForm.word))
        let file = try await context.fetch(ReadUser(id))
        guard let record = file.grants.first(where: { $0.id == grant }) else { throw GrantError.notFound }
        try await context.run(EndGrant(record.grant, reason: reason), form)
        return Redirect(to: .user(id), "La función «\(record.grant.role.title)» terminó.")
    }

    @Sendable private func resetting(
        _ context: TenantContext, _ state: FormState, _ id: ID<User>
    ) async throws -> ResetAccessPage {
        try context.require(.administerUsers)
        let file = try await context.fetch(ReadUser(id))
        return ResetAccessPage(
            form: state, access: file.access,
            needsOperator: file.grants.contains { $0.grant.role.isBeyondTheEntity })
    }

    @Sendable private func reset(
        _ context: TenantContext, _ form: Submission, _ id: ID<User>
    ) async throws -> InvitedPage {
        let access = try await context.fetch(ReadUser(id)).access
        var confirmation: IdentityConfirmation?
        if access.hasAccount {
            let fields = ResetAccessForm()
            let (way, remark) = try form.read(fields.way, fields.remark)
            confirmation = try IdentityConfirmation(way, remark: remark)
        }
        let invitation = try await context.run(
            ResetAccess(
                of: id, confirmation: confirmation, through: context.visit.site.identity), form)
        return page(of: invitation, for: access.user, context)
    }

    private func user(_ id: ID<User>, _ context: TenantContext) async throws -> User {
        guard let user = try await context.read({ try await $0.user(id) }) else { throw UserError.notFound }
        return user
    }

    private func alliances(_ context: TenantContext) async throws -> [Alliance] {
        try await context.read { try await $0.alliances() }
    }
}

extension TenantContext {
    /// Refuses a page of what the person may not do.
    ///
    /// - Throws: ``AccessError/notPermitted(_:)``.
    func require(_ permission: Permission, in stream: AuditStream = .office) throws(AccessError) {
        try principal.require(permission, in: stream)
    }
}
