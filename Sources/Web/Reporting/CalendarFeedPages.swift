import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Kernel
import Postgres
import Reporting
import Tenancy

extension Path {
    /// How to follow the calendar from a telephone.
    static let followCalendar = FixedRoute("/o/{tenant}/calendario/telefono")
    /// The calendar as telephones read it.
    static let calendarFeed = Route<FeedToken>("/calendario/{token}/alianzas.ics")
}

/// How to follow the calendar from a telephone, with the person's own address.
struct FollowCalendarPage: Page {
    /// The address, whole.
    let address: String
    let form: FormState

    var title: String { "Llevar el calendario a su teléfono" }
    var lead: String? {
        "Su teléfono o su computador muestran las reuniones, las fechas electorales y lo que vence de las alianzas que usted ve, y se ponen al día solos."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Calendario", .calendar())] }
    var help: HelpTopic { "ano" }

    static let address = Field.text("address", "Su dirección", max: 500)

    func body(_ html: inout HTML) {
        html.section("Su dirección", id: "direccion") { part in
            part.p { $0.code(address, .class("feed-address")) }
            part.note(
                .warning,
                "Es solo para usted: quien la tenga lee este calendario sin contraseña. No la reenvíe.")
        }
        html.section("Cómo se usa", id: "uso") { part in
            part.ol { list in
                list.li(
                    "En Android: abra calendar.google.com en un computador, «Otros calendarios», «Desde URL», y pegue la dirección."
                )
                list.li(
                    "En iPhone: Ajustes, Calendario, Cuentas, Añadir cuenta, Otra, «Añadir calendario suscrito», y pegue la dirección."
                )
                list.li("En Outlook: Agregar calendario, «Suscribirse desde la web», y pegue la dirección.")
            }
        }
        html.section("Solo una parte", id: "parte") { part in
            part.p(
                "Cada una de estas direcciones trae solo lo suyo. En el teléfono se ven como calendarios aparte, cada uno con su color."
            )
            part.details { box in
                box.summary("Mostrar una dirección para cada cosa")
                box.facts(
                    CalendarSort.allCases.map { sort in
                        Fact(sort.plural) {
                            $0.code("\(address)?que=\(sort.pathText)", .class("feed-address"))
                        }
                    })
            }
        }
        html.section("Si otra persona la vio", id: "cambiar") { part in
            part.p("Cámbiela: la anterior deja de servir, y hay que poner la nueva en cada aparato.")
            part.form(to: .followCalendar(), form) { form in
                form.submit("Cambiar la dirección", .danger)
            }
        }
    }
}

/// A calendar as telephones read it.
struct FeedAnswer: Answer {
    let feed: CalendarFeed
    let name: String

    func response(to visit: Visit) -> Response {
        var response = Download(
            name: name, mediaType: "text/calendar; charset=utf-8", bytes: Array(feed.text.utf8)
        ).response(to: visit)
        response.headers[.cacheControl] = "private, no-store"
        return response
    }
}

/// Following calendars from telephones.
struct CalendarFeedRoutes {
    /// How far back and ahead a telephone is told, in days.
    static let past = 92
    static let ahead = 400

    func add(to tenant: TenantRoutes) {
        tenant.form(
            Path.followCalendar,
            show: { context, state in
                FollowCalendarPage(address: try await address(for: context), form: state)
            },
            act: { context, form in
                guard let command = RenewFeed(of: context.principal) else { throw NoSuchPage() }
                try await context.run(command, form)
                return Redirect(to: .followCalendar(), "La dirección cambió. La anterior ya no sirve.")
            })
    }

    func add(to everybody: PublicRoutes) {
        everybody.get(Path.calendarFeed) { context, token in
            FeedAnswer(feed: try await feed(of: token, context.visit), name: "alianzas.ics")
        }
    }

    private func address(for context: TenantContext) async throws -> String {
        guard let user = context.principal.user, let stream = RenewFeed(of: context.principal)?.stream,
            let number = try await context.read(
                .followCalendars, in: stream, { try await $0.feedNumber(of: user) })
        else { throw NoSuchPage() }
        let site = context.visit.site
        let token = FeedToken(
            organization: context.principal.organization, user: user, number: number, key: site.key)
        return site.origin + Path.calendarFeed(token).text(in: nil)
    }

    /// What a user would see signed in at this moment: roles that ended show nothing any more.
    private func feed(of token: FeedToken, _ visit: Visit) async throws -> CalendarFeed {
        let site = visit.site
        let (principal, host, alliances) = try await site.holder(of: token, at: visit.now)
        let today = ColombianTime.date(at: visit.now)
        let entries = try await site.runner.agenda(
            of: alliances, in: (today - Self.past)...(today + Self.ahead), on: today, as: principal)
        let headings = alliances.compactMap { alliance in
            AllianceSlug(rawValue: alliance.slug).map {
                AllianceHeading(alliance: alliance, slug: $0, principal: principal)
            }
        }
        let sort = visit["que"].flatMap(CalendarSort.init(pathText:))
        let agenda = Agenda(entries, of: headings, showsCalledOff: true).of(sort)
            .joined(opensEvents: principal.holds(.planMeetings, in: .office))
        return CalendarFeed(
            name: (["Alianzas", host.shortName] + [sort?.plural].compactMap { $0 }).joined(separator: " · "),
            events: agenda.entries.map { entry in
                CalendarFeed.Event(
                    entry, detail: agenda.detail(of: entry),
                    address: agenda.path(of: entry).map {
                        site.origin + $0.text(in: TenantSlug(rawValue: host.slug))
                    })
            },
            host: URL(string: site.origin)?.host() ?? "alianzas", now: visit.now)
    }
}
