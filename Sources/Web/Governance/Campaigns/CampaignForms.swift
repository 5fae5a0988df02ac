import Governance
import Kernel
import Tenancy

/// The questions of a campaign.
struct CampaignForm {
    let kind = Field.choice("kind", "Qué es", Campaign.Kind.allCases, title: \.title)
    let title = Field.text("title", "Nombre", max: 160)
    let axis = Field.choice(
        "axis", "Eje del plan", PolicyAxis.allCases.map { Option($0, "\($0.rawValue). \($0.title)") },
        style: .menu)
    let audience = Field.text(
        "audience", "Para quién", max: 200, hint: "Los asociados, los usuarios de una sede, la comunidad.")
    let channels = Field.choices(
        "channels", "Por qué medios", MeetingCall.Kind.allCases.map { Option($0, $0.title) })
    let from = Field.date("from", "Se envía desde")
    let until = Field.date("until", "Hasta", hint: "Si es un solo día, déjelo en blanco.").optional()
    let isReserved = Field.checkbox(
        "is_reserved", "Es del espacio propio de la junta: la entidad no la ve hasta que la junta la comparta"
    )

    /// What a form tells: a new campaign, or one that is there.
    func read(_ form: Submission, _ known: Campaign? = nil, mayReserve: Bool) throws -> Campaign {
        let (kind, title, axis, audience, channels, from, until, isReserved) = try form.read(
            kind, title, axis, audience, channels, from, until, isReserved)
        return try Campaign(
            id: known?.id ?? ID(), kind: kind, title: title, axis: axis, audience: audience,
            channels: channels, from: from, to: until,
            isReserved: known?.isReserved ?? (isReserved && mayReserve), revision: known?.revision ?? 1)
    }

    /// The form with what is known of a campaign.
    func filled(_ form: FormState, _ known: Campaign?) -> FormState {
        guard !form.isTyped else { return form }
        guard let known else { return form.filling(kind, with: .campaign).filling(axis, with: .culture) }
        return form.filling(kind, with: known.kind).filling(title, with: known.title)
            .filling(axis, with: known.axis).filling(audience, with: known.audience)
            .filling(channels, with: known.channels).filling(from, with: known.planned.lowerBound)
            .filling(until, with: known.planned.upperBound)
    }
}

/// Plans a campaign, or changes one.
struct CampaignFormPage: Page {
    /// The revision that was read, which goes with the form.
    static let revision = Field.integer("revision", "Revisión", in: 1...1_000_000)

    let heading: AllianceHeading
    /// The one that is changed; `nil` for a new one.
    let known: Campaign?
    let mayReserve: Bool
    let form: FormState

    var title: String { known.map { "Editar «\($0.title)»" } ?? "Programar una campaña o un boletín" }
    var trail: [Crumb] { heading.campaignTrail(known) }
    var help: HelpTopic { "campanas" }

    func body(_ html: inout HTML) {
        let fields = CampaignForm()
        let path: Path =
            known.map { .editCampaign(heading.slug, $0.id) } ?? .newCampaign(heading.slug)
        html.form(to: path, fields.filled(form, known)) { form in
            if let known {
                form.input(
                    .type("hidden"), .name(Self.revision.name),
                    .value(self.form.entries.first(Self.revision.name) ?? String(known.revision)))
            }
            form.field(fields.kind)
            form.field(fields.title)
            form.field(fields.axis)
            form.field(fields.audience)
            form.field(fields.channels)
            form.div(.class("form-row")) { row in
                row.field(fields.from)
                row.field(fields.until)
            }
            if known == nil, mayReserve { form.field(fields.isReserved) }
            form.submit(
                known == nil ? "Programar" : "Guardar",
                orBackTo: known.map { .campaign(heading.slug, $0.id) } ?? .campaigns(heading.slug))
        }
    }
}

extension AllianceHeading {
    /// The way to the page of a campaign: through what is done between meetings, or through one's own.
    func campaignTrail(_ campaign: Campaign? = nil) -> [Crumb] {
        let start = path(to: .between) == nil ? trail(from: .summary) : trail(from: .between)
        return start + [Crumb("Campañas y boletines", .campaigns(slug))]
            + (campaign.map { [Crumb($0.title, .campaign(slug, $0.id))] } ?? [])
    }
}

/// Writes the piece of a campaign.
struct CampaignPiecePage: Page {
    static let words = Field.paragraphs(
        "words", "Texto", max: 4000, rows: 10,
        hint: "Para WhatsApp, hasta \(MeetingInvitation.longestMessage) caracteres se leen bien."
    ).optional()
    static let file = Field.file(
        "file", "Archivo", accepting: [.pdf, .jpeg, .png], megabytes: PaperForm.megabytes,
        hint: "La imagen o el volante. Si ya hay uno y no adjunta otro, se conserva."
    ).optional()
    static let known = Field.integer("known", "Versión", in: 0...1_000_000)

    let heading: AllianceHeading
    let answer: ReadCampaign.Answer
    let form: FormState

    private var campaign: Campaign { answer.summary.campaign }

    var title: String { answer.pieces.isEmpty ? "Escribir la pieza" : "Escribir otra versión de la pieza" }
    var lead: String? {
        answer.sendings.isEmpty
            ? "Puede cambiarla cuantas veces haga falta: lo que se envía es la última."
            : "Lo que ya se envió no cambia: esta versión vale para los envíos que siguen."
    }
    var trail: [Crumb] { heading.campaignTrail(campaign) }
    var help: HelpTopic { "campanas" }

    func body(_ html: inout HTML) {
        let last = answer.pieces.first
        let state = form.isTyped ? form : form.filling(Self.words, with: last?.words)
        html.form(to: .campaignPiece(heading.slug, campaign.id), state, hasFiles: true) { form in
            form.input(
                .type("hidden"), .name(Self.known.name),
                .value(self.form.entries.first(Self.known.name) ?? String(last?.version ?? 0)))
            form.field(Self.words)
            form.field(Self.file)
            form.submit("Guardar la pieza", orBackTo: .campaign(heading.slug, campaign.id))
        }
    }
}

/// Records what was sent of a campaign.
struct SendingPage: Page {
    static let channel = Field.choice(
        "channel", "Por qué medio", MeetingCall.Kind.allCases, title: \.title, style: .menu)
    static let day = Field.date("day", "Qué día")
    static let reached = Field.integer(
        "reached", "A cuántas personas llegó", in: 0...10_000_000,
        hint: "Los integrantes del grupo, los volantes entregados, las vistas."
    ).optional()
    static let note = Field.text(
        "note", "Algo más", max: 300, hint: "El enlace del video o de la publicación, si lo hay."
    ).optional()
    static let evidence = Field.paper("evidence", "La evidencia", hint: "Una captura, una foto, una lista.")
        .optional()

    let heading: AllianceHeading
    let campaign: Campaign
    /// The channel that was asked for.
    let asked: MeetingCall.Kind?
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar un envío" }
    var lead: String? { "«\(campaign.title)». Un renglón por medio y por día." }
    var trail: [Crumb] { heading.campaignTrail(campaign) }
    var help: HelpTopic { "campanas" }

    func body(_ html: inout HTML) {
        let state =
            form.isTyped
            ? form
            : form.filling(Self.day, with: today).filling(
                Self.channel, with: asked ?? campaign.channels.first)
        html.form(to: .newSending(heading.slug, campaign.id), state, hasFiles: true) { form in
            form.div(.class("form-row")) { row in
                row.field(Self.channel)
                row.field(Self.day)
                row.field(Self.reached)
            }
            form.field(Self.note)
            form.field(Self.evidence)
            form.submit("Anotar el envío", orBackTo: .campaign(heading.slug, campaign.id))
        }
    }
}

/// Asks for a sentence about a campaign: how it ended, why a sending does not count.
struct CampaignNotePage: Page {
    let heading: AllianceHeading
    let campaign: Campaign
    /// The sending that is taken out; `nil` where the campaign ends.
    let sending: CampaignSending?
    let form: FormState

    static func note(isWithdrawal: Bool) -> Field<String> {
        Field.paragraphs(
            "note", isWithdrawal ? "Por qué no cuenta" : "En qué quedó", max: 600, rows: 3,
            hint: isWithdrawal ? nil : "Qué se logró, o por qué no se envió.")
    }

    var title: String { sending == nil ? "Terminar la campaña" : "Quitar el envío" }
    var lead: String? {
        sending.map { "\($0.channel.title), \(SpanishFormat.longDate($0.sentOn))." }
            ?? "«\(campaign.title)». Después no se cambia ni se anotan más envíos."
    }
    var trail: [Crumb] { heading.campaignTrail(campaign) }
    var help: HelpTopic { "campanas" }

    func body(_ html: inout HTML) {
        let path: Path =
            sending.map { .withdrawSending(heading.slug, campaign.id, $0.id) }
            ?? .closeCampaign(heading.slug, campaign.id)
        html.form(to: path, form) { form in
            form.field(Self.note(isWithdrawal: sending != nil))
            form.submit(
                title, sending == nil ? .primary : .danger, orBackTo: .campaign(heading.slug, campaign.id))
        }
    }
}

/// Shares something of the board's own space with the entity.
struct ShareOwnPage: Page {
    /// What is shared: «Compartir la carta».
    let title: String
    let trail: [Crumb]
    let help: HelpTopic
    /// Where the form is sent, and where it leads back.
    let path: Path
    let back: Path
    let form: FormState

    /// What will be seen.
    var lead: String? = "La entidad la verá con todo lo que tiene. No se puede deshacer."

    func body(_ html: inout HTML) {
        html.form(to: path, form) { $0.submit("Compartir con la entidad", orBackTo: back) }
    }
}
