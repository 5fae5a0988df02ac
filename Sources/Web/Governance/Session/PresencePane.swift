import Foundation
import Governance
import Kernel
import Tenancy

/// The questions about who left and who came back.
enum MovingForm {
    static let at = Field.time("at", "A qué hora, si no es ahora").optional()
    static let atThen = Field.time("at", "A qué hora")
}

/// What is noted of those who are ticked.
enum StayMove: String, PathValue {
    /// They left.
    case left = "salieron"
    /// They came back.
    case returned = "volvieron"
}

/// Those who are there and those who left, to be ticked, several at once.
struct PresencePane {
    /// How many of each are shown; the others are found at the door.
    static let most = 200

    let slug: AllianceSlug
    let file: SessionFile
    /// Where it is sent: what is refused comes back on the page on which it stands.
    let path: Path
    let state: FormState
    /// Whether those present may be given a place on the list of those who speak.
    let takesSpeakers: Bool

    private var meeting: Meeting { file.meeting }
    /// Whether departures may be noted.
    var isOpen: Bool { !file.minutesAreOut && [.planned, .inSession, .held].contains(meeting.state) }

    func write(_ pane: inout HTML) {
        let (present, gone) = (file.presentStays, file.goneStays)
        guard !present.isEmpty || !gone.isEmpty else {
            pane.p("Nadie registrado todavía.")
            return
        }
        guard isOpen else { return writeLists(present, gone, &pane) }
        pane.form(to: path, state) { form in
            writeLists(present, gone, &form)
            form.div(.class("moves")) { moves in
                if meeting.state == .held {
                    moves.field(MovingForm.atThen)
                } else {
                    moves.field(MovingForm.at)
                }
                moves.div(.class("point-steps")) { steps in
                    if !present.isEmpty { button("Salieron", .left, &steps) }
                    if !gone.isEmpty { button("Volvieron", .returned, &steps) }
                }
            }
        }
    }

    private func button(_ words: String, _ move: StayMove, _ html: inout HTML) {
        html.button(
            .type("submit"), .name("move"), .value(move.rawValue), .class("btn btn-outline-primary btn-sm")
        ) { button in
            button.text(words)
            button.span(" las personas marcadas", .class("visually-hidden"))
        }
    }

    private func writeLists(_ present: [Attendance], _ gone: [Attendance], _ html: inout HTML) {
        // It scrolls by itself: with the keyboard as well.
        html.div(.class("present-list"), .tabIndex(0), .role("group"), .aria("label", "Presentes")) { box in
            for capacity in Attendance.Capacity.allCases {
                let those = present.filter { $0.capacity == capacity }
                writeGroup(capacity.heading, those, &box) { stay, line in
                    tick(stay, named: "people", &line)
                    line.span(
                        "\(hour(stay.arrivedAt))\(stay.way == .remote ? ", a distancia" : "")",
                        .class("present-hour"))
                    if takesSpeakers { writeWord(of: stay, &line) }
                }
            }
            writeGroup("Salieron", gone, &box) { stay, line in
                tick(stay, named: "gone", &line)
                line.span(stay.leftAt.map { "a las \(hour($0))" } ?? "", .class("present-hour"))
            }
        }
    }

    private func writeGroup(
        _ title: String, _ those: [Attendance], _ box: inout HTML, line: (Attendance, inout HTML) -> Void
    ) {
        guard !those.isEmpty else { return }
        box.h3("\(title) (\(SpanishFormat.number(those.count)))")
        box.ul(.class("present")) { list in
            for stay in those.sorted(by: { $0.name.folded < $1.name.folded }).prefix(Self.most) {
                list.li { line(stay, &$0) }
            }
        }
        if those.count > Self.most { box.p("Y \(SpanishFormat.number(those.count - Self.most)) más.") }
    }

    private func tick(_ stay: Attendance, named name: String, _ line: inout HTML) {
        guard isOpen else { return line.span(stay.name, .class("speaker-name")) }
        let id = "p-\(stay.id)"
        let isTicked = state.entries.all(name).contains(stay.id.description)
        line.div(.class("form-check speaker-name")) { check in
            check.input(
                .type("checkbox"), .class("form-check-input"), .id(id), .name(name), .checked(isTicked),
                .value(stay.id.description))
            check.label(stay.name, .for(id), .class("form-check-label"))
        }
    }

    private func writeWord(of stay: Attendance, _ line: inout HTML) {
        guard !file.speaking.holds(stay.id) else {
            return line.span("en la lista", .class("present-hour"))
        }
        line.button(
            .type("submit"), .name("stay"), .value(stay.id.description),
            .formAction(.askForWord(slug, meeting.id)), .class("btn btn-outline-primary btn-sm")
        ) { button in
            button.text("Pide la palabra")
            button.span(": \(stay.name)", .class("visually-hidden"))
        }
    }
}

extension PresencePane {
    /// Notes who of those ticked left or came back.
    static func move(
        _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>, _ context: TenantContext
    ) async throws -> String {
        let heading = try await context.alliance(slug, toUse: .recordAttendance)
        let alliance = heading.alliance.id
        let meeting = try await context.fetch(FindMeeting(id, of: alliance))
        let time: TimeOfDay? =
            meeting.state == .held ? try form.read(MovingForm.atThen) : try form.read(MovingForm.at)
        let moment = time.map { meeting.moment($0, at: context.visit.now) }
        func ticked(_ name: String) -> [ID<Attendance>] {
            form.entries.all(name).compactMap { ID<Attendance>($0) }
        }
        switch form.entries.first("move").flatMap(StayMove.init(rawValue:)) {
        case .returned:
            let count = try await context.run(
                RecordReturn(of: ticked("gone"), to: id, of: alliance, at: moment), form)
            return "\(SpanishFormat.count(count, "persona volvió", "personas volvieron"))."
        case .left, nil:
            let count = try await context.run(
                RecordDeparture(of: ticked("people"), from: id, of: alliance, at: moment), form)
            return "\(SpanishFormat.count(count, "persona salió", "personas salieron"))."
        }
    }
}
