import Governance
import Kernel
import Tenancy

/// A body: its seats, who holds them on a day, alternates, and everybody who held them.
struct BodyPage: Page {
    let heading: AllianceHeading
    let seated: SeatedBody
    let day: CalendarDate
    let today: CalendarDate
    let rights: GovernanceRights
    /// How many days may lie between two periods in a row.
    let termGap: Int
    /// Holders of whom the register says that they lost what the seat asks for.
    let lapsed: [LapsedHolder]
    /// When people are told that its mandates end.
    let alarms: BodyAlarms
    /// Handovers of the body, the latest first.
    let handovers: [Handover]
    /// What representatives did in a body outside; `nil` for one of the alliance's own.
    var service: BodyService?

    static let day = Field.date("fecha", "Quién ocupaba cada puesto el").optional()

    var title: String { seated.body.name }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }

    private var id: ID<Body> { seated.body.id }
    private var isToday: Bool { day == today }

    func actions(_ html: inout HTML) {
        if rights.mayCreate {
            html.action("Cambiar el organismo", to: .editBody(heading.slug, id), icon: .pencil)
        }
    }

    func body(_ html: inout HTML) {
        let body = seated.body
        html.facts(
            Fact("Clase", body.placeWords), Fact("Período", body.termWords),
            Fact("Reelección", body.limitWords ?? "Sin límite anotado"),
            Fact("Cómo se ocupa el puesto", body.formationWords), Fact("Al terminar", body.endWords),
            alarms.fact(mayChange: rights.mayCreate ? .bodyAlarms(heading.slug, id) : nil))
        html.queryForm(
            at: .body(heading.slug, id), FormState().filling(Self.day, with: day), .class("filters")
        ) { form in
            form.field(Self.day)
            form.submit("Ver", .secondary)
        }
        if !isToday {
            html.note(.info, "Así estaba el organismo el \(SpanishFormat.longDate(day)).")
        }
        if day == today || (day < today && rights.mayOpen) {
            html.p(.class("part-actions")) { line in
                line.action(
                    "Certificado de quién representaba ese día (PDF)",
                    to: .representation(heading.slug, id, day), icon: .print)
            }
        }
        writeLapsed(&html)
        html.section("Puestos", id: "puestos") { part in
            SeatBoard(seated: seated, day: day, termGap: termGap).write(&part)
        }
        html.section("Puesto por puesto", id: "detalle") { part in
            part.ul(.class("dossier")) { list in
                for seating in seated.seatings { list.li { write(seating, &$0) } }
            }
        }
        if isToday, let service {
            html.externalService(
                service, of: heading, body: id, mayTell: rights.mayTell, mayOpen: rights.mayOpen)
        }
        if isToday, !seated.body.isExternal { writeHandovers(&html) }
    }

    /// Writes what the register tells of holders, with the act that follows.
    private func writeLapsed(_ html: inout HTML) {
        guard isToday, rights.mayRecord, !lapsed.isEmpty else { return }
        html.note(.warning, "El padrón muestra que un puesto quedó vacante") { note in
            note.ul { list in
                for holder in lapsed {
                    list.li { item in
                        item.text(
                            "\(holder.holderName): \(holder.reason == .death ? "consta su fallecimiento" : "ya no es afiliado o asociado"), desde el \(SpanishFormat.date(holder.since)). "
                        )
                        item.a(
                            "Declarar la vacancia de \(holder.holderName)",
                            .href(.endMandate(heading.slug, id, holder.mandate)))
                    }
                }
            }
        }
    }

    private func writeHandovers(_ html: inout HTML) {
        html.section("Entrega entre juntas", id: "entrega") { part in
            if handovers.isEmpty { part.p("No se ha hecho ninguna entrega de este organismo.") }
            if !handovers.isEmpty {
                part.ul { list in
                    for handover in handovers {
                        list.li { item in
                            item.a(
                                handover.title, .href(.handover(heading.slug, id, handover.id)))
                            item.text(" ")
                            item.status(handover.status)
                        }
                    }
                }
            }
            if rights.mayHandOver, !handovers.contains(where: { $0.state == .open }) {
                part.p { $0.action("Preparar la entrega", to: .newHandover(heading.slug, id)) }
            }
        }
    }

    private func write(_ seating: Seating, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3(seating.seat.fullTitle)
            head.status(seating.status)
        }
        item.p(seating.sentence)
        if !seating.seat.isElected { item.p("Este puesto no lo elige la alianza.", .class("form-text")) }
        if let principal = seating.principal { writeOrigin(of: principal.mandate, &item) }
        if !seating.alternates.isEmpty {
            item.p(
                "Suplentes, en su orden: \(SpanishFormat.list(seating.alternates.map(\.mandate.holderName)))."
            )
        }
        for awaited in seating.awaited {
            item.p("\(awaited.mandate.holderName) \(awaited.mandate.waitsFor).")
        }
        if rights.mayRecord, isToday { writeActs(on: seating, &item) }
        writeHistory(of: seating, &item)
    }

    private func writeOrigin(of mandate: MandateSummary, _ item: inout HTML) {
        let words = [
            mandate.origin.title, mandate.paper, mandate.appointmentAct,
            mandate.tookOfficeOn.map { "posesión del \(SpanishFormat.date($0))" },
        ].compactMap(\.self)
        item.p(.class("form-text")) { line in
            line.text("Origen: \(words.joined(separator: ", ")).")
            guard rights.mayOpen, let scan = mandate.paperFile else { return }
            line.text(" ")
            line.a("Ver el escaneo", .href(.file(scan)))
        }
    }

    private func writeActs(on seating: Seating, _ item: inout HTML) {
        let seat = seating.seat.id
        let record = Path.recordMandate(heading.slug, id, seat)
        item.p(.class("part-actions")) { line in
            if seating.isVacant, !seating.alternates.isEmpty {
                line.action("Llamar al suplente", to: .callAlternate(heading.slug, id, seat), .primary)
            }
            for awaited in seating.awaited where awaited.mandate.state == .pending {
                line.action(
                    awaited.mandate.appointmentAct == nil
                        ? "Registrar el nombramiento" : "Registrar la posesión",
                    to: .recordAppointment(heading.slug, id, awaited.mandate.id), .primary)
            }
            if let principal = seating.principal {
                // Whose end is recorded holds the seat until its last day is over.
                guard principal.mandate.state != .ended else { return }
                line.action("Terminar el período", to: .endMandate(heading.slug, id, principal.mandate.id))
            } else if seating.awaited.isEmpty {
                line.action("Anotar quién lo ocupa", to: record)
            }
        }
        item.details { more in
            more.summary("Otros actos")
            more.ul { list in
                list.li { $0.a("Anotar otro período o un suplente", .href(record)) }
                for awaited in seating.awaited {
                    list.li { line in
                        line.a(
                            "Anotar que \(awaited.mandate.holderName) no va a ocupar el puesto",
                            .href(.endMandate(heading.slug, id, awaited.mandate.id)))
                    }
                }
                if rights.mayCreate, seating.isVacant, seating.alternates.isEmpty, seating.awaited.isEmpty,
                    seated.seatings.count > 1
                {
                    list.li { $0.a("Suprimir el puesto", .href(.abolishSeat(heading.slug, id, seat))) }
                }
            }
        }
    }

    private func writeHistory(of seating: Seating, _ item: inout HTML) {
        guard !seating.past.isEmpty else { return }
        item.details { more in
            more.summary("Anteriores (\(seating.past.count))")
            more.ul { list in
                for holding in seating.past {
                    list.li { line in
                        line.text(holding.mandate.historyLine)
                        if rights.mayOpen, let scan = holding.mandate.paperFile {
                            line.text(". ")
                            line.a("Ver el escaneo", .href(.file(scan)))
                        }
                        guard holding.mandate.endReason != nil, holding.mandate.rank == 0 else { return }
                        line.text(". ")
                        line.a(
                            "Acta de vacancia (PDF)",
                            .href(.vacancyMinutes(heading.slug, id, holding.mandate.id)))
                        if rights.mayOpen, let scan = holding.mandate.endFile {
                            line.text(", ")
                            line.a("documento firmado", .href(.file(scan)))
                        }
                    }
                }
            }
        }
    }
}

extension MandateSummary.Origin {
    /// Where a mandate comes from, in words.
    var title: String {
        switch self {
        case .election: "elección hecha aquí"
        case .appointment: "nombramiento"
        case .exOfficio: "puesto que va con el cargo"
        case .succession: "suplente llamado"
        case .recorded: "del papel"
        }
    }
}

extension MandateSummary {
    fileprivate var historyLine: String {
        let rank = (rank > 0 ? " (suplente \(rank))" : "") + (origin == .recorded ? ", del papel" : "")
        let reason = [endReason.map { $0.title.lowercased() }, endNote, endPaper].compactMap(\.self)
        let end = reason.isEmpty ? "" : ". \(reason.joined(separator: ": "))"
        return switch state {
        case .annulled: "\(holderName)\(rank), anulado\(end)"
        case .neverHeld: "\(holderName)\(rank), no llegó a ocupar el puesto\(end)"
        case .pending, .inForce, .ended:
            "\(holderName)\(rank), \(SpanishFormat.dates(min(actsFrom, lastDay)...lastDay))\(end)"
        }
    }
}
