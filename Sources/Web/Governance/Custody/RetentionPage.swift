import Governance
import Kernel
import Tenancy

extension DocumentRetention {
    /// Until when it is kept, for tables: a term that nobody confirmed is told as proposed.
    var untilInWords: String {
        if let disposedOn { return "Eliminado el \(SpanishFormat.shortDate(disposedOn))" }
        guard let isAlways else { return "Sin término" }
        let words =
            isAlways ? "Siempre" : until.map(SpanishFormat.shortDate) ?? "Sin fecha: falta que \(closing)"
        return isConfirmed ? words : "\(words) (propuesto)"
    }

    /// What its term runs from, where that has not come.
    private var closing: String { retention.closing ?? "termine el asunto" }

    /// How it stands, as a chip.
    func status(on day: CalendarDate) -> Status {
        switch standing(on: day) {
        case .unknown: Status("Sin término", .unproven)
        case .always: Status("Se conserva siempre", .sealed)
        case .open: Status("El término no ha empezado", .plain)
        case .running: Status("En término", .met)
        case .guiding: Status("Pasó un término sin confirmar", .unproven)
        case .bound: Status("Pasó su término; se conserva por estar sellado o emitido", .sealed)
        case .passed: Status("Por decidir", .due)
        case .postponed(let until): Status("Se conserva hasta el \(SpanishFormat.date(until))", .open)
        case .proposed: Status("Se propuso eliminarlo", .due)
        case .disposed: Status("Eliminado", .plain)
        }
    }
}

/// The files of an alliance by how long they are kept: those whose term passed, to be decided upon, and what was decided.
struct RetentionPage: ListPage, AlliancePage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let documents: [AllianceDocument]
    let terms: [RetentionTerm]
    let mayConfirm: Bool
    let today: CalendarDate

    var tab: AllianceTab { .documents }
    var help: HelpTopic { "conservacion" }

    /// A document as a row.
    struct Row: Sendable {
        let document: AllianceDocument
        let path: Path?
        let status: Status
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case until = "hasta"
        case title = "documento"
        case date = "fecha"

        static let initial = Self.until
    }

    /// Which are listed.
    enum Choice: String, PathValue, CaseIterable {
        case passed = "por-decidir"
        case proposed = "propuestos"
        case postponed = "aplazados"
        case disposed = "eliminados"
        case all = "todos"

        var title: String {
            switch self {
            case .passed: "Por decidir"
            case .proposed: "Se propuso eliminarlos"
            case .postponed: "Se conservan más tiempo"
            case .disposed: "Eliminados"
            case .all: "Todos los archivos"
            }
        }

        /// Whether a document that stands so is listed; without a choice, all about which something is to be done or was.
        static func lists(_ standing: DocumentRetention.Standing, under choice: Self?) -> Bool {
            let own: Self? =
                switch standing {
                case .passed: .passed
                case .proposed: .proposed
                case .postponed: .postponed
                case .disposed: .disposed
                default: nil
                }
            return choice == .all || (choice == nil ? own != nil : own == choice)
        }
    }

    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Con término pasado"
    ).optional()
    static let retention = Field.choice(
        "conservacion", "Clase de conservación", RetentionClass.allCases, title: \.title, style: .menu,
        prompt: "Todas"
    ).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Documento", sort: .title, to: { $0.path }) { $0.document.title },
        .text("Conservación") { $0.document.retention.retention.title },
        .date("Fecha", sort: .date) { $0.document.datedOn },
        .text("Se conserva hasta", sort: .until) { $0.document.retention.untilInWords },
        .status("Qué sigue") { $0.status },
    ]

    var found: Found<Row> {
        let (choice, retention) = (query[Self.choice], query[Self.retention])
        var found = documents.filter { document in
            document.file != nil && (retention.map { $0 == document.retention.retention } ?? true)
                && Choice.lists(document.retention.standing(on: today), under: choice)
        }
        switch query.sort {
        case .until: found.sort { $0.retention.sortKey < $1.retention.sortKey }
        case .title: found.sort { $0.title.folded < $1.title.folded }
        case .date: found.sort { $0.datedOn < $1.datedOn }
        }
        if query.isDescending { found.reverse() }
        let slug = heading.slug
        return query.page(
            of: found.map { document in
                Row(
                    document: document, path: document.file.map { .fileRetention(slug, $0) },
                    status: document.retention.status(on: today))
            })
    }

    func actions(_ html: inout HTML) {
        if mayConfirm { html.action("Términos de la entidad", to: .retentionTerms()) }
    }

    func content(_ html: inout HTML) {
        html.h2("Conservación de los archivos")
        html.p(
            "Cuando pasa el término confirmado de un archivo, la oficina y la junta deciden: conservarlo más tiempo, o eliminar su contenido entre las dos. Nada se elimina solo."
        )
        html.section("Archivos", id: "lista") { part in
            part.list(
                self,
                filters: { form in
                    form.field(Self.choice)
                    form.field(Self.retention)
                },
                empty: EmptyState(
                    terms.contains { $0.isConfirmed && $0.years != nil }
                        ? "Ningún archivo ha pasado su término."
                        : "La entidad no ha confirmado términos: por ahora no se vence nada."))
        }
        html.section("Cuánto se conserva cada clase", id: "terminos") { part in
            let columns: [Column<RetentionTerm, RetentionTermsPage.Order>] = [
                .text("Clase") { $0.retention.title }, .text("Se conserva") { $0.length },
                .status("Término") { $0.status },
            ]
            part.table("Cuánto se conserva cada clase de archivo", columns, terms)
        }
    }
}

extension DocumentRetention {
    /// Days first, then what is kept for ever or without an end.
    var sortKey: CalendarDate { until ?? CalendarDate(dayNumber: Int(Int32.max)) }
}

/// How long one file is kept, with what was decided about it.
struct FileRetentionPage: Page {
    let heading: AllianceHeading
    let file: ID<StoredFile>
    let answer: ReadRetention.Answer
    let mayOpen: Bool
    let today: CalendarDate

    private var document: AllianceDocument { answer.document }
    private var standing: DocumentRetention.Standing { document.retention.standing(on: today) }
    private var proposal: RetentionDecision? { answer.decisions.first(where: \.isOpen) }

    var title: String { document.title }
    var lead: String? { "Cuánto se conserva y qué se decidió." }
    var trail: [Crumb] { heading.trailOfRetention }
    var help: HelpTopic { "conservacion" }

    func actions(_ html: inout HTML) {
        let slug = heading.slug
        if mayOpen { html.action("Ver el archivo", to: .file(file)) }
        guard let side = answer.side, !document.isReserved else { return }
        switch standing {
        case .passed:
            html.action("Proponer eliminarlo", to: .proposeDisposal(slug, file), .danger)
            html.action("Conservarlo más tiempo", to: .keepFileLonger(slug, file), .primary)
        case .proposed:
            if let proposal, !proposal.isOwn, proposal.side != side {
                html.action("Confirmar la eliminación", to: .secondDisposal(slug, file), .danger)
            }
            html.action("Retirar la propuesta", to: .withdrawDisposal(slug, file))
        default: break
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(document.retention.status(on: today)) }
        if let explanation { html.note(.info, explanation) }
        html.facts(
            Fact("Clase de conservación", document.retention.retention.title),
            Fact("Fecha del documento", document.datedOn),
            Fact("Término", answer.term.map { "\($0.length). \($0.status.word)." }),
            Fact("Qué lo ordena", answer.term?.norm),
            Fact("Se conserva hasta", document.retention.untilInWords),
            Fact("Huella (SHA-256)") { fact in
                if let digest = document.digest { fact.code(digest.grouped) } else { fact.absent() }
            })
        html.section("Qué se ha decidido", id: "decisiones") { part in
            guard !answer.decisions.isEmpty else {
                part.p("Nadie ha decidido nada sobre este archivo.")
                return
            }
            part.ul(.class("evidence")) { list in
                for decision in answer.decisions { list.li(decision.inWords) }
            }
        }
    }

    private var explanation: String? {
        if document.isReserved {
            return "La junta lo tiene como propio: se decide después de compartirlo con la oficina."
        }
        switch standing {
        case .bound:
            return
                "Está sellado, emitido con código, firmado o es de una elección. Su contenido se conserva aunque pase el término."
        case .proposed:
            guard let proposal else { return nil }
            return
                "Lo propuso \(proposal.side.title). Falta que lo confirme otra persona, de \(proposal.side.other.title)."
        case .disposed:
            return
                "Se eliminó su contenido. Quedan su nombre, su huella, su clase y los actos: el registro de actuaciones se sigue comprobando igual."
        case .guiding:
            return
                "Pasó el término que propone el catálogo. Mientras la entidad no lo confirme, no se decide nada."
        default: return nil
        }
    }
}

extension RetentionDecision {
    /// What was decided, in a sentence.
    fileprivate var inWords: String {
        let who = [decidedBy, "por \(side.title)"].compactMap(\.self).joined(separator: ", ")
        var words: String
        switch kind {
        case .keep:
            words =
                "El \(SpanishFormat.date(decidedOn)), \(who): conservarlo hasta el \(keepUntil.map(SpanishFormat.longDate) ?? "")."
        case .dispose: words = "El \(SpanishFormat.date(decidedOn)), \(who): eliminar su contenido."
        }
        words += " Motivo: \(SpanishFormat.sentence(reason))"
        if let secondedOn {
            words +=
                " Lo confirmó \(secondedBy ?? "la otra parte"), por \(side.other.title), el \(SpanishFormat.date(secondedOn))."
        }
        if let withdrawal { words += " Se retiró: \(SpanishFormat.sentence(withdrawal))" }
        return words
    }
}

extension AllianceHeading {
    /// The way to the pages of how long its files are kept.
    var trailOfRetention: [Crumb] {
        trail(from: .documents) + [Crumb("Conservación de los archivos", .retention(slug))]
    }
}
