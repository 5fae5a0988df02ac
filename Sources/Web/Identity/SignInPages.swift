import Hummingbird
import Kernel
import Tenancy

/// The questions of signing in.
struct SignInForm {
    let login = Field.text(
        "login", "Correo o número de documento", max: 120, purpose: "username")
    let password = Field.password("password", "Contraseña", purpose: "current-password")
}

/// Where one signs in.
struct SignInPage: Page {
    let form: FormState
    let back: String?

    var title: String { "Entrar" }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        let fields = SignInForm()
        html.form(to: Path.signIn().with(Back.name, back), form) { form in
            form.field(fields.login)
            form.field(fields.password)
            form.submit("Entrar")
        }
        html.p(.class("form-text")) { line in
            line.text(
                "¿No tiene contraseña o la olvidó? Pida a quien administra su entidad una invitación nueva.")
        }
    }
}

/// The questions of the second step.
struct SecondFactorForm {
    let code = Field.password(
        "code", "Código de seis cifras", purpose: "one-time-code",
        hint:
            "Está en la aplicación de su teléfono y cambia cada 30 segundos. También sirve un código de recuperación."
    )
}

/// The second step of signing in.
struct SecondFactorPage: Page {
    let form: FormState
    let back: String?

    var title: String { "Segundo paso" }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        html.form(to: Path.secondFactor().with(Back.name, back), form) { form in
            form.field(SecondFactorForm().code)
            form.submit("Continuar")
        }
        html.action("Salir", posting: .signOut())
    }
}

/// The questions of setting up the second step.
struct TelephoneForm {
    let code = Field.password(
        "code", "Código de seis cifras", purpose: "one-time-code",
        hint: "El que muestra la aplicación después de leer el código de arriba.")
    let current = Field.password(
        "current_code", "Código del teléfono de antes", purpose: "off",
        hint: "El de seis cifras que muestra ahora. Si ya no lo tiene, escriba un código de recuperación.")
}

/// Sets up the second step with a telephone.
struct EnrolmentPage: Page {
    let form: FormState
    let enrolment: Enrolment
    let isRequired: Bool
    /// Whether another telephone takes the place of the present one.
    let replaces: Bool
    let back: String?

    var title: String { "Proteja su cuenta con un segundo paso" }
    var lead: String? {
        isRequired
            ? "Su función lo exige: así nadie entra en su lugar aunque conozca su contraseña."
            : "Así nadie entra en su lugar aunque conozca su contraseña."
    }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        html.ol(.class("instructions")) { list in
            list.li("Abra en su teléfono una aplicación de códigos: Google Authenticator, Aegis u otra.")
            list.li { item in
                item.text("Lea este código con ella. Si no puede, escriba la clave: ")
                item.code(enrolment.typedSecret)
            }
            list.li("Escriba abajo el código de seis cifras que muestra la aplicación.")
        }
        if let code = try? QRCode(enrolment.address) {
            html.qrCode(code, "Código para la aplicación del teléfono")
        }
        html.form(to: Path.enrolment().with(Back.name, back), form) { form in
            form.field(TelephoneForm().code)
            if replaces { form.field(TelephoneForm().current) }
            form.submit("Activar el segundo paso", orBackTo: isRequired ? nil : .account())
        }
    }
}

/// The recovery codes, shown this once.
struct RecoveryCodesPage: Page {
    let codes: [String]
    let next: Path
    /// The token that the session goes on with, where it got another.
    var token: SessionToken?

    var title: String { "Guarde sus códigos de recuperación" }
    var frame: Frame { .narrow }

    func response(to visit: Visit) async throws -> Response {
        var response = whole(for: visit)
        if let token { response.setCookie(.own(.session, token.text, at: visit.site)) }
        return response
    }

    func body(_ html: inout HTML) {
        html.note(.warning, "Se muestran una sola vez") { note in
            note.p(
                "Si pierde el teléfono, cada uno sirve para entrar una vez. Imprímalos o cópielos en un lugar seguro."
            )
        }
        html.ul(.class("codes")) { list in
            for code in codes { list.li { $0.code(code) } }
        }
        html.div(.class("form-end")) { $0.action("Ya los guardé: continuar", to: next, .primary) }
    }
}

/// The entities in which a person works.
struct TenantChoicePage: Page {
    let organizations: [Organization]

    var title: String {
        organizations.isEmpty ? "Su cuenta no abre ninguna entidad" : "¿En qué entidad va a trabajar?"
    }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        if organizations.isEmpty {
            html.p("Pida una invitación a quien administra su entidad.")
        }
        html.ul(.class("choices")) { list in
            for organization in organizations {
                guard let slug = TenantSlug(rawValue: organization.slug) else { continue }
                list.li { item in
                    item.a(.href(.home().of(slug))) { link in
                        link.strong(organization.shortName)
                        link.text(" \(organization.kind.title)")
                    }
                }
            }
        }
        html.action("Salir", posting: .signOut())
    }
}

/// Where to go back to after signing in, within this site.
enum Back {
    static let name = "volver"
}
