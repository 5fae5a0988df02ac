import Governance
import Kernel
import Tenancy

/// The minutes of a vacancy (`acta de vacancia`), ready to be signed: who left which seat, when and why, who is next in
/// order, or that an election follows.
struct VacancyMinutes: PrintedDocument {
    /// The kind under which they are issued, about the mandate that ended.
    static let kind = "acta-de-vacancia"

    let body: Body
    let seat: Seat
    /// The mandate that ended.
    let ended: MandateSummary
    /// Who was called to the seat.
    let called: MandateSummary?
    /// Who signs for the body: the offices, with those who hold them.
    let signers: [(name: String?, role: String)]
    let alliance: String
    let entity: Organization
    let today: CalendarDate

    var title: String { "Acta de vacancia · \(seat.title), \(body.name)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Acta de vacancia",
            version: "Según el registro",
            date: today)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.table { table in
            table.tbody { rows in
                fact("Organismo", body.name, &rows)
                fact("Puesto", seat.fullTitle, &rows)
                fact("Quién lo ocupaba", ended.holderName, &rows)
                fact("Período", ended.period, &rows)
                if let last = ended.endedOn { fact("Último día", SpanishFormat.longDate(last), &rows) }
                if let reason = ended.endReason { fact("Motivo", reason.title, &rows) }
                if let note = ended.endNote { fact("Qué consta", note, &rows) }
                if let paper = ended.endPaper { fact("Documento", paper, &rows) }
            }
        }
        html.h2("Quién sigue")
        if let called {
            html.p(
                "Por su orden se llamó a \(called.holderName), que aceptó y ocupa el puesto desde el \(SpanishFormat.longDate(called.actsFrom)) hasta el \(SpanishFormat.longDate(called.endsOn)), lo que falta de su período."
            )
            if let paper = called.paper { html.p("Aceptación: \(paper).") }
        } else {
            html.p(
                seat.isElected
                    ? "El puesto no tiene suplente a quien llamar. Queda vacante y se convoca su elección."
                    : "El puesto no lo elige la alianza: lo llena quien lo designa.")
        }
        html.h2("Firmas")
        html.signatures(signers)
    }

    private func fact(_ name: String, _ words: String, _ rows: inout HTML) {
        rows.tr { row in
            row.th(name, .scope("row"))
            row.td(words)
        }
    }
}
