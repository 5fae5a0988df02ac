import Kernel
import Tenancy

/// A document that is to be kept: minutes, a roll, a report. It is written as pages are, and printed to PDF.
protocol PrintedDocument: Sendable {
    /// The title, which is also that of the file.
    var title: String { get }
    /// What stands at the head of each page.
    var control: ControlHeader { get }
    /// Where anybody verifies the document, for its QR code; `nil` for one that has no public page.
    var verification: WebAddress? { get }
    /// Writes the document below its title.
    func body(_ html: inout HTML)
}

extension PrintedDocument {
    var verification: WebAddress? { nil }
}

/// What tells a document from others, at the head of each of its pages (`encabezado de control`).
struct ControlHeader: Sendable, Hashable {
    /// Whose it is, such as the name of the alliance.
    let issuer: String
    /// Its code and number, such as «Acta 14 de 2026».
    let code: String
    /// The version or state, such as «Borrador» or «Versión 2».
    let version: String
    /// The day of the document.
    let date: CalendarDate
}

extension PrintedDocument {
    /// The whole document, ready for the renderer; with its mark once it is issued.
    func markup(_ mark: DocumentMark? = nil) -> [UInt8] {
        var html = HTML()
        html.raw("<!doctype html>")
        html.html(.lang("es-CO")) { html in
            html.head { head in
                head.meta(.charset("utf-8"))
                head.title(title)
                head.meta(.name("author"), .content(control.issuer))
            }
            html.body { body in
                // Running elements: the print style takes them out of the text and onto each page.
                body.div(.class("control")) { header in
                    if let logo = mark?.logo {
                        header.img(.src(logo), .alt(control.issuer), .class("control-logo"))
                    }
                    header.p(control.issuer, .class("control-issuer"))
                    header.p("\(control.code) · \(control.version) · \(SpanishFormat.date(control.date))")
                }
                body.h1(title)
                self.body(&body)
                if let address = verification ?? mark?.address {
                    body.verification(address, code: mark)
                }
            }
        }
        return html.bytes
    }
}

extension HTML {
    fileprivate mutating func verification(_ address: WebAddress, code mark: DocumentMark?) {
        section(.class("verification")) { section in
            if let code = try? QRCode(address.text) {
                section.qrCode(code, "Código para verificar este documento")
            }
            section.div { words in
                words.p(.class("verification-title")) { $0.text("Verifique este documento") }
                words.p("Lea el código con la cámara de un teléfono, o abra esta dirección:")
                words.p { $0.a(address.text, .href(address)) }
                if let mark {
                    words.p(.class("verification-code")) { line in
                        line.text("Código ")
                        line.strong(mark.code.description)
                        line.text(", que cualquiera comprueba en ")
                        line.a(mark.place.text, .href(mark.place))
                    }
                }
            }
        }
    }
}
