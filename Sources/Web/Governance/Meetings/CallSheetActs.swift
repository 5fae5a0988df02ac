import Governance
import Kernel
import Tenancy

/// Asks once more before somebody is called no more.
struct CallNoMorePage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let line: CallSheetLine
    let form: FormState

    var title: String { "\(line.name) pide que no le llamen" }
    var trail: [Crumb] {
        heading.trail(to: meeting) + [Crumb("Hoja de llamadas", .callSheet(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        html.p(
            "No estará en ninguna hoja de llamadas que se haga después, de esta reunión ni de otra. Si fue un error, se borra en la hoja de esta reunión."
        )
        html.form(to: .callNoMore(heading.slug, meeting.id, line.id), form) { form in
            form.submit("No volver a llamar", .danger, orBackTo: .callSheet(heading.slug, meeting.id))
        }
    }
}

/// The sheet of calls on paper, for whoever calls without a screen.
struct PrintedCallSheet: PrintedDocument {
    /// How many lines go into one document.
    static let limit = 400

    let meeting: Meeting
    let lines: [CallSheetLine]
    let total: Int
    let standing: CallStanding
    let today: CalendarDate
    let alliance: String
    let entity: Organization

    var title: String { "Hoja de llamadas: \(meeting.title)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Hoja de llamadas", version: "Para llamar desde el papel", date: today)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(
            "Para la reunión del \(SpanishFormat.longDate(meeting.day)). \(standing.title): \(SpanishFormat.number(total)). Marque una casilla por llamada y pase los resultados a la plataforma. La hoja tiene teléfonos: destrúyala al terminar."
        )
        if total > lines.count {
            html.p(
                "Van las primeras \(SpanishFormat.number(lines.count)): anote sus resultados e imprima la hoja otra vez para las que siguen."
            )
        }
        let outcomes = CallSheetLine.Outcome.allCases
        html.table { table in
            table.thead { head in
                head.tr { row in
                    for title in ["N.º", "Nombre", "Teléfono"] + outcomes.map(\.title) {
                        row.th(title, .scope("col"))
                    }
                }
            }
            table.tbody { body in
                for line in lines {
                    body.tr { row in
                        row.td(String(line.position))
                        row.th(line.name, .scope("row"))
                        row.td(line.phone ?? "Sin teléfono")
                        for outcome in outcomes { row.td(line.outcome == outcome ? "☒" : "☐") }
                    }
                }
            }
        }
    }
}

/// What is done with a sheet of calls besides noting calls.
struct CallSheetActRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.post(Path.undoCall) { context, form, slug, id, line in
            let heading = try await context.alliance(slug)
            try await context.run(UndoCall(line, for: id, of: heading.alliance.id), form)
            return Redirect(
                to: Path.callSheet(slug, id).with("ver", context.visit["ver"]),
                "El resultado se borró: la persona está otra vez por llamar.")
        }
        tenant.form(Path.callNoMore, show: toCallNoMore, act: callNoMore)
        tenant.get(Path.printedCallSheet, printed)
    }

    @Sendable private func toCallNoMore(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ line: ID<CallSheetLine>
    ) async throws -> CallNoMorePage {
        let heading = try await context.alliance(slug)
        let answer = try await context.fetch(ReadCallSheet(of: id, of: heading.alliance.id, .line(line)))
        guard let found = answer.lines.first else { throw OutreachError.lineNotFound }
        return CallNoMorePage(heading: heading, meeting: answer.meeting, line: found, form: state)
    }

    @Sendable private func callNoMore(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ line: ID<CallSheetLine>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(NoteCall(line, as: .doNotCall, for: id, of: heading.alliance.id), form)
        return Redirect(
            to: Path.callSheet(slug, id).with(CallSheetPage.noted, line.description),
            "Anotado: no se le vuelve a llamar.")
    }

    @Sendable private func printed(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Download {
        let heading = try await context.alliance(slug)
        let standing = context.visit["ver"].flatMap(CallStanding.init(rawValue:)) ?? .left
        let answer = try await context.fetch(
            ReadCallSheet(
                of: id, of: heading.alliance.id, standing.standing, limit: PrintedCallSheet.limit))
        let sheet = PrintedCallSheet(
            meeting: answer.meeting, lines: answer.lines, total: answer.total, standing: standing,
            today: context.today, alliance: heading.alliance.name, entity: context.entry.organization)
        return Download(
            name: "\(sheet.title).pdf", mediaType: "application/pdf",
            bytes: try await context.visit.site.printer.render(sheet), isInline: true)
    }
}
