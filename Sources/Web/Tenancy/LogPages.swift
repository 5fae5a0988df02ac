import Elections
import Foundation
import Governance
import Hummingbird
import Kernel
import Tenancy

extension Path {
    /// The log of what was done.
    static let log = FixedRoute("/o/{tenant}/registro")
    /// Asks for the verification of the log.
    static let verifyLog = FixedRoute("/o/{tenant}/registro/comprobar")
}

/// Which chains of the log are looked at, as the filter names them.
enum LogPlace: PathValue, Hashable {
    case office
    case alliance(ID<Alliance>)

    init?(pathText: String) {
        if pathText == "oficina" {
            self = .office
        } else if let id = ID<Alliance>(pathText) {
            self = .alliance(id)
        } else {
            return nil
        }
    }

    var pathText: String {
        switch self {
        case .office: "oficina"
        case .alliance(let id): id.description
        }
    }
}

/// The log of what was done: each event in plain words, and how far the log can be relied on.
struct LogPage: ListPage {
    /// An event as a row.
    struct Row: Sendable {
        let event: LoggedEvent
        let actor: String
        let sentence: String
        let place: String
        let facts: [(name: String, value: String)]
    }

    enum Sort: String, SortKey {
        case moment = "fecha"
        static let initial = Self.moment
        static let beginsDescending = true
    }

    static let columns: [Column<Row, Sort>] = [
        .instant("Cuándo") { $0.event.happenedAt },
        .text("Quién") { $0.actor },
        .text("Qué hizo") { $0.sentence },
        .text("Dónde") { $0.place },
        .custom("Detalles") { html, row in html.details(of: row) },
    ]

    /// The columns of a file, which has what the page unfolds.
    private static let exported: [Column<Row, Sort>] = [
        .instant("Cuándo") { $0.event.happenedAt },
        .text("Quién") { $0.actor },
        .text("Qué hizo") { $0.sentence },
        .text("Dónde") { $0.place },
        .text("Detalles") { row in
            row.event.isPurged
                ? "Borrados por protección de datos"
                : row.facts.map { "\($0.name): \($0.value)" }.joined(separator: " | ")
        },
        .text("Acto") { $0.event.action },
        .integer("Línea") { $0.event.sequence },
        .text("Huella") { $0.event.hash?.description },
    ]

    /// The questions to filter by.
    struct Filters {
        let place: Field<LogPlace?>
        let actor: Field<ID<User>?>
        let subject = Field.choice(
            "que", "Qué", LogSubject.allCases, title: \.title, style: .menu, prompt: "Todo"
        ).optional()
        let since = Field.date("desde", "Desde").optional()
        let until = Field.date("hasta", "Hasta").optional()

        init(users: [User], places: [Option<LogPlace>]) {
            place = Field.choice("donde", "Dónde", places, style: .menu, prompt: "Todas partes").optional()
            actor = Field.choice(
                "quien", "Quién", users.map { Option($0.id, $0.name) }, style: .menu, prompt: "Cualquiera"
            ).optional()
        }
    }

    let query: ListQuery<Sort>
    let found: Found<Row>
    let filters: Filters
    let part: LogPart
    let mayVerify: Bool

    var title: String { "Registro de actuaciones" }
    var lead: String? { "Quién hizo qué y cuándo. Nadie puede borrar ni cambiar una línea sin que se note." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "registro" }
    var refreshes: Int? { part.isBeingVerified ? 5 : nil }

    func response(to visit: Visit) async throws -> Response {
        guard let format = query.format else { return whole(for: visit) }
        return try await Export(
            title, Self.exported, reading: FoundRows(found: found), count: found.total, as: format
        ).response(to: visit)
    }

    func body(_ html: inout HTML) {
        html.live(isOpen: part.isBeingVerified) { standing(&$0) }
        html.list(
            self,
            filters: { form in
                form.field(filters.place)
                form.field(filters.actor)
                form.field(filters.subject)
                form.field(filters.since)
                form.field(filters.until)
            },
            empty: EmptyState("Todavía no hay nada en el registro."))
    }

    /// How far the log can be relied on.
    private func standing(_ html: inout HTML) {
        html.section(.class("log-standing")) { box in
            box.h2("¿Se puede confiar en este registro?")
            box.facts(
                Fact("¿Alguien lo cambió?", chainStatus),
                Fact("Última comprobación", verifiedAt.map(SpanishFormat.longDateAndTime)),
                Fact("Última señal guardada por fuera", part.anchoredAt.map(SpanishFormat.longDateAndTime)))
            if let broken = part.verifications.first(where: { $0.fault != nil }), let fault = broken.fault {
                box.note(
                    .problem,
                    "En la línea \(SpanishFormat.number(broken.brokenAt ?? 0)): \(fault.title). Avise a quien opera la plataforma y al organismo de control."
                )
            } else {
                box.details(.class("technical")) { details in
                    details.summary("Cómo se sabe")
                    details.p(
                        "Cada línea lleva la huella (SHA-256) de la anterior; comprobar es rehacer todas las huellas. Cada día la última se guarda fuera de la base de datos, de modo que se nota hasta un cambio hecho por quien la administra.",
                        .class("form-text"))
                }
            }
            if part.isBeingVerified {
                box.p("Se está comprobando. Puede seguir trabajando.")
            } else if mayVerify {
                box.action("Comprobar ahora", posting: .verifyLog(), icon: .check)
            }
        }
    }

    private var verifiedAt: Date? { part.verifications.map(\.verifiedAt).min() }

    private var chainStatus: Status {
        guard !part.verifications.isEmpty else { return Status("Sin comprobar", .unproven) }
        return part.verifications.allSatisfy { $0.fault == nil }
            ? Status("Nadie lo ha cambiado", .met) : Status("Sí, o falta una línea", .overdue)
    }
}

extension HTML {
    /// Writes what an event holds beside its sentence, folded.
    fileprivate mutating func details(of row: LogPage.Row) {
        details(.class("log-details")) { box in
            box.summary { summary in
                summary.text("Ver")
                summary.span(" los detalles de: \(row.sentence)", .class("visually-hidden"))
            }
            if row.event.isPurged {
                box.p("Los detalles se borraron por protección de datos. La línea y su huella quedan.")
            }
            box.element("dl", []) { list in
                for fact in row.facts {
                    list.dt(fact.name)
                    list.dd(fact.value)
                }
                list.dt("Línea n.º")
                list.dd(SpanishFormat.number(row.event.sequence))
                list.dt("Huella")
                list.dd { $0.code(row.event.hash.map { String($0.description.prefix(16)) + "…" } ?? "—") }
            }
        }
    }
}

/// The log of what was done.
struct LogRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.log, log)
        tenant.post(Path.verifyLog) { context, form in
            let scene = try await context.logScene()
            guard let stream = scene.streams(at: nil).first else {
                throw AccessError.notPermitted(.verifyAudit)
            }
            try await context.run(RequestVerification(in: stream), form)
            return Redirect(to: .log(), "El registro se está comprobando.")
        }
    }

    @Sendable private func log(_ context: TenantContext) async throws -> LogPage {
        let scene = try await context.logScene()
        let query = ListQuery<LogPage.Sort>(context.visit)
        let filters = LogPage.Filters(users: scene.users, places: scene.places)
        let streams = scene.streams(at: query[filters.place])
        guard !streams.isEmpty else { throw AccessError.notPermitted(.seeAudit) }
        let (actions, actor) = (query[filters.subject]?.actions ?? [], query[filters.actor])
        let since = query[filters.since].map(ColombianTime.startOfDay)
        var until = query[filters.until].map(ColombianTime.endOfDay)
        // What happens while a file is being sent, the reading itself among it, does not move its rows.
        if query.format != nil { until = min(until ?? context.visit.now, context.visit.now) }
        let end = until
        @Sendable func part(_ limit: Int, _ offset: Int) async throws -> (LogPart, [LogPage.Row]) {
            let part = try await context.fetch(
                ReadLog(
                    LogQuestion(
                        of: streams, actions: actions, actor: actor, since: since, until: end, limit: limit,
                        offset: offset)))
            let words = LogWords(
                users: part.users, alliances: scene.alliances,
                processes: scene.processes.map { ($0.id.description, $0.name) },
                titles: try await context.titles(of: part, in: streams))
            let rows = part.entries.map { entry in
                LogPage.Row(
                    event: entry.event, actor: words.actor(of: entry.event),
                    sentence: words.sentence(of: entry.event), place: scene.name(of: entry.stream),
                    facts: words.facts(of: entry.event))
            }
            return (part, rows)
        }
        let (first, rows) = try await part(query.limit, query.offset)
        return LogPage(
            query: query, found: query.found(rows, of: first.total) { try await part($0, $1).1 },
            filters: filters, part: first,
            mayVerify: context.may(.verifyAudit, in: streams[0]))
    }

}

extension TenantContext {
    /// What the meetings are called that events are about, for as far as the person may see them. Events of a meeting that
    /// is or was the board's own do not say it.
    fileprivate func titles(of part: LogPart, in streams: [AuditStream]) async throws -> [String: String] {
        let meetings = part.entries.map(\.event).filter { $0.action.hasPrefix("governance.meeting.") }
            .compactMap { $0.subject.flatMap { ID<Meeting>($0) } }
        guard !meetings.isEmpty else { return [:] }
        let titles = try await read(.seeAudit, in: streams) { try await $0.meetingTitles(meetings) }
        return Dictionary(uniqueKeysWithValues: titles.map { ($0.key.description, $0.value) })
    }

    /// The chains that the person may look at, with the names that their events mention.
    func logScene() async throws -> LogScene {
        // Who works here is known to those alone who see the whole entity.
        let users = may(.seeAudit) ? try await read(.seeAudit) { try await $0.users().map(\.user) } : []
        return LogScene(
            principal: principal, users: users, alliances: try await alliances(),
            processes: try await processNames(for: .seeAudit))
    }
}

/// The chains that a person may look at, with their names.
struct LogScene: Sendable {
    let principal: Principal
    let users: [User]
    let alliances: [Alliance]
    let processes: [ProcessName]

    init(principal: Principal, users: [User], alliances: [Alliance], processes: [ProcessName]) {
        self.principal = principal
        self.alliances = alliances.filter { principal.holds(.seeAudit, in: .alliance($0.id)) }
        self.processes = processes
        self.users = users
    }

    /// The places that the person may choose among.
    var places: [Option<LogPlace>] {
        (principal.holds(.seeAudit, in: .office) ? [Option(.office, "La entidad")] : [])
            + alliances.map { Option(.alliance($0.id), $0.name) }
    }

    /// The chains of a place, or all that the person may look at.
    func streams(at place: LogPlace?) -> [AuditStream] {
        let office: [AuditStream] =
            principal.holds(.seeAudit, in: .office) && (place == nil || place == .office) ? [.office] : []
        return office
            + alliances.filter { place == nil || place == .alliance($0.id) }.map { .alliance($0.id) }
            + processes.filter { place == nil || place == .alliance($0.alliance) }.map(\.stream)
    }

    /// The name of a chain.
    func name(of stream: UUID) -> String {
        if let alliance = alliances.first(where: { $0.id.rawValue == stream }) { return alliance.name }
        if let process = processes.first(where: { $0.id.rawValue == stream }) { return process.name }
        return stream == principal.organization.rawValue ? "La entidad" : "Otra parte"
    }
}
