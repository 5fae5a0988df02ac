import Governance
import Kernel
import Reporting
import Tenancy

/// What an alliance is, how it does and what comes.
struct AllianceSummaryPage: AlliancePage {
    let heading: AllianceHeading
    let municipalities: [Municipality]
    /// Where it is reached: its own contact, and its entity's where it lacks one.
    let contact: Contact
    let pulse: AlliancePulse?
    /// The obligations that ask for something, and what; none where the person may not see them.
    let asking: [ObligationView]
    /// Where what is next of each obligation is done.
    let steps: [Obligation.Code: Path]
    /// The act that dissolved the alliance.
    let dissolution: Dissolution?
    /// The period that runs; `nil` before a constitution, or for who may not read it.
    let period: LifePeriod?
    /// The next sixty days.
    let agenda: Agenda
    let today: CalendarDate
    let organization: TenantSlug?
    let mayEdit: Bool
    let mayDissolve: Bool
    let mayOpen: Bool

    /// The days that the agenda is read for.
    static func days(from today: CalendarDate) -> ClosedRange<CalendarDate> { today...(today + 60) }

    var tab: AllianceTab { .summary }

    func actions(_ html: inout HTML) {
        if mayEdit { html.action("Editar", to: .editAlliance(heading.slug)) }
    }

    func content(_ html: inout HTML) {
        if let dissolution {
            html.dissolution(dissolution, of: heading, mayOpen: mayOpen, mayRestore: mayDissolve)
        }
        if heading.alliance.state != .dissolved { html.lifeAlarm(period, on: today, of: heading.slug) }
        if !heading.principal.isOnlyMember, let step = AllianceNextStep(of: heading) {
            html.nextStep(step, of: heading)
        }
        if let pulse, heading.alliance.state != .dissolved { html.figures(figures(of: pulse)) }
        if !asking.isEmpty {
            html.section("Qué pide atención") { part in
                part.ul(.class("asking")) { list in
                    for view in asking.prefix(5) { line(of: view, &list) }
                }
                if asking.count > 5 {
                    part.p { $0.a("Ver las \(asking.count)", .href(.compliance(heading.slug))) }
                }
            }
        }
        if heading.alliance.state != .dissolved {
            html.section("Lo que viene") { part in
                part.agenda(
                    agenda, today: today,
                    empty: EmptyState(
                        "No hay reuniones, fechas electorales ni vencimientos en los próximos 60 días."))
            }
        }
        html.section("La alianza") { part in
            part.facts(
                Fact(
                    municipalities.count == 1 ? "Municipio" : "Municipios",
                    SpanishFormat.list(municipalities.map(\.title))),
                Fact("Sede", heading.alliance.siteName),
                Fact("Correo", contact.email), Fact("Teléfono", contact.phone),
                Fact("Dirección y horario", contact.place),
                Fact("Página pública") { fact in
                    guard let organization else { return fact.absent() }
                    // Nobody is told of an alliance that is only being prepared.
                    guard heading.alliance.state != .draft else {
                        return fact.text("Se abre con la convocatoria")
                    }
                    fact.a("Lo que ve la ciudadanía", .href(.publicAlliance(organization, heading.slug)))
                })
        }
    }

    /// How it does in figures; what there is none of yet is no figure.
    private func figures(of pulse: AlliancePulse) -> [KeyFigure] {
        var figures = [
            KeyFigure(
                pulse.members, pulse.members == 1 ? "asociado" : "asociados", to: heading.path(to: .members))
        ]
        if pulse.seats > 0 {
            figures.append(
                KeyFigure(
                    "\(pulse.heldSeats) de \(pulse.seats)", "puestos ocupados",
                    to: heading.path(to: .governance)))
        }
        if pulse.obligations.asked > 0 {
            figures.append(
                KeyFigure(
                    pulse.obligations.met, "obligaciones cumplidas", to: heading.path(to: .compliance)))
        }
        return figures
    }

    private func line(of view: ObligationView, _ list: inout HTML) {
        list.li { item in
            item.status(view.standing.state.status)
            item.p { text in
                text.a(
                    view.obligation.title,
                    .href(Path.compliance(heading.slug).at(anchor: view.obligation.code.rawValue)))
                text.text(". ")
                if let next = view.standing.next, let path = steps[view.obligation.code] {
                    text.a(next.words, .href(path))
                } else {
                    text.text(view.standing.next?.words ?? view.standing.finding)
                }
            }
        }
    }
}
