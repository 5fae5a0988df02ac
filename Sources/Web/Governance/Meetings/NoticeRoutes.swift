import Governance
import Kernel
import Reporting
import Tenancy

/// The call of meetings and its pieces.
struct NoticeRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.notice, show: notice, act: issue)
        tenant.get(Path.noticePieces) { context, slug, id in
            try await pieces(context, FormState(), slug, id)
        }
        tenant.get(Path.noticePoster) { context, slug, id in
            let (_, answer) = try await issued(context, slug, id)
            guard !answer.meeting.isReserved, let notice = answer.notice else { throw NoSuchPage() }
            let place = context.visit.tenant.map { Path.publicAlliance($0, slug).text(in: nil) }
            return try await context.printed(
                CallPosterDocument(
                    invitation: answer.invitation, notice: notice, entity: try await context.organization(),
                    address: place.flatMap { WebAddress(context.visit.site.origin + $0) }), as: "afiche")
        }
        tenant.form(Path.mailNotice, show: pieces, act: mail)
        tenant.form(Path.recordCall, upTo: .files(megabytes: 10), show: callToRecord, act: record)
    }

    @Sendable private func pieces(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> PiecesPage {
        let (heading, answer) = try await issued(context, slug, id)
        // Its messages hold the link.
        guard answer.mayEnter else { throw NoSuchPage() }
        let mayPlan = context.may(.planMeetings, in: heading.stream)
        let sendsMail = context.visit.site.sendsMail
        return PiecesPage(
            heading: heading, answer: answer, sendsMail: sendsMail, mayPlan: mayPlan,
            reachable: mayPlan && sendsMail
                ? try await context.fetch(CountMailed(of: id, in: heading.alliance.id)) : nil, form: state)
    }

    @Sendable private func mail(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let outcome = try await context.run(MailNotice(of: id, of: heading.alliance.id), form)
        let unreachable =
            outcome.unreachable == 0
            ? ""
            : " \(SpanishFormat.count(outcome.unreachable, "persona no tiene", "personas no tienen")) correo."
        return Redirect(
            to: Path.noticePieces(slug, id).at(anchor: "correo"),
            "El correo sale a \(SpanishFormat.count(outcome.queued, "persona", "personas")).\(unreachable)")
    }

    /// The call of a meeting whose notice says what the meeting is.
    private func issued(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> (AllianceHeading, ReadNotice.Answer) {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadNotice(of: id, of: heading.alliance.id))
        guard answer.notice != nil else { throw NoticeError.notIssued }
        guard !answer.isOutdated else { throw NoticeError.outdated }
        return (heading, answer)
    }

    @Sendable private func notice(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> NoticePage {
        let heading = try await context.alliance(slug)
        return NoticePage(
            heading: heading, answer: try await context.fetch(ReadNotice(of: id, of: heading.alliance.id)),
            mayPlan: context.may(.planMeetings, in: heading.stream),
            mayOpen: context.may(.openFiles, in: heading.stream),
            caller: "\(context.entry.title), \(context.entry.organization.shortName)", form: state)
    }

    @Sendable private func issue(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = NoticeForm()
        let (caller, contact, reason) = try form.read(
            fields.caller, fields.contact, fields.shortNoticeReason)
        let notice = try await context.run(
            IssueNotice(
                of: id, of: heading.alliance.id, caller: caller, contact: contact, shortNoticeReason: reason),
            form)
        return Redirect(
            to: .noticePieces(slug, id),
            "La convocatoria \(notice.version) quedó emitida. Estas son sus piezas.")
    }

    @Sendable private func callToRecord(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> RecordCallPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        let answer = try await context.fetch(ReadMeeting(id, of: heading.alliance.id))
        return RecordCallPage(
            heading: heading, meeting: answer.summary.meeting,
            kind: context.visit["medio"].flatMap(MeetingCall.Kind.init(rawValue:)), form: state,
            today: context.today)
    }

    @Sendable private func record(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let (call, proof) = try MeetingCallForm().read(form)
        try await context.run(CallMeeting(call, to: id, of: heading.alliance.id, proof: proof), form)
        return Redirect(to: Path.notice(slug, id).at(anchor: "medios"), "Quedó anotado que salió.")
    }
}
