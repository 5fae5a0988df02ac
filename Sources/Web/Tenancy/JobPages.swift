import Foundation
import Hummingbird
import Kernel
import Tenancy

extension Path {
    /// Long work of an entity.
    static let jobs = FixedRoute("/o/{tenant}/tareas")
    /// Calls long work off.
    static let cancelJob = Route<ID<Job>>("/o/{tenant}/tareas/{job}/cancelar")
    /// Begins long work again.
    static let retryJob = Route<ID<Job>>("/o/{tenant}/tareas/{job}/reintentar")
}

/// What long work is about.
enum JobWords {
    private static let titles = [
        "governance.alliance.export": "Copiar todo lo de una alianza",
        "membership.affiliates.check": "Revisar un archivo de afiliados",
        "membership.affiliates.merge": "Importar afiliados",
        "membership.affiliates.undo": "Deshacer una importación",
        "tenancy.log.verify": "Comprobar el registro",
    ]

    /// What a kind of job does.
    static func title(of kind: String) -> String {
        titles[kind] ?? "Tarea «\(kind)»"
    }
}

extension Job.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .waiting: Status(title, .plain)
        case .running: Status(title, .open)
        case .done: Status(title, .met)
        case .failed: Status(title, .overdue)
        case .cancelled: Status(title, .sealed)
        }
    }
}

/// Long work of an entity: how far it has come, what failed, and what can be done.
struct JobsPage: ListPage {
    /// A job as a row.
    struct Row: Sendable {
        let job: Job
        let alliance: String?
        let person: String
        let mayChange: Bool
    }

    enum Sort: String, SortKey {
        case moment = "fecha"
        static let initial = Self.moment
        static let beginsDescending = true
    }

    /// Where jobs stand, as the filter names it.
    enum StateChoice: String, PathValue, CaseIterable {
        case open = "abiertas"
        case failed = "fallidas"
        case done = "terminadas"
        case cancelled = "canceladas"

        var title: String {
            switch self {
            case .open: "En espera o en curso"
            case .failed: "Fallaron"
            case .done: "Terminaron"
            case .cancelled: "Canceladas"
            }
        }

        func includes(_ state: Job.State) -> Bool {
            switch self {
            case .open: !state.isEnd
            case .failed: state == .failed
            case .done: state == .done
            case .cancelled: state == .cancelled
            }
        }
    }

    static let state = Field.choice(
        "estado", "Estado", StateChoice.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()

    static let columns: [Column<Row, Sort>] = [
        .text("Tarea") { JobWords.title(of: $0.job.kind) },
        .text("Alianza") { $0.alliance },
        .text("Pedida por") { $0.person },
        .instant("Pedida el") { $0.job.requestedAt },
        .status("Estado") { $0.job.state.status },
        .text("Avance") { $0.progress },
        .custom("Qué se puede hacer") { html, row in
            guard row.mayChange else { return html.absent() }
            switch row.job.state {
            case .waiting, .running: html.action("Cancelar", posting: .cancelJob(row.job.id), .danger)
            case .failed, .cancelled: html.action("Reintentar", posting: .retryJob(row.job.id))
            case .done: html.absent()
            }
        },
    ]

    let query: ListQuery<Sort>
    let found: Found<Row>
    /// Whether some are not over.
    let isMoving: Bool
    /// What the server should do by itself and does not, in words.
    let troubles: [String]

    init(_ list: JobList, query: ListQuery<Sort>, mayChange: (Job) -> Bool) {
        self.query = query
        let state = query[Self.state]
        var jobs = list.jobs.filter { job in state.map { $0.includes(job.state) } ?? true }
        if !query.isDescending { jobs.reverse() }
        found = query.page(
            of: jobs.map { job in
                Row(
                    job: job, alliance: list.alliances.first { $0.id == job.alliance }?.name,
                    person: job.requestedBy.flatMap { id in list.users.first { $0.id == id }?.name }
                        ?? "El sistema",
                    mayChange: mayChange(job))
            })
        isMoving = list.jobs.contains { !$0.state.isEnd }
        troubles = list.failingMessages.map(\.words) + list.failedChores.map(\.words)
    }

    var title: String { "Tareas" }
    var lead: String? { "Lo que toma tiempo sigue aunque cierre la página." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "tareas" }
    var refreshes: Int? { isMoving ? 5 : nil }

    func body(_ html: inout HTML) {
        if !troubles.isEmpty {
            html.note(.problem, "El servidor no ha podido hacer esto") { note in
                note.ul { list in
                    for trouble in troubles { list.li(trouble) }
                }
                note.p("Lo sigue intentando solo. Si mañana sigue aquí, avise a quien opera la plataforma.")
            }
        }
        html.live(isOpen: isMoving) { part in
            part.list(
                self, filters: { $0.field(Self.state) },
                empty: EmptyState(
                    "No hay tareas. Aparecen aquí cuando se importa un archivo o se comprueba el registro."))
        }
    }
}

extension FailingMessages {
    /// What does not leave, and since when.
    fileprivate var words: String {
        let day = SpanishFormat.longDate(ColombianTime.date(at: since))
        return switch topic {
        case OutboxMessage.invitationTopic:
            "\(SpanishFormat.count(count, "invitación", "invitaciones")) por correo sin enviar, desde el \(day). Revise con quien opera la plataforma el servidor de correo."
        case OutboxMessage.allianceChangedTopic:
            "\(SpanishFormat.count(count, "cambio", "cambios")) de alianzas sin llevar al cumplimiento y a las páginas públicas, desde el \(day)."
        default:
            "\(SpanishFormat.count(count, "mensaje", "mensajes")) «\(topic)» sin entregar, desde el \(day)."
        }
    }
}

extension FailedChore {
    /// What is not done, since when and why.
    fileprivate var words: String {
        "\(chore.title): falla desde el \(SpanishFormat.longDate(ColombianTime.date(at: since))). \(failure)"
    }
}

extension JobsPage.Row {
    /// How far the job has come, or why it failed.
    fileprivate var progress: String {
        switch job.state {
        case .failed: job.failure ?? "Falló sin decir por qué. Reinténtela."
        case .waiting: "Empieza en cuanto termine lo anterior"
        case .running: job.percent.map { "\($0) %: \(job.phase)" } ?? job.phase
        case .done:
            "\(job.phase). Terminó el \(job.finishedAt.map(SpanishFormat.shortDateAndTime) ?? "")"
        case .cancelled: "Lo que alcanzó a guardarse quedó"
        }
    }
}

/// Long work of an entity.
struct JobRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.jobs) { context in
            let stream = try stream(for: context)
            return JobsPage(
                try await context.fetch(ListJobs(in: stream)), query: ListQuery(context.visit),
                mayChange: { context.may(.cancelJobs, in: $0.stream) })
        }
        tenant.post(Path.cancelJob) { context, form, id in
            try await context.run(CancelJob(try await context.job(id)), form)
            return Redirect(to: .jobs(), "La tarea quedó cancelada.")
        }
        tenant.post(Path.retryJob) { context, form, id in
            try await context.run(RetryJob(try await context.job(id)), form)
            return Redirect(to: .jobs(), "La tarea vuelve a empezar.")
        }
    }

    /// The space whose jobs a person sees: the whole entity, or the alliance that they work for.
    private func stream(for context: TenantContext) throws -> AuditStream {
        if context.may(.seeJobs) { return .office }
        let spaces = context.principal.grants.map(\.space.stream)
        guard let stream = spaces.first(where: { context.may(.seeJobs, in: $0) }),
            let alliance = stream.alliance
        else { throw AccessError.notPermitted(.seeJobs) }
        return .alliance(alliance)
    }
}

extension Job {
    /// The space that the job belongs to.
    var stream: AuditStream { alliance.map { .alliance($0) } ?? .office }
}
