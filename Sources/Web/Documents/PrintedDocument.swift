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
    /// What stands at the foot of each page, beside its number; `nil` for nothing.
    var foot: String? { get }
    /// Whether nothing but its body is printed, with no head, title or page number: a ballot paper, where any mark beside
    /// those of all the others would be one too many.
    var isBare: Bool { get }
    /// What stands above its text, where that is not the title of the whole.
    var heading: String { get }
    /// How many sheets it has that are given out apart, each with its heading and its code; 1 for most.
    var sheets: Int { get }
    /// Writes the document below its heading; of several sheets, the first.
    func body(_ html: inout HTML)
    /// Writes a sheet after the first, from 1 on.
    func sheet(_ index: Int, _ html: inout HTML)
}

extension PrintedDocument {
    var heading: String { title }
    var sheets: Int { 1 }
    func sheet(_ index: Int, _ html: inout HTML) {}
    var verification: WebAddress? { nil }
    var foot: String? { nil }
    var isBare: Bool { false }
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
            html.body(.class(isBare ? "bare" : nil)) { body in
                guard !isBare else {
                    self.body(&body)
                    return
                }
                // Running elements: the print style takes them out of the text and onto each page.
                body.div(.class("control")) { header in
                    if let logo = mark?.logo {
                        header.img(.src(logo), .alt(control.issuer), .class("control-logo"))
                    }
                    header.p(control.issuer, .class("control-issuer"))
                    header.p("\(control.code) · \(control.version) · \(SpanishFormat.date(control.date))")
                }
                if let foot { body.p(foot, .class("page-foot")) }
                let address = verification ?? mark?.address
                body.h1(heading)
                self.body(&body)
                if let address { body.verification(address, code: mark) }
                for index in 1..<max(1, sheets) {
                    body.section(.class("new-page")) { sheet in
                        sheet.p(heading, .class("heading-again"))
                        self.sheet(index, &sheet)
                        if let address { sheet.verification(address, code: mark) }
                    }
                }
            }
        }
        return html.bytes
    }
}

extension HTML {
    /// Writes whose a document is: the entity with its NIT, the alliance, and where the entity has its seat.
    mutating func letterhead(of entity: Organization, _ alliance: String) {
        div(.class("letterhead")) { head in
            head.p { line in
                line.strong(entity.name)
                if let nit = entity.formattedNIT { line.text(" · NIT \(nit)") }
            }
            head.p(alliance)
        }
    }

    /// Writes lines on which people sign, each with the name that is known and what the person is.
    mutating func signatures(_ signers: [(name: String?, role: String)]) {
        div(.class("signatures")) { signatures in
            for signer in signers {
                signatures.div { box in
                    box.p(signer.name ?? "Nombre:")
                    box.p(signer.role, .class("signature-role"))
                }
            }
        }
    }

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
