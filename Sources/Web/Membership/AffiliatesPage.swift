import Hummingbird
import Kernel
import Membership
import Tenancy

/// The register of affiliates of an entity.
struct AffiliatesPage: ListPage {
    enum Sort: String, SortKey {
        case name = "nombre"
        case document = "documento"
        static let initial = Self.name
    }

    /// What may be asked of the list.
    struct Filters {
        let words = Field.text("q", "Nombre o documento", max: 80).optional()
        let state = Field.choice(
            "estado", "Estado", AffiliationStateChoice.allCases, title: \.title, style: .menu, prompt: "Todos"
        ).optional()
        let municipality: Field<MunicipalityCode?>

        /// Offers the municipalities that the register has.
        init(_ municipalities: [AffiliateMunicipality] = []) {
            municipality = Field.choice(
                "municipio", "Municipio", municipalities.map { Option($0.code, $0.name) }, style: .menu,
                prompt: "Todos"
            ).optional()
        }
    }

    static let columns: [Column<AffiliateSummary, Sort>] = [
        .text("Nombre", sort: .name, to: { .affiliate($0.id) }) { $0.name },
        .text("Documento", sort: .document) { $0.document.formatted },
        .text("Municipio") { $0.municipality },
        .status("Afiliación") { $0.state.status },
        .text("Régimen") { $0.regime.name.capitalizedFirst },
        .text("EPS") { $0.insurer },
        .date("Dato del") { $0.validFrom },
    ]

    let query: ListQuery<Sort>
    let found: Found<AffiliateSummary>
    let filters: Filters
    /// All that the filters let through, for a file.
    let all: AffiliatePieces
    /// The day of which the register tells; `nil` while nothing was imported.
    let cutoff: CalendarDate?
    let mayImport: Bool
    let mayLoadStaff: Bool

    var title: String { "Afiliados" }
    var lead: String? {
        cutoff.map { "El padrón de la entidad, con corte del \(SpanishFormat.date($0))." }
            ?? "El padrón de la entidad: de él salen la edad, el municipio y el estado con que se revisan los requisitos."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "importar" }

    func actions(_ html: inout HTML) {
        if mayLoadStaff { html.action("Empleados", to: .staffLists()) }
        guard mayImport else { return }
        html.action("Importaciones", to: .affiliateImports())
        html.action("Importar archivo", to: .importAffiliates(), .primary, icon: .upload)
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(filters.words)
                form.field(filters.state)
                form.field(filters.municipality)
            },
            empty: mayImport
                ? EmptyState(
                    "El padrón aún no tiene afiliados.", next: "Importar el primer archivo",
                    to: .importAffiliates())
                : EmptyState("El padrón aún no tiene afiliados. La oficina los importa."))
    }

    func response(to visit: Visit) async throws -> Response {
        guard let format = query.format else { return whole(for: visit) }
        return try await Export(title, Self.columns, reading: all, count: found.total, as: format)
            .response(to: visit)
    }
}

/// The register in the order of names, read piece by piece while it is sent.
struct AffiliatePieces: AsyncSequence, Sendable {
    let filter: ListAffiliates.Filter
    let context: TenantContext

    struct Iterator: AsyncIteratorProtocol {
        let pieces: AffiliatePieces
        private var piece: ArraySlice<AffiliateSummary> = []
        private var last: AffiliateSummary?
        private var isAtEnd = false

        init(_ pieces: AffiliatePieces) {
            self.pieces = pieces
        }

        mutating func next() async throws -> AffiliateSummary? {
            if piece.isEmpty, !isAtEnd {
                piece = try await pieces.context.fetch(ReadAffiliatePiece(pieces.filter, after: last))[...]
                last = piece.last
                isAtEnd = piece.count < ReadAffiliatePiece.size
            }
            return piece.popFirst()
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(self) }
}

/// What the register says of a person, and what it said before.
struct AffiliatePage: Page {
    let file: AffiliateFile
    let mayImport: Bool

    var title: String { file.name }
    var lead: String? { file.document.formatted }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Afiliados", .affiliates())] }
    var help: HelpTopic { "importar" }

    func body(_ html: inout HTML) {
        let values = file.current.values
        html.facts(
            Fact("Estado de la afiliación") { html in
                let state = values[.state].flatMap(AffiliationState.init)
                if let state { html.status(state.status) } else { html.absent() }
            },
            Fact("Municipio", file.municipality), Fact("Régimen", words(.regime)),
            Fact("EPS", file.insurer),
            Fact("Fecha de nacimiento", words(.birthDate)), Fact("Sexo", words(.sex)),
            Fact("Teléfono", values[.phone]), Fact("Correo", values[.email]),
            Fact("Dato del", file.current.from))
        html.section("Alianzas") { part in
            guard !file.alliances.isEmpty else {
                part.p("No es asociado de ninguna alianza.")
                return
            }
            part.ul { list in
                for alliance in file.alliances {
                    guard let slug = AllianceSlug(rawValue: alliance.slug) else { continue }
                    list.li { item in
                        item.a(alliance.name, .href(.personFile(slug, file.person)))
                        item.text(", desde el \(SpanishFormat.date(alliance.since))")
                    }
                }
            }
        }
        html.section("Cambios en el padrón") { part in
            guard !file.changes.isEmpty else {
                part.p("Desde que llegó, el padrón dice lo mismo de esta persona.")
                return
            }
            part.ul(.class("dossier")) { list in
                for change in file.changes {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3("Desde el \(SpanishFormat.date(change.from))")
                            if mayImport, let batch = change.batch {
                                head.a("Ver la importación", .href(.affiliateImport(batch)))
                            }
                        }
                        item.differences(change.differences)
                    }
                }
            }
        }
    }

    private func words(_ column: AffiliateColumn) -> String? {
        file.current.values[column].map {
            AffiliateDifference.words(for: $0, in: column).capitalizedFirst
        }
    }
}

extension HTML {
    /// Writes what is another than before, a line each.
    mutating func differences(_ differences: [AffiliateDifference]) {
        for difference in differences {
            p { line in
                line.strong("\(difference.title): ")
                line.text(difference.before.map { "decía «\($0)», " } ?? "no decía nada, ")
                line.text(difference.after.map { "dice «\($0)»." } ?? "queda sin dato.")
            }
        }
    }
}
