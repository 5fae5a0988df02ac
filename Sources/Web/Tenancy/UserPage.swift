import Foundation
import Kernel
import Membership
import Tenancy

/// One user: data, roles, sessions, and what the administration may do.
struct UserPage: Page {
    let file: UserFile
    /// Who the user is in the register.
    let registered: RegisteredPerson?
    /// Whether who looks sees the register.
    let maySeeRegister: Bool
    let now: Date
    /// Whether who looks administers users.
    let mayAdminister: Bool
    /// Whether the page is about who looks.
    let isOneself: Bool

    private var user: User { file.access.user }

    var title: String { user.name }
    var lead: String? { user.officeTitle }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Usuarios", .users())] }
    var help: HelpTopic { "usuarios" }

    func actions(_ html: inout HTML) {
        guard mayAdminister else { return }
        if user.isActive, !isOneself {
            html.action("Dar una función", to: .grantRole(user.id), .primary, icon: .plus)
        }
        html.action("Editar", to: .editUser(user.id), icon: .pencil)
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Estado", file.access.status(at: now)),
            Fact("Correo", user.email),
            Fact("Documento", user.document?.formatted),
            Fact("En el padrón", content: inRegister),
            Fact("Segundo paso", file.access.hasSecondFactor ? "Activo" : "No tiene"),
            Fact("Último ingreso", file.access.lastSeenAt.map(SpanishFormat.longDateAndTime)),
            Fact("Invitación abierta hasta", file.access.invitedUntil.map(SpanishFormat.longDateAndTime)))
        if isOneself {
            html.note(
                .info, "Este usuario es usted. Nadie se da funciones ni se restablece el ingreso a sí mismo.")
        }
        roles(&html)
        sessions(&html)
        access(&html)
    }

    /// Who the user is in the register, by name: another's tells that the document was mistyped.
    private func inRegister(_ html: inout HTML) {
        switch registered {
        case nil where user.document == nil: html.text("No se sabe: falta su documento")
        case nil: html.text("Nadie tiene su documento")
        case let person? where maySeeRegister: html.a(person.name, .href(.affiliate(person.id)))
        case let person?: html.text(person.name)
        }
    }

    private func roles(_ html: inout HTML) {
        html.section("Funciones", id: "funciones") { part in
            guard !file.grants.isEmpty else {
                part.emptyState(
                    mayAdminister && !isOneself && user.isActive
                        ? EmptyState(
                            "No tiene funciones: puede entrar y no ve nada.", next: "Dar una función",
                            to: .grantRole(user.id))
                        : EmptyState("No tiene funciones: puede entrar y no ve nada."))
                return
            }
            part.table("Funciones de \(user.name)", columns, file.grants)
        }
    }

    private enum NoSort: String, SortKey {
        case none = "orden"
        static let initial = Self.none
    }

    private var columns: [Column<GrantRecord, NoSort>] {
        let alliances = file.alliances
        let (user, now, mayEnd) = (user.id, now, mayAdminister)
        var columns: [Column<GrantRecord, NoSort>] = [
            .text("Función") { $0.grant.role.title },
            .text("Vale en") { $0.grant.place(among: alliances) },
            .date("Desde") { ColombianTime.date(at: $0.grant.startsAt) },
            .date("Hasta") { $0.grant.lastDay },
            .status("Estado") { $0.grant.status(at: now) },
        ]
        if mayEnd {
            columns.append(
                .custom("Qué se puede hacer") { html, record in
                    if record.grant.endsAt.map({ $0 <= now }) ?? false {
                        html.absent()
                    } else if record.mandate != nil {
                        html.text("Termina con su mandato")
                    } else {
                        html.a(.href(.endGrant(user, record.id))) { link in
                            link.text("Terminar")
                            link.span(" la función de \(record.grant.role.title)", .class("visually-hidden"))
                        }
                    }
                })
        }
        return columns
    }

    private func sessions(_ html: inout HTML) {
        html.section("Sesiones abiertas en esta entidad", id: "sesiones") { part in
            guard !file.sessions.isEmpty else {
                part.p("No tiene ninguna sesión abierta aquí.")
                return
            }
            part.ul(.class("sessions")) { list in
                for session in file.sessions {
                    list.li { item in
                        item.strong(session.agent)
                        item.text(
                            ", desde \(session.address). Abierta el \(SpanishFormat.shortDateAndTime(session.createdAt)), usada el \(SpanishFormat.shortDateAndTime(session.lastSeenAt))"
                        )
                    }
                }
            }
            if mayAdminister, !isOneself {
                part.action(
                    file.sessions.count == 1
                        ? "Cerrar la sesión" : "Cerrar las \(file.sessions.count) sesiones",
                    posting: .endUserSessions(user.id), .danger)
            }
        }
    }

    private func access(_ html: inout HTML) {
        guard mayAdminister, !isOneself, user.isActive else { return }
        html.section("Ingreso") { part in
            if file.access.hasAccount {
                part.p(
                    "Si perdió la contraseña o el teléfono del segundo paso, compruebe quién es y dele un enlace nuevo."
                )
                part.action("Restablecer el ingreso", to: .resetAccess(user.id))
            } else {
                part.p("Todavía no ha entrado. Puede darle otro enlace; el anterior deja de servir.")
                part.action("Hacer otra invitación", to: .resetAccess(user.id))
            }
        }
    }
}
