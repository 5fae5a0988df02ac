import Crypto
import Elections
import Foundation
import Kernel

/// The booth as one file, for who does not trust the page that the server sends them on the day: downloaded before,
/// compared with its published hash, and opened without a network. Its own policy lets it run nothing but itself and
/// reach nobody; the ballot that it makes is handed in as a file (``HandInPage``).
///
/// It is made of the election as it was sealed, the names of those who stand and the code of this release, and of nothing
/// else: whoever makes it again gets the same bytes.
struct OfflineBooth: Sendable {
    /// The name of the file.
    let name: String
    let bytes: [UInt8]
    /// The SHA-256 of the file.
    let sha256: HashDigest

    /// Makes the booth of a box.
    ///
    /// - Parameters:
    ///   - file: What the box's booth shows.
    ///   - board: The full address of the box's public board.
    ///   - handIn: The full address at which ballots are handed in.
    ///   - code: The code that votes.
    /// - Throws: Where the facts cannot be written as JSON.
    init(_ file: BoothFile, board: String, handIn: String, code: VotingCode) throws {
        let facts = try BoothFacts(file).json()
        let (script, style) = ("\n\(code.booth.script)\n", "\n\(code.booth.style)\n")
        let policy =
            "default-src 'none'; script-src \(Self.source(script)); style-src \(Self.source(style)); img-src data:; base-uri 'none'; form-action 'none'"
        var html = HTML()
        html.raw("<!doctype html>")
        html.html(.lang("es-CO")) { html in
            html.head { head in
                head.meta(.charset("utf-8"))
                head.meta(.httpEquiv("Content-Security-Policy"), .content(policy))
                head.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                head.title("\(file.box.title) · cabina sin conexión")
                head.element("style", []) { $0.bytes += style.utf8 }
            }
            html.body { body in
                body.main { main in
                    main.div(
                        .class("booth"), .data("booth"), .data("mode", "offline"), .data("board", board),
                        .data("hand-in", handIn)
                    ) { $0.jsonData(facts) }
                }
                body.element("script", [.type("module")]) { $0.bytes += script.utf8 }
            }
        }
        name = "cabina-\(file.box.uuid).html"
        bytes = html.bytes
        sha256 = HashDigest(of: bytes)
    }

    /// A text in the page as its policy names it (CSP 3, §2.3.1).
    private static func source(_ text: String) -> String {
        "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
    }
}
