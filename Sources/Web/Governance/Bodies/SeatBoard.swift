import Governance
import Kernel
import Tenancy

/// The seats of a body, one row each: who holds it or that nobody does, in which period, from when to when, by what.
struct SeatBoard {
    let seated: SeatedBody
    let day: CalendarDate
    /// How many days may lie between two periods in a row.
    let termGap: Int

    /// Seats stand in the order of their body.
    private enum Order: String, SortKey {
        case seat = "puesto"
        static let initial = Self.seat
    }

    /// Writes it.
    func write(_ html: inout HTML) {
        var columns: [Column<Seating, Order>] = [
            .integer("N.º") { $0.seat.position }, .text("Puesto") { $0.seat.title },
        ]
        if seated.seatings.contains(where: { $0.seat.sector != nil }) {
            columns.append(.text("Sector") { $0.seat.sector })
        }
        columns += [
            .custom("Titular") { html, seating in seating.writeHolder(&html) },
            .text("Período") { [self] in term(of: $0) },
            .date("Desde") { $0.principal?.mandate.actsFrom },
            .date("Hasta") { seating in
                seating.principal.map { $0.mandate.state == .ended ? $0.mandate.lastDay : $0.mandate.endsOn }
            },
            .text("Cómo se llena") { $0.origin },
            .text("Suplentes") { seating in
                seating.alternates.isEmpty
                    ? nil : SpanishFormat.list(seating.alternates.map(\.mandate.holderName))
            },
            .status("Estado") { $0.status },
        ]
        html.table("Puestos de \(seated.body.name)", columns, seated.seatings)
    }

    /// «1 de 2», or the number alone where the body has no limit.
    private func term(of seating: Seating) -> String? {
        guard let mandate = seating.principal?.mandate, let number = seated.term(of: mandate, gap: termGap)
        else { return nil }
        return seated.body.term.consecutiveTerms.map { "\(number) de \($0)" } ?? "\(number)"
    }
}

extension Seating {
    /// Writes who holds the seat, or that it is vacant.
    fileprivate func writeHolder(_ html: inout HTML) {
        if let principal {
            html.text(principal.mandate.holderName)
        } else if let awaited = awaited.first(where: { $0.mandate.rank == 0 })?.mandate {
            html.text("\(awaited.holderName), \(awaited.waitsFor)")
        } else if seat.isElected {
            html.strong("(vacante)", .class("vacant"))
        } else {
            html.absent()
        }
    }

    /// Who fills the seat, or how its holder came to it.
    fileprivate var origin: String {
        if let principal {
            switch principal.mandate.origin {
            case .exOfficio: return "Va con el cargo"
            case .appointment: return "Nombramiento"
            case .succession: return "Suplente llamado"
            case .election, .recorded: break
            }
        }
        let way = seat.isElected ? "Lo elige la alianza" : "No lo elige la alianza"
        return principal?.mandate.origin == .recorded ? "\(way); período del papel" : way
    }
}
