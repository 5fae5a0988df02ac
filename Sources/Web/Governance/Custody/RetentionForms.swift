import Governance
import Kernel
import Tenancy

/// What is asked about one file whose term passed.
protocol RetentionForm: Page {
    var heading: AllianceHeading { get }
    var file: ID<StoredFile> { get }
    var answer: ReadRetention.Answer { get }
    var form: FormState { get }
    init(heading: AllianceHeading, file: ID<StoredFile>, answer: ReadRetention.Answer, form: FormState)
}

extension RetentionForm {
    var lead: String? {
        "«\(answer.document.title)», de \(SpanishFormat.longDate(answer.document.datedOn)). \(answer.document.retention.retention.title)."
    }
    var trail: [Crumb] {
        heading.trailOfRetention + [Crumb(answer.document.title, .fileRetention(heading.slug, file))]
    }
    var help: HelpTopic { "conservacion" }
    fileprivate var back: Path { .fileRetention(heading.slug, file) }
}

/// Keeps a file until another day.
struct KeepFileLongerPage: RetentionForm {
    static let until = Field.date("until", "Conservarlo hasta")
    static let reason = Field.text(
        "reason", "Por qué", max: 300, hint: "Por ejemplo: «Hay una reclamación en curso que lo cita».")

    let heading: AllianceHeading
    let file: ID<StoredFile>
    let answer: ReadRetention.Answer
    let form: FormState

    var title: String { "Conservar el archivo más tiempo" }

    func body(_ html: inout HTML) {
        html.p("Pasado ese día, el archivo vuelve a la lista para decidir.")
        html.form(to: .keepFileLonger(heading.slug, file), form) { form in
            form.field(Self.until)
            form.field(Self.reason)
            form.submit("Conservar hasta ese día", orBackTo: back)
        }
    }
}

/// Proposes to let a file go.
struct ProposeDisposalPage: RetentionForm {
    static let reason = Field.text(
        "reason", "Por qué se elimina", max: 300,
        hint: "Por ejemplo: «Acta 4 del comité de archivo, del 3 de marzo».")

    let heading: AllianceHeading
    let file: ID<StoredFile>
    let answer: ReadRetention.Answer
    let form: FormState

    var title: String { "Proponer que se elimine el archivo" }

    func body(_ html: inout HTML) {
        let other = answer.side?.other.title ?? "la otra parte"
        html.note(.info, "Todavía no se elimina nada") { note in
            note.p(
                "Hace falta que lo confirme otra persona, de \(other). Antes de eso la propuesta se puede retirar."
            )
        }
        html.form(to: .proposeDisposal(heading.slug, file), form) { form in
            form.field(Self.reason)
            form.submit("Proponer que se elimine", orBackTo: back)
        }
    }
}

/// Confirms that a file goes.
struct SecondDisposalPage: RetentionForm {
    static let confirmation = Confirmation(
        word: "ELIMINAR",
        consequences: [
            "El contenido del archivo se borra de la plataforma y nadie lo puede recuperar desde aquí.",
            "Quedan su nombre, su huella, su clase y quién lo decidió: el registro de actuaciones se sigue comprobando.",
            "Las copias de seguridad y las copias que la junta haya descargado lo conservan mientras existan.",
        ], verb: "Eliminar el contenido")
    static var word: Field<String> { confirmation.field }

    let heading: AllianceHeading
    let file: ID<StoredFile>
    let answer: ReadRetention.Answer
    let form: FormState

    var title: String { "Confirmar la eliminación" }

    func body(_ html: inout HTML) {
        if let proposal = answer.decisions.first(where: \.isOpen) {
            html.facts(
                Fact(
                    "Lo propuso",
                    [proposal.decidedBy, "por \(proposal.side.title)"].compactMap(\.self).joined(
                        separator: ", ")),
                Fact("El", proposal.decidedOn), Fact("Motivo", proposal.reason))
        }
        html.confirmation(
            Self.confirmation, to: .secondDisposal(heading.slug, file), form, orBackTo: back)
    }
}

/// Takes a proposal back, or refuses it.
struct WithdrawDisposalPage: RetentionForm {
    static let reason = Field.text("reason", "Por qué no se elimina", max: 300)

    let heading: AllianceHeading
    let file: ID<StoredFile>
    let answer: ReadRetention.Answer
    let form: FormState

    var title: String { "Retirar la propuesta de eliminar" }

    func body(_ html: inout HTML) {
        html.p("El archivo se queda, y vuelve a la lista para decidir.")
        html.form(to: .withdrawDisposal(heading.slug, file), form) { form in
            form.field(Self.reason)
            form.submit("Retirar la propuesta", orBackTo: back)
        }
    }
}

/// How long files of an alliance are kept, and what is decided about those whose term passed.
struct RetentionRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.retention) { context, slug in
            let heading = try await context.alliance(slug)
            return RetentionPage(
                query: ListQuery(context.visit), heading: heading,
                documents: try await context.fetch(ReadDocuments(of: heading.alliance.id)).documents,
                terms: try await context.fetch(ReadRetentionTerms(in: heading.stream)),
                mayConfirm: context.may(.confirmRetentionTerms), today: context.today)
        }
        tenant.get(Path.fileRetention) { context, slug, file in
            let heading = try await context.alliance(slug)
            return FileRetentionPage(
                heading: heading, file: file,
                answer: try await context.fetch(ReadRetention(of: file, in: heading.alliance.id)),
                mayOpen: context.may(.openFiles, in: heading.stream), today: context.today)
        }
        tenant.form(Path.keepFileLonger, show: page(KeepFileLongerPage.self), act: keep)
        tenant.form(Path.proposeDisposal, show: page(ProposeDisposalPage.self), act: propose)
        tenant.form(Path.secondDisposal, show: page(SecondDisposalPage.self), act: second)
        tenant.form(Path.withdrawDisposal, show: page(WithdrawDisposalPage.self), act: withdraw)
    }

    private func page<Form: RetentionForm>(
        _ type: Form.Type
    ) -> @Sendable (TenantContext, FormState, AllianceSlug, ID<StoredFile>) async throws -> Form {
        { context, state, slug, file in
            let heading = try await context.alliance(slug, toUse: .decideRetention)
            return Form(
                heading: heading, file: file,
                answer: try await context.fetch(ReadRetention(of: file, in: heading.alliance.id)), form: state
            )
        }
    }

    @Sendable private func keep(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ file: ID<StoredFile>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .decideRetention)
        let (until, reason) = try form.read(KeepFileLongerPage.until, KeepFileLongerPage.reason)
        try await context.run(
            KeepFileLonger(file, of: heading.alliance.id, until: until, because: reason), form)
        return Redirect(
            to: .fileRetention(slug, file), "Se conserva hasta el \(SpanishFormat.longDate(until)).")
    }

    @Sendable private func propose(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ file: ID<StoredFile>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .decideRetention)
        let reason = try form.read(ProposeDisposalPage.reason)
        try await context.run(ProposeDisposal(of: file, in: heading.alliance.id, because: reason), form)
        return Redirect(
            to: .fileRetention(slug, file), "Quedó propuesto. La otra parte lo ve en sus pendientes.")
    }

    @Sendable private func second(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ file: ID<StoredFile>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .decideRetention)
        _ = try form.read(SecondDisposalPage.word)
        try await context.run(SecondDisposal(of: file, in: heading.alliance.id), form)
        return Redirect(
            to: .fileRetention(slug, file), "El contenido se eliminó. Su huella y los actos quedan.")
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ file: ID<StoredFile>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug, toUse: .decideRetention)
        let reason = try form.read(WithdrawDisposalPage.reason)
        try await context.run(WithdrawDisposal(of: file, in: heading.alliance.id, because: reason), form)
        return Redirect(to: .fileRetention(slug, file), "La propuesta se retiró: el archivo se queda.")
    }
}
