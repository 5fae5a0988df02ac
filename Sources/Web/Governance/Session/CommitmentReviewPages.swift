import Governance
import Kernel
import Tenancy

/// The questions with which a meeting looks at a commitment.
struct CommitmentReviewForm {
    /// What the meeting found.
    enum Outcome: String, PathValue, CaseIterable {
        case open = "abierto"
        case done = "cumplido"
        case postponed = "aplazado"

        var title: String {
            switch self {
            case .open: "Sigue abierto: pasa a la reunión siguiente"
            case .done: "Ya se cumplió"
            case .postponed: "Se aplaza"
            }
        }
    }

    let note = Field.paragraphs("note", "Qué se informó en la reunión", max: 1000, rows: 3)
    let outcome = Field.choice("outcome", "Cómo queda", Outcome.allCases, title: \.title, style: .list)
    let dueOn = Field.date("due_on", "Nuevo plazo, si se aplaza").optional()
    let evidence = Field.paper("evidence", "La evidencia, si se cumplió").optional()

    /// What a form tells of a commitment.
    ///
    /// - Throws: ``FormRefusal``, `CommitmentError`.
    func read(
        _ form: Submission, about commitment: ID<Commitment>, of alliance: ID<Alliance>,
        in meeting: ID<Meeting>, today: CalendarDate
    ) throws -> FollowCommitment {
        let (note, outcome, dueOn, evidence) = try form.read(note, outcome, dueOn, evidence)
        let news: FollowCommitment.News
        switch outcome {
        case .open: news = .reviewed
        case .done: news = .done
        case .postponed:
            guard let dueOn else { throw CommitmentError.notLater }
            news = .postponed(to: dueOn)
        }
        return try FollowCommitment(
            commitment, of: alliance, news, note: note, evidence: try evidence?.stored(on: today), in: meeting
        )
    }
}

/// A commitment of before, which a meeting looks at: its minutes tell what it found.
struct ReviewCommitmentPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let commitment: Commitment
    let form: FormState

    var title: String { "Revisar un compromiso" }
    var lead: String? {
        let due = commitment.dueOn.map { ", hasta el \(SpanishFormat.longDate($0))" } ?? ""
        return "«\(commitment.activity)», a cargo de \(commitment.owner.name)\(due)."
    }
    var help: HelpTopic { "compromisos" }

    func body(_ html: inout HTML) {
        let fields = CommitmentReviewForm()
        html.form(
            to: .reviewCommitment(slug, meeting.id, commitment.id),
            form.isTyped ? form : form.filling(fields.outcome, with: .open), hasFiles: true
        ) { form in
            form.field(fields.note)
            form.field(fields.outcome)
            form.field(fields.dueOn)
            form.field(fields.evidence)
            form.submit("Guardar la revisión", orBackTo: .session(slug, meeting.id))
        }
    }
}

/// Commitments that a session looks at.
struct CommitmentReviewRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.reviewCommitment, upTo: .files(megabytes: PaperForm.megabytes),
            show: { context, state, slug, meeting, id in
                let (heading, file) = try await context.session(meeting, slug, toUse: .runSessions)
                return ReviewCommitmentPage(
                    heading: heading, file: file,
                    commitment: try await context.fetch(ReadCommitment(id, of: heading.alliance.id))
                        .commitment,
                    form: state)
            },
            act: { context, form, slug, meeting, id in
                let heading = try await context.alliance(slug)
                try await context.run(
                    CommitmentReviewForm().read(
                        form, about: id, of: heading.alliance.id, in: meeting, today: context.today), form)
                return Redirect(
                    to: .session(slug, meeting), "La revisión quedó anotada y pasa al acta.")
            })
    }
}
