import Elections
import Foundation
import Kernel
import Tenancy

/// A box at a table, as its jurors work with it: who gets papers or a slip, and the booths.
struct BoxTablePage: DayPage {
    /// Whether the juror said that the papers are handed over.
    static let handed = "handed"

    let heading: AllianceHeading
    let day: DayFile
    let file: BoxTable
    /// What was typed; `nil` before anything was.
    let words: String?
    let now: Date

    private var box: BallotBox { file.box }
    private var path: Path { .boxTable(heading.slug, process.id, box.id, file.id) }
    private var takesVotes: Bool { [.sealed, .open].contains(box.state) }

    var title: String { "\(box.title) en la mesa \(file.number)" }
    var lead: String? { process.name }
    var frame: Frame { .counter }
    var help: HelpTopic { "cabina-en-la-mesa" }

    func content(_ html: inout HTML) {
        html.p { line in
            line.status(box.status)
            line.text(" \(box.hours(toldAt: now))")
        }
        writeSearch(&html)
        if words != nil { writeAnswer(&html) }
        html.section("Cuántos han votado en esta mesa") { part in
            part.facts(
                ways.map { Fact($0.title, SpanishFormat.number(file.participation[$0] ?? 0)) })
        }
        if box.choices.allowsKiosk { writeKiosks(&html) }
    }

    /// The ways in which people vote at a table.
    private var ways: [VotingPass.Way] {
        (box.choices.allowsKiosk ? [.kiosk] : []) + (box.choices.hasPaper ? [.paper] : [])
    }

    private func writeSearch(_ html: inout HTML) {
        html.queryForm(at: path, FormState(), .class("door"), .role("search")) { form in
            form.label("Documento o nombre", .for("mesa"), .class("form-label"))
            form.div(.class("door-line")) { line in
                line.input(
                    .type("search"), .id("mesa"), .name("documento"), .value(words ?? ""),
                    .class("form-control form-control-lg"), .autocomplete("off"),
                    .autofocus(!file.electors.contains(where: mayTakePaper)))
                line.button(.type("submit"), .class("btn btn-primary")) { button in
                    button.icon(.search)
                    button.span("Buscar")
                }
            }
            // A telephone has neither key: the style shows this where a pointer says that there is a keyboard.
            form.p(
                box.choices.hasPaper && takesVotes
                    ? "Con teclado o lector: oprima Enter para buscar. Al entregar el tarjetón márquelo con la barra espaciadora y oprima Enter."
                    : "Con teclado o lector: oprima Enter para buscar.",
                .class("form-text by-keyboard"))
        }
    }

    private func writeAnswer(_ html: inout HTML) {
        html.section(.class("door-answer"), .aria("label", "A quién corresponde")) { part in
            guard !file.electors.isEmpty else {
                part.note(.warning, "«\(words ?? "")» no está en el censo definitivo") { note in
                    note.p("Revise el número con el documento en la mano, o busque por apellidos.")
                }
                return
            }
            if file.electors.count == ReadBoxTable.limit {
                part.p(
                    "Hay más personas con ese nombre: escriba también los apellidos o el documento.",
                    .class("form-text"))
            }
            let first = file.electors.first(where: mayTakePaper)
            part.ul(.class("dossier")) { list in
                for elector in file.electors {
                    list.li { write(elector, takesFocus: elector == first, &$0) }
                }
            }
        }
    }

    /// Whether papers may be handed to somebody here.
    private func mayTakePaper(_ elector: BoxElector) -> Bool {
        takesVotes && box.choices.hasPaper && elector.way == nil && elector.isPresent
            && elector.table == file.number
    }

    private func write(_ elector: BoxElector, takesFocus: Bool, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h2(elector.name)
            head.status(elector.status)
        }
        let table = elector.table.map { "mesa \($0)" } ?? "sin mesa"
        item.p("\(elector.documentType) \(elector.documentNumber) · \(table) · \(elector.slipInWords)")
        if elector.hasConflict {
            item.p("Hay una contradicción registrada: la deciden dos personas en la página de la urna.")
        }
        if elector.way == nil, elector.table != file.number {
            item.p("Vota en otra mesa: oriente a la persona a la suya.")
        }
        item.div(.class("door-actions")) { writeActions(of: elector, takesFocus: takesFocus, &$0) }
    }

    private func writeActions(of elector: BoxElector, takesFocus: Bool, _ html: inout HTML) {
        func task(_ task: BoxTableTask) -> Path {
            Path.boxTableTask(heading.slug, process.id, box.id, file.id, task)
                .with("persona", elector.person.description)
        }
        if mayTakePaper(elector) {
            html.form(to: .markPaper(heading.slug, process.id, box.id, file.id)) { form in
                form.input(.type("hidden"), .name("person"), .value(elector.person.description))
                form.input(.type("hidden"), .name("documento"), .value(words ?? ""))
                // A reader of documents may send Enter twice: what shuts somebody out of the box takes a hand.
                form.div(.class("form-check")) { check in
                    let id = "entregado-\(elector.person)"
                    check.input(
                        .type("checkbox"), .id(id), .name(Self.handed), .value("si"),
                        .class("form-check-input"), .required(), .autofocus(takesFocus))
                    check.label("Se le entrega el tarjetón", .for(id), .class("form-check-label"))
                }
                form.button("Entregar el tarjetón", .type("submit"), .class("btn btn-primary"))
            }
        } else if elector.way == nil, !elector.isPresent, elector.table == file.number, takesVotes {
            html.action("Registrar su ingreso", to: .checkIn(heading.slug, process.id))
        }
        if takesVotes, elector.way == nil {
            html.action(elector.hasSlip ? "Reemplazar su volante" : "Entregarle un volante", to: task(.slip))
        }
        guard box.choices.hasPaper else { return }
        if elector.way == .paper, elector.votedAt == file.number, takesVotes {
            html.action("Devolvió el tarjetón sin usarlo", to: task(.paperReturned))
        } else if elector.way != nil, !elector.hasConflict, [.open, .closed].contains(box.state) {
            html.action("Firmó la lista de esta mesa", to: task(.conflict))
        }
    }

    private func writeKiosks(_ html: inout HTML) {
        html.section("Cabinas de esta mesa") { part in
            if file.kiosks.isEmpty { part.p("Todavía no hay ninguna.") }
            part.ul(.class("arrivals")) { list in
                for kiosk in file.kiosks {
                    list.li { item in
                        item.div { words in
                            words.strong(kiosk.name)
                            words.text(" ")
                            words.status(
                                kiosk.closedAt == nil ? Status("Abierta", .open) : Status("Cerrada", .sealed))
                        }
                        guard kiosk.closedAt == nil else { return }
                        item.action(
                            "Cerrar esta cabina",
                            posting: .closeKiosk(heading.slug, process.id, box.id, file.id),
                            sending: [QueryItem(name: "kiosk", value: kiosk.id.description)])
                    }
                }
            }
            part.p(
                "Si un equipo se pierde, se daña o sale de la mesa, cierre aquí su cabina: no da paso a nadie más.",
                .class("form-text"))
            if takesVotes {
                part.action(
                    "Convertir este equipo en cabina", to: .openKiosk(heading.slug, process.id, file.id))
            }
        }
    }
}

extension BoxElector {
    /// How they stand, as a chip.
    fileprivate var status: Status {
        switch way {
        case .paper: Status("Votó en papel\(votedAt.map { ", mesa \($0)" } ?? "")", .sealed)
        case .kiosk, .remote: Status("Votó en la urna electrónica", .sealed)
        case nil: isPresent ? Status("Presente", .met) : Status("Sin ingreso", .plain)
        }
    }

    fileprivate var slipInWords: String {
        guard hasSlip else { return "sin volante" }
        return serial.map { "volante \($0)" } ?? "volante con su nombre"
    }
}

/// What a juror does about one elector beside a box, as addresses name it.
enum BoxTableTask: String, PathValue, CaseIterable {
    /// Gives them a slip.
    case slip = "volante"
    /// Takes back that they were handed papers.
    case paperReturned = "tarjeton-devuelto"
    /// Lists that their marks contradict each other.
    case conflict = "contradiccion"
}

/// Does something about one elector beside a box.
struct BoxTableTaskPage: DayPage {
    static let serial = Field.text(
        "serial", "Número del volante", max: 20,
        hint: "El que está por fuera, como R-0001. Un lector lo escribe solo.")
    static let lost = Field.paragraphs(
        "reason", "¿Por qué se reemplaza?", max: 300, rows: 2,
        hint: "Por ejemplo: lo perdió. Queda en la cronología, sin el nombre de la persona.")
    static let returned = Field.paragraphs(
        "reason", "¿Qué pasó?", max: 300, rows: 2,
        hint:
            "Por ejemplo: prefirió la cabina y devolvió el tarjetón. Lo leen las dos personas que lo revisan antes de contar."
    )
    static let account = Field.paragraphs(
        "account", "¿Qué se encontró?", max: 500, rows: 3,
        hint: "Con quiénes lo vieron. Lo leen quienes deciden.")

    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let box: BallotBox
    let elector: BoxElector
    let task: BoxTableTask
    let form: FormState

    var title: String {
        switch task {
        case .slip: elector.hasSlip ? "Reemplazar el volante" : "Entregar un volante"
        case .paperReturned: "El tarjetón volvió sin usar"
        case .conflict: "Registrar una contradicción"
        }
    }
    var lead: String? { "\(elector.name) · mesa \(table.number)" }
    var frame: Frame { .narrow }
    var help: HelpTopic { "cabina-en-la-mesa" }

    private var back: Path { .boxTable(heading.slug, process.id, box.id, table.id) }

    func content(_ html: inout HTML) {
        if task == .slip {
            html.facts([
                Fact("Para quién", elector.name),
                Fact("Documento", "\(elector.documentType) \(elector.documentNumber)"),
                Fact("Volante que tiene", elector.slipInWords),
            ])
        }
        html.p(words)
        let path = Path.boxTableTask(heading.slug, process.id, box.id, table.id, task)
        html.form(to: path.with("persona", elector.person.description), form) { form in
            switch task {
            case .slip:
                form.field(Self.serial)
                if elector.hasSlip { form.field(Self.lost) }
                form.submit(elector.hasSlip ? "Reemplazar el volante" : "Entregar el volante", orBackTo: back)
            case .paperReturned:
                form.field(Self.returned)
                form.submit("Quitar la marca", orBackTo: back)
            case .conflict:
                form.field(Self.account)
                form.submit("Registrar la contradicción", orBackTo: back)
            }
        }
    }

    private var words: String {
        switch task {
        case .slip:
            elector.hasSlip
                ? "El volante anterior deja de servir. Si ya se votó con él, no se puede reemplazar. Tome uno de reserva, cerrado."
                : "La persona saca un volante cerrado de la caja, sin que nadie vea la clave de adentro."
        case .paperReturned:
            "Hágalo solo si tiene todos sus tarjetones en la mano y ninguno entró a la urna. La persona podrá votar en la cabina. Queda anotado quién quitó la marca, y dos personas lo revisan antes de contar."
        case .conflict:
            "La plataforma no une ni borra nada: la contradicción queda en la lista de la urna y la deciden dos personas de organismos distintos."
        }
    }
}

extension Path {
    /// A box at a table.
    static let boxTable = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mesas/{table}")
    /// Marks who is handed ballot papers.
    static let markPaper = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mesas/{table}/papel")
    /// Closes a booth of a table.
    static let closeKiosk = Route<AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<VotingTable>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mesas/{table}/cerrar-cabina")
    /// Does something about one elector; who stands behind the address, so that no log joins somebody to an hour.
    static let boxTableTask = Route<
        AllianceSlug, ID<ElectoralProcess>, ID<BallotBox>, ID<VotingTable>, BoxTableTask
    >("/o/{tenant}/alianzas/{alliance}/elecciones/{process}/urnas/{box}/mesas/{table}/elector/{task}")
}
