import Kernel
import Tenancy

extension Path {
    /// How long each class of files is kept in an entity.
    static let retentionTerms = FixedRoute("/o/{tenant}/conservacion")
    /// Confirms how long a class is kept.
    static let retentionTerm = Route<RetentionClass>("/o/{tenant}/conservacion/{class}")
    /// Takes the confirmation back.
    static let retentionTermWithdrawal = Route<RetentionClass>("/o/{tenant}/conservacion/{class}/retirar")
}

extension RetentionClass: PathValue {
    init?(pathText: String) {
        guard let found = Self.allCases.first(where: { $0.pathText == pathText }) else { return nil }
        self = found
    }

    var pathText: String {
        switch self {
        case .constitution: "constitucion"
        case .minutes: "actas"
        case .attendance: "asistencia"
        case .consents: "autorizaciones"
        case .membership: "asociados"
        case .mandates: "periodos"
        case .elections: "elecciones"
        case .complaints: "quejas"
        case .letters: "correspondencia"
        case .activities: "actividades"
        case .oversight: "veedurias"
        case .reports: "informes"
        case .custody: "custodia"
        case .entity: "entidad"
        case .unclassified: "sin-clasificar"
        }
    }
}

extension RetentionTerm.Start: PathValue {}
extension RetentionTerm.Disposition: PathValue {}

extension RetentionTerm {
    /// Whether somebody confirmed it, as a chip.
    var status: Status {
        isOwn
            ? Status("Confirmado por la entidad", .met)
            : isConfirmed ? Status("Confirmado", .met) : Status("Propuesto, sin confirmar", .unproven)
    }
}

/// How long each class of files is kept, with what orders it.
struct RetentionTermsPage: Page {
    let terms: [RetentionTerm]
    let mayConfirm: Bool

    /// The order of the classes.
    enum Order: String, SortKey {
        case retention = "clase"
        static let initial = Self.retention
    }

    var title: String { "Conservación de los archivos" }
    var lead: String? { "Cuánto se guarda cada clase de archivo de las alianzas, y desde cuándo se cuenta." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "conservacion" }

    func body(_ html: inout HTML) {
        html.p(
            "Los términos del catálogo son una propuesta: los fija la tabla de retención documental de la entidad. Con un término que nadie ha confirmado no se vence nada. Cuando pasa uno confirmado, el archivo se pone a decidir; nada se elimina solo."
        )
        let mayConfirm = mayConfirm
        let columns: [Column<RetentionTerm, Order>] = [
            .text("Clase", to: { mayConfirm ? .retentionTerm($0.retention) : nil }) { $0.retention.title },
            .text("Se conserva") { $0.length }, .status("Término") { $0.status },
            .text("Qué lo ordena") { $0.norm }, .text("De dónde se tomó") { $0.source },
        ]
        html.table("Cuánto se conserva cada clase de archivo", columns, terms)
    }
}

/// Confirms how long a class of files is kept.
struct RetentionTermPage: Page {
    static let disposition = Field.choice(
        "disposition", "Qué se hace", RetentionTerm.Disposition.allCases, title: \.title)
    static let years = Field.integer(
        "years", "Cuántos años", in: 1...100, hint: "Vacío si se conserva siempre."
    ).optional()
    /// What its term may run from: a closing, where the platform knows one.
    static func start(of retention: RetentionClass) -> Field<RetentionTerm.Start?> {
        Field.choice(
            "start", "Desde",
            RetentionTerm.Start.allCases.filter { $0 != .closing || retention.closing != nil },
            title: \.title
        ).optional()
    }
    static let norm = Field.text(
        "norm", "Tabla de retención o norma que lo ordena", max: 300,
        hint: "Con su versión y serie: «Tabla de retención documental, versión 3, serie 120.5».")

    let term: RetentionTerm
    let form: FormState

    var title: String { "Confirmar el término" }
    var lead: String? { term.retention.title }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Conservación de los archivos", .retentionTerms())]
    }
    var help: HelpTopic { "conservacion" }

    func actions(_ html: inout HTML) {
        if term.isOwn {
            html.action("Retirar la confirmación", to: .retentionTermWithdrawal(term.retention))
        }
    }

    func body(_ html: inout HTML) {
        html.p(
            "Hoy cuenta: \(term.length.prefix(1).lowercased() + term.length.dropFirst()), según \(term.norm.marked(isConfirmed: term.isConfirmed))."
        )
        html.confirmationLegend(if: !term.isConfirmed)
        html.note(.warning, "Al confirmar, el término cuenta") { note in
            note.p(
                "Los archivos de esta clase que ya lo pasaron llegan a Pendientes, para que la oficina y la junta decidan. Lo sellado, lo emitido con código y lo de elecciones se conserva siempre. El cambio queda en el registro."
            )
        }
        var state = form
        if !form.isTyped {
            state = state.filling(Self.disposition, with: term.disposition)
                .filling(Self.years, with: term.years)
                .filling(Self.start(of: term.retention), with: term.years == nil ? nil : term.start)
                .filling(Self.norm, with: term.isOwn ? term.norm : nil)
        }
        html.form(to: .retentionTerm(term.retention), state) { form in
            form.field(Self.disposition)
            form.div(.class("form-row")) { row in
                row.field(Self.years)
                row.field(Self.start(of: term.retention))
            }
            form.field(Self.norm)
            form.submit("Confirmar el término", orBackTo: .retentionTerms())
        }
    }
}

/// Takes the confirmation of a term back.
struct RetentionTermWithdrawalPage: Page {
    static let reason = Field.text(
        "reason", "Por qué deja de contar", max: 300,
        hint: "Por ejemplo: «La tabla se actualizó y la serie cambió».")

    let term: RetentionTerm
    let form: FormState

    var title: String { "Retirar la confirmación del término" }
    var lead: String? { "\(term.retention.title): \(term.length), según \(term.norm)." }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Conservación de los archivos", .retentionTerms())]
    }
    var help: HelpTopic { "conservacion" }

    func body(_ html: inout HTML) {
        html.p(
            "Vuelve a orientar el término del catálogo, y por él no se vence nada. Lo que ya se decidió sobre archivos queda como está."
        )
        html.form(to: .retentionTermWithdrawal(term.retention), form) { form in
            form.field(Self.reason)
            form.submit("Retirar la confirmación", orBackTo: .retentionTerms())
        }
    }
}

/// How long files are kept.
struct RetentionTermRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.retentionTerms) { context in
            RetentionTermsPage(
                terms: try await context.fetch(ReadRetentionTerms()),
                mayConfirm: context.may(.confirmRetentionTerms))
        }
        tenant.form(Path.retentionTerm, show: term, act: confirm)
        tenant.form(Path.retentionTermWithdrawal, show: withdrawal, act: withdraw)
    }

    private func found(_ context: TenantContext, _ retention: RetentionClass) async throws -> RetentionTerm {
        guard context.may(.confirmRetentionTerms) else {
            throw AccessError.notPermitted(.confirmRetentionTerms)
        }
        guard
            let term = try await context.fetch(ReadRetentionTerms()).first(where: {
                $0.retention == retention
            })
        else { throw NoSuchPage() }
        return term
    }

    @Sendable private func term(
        _ context: TenantContext, _ state: FormState, _ retention: RetentionClass
    ) async throws -> RetentionTermPage {
        RetentionTermPage(term: try await found(context, retention), form: state)
    }

    @Sendable private func confirm(
        _ context: TenantContext, _ form: Submission, _ retention: RetentionClass
    ) async throws -> Redirect {
        let (disposition, years, start, norm) = try form.read(
            RetentionTermPage.disposition, RetentionTermPage.years,
            RetentionTermPage.start(of: retention), RetentionTermPage.norm)
        try await context.run(
            ConfirmRetentionTerm(
                of: retention, disposition, years: years, from: start ?? .document, norm: norm), form)
        return Redirect(to: .retentionTerms(), "El término quedó confirmado.")
    }

    @Sendable private func withdrawal(
        _ context: TenantContext, _ state: FormState, _ retention: RetentionClass
    ) async throws -> RetentionTermWithdrawalPage {
        let term = try await found(context, retention)
        guard term.isOwn else { throw NoSuchPage() }
        return RetentionTermWithdrawalPage(term: term, form: state)
    }

    @Sendable private func withdraw(
        _ context: TenantContext, _ form: Submission, _ retention: RetentionClass
    ) async throws -> Redirect {
        let reason = try form.read(RetentionTermWithdrawalPage.reason)
        try await context.run(WithdrawRetentionTerm(of: retention, because: reason), form)
        return Redirect(to: .retentionTerms(), "La confirmación quedó retirada.")
    }
}
