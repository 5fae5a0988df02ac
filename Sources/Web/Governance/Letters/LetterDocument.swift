import Foundation
import Governance
import Kernel
import Tenancy

/// A letter of an alliance as it is printed: number, day, addressees, subject, text, signers.
struct LetterDocument: PrintedDocument {
    let letter: Letter
    let number: FilingNumber
    let term: LetterTerm?
    let alliance: String
    let entity: Organization
    let contact: Contact

    private var content: LetterContent { letter.content }

    // The subject stays inside: whoever checks the code of a letter learns its kind and number alone.
    var title: String { "\(content.kind.title) \(number)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: number.description, version: "Numerada",
            date: letter.datedOn)
    }

    func body(_ html: inout HTML) {
        html.p(SpanishFormat.longDate(letter.datedOn).capitalizedFirst)
        if content.kind == .statement {
            html.p { $0.strong("A la opinión pública") }
        }
        if !content.addressees.isEmpty {
            html.p(content.kind == .statement ? "Con destino a:" : "Señores:")
            html.ul { list in
                for name in content.addressees { list.li { $0.strong(name) } }
            }
        }
        html.p { line in
            line.strong("Asunto: ")
            line.text(content.subject)
        }
        html.p("\(alliance), que reúne a usuarios de \(entity.name), expone:")
        for paragraph in content.body.split(separator: "\n", omittingEmptySubsequences: true) {
            html.p(String(paragraph))
        }
        if let term {
            html.p(
                term.isConfirmed
                    ? "El plazo para responder es de \(term.length) desde que reciban esta comunicación, según \(term.norm)."
                    : "La alianza espera su respuesta en \(term.length) desde que reciban esta comunicación. Se cita como referencia: \(term.norm)."
            )
        }
        if content.kind != .statement {
            let ways = [contact.email, contact.phone, contact.place].compactMap(\.self)
            html.p(
                "Respondan citando el número \(number)\(ways.isEmpty ? "." : ": \(ways.joined(separator: " · ")).")"
            )
        }
        if let carrier = content.carrier { html.p("Delegado que la entrega: \(carrier).") }
        html.signatures(content.signers.map(Self.signer))
    }

    /// The name and post of «Nombre, cargo».
    private static func signer(_ line: String) -> (name: String?, role: String) {
        let parts = line.split(separator: ",", maxSplits: 1).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return (parts.first, parts.count > 1 ? parts[1].capitalizedFirst : "Por la alianza")
    }
}
