import Governance
import Kernel
import Tenancy

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
