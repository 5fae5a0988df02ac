import Governance
import Kernel
import Tenancy

/// The questions of an orientation: few, and none of them about who was told or what they suffer from.
struct OrientationForm {
    static let warning =
        "No escriba nombres, documentos ni enfermedades de quien preguntó: basta el tema y la entidad."

    let day = Field.date("day", "Qué día")
    let topic: Field<CatalogueCode>
    let otherTopic = Field.text(
        "other_topic", "Cuál tema, si no está en la lista", max: 120
    ).optional()
    let entity = Field.text(
        "entity", "De qué entidad", max: 120, hint: "La EPS, la clínica, la farmacia."
    ).optional()
    let channel = Field.choice("channel", "Cómo", Orientation.Channel.allCases, title: \.title, style: .menu)
    let people = Field.integer("people", "A cuántas personas", in: Orientation.people)
    let outcome = Field.choice(
        "outcome", "En qué quedó", Orientation.Outcome.allCases, title: \.title, style: .menu)
    let note = Field.paragraphs("note", "Algo más", max: 500, rows: 2).optional()
    let followUp = Field.date(
        "follow_up", "Hacer seguimiento el", hint: "Si hay que volver a preguntar cómo le fue."
    ).optional()
    let giver = Field.text("giver", "Quién orientó", max: 120, hint: "Su nombre, o su cargo en la alianza.")
    let capacity: Field<Orientation.Capacity>
    let isOwn: Bool

    /// The questions for whoever gave it, or for whoever notes it for them.
    init(_ topics: [OrientationTopic], isOwn: Bool) {
        self.isOwn = isOwn
        topic = Field.choice(
            "topic", "Sobre qué", topics.map { Option(CatalogueCode(rawValue: $0.code), $0.title) },
            style: .menu)
        capacity = Field.choice(
            "capacity", isOwn ? "Como qué orientó" : "Quien orientó es",
            isOwn ? [.member, .representative] : Orientation.Capacity.allCases,
            title: { isOwn && $0 == .member ? "Asociado o de la junta" : $0.title },
            style: .menu)
    }

    /// What a form tells.
    func read(_ form: Submission) throws -> Orientation {
        let (day, topic, otherTopic, entity, channel, people, outcome, note, followUp, capacity) =
            try form.read(
                day, topic, otherTopic, entity, channel, people, outcome, note, followUp, capacity)
        return try Orientation(
            givenOn: day, topic: topic.rawValue, otherTopic: otherTopic, entity: entity, channel: channel,
            people: people, outcome: outcome, note: note,
            giver: Orientation.Giver(isOwn ? capacity.title : try form.read(giver), as: capacity),
            followUp: followUp.map { Orientation.FollowUp(dueOn: $0) })
    }

    /// The form with what is most often so.
    func filled(_ form: FormState, on today: CalendarDate) -> FormState {
        guard !form.isTyped else { return form }
        return form.filling(day, with: today).filling(people, with: 1).filling(channel, with: .inPerson)
            .filling(outcome, with: .informed).filling(capacity, with: isOwn ? .member : .board)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(topic)
        form.field(otherTopic)
        form.div(.class("form-row")) { row in
            row.field(day)
            row.field(people)
            row.field(channel)
        }
        form.div(.class("form-row")) { row in
            row.field(entity)
            row.field(outcome)
        }
        form.div(.class("form-row")) { row in
            if !isOwn { row.field(giver) }
            row.field(capacity)
        }
        form.field(note)
        form.field(followUp)
    }
}

/// Records an orientation.
struct NewOrientationPage: Page {
    let heading: AllianceHeading
    let topics: [OrientationTopic]
    let isOwn: Bool
    let form: FormState
    let today: CalendarDate

    var title: String { isOwn ? "Registrar una orientación mía" : "Registrar una orientación" }
    var lead: String? { OrientationForm.warning }
    var trail: [Crumb] { heading.orientationTrail(isOwn: isOwn) }
    var help: HelpTopic { "orientaciones" }

    func body(_ html: inout HTML) {
        let fields = OrientationForm(topics, isOwn: isOwn)
        let path: Path = isOwn ? .newOwnOrientation(heading.slug) : .newOrientation(heading.slug)
        html.form(to: path, fields.filled(form, on: today)) { form in
            fields.write(&form)
            form.submit(
                "Registrar la orientación",
                orBackTo: isOwn ? .ownOrientations(heading.slug) : .orientations(heading.slug))
        }
    }
}

extension AllianceHeading {
    /// The way to a page of orientations: of the alliance's, or of one's own.
    func orientationTrail(isOwn: Bool) -> [Crumb] {
        isOwn
            ? trail(from: .own) + [Crumb("Mis orientaciones", .ownOrientations(slug))]
            : trail(from: .between) + [Crumb("Orientaciones", .orientations(slug))]
    }
}

/// What is told of an orientation later: what was done, or why it does not count.
struct OrientationNotePage: Page {
    static let day = Field.date("day", "Qué día")

    let heading: AllianceHeading
    let answer: ReadOrientation.Answer
    /// Whether it is taken out of what counts.
    let isWithdrawal: Bool
    let form: FormState
    let today: CalendarDate

    static func note(isWithdrawal: Bool) -> Field<String> {
        Field.paragraphs(
            "note", isWithdrawal ? "Por qué no cuenta" : "Qué pasó", max: 500, rows: 3,
            hint: "Sin nombres ni datos de salud.")
    }

    var title: String { isWithdrawal ? "Quitar la orientación" : "Anotar el seguimiento" }
    var lead: String? {
        "\(answer.topics.title(of: answer.orientation)), \(SpanishFormat.longDate(answer.orientation.givenOn))."
    }
    var trail: [Crumb] {
        heading.orientationTrail(isOwn: heading.path(to: .between) == nil)
            + [Crumb("La orientación", .orientation(heading.slug, answer.orientation.id))]
    }
    var help: HelpTopic { "orientaciones" }

    func body(_ html: inout HTML) {
        let (slug, id) = (heading.slug, answer.orientation.id)
        if isWithdrawal {
            html.p(
                "Deja de contar en las cifras y en el plan. Queda en la lista, con el motivo: no se borra.")
        }
        html.form(
            to: isWithdrawal ? .withdrawOrientation(slug, id) : .followOrientation(slug, id),
            form.isTyped ? form : form.filling(Self.day, with: today)
        ) { form in
            if !isWithdrawal { form.field(Self.day) }
            form.field(Self.note(isWithdrawal: isWithdrawal))
            form.submit(
                isWithdrawal ? "Quitar la orientación" : "Anotar el seguimiento",
                isWithdrawal ? .danger : .primary, orBackTo: .orientation(slug, id))
        }
    }
}
