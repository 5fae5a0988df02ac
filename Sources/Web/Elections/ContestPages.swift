import Elections
import Foundation
import Governance
import Kernel
import Tenancy

/// The seats that a contest may fill: those of the alliance's bodies that are elected.
struct ElectableSeats: Sendable {
    /// Each body with its elected seats.
    let bodies: [(body: Body, seats: [Seat])]

    fileprivate var options: [Option<ID<Seat>>] {
        bodies.flatMap { body, seats in
            seats.map { Option($0.id, "\($0.title) · \(body.name)", hint: $0.sector) }
        }
    }
}

/// The questions of a contest.
struct ContestForm {
    let name = Field.text("name", "Nombre en el tarjetón", max: 120, hint: "Por ejemplo: «Presidencia».")
    let seats: Field<[ID<Seat>]>
    let candidature = Field.choice(
        "candidature", "¿Cómo se postulan?", Contest.Candidature.allCases, title: \.title)
    let mode = Field.choice("mode", "¿Cómo se vota?", Contest.VotingMode.allCases, title: \.title)
    let rule = Field.choice(
        "rule", "¿Cómo se convierten los votos en puestos?", CountingRule.allCases, title: \.title,
        style: .list)
    let threshold = Field.text(
        "threshold", "Umbral", max: 20,
        hint:
            "Los votos que necesita una plancha para tener puestos, como parte del cuociente (votos válidos entre puestos); por ejemplo 1/2. Vacío si los estatutos no lo piden."
    ).reading(
        { text throws(ContestError) in
            guard let fraction = Fraction(text.filter { !$0.isWhitespace }) else {
                throw .thresholdOutOfRange
            }
            return fraction
        }, printing: \.description
    ).optional()
    let base = Field.choice(
        "base", "La mayoría absoluta se cuenta sobre", MajorityBase.allCases, title: \.title)
    let blank = Field.checkbox(
        "blank", "Si gana el voto en blanco, la elección se repite sin los mismos candidatos")
    let alternates = Field.choice(
        "alternates", "Suplentes", Contest.Alternates.allCases, title: \.title)
    let startsOn = Field.date(
        "starts", "El período empieza el", hint: "Vacío si empieza el día de la proclamación."
    ).optional()
    let source = Field.text(
        "source", "De dónde sale la regla", max: 300, hint: "Artículo de los estatutos, norma o decisión.")

    init(_ seats: ElectableSeats) {
        self.seats = Field.choices(
            "seats", "Puestos", seats.options,
            hint: "De un solo organismo. Cada puesto va en una sola votación.")
    }

    /// Reads what a person chose.
    func read(_ form: Submission) throws -> ContestChoices {
        let (name, seats, candidature, mode, rule, threshold, base, blank, alternates, startsOn, source) =
            try form.read(
                name, seats, candidature, mode, rule, threshold, base, blank, alternates, startsOn, source)
        return ContestChoices(
            name: name, seats: seats, candidature: candidature, votingMode: mode, rule: rule,
            threshold: threshold, majorityBase: base, hasBlankMajority: blank, alternates: alternates,
            startsOn: startsOn, rulesSource: source)
    }

    /// The form with what is known.
    func filled(_ state: FormState, with choices: ContestChoices) -> FormState {
        guard !state.isRefused else { return state }
        return state.filling(name, with: choices.name).filling(seats, with: choices.seats)
            .filling(candidature, with: choices.candidature).filling(mode, with: choices.votingMode)
            .filling(rule, with: choices.rule).filling(threshold, with: choices.threshold)
            .filling(base, with: choices.majorityBase).filling(blank, with: choices.hasBlankMajority)
            .filling(alternates, with: choices.alternates).filling(startsOn, with: choices.startsOn)
            .filling(source, with: choices.rulesSource)
    }
}

extension MajorityBase {
    /// The words on screens.
    var title: String {
        switch self {
        case .validVotes: "Los votos válidos, con los votos en blanco"
        case .contenderVotes: "Los votos por candidatos, sin los votos en blanco"
        }
    }
}

/// Adds or changes a contest of a draft.
struct ContestPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    /// The contest that is changed; `nil` for a new one.
    let contest: Contest?
    let seats: ElectableSeats
    let form: FormState

    var title: String { contest.map { "Cambiar «\($0.name)»" } ?? "Agregar una votación" }
    var lead: String? {
        "Cada votación tiene su tarjetón, y con él se eligen uno o varios puestos de un organismo."
    }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "preparar-una-eleccion" }

    func body(_ html: inout HTML) {
        let fields = ContestForm(seats)
        let state = contest.map { fields.filled(form, with: ContestChoices($0)) } ?? filledAnew(fields)
        let path: Path =
            contest.map { .contest(heading.slug, process.id, $0.id) } ?? .newContest(heading.slug, process.id)
        html.form(to: path, state) { form in
            form.field(fields.name)
            form.field(fields.seats)
            form.field(fields.candidature)
            form.field(fields.mode)
            form.field(fields.rule)
            form.field(fields.threshold)
            form.field(fields.base)
            form.field(fields.blank)
            form.field(fields.alternates)
            form.field(fields.startsOn)
            form.field(fields.source)
            form.submit(
                contest == nil ? "Agregar la votación" : "Guardar la votación",
                orBackTo: .process(heading.slug, process.id))
        }
    }

    private func filledAnew(_ fields: ContestForm) -> FormState {
        guard !form.isRefused else { return form }
        return form.filling(fields.candidature, with: .individuals).filling(fields.mode, with: .paper)
            .filling(fields.rule, with: .simpleMajority).filling(fields.base, with: .validVotes)
            .filling(fields.alternates, with: Contest.Alternates.none)
    }
}

/// The questions of a date of the calendar.
struct MilestoneForm {
    let opens: Field<Date>
    let closes = Field.instant("closes", "Termina")
    let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3,
        hint: "Hace falta si la fecha se aparta de lo que dan los estatutos; va en la convocatoria."
    ).optional()

    init(_ milestone: Milestone) {
        opens = Field.instant("opens", milestone.closesAt == nil ? "Cuándo" : "Empieza")
    }
}

/// Moves one date of the calendar.
struct MilestonePage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let milestone: Milestone
    let form: FormState

    var title: String { "Mover «\(milestone.kind.title)»" }
    var lead: String? { "\(milestone.rule)\(milestone.source.map { ". \($0)" } ?? "")." }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "preparar-una-eleccion" }

    func body(_ html: inout HTML) {
        let fields = MilestoneForm(milestone)
        let state =
            form.isRefused
            ? form
            : form.filling(fields.opens, with: milestone.opensAt).filling(
                fields.closes, with: milestone.closesAt)
        html.form(to: .milestone(heading.slug, process.id, milestone.kind), state) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.opens)
                if milestone.closesAt != nil { row.field(fields.closes) }
            }
            form.field(fields.reason)
            form.submit("Mover la fecha", orBackTo: .process(heading.slug, process.id))
        }
    }
}
