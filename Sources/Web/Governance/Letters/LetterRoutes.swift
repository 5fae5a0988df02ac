import Governance
import Kernel
import Tenancy

/// Letters: written, numbered, delivered, answered; and those that come in.
struct LetterRoutes {
    private static let limit = Submission.Limit.files(megabytes: PaperForm.megabytes)

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.letters) { context, slug in
            let heading = try await context.alliance(slug)
            let year = (try? LettersPage.year.read(Entries(context.visit.query))) ?? nil
            return LettersPage(
                query: ListQuery(context.visit), heading: heading,
                answer: try await context.fetch(ReadLetters(of: heading.alliance.id, in: year)),
                mayKeep: context.may(.keepLetters, in: heading.stream),
                maySeeTerms: context.may(.readLetters))
        }
        LetterTermRoutes().add(to: tenant)
        tenant.form(Path.newLetter, show: newLetter, act: write)
        tenant.form(Path.receiveLetter, upTo: Self.limit, show: toReceive, act: receive)
        tenant.get(Path.letter) { context, slug, id in
            let heading = try await context.alliance(slug)
            return LetterPage(
                heading: heading, tenant: TenantSlug(rawValue: context.entry.organization.slug),
                answer: try await context.fetch(ReadLetter(id, of: heading.alliance.id)),
                mayKeep: context.may(.keepLetters, in: heading.stream),
                mayIssue: context.may(.issueLetters, in: heading.stream),
                mayPublish: context.may(.publishStatements, in: heading.stream),
                mayOpen: context.may(.openFiles, in: heading.stream), today: context.today)
        }
        tenant.get(Path.letterDocument, document)
        tenant.form(Path.editLetter, show: toEdit, act: edit)
        tenant.form(Path.issueLetter, show: toIssue, act: issue)
        tenant.form(Path.attachLetterFile, upTo: Self.limit, show: toAttach, act: attach)
        tenant.form(Path.settleLetter, show: toSettle, act: settle)
        tenant.form(Path.shareLetter, show: toShare, act: share)
        tenant.form(Path.publishStatement, show: toPublish, act: publish)
        tenant.form(Path.withdrawStatement, show: toWithdraw, act: withdraw)
        tenant.form(Path.followLetter, upTo: Self.limit, show: toFollow, act: follow)
    }

    private func found(
        _ id: ID<Letter>, _ slug: AllianceSlug, _ context: TenantContext,
        toUse permission: Permission = .keepLetters
    ) async throws -> (heading: AllianceHeading, answer: ReadLetter.Answer) {
        let heading = try await context.alliance(slug, toUse: permission)
        return (heading, try await context.fetch(ReadLetter(id, of: heading.alliance.id)))
    }

    private func terms(_ heading: AllianceHeading, _ context: TenantContext) async throws -> [LetterTerm] {
        try await context.read(.readLetters, in: heading.stream) { try await $0.letterTerms() }
    }

    @Sendable private func document(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadLetter(id, of: heading.alliance.id))
        guard let number = answer.letter.number else { throw LetterError.notIssued }
        let contact = try await context.read(.readLetters, in: heading.stream) {
            try await $0.contact(of: heading.alliance.id)
        }
        let letter = LetterDocument(
            letter: answer.letter, number: number, term: answer.term,
            alliance: heading.alliance.name, entity: context.entry.organization, contact: contact)
        return Download(
            name: "\(letter.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                letter, as: Letter.documentKind, of: id, in: heading.stream,
                isReserved: answer.letter.isReserved), isInline: true)
    }

    // MARK: Writing

    private func answered(_ heading: AllianceHeading, _ context: TenantContext) async throws -> Letter? {
        guard let id = context.visit["responde"].flatMap({ ID<Letter>($0) }) else { return nil }
        return try await context.fetch(ReadLetter(id, of: heading.alliance.id)).letter
    }

    @Sendable private func newLetter(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> LetterFormPage {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        return LetterFormPage(
            heading: heading, known: nil, answered: try await answered(heading, context),
            terms: try await terms(heading, context), form: state)
    }

    @Sendable private func write(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        let fields = LetterForm(try await terms(heading, context))
        let isReserved = try form.read(fields.isReserved) && heading.mayReserve
        let id = try await context.run(
            WriteLetter(
                try fields.read(form), of: heading.alliance.id,
                answering: try await answered(heading, context)?.id, isReserved: isReserved), form)
        return Redirect(to: .letter(slug, id), "El borrador quedó guardado.")
    }

    @Sendable private func toEdit(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> LetterFormPage {
        let (heading, answer) = try await found(id, slug, context)
        guard answer.letter.state == .draft else { throw LetterError.issuedAlready }
        return LetterFormPage(
            heading: heading, known: answer.letter, answered: answer.answered,
            terms: try await terms(heading, context), form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        let fields = LetterForm(try await terms(heading, context))
        let revision = try form.read(LetterFormPage.revision)
        try await context.run(
            EditLetter(id, of: heading.alliance.id, to: try fields.read(form), after: revision), form)
        return Redirect(to: .letter(slug, id), "El borrador quedó guardado.")
    }

    @Sendable private func toIssue(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> IssueLetterPage {
        let (heading, answer) = try await found(id, slug, context, toUse: .issueLetters)
        guard answer.letter.state == .draft else { throw LetterError.issuedAlready }
        return IssueLetterPage(
            heading: heading, letter: answer.letter, cautions: answer.cautions, form: state)
    }

    @Sendable private func issue(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .issueLetters)
        let (_, revision) = try form.read(
            IssueLetterPage.confirmation.field, LetterFormPage.revision)
        let number = try await context.run(IssueLetter(id, of: heading.alliance.id, as: revision), form)
        return Redirect(
            to: .letter(slug, id), "La carta tiene el número \(number). Anote a cada quien cuando la reciba.")
    }

    // MARK: Coming in

    @Sendable private func toReceive(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> ReceivedLetterPage {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        return ReceivedLetterPage(
            heading: heading, terms: try await terms(heading, context), form: state, today: context.today)
    }

    @Sendable private func receive(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        let fields = ReceivedLetterForm(try await terms(heading, context))
        let id = try await context.run(
            fields.read(form, of: heading.alliance.id, mayReserve: heading.mayReserve), form)
        return Redirect(to: .letter(slug, id), "La carta quedó registrada.")
    }

    // MARK: What follows

    @Sendable private func toFollow(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>,
        _ position: Int, _ task: LetterTask
    ) async throws -> LetterTaskPage {
        let (heading, answer) = try await found(id, slug, context)
        guard let addressee = answer.addressees.first(where: { $0.position == position }) else {
            throw NoSuchPage()
        }
        return LetterTaskPage(
            heading: heading, answer: answer, addressee: addressee, task: task, form: state,
            today: context.today)
    }

    @Sendable private func follow(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>,
        _ position: Int, _ task: LetterTask
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        let (day, reference, paper) = try form.read(
            LetterTaskPage.day, LetterTaskPage.reference(task), LetterTaskPage.paper(task))
        let news: FollowLetter.News =
            switch task {
            case .delivery: .delivered(reference: reference)
            case .answer: .answered(reference: reference, words: try form.read(LetterTaskPage.words))
            }
        try await context.run(
            FollowLetter(
                id, of: heading.alliance.id, addressee: position, news, on: day,
                paper: try paper?.stored(on: day)), form)
        return Redirect(
            to: Path.letter(slug, id).at(anchor: "respuestas"),
            task == .delivery ? "La entrega quedó anotada." : "La respuesta quedó anotada.")
    }

    @Sendable private func toAttach(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> LetterFilePage {
        let (heading, answer) = try await found(id, slug, context)
        return LetterFilePage(heading: heading, letter: answer.letter, form: state)
    }

    @Sendable private func attach(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        let (title, file) = try form.read(LetterFilePage.title, LetterFilePage.file)
        try await context.run(
            AttachLetterFile(
                try file.stored(on: context.today), titled: title, to: id, of: heading.alliance.id), form)
        return Redirect(to: .letter(slug, id), "El archivo quedó adjunto.")
    }

    @Sendable private func toSettle(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> SettleLetterPage {
        let (heading, answer) = try await found(id, slug, context)
        return SettleLetterPage(heading: heading, letter: answer.letter, form: state)
    }

    @Sendable private func settle(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        try await context.run(
            SettleLetter(id, of: heading.alliance.id, try form.read(SettleLetterPage.words)), form)
        return Redirect(to: .letter(slug, id), "Quedó anotado.")
    }

    @Sendable private func toShare(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> ShareOwnPage {
        let (heading, answer) = try await found(id, slug, context)
        return ShareOwnPage(
            title: "Compartir la carta", trail: heading.letterTrail(answer.letter), help: "cartas",
            path: .shareLetter(slug, id), back: .letter(slug, id), form: state)
    }

    @Sendable private func share(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .keepLetters)
        try await context.run(ShareLetter(id, of: heading.alliance.id), form)
        return Redirect(to: .letter(slug, id), "La entidad ya la ve.")
    }

    // MARK: Statements

    private static let reason = Field.text(
        "note", "Por qué se retira", max: 300, hint: "Queda en el registro de la alianza.")

    @Sendable private func toPublish(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> PublishStatementPage {
        let heading = try await context.alliance(slug, toUse: .publishStatements)
        let answer = try await context.fetch(ReadLetter(id, of: heading.alliance.id))
        return PublishStatementPage(heading: heading, answer: answer, form: state)
    }

    @Sendable private func publish(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .publishStatements)
        try await context.run(PublishStatement(id, of: heading.alliance.id), form)
        return Redirect(
            to: .letter(slug, id), "El comunicado queda en la página pública en unos segundos.")
    }

    @Sendable private func toWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .publishStatements)
        let answer = try await context.fetch(ReadLetter(id, of: heading.alliance.id))
        guard answer.publication != nil else { throw LetterError.notPublished }
        return QuestionPage(
            title: "Retirar de la página pública",
            lead:
                "«\(answer.letter.content.subject)». Quien ya lo leyó o lo copió lo conserva; aquí sigue con su número.",
            trail: heading.letterTrail(answer.letter), help: "cartas", path: .withdrawStatement(slug, id),
            verb: "Retirar de la página", emphasis: .danger, back: .letter(slug, id), form: state
        ) { $0.field(Self.reason) }
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Letter>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .publishStatements)
        try await context.run(
            WithdrawStatement(id, of: heading.alliance.id, because: try form.read(Self.reason)), form)
        return Redirect(to: .letter(slug, id), "El comunicado sale de la página pública en unos segundos.")
    }
}
