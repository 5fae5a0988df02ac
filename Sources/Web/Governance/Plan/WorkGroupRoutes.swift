import Governance
import Kernel
import Tenancy

/// The work groups of an alliance.
struct WorkGroupRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.workGroups) { context, slug in
            let heading = try await context.alliance(slug)
            return WorkGroupsPage(
                query: ListQuery(context.visit), heading: heading,
                answer: try await context.fetch(ReadWorkGroups(of: heading.alliance.id)),
                mayKeep: context.may(.keepGroups, in: heading.stream))
        }
        tenant.form(
            Path.newWorkGroup,
            show: { context, state, slug in
                let heading = try await context.alliance(slug, toUse: .keepGroups)
                return NewWorkGroupPage(
                    heading: heading,
                    answer: try await context.fetch(ReadWorkGroups(of: heading.alliance.id)),
                    form: state)
            }, act: charge)
        tenant.get(Path.workGroup) { context, slug, id in
            let (heading, group, answer) = try await found(id, slug, context, toUse: .readGovernance)
            return WorkGroupPage(
                heading: heading, group: group, members: answer.members[id] ?? [],
                activity: answer.activities.first { $0.id == group.activity },
                mayKeep: context.may(.keepGroups, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream), today: answer.today)
        }
        tenant.form(
            Path.joinGroup,
            show: { context, state, slug, id in
                let (heading, group, _) = try await found(id, slug, context)
                return JoinGroupPage(heading: heading, group: group, form: state)
            },
            act: { context, form, slug, id in
                let (heading, _, _) = try await found(id, slug, context)
                let (text, role) = try form.read(JoinGroupPage.person, JoinGroupPage.role)
                guard let document = try? IdentityDocument.unlessName(text) else {
                    throw WorkGroupError.personNotFound
                }
                try await context.run(JoinGroup(document, as: role, of: id, in: heading.alliance.id), form)
                return Redirect(to: .workGroup(slug, id), "Quedó en el grupo.")
            })
        tenant.post(Path.leaveGroup) { context, form, slug, id, member in
            let (heading, _, _) = try await found(id, slug, context)
            try await context.run(LeaveGroup(member, of: id, in: heading.alliance.id), form)
            return Redirect(to: .workGroup(slug, id), "Ya no está en el grupo.")
        }
        tenant.form(
            Path.endGroup, upTo: .files(megabytes: PaperForm.megabytes),
            show: { context, state, slug, id in
                let (heading, group, answer) = try await found(id, slug, context)
                return EndGroupPage(heading: heading, group: group, today: answer.today, form: state)
            },
            act: { context, form, slug, id in
                let (heading, _, _) = try await found(id, slug, context)
                let (day, reason, report, paper) = try form.read(
                    EndGroupPage.day, EndGroupPage.reason, EndGroupPage.report, EndGroupPage.paper)
                try await context.run(
                    EndGroup(
                        id, of: heading.alliance.id,
                        WorkGroup.End(on: day, because: reason, report: report),
                        paper: paper?.stored(on: day)), form)
                return Redirect(to: .workGroup(slug, id), "El grupo terminó y su informe quedó guardado.")
            })
    }

    @Sendable private func charge(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepGroups)
        let answer = try await context.fetch(ReadWorkGroups(of: heading.alliance.id))
        let fields = WorkGroupForm(answer.activities)
        let (kind, name, words) = try form.read(fields.kind, fields.name, fields.charge)
        let (beganOn, endsOn, activity) = try form.read(fields.beganOn, fields.endsOn, fields.activity)
        let group = try WorkGroup(
            kind: kind, name: name, charge: words, activity: activity?.id, beganOn: beganOn, endsOn: endsOn)
        try await context.run(ChargeGroup(group, of: heading.alliance.id), form)
        return Redirect(
            to: .workGroup(slug, group.id), "El grupo quedó conformado. Agregue a sus integrantes.")
    }

    @Sendable private func found(
        _ id: ID<WorkGroup>, _ slug: AllianceSlug, _ context: TenantContext,
        toUse permission: Permission = .keepGroups
    ) async throws -> (AllianceHeading, WorkGroup, ReadWorkGroups.Answer) {
        let heading = try await context.alliance(slug, toUse: permission)
        let answer = try await context.fetch(ReadWorkGroups(of: heading.alliance.id))
        guard let group = answer.groups.first(where: { $0.id == id }) else { throw NoSuchPage() }
        return (heading, group, answer)
    }
}
