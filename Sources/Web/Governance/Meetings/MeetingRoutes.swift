import Governance
import Kernel
import Reporting
import Tenancy

/// The meetings, minutes, reports and source documents of an alliance.
struct MeetingRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.meetings) { context, slug in
            let heading = try await context.alliance(slug)
            let year = (try? MeetingsPage.year.read(Entries(context.visit.query))) ?? nil
            return MeetingsPage(
                heading: heading,
                answer: try await context.fetch(ReadYear(of: heading.alliance.id, in: year)),
                due: try await context.nextMeeting(of: heading),
                rights: RecordRights(context, in: heading.stream))
        }
        tenant.form(Path.newMeeting, show: newMeeting, act: planMeeting)
        tenant.get(Path.meeting, meeting)
        tenant.form(Path.editMeeting, show: meetingToEdit, act: edit)
        tenant.form(Path.shareMeeting, show: meetingToShare, act: share)
        tenant.form(Path.describeMeeting, show: meetingToDescribe, act: describe)
        tenant.form(Path.recordMinutes, upTo: .files(megabytes: 10), show: newMinutes, act: record)
        NoticeRoutes().add(to: tenant)
        AgendaRoutes().add(to: tenant)
        SeriesRoutes().add(to: tenant)
        OutreachRoutes().add(to: tenant)
        CallSheetRoutes().add(to: tenant)
        SupportRoutes().add(to: tenant)
        ReportRoutes().add(to: tenant)
        PlanRoutes().add(to: tenant)
        SessionRoutes().add(to: tenant)
        CommitmentRoutes().add(to: tenant)
        ChangeMeetingRoutes().add(to: tenant)
        EvidenceRoutes().add(to: tenant)
        EventRoutes().add(to: tenant)
        YearRoutes().add(to: tenant)
        PaperRoutes().add(to: tenant)
        MinutesRoutes().add(to: tenant)
        PublishMinutesRoutes().add(to: tenant)
        tenant.get(Path.source) { context, slug, code in
            let heading = try await context.alliance(slug)
            guard
                let answer = try await context.fetch(
                    ReadSource(code.rawValue, of: heading.alliance.id))
            else { throw NoSuchPage() }
            return SourcePage(heading: heading, answer: answer)
        }
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

    private func choices(
        _ context: TenantContext, _ heading: AllianceHeading
    ) async throws -> MeetingChoices {
        MeetingChoices(
            answer: try await context.fetch(ReadMeetingChoices(of: heading.alliance.id)),
            models: context.visit.site.agendas,
            mayReserve: heading.mayReserve)
    }

    @Sendable private func newMeeting(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> NewMeetingPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        let choices = try await choices(context, heading)
        return NewMeetingPage(
            heading: heading, choices: choices,
            known: KnownOfMeeting(context.visit.query, MeetingForm(choices)), form: state)
    }

    @Sendable private func planMeeting(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let choices = try await choices(context, heading)
        let fields = MeetingForm(choices)
        let (title, kind, body, day, lastDay, startsAt, endsAt, mode, place, link) = try form.read(
            fields.title, fields.kind, fields.body, fields.day, fields.lastDay, fields.startsAt,
            fields.endsAt, fields.mode, fields.place, fields.link)
        let (isPublic, isOwn, isReserved, series, participants, model, agenda) = try form.read(
            fields.isPublic, fields.isOwnAccountability, fields.isReserved, fields.series,
            fields.participants, fields.model, fields.agenda)
        let meeting = try Meeting(
            kind: kind, title: title, day: day, lastDay: lastDay, startsAt: startsAt, endsAt: endsAt,
            mode: mode, place: place, link: link, body: body, series: series,
            participants: participants?.lines ?? [], isPublic: isPublic, isOwnAccountability: isOwn,
            isReserved: isReserved)
        let points = try choices.points(of: model) + AgendaItem.points(agenda?.lines ?? [])
        try await context.run(
            PlanMeeting(meeting, agenda: points.numbered(), of: heading.alliance.id), form)
        return Redirect(to: .meeting(slug, meeting.id), "La reunión quedó programada.")
    }

    @Sendable private func meetingToEdit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> EditMeetingPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        let answer = try await context.fetch(ReadMeeting(id, of: heading.alliance.id))
        return EditMeetingPage(
            heading: heading, meeting: answer.summary.meeting, choices: try await choices(context, heading),
            hasNotice: answer.preparation.notice != nil, form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = MeetingForm(try await choices(context, heading))
        let (title, body, mode, place, link, series, participants) = try form.read(
            fields.title, fields.body, fields.mode, fields.place, fields.link, fields.series,
            fields.participants)
        try await context.run(
            EditMeeting(
                id, of: heading.alliance.id, title: title, mode: mode, place: place, link: link, body: body,
                series: series, participants: participants?.lines ?? []), form)
        return Redirect(to: .meeting(slug, id), "La reunión quedó guardada.")
    }

    @Sendable private func meetingToShare(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> ShareMeetingPage {
        let (heading, meeting) = try await meeting(id, context, slug, toUse: .planMeetings)
        guard meeting.isReserved else { throw MeetingError.alreadyShared }
        return ShareMeetingPage(heading: heading, meeting: meeting, form: state)
    }

    @Sendable private func share(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(ShareMeeting(id, of: heading.alliance.id), form)
        return Redirect(to: .meeting(slug, id), "La entidad ya ve la reunión.")
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
        let fields = MeetingForm(nil)
        let (isPublic, isOwn) = try form.read(fields.isPublic, fields.isOwnAccountability)
        try await context.run(
            DescribeMeeting(
                id, of: heading.alliance.id, isPublic: isPublic, isOwnAccountability: isOwn), form)
        return Redirect(to: .meeting(slug, id), "Quedó guardado.")
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

extension TenantContext {
    /// By when an alliance meets next; `nil` where nothing asks it, or the person may not see it.
    func nextMeeting(of heading: AllianceHeading) async throws -> MeetingDue? {
        guard may(.seeCompliance, in: heading.stream) else { return nil }
        return try await fetch(ReadNextMeeting(of: heading.alliance.id))
    }
}

extension String {
    /// The lines of a text that say something.
    var lines: [String] {
        split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }
}
