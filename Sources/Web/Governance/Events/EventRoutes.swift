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
        tenant.form(Path.callEvent, show: eventToCall, act: call)
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

    @Sendable private func eventToCall(
        _ context: TenantContext, _ state: FormState, _ id: ID<JointEvent>
    ) async throws -> CallEventPage {
        CallEventPage(
            answer: try await context.fetch(ReadEvent(id)),
            caller: "\(context.entry.title), \(context.entry.organization.shortName)",
            sendsMail: context.visit.site.sendsMail, form: state)
    }

    @Sendable private func call(
        _ context: TenantContext, _ form: Submission, _ id: ID<JointEvent>
    ) async throws -> Redirect {
        let fields = NoticeForm()
        let (caller, contact, reason, mails) = try form.read(
            fields.caller, fields.contact, fields.shortNoticeReason, CallEventPage.mails)
        let outcome = try await context.run(
            CallEvent(id, caller: caller, contact: contact, shortNoticeReason: reason, mails: mails), form)
        let mailed =
            mails ? " El correo sale a \(SpanishFormat.count(outcome.mailed, "persona", "personas"))." : ""
        return Redirect(
            to: .event(id),
            "La convocatoria quedó emitida en \(SpanishFormat.count(outcome.called, "alianza", "alianzas")).\(mailed)"
        )
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
            act: { context, form, id -> Reviewed<ReviewMovePage, ChangeEventPage> in
                let answer = try await context.fetch(ReadEvent(id))
                if ReviewStep(form) == .correct {
                    return .again(
                        ChangeEventPage(
                            answer: answer, isCancelled: isCancelled, form: FormState(correcting: form)))
                }
                let fields = MoveForm()
                let change = try fields.change(form, isCancelled: isCancelled)
                let command = try ChangeEvent(id, to: change, because: try form.read(fields.reason))
                guard case .move(let day, _, _) = change else {
                    try await context.run(command, form)
                    return .done(Redirect(to: .event(id), notice))
                }
                let check = try await context.fetch(
                    CheckMove(answer.planned.map { ($0.alliance, $0.summary.meeting) }, on: day))
                if ReviewStep(form) != .act, !check.warnings.isEmpty {
                    return .review(
                        ReviewMovePage(
                            subject: answer.event.title, trail: answer.event.trail, path: route(id),
                            warnings: check.warnings, submission: form, hasPaper: false))
                }
                try await context.run(command, form)
                return .done(
                    Redirect(
                        to: .event(id),
                        check.isCalled
                            ? "\(notice) Ya se había convocado: emita el cambio con «Convocar en todas»."
                            : notice))
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
