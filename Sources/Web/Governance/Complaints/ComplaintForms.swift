import Foundation
import Governance
import Kernel
import Tenancy

/// The questions of a complaint: none of them asks for anything clinical, nor for who complains.
struct ComplaintForm {
    static let warning =
        "No escriba diagnósticos, enfermedades, nombres de medicamentos ni números de documento. Basta contar qué pasó con el servicio."

    let kind = Field.choice(
        "kind", "Qué es", Complaint.Kind.allCases.map { Option($0, $0.title, hint: $0.hint) })
    let risk = Field.choice(
        "risk", "Si es un reclamo en salud, qué riesgo hay en esperar",
        [
            Option(Complaint.Risk.simple, "Simple", hint: "Puede esperar unos días sin empeorar."),
            Option(
                .priority, "Priorizado", hint: "Empeora si espera, o es una persona con protección especial."),
            Option(.vital, "Vital", hint: "Su vida está en peligro."),
        ]
    ).optional()
    let category = Field.choice(
        "category", "Sobre qué", Complaint.Category.allCases, title: \.title, style: .menu)
    let entity = Field.text(
        "entity", "De qué entidad", max: 120, hint: "La EPS, la clínica, la farmacia o el laboratorio.")
    let place = Field.text("place", "En qué sede o lugar", max: 120).optional()
    let occurredOn = Field.date("occurred_on", "Qué día pasó").optional()
    let earlierNumber = Field.text(
        "earlier_number", "Radicado anterior", max: 40,
        hint: "Si ya lo pidió a la entidad. Con él la entidad puede saber quién es usted."
    ).optional()
    let account = Field.paragraphs(
        "account", "Qué pasó", max: 2000, rows: 6,
        hint:
            "Por ejemplo: «Llevo tres semanas esperando la autorización de una cita y nadie responde el teléfono». Sin diagnósticos ni documentos."
    )
    let wish = Field.paragraphs("wish", "Qué pide", max: 500, rows: 2).optional()

    /// What a form tells.
    func read(_ form: Submission) throws -> ComplaintContent {
        let (kind, risk, category, entity, place, occurredOn, earlierNumber, account, wish) = try form.read(
            kind, risk, category, entity, place, occurredOn, earlierNumber, account, wish)
        return try ComplaintContent(
            kind: kind, risk: risk, category: category, entity: entity, place: place,
            occurredOn: occurredOn, earlierNumber: earlierNumber, account: account, wish: wish)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.note(.info, "Sin datos de salud") { $0.p(Self.warning) }
        form.field(kind)
        form.field(risk)
        form.field(category)
        form.div(.class("form-row")) { row in
            row.field(entity)
            row.field(place)
        }
        form.div(.class("form-row")) { row in
            row.field(occurredOn)
            row.field(earlierNumber)
        }
        form.field(account)
        form.field(wish)
    }
}

/// The questions of who complains, who may leave them all blank.
struct ComplainantForm {
    static let consent =
        "Autorizo que la alianza guarde mi nombre y mi contacto, aparte de la queja, para que los vea solo quien la resuelve (Ley 1581 de 2012). Puedo pedir que se borren."

    let authorises: Field<Bool>
    let how: Field<Complainant.Authorisation?>
    let name = Field.text("name", "Nombre", max: 120).optional()
    let document = Field.text("identity", "Documento", max: 30).optional()
    let contact = Field.text("contact", "Teléfono o correo para avisar", max: 120).optional()
    let isDesk: Bool

    /// The questions for whoever complains, or for whoever notes it for them.
    init(isDesk: Bool) {
        self.isDesk = isDesk
        authorises = Field.checkbox(
            "authorises",
            isDesk ? "La persona autoriza que se guarde su nombre, aparte de la queja" : Self.consent)
        how = Field.choice(
            "how", "Cómo autorizó", [Complainant.Authorisation.paper, .inPerson, .phone], title: \.title
        ).optional()
    }

    /// Who complains; `nil` where they did not authorise that it be kept.
    func read(_ form: Submission, on day: CalendarDate) throws -> Complainant? {
        let (authorises, how, name, document, contact) = try form.read(
            authorises, how, name, document, contact)
        guard authorises else {
            guard name == nil, document == nil, contact == nil else {
                throw InvalidInput([
                    .init(
                        field: self.authorises.name,
                        message:
                            "Sin autorización no se guarda el nombre. Márquela, o borre los datos de la persona."
                    )
                ])
            }
            return nil
        }
        if isDesk, how == nil {
            throw InvalidInput([.init(field: self.how.name, message: "Diga cómo autorizó la persona.")])
        }
        return try Complainant(
            name: name ?? "", document: document, contact: contact, authorisedOn: day,
            authorisedHow: how ?? .page)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.fieldset { group in
            group.legend("Quién la presenta", .class("h2"))
            group.p(
                "Puede ser anónima: la queja se tramita igual. El nombre va aparte, y cada vez que alguien lo ve queda en el registro, con el para qué.",
                .class("form-text"))
            group.field(authorises)
            if isDesk { group.field(how) }
            group.div(.class("form-row")) { row in
                row.field(name)
                if isDesk { row.field(document) }
                row.field(contact)
            }
        }
    }
}

/// What is asked for each thing that is recorded of a complaint.
struct ComplaintTaskForm {
    let task: ComplaintTask
    let addressee = Field.text(
        "addressee", "A quién se trasladó", max: 160,
        hint: "La oficina o el cargo que la recibe: «Oficina de atención al usuario».")
    let moment = Field.instant("moment", "Cuándo", hint: "El plazo se cuenta desde aquí.")
    let reference: Field<String?>
    let note: Field<String>
    let proof = Field.paper("proof", "La prueba", hint: "El correo, el oficio recibido o la respuesta.")
        .optional()
    let kind = Field.choice("kind", "Qué es", Complaint.Kind.allCases, title: \.title)
    let risk = Field.choice(
        "risk", "Riesgo, si es un reclamo en salud", Complaint.Risk.ofClaims, title: \.title
    ).optional()
    let outcome: Field<Complaint.Outcome>
    let endsIt = Field.checkbox(
        "ends", "Cerrarla aunque no se corrigió del todo",
        hint: "Si no lo marca, la queja se reabre para trasladarla otra vez.")
    let purpose = Field.text(
        "purpose", "Para qué necesita saber quién es", max: 200,
        hint: "Por ejemplo: «Llamarla para confirmar la nueva fecha de la cita». Queda en el registro.")

    init(_ task: ComplaintTask) {
        self.task = task
        reference = Field.text(
            "reference",
            task == .transfer ? "Radicado que dio la entidad" : "Número de la respuesta", max: 60
        ).optional()
        let question =
            switch task {
            case .transfer: "Por qué medio se envió"
            case .answer: "Qué respondió la entidad"
            case .check: "Cómo se verificó, con quién o dónde"
            case .classification: "Por qué cambia"
            case .closing: "Cómo se orientó a la persona, o por qué desistió"
            case .reopening: "Por qué se reabre"
            case .progress: "Qué pasó"
            case .analysis: "Qué piensa la junta"
            case .erasure: "Cómo lo pidió la persona"
            case .identity: ""
            }
        note = Field.paragraphs("note", question, max: 1000, rows: 4, hint: "Sin diagnósticos ni documentos.")
        let outcomes = task == .check ? Complaint.Outcome.ofChecks : Complaint.Outcome.ofClosings
        outcome = Field.choice(
            "outcome", task == .check ? "Qué encontró la alianza" : "Cómo termina", outcomes, title: \.title)
    }

    var hasFiles: Bool { [.transfer, .answer, .check, .progress].contains(task) }

    /// Records what a form tells.
    func run(
        _ context: TenantContext, _ form: Submission, about id: ID<Complaint>, of heading: AllianceHeading
    ) async throws {
        let alliance = heading.alliance.id
        switch task {
        case .transfer:
            let (addressee, moment, reference, proof) = try form.read(addressee, moment, reference, proof)
            let note = try form.read(note.optional())
            try await context.run(
                FollowComplaint(
                    id, of: alliance, .transferred(to: addressee, reference: reference), note: note ?? "",
                    at: moment, proof: try proof?.stored(on: ColombianTime.date(at: moment))), form)
        case .answer:
            let (moment, reference, note, proof) = try form.read(moment, reference, note, proof)
            try await context.run(
                FollowComplaint(
                    id, of: alliance, .answered(reference: reference), note: note, at: moment,
                    proof: try proof?.stored(on: ColombianTime.date(at: moment))), form)
        case .check:
            let (outcome, note, endsIt, proof) = try form.read(outcome, note, endsIt, proof)
            try await context.run(
                CheckComplaint(
                    id, of: alliance, found: outcome, note: note, endsIt: endsIt,
                    proof: try proof?.stored(on: context.today)), form)
        case .classification:
            let (kind, risk, note) = try form.read(kind, risk, note)
            try await context.run(
                FollowComplaint(id, of: alliance, .classified(kind, risk), note: note), form)
        case .closing:
            let (outcome, note) = try form.read(outcome, note)
            try await context.run(FollowComplaint(id, of: alliance, .closed(outcome), note: note), form)
        case .reopening:
            try await context.run(
                FollowComplaint(id, of: alliance, .reopened, note: try form.read(note)), form)
        case .progress:
            let (note, proof) = try form.read(note, proof)
            try await context.run(
                FollowComplaint(
                    id, of: alliance, .progress, note: note, proof: try proof?.stored(on: context.today)),
                form)
        case .analysis:
            try await context.run(AnalyseComplaint(id, of: alliance, note: try form.read(note)), form)
        case .erasure:
            let (note, _) = try form.read(note, Confirmation.erasure.field)
            try await context.run(EraseComplainant(in: alliance, asked: .desk(id, asked: note)), form)
        case .identity: throw NoSuchPage()
        }
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        switch task {
        case .transfer:
            form.field(addressee)
            form.div(.class("form-row")) { row in
                row.field(moment)
                row.field(reference)
            }
            form.field(note.optional())
            form.field(proof)
        case .answer:
            form.div(.class("form-row")) { row in
                row.field(moment)
                row.field(reference)
            }
            form.field(note)
            form.field(proof)
        case .check:
            form.field(outcome)
            form.field(note)
            form.field(endsIt)
            form.field(proof)
        case .classification:
            form.field(kind)
            form.field(risk)
            form.field(note)
        case .closing:
            form.field(outcome)
            form.field(note)
        case .progress:
            form.field(note)
            form.field(proof)
        case .reopening, .analysis, .erasure: form.field(note)
        case .identity: form.field(purpose)
        }
    }
}
