import Governance
import Kernel
import Tenancy

/// Who sat on a body on a day, as the record has it (`certificado de representación`).
struct RepresentationCertificate: PrintedDocument {
    /// The kind under which it is issued, about the body and the day.
    static let kind = "certificado-de-representacion"

    let seated: SeatedBody
    let day: CalendarDate
    let alliance: String
    let entity: Organization
    /// The day on which it was asked for: what is recorded later is not in it.
    let today: CalendarDate

    var title: String { "Quién representaba en \(seated.body.name) el \(SpanishFormat.date(day))" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Certificado de representación",
            version: "Según el registro", date: today)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(
            "Según el registro de \(alliance), el \(SpanishFormat.longDate(day)) ocupaban los puestos de \(seated.body.name) estas personas:"
        )
        html.table { table in
            table.thead { head in
                head.tr { row in
                    for title in ["Puesto", "Quién lo ocupaba", "Período", "Origen"] {
                        row.th(title, .scope("col"))
                    }
                }
            }
            table.tbody { rows in
                for seating in seated.seatings { rows.tr { write(seating, &$0) } }
            }
        }
        let alternates = seated.seatings.filter { !$0.alternates.isEmpty }
        if !alternates.isEmpty {
            html.h2("Suplentes, en su orden")
            html.ul { list in
                for seating in alternates {
                    list.li(
                        "\(seating.seat.fullTitle): \(SpanishFormat.list(seating.alternates.map(\.mandate.holderName)))."
                    )
                }
            }
        }
        html.p(
            "Quien tenga un papel que diga otra cosa puede llevarlo a la alianza: el registro guarda quién lo cambió y cuándo."
        )
    }

    private func write(_ seating: Seating, _ row: inout HTML) {
        row.th(seating.seat.fullTitle, .scope("row"))
        guard let principal = seating.principal else {
            row.td("Vacante")
            row.td("")
            row.td("")
            return
        }
        let mandate = principal.mandate
        row.td(principal.standing == .acting ? "\(mandate.holderName), en funciones" : mandate.holderName)
        row.td("\(SpanishFormat.date(mandate.actsFrom)) a \(SpanishFormat.date(mandate.lastDay))")
        row.td(
            [mandate.origin.title, mandate.paper, mandate.appointmentAct].compactMap(\.self)
                .joined(separator: ", ").capitalizedFirst)
    }
}
