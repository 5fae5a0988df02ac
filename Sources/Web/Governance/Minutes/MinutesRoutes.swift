import Foundation
import Governance
import Kernel
import Tenancy

/// Minutes from draft to seal, and their book.
struct MinutesRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.minutes, minutes)
        tenant.form(Path.writeMinutes, show: toWrite, act: write)
        tenant.get(Path.minutesFile, document)
        tenant.get(Path.redactedMinutes, redacted)
        tenant.form(Path.circulateMinutes, show: toCirculate, act: circulate)
        tenant.form(Path.observeMinutes, show: toObserve, act: observe)
        tenant.form(Path.answerObservation, show: toAnswer, act: answer)
        tenant.form(Path.approveMinutes, show: toApprove, act: approve)
        tenant.form(Path.minutesSigners, show: signers, act: choose)
        tenant.form(Path.signMinutes, show: toSign, act: sign)
        tenant.post(Path.signingCode, sendCode)
        tenant.form(
            Path.paperSignature, upTo: .files(megabytes: PaperForm.megabytes), show: toBind, act: bind)
        tenant.form(Path.paperReview, show: toReview, act: review)
        tenant.get(Path.paperScan, scan)
        tenant.post(Path.sealMinutes, seal)
        tenant.form(Path.correctMinutes, show: toCorrect, act: correct)
        tenant.get(Path.minutesExtract, extract)
        tenant.get(Path.minutesBook, book)
        tenant.form(
            Path.documentFormats,
            show: { context, state in
                DocumentFormatsPage(
                    formats: try await context.fetch(ReadDocumentFormats()), form: state, today: context.today
                )
            },
            act: { context, form in
                let (code, version, unit, day) = try form.read(
                    DocumentFormatForm.code, DocumentFormatForm.version, DocumentFormatForm.unit,
                    DocumentFormatForm.validFrom)
                try await context.run(
                    SetDocumentFormat(
                        DocumentFormat(code: code, version: version, unit: unit, validFrom: day)), form)
                return Redirect(to: .documentFormats(), "El formato quedó registrado.")
            })
    }

    func file(
        _ context: TenantContext, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        toUse permission: Permission? = nil
    ) async throws -> (AllianceHeading, MinutesFile) {
        let heading =
            if let permission { try await context.alliance(slug, toUse: permission) } else {
                try await context.alliance(slug)
            }
        return (heading, try await context.fetch(ReadMinutes(of: meeting, in: heading.alliance.id)))
    }

    @Sendable private func minutes(
        _ context: TenantContext, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> MinutesPage {
        let (heading, file) = try await file(context, slug, meeting)
        let mayWrite = context.may(.writeMinutes, in: heading.stream)
        let sealed =
            file.state == .sealed
            ? try await context.fetch(ReadMinutesPublicity(of: meeting, in: heading.alliance.id)) : nil
        return MinutesPage(
            heading: heading, file: file, mayWrite: mayWrite,
            mayObserve: context.may(.observeMinutes, in: heading.stream) && (mayWrite || file.wasThere),
            mayApprove: context.may(.approveMinutes, in: heading.stream),
            maySetFormats: context.may(.setDocumentFormats),
            mayOpenFiles: context.may(.openFiles, in: heading.stream), sealed: sealed,
            mayPublish: context.may(.publishMinutes, in: heading.stream)
                && sealed?.mayDecide(context.principal, in: heading.stream) == true)
    }

    @Sendable private func toWrite(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> WriteMinutesPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        return WriteMinutesPage(heading: heading, file: file, form: state)
    }

    @Sendable private func write(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            WriteMinutes(WriteMinutesForm().read(form), of: meeting, in: heading.alliance.id), form)
        return Redirect(to: .minutes(slug, meeting), "El acta quedó guardada.")
    }

    // MARK: Paper

    @Sendable private func document(
        _ context: TenantContext, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Download {
        let (_, file) = try await file(context, slug, meeting)
        if let seal = file.seal { return try await download(seal.file, context) }
        let document = MinutesDocument(
            text: file.text, approved: file.draft?.approved, signers: file.signings.map(\.signer),
            digest: file.digest, isReserved: file.meeting.isReserved)
        return Download(
            name: "\(document.title).pdf", mediaType: "application/pdf",
            bytes: try await context.visit.site.printer.render(document), isInline: true)
    }

    @Sendable private func redacted(
        _ context: TenantContext, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Download {
        let (_, file) = try await file(context, slug, meeting)
        guard let twin = file.seal?.redactedFile else { throw MinutesError.notSealed }
        return try await download(twin, context)
    }

    /// A file of minutes that the person was let read.
    func download(_ id: ID<StoredFile>, _ context: TenantContext) async throws -> Download {
        let file = try await context.visit.site.keptFile(id, of: context.principal.organization)
        return Download(
            name: file.record.name, mediaType: file.record.mediaType.rawValue, bytes: file.content,
            isInline: true)
    }

    @Sendable private func extract(
        _ context: TenantContext, _ slug: AllianceSlug, _ meeting: ID<Meeting>, _ position: Int
    ) async throws -> Download {
        let (heading, file) = try await file(context, slug, meeting)
        guard let seal = file.seal, let approved = file.draft?.approved,
            let decision = file.text.decisions.first(where: { $0.position == position && $0.isAdopted })
        else { throw NoSuchPage() }
        let document = DecisionExtract(
            text: file.text, decision: decision, approved: approved, signers: file.signings.map(\.signer),
            seal: seal, corrections: file.corrections)
        return Download(
            name: "\(document.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                document, as: MinutesText.Decision.extract, of: decision.id.uuidString.lowercased(),
                in: heading.stream, isReserved: file.meeting.isReserved),
            isInline: true)
    }

    // MARK: Circulation and approval

    @Sendable private func toCirculate(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> CirculateMinutesPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        return CirculateMinutesPage(heading: heading, file: file, form: state)
    }

    @Sendable private func circulate(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = CirculateForm()
        let (until, isRight) = try form.read(fields.until, fields.isRight)
        let version = try await context.run(
            CirculateMinutes(meeting, in: heading.alliance.id, until: until, likenessIsRight: isRight), form)
        return Redirect(to: .minutes(slug, meeting), "La versión \(version) quedó en observaciones.")
    }

    @Sendable private func toObserve(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> ObserveMinutesPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .observeMinutes)
        return ObserveMinutesPage(heading: heading, file: file, form: state)
    }

    @Sendable private func observe(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let fields = ObservationForm(file.text)
        let (section, observation) = try form.read(fields.section, fields.observation)
        try await context.run(
            ObserveMinutes(observation, on: section.pathText, of: meeting, in: heading.alliance.id), form)
        return Redirect(
            to: Path.minutes(slug, meeting).at(anchor: "seccion-\(section.pathText)"),
            "Su observación quedó anotada.")
    }

    private func observation(
        _ id: ID<MinutesObservation>, in file: MinutesFile
    ) throws -> MinutesObservation {
        guard let found = file.observations.first(where: { $0.id == id.rawValue }) else { throw NoSuchPage() }
        return found
    }

    @Sendable private func toAnswer(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        _ id: ID<MinutesObservation>
    ) async throws -> AnswerObservationPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        return AnswerObservationPage(
            heading: heading, file: file, observation: try observation(id, in: file), form: state)
    }

    @Sendable private func answer(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>,
        _ id: ID<MinutesObservation>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let fields = ObservationAnswerForm()
        let (verdict, answer) = try form.read(fields.verdict, fields.answer)
        try await context.run(
            AnswerMinutesObservation(
                id.rawValue, of: meeting, in: heading.alliance.id, isAccepted: verdict == .accepted,
                answer: answer), form)
        return Redirect(to: .minutes(slug, meeting), "La observación quedó respondida.")
    }

    @Sendable private func toApprove(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> ApproveMinutesPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .approveMinutes)
        return ApproveMinutesPage(heading: heading, file: file, form: state)
    }

    @Sendable private func approve(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let fields = ApprovalOfMinutesForm(file)
        let (decision, day, note) = try form.read(fields.decision, fields.day, fields.note)
        _ = try form.read(decision == nil ? fields.isReadByCommission : fields.isRead)
        let act: ApproveMinutes.Act =
            decision.map { .decision($0.id) } ?? .commission(note ?? "", on: day ?? file.today)
        let number = try await context.run(
            ApproveMinutes(of: meeting, in: heading.alliance.id, by: act), form)
        return Redirect(to: .minutes(slug, meeting), "Es el acta n.º \(number). Ahora se firma.")
    }

    // MARK: Signatures

    @Sendable private func signers(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> MinutesSignersPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .writeMinutes)
        return MinutesSignersPage(heading: heading, file: file, form: state)
    }

    @Sendable private func choose(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let fields = SignersForm(file)
        let (seats, facilitator) = try form.read(fields.seats, fields.facilitator)
        try await context.run(
            ChooseMinutesSigners(
                of: meeting, in: heading.alliance.id, seats: seats, facilitatorSigns: facilitator), form)
        return Redirect(
            to: Path.minutes(slug, meeting).at(anchor: "firmas"), "Quedó guardado quiénes firman.")
    }

    // MARK: Afterwards

    @Sendable private func toCorrect(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> CorrectMinutesPage {
        let (heading, file) = try await file(context, slug, meeting, toUse: .sealMinutes)
        return CorrectMinutesPage(heading: heading, file: file, form: state)
    }

    @Sendable private func correct(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ meeting: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await file(context, slug, meeting)
        let fields = MinutesCorrectionForm(file)
        let (decision, says, shouldSay) = try form.read(fields.decision, fields.says, fields.shouldSay)
        try await context.run(
            CorrectMinutes(
                of: meeting, in: heading.alliance.id, by: decision.id, says: says, shouldSay: shouldSay), form
        )
        return Redirect(to: .minutes(slug, meeting), "La corrección quedó anotada.")
    }

    @Sendable private func book(
        _ context: TenantContext, _ slug: AllianceSlug
    ) async throws -> MinutesBookPage {
        let heading = try await context.alliance(slug)
        let query = ListQuery<MinutesBookPage.Sort>(context.visit)
        let entries = try await context.fetch(ReadBook(of: heading.alliance.id))
        let books = Set(entries.map { $0.body ?? "De la alianza" }).sorted()
        let chosen = query[MinutesBookPage.filter(books)]
        var shown = entries.filter { chosen == nil || ($0.body ?? "De la alianza") == chosen?.pathText }
        if !query.isDescending { shown.reverse() }
        let mayOpen = context.may(.openFiles, in: heading.stream)
        let rows = shown.map { MinutesBookPage.Row(entry: $0, alliance: slug, mayOpen: mayOpen) }
        let found = try await query.found { limit, offset in
            (Array(rows.dropFirst(offset).prefix(limit)), rows.count)
        }
        return MinutesBookPage(
            heading: heading, query: query, found: found, books: books,
            maySetFormats: context.may(.setDocumentFormats))
    }
}
