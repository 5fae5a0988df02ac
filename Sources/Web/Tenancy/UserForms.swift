import Foundation
import Kernel
import Tenancy

/// The questions of a role: which, where, and from when until when.
struct GrantForm {
    let role: Field<RoleChoice>
    let space: Field<SpaceChoice>
    let from = Field.date(
        "from", "Desde", hint: "Vacío: desde ahora mismo."
    ).optional()
    let until = Field.date(
        "until", "Hasta, con ese día incluido", hint: "Vacío: mientras no se termine a mano."
    ).optional()

    init(_ organization: Organization, _ alliances: [Alliance]) {
        role = Field.choice(
            "role", "Función",
            RoleChoice.given(by: organization.kind).map { Option($0, $0.role.title, hint: $0.duty) },
            style: .list)
        space = Field.choice(
            "alliance", "Vale en", SpaceChoice.options(alliances), style: .menu,
            hint: "Las funciones de junta, comité, jurado, testigo, garante y asociado valen en una alianza.")
    }

    /// When a role begins that was asked for from a day on; today means at once.
    static func start(_ day: CalendarDate?, today: CalendarDate) -> Date? {
        day.flatMap { $0 == today ? nil : ColombianTime.startOfDay($0) }
    }

    /// When a role ends that holds through a day.
    static func end(_ day: CalendarDate?) -> Date? { day.map(ColombianTime.endOfDay) }
}

/// The questions of an invitation.
struct InviteForm {
    let name = Field.text("name", "Nombre y apellidos", max: 120)
    let email = Field.text(
        "email", "Correo", max: 254,
        hint: "Con él entra. Ahí llega el enlace, si la plataforma envía correo.",
        mode: "email", type: "email")
    let officeTitle = Field.text(
        "office_title", "Cargo", max: 120, hint: "Como irá en los documentos: «Profesional de participación»."
    )
    let document = DocumentFields(hint: "También puede entrar con él.")
}

extension HTML {
    /// Asks for the document of a user, and says why.
    fileprivate mutating func userDocument(_ fields: DocumentFields) {
        p(
            "Pida el documento a asociados, junta, jurados y testigos, y siempre al comité electoral: por él se sabe quién es en el padrón, y nadie decide en una elección en la que se postula.",
            .class("form-text"))
        div(.class("form-row")) { row in
            row.field(fields.type)
            row.field(fields.number.optional())
        }
    }
}

/// Invites a user.
struct InviteUserPage: Page {
    let form: FormState
    let organization: Organization
    let alliances: [Alliance]
    let sendsMail: Bool

    var title: String { "Invitar a una persona" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Usuarios", .users())] }
    var help: HelpTopic { "usuarios" }

    func body(_ html: inout HTML) {
        let person = InviteForm()
        let grant = GrantForm(organization, alliances)
        if !sendsMail {
            html.note(
                .info,
                "Esta instalación no envía correo: al terminar verá un enlace para copiar o imprimir, y entregarlo usted."
            )
        }
        html.form(
            to: .inviteUser(), form.isRefused ? form : form.filling(person.document.type, with: .cedula)
        ) { form in
            form.field(person.name)
            form.field(person.email)
            form.field(person.officeTitle)
            form.userDocument(person.document)
            form.field(grant.role)
            form.field(grant.space)
            form.field(grant.from)
            form.field(grant.until)
            form.submit("Invitar", orBackTo: .users())
        }
    }
}

/// The link of an invitation, shown this once.
struct InvitedPage: Page {
    let name: String
    let user: ID<User>
    let invitation: Invitation
    let address: String
    let organization: Organization
    /// The address to which it was mailed too, `nil` where it goes by hand.
    let mailedTo: String?

    var title: String {
        invitation.handover == .mail ? "El enlace va por correo a \(name)" : "Entregue este enlace a \(name)"
    }
    var lead: String? {
        invitation.handover == .mail
            ? "Con él elige su contraseña. Sirve una sola vez, hasta el \(SpanishFormat.longDateAndTime(invitation.expiresAt))"
            : "Con él elige su contraseña. Se muestra una sola vez y sirve una sola vez."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Usuarios", .users())] }
    var help: HelpTopic { "usuarios" }

    func body(_ html: inout HTML) {
        guard invitation.handover != .mail else {
            html.note(
                .info,
                "Esa persona decide o vigila en una elección: su enlace llega solo a \(mailedTo ?? "su correo") y no se muestra aquí. Puede tardar unos minutos."
            )
            html.div(.class("form-end")) { $0.action("Listo", to: .user(user), .primary) }
            return
        }
        if invitation.handover == .shownAndTold {
            html.note(.warning, "Este enlace no debería verlo nadie más") { note in
                note.p(
                    "Esa persona decide o vigila en una elección, y aquí no se le puede enviar por correo. Entrégueselo sin abrirlo: en el registro de la elección queda que usted lo vio, y el comité electoral lo encuentra en sus pendientes."
                )
            }
        }
        html.section(.class("handover")) { sheet in
            sheet.p(.class("handover-to")) { line in
                line.strong(organization.name)
                line.text(" invita a ")
                line.strong(name)
            }
            if let code = try? QRCode(address) { sheet.qrCode(code, "Código que abre la invitación") }
            sheet.p("Lea el código con la cámara del teléfono, o escriba esta dirección en el navegador:")
            sheet.p(.class("handover-address")) { $0.code(address, .id("enlace")) }
            sheet.p("Sirve hasta: \(SpanishFormat.longDateAndTime(invitation.expiresAt))")
        }
        html.div(.class("form-end handover-end")) { end in
            end.button(
                "Copiar el enlace", .type("button"), .class("btn btn-outline-primary"),
                .data("copy", "enlace"),
                .hidden())
            end.button(
                "Imprimir", .type("button"), .class("btn btn-outline-primary"), .data("print", "1"), .hidden()
            )
            end.action("Listo", to: .user(user), .primary)
        }
        if let mailedTo {
            html.note(.done, "También va por correo a \(mailedTo); puede tardar unos minutos.")
        } else {
            html.note(.info) { note in
                note.p(
                    "Entréguelo en la mano o por un canal que solo use esa persona: quien lo abra primero queda con el usuario."
                )
            }
        }
    }
}

/// Gives a user a role.
struct GrantRolePage: Page {
    let form: FormState
    let user: User
    let organization: Organization
    let alliances: [Alliance]

    var title: String { "Dar una función a \(user.name)" }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Usuarios", .users()), Crumb(user.name, .user(user.id))]
    }
    var help: HelpTopic { "usuarios" }

    func body(_ html: inout HTML) {
        let fields = GrantForm(organization, alliances)
        html.form(to: .grantRole(user.id), form) { form in
            form.field(fields.role)
            form.field(fields.space)
            form.field(fields.from)
            form.field(fields.until)
            form.submit("Dar la función", orBackTo: .user(user.id))
        }
    }
}

/// The question of why a role ends.
struct EndGrantForm {
    static let word = "TERMINAR"
    let reason = Field.text(
        "reason", "Motivo", max: 300,
        hint: "Queda en el registro: «Renunció el 3 de marzo», «Cambió de cargo».")
}

/// Ends a role.
struct EndGrantPage: Page {
    let form: FormState
    let user: User
    let record: GrantRecord
    let alliances: [Alliance]

    var title: String { "Terminar la función «\(record.grant.role.title)»" }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Usuarios", .users()), Crumb(user.name, .user(user.id))]
    }
    var help: HelpTopic { "usuarios" }

    func body(_ html: inout HTML) {
        html.note(.warning, "Qué pasa al terminarla") { note in
            note.ul(.class("losses")) { list in
                list.li(
                    "\(user.name) deja de ser «\(record.grant.role.title)» en \(record.grant.place(among: alliances)) de inmediato."
                )
                list.li(
                    "Lo que hizo queda en el registro. La función no se borra: queda con su fecha de fin.")
            }
        }
        html.form(to: .endGrant(user.id, record.id), form) { form in
            form.field(EndGrantForm().reason)
            form.field(.confirmation(EndGrantForm.word))
            form.submit("Terminar la función", .danger, orBackTo: .user(user.id))
        }
    }
}

/// The questions of a user's data.
struct EditUserForm {
    let name = Field.text("name", "Nombre y apellidos", max: 120)
    let officeTitle = Field.text("office_title", "Cargo", max: 120)
    let document = DocumentFields()
    let isActive = Field.checkbox(
        "is_active", "Puede entrar",
        hint: "Sin esta marca no entra más, y sus sesiones dejan de servir. Sus funciones quedan como están.")
}

/// Changes a user's data.
struct EditUserPage: Page {
    let form: FormState
    let user: User

    var title: String { "Editar a \(user.name)" }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Usuarios", .users()), Crumb(user.name, .user(user.id))]
    }
    var help: HelpTopic { "usuarios" }

    func body(_ html: inout HTML) {
        let fields = EditUserForm()
        html.facts(Fact("Correo", user.email))
        html.form(to: .editUser(user.id), form.isRefused ? form : filled(fields)) { form in
            form.field(fields.name)
            form.field(fields.officeTitle)
            form.userDocument(fields.document)
            form.field(fields.isActive)
            form.submit("Guardar los cambios", orBackTo: .user(user.id))
        }
    }

    private func filled(_ fields: EditUserForm) -> FormState {
        let form = form.filling(fields.name, with: user.name)
            .filling(fields.officeTitle, with: user.officeTitle)
            .filling(fields.isActive, with: user.isActive)
            .filling(fields.document.type, with: user.document?.type ?? .cedula)
        return user.document.map { form.filling(fields.document.number, with: $0.number) } ?? form
    }
}

extension IdentityConfirmation.Way: PathValue {}

/// The questions of letting somebody in anew.
struct ResetAccessForm {
    let way = Field.choice(
        "way", "¿Cómo comprobó quién es?", IdentityConfirmation.Way.allCases, title: \.title, style: .list)
    let remark = Field.text(
        "remark", "Qué vio o qué preguntó", max: 300,
        hint: "Queda en el registro: «Vi su cédula y su carné». No escriba el número.")
}

/// Lets a user in anew.
struct ResetAccessPage: Page {
    let form: FormState
    let access: UserAccess
    /// Whether the user ever had a role whose access the entity does not reset.
    let needsOperator: Bool

    private var user: User { access.user }

    var title: String {
        access.hasAccount
            ? "Restablecer el ingreso de \(user.name)" : "Hacer otra invitación para \(user.name)"
    }
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Usuarios", .users()), Crumb(user.name, .user(user.id))]
    }
    var help: HelpTopic { "usuarios" }

    func body(_ html: inout HTML) {
        let fields = ResetAccessForm()
        guard !needsOperator || !access.hasAccount else {
            html.note(.warning, UserError.resetNeedsOperator(user.name).message)
            return
        }
        if access.hasAccount {
            html.note(.warning, "Qué pasa al restablecerlo") { note in
                note.ul(.class("losses")) { list in
                    list.li("Con el enlace nuevo elige otra contraseña y, si lo necesita, otro segundo paso.")
                    list.li(
                        "Desde ahora la contraseña y el teléfono de antes no abren esta entidad, y sus sesiones se cierran."
                    )
                    list.li("Si trabaja en otras entidades, allá no cambia nada.")
                }
            }
        } else {
            html.p("El enlace anterior deja de servir.")
        }
        html.form(to: .resetAccess(user.id), form) { form in
            if access.hasAccount {
                form.field(fields.way)
                form.field(fields.remark)
            }
            form.submit(
                access.hasAccount ? "Restablecer y ver el enlace" : "Hacer la invitación",
                orBackTo: .user(user.id))
        }
    }
}
