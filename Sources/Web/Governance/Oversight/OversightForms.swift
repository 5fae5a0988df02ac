import Governance
import Kernel
import Tenancy

/// An indicator of a new exercise, as a row of its form.
struct IndicatorRow: FormRow {
    let name: Field<String>
    let expected: Field<String>
    var names: [String] { [name.name, expected.name] }

    init(_ number: Int) {
        name = Field.text("indicator\(number)", "Qué se mira", max: 200)
        expected = Field.text("expected\(number)", "Qué se espera", max: 200)
    }

    func write(_ html: inout HTML) {
        html.field(name)
        html.field(expected)
    }

    func read(_ form: Submission) throws -> OversightIndicator {
        let (name, expected) = try form.read(name, expected)
        return try OversightIndicator(name: name, expected: expected)
    }

    func filling(_ form: FormState, with answer: OversightIndicator) -> FormState {
        form.filling(name, with: answer.name).filling(expected, with: answer.expected)
    }

    /// Those of a new exercise.
    static let rows = FormRows<IndicatorRow>(
        title: "Lo que se mira en cada visita", more: "Agregar otro indicador", count: 12,
        hint: "Por ejemplo: «Minutos de espera en ventanilla», y se espera «Menos de 30»."
    )
}

/// The questions of an exercise.
struct OversightForm {
    let title = Field.text(
        "title", "Qué se vigila", max: 200, hint: "Por ejemplo: «Entrega completa de medicamentos».")
    let reason = Field.paragraphs(
        "reason", "Por qué se hace", max: 2000, rows: 3, hint: "Sin datos de salud ni de una persona.")
    let entity = Field.text(
        "entity", "A quién se le hace", max: 200, hint: "La EPS, la IPS, la farmacia; pueden ser varias.")
    let startsOn = Field.date("starts_on", "Desde el")
    let endsOn = Field.date("ends_on", "Hasta el").optional()
    let isReserved = Field.checkbox(
        "is_reserved",
        "Es del espacio propio de la junta: la entidad no la ve hasta que la junta la comparta")
    let version = Field.integer("version", "Versión", in: 1...100_000)

    /// The exercise that a form describes; an older version of it where one is edited.
    func read(
        _ form: Submission, of alliance: ID<Alliance>, editing before: Oversight? = nil
    ) throws -> Oversight {
        let (title, reason, entity, startsOn, endsOn) = try form.read(title, reason, entity, startsOn, endsOn)
        let version = try before == nil ? 1 : form.read(self.version)
        let isReserved = try before?.isReserved ?? form.read(self.isReserved)
        return try Oversight(
            id: before?.id ?? ID(), alliance: alliance, isReserved: isReserved, title: title, reason: reason,
            entity: entity, startsOn: startsOn, endsOn: endsOn, version: version)
    }

    /// The form with what is known of an exercise.
    func filling(_ form: FormState, with oversight: Oversight) -> FormState {
        form.filling(title, with: oversight.title).filling(reason, with: oversight.reason)
            .filling(entity, with: oversight.entity).filling(startsOn, with: oversight.startsOn)
            .filling(endsOn, with: oversight.endsOn)
    }

    /// Writes the questions that are the same for a new exercise and an edited one.
    func write(_ form: inout HTML) {
        form.field(title)
        form.field(entity)
        form.field(reason)
        form.div(.class("form-row")) { row in
            row.field(startsOn)
            row.field(endsOn)
        }
    }
}

/// The questions of a registration.
struct OversightRegistrationForm {
    let authority = Field.text(
        "authority", "Ante quién", max: 200, hint: "La personería municipal o la cámara de comercio.")
    let number = Field.text("number", "Número", max: 80)
    let day = Field.date("day", "Fecha")
    let paper = Field.paper("paper", "El certificado o la resolución").optional()

    /// What a form tells.
    func read(
        _ form: Submission, of id: ID<Oversight>, in alliance: ID<Alliance>
    ) throws -> RegisterOversight {
        let (authority, number, day, paper) = try form.read(authority, number, day, paper)
        return RegisterOversight(
            id, of: alliance, as: try Oversight.Registration(before: authority, number: number, on: day),
            certificate: try paper?.stored(on: day))
    }
}

/// The questions of somebody of the team.
struct JoinOversightForm {
    let person = Field.text(
        "person", "Nombre o documento", max: 160,
        hint: "El documento de alguien del padrón, como «CC 123456», o el nombre de otra persona.")
    let role = Field.choice("role", "En el equipo", OversightMember.Role.allCases, title: \.title)
}

/// The questions of an indicator.
struct IndicatorForm {
    let name = Field.text("name", "Qué se mira", max: 200)
    let expected = Field.text("expected", "Qué se espera", max: 200)
}

/// The questions of the end of an exercise.
struct CloseOversightForm {
    let day = Field.date("day", "Se cierra el")
    let conclusion = Field.paragraphs(
        "conclusion", "A qué se llegó", max: 4000, rows: 5,
        hint: "Qué se vio, qué se corrigió y qué recomienda el equipo. Va en el informe.")
}

/// The questions of a photograph or a paper.
struct OversightEvidenceForm {
    let title = Field.text("title", "Qué muestra", max: 160, hint: "Sin personas que se reconozcan.")
    let day = Field.date("day", "Fecha del archivo")
    let file = Field.paper("file", "La foto o el documento")
}
