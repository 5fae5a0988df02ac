import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Kernel
import Tenancy

/// The session of a meeting, its decisions and questions.
struct SessionRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.session) { context, slug, id in
            try await session(context, FormState(), .step, slug, id)
        }
        form(Path.sessionCommitment, .commitment, in: tenant, act: commit)
        form(Path.sessionDecision, .decision, in: tenant, act: decide)
        form(Path.sessionQuestion, .question, in: tenant, act: ask)
        form(Path.treatPoint, .step, in: tenant, act: treat)
        form(Path.writeNotes, .notes, in: tenant, act: write)
        form(Path.verifyQuorum, .step, in: tenant) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let found = try await context.run(VerifyQuorum(in: id, of: heading.alliance.id), form)
            return Redirect(to: .session(slug, id), SpanishFormat.sentence(found.check.sentence))
        }
        form(Path.askForWord, .speaker, in: tenant, act: SpeakingRoutes.ask)
        form(Path.takeTurn, .step, in: tenant, act: SpeakingRoutes.take)
        form(Path.limitSpeaking, .limit, in: tenant, act: SpeakingRoutes.limit)
        form(Path.movePresent, .people, in: tenant) { context, form, slug, id in
            Redirect(to: .session(slug, id), try await PresencePane.move(form, slug, id, context))
        }
        CommitmentReviewRoutes().add(to: tenant)
        OpeningRoutes().add(to: tenant)
        tenant.get(Path.hall) { context, slug, id in
            let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
            return HallPage(
                heading: heading, file: file, now: context.visit.now,
                address: context.visit.tenant.flatMap { tenant in
                    file.code.flatMap { code in
                        WebAddress(
                            context.visit.site.origin
                                + Path.ownPresence(tenant, slug).with("codigo", code.description).text(
                                    in: nil))
                    }
                })
        }
        tenant.form(Path.decisions, show: decisions, act: decide)
        tenant.form(Path.withdrawDecision, show: decisionToWithdraw, act: withdraw)
        tenant.form(Path.questions, show: questions, act: ask)
        tenant.form(Path.answerQuestion, show: questionToAnswer, act: answer)
        AttendanceRoutes().add(to: tenant)
    }

    /// Adds what the page of the session sends: what is refused comes back on that page, which nobody has to leave.
    private func form<A: Answer>(
        _ route: Route<AllianceSlug, ID<Meeting>>, _ kind: SessionRefusal.Form, in tenant: TenantRoutes,
        act:
            @escaping @Sendable (TenantContext, Submission, AllianceSlug, ID<Meeting>) async throws -> A
    ) {
        tenant.form(
            route, show: { try await session($0, $1, kind, $2, $3) }, act: act)
    }

    @Sendable private func session(
        _ context: TenantContext, _ state: FormState, _ kind: SessionRefusal.Form, _ slug: AllianceSlug,
        _ id: ID<Meeting>
    ) async throws -> SessionPage {
        let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
        let commitments = try await context.fetch(ReadCommitments(of: heading.alliance.id)).commitments
        let point = state.entries.first("item") ?? context.visit["punto"]
        return SessionPage(
            heading: heading, file: file, shown: point.flatMap { ID<AgendaItem>($0) },
            commitments: commitments.filter { $0.meeting == id },
            earlier: commitments.filter {
                $0.meeting != id && $0.madeOn <= file.meeting.days.upperBound
                    && (file.meeting.isReserved || !$0.isReserved)
                    && ($0.state == .open || file.reviewed.contains($0.id))
            },
            mayCommit: context.may(.makeCommitments, in: heading.stream),
            refused: SessionRefusal(kind, state), now: context.visit.now)
    }

    @Sendable private func treat(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        guard let item = form.entries.first("item").flatMap({ ID<AgendaItem>($0) }),
            let step = form.entries.first("step").flatMap(PointStep.init(rawValue:))
        else { throw AgendaError.notFound }
        try await context.run(TreatPoint(item, step, in: id, of: heading.alliance.id), form)
        return Redirect(to: .session(slug, id))
    }

    @Sendable private func write(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> NotesAnswer {
        let heading = try await context.alliance(slug)
        guard let item = form.entries.first("item").flatMap({ ID<AgendaItem>($0) }),
            let base = form.entries.first("base").flatMap({ HashDigest($0) })
        else { throw AgendaError.notFound }
        let text = form.entries.items.first { $0.name == "text" }?.value ?? ""
        let written = try await context.run(
            WriteNotes(text, from: base, on: item, in: id, of: heading.alliance.id), form)
        return NotesAnswer(
            written: written, isForScript: form.entries.first("respuesta") == "datos",
            back: Path.session(slug, id).with("punto", item.description))
    }

    @Sendable private func commit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await context.session(id, slug, toUse: .makeCommitments)
        let fields = SessionCommitmentForm.self
        let (activity, owner, dueOn, cause) = try form.read(
            fields.activity, fields.owner, fields.dueOn, fields.cause(in: file))
        let bodies = try await context.read(.makeCommitments, in: heading.stream) { transaction in
            try await transaction.bodies(of: heading.alliance.id).filter { !$0.isExternal }
        }
        let named = owner.folded
        let responsible: MakeCommitment.Owner =
            named == "oficina"
            ? .office : bodies.first { $0.name.folded == named }.map { .body($0.id) } ?? .named(owner)
        do {
            try await context.run(
                MakeCommitment(
                    activity, by: responsible, until: dueOn, in: id, because: cause, of: heading.alliance.id),
                form)
        } catch CommitmentError.personNotFound {
            throw InvalidInput([.init(field: fields.owner.name, message: fields.ownerNotFound)])
        }
        return Redirect(to: .session(slug, id), "El compromiso quedó anotado.")
    }

    // MARK: Decisions and questions

    @Sendable private func decisions(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> DecisionsPage {
        let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
        return DecisionsPage(
            heading: heading, file: file, mayRun: context.may(.runSessions, in: heading.stream), form: state)
    }

    @Sendable private func decide(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
        let taken = try await context.run(
            try MeetingDecisionForm(file).read(form, of: id, in: heading.alliance.id), form)
        return Redirect(
            to: .session(slug, id),
            SpanishFormat.sentence(
                "La decisión \(taken.position) \(taken.isAdopted ? "quedó aprobada" : "no se aprobó"): \(taken.arithmetic)"
            ))
    }

    private func decision(
        _ decision: ID<MeetingDecision>, of id: ID<Meeting>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (AllianceHeading, SessionFile, MeetingDecision) {
        let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
        guard let found = file.decisions.first(where: { $0.id == decision }) else { throw NoSuchPage() }
        return (heading, file, found)
    }

    @Sendable private func decisionToWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ decision: ID<MeetingDecision>
    ) async throws -> WithdrawDecisionPage {
        let (heading, file, found) = try await self.decision(decision, of: id, slug, context)
        return WithdrawDecisionPage(heading: heading, file: file, decision: found, form: state)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ decision: ID<MeetingDecision>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            WithdrawDecision(
                decision, of: id, in: heading.alliance.id, because: try form.read(WithdrawDecisionPage.reason)
            ),
            form)
        return Redirect(to: .decisions(slug, id), "La decisión quedó retirada.")
    }

    @Sendable private func questions(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> QuestionsPage {
        let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
        return QuestionsPage(
            heading: heading, file: file, mayRun: context.may(.runSessions, in: heading.stream), form: state)
    }

    @Sendable private func ask(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = QuestionForm()
        let (question, askedBy, answer, answeredBy) = try form.read(
            fields.question, fields.askedBy, fields.answer, fields.answeredBy)
        try await context.run(
            RecordQuestion(
                question, askedBy: askedBy, in: id, of: heading.alliance.id,
                on: form.entries.first("item").flatMap { ID<AgendaItem>($0) }, answer: answer,
                answeredBy: answeredBy), form)
        return Redirect(to: .session(slug, id), "La pregunta quedó anotada.")
    }

    @Sendable private func questionToAnswer(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ question: ID<MeetingQuestion>
    ) async throws -> AnswerQuestionPage {
        let (heading, file) = try await context.session(id, slug, toUse: .runSessions)
        guard let found = file.questions.first(where: { $0.id == question }) else { throw NoSuchPage() }
        return AnswerQuestionPage(heading: heading, file: file, question: found, form: state)
    }

    @Sendable private func answer(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ question: ID<MeetingQuestion>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = QuestionForm()
        let (text, by) = try form.read(fields.laterAnswer, fields.answeredBy)
        try await context.run(
            AnswerQuestion(question, with: text, by: by, in: id, of: heading.alliance.id), form)
        return Redirect(to: .questions(slug, id), "La respuesta quedó guardada.")
    }
}

extension TenantContext {
    /// The session of a meeting, for somebody who may do something in it.
    func session(
        _ id: ID<Meeting>, _ slug: AllianceSlug, toUse permission: Permission
    ) async throws -> (heading: AllianceHeading, file: SessionFile) {
        let heading = try await alliance(slug, toUse: permission)
        return (heading, try await fetch(ReadSession(of: id, in: heading.alliance.id)))
    }
}

/// What became of notes that were sent: for a script the figures, for a form the page again.
struct NotesAnswer: Answer {
    let written: WrittenNotes
    let isForScript: Bool
    let back: Path

    private struct Figures: Encodable {
        let text: String
        let base: String
        let hour: String
        let wasMerged: Bool
    }

    func response(to visit: Visit) async throws -> Response {
        let words =
            written.wasMerged
            ? "Otra persona escribió a la vez: quedaron los dos textos, uno debajo del otro. Déjelos como uno."
            : SpanishFormat.sentence("Las notas quedaron guardadas a las \(hour(written.at))")
        guard isForScript else {
            return Redirect(to: back, notice: Notice(words, written.wasMerged ? .warning : .done))
                .response(to: visit)
        }
        return try await JSONAnswer(
            Figures(
                text: written.text, base: WrittenNotes.digest(of: written.text).description,
                hour: hour(written.at), wasMerged: written.wasMerged)
        ).response(to: visit)
    }
}

/// The screen of the hall: what is treated, the clock, the quorum, the last decision, how to be noted.
struct HallPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let now: Date
    /// Where those in the hall note themselves.
    let address: WebAddress?

    var title: String { meeting.title }
    var frame: Frame { .bare }
    var trail: [Crumb] { [] }
    var refreshes: Int? { meeting.state == .inSession ? 10 : nil }
    var scripts: [String] { ["sesion.js"] }

    func body(_ html: inout HTML) {
        html.live(isOpen: meeting.state == .inSession) { html in
            html.div(.class("hall")) { hall in
                hall.p(hour(now), .class("hall-clock"))
                hall.div(.class("hall-main")) { main in
                    if meeting.state != .inSession {
                        main.p(
                            meeting.state == .planned ? "La sesión no ha comenzado." : "La sesión terminó.",
                            .class("hall-point"))
                    } else if let item = file.openItem {
                        main.p("Punto \(item.position)", .class("hall-label"))
                        main.p(item.title, .class("hall-point"))
                        writeMinutes(of: item, &main)
                    } else {
                        main.p("Entre un punto y otro.", .class("hall-point"))
                    }
                    writeWord(&main)
                    main.div(.class("hall-quorum")) { $0.sessionQuorum(file.presence) }
                    if let decision = file.decisions.last(where: { $0.withdrawnAt == nil }) {
                        main.p("Última decisión", .class("hall-label"))
                        main.p(.class("hall-decision")) { line in
                            line.status(decision.status)
                            line.text(" \(decision.decision). \(decision.arithmetic).")
                        }
                    }
                }
                if meeting.state == .inSession { hall.div(.class("hall-code"), content: writeCode) }
            }
        }
    }

    private func writeMinutes(of item: AgendaItem, _ main: inout HTML) {
        guard let openedAt = item.openedAt else { return }
        let minutes = max(0, Int(now.timeIntervalSince(openedAt) / 60))
        main.p(
            item.minutesPlanned.map { "\(minutes) de \($0) minutos" }
                ?? SpanishFormat.count(minutes, "minuto", "minutos"), .class("hall-label"))
    }

    private func writeWord(_ main: inout HTML) {
        guard meeting.state == .inSession else { return }
        if let turn = file.speaking.speaking {
            main.p("Tiene la palabra", .class("hall-label"))
            main.p(turn.name, .class("hall-speaker"))
            main.speechClock(turn, at: now)
        }
        let waiting = file.speaking.waiting.prefix(5).map(\.name)
        if !waiting.isEmpty {
            main.p("Siguen: \(SpanishFormat.list(waiting))", .class("hall-label"))
        }
    }

    private func writeCode(_ box: inout HTML) {
        guard let code = file.code, let address else { return }
        box.p("Registre su asistencia", .class("hall-label"))
        if let qr = try? QRCode(address.text) { box.qrCode(qr, "Dirección para registrar su asistencia") }
        box.p(.class("hall-digits")) { $0.code(code.description.uppercased()) }
        box.p(
            "Lea el código con su teléfono y escriba su documento. Si no tiene teléfono, diga su documento en la mesa de registro."
        )
    }
}
