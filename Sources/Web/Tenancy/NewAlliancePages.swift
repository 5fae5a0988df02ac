import Kernel
import Tenancy

extension Path {
    /// Makes an alliance.
    static let newAlliance = FixedRoute("/o/{tenant}/nueva-alianza")
    /// Makes several alliances.
    static let newAlliances = FixedRoute("/o/{tenant}/nuevas-alianzas")
}

/// What an alliance is bound to, as forms name it.
enum AllianceKindChoice: String, PathValue, CaseIterable {
    case territory = "territorio"
    case site = "sede"

    /// What an alliance of an entity of a kind may be bound to: an insurer has no sites.
    static func possible(for entity: Organization.Kind) -> [Self] {
        switch entity {
        case .provider, .publicHospital: [.site, .territory]
        case .insurer, .controlBody, .alliance: [.territory]
        }
    }

    /// The kind of the domain.
    var kind: Alliance.Kind {
        switch self {
        case .territory: .territory
        case .site: .site
        }
    }

    /// The kind in words.
    var title: String {
        switch self {
        case .territory: "A uno o varios municipios"
        case .site: "A una sede"
        }
    }
}

/// The questions of a new alliance.
struct AllianceForm {
    static let municipalities = Field.paragraphs(
        "municipalities", "Municipios", max: 4000, rows: 3,
        hint: "Uno por línea: el nombre con su departamento («San Antero, Córdoba») o el código («23672»).")

    let name = Field.text("name", "Nombre de la alianza", max: 160)
    /// Asked where an alliance of the entity can be either.
    let kind: Field<AllianceKindChoice>?
    let siteName = Field.text(
        "site_name", "Nombre de la sede", max: 160, hint: "Solo para la alianza de una sede."
    ).optional()
    let municipality = Field.municipality("municipality", "Municipio")
    let others = Field.paragraphs(
        "municipalities", "Otros municipios", max: 4000, rows: 3,
        hint: "Solo si la alianza es de varios: uno por línea, con su departamento."
    ).optional()

    private let kinds: [AllianceKindChoice]

    init(for entity: Organization.Kind) {
        kinds = AllianceKindChoice.possible(for: entity)
        kind = kinds.count > 1 ? Field.choice("kind", "¿A qué pertenece?", kinds, title: \.title) : nil
    }

    /// Reads what makes the alliance.
    ///
    /// - Throws: `InvalidInput` with what is missing or names no municipality.
    func read(_ form: Submission, _ known: MunicipalityList) throws -> CreateAlliance {
        let (name, site, first, others) = try form.read(self.name, siteName, municipality, others)
        let kind = try kind.map { try form.read($0) } ?? kinds.first ?? .territory
        var codes = try known.codes(in: first, field: municipality.name)
        codes.formUnion(try known.codes(in: others ?? "", field: self.others.name))
        return try CreateAlliance(name: name, kind: kind.kind, siteName: site, municipalities: codes)
    }
}

extension Field where Value == String {
    /// A municipality with its department, or its code; the page proposes those that there are
    /// (``HTML/municipalityProposals(_:)``).
    static func municipality(_ name: String, _ label: String) -> Self {
        Self(
            name, label,
            hint: "Empiece a escribir y elija: «San Antero, Córdoba». También sirve el código DIVIPOLA.",
            control: { html, situation in
                html.void(
                    "input",
                    situation.attributes + [
                        .class("form-control"), .type("text"), .value(situation.text), .maxLength(120),
                        .autocomplete("off"), .list(Self.proposals),
                    ])
            },
            read: { entries throws(FieldProblem) in
                guard let text = entries.first(name)?.unblanked else { throw .missing }
                guard text.count <= 120 else { throw FieldProblem("Use máximo 120 caracteres.") }
                return text
            },
            entries: { [QueryItem(name: name, value: $0)] })
    }

    fileprivate static var proposals: String { "municipios" }
}

extension HTML {
    /// Writes what fields of a municipality propose.
    mutating func municipalityProposals(_ municipalities: [Municipality]) {
        datalist(.id(Field<String>.proposals)) { list in
            for municipality in municipalities { list.option("", .value(municipality.title)) }
        }
    }
}

/// Makes an alliance.
struct NewAlliancePage: Page {
    let entity: Organization
    let municipalities: [Municipality]
    let form: FormState

    var title: String { "Crear una alianza" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Alianzas", .alliances())] }
    var help: HelpTopic { "alianzas" }

    func body(_ html: inout HTML) {
        let fields = AllianceForm(for: entity.kind)
        html.p { line in
            line.text("¿Viene con una lista? ")
            line.a("Crear varias alianzas a la vez", .href(.newAlliances()))
        }
        html.form(to: .newAlliance(), filled(fields)) { form in
            form.field(fields.name)
            if let kind = fields.kind {
                form.field(kind)
                form.field(fields.siteName)
            }
            form.field(fields.municipality)
            form.field(fields.others)
            form.municipalityProposals(municipalities)
            form.submit("Crear la alianza", orBackTo: .alliances())
        }
    }

    /// The form of an entity with sites proposes its own municipality.
    private func filled(_ fields: AllianceForm) -> FormState {
        guard !form.isTyped, let kind = fields.kind else { return form }
        let seat = municipalities.first { $0.code == entity.municipality }
        let filled = form.filling(kind, with: .site)
        return seat.map { filled.filling(fields.municipality, with: $0.title) } ?? filled
    }
}

/// The questions of several new alliances.
enum AlliancesForm {
    static let megabytes = 2
    static let rows = Field.paragraphs(
        "rows", "Las alianzas, una por línea", max: 60_000, rows: 10,
        hint:
            "Nombre y municipio separados por punto y coma («Alianza de Lorica; Lorica, Córdoba»), o solo el municipio. También puede pegar las filas de Excel."
    ).optional()
    static let file = Field.file(
        "file", "O una hoja de cálculo", accepting: [.xlsx, .csv], megabytes: megabytes,
        hint: "Con las columnas Alianza y Municipio; Departamento y Sede si hacen falta."
    ).optional()
}

/// Asks for several alliances.
struct NewAlliancesPage: Page {
    let entity: Organization
    let form: FormState

    var title: String { "Crear varias alianzas" }
    var lead: String? { "Antes de crear nada se muestra cómo se entendió. Se crean todas, o ninguna." }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Alianzas", .alliances())] }
    var help: HelpTopic { "alianzas" }

    func body(_ html: inout HTML) {
        html.form(to: .newAlliances(), form, hasFiles: true) { form in
            form.field(AlliancesForm.rows)
            form.field(AlliancesForm.file)
            form.submit("Revisar la lista", orBackTo: .alliances())
        }
    }
}

/// What was understood of a list of alliances, or what is wrong with it.
struct ReviewAlliancesPage: Page {
    let sheet: AllianceSheet
    let form: Submission
    let text: String

    var title: String { sheet.problems.isEmpty ? "Revise las alianzas" : "La lista tiene errores" }
    var lead: String? {
        sheet.problems.isEmpty
            ? "\(SpanishFormat.count(sheet.entries.count, "alianza", "alianzas")). Nada se crea hasta que lo confirme."
            : "\(SpanishFormat.count(sheet.problems.count, "línea no se entendió", "líneas no se entendieron")). No se creó nada: corríjalas."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Alianzas", .alliances())] }
    var help: HelpTopic { "alianzas" }

    func body(_ html: inout HTML) {
        if !sheet.problems.isEmpty {
            let columns: [Column<AllianceSheet.Problem, AlliancesPage.Sort>] = [
                .integer("Línea") { $0.row }, .text("Dice") { $0.words }, .text("Qué pasa") { $0.message },
            ]
            html.table("Líneas que no se entendieron", columns, sheet.problems)
        }
        if !sheet.entries.isEmpty {
            let columns: [Column<AllianceSheet.Entry, AlliancesPage.Sort>] = [
                .text("Alianza") { $0.command.alliance.name },
                .text("Municipio") { SpanishFormat.list($0.municipalities.map(\.title)) },
                .text("Sede") { $0.command.alliance.siteName }, .integer("Línea") { $0.row },
            ]
            if !sheet.problems.isEmpty { html.h2("Lo que sí se entendió") }
            html.table(
                "Alianzas por crear",
                sheet.entries.contains { $0.command.alliance.siteName != nil }
                    ? columns : columns.filter { $0.title != "Sede" }, sheet.entries)
        }
        html.form(to: .newAlliances(), FormState()) { form in
            form.input(.type("hidden"), .name(AlliancesForm.rows.name), .value(text))
            form.div(.class("form-end")) { end in
                if sheet.problems.isEmpty {
                    end.button(
                        "Crear \(SpanishFormat.count(sheet.entries.count, "alianza", "alianzas"))",
                        .type("submit"), .name("paso"), .value(ReviewStep.act.rawValue),
                        .class(Emphasis.primary.buttonClass))
                }
                end.button(
                    "Corregir la lista", .type("submit"), .name("paso"), .value(ReviewStep.correct.rawValue),
                    .class(sheet.problems.isEmpty ? "btn btn-link" : Emphasis.primary.buttonClass))
            }
        }
    }
}
