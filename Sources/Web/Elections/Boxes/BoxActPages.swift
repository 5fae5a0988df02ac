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
        html.confirmation(
            Self.confirmation, to: .sealBox(scene.heading.slug, scene.process.id, scene.box.id), form,
            orBackTo: scene.path)
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
        hint: "Los 43 signos que la persona recibió al votar, o que la impugnación señala.")
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
        case .exclusion: scene.box.state == .closed ? nil : .notNow(scene.box.state)
        case .settlement(let conflict): scene.file.refusal(of: .settle(conflict.id), at: now)
        }
    }

    func body(_ html: inout HTML) {
        guard mayPropose else { return html.refused(BoxError.otherRole, orBackTo: scene.path) }
        if let refusal { return html.refused(refusal, orBackTo: scene.path) }
        switch object {
        case .act(let name): scene.explain(name.kind, &html)
        case .exclusion:
            html.note(.info, BoxScene.exclusion)
        case .settlement(let conflict): html.conflict(conflict)
        }
        html.form(to: path, form) { form in
            if case .exclusion = object { form.field(BoxActForm.tracker) }
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
    fileprivate static let exclusion =
        "Se excluyen todos los votos de esa clave, también los que reemplazó. El archivo original queda publicado, y el que se cuenta nombra lo excluido."

    /// Whether the electronic vote that a contradiction is about can be left out now.
    func mayLeaveOut(_ conflict: ParticipationConflict) -> Bool {
        conflict.isElectronic && box.state == .closed
    }

    /// Says what an act does, to who proposes it and to who seconds it.
    fileprivate func explain(_ kind: BoxAct.Kind, _ html: inout HTML) {
        switch kind {
        case .open: html.note(.info, "Desde la confirmación la urna recibe votos, dentro de sus horas.")
        case .close:
            if box.isTooSmall {
                html.note(
                    .warning,
                    "Hay \(SpanishFormat.count(box.voters, "voto", "votos")). Con menos de \(BallotBox.fewest) la urna no se puede abrir para contar."
                )
            } else {
                html.note(.info, "Después del cierre no entra ningún voto más.")
            }
        case .count:
            html.note(
                .info,
                "Los votos se suman cifrados y los custodios descifran la suma. Después de contar ya no se excluye ningún voto."
            )
        case .annul:
            html.note(
                .warning, "Los votos de esta urna no contarán. No se puede deshacer; todo queda guardado.")
        case .exclude: html.note(.info, Self.exclusion)
        case .settle(let id), .leaveOut(let id):
            if let conflict = file.conflicts.first(where: { $0.id == id }) { html.conflict(conflict) }
            if case .leaveOut = kind {
                html.note(
                    .warning,
                    "Se excluye el voto electrónico de esta persona. \(Self.exclusion) Nadie ve cuál es antes de confirmarlo."
                )
            } else {
                html.note(
                    .info, "No se quita ningún voto: los de papel y los electrónicos quedan como están.")
            }
        }
    }
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
    let form: FormState

    var title: String { "\(maySecond ? "Confirmar" : "Propuesta"): \(act.kind.title)" }
    var lead: String? { scene.box.title }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic { "urna-electronica" }

    func body(_ html: inout HTML) {
        let slug = scene.heading.slug
        scene.explain(act.kind, &html)
        html.facts([
            Fact("Propuso", "\(act.proposerName), \(act.role.title.lowercased())"),
            Fact("Cuándo", SpanishFormat.longDateAndTime(act.proposedAt)),
            Fact(act.kind.conflict == nil ? "Motivo" : "Decisión propuesta", act.reason),
        ])
        if maySecond {
            html.form(to: .secondBoxAct(slug, scene.process.id, scene.box.id, act.id), form) { form in
                form.submit("Confirmar", orBackTo: scene.path, back: "Volver")
            }
        } else {
            html.note(.info, "Falta que otra persona, con otra función, la confirme.")
        }
        if mayWithdraw {
            html.action(
                "Retirar la propuesta", posting: .withdrawBoxAct(slug, scene.process.id, scene.box.id, act.id)
            )
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
