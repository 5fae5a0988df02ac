import Elections
import Kernel
import Tenancy

/// What a vote on paper is printed from: ballots, lists to sign, count sheets, and how many of each.
struct PapersPage: Page {
    let heading: AllianceHeading
    let papers: PapersFile
    let alliance: String
    let entity: Organization
    let today: CalendarDate

    private var process: ElectionProcess { papers.process }

    var title: String { "Papeles para la votación" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "papeles" }

    func body(_ html: inout HTML) {
        if papers.isWhole {
            html.section("Tarjetones") { part in
                if isToVote {
                    part.p(
                        "Todos los tarjetones son iguales: ninguno lleva número ni señal que diga de quién es. Si después de imprimirlos el comité inhabilita a alguien, imprímalos otra vez.",
                        .class("form-text"))
                }
                part.ul(.class("dossier")) { list in
                    for ballot in papers.ballots { list.li { write(ballot, &$0) } }
                }
            }
        }
        html.section("Mesas") { part in
            guard !papers.tables.isEmpty else {
                part.emptyState(
                    papers.isWhole
                        ? EmptyState(
                            "Todavía no hay mesas.", next: "Ir a las mesas",
                            to: .tables(heading.slug, process.id))
                        : EmptyState("Usted no es jurado de ninguna mesa de esta elección."))
                return
            }
            if papers.roll == nil {
                part.note(.info, PaperError.rollNotFrozen.message)
            } else if papers.isWhole, withoutTable > 0 {
                part.note(
                    .warning,
                    "\(SpanishFormat.count(withoutTable, "elector no tiene mesa", "electores no tienen mesa")). Repártalos en «Mesas» antes de imprimir."
                )
            }
            part.ul(.class("dossier")) { list in
                for table in papers.tables { list.li { write(table, &$0) } }
            }
        }
    }

    /// Electors who are on no table's list.
    private var withoutTable: Int {
        (papers.roll?.electors ?? 0) - papers.tables.reduce(0) { $0 + $1.electors }
    }

    /// Whether there are ballots to print, now or once nominations close.
    private var isToVote: Bool {
        papers.ballots.contains { $0.obstacle != .over && $0.obstacle != .notOnPaper }
    }

    private func write(_ ballot: BallotPaper, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3(ballot.round > 1 ? "\(ballot.contest.name), segunda vuelta" : ballot.contest.name)
            head.status(
                ballot.obstacle == nil
                    ? Status("Listo para imprimir", .met)
                    : ballot.obstacle == .notOnPaper || ballot.obstacle == .over
                        ? Status("No se imprime", .exempt) : Status("Todavía no", .due))
        }
        if let obstacle = ballot.obstacle {
            item.p(obstacle.message)
            return
        }
        if ballot.isOrderOpen {
            item.p { line in
                line.text("El orden es el de inscripción. Si se va a sortear, que sea antes de imprimir: ")
                line.a("orden del tarjetón", .href(.ballotOrder(heading.slug, process.id, ballot.contest.id)))
                line.text(". Con urna electrónica hay que sortearlo.")
            }
        }
        item.p(
            "\(SpanishFormat.count(ballot.options.count, "candidatura", "candidaturas")) y el voto en blanco. \(ballot.marks == 1 ? "Se marca un cuadro." : "Se marcan hasta \(ballot.marks) cuadros.")"
        )
        if papers.roll != nil { item.p(quantity(of: ballot)) }
        item.p {
            $0.a(
                "Imprimir el tarjetón (PDF)", .class("btn btn-outline-primary btn-sm"),
                .href(.ballotPaper(heading.slug, process.id, ballot.contest.id)),
                .aria("label", "Imprimir el tarjetón de \(ballot.contest.name), en PDF"))
        }
    }

    /// How many ballots are needed, and how many sheets that is.
    private func quantity(of ballot: BallotPaper) -> String {
        let electors = papers.tables.reduce(0) { $0 + $1.electors }
        let reserve = papers.tables.reduce(0) {
            $0 + ($1.electors > 0 ? BallotPaper.reserve(for: $1.electors) : 0)
        }
        let document = document(of: ballot)
        let perSheet = document.perSheet
        let sheets = (electors + reserve + perSheet - 1) / perSheet
        let made =
            "Imprima \(SpanishFormat.count(electors + reserve, "tarjetón", "tarjetones")): \(SpanishFormat.number(electors)) para los electores y \(SpanishFormat.number(reserve)) de reserva"
        return perSheet == 1
            ? "\(made), uno en cada hoja de tamaño carta\(document.needsBothSides ? ", por las dos caras: son muchas candidaturas" : "")."
            : "\(made). En cada hoja de tamaño carta caben dos: son \(SpanishFormat.count(sheets, "hoja", "hojas"))."
    }

    private func document(of ballot: BallotPaper) -> BallotDocument {
        BallotDocument(
            ballot: ballot, process: process, alliance: alliance, entity: entity, printedOn: today)
    }

    private func write(_ table: PaperTable, _ item: inout HTML) {
        let setup = table.setup
        item.h3("Mesa \(setup.number) · \(setup.place)")
        item.p("\(setup.address), \(table.municipality)", .class("form-text"))
        if papers.roll != nil {
            let reserve = BallotPaper.reserve(for: table.electors)
            let electors = "\(SpanishFormat.count(table.electors, "elector", "electores"))."
            item.p(
                table.electors == 0
                    ? "Ningún elector vota en esta mesa: reparta a los electores en «Mesas»."
                    : !isToVote
                        ? electors
                        : "\(electors) Lleve \(SpanishFormat.number(table.electors + reserve)) tarjetones de cada votación: \(SpanishFormat.number(table.electors)) y \(SpanishFormat.number(reserve)) de reserva."
            )
        }
        item.div(.class("switches")) { links in
            if papers.roll != nil, table.electors > 0 {
                links.a(
                    "Lista para firmar (PDF)", .href(.tableRoll(heading.slug, process.id, setup.id)),
                    .aria("label", "Lista de electores de la mesa \(setup.number) para firmar, en PDF"))
            }
            if papers.ballots.contains(where: \.isSettled) {
                links.a(
                    "Hoja de conteo (PDF)", .href(.tallySheet(heading.slug, process.id, setup.id)),
                    .aria("label", "Hoja de conteo de la mesa \(setup.number), en PDF"))
            }
        }
    }
}
