import Governance
import Kernel
import Tenancy

/// What the entity hands to the board under confidentiality.
struct ConfidentialRoutes {
    private static let files = Submission.Limit.files(megabytes: PaperForm.megabytes)

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.confidential) { context, slug in
            let (heading, answer) = try await context.confidential(slug)
            return ConfidentialPage(
                heading: heading, answer: answer, rights: ConfidentialRights(context, in: heading.stream))
        }
        tenant.get(Path.confidentialReads) { context, slug in
            let (heading, answer) = try await context.confidential(slug)
            return ConfidentialReadsPage(
                query: ListQuery(context.visit), heading: heading, reads: answer.reads)
        }
        tenant.form(Path.confidentialityText, show: text, act: publish)
        tenant.form(Path.giveConfidential, upTo: Self.files, show: toGive, act: give)
        tenant.form(Path.undertakeConfidentiality, show: toSign, act: sign)
        tenant.post(Path.undertakingCode, sendCode)
        tenant.get(Path.undertakingSheet, sheet)
        tenant.form(Path.bindUndertaking, upTo: Self.files, show: toBind, act: bind)
        tenant.form(Path.withdrawUndertaking, show: toWithdraw, act: withdraw)
        tenant.get(Path.confidentialItem) { context, slug, id in
            let (heading, answer) = try await context.confidential(slug)
            guard let item = answer.items.first(where: { $0.id == id }) else {
                throw ConfidentialityError.notFound
            }
            return ConfidentialItemPage(
                heading: heading, answer: answer, item: item,
                rights: ConfidentialRights(context, in: heading.stream))
        }
        tenant.form(Path.addConfidentialFile, upTo: Self.files, show: toAdd, act: addFile)
        tenant.form(Path.endConfidential, show: toEnd, act: end)
        tenant.post(Path.readConfidential) { context, _, slug, _, file in
            let heading = try await context.alliance(slug)
            // Each opening is a reading of its own, also of a page that was opened once.
            let opened = try await context.visit.site.runner.run(
                ReadConfidential(file, of: heading.alliance.id), as: context.principal)
            return Download(
                name: opened.file.name, mediaType: opened.file.mediaType.rawValue, bytes: opened.content)
        }
    }

    // MARK: The words

    private static let words = Field.paragraphs("words", "El compromiso que se firma", max: 8000, rows: 12)
    private static let months = Field.integer(
        "months", "Por cuántos meses rige cada firma", in: 1...ConfidentialityText.mostMonths)

    /// What is proposed where an entity has published nothing.
    private static let proposal = """
        Como integrante de la junta de la alianza de usuarios recibo información que la entidad me entrega con reserva: \
        indicadores, planes de mejoramiento y otra información que no es pública.
        Me comprometo a usarla solo para el control social que le corresponde a la alianza, a no publicarla, copiarla ni \
        entregarla a otras personas, y a avisar a la entidad si llega a manos de otros.
        Sé que cada lectura queda registrada y que la entidad y la junta la pueden ver.
        Este compromiso no me impide denunciar ante las autoridades lo que la ley ordena denunciar.
        """

    @Sendable private func text(_ context: TenantContext, _ state: FormState) async throws -> QuestionPage {
        let known = try await context.read(.giveConfidential) { try await $0.confidentialityText() }
        let filled = state.filling(Self.words, with: known?.words ?? Self.proposal)
            .filling(Self.months, with: known?.months ?? 24)
        let version = (known?.version ?? 0) + 1
        return QuestionPage(
            title: "Compromiso de confidencialidad",
            lead: known == nil
                ? "El texto es una propuesta: revíselo con su oficina jurídica antes de publicarlo."
                : "Rige la versión \(version - 1). Al publicar otra, quien ya firmó sigue obligado por la suya hasta que termine.",
            trail: [Crumb("Inicio", .home())], help: "informacion-confidencial", path: .confidentialityText(),
            verb: "Publicar la versión \(version)", back: .home(), form: state.isTyped ? state : filled
        ) { form in
            form.field(Self.words)
            form.field(Self.months)
        }
    }

    @Sendable private func publish(_ context: TenantContext, _ form: Submission) async throws -> Redirect {
        let (words, months) = try form.read(Self.words, Self.months)
        try await context.run(PublishConfidentialityText(words, holding: months), form)
        return Redirect(to: .confidentialityText(), "El compromiso quedó publicado.")
    }

    // MARK: Handing over

    private static let title = Field.text(
        "title", "Qué se entrega", max: 200,
        hint: "Por ejemplo: «Indicadores de oportunidad, primer trimestre».")
    private static let giver = Field.text("giver", "Quién de la entidad la entrega", max: 200)
    private static let purpose = Field.text("purpose", "Para qué", max: 300)
    private static let day = Field.date("day", "Se entrega el")
    private static let until = Field.date("until", "Se puede leer hasta el")
    private static let file = Field.file(
        "file", "El archivo", accepting: [.pdf, .jpeg, .png, .xlsx, .csv], megabytes: PaperForm.megabytes)
    private static let reason = Field.text("reason", "Por qué", max: 300)

    /// A file as it is kept.
    private func stored(_ file: UploadedFile, on day: CalendarDate) throws -> StoredFile {
        try StoredFile(name: file.name, content: try file.content(), effectiveOn: day)
    }

    @Sendable private func toGive(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .giveConfidential)
        return QuestionPage(
            title: "Entregar información reservada",
            lead: "La lee solo quien de la junta firmó el compromiso. No incluya datos de salud de personas.",
            trail: crumbs(heading), help: "informacion-confidencial", path: .giveConfidential(slug),
            verb: "Entregar", back: .confidential(slug), hasFiles: true,
            form: state.isTyped ? state : state.filling(Self.day, with: context.today)
        ) { form in
            form.field(Self.title)
            form.field(Self.giver)
            form.field(Self.purpose)
            form.div(.class("form-row")) { row in
                row.field(Self.day)
                row.field(Self.until)
            }
            form.field(Self.file)
        }
    }

    @Sendable private func give(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .giveConfidential)
        let (title, giver, purpose, day, until, file) = try form.read(
            Self.title, Self.giver, Self.purpose, Self.day, Self.until, Self.file)
        let item = try ConfidentialItem(
            title: title, giver: giver, purpose: purpose, receivedOn: day, untilOn: until)
        let id = try await context.run(
            GiveConfidential(item, try stored(file, on: day), to: heading.alliance.id), form)
        return Redirect(to: .confidentialItem(slug, id), "La información quedó entregada.")
    }

    @Sendable private func toAdd(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<ConfidentialItem>
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .giveConfidential)
        return QuestionPage(
            title: "Agregar un archivo", trail: crumbs(heading), help: "informacion-confidencial",
            path: .addConfidentialFile(slug, id), verb: "Agregar", back: .confidentialItem(slug, id),
            hasFiles: true, form: state
        ) { $0.field(Self.file) }
    }

    @Sendable private func addFile(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<ConfidentialItem>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .giveConfidential)
        let file = try form.read(Self.file)
        try await context.run(
            AddConfidentialFile(try stored(file, on: context.today), to: id, of: heading.alliance.id), form)
        return Redirect(to: .confidentialItem(slug, id), "El archivo quedó entregado.")
    }

    @Sendable private func toEnd(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<ConfidentialItem>
    ) async throws -> QuestionPage {
        let heading = try await context.alliance(slug, toUse: .giveConfidential)
        return QuestionPage(
            title: "Retirar la información", lead: "Desde ahora nadie la puede leer. No se puede deshacer.",
            trail: crumbs(heading), help: "informacion-confidencial", path: .endConfidential(slug, id),
            verb: "Retirar", emphasis: .danger, back: .confidentialItem(slug, id), form: state
        ) { $0.field(Self.reason) }
    }

    @Sendable private func end(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<ConfidentialItem>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            EndConfidential(id, of: heading.alliance.id, because: try form.read(Self.reason)), form)
        return Redirect(to: .confidentialItem(slug, id), "Ya nadie la puede leer.")
    }

    // MARK: Undertakings

    private func crumbs(_ heading: AllianceHeading) -> [Crumb] {
        heading.trail(from: .documents) + [Crumb("Información reservada", .confidential(heading.slug))]
    }

    @Sendable private func toSign(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> UndertakingPage {
        let (heading, answer) = try await context.confidential(slug, toUse: .undertakeConfidentiality)
        guard let text = answer.text else { throw ConfidentialityError.noText }
        let user = context.principal.user
        guard let member = answer.board.first(where: { $0.user == user }) else {
            throw ConfidentialityError.notOnBoard
        }
        let own = answer.undertaking(of: user)
        return UndertakingPage(
            heading: heading, text: text, name: member.name, own: own?.version == text.version ? own : nil,
            mayMail: context.visit.site.sendsMail, codeSentTo: answer.codeSentTo, form: state)
    }

    @Sendable private func sign(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let hand: UndertakeConfidentiality.Hand
        if form.entries.items.contains(where: { $0.name == SigningForm.code.name }) {
            hand = .code(try form.read(SigningForm.code))
        } else {
            hand = .drawn(try SignatureDrawing(form.entries.first(SigningForm.drawing.name) ?? ""))
        }
        let isTaken = try await context.run(
            UndertakeConfidentiality(try version(context), by: hand, in: heading.alliance.id), form)
        guard isTaken else { throw ConfidentialityError.codeNotValid }
        return Redirect(to: .confidential(slug), "Su firma quedó guardada: ya puede leer.")
    }

    @Sendable private func sendCode(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let address = try await context.run(
            SendUndertakingCode(
                try version(context), in: heading.alliance.id,
                from: context.visit.site.identity.oneTimeCodes), form)
        return Redirect(
            to: Path.undertakeConfidentiality(slug).at(anchor: "codigo"), "Enviamos el código a \(address).")
    }

    /// The version of the words that the page showed.
    private func version(_ context: TenantContext) throws -> Int {
        guard let version = context.visit[UndertakingPage.version.name].flatMap({ Int($0) }) else {
            throw ConfidentialityError.textChanged
        }
        return version
    }

    @Sendable private func sheet(_ context: TenantContext, _ slug: AllianceSlug) async throws -> Download {
        let (heading, answer) = try await context.confidential(slug)
        guard let text = answer.text else { throw ConfidentialityError.noText }
        let sheet = UndertakingSheet(
            text: text,
            signers: answer.board.filter { answer.undertaking(of: $0.user) == nil }.map(\.name),
            alliance: heading.alliance.name, entity: context.entry.organization, today: answer.today)
        return Download(
            name: "\(sheet.title).pdf", mediaType: "application/pdf",
            bytes: try await context.issued(
                sheet, as: UndertakingSheet.kind, of: "\(heading.alliance.id):\(text.version)",
                in: heading.stream), isInline: true)
    }

    private func signer(_ board: [BoardRight]) -> Field<ID<User>> {
        Field.choice("user", "Quién firmó", board.map { Option($0.user, $0.name) }, style: .list)
    }
    private static let signedOn = Field.date("day", "Día en que firmó")
    private static let scan = Field.paper("file", "La hoja firmada")

    @Sendable private func toBind(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug
    ) async throws -> QuestionPage {
        let (heading, answer) = try await context.confidential(slug, toUse: .giveConfidential)
        let signer = signer(answer.board.filter { answer.undertaking(of: $0.user) == nil })
        return QuestionPage(
            title: "Adjuntar un compromiso firmado en papel", trail: crumbs(heading),
            help: "informacion-confidencial", path: .bindUndertaking(slug), verb: "Guardar el compromiso",
            back: .confidential(slug), hasFiles: true,
            form: state.isTyped ? state : state.filling(Self.signedOn, with: context.today)
        ) { form in
            form.field(signer)
            form.field(Self.signedOn)
            form.field(Self.scan)
        }
    }

    @Sendable private func bind(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug
    ) async throws -> Redirect {
        let (heading, answer) = try await context.confidential(slug, toUse: .giveConfidential)
        guard let text = answer.text else { throw ConfidentialityError.noText }
        let (user, day, scan) = try form.read(signer(answer.board), Self.signedOn, Self.scan)
        try await context.run(
            BindUndertaking(
                text.version, signedBy: user, on: try scan.stored(on: day), in: heading.alliance.id), form)
        return Redirect(to: .confidential(slug), "El compromiso quedó guardado.")
    }

    @Sendable private func toWithdraw(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug,
        _ id: ID<ConfidentialityUndertaking>
    ) async throws -> QuestionPage {
        let (heading, answer) = try await context.confidential(slug, toUse: .withdrawUndertakings)
        guard let found = answer.undertakings.first(where: { $0.id == id }) else {
            throw ConfidentialityError.undertakingNotFound
        }
        return QuestionPage(
            title: "Retirar el compromiso de \(found.name)",
            lead: "Desde ahora no lee más información reservada. Lo que ya leyó sigue obligándolo.",
            trail: crumbs(heading), help: "informacion-confidencial", path: .withdrawUndertaking(slug, id),
            verb: "Retirar el compromiso", emphasis: .danger, back: .confidential(slug), form: state
        ) { $0.field(Self.reason) }
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug,
        _ id: ID<ConfidentialityUndertaking>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            WithdrawUndertaking(id, in: heading.alliance.id, because: try form.read(Self.reason)), form)
        return Redirect(to: .confidential(slug), "El compromiso quedó retirado.")
    }
}

extension TenantContext {
    /// What was handed to the board of an alliance, without its content.
    fileprivate func confidential(
        _ slug: AllianceSlug, toUse permission: Permission = .seeConfidential
    ) async throws -> (AllianceHeading, ListConfidential.Answer) {
        let heading = try await alliance(slug, toUse: permission)
        return (heading, try await fetch(ListConfidential(of: heading.alliance.id)))
    }
}
