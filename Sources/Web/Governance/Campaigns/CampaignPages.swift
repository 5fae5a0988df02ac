import Governance
import Kernel
import Tenancy

/// The campaigns and bulletins of an alliance.
struct CampaignsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let campaigns: [CampaignSummary]
    let mayRun: Bool
    let today: CalendarDate

    /// A campaign as a row.
    struct Row: Sendable {
        let summary: CampaignSummary
        let slug: AllianceSlug
        let today: CalendarDate
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case day = "fecha"
        case title = "nombre"
        case reach = "alcance"

        static let initial = Self.day
        static let beginsDescending = true
    }

    /// Which of them are shown.
    enum Choice: String, PathValue, CaseIterable {
        case toSend = "por-enviar"
        case sent = "enviadas"
        case closed = "terminadas"

        var title: String {
            switch self {
            case .toSend: "Por enviar"
            case .sent: "Enviadas"
            case .closed: "Terminadas"
            }
        }

        func covers(_ standing: CampaignSummary.Standing) -> Bool {
            switch (self, standing) {
            case (.toSend, .withoutPiece), (.toSend, .toSend), (.toSend, .late): true
            case (.sent, .sent), (.closed, .closed): true
            default: false
            }
        }
    }

    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let kind = Field.choice(
        "clase", "Clase", Campaign.Kind.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let axis = Field.choice(
        "eje", "Eje", PolicyAxis.allCases.map { Option($0, "\($0.rawValue). \($0.title)") }, style: .menu,
        prompt: "Todos"
    ).optional()
    static let words = Field.text("q", "Nombre o público", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Nombre", sort: .title, to: { .campaign($0.slug, $0.summary.campaign.id) }) {
            $0.summary.campaign.title
        },
        .text("Clase") { $0.summary.campaign.kind.title },
        .text("Eje") { "\($0.summary.campaign.axis.rawValue)" },
        .text("Para quién") { $0.summary.campaign.audience },
        .date("Desde", sort: .day) { $0.summary.campaign.planned.lowerBound },
        .status("Estado") { $0.summary.status(on: $0.today) },
        .integer("Envíos") { $0.summary.sendings },
        .integer("Alcance", sort: .reach) { $0.summary.reach },
    ]

    var title: String { "Campañas y boletines" }
    var lead: String? {
        "Lo que la alianza le cuenta a la gente: la pieza, por dónde salió y a cuántos llegó."
    }
    var trail: [Crumb] { heading.campaignTrail().dropLast() }
    var help: HelpTopic { "campanas" }

    func actions(_ html: inout HTML) {
        if mayRun {
            html.action("Programar una campaña", to: .newCampaign(heading.slug), .primary, icon: .plus)
        }
    }

    var found: Found<Row> {
        let (choice, kind, axis) = (query[Self.choice], query[Self.kind], query[Self.axis])
        let words = query[Self.words]?.folded
        var found = campaigns.filter { summary in
            let campaign = summary.campaign
            guard choice?.covers(summary.standing(on: today)) ?? true,
                kind.map({ $0 == campaign.kind }) ?? true, axis.map({ $0 == campaign.axis }) ?? true
            else { return false }
            return words.map { "\(campaign.title) \(campaign.audience)".folded.contains($0) } ?? true
        }
        switch query.sort {
        case .day: found.sort { $0.campaign.planned.lowerBound < $1.campaign.planned.lowerBound }
        case .title: found.sort { $0.campaign.title.folded < $1.campaign.title.folded }
        case .reach: found.sort { $0.reach < $1.reach }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(summary: $0, slug: heading.slug, today: today) })
    }

    func body(_ html: inout HTML) {
        let ofYear = campaigns.filter { $0.firstSentOn?.components.year == today.components.year }
        html.figures(
            KeyFigure(ofYear.count, "enviadas en \(today.components.year)"),
            KeyFigure(ofYear.reduce(0) { $0 + $1.reach }, "personas alcanzadas"),
            KeyFigure(
                campaigns.count { Choice.toSend.covers($0.standing(on: today)) }, "por enviar",
                to: query.unfiltered.with(Self.choice.name, Choice.toSend.rawValue)))
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.choice)
                form.field(Self.kind)
                form.field(Self.axis)
            },
            empty: mayRun
                ? EmptyState(
                    "No hay campañas ni boletines.", next: "Programar la primera",
                    to: .newCampaign(heading.slug))
                : EmptyState("No hay campañas ni boletines."))
    }
}

/// A campaign with its piece and what was sent.
struct CampaignPage: Page {
    let heading: AllianceHeading
    let answer: ReadCampaign.Answer
    let mayRun: Bool
    let mayOpen: Bool
    let today: CalendarDate

    private var summary: CampaignSummary { answer.summary }
    private var campaign: Campaign { summary.campaign }
    private var slug: AllianceSlug { heading.slug }
    private var isOpen: Bool { mayRun && campaign.closing == nil }

    var title: String { campaign.title }
    var lead: String? { "\(campaign.kind.title) · \(campaign.audience)" }
    var trail: [Crumb] { heading.campaignTrail() }
    var help: HelpTopic { "campanas" }

    func actions(_ html: inout HTML) {
        guard isOpen else { return }
        html.action("Editar", to: .editCampaign(slug, campaign.id), icon: .pencil)
        html.action("Terminar", to: .closeCampaign(slug, campaign.id))
        if campaign.isReserved {
            html.action("Compartir con la entidad", to: .shareCampaign(slug, campaign.id), .primary)
        } else if answer.pieces.isEmpty {
            html.action("Escribir la pieza", to: .campaignPiece(slug, campaign.id), .primary)
        } else {
            html.action("Anotar un envío", to: .newSending(slug, campaign.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(summary.status(on: today)) }
        if campaign.isReserved {
            html.note(
                .info,
                "Es del espacio propio de la junta. Se puede escribir; para anotar que se envió, primero compártala."
            )
        }
        if let closing = campaign.closing {
            html.note(
                .info,
                "Terminó el \(SpanishFormat.date(closing.day)): \(SpanishFormat.sentence(closing.words))")
        }
        html.facts(
            Fact("Eje del plan", "\(campaign.axis.rawValue). \(campaign.axis.title)"),
            Fact("Cuándo", campaign.days.capitalizedFirst),
            Fact("Medios", SpanishFormat.list(campaign.channels.map(\.title))),
            Fact("Alcance", summary.sendings == 0 ? nil : SpanishFormat.number(summary.reach)),
            Fact("Actividades del plan") { writeActivities(&$0) })
        html.section("La pieza", id: "pieza") { writePiece(&$0) }
        html.section("Por dónde salió", id: "envios") { writeSendings(&$0) }
    }

    /// Leads to the activities of the plan that the campaign counts for.
    private func writeActivities(_ fact: inout HTML) {
        let (year, activities) = answer.fulfils
        guard !activities.isEmpty, !campaign.isReserved else { return fact.absent() }
        fact.text(summary.sendings == 0 ? "Cuando se envíe contará para " : "Cuenta para ")
        for (index, activity) in activities.enumerated() {
            if index > 0 { fact.text(", ") }
            fact.a(
                "\(activity.number). \(activity.activity)", .href(.activity(slug, year, activity.id)))
        }
        fact.text(".")
    }

    // MARK: Piece

    private func writePiece(_ part: inout HTML) {
        guard let piece = answer.pieces.first else {
            return part.emptyState(
                isOpen
                    ? EmptyState(
                        "Todavía no hay texto ni archivo.", next: "Escribir la pieza",
                        to: .campaignPiece(slug, campaign.id))
                    : EmptyState("No se escribió."))
        }
        part.p(
            "Versión \(piece.version), del \(SpanishFormat.date(ColombianTime.date(at: piece.writtenAt))).",
            .class("form-text"))
        if let words = piece.words {
            part.piece(words, id: "texto-pieza", label: "Texto", rows: 10)
            part.p(length(of: words), .class("form-text"))
        }
        write(fileOf: piece, &part)
        part.div(.class("part-actions")) { line in
            if piece.words != nil {
                line.button(
                    "Copiar", .type("button"), .class("btn btn-outline-primary"),
                    .data("copy", "texto-pieza"),
                    .hidden())
            }
            if let words = piece.words, words.count <= MeetingInvitation.longestMessage,
                campaign.channels.contains(.whatsapp), !campaign.isReserved,
                let address = WebAddress("https://wa.me/?text=\(Path.encoded(words))")
            {
                line.a(
                    "Abrir en WhatsApp", .class("btn btn-outline-primary"), .href(address), .newTab(),
                    .rel("noopener"))
            }
            if isOpen {
                line.action("Escribir otra versión", to: .campaignPiece(slug, campaign.id))
            }
        }
        writeEarlier(&part)
    }

    /// How long a text is, for WhatsApp and for the messages that networks carry.
    private func length(of words: String) -> String {
        let count = SpanishFormat.number(words.count)
        var told = [
            words.count <= MeetingInvitation.longestMessage
                ? "\(count) caracteres de \(MeetingInvitation.longestMessage) para WhatsApp."
                : "\(count) caracteres: para WhatsApp son muchos; acórtelo a \(MeetingInvitation.longestMessage)."
        ]
        if campaign.channels.contains(.sms) {
            let message = TextMessage(spelling: words)
            told.append(
                "Como mensaje de texto, \(SpanishFormat.count(message.segments, "mensaje", "mensajes")).")
        }
        return told.joined(separator: " ")
    }

    private func write(fileOf piece: CampaignPiece, _ part: inout HTML) {
        guard let file = piece.file else { return }
        part.p { line in
            if mayOpen { line.a("Abrir el archivo", .href(.file(file))) } else { line.text("Con archivo.") }
            if let digest = piece.digest {
                line.text(" Huella (SHA-256): ")
                line.code(String(digest.description.prefix(16)) + "…")
            }
        }
    }

    private func writeEarlier(_ part: inout HTML) {
        let earlier = answer.pieces.dropFirst()
        guard !earlier.isEmpty else { return }
        part.details(.class("technical")) { details in
            details.summary("Versiones anteriores (\(earlier.count))")
            for piece in earlier {
                let sent = answer.sendings.contains { $0.version == piece.version && $0.withdrawal == nil }
                details.h3("Versión \(piece.version)\(sent ? ", que se envió" : "")")
                if let words = piece.words { details.blockquote(words) }
                write(fileOf: piece, &details)
            }
        }
    }

    // MARK: Sendings

    private enum Order: String, SortKey {
        case day = "fecha"
        static let initial = Self.day
    }

    private func writeSendings(_ part: inout HTML) {
        guard !answer.sendings.isEmpty else {
            return part.emptyState(EmptyState("No se ha anotado ningún envío."))
        }
        let (slug, id, mayOpen, isOpen) = (slug, campaign.id, mayOpen, isOpen)
        var columns: [Column<CampaignSending, Order>] = [
            .text("Medio") { $0.channel.title },
            .date("Fecha") { $0.sentOn },
            .integer("Alcance") { $0.reached },
            .integer("Versión") { $0.version },
            .text("Algo más") { sending in
                sending.withdrawal.map { "No cuenta: \($0)" } ?? sending.note
            },
            .custom("Evidencia") { cell, sending in
                guard let file = sending.file else { return cell.absent() }
                if mayOpen { cell.a("Abrir", .href(.file(file))) } else { cell.text("Adjunta") }
            },
        ]
        if isOpen {
            columns.append(
                .custom("Corregir") { cell, sending in
                    guard sending.withdrawal == nil else { return cell.absent() }
                    cell.a("Quitar", .href(.withdrawSending(slug, id, sending.id)))
                })
        }
        part.table("Envíos de la campaña", columns, answer.sendings)
    }
}
