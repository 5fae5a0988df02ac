import Elections
import Foundation
import HTTPTypes
import Hummingbird
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
    /// The full address of the public board: on the receipt, and as a link where the voter is on their own device.
    let board: String

    /// After how many seconds without a touch a kiosk asks whether somebody is there.
    private static let idleSeconds = 120

    var frame: Frame { .drawn }
    var votingCode: [String] { ["booth.js", "booth.css"] }

    func body(_ html: inout HTML) {
        html.noscript { text in
            text.h1(title)
            text.note(
                .problem,
                "Para votar aquí se necesita JavaScript, porque el voto se cifra en este equipo. Puede votar en papel o en la cabina de la mesa."
            )
        }
        html.div(
            .class("booth"), .data("booth"), .data("mode", mode.rawValue), .data("cast", cast.text(in: nil)),
            .data("board", board),
            .data("idle", mode == .kiosk ? "\(Self.idleSeconds)" : nil), .data("next", next?.text(in: nil))
        ) { $0.jsonData(facts) }
    }

    /// No browser keeps it: it says whose turn it is.
    func response(to visit: Visit) async throws -> Response { whole(for: visit).keptByNobody() }
}

extension Response {
    /// The answer as no browser keeps it, not on its disk and not to come back to.
    func keptByNobody() -> Response {
        var response = self
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// What the booth shows and encrypts to.
struct BoothFacts: Encodable {
    /// The trustees, as the welcome names them.
    struct Trustees: Encodable {
        let threshold: Int
        let names: [String]
    }

    /// `election.json`, byte by byte.
    let election: String
    let trustees: Trustees
    let hours: String
    /// The SHA-256 of the voter's public credential, so that another's slip is told before anything is chosen.
    let credential: String?
    /// For each question the address of each option's picture.
    let pictures: [[String?]]
    /// For each question what stands below each option: the names of a slate's candidates.
    let details: [[String]]
}

/// The door of who votes from afar: by the document and a code to the address that the roll was frozen with.
struct BoothDoorPage: Page {
    static let code = Field.text("code", "El código que le llegó", max: 20, purpose: "one-time-code")

    let door: BoothDoor
    /// Whose code is asked for; `nil` while none was sent.
    let document: IdentityDocument?
    let form: FormState

    var title: String { door.board.isMock ? "Simulacro de votación" : "Votar" }
    var lead: String? { door.processName }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "votar-con-clave" }
    var frame: Frame { .narrow }
    var votingCode: [String] { ["door.js"] }

    func body(_ html: inout HTML) {
        guard door.board.allowsRemote else {
            html.note(
                .info,
                "Se vota en la mesa. Lleve este volante y su documento: la clave se usa en la cabina, y no se escribe aquí."
            )
            return
        }
        guard door.board.state == .open else {
            html.note(
                .info,
                door.board.state == .sealed || door.board.state == .preparing
                    ? "La votación empieza el \(SpanishFormat.longDateAndTime(door.board.opensAt)). Guarde su volante hasta entonces."
                    : "La votación ya cerró.")
            return
        }
        // The code of the slip stands behind the # of the address; `door.js` carries it along, and nobody else sees it.
        if let document {
            html.note(
                .info,
                "Si ese documento puede votar a distancia, le llegó un código al correo que tenía registrado cuando se congeló el censo."
            )
            html.form(to: door.path, form) { form in
                form.input(.type("hidden"), .name("document_type"), .value(document.type.rawValue))
                form.input(.type("hidden"), .name("document"), .value(document.number))
                form.field(Self.code)
                form.submit("Entrar a votar")
            }
            html.p { $0.a("No llegó, o quiero usar otro documento", .href(door.path)) }
        } else {
            html.p("Primero compruebe que es usted. Después escoge y vota con la clave de su volante.")
            let documents = DocumentFields()
            html.form(to: door.codePath, form.isRefused ? form : form.filling(documents.type, with: .cedula))
            { form in
                form.div(.class("form-row")) { row in
                    row.field(documents.type)
                    row.field(documents.number)
                }
                form.submit("Enviarme un código")
            }
        }
    }
}

extension Path {
    /// Turns a device into a booth of a table.
    static let openKiosk = Route<AllianceSlug, ID<ElectoralProcess>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/jornada/mesas/{table}/cabina")
    /// A device that is a booth.
    static let kiosk = Route<TenantSlug>("/publico/{tenant}/cabina")
    /// The booth of who was let in at a device.
    static let kioskBooth = Route<TenantSlug>("/publico/{tenant}/cabina/votar")
    /// Ends that a device is a booth.
    static let endKiosk = Route<TenantSlug>("/publico/{tenant}/cabina/cerrar")
    /// Sends a code to who votes from afar.
    static let votingCode = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/votar/codigo")
    /// The booth of who was let in.
    static let booth = Route<TenantSlug, AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>>(
        "/publico/{tenant}/{alliance}/elecciones/{process}/urnas/{box}/cabina")
    /// Where ballots are sent.
    static let castBallot = Route<TenantSlug, ID<BallotBox>>("/publico/{tenant}/urnas/{box}/votos")
}
