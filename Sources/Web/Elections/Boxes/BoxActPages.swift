import Elections
import Foundation
import Kernel
import Tenancy

/// What stands around an act of a box.
struct BoxScene {
    let heading: AllianceHeading
    let process: ElectionProcess
    let file: BoxFile

    var box: BallotBox { file.box }
    var path: Path { .box(heading.slug, process.id, box.id) }
    var trail: [Crumb] {
        heading.trail(to: process)
            + [Crumb("Urna electrónica", .boxes(heading.slug, process.id)), Crumb(box.title, path)]
    }
}

/// Seals a box: from then on nothing of it changes.
struct SealBoxPage: Page {
    static let confirmation = Confirmation(
        word: "SELLAR",
        consequences: [
            "Quedan fijos lo que se vota, las opciones y su orden, los custodios, las claves y las horas.",
            "Quien no tenga clave no podrá votar en la urna, salvo con una de reserva.",
            "El archivo de la urna empieza y se publica.",
        ],
        verb: "Sellar la urna")

    let scene: BoxScene
    let now: Date
    let form: FormState

    var title: String { "Sellar \(scene.box.nameInSentence)" }
    var lead: String? { scene.process.name }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic { "urna-electronica" }

    func body(_ html: inout HTML) {
        if let refusal = scene.file.refusalToSeal(at: now) {
            return html.refused(refusal, orBackTo: scene.path)
        }
        for question in scene.file.questions {
            html.section(question.name) { part in
                part.ol { list in for option in question.options { list.li(option.name) } }
                let isDrawn = !scene.box.isMock && question.round == 1 && question.options.count > 1
                part.p(
                    isDrawn
                        ? "Después va el voto en blanco. Este es el orden que se sorteó, y el de la pantalla."
                        : "Después va el voto en blanco. Este es el orden de la pantalla.",
                    .class("form-text"))
            }
        }
        html.facts(
            Fact("Recibe votos", scene.box.hours),
            Fact("Custodios", SpanishFormat.list(scene.file.trustees.map(\.name))),
            Fact("Claves", SpanishFormat.number(scene.file.credentials.total)))
        html.confirmation(
            Self.confirmation, to: .sealBox(scene.heading.slug, scene.process.id, scene.box.id), form,
            orBackTo: scene.path)
    }
}

extension Path {
    /// Where a box is challenged.
    static func challengeBox(
        _ slug: AllianceSlug, _ process: ID<ElectoralProcess>, _ box: ID<BallotBox>
    ) -> Path {
        fileChallenge(slug, process).with("box", box.description)
    }
}

extension HTML {
    /// Writes what is missing before something is done with a box, in place of the form that would be refused.
    fileprivate mutating func refused(_ refusal: BoxError, orBackTo path: Path) {
        note(.warning, "Todavía no se puede") { note in
            if case .obstacles(let missing) = refusal {
                note.p("Falta:")
                note.ul { list in for obstacle in missing { list.li(obstacle.sentence) } }
            } else {
                note.p(refusal.message)
            }
        }
        action("Volver a la urna", to: path)
    }
}

extension BallotBox {
    /// Its name within a sentence, with its article.
    var nameInSentence: String { isMock ? "el simulacro n.º \(number)" : "la urna n.º \(number)" }
}

/// The question of a proposal.
struct BoxActForm {
    static let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3, hint: "Queda en la cronología y en el acta.")
    static let tracker = Field.text(
        "tracker", "Número de seguimiento del voto", max: 60,
        hint: "Los 43 signos que la persona recibió al votar y que la impugnación señala.")
    static func challenge(_ open: [BoxChallenge]) -> Field<ID<Challenge>> {
        Field.choice(
            "challenge", "Impugnación que lo pide",
            open.map { Option($0.id, "N.º \($0.number), de \($0.challenger)") }, style: .list)
    }
    static let outcome = Field.choice(
        "outcome", "¿Qué se decide?", SettlementOutcome.allCases, title: \.title, style: .list)
    static let decision = Field.paragraphs(
        "reason", "Decisión, con su motivo", max: 500, rows: 3,
        hint: "Queda en la cronología y en el acta. No escriba el nombre de la persona.")
}

/// What a contradiction comes to.
enum SettlementOutcome: String, PathValue, CaseIterable {
    /// Nothing is left out.
    case standing = "quedan"
    /// The ballots of the person are left out of what is counted.
    case leftOut = "excluir"

    var title: String {
        switch self {
        case .standing: "Los votos quedan como están"
        case .leftOut: "Se excluye el voto electrónico"
        }
    }
}

/// Proposes something that two people do with a box.
struct ProposeBoxActPage: Page {
    /// What is proposed, and where the form is sent.
    enum Object {
        case act(BoxActName)
        case exclusion
        case settlement(ParticipationConflict)
    }

    let scene: BoxScene
    let object: Object
    /// Whether who looks may propose it.
    let mayPropose: Bool
    let now: Date
    let form: FormState

    private var slug: AllianceSlug { scene.heading.slug }
    private var words: String {
        switch object {
        case .act(let name): name.kind.title
        case .exclusion: "excluir un voto"
        case .settlement: "qué se hace"
        }
    }

    var title: String { "Proponer \(words)" }
    var lead: String? { "Lo confirma otra persona, con otra función: comité, garante o junta." }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic { "urna-electronica" }

    private var path: Path {
        switch object {
        case .act(let name): .proposeBoxAct(slug, scene.process.id, scene.box.id, name)
        case .exclusion: .excludeBallot(slug, scene.process.id, scene.box.id)
        case .settlement(let conflict): .settleConflict(slug, scene.process.id, scene.box.id, conflict.id)
        }
    }

    private var refusal: BoxError? {
        switch object {
        case .act(let name): scene.file.refusal(of: name.kind, at: now)
        case .exclusion:
            scene.box.state == .closed
                ? scene.file.openChallenges.isEmpty ? .challengeMissing : nil : .notNow(scene.box.state)
        case .settlement(let conflict): scene.file.refusal(of: .settle(conflict.id), at: now)
        }
    }

    func body(_ html: inout HTML) {
        guard mayPropose else { return html.refused(BoxError.otherRole, orBackTo: scene.path) }
        if let refusal {
            html.refused(refusal, orBackTo: scene.path)
            if refusal == .challengeMissing {
                html.action(
                    "Presentar una impugnación",
                    to: .challengeBox(slug, scene.process.id, scene.box.id), .primary)
            }
            return
        }
        switch object {
        case .act(let name): scene.explain(name.kind, at: now, &html)
        case .exclusion:
            html.note(.warning) { note in
                note.ul { list in for sentence in scene.exclusion { list.li(sentence) } }
            }
            html.p("Después de excluirlo se decide la impugnación, que dice ese efecto.")
        case .settlement(let conflict): html.conflict(conflict)
        }
        html.form(to: path, form) { form in
            if case .exclusion = object {
                form.field(BoxActForm.challenge(scene.file.openChallenges))
                form.field(BoxActForm.tracker)
            }
            if case .settlement(let conflict) = object {
                if scene.mayLeaveOut(conflict) {
                    form.field(BoxActForm.outcome)
                } else if conflict.isElectronic {
                    form.p(
                        "El voto electrónico de esta persona se puede excluir después de cerrar la urna y antes de contarla.",
                        .class("form-text"))
                }
                form.field(BoxActForm.decision)
            } else {
                form.field(BoxActForm.reason)
            }
            form.submit("Proponer", orBackTo: scene.path)
        }
    }
}

extension BoxScene {
    /// Whether the electronic vote that a contradiction is about can be left out now.
    func mayLeaveOut(_ conflict: ParticipationConflict) -> Bool {
        conflict.isElectronic && box.state == .closed
    }

    /// Says what an act does, to who proposes it and to who cannot carry it out.
    fileprivate func explain(_ kind: BoxAct.Kind, at now: Date, _ html: inout HTML) {
        if let conflict = file.conflicts.first(where: { $0.id == kind.conflict }) { html.conflict(conflict) }
        let sentences = consequences(of: kind, at: now)
        html.note(kind.word == nil ? .info : .warning) { note in
            if sentences.count == 1 { return note.p(sentences[0]) }
            note.ul { list in for sentence in sentences { list.li(sentence) } }
        }
    }

    /// What an act does, as both people are told before they do it.
    fileprivate func consequences(of kind: BoxAct.Kind, at now: Date) -> [String] {
        switch kind {
        case .open: ["Desde la confirmación la urna recibe votos, dentro de sus horas."]
        case .close: closing(at: now)
        case .count:
            [
                "Se suman \(SpanishFormat.count(box.counted, "voto", "votos")), cifrados, y los custodios descifran la suma."
                    + (box.excluded == 0
                        ? ""
                        : " No \(box.excluded == 1 ? "entra el que se excluyó" : "entran los \(SpanishFormat.number(box.excluded)) que se excluyeron")."),
                "Después ya no se excluye ningún voto: solo se puede anular la urna entera.",
            ]
        case .annul:
            [
                box.voters == 0
                    ? "La urna no recibe votos."
                    : "\(SpanishFormat.count(box.voters, "voto", "votos")) de esta urna no \(box.voters == 1 ? "contará" : "contarán").",
                "Todo lo suyo queda guardado. El tablero público dice que se anuló, cuándo y por qué: en el motivo no escriba el nombre de nadie.",
            ]
        case .exclude: exclusion
        case .leaveOut:
            ["Se excluye el voto electrónico de esta persona. Nadie ve cuál es antes de confirmarlo."]
                + exclusion
        case .settle: ["No se quita ningún voto: los de papel y los electrónicos quedan como están."]
        }
    }

    /// What closing does: what was announced, who would still vote, and what becomes of few votes.
    private func closing(at now: Date) -> [String] {
        var sentences: [String] = []
        if now < box.choices.closesAt {
            sentences.append(
                SpanishFormat.sentence(
                    "Todavía no es la hora: recibe votos hasta las \(SpanishFormat.time(ColombianTime.time(at: box.choices.closesAt)))"
                ))
        }
        if let waiting = file.waiting, waiting > 0 {
            sentences.append(
                waiting == 1
                    ? "1 persona que está presente no ha votado."
                    : "\(SpanishFormat.number(waiting)) personas que están presentes no han votado.")
        }
        sentences.append(
            box.isTooSmall
                ? "Tiene \(SpanishFormat.count(box.voters, "voto", "votos")). Con menos de \(BallotBox.fewestInWords) no se abre para contar: habrá que anularla, y quienes votaron en ella vuelven a votar."
                : "Después del cierre no entra ningún voto más, y no se abre otra vez.")
        return sentences
    }

    /// What an exclusion does, and how many votes it leaves.
    fileprivate var exclusion: [String] {
        let left = box.counted - 1
        return [
            "Se excluyen todos los votos de esa clave, también los que reemplazó. El archivo original queda publicado, y el que se cuenta nombra lo excluido.",
            "La urna cuenta hoy \(SpanishFormat.count(box.counted, "voto", "votos")); sin este \(left == 1 ? "queda" : "quedan") \(SpanishFormat.number(left)).",
        ]
            + (file.isTooSmallWithoutOne
                ? [
                    "Con menos de \(BallotBox.fewestInWords) votos la urna no se abre para contar: habrá que anularla, y todas las personas vuelven a votar."
                ] : [])
    }
}

extension BoxAct.Kind {
    /// The word that is asked of who carries it out, since it is not undone; `nil` where none is.
    fileprivate var word: String? {
        switch self {
        case .open, .settle: nil
        case .close: "CERRAR"
        case .count: "CONTAR"
        case .annul: "ANULAR"
        case .exclude, .leaveOut: "EXCLUIR"
        }
    }

    fileprivate var verb: String {
        switch self {
        case .open, .settle: "Confirmar"
        case .close: "Cerrar la urna"
        case .count: "Contar la urna"
        case .annul: "Anular la urna"
        case .exclude, .leaveOut: "Excluir el voto"
        }
    }

    /// The question for the word.
    var confirmation: Field<String>? { word.map { .confirmation($0) } }
}

extension HTML {
    /// Writes what a contradiction is about.
    fileprivate mutating func conflict(_ conflict: ParticipationConflict) {
        facts(
            [
                Fact("De quién", "\(conflict.name), mesa \(conflict.table)"),
                Fact("Qué se encontró", conflict.kind.title),
                Fact("Lo que se anotó", conflict.account),
                conflict.finder.map { Fact("Lo anotó", $0) },
                Fact("Cuándo", SpanishFormat.longDateAndTime(conflict.foundAt)),
                Fact("Voto electrónico", conflict.isElectronic ? "Está en la urna" : "No hay"),
            ].compactMap(\.self))
    }
}

/// Seconds what was proposed, or takes it back.
struct SecondBoxActPage: Page {
    let scene: BoxScene
    let act: BoxAct
    /// Whether who looks may carry it out: somebody else than who proposed it, in another role.
    let maySecond: Bool
    /// Whether who looks may take it back: who proposed it, and the committee.
    let mayWithdraw: Bool
    let now: Date
    let form: FormState

    var title: String { "\(maySecond ? "Confirmar" : "Propuesta"): \(act.kind.title)" }
    var lead: String? { scene.box.title }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic { "urna-electronica" }

    func body(_ html: inout HTML) {
        let slug = scene.heading.slug
        var facts = [
            Fact("Propuso", "\(act.proposerName), \(act.role.title.lowercased())"),
            Fact("Cuándo", SpanishFormat.longDateAndTime(act.proposedAt)),
            Fact(act.kind.conflict == nil ? "Motivo" : "Decisión propuesta", act.reason),
        ]
        if !act.trackers.isEmpty {
            facts.insert(
                Fact(act.trackers.count == 1 ? "Número de seguimiento" : "Números de seguimiento") { fact in
                    for tracker in act.trackers { fact.p { $0.code(tracker.tracker) } }
                    if act.trackers.count > 1 {
                        fact.p("Son de la misma clave: cuenta el último.", .class("form-text"))
                    }
                }, at: 0)
        }
        if let challenge = scene.file.openChallenges.first(where: { $0.id == act.kind.challenge }) {
            facts.insert(
                Fact("Lo pide") { fact in
                    fact.a(
                        "Impugnación n.º \(challenge.number), de \(challenge.challenger)",
                        .href(.challenge(slug, scene.process.id, challenge.id)))
                }, at: 0)
        }
        html.facts(facts)
        writeDecision(&html)
        if mayWithdraw {
            html.div(.class("part-actions")) {
                $0.action(
                    "Retirar la propuesta",
                    posting: .withdrawBoxAct(slug, scene.process.id, scene.box.id, act.id))
            }
        }
    }

    private func writeDecision(_ html: inout HTML) {
        guard maySecond else {
            scene.explain(act.kind, at: now, &html)
            return html.note(.info, "Falta que otra persona, con otra función, la confirme.")
        }
        // What has to come first is said here; the button would only be refused.
        let missing = act.kind == .open ? scene.file.obstacles(at: now) : []
        guard missing.isEmpty else { return html.refused(.obstacles(missing), orBackTo: scene.path) }
        let path = Path.secondBoxAct(scene.heading.slug, scene.process.id, scene.box.id, act.id)
        if let word = act.kind.word {
            if let conflict = scene.file.conflicts.first(where: { $0.id == act.kind.conflict }) {
                html.conflict(conflict)
            }
            return html.confirmation(
                Confirmation(
                    word: word, consequences: scene.consequences(of: act.kind, at: now), verb: act.kind.verb),
                to: path, form, orBackTo: scene.path)
        }
        scene.explain(act.kind, at: now, &html)
        html.form(to: path, form) { form in
            form.submit(act.kind.verb, orBackTo: scene.path, back: "Volver")
        }
    }
}

/// Relieves somebody of what they do for a box, so that another is named.
struct BoxReliefPage: Page {
    /// Who.
    enum Post {
        case trustee(BoxTrustee)
        case authority(BoxAuthority)
    }

    let scene: BoxScene
    let post: Post
    let form: FormState

    var title: String {
        switch post {
        case .trustee(let trustee): "Cambiar a \(trustee.name)"
        case .authority(let authority): "Cambiar a \(authority.name)"
        }
    }
    var lead: String? {
        switch post {
        case .trustee:
            "Deja de guardar una parte de la llave. Los demás custodios vuelven a hacer la suya."
        case .authority:
            scene.file.credentials.total == 0
                ? "Deja de hacer las claves de voto. No alcanzó a entregar ninguna."
                : "Deja de hacer las claves de voto. Las que entregó dejan de servir: destruya los volantes ante testigos."
        }
    }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic {
        switch post {
        case .trustee: "custodios"
        case .authority: "claves-de-voto"
        }
    }

    func body(_ html: inout HTML) {
        let (slug, process, box) = (scene.heading.slug, scene.process.id, scene.box.id)
        switch post {
        case .trustee(let trustee):
            write(to: .relieveTrustee(slug, process, box, trustee.id), "Relevar al custodio", &html)
        case .authority:
            write(to: .relieveAuthority(slug, process, box), "Relevar a la autoridad", &html)
        }
    }

    private func write(to path: Path, _ verb: String, _ html: inout HTML) {
        html.form(to: path, form) { form in
            form.field(ReliefForm().reason)
            form.submit(verb, orBackTo: scene.path)
        }
    }
}
