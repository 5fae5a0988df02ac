import Elections
import Kernel
import Tenancy

/// The questions of somebody who is to serve in a process.
struct ParticipantForm {
    let user: Field<ID<User>?>
    let name = Field.text("name", "Nombre y apellidos", max: 120, purpose: "off").conditional()
    let email = Field.text("email", "Correo", max: 254, type: "email").conditional()

    init(_ users: [User]) {
        user = Field.choice(
            "user", "Persona con usuario", users.map { Option($0.id, "\($0.name) · \($0.officeTitle)") },
            style: .menu, prompt: "Nadie de la lista: se invita a alguien nuevo"
        ).conditional()
    }

    /// Reads who was chosen, or is to be invited.
    func read(_ form: Submission, as officeTitle: String, through identity: Identity) throws -> Participant {
        let (user, name, email) = try form.read(user, name, email)
        if let user { return .user(user) }
        guard name != nil || email != nil else {
            throw InvalidInput([
                .init(
                    field: self.user.name,
                    message: "Escoja a una persona, o escriba nombre y correo de una nueva.")
            ])
        }
        return .newcomer(
            try User(filledIn: name ?? "", email: email ?? "", officeTitle: officeTitle), through: identity)
    }

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(user)
        form.p("O invite a alguien nuevo:", .class("form-text"))
        form.div(.class("form-row")) { row in
            row.field(name)
            row.field(email)
        }
    }
}

/// Names a juror.
struct AppointJurorPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let table: TableSetup
    let users: [User]
    let form: FormState

    var title: String { "Nombrar un jurado de la mesa \(table.number)" }
    var lead: String? {
        "Cada mesa tiene dos jurados, que cuentan por separado. No puede ser candidato, testigo, garante ni del comité."
    }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Mesas", .tables(heading.slug, process.id))]
    }
    var help: HelpTopic { "preparar-una-eleccion" }

    func body(_ html: inout HTML) {
        let documents = DocumentFields()
        html.form(
            to: .appointJuror(heading.slug, process.id, table.id),
            form.isRefused ? form : form.filling(documents.type, with: .cedula)
        ) { form in
            ParticipantForm(users).write(&form)
            form.p(
                "Si es del padrón, escriba su documento: así no podrá inscribirse también como candidato.",
                .class("form-text"))
            form.div(.class("form-row")) { row in
                row.field(documents.type)
                row.field(documents.number.optional())
            }
            form.submit("Nombrar el jurado", orBackTo: .tables(heading.slug, process.id))
        }
    }
}

/// What has to be handed to somebody who was invited: the address is shown once.
struct HandoverPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let title: String
    let invitation: Invitation
    let back: Path

    var trail: [Crumb] { heading.trail(to: process) }

    func body(_ html: inout HTML) {
        html.note(.done, "Falta que la persona entre") { note in
            note.p(
                "Entréguele esta dirección en persona o a su propio teléfono. Sirve una sola vez, hasta el \(SpanishFormat.longDateAndTime(invitation.expiresAt)), y no se vuelve a mostrar."
            )
            if let code = InvitationCode(rawValue: invitation.code) {
                note.p { $0.a(invitation.code, .href(.invitation(code))) }
            }
        }
        html.div(.class("form-end")) { $0.action("Listo", to: back, .primary) }
    }
}

/// The question of a relief.
struct ReliefForm {
    let reason = Field.paragraphs("reason", "Motivo", max: 500, rows: 3, hint: "Queda en la cronología.")
}

/// Relieves a juror.
struct RelieveJurorPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let table: TableSetup
    let juror: Juror
    let form: FormState

    var title: String { "Relevar a \(juror.name)" }
    var lead: String? {
        "Deja de ser jurado de la mesa \(table.number) y su usuario ya no podrá contar en ella."
    }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Mesas", .tables(heading.slug, process.id))]
    }
    var help: HelpTopic { "preparar-una-eleccion" }

    func body(_ html: inout HTML) {
        html.form(to: .relieveJuror(heading.slug, process.id, table.id, juror.id), form) { form in
            form.field(ReliefForm().reason)
            form.submit("Relevar al jurado", orBackTo: .tables(heading.slug, process.id))
        }
    }
}
