import Elections
import Kernel
import Tenancy

/// The tables of a process: where people vote, with whom, and who votes where.
struct TablesPage: Page {
    let heading: AllianceHeading
    let answer: ReadTables.Answer
    let mayArrange: Bool
    let mayAppoint: Bool
    let mayPrint: Bool

    private var process: ElectionProcess { answer.process }

    var title: String { "Mesas" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "preparar-una-eleccion" }

    func actions(_ html: inout HTML) {
        if mayPrint, process.state != .draft, !process.state.isOver, !answer.tables.isEmpty {
            html.action("Papeles para imprimir", to: .papers(heading.slug, process.id), icon: .document)
        }
        guard mayArrange, process.state.takesTables else { return }
        html.action(
            "Agregar una mesa", to: .newTable(heading.slug, process.id),
            hasFrozenRoll ? .secondary : .primary, icon: .plus)
        if answer.tables.count > 1 {
            html.action("Repartir por apellidos", posting: .splitElectors(heading.slug, process.id))
        }
    }

    private var hasFrozenRoll: Bool { [.frozenRoll, .nominations].contains(process.state) }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .tables)
        if hasFrozenRoll, mayArrange {
            html.note(
                .info,
                "El censo ya está congelado. Todavía puede agregar o cambiar una mesa, con su motivo; después reparta de nuevo a los electores."
            )
        }
        html.section("Mesas de votación") { part in
            guard !answer.tables.isEmpty else {
                part.emptyState(
                    mayArrange
                        ? EmptyState(
                            "Falta decir dónde se vota. Agregue las mesas antes de publicar la convocatoria, para que ella lo diga.",
                            next: "Agregar la primera mesa", to: .newTable(heading.slug, process.id))
                        : EmptyState("Aún no se ha dicho dónde se vota."))
                return
            }
            part.ul(.class("dossier")) { list in
                for table in answer.tables { list.li { write(table, &$0) } }
            }
        }
        if !answer.coverage.isEmpty {
            html.section("Electores y mesas por municipio") { writeCoverage(&$0) }
        }
    }

    private func write(_ table: TableSetup, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3 { title in
                if mayArrange, process.state.takesTables {
                    title.a("Mesa \(table.number)", .href(.table(heading.slug, process.id, table.id)))
                } else {
                    title.text("Mesa \(table.number)")
                }
            }
            head.status(
                table.missingJurors == 0
                    ? Status("Con sus dos jurados", .met)
                    : Status(
                        table.missingJurors == 1 ? "Falta un jurado" : "Faltan dos jurados", .due))
        }
        item.p(
            SpanishFormat.sentence("\(table.place), \(table.address), \(name(of: table.municipality))"))
        item.p(
            SpanishFormat.sentence(
                "Abre el \(SpanishFormat.period(from: table.opensAt, until: table.closesAt))")
        )
        item.p(voters(of: table), .class("form-text"))
        for juror in table.jurors {
            item.p { line in
                line.text("Jurado \(juror.jury): \(juror.name)")
                if mayAppoint, answer.mayChangeJurors {
                    line.text(" · ")
                    line.a(
                        "Relevar", .href(.relieveJuror(heading.slug, process.id, table.id, juror.id)),
                        .aria("label", "Relevar a \(juror.name)"))
                }
            }
        }
        if mayAppoint, answer.mayChangeJurors, table.missingJurors > 0 {
            item.p {
                $0.a(
                    "Nombrar un jurado", .class("btn btn-outline-primary btn-sm"),
                    .href(.appointJuror(heading.slug, process.id, table.id)),
                    .aria("label", "Nombrar un jurado de la mesa \(table.number)"))
            }
        }
    }

    private func voters(of table: TableSetup) -> String {
        guard !table.slices.isEmpty else {
            return answer.tables.count == 1
                ? "Votan aquí todos los del censo."
                : "Nadie vota aquí todavía: repártalos o escoja los municipios y apellidos."
        }
        let places = table.slices.map { "\(name(of: $0.municipality)) (\($0.words))" }
        return "Votan aquí: \(SpanishFormat.list(places))."
    }

    private func writeCoverage(_ part: inout HTML) {
        let columns: [Column<Coverage, ComplianceSort>] = [
            .text("Municipio") { $0.name },
            .integer("Electores") { $0.electors },
            .integer("Sin mesa") { $0.unassigned },
            .status("Estado") { $0.status },
            .custom("Motivo") { [mayArrange, heading, process] html, row in
                if let exception = row.exception { html.p(exception) }
                let needsReason = row.isOfTerritory && !row.hasTable && row.electors > 0
                if mayArrange, process.state.takesTables, needsReason,
                    let code = MunicipalityCode(rawValue: row.municipality)
                {
                    html.a(
                        row.exception == nil ? "Decir por qué no hay mesa" : "Cambiar el motivo",
                        .href(.exceptMunicipality(heading.slug, process.id, code)))
                } else if row.exception == nil {
                    html.absent()
                }
            },
        ]
        part.table("Electores y mesas por municipio", columns, answer.coverage)
    }

    private func name(of code: String) -> String {
        answer.municipalities.first { $0.code == code }?.name ?? code
    }
}

extension Coverage {
    /// The state as a chip.
    fileprivate var status: Status {
        if electors == 0 { return Status("Sin electores", .exempt) }
        if unassigned > 0 { return Status("Falta repartir", .overdue) }
        if hasTable { return Status("Con mesa", .met) }
        if exception != nil { return Status("Sin mesa, con motivo", .partial) }
        return isOfTerritory ? Status("Sin mesa", .overdue) : Status("Votan en otro municipio", .partial)
    }
}

extension ProcessState {
    /// Whether tables may be set up.
    var takesTables: Bool {
        switch self {
        case .draft, .called, .provisionalRoll, .claims, .frozenRoll, .nominations: true
        default: false
        }
    }
}

extension ReadTables.Answer {
    /// Whether the call already said where people vote, so that a change needs its reason.
    var needsReason: Bool { process.state != .draft && !tables.isEmpty }
}

/// The questions of a table.
struct ArrangeTableForm {
    let place = Field.text("place", "Lugar", max: 120, hint: "Por ejemplo: «Institución Educativa Central».")
    let address = Field.text("address", "Dirección", max: 160)
    let municipality: Field<MunicipalityCode>
    let voters: Field<[MunicipalityCode]>
    let from = Field.text("from", "Desde el apellido", max: 40, hint: "Por ejemplo: A.").optional()
    let before = Field.text(
        "before", "Hasta antes del apellido", max: 40,
        hint: "Por ejemplo: M. Así votan los apellidos de la A a la L."
    ).optional()
    let reason = Field.paragraphs(
        "reason", "Motivo del cambio", max: 500, rows: 3,
        hint: "La convocatoria ya dijo dónde se vota; queda en la cronología.")

    init(_ municipalities: [Municipality]) {
        let options = municipalities.compactMap { municipality in
            MunicipalityCode(rawValue: municipality.code).map { Option($0, municipality.title) }
        }
        self.municipality = Field.choice("municipality", "Municipio de la mesa", options)
        voters = Field.choices(
            "voters", "¿Quiénes votan en esta mesa?", options,
            hint:
                "Los de estos municipios, todos o los de los apellidos que siguen. Con una sola mesa puede dejarlo vacío: votan todos en ella.",
            isRequired: false)
    }

    /// Reads what a person chose.
    func read(_ form: Submission) throws -> TableChoices {
        let (place, address, municipality, voters, from, before) = try form.read(
            place, address, municipality, voters, from, before)
        let slices = try voters.map {
            try TableSlice(municipality: $0.rawValue, from: from, before: before)
        }
        return try TableChoices(
            place: place, address: address, municipality: municipality.rawValue, slices: slices)
    }
}

/// Adds or changes a table.
struct TablePage: Page {
    let heading: AllianceHeading
    let answer: ReadTables.Answer
    /// The table that is changed; `nil` for a new one.
    let table: TableSetup?
    let form: FormState

    private var process: ElectionProcess { answer.process }

    var title: String { table.map { "Mesa \($0.number)" } ?? "Agregar una mesa" }
    var lead: String? { process.name }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Mesas", .tables(heading.slug, process.id))]
    }
    var help: HelpTopic { "preparar-una-eleccion" }

    func actions(_ html: inout HTML) {
        guard let table, process.state == .draft else { return }
        html.action(
            "Quitar la mesa", posting: .removeTable(heading.slug, process.id, table.id), .danger, icon: .trash
        )
    }

    func body(_ html: inout HTML) {
        let fields = ArrangeTableForm(answer.municipalities)
        let path: Path =
            table.map { .table(heading.slug, process.id, $0.id) } ?? .newTable(heading.slug, process.id)
        html.form(to: path, filled(fields)) { form in
            form.field(fields.place)
            form.field(fields.address)
            form.field(fields.municipality)
            form.field(fields.voters)
            form.div(.class("form-row")) { row in
                row.field(fields.from)
                row.field(fields.before)
            }
            if answer.needsReason { form.field(fields.reason) }
            form.submit(
                table == nil ? "Agregar la mesa" : "Guardar la mesa",
                orBackTo: .tables(heading.slug, process.id))
        }
    }

    private func filled(_ fields: ArrangeTableForm) -> FormState {
        guard !form.isRefused else { return form }
        guard let table else {
            let codes = answer.municipalities.compactMap { MunicipalityCode(rawValue: $0.code) }
            return codes.count == 1 ? form.filling(fields.municipality, with: codes[0]) : form
        }
        return form.filling(fields.place, with: table.place).filling(fields.address, with: table.address)
            .filling(fields.municipality, with: MunicipalityCode(rawValue: table.municipality))
            .filling(
                fields.voters, with: table.slices.compactMap { MunicipalityCode(rawValue: $0.municipality) }
            )
            .filling(fields.from, with: table.slices.first.flatMap { $0.from.isEmpty ? nil : $0.from })
            .filling(fields.before, with: table.slices.first?.to)
    }
}

/// The question of a municipality without a table.
struct ExceptionForm {
    let reason = Field.paragraphs(
        "reason", "¿Por qué no hay mesa allí?", max: 500, rows: 3,
        hint: "Diga también dónde votan esas personas y cómo llegan.")
}

/// Says why a municipality has no table.
struct ExceptMunicipalityPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let coverage: Coverage
    let form: FormState

    var title: String { "\(coverage.name), sin mesa" }
    var lead: String? {
        "Allí viven \(SpanishFormat.count(coverage.electors, "elector", "electores")). La convocatoria lo explica."
    }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Mesas", .tables(heading.slug, process.id))]
    }
    var help: HelpTopic { "preparar-una-eleccion" }

    func body(_ html: inout HTML) {
        guard let code = MunicipalityCode(rawValue: coverage.municipality) else { return }
        let fields = ExceptionForm()
        let state = form.isRefused ? form : form.filling(fields.reason, with: coverage.exception)
        html.form(to: .exceptMunicipality(heading.slug, process.id, code), state) { form in
            form.field(fields.reason)
            form.submit("Guardar el motivo", orBackTo: .tables(heading.slug, process.id))
        }
    }
}
