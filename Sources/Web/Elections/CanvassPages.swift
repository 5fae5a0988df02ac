import Elections
import Foundation
import Kernel
import Tenancy

/// The results of a process, a contest each.
struct ResultsPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let reports: [ID<Contest>: CanvassReport]
    let mayCanvass: Bool
    let mayConfirmDraws: Bool

    var title: String { "Escrutinio" }
    var lead: String? { process.name }
    var tab: ProcessTab? { .result }
    var help: HelpTopic { "escrutinio" }

    func content(_ html: inout HTML) {
        html.annulment(day.annulment, heading.slug, process.id)
        html.ul(.class("dossier")) { list in
            for contest in day.contests { list.li { write(contest, &$0) } }
        }
    }

    private func write(_ contest: Contest, _ item: inout HTML) {
        let report = reports[contest.id]
        item.div(.class("dossier-head")) { head in
            head.h3 { name in
                if report == nil {
                    name.text(contest.name)
                } else {
                    name.a(contest.name, .href(.canvass(heading.slug, process.id, contest.id)))
                }
            }
            head.status(report?.status ?? Status("Sin escrutinio", .plain))
        }
        if let report {
            item.p(report.sentence)
            item.div(.class("door-actions")) { actions in
                actions.action(
                    "Ver el escrutinio paso a paso", to: .canvass(heading.slug, process.id, contest.id),
                    .secondary)
                actions.draw(
                    report, to: .draw(heading.slug, process.id, contest.id), mayCanvass, mayConfirmDraws)
            }
            // A second vote that was held is counted too.
            guard let turn = day.turns[contest.id], turn.isDue, turn.outcome == nil else { return }
        }
        let waiting = day.waitingTables(for: contest.id)
        if contest.state == .open, waiting == 0, process.state.isBetweenVoteAndProclamation,
            let box = day.waitingBox(for: contest.id)
        {
            item.p { line in
                line.text(box.waitsForAnnulment ? "Falta anular la " : "Falta contar la ")
                line.a("urna electrónica n.º \(box.number)", .href(.box(heading.slug, process.id, box.id)))
                if box.waitsForAnnulment {
                    return line.text(
                        ": con menos de \(BallotBox.fewestInWords) votos no se abre, y se vota otra vez.")
                }
                line.text(
                    ". El escrutinio se hace con sus votos\(box.hasPaper ? " y los de las mesas" : "").")
            }
            return
        }
        guard contest.state == .open, waiting == 0, !day.tables.isEmpty || !day.boxes.isEmpty,
            process.state.isBetweenVoteAndProclamation
        else {
            item.p(
                process.state.isBetweenVoteAndProclamation && contest.state == .open && waiting > 0
                    ? "\(waiting == 1 ? "Falta cerrar una mesa" : "Faltan \(waiting) mesas por cerrar"). El escrutinio se hace cuando todas estén cerradas."
                    : process.state == .suspended
                        ? "La elección está suspendida." : "Se hace después de la votación.")
            return
        }
        if mayCanvass {
            item.action(
                "Hacer el escrutinio", posting: .canvass(heading.slug, process.id, contest.id), .primary)
        } else {
            item.p(
                day.boxes.isEmpty
                    ? "Todas las mesas están cerradas. El comité electoral hace el escrutinio."
                    : "Todo está contado. El comité electoral hace el escrutinio.")
        }
    }
}

extension HTML {
    /// Tells of an annulment that waits for its second person, and leads to it.
    mutating func annulment(
        _ annulment: OpenAnnulment?, _ slug: AllianceSlug, _ process: ID<ElectoralProcess>
    ) {
        guard let annulment else { return }
        note(.warning, "Hay una propuesta de anular \(annulment.object)") { note in
            note.p(
                "\(annulment.proposedBy ?? "Alguien") la propuso el \(SpanishFormat.longDateAndTime(annulment.proposedAt)): \(annulment.reason)"
            )
            note.p { line in
                line.text("Otra persona, con otra función, la ")
                line.a("confirma o la retira", .href(.settleAnnulment(slug, process, annulment.act)))
                line.text(".")
            }
        }
    }
}

extension OpenAnnulment {
    /// What it would annul, within a sentence.
    var object: String { contestName.map { "«\($0)»" } ?? "toda la elección" }
}

extension CanvassReport {
    /// Where the result stands, as a chip.
    var status: Status {
        if isAnnulled { return Status("Anulada", .overdue) }
        return switch result {
        case .tie: Status("Empate por sortear", .due)
        case .runoff: isTied ? Status("Empate por sortear", .due) : Status("Segunda vuelta", .open)
        case .void: Status("Desierta", .overdue)
        case .nobody: Status("Nadie resultó elegido", .due)
        case .blankWins: Status("Ganó el voto en blanco", .due)
        case .elected:
            proclaimedOn != nil
                ? Status("Proclamado", .sealed)
                : isFinal ? Status("Resultado definitivo", .met) : Status("Resultado provisional", .open)
        }
    }
}

/// The canvass of a contest: the result in a sentence, the figures, the arithmetic, how to check it.
struct CanvassPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let contest: Contest
    let report: CanvassReport
    let publicPage: Path?
    let now: Date
    let mayCanvass: Bool
    let mayConfirmDraws: Bool
    let mayChallenge: Bool
    let mayAnnul: Bool

    var title: String { report.contest }
    var lead: String? { process.name }
    var trail: [Crumb] {
        heading.trail(from: .elections) + [
            Crumb(process.name, .process(heading.slug, process.id)),
            Crumb("Escrutinio", .results(heading.slug, process.id)),
        ]
    }
    var help: HelpTopic { "escrutinio" }

    /// Whether the result can still be challenged.
    private var isChallengeable: Bool { day.terms.isOpen(for: contest.id, at: now) }
    /// Whether the result elects nobody, so that the contest ends with it.
    private var electsNobody: Bool { report.result.electsNobody }
    /// The turn of the contest, where a runoff is to begin.
    private var runoff: ContestTurn? { day.turns[contest.id].flatMap { $0.isRunoffToBegin ? $0 : nil } }

    func actions(_ html: inout HTML) {
        html.draw(report, to: .draw(heading.slug, process.id, contest.id), mayCanvass, mayConfirmDraws)
        if mayCanvass, contest.state == .open, electsNobody, !isChallengeable {
            html.action(
                report.result == .blankWins ? "Declarar que ganó el voto en blanco" : "Declarar desierta",
                to: .endContest(heading.slug, process.id, contest.id), .primary)
        }
        html.action(
            "Acta en PDF", to: .canvassDocument(heading.slug, process.id, contest.id), .secondary,
            icon: .document)
    }

    func content(_ html: inout HTML) {
        html.p(.class("result-sentence")) { line in
            line.status(report.status)
            line.text(" \(report.sentence)")
        }
        if let runoff { writeRunoff(runoff, &html) }
        html.canvass(report)
        html.section("Cómo verificarlo") { part in
            part.p(
                report.boxes?.isEmpty != false
                    ? "Cualquier persona puede repetir estas cuentas con las cifras de las mesas."
                    : "Cualquier persona puede repetir estas cuentas con las cifras de las mesas y de la urna electrónica, y comprobar el archivo de la urna en su equipo."
            )
            if let publicPage {
                part.p { $0.a("Página pública de este resultado", .href(publicPage)) }
            }
        }
        if let window = day.terms.window(of: contest.id), contest.state == .open {
            html.section("Impugnaciones") { part in
                part.p(
                    isChallengeable
                        ? "Este resultado se puede impugnar hasta el \(window.lastDayInWords)."
                        : "El plazo terminó el \(window.lastDayInWords).")
                if electsNobody, isChallengeable {
                    part.p("Después de ese día el comité electoral declara que nadie resultó elegido.")
                }
                if isChallengeable, mayChallenge {
                    part.action(
                        "Impugnar este resultado",
                        to: Path.fileChallenge(heading.slug, process.id).with(
                            "contest", contest.id.description))
                }
            }
        }
    }
}

extension CanvassPage {
    /// Writes what the second vote waits for, and what to do where it cannot be held.
    private func writeRunoff(_ turn: ContestTurn, _ html: inout HTML) {
        html.section("Segunda vuelta") { part in
            part.p { line in
                switch turn.obstacle {
                case .draw: line.text("Se vota después del sorteo.")
                case .challenge(let challenge, let number):
                    line.text("Quiénes pasan depende de la ")
                    line.a(
                        "impugnación n.º \(number)", .href(.challenge(heading.slug, process.id, challenge)))
                    line.text(", que falta decidir.")
                case nil:
                    if let box = day.box(of: contest.id), !box.hasPaper {
                        line.text("Se vota en la ")
                        line.a(
                            "urna electrónica n.º \(box.number)",
                            .href(.box(heading.slug, process.id, box.id)))
                        return line.text(".")
                    }
                    line.text("Se vota en otra sesión, que el comité instala en la ")
                    line.a("jornada", .href(.votingDay(heading.slug, process.id)))
                    guard !day.boxes.isEmpty else { return line.text(".") }
                    line.text(", o en otra ")
                    line.a("urna electrónica", .href(.boxes(heading.slug, process.id)))
                    line.text(" para la segunda vuelta.")
                }
            }
            guard mayAnnul, day.annulment == nil, !process.state.isOver else { return }
            part.p { line in
                line.text("Si no se puede hacer, ")
                line.a(
                    "proponga que se anule solo esta elección",
                    .href(Path.annul(heading.slug, process.id).with("contest", contest.id.description)))
                line.text(". La confirma otra persona, y las demás siguen.")
            }
        }
    }
}

extension HTML {
    /// Writes the way to the draw of a tie, for those who hold it and for those who confirm it.
    fileprivate mutating func draw(
        _ report: CanvassReport, to path: Path, _ mayCanvass: Bool, _ mayConfirm: Bool
    ) {
        guard report.isTied, mayCanvass || mayConfirm else { return }
        action(mayCanvass ? "Sortear" : "Confirmar el sorteo", to: path, .primary)
    }

    /// Writes everything that an acta says below its result sentence; page, PDF and public page alike, but that on
    /// paper nothing is folded away.
    mutating func canvass(_ report: CanvassReport, onPaper: Bool = false) {
        if !report.elected.isEmpty, !report.isAnnulled {
            section("Personas elegidas") { part in
                let columns: [Column<CanvassReport.Elected, NoSort>] = [
                    .text("Puesto") { $0.rank == 0 ? $0.seat : "\($0.seat), suplente" },
                    .text("Persona") { $0.name },
                    .text("Plancha o candidatura") { $0.slate },
                ]
                let terms: [Column<CanvassReport.Elected, NoSort>] =
                    report.elected.contains { $0.endsOn != nil }
                    ? [
                        .text("Hasta") {
                            $0.endsOn.map { SpanishFormat.shortDate($0) } ?? "Desde la posesión"
                        }
                    ]
                    : []
                part.table("Personas elegidas", columns + terms, report.elected)
                if report.vacant > 0 {
                    part.p(
                        "\(SpanishFormat.count(report.vacant, "puesto queda vacante", "puestos quedan vacantes"))."
                    )
                }
            }
        }
        section("Votos") { part in
            part.votes(report)
            part.facts(
                Fact("Censo", "\(SpanishFormat.count(report.electors, "elector", "electores"))"),
                Fact(
                    "Votaron",
                    "\(SpanishFormat.count(report.turnout, "persona", "personas"))\(report.electors > 0 ? " (\(SpanishFormat.percentage(report.turnout, of: report.electors)))" : "")\(report.exclusionWords)"
                ),
                Fact(
                    "Convocatoria",
                    report.calledAt.map { "Publicada el \(SpanishFormat.longDateAndTime($0))" }),
                Fact("Período", report.term), Fact("Forma de votar", report.manner),
                Fact(
                    "Regla",
                    "\(CountingRule(rawValue: report.rule)?.title ?? report.rule). \(report.rulesSource)"))
        }
        section("Las cuentas, paso a paso") { part in
            part.ol(.class("arithmetic")) { list in
                for step in report.countSteps { list.li("\(step).") }
            }
        }
        if let order = report.ballotOrder {
            section("Orden del tarjetón") {
                $0.draw(order, .ballotOrder, steps: order.orderSteps, onPaper: onPaper)
            }
        }
        for draw in report.draws {
            // The steps of all draws stand with the last one, where they are not folded away.
            let steps = onPaper && draw != report.draws.last ? [] : report.drawSteps
            section("Sorteo") { $0.draw(draw, .tie, steps: steps, onPaper: onPaper) }
        }
        if !report.tables.isEmpty || report.boxes?.isEmpty != false {
            section("Mesa por mesa") { $0.tables(report, onPaper: onPaper) }
        }
        boxes(report)
        proceedings(report)
        section(.class("part seals")) { part in
            part.h2("Sellos")
            part.p("Censo congelado:", .class("form-text"))
            part.seal(report.rollSeal, onPaper: onPaper)
            for record in report.records {
                part.p(
                    "Acta \(record.number), \(record.isFinal ? "definitiva" : "provisional"), sellada el \(SpanishFormat.longDateAndTime(record.sealedAt)):",
                    .class("form-text"))
                part.seal(record.sha256, onPaper: onPaper)
            }
        }
    }

    private mutating func seal(_ digits: String, onPaper: Bool) {
        guard onPaper else { return seal(digits) }
        p(.class("seal")) { line in
            line.text("SHA-256 ")
            line.code(digits, .class("digest"))
        }
    }

    /// Writes votes and seats of each option; it stays a table on phones, since it is narrow.
    private mutating func votes(_ report: CanvassReport) {
        table(.class("votes")) { table in
            table.caption("Votos y puestos de cada opción", .class("visually-hidden"))
            table.thead { head in
                head.tr { row in
                    row.th("Opción", .scope("col"))
                    row.th("Votos", .class("cell-number"), .scope("col"))
                    row.th("De los válidos", .class("cell-number votes-share"), .scope("col"))
                    row.th("Puestos", .class("cell-number"), .scope("col"))
                }
            }
            table.tbody { body in
                for line in report.lines {
                    body.voteRow(line.name, line.votes, of: report.valid, seats: line.seats)
                }
                body.voteRow("Votos en blanco", report.blank, of: report.valid)
            }
            table.tfoot { foot in
                foot.voteRow("Votos válidos", report.valid)
                foot.voteRow("Votos nulos", report.null)
                foot.voteRow("Tarjetones no marcados", report.unmarked)
                if report.hasSeveralMarks {
                    foot.voteRow("Tarjetones que salieron de la urna", report.voters - report.unreturned)
                }
                if report.unreturned > 0 { foot.voteRow("Tarjetones que no volvieron", report.unreturned) }
                if report.excluded > 0 {
                    foot.voteRow("Votos excluidos de la urna electrónica", report.excluded)
                }
                foot.voteRow("Personas que votaron", report.turnout)
            }
        }
    }

    private mutating func voteRow(_ name: String, _ votes: Int, of valid: Int = 0, seats: Int? = nil) {
        tr { row in
            row.th(name, .scope("row"))
            row.td(SpanishFormat.number(votes), .class("cell-number"))
            row.td(
                valid > 0 ? SpanishFormat.percentage(votes, of: valid) : "", .class("cell-number votes-share")
            )
            row.td(seats.map { SpanishFormat.number($0) } ?? "", .class("cell-number"))
        }
    }

    /// Writes the figures of each table; on paper, where a row has less room, with the hours and the count in a table of
    /// their own.
    private mutating func tables(_ report: CanvassReport, onPaper: Bool) {
        var columns: [Column<CanvassReport.Table, NoSort>] = [
            .text("Mesa") {
                "\($0.number)\(onPaper ? "" : ", \($0.place)")\(report.company(of: $0))\($0.isAnnulled ? " (anulada)" : "")"
            }
        ]
        for (index, line) in report.lines.enumerated() {
            columns.append(.integer(line.name) { $0.votes.indices.contains(index) ? $0.votes[index] : 0 })
        }
        columns += [
            .integer("En blanco") { $0.blank }, .integer("Nulos") { $0.null },
            .integer("No marcados") { $0.unmarked }, .integer("Votantes") { $0.voters },
        ]
        let count = Column<CanvassReport.Table, NoSort>.text("Conteo") {
            $0.isReconciled ? "Conciliado" : "Coincidió"
        }
        guard onPaper else {
            table(
                "Conteo de cada mesa", columns + [.text("Abrió y cerró") { $0.hours }, count], report.tables)
            return
        }
        table("Conteo de cada mesa", columns, report.tables)
        table(
            "Lugar y horas de cada mesa",
            [
                .text("Mesa") { SpanishFormat.number($0.number) }, .text("Lugar") { $0.place },
                .text("Abrió") { SpanishFormat.time(ColombianTime.time(at: $0.openedAt)) },
                .text("Cerró") { $0.closedAt.map { SpanishFormat.time(ColombianTime.time(at: $0)) } }, count,
            ], report.tables)
    }

    /// Writes what departed from the hours that were announced.
    private mutating func changes(_ title: String, _ changes: [CanvassReport.Change]) {
        guard !changes.isEmpty else { return }
        h3(title)
        ul { list in
            for change in changes {
                list.li(
                    SpanishFormat.sentence("\(change.what)\(change.reason.map { ": \($0)" } ?? "")")
                        + (change.author.map { " Lo ordenó \($0)." } ?? ""))
            }
        }
    }

    /// Writes where so few voted that another table counted their ballots.
    private mutating func mergers(_ mergers: [CanvassReport.Merger]) {
        guard !mergers.isEmpty else { return }
        h3("Mesas contadas con otra")
        p(
            "Donde votan menos de \(Urn.fewestInWords) personas la urna no se abre aparte: el resultado mostraría cómo votó cada una.",
            .class("form-text"))
        ul { list in
            for merger in mergers {
                list.li(
                    SpanishFormat.sentence(merger.sentence)
                        + (merger.author.map { " \($0)." } ?? ""))
            }
        }
    }

    /// Writes what happened around the vote: quorum, hours, later closings, incidents, remarks, challenges.
    private mutating func proceedings(_ report: CanvassReport) {
        section("La jornada") { part in
            let hours = report.session.map { SpanishFormat.longDateAndTime($0) }
            part.facts(
                Fact("Instalada", hours.first), Fact("Cerrada", hours.count > 1 ? hours[1] : nil),
                Fact(
                    "Quórum",
                    report.quorum.isEmpty ? nil : report.quorumSentences.joined(separator: " ")),
                Fact("Aplazamientos", report.postponements.isEmpty ? "Ninguno" : nil),
                Fact("Cierres ampliados", report.extensions.isEmpty ? "Ninguno" : nil))
            part.changes("Aplazamientos", report.postponements)
            part.changes("Mesas sin votación", report.omissions ?? [])
            part.mergers(report.mergers ?? [])
            part.changes("Cierres ampliados", report.extensions)
            let reconciled = report.tables.filter { $0.reconciliation != nil }
            if !reconciled.isEmpty {
                part.h3("Conteos conciliados")
                part.ul { list in
                    for table in reconciled {
                        list.li(table.agreement)
                    }
                }
            }
            part.h3("Incidentes")
            if report.incidents.isEmpty {
                part.p("No se registraron.")
            } else {
                part.ul { list in
                    for incident in report.incidents { list.li(incident.sentence) }
                }
            }
            part.h3("Observaciones de los garantes")
            if report.remarks.isEmpty {
                part.p("No hicieron.")
            } else {
                for remark in report.remarks {
                    if let body = remark.body {
                        part.blockquote("\(remark.institution): \(body)")
                    } else {
                        part.p(
                            "\(remark.institution), el \(SpanishFormat.longDateAndTime(remark.madeAt)) Sus palabras están en el acta."
                        )
                    }
                }
            }
            part.h3("Impugnaciones")
            if report.challenges.isEmpty {
                part.p("Ninguna hasta ahora.")
            } else {
                part.ul { list in
                    for challenge in report.challenges { list.li(challenge.sentence) }
                }
            }
            if !report.waivers.isEmpty {
                part.h3("Renuncias al plazo para impugnar")
                part.ul { list in
                    for waiver in report.waivers {
                        list.li(
                            SpanishFormat.sentence(
                                "\(waiver.party), \(SpanishFormat.shortDateAndTime(waiver.notedAt))")
                                + (waiver.notedBy.map { " Lo anotó \($0)." } ?? ""))
                    }
                }
            }
        }
    }
}

extension CanvassReport {
    /// What of the vote was left out before the count: «; 1 voto excluido, 6 contados».
    fileprivate var exclusionWords: String {
        excluded == 0
            ? ""
            : "; \(SpanishFormat.count(excluded, "voto excluido", "votos excluidos")), \(SpanishFormat.count(voters, "contado", "contados"))"
    }

    /// What was found of the quorum, each once: reports that were made before have some of them twice.
    fileprivate var quorumSentences: [String] {
        quorum.reduce(into: []) { told, rule in
            if !told.contains("\(rule).") { told.append("\(rule).") }
        }
    }

    /// The tables whose ballots a table counted with its own: « (con la mesa 3)».
    fileprivate func company(of table: Table) -> String {
        let numbers = tables(countedWith: table.number)
        guard !numbers.isEmpty else { return "" }
        return
            " (con \(numbers.count == 1 ? "la mesa" : "las mesas") \(SpanishFormat.list(numbers.map(String.init))))"
    }
}

extension CanvassReport.Table {
    /// What its juries had counted where they differed, what they agreed on, and why.
    fileprivate var agreement: String {
        let figures = (differences ?? []).map { one in
            one.first == one.second
                ? "\(one.figure): los dos jurados habían contado \(SpanishFormat.number(one.first)) y se acordó \(SpanishFormat.number(one.agreed))"
                : "\(one.figure): el jurado 1 contó \(SpanishFormat.number(one.first)), el jurado 2 contó \(SpanishFormat.number(one.second)) y se acordó \(SpanishFormat.number(one.agreed))"
        }
        let told = figures.isEmpty ? "" : figures.joined(separator: "; ") + ". Motivo: "
        return SpanishFormat.sentence("Mesa \(number). \(told)\(reconciliation ?? "")")
    }

    /// When the vote was open there.
    fileprivate var hours: String {
        let opened = SpanishFormat.time(ColombianTime.time(at: openedAt))
        return closedAt.map { "\(opened) a \(SpanishFormat.time(ColombianTime.time(at: $0)))" } ?? opened
    }
}

extension CanvassReport.Incident {
    /// The incident in words, with who recorded it.
    fileprivate var sentence: String {
        let place = table.map { ", mesa \($0)" } ?? ""
        let told = account.map { ": \($0)" } ?? ""
        return SpanishFormat.sentence(
            "\(kind)\(place), \(SpanishFormat.shortDateAndTime(happenedAt))\(told)")
            + (author.map { " Lo registró \($0)." } ?? "")
    }
}

extension CanvassReport.ChallengeRecord {
    /// The challenge in a sentence.
    fileprivate var sentence: String {
        let head =
            "N.º \(number), \(ground.lowercasedFirst), presentada el \(SpanishFormat.shortDateAndTime(filedAt))"
        switch state {
        case "upheld": return "\(head): aceptada. \(effect ?? "").\(reason.map { " \($0)" } ?? "")"
        case "dismissed": return "\(head): negada.\(reason.map { " \($0)" } ?? "")"
        default: return "\(head): sin decidir."
        }
    }
}

extension String {
    /// The same words within a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

/// Ends a contest that elected nobody.
struct EndContestPage: DayPage {
    static let word = "DECLARAR"
    static let reason = Field.paragraphs("reason", "Motivo", max: 500, rows: 3, hint: "Queda en el acta.")

    let heading: AllianceHeading
    let day: DayFile
    let contest: Contest
    let report: CanvassReport
    let form: FormState

    var title: String {
        report.result == .blankWins ? "Declarar que ganó el voto en blanco" : "Declarar desierta la elección"
    }
    var lead: String? { contest.name }
    var help: HelpTopic { "escrutinio" }

    func content(_ html: inout HTML) {
        html.note(.warning, "Esto no se puede deshacer") { note in
            note.p(report.sentence)
            note.p("Los puestos quedan sin elegir; otra convocatoria los puede proveer.")
        }
        html.form(to: .endContest(heading.slug, process.id, contest.id), form) { form in
            form.field(Self.reason)
            form.field(Field.confirmation(Self.word))
            form.submit(title, .danger, orBackTo: .canvass(heading.slug, process.id, contest.id))
        }
    }
}
