public import Elections
public import Foundation
import Kernel

/// Printed slips as one file that needs nothing else: for who makes credentials without a browser, what `slip.js` and
/// `slips.css` are for the page.
public struct SlipSheet {
    /// A slip: on its outside whose it is or its number, and inside, behind a fold, the code with its QR.
    public struct Slip: Sendable {
        /// Whose it is; `nil` for one that is drawn or kept.
        let elector: CredentialOrder.Elector?
        /// The number of one without a name.
        let serial: String?
        /// Whether it is kept for who loses theirs.
        let isSpare: Bool
        /// The code, in groups.
        let code: String

        /// The slip of an elector.
        public init(of elector: CredentialOrder.Elector, code: String) {
            (self.elector, serial, isSpare, self.code) = (elector, nil, false, code)
        }

        /// A slip without a name.
        public init(serial: String, isSpare: Bool, code: String) {
            (elector, self.serial, self.isSpare, self.code) = (nil, serial, isSpare, code)
        }
    }

    private let slips: [Slip]
    private let order: CredentialOrder
    private let made: Date
    private let style: [UInt8]

    /// Lays slips out.
    ///
    /// - Parameters:
    ///   - slips: In the order in which they are handed out.
    ///   - order: What they were made for.
    ///   - made: When they were made, which they tell: of two slips in a drawer the later one counts.
    ///   - assets: The folder of the program's own files, `Sources/Web/Assets`, where the style is.
    /// - Throws: Where the style cannot be read.
    public init(_ slips: [Slip], of order: CredentialOrder, made: Date, assets: URL) throws {
        self.slips = slips
        self.order = order
        self.made = made
        style = [UInt8](try Data(contentsOf: assets.appending(path: "voting/slips.css")))
    }

    /// The file.
    ///
    /// - Throws: Where the booth's address is too long for a QR code.
    public func markup() throws -> [UInt8] {
        let pieces = try slips.map { slip in
            (slip, try QRCode("\(order.booth)#\(slip.code)"), try slip.serial.map { try QRCode($0) })
        }
        var html = HTML()
        html.raw("<!doctype html>")
        html.html(.lang("es-CO")) { html in
            html.head { head in
                head.meta(.charset("utf-8"))
                head.title("Volantes de votación")
                head.element("style", []) { element in
                    element.raw("body{font-family:Inter,system-ui,sans-serif;margin:1rem}")
                    element.bytes += style
                    element.raw("@media print{body{margin:0}}")
                }
            }
            html.body { body in
                body.main(.class("slips")) { main in
                    for (slip, code, number) in pieces { write(slip, code, number, to: &main) }
                }
            }
        }
        return html.bytes
    }

    private func write(_ slip: Slip, _ code: QRCode, _ number: QRCode?, to html: inout HTML) {
        html.article(.class("slip")) { article in
            if order.mock { article.p("SIMULACRO", .class("slip-mock")) }
            article.div(.class("slip-outside")) { outside in
                outside.p(order.alliance, .class("slip-alliance"))
                outside.p(order.box, .class("slip-box"))
                if let elector = slip.elector {
                    outside.p(elector.name, .class("slip-name"))
                    outside.p(elector.document)
                    if let table = elector.table { outside.p(table) }
                } else {
                    outside.p("Volante \(slip.serial ?? "")", .class("slip-name"))
                    outside.p(slip.isSpare ? "De reserva" : "Se entrega en la mesa, cerrado")
                }
                // What a juror's reader types in place of the juror: the number alone, never the code.
                if let number, let serial = slip.serial {
                    outside.qrCode(number, "Código QR del número \(serial)")
                }
                outside.p(making, .class("slip-made"))
                outside.p("Doble por aquí: la clave queda adentro.", .class("slip-fold"))
            }
            article.div(.class("slip-inside")) { inside in
                inside.p("\(order.box) · \(order.title)", .class("slip-what"))
                inside.p(.class("slip-code")) { line in
                    for half in Self.halves(of: slip.code) { line.span(half) }
                }
                inside.qrCode(code, "Código QR que abre la votación con esta clave")
                inside.div { words in
                    words.p(order.hours, .class("slip-when"))
                    writeWay(slip, to: &words)
                }
                inside.p(
                    "Esta es su clave para votar. No la muestre ni la preste: con ella votarían por usted.",
                    .class("slip-warning"))
            }
        }
    }

    /// Where the slip is used: the page that it opens, the table to which it is taken, or both.
    private func writeWay(_ slip: Slip, to html: inout HTML) {
        if order.remote {
            html.p("Apunte la cámara de su teléfono al cuadro. O abra esta página y escriba la clave:")
            html.p(.class("slip-address")) { line in
                for piece in Self.pieces(ofAddress: order.booth) { line.span(piece) }
            }
        }
        guard order.kiosk else { return }
        let place = (slip.elector?.place ?? order.place).map { "la \($0)" } ?? "su mesa"
        let way = order.remote ? "O vote en" : slip.elector == nil ? "Vote en" : "Llévelo a"
        html.p(SpanishFormat.sentence("\(way) \(place)"), .class("slip-where"))
        html.p("Lleve también su documento. En la cabina escriba la clave.")
    }

    /// When and for which time slips were made: those of a making before, or of a box that was annulled, look like no other.
    private var making: String {
        let made =
            "Hecho el \(SpanishFormat.longDateAndTime(made)), por \(SpanishFormat.ordinal(order.making, .feminine)) vez."
        return order.making > 1 ? "\(made) Los anteriores no sirven." : made
    }

    /// An address in pieces that end with a slash: its line ends there and not at a hyphen, which would be read as none.
    static func pieces(ofAddress address: String) -> [String] {
        guard let end = address.range(of: "/v/", options: .backwards)?.upperBound else { return [address] }
        return [String(address[..<end]), String(address[end...])]
    }

    /// A code in its two halves, which are the only place where its line may end: no group is torn.
    static func halves(of code: String) -> [String] {
        let groups = code.split(separator: "-")
        let first = groups.prefix((groups.count + 1) / 2).joined(separator: "-")
        let rest = groups.dropFirst((groups.count + 1) / 2).joined(separator: "-")
        return rest.isEmpty ? [first] : ["\(first)-", rest]
    }
}
