import Governance
import Kernel
import Tenancy

/// Which lines of a sheet of calls are shown; the raw values stand in addresses.
enum CallStanding: String, PathValue, CaseIterable {
    case left = "por-llamar"
    case all = "todas"
    case coming = "asiste"
    case maybe = "tal-vez"
    case notComing = "no-asiste"
    case noAnswer = "no-contesta"
    case wrongNumber = "numero-errado"
    case doNotCall = "no-llamar"
    case withoutPhone = "sin-telefono"

    var title: String {
        switch self {
        case .left: "Por llamar"
        case .all: "Todas"
        case .withoutPhone: "Sin teléfono"
        default: outcome?.title ?? ""
        }
    }

    fileprivate var outcome: CallSheetLine.Outcome? {
        switch self {
        case .coming: .coming
        case .maybe: .maybe
        case .notComing: .notComing
        case .noAnswer: .noAnswer
        case .wrongNumber: .wrongNumber
        case .doNotCall: .doNotCall
        case .left, .all, .withoutPhone: nil
        }
    }

    var standing: ReadCallSheet.Standing {
        switch self {
        case .left: .left
        case .all: .all
        case .withoutPhone: .withoutPhone
        default: outcome.map { .outcome($0) } ?? .all
        }
    }

    fileprivate func number(in count: CallSheetCount) -> Int {
        switch self {
        case .left: count.left
        case .all: count.lines
        case .withoutPhone: count.withoutPhone
        default: outcome.flatMap { count.outcomes[$0] } ?? 0
        }
    }
}

/// The sheet of calls of a meeting: whom to call, and what came of each call with one tap.
struct CallSheetPage: ListPage {
    /// The name in an address of the line of which something was noted just now.
    static let noted = "anotada"

    enum Sort: String, SortKey {
        case position = "orden"
        static let initial = Self.position
    }

    static let columns: [Column<CallSheetLine, Sort>] = [
        .integer("N.º") { $0.position },
        .text("Nombre") { $0.name },
        .text("Teléfono") { $0.phone },
        .text("Por qué") { $0.source.title },
        .text("Resultado") { $0.outcome?.title },
        .instant("Última llamada") { $0.calledAt },
        .integer("Intentos") { $0.attempts },
    ]

    let heading: AllianceHeading
    let answer: ReadCallSheet.Answer
    let chosen: CallStanding
    /// The line of which something was noted just now, which one tap takes back.
    let noted: CallSheetLine?
    let query: ListQuery<Sort>
    let found: Found<CallSheetLine>

    private var meeting: Meeting { answer.meeting }
    private var count: CallSheetCount { answer.count }
    private var path: Path { .callSheet(heading.slug, meeting.id) }

    var title: String { "Hoja de llamadas" }
    var lead: String? { "Para «\(meeting.title)», \(SpanishFormat.longDate(meeting.day))." }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "convocar" }
    var frame: Frame { .counter }

    func actions(_ html: inout HTML) {
        guard count.lines > 0 else { return }
        html.action(
            "Imprimir la hoja (PDF)",
            to: Path.printedCallSheet(heading.slug, meeting.id).with("ver", chosen.rawValue), icon: .print)
    }

    func body(_ html: inout HTML) {
        if let noted, let outcome = noted.outcome, meeting.state == .planned {
            html.div(.class("part-actions")) { line in
                line.text("Se anotó de \(noted.name): \(outcome.title.lowercased()). ")
                line.action("Deshacer", posting: undoing(noted))
            }
        }
        if let callBy = answer.callBy, meeting.state == .planned {
            let words =
                "Se llama con la anticipación de la convocatoria: hasta el \(SpanishFormat.longDate(callBy))."
            html.note(answer.today > callBy && count.left > 0 ? .warning : .info, words)
        }
        guard count.lines > 0 else {
            html.emptyState(
                EmptyState(
                    "La hoja está vacía. Se hace con los convocados y con quienes usaron los servicios en el último año, sin quienes pidieron que no les llamen."
                ))
            writeMaking("Hacer la hoja", &html)
            return
        }
        html.p(
            "\(SpanishFormat.count(count.called, "llamada", "llamadas")) de \(SpanishFormat.number(count.lines - count.withoutPhone)); \(SpanishFormat.count(count.outcomes[.coming] ?? 0, "persona confirmó", "personas confirmaron"))."
        )
        html.ul(.class("switches")) { list in
            for standing in CallStanding.allCases where standing.isOffered(in: count) {
                list.li { item in
                    item.a(
                        "\(standing.title) (\(SpanishFormat.number(standing.number(in: count))))",
                        .href(path.with("ver", standing.rawValue)),
                        .aria("current", standing == chosen ? "true" : nil))
                }
            }
        }
        if found.rows.isEmpty {
            html.p(chosen == .left ? "No queda nadie por llamar." : "No hay ninguna.")
        } else {
            html.ul(.class("dossier call-sheet")) { list in
                for (index, line) in found.rows.enumerated() {
                    list.li(.id("fila-\(line.position)")) { item in
                        write(line, next: found.rows.dropFirst(index + 1).first, &item)
                    }
                }
            }
            writePages(&html)
        }
        html.section("La hoja", id: "hoja") { part in
            part.p(.class("list-files")) { line in
                line.text("Descargar: ")
                for (index, format) in ExportFormat.allCases.enumerated() {
                    if index > 0 { line.text(" · ") }
                    line.a(format.title, .href(query.path(format: format)), .rel("nofollow"))
                }
            }
            writeMaking("Agregar a quienes falten", &part)
            if count.called > 0, !answer.isCounted {
                part.p("Al terminar, cuéntelas entre los medios de la convocatoria.")
                part.action(
                    "Anotar las llamadas como medio", posting: .closeCallSheet(heading.slug, meeting.id))
            }
        }
    }

    private func writePages(_ html: inout HTML) {
        guard found.total > found.rows.count else { return }
        html.p(.class("part-actions")) { line in
            line.text("\(SpanishFormat.number(found.rows.count)) de \(SpanishFormat.number(found.total)). ")
            if query.page > 1 { line.a("Anteriores", .href(query.path(page: query.page - 1))) }
            if query.page * 50 < found.total {
                line.a("Siguientes", .href(query.path(page: query.page + 1)))
            }
        }
    }

    private func writeMaking(_ words: String, _ html: inout HTML) {
        guard meeting.state == .planned else { return }
        html.div(.class("part-actions")) {
            $0.action(
                words, posting: .makeCallSheet(heading.slug, meeting.id),
                count.lines == 0 ? .primary : .secondary)
        }
    }

    private func write(_ line: CallSheetLine, next: CallSheetLine?, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h2("\(line.position). \(line.name)")
            if let outcome = line.outcome { head.status(outcome.status) }
        }
        item.p { words in
            if let phone = line.phone, let address = WebAddress(telephone: phone) {
                words.a(.class("call-phone"), .href(address)) { link in
                    link.icon(.phone)
                    link.text(phone)
                }
                words.text(" · ")
            } else {
                words.text("Sin teléfono · ")
            }
            words.text(line.source.title)
            if line.attempts > 1 {
                words.text(" · \(SpanishFormat.count(line.attempts, "intento", "intentos"))")
            }
        }
        guard line.phone != nil, meeting.state == .planned else { return }
        if line.outcome != nil, chosen != .left {
            item.div(.class("part-actions")) { actions in
                actions.action("Borrar el resultado", posting: undoing(line))
            }
        }
        item.form(
            to: path.with("ver", chosen.rawValue).with("pagina", query.page == 1 ? nil : String(query.page))
        ) {
            form in
            form.input(.type("hidden"), .name("line"), .value(line.id.description))
            if let next { form.input(.type("hidden"), .name("next"), .value(String(next.position))) }
            form.div(.class("door-actions call-actions")) { actions in
                for outcome in CallSheetLine.Outcome.allCases where outcome != .doNotCall {
                    actions.button(
                        outcome.title, .type("submit"), .name("outcome"), .value(outcome.rawValue),
                        .class(outcome == .coming ? "btn btn-primary" : "btn btn-outline-primary"),
                        .aria("label", "\(line.name): \(outcome.title)"))
                }
                // It takes the person off all sheets to come: it is asked once more.
                let words = CallSheetLine.Outcome.doNotCall.title
                actions.a(
                    "\(words)…", .class("btn btn-link"),
                    .href(.callNoMore(heading.slug, meeting.id, line.id)),
                    .aria("label", "\(line.name): \(words)"))
            }
        }
    }

    private func undoing(_ line: CallSheetLine) -> Path {
        Path.undoCall(heading.slug, meeting.id, line.id).with("ver", chosen.rawValue)
    }
}

extension CallStanding {
    /// Whether there is something to see by it.
    fileprivate func isOffered(in count: CallSheetCount) -> Bool {
        self == .left || self == .all || number(in: count) > 0
    }
}

extension CallSheetLine.Outcome {
    /// The outcome as a chip.
    fileprivate var status: Status {
        switch self {
        case .coming: Status(title, .met)
        case .maybe: Status(title, .due)
        case .notComing, .doNotCall: Status(title, .plain)
        case .noAnswer, .wrongNumber: Status(title, .unproven)
        }
    }
}

/// The sheets of calls.
struct CallSheetRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.callSheet) { context, slug, id in
            let heading = try await context.alliance(slug)
            let query = ListQuery<CallSheetPage.Sort>(context.visit)
            let chosen = context.visit["ver"].flatMap(CallStanding.init(rawValue:)) ?? .left
            // A file holds the whole sheet unless a part of it was asked for.
            let standing = query.format != nil && context.visit["ver"] == nil ? .all : chosen.standing
            let answer = try await context.fetch(
                ReadCallSheet(
                    of: id, of: heading.alliance.id, standing, limit: query.limit, offset: query.offset))
            let found = query.found(answer.lines, of: answer.total) { limit, offset in
                try await context.fetch(
                    ReadCallSheet(of: id, of: heading.alliance.id, standing, limit: limit, offset: offset)
                ).lines
            }
            let noted = context.visit[CallSheetPage.noted].flatMap { ID<CallSheetLine>($0) }
            var line: CallSheetLine?
            if let noted {
                line = try await context.fetch(
                    ReadCallSheet(of: id, of: heading.alliance.id, .line(noted))
                ).lines.first
            }
            return CallSheetPage(
                heading: heading, answer: answer, chosen: chosen, noted: line, query: query, found: found)
        }
        tenant.post(Path.callSheet) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            guard let line = form.entries.first("line").flatMap({ ID<CallSheetLine>($0) }),
                let outcome = form.entries.first("outcome").flatMap(CallSheetLine.Outcome.init(rawValue:))
            else { throw OutreachError.lineNotFound }
            try await context.run(NoteCall(line, as: outcome, for: id, of: heading.alliance.id), form)
            let back = Path.callSheet(slug, id).with("ver", context.visit["ver"])
                .with("pagina", context.visit["pagina"]).with(CallSheetPage.noted, line.description)
            let next = form.entries.first("next").flatMap { Int($0) }
            return Redirect(
                to: next.map { back.at(anchor: "fila-\($0)") } ?? back,
                "Anotado: \(outcome.title.lowercased()).")
        }
        CallSheetActRoutes().add(to: tenant)
        tenant.post(Path.makeCallSheet) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let added = try await context.run(MakeCallSheet(for: id, of: heading.alliance.id), form)
            return Redirect(
                to: .callSheet(slug, id),
                added == 0
                    ? "No faltaba nadie en la hoja."
                    : "\(SpanishFormat.count(added, "persona quedó", "personas quedaron")) en la hoja.")
        }
        tenant.post(Path.closeCallSheet) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            try await context.run(CloseCallSheet(for: id, of: heading.alliance.id), form)
            return Redirect(
                to: Path.notice(slug, id).at(anchor: "medios"), "Las llamadas quedaron entre los medios.")
        }
    }
}
