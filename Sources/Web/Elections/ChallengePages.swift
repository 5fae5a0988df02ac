import Elections
import Foundation
import Kernel
import Tenancy

extension ChallengeGround: PathValue {}
extension ChallengeEffect: PathValue {}
extension ChallengerRole: PathValue {}

extension ChallengeFile {
    /// Where it stands, as a chip.
    var status: Status {
        switch state {
        case .open: Status("Sin decidir", .due)
        case .upheld: Status("Aceptada", .met)
        case .dismissed: Status("Negada", .plain)
        }
    }

    /// What it is about.
    var object: String {
        let vote = round.map { $0 > 1 ? ", segunda vuelta" : isOutrun ? ", primera vuelta" : "" } ?? ""
        let place = table.map { "mesa \($0)" } ?? boxNumber.map { "urna electrónica n.º \($0)" }
        guard let contestName else {
            return boxNumber.map { "Urna electrónica n.º \($0)" }
                ?? "Todo el proceso\(place.map { ", \($0)" } ?? "")"
        }
        return "\(contestName)\(vote)\(place.map { ", \($0)" } ?? "")"
    }
}

/// The challenges of a process.
struct ChallengesPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let challenges: [ChallengeFile]
    let now: Date
    let mayFile: Bool

    var title: String { "Impugnaciones" }
    var lead: String? { process.name }
    var tab: ProcessTab? { .challenges }
    var help: HelpTopic { "impugnaciones" }
    /// Whether a result can be challenged, or a box whose sums nobody knows.
    private var isOpen: Bool { day.terms.isOpen(at: now) || !day.boxesBeforeCount.isEmpty }

    func actions(_ html: inout HTML) {
        if mayFile, isOpen {
            html.action("Presentar una impugnación", to: .fileChallenge(heading.slug, process.id), .primary)
        }
    }

    func content(_ html: inout HTML) {
        if !day.boxesBeforeCount.isEmpty {
            html.p(
                "La urna electrónica se puede impugnar desde ya: solo antes de contarla se puede excluir un voto."
            )
        }
        if let window = day.terms.window() { writeWindow(window, &html) }
        html.annulment(day.annulment, heading.slug, process.id)
        guard !challenges.isEmpty else {
            html.emptyState(
                EmptyState(
                    day.terms.window() == nil
                        ? "Contra un resultado se reciben desde que haya resultado provisional."
                        : "Nadie ha impugnado el resultado."))
            return
        }
        writeList(&html)
    }

    private func writeWindow(_ window: ChallengeWindow, _ html: inout HTML) {
        let isOpen = day.terms.isOpen(at: now)
        html.p(
            process.state == .proclaimed
                ? "Los elegidos ya fueron proclamados."
                : isOpen
                    ? "Se reciben hasta el \(window.lastDayInWords). La proclamación espera a que todas estén decididas."
                    : "El plazo terminó el \(window.lastDayInWords).")
        if isOpen, day.contests.count > 1 { writeTerms(&html) }
    }

    private func writeList(_ html: inout HTML) {
        html.ul(.class("dossier")) { list in
            for challenge in challenges {
                list.li { item in
                    item.div(.class("dossier-head")) { head in
                        head.h3 { name in
                            name.a(
                                "N.º \(challenge.number) · \(challenge.ground.title)",
                                .href(.challenge(heading.slug, process.id, challenge.id)))
                        }
                        head.status(challenge.status)
                    }
                    item.p(
                        "\(challenge.object). Presentada por \(challenge.challenger) el \(SpanishFormat.longDateAndTime(challenge.filedAt))"
                    )
                }
            }
        }
    }
}

extension ChallengesPage {
    /// Writes until when each result can be challenged.
    private func writeTerms(_ html: inout HTML) {
        html.ul { list in
            for contest in day.contests where contest.state == .open {
                let words =
                    day.terms.window(of: contest.id).map { window in
                        window.isOpen(at: now)
                            ? "hasta el \(window.lastDayInWords)"
                            : "el plazo terminó el \(window.lastDayInWords)"
                    } ?? "desde que haya escrutinio"
                list.li("\(contest.name): \(words).")
            }
        }
    }
}

/// The questions of a challenge.
struct ChallengeForm {
    let contest: Field<ID<Contest>?>
    let table: Field<ID<VotingTable>?>
    let box: Field<ID<BallotBox>?>
    let challenger = Field.text(
        "challenger", "Quién impugna", max: 120, hint: "Nombres y apellidos.")
    let role = Field.choice(
        "role", "En qué calidad", ChallengerRole.allCases, title: \.title, style: .menu)
    let evidence = EvidenceForm.file.optional()
    let ground = Field.choice("ground", "Causa", ChallengeGround.allCases, title: \.title, style: .menu)
    let facts = Field.paragraphs(
        "facts", "Hechos", max: 2000, rows: 6, hint: "Qué pasó, cuándo y cómo se prueba.")

    /// The contests whose term runs can be chosen.
    init(_ day: DayFile, at now: Date) {
        contest = Field.choice(
            "contest", "Elección",
            day.contests.filter { day.terms.isOpen(for: $0.id, at: now) }.map { Option($0.id, $0.name) },
            style: .menu, prompt: "Todo el proceso"
        ).optional()
        table = Field.choice(
            "table", "Mesa", day.tables.map { Option($0.id, "Mesa \($0.number), \($0.place)") }, style: .menu,
            prompt: "Ninguna en particular"
        ).optional()
        let boxes = Dictionary(grouping: day.boxes, by: \.id).compactMap(\.value.first)
        box = Field.choice(
            "box", "Urna electrónica",
            boxes.sorted { $0.number < $1.number }.map { Option($0.id, "Urna n.º \($0.number)") },
            style: .menu, prompt: "Ninguna en particular"
        ).optional()
    }
}

/// The questions of a piece of evidence.
struct EvidenceForm {
    static let file = Field.file(
        "file", "Prueba", accepting: [.pdf, .jpeg, .png], megabytes: 10,
        hint: "Un documento o una foto. Puede agregar otras después.")
    static let title = Field.text(
        "title", "Qué es", max: 120, hint: "Por ejemplo: «Foto de la hoja de la mesa 2»."
    ).optional()
}

/// Files a challenge.
struct FileChallengePage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let contest: ID<Contest>?
    let box: ID<BallotBox>?
    let now: Date
    /// The capacity of who looks; `nil` for who takes it in for somebody else.
    let role: ChallengerRole?
    let form: FormState

    var title: String { "Presentar una impugnación" }
    var lead: String? { "La proclamación espera a que se decida." }
    var help: HelpTopic { "impugnaciones" }

    func content(_ html: inout HTML) {
        let fields = ChallengeForm(day, at: now)
        let filled =
            form.isRefused
            ? form
            : form.filling(fields.contest, with: .some(contest)).filling(fields.box, with: .some(box))
        html.form(to: .fileChallenge(heading.slug, process.id), filled, hasFiles: true) { form in
            form.field(fields.contest)
            form.field(fields.table)
            if !day.boxes.isEmpty { form.field(fields.box) }
            form.field(fields.challenger)
            if let role {
                form.p("Se presenta en calidad de: \(role.title.lowercased()).", .class("form-text"))
            } else {
                form.field(fields.role)
            }
            form.field(fields.ground)
            form.field(fields.facts)
            form.field(fields.evidence)
            form.submit("Presentar la impugnación", orBackTo: .challenges(heading.slug, process.id))
        }
    }
}

/// What a decision does.
enum Decision: String, PathValue, CaseIterable {
    case dismissed = "negar"
    case none
    case annulTable = "annul_table"
    case excludeBallots = "exclude_ballots"
    case annulBox = "annul_box"
    case annulContest = "annul_contest"
    case annulProcess = "annul_process"

    /// The effect of a challenge that is upheld; `nil` where it is dismissed.
    var effect: ChallengeEffect? { ChallengeEffect(rawValue: rawValue) }

    /// Whether it takes a second person.
    private var isSettledByTwo: Bool { [.annulBox, .annulContest, .annulProcess].contains(self) }

    /// The words on screens.
    var title: String {
        guard let effect else { return "Negarla" }
        return "Aceptarla. \(effect.title)\(isSettledByTwo ? ", si otra persona lo confirma" : "")"
    }
}

/// The questions of a decision and of an answer.
struct DecisionForm {
    let decision: Field<Decision>
    let reason = Field.paragraphs(
        "reason", "Razones", max: 2000, rows: 5, hint: "Se notifican y van en el acta.")
    static let answer = Field.paragraphs("answer", "Respuesta", max: 2000, rows: 4)
    static let answeredBy = Field.text("answeredBy", "Quién responde", max: 120)

    init(_ challenge: ChallengeFile) {
        decision = Field.choice(
            "effect", "Decisión",
            Decision.allCases.filter {
                ($0 != .annulTable || challenge.table != nil && !challenge.isOutrun)
                    && ($0 != .annulBox || challenge.box != nil && !challenge.isOutrun)
                    && ($0 != .annulContest || challenge.contest != nil)
                    // What was left out is told; nothing less can be decided any more.
                    && ($0 != .excludeBallots || challenge.exclusions.done > 0)
                    && (challenge.exclusions.done == 0 || ![.dismissed, .none].contains($0))
            }, title: \.title, style: .list)
    }
}

/// A challenge: facts and answer side by side, then the decision.
struct ChallengePage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let challenge: ChallengeFile
    let mayAnswer: Bool
    let mayProve: Bool
    let mayDecide: Bool
    /// Whether who looks filed it, and so neither answers nor decides it.
    let isOwn: Bool
    let form: FormState

    var title: String { "Impugnación n.º \(challenge.number)" }
    var lead: String? { challenge.object }
    var trail: [Crumb] {
        heading.trail(from: .elections) + [
            Crumb(process.name, .process(heading.slug, process.id)),
            Crumb("Impugnaciones", .challenges(heading.slug, process.id)),
        ]
    }
    var help: HelpTopic { "impugnaciones" }

    func content(_ html: inout HTML) {
        html.p { $0.status(challenge.status) }
        html.facts(
            Fact("Causa", challenge.ground.title),
            Fact("Presentada por", "\(challenge.challenger), \(challenge.role.title.lowercased())"),
            Fact("Cuándo", SpanishFormat.longDateAndTime(challenge.filedAt)))
        if let counting {
            html.note(
                .info,
                "Los tarjetones de esta mesa se contaron con los de la mesa \(counting.number): anularla anula ese conteo."
            )
        }
        if let box = challenge.box { writeBox(box, &html) }
        html.div(.class("sides")) { sides in
            sides.section("Hechos") { $0.p(challenge.facts, .class("told")) }
            sides.section(challenge.answers.count > 1 ? "Respuestas" : "Respuesta") { part in
                if challenge.answers.isEmpty { part.p("Nadie ha respondido.") }
                for answer in challenge.answers {
                    part.p(answer.words, .class("told"))
                    part.p(
                        "\(answer.by). \(answer.takenInBy.map { "La recibió \($0), " } ?? "")\(SpanishFormat.longDateAndTime(answer.takenInAt))",
                        .class("form-text"))
                }
            }
        }
        if day.annulment?.challenge == challenge.id {
            html.annulment(day.annulment, heading.slug, process.id)
        }
        writeEvidence(&html)
        if challenge.state != .open {
            html.section("Decisión") { part in
                part.facts(
                    Fact("Efecto", challenge.effect?.title ?? "Ninguno"), Fact("Razones", challenge.reason),
                    Fact("Decidida", challenge.decidedAt.map { SpanishFormat.longDateAndTime($0) }))
            }
            return
        }
        if mayDecide, isOwn {
            html.note(
                .info,
                "Usted la presentó. Debe decidirla, y recibir las respuestas, otra persona del comité electoral."
            )
        } else if mayDecide, challenge.exclusions.proposed > 0 {
            html.note(
                .warning,
                "Alguien propuso excluir un voto por esta impugnación. Que otra persona lo confirme, o que se retire, antes de decidir."
            )
        } else if mayDecide {
            let fields = DecisionForm(challenge)
            html.section("Decidir") { part in
                if challenge.isOutrun, challenge.table != nil || challenge.box != nil {
                    part.note(
                        .info,
                        "La segunda vuelta ya se votó con quienes pasaron de la primera, y por eso no se anula una mesa ni una urna de la primera. Si los hechos cambian quiénes pasaban, anule la elección."
                    )
                }
                part.form(to: .challenge(heading.slug, process.id, challenge.id), form) { form in
                    form.field(fields.decision)
                    form.field(fields.reason)
                    form.submit("Decidir la impugnación", orBackTo: .challenges(heading.slug, process.id))
                }
            }
        }
        if mayAnswer, !isOwn {
            html.section(challenge.answers.isEmpty ? "Registrar una respuesta" : "Registrar otra respuesta") {
                part in
                part.p(
                    "Escriba lo que entrega la otra parte: una plancha, los jurados de la mesa. Cada una puede responder.",
                    .class("form-text"))
                part.form(to: .answerChallenge(heading.slug, process.id, challenge.id), answering) { form in
                    form.field(DecisionForm.answer)
                    form.field(DecisionForm.answeredBy)
                    form.submit("Registrar la respuesta", .secondary)
                }
            }
        }
    }

    /// Writes where the box stands that is challenged, and what can still be done with its ballots.
    private func writeBox(_ id: ID<BallotBox>, _ html: inout HTML) {
        html.note(.info) { note in
            note.p { line in
                line.text("Es contra la ")
                line.a(
                    "urna electrónica n.º \(challenge.boxNumber ?? 0)",
                    .href(.box(heading.slug, process.id, id)))
                line.text(". \(whatCanBeDone(with: id))")
            }
        }
    }

    private func whatCanBeDone(with box: ID<BallotBox>) -> String {
        switch challenge.exclusions.done {
        case 1...: "Por esta impugnación se excluyó un voto de ella: la decisión lo dice."
        case _ where day.boxesBeforeCount.contains { $0.id == box }:
            "Todavía no se ha contado. Si hay que excluir un voto, primero lo hacen allí dos personas, después del cierre; decida la impugnación después."
        default: "Ya no se excluye ningún voto: se puede anular la urna entera, entre dos personas."
        }
    }

    /// The table that counted the few ballots of the one that is challenged.
    private var counting: DayTable? {
        guard let table = day.tables.first(where: { $0.number == challenge.table }) else { return nil }
        let merged = day.polls.first {
            $0.table == table.id && $0.mergedInto != nil
                && (challenge.contest == nil || $0.contest == challenge.contest)
        }
        return merged.flatMap { merged in day.tables.first { $0.id == merged.mergedInto } }
    }

    /// What was typed into the answer, where it was refused.
    private var answering: FormState {
        form.problems.contains {
            [DecisionForm.answer.name, DecisionForm.answeredBy.name].contains($0.field)
        }
            ? form : FormState()
    }

    private func writeEvidence(_ html: inout HTML) {
        html.section("Pruebas") { part in
            if challenge.evidence.isEmpty {
                part.p("Nadie ha entregado pruebas.")
            } else {
                part.ul { list in
                    for piece in challenge.evidence {
                        list.li { item in
                            item.a(
                                piece.title,
                                .href(.evidence(heading.slug, process.id, challenge.id, piece.file)))
                            item.text(
                                ". \(piece.addedBy.map { "La entregó \($0), " } ?? "")\(SpanishFormat.longDateAndTime(piece.addedAt))"
                            )
                        }
                    }
                }
                part.p("Cada vez que alguien abre una prueba queda en el registro.", .class("form-text"))
            }
            guard mayProve, challenge.state == .open else { return }
            part.form(to: .addEvidence(heading.slug, process.id, challenge.id), hasFiles: true) { form in
                form.field(EvidenceForm.file)
                form.field(EvidenceForm.title)
                form.submit("Agregar la prueba", .secondary)
            }
        }
    }
}
