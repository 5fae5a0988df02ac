import Foundation
import Governance
import Hummingbird
import Kernel
import Tenancy

/// Lists on paper: printed, entered by the codes of their rows, photographed.
struct PaperAttendanceRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.paperAttendance, show: show, act: enter)
        tenant.post(Path.prepareSheets) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let made = try await context.run(PrepareSheets(of: id, in: heading.alliance.id), form)
            return Redirect(
                to: .paperAttendance(slug, id),
                made == 0
                    ? "Todos están ya en una planilla."
                    : "\(SpanishFormat.count(made, "planilla lista", "planillas listas")) para imprimir.")
        }
        tenant.get(Path.printedSheets) { context, slug, id in
            let (heading, file, list) = try await entitled(context, slug, id)
            guard !list.sheets.isEmpty else { throw AttendanceError.nobodyToList }
            return try await context.printed(
                SheetDocument(
                    meeting: file.meeting, list: list, alliance: heading.alliance.name,
                    entity: try await context.organization()),
                as: "planilla-de-asistencia")
        }
        tenant.get(Path.attendanceCards) { context, slug, id in
            let (heading, file, list) = try await entitled(context, slug, id)
            guard let tenant = context.visit.tenant, !list.people.isEmpty else {
                throw AttendanceError.nobodyToList
            }
            let door = context.visit.site.origin + Path.meetingDoor(slug, id).of(tenant).text(in: nil)
            return try await context.printed(
                CardsDocument(
                    meeting: file.meeting, people: list.people, alliance: heading.alliance.name, door: door),
                as: "tarjetas-de-asistencia")
        }
        tenant.form(Path.attachScan, upTo: .files(megabytes: 10), show: scan, act: attach)
    }

    private func entitled(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> (AllianceHeading, SessionFile, ListEntitled.Answer) {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        return (heading, file, try await context.fetch(ListEntitled(of: id, in: heading.alliance.id)))
    }

    @Sendable private func show(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> PaperAttendancePage {
        let (heading, file, list) = try await entitled(context, slug, id)
        return PaperAttendancePage(
            heading: heading, file: file, list: list,
            mayOpen: context.may(.openFiles, in: heading.stream), form: state)
    }

    @Sendable private func enter(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
        let (rows, at) = try form.read(PaperAttendancePage.rows, PaperAttendancePage.at)
        let report = try await context.run(
            EnterSheet(
                try SheetRow.codes(rows), of: id, in: heading.alliance.id,
                arrivedAt: at.map { file.meeting.moment($0, at: context.visit.now) }), form)
        let also =
            report.alsoNoted.isEmpty
            ? "" : " Ya figuraban: \(SpanishFormat.list(report.alsoNoted)); cuenta la llegada más temprana."
        return Redirect(
            to: .paperAttendance(slug, id),
            "\(SpanishFormat.count(report.noted, "renglón ingresado", "renglones ingresados")).\(also)")
    }

    @Sendable private func scan(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> ScanPage {
        let (heading, file, list) = try await entitled(context, slug, id)
        return ScanPage(heading: heading, file: file, sheets: list.sheets, form: state)
    }

    @Sendable private func attach(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let (heading, file, list) = try await entitled(context, slug, id)
        let fields = ScanForm(list.sheets)
        let (paper, sheet) = try form.read(fields.file, fields.sheet)
        try await context.run(
            AttachScan(
                try paper.stored(on: file.meeting.day), of: sheet?.pathText, in: id, of: heading.alliance.id),
            form)
        return Redirect(to: .paperAttendance(slug, id), "La planilla firmada quedó guardada con su huella.")
    }
}

/// The letter of a list, as forms name it.
struct SheetLetter: PathValue {
    let pathText: String
}

/// The questions of a photograph.
struct ScanForm {
    let file = Field.paper("file", "Foto o escaneo de la planilla firmada")
    let sheet: Field<SheetLetter?>

    init(_ sheets: [AttendanceSheet]) {
        sheet = Field.choice(
            "sheet", "Qué planilla es",
            sheets.map { Option(SheetLetter(pathText: $0.code), "Planilla \($0.code)") },
            style: .menu, prompt: "Otra, no impresa aquí"
        ).optional()
    }
}

/// Lists on paper.
struct PaperAttendancePage: AttendancePart {
    static let rows = Field.paragraphs(
        "rows", "Renglones firmados", max: 4000, rows: 3, hint: "Por ejemplo: A-03 A-07 A-12.")
    static let at = Field.time("at", "Hora de llegada, si no es la de apertura").optional()

    let heading: AllianceHeading
    let file: SessionFile
    let list: ListEntitled.Answer
    let mayOpen: Bool
    let form: FormState

    var title: String { "Planilla en papel" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        html.section("1. Imprimir") { part in
            part.p(
                "Cada persona tiene un renglón con su código. Al final hay renglones en blanco para quienes no están en la lista."
            )
            part.div(.class("door-actions")) { actions in
                let listed = Set(list.sheets.flatMap(\.people))
                if list.sheets.isEmpty || list.people.contains(where: { !listed.contains($0.key.id) }) {
                    actions.action(
                        list.sheets.isEmpty ? "Preparar las planillas" : "Agregar a quienes faltan",
                        posting: .prepareSheets(slug, meeting.id), list.sheets.isEmpty ? .primary : .secondary
                    )
                }
                if !list.sheets.isEmpty {
                    actions.action(
                        "Imprimir (\(SpanishFormat.count(list.sheets.count, "planilla", "planillas")))",
                        to: .printedSheets(slug, meeting.id), icon: .print)
                }
                actions.action("Tarjetas con QR", to: .attendanceCards(slug, meeting.id), icon: .print)
            }
        }
        if !list.sheets.isEmpty, !file.minutesAreOut {
            html.section("2. Ingresar lo firmado") { part in
                part.form(to: .paperAttendance(slug, meeting.id), form) { form in
                    form.field(Self.rows)
                    form.field(Self.at)
                    form.submit("Ingresar los renglones")
                }
            }
        }
        html.section("3. Guardar la planilla firmada") { part in
            if list.scans.isEmpty {
                part.p("Todavía no hay ninguna foto. El acta imprime la huella de cada una.")
            } else {
                part.ul(.class("dossier")) { scans in
                    for scan in list.scans { scans.li { write(scan, &$0) } }
                }
            }
            if !file.minutesAreOut {
                part.action("Subir una foto o un escaneo", to: .attachScan(slug, meeting.id), icon: .upload)
            }
        }
    }

    private func write(_ scan: AttendanceScan, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3(scan.sheet.map { "Planilla \($0)" } ?? "Otra planilla")
            head.span(SpanishFormat.moment(scan.recordedAt))
        }
        item.p { line in
            line.text(scan.name, leadingTo: mayOpen ? .file(scan.file) : nil)
        }
        item.p { line in
            line.text("SHA-256 ")
            line.code(Hex.encode(scan.sha256), .class("digest"))
        }
    }
}

/// Adds the photograph of a signed list.
struct ScanPage: AttendancePart {
    let heading: AllianceHeading
    let file: SessionFile
    let sheets: [AttendanceSheet]
    let form: FormState

    var title: String { "Subir la planilla firmada" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        let fields = ScanForm(sheets)
        html.form(to: .attachScan(slug, meeting.id), form, hasFiles: true) { form in
            form.field(fields.file)
            if !sheets.isEmpty { form.field(fields.sheet) }
            form.submit("Guardar la planilla", orBackTo: .paperAttendance(slug, meeting.id))
        }
    }
}

/// The lists to sign, with the code of each row.
struct SheetDocument: PrintedDocument {
    let meeting: Meeting
    let list: ListEntitled.Answer
    let alliance: String
    let entity: Organization

    var title: String { "Planilla de asistencia" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: meeting.title,
            version: SpanishFormat.list(list.sheets.map { "Planilla \($0.code)" }), date: meeting.day)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(
            "\(meeting.title) · \(SpanishFormat.longDate(meeting.day))\(meeting.hours.map { ", \($0)" } ?? "")\(meeting.place.map { " · \($0)" } ?? "")"
        )
        html.p(
            "Firme en su renglón. Quien no esté en la lista firma en los renglones en blanco, con nombre y documento. Esta lista tiene datos personales: se devuelve a la mesa de registro.",
            .class("form-text"))
        let people = Dictionary(list.people.map { ($0.key.id, $0) }, uniquingKeysWith: { first, _ in first })
        for sheet in list.sheets {
            html.section(.class("sheet-part")) { part in
                part.h2("Planilla \(sheet.code)")
                part.table(.class("sign sign-large")) { table in
                    table.thead { head in
                        head.tr { row in
                            row.th("Código", .class("sign-number"), .scope("col"))
                            row.th("Nombres y apellidos", .scope("col"))
                            row.th("Documento", .class("sign-document"), .scope("col"))
                            row.th("Hora", .class("sign-number"), .scope("col"))
                            row.th("Firma", .class("sign-here"), .scope("col"))
                        }
                    }
                    table.tbody { body in
                        for (index, id) in sheet.people.enumerated() {
                            line(SheetRow(sheet: sheet.code, row: index + 1), people[id], &body)
                        }
                        for blank in 0..<sheet.blankRows {
                            line(SheetRow(sheet: sheet.code, row: sheet.people.count + blank + 1), nil, &body)
                        }
                    }
                }
            }
        }
    }

    private func line(_ code: SheetRow, _ person: EntitledPerson?, _ body: inout HTML) {
        body.tr { row in
            row.td(code.description, .class("sign-number"))
            row.th(person?.name ?? "", .scope("row"))
            row.td(person?.document?.formatted ?? "", .class("sign-document"))
            row.td("", .class("sign-number"))
            row.td("", .class("sign-here"))
        }
    }
}

/// Cards of those entitled: read at the door, each opens its person.
struct CardsDocument: PrintedDocument {
    let meeting: Meeting
    let people: [EntitledPerson]
    let alliance: String
    /// The address of the door.
    let door: String

    var title: String { "Tarjetas de asistencia" }
    var control: ControlHeader {
        ControlHeader(issuer: alliance, code: meeting.title, version: "Tarjetas", date: meeting.day)
    }

    func body(_ html: inout HTML) {
        html.p(
            "Recorte y entregue. En la puerta, el teléfono de registro lee el código y abre a la persona.",
            .class("form-text"))
        html.ul(.class("cards-sheet")) { cards in
            for person in people { cards.li { write(person, &$0) } }
        }
    }

    private func write(_ person: EntitledPerson, _ cell: inout HTML) {
        guard let document = person.document,
            let code = try? QRCode(
                "\(door)?documento=\(Path.encoded("\(document.type.rawValue) \(document.number)"))")
        else { return cell.p { $0.strong(person.name) } }
        cell.qrCode(code, "Código de \(person.name)")
        cell.p { $0.strong(person.name) }
        cell.p(document.formatted)
        cell.p(alliance, .class("form-text"))
    }
}
