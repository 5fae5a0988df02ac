import Foundation
import Governance
import Kernel
import Tenancy

/// When somebody left.
struct DeparturePage: DoorPart {
    static let at = Field.time("at", "Hora en que salió")

    let heading: AllianceHeading
    let meeting: Meeting
    let stay: Attendance
    let now: Date
    let form: FormState

    var title: String { "Salida de \(stay.name)" }
    var lead: String? { SpanishFormat.sentence("Está \(stay.words)") }

    func body(_ html: inout HTML) {
        let state = form.isTyped ? form : form.filling(Self.at, with: ColombianTime.time(at: now))
        html.form(to: .departure(slug, meeting.id, stay.id), state) { form in
            form.field(Self.at)
            form.submit("Registrar la salida", orBackTo: .meetingDoor(slug, meeting.id))
        }
    }
}

/// The questions of somebody who comes without being entitled.
struct GuestForm {
    let name = Field.text("name", "Nombre", max: 160)
    let capacity = Field.choice(
        "capacity", "En calidad de", [Attendance.Capacity.guest, .guarantor, .entity, .facilitator, .user],
        title: \.title)
    let represents = Field.text(
        "represents", "A quién representa", max: 160, hint: "La entidad, el organismo o la dependencia."
    ).optional()
    let way = Field.choice("way", "Cómo participa", Attendance.Way.allCases, title: \.title)
    let at = Field.time("at", "Hora de llegada, si no es ahora").optional()
}

/// Notes a guest.
struct GuestPage: DoorPart {
    let heading: AllianceHeading
    let meeting: Meeting
    /// The name that was looked for.
    let name: String?
    let form: FormState

    var title: String { "Invitados y garantes" }
    var lead: String? { "Quienes asisten sin voto, por su nombre y a quién representan." }

    func body(_ html: inout HTML) {
        let fields = GuestForm()
        let state =
            form.isTyped
            ? form
            : form.filling(fields.name, with: name).filling(fields.capacity, with: .guest)
                .filling(fields.way, with: meeting.mode == .virtual ? .remote : .inPerson)
        html.form(to: .guestArrival(slug, meeting.id), state) { form in
            form.field(fields.name)
            form.field(fields.capacity)
            form.field(fields.represents)
            form.field(fields.way)
            form.field(fields.at)
            form.submit("Registrar la llegada", orBackTo: .meetingDoor(slug, meeting.id))
        }
    }
}

/// Those entitled as a list to tick.
struct TickListPage: AttendancePart {
    let heading: AllianceHeading
    let file: SessionFile
    let list: ListEntitled.Answer
    let form: FormState

    var title: String { "Marcar en la lista" }
    var lead: String? {
        "Marque a quienes están y guarde. Quien ya figura como presente no se marca otra vez."
    }

    func body(_ html: inout HTML) {
        html.sessionQuorum(file.presence)
        guard !list.people.isEmpty else {
            html.p("Nadie tiene voto en esta reunión ese día.")
            return
        }
        html.form(to: .tickList(slug, meeting.id), form) { form in
            form.ul(.class("ticks")) { ticks in
                for (index, person) in list.people.enumerated() {
                    ticks.li { item in
                        item.div(.class("form-check")) { line in
                            if person.isPresent {
                                line.status(person.stay.status)
                                line.text(" \(person.name)")
                            } else {
                                line.input(
                                    .type("checkbox"), .class("form-check-input"), .id("t\(index)"),
                                    .name("people"),
                                    .value(person.key.id.uuidString.lowercased()))
                                line.label(person.name, .for("t\(index)"), .class("form-check-label"))
                            }
                            let notes = [
                                person.seat.map { person.rank == 0 ? $0 : "\($0), suplente" },
                                person.excuse.map { "se excusó: \($0)" },
                            ].compactMap(\.self)
                            if !notes.isEmpty {
                                line.span(" · \(notes.joined(separator: " · "))", .class("optional"))
                            }
                        }
                        if !person.isPresent, person.excuse == nil, let id = person.person {
                            item.a(.href(.excuse(slug, meeting.id, id))) { link in
                                link.text("Anotar excusa")
                                link.span(" de \(person.name)", .class("visually-hidden"))
                            }
                        }
                    }
                }
            }
            form.submit("Registrar a los marcados", orBackTo: .meetingDoor(slug, meeting.id))
        }
    }
}

/// Writes an excuse.
struct ExcusePage: AttendancePart {
    static let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3, hint: "Con sus palabras; nunca un diagnóstico.")
    static let toldOn = Field.date("told_on", "Avisó el")

    let heading: AllianceHeading
    let file: SessionFile
    let name: String
    let today: CalendarDate
    let form: FormState

    var title: String { "Excusa de \(name)" }
    let person: ID<Person>

    func body(_ html: inout HTML) {
        let state = form.isTyped ? form : form.filling(Self.toldOn, with: today)
        html.form(to: .excuse(slug, meeting.id, person), state) { form in
            form.field(Self.reason)
            form.field(Self.toldOn)
            form.submit("Anotar la excusa", orBackTo: .tickList(slug, meeting.id))
        }
    }
}

/// Everybody who came, as a list.
struct StaysPage: AttendancePart, ListPage {
    enum Sort: String, SortKey {
        case arrival = "llegada"
        static let initial = Self.arrival
    }

    static let columns: [Column<Attendance, Sort>] = [
        .text("Nombre") { $0.name },
        .text("Documento") { $0.document?.formatted ?? "" },
        .text("En calidad de") { $0.capacity.title },
        .text("Representa") { $0.represents ?? "" },
        .instant("Llegó") { $0.arrivedAt },
        .instant("Salió") { $0.leftAt },
        .text("Participa") { $0.way.title },
        .text("Registro") { $0.method.title },
    ]

    let heading: AllianceHeading
    let file: SessionFile
    /// What was refused of who left and who came back.
    let form: FormState
    let query: ListQuery<Sort>
    let found: Found<Attendance>

    var title: String { "Quiénes vinieron" }
    var lead: String? { meeting.title }
    var frame: Frame { .standard }

    func body(_ html: inout HTML) {
        html.sessionQuorum(file.presence)
        html.list(
            self, filters: { _ in },
            empty: EmptyState(
                "Nadie ha llegado todavía.", next: "Registrar asistencia", to: .meetingDoor(slug, meeting.id))
        )
        let pane = PresencePane(
            slug: slug, file: file, path: .moveStays(slug, meeting.id), state: form, takesSpeakers: false)
        guard pane.isOpen, !file.attendances.isEmpty else { return }
        html.section("Salidas y regresos", id: "salidas") { part in
            part.p(
                meeting.state == .held
                    ? "Marque a quienes salieron o volvieron, y diga a qué hora."
                    : "Marque a quienes salieron o volvieron. Sin hora, vale la de ahora.")
            pane.write(&part)
        }
    }
}
