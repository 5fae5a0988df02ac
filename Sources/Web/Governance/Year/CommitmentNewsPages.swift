import Governance
import Kernel
import Tenancy

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
