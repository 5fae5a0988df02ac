import Governance
import Kernel
import Reporting
import Tenancy

/// Quick polls: asked, answered on screens and on paper, closed.
struct PollRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.polls) { context, slug in
            let heading = try await context.alliance(slug)
            return PollsPage(
                query: ListQuery(context.visit), heading: heading,
                lines: try await context.fetch(ReadPolls(of: heading.alliance.id)), today: context.today)
        }
        tenant.form(Path.newPoll, show: newPoll, act: open)
        tenant.get(Path.poll) { context, slug, id in
            let (heading, answer) = try await found(id, slug, context)
            return PollPage(
                heading: heading, answer: answer, link: link(to: answer.poll, slug, context)?.text,
                mayOpen: context.may(.openFiles, in: heading.stream))
        }
        tenant.get(Path.pollResult) { context, slug, id in
            let (heading, answer) = try await found(id, slug, context)
            return PollResultPage(query: ListQuery(context.visit), heading: heading, answer: answer)
        }
        tenant.get(Path.pollSheet) { context, slug, id in
            let (heading, answer) = try await found(id, slug, context)
            let sheet = PollSheetDocument(
                poll: answer.poll, alliance: heading.alliance.name, entity: context.entry.organization,
                link: link(to: answer.poll, slug, context))
            return Download(
                name: "\(sheet.title).pdf", mediaType: "application/pdf",
                bytes: try await context.visit.site.printer.render(sheet), isInline: true)
        }
        tenant.form(Path.endPoll, show: toClose, act: close)
        tenant.form(
            Path.countPoll, upTo: .files(megabytes: PaperForm.megabytes), show: toCount, act: count)
        tenant.form(Path.withdrawPollTally, show: toWithdraw, act: withdraw)
        tenant.form(Path.answerPoll, show: toAnswer, act: answer)
    }

    private func found(
        _ id: ID<Poll>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (AllianceHeading, ReadPoll.Answer) {
        let heading = try await context.alliance(slug, toUse: .keepPolls)
        return (heading, try await context.fetch(ReadPoll(id, of: heading.alliance.id)))
    }

    /// Where whoever has the link answers; `nil` for a poll of members.
    private func link(to poll: Poll, _ slug: AllianceSlug, _ context: TenantContext) -> WebAddress? {
        guard poll.isPublic, let tenant = TenantSlug(rawValue: context.entry.organization.slug) else {
            return nil
        }
        let path = Path.publicPoll(tenant, slug, PollCode(poll.code)).text(in: nil)
        return WebAddress(context.visit.site.origin + path)
    }

    private func crumbs(_ heading: AllianceHeading, _ poll: Poll? = nil) -> [Crumb] {
        heading.trail(from: .between) + [Crumb("Sondeos", .polls(heading.slug))]
            + [poll.map { Crumb($0.title, .poll(heading.slug, $0.id)) }].compactMap(\.self)
    }

    @Sendable private func newPoll(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .keepPolls)
        let fields = PollForm()
        let filled = state.filling(fields.opensOn, with: context.today)
            .filling(fields.closesOn, with: context.today + 15)
        return QuestionPage(
            title: "Hacer un sondeo",
            lead: "Lo que se pregunta no se cambia después. Un sondeo no es una votación.",
            trail: crumbs(heading), help: "sondeos", path: .newPoll(slug), verb: "Hacer el sondeo",
            back: .polls(slug), scripts: ["renglones.js"], form: state.isTyped ? state : filled
        ) { fields.write(&$0) }
    }

    @Sendable private func open(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepPolls)
        let id = try await context.run(OpenPoll(try PollForm().read(form), of: heading.alliance.id), form)
        return Redirect(to: .poll(slug, id), "El sondeo quedó hecho.")
    }

    @Sendable private func toClose(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Poll>
    ) async throws -> QuestionPage {
        let (heading, answer) = try await found(id, slug, context)
        return QuestionPage(
            title: "Cerrar el sondeo",
            lead: "No recibe más respuestas ni hojas en papel. No se puede deshacer.",
            trail: crumbs(heading, answer.poll), help: "sondeos", path: .endPoll(slug, id),
            verb: "Cerrar el sondeo", emphasis: .danger, back: .poll(slug, id), form: state
        ) { _ in }
    }

    @Sendable private func close(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Poll>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(ClosePoll(id, of: heading.alliance.id), form)
        return Redirect(to: .poll(slug, id), "El sondeo quedó cerrado.")
    }

    // MARK: Paper

    private static let place = Field.text("place", "Dónde se llenaron", max: 160)
    private static let sheets = Field.integer("sheets", "Cuántas hojas", in: 1...100_000)
    private static let day = Field.date("day", "Se contaron el")
    private static let paper = Field.paper("paper", "Las hojas, o la hoja del conteo").optional()
    private static let reason = Field.text("reason", "Por qué se retira", max: 300)

    private func counts(_ question: Poll.Question, _ number: Int) -> [Field<Int?>] {
        question.options.enumerated().map { index, option in
            Field.integer("count\(number)-\(index + 1)", option, in: 0...100_000).optional()
        }
    }

    @Sendable private func toCount(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Poll>
    ) async throws -> QuestionPage {
        let (heading, answer) = try await found(id, slug, context)
        let questions = answer.poll.questions
        return QuestionPage(
            title: "Anotar hojas en papel",
            lead: "Cuente cuántas hojas marcaron cada respuesta. En el resultado salen como de papel.",
            trail: crumbs(heading, answer.poll), help: "sondeos", path: .countPoll(slug, id),
            verb: "Guardar el conteo", back: .poll(slug, id), hasFiles: true,
            form: state.isTyped ? state : state.filling(Self.day, with: context.today)
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(Self.place)
                row.field(Self.sheets)
                row.field(Self.day)
            }
            for (index, question) in questions.enumerated() {
                form.section("\(index + 1). \(question.words)") { part in
                    part.div(.class("form-row")) { row in
                        for field in counts(question, index + 1) { row.field(field) }
                    }
                }
            }
            form.field(Self.paper)
        }
    }

    @Sendable private func count(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Poll>
    ) async throws -> Redirect {
        let (heading, answer) = try await found(id, slug, context)
        let (place, sheets, day, paper) = try form.read(Self.place, Self.sheets, Self.day, Self.paper)
        let counted = try answer.poll.questions.enumerated().map { index, question in
            try counts(question, index + 1).map { field in
                let people: Int? = try form.read(field)
                return people ?? 0
            }
        }
        try await context.run(
            CountPollSheets(
                try PollTally(place: place, sheets: sheets, countedOn: day, counts: counted), of: id,
                in: heading.alliance.id, paper: try paper?.stored(on: day)), form)
        return Redirect(to: .poll(slug, id), "El conteo quedó guardado.")
    }

    @Sendable private func toWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Poll>,
        _ tally: ID<PollTally>
    ) async throws -> QuestionPage {
        let (heading, answer) = try await found(id, slug, context)
        return QuestionPage(
            title: "Retirar el conteo", lead: "Deja de contar y queda con su motivo.",
            trail: crumbs(heading, answer.poll), help: "sondeos", path: .withdrawPollTally(slug, id, tally),
            verb: "Retirar el conteo", emphasis: .danger, back: .poll(slug, id), form: state
        ) { $0.field(Self.reason) }
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Poll>,
        _ tally: ID<PollTally>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            WithdrawPollTally(
                tally, of: id, in: heading.alliance.id, because: try form.read(Self.reason)), form)
        return Redirect(to: .poll(slug, id), "El conteo quedó retirado.")
    }

    // MARK: Members

    private func own(
        _ id: ID<Poll>, _ slug: AllianceSlug, _ context: TenantContext
    ) async throws -> (AllianceHeading, ReadOwnPolls.Line) {
        let heading = try await context.alliance(slug, toUse: .answerPolls)
        let lines = try await context.fetch(ReadOwnPolls(in: heading.alliance.id))
        guard let line = lines.first(where: { $0.poll.id == id }) else { throw PollError.notFound }
        return (heading, line)
    }

    @Sendable private func toAnswer(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Poll>
    ) async throws -> QuestionPage {
        let (heading, line) = try await own(id, slug, context)
        guard !line.isAnswered else { throw PollError.answeredAlready }
        let fields = PollAnswerForm(poll: line.poll)
        return QuestionPage(
            title: line.poll.title, lead: line.poll.purpose, trail: heading.trail(from: .own),
            help: "sondeos", path: .answerPoll(slug, id), verb: "Enviar las respuestas",
            back: .ownAlliance(slug), form: state,
            introduction: { html in
                html.note(.info, Poll.notAVote)
                html.p(
                    "Se guarda que usted ya respondió, y aparte lo que respondió, sin su nombre ni la hora.",
                    .class("form-text"))
            }
        ) { fields.write(&$0) }
    }

    /// The server answers for the member: the chain is not to tell who did.
    @Sendable private func answer(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Poll>
    ) async throws -> Redirect {
        let (heading, line) = try await own(id, slug, context)
        guard let user = context.principal.user else { throw NoSuchPage() }
        let (choices, comment) = try PollAnswerForm(poll: line.poll).read(form)
        try await context.visit.site.runner.run(
            AnswerPoll(choices, comment: comment, to: id, of: heading.alliance.id, from: .user(user)),
            as: .system(in: context.principal.organization), key: ID(rawValue: form.key))
        return Redirect(to: .ownAlliance(slug), "Sus respuestas quedaron guardadas. Gracias.")
    }
}

/// Polls that whoever has the link answers.
struct PublicPollRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.form(Path.publicPoll, show: poll, act: answer)
    }

    private func found(
        _ context: PublicContext, _ tenant: TenantSlug, _ slug: AllianceSlug, _ code: PollCode
    ) async throws -> (alliance: PublishedAlliance, organization: Organization, poll: Poll) {
        let (alliance, organization) = try await context.publishedAlliance(slug, of: tenant)
        let card = try await context.published {
            try await $0.pollCard(code.pathText, of: alliance.id, in: organization.id)
        }
        guard let card else { throw NoSuchPage() }
        return (alliance, organization, card.poll)
    }

    @Sendable private func poll(
        _ context: PublicContext, _ state: FormState, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ code: PollCode
    ) async throws -> PublicPollPage {
        let (alliance, _, poll) = try await found(context, tenant, slug, code)
        return PublicPollPage(
            alliance: alliance.name, tenant: tenant, slug: slug, poll: poll,
            today: ColombianTime.date(at: context.visit.now), form: state)
    }

    @Sendable private func answer(
        _ context: PublicContext, _ form: Submission, _ tenant: TenantSlug, _ slug: AllianceSlug,
        _ code: PollCode
    ) async throws -> AnsweredPollPage {
        let (alliance, organization, poll) = try await found(context, tenant, slug, code)
        let (choices, comment) = try PollAnswerForm(poll: poll).read(form)
        let device = HashDigest(of: Array("\(poll.id) \(context.visit.formCookie)".utf8))
        _ = try await context.asking(.claim, about: "\(poll.id) \(context.visit.formCookie)") {
            try await context.visit.site.runner.run(
                AnswerPoll(choices, comment: comment, to: poll.id, of: alliance.id, from: .device(device)),
                as: .system(in: organization.id), key: ID(rawValue: form.key))
            return true
        }
        return AnsweredPollPage(poll: poll, alliance: alliance.name, tenant: tenant, slug: slug)
    }
}
