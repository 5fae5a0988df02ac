import Foundation
import Governance
import Kernel
import Tenancy

/// The attendance page that works without signal.
struct OfflineRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.get(Path.offlineAttendance) { context, slug, id in
            let (heading, file) = try await context.session(id, slug, toUse: .recordAttendance)
            return OfflinePage(
                heading: heading, file: file,
                people: try await context.fetch(ListEntitled(of: id, in: heading.alliance.id)).people,
                worker: context.visit.site.origin.isEmpty ? nil : "/recursos/sin-senal-obrero.js")
        }
        tenant.post(Path.sendCaptures) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let text = form.entries.first("captures") ?? ""
            guard let sent = try? JSONDecoder().decode([SentCapture].self, from: Data(text.utf8)),
                sent.count <= SendCaptures.limit
            else { throw AttendanceError.unreadableCapture }
            let report = try await context.run(
                SendCaptures(try sent.map { try $0.capture() }, of: id, of: heading.alliance.id), form)
            return try JSONAnswer(SentReport(report))
        }
    }
}

/// A capture as a device sends it.
private struct SentCapture: Decodable {
    let key: UUID
    let entitled: UUID?
    let name: String?
    let at: String
    let way: String?

    func capture() throws(AttendanceError) -> AttendanceCapture {
        let plain = Date.ISO8601FormatStyle()
        let exact = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let instant = (try? exact.parse(at)) ?? (try? plain.parse(at)) else { throw .unreadableCapture }
        let attendee: Attendee
        if let entitled {
            attendee = .entitled(EntitledPerson.Key(id: entitled))
        } else if let name, !name.isEmpty, name.count <= 160 {
            attendee = .named(name, .guest, represents: nil)
        } else {
            throw .unreadableCapture
        }
        return AttendanceCapture(
            key: key, attendee: attendee, capturedAt: instant,
            way: way.flatMap(Attendance.Way.init(rawValue:)) ?? .inPerson)
    }
}

/// What became of captures, for the script.
private struct SentReport: Encodable {
    let noted: Int
    let known: Int
    let alsoNoted: [String]
    let wrongClocks: Int
    let unknown: [String]

    init(_ report: SendCaptures.Report) {
        noted = report.noted
        known = report.known
        alsoNoted = report.alsoNoted
        wrongClocks = report.wrongClocks
        unknown = report.unknown.map { $0.uuidString.lowercased() }
    }
}

/// Those entitled, kept on the device: they are ticked without signal and sent later.
struct OfflinePage: AttendancePart {
    let heading: AllianceHeading
    let file: SessionFile
    let people: [EntitledPerson]
    /// Where the worker is that keeps the page.
    let worker: String?

    var title: String { "Asistencia sin señal" }
    var lead: String? { meeting.title }
    var scripts: [String] { ["sin-senal.js"] }

    /// Until when the device keeps the list: the end of the day after the meeting.
    private var until: Date { ColombianTime.endOfDay(meeting.days.upperBound).addingTimeInterval(86_400) }

    func body(_ html: inout HTML) {
        html.noscript {
            $0.note(.warning, "Esta página necesita JavaScript. Sin él, use la planilla en papel.")
        }
        html.div(
            .data("offline", meeting.id.description), .data("worker", worker),
            .data("until", String(Int(until.timeIntervalSince1970 * 1000))), .hidden()
        ) { box in
            box.p(.class("offline-state"), .role("status"), .data("state")) { _ in }
            box.note(.info, "Qué queda en este aparato") { note in
                note.p(
                    "La lista de quienes tienen voto en esta reunión (nombre y últimas cifras del documento) y lo que usted marque. Lo marcado se borra al enviarse; la lista, con «Enviar y borrar», al salir de su cuenta o un día después de la reunión."
                )
            }
            box.form(to: .sendCaptures(slug, meeting.id)) { form in
                form.div(.class("door-actions")) { actions in
                    actions.button("Enviar ahora", .type("submit"), .class("btn btn-primary"), .data("send"))
                    actions.button(
                        "Enviar y borrar de este aparato", .type("button"), .class("btn btn-outline-primary"),
                        .data("clear"))
                }
            }
            box.div(.class("door")) { search in
                search.label("Nombre o últimas cifras del documento", .for("filtro"), .class("form-label"))
                search.input(
                    .type("search"), .id("filtro"), .class("form-control form-control-lg"),
                    .autocomplete("off"),
                    .data("filter"))
            }
            box.ul(.class("captures"), .aria("label", "Con voto")) { list in
                for person in people.filter({ !$0.isPresent }) + people.filter(\.isPresent) {
                    list.li(.data("person", person.key.id.uuidString.lowercased())) { write(person, &$0) }
                }
            }
            box.div(.class("door")) { other in
                other.label("Alguien que no está en la lista", .for("otra"), .class("form-label"))
                other.div(.class("door-line")) { line in
                    line.input(
                        .type("text"), .id("otra"), .class("form-control"), .maxLength(160),
                        .autocomplete("off"))
                    line.button("Anotar", .type("button"), .class("btn btn-outline-primary"), .data("other"))
                }
            }
            box.h2("En este aparato")
            box.ul(.class("arrivals"), .data("kept")) { _ in }
        }
    }

    private func write(_ person: EntitledPerson, _ item: inout HTML) {
        let digits = person.document.map { " · \($0.type.rawValue) …\($0.number.suffix(4))" } ?? ""
        item.span("\(person.name)\(digits)", .data("words"))
        if person.isPresent {
            item.status(person.stay.status)
        } else {
            item.button(.type("button"), .class("btn btn-outline-primary"), .data("tick")) { button in
                button.text("Presente")
                button.span(": \(person.name)", .class("visually-hidden"))
            }
        }
    }
}
