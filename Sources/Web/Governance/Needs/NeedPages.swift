import Governance
import Kernel
import Tenancy

/// The needs that an alliance was told of, by topic and one by one.
struct NeedsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let needs: [Need]

    /// A need as a row.
    struct Row: Sendable {
        let need: Need
        let slug: AllianceSlug
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case day = "fecha"
        case people = "personas"
        case place = "lugar"

        static let initial = Self.day
        static let beginsDescending = true
    }

    static let topic = Field.choice(
        "tema", "Tema", Complaint.Category.allCases, title: \.title, style: .menu, prompt: "Todos"
    ).optional()
    static let state = Field.choice(
        "estado", "Estado", Need.State.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let words = Field.text("q", "Qué o dónde", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Qué se necesita", to: { $0.need.state == .open ? .answerNeed($0.slug, $0.need.id) : nil }) {
            $0.need.account
        },
        .text("Tema", to: { .needTopic($0.slug, $0.need.topic) }) { $0.need.topic.title },
        .text("Dónde", sort: .place) { $0.need.place },
        .integer("Personas", sort: .people) { $0.need.people },
        .text("Cómo llegó") { $0.need.channel.title },
        .date("El", sort: .day) { $0.need.toldOn },
        .status("Estado") { $0.need.status },
        .text("Qué se hizo") { $0.need.answer?.note },
    ]

    var title: String { "Necesidades de los usuarios" }
    var lead: String? {
        "Lo que la gente dice que necesita, contado por tema. Sin nombres ni datos de salud."
    }
    var trail: [Crumb] { heading.trail(from: .between) }
    var help: HelpTopic { "necesidades" }

    func actions(_ html: inout HTML) {
        html.action("Anotar una necesidad", to: .newNeed(heading.slug), .primary, icon: .plus)
    }

    var found: Found<Row> {
        let (topic, state, words) = (query[Self.topic], query[Self.state], query[Self.words]?.folded)
        var found = needs.filter { need in
            guard topic.map({ $0 == need.topic }) ?? true, state.map({ $0 == need.state }) ?? true else {
                return false
            }
            return words.map { "\(need.account) \(need.place)".folded.contains($0) } ?? true
        }
        switch query.sort {
        case .day: found.sort { $0.toldOn < $1.toldOn }
        case .people: found.sort { $0.people < $1.people }
        case .place: found.sort { $0.place.folded < $1.place.folded }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(need: $0, slug: heading.slug) })
    }

    private enum TopicOrder: String, SortKey {
        case people = "personas"
        static let initial = Self.people
    }

    func body(_ html: inout HTML) {
        let open = needs.filter { $0.state == .open }
        html.figures(
            KeyFigure(
                open.count, "por atender",
                to: query.unfiltered.with(Self.state.name, Need.State.open.rawValue)),
            KeyFigure(open.reduce(0) { $0 + $1.people }, "personas que esperan"),
            KeyFigure(
                needs.count { $0.state == .attended }, "atendidas",
                to: query.unfiltered.with(Self.state.name, Need.State.attended.rawValue)))
        if !open.isEmpty {
            html.section("Por tema, lo que espera", id: "temas") { part in
                let slug = heading.slug
                let columns: [Column<NeedTopic, TopicOrder>] = [
                    .text("Tema", to: { .needTopic(slug, $0.topic) }) { $0.topic.title },
                    .integer("Personas") { $0.people },
                    .integer("Veces") { $0.needs },
                    .text("Dónde") { SpanishFormat.list($0.places) },
                ]
                part.table("Necesidades por tema", columns, open.byTopic)
            }
        }
        html.section("Una por una", id: "lista") { part in
            part.list(
                self,
                filters: { form in
                    form.field(Self.words)
                    form.field(Self.topic)
                    form.field(Self.state)
                },
                empty: EmptyState(
                    "No hay necesidades anotadas.", next: "Anotar la primera", to: .newNeed(heading.slug)))
        }
    }
}

/// The questions of a need.
struct NeedForm {
    let topic = Field.choice("topic", "Sobre qué", Complaint.Category.allCases, title: \.title, style: .menu)
    let account = Field.paragraphs(
        "account", "Qué se necesita", max: 500, rows: 2, hint: "Sin nombres ni datos de salud de nadie.")
    let place = Field.text("place", "Dónde", max: 120, hint: "El municipio, el barrio o la sede.")
    let people = Field.integer("people", "Cuántas personas lo dijeron", in: 1...Need.mostPeople)
    let channel = Field.choice(
        "channel", "Cómo llegó", Complaint.Channel.allCases, title: \.title, style: .menu)
    let day = Field.date("day", "Qué día")

    /// The need that a form tells.
    func read(_ form: Submission) throws -> Need {
        let (topic, account, place, people, channel, day) = try form.read(
            topic, account, place, people, channel, day)
        return try Need(
            topic: topic, account: account, place: place, people: people, channel: channel, toldOn: day)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(topic)
        form.field(account)
        form.div(.class("form-row")) { row in
            row.field(place)
            row.field(people)
        }
        form.div(.class("form-row")) { row in
            row.field(channel)
            row.field(day)
        }
    }
}

/// The needs of one topic, and what they led to.
struct NeedTopicPage: Page {
    let heading: AllianceHeading
    let topic: Complaint.Category
    let answer: ReadNeeds.Answer
    let mayPlan: Bool

    private var needs: [Need] { answer.needs.filter { $0.topic == topic } }
    private var open: [Need] { needs.filter { $0.state == .open } }
    private var slug: AllianceSlug { heading.slug }

    var title: String { "Necesidades: \(topic.title.lowercased())" }
    var trail: [Crumb] {
        heading.trail(from: .between) + [Crumb("Necesidades", .needs(slug))]
    }
    var help: HelpTopic { "necesidades" }

    func actions(_ html: inout HTML) {
        guard !open.isEmpty else { return }
        if !answer.activities.isEmpty {
            html.action("Unir a una actividad del plan", to: .needsToActivity(slug, topic))
        }
        if mayPlan, !answer.meetings.isEmpty {
            html.action("Llevar a una reunión", to: .needsToMeeting(slug, topic), .primary)
        }
    }

    private enum Order: String, SortKey {
        case day = "fecha"
        static let initial = Self.day
    }

    func body(_ html: inout HTML) {
        html.figures(
            KeyFigure(open.count, "por atender"),
            KeyFigure(open.reduce(0) { $0 + $1.people }, "personas que esperan"),
            KeyFigure(needs.count { $0.state == .attended }, "atendidas"))
        guard !needs.isEmpty else {
            return html.emptyState(EmptyState("Nadie ha dicho una necesidad de este tema."))
        }
        if !open.isEmpty, mayPlan, answer.meetings.isEmpty {
            html.note(.info, "No hay reuniones programadas a las que llevarlas") { note in
                note.p { $0.action("Programar una reunión", to: .newMeeting(heading.slug)) }
            }
        }
        let (slug, answer) = (slug, answer)
        let columns: [Column<Need, Order>] = [
            .text("Qué se necesita", to: { $0.state == .open ? .answerNeed(slug, $0.id) : nil }) {
                $0.account
            },
            .text("Dónde") { $0.place },
            .integer("Personas") { $0.people },
            .date("El") { $0.toldOn },
            .status("Estado") { $0.status },
            .text("Reunión", to: { $0.meeting.map { .meeting(slug, $0) } }) { need in
                need.meeting.map { id in
                    answer.meetings.first { $0.id == id }.map { SpanishFormat.shortDate($0.day) } ?? "Ver"
                }
            },
            .text("Actividad") { need in
                answer.activities.first { $0.id == need.activity }.map(\.number)
            },
            .text("Qué se hizo") { $0.answer?.note },
        ]
        html.table("Necesidades del tema", columns, needs)
    }
}

/// The questions of what the needs of a topic lead to.
struct NeedChoiceForm {
    let needs: Field<[ID<Need>]>
    let meeting: Field<ID<Meeting>>
    let activity: Field<ActivityReference?>

    init(_ answer: ReadNeeds.Answer, _ topic: Complaint.Category) {
        let open = answer.needs.filter { $0.topic == topic && $0.state == .open }
        needs = Field.choices(
            "needs", "Cuáles",
            open.map {
                Option(
                    $0.id,
                    "\($0.account) \($0.place), \(SpanishFormat.count($0.people, "persona", "personas")).")
            })
        meeting = Field.choice(
            "meeting", "A cuál reunión",
            answer.meetings.map { Option($0.id, "\(SpanishFormat.date($0.day)): \($0.title)") }, style: .menu)
        activity = ActivityReference.field(answer.activities)
    }
}

/// The questions of what came of a need.
struct NeedAnswerForm {
    /// What came of it.
    enum Outcome: String, PathValue, CaseIterable {
        case attended = "atendida"
        case dropped = "descartada"

        var title: String {
            switch self {
            case .attended: "Se atendió"
            case .dropped: "No se va a atender"
            }
        }
    }

    let outcome = Field.choice("outcome", "Qué pasó", Outcome.allCases, title: \.title)
    let note = Field.paragraphs(
        "note", "Qué se hizo, o por qué no", max: 500, rows: 2, hint: "Sin nombres ni datos de salud.")
    let day = Field.date("day", "Qué día")
}
