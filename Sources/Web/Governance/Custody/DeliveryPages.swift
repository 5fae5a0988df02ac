import Governance
import Kernel
import Tenancy

/// A paper of a delivery that is in no file here.
struct PaperRow: FormRow {
    let title: Field<String?>
    let sheets: Field<Int?>
    let date: Field<CalendarDate?>
    let retention: Field<RetentionClass?>

    init(_ number: Int) {
        title = Field.text("paper-\(number)", "Papel \(number)", max: 200).optional()
        sheets = Field.integer("sheets-\(number)", "Folios", in: 1...100_000).optional()
        date = Field.date("date-\(number)", "Fecha").optional()
        retention = Field.choice(
            "class-\(number)", "Conservación", RetentionClass.allCases, title: \.title, style: .menu,
            prompt: "Sin decir"
        ).optional()
    }

    var names: [String] { [title.name, sheets.name, date.name, retention.name] }

    func write(_ html: inout HTML) {
        html.field(title)
        html.div(.class("form-row")) { row in
            row.field(sheets)
            row.field(date)
        }
        html.field(retention)
    }

    func read(_ form: Submission) throws -> Delivery.Item {
        let (title, sheets, date, retention) = try form.read(title, sheets, date, retention)
        guard let title else {
            throw InvalidInput([.init(field: self.title.name, message: "Diga qué papel es.")])
        }
        return Delivery.Item(
            title: title, datedOn: date, sheets: sheets,
            retention: retention.map {
                DocumentRetention(as: $0, until: nil, isAlways: nil, isConfirmed: false)
            })
    }

    func filling(_ form: FormState, with answer: Delivery.Item) -> FormState {
        form.filling(title, with: answer.title).filling(sheets, with: answer.sheets)
            .filling(date, with: answer.datedOn).filling(retention, with: answer.retention?.retention)
    }
}

/// The questions of a delivery.
struct DeliveryForm {
    /// How many files are offered at once.
    static let offered = 200

    let recipient = Field.text(
        "recipient", "A qué oficina se entregó", max: 160,
        hint: "Por ejemplo: «Oficina de participación social».")
    let post = Field.text("post", "Cargo de quien recibe", max: 120).optional()
    let medium = Field.choice("medium", "Cómo", Delivery.Medium.allCases, title: \.title)
    let day = Field.date("day", "Qué día")
    let note = Field.text("note", "Observaciones", max: 300).optional()
    let documents: Field<[ID<StoredFile>]>
    let papers = FormRows<PaperRow>(
        title: "Papeles que no están en archivo", more: "Agregar otro papel", count: 6,
        hint: "Cuadernos, carpetas o listas que se entregan en físico.")

    init(_ documents: [AllianceDocument]) {
        self.documents = Field.choices(
            "documents", "Documentos que se entregan",
            documents.prefix(Self.offered).compactMap { document in
                document.file.map { file in
                    Option(
                        file, document.name,
                        hint: "\(document.kindInWords), \(SpanishFormat.date(document.datedOn))")
                }
            }, isRequired: false)
    }

    /// What a form tells.
    func read(_ form: Submission, of alliance: ID<Alliance>) throws -> RecordDelivery {
        let (recipient, post, medium, day, note, documents) = try form.read(
            recipient, post, medium, day, note, documents)
        return try RecordDelivery(
            of: alliance, to: recipient, post: post, through: medium, note: note, on: day, files: documents,
            papers: try papers.read(form))
    }
}

/// Records a delivery.
struct NewDeliveryPage: Page {
    let heading: AllianceHeading
    /// Those that were not handed over yet.
    let documents: [AllianceDocument]
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar una entrega en custodia" }
    var lead: String? { "De cada archivo queda su huella: quien lo tenga podrá probar que es el mismo." }
    var trail: [Crumb] { heading.trail(from: .documents) }
    var help: HelpTopic { "documentos" }

    func body(_ html: inout HTML) {
        let fields = DeliveryForm(documents)
        html.form(
            to: .newDelivery(heading.slug), form.isTyped ? form : form.filling(fields.day, with: today)
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.recipient)
                row.field(fields.post)
                row.field(fields.day)
            }
            form.field(fields.medium)
            if documents.contains(where: { $0.file != nil }) {
                form.field(fields.documents)
                if documents.count > DeliveryForm.offered {
                    form.p(
                        "Se muestran los \(DeliveryForm.offered) más recientes sin entregar. Los demás, en otra entrega.",
                        .class("form-text"))
                }
            }
            fields.papers.write(&form)
            form.field(fields.note)
            form.submit("Anotar la entrega", orBackTo: .documents(heading.slug))
        }
    }
}

/// A delivery with its index.
struct DeliveryPage: Page {
    let heading: AllianceHeading
    let delivery: Delivery
    let items: [Delivery.Item]
    let mayRecord: Bool
    let mayOpen: Bool

    private enum Order: String, SortKey {
        case number = "orden"
        static let initial = Self.number
    }

    var title: String { "Entrega \(delivery.number)" }
    var lead: String? { "A \(delivery.recipient), el \(SpanishFormat.longDate(delivery.handedOn))." }
    var trail: [Crumb] { heading.trail(from: .documents) }
    var help: HelpTopic { "documentos" }

    func actions(_ html: inout HTML) {
        html.action(
            "Índice para firmar (PDF)", to: .deliveryIndex(heading.slug, delivery.id), icon: .document)
        if mayRecord, delivery.receivedOn == nil {
            html.action(
                "Adjuntar el recibo firmado", to: .deliveryReceipt(heading.slug, delivery.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p {
            $0.status(
                delivery.receivedOn == nil ? Status("Sin recibo", .due) : Status("Con recibo firmado", .met))
        }
        html.facts(
            Fact(
                "Recibe",
                [delivery.recipient, delivery.recipientPost].compactMap(\.self).joined(separator: ", ")),
            Fact("Cómo", delivery.medium.title), Fact("Observaciones", delivery.note),
            Fact("Recibido el", delivery.receivedOn.map(SpanishFormat.longDate)),
            Fact("Firmó el recibo", delivery.receivedBy),
            Fact("Recibo") { fact in
                guard let receipt = delivery.receipt else { return fact.absent() }
                if mayOpen { fact.a("Ver el recibo", .href(.file(receipt))) } else { fact.text("Adjunto") }
            })
        html.section("Qué se entregó") { part in
            let mayOpen = mayOpen
            let columns: [Column<Delivery.Item, Order>] = [
                .text("Documento", to: { item in mayOpen ? item.file.map { .file($0) } : nil }) { $0.title },
                .date("Fecha") { $0.datedOn },
                .text("Folios") { $0.sheets.map { SpanishFormat.number($0) } },
                .text("Conservación") { $0.retention?.retention.title },
                .text("Se conserva hasta") { $0.retention?.untilOfItem },
                .text("Huella (SHA-256)") { $0.digest?.grouped },
            ]
            part.table("Documentos entregados", columns, items)
        }
    }
}

/// Adds the signed receipt of a delivery.
struct DeliveryReceiptPage: Page {
    static let who = Field.text("recipient", "Quién firmó, por su cargo", max: 160)
    static let day = Field.date("day", "Qué día")
    static let receipt = Field.paper("receipt", "El recibo firmado")

    let heading: AllianceHeading
    let delivery: Delivery
    let form: FormState
    let today: CalendarDate

    var title: String { "Adjuntar el recibo firmado" }
    var lead: String? { "De la entrega \(delivery.number), a \(delivery.recipient)." }
    var trail: [Crumb] {
        heading.trail(from: .documents)
            + [Crumb("Entrega \(delivery.number)", .delivery(heading.slug, delivery.id))]
    }
    var help: HelpTopic { "documentos" }

    func body(_ html: inout HTML) {
        let state =
            form.isTyped
            ? form
            : form.filling(Self.day, with: today).filling(Self.who, with: delivery.recipientPost)
        html.form(to: .deliveryReceipt(heading.slug, delivery.id), state, hasFiles: true) { form in
            form.field(Self.who)
            form.field(Self.day)
            form.field(Self.receipt)
            form.submit("Adjuntar el recibo", orBackTo: .delivery(heading.slug, delivery.id))
        }
    }
}

/// The index of a delivery, which whoever receives it signs (`índice de entrega en custodia`).
struct DeliveryIndex: PrintedDocument {
    /// The kind under which it is issued, about the delivery.
    static let kind = "indice-de-entrega-en-custodia"

    let delivery: Delivery
    let items: [Delivery.Item]
    let alliance: String
    let entity: Organization

    var title: String { "Índice de la entrega \(delivery.number) en custodia" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Entrega \(delivery.number)",
            version: SpanishFormat.count(items.count, "documento", "documentos"), date: delivery.handedOn)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(
            "\(alliance) entrega en custodia a \(delivery.recipient), el \(SpanishFormat.longDate(delivery.handedOn)), lo que sigue. Los documentos siguen siendo de la alianza, que conserva su copia y la huella de cada archivo."
        )
        html.table { table in
            table.thead { head in
                head.tr { row in
                    for title in ["N.º", "Documento", "Fecha", "Folios", "Conservación", "Huella (SHA-256)"] {
                        row.th(title, .scope("col"))
                    }
                }
            }
            table.tbody { rows in
                for (index, item) in items.enumerated() {
                    rows.tr { row in
                        row.td(String(index + 1))
                        row.th(item.title, .scope("row"))
                        row.td(item.datedOn.map(SpanishFormat.shortDate) ?? "")
                        row.td(item.sheets.map { SpanishFormat.number($0) } ?? "")
                        row.td(item.retention.map { "\($0.retention.title): \($0.untilOfItem)" } ?? "")
                        row.td { $0.code(item.digest?.grouped ?? "en papel") }
                    }
                }
            }
        }
        if let note = delivery.note { html.p("Observaciones: \(note)") }
        html.signatures([
            (nil, "Entrega, por \(alliance)"),
            (nil, "Recibe\(delivery.recipientPost.map { ": \($0)" } ?? ""), fecha y hora"),
        ])
    }
}

extension DocumentRetention {
    /// Until when something was to be kept when it was handed over, as its index tells it. Of what has no day, its class
    /// alone is told.
    fileprivate var untilOfItem: String {
        let words = isAlways == true ? "siempre" : until.map(SpanishFormat.shortDate) ?? "según su término"
        return isConfirmed ? words : "\(words) (propuesto)"
    }
}
