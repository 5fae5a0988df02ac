import Governance
import Kernel
import Tenancy

/// What a person may do with what is under confidentiality.
struct ConfidentialRights: Sendable {
    let mayGive: Bool
    let maySign: Bool
    let mayWithdraw: Bool
    let mayRead: Bool
    let mayOpen: Bool
    let user: ID<User>?

    init(_ context: TenantContext, in stream: AuditStream) {
        mayGive = context.may(.giveConfidential, in: stream)
        maySign = context.may(.undertakeConfidentiality, in: stream) && context.principal.user != nil
        mayWithdraw = context.may(.withdrawUndertakings, in: stream)
        mayRead = context.may(.readConfidential, in: stream) && context.principal.user != nil
        mayOpen = context.may(.openFiles, in: stream)
        user = context.principal.user
    }
}

/// What the entity handed to the board under confidentiality, who may read it, and who did.
struct ConfidentialPage: Page {
    let heading: AllianceHeading
    let answer: ListConfidential.Answer
    let rights: ConfidentialRights

    private var slug: AllianceSlug { heading.slug }
    private var own: ConfidentialityUndertaking? { answer.undertaking(of: rights.user) }

    var title: String { "Información reservada de la entidad" }
    var lead: String? {
        "Lo que la entidad entrega a la junta con reserva. La lee solo quien firmó el compromiso, y cada lectura queda."
    }
    var trail: [Crumb] { heading.trail(from: .documents) }
    var help: HelpTopic { "informacion-confidencial" }

    func actions(_ html: inout HTML) {
        html.action("Quién la ha leído", to: .confidentialReads(slug))
        guard rights.mayGive else { return }
        html.action("Texto del compromiso", to: .confidentialityText())
        if answer.text != nil {
            html.action("Entregar información", to: .giveConfidential(slug), .primary, icon: .plus)
        }
    }

    private enum Order: String, SortKey {
        case day = "fecha"
        static let initial = Self.day
    }

    func body(_ html: inout HTML) {
        writeOwn(&html)
        html.section("Lo entregado", id: "lista") { writeItems(&$0) }
        html.section("Quiénes de la junta la pueden leer", id: "junta") { writeBoard(&$0) }
        let past = answer.undertakings.filter { !$0.holds(on: answer.today) }
        guard !past.isEmpty else { return }
        html.section("Compromisos que ya no rigen", id: "anteriores") { part in
            part.ul { list in
                for each in past {
                    list.li { item in
                        item.text("\(each.name). \(each.signedInWords). ")
                        item.status(each.status(on: answer.today))
                        if let withdrawal = each.withdrawal {
                            item.text(" \(SpanishFormat.sentence(withdrawal.reason))")
                        }
                    }
                }
            }
        }
    }

    private func writeOwn(_ html: inout HTML) {
        if answer.text == nil {
            html.note(.info, "La entidad no ha publicado el compromiso") { note in
                note.p("Sin él no se entrega información reservada.")
                if rights.mayGive {
                    note.p { $0.action("Publicar el compromiso", to: .confidentialityText()) }
                }
            }
        } else if rights.maySign {
            if let own {
                html.note(
                    .done, "Usted firmó el compromiso. Rige hasta el \(SpanishFormat.date(own.endsOn)).")
            } else {
                html.note(.warning, "Usted no ha firmado el compromiso de confidencialidad") { note in
                    note.p("Hasta que lo firme no puede leer lo que la entidad entregó.")
                    note.p { $0.action("Leer y firmar", to: .undertakeConfidentiality(slug)) }
                }
            }
        }
    }

    private func writeItems(_ part: inout HTML) {
        guard !answer.items.isEmpty else {
            return part.emptyState(
                rights.mayGive && answer.text != nil
                    ? EmptyState(
                        "No se ha entregado información reservada.", next: "Entregar la primera",
                        to: .giveConfidential(slug))
                    : EmptyState("No se ha entregado información reservada."))
        }
        let (slug, answer) = (slug, answer)
        let columns: [Column<ConfidentialItem, Order>] = [
            .text("Qué es", to: { .confidentialItem(slug, $0.id) }) { $0.title },
            .text("La entregó") { $0.giver },
            .date("El") { $0.receivedOn },
            .date("Se lee hasta") { $0.untilOn },
            .status("Estado") { $0.status(on: answer.today) },
            .integer("Archivos") { item in answer.files.count { $0.item == item.id } },
            .integer("Lecturas") { item in answer.reads.count { $0.item == item.id } },
        ]
        part.table("Información reservada que se entregó", columns, answer.items)
    }

    private func writeBoard(_ part: inout HTML) {
        if answer.board.isEmpty { part.p("Nadie tiene acceso como junta.") }
        part.ul(.class("dossier")) { list in
            for member in answer.board { list.li { write(member, &$0) } }
        }
        if rights.mayGive, answer.text != nil, !answer.board.isEmpty {
            part.p(.class("part-actions")) { line in
                line.action("Compromiso para imprimir", to: .undertakingSheet(slug), icon: .document)
                line.action("Adjuntar uno firmado en papel", to: .bindUndertaking(slug))
            }
        }
    }

    private func write(_ member: BoardRight, _ item: inout HTML) {
        let undertaking = answer.undertaking(of: member.user)
        item.div(.class("dossier-head")) { head in
            head.h3(member.name)
            head.status(undertaking?.status(on: answer.today) ?? Status("Sin firmar", .unproven))
        }
        guard let undertaking else { return }
        item.p(
            "\(undertaking.signedInWords). Texto versión \(undertaking.version).", .class("form-text"))
        item.p(.class("part-actions")) { line in
            if case .paper(let file) = undertaking.signature, rights.mayOpen {
                line.action("Ver la hoja de \(member.name)", to: .file(file))
            }
            if rights.mayWithdraw {
                line.action(
                    "Retirar el compromiso de \(member.name)", to: .withdrawUndertaking(slug, undertaking.id))
            }
        }
    }
}

/// Something that was handed over, with its files: whoever may read them opens them from here.
struct ConfidentialItemPage: Page {
    let heading: AllianceHeading
    let answer: ListConfidential.Answer
    let item: ConfidentialItem
    let rights: ConfidentialRights

    private var slug: AllianceSlug { heading.slug }
    private var files: [ConfidentialFile] { answer.files.filter { $0.item == item.id } }
    private var reads: [ConfidentialRead] { answer.reads.filter { $0.item == item.id } }
    private var mayRead: Bool {
        rights.mayRead && answer.undertaking(of: rights.user) != nil && item.isOpen(on: answer.today)
    }

    var title: String { item.title }
    var lead: String? {
        "Información reservada. No se publica, no se copia y no va en la copia de la alianza."
    }
    var trail: [Crumb] {
        heading.trail(from: .documents) + [Crumb("Información reservada", .confidential(slug))]
    }
    var help: HelpTopic { "informacion-confidencial" }

    func actions(_ html: inout HTML) {
        guard rights.mayGive, item.end == nil else { return }
        html.action("Retirarla", to: .endConfidential(slug, item.id))
        html.action("Agregar un archivo", to: .addConfidentialFile(slug, item.id))
    }

    private enum Order: String, SortKey {
        case moment = "momento"
        static let initial = Self.moment
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(item.status(on: answer.today)) }
        html.facts(
            Fact("La entregó", item.giver), Fact("Para qué", item.purpose), Fact("El", item.receivedOn),
            Fact("Se lee hasta", item.untilOn))
        if let end = item.end {
            html.note(
                .info,
                "Se retiró el \(SpanishFormat.date(end.day)): \(SpanishFormat.sentence(end.reason)) Ya nadie la puede leer."
            )
        } else if rights.mayRead, answer.undertaking(of: rights.user) == nil {
            html.note(.warning, "Para leerla, firme el compromiso") { note in
                note.p { $0.action("Leer y firmar", to: .undertakeConfidentiality(slug)) }
            }
        } else if !rights.mayRead {
            html.note(
                .info, "La lee solo la junta que firmó el compromiso. Usted ve qué es y quién la ha leído.")
        }
        html.section("Archivos", id: "archivos") { part in
            part.ul(.class("dossier")) { list in
                for file in files { list.li { write(file, &$0) } }
            }
        }
        html.section("Quién la ha leído", id: "lecturas") { part in
            guard !reads.isEmpty else { return part.p("Nadie la ha leído.") }
            let columns: [Column<ConfidentialRead, Order>] = [
                .text("Quién") { $0.reader }, .text("Archivo") { $0.file }, .instant("Cuándo") { $0.at },
            ]
            part.table("Lecturas", columns, reads)
        }
    }

    private func write(_ file: ConfidentialFile, _ entry: inout HTML) {
        entry.p { line in
            line.strong(file.name)
            line.text(
                ", \(SpanishFormat.number((file.byteCount + 1023) / 1024)) kB. Huella (SHA-256) ")
            line.code(String(file.sha256.description.prefix(16)))
            line.text("…")
        }
        if mayRead {
            entry.action(
                "Leer «\(file.name)»", posting: .readConfidential(slug, item.id, file.id), icon: .lock,
                small: true)
            entry.p("Queda anotado que usted lo leyó, con la hora.", .class("form-text"))
        }
    }
}

/// Who read what was handed over, for the board and for the entity that gave it.
struct ConfidentialReadsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let reads: [ConfidentialRead]

    /// The orders of the list.
    enum Order: String, SortKey {
        case moment = "momento"
        case reader = "quien"
        case title = "que"

        static let initial = Self.moment
        static let beginsDescending = true
    }

    static let words = Field.text("q", "Quién o qué", max: 80).optional()

    static let columns: [Column<ConfidentialRead, Order>] = [
        .text("Qué se leyó", sort: .title) { $0.title },
        .text("Archivo") { $0.file },
        .text("Quién", sort: .reader) { $0.reader },
        .instant("Cuándo", sort: .moment) { $0.at },
    ]

    var title: String { "Quién ha leído la información reservada" }
    var trail: [Crumb] {
        heading.trail(from: .documents) + [Crumb("Información reservada", .confidential(heading.slug))]
    }
    var help: HelpTopic { "informacion-confidencial" }

    var found: Found<ConfidentialRead> {
        var found = reads
        if let words = query[Self.words]?.folded {
            found.removeAll { !"\($0.reader) \($0.title) \($0.file)".folded.contains(words) }
        }
        switch query.sort {
        case .moment: found.sort { $0.at < $1.at }
        case .reader: found.sort { $0.reader.folded < $1.reader.folded }
        case .title: found.sort { $0.title.folded < $1.title.folded }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found)
    }

    func body(_ html: inout HTML) {
        html.list(
            self, filters: { $0.field(Self.words) }, empty: EmptyState("Nadie ha leído nada todavía."))
    }
}

/// Reads the undertaking and signs it.
struct UndertakingPage: Page {
    let heading: AllianceHeading
    let text: ConfidentialityText
    let name: String
    let own: ConfidentialityUndertaking?
    let mayMail: Bool
    /// The address of a code that was sent and is good, most of it hidden.
    let codeSentTo: String?
    let form: FormState

    static let version = Field.integer("version", "Versión", in: 1...100_000)

    var title: String {
        own == nil ? "Firme el compromiso de confidencialidad" : "Usted ya firmó"
    }
    var lead: String? { heading.alliance.name }
    var trail: [Crumb] {
        heading.trail(from: .documents) + [Crumb("Información reservada", .confidential(heading.slug))]
    }
    var frame: Frame { .counter }
    var help: HelpTopic { "informacion-confidencial" }
    var scripts: [String] { ["firma.js"] }

    func body(_ html: inout HTML) {
        html.div(.class("signing")) { page in
            if let own {
                page.note(
                    .done, "\(own.signedInWords). Rige hasta el \(SpanishFormat.longDate(own.endsOn)).")
                page.action("Ver la información", to: .confidential(heading.slug), .primary)
                return
            }
            page.section("Lo que firma, versión \(text.version)") { $0.paragraphs(of: text.words) }
            page.p { line in
                line.text("Firma ")
                line.strong(name)
                line.text(
                    ". Rige por \(SpanishFormat.count(text.months, "mes", "meses")), mientras sea de la junta."
                )
            }
            let path = Path.undertakeConfidentiality(heading.slug)
                .with(Self.version.name, String(text.version))
            page.signing(
                to: path, verb: "Firmar el compromiso",
                sending: mayMail
                    ? Path.undertakingCode(heading.slug).with(Self.version.name, String(text.version)) : nil,
                sentTo: codeSentTo, form)
            page.p(
                "¿Prefiere firmar en papel? Pídale a la oficina que imprima el compromiso y adjunte la hoja firmada.",
                .class("form-text"))
        }
    }
}

/// The undertaking on paper, with a line for each of the board who has not signed.
struct UndertakingSheet: PrintedDocument {
    /// The kind under which it is issued, about the alliance and the version of its words.
    static let kind = "compromiso-de-confidencialidad"

    let text: ConfidentialityText
    let signers: [String]
    let alliance: String
    let entity: Organization
    let today: CalendarDate

    var title: String { "Compromiso de confidencialidad" }
    var control: ControlHeader {
        ControlHeader(
            issuer: entity.shortName, code: "Compromiso de confidencialidad",
            version: "Versión \(text.version)", date: today)
    }
    var foot: String? { "Huella del texto (SHA-256): \(text.digest)" }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.paragraphs(of: text.words)
        html.p(
            "Rige por \(SpanishFormat.count(text.months, "mes", "meses")) desde la firma, mientras quien firma sea de la junta."
        )
        html.signatures(signers.map { ($0, "Junta de \(alliance)") })
    }
}
