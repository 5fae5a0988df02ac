import Foundation
import Kernel
import Reporting
import Tenancy

/// The questions of an invitation.
struct InvitationForm {
    /// The name of the button that joins the invitation to the open account.
    static let joinName = "join"

    let password = Field.password("password", "Contraseña nueva", purpose: "new-password")
    let repeated = Field.password("repeated", "La misma contraseña otra vez", purpose: "new-password")
}

/// Opens an account for who was invited, or joins the invitation to theirs.
struct InvitationPage: Page {
    let form: FormState
    let code: InvitationCode
    let preview: InvitationPreview
    /// The name of who is signed in.
    let account: String?
    let limits: IdentityLimits

    var title: String { "Invitación de \(preview.organization.shortName)" }
    var lead: String? {
        "\(preview.user.name), elija una contraseña para entrar como \(preview.user.officeTitle)."
    }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        let fields = InvitationForm()
        html.p(
            "La invitación sirve hasta el \(SpanishFormat.longDateAndTime(preview.expiresAt)) La contraseña necesita al menos \(limits.passwordCharacters) caracteres: una frase que solo usted recuerde es lo mejor."
        )
        html.form(to: .invitation(code), form) { form in
            form.field(fields.password)
            form.field(fields.repeated)
            form.submit("Crear la cuenta y entrar")
        }
        if let account {
            html.section("¿Ya tiene una cuenta?") { part in
                part.p("Está dentro como \(account). Puede sumar esta entidad a esa cuenta.")
                part.action(
                    "Sumar a mi cuenta", posting: .invitation(code),
                    sending: [QueryItem(name: InvitationForm.joinName, value: "1")])
            }
        } else {
            html.p(.class("form-text")) { line in
                line.text("¿Ya tiene una cuenta en otra entidad? ")
                line.a("Entre con ella", .href(Path.signIn().with(Back.name, "/invitacion/\(code.rawValue)")))
                line.text(" y vuelva a este enlace.")
            }
        }
    }
}

/// One's own account.
struct AccountPage: Page {
    let who: SignedIn
    let sessions: [Session]
    let recoveryCodesLeft: Int?
    let now: Date

    var title: String { "Mi cuenta" }
    var trail: [Crumb] {
        TenantSlug(rawValue: who.organization.slug).map { [Crumb("Inicio", .home().of($0))] } ?? []
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Nombre", who.user.name), Fact("Cargo", who.user.officeTitle),
            Fact("Correo", who.user.email),
            Fact("Entidad", who.organization.name))
        html.section("Contraseña") { $0.action("Cambiar la contraseña", to: .password()) }
        html.section("Segundo paso") { part in
            if let left = recoveryCodesLeft {
                part.p(
                    "Está activo. Le quedan \(SpanishFormat.count(left, "código de recuperación", "códigos de recuperación"))."
                )
                part.div(.class("form-end")) { line in
                    line.action("Cambiar de teléfono", to: .enrolment())
                    line.action("Hacer códigos nuevos", posting: .recoveryCodes())
                }
            } else {
                part.p("No está activo: su cuenta se abre solo con la contraseña.")
                part.action("Activar el segundo paso", to: .enrolment())
            }
        }
        html.section("Sesiones abiertas") { part in
            part.ul(.class("sessions")) { list in
                for session in sessions {
                    list.li { item in
                        item.p { line in
                            line.strong(session.agent.isEmpty ? "Navegador sin nombre" : session.agent)
                            line.text(
                                ", desde \(session.address), usada por última vez el \(SpanishFormat.longDateAndTime(session.lastSeenAt))"
                            )
                        }
                        if session.id == who.session.id {
                            item.p("Es esta.", .class("form-text"))
                        } else {
                            item.action(
                                "Cerrar esta sesión", posting: .endSession(),
                                sending: [QueryItem(name: "session", value: session.id.description)])
                        }
                    }
                }
            }
            if sessions.count > 1 {
                part.action("Cerrar todas las demás", posting: .endSession(), .danger)
            }
        }
    }
}

/// The questions of another password.
struct PasswordForm {
    let current = Field.password("current", "Contraseña actual", purpose: "current-password")
    let password = Field.password("password", "Contraseña nueva", purpose: "new-password")
    let repeated = Field.password("repeated", "La nueva otra vez", purpose: "new-password")
}

/// Changes one's password.
struct PasswordPage: Page {
    let form: FormState
    let who: SignedIn

    var title: String { "Cambiar la contraseña" }
    var trail: [Crumb] { [Crumb("Mi cuenta", .account())] }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        let fields = PasswordForm()
        html.form(to: .password(), form) { form in
            form.field(fields.current)
            form.field(fields.password)
            form.field(fields.repeated)
            form.submit("Cambiar la contraseña", orBackTo: .account())
        }
    }
}

/// The front page, for everybody.
struct StartPage: ListPage {
    enum Sort: String, SortKey {
        case municipality = "municipio"
        static let initial = Self.municipality
    }

    static let columns: [Column<ListedAlliance, Sort>] = [
        .text("Municipio") { $0.municipality },
        .text(
            "Alianza",
            to: { row in
                TenantSlug(rawValue: row.organizationSlug).flatMap { tenant in
                    AllianceSlug(rawValue: row.slug).map { .publicAlliance(tenant, $0) }
                }
            }
        ) { $0.name },
        .text("Entidad") { $0.organizationName },
        .status("Estado") { $0.state.status },
    ]

    static let words = Field.text("q", "Municipio, entidad o alianza", max: 80).optional()

    let admission: Admission
    let query: ListQuery<Sort>
    let found: Found<ListedAlliance>

    var title: String { "Alianzas de usuarios de la salud" }
    var lead: String? {
        "Aquí los usuarios de EPS e IPS se organizan, eligen a sus representantes y vigilan la atención."
    }

    func actions(_ html: inout HTML) {
        switch admission.session {
        case .admitted(let who):
            if let slug = TenantSlug(rawValue: who.organization.slug) {
                html.action("Ir a \(who.organization.shortName)", to: .home().of(slug), .primary)
            }
        case .secondFactor: html.action("Terminar de entrar", to: .secondFactor(), .primary)
        case .enrolment: html.action("Terminar de entrar", to: .enrolment(), .primary)
        case .tenantChoice: html.action("Escoger la entidad", to: .tenantChoice(), .primary)
        case nil: html.action("Entrar", to: .signIn(), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.section("Encuentre su alianza", id: "alianzas") { part in
            part.list(
                self, filters: { $0.field(Self.words) },
                empty: EmptyState("Todavía no hay alianzas publicadas."))
        }
        html.section("Qué puede hacer aquí") { part in
            part.ul { list in
                list.li(
                    "Oficinas de participación y SIAU: llevar varias alianzas, sus asociados, reuniones y elecciones."
                )
                list.li(
                    "Comités electorales y jurados: censo, planchas, mesas, escrutinio y proclamación, paso a paso."
                )
                list.li(
                    "Personerías, secretarías y otros organismos de control: ver el cumplimiento de su municipio."
                )
                list.li(
                    "Ciudadanía: encontrar su alianza, sus representantes y sus elecciones, y comprobar un documento."
                )
            }
        }
    }
}
