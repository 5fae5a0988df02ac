import Governance
import Kernel
import Tenancy

/// The sheet on which a poll is answered on paper.
struct PollSheetDocument: PrintedDocument {
    let poll: Poll
    let alliance: String
    let entity: Organization
    /// Where it is answered on a screen, where it has a link.
    let link: WebAddress?

    var title: String { poll.title }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Sondeo \(poll.code)", version: "Hoja de respuestas", date: poll.opensOn)
    }
    var foot: String? { "No es una votación. No escriba su nombre ni datos de salud." }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(poll.purpose)
        html.p(
            "Marque con una equis. Se reciben hojas hasta el \(SpanishFormat.longDate(poll.closesOn)).")
        for (index, question) in poll.questions.enumerated() {
            html.section(.class("part whole")) { part in
                part.h2("\(index + 1). \(question.words)")
                part.p(question.kind == .multiple ? "Puede marcar varias." : "Marque una sola.")
                for option in question.options { part.p("☐ \(option)") }
            }
        }
        if poll.takesComments {
            html.h2("¿Algo más?")
            for _ in 0..<3 { html.p("____________________________________________________________") }
        }
        if let link, let code = try? QRCode(link.text) {
            html.section(.class("verification")) { section in
                section.qrCode(code, "Código para responder en un teléfono")
                section.div { words in
                    words.p("También se responde en un teléfono, leyendo el código o en:")
                    words.p { $0.a(link.text, .href(link)) }
                }
            }
        }
    }
}
