import Elections
import Foundation
import Kernel
import Tenancy

/// The questions of a box that is drafted.
struct BoxForm {
    let contests: Field<[ID<Contest>]>
    let ways: Field<[BoxWay]>
    let hasPaper = Field.checkbox(
        "paper", "Las mesas también reciben votos en papel",
        hint: "Cada persona vota de una sola manera. El jurado marca a quien recibe el tarjetón de papel.")
    let opens = Field.instant("opens", "Recibe votos desde")
    let closes = Field.instant(
        "closes", "Hasta", hint: "A esa hora deja de recibir. El comité la puede cerrar antes.")
    let trustees = Field.integer(
        "trustees", "Custodios de la llave", in: 1...9,
        hint: "Tres de lugares distintos: por ejemplo, comité, personería y alianza.")
    let threshold = Field.integer(
        "threshold", "Cuántos se necesitan para contar", in: 1...9,
        hint: "Con dos de tres se cuenta aunque a uno se le dañe la llave.")
    let group = Field.choice("group", "Cifrado", BallotBox.Group.allCases, title: \.title, style: .list)

    init(_ contests: [Contest], runoffs: Set<ID<Contest>> = [], remoteIsAllowed: Bool, words: CodeWords) {
        self.contests = Field.choices(
            "contests", "¿Qué se vota en la urna?",
            contests.map { Option($0.id, runoffs.contains($0.id) ? "\($0.name), segunda vuelta" : $0.name) },
            hint: "Solo votaciones secretas que todavía no se han votado.")
        var options = [
            Option(
                BoxWay.kiosk, "En una cabina puesta en la mesa",
                hint: "Solo para quien está registrado como presente.")
        ]
        if remoteIsAllowed {
            options.append(
                Option(
                    .remote, "A distancia",
                    hint: words.destination.map {
                        "Con la clave del volante y un código enviado \($0) del registro."
                    }
                        ?? "Esta instalación no envía correos ni mensajes de texto: nadie recibiría el código."
                ))
        }
        ways = Field.choices(
            "ways", "¿Cómo se llega a la urna?", options,
            hint: remoteIsAllowed ? nil : "A distancia no se puede: los estatutos no lo permiten.")
    }

    /// Reads what a person chose.
    func read(_ form: Submission) throws -> (contests: [ID<Contest>], choices: BallotBox.Choices) {
        try form.together({ try $0.read(contests) }, { try readChoices($0) })
    }

    /// Reads what is decided of a box whose questions stand.
    func readChoices(_ form: Submission) throws -> BallotBox.Choices {
        let (ways, hasPaper, opens, closes, trustees, threshold, group) = try form.read(
            ways, hasPaper, opens, closes, trustees, threshold, group)
        return BallotBox.Choices(
            group: group, trustees: trustees, threshold: threshold, hasPaper: hasPaper,
            allowsRemote: ways.contains(.remote), allowsKiosk: ways.contains(.kiosk), opensAt: opens,
            closesAt: closes)
    }

    /// The form with what is known.
    func filled(_ state: FormState, with choices: BallotBox.Choices, asking contests: [ID<Contest>])
        -> FormState
    {
        guard !state.isRefused else { return state }
        let ways: [BoxWay] = (choices.allowsKiosk ? [.kiosk] : []) + (choices.allowsRemote ? [.remote] : [])
        return state.filling(self.contests, with: contests).filling(self.ways, with: ways)
            .filling(hasPaper, with: choices.hasPaper).filling(opens, with: choices.opensAt)
            .filling(closes, with: choices.closesAt).filling(trustees, with: choices.trustees)
            .filling(threshold, with: choices.threshold).filling(group, with: choices.group)
    }

    /// Writes the questions; what a box asks stands once it is drafted.
    func write(_ form: inout HTML, isNew: Bool) {
        if isNew { form.field(contests) }
        form.field(ways)
        form.field(hasPaper)
        form.div(.class("form-row")) { row in
            row.field(opens)
            row.field(closes)
        }
        form.div(.class("form-row")) { row in
            row.field(trustees)
            row.field(threshold)
        }
        form.details(.class("more")) { more in
            more.summary("Para elecciones grandes")
            more.field(group)
        }
    }
}

extension BallotBox.Group: PathValue {}
extension BoxTrustee.Body: PathValue {}

/// How people come to a box, as the form asks it.
enum BoxWay: String, PathValue {
    case kiosk = "mesa"
    case remote = "distancia"
}

/// Drafts a box, or changes one that is drafted.
struct BoxFormPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    /// The box that is changed; `nil` for a new one.
    let box: BallotBox?
    let isMock: Bool
    /// The secret votes that a box may take.
    let contests: [Contest]
    /// Those of them that wait for their runoff.
    let runoffs: Set<ID<Contest>>
    /// Those that it takes.
    let chosen: [ID<Contest>]
    let remoteIsAllowed: Bool
    let words: CodeWords
    /// What is proposed for a new one, from the calendar.
    let proposed: BallotBox.Choices
    let form: FormState

    var title: String {
        box.map { "Cambiar \($0.isMock ? "el simulacro" : "la urna") n.º \($0.number)" }
            ?? (isMock ? "Preparar un simulacro" : "Preparar una urna electrónica")
    }
    var lead: String? {
        isMock
            ? "Igual a la votación en todo, con la palabra SIMULACRO en cada pantalla. Sus votos no se pueden contar en la elección."
            : "Leer un voto toma a varios custodios de la llave juntos: usted fija cuántos. Cualquiera puede comprobar la cuenta."
    }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Urna electrónica", .boxes(heading.slug, process.id))]
    }
    var help: HelpTopic { "urna-electronica" }

    func body(_ html: inout HTML) {
        guard box != nil || !contests.isEmpty else {
            html.emptyState(
                EmptyState(
                    "No hay votaciones secretas por hacer, o ya las recibe otra urna. La urna electrónica se prepara con el censo congelado y las planchas decididas."
                ))
            return
        }
        let fields = BoxForm(contests, runoffs: runoffs, remoteIsAllowed: remoteIsAllowed, words: words)
        let path: Path =
            box.map { .editBox(heading.slug, process.id, $0.id) }
            ?? Path.newBox(heading.slug, process.id).with("simulacro", isMock ? "si" : nil)
        html.form(to: path, fields.filled(form, with: box?.choices ?? proposed, asking: chosen)) { form in
            fields.write(&form, isNew: box == nil)
            form.submit(
                box == nil ? (isMock ? "Preparar el simulacro" : "Preparar la urna") : "Guardar",
                orBackTo: box.map { .box(heading.slug, process.id, $0.id) }
                    ?? .boxes(heading.slug, process.id))
        }
    }
}

/// Names a trustee or the credential authority of a box.
struct BoxAppointmentPage: Page {
    /// What somebody is named.
    enum Post {
        case trustee
        case authority
    }

    static let trusteeBody = Field.choice(
        "body", "¿Por quién la guarda?", BoxTrustee.Body.allCases, title: \.title, style: .list,
        hint: "No puede haber dos custodios del mismo lugar.")

    let heading: AllianceHeading
    let process: ElectionProcess
    let box: BallotBox
    let post: Post
    let users: [User]
    let form: FormState

    var title: String {
        post == .trustee ? "Nombrar un custodio de la llave" : "Nombrar la autoridad de credenciales"
    }
    var lead: String? {
        post == .trustee
            ? "Guarda una parte de la llave en su propio equipo. No puede ser de la oficina, ni tener en esta elección otra función que la del organismo por el que la guarda."
            : "Hace las claves de voto y las imprime en su propio equipo. No puede ser de la oficina, ni tener otra función en esta elección."
    }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb(box.title, .box(heading.slug, process.id, box.id))]
    }
    var help: HelpTopic { post == .trustee ? "custodios" : "claves-de-voto" }

    private var path: Path {
        post == .trustee
            ? .appointTrustee(heading.slug, process.id, box.id)
            : .appointAuthority(heading.slug, process.id, box.id)
    }

    func body(_ html: inout HTML) {
        let documents = DocumentFields()
        html.form(to: path, form.isRefused ? form : form.filling(documents.type, with: .cedula)) { form in
            if post == .trustee { form.field(Self.trusteeBody) }
            ParticipantForm(users).write(&form)
            form.p(
                "Con su documento se sabe que no se postula. Déjelo vacío solo si su usuario ya lo tiene.",
                .class("form-text"))
            form.div(.class("form-row")) { row in
                row.field(documents.type)
                row.field(documents.number.conditional())
            }
            form.submit(
                post == .trustee ? "Nombrar el custodio" : "Nombrar la autoridad",
                orBackTo: .box(heading.slug, process.id, box.id))
        }
    }
}
