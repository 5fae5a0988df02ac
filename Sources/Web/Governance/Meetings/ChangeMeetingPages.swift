import Governance
import Kernel
import Tenancy

/// The questions of another time for a meeting.
struct MoveForm {
    let day = Field.date("day", "Nuevo día")
    let startsAt = Field.time("starts_at", "Empieza").optional()
    let endsAt = Field.time("ends_at", "Termina").optional()
    let reason = Field.paragraphs("reason", "Por qué, y con quién se acordó", max: 500, rows: 3)
    let number = Field.text("notice_number", "Radicado del aviso", max: 80).optional()
    let filedOn = Field.date("filed_on", "Fecha del aviso").optional()
    let paper = Field.paper("paper", "Copia del aviso").optional()

    /// The other time that a form tells.
    func change(_ form: Submission, isCancelled: Bool) throws -> ChangeMeeting.Change {
        guard !isCancelled else { return .cancel }
        let (day, startsAt, endsAt) = try form.read(day, startsAt, endsAt)
        return .move(to: day, from: startsAt, until: endsAt)
    }

    /// The change that a form tells.
    func read(
        _ form: Submission, of meeting: Meeting, in alliance: ID<Alliance>, isCancelled: Bool
    ) throws -> ChangeMeeting {
        let change = try change(form, isCancelled: isCancelled)
        guard let authority = meeting.moveRule?.authority else {
            return try ChangeMeeting(meeting.id, of: alliance, to: change, because: try form.read(reason))
        }
        let (reason, number, filedOn, paper) = try form.read(reason, number, filedOn, paper)
        var notice: AuthorityNotice?
        guard number != nil || filedOn == nil else { throw MeetingError.authorityNotTold(authority) }
        guard number == nil || filedOn != nil else { throw MeetingError.noticeUndated(authority) }
        if let number, let filedOn { notice = try AuthorityNotice(number: number, filedOn: filedOn) }
        return try ChangeMeeting(
            meeting.id, of: alliance, to: change, because: reason, notice: notice,
            paper: notice == nil ? nil : try paper?.stored(on: filedOn ?? meeting.day))
    }
}

/// Moves a meeting, or calls it off.
struct ChangeMeetingPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let isCancelled: Bool
    let mayMoveHearings: Bool
    let form: FormState

    var title: String { isCancelled ? "Cancelar «\(meeting.title)»" : "Reprogramar «\(meeting.title)»" }
    var lead: String? { "Está programada para el \(SpanishFormat.longDate(meeting.day))." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "ano" }

    func body(_ html: inout HTML) {
        let fields = MoveForm()
        let path: Path =
            isCancelled
            ? .cancelMeeting(heading.slug, meeting.id) : .moveMeeting(heading.slug, meeting.id)
        let state =
            form.isTyped
            ? form
            : form.filling(fields.day, with: meeting.day).filling(fields.startsAt, with: meeting.startsAt)
                .filling(fields.endsAt, with: meeting.endsAt)
        if let restriction = meeting.restriction { html.note(.warning, restriction) }
        if meeting.moveRule?.isEntityOnly == true, !mayMoveHearings {
            html.note(
                .info, "Esta fecha solo la puede cambiar la entidad: pídalo a su oficina de participación.")
            html.p { $0.action("Volver a la reunión", to: .meeting(heading.slug, meeting.id)) }
            return
        }
        let authority = meeting.moveRule?.authority
        html.form(to: path, state, hasFiles: authority != nil) { form in
            if !isCancelled {
                form.div(.class("form-row")) { row in
                    row.field(fields.day)
                    row.field(fields.startsAt)
                    row.field(fields.endsAt)
                }
            }
            form.field(fields.reason)
            if let authority {
                form.p("Antes se avisa a \(authority), y queda la constancia.")
                form.div(.class("form-row")) { row in
                    row.field(fields.number)
                    row.field(fields.filedOn)
                }
                form.field(fields.paper)
            }
            form.submit(
                isCancelled ? "Cancelar la reunión" : "Reprogramar", isCancelled ? .danger : .primary,
                orBackTo: .meeting(heading.slug, meeting.id), back: "Volver a la reunión")
        }
    }
}

/// What asks for care on the day that something is moved to, to be read before it is.
struct ReviewMovePage: Page {
    let subject: String
    let trail: [Crumb]
    let path: Path
    let warnings: [String]
    let submission: Submission
    /// Whether the copy of a notice to the authority may go with it: a file does not stay with a form that is reviewed.
    let hasPaper: Bool

    var title: String { "Antes de reprogramar «\(subject)»" }
    var lead: String? { "El día se puede escoger así; revíselo antes de seguir." }
    var help: HelpTopic { "ano" }

    func body(_ html: inout HTML) {
        html.note(.warning, "Sobre el nuevo día") { note in
            note.ul { list in
                for warning in warnings { list.li(warning) }
            }
        }
        html.reviewForm(to: path, of: submission, verb: "Reprogramar de todos modos", hasFiles: hasPaper) {
            if hasPaper { $0.field(MoveForm().paper) }
        }
    }
}

extension HTML {
    /// Writes how often a meeting was moved or called off, and why.
    mutating func changes(_ changes: [MeetingChange], mayOpen: Bool) {
        guard !changes.isEmpty else { return }
        section("Cambios de fecha") { part in
            part.ul { list in
                for change in changes { list.li { $0.write(change, mayOpen: mayOpen) } }
            }
        }
    }

    private mutating func write(_ change: MeetingChange, mayOpen: Bool) {
        let before = SpanishFormat.longDate(change.dayBefore)
        text(
            change.dayAfter.map { "Del \(before) al \(SpanishFormat.longDate($0)). " }
                ?? "Se canceló la del \(before). ")
        text(SpanishFormat.sentence(change.reason))
        guard let notice = change.notice else { return }
        text(" Aviso a la autoridad: radicado \(notice.number), del \(SpanishFormat.date(notice.filedOn)).")
        if let file = notice.file, mayOpen {
            text(" ")
            a("Ver la copia", .href(.file(file)))
        }
    }
}

/// Moving meetings and calling them off.
struct ChangeMeetingRoutes {
    func add(to tenant: TenantRoutes) {
        add(Path.moveMeeting, isCancelled: false, "La reunión quedó reprogramada.", tenant)
        add(Path.cancelMeeting, isCancelled: true, "La reunión quedó cancelada.", tenant)
    }

    private func add(
        _ route: Route<AllianceSlug, ID<Meeting>>, isCancelled: Bool, _ notice: String, _ tenant: TenantRoutes
    ) {
        tenant.form(
            route, upTo: .files(megabytes: PaperForm.megabytes),
            show: { context, state, slug, id in
                try await page(id, isCancelled: isCancelled, context, state, slug)
            },
            act: { context, form, slug, id -> Reviewed<ReviewMovePage, ChangeMeetingPage> in
                let heading = try await context.alliance(slug, toUse: .planMeetings)
                let meeting = try await meeting(id, of: heading, context)
                if ReviewStep(form) == .correct {
                    return .again(
                        try await page(
                            id, isCancelled: isCancelled, context, FormState(correcting: form), slug))
                }
                let change = try MoveForm().read(
                    form, of: meeting, in: heading.alliance.id, isCancelled: isCancelled)
                guard case .move(let day, _, _) = change.change else {
                    try await context.run(change, form)
                    return .done(Redirect(to: .meeting(slug, id), notice))
                }
                let check = try await context.fetch(CheckMove([(heading.alliance.id, meeting)], on: day))
                if ReviewStep(form) != .act, !check.warnings.isEmpty {
                    return .review(
                        ReviewMovePage(
                            subject: meeting.title, trail: heading.trail(to: meeting),
                            path: route(slug, id), warnings: check.warnings, submission: form,
                            hasPaper: meeting.moveRule?.authority != nil))
                }
                try await context.run(change, form)
                guard check.isCalled else { return .done(Redirect(to: .meeting(slug, id), notice)) }
                return .done(
                    Redirect(
                        to: .notice(slug, id),
                        "\(notice) Ya se había convocado: emita el cambio y avise a quienes llamó."))
            })
    }

    private func page(
        _ id: ID<Meeting>, isCancelled: Bool, _ context: TenantContext, _ state: FormState,
        _ slug: AllianceSlug
    ) async throws -> ChangeMeetingPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        return ChangeMeetingPage(
            heading: heading, meeting: try await meeting(id, of: heading, context),
            isCancelled: isCancelled, mayMoveHearings: context.may(.moveHearings, in: heading.stream),
            form: state)
    }

    private func meeting(
        _ id: ID<Meeting>, of heading: AllianceHeading, _ context: TenantContext
    ) async throws -> Meeting {
        try await context.fetch(ReadMeeting(id, of: heading.alliance.id)).summary.meeting
    }
}
