import Governance
import Kernel
import Reporting
import Tenancy

/// The plan, meetings, minutes, reports and source documents of an alliance.
struct MeetingRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.meetings) { context, slug in
            let heading = try await context.alliance(slug)
            let year = (try? MeetingsPage.year.read(Entries(context.visit.query))) ?? nil
            return MeetingsPage(
                heading: heading,
                answer: try await context.fetch(ReadYear(of: heading.alliance.id, in: year)),
                due: context.may(.seeCompliance, in: heading.stream)
                    ? try await context.fetch(ReadNextMeeting(of: heading.alliance.id)) : nil,
                rights: RecordRights(context, in: heading.stream))
        }
        tenant.get(Path.plan, plan)
        tenant.form(Path.registerPlan, show: planToRegister, act: register)
        tenant.form(
            Path.approvePlan, upTo: .files(megabytes: 10), show: planToApprove, act: approve)
        tenant.form(
            Path.followPlan, upTo: .files(megabytes: PaperForm.megabytes), show: planToFollow, act: follow)
        tenant.form(Path.newMeeting, show: newMeeting, act: planMeeting)
        tenant.get(Path.meeting, meeting)
        tenant.form(Path.callMeeting, show: meetingToCall, act: call)
        tenant.form(Path.moveMeeting, show: meetingToMove, act: move)
        tenant.form(Path.cancelMeeting, show: meetingToCancel, act: cancel)
        tenant.form(Path.describeMeeting, show: meetingToDescribe, act: describe)
        tenant.form(Path.recordMinutes, upTo: .files(megabytes: 10), show: newMinutes, act: record)
        ReportRoutes().add(to: tenant)
        PaperRoutes().add(to: tenant)
        tenant.get(Path.source) { context, slug, code in
            let heading = try await context.alliance(slug)
            guard
                let answer = try await context.fetch(
                    ReadSource(code.rawValue, of: heading.alliance.id))
            else { throw NoSuchPage() }
            return SourcePage(heading: heading, answer: answer)
        }
    }

    // MARK: Plan

    private func year(
        _ year: Int, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> (plan: WorkPlan, answer: ReadYear.Answer) {
        let answer = try await context.fetch(ReadYear(of: heading.alliance.id, in: year))
        guard let plan = answer.plan else { throw NoSuchPage() }
        return (plan, answer)
    }

    @Sendable private func plan(
        _ context: TenantContext, _ slug: AllianceSlug, _ year: Int
    ) async throws -> PlanPage {
        let heading = try await context.alliance(slug)
        let (plan, answer) = try await self.year(year, of: heading, context)
        return PlanPage(
            heading: heading, plan: plan, followUps: answer.followUps,
            papers: answer.papers.filter { $0.subject == .plan(plan.id) },
            rights: RecordRights(context, in: heading.stream))
    }

    /// What the form begins with, and what may be copied.
    private func models(
        _ year: Int, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> (model: WorkPlan?, copied: Int?) {
        let draft = try await context.fetch(ReadYear(of: heading.alliance.id, in: year)).plan
        let before = try await context.fetch(ReadYear(of: heading.alliance.id, in: year - 1)).plan
        let copies = context.visit["desde"] == String(year - 1)
        return (draft ?? (copies ? before : nil), before?.year)
    }

    @Sendable private func planToRegister(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> RegisterPlanPage {
        let heading = try await context.alliance(slug, toUse: .registerPlans)
        guard (2000...2100).contains(year) else { throw NoSuchPage() }
        let (model, copied) = try await models(year, of: heading, context)
        return RegisterPlanPage(heading: heading, year: year, model: model, copied: copied, form: state)
    }

    @Sendable private func register(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Reviewed<ReviewPlanPage, RegisterPlanPage> {
        let heading = try await context.alliance(slug, toUse: .registerPlans)
        switch ReviewStep(form) {
        case .correct:
            return .again(
                RegisterPlanPage(
                    heading: heading, year: year, model: nil, copied: nil,
                    form: FormState(correcting: form)))
        case .review:
            return .review(
                ReviewPlanPage(
                    heading: heading, plan: try PlanForm().read(form, year: year), submission: form))
        case .act:
            let plan = try PlanForm().read(form, year: year)
            try await context.run(RegisterPlan(plan, of: heading.alliance.id), form)
            return .done(
                Redirect(
                    to: .plan(slug, year),
                    "El plan de \(year) quedó registrado. Anote su aprobación cuando los asociados lo aprueben."
                ))
        }
    }

    @Sendable private func planToApprove(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> ApprovePlanPage {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        return ApprovePlanPage(
            heading: heading, plan: try await self.year(year, of: heading, context).plan, form: state)
    }

    @Sendable private func approve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let plan = try await self.year(year, of: heading, context).plan
        let fields = ApprovalForm()
        let (day, act, paper) = try form.read(fields.day, fields.act, fields.paper)
        try await context.run(
            ApprovePlan(
                plan.id, of: heading.alliance.id, on: day, in: act, paper: paper?.stored(on: day)), form)
        return Redirect(to: .plan(slug, year), "La aprobación quedó anotada.")
    }

    @Sendable private func planToFollow(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ year: Int
    ) async throws -> FollowPlanPage {
        let heading = try await context.alliance(slug, toUse: .followPlans)
        return FollowPlanPage(
            heading: heading, plan: try await self.year(year, of: heading, context).plan, form: state,
            today: context.today)
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ year: Int
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let plan = try await self.year(year, of: heading, context).plan
        let fields = FollowUpForm(plan)
        let (activity, month, progress, evidence) = try form.read(
            fields.activity, fields.month, fields.progress, fields.evidence)
        try await context.run(
            FollowPlan(
                plan.id, of: heading.alliance.id, activity: activity.pathText, in: month, progress: progress,
                evidence: try evidence?.stored(on: context.today)), form)
        return Redirect(
            to: .plan(slug, year), "El avance de la actividad \(activity.pathText) quedó anotado.")
    }

    // MARK: Meetings

    private func meeting(
        _ id: ID<Meeting>, _ context: TenantContext, _ slug: AllianceSlug, toUse permission: Permission
    ) async throws -> (heading: AllianceHeading, meeting: Meeting) {
        let heading = try await context.alliance(slug, toUse: permission)
        let answer = try await context.fetch(ReadMeeting(id, of: heading.alliance.id))
        return (heading, answer.summary.meeting)
    }

    @Sendable private func meeting(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> MeetingPage {
        let heading = try await context.alliance(slug)
        return MeetingPage(
            heading: heading, answer: try await context.fetch(ReadMeeting(id, of: heading.alliance.id)),
            rights: RecordRights(context, in: heading.stream))
    }

    @Sendable private func newMeeting(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewMeetingPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        return NewMeetingPage(
            heading: heading,
            agendas: try await context.fetch(ReadYear(of: heading.alliance.id)).agendas, form: state)
    }

    @Sendable private func planMeeting(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MeetingForm()
        let (title, kind, day, startsAt, endsAt, mode, place, isPublic, isOwn, participants, agenda) =
            try form.read(
                fields.title, fields.kind, fields.day, fields.startsAt, fields.endsAt, fields.mode,
                fields.place,
                fields.isPublic, fields.isOwnAccountability, fields.participants, fields.agenda)
        let meeting = try Meeting(
            kind: kind, title: title, day: day, startsAt: startsAt, endsAt: endsAt, mode: mode, place: place,
            participants: participants?.lines ?? [], agenda: agenda?.lines ?? [],
            isPublic: isPublic, isOwnAccountability: isOwn)
        try await context.run(PlanMeeting(meeting, of: heading.alliance.id), form)
        return Redirect(to: .meeting(slug, meeting.id), "La reunión quedó programada.")
    }

    @Sendable private func meetingToCall(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> CallMeetingPage {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .planMeetings)
        return CallMeetingPage(heading: heading, meeting: meeting, form: state, today: context.today)
    }

    @Sendable private func call(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MeetingCallForm()
        let (sentOn, channel, reached, note) = try form.read(
            fields.sentOn, fields.channel, fields.reached, fields.note)
        try await context.run(
            CallMeeting(
                MeetingCall(sentOn: sentOn, channel: channel, reached: reached, note: note), to: id,
                of: heading.alliance.id), form)
        return Redirect(to: .meeting(slug, id), "La convocatoria quedó anotada.")
    }

    @Sendable private func meetingToMove(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> ChangeMeetingPage {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .planMeetings)
        return ChangeMeetingPage(heading: heading, meeting: meeting, isCancelled: false, form: state)
    }

    @Sendable private func move(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MoveForm()
        let (day, startsAt, endsAt, reason, isMet) = try form.read(
            fields.day, fields.startsAt, fields.endsAt, fields.reason, fields.restrictionIsMet)
        try await context.run(
            ChangeMeeting(
                id, of: heading.alliance.id, to: .move(to: day, from: startsAt, until: endsAt),
                because: reason, restrictionIsMet: isMet), form)
        return Redirect(to: .meeting(slug, id), "La reunión quedó reprogramada.")
    }

    @Sendable private func meetingToDescribe(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> DescribeMeetingPage {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .planMeetings)
        return DescribeMeetingPage(heading: heading, meeting: meeting, form: state)
    }

    @Sendable private func describe(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MeetingForm()
        let (isPublic, isOwn) = try form.read(fields.isPublic, fields.isOwnAccountability)
        try await context.run(
            DescribeMeeting(
                id, of: heading.alliance.id, isPublic: isPublic, isOwnAccountability: isOwn), form)
        return Redirect(to: .meeting(slug, id), "Quedó guardado.")
    }

    @Sendable private func meetingToCancel(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> ChangeMeetingPage {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .planMeetings)
        return ChangeMeetingPage(heading: heading, meeting: meeting, isCancelled: true, form: state)
    }

    @Sendable private func cancel(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MoveForm()
        let (reason, isMet) = try form.read(fields.reason, fields.restrictionIsMet)
        try await context.run(
            ChangeMeeting(
                id, of: heading.alliance.id, to: .cancel, because: reason, restrictionIsMet: isMet), form)
        return Redirect(to: .meeting(slug, id), "La reunión quedó cancelada.")
    }

    // MARK: Minutes and reports

    @Sendable private func newMinutes(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> RecordMinutesPage {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .recordMinutes)
        return RecordMinutesPage(heading: heading, meeting: meeting, form: state)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Reviewed<ReviewMinutesPage, RecordMinutesPage> {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .recordMinutes)
        switch ReviewStep(form) {
        case .correct:
            return .again(
                RecordMinutesPage(heading: heading, meeting: meeting, form: FormState(correcting: form)))
        case .review:
            let record = try MinutesForm().read(form, of: id, in: heading.alliance.id)
            return .review(
                ReviewMinutesPage(
                    heading: heading, meeting: meeting, minutes: record.minutes, submission: form))
        case .act:
            try await context.run(MinutesForm().read(form, of: id, in: heading.alliance.id), form)
            return .done(Redirect(to: .meeting(slug, id), "El acta quedó registrada."))
        }
    }
}

extension String {
    /// The lines of a text that say something.
    var lines: [String] {
        split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }
}
