import Foundation
import Governance
import Kernel
import Tenancy

/// The letter by which an alliance passes a complaint on to the entity (`oficio de traslado`). It names nobody.
struct ComplaintLetter: PrintedDocument {
    /// The kind under which it is issued, about the complaint.
    static let kind = "traslado-de-queja"

    let complaint: Complaint
    let term: ComplaintTerm?
    let alliance: String
    let entity: Organization
    let contact: Contact
    let date: CalendarDate

    private var content: ComplaintContent { complaint.content }

    var title: String { "Traslado de la queja \(complaint.number)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Radicado \(complaint.number)", version: content.kind.title, date: date)
    }

    func body(_ html: inout HTML) {
        html.p("\(SpanishFormat.longDate(date).capitalizedFirst)")
        html.p { line in
            line.text("Señores: ")
            line.strong(content.entity)
        }
        html.p(
            "\(alliance), que reúne a usuarios de \(entity.name), les traslada lo que un usuario le presentó el \(SpanishFormat.longDateAndTime(complaint.filedAt)), para que lo resuelvan y respondan."
        )
        html.facts(
            [
                Fact("Radicado", complaint.number.description), Fact("Clase", content.kind.title),
                content.risk == .none ? nil : Fact("Riesgo", content.risk.title),
                Fact("Sobre", content.category.title), content.place.map { Fact("Lugar", $0) },
                content.earlierNumber.map { Fact("Radicado anterior", $0) },
                content.occurredOn.map { Fact("Pasó el", SpanishFormat.longDate($0)) },
            ].compactMap(\.self))
        html.h2("Qué pasó")
        html.p(content.account)
        if let wish = content.wish {
            html.h2("Qué se pide")
            html.p(wish)
        }
        html.h2("Respuesta")
        if let term {
            html.p(
                term.isConfirmed
                    ? "El plazo para responder es de \(term.length) desde que reciban este traslado, según \(term.norm)."
                    : "La alianza espera su respuesta en \(term.length) desde que reciban este traslado. Se cita como referencia: \(term.norm)."
            )
        }
        let ways = [contact.email, contact.phone, contact.place].compactMap(\.self)
        html.p(
            ways.isEmpty
                ? "Respondan a la alianza citando el radicado \(complaint.number)."
                : "Respondan a la alianza citando el radicado \(complaint.number): \(ways.joined(separator: " · "))."
        )
        html.p(
            complaint.identity == .kept
                ? "Quien presenta la queja autorizó que su nombre lo conozca solo quien la resuelve: pídalo a la alianza, que deja constancia. La alianza verificará que se corrija."
                : "Quien presenta la queja lo hace de forma anónima. La alianza verificará que se corrija."
        )
        html.p("Este traslado no contiene datos de salud ni de identificación de ninguna persona.")
        html.signatures([(nil, "Por \(alliance)"), (nil, "Recibido: nombre, cargo, fecha y hora")])
    }
}
