import Foundation
import Governance
import Kernel
import Tenancy

/// The questions of a decision.
struct MeetingDecisionForm {
    let decision = Field.paragraphs(
        "decision", "Qué se decide", max: 2000, rows: 2, hint: "Como quedará en el acta.")
    let proposedBy = Field.text("proposed_by", "Quién lo propuso", max: 200).optional()
    let manner = Field.choice(
        "manner", "Cómo se decide", MeetingDecision.Manner.allCases, title: \.title, style: .menu)
    let majority = Field.choice(
        "majority", "Mayoría", Majority.Kind.allCases, title: \.title, style: .menu,
        prompt: "La de los estatutos, o simple si callan"
    ).optional()
    let share = Field.text("share", "Parte, si es calificada", max: 9, hint: "Por ejemplo, 2/3.").optional()
    let shareOf = Field.choice(
        "share_of", "De qué se cuenta", Majority.Base.allCases, title: \.title, style: .menu,
        prompt: "De los votos emitidos"
    ).optional()
    let inFavor = Field.integer("in_favor", "A favor", in: 0...1_000_000).optional()
    let against = Field.integer("against", "En contra", in: 0...1_000_000).optional()
    let blank = Field.integer("blank", "En blanco", in: 0...1_000_000).optional()
    let abstained = Field.integer("abstained", "Se abstienen", in: 0...1_000_000).optional()
    let approves: Field<ApprovalChoice?>
    let item: Field<ID<AgendaItem>?>
    /// Those who may be called by name.
    let voters: [PresentVoter]

    init(_ file: SessionFile) {
        voters = file.voters.count <= PresentVoter.most ? file.voters : []
        approves = Field.choice(
            "approves", "Aprueba", file.approvables.map { Option(ApprovalChoice($0.approval), $0.title) },
            style: .menu, prompt: "Nada de lo registrado aquí"
        ).optional()
        item = Field.choice(
            "item", "En el punto", file.agenda.map { Option($0.id, "\($0.position). \($0.title)") },
            style: .menu,
            prompt: "Ninguno"
        ).optional()
    }

    /// The decision that a form tells.
    func read(
        _ form: Submission, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) throws -> RecordDecision {
        let (decision, proposedBy, manner, kind, share, shareOf) = try form.read(
            decision, proposedBy, manner, majority, share, shareOf)
        let (inFavor, against, blank, abstained, approves, item) = try form.read(
            inFavor, against, blank, abstained, approves, item)
        let byName: [ID<Attendance>: NominalVote.Choice] = Dictionary(
            voters.compactMap { voter in
                form.entries.first(RollCallChoice.name(of: voter)).flatMap(RollCallChoice.init(rawValue:))?
                    .vote
                    .map { (voter.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
        var majority: Majority?
        if let kind { majority = try Majority(kind, of: shareOf ?? .votes, share: share.flatMap(Self.share)) }
        return try RecordDecision(
            decision, in: meeting, of: alliance, on: item, proposedBy: proposedBy, manner: manner,
            majority: majority, inFavor: inFavor, against: against ?? 0, blank: blank ?? 0,
            abstained: abstained ?? 0, byName: byName, approving: approves?.approval)
    }

    private static func share(_ text: String) -> Quorum.Share? {
        let text = text.filter { !$0.isWhitespace }
        if text.hasSuffix("%") { return Int(text.dropLast()).flatMap { Quorum.Share($0, of: 100) } }
        let parts = text.split(separator: "/").compactMap { Int($0) }
        return parts.count == 2 ? Quorum.Share(parts[0], of: parts[1]) : nil
    }
}

/// What somebody answers to their name, as the form offers it.
enum RollCallChoice: String, PathValue, CaseIterable {
    case none = "no"
    case inFavor = "in_favor"
    case against
    case blank
    case abstained

    /// The vote; `nil` of who did not vote.
    var vote: NominalVote.Choice? { NominalVote.Choice(rawValue: rawValue) }

    /// The name of the question to a voter.
    static func name(of voter: PresentVoter) -> String { "voto-\(voter.id)" }

    fileprivate static func field(of voter: PresentVoter) -> Field<Self> {
        Field.choice(
            name(of: voter), voter.name, allCases, title: { $0.vote?.title ?? "No votó" }, style: .menu)
    }
}

/// What a decision approves, as forms name it.
struct ApprovalChoice: PathValue, Hashable {
    let approval: MeetingDecision.Approval

    init(_ approval: MeetingDecision.Approval) {
        self.approval = approval
    }

    init?(pathText: String) {
        let parts = pathText.split(separator: ".").map(String.init)
        guard parts.count == 2, let id = UUID(uuidString: parts[1]) else { return nil }
        switch parts[0] {
        case "acta": approval = .minutes(ID(rawValue: id))
        case "plan": approval = .plan(ID(rawValue: id))
        case "estatutos": approval = .bylaws(ID(rawValue: id))
        default: return nil
        }
    }

    var pathText: String {
        switch approval {
        case .minutes(let id): "acta.\(id)"
        case .plan(let id): "plan.\(id)"
        case .bylaws(let id): "estatutos.\(id)"
        }
    }
}

extension HTML {
    /// Writes the form of a decision, with what the bylaws ask for.
    mutating func decisionForm(
        to path: Path, _ state: FormState, of file: SessionFile, on item: ID<AgendaItem>?
    ) {
        let fields = MeetingDecisionForm(file)
        var state = state
        if !state.isTyped {
            state = state.filling(fields.item, with: item)
                .filling(fields.manner, with: file.meeting.electorate.decides ? .showOfHands : .consensus)
            for voter in fields.voters {
                state = state.filling(RollCallChoice.field(of: voter), with: RollCallChoice.none)
            }
        }
        form(to: path, state) { form in
            form.field(fields.decision)
            form.field(fields.manner)
            if file.meeting.electorate.decides {
                form.div(.class("vote-row")) { row in
                    row.field(fields.inFavor)
                    row.field(fields.against)
                    row.field(fields.blank)
                    row.field(fields.abstained)
                }
                form.p(
                    "Por aclamación o consenso, deje «A favor» en blanco: cuenta a los \(SpanishFormat.number(file.present)) presentes menos quienes se opongan o se abstengan.",
                    .class("form-text"))
                if let (ordered, source) = file.majority {
                    form.p(SpanishFormat.sentence("Se necesita \(ordered.words) (\(source))"))
                }
                form.rollCall(
                    of: fields.voters, isOpen: state.entries.first(fields.manner.name) == "roll_call")
            } else {
                form.p(
                    "Cuenta a los \(SpanishFormat.number(file.presentStays.count)) presentes. Si alguien se opone, no hay consenso.",
                    .class("form-text"))
            }
            form.details { more in
                more.summary("Punto, proponente, mayoría y qué aprueba")
                more.field(fields.item)
                more.field(fields.proposedBy)
                if file.meeting.electorate.decides {
                    more.field(fields.majority)
                    more.field(fields.share)
                    more.field(fields.shareOf)
                }
                if !file.approvables.isEmpty { more.field(fields.approves) }
            }
            form.submit("Registrar la decisión")
        }
    }

    /// Writes the names of those who vote, each with their vote: the totals follow from them.
    fileprivate mutating func rollCall(of voters: [PresentVoter], isOpen: Bool) {
        guard !voters.isEmpty else { return }
        details(.class("roll-call"), .open(isOpen)) { box in
            box.summary("Votación nominal: cómo votó cada persona")
            box.p(
                "Para «\(MeetingDecision.Manner.rollCall.title)». Los totales salen de aquí y el acta lista los nombres; lo que se publica lleva solo las cifras.",
                .class("form-text"))
            box.div(.class("form-row")) { row in
                for voter in voters { row.field(RollCallChoice.field(of: voter)) }
            }
        }
    }

    /// Writes the form of a question.
    mutating func questionForm(
        to path: Path, _ state: FormState, on item: ID<AgendaItem>?
    ) {
        let fields = QuestionForm()
        form(to: path, state) { form in
            if let item { form.input(.type("hidden"), .name("item"), .value(item.description)) }
            form.field(fields.question)
            form.field(fields.askedBy)
            form.field(fields.answer)
            form.field(fields.answeredBy)
            form.submit("Anotar la pregunta")
        }
    }
}

/// The questions of a question.
struct QuestionForm {
    let question = Field.paragraphs("question", "Pregunta", max: 2000, rows: 2)
    let askedBy = Field.text(
        "asked_by", "Quién pregunta", max: 200, hint: "En blanco, queda como anónima."
    ).optional()
    let answer = Field.paragraphs("answer", "Respuesta", max: 5000, rows: 2).optional()
    let answeredBy = Field.text(
        "answered_by", "Quién responde", max: 200, hint: "La dependencia o el organismo."
    ).optional()
    /// The answer alone.
    let laterAnswer = Field.paragraphs("answer", "Respuesta", max: 5000, rows: 4)
}

/// The decisions of a meeting.
struct DecisionsPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let mayRun: Bool
    let form: FormState

    var title: String { "Decisiones" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        let isOpen = meeting.state == .inSession
        if isOpen { html.sessionQuorum(file.presence) }
        if form.isTyped || isOpen, mayRun {
            html.section("Registrar una decisión") { part in
                part.decisionForm(to: .decisions(slug, meeting.id), form, of: file, on: file.openItem?.id)
            }
        }
        html.section("Tomadas en esta reunión") { part in
            guard !file.decisions.isEmpty else {
                part.p("Todavía no hay ninguna.")
                return
            }
            part.ul(.class("dossier")) { list in
                for decision in file.decisions { list.li { write(decision, &$0) } }
            }
        }
    }

    private func write(_ decision: MeetingDecision, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("\(decision.position). \(decision.decision)")
            head.status(decision.status)
        }
        item.p(
            SpanishFormat.sentence(
                "\(decision.manner.title), \(hour(decision.decidedAt)): \(decision.arithmetic)"))
        item.p(SpanishFormat.sentence("Mayoría: \(decision.majoritySource)"), .class("form-text"))
        if !decision.byName.isEmpty {
            item.ul(.class("roll-call")) { list in
                for vote in decision.byName { list.li(vote.words) }
            }
        }
        if let quorum = decision.quorum {
            item.p(
                SpanishFormat.sentence(
                    "Quórum verificado: \(quorum.present) de \(quorum.base) presentes, bastaban \(quorum.required). \(quorum.source)"
                ), .class("form-text"))
        }
        if let proposer = decision.proposedBy { item.p(SpanishFormat.sentence("Propuso \(proposer)")) }
        if let approval = decision.approval,
            let title = file.approvables.first(where: { $0.approval == approval })?.title
        {
            item.p(SpanishFormat.sentence("Aprueba: \(title)"))
        }
        if let reason = decision.withdrawalReason {
            item.p(SpanishFormat.sentence("Se retiró: \(reason)"))
        } else if mayRun, !file.minutesAreOut {
            item.p {
                $0.a("Retirarla, si se anotó mal", .href(.withdrawDecision(slug, meeting.id, decision.id)))
            }
        }
    }
}

/// Withdraws a decision.
struct WithdrawDecisionPage: SessionPart {
    static let reason = Field.paragraphs(
        "reason", "Por qué se retira", max: 500, rows: 3, hint: "Queda en el acta.")

    let heading: AllianceHeading
    let file: SessionFile
    let decision: MeetingDecision
    let form: FormState

    var title: String { "Retirar la decisión \(decision.position)" }
    var lead: String? { decision.decision }

    func body(_ html: inout HTML) {
        html.note(
            .info,
            "No se borra: queda como retirada, con el motivo. Si hay que corregirla, registre después la correcta."
        )
        html.form(to: .withdrawDecision(slug, meeting.id, decision.id), form) { form in
            form.field(Self.reason)
            form.submit("Retirar la decisión", .danger, orBackTo: .decisions(slug, meeting.id))
        }
    }
}

/// The questions of a meeting.
struct QuestionsPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let mayRun: Bool
    let form: FormState

    var title: String { "Preguntas" }
    var lead: String? { meeting.title }

    func body(_ html: inout HTML) {
        html.section("Preguntas y respuestas") { part in
            guard !file.questions.isEmpty else {
                part.p("Todavía no hay ninguna.")
                return
            }
            part.ul(.class("dossier")) { list in
                for question in file.questions { list.li { write(question, &$0) } }
            }
        }
        if mayRun, meeting.session != nil, !file.minutesAreOut {
            html.section("Anotar una pregunta") { part in
                part.questionForm(to: .questions(slug, meeting.id), form, on: file.openItem?.id)
            }
        }
    }

    private func write(_ question: MeetingQuestion, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("\(question.position). \(question.question)")
            head.status(question.answer == nil ? Status("Sin responder", .due) : Status("Respondida", .met))
        }
        item.p(
            SpanishFormat.sentence(
                "Preguntó \(question.askedBy ?? "alguien que no quiso dar su nombre"), \(hour(question.askedAt))"
            ),
            .class("form-text"))
        if let answer = question.answer {
            item.paragraphs(of: answer.text)
            item.p(
                SpanishFormat.sentence(
                    "Respondió \(answer.by ?? "la mesa"), \(SpanishFormat.moment(answer.at))"),
                .class("form-text"))
        }
        if mayRun {
            item.p {
                $0.a(
                    question.answer == nil ? "Responder" : "Corregir la respuesta",
                    .href(.answerQuestion(slug, meeting.id, question.id)))
            }
        }
    }
}

/// Answers a question.
struct AnswerQuestionPage: SessionPart {
    let heading: AllianceHeading
    let file: SessionFile
    let question: MeetingQuestion
    let form: FormState

    var title: String { "Responder la pregunta \(question.position)" }
    var lead: String? { question.question }

    func body(_ html: inout HTML) {
        let fields = QuestionForm()
        let state =
            form.isTyped
            ? form
            : form.filling(fields.laterAnswer, with: question.answer?.text)
                .filling(fields.answeredBy, with: question.answer?.by)
        html.form(to: .answerQuestion(slug, meeting.id, question.id), state) { form in
            form.field(fields.laterAnswer)
            form.field(fields.answeredBy)
            form.submit("Guardar la respuesta", orBackTo: .questions(slug, meeting.id))
        }
    }
}
