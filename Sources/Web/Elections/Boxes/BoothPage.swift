import Elections
import Foundation
import Kernel
import Tenancy

/// The booth: full screen, nothing of the site around it. Its module takes all that it needs from the page and sends the
/// ballot, nothing else (`booth.js`).
struct BoothPage: Page {
    /// How the voter came.
    enum Mode: String {
        case remote, kiosk
    }

    let title: String
    let mode: Mode
    /// ``BoothFacts`` as JSON.
    let facts: [UInt8]
    /// Where the ballot is sent.
    let cast: Path
    /// Where a kiosk goes when its voter is done.
    let next: Path?
    /// The full address of the public board; a kiosk leads nowhere else.
    let board: String?
    /// Where who votes from afar is let in again once their pass is over.
    let door: Path?

    /// After how many seconds without a touch a kiosk asks whether somebody is there.
    private static let idleSeconds = 120

    var frame: Frame { .bare }
    var votingCode: [String] { ["booth.js", "booth.css"] }

    func body(_ html: inout HTML) {
        html.noscript { text in
            text.note(
                .problem,
                "Para votar aquí se necesita JavaScript, porque el voto se cifra en este equipo. Puede votar en papel o en la cabina de la mesa."
            )
        }
        html.div(
            .class("booth"), .data("booth"), .data("mode", mode.rawValue), .data("cast", cast.text(in: nil)),
            .data("board", board), .data("door", door?.text(in: nil)),
            .data("idle", mode == .kiosk ? "\(Self.idleSeconds)" : nil), .data("next", next?.text(in: nil))
        ) { $0.jsonData(facts) }
    }
}

/// A device that a juror turned into a booth, while nobody votes in it.
struct KioskPage: Page {
    static let pin = Field.password("pin", "Clave de la cabina", purpose: "off")
    static let serial = Field.text(
        "serial", "Número del volante", max: 20, hint: "Solo si la persona sacó un volante sin nombre."
    ).optional()

    let tenant: TenantSlug
    let kiosk: WaitingKiosk
    let form: FormState

    var title: String { kiosk.box.isMock ? "Cabina de votación (simulacro)" : "Cabina de votación" }
    var lead: String? { "\(kiosk.processName) · mesa \(kiosk.table)" }
    var frame: Frame { .narrow }
    var help: HelpTopic { "votar-con-clave" }

    func body(_ html: inout HTML) {
        html.p("Llame al jurado de la mesa para pasar a votar.", .class("lead"))
        let documents = DocumentFields()
        html.form(to: .kiosk(tenant), form.isRefused ? form : form.filling(documents.type, with: .cedula)) {
            form in
            form.h2("Jurado: dé paso a quien sigue")
            form.div(.class("form-row")) { row in
                row.field(documents.type)
                row.field(documents.number)
            }
            if kiosk.hasDrawnSlips { form.field(Self.serial) }
            form.field(Self.pin)
            form.submit("Dar paso a la cabina")
        }
    }
}

/// Turns the device in hand into a booth of a table.
struct OpenKioskPage: Page {
    static let name = Field.text("name", "Nombre de la cabina", max: 60, hint: "Por ejemplo: «Cabina 1».")
    static let pin = Field.password("pin", "Clave de la cabina", purpose: "off")
    static let again = Field.password("again", "La misma clave otra vez", purpose: "off")

    let scene: DayScene
    let table: DayTable
    let boxes: [BallotBox]
    let box: Field<ID<BallotBox>>
    let form: FormState

    init(scene: DayScene, table: DayTable, boxes: [BallotBox], form: FormState) {
        self.scene = scene
        self.table = table
        self.boxes = boxes
        self.form = form
        box = Self.box(boxes)
    }

    static func box(_ boxes: [BallotBox]) -> Field<ID<BallotBox>> {
        Field.choice("box", "¿Qué urna?", boxes.map { Option($0.id, $0.title) }, style: .list)
    }

    var title: String { "Convertir este equipo en cabina" }
    var lead: String? { "Mesa \(table.number) · \(table.place)" }
    var trail: [Crumb] {
        scene.heading.trail(to: scene.day.process)
            + [Crumb("Jornada", .votingDay(scene.heading.slug, scene.day.process.id))]
    }
    var help: HelpTopic { "dia-de-la-votacion" }

    func body(_ html: inout HTML) {
        guard !boxes.isEmpty else {
            html.emptyState(EmptyState("Ninguna urna electrónica está abierta para votar en la mesa."))
            return
        }
        html.note(.info, "Su sesión se cierra en este equipo") { note in
            note.p(
                "Desde aquí solo se puede votar. Para dar paso a cada persona escriba la clave que invente ahora, de cuatro números o más."
            )
        }
        let state = boxes.count == 1 && !form.isRefused ? form.filling(box, with: boxes[0].id) : form
        html.form(to: .openKiosk(scene.heading.slug, scene.day.process.id, table.id), state) { form in
            form.field(box)
            form.field(Self.name)
            form.field(Self.pin)
            form.field(Self.again)
            form.submit("Convertir en cabina", orBackTo: .votingDay(scene.heading.slug, scene.day.process.id))
        }
    }
}

extension Path {
    /// Turns a device into a booth of a table.
    static let openKiosk = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/cabina")
    /// A device that is a booth.
    static let kiosk = Route<TenantSlug>("/publico/{tenant}/cabina")
    /// Frees a booth.
    static let leaveKiosk = Route<TenantSlug>("/publico/{tenant}/cabina/terminar")
    /// Sends a code to who votes from afar.
    static let votingCode = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/votar/codigo")
    /// The booth of who was let in.
    static let booth = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/cabina")
    /// Where ballots are sent.
    static let castBallot = Route<TenantSlug, ID<BallotBox>>("/publico/{tenant}/urnas/{box}/votos")
}
