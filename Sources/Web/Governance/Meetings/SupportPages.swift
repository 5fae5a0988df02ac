import Governance
import Kernel
import Tenancy

/// The questions of support that is asked.
struct SupportForm {
    let kind = Field.choice("kind", "Apoyo", MeetingSupport.Kind.allCases, title: \.title, style: .menu)
    let detail = Field.paragraphs(
        "detail", "Qué se pide", max: 500, rows: 2, hint: "Con la cantidad: «Refrigerio para 40 personas».")
}

/// The support asked of the entity for a meeting, or all that waits in the meetings of an alliance.
struct SupportsPage: Page {
    let heading: AllianceHeading
    /// The meeting; `nil` for all of them.
    let meeting: Meeting?
    let answer: ReadSupports.Answer
    let mayPlan: Bool
    let mayAnswer: Bool
    let mayOpen: Bool
    let form: FormState

    var title: String { meeting == nil ? "Apoyos por responder o entregar" : "Apoyos de la entidad" }
    var lead: String? {
        meeting.map { "Para «\($0.title)», \(SpanishFormat.longDate($0.day))." }
            ?? "Lo que la alianza pidió para sus próximas reuniones."
    }
    var trail: [Crumb] { meeting.map { heading.trail(to: $0) } ?? heading.trail(from: .meetings) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        if answer.supports.isEmpty {
            html.emptyState(
                EmptyState(
                    meeting == nil ? "No hay apoyos pendientes." : "Todavía no se ha pedido ningún apoyo."))
        }
        html.ul(.class("dossier")) { list in
            for each in answer.supports { list.li { write(each, &$0) } }
        }
        guard let meeting, mayPlan, meeting.state == .planned else { return }
        html.section("Pedir un apoyo", id: "pedir") { part in
            let fields = SupportForm()
            part.form(to: .supports(heading.slug, meeting.id), form) { form in
                form.field(fields.kind)
                form.field(fields.detail)
                form.submit("Pedir el apoyo")
            }
        }
    }

    private func write(_ each: SupportForMeeting, _ item: inout HTML) {
        let support = each.support
        item.div(.class("dossier-head")) { head in
            head.h2("\(support.kind.title): \(support.detail)")
            head.status(support.status)
        }
        if meeting == nil {
            item.p { line in
                line.text("Para ")
                line.a(each.title, .href(.meeting(heading.slug, support.meeting)))
                line.text(", \(SpanishFormat.longDate(each.day)).")
            }
        }
        let steps = [
            "Pedido el \(SpanishFormat.date(support.askedOn))",
            support.answeredOn.map {
                "\(support.isGranted == true ? "concedido" : "negado") el \(SpanishFormat.date($0))\(support.answer.map { ": \($0)" } ?? "")"
            },
            support.deliveredOn.map {
                "entregado el \(SpanishFormat.date($0))\(support.delivery.map { ": \($0)" } ?? "")"
            },
            support.withdrawnOn.map { "retirado el \(SpanishFormat.date($0))" },
        ].compactMap(\.self)
        item.p(SpanishFormat.sentence(steps.joined(separator: "; ")))
        item.div(.class("row-actions")) { actions in
            if let proof = support.proof, mayOpen {
                actions.a("Ver la prueba", .class("btn btn-outline-primary btn-sm"), .href(.file(proof)))
            }
            if mayAnswer, support.state == .asked || support.state == .granted {
                actions.a(
                    support.state == .asked ? "Responder" : "Anotar la entrega",
                    .class("btn btn-outline-primary btn-sm"),
                    .href(.followSupport(heading.slug, support.meeting, support.id)),
                    .aria(
                        "label",
                        "\(support.state == .asked ? "Responder" : "Anotar la entrega"): \(support.detail)"))
            }
            if mayPlan, support.state == .asked || support.state == .granted {
                actions.form(to: .withdrawSupport(heading.slug, support.meeting, support.id)) { form in
                    form.button(
                        "Ya no se necesita", .type("submit"), .class("btn btn-outline-danger btn-sm"),
                        .aria("label", "Ya no se necesita: \(support.detail)"))
                }
            }
        }
    }
}

extension MeetingSupport {
    /// Where it stands as a chip.
    fileprivate var status: Status {
        switch state {
        case .asked: Status(state.title, .due)
        case .granted: Status(state.title, .open)
        case .refused: Status(state.title, .overdue)
        case .delivered: Status(state.title, .met)
        case .withdrawn: Status(state.title, .sealed)
        }
    }
}

/// The questions of an answer.
struct SupportAnswerForm {
    /// What the entity answers.
    enum Verdict: String, PathValue, CaseIterable {
        case granted = "concedido"
        case refused = "negado"

        var title: String { self == .granted ? "Se concede" : "Se niega" }
    }

    let verdict = Field.choice("verdict", "Respuesta", Verdict.allCases, title: \.title)
    let answer = Field.paragraphs(
        "answer", "Qué se responde", max: 500, rows: 3, hint: "Si se niega, la razón."
    ).optional()
    let deliveredOn = Field.date("delivered_on", "Día de la entrega")
    let delivery = Field.paragraphs("delivery", "Qué se entregó", max: 500, rows: 2).optional()
    let proof = Field.paper("proof", "Prueba", hint: "El recibido o una foto.").optional()
}

/// Answers support, or says that it came.
struct FollowSupportPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let support: MeetingSupport
    let today: CalendarDate
    let form: FormState

    private var isAnswer: Bool { support.state == .asked }

    var title: String { isAnswer ? "Responder el apoyo" : "Anotar la entrega" }
    var lead: String? {
        "\(support.kind.title): \(support.detail). Para «\(meeting.title)», \(SpanishFormat.longDate(meeting.day))."
    }
    var trail: [Crumb] { heading.trail(to: meeting) + [Crumb("Apoyos", .supports(heading.slug, meeting.id))] }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let fields = SupportAnswerForm()
        html.form(
            to: .followSupport(heading.slug, meeting.id, support.id),
            form.isTyped ? form : form.filling(fields.deliveredOn, with: today), hasFiles: !isAnswer
        ) { form in
            if isAnswer {
                form.field(fields.verdict)
                form.field(fields.answer)
            } else {
                form.field(fields.deliveredOn)
                form.field(fields.delivery)
                form.field(fields.proof)
            }
            form.submit(
                isAnswer ? "Responder" : "Anotar la entrega", orBackTo: .supports(heading.slug, meeting.id))
        }
    }
}

/// Support for meetings.
struct SupportRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.allianceSupports) { context, slug in
            let heading = try await context.alliance(slug)
            return try await page(context, FormState(), heading, nil)
        }
        tenant.form(Path.supports, show: supports) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let fields = SupportForm()
            let (kind, detail) = try form.read(fields.kind, fields.detail)
            try await context.run(AskSupport(kind, detail, for: id, of: heading.alliance.id), form)
            return Redirect(
                to: .supports(slug, id), "El apoyo quedó pedido. La entidad lo ve en sus pendientes.")
        }
        tenant.form(Path.followSupport, upTo: .files(megabytes: 10), show: support, act: follow)
        tenant.post(Path.withdrawSupport) { context, form, slug, id, support in
            let heading = try await context.alliance(slug)
            try await context.run(WithdrawSupport(support, for: id, of: heading.alliance.id), form)
            return Redirect(to: .supports(slug, id), "El apoyo quedó retirado.")
        }
    }

    private func page(
        _ context: TenantContext, _ state: FormState, _ heading: AllianceHeading, _ meeting: Meeting?
    ) async throws -> SupportsPage {
        SupportsPage(
            heading: heading, meeting: meeting,
            answer: try await context.fetch(ReadSupports(of: heading.alliance.id, for: meeting?.id)),
            mayPlan: context.may(.planMeetings, in: heading.stream),
            mayAnswer: context.may(.answerSupport, in: heading.stream),
            mayOpen: context.may(.openFiles, in: heading.stream), form: state)
    }

    @Sendable private func supports(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> SupportsPage {
        let heading = try await context.alliance(slug)
        let meeting = try await context.fetch(ReadMeeting(id, of: heading.alliance.id)).summary.meeting
        return try await page(context, state, heading, meeting)
    }

    @Sendable private func support(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ support: ID<MeetingSupport>
    ) async throws -> FollowSupportPage {
        let heading = try await context.alliance(slug, toUse: .answerSupport)
        let meeting = try await context.fetch(ReadMeeting(id, of: heading.alliance.id)).summary.meeting
        let supports = try await context.fetch(ReadSupports(of: heading.alliance.id, for: id)).supports
        guard let found = supports.first(where: { $0.support.id == support })?.support,
            found.state == .asked || found.state == .granted
        else { throw SupportError.notFound }
        return FollowSupportPage(
            heading: heading, meeting: meeting, support: found, today: context.today, form: state)
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ support: ID<MeetingSupport>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = SupportAnswerForm()
        let change: FollowSupport.Change
        if form.entries.first(fields.deliveredOn.name) != nil {
            let (day, delivery, proof) = try form.read(fields.deliveredOn, fields.delivery, fields.proof)
            change = .deliver(on: day, delivery, proof: try proof?.stored(on: day))
        } else {
            let (verdict, answer) = try form.read(fields.verdict, fields.answer)
            change = verdict == .granted ? .grant(answer) : .refuse(answer ?? "")
        }
        try await context.run(FollowSupport(support, for: id, of: heading.alliance.id, change), form)
        return Redirect(to: .supports(slug, id), "Quedó anotado.")
    }
}
