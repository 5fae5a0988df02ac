import Governance
import Kernel
import Tenancy

/// Asks for a sheet of history.
struct ImportHistoryPage: Page {
    static let file = Field.file(
        "file", "La hoja de cálculo", accepting: [.xlsx, .csv], megabytes: 2,
        hint:
            "De un libro se lee la primera hoja. Antes de guardar se muestra cómo se entendió; los escaneos se envían después."
    )

    let heading: AllianceHeading
    let kind: HistoryKind
    let form: FormState

    var title: String { "Importar \(kind.inSentence) del papel" }
    var lead: String? {
        "Una fila por cada registro. Si algo no sirve, se dice en qué fila y columna, y no entra nada."
    }
    var trail: [Crumb] { heading.trailOfHistory }
    var help: HelpTopic { "historia" }

    func body(_ html: inout HTML) {
        let template: Path = .historyTemplate(heading.slug, kind)
        html.p(.class("part-actions")) { line in
            line.action("Plantilla de Excel", to: template.with("formato", "xlsx"), icon: .download)
            line.action("Plantilla CSV", to: template.with("formato", "csv"), icon: .download)
        }
        html.form(to: .importHistory(heading.slug, kind), form, hasFiles: true) { form in
            form.field(Self.file)
            form.submit("Revisar la hoja", orBackTo: .history(heading.slug))
        }
        html.section("Qué va en cada columna") { part in
            part.facts(kind.columns.map { Fact($0.rawValue, kind.explanation(of: $0)) })
        }
    }
}

extension HistoryKind {
    /// What a column of its template holds.
    fileprivate func explanation(of column: HistorySheet.Column) -> String {
        switch column {
        case .body:
            self == .mandates
                ? "Como está escrito en Gobierno. Si ya no existe, créelo antes."
                : "Como está escrito en Gobierno; vacío si fue de toda la alianza."
        case .seat: "Como está escrito en su organismo: «Presidencia», «Integrante 2»."
        case .rank: "Vacío para el principal; 1, 2… para los suplentes, en su orden."
        case .document: "De la persona, si está en el padrón: «CC 12345678»."
        case .name:
            "Si la persona no está en el padrón. Solo para períodos que ya terminaron; no cuenta para el límite de reelección."
        case .startsOn: "El primer día del período: 31/12/2019."
        case .endsOn: "El último día. Vacío: el más largo que permite el organismo."
        case .endedOn: "Si la persona dejó el puesto antes, el último día en que lo ocupó."
        case .endReason: "«Renuncia», «Remoción», «Fallecimiento» u otro, en pocas palabras."
        case .act, .appointedOn, .tookOfficeOn:
            "En los organismos en que el período nace del nombramiento y la posesión."
        case .paper: "El acta, resolución o certificado, con su número y fecha."
        case .scan: "El nombre del archivo escaneado: «acta-12.pdf». Varias filas pueden nombrar el mismo."
        case .day: "31/12/2019."
        case .meetingKind: SpanishFormat.choice(Meeting.Kind.allCases.map { "«\($0.title)»" }) + "."
        case .title:
            self == .minutes
                ? "De la reunión. Vacío: su clase y su fecha."
                : "De la elección. Vacío: el organismo y el año."
        case .number: "El que tiene en su libro en papel."
        case .place: "Dónde fue."
        case .attendees: "Cuántas personas, según el acta."
        case .narrative: "Un resumen; cada renglón de la celda es un párrafo. Puede faltar si va el escaneo."
        case .decisions: "Separadas por punto y coma."
        case .commitments:
            "Qué, quién y hasta cuándo, con barras: «Pedir la ruta | Oficina | 31/12/2019»; entre uno y otro, punto y coma. Los que no digan «| cumplido» al final se siguen aquí."
        case .rollSize: "Cuántas personas podían votar."
        case .voters: "Cuántas votaron."
        case .results: "«Plancha 1: 248; Plancha 2: 190», o con los nombres de los candidatos."
        case .blank, .null, .unmarked: "Si el acta los dice."
        case .elected: "Los nombres, separados por punto y coma, en el orden del acta."
        }
    }
}

/// What was understood of a sheet of history, or what is wrong with it.
struct ReviewHistoryPage: Page {
    /// The names under which the sheet goes with the form.
    static let sheet = "sheet"
    static let fileName = "sheet_name"
    static let scansFollow = Field.checkbox(
        "scans_follow", "Los escaneos que falten se envían después",
        hint: "Los registros entran ya; en la página de la importación se agregan los escaneos.")

    let heading: AllianceHeading
    let fileName: String
    let review: HistoryReview
    var scanProblems: [String] = []
    var scansFollow = false

    private var kind: HistoryKind { review.sheet.kind }

    var title: String {
        if !review.problems.isEmpty { return "La hoja tiene errores" }
        return review.fresh.isEmpty ? "Todo esto ya estaba" : "Revise lo que va a entrar"
    }
    var lead: String? {
        let file = fileName.isEmpty ? "" : "«\(fileName)»: "
        let errors = review.problems.count
        guard errors == 0 else {
            return
                "\(file)\(SpanishFormat.count(errors, "error", "errores")). No se guardó nada: corríjalos en la hoja y envíela otra vez."
        }
        let known = review.entries.count - review.fresh.count
        let passed =
            known == 0
            ? ""
            : " \(SpanishFormat.count(known, "fila ya estaba y no se repite", "filas ya estaban y no se repiten").capitalizedFirst)."
        return
            "\(file)\(SpanishFormat.count(review.fresh.count, "fila nueva", "filas nuevas")). Nada se guarda hasta que lo confirme.\(passed)"
    }
    var trail: [Crumb] { heading.trailOfHistory }
    var help: HelpTopic { "historia" }
    var frame: Frame { .standard }

    private var again: Path { .importHistory(heading.slug, kind) }

    func body(_ html: inout HTML) {
        guard review.problems.isEmpty else {
            let columns: [Column<HistorySheet.Problem, HistoryOrder>] = [
                .integer("Fila") { $0.row }, .text("Columna") { $0.column }, .text("Qué pasa") { $0.message },
            ]
            html.table("Errores de la hoja", columns, review.problems)
            html.p(.class("part-actions")) { $0.action("Enviar otra hoja", to: again, .primary) }
            return
        }
        writeEntries(&html)
        guard !review.fresh.isEmpty else {
            html.p(.class("part-actions")) { line in
                line.action("Volver a la historia", to: .history(heading.slug), .primary)
                line.action("Enviar otra hoja", to: again)
            }
            return
        }
        if !scanProblems.isEmpty {
            html.note(.warning, "Los escaneos no coinciden con la hoja: no se guardó nada") { note in
                note.ul { list in for problem in scanProblems { list.li(problem) } }
            }
        }
        let state = scansFollow ? FormState().filling(Self.scansFollow, with: true) : FormState()
        html.form(to: again, state, hasFiles: true) { form in
            form.input(.type("hidden"), .name(Self.sheet), .value(review.sheet.csv))
            form.input(.type("hidden"), .name(Self.fileName), .value(fileName))
            if !review.scans.isEmpty {
                form.p(
                    "La hoja nombra \(SpanishFormat.count(review.scans.count, "archivo", "archivos")): \(SpanishFormat.list(review.scans))."
                )
                form.field(HistoryScansForm.scans)
                form.field(Self.scansFollow)
            }
            form.div(.class("form-end")) { end in
                end.button(
                    "Registrar \(kind.inSentence) del papel", .type("submit"), .name("paso"),
                    .value(ReviewStep.act.rawValue), .class(Emphasis.primary.buttonClass))
                end.a("Enviar otra hoja", .class("btn btn-link"), .href(again))
            }
        }
    }

    private func writeEntries(_ html: inout HTML) {
        let columns: [Column<HistoryEntry, HistoryOrder>] = [
            .text("Registro") { $0.subject }, .text("Qué es") { $0.inWords },
            .date("Fecha") { $0.record.day },
            .text("Escaneo") { $0.record.scan }, .text("Tenga en cuenta") { $0.remark },
            .status("Estado") { $0.isKnown ? Status("Ya estaba", .plain) : Status("Nueva", .open) },
            .integer("Fila") { $0.record.row },
        ]
        html.table("Filas de la hoja", columns, review.entries)
    }
}

extension HistoryEntry {
    /// What it tells, in a line.
    fileprivate var inWords: String {
        switch content {
        case .mandate(let mandate, _, _, _):
            let rank = mandate.rank == 0 ? "" : ", suplente \(mandate.rank)"
            let last = mandate.end?.on ?? mandate.endsOn
            return
                "\(mandate.seat)\(rank), \(mandate.body)\(last.map { ", hasta el \(SpanishFormat.date($0))" } ?? "")"
        case .minutes(let minutes, _):
            let number = minutes.number.map { "Acta \($0), " } ?? ""
            let open =
                minutes.commitments.isEmpty
                ? ""
                : ", \(SpanishFormat.count(minutes.commitments.count, "compromiso por seguir", "compromisos por seguir"))"
            return
                "\(number)\(minutes.body ?? minutes.kind.title), \(SpanishFormat.count(minutes.attendees, "asistente", "asistentes"))\(open)"
        case .election(let election, _):
            let voters = election.voters.map { ", \(SpanishFormat.count($0, "votante", "votantes"))" } ?? ""
            return
                "\(election.body ?? "Toda la alianza")\(voters), \(SpanishFormat.count(election.elected.count, "elegido", "elegidos"))"
        }
    }
}
