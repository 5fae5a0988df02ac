import Foundation
import Governance
import Kernel
import Reporting
import Tenancy

/// Where who works at a tenant begins: what waits, what comes, the alliances and how they do, what was done last.
struct HomePage: Page {
    /// A page of the whole entity that the person may open.
    struct Place: Sendable {
        let title: String
        let path: Path
    }

    /// How many things that wait are shown; the others are a click away.
    static let pendingShown = 5
    /// How many of the last acts are shown.
    static let actsShown = 6
    /// How many alliances are shown; the list has the others.
    static let alliancesShown = 12

    let organization: Organization
    let places: [Place]
    /// What waits for the person, the most urgent first.
    let pending: [PendingPage.Line]
    /// The alliances of the person, those that need most first.
    let alliances: [AllianceRow]
    /// The next four weeks.
    let agenda: Agenda
    let acts: [LastActs.Line]
    let today: CalendarDate
    let mayCreate: Bool

    /// The days that the agenda is read for: this week and the three that follow.
    static func days(from today: CalendarDate) -> ClosedRange<CalendarDate> {
        let monday = today - (today.weekday.rawValue - 1)
        return monday...(monday + 27)
    }

    var title: String { organization.shortName }
    var lead: String? { organization.name == organization.shortName ? nil : organization.name }

    func actions(_ html: inout HTML) {
        if mayCreate { html.action("Crear una alianza", to: .newAlliance(), icon: .plus) }
    }

    func body(_ html: inout HTML) {
        if !places.isEmpty {
            html.nav(.class("places"), .aria("label", "De toda la entidad")) { nav in
                nav.ul { list in
                    for place in places { list.li { $0.a(place.title, .href(place.path)) } }
                }
            }
        }
        if !alliances.isEmpty { html.section("Lo que falta", id: "pendientes", content: writePending) }
        if !alliances.isEmpty { html.section("Las próximas cuatro semanas", content: writeWeeks) }
        html.section("Sus alianzas", content: writeAlliances)
        if !acts.isEmpty { html.section("Lo último", content: writeActs) }
    }

    private func writePending(_ part: inout HTML) {
        guard !pending.isEmpty else {
            part.note(.done, "No hay nada pendiente para usted. ¡Al día!")
            return
        }
        let shown = alliances.count > 1 ? pending.condensed : pending
        part.pending(Array(shown.prefix(Self.pendingShown)), on: today)
        if pending.count > Self.pendingShown {
            part.p(.class("part-actions")) {
                $0.action("Ver los \(pending.count) pendientes", to: .pending())
            }
        }
    }

    private func writeWeeks(_ part: inout HTML) {
        part.calendarViews(nil, in: today.components.year)
        if !agenda.entries.isEmpty {
            part.calendar(of: agenda, days: Self.days(from: today), today: today)
        }
        part.agenda(
            agenda.from(today), today: today,
            empty: EmptyState("No hay reuniones, fechas electorales ni vencimientos en estas semanas."))
    }

    private func writeAlliances(_ part: inout HTML) {
        if alliances.isEmpty {
            part.emptyState(
                mayCreate
                    ? EmptyState(
                        "Aún no hay alianzas en esta entidad.", next: "Crear la primera", to: .newAlliance())
                    : EmptyState("No hay alianzas a su cargo."))
        }
        part.ul(.class("cards")) { list in
            for row in alliances.prefix(Self.alliancesShown) { card(of: row, &list) }
        }
        guard alliances.count > 1 else { return }
        part.p(.class("part-actions")) { line in
            line.action(
                alliances.count > Self.alliancesShown
                    ? "Ver las \(alliances.count) alianzas" : "Ver la lista de alianzas", to: .alliances())
        }
    }

    private func writeActs(_ part: inout HTML) {
        part.lastActs(acts)
        part.p(.class("part-actions")) { $0.action("Ver todo el registro", to: .log()) }
    }

    private func card(of row: AllianceRow, _ list: inout HTML) {
        let (heading, alliance) = (row.heading, row.alliance)
        list.li { card in
            let own = heading.principal.isOnlyMember ? heading.path(to: .own) : nil
            card.h3 { $0.a(alliance.name, .href(own ?? .alliance(heading.slug))) }
            card.p { state in
                state.status(alliance.state.status)
                if row.need.count > 0 {
                    state.text(" ")
                    state.status(row.need.status)
                }
            }
            if alliance.state != .dissolved {
                card.ul(.class("pulse")) { lines in write(row, &lines) }
            }
            card.p(.class("card-links")) { links in
                for tab in [AllianceTab.meetings, .elections] {
                    if let path = heading.path(to: tab) { links.a(tab.title, .href(path)) }
                }
            }
        }
    }

    private func write(_ row: AllianceRow, _ lines: inout HTML) {
        let heading = row.heading
        if row.need.count > 0 { lines.li { $0.a(row.need.words, .href(row.pendingPath)) } }
        if let meeting = row.outlook?.meeting {
            lines.li { line in
                line.a(
                    "Reunión el \(SpanishFormat.date(meeting.day)): \(meeting.title)",
                    .href(.meeting(heading.slug, meeting.id)))
            }
        }
        guard let pulse = row.pulse else { return }
        lines.li {
            $0.text(
                SpanishFormat.count(pulse.members, "asociado", "asociados"),
                leadingTo: heading.path(to: .members))
        }
        lines.li { $0.text(pulse.seatsInWords, leadingTo: heading.path(to: .governance)) }
        lines.li { $0.text(pulse.obligations.words, leadingTo: heading.path(to: .compliance)) }
    }
}

extension AlliancePulse {
    /// The seats in words.
    var seatsInWords: String {
        switch seats {
        case 0: "Sin organismos todavía"
        case heldSeats: seats == 1 ? "Su puesto está ocupado" : "Sus \(seats) puestos están ocupados"
        default: "\(heldSeats) de \(seats) puestos ocupados"
        }
    }
}
