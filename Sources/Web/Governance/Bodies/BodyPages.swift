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

/// The questions of a new body.
struct BodyForm {
    let name = Field.text("name", "Nombre", max: 120)
    let kind = Field.choice("kind", "Clase", Body.Kind.allCases, title: \.title, style: .menu)
    let isExternal = Field.checkbox("is_external", "Está fuera de la alianza: ella envía representantes")
    let months = Field.integer("term_months", "Meses del período", in: 1...60)
    let norm = Field.text(
        "term_norm", "Norma del período", max: 200, hint: "Hace falta si pasa de 24 meses."
    ).optional()
    let isConfirmed = Field.checkbox("term_is_confirmed", "Leí la norma y dice ese período")
    let consecutive = Field.integer("consecutive_terms", "Períodos seguidos que se permiten", in: 1...20)
        .optional()
    let consecutiveNorm = Field.text("consecutive_terms_norm", "Norma de ese límite", max: 200).optional()
    let formation = Field.choice(
        "formation", "¿Qué hace al representante?", Body.Formation.allCases, title: \.title)
    let continues = Field.checkbox("continues", "Quien termina sigue en funciones hasta que lo reemplacen")
    let seats = FormRows<SeatRow>(
        title: "Puestos", more: "Agregar otro puesto", count: 20,
        hint: "En su orden. El sector es para los organismos de fuera de la alianza.")

    /// Reads the limits.
    func term(_ form: Submission) throws -> TermLimit {
        let (months, norm, isConfirmed, consecutive, consecutiveNorm) = try form.read(
            months, norm, isConfirmed, consecutive, consecutiveNorm)
        return try TermLimit(
            months: months, norm: norm, isConfirmed: isConfirmed && norm != nil,
            consecutiveTerms: consecutive, consecutiveTermsNorm: consecutive == nil ? nil : consecutiveNorm)
    }

    fileprivate func writeTerm(_ form: inout HTML) {
        form.div(.class("form-row")) { row in
            row.field(months)
            row.field(norm)
        }
        form.field(isConfirmed)
        form.div(.class("form-row")) { row in
            row.field(consecutive)
            row.field(consecutiveNorm)
        }
        form.field(formation)
        form.field(continues)
    }
}

/// One seat of a body.
struct SeatRow: FormRow {
    private let title: Field<String>
    private let sector: Field<String?>
    private let isNotElected: Field<Bool>

    init(_ number: Int) {
        title = Field.text("seat\(number)", "Puesto \(number)", max: 120)
        sector = Field.text("sector\(number)", "Sector que representa", max: 120).optional()
        isNotElected = Field.checkbox("not_elected\(number)", "La alianza no lo elige")
    }

    var names: [String] { [title.name, sector.name] }

    func write(_ html: inout HTML) {
        html.div { $0.field(title) }
        html.div { $0.field(sector) }
        html.div { $0.field(isNotElected) }
    }

    func read(_ form: Submission) throws -> SeatDraft {
        let (title, sector, isNotElected) = try form.read(title, sector, isNotElected)
        return try SeatDraft(title: title, sector: sector, isElected: !isNotElected)
    }

    func filling(_ form: FormState, with answer: SeatDraft) -> FormState {
        form.filling(title, with: answer.title).filling(sector, with: answer.sector)
            .filling(isNotElected, with: !answer.isElected)
    }
}

/// Makes a body.
struct NewBodyPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Crear un organismo" }
    var trail: [Crumb] { heading.trail(from: .governance) }
    var help: HelpTopic { "gobierno" }
    var scripts: [String] { ["renglones.js"] }

    func body(_ html: inout HTML) {
        let fields = BodyForm()
        let state =
            form.isRefused ? form : form.filling(fields.months, with: TermLimit.monthsWithoutCitation)
        html.form(to: .newBody(heading.slug), state) { form in
            form.field(fields.name)
            form.field(fields.kind)
            form.field(fields.isExternal)
            fields.writeTerm(&form)
            fields.seats.write(&form)
            form.submit("Crear el organismo", orBackTo: .governance(heading.slug))
        }
    }
}

/// Changes a body.
struct EditBodyPage: Page {
    let heading: AllianceHeading
    let edited: Body
    let form: FormState

    var title: String { "Cambiar \(edited.name)" }
    var lead: String? { "Los períodos que ya existen conservan el límite con el que empezaron." }
    var trail: [Crumb] {
        heading.trail(from: .governance) + [Crumb(edited.name, .body(heading.slug, edited.id))]
    }
    var help: HelpTopic { "gobierno" }
    var scripts: [String] { ["renglones.js"] }

    func body(_ html: inout HTML) {
        let fields = BodyForm()
        html.form(to: .editBody(heading.slug, edited.id), form.isRefused ? form : filled(fields)) { form in
            form.field(fields.name)
            fields.writeTerm(&form)
            Self.moreSeats.write(&form)
            form.submit("Guardar los cambios", orBackTo: .body(heading.slug, edited.id))
        }
    }

    static let moreSeats = FormRows<SeatRow>(
        title: "Puestos nuevos", more: "Agregar otro puesto", count: 10, hint: "En blanco si no se agregan.")

    private func filled(_ fields: BodyForm) -> FormState {
        form.filling(fields.name, with: edited.name).filling(fields.months, with: edited.term.months)
            .filling(fields.norm, with: edited.term.norm)
            .filling(fields.isConfirmed, with: edited.term.isConfirmed)
            .filling(fields.consecutive, with: edited.term.consecutiveTerms)
            .filling(fields.consecutiveNorm, with: edited.term.consecutiveTermsNorm)
            .filling(fields.formation, with: edited.formation)
            .filling(fields.continues, with: edited.continuesUntilReplaced)
    }
}

/// Abolishes a seat.
struct AbolishSeatPage: Page {
    let heading: AllianceHeading
    let seated: SeatedBody
    let seat: Seat
    let form: FormState

    static let confirmation = Confirmation(
        word: "SUPRIMIR",
        consequences: [
            "El puesto deja de existir desde hoy.", "El historial de quienes lo ocuparon se conserva.",
        ], verb: "Suprimir el puesto")

    var title: String { "Suprimir «\(seat.title)»" }
    var trail: [Crumb] {
        heading.trail(from: .governance) + [Crumb(seated.body.name, .body(heading.slug, seated.body.id))]
    }

    func body(_ html: inout HTML) {
        html.confirmation(
            Self.confirmation, to: .abolishSeat(heading.slug, seated.body.id, seat.id), form,
            orBackTo: .body(heading.slug, seated.body.id))
    }
}
