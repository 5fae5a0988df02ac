import Foundation
import Kernel
import Membership
import Reporting
import Tenancy

extension Path {
    /// Asks to join an alliance, as anybody.
    static let join = Route<TenantSlug, AllianceSlug>("/publico/{tenant}/{alliance}/inscribirme")
    /// Where one's request to join stands, by its code.
    static let joinReceipt = Route<TenantSlug, AllianceSlug>(
        "/publico/{tenant}/{alliance}/inscribirme/seguir")
    /// Takes one's request to join back, by its code.
    static let withdrawJoinRequest = Route<TenantSlug, AllianceSlug>(
        "/publico/{tenant}/{alliance}/inscribirme/retirar")
    /// The requests of people whom the register does not show.
    static let joinRequests = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/solicitudes/de-la-pagina")
    /// Says who made such a request.
    static let identifyJoinRequest = Route<AllianceSlug, ID<JoinRequest>>(
        "/o/{tenant}/alianzas/{alliance}/solicitudes/de-la-pagina/{request}/reconocer")
    /// Closes such a request.
    static let closeJoinRequest = Route<AllianceSlug, ID<JoinRequest>>(
        "/o/{tenant}/alianzas/{alliance}/solicitudes/de-la-pagina/{request}/cerrar")
}

extension Confirmation {
    /// Takes a request to join back.
    static let joinWithdrawal = Self(
        word: "RETIRAR",
        consequences: [
            "Se borran el documento, el nombre y el contacto que usted escribió.",
            "Si nadie había decidido, su solicitud se retira. Puede hacer otra cuando quiera.",
            "Si ya lo aceptaron, sigue en la alianza: para salir, acérquese a la oficina de participación.",
        ],
        verb: "Retirar la solicitud y borrar mis datos")
}

/// The questions of whoever joins by themselves.
struct JoinForm {
    static let receiptCode = Field.text(
        "code", "Código de la solicitud", max: 40,
        hint: "Los cuatro grupos de letras y números que recibió.")

    let document = DocumentFields()
    let name = Field.text("name", "Nombres y apellidos", max: 160, purpose: "name")
    let birthDate: Field<CalendarDate>
    let phone = Field.text("phone", "Teléfono", max: 40, purpose: "tel", mode: "tel").conditional()
    let email = Field.text("email", "Correo", max: 254, purpose: "email", mode: "email").conditional()
    let agrees = Field.checkbox(
        "agrees", "Leí el texto y autorizo el tratamiento de mis datos personales",
        demand: "Sin su autorización no podemos guardar la solicitud.")
    let agreesSensitive = Field.checkbox(
        "agrees_sensitive", "Autorizo, aparte, que se guarde que soy de la alianza",
        hint: "Es un dato sensible: nadie está obligado a darla, y puede inscribirse sin ella.")
    let personalText = Field.text("personal_text", "Texto", max: 40)
    let sensitiveText = Field.text("sensitive_text", "Texto", max: 40).optional()

    init(today: CalendarDate) {
        birthDate = Field.date(
            "birth_date", "Fecha de nacimiento", in: today.addingYears(-120)...today,
            hint: "Con ella se sabe que el documento es suyo.", purpose: "bday")
    }

    /// Reads who asks and what they agreed to.
    func read(_ form: Submission) throws -> (JoinRequest.Typed, JoinRequest.Agreement) {
        let (document, person, agreesSensitive) = try form.together(document.required, person, agreement)
        let (personal, sensitive) = try form.read(personalText, sensitiveText)
        guard let personal = ID<ConsentText>(personal) else { throw JoinRequestError.textChanged }
        return (
            try JoinRequest.Typed(
                document: document, name: person.name, birthDate: person.birthDate, phone: person.phone,
                email: person.email),
            JoinRequest.Agreement(
                personal: personal,
                sensitive: agreesSensitive ? sensitive.flatMap { ID<ConsentText>($0) } : nil)
        )
    }

    private func person(
        _ form: Submission
    ) throws -> (name: String, birthDate: CalendarDate, phone: String?, email: String?) {
        let (name, birthDate, phone, email) = try form.read(name, birthDate, phone, email)
        return (name, birthDate, phone, email)
    }

    /// Whether the sensitive data are agreed to, where the others are.
    private func agreement(_ form: Submission) throws -> Bool {
        let (_, isSensitive) = try form.read(agrees, agreesSensitive)
        return isSensitive
    }
}

/// Joins an alliance from its public page, without an account.
struct JoinPage: Page {
    let door: PublicDoor
    let entity: String
    /// What is agreed to; `nil` where the entity has published none yet.
    let personal: ConsentText?
    let sensitive: ConsentText?
    let form: FormState
    let today: CalendarDate

    var title: String { "Inscribirme" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        guard !door.isDissolved else {
            return html.note(.info, "La alianza está disuelta y ya no recibe asociados.")
        }
        html.p(
            "Para usuarios de \(entity) mayores de edad. No necesita cuenta: la oficina de participación revisa su solicitud y le responde por el teléfono o el correo que deje."
        )
        html.p { line in
            line.a("¿Ya la hizo? Sígala con su código", .href(.joinReceipt(door.tenant, door.slug)))
        }
        guard let personal else {
            return html.note(
                .info,
                "La entidad no ha publicado el texto de la autorización de datos, y sin él no se reciben solicitudes por aquí. Pida su ingreso en la oficina de participación."
            )
        }
        let fields = JoinForm(today: today)
        html.form(
            to: .join(door.tenant, door.slug),
            form.isTyped ? form : form.filling(fields.document.type, with: .cedula)
        ) { form in
            form.fieldset { part in
                part.legend("Quién es usted", .class("h2"))
                part.div(.class("form-row")) { row in
                    row.field(fields.document.type)
                    row.field(fields.document.number)
                }
                part.field(fields.name)
                part.field(fields.birthDate)
            }
            form.fieldset { part in
                part.legend("Por dónde le respondemos", .class("h2"))
                part.p("Basta con uno de los dos.", .class("form-text"))
                part.div(.class("form-row")) { row in
                    row.field(fields.phone)
                    row.field(fields.email)
                }
            }
            form.fieldset { part in
                part.legend("Su autorización", .class("h2"))
                part.write([personal])
                part.input(
                    .type("hidden"), .name(fields.personalText.name), .value(personal.id.description))
                part.field(fields.agrees)
                if let sensitive {
                    part.write([sensitive])
                    part.input(
                        .type("hidden"), .name(fields.sensitiveText.name), .value(sensitive.id.description))
                    part.field(fields.agreesSensitive)
                }
            }
            form.submit("Enviar mi solicitud", orBackTo: .publicAlliance(door.tenant, door.slug))
        }
    }
}

/// The code of a request to join that was just made. It says the same to everybody.
struct JoinedPage: Page {
    let door: PublicDoor
    let code: ReadableCode

    var title: String { "Recibimos su solicitud" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        html.p(
            "La oficina de participación la compara con el padrón de la entidad y con los requisitos de la alianza, y le responde."
        )
        html.note(.warning, "Guarde este código") { note in
            note.p(.class("seal")) { $0.code(code.description) }
            note.p(
                "Con él se sabe cómo va su solicitud, y puede retirarla y borrar sus datos. No se vuelve a mostrar: anótelo o tómele una foto."
            )
        }
        html.div(.class("form-end")) { end in
            end.action("Seguir mi solicitud", to: .joinReceipt(door.tenant, door.slug), .primary)
            end.action("Volver a la alianza", to: .publicAlliance(door.tenant, door.slug))
        }
    }
}

/// Asks for the code of a request to join, and says where it stands.
struct JoinReceiptPage: Page {
    let door: PublicDoor
    let form: FormState
    /// What was found.
    var found: JoinReceipt?

    var title: String { found == nil ? "Seguir mi solicitud" : "Su solicitud de inscripción" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] { door.trail }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        guard let found else {
            return html.form(to: .joinReceipt(door.tenant, door.slug), form) { form in
                form.field(JoinForm.receiptCode)
                form.submit("Consultar", orBackTo: .publicAlliance(door.tenant, door.slug))
            }
        }
        html.p { $0.status(found.state.status) }
        html.p(words(of: found))
        html.facts(
            Fact("Llegó", SpanishFormat.longDate(found.requestedOn)),
            Fact("Respuesta", found.answeredOn.map(SpanishFormat.longDate)),
            Fact("Motivo", found.state == .refused ? found.reason : nil),
            Fact("Sus datos", found.isErased ? "Borrados, como usted lo pidió" : nil))
        html.p { line in
            line.a("Consultar otra", .href(.joinReceipt(door.tenant, door.slug)))
            if !found.isErased {
                line.text(" · ")
                line.a(
                    "Retirarla y borrar mis datos", .href(.withdrawJoinRequest(door.tenant, door.slug)))
            }
        }
    }

    private func words(of found: JoinReceipt) -> String {
        switch found.state {
        case .pending: "La oficina de participación la está revisando."
        case .accepted: "Usted ya es de la alianza. La oficina le explica cómo entrar con su cuenta."
        case .refused: "No se aceptó. Puede preguntar en la oficina, o hacer otra solicitud."
        case .withdrawn: "La solicitud se retiró."
        }
    }
}

/// Takes one's request to join back, by its code.
struct WithdrawJoinRequestPage: Page {
    let door: PublicDoor
    let form: FormState

    var title: String { "Retirar mi solicitud" }
    var lead: String? { door.alliance.name }
    var trail: [Crumb] {
        door.trail + [Crumb("Seguir mi solicitud", .joinReceipt(door.tenant, door.slug))]
    }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func body(_ html: inout HTML) {
        html.confirmation(
            .joinWithdrawal, to: .withdrawJoinRequest(door.tenant, door.slug), form,
            orBackTo: .joinReceipt(door.tenant, door.slug)
        ) { $0.field(JoinForm.receiptCode) }
    }
}
