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
    let form: FormState

    var title: String { "Sellar \(scene.box.title.lowercased())" }
    var lead: String? { scene.process.name }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic { "urna-electronica" }

    func body(_ html: inout HTML) {
        html.confirmation(
            Self.confirmation, to: .sealBox(scene.heading.slug, scene.process.id, scene.box.id), form,
            orBackTo: scene.path)
    }
}

/// The question of a proposal.
struct BoxActForm {
    static let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3, hint: "Queda en la cronología y en el acta.")
    static let tracker = Field.text(
        "tracker", "Número de seguimiento del voto", max: 60,
        hint: "Los 43 signos que la persona recibió al votar, o que la impugnación señala.")
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

    func body(_ html: inout HTML) {
        writeWarning(&html)
        html.form(to: path, form) { form in
            if case .exclusion = object { form.field(BoxActForm.tracker) }
            form.field(BoxActForm.reason)
            form.submit("Proponer", orBackTo: scene.path)
        }
    }

    private func writeWarning(_ html: inout HTML) {
        switch object {
        case .act(.close):
            if scene.box.isTooSmall {
                html.note(
                    .warning,
                    "Hay \(SpanishFormat.count(scene.box.voters, "voto", "votos")). Con menos de \(BallotBox.fewest) la urna no se puede abrir para contar."
                )
            } else {
                html.note(.info, "Después del cierre no entra ningún voto más.")
            }
        case .act(.count):
            html.note(.info, "Después de contar ya no se excluye ningún voto.")
        case .act(.annul):
            html.note(
                .warning, "Los votos de esta urna no contarán. No se puede deshacer; todo queda guardado.")
        case .act(.open): html.note(.info, "Desde la confirmación la urna recibe votos, dentro de sus horas.")
        case .exclusion:
            html.note(
                .info,
                "Se excluyen todos los votos de esa clave, también los que reemplazó. El archivo original queda publicado, y el que se cuenta nombra lo excluido."
            )
        case .settlement(let conflict):
            html.note(.info, "\(conflict.name): \(conflict.kind.title). \(conflict.account)")
        }
    }
}

/// Seconds what was proposed, or takes it back.
struct SecondBoxActPage: Page {
    let scene: BoxScene
    let act: BoxAct
    /// Whether who looks may carry it out: somebody else than who proposed it, in another role.
    let maySecond: Bool
    let form: FormState

    var title: String { "Confirmar: \(act.kind.title)" }
    var lead: String? { scene.box.title }
    var trail: [Crumb] { scene.trail }
    var help: HelpTopic { "urna-electronica" }

    func body(_ html: inout HTML) {
        let slug = scene.heading.slug
        html.facts([
            Fact("Propuso", "\(act.proposerName), \(act.role.title.lowercased())"),
            Fact("Cuándo", SpanishFormat.longDateAndTime(act.proposedAt)),
            Fact("Motivo", act.reason),
        ])
        if maySecond {
            html.form(to: .secondBoxAct(slug, scene.process.id, scene.box.id, act.id), form) { form in
                form.submit("Confirmar", orBackTo: scene.path, back: "Volver")
            }
        } else {
            html.note(.info, "Falta que otra persona, con otra función, la confirme.")
        }
        html.action(
            "Retirar la propuesta", posting: .withdrawBoxAct(slug, scene.process.id, scene.box.id, act.id))
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
            "Deja de hacer las claves de voto. Las que entregó dejan de servir: destruya los volantes ante testigos."
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
