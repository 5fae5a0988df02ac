import Foundation
import Governance
import Kernel
import Tenancy

/// All that an alliance has on paper or in files, what is missing, and what was handed over to be kept.
struct DocumentsPage: ListPage, AlliancePage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let answer: ReadDocuments.Answer
    let mayOpen: Bool
    let mayRecord: Bool
    let mayExport: Bool

    var tab: AllianceTab { .documents }
    var help: HelpTopic { "documentos" }

    /// A document as a row.
    struct Row: Sendable {
        let document: AllianceDocument
        let path: Path?
        /// The page of what a file was kept with.
        let origin: Path?
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case date = "fecha"
        case title = "documento"
        case until = "hasta"

        static let initial = Self.date
        static let beginsDescending = true
    }

    /// Which are listed by where they are kept.
    enum Custody: String, PathValue, CaseIterable {
        case handed = "entregados"
        case waiting = "sin-entregar"

        var title: String { self == .handed ? "Entregados en custodia" : "Sin entregar" }
    }

    static let source = Field.choice(
        "clase", "Clase", AllianceDocument.Source.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let origin = Field.choice(
        "de", "De qué es", DocumentOrigin.Kind.allCases, title: \.title, style: .menu, prompt: "De todo"
    ).optional()
    static let custody = Field.choice(
        "custodia", "Custodia", Custody.allCases, title: \.title, style: .menu, prompt: "Todos"
    ).optional()
    static let retention = Field.choice(
        "conservacion", "Conservación", RetentionClass.allCases, title: \.title, style: .menu,
        prompt: "Todas"
    ).optional()
    static let year = Field.integer("ano", "Año", in: 1990...2100).optional()
    static let words = Field.text("q", "Nombre o código", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Documento", sort: .title, to: { $0.path }) { $0.document.name },
        .text("Clase", to: { $0.origin }) { $0.document.kindInWords },
        .date("Fecha", sort: .date) { $0.document.datedOn },
        .status("Estado") { $0.document.status },
        .text("Código") { $0.document.code },
        .text("Conservación") { $0.document.retention.retention.title },
        .text("Se conserva hasta", sort: .until) { $0.document.retention.untilInWords },
        .text("Entregado en") { $0.document.delivery.map { "Entrega \($0)" } },
        .text("Huella") { $0.document.digest.map { String($0.description.prefix(12)) } },
    ]

    private func path(of document: AllianceDocument) -> Path? {
        switch document.source {
        case .bylaws: document.version.map { .bylaws(heading.slug, $0) }
        case .minutes: document.meeting.map { .meeting(heading.slug, $0) }
        case .issued, .file: mayOpen ? document.file.map { .file($0) } : nil
        }
    }

    private func path(of origin: DocumentOrigin) -> Path? {
        let (slug, id) = (heading.slug, origin.subject)
        return switch origin.kind {
        case .meeting: .meeting(slug, ID(rawValue: id))
        case .letter: .letter(slug, ID(rawValue: id))
        case .commitment: .commitment(slug, ID(rawValue: id))
        case .improvement: .improvement(slug, ID(rawValue: id))
        case .complaint: .complaint(slug, ID(rawValue: id))
        case .campaign: .campaign(slug, ID(rawValue: id))
        case .oversight: .oversight(slug, ID(rawValue: id))
        case .body: .body(slug, ID(rawValue: id))
        case .plan: origin.year.map { .plan(slug, $0) }
        case .group: .workGroup(slug, ID(rawValue: id))
        case .poll: .poll(slug, ID(rawValue: id))
        case .report: .meetings(slug)
        case .life: .life(slug)
        case .delivery: .delivery(slug, ID(rawValue: id))
        }
    }

    var found: Found<Row> {
        let (source, origin, custody) = (query[Self.source], query[Self.origin], query[Self.custody])
        let retention = query[Self.retention]
        let (year, words) = (query[Self.year], query[Self.words]?.folded)
        var found = answer.documents.filter { document in
            guard source.map({ $0 == document.source }) ?? true,
                origin.map({ $0 == document.origin?.kind }) ?? true,
                retention.map({ $0 == document.retention.retention }) ?? true,
                year.map({ $0 == document.datedOn.components.year }) ?? true,
                custody.map({ ($0 == .handed) == (document.delivery != nil) }) ?? true
            else { return false }
            guard let words else { return true }
            return "\(document.name) \(document.title) \(document.kindInWords) \(document.code ?? "")".folded
                .contains(words)
        }
        switch query.sort {
        case .date: found.sort { ($0.datedOn, $0.keptAt) < ($1.datedOn, $1.keptAt) }
        case .title: found.sort { $0.name.folded < $1.name.folded }
        case .until: found.sort { $0.retention.sortKey < $1.retention.sortKey }
        }
        if query.isDescending { found.reverse() }
        return query.page(
            of: found.map { document in
                Row(
                    document: document, path: path(of: document),
                    origin: document.origin.flatMap { path(of: $0) })
            })
    }

    func actions(_ html: inout HTML) {
        html.action("Información reservada", to: .confidential(heading.slug), icon: .lock)
        html.action("Conservación", to: .retention(heading.slug))
        if mayExport { html.action("Copia completa", to: .exports(heading.slug), icon: .download) }
        if mayRecord {
            html.action("Anotar una entrega", to: .newDelivery(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        html.p(
            "Todo lo que la alianza tiene: lo que se emitió aquí, los archivos, las actas y los estatutos.")
        if !answer.gaps.isEmpty { html.section("Qué falta", id: "falta") { writeGaps(&$0) } }
        html.section("Documentos", id: "lista") { part in
            part.list(
                self,
                filters: { form in
                    form.field(Self.words)
                    form.field(Self.source)
                    form.field(Self.origin)
                    form.field(Self.retention)
                    form.field(Self.year)
                    form.field(Self.custody)
                },
                empty: EmptyState(
                    "Todavía no hay documentos. Aparecen aquí solos cuando se guardan o se emiten."))
        }
        html.section("Entregas en custodia", id: "entregas") { writeDeliveries(&$0) }
    }

    private func writeGaps(_ part: inout HTML) {
        part.ul(.class("evidence")) { list in
            for gap in answer.gaps {
                list.li { item in
                    item.text(gap.title, leadingTo: path(of: gap))
                    if let since = gap.since { item.text(", desde el \(SpanishFormat.date(since))") }
                    item.text(".")
                }
            }
        }
    }

    private func path(of gap: DocumentGap) -> Path? {
        let slug = heading.slug
        return switch gap.kind {
        case .constitution: Path.governance(slug).at(anchor: "constitucion")
        case .bylaws: Path.governance(slug).at(anchor: "estatutos")
        case .plan: Path.meetings(slug).at(anchor: "plan")
        case .minutes: Path.meetings(slug).at(anchor: "reuniones")
        case .signedMinutes: .minutesBook(slug)
        case .delivery: query.unfiltered.with(Self.custody.name, Custody.waiting.rawValue).at(anchor: "lista")
        case .receipt: query.unfiltered.at(anchor: "entregas")
        }
    }

    private func writeDeliveries(_ part: inout HTML) {
        guard !answer.deliveries.isEmpty else {
            let words = "No se ha entregado nada en custodia."
            return part.emptyState(
                mayRecord
                    ? EmptyState(words, next: "Anotar una entrega", to: .newDelivery(heading.slug))
                    : EmptyState(words))
        }
        let slug = heading.slug
        let columns: [Column<Delivery, Order>] = [
            .text("Entrega", to: { .delivery(slug, $0.id) }) { "Entrega \($0.number)" },
            .text("A quién") { [$0.recipient, $0.recipientPost].compactMap(\.self).joined(separator: ", ") },
            .date("El") { $0.handedOn },
            .integer("Documentos") { $0.count },
            .status("Recibo") {
                $0.receivedOn == nil ? Status("Sin recibo", .due) : Status("Con recibo firmado", .met)
            },
        ]
        part.table("Entregas en custodia", columns, answer.deliveries)
    }
}

extension DocumentGap {
    /// What is missing, with how many.
    fileprivate var title: String { count > 1 ? "\(kind.title): \(count)" : kind.title }
}

extension AllianceDocument {
    /// Whether it counts, as a chip.
    fileprivate var status: Status {
        if isReserved { return Status("Solo la junta", .sealed) }
        return switch standing {
        case .current: Status("Vigente", .met)
        case .superseded: Status("Reemplazado", .plain)
        case .withdrawn: Status("Anulado", .overdue)
        }
    }
}
