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
    /// Where who votes from afar is let in again once their pass is over.
    let door: Path?

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
            .data("board", board), .data("door", door?.text(in: nil)),
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
