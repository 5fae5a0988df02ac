import Governance
import Kernel
import Tenancy

/// Events that several alliances hold at once.
struct EventRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.events) { context in
            EventsPage(query: ListQuery(context.visit), events: try await context.fetch(ReadEvents()))
        }
        tenant.form(Path.newEvent, show: newEvent, act: plan)
        tenant.get(Path.event) { context, id in
            let answer = try await context.fetch(ReadEvent(id))
            let alliances = try await context.alliances()
            return EventPage(
                answer: answer,
                rows: answer.meetings.map { meeting in
                    let alliance = alliances.first { $0.id == meeting.alliance }
                    return EventPage.Row(
                        alliance: alliance?.name ?? "",
                        slug: alliance.flatMap { AllianceSlug(rawValue: $0.slug) }, meeting: meeting,
                        today: answer.today)
                }.sorted { $0.alliance.folded < $1.alliance.folded },
                mayExtend: !others(than: answer, among: alliances).isEmpty)
        }
        tenant.form(Path.extendEvent, show: eventToExtend, act: extend)
        change(Path.moveEvent, isCancelled: false, "El evento quedó reprogramado.", tenant)
        change(Path.cancelEvent, isCancelled: true, "El evento quedó cancelado.", tenant)
        tenant.form(
            Path.addEventEvidence, upTo: .files(megabytes: PaperForm.megabytes), show: evidenceToAdd,
            act: addEvidence)
    }

    /// The alliances that can take part in something.
    private func alliances(_ context: TenantContext) async throws -> [Alliance] {
        try context.require(.planMeetings, in: .office)
        return try await context.alliances().filter { $0.state != .dissolved }
    }

    private func others(than answer: ReadEvent.Answer, among alliances: [Alliance]) -> [Alliance] {
        let known = Set(answer.meetings.map(\.alliance))
        return alliances.filter { $0.state != .dissolved && !known.contains($0.id) }
    }

    @Sendable private func newEvent(_ context: TenantContext, _ state: FormState) async throws -> NewEventPage
    {
        NewEventPage(
            alliances: try await alliances(context), models: context.visit.site.agendas, form: state)
    }

    @Sendable private func plan(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let models = context.visit.site.agendas
        let fields = EventForm(try await alliances(context), models)
        let (meeting, model, others) = try fields.read(form)
        let points =
            try (models.first { $0.code == model?.rawValue }?.items() ?? []) + AgendaItem.points(others)
        let chosen = try form.read(fields.alliances)
        let event = try await context.run(
            PlanEvent(meeting, agenda: points.numbered(), in: chosen), form)
        return Redirect(
            to: .event(event),
            "El evento quedó programado en \(SpanishFormat.count(chosen.count, "alianza", "alianzas")).")
    }

    @Sendable private func eventToExtend(
        _ context: TenantContext, _ state: FormState, _ id: ID<JointEvent>
    ) async throws -> ExtendEventPage {
        let answer = try await context.fetch(ReadEvent(id))
        return ExtendEventPage(
            event: answer.event, alliances: others(than: answer, among: try await alliances(context)),
            form: state)
    }

    @Sendable private func extend(
        _ context: TenantContext, _ form: Submission, _ id: ID<JointEvent>
    ) async throws -> Redirect {
        let chosen = try form.read(EventForm(try await alliances(context), []).alliances)
        try await context.run(ExtendEvent(id, to: chosen), form)
        return Redirect(to: .event(id), "Las alianzas quedaron agregadas.")
    }

    private func change(
        _ route: Route<ID<JointEvent>>, isCancelled: Bool, _ notice: String, _ tenant: TenantRoutes
    ) {
        tenant.form(
            route,
            show: { context, state, id in
                ChangeEventPage(
                    answer: try await context.fetch(ReadEvent(id)), isCancelled: isCancelled, form: state)
            },
            act: { context, form, id in
                let fields = MoveForm()
                let change = try fields.change(form, isCancelled: isCancelled)
                try await context.run(
                    ChangeEvent(id, to: change, because: try form.read(fields.reason)), form)
                return Redirect(to: .event(id), notice)
            })
    }

    @Sendable private func evidenceToAdd(
        _ context: TenantContext, _ state: FormState, _ id: ID<JointEvent>
    ) async throws -> AddEvidencePage {
        let event = try await context.fetch(ReadEvent(id)).event
        return AddEvidencePage(
            subject: event.title, lead: "Queda con la reunión de cada alianza.", trail: event.trail,
            path: .addEventEvidence(id), back: .event(id), today: context.today, form: state)
    }

    @Sendable private func addEvidence(
        _ context: TenantContext, _ form: Submission, _ id: ID<JointEvent>
    ) async throws -> Redirect {
        let (title, file) = try MeetingEvidenceForm().read(form)
        let count = try await context.run(AddEventEvidence(file, titled: title, of: id), form)
        return Redirect(
            to: .event(id),
            "La evidencia quedó en \(SpanishFormat.count(count, "alianza", "alianzas")).")
    }
}
