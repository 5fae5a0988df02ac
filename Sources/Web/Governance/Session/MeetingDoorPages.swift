import Foundation
import Governance
import Kernel
import Tenancy

/// A page of a meeting's attendance.
protocol AttendancePart: SessionPart {}

extension AttendancePart {
    var trail: [Crumb] { heading.trail(toDoorOf: meeting) }
    var frame: Frame { .counter }

    /// Whether arrivals are noted now.
    var isTaken: Bool { [.planned, .inSession].contains(meeting.state) && !file.minutesAreOut }
}

/// A page at the door, which reads no more of the meeting than it shows.
protocol DoorPart: Page {
    var heading: AllianceHeading { get }
    var meeting: Meeting { get }
}

extension DoorPart {
    var slug: AllianceSlug { heading.slug }
    var trail: [Crumb] { heading.trail(toDoorOf: meeting) }
    var frame: Frame { .counter }
    var help: HelpTopic { "sesion" }
}

extension AllianceHeading {
    /// The way to the door of a meeting.
    fileprivate func trail(toDoorOf meeting: Meeting) -> [Crumb] {
        trail(to: meeting) + [Crumb("Asistencia", .meetingDoor(slug, meeting.id))]
    }
}

/// The door of a meeting: somebody types or reads a document or a name, and Enter notes the arrival.
struct MeetingDoorPage: DoorPart {
    let heading: AllianceHeading
    let file: DoorFile
    /// What was typed; `nil` before anything was.
    let words: String?
    let answer: FindAttendees.Answer?
    let now: Date
    let form: FormState

    var title: String { "Asistencia" }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var meeting: Meeting { file.meeting }
    /// Whether arrivals are noted now.
    private var isTaken: Bool { [.planned, .inSession].contains(meeting.state) && !file.minutesAreOut }

    func body(_ html: inout HTML) {
        html.live(isOpen: isTaken) { $0.sessionQuorum(file.presence) }
        if let refusal = form.refusal { html.note(.problem, refusal) }
        if isTaken {
            search(&html)
            if let answer { write(answer, &html) }
        } else {
            html.note(
                .info,
                meeting.state == .cancelled
                    ? "La reunión se canceló."
                    : file.minutesAreOut
                        ? "El acta ya circuló con esta asistencia."
                        : "La sesión ya se cerró. Lo que falte se ingresa con la planilla firmada o con la lista de la sesión virtual."
            )
        }
        writeWays(&html)
        writeLatest(&html)
        writeConflicts(&html)
    }

    private func writeWays(_ html: inout HTML) {
        html.nav(.class("door-ways"), .aria("label", "Otras formas de registrar")) { nav in
            nav.ul { list in
                if isTaken {
                    if file.presence.base <= 200 {
                        list.li { $0.a("Marcar en la lista", .href(.tickList(slug, meeting.id))) }
                    }
                    list.li { $0.a("Invitados y garantes", .href(.guestArrival(slug, meeting.id))) }
                }
                if !file.minutesAreOut, meeting.state != .cancelled {
                    list.li { $0.a("Sin señal", .href(.offlineAttendance(slug, meeting.id))) }
                    list.li { $0.a("Planilla en papel", .href(.paperAttendance(slug, meeting.id))) }
                    if meeting.mode != .inPerson {
                        list.li { $0.a("Lista de Teams o Meet", .href(.importAttendance(slug, meeting.id))) }
                    }
                }
                list.li { $0.a("Quiénes vinieron", .href(.stays(slug, meeting.id))) }
                list.li { $0.a("Ir a la sesión", .href(.session(slug, meeting.id))) }
            }
        }
    }

    private func search(_ html: inout HTML) {
        html.queryForm(at: .meetingDoor(slug, meeting.id), FormState(), .class("door"), .role("search")) {
            form in
            form.label("Documento o nombre", .for("puerta"), .class("form-label"))
            form.div(.class("door-line")) { line in
                line.input(
                    .type("search"), .id("puerta"), .name("documento"), .value(words ?? ""),
                    .class("form-control form-control-lg"), .autocomplete("off"),
                    .autofocus(answer?.entitled.contains { !$0.isPresent } != true))
                line.button(.type("submit"), .class("btn btn-primary")) { button in
                    button.icon(.search)
                    button.span("Buscar")
                }
            }
            form.p(
                "Escriba o lea el documento y oprima Enter; con otro Enter queda presente.",
                .class("form-text"))
        }
    }

    private func write(_ answer: FindAttendees.Answer, _ html: inout HTML) {
        html.section(.class("door-answer"), .aria("label", "A quién corresponde")) { part in
            guard !answer.entitled.isEmpty || !answer.voteless.isEmpty else {
                part.note(.warning, "«\(words ?? "")» no está en el padrón") { note in
                    note.p { line in
                        line.text(
                            "Revise el número con el documento en la mano. Si viene sin ser de la alianza, ")
                        line.a(
                            "anótelo por su nombre",
                            .href(
                                Path.guestArrival(slug, meeting.id).with(
                                    "nombre", words?.contains(where: \.isNumber) == true ? nil : words)))
                        line.text(".")
                    }
                }
                return
            }
            if answer.entitled.count == FindAttendees.limit {
                part.p(
                    "Hay más personas con ese nombre: escriba también los apellidos o el documento.",
                    .class("form-text"))
            }
            part.ul(.class("dossier")) { list in
                var isFirst = true
                for person in answer.entitled {
                    list.li { write(person, takesFocus: isFirst && !person.isPresent, &$0) }
                    if !person.isPresent { isFirst = false }
                }
                for person in answer.voteless { list.li { write(person, &$0) } }
            }
        }
    }

    private func write(_ person: EntitledPerson, takesFocus: Bool, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h2(person.name)
            head.status(person.stay.status)
        }
        item.p(
            [
                person.document?.formatted, person.seat.map { person.rank == 0 ? $0 : "\($0), suplente" },
                person.excuse.map { "se excusó: \($0)" },
            ]
            .compactMap(\.self).joined(separator: " · "))
        writeStay(
            person.stay, of: ["entitled": person.key.id.uuidString.lowercased()], takesFocus: takesFocus,
            verb: "Presente", &item)
    }

    private func write(_ person: VotelessPerson, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h2(person.name)
            head.status(person.stay == nil ? Status("No tiene voto aquí", .due) : person.stay.status)
        }
        item.p("\(person.document.formatted) · \(person.words(of: meeting))")
        writeStay(
            person.stay, of: ["person": person.person.description], takesFocus: true,
            verb: "Presente, sin voto", &item)
    }

    /// Writes what can be noted of somebody: an arrival, a return, a departure, a mistake.
    private func writeStay(
        _ stay: EntitledPerson.Stay?, of sender: [String: String], takesFocus: Bool, verb: String,
        _ item: inout HTML
    ) {
        if let stay, stay.leftAt == nil {
            item.p(SpanishFormat.sentence("Ya está desde las \(hour(stay.arrivedAt))"))
            item.div(.class("door-actions")) { actions in
                actions.action(
                    "Salió ahora", posting: .departure(slug, meeting.id, stay.id))
                actions.action("Salió a otra hora", to: .departure(slug, meeting.id, stay.id))
            }
            return
        }
        item.form(to: .meetingDoor(slug, meeting.id)) { form in
            for (name, value) in sender { form.input(.type("hidden"), .name(name), .value(value)) }
            form.div(.class("door-actions")) { actions in
                let words = stay == nil ? verb : "Regresó"
                actions.button(
                    .type("submit"), .name("way"), .value(meeting.mode == .virtual ? "remote" : "in_person"),
                    .class("btn btn-primary"), .autofocus(takesFocus)
                ) { $0.text(words) }
                if meeting.mode == .mixed {
                    actions.button(
                        .type("submit"), .name("way"), .value("remote"), .class("btn btn-outline-primary")
                    ) { $0.text("\(words), a distancia") }
                }
            }
            form.details { more in
                let id = "a-las-\(sender.values.first ?? "")"
                more.summary("Llegó a otra hora")
                more.label("Hora de llegada", .for(id), .class("form-label"))
                more.input(.type("time"), .id(id), .name("at"), .class("form-control form-control-date"))
            }
        }
    }

    private func writeLatest(_ html: inout HTML) {
        html.section("Últimos registros") { part in
            let stays = file.latest
            guard !stays.isEmpty else {
                part.p("Nadie ha llegado todavía.")
                return
            }
            part.p(
                "\(SpanishFormat.count(file.came, "persona ha venido", "personas han venido")), \(SpanishFormat.count(file.presence.attendees, "está", "están")) ahora."
            )
            part.ul(.class("arrivals")) { list in
                for stay in stays {
                    list.li { item in
                        item.div { words in
                            words.strong(stay.name)
                            words.text(" · \(stay.words)")
                        }
                        guard stay.isPresent, isTaken else { return }
                        if stay.mayBeUndone(at: now) {
                            item.action(
                                "Deshacer", posting: .undoArrival(slug, meeting.id), small: true,
                                sending: [QueryItem(name: "attendance", value: stay.id.description)])
                        } else {
                            item.action("Salió", posting: .departure(slug, meeting.id, stay.id), small: true)
                        }
                    }
                }
            }
        }
    }

    private func writeConflicts(_ html: inout HTML) {
        guard !file.conflicts.isEmpty else { return }
        html.section("Registradas dos veces") { part in
            part.p("Cuenta la llegada más temprana; la otra se conserva.")
            part.ul { list in
                for (stay, kept) in file.conflicts {
                    list.li(
                        "\(stay.name): \(hour(stay.arrivedAt)) (\(stay.method.title.lowercased())); cuenta la de las \(kept.map { "\(hour($0.arrivedAt)) (\($0.method.title.lowercased()))" } ?? "otra")"
                    )
                }
            }
        }
    }
}

extension Attendance {
    /// The stay in words: when, as what, by which means.
    var words: String {
        let hours = leftAt.map { "\(hour(arrivedAt)) a \(hour($0))" } ?? "desde las \(hour(arrivedAt))"
        return [
            hours, capacity == .entitled ? nil : capacity.title, represents,
            way == .remote ? "a distancia" : nil,
            hadWrongClock ? "el reloj del aparato no coincidía" : nil,
        ].compactMap(\.self).joined(separator: " · ")
    }
}

extension EntitledPerson.Stay? {
    /// Where somebody is, as a chip.
    var status: Status {
        guard let stay = self else { return Status("Por llegar", .plain) }
        guard let leftAt = stay.leftAt else {
            return Status("Presente desde las \(hour(stay.arrivedAt))", .met)
        }
        return Status("Salió a las \(hour(leftAt))", .due)
    }
}

extension VotelessPerson {
    /// Why there is no vote.
    func words(of meeting: Meeting) -> String {
        guard meeting.electorate.decides else { return "no es de la alianza; asiste sin serlo." }
        switch cause {
        case .noMember: return "no está inscrito en la alianza: asiste sin voto."
        case .left:
            return
                "se retiró de la alianza\(day.map { " el \(SpanishFormat.date($0))" } ?? ""): asiste sin voto."
        case .later:
            return
                "ingresó después del día de la reunión\(day.map { " (\(SpanishFormat.date($0)))" } ?? ""): asiste sin voto."
        case .noSeat: return "no tiene puesto en el organismo que se reúne: asiste sin voto."
        }
    }
}
