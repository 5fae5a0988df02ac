public import Elections
public import Foundation

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
    private let style: [UInt8]

    /// Lays slips out.
    ///
    /// - Parameters:
    ///   - slips: In the order in which they are handed out.
    ///   - order: What they were made for.
    ///   - assets: The folder of the program's own files, `Sources/Web/Assets`, where the style is.
    /// - Throws: Where the style cannot be read.
    public init(_ slips: [Slip], of order: CredentialOrder, assets: URL) throws {
        self.slips = slips
        self.order = order
        style = [UInt8](try Data(contentsOf: assets.appending(path: "voting/slips.css")))
    }

    /// The file.
    ///
    /// - Throws: Where the booth's address is too long for a QR code.
    public func markup() throws -> [UInt8] {
        let codes = try slips.map { try QRCode("\(order.booth)#\($0.code)") }
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
                    for (slip, code) in zip(slips, codes) { write(slip, code, to: &main) }
                }
            }
        }
        return html.bytes
    }

    private func write(_ slip: Slip, _ code: QRCode, to html: inout HTML) {
        html.article(.class("slip")) { article in
            if order.mock { article.p("SIMULACRO", .class("slip-mock")) }
            article.div(.class("slip-outside")) { outside in
                outside.p(order.alliance, .class("slip-alliance"))
                if let elector = slip.elector {
                    outside.p(elector.name, .class("slip-name"))
                    outside.p(elector.document)
                    if let table = elector.table { outside.p(table) }
                } else {
                    outside.p("Volante \(slip.serial ?? "")", .class("slip-name"))
                    outside.p(slip.isSpare ? "De reserva" : "Se entrega en la mesa, cerrado")
                }
                outside.p("Doble por aquí: la clave queda adentro.", .class("slip-fold"))
            }
            article.div(.class("slip-inside")) { inside in
                inside.qrCode(code, "Código QR que abre la votación con esta clave")
                inside.div { words in
                    words.p("Su clave para votar", .class("slip-title"))
                    words.p(slip.code, .class("slip-code"))
                    words.p(order.title)
                    if let hours = order.hours {
                        let place = slip.elector?.place ?? order.place ?? "su mesa"
                        words.p("Vote en \(place). \(hours)", .class("slip-where"))
                        words.p("Lleve su documento y este volante. En la cabina escriba la clave.")
                    } else {
                        words.p("Apunte la cámara al cuadro, o abra la página y escriba la clave.")
                    }
                    words.p(
                        "No la muestre ni la preste: con ella votarían por usted.", .class("slip-warning"))
                }
            }
        }
    }
}
