import Elections
import Foundation
import Kernel
import Reporting
import Tenancy

extension HTML {
    /// Writes who represents an alliance and until when. A holder is named where a proclamation named them.
    mutating func representation(of profile: AllianceProfile) {
        guard !profile.bodies.isEmpty else {
            emptyState(EmptyState("La alianza no ha registrado sus organismos."))
            return
        }
        for body in profile.bodies {
            h3(body.name)
            let columns: [Column<AllianceProfile.Seat, ComplianceSort>] = [
                .text("Puesto") { $0.title },
                .text("Quién") { seat in
                    seat.until == nil ? "Sin ocupar" : seat.holder ?? "Ocupado; nombre sin publicar"
                },
                .text("Hasta") { $0.untilWords },
            ]
            table(body.name, columns, body.seats)
        }
    }
}

extension AllianceProfile.Election {
    /// A date of its calendar.
    func step(_ milestone: AllianceProfile.Milestone) -> AllianceProfile.Step? {
        steps.first { $0.milestone == milestone }
    }

    /// Where it is voted, in words; `nil` while no place is set.
    var pollingPlaces: String? {
        guard let places, !places.isEmpty else { return nil }
        return places.joined(separator: "; ")
    }
}

extension AllianceProfile.Seat {
    /// Until when somebody sits there; who goes on past that day says so.
    fileprivate var untilWords: String? {
        until.map {
            isActing == true
                ? "En funciones desde el \(SpanishFormat.date($0 + 1)), hasta que lo reemplacen"
                : SpanishFormat.shortDate($0)
        }
    }
}

/// What anybody may know of an alliance.
struct PublicAlliancePage: Page {
    let tenant: TenantSlug
    let slug: AllianceSlug
    let alliance: PublishedAlliance
    let documents: [PublishedDocument]
    /// What it says in public, the latest first.
    let statements: [PublishedStatement]
    /// The rolls that are published, the latest first.
    let rolls: [RollNotice]
    /// The elections of which a result is published.
    let results: Set<ID<ElectoralProcess>>
    /// The public boards of its electronic boxes, by election.
    let boxes: [ID<ElectoralProcess>: [BoxBoard]]
    /// Where its calendar is read, whole.
    let calendarAddress: String
    let now: Date

    var title: String { alliance.name }
    var lead: String? {
        """
        \(alliance.organizationName) · \
        \(alliance.profile.siteName.map { "\($0), " } ?? "")\(SpanishFormat.list(alliance.profile.municipalities))
        """
    }
    var trail: [Crumb] { [Crumb("Alianzas de usuarios", .start())] }
    var help: HelpTopic { "alianzas-de-usuarios" }

    func actions(_ html: inout HTML) {
        if !isDissolved { html.action("Inscribirme", to: .join(tenant, slug), .primary) }
    }

    func body(_ html: inout HTML) {
        html.p(.class("alliance-state")) { $0.status(alliance.state.status) }
        if let day = alliance.profile.dissolvedOn {
            html.note(
                .info,
                "Disuelta desde el \(SpanishFormat.longDate(day)): ya no recibe asociados, ni se reúne, ni elige. Queda lo que se publicó."
            )
        }
        html.section("Qué es") { part in
            part.p(
                """
                Un grupo de usuarios de \(alliance.organizationName) que vela por la calidad del servicio y defiende los derechos de \
                los usuarios. Los representantes se eligen por votación de los asociados.
                """)
            part.facts(
                Fact("Asociados", isDissolved ? nil : members),
                Fact(
                    alliance.profile.municipalities.count == 1 ? "Municipio" : "Municipios",
                    SpanishFormat.list(alliance.profile.municipalities)))
        }
        if !isDissolved {
            html.section("Quién representa y hasta cuándo") { $0.representation(of: alliance.profile) }
        }
        elections(&html)
        calendar(&html)
        if !statements.isEmpty {
            html.section("Comunicados", id: "comunicados") {
                $0.table("Comunicados de la alianza", statementColumns, statements)
            }
        }
        if !isDissolved { following(&html) }
        html.section("Documentos publicados") { part in
            guard !documents.isEmpty else {
                part.emptyState(EmptyState("Todavía no hay documentos publicados."))
                return
            }
            part.table("Documentos publicados", documentColumns, documents)
        }
        if !isDissolved { joining(&html) }
    }

    private var isDissolved: Bool { alliance.state == .dissolved }

    /// Very few people could be told apart: their number is not published.
    private var members: String {
        switch alliance.memberCount {
        case 0: "Ninguno todavía"
        case 1...4: "Menos de cinco"
        default: SpanishFormat.number(alliance.memberCount)
        }
    }

    private func calendar(_ html: inout HTML) {
        let today = ColombianTime.date(at: now)
        let meetings = (alliance.profile.meetings ?? []).filter { $0.day >= today }
        guard !meetings.isEmpty else { return }
        let columns: [Column<AllianceProfile.Meeting, ComplianceSort>] = [
            .text("Reunión") { $0.title },
            .text("Cuándo") { meeting in
                [
                    SpanishFormat.longDate(meeting.day),
                    meeting.startsAt.map { SpanishFormat.time($0) },
                ].compactMap { $0 }.joined(separator: ", ")
            },
            .text("Dónde") { $0.isCalledOff == true ? "Cancelada: no se hará" : $0.place },
        ]
        html.section("Próximas reuniones") { $0.table("Próximas reuniones", columns, meetings) }
    }

    /// How to have the dates on a telephone. Nobody signs in for it, and it tells nothing that this page does not.
    private func following(_ html: inout HTML) {
        html.section("Llevar estas fechas a su teléfono", id: "telefono") { part in
            part.p(
                "Las reuniones abiertas y las fechas de las elecciones de esta página llegan a su calendario y se ponen al día solas: si algo se mueve o se cancela, su teléfono lo muestra. No necesita cuenta ni contraseña."
            )
            part.p { $0.code(calendarAddress, .class("feed-address")) }
            part.ul { list in
                list.li(
                    "En iPhone: mantenga el dedo sobre la dirección y cópiela; luego Ajustes, Calendario, Cuentas, Añadir cuenta, Otra, «Añadir calendario suscrito», y péguela."
                )
                list.li(
                    "En Android: abra calendar.google.com en un computador con su cuenta, «Otros calendarios», «Desde URL», y péguela. En su teléfono aparece solo."
                )
                list.li { item in
                    item.text("Si solo quiere las fechas de hoy, sin que se actualicen: ")
                    item.a("descargue el calendario", .href(.publicCalendar(tenant, slug)))
                    item.text(" y ábralo.")
                }
            }
        }
    }

    private func elections(_ html: inout HTML) {
        html.section("Elecciones") { part in
            guard !alliance.profile.elections.isEmpty else {
                part.emptyState(EmptyState("No hay elecciones convocadas."))
                return
            }
            for election in alliance.profile.elections {
                part.h3(election.name)
                if let process = ID<ElectoralProcess>(election.id) {
                    part.p { links in
                        links.a("Planchas y candidatos", .href(.publicSlates(tenant, slug, process)))
                        if let roll = rolls.first(where: { $0.process == process }) {
                            links.text(" · ")
                            links.a(
                                roll.takesClaims(at: now)
                                    ? "Censo: consultar y reclamar" : "Censo: consultar",
                                .href(.publicRoll(tenant, slug, process)))
                        }
                        for box in boxes[process] ?? [] {
                            links.text(" · ")
                            links.a(box.title, .href(.boxBoard(tenant, slug, process, box.id)))
                        }
                    }
                }
                if let on = election.proclaimedOn {
                    part.p { line in
                        line.text("Proclamada el \(SpanishFormat.longDate(on)). ")
                        if let process = ID<ElectoralProcess>(election.id) {
                            line.a("Resultado y cuentas", .href(.publicElection(tenant, slug, process)))
                        }
                    }
                } else if election.isUnderWay {
                    if let process = ID<ElectoralProcess>(election.id), results.contains(process) {
                        part.p(.class("result-sentence")) { line in
                            line.a("Resultado provisional", .href(.publicElection(tenant, slug, process)))
                            line.text(challengeWords(of: election))
                        }
                    }
                    part.steps(election.steps.map { step($0, of: election) })
                } else {
                    part.p("No terminó en proclamación.")
                }
            }
        }
    }

    /// Until when the provisional result can be challenged, after its name.
    private func challengeWords(of election: AllianceProfile.Election) -> String {
        guard let end = election.step(.challenges)?.closesAt else { return "." }
        let words = SpanishFormat.moment(end)
        return SpanishFormat.sentence(
            now < end ? ": se puede impugnar hasta el \(words)" : ": se pudo impugnar hasta el \(words)")
    }

    private func step(_ step: AllianceProfile.Step, of election: AllianceProfile.Election) -> Step {
        let isVoting = step.milestone == .voting
        let standing = MilestoneProgress(begunAt: step.begunAt, doneAt: step.doneAt)
            .standing(
                from: step.opensAt, until: step.closesAt, isVoting: isVoting, isAwaited: true, at: now)
        return Step(
            title: step.milestone.title, status: standing.status,
            when: standing.words(
                from: step.opensAt, until: step.closesAt, since: step.begunAt, isVoting: isVoting),
            isCurrent: [.underWay, .today].contains(standing),
            detail: isVoting ? election.pollingPlaces.map { places in { $0.p(places) } } : nil)
    }

    private var statementColumns: [Column<PublishedStatement, ComplianceSort>] {
        let today = ColombianTime.date(at: now)
        return [
            .text("Comunicado", to: { .publicStatement(tenant, slug, $0.id) }) { $0.subject },
            .text("Número") { $0.number }, .date("Fecha") { $0.issuedOn },
            .text("Respuestas") { $0.answersInWords(on: today) },
        ]
    }

    private var documentColumns: [Column<PublishedDocument, ComplianceSort>] {
        [
            .text("Documento", to: { .publicDocument(tenant, slug, $0.id) }) { $0.title },
            .instant("Publicado") { $0.publishedAt },
            .custom("Huella (SHA-256)") { html, document in
                html.code(document.sha256.grouped, .class("digest"))
            },
        ]
    }

    private func joining(_ html: inout HTML) {
        html.section("Presentar una queja", id: "quejas") { part in
            part.p(
                "Si algo del servicio falló, cuéntelo a la alianza: lo traslada a la entidad y verifica que se corrija. Puede hacerlo sin decir quién es."
            )
            part.div(.class("part-actions")) { actions in
                actions.action("Presentar una queja", to: .publicComplaint(tenant, slug))
                actions.action("Seguir una queja", to: .complaintReceipt(tenant, slug))
            }
        }
        html.section("Proponer un tema de capacitación", id: "temas") { part in
            part.p(
                "Diga qué le serviría que le explicaran. La entidad responde cada tema, lo dé o no, aunque usted no sea de la alianza."
            )
            part.div(.class("part-actions")) { actions in
                actions.action("Proponer un tema", to: .suggestTopic(tenant, slug))
                actions.action("Leer la respuesta", to: .topicReceipt(tenant, slug))
            }
        }
        html.section("Cómo unirse", id: "unirse") { part in
            part.p(
                """
                El ingreso está abierto siempre. Si usted es usuario de \(alliance.organizationName), oprima «Inscribirme», arriba, o \
                pida su ingreso a la oficina de participación: allí le dicen los requisitos, revisan su solicitud y le responden.
                """)
            part.p { $0.action("Seguir mi solicitud", to: .joinReceipt(tenant, slug)) }
            let contact = (alliance.profile.contactEmail, alliance.profile.contactPhone)
            guard contact.0 != nil || contact.1 != nil else {
                part.p("La entidad no ha publicado su correo ni su teléfono: acérquese a su oficina.")
                return
            }
            part.facts(
                Fact("Correo") { fact in
                    guard let mail = contact.0 else { return fact.absent() }
                    if let address = WebAddress(mail: mail) {
                        fact.a(mail, .href(address))
                    } else {
                        fact.text(mail)
                    }
                },
                Fact("Teléfono") { fact in
                    guard let phone = contact.1 else { return fact.absent() }
                    if let address = WebAddress(telephone: phone) {
                        fact.a(phone, .href(address))
                    } else {
                        fact.text(phone)
                    }
                })
        }
    }
}
