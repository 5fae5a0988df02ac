import Governance
import Kernel
import Tenancy

/// Needs of users: told, taken to a meeting or to the plan, attended.
struct NeedRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.needs) { context, slug in
            let heading = try await context.alliance(slug)
            return NeedsPage(
                query: ListQuery(context.visit), heading: heading,
                needs: try await context.fetch(ReadNeeds(of: heading.alliance.id)).needs)
        }
        tenant.form(Path.newNeed, show: newNeed, act: tell)
        tenant.get(Path.needTopic) { context, slug, topic in
            let heading = try await context.alliance(slug)
            return NeedTopicPage(
                heading: heading, topic: topic,
                answer: try await context.fetch(ReadNeeds(of: heading.alliance.id)),
                mayPlan: context.may(.planMeetings, in: heading.stream))
        }
        tenant.form(Path.needsToMeeting, show: toMeeting, act: putOnAgenda)
        tenant.form(Path.needsToActivity, show: toActivity, act: lead)
        tenant.form(Path.answerNeed, show: toAnswer, act: answer)
    }

    private func crumbs(_ heading: AllianceHeading) -> [Crumb] {
        heading.trail(from: .between) + [Crumb("Necesidades", .needs(heading.slug))]
    }

    @Sendable private func newNeed(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .keepNeeds)
        let fields = NeedForm()
        let filled = state.filling(fields.day, with: context.today).filling(fields.people, with: 1)
        return QuestionPage(
            title: "Anotar una necesidad", trail: crumbs(heading), help: "necesidades", path: .newNeed(slug),
            verb: "Anotar la necesidad", back: .needs(slug), form: state.isTyped ? state : filled
        ) { fields.write(&$0) }
    }

    @Sendable private func tell(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepNeeds)
        try await context.run(TellNeed(try NeedForm().read(form), of: heading.alliance.id), form)
        return Redirect(to: .needs(slug), "La necesidad quedó anotada.")
    }

    private func choice(
        _ context: TenantContext, _ slug: AllianceSlug, _ topic: Complaint.Category,
        toUse permission: Permission
    ) async throws -> (AllianceHeading, ReadNeeds.Answer) {
        let heading = try await context.alliance(slug, toUse: permission)
        return (heading, try await context.fetch(ReadNeeds(of: heading.alliance.id)))
    }

    private func chosen(
        _ state: FormState, _ answer: ReadNeeds.Answer, _ topic: Complaint.Category
    ) -> FormState {
        guard !state.isTyped else { return state }
        let open = answer.needs.filter { $0.topic == topic && $0.state == .open }
        return state.filling(NeedChoiceForm(answer, topic).needs, with: open.map(\.id))
    }

    @Sendable private func toMeeting(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ topic: Complaint.Category
    ) async throws -> QuestionPage {
        let (heading, answer) = try await choice(context, slug, topic, toUse: .planMeetings)
        let fields = NeedChoiceForm(answer, topic)
        return QuestionPage(
            title: "Llevar a una reunión",
            lead: "Quedan juntas en un punto del orden del día, con cuántas personas lo dijeron.",
            trail: crumbs(heading), help: "necesidades", path: .needsToMeeting(slug, topic),
            verb: "Ponerlas en el orden del día", back: .needTopic(slug, topic),
            form: chosen(state, answer, topic)
        ) { form in
            form.field(fields.needs)
            form.field(fields.meeting)
        }
    }

    @Sendable private func putOnAgenda(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ topic: Complaint.Category
    ) async throws -> Redirect {
        let (heading, answer) = try await choice(context, slug, topic, toUse: .planMeetings)
        let fields = NeedChoiceForm(answer, topic)
        let (needs, meeting) = try form.read(fields.needs, fields.meeting)
        try await context.run(PutNeedsOnAgenda(needs, on: meeting, of: heading.alliance.id), form)
        return Redirect(to: .needTopic(slug, topic), "Quedaron en el orden del día.")
    }

    @Sendable private func toActivity(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ topic: Complaint.Category
    ) async throws -> QuestionPage {
        let (heading, answer) = try await choice(context, slug, topic, toUse: .keepNeeds)
        let fields = NeedChoiceForm(answer, topic)
        return QuestionPage(
            title: "Unir a una actividad del plan",
            lead: "Cuando se atiendan, cuentan para esa actividad, si se cumple con necesidades atendidas.",
            trail: crumbs(heading), help: "necesidades", path: .needsToActivity(slug, topic),
            verb: "Unirlas a la actividad", back: .needTopic(slug, topic), form: chosen(state, answer, topic)
        ) { form in
            form.field(fields.needs)
            form.field(fields.activity)
        }
    }

    @Sendable private func lead(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ topic: Complaint.Category
    ) async throws -> Redirect {
        let (heading, answer) = try await choice(context, slug, topic, toUse: .keepNeeds)
        let fields = NeedChoiceForm(answer, topic)
        let (needs, activity) = try form.read(fields.needs, fields.activity)
        guard let activity else {
            throw InvalidInput([.init(field: fields.activity.name, message: "Elija una actividad.")])
        }
        try await context.run(LeadNeeds(needs, to: activity.id, of: heading.alliance.id), form)
        return Redirect(to: .needTopic(slug, topic), "Quedaron unidas a la actividad.")
    }

    @Sendable private func toAnswer(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Need>
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .keepNeeds)
        let needs = try await context.fetch(ReadNeeds(of: heading.alliance.id)).needs
        guard let need = needs.first(where: { $0.id == id }) else { throw NeedError.notFound }
        guard need.state == .open else { throw NeedError.over }
        let fields = NeedAnswerForm()
        return QuestionPage(
            title: "Qué pasó con la necesidad", lead: "«\(need.account)» \(need.place).",
            trail: crumbs(heading), help: "necesidades", path: .answerNeed(slug, id), verb: "Guardar",
            back: .needs(slug), form: state.isTyped ? state : state.filling(fields.day, with: context.today)
        ) { form in
            form.field(fields.outcome)
            form.field(fields.note)
            form.field(fields.day)
        }
    }

    @Sendable private func answer(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Need>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepNeeds)
        let fields = NeedAnswerForm()
        let (outcome, note, day) = try form.read(fields.outcome, fields.note, fields.day)
        try await context.run(
            AnswerNeed(
                id, of: heading.alliance.id, isAttended: outcome == .attended,
                try Need.Answer(on: day, note)), form)
        return Redirect(to: .needs(slug), "Quedó anotado.")
    }
}
