import Elections
import Foundation
import Kernel
import Tenancy

/// The questions of a count sheet: one figure for each option of the ballot, and the others.
struct CountForm {
    let votes: [(slate: ID<Slate>, field: Field<Int>)]
    let blank = Field.integer("blank", "Votos en blanco", in: Self.range)
    let null = Field.integer("null", "Votos nulos", in: Self.range)
    let unmarked = Field.integer("unmarked", "Tarjetones no marcados", in: Self.range)
    /// Asked where a ballot bears several marks, whose number then tells nothing of ballots.
    let ballots: Field<Int>?
    let voters = Field.integer("voters", "Personas que votaron", in: Self.range)

    private static let range = 0...1_000_000_000_000

    init(_ file: CountFile) {
        votes = file.options.map { ($0.slate, Field.integer("votes.\($0.slate)", $0.name, in: Self.range)) }
        ballots =
            file.countsBallots
            ? Field.integer(
                "ballots", "Tarjetones que salieron de la urna", in: Self.range,
                hint: "Cuéntelos antes de leerlos: cada uno puede llevar varias marcas.") : nil
    }

    /// The questions in the order of the sheet.
    var fields: [Field<Int>] {
        votes.map(\.field) + [blank, null, unmarked] + (ballots.map { [$0] } ?? []) + [voters]
    }

    /// The figures that were typed.
    ///
    /// - Throws: `InvalidInput` with every problem.
    func read(_ form: Submission) throws -> TableFigures {
        var problems: [InvalidInput.Problem] = []
        var figures: [String: Int] = [:]
        for field in fields {
            do throws(InvalidInput) {
                figures[field.name] = try form.read(field)
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return TableFigures(
            votes: Dictionary(votes.map { ($0.slate, figures[$0.field.name] ?? 0) }) { first, _ in first },
            blank: figures[blank.name] ?? 0, null: figures[null.name] ?? 0,
            unmarked: figures[unmarked.name] ?? 0, ballots: ballots.map { figures[$0.name] ?? 0 },
            voters: figures[voters.name] ?? 0)
    }

    /// What is done before a count is frozen.
    static let readAloud = Field.checkbox(
        "read", "Las cifras se leyeron en voz alta ante los testigos",
        demand: "Lea las cifras ante los testigos y márquelo aquí.")
    /// What is done before what somebody else wrote is confirmed.
    static let recounted = Field.checkbox(
        "recounted", "Es lo que recontamos y acordamos", demand: "Compare las cifras y márquelo aquí.")
    /// Why ballots are missing, or other people voted than came in.
    static let departure = Field.paragraphs(
        "reason", "¿Por qué no coinciden?", max: 500, rows: 3,
        hint: "Por ejemplo: alguien se llevó su tarjetón, o ingresó y no votó. Queda en el acta.")
    /// Why something was settled so.
    static let reason = Field.paragraphs(
        "reason", "Motivo", max: 500, rows: 3, hint: "Qué se recontó y ante quién. Queda en el acta.")
}

/// The count of a contest at a table: the juror enters alone; then both are compared.
struct TableCountPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let contest: Contest
    let poll: DayPoll
    let file: CountFile
    let mayClose: Bool
    let task: Task
    let form: FormState

    /// What the page is opened for.
    enum Task {
        /// To see where the count stands, and do the next step.
        case table
        /// To write what one counted anew.
        case own
        /// To write other figures than those of both juries.
        case agreement
    }

    var title: String {
        switch task {
        case .own where file.mayEnter && file.own != nil: "Corregir mi conteo de la mesa \(table.number)"
        case .agreement where file.mayAgree: "Corregir el conteo de la mesa \(table.number)"
        default: "Conteo de la mesa \(table.number)"
        }
    }
    var lead: String? {
        "\(contest.name)\(poll.round > 1 ? ", segunda vuelta" : "") · \(table.place)"
    }
    var help: HelpTopic { "conteo-de-mesa" }
    private var fields: CountForm { CountForm(file) }

    func content(_ html: inout HTML) {
        if let jury = file.jury {
            html.p(.class("table-mark")) {
                $0.strong("Usted es el jurado \(jury) de la mesa \(table.number).")
            }
        }
        if file.frozen != nil { return writeFrozen(&html) }
        guard poll.closedAt != nil else {
            html.emptyState(
                EmptyState(
                    "La votación sigue abierta. El conteo se registra cuando el comité la cierre.",
                    next: "Volver a la jornada", to: .votingDay(heading.slug, process.id)))
            return
        }
        guard file.standing == .free else { return writeSealedUrn(file.standing, &html) }
        writeOpenUrn(&html)
        switch task {
        case .own where file.mayEnter: return writeOwn(&html)
        case .agreement where file.mayAgree: return writeReconciliation(file.rows.filter(\.differs), &html)
        default: break
        }
        writeProgress(&html)
        if file.isComplete { return writeComparison(&html) }
        writeOwn(&html)
    }

    private func writeProgress(_ html: inout HTML) {
        html.ul(.class("switches")) { list in
            // Where one count is enough, who has not entered does not owe any.
            for jury in file.required > 1 || file.entered.isEmpty ? Array(1...file.required) : file.entered {
                list.li { item in
                    item.text("Jurado \(jury) ")
                    item.status(
                        file.entered.contains(jury)
                            ? Status("Registró su conteo", .met) : Status("Falta", .due))
                }
            }
        }
    }

    private func writeOwn(_ html: inout HTML) {
        guard file.jury != nil else {
            html.note(
                .info,
                "Las cifras se ven cuando los dos jurados hayan registrado su conteo, cada uno por su lado.")
            return
        }
        if file.lacksBallots {
            html.note(
                .warning,
                "Su conteo se registró sin los tarjetones que salieron de la urna. Cuéntelos y registre otra vez todas las cifras."
            )
        } else if file.own != nil, !file.isComplete {
            html.note(
                .info, "Falta el conteo del otro jurado; mientras tanto puede corregir el suyo."
            )
        }
        writeFindings(&html)
        html.section(file.own == nil ? "Registre lo que contó" : "Su conteo") { part in
            part.p(
                "\(received) Escriba lo que salió de la urna aunque no sume: queda como se contó.",
                .class("form-text"))
            var state = form
            if !form.isRefused, let own = file.own { state = filled(with: own) }
            let address = task == .own ? Path.ownCount : Path.tableCount
            part.form(to: address(heading.slug, process.id, table.id, contest.id), state) { form in
                form.div(.class("count-sheet")) { sheet in
                    for field in fields.fields { sheet.field(field) }
                }
                form.submit(
                    file.own == nil ? "Registrar mi conteo" : "Corregir mi conteo",
                    orBackTo: .votingDay(heading.slug, process.id))
            }
        }
    }

    private func filled(with figures: TableFigures) -> FormState {
        var state = FormState()
        for vote in fields.votes { state = state.filling(vote.field, with: figures.votes[vote.slate]) }
        if let ballots = fields.ballots { state = state.filling(ballots, with: figures.ballots) }
        return state.filling(fields.blank, with: figures.blank).filling(fields.null, with: figures.null)
            .filling(fields.unmarked, with: figures.unmarked).filling(fields.voters, with: figures.voters)
    }

    private func writeFindings(_ html: inout HTML) {
        guard !file.findings.isEmpty else { return }
        let title =
            file.findings.allSatisfy(isOfBox)
            ? "No votaron todas las personas que ingresaron"
            : file.entered.count > 1 ? "Las cifras no coinciden" : "El conteo no suma"
        html.note(.warning, title) {
            note in
            for finding in file.findings { note.p(words(for: finding)) }
        }
    }

    /// What does not add up. Beside a box, who came and did not vote on paper is told with those who voted in the box: nobody
    /// is missing because of them.
    private func words(for finding: Reconciliation.Finding) -> String {
        guard isOfBox(finding), case .votersDifferFromCheckIns(let voters, let checkedIn) = finding else {
            return finding.message
        }
        let came =
            "de las \(SpanishFormat.number(checkedIn + file.inBox)) personas que ingresaron, \(SpanishFormat.number(file.inBox)) \(file.inBox == 1 ? "votó" : "votaron") en la urna electrónica"
        let others = checkedIn - voters
        let rest = "\(SpanishFormat.number(others)) no \(others == 1 ? "votó" : "votaron")"
        return voters == 0
            ? "Según el conteo, nadie votó en papel: \(came) y \(rest). Si fue así, dígalo en el motivo al cerrar la mesa. Si hay tarjetones o firmas en el listado, cuéntelos y corrija las cifras."
            : "Según el conteo, \(voters == 1 ? "votó" : "votaron") en papel \(SpanishFormat.number(voters)): \(came) y \(rest). Si fue así, dígalo en el motivo al cerrar la mesa; si no, cuenten otra vez."
    }

    /// Whether a finding is told with those who voted in the box beside the table.
    private func isOfBox(_ finding: Reconciliation.Finding) -> Bool {
        guard case .votersDifferFromCheckIns(let voters, let checkedIn) = finding else { return false }
        return file.inBox > 0 && voters < checkedIn
    }

    private func writeComparison(_ html: inout HTML) {
        writeFindings(&html)
        html.section(file.entered.count > 1 ? "Los dos conteos" : "El conteo") { part in
            part.comparison(file)
        }
        let differing = file.rows.filter(\.differs)
        if let proposal = file.proposal {
            writeProposal(proposal, differing, &html)
        } else if file.mayAgree, !differing.isEmpty || mustBeCorrected {
            writeReconciliation(differing, &html)
        } else if file.agreed == nil, !differing.isEmpty {
            html.note(
                .info,
                "Los jurados difieren en \(SpanishFormat.count(differing.count, "cifra", "cifras")). Ellos las concilian con un motivo."
            )
        }
        writeCorrection(&html)
        if !file.needsAgreement, mayClose { writeClosing(&html) }
    }

    /// The way to other figures where those that were entered agree and add up, and yet are wrong.
    private func writeCorrection(_ html: inout HTML) {
        if file.mayEnter {
            html.p {
                $0.action(
                    file.own == nil ? "Registrar también mi conteo" : "Corregir mi conteo",
                    to: .ownCount(heading.slug, process.id, table.id, contest.id), icon: .pencil)
            }
        } else if file.mayAgree, file.proposal == nil, !file.needsAgreement, !mustBeCorrected {
            html.p {
                $0.action(
                    "Corregir una cifra en que coincidieron",
                    to: .reconcileCount(heading.slug, process.id, table.id, contest.id), icon: .pencil)
            }
        }
    }

    /// Whether the figures that both counted are wrong, which no reason mends.
    private var mustBeCorrected: Bool { file.findings.contains { !$0.isMendedByReason } }

    /// What one wrote as agreed, until another confirms it.
    private func writeProposal(
        _ proposal: CountFile.Proposal, _ differing: [CountFile.Row], _ html: inout HTML
    ) {
        html.section("Lo acordado, por confirmar") { part in
            part.facts(Fact("Motivo", proposal.reason))
            guard !proposal.isOwn, mayClose else {
                part.note(
                    .info,
                    proposal.isOwn
                        ? "Usted lo escribió. Lo confirma el otro jurado o el comité electoral, con su usuario."
                        : "Lo confirma el otro jurado o el comité electoral.")
                return
            }
            part.p(
                "Compare la columna «Acordado» con lo que se recontó. Si no es lo que acordaron, no lo confirme."
            )
            part.form(to: .confirmAgreement(heading.slug, process.id, table.id, contest.id), form) { form in
                form.input(.type("hidden"), .name("number"), .value("\(proposal.number)"))
                form.field(CountForm.recounted)
                form.submit("Confirmar lo acordado")
            }
        }
        guard file.jury != nil else { return }
        html.details(.open(form.isRefused && form.problems(of: CountForm.recounted.name).isEmpty)) { more in
            more.summary("Escribir otra cosa")
            writeReconciliation(differing, &more)
        }
    }

    private func writeReconciliation(_ differing: [CountFile.Row], _ html: inout HTML) {
        html.section("Conciliar") { part in
            part.p(
                !differing.isEmpty
                    ? "Cuenten otra vez, los dos jurados juntos, lo que no coincide. Escriban lo acordado y el motivo."
                    : mustBeCorrected
                        ? "Los dos conteos coinciden y no suman. Cuenten otra vez y escriban lo que quedó."
                        : "Los dos conteos coinciden. Si los dos tienen el mismo error, cuenten otra vez y escriban lo que quedó; lo confirma el otro jurado o el comité electoral."
            )
            let all = file.rows
            var state = form
            if !form.isRefused {
                for (field, row) in zip(fields.fields, all) where !row.differs {
                    state = state.filling(field, with: row.first)
                }
            }
            part.form(to: .reconcileCount(heading.slug, process.id, table.id, contest.id), state) { form in
                let pairs = zip(fields.fields, all)
                form.div(.class("count-sheet")) { sheet in
                    for (field, row) in pairs where row.differs || differing.isEmpty {
                        var asked = field
                        asked.hint =
                            "Jurado 1: \(SpanishFormat.number(row.first)) · Jurado 2: \(SpanishFormat.number(row.second))"
                        sheet.field(asked)
                    }
                }
                if !differing.isEmpty {
                    form.details(.open(form.hasProblem(in: pairs.filter { !$0.1.differs }.map(\.0.name)))) {
                        more in
                        more.summary("Corregir también una cifra en que coincidieron")
                        more.div(.class("count-sheet")) { sheet in
                            for (field, row) in pairs where !row.differs { sheet.field(field) }
                        }
                    }
                }
                form.field(CountForm.reason)
                form.submit("Registrar lo acordado")
            }
        }
    }

    private func writeClosing(_ html: inout HTML) {
        html.section("Cerrar la mesa") { part in
            guard !mustBeCorrected else {
                part.p("La mesa no se puede cerrar mientras las cifras no sumen.")
                return
            }
            if file.proposal != nil {
                part.note(
                    .warning,
                    "Hay otras cifras por confirmar. Si cierra antes, cuentan las que registraron los jurados."
                )
            }
            part.p("Después de cerrarla, su conteo no cambia.")
            part.form(to: .closeTable(heading.slug, process.id, table.id, contest.id), form) { form in
                if !file.findings.isEmpty, file.agreed == nil { form.field(CountForm.departure) }
                form.field(CountForm.readAloud)
                form.submit("Cerrar la mesa")
            }
        }
    }

    private func writeFrozen(_ html: inout HTML) {
        html.p { line in
            line.status(Status("Mesa cerrada", .sealed))
            if let frozenAt = file.frozenAt { line.text(" el \(SpanishFormat.longDateAndTime(frozenAt))") }
        }
        writeOpenUrn(&html)
        html.section("El conteo") { part in
            part.comparison(file)
            if let reason = file.reason { part.facts(Fact("Motivo", reason)) }
        }
    }
}

extension HTML {
    /// Writes what both juries counted, row by row, and what was agreed.
    fileprivate mutating func comparison(_ file: CountFile) {
        let hasAgreement = file.agreed != nil || file.frozen != nil || file.proposal != nil
        let isCompared = file.entered.count > 1
        var columns: [Column<CountFile.Row, NoSort>] = [
            .text("Cifra") { $0.title },
            .integer("Jurado \(isCompared ? 1 : file.entered.first ?? 1)") { $0.first },
        ]
        if isCompared { columns.append(.integer("Jurado 2") { $0.second }) }
        if hasAgreement { columns.append(.integer("Acordado") { $0.agreed }) }
        if isCompared {
            columns.append(
                .status("Comparación") { row in
                    guard row.differs else { return Status("Igual", .met) }
                    return hasAgreement ? Status("Acordado", .met) : Status("Difiere", .due)
                })
        }
        table("Los conteos de la mesa", columns, file.rows)
    }

    /// Whether an answer of some questions was refused.
    fileprivate func hasProblem(in names: [String]) -> Bool {
        names.contains { !formState.problems(of: $0).isEmpty }
    }
}

/// The order of tables that have none to choose.
enum NoSort: String, SortKey {
    case given = "orden"
    static let initial = Self.given
}
