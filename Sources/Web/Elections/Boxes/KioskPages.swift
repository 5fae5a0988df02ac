import Elections
import Foundation
import Hummingbird
import Kernel
import Tenancy

/// A device that a juror turned into a booth, while nobody votes in it.
struct KioskPage: Page {
    /// No browser keeps what stands in a field for a code of one time: the PIN is never offered to who votes next.
    static let pin = Field.password("pin", "Clave de la cabina", purpose: "one-time-code")
    static let serial = Field.text(
        "serial", "Número del volante que sacó", max: 20,
        hint: "La primera vez que entra. Si su volante tiene nombre, o si ya había entrado, déjelo vacío."
    ).conditional()

    let tenant: TenantSlug
    let kiosk: WaitingKiosk
    let now: Date
    let form: FormState

    var title: String { kiosk.title }
    var lead: String? { kiosk.whereabouts }
    var frame: Frame { .alone }
    var help: HelpTopic { "cabina-en-la-mesa" }

    /// No browser keeps it: a document that was refused stands in it.
    func response(to visit: Visit) async throws -> Response { whole(for: visit).keptByNobody() }

    func body(_ html: inout HTML) {
        if kiosk.isOver(at: now) {
            html.note(.info, "La votación ya cerró: la urna no recibe más votos.")
        } else {
            writeEntrance(&html)
        }
        html.p(.class("form-end")) { $0.a("Cerrar esta cabina", .href(.endKiosk(tenant))) }
    }

    private func writeEntrance(_ html: inout HTML) {
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

/// Ends that a device is a booth, by the PIN of the jurors.
struct EndKioskPage: Page {
    let tenant: TenantSlug
    let kiosk: WaitingKiosk
    let form: FormState

    var title: String { "Cerrar la cabina" }
    var lead: String? { kiosk.whereabouts }
    var frame: Frame { .alone }
    var help: HelpTopic { "cabina-en-la-mesa" }

    func body(_ html: inout HTML) {
        html.p(
            "Este equipo deja de ser una cabina. Los votos ya recibidos quedan en la urna. Para abrirla otra vez entre con su usuario."
        )
        html.form(to: .endKiosk(tenant), form) { form in
            form.field(KioskPage.pin)
            form.submit("Cerrar la cabina", orBackTo: .kiosk(tenant))
        }
    }
}

extension WaitingKiosk {
    fileprivate var title: String {
        box.isMock ? "Cabina de votación (simulacro)" : "Cabina de votación"
    }
    /// Whether nobody is let in any more.
    fileprivate func isOver(at now: Date) -> Bool {
        ![.sealed, .open].contains(box.state) || now >= box.choices.closesAt
    }
    fileprivate var whereabouts: String { "\(processName) · mesa \(table) · \(name)" }
}

/// Turns the device in hand into a booth of a table.
struct OpenKioskPage: Page {
    static let name = Field.text("name", "Nombre de la cabina", max: 60, hint: "Por ejemplo: «Cabina 1».")
    static let pin = Field.password(
        "pin", "Clave de la cabina", purpose: "one-time-code", hint: "De 4 a 12 números.")
    static let again = Field.password("again", "La misma clave otra vez", purpose: "one-time-code")

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
    var help: HelpTopic { "cabina-en-la-mesa" }

    func body(_ html: inout HTML) {
        guard !boxes.isEmpty else {
            html.emptyState(EmptyState("Ninguna urna electrónica está abierta para votar en la mesa."))
            return
        }
        html.note(.info, "Su sesión se cierra en este equipo") { note in
            note.p(
                "Desde aquí solo se puede votar. Para dar paso a cada persona escriba la clave que invente ahora."
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
