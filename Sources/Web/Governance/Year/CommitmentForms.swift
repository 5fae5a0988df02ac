import Governance
import Kernel
import Tenancy

/// The questions of a commitment.
struct CommitmentForm {
    /// Who answers, as the form offers it.
    enum Owner: PathValue {
        /// Who answers already, where it is corrected.
        case same
        case office
        case body(ID<Body>)
        case other

        init?(pathText: String) {
            switch pathText {
            case "igual": self = .same
            case "oficina": self = .office
            case "otro": self = .other
            default:
                guard let id = ID<Body>(pathText) else { return nil }
                self = .body(id)
            }
        }

        var pathText: String {
            switch self {
            case .same: "igual"
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
    static let reason = Field.text("note", "Qué estaba mal", max: 300, hint: "Queda en su historia.")

    /// The questions of a new one, or of a slip in one that is `known`.
    init(_ bodies: [Body], correcting known: Commitment? = nil) {
        owner = Field.choice(
            "owner_kind", "Quién responde",
            (known.map { [Option(.same, "Sigue: \($0.owner.name)")] } ?? []) + [
                Option(.office, "La oficina de participación")
            ] + bodies.map { Option(.body($0.id), $0.name) }
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
        let (activity, email, dueOn) = try form.read(activity, email, dueOn)
        guard let owner = try answers(in: form) else { throw CommitmentError.ownerMissing }
        return try MakeCommitment(
            activity, by: owner, until: dueOn, email: email, in: session?.meeting.id,
            because: try session.flatMap { try form.read(SessionCommitmentForm.cause(in: $0)) }, of: alliance)
    }

    /// What a form mends; once minutes tell of it, the address of reminders alone.
    func read(_ form: Submission, of answer: ReadCommitment.Answer) throws -> CorrectCommitment {
        let (email, reason) = try form.read(email, Self.reason)
        let commitment = answer.commitment
        guard !answer.isTold else {
            return try CorrectCommitment(
                commitment.id, of: commitment.alliance, to: nil, email: email, because: reason)
        }
        let (activity, dueOn) = try form.read(activity, dueOn)
        return try CorrectCommitment(
            commitment.id, of: commitment.alliance,
            to: CorrectCommitment.Words(activity, by: try answers(in: form), until: dueOn), email: email,
            because: reason)
    }

    /// Who is said to answer; `nil` for who does already.
    private func answers(in form: Submission) throws -> MakeCommitment.Owner? {
        let (owner, name) = try form.read(owner, name)
        return switch owner {
        case .same: nil
        case .office: .office
        case .body(let id): .body(id)
        case .other: .named(name ?? "")
        }
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

/// Mends a slip in a commitment.
struct CorrectCommitmentPage: Page {
    let heading: AllianceHeading
    let bodies: [Body]
    let answer: ReadCommitment.Answer
    let form: FormState

    private var commitment: Commitment { answer.commitment }

    var title: String { "Corregir el compromiso" }
    var lead: String? {
        answer.isTold
            ? "El acta ya lo cuenta: aquí se corrige solo a dónde llegan los recordatorios. Si cambió el plazo, aplácelo; si ya no se hace, descártelo."
            : "Lo que decía antes queda en su historia."
    }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [
            Crumb("Compromisos", .commitments(heading.slug)),
            Crumb(commitment.owner.name, .commitment(heading.slug, commitment.id)),
        ]
    }
    var help: HelpTopic { "compromisos" }

    func body(_ html: inout HTML) {
        let fields = CommitmentForm(bodies, correcting: commitment)
        let state =
            form.isTyped
            ? form
            : form.filling(fields.activity, with: commitment.activity).filling(fields.owner, with: .same)
                .filling(fields.dueOn, with: commitment.dueOn).filling(fields.email, with: commitment.email)
        html.form(to: .correctCommitment(heading.slug, commitment.id), state) { form in
            if answer.isTold { form.field(fields.email) } else { fields.write(&form) }
            form.field(CommitmentForm.reason)
            form.submit("Guardar la corrección", orBackTo: .commitment(heading.slug, commitment.id))
        }
    }
}
