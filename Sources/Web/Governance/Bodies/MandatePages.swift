import Governance
import Kernel
import Tenancy

/// A seat that a form is about, with the way to it.
struct SeatPlace {
    let heading: AllianceHeading
    let seated: SeatedBody
    let seating: Seating

    var body: Path { .body(heading.slug, seated.body.id) }
    var trail: [Crumb] { heading.trail(from: .governance) + [Crumb(seated.body.name, body)] }
}

/// The questions of who holds a seat.
struct MandateForm {
    let holder = Field.text(
        "holder", "Quién lo ocupa", max: 120,
        hint:
            "Documento, con tipo y número: «CC 12345678». En un puesto que la alianza no elige puede ser el nombre y el cargo."
    )
    let rank = Field.integer("rank", "Suplente número", in: 1...20, hint: "En blanco si es el principal.")
        .optional()
    let startsOn = Field.date("starts_on", "Desde el")
    let endsOn = Field.date(
        "ends_on", "Hasta el", hint: "Si se deja en blanco, hasta el límite del organismo."
    ).optional()
    let origin = Field.choice(
        "origin", "¿De dónde viene?", MandateSummary.Origin.recordable, title: \.question)
    let paper = Field.text(
        "paper", "Papel en que consta", max: 200,
        hint: "Acta, resolución o certificado, con número y fecha.")
}

extension MandateSummary.Origin {
    /// What a person may record.
    fileprivate static var recordable: [Self] { [.recorded, .appointment, .exOfficio] }

    fileprivate var question: String {
        switch self {
        case .appointment: "De un nombramiento de la autoridad"
        case .exOfficio: "El puesto va con un cargo"
        default: "De una elección de antes"
        }
    }
}

/// Records who holds a seat.
struct RecordMandatePage: Page {
    let place: SeatPlace
    let form: FormState

    var title: String { "Quién ocupa «\(place.seating.seat.title)»" }
    var lead: String? {
        let lead =
            "En \(place.seated.body.name), según papeles de antes. Lo que se elija aquí se registra solo."
        return place.seated.body.formation == .appointment
            ? "\(lead) Si viene de una elección, registre después el nombramiento y la posesión: desde ahí rige."
            : lead
    }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = MandateForm()
        let path = Path.recordMandate(
            place.heading.slug, place.seated.body.id, place.seating.seat.id)
        html.form(to: path, form.isRefused ? form : form.filling(fields.origin, with: .recorded)) { form in
            form.field(fields.holder)
            form.div(.class("form-row")) { row in
                row.field(fields.startsOn)
                row.field(fields.endsOn)
            }
            form.field(fields.rank)
            form.field(fields.origin)
            form.field(fields.paper)
            form.submit("Anotar el período", orBackTo: place.body)
        }
    }
}

/// The questions of the end of a mandate.
struct EndMandateForm {
    let day: Field<CalendarDate>
    let reason = Field.choice(
        "reason", "Motivo", MandateSummary.EndReason.given, title: \.title, style: .menu)
    let note = Field.paragraphs(
        "note", "Cuente por qué", max: 500, rows: 3
    ).optional()
    let paper = Field.text(
        "paper", "Acta o documento en que consta", max: 200, hint: "Con su número y fecha."
    ).optional()
    let scan = Field.paper("scan", "Copia firmada").optional()
    /// Whether who is next in order takes the seat.
    let callsNext: Field<Bool>

    init(isAwaited: Bool = false, next: MandateSummary? = nil) {
        day = Field.date("day", isAwaited ? "Día en que ocurrió" : "Último día en el puesto")
        callsNext = Field.checkbox(
            "calls_next",
            "Llamar a \(next?.holderName ?? "quien sigue en orden"), que aceptó y ocupa el puesto desde el día siguiente",
            hint: next.map {
                "Lo ocuparía hasta el \(SpanishFormat.date($0.endsOn)). El documento dice que aceptó."
            })
    }
}

/// Ends a mandate.
struct EndMandatePage: Page {
    let place: SeatPlace
    let mandate: MandateSummary
    let form: FormState
    let today: CalendarDate
    /// What the register says of the holder.
    let lapsed: LapsedHolder?

    /// Who is next in order where the principal leaves.
    private var next: MandateSummary? { mandate.rank == 0 && !isAwaited ? place.seating.next : nil }

    /// Whether the holder is still to take the seat.
    private var isAwaited: Bool { mandate.standing(on: today) == .pending }

    var title: String {
        isAwaited
            ? "\(mandate.holderName) no va a ocupar el puesto"
            : "Terminar el período de \(mandate.holderName)"
    }
    var lead: String? {
        isAwaited
            ? "El período queda como que no llegó a ejercerse, y el puesto «\(place.seating.seat.title)» se puede dar a otra persona. No se puede deshacer."
            : "El puesto «\(place.seating.seat.title)» queda vacante desde el día siguiente\(next == nil ? "" : ", o lo ocupa quien sigue en orden"). No se puede deshacer."
    }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = EndMandateForm(isAwaited: isAwaited, next: next)
        if let lapsed {
            html.note(
                .info,
                "Según el padrón, desde el \(SpanishFormat.date(lapsed.since)) \(lapsed.reason == .death ? "consta su fallecimiento" : "ya no es afiliado o asociado"). Confírmelo con el documento."
            )
        }
        html.form(
            to: .endMandate(place.heading.slug, place.seated.body.id, mandate.id),
            form.isTyped
                ? form
                : form.filling(fields.day, with: lapsed.map { max($0.since, mandate.actsFrom) } ?? today)
                    .filling(fields.reason, with: lapsed?.reason).filling(
                        fields.callsNext, with: next != nil),
            hasFiles: true
        ) { form in
            form.field(fields.day)
            form.field(fields.reason)
            form.field(fields.note)
            form.field(fields.paper)
            form.field(fields.scan)
            if next != nil { form.field(fields.callsNext) }
            form.submit(
                isAwaited ? "Anotar que no lo va a ocupar" : "Terminar el período", .danger,
                orBackTo: place.body)
        }
    }
}

/// The questions of an appointment.
struct AppointmentForm {
    let act = Field.text(
        "act", "Acto de nombramiento", max: 200, hint: "Clase, número y quién lo expidió."
    ).optional()
    let appointedOn = Field.date("appointed_on", "Fecha del acto").optional()
    let tookOfficeOn = Field.date(
        "took_office_on", "Fecha de la posesión", hint: "En blanco mientras no se posesione."
    ).optional()
}

/// Records an appointment, a `posesión`, or both.
struct RecordAppointmentPage: Page {
    let place: SeatPlace
    let mandate: MandateSummary
    let form: FormState

    var title: String { "Nombramiento y posesión de \(mandate.holderName)" }
    var lead: String? { "Con la posesión empieza a ocupar el puesto «\(place.seating.seat.title)»." }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = AppointmentForm()
        if let act = mandate.appointmentAct, let day = mandate.appointedOn {
            html.p("Ya consta el nombramiento: \(act), del \(SpanishFormat.date(day)).")
        }
        html.form(
            to: .recordAppointment(place.heading.slug, place.seated.body.id, mandate.id), form
        ) { form in
            if mandate.appointmentAct == nil {
                form.field(fields.act)
                form.field(fields.appointedOn)
            }
            form.field(fields.tookOfficeOn)
            form.submit("Registrar", orBackTo: place.body)
        }
    }
}

/// The questions of an alternate who is called.
struct AlternateForm {
    let day = Field.date("day", "Ocupa el puesto desde el")
    let paper = Field.text(
        "paper", "Acta en que acepta", max: 200, hint: "Con su número y fecha.")
}

/// Calls the first alternate to a seat.
struct CallAlternatePage: Page {
    let place: SeatPlace
    let alternate: MandateSummary
    let form: FormState
    let today: CalendarDate

    var title: String { "Llamar a \(alternate.holderName)" }
    var lead: String? {
        "Es el primer suplente de «\(place.seating.seat.title)» y lo ocuparía hasta el \(SpanishFormat.date(alternate.endsOn))."
    }
    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "gobierno" }

    func body(_ html: inout HTML) {
        let fields = AlternateForm()
        html.form(
            to: .callAlternate(place.heading.slug, place.seated.body.id, place.seating.seat.id),
            form.isRefused ? form : form.filling(fields.day, with: today)
        ) { form in
            form.field(fields.day)
            form.field(fields.paper)
            form.submit("Llamar al suplente", orBackTo: place.body)
        }
    }
}
