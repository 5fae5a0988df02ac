import Governance
import Kernel
import Tenancy

/// A commitment with all that became of it.
struct CommitmentPage: Page {
    let heading: AllianceHeading
    let answer: ReadCommitment.Answer
    let mayFollow: Bool
    let mayOpen: Bool

    private var commitment: Commitment { answer.commitment }

    var title: String { "Compromiso de \(commitment.owner.name)" }
    var trail: [Crumb] { heading.trail(from: .meetings) + [Crumb("Compromisos", .commitments(heading.slug))] }
    var help: HelpTopic { "compromisos" }

    func actions(_ html: inout HTML) {
        guard mayFollow else { return }
        let (slug, id) = (heading.slug, commitment.id)
        if commitment.state == .open {
            html.action("Anotar un avance", to: .progressCommitment(slug, id))
            html.action("Aplazar", to: .postponeCommitment(slug, id))
            html.action("Descartar", to: .dropCommitment(slug, id))
            html.action("Marcar como cumplido", to: .closeCommitment(slug, id), .primary)
        } else {
            html.action("Reabrir", to: .reopenCommitment(slug, id))
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(commitment.standing(on: answer.today).status) }
        html.p(commitment.activity, .class("statement"))
        let origin = answer.meetings.first { $0.id == commitment.meeting }
        let facts = [
            Fact("Responde", commitment.owner.name), Fact("Correo para recordarle", commitment.email),
            Fact("Hasta el", commitment.dueOn.map(SpanishFormat.longDate) ?? "Sin plazo"),
            Fact("Se adquirió el", SpanishFormat.longDate(commitment.madeOn)),
            Fact("En la reunión") { fact in
                if let origin {
                    fact.a(origin.title, .href(.meeting(heading.slug, origin.id)))
                } else if let finding = answer.origin {
                    fact.text("Entre reuniones, del ")
                    fact.a(
                        "hallazgo \(finding.number) de la veeduría «\(finding.title)»",
                        .href(.oversight(heading.slug, finding.oversight)))
                } else {
                    fact.text("Entre reuniones")
                }
            },
        ]
        html.facts(facts + [answer.cause.map { Fact("Sale de", $0) }].compactMap(\.self))
        if commitment.isReserved {
            html.note(.info, "Es del espacio propio de la alianza: la entidad no lo ve.")
        }
        html.section("Qué ha pasado") { part in
            part.ol(.class("history")) { list in
                for step in answer.steps { list.li { write(step, &$0) } }
            }
        }
    }

    private func write(_ step: CommitmentStep, _ item: inout HTML) {
        let meeting = answer.meetings.first { $0.id == step.meeting }
        item.strong("\(SpanishFormat.date(step.happenedOn)): \(step.kind.title)")
        if let after = step.dueAfter {
            let before = step.dueBefore.map { " (antes \(SpanishFormat.date($0)))" } ?? ""
            item.text(" hasta el \(SpanishFormat.date(after))\(before)")
        }
        if step.kind == .reviewed, let meeting { item.text(", «\(meeting.title)»") }
        item.text(step.note.isEmpty ? "." : ". \(step.note)")
        if let file = step.file {
            item.text(" ")
            if mayOpen {
                item.a("Ver la evidencia", .href(.file(file)))
            } else {
                item.text("Con evidencia adjunta.")
            }
        }
    }
}

/// The questions of a commitment.
struct CommitmentForm {
    /// Who answers, as the form offers it.
    enum Owner: PathValue {
        case office
        case body(ID<Body>)
        case other

        init?(pathText: String) {
            switch pathText {
            case "oficina": self = .office
            case "otro": self = .other
            default:
                guard let id = ID<Body>(pathText) else { return nil }
                self = .body(id)
            }
        }

        var pathText: String {
            switch self {
            case .office: "oficina"
            case .body(let id): id.description
            case .other: "otro"
            }
        }
    }

    let activity = Field.paragraphs("activity", "Qué se va a hacer", max: 1000, rows: 3)
    let owner: Field<Owner>
    let name = Field.text(
        "owner", "Nombre o documento", max: 200,
        hint: "Si responde otra persona o entidad: su nombre, o el documento de un afiliado, como «CC 123»."
    ).optional()
    let email = Field.text(
        "email", "Correo para recordarle", max: 254,
        hint: "Recibe un aviso \(Commitment.soonDays) días antes, la víspera, el día, y cada semana después."
    ).optional()
    let dueOn = Field.date("due_on", "Hasta el").optional()

    init(_ bodies: [Body]) {
        owner = Field.choice(
            "owner_kind", "Quién responde",
            [Option(.office, "La oficina de participación")] + bodies.map { Option(.body($0.id), $0.name) }
                + [Option(.other, "Otra persona o entidad")])
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(activity)
        form.field(owner)
        form.field(name)
        form.div(.class("form-row")) { row in
            row.field(dueOn)
            row.field(email)
        }
    }

    /// The commitment that a form tells.
    func read(
        _ form: Submission, in session: SessionFile?, of alliance: ID<Alliance>
    ) throws -> MakeCommitment {
        let (activity, owner, name, email, dueOn) = try form.read(activity, owner, name, email, dueOn)
        let answers: MakeCommitment.Owner =
            switch owner {
            case .office: .office
            case .body(let id): .body(id)
            case .other: .named(name ?? "")
            }
        return try MakeCommitment(
            activity, by: answers, until: dueOn, email: email, in: session?.meeting.id,
            because: try session.flatMap { try form.read(SessionCommitmentForm.cause(in: $0)) }, of: alliance)
    }
}

/// Takes on a commitment.
struct NewCommitmentPage: Page {
    let heading: AllianceHeading
    let bodies: [Body]
    /// The session in which it is taken on.
    let session: SessionFile?
    let form: FormState

    var title: String { "Anotar un compromiso" }
    var lead: String? { meeting.map { "De la reunión «\($0.title)», \(SpanishFormat.longDate($0.day))." } }
    var trail: [Crumb] { heading.trail(from: .meetings) + [Crumb("Compromisos", .commitments(heading.slug))] }
    var help: HelpTopic { "compromisos" }

    private var meeting: Meeting? { session?.meeting }

    private var address: Path {
        let path: Path = .newCommitment(heading.slug)
        return meeting.map { path.with("reunion", $0.id.description) } ?? path
    }

    func body(_ html: inout HTML) {
        let fields = CommitmentForm(bodies)
        html.form(to: address, form) { form in
            fields.write(&form)
            if let session { form.field(SessionCommitmentForm.cause(in: session)) }
            form.submit(
                "Anotar el compromiso",
                orBackTo: meeting.map { .meeting(heading.slug, $0.id) } ?? .commitments(heading.slug))
        }
    }
}

/// What a person tells of a commitment.
struct CommitmentNewsForm {
    /// The pages that ask for it.
    enum Kind {
        case progress, postponement, closing, reopening, dropping

        fileprivate var title: String {
            switch self {
            case .progress: "Anotar un avance"
            case .postponement: "Aplazar el compromiso"
            case .closing: "Marcar como cumplido"
            case .reopening: "Reabrir el compromiso"
            case .dropping: "Descartar el compromiso"
            }
        }

        fileprivate var question: String {
            switch self {
            case .progress: "Qué se hizo"
            case .postponement: "Por qué se aplaza, y con quién se acordó"
            case .closing: "Cómo se cumplió"
            case .reopening: "Por qué se reabre"
            case .dropping: "Por qué ya no se va a hacer"
            }
        }

        fileprivate var askDay: Bool { self == .progress || self == .closing }

        /// What the person reads once it is recorded.
        var notice: String {
            switch self {
            case .progress: "El avance quedó anotado."
            case .postponement: "El compromiso quedó aplazado."
            case .closing: "El compromiso quedó cumplido."
            case .reopening: "El compromiso quedó abierto otra vez."
            case .dropping: "El compromiso quedó descartado."
            }
        }

        func path(of commitment: ID<Commitment>, in alliance: AllianceSlug) -> Path {
            switch self {
            case .progress: .progressCommitment(alliance, commitment)
            case .postponement: .postponeCommitment(alliance, commitment)
            case .closing: .closeCommitment(alliance, commitment)
            case .reopening: .reopenCommitment(alliance, commitment)
            case .dropping: .dropCommitment(alliance, commitment)
            }
        }
    }

    let kind: Kind
    let note: Field<String>
    let day = Field.date("day", "Cuándo").optional()
    let dueOn = Field.date("due_on", "Nuevo plazo")
    let evidence = Field.paper("evidence", "La evidencia").optional()

    init(_ kind: Kind) {
        self.kind = kind
        note = Field.paragraphs("note", kind.question, max: 1000, rows: 3)
    }

    /// What a form tells of a commitment.
    func read(
        _ form: Submission, about commitment: ID<Commitment>, of alliance: ID<Alliance>, today: CalendarDate
    ) throws -> FollowCommitment {
        func news(_ news: FollowCommitment.News) throws -> FollowCommitment {
            guard kind.askDay else {
                return try FollowCommitment(commitment, of: alliance, news, note: try form.read(note))
            }
            let (note, day, evidence) = try form.read(note, day, evidence)
            return try FollowCommitment(
                commitment, of: alliance, news, note: note, on: day,
                evidence: try evidence?.stored(on: day ?? today))
        }
        switch kind {
        case .progress: return try news(.progress)
        case .closing: return try news(.done)
        case .reopening: return try news(.reopened)
        case .dropping: return try news(.dropped)
        case .postponement:
            let (note, dueOn) = try form.read(note, dueOn)
            return try FollowCommitment(commitment, of: alliance, .postponed(to: dueOn), note: note)
        }
    }
}

/// Records what became of a commitment.
struct CommitmentNewsPage: Page {
    let heading: AllianceHeading
    let commitment: Commitment
    let kind: CommitmentNewsForm.Kind
    let form: FormState
    let today: CalendarDate

    var title: String { kind.title }
    var lead: String? { "«\(commitment.activity)», a cargo de \(commitment.owner.name)." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [
            Crumb("Compromisos", .commitments(heading.slug)),
            Crumb(commitment.owner.name, .commitment(heading.slug, commitment.id)),
        ]
    }
    var help: HelpTopic { "compromisos" }

    func body(_ html: inout HTML) {
        let fields = CommitmentNewsForm(kind)
        let state =
            form.isTyped || !kind.askDay ? form : form.filling(fields.day, with: today)
        html.form(to: kind.path(of: commitment.id, in: heading.slug), state, hasFiles: kind.askDay) { form in
            form.field(fields.note)
            if kind == .postponement { form.field(fields.dueOn) }
            if kind.askDay {
                form.field(fields.day)
                form.field(fields.evidence)
            }
            form.submit(
                kind.title, kind == .dropping ? .danger : .primary,
                orBackTo: .commitment(heading.slug, commitment.id))
        }
    }
}
