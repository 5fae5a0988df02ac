import Elections
import Foundation
import Governance
import Kernel
import Tenancy

/// The door: somebody types or scans a document, and Enter lets the person in.
struct CheckInPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let session: DaySession?
    /// What was typed; `nil` before anything was.
    let words: String?
    let answer: FindElectors.Answer?
    /// The last ones who came.
    let latest: [Elector]
    let total: Int
    let now: Date
    let form: FormState

    var title: String { "Ingreso de electores" }
    var frame: Frame { .counter }

    func content(_ html: inout HTML) {
        guard let session, session.isOpen else {
            html.emptyState(
                EmptyState(
                    "La jornada no está abierta: todavía no se registran ingresos.", next: "Ir a la jornada",
                    to: .votingDay(heading.slug, process.id)))
            return
        }
        html.quorumLine(day.quorum, in: session)
        if let refusal = form.refusal { html.note(.problem, refusal) }
        if !session.checkIn.contains(now) {
            html.note(
                .warning,
                "El ingreso solo se registra hasta las \(SpanishFormat.time(ColombianTime.time(at: session.checkIn.upperBound))), y ya pasó esa hora. A quien llegue ahora oriéntelo al comité electoral."
            )
        }
        search(&html)
        if let answer { write(answer, &html) }
        writeLatest(session, &html)
    }

    private func search(_ html: inout HTML) {
        html.queryForm(at: .checkIn(heading.slug, process.id), FormState(), .class("door"), .role("search")) {
            form in
            form.label("Documento o nombre", .for("puerta"), .class("form-label"))
            form.div(.class("door-line")) { line in
                line.input(
                    .type("search"), .id("puerta"), .name("documento"), .value(words ?? ""),
                    .class("form-control form-control-lg"), .autocomplete("off"),
                    .autofocus(answer?.electors.contains { !$0.isPresent } != true))
                line.button(.type("submit"), .class("btn btn-primary")) { button in
                    button.icon(.search)
                    button.span("Buscar")
                }
            }
            form.p(
                "Escriba o lea el documento y oprima Enter; con otro Enter la persona ingresa.",
                .class("form-text"))
        }
    }

    private func write(_ answer: FindElectors.Answer, _ html: inout HTML) {
        html.section(.class("door-answer"), .aria("label", "A quién corresponde")) { part in
            guard !answer.electors.isEmpty else { return writeStrangers(answer.strangers, &part) }
            if answer.electors.count == FindElectors.limit {
                part.p(
                    "Hay más personas con ese nombre: escriba también los apellidos o el documento.",
                    .class("form-text"))
            }
            part.ul(.class("dossier")) { list in
                var isFirst = true
                for elector in answer.electors {
                    list.li { write(elector, takesFocus: isFirst && !elector.isPresent, &$0) }
                    if !elector.isPresent { isFirst = false }
                }
            }
        }
    }

    private func writeStrangers(_ strangers: [Stranger], _ part: inout HTML) {
        let name = words ?? ""
        guard !strangers.isEmpty else {
            part.note(.warning, "«\(name)» no está en el censo definitivo") { note in
                note.p(
                    "Revise el número con el documento en la mano, o busque por apellidos. Si no aparece, no puede votar: oriente a la persona al comité electoral."
                )
            }
            return
        }
        for stranger in strangers {
            part.note(.problem, "\(stranger.name) (\(stranger.document)) no está en el censo definitivo") {
                note in
                note.p(stranger.cause.words)
            }
        }
    }

    private func write(_ elector: Elector, takesFocus: Bool, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h2(elector.name)
            head.status(elector.status)
        }
        item.p(
            "\(elector.documentType) \(elector.documentNumber.grouped) · \(elector.table.map { "mesa \($0), \(elector.place ?? "")" } ?? "sin mesa")"
        )
        if elector.isPresent {
            item.div(.class("door-actions")) { actions in
                actions.action(
                    "Registrar la salida", posting: .leave(heading.slug, process.id),
                    sending: [QueryItem(name: "person", value: elector.person.description)])
            }
            return
        }
        item.form(to: Path.checkIn(heading.slug, process.id).with("documento", words)) { form in
            form.input(.type("hidden"), .name("person"), .value(elector.person.description))
            form.div(.class("door-actions")) { actions in
                actions.button(
                    .type("submit"), .name("shown"), .value("si"), .class("btn btn-primary"),
                    .autofocus(takesFocus)
                ) { $0.text("Ingresa: mostró su documento") }
                actions.button(
                    .type("submit"), .name("shown"), .value("no"), .class("btn btn-outline-primary")
                ) { $0.text("Ingresa sin documento") }
            }
        }
    }

    private func writeLatest(_ session: DaySession, _ html: inout HTML) {
        html.section("Últimos ingresos") { part in
            guard !latest.isEmpty else {
                part.p("Nadie ha ingresado todavía.")
                return
            }
            part.p { line in
                line.text(
                    "\(SpanishFormat.count(total, "persona ha ingresado", "personas han ingresado")) en esta sesión. "
                )
                line.a("Ver la asistencia", .href(.attendance(heading.slug, process.id)))
            }
            part.ul(.class("arrivals")) { list in
                for elector in latest {
                    list.li { item in
                        item.div { words in
                            words.strong(elector.name)
                            words.text(
                                " · \(elector.documentType) \(elector.documentNumber.grouped) · \(elector.stay)"
                            )
                        }
                        guard elector.isPresent, let presence = elector.presence, let came = elector.arrivedAt
                        else { return }
                        if now < came.addingTimeInterval(300) {
                            item.action(
                                "Deshacer", posting: .undoCheckIn(heading.slug, process.id),
                                sending: [QueryItem(name: "presence", value: presence.description)])
                        } else {
                            item.action(
                                "Salió", posting: .leave(heading.slug, process.id),
                                sending: [QueryItem(name: "person", value: elector.person.description)])
                        }
                    }
                }
            }
        }
    }
}

extension Elector {
    /// Where the elector is, as a chip.
    var status: Status {
        guard let arrivedAt else { return Status("Por ingresar", .plain) }
        guard let leftAt else {
            return Status("Presente desde las \(SpanishFormat.time(ColombianTime.time(at: arrivedAt)))", .met)
        }
        return Status("Salió a las \(SpanishFormat.time(ColombianTime.time(at: leftAt)))", .due)
    }

    /// The stay in words.
    fileprivate var stay: String {
        guard let arrivedAt else { return "" }
        let came = SpanishFormat.time(ColombianTime.time(at: arrivedAt))
        return leftAt.map { "\(came) a \(SpanishFormat.time(ColombianTime.time(at: $0)))" } ?? came
    }
}

extension Stranger.Cause {
    /// Why, and where to go.
    fileprivate var words: String {
        switch self {
        case .ineligible:
            "No cumplió los requisitos cuando se publicó el censo provisional. No puede votar; el comité electoral le explica el motivo."
        case .unproven:
            "No probó un requisito antes de que se congelara el censo. No puede votar; el comité electoral le explica cuál."
        case .eligible:
            "Una reclamación decidida lo excluyó. No puede votar; el comité electoral le muestra la decisión."
        case .noMember:
            "Es afiliado y no estaba inscrito en la alianza cuando se hizo el censo. No puede votar; puede inscribirse para la próxima elección."
        }
    }
}

extension String {
    /// A document's number by thousands, where it is one.
    fileprivate var grouped: String { Int(self).map { SpanishFormat.number($0) } ?? self }
}

/// Who came to a session, as a list.
struct AttendancePage: DayPage, ListPage {
    enum Sort: String, SortKey {
        case arrival = "ingreso"
        static let initial = Self.arrival
        static let beginsDescending = true
    }

    /// Whether all are listed, or those who are inside.
    enum Standing: String, PathValue, CaseIterable {
        case present = "presentes"

        /// The words on the filter.
        var title: String { "Quienes están presentes" }
    }

    static let standing = Field.choice(
        "quienes", "Quiénes", Standing.allCases, title: \.title, style: .menu,
        prompt: "Todos los que ingresaron"
    ).optional()

    static let columns: [Column<Elector, Sort>] = [
        .text("Nombre") { $0.name },
        .text("Documento") { "\($0.documentType) \($0.documentNumber.grouped)" },
        .integer("Mesa") { $0.table },
        .instant("Ingresó") { $0.arrivedAt },
        .instant("Salió") { $0.leftAt },
    ]

    let heading: AllianceHeading
    let day: DayFile
    let query: ListQuery<Sort>
    let found: Found<Elector>

    var title: String { "Asistencia" }
    var lead: String? { process.name }

    func content(_ html: inout HTML) {
        html.list(
            self, filters: { $0.field(Self.standing) },
            empty: EmptyState(
                "Nadie ha ingresado todavía.", next: "Registrar ingresos",
                to: .checkIn(heading.slug, process.id)))
    }
}
