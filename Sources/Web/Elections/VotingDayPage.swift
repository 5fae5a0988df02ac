import Elections
import Foundation
import Governance
import Kernel
import Tenancy

/// The voting day of a process: what comes next, the quorum, each table with its votes.
struct VotingDayPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let now: Date
    let mayRun: Bool
    let mayCheckIn: Bool
    let mayTell: Bool
    let mayOmit: Bool
    let mayPrint: Bool
    let boxes: [RunningBox]
    let mayRunBooths: Bool
    /// Who looks, so that a juror finds their table.
    let user: ID<User>?

    var title: String { "Jornada de votación" }
    var lead: String? { process.name }
    var tab: ProcessTab? { .day }

    private var isBeforeDay: Bool { [.frozenRoll, .nominations].contains(process.state) }

    func actions(_ html: inout HTML) {
        let slug = heading.slug
        if mayPrint, !day.tables.isEmpty, process.state != .draft, !process.state.isOver {
            html.action("Papeles para imprimir", to: .papers(slug, process.id), icon: .document)
        }
        if isGoingOn, mayCheckIn {
            html.action(
                "Registrar ingresos", to: .checkIn(slug, process.id), day.isVoted ? .secondary : .primary,
                icon: .person)
        }
        if isGoingOn, mayRun {
            html.action(
                "Cerrar la jornada", to: .closeSession(slug, process.id), day.isVoted ? .primary : .secondary)
        }
        if isBeforeDay, mayRun {
            html.action(
                day.tables.isEmpty ? "Preparar la mesa" : "Mesas y jurados", to: .tables(slug, process.id),
                day.tables.isEmpty ? .primary : .secondary)
            if !day.tables.isEmpty {
                html.action("Instalar la jornada", to: .openSession(slug, process.id), .primary)
            }
        }
        if needsSession, mayRun {
            html.action(
                day.votesToTake.allSatisfy { $0.round > 1 }
                    ? "Instalar la sesión de segunda vuelta" : "Instalar otra sesión",
                to: .openSession(slug, process.id), .primary)
        }
        if day.session == nil, day.sessions.first != nil, process.state == .count, mayRun {
            html.action(
                "Ir al escrutinio", to: .results(slug, process.id), needsSession ? .secondary : .primary)
        }
    }

    /// Whether a session is going on, and the process with it.
    private var isGoingOn: Bool { day.session != nil && process.state == .voting }

    /// Whether tables wait for another session: a place was put off, the day was broken off, or there is a runoff.
    private var needsSession: Bool {
        day.session == nil && process.state.isBetweenVoteAndProclamation && !day.votesToTake.isEmpty
    }

    func content(_ html: inout HTML) {
        if !whatFollows.isEmpty { html.p(whatFollows) }
        writeObstacles(&html)
        writeConflicts(&html)
        writeTooSmall(&html)
        writeRehearsals(&html)
        writeOpenings(&html)
        if let session = day.session { html.quorum(day.quorum, in: session, at: now) }
        html.section("Mesas") { part in
            guard !day.tables.isEmpty else {
                part.emptyState(
                    mayRun && isBeforeDay
                        ? EmptyState(
                            "Todavía no hay mesas. Con una basta: recibe a todo el censo.",
                            next: "Preparar la mesa", to: .newTable(heading.slug, process.id))
                        : EmptyState("Todavía no hay mesas. El comité electoral las prepara."))
                return
            }
            part.ul(.class("dossier")) { list in
                for table in day.tables { list.li { write(table, &$0) } }
            }
        }
        writeSessions(&html)
        html.section("Incidentes") { part in
            part.p(
                day.incidents == 0
                    ? "No se ha registrado ninguno."
                    : "\(SpanishFormat.count(day.incidents, "incidente registrado; va", "incidentes registrados; van")) en el acta."
            )
            if mayTell, !process.state.isOver {
                part.action("Registrar un incidente", to: .incident(heading.slug, process.id))
            }
        }
    }

    private var whatFollows: String {
        switch process.state {
        case .draft, .called, .provisionalRoll, .claims:
            "La jornada se prepara cuando el censo esté congelado."
        case .frozenRoll, .nominations:
            day.tables.isEmpty
                ? "Falta preparar la mesa." : "Todo está listo para instalar la jornada."
        case .voting:
            day.polls.isEmpty && !day.isVoted
                ? day.votesToTake.isEmpty
                    ? "Registre los ingresos: se vota en la urna electrónica."
                    : "Registre los ingresos y, con quórum, abra la votación en cada mesa."
                : day.isCounted
                    ? "\(day.allCounted): cierre la jornada y haga el escrutinio."
                    : day.isVoted && !day.boxes.contains(where: \.waitsForAnnulment)
                        ? "La votación cerró en todas las mesas. Cierre la jornada cuando no falte nadie por salir."
                        : "La jornada está abierta."
        case .count:
            needsSession
                ? "\(day.tablesToVote). Instale otra sesión cuando puedan votar; entre tanto se cuentan las demás."
                : day.isCounted
                    ? "\(day.allCounted): haga el escrutinio."
                    : day.polls.allSatisfy(day.isSettled)
                        ? "Falta contar la urna electrónica."
                        : "Los jurados registran su conteo y el comité cierra cada mesa."
        case .provisionalResult, .challenges:
            if needsSession {
                "Falta la segunda vuelta: instale su sesión."
            } else if day.turns.contains(where: { $0.obstacle != nil }) {
                "Hay resultado provisional y falta una segunda vuelta."
            } else if process.state == .challenges {
                "Hay impugnaciones por decidir."
            } else {
                day.terms.isOpen(at: now)
                    ? "Hay resultado provisional: corre el plazo de impugnaciones."
                    : "Terminó el plazo para impugnar: sigue la proclamación."
            }
        case .proclaimed: "Los elegidos ya fueron proclamados."
        // The reason stands beside the state.
        case .suspended, .void, .annulled: ""
        }
    }

    /// Writes what a runoff waits for, with the way to it.
    private func writeObstacles(_ html: inout HTML) {
        let waiting = day.turns.filter { $0.obstacle != nil }
        guard !waiting.isEmpty else { return }
        html.note(.warning, "La segunda vuelta espera") { note in
            for turn in waiting {
                note.p { line in
                    line.text("\(turn.name): ")
                    switch turn.obstacle {
                    case .challenge(let challenge, let number):
                        line.text("quiénes pasan depende de la ")
                        line.a(
                            "impugnación n.º \(number)",
                            .href(.challenge(heading.slug, process.id, challenge)))
                        line.text(", que falta decidir.")
                    case .draw, nil:
                        line.text("falta el ")
                        line.a("sorteo", .href(.draw(heading.slug, process.id, turn.contest)))
                        line.text(" entre quienes empataron para pasar.")
                    }
                }
            }
        }
    }

    private func writeSessions(_ html: inout HTML) {
        guard !day.sessions.isEmpty else { return }
        html.section("Sesiones") { part in
            part.steps(
                day.sessions.reversed().map { session in
                    Step(
                        title: "Sesión \(session.number)",
                        status: session.isOpen ? Status("Abierta", .open) : Status("Cerrada", .met),
                        when: session.words,
                        detail: { detail in
                            detail.p(session.hours, .class("form-text"))
                        })
                })
            if mayCheckIn { part.action("Ver la asistencia", to: .attendance(heading.slug, process.id)) }
        }
    }

    private func write(_ table: DayTable, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("Mesa \(table.number) · \(table.place)")
            if !day.sessions.isEmpty {
                head.span(
                    "\(SpanishFormat.number(table.came)) de \(SpanishFormat.count(table.electors, "elector", "electores")) vinieron"
                )
            }
        }
        item.p(
            "\(table.address). Jurados: \(table.jurors.isEmpty ? "sin nombrar" : SpanishFormat.list(table.jurors.map { $0.user == user ? "\($0.name) (usted)" : $0.name })).",
            .class("form-text"))
        item.ul(.class("polls")) { list in
            for contest in day.contests
            where contest.state == .open || day.poll(of: contest.id, at: table.id) != nil {
                list.li { write(contest, at: table, &$0) }
            }
        }
        writeBoxes(at: table, &item)
        writeOmission(of: table, &item)
        if mayRun, day.polls.contains(where: { $0.table == table.id && $0.stage == .open }) {
            item.p {
                $0.a("Ampliar el cierre de esta mesa", .href(.extendPoll(heading.slug, process.id, table.id)))
            }
        }
    }

    /// Writes why a table was left out of votes, or the way to leave it out.
    private func writeOmission(of table: DayTable, _ item: inout HTML) {
        for omission in day.omissions where omission.table == table.id && !omission.isOpen {
            let isVoted = day.polls.contains { omission.polls.contains($0.place) }
            item.p(
                SpanishFormat.sentence(
                    "\(isVoted ? "Sus tarjetones no se abrieron" : "No se pudo votar"): \(omission.reason)"),
                .class("form-text"))
        }
        if let omission = day.openOmission(of: table.id) {
            item.p { line in
                line.text("\(omission.proposer) propuso dejarla por fuera del escrutinio. ")
                if mayOmit {
                    line.text("Otra persona, con otra función, lo ")
                    line.a(
                        "confirma o lo retira",
                        .href(.settleOmission(heading.slug, process.id, omission.act)))
                    line.text(".")
                }
            }
        } else if mayOmit, day.isOmissible(table.id) {
            item.p {
                $0.a(
                    day.polls.contains { $0.table == table.id && day.isStranded($0) }
                        ? "Sus tarjetones no se pueden contar" : "En esta mesa no se pudo votar",
                    .href(.omitTable(heading.slug, process.id, table.id)))
            }
        }
    }

    /// Where the vote of a round stands that a table has not opened.
    private func status(of contest: Contest, round: Int, at table: DayTable) -> Status {
        if day.omission(of: PollPlace(contest.id, round: round, at: table.id)) != nil {
            return Status("Sin votación", .exempt)
        }
        if day.isVotedInBoxAlone(contest.id) { return Status("En la urna electrónica", .plain) }
        return switch day.turns[contest.id]?.obstacle {
        case .draw: Status("Espera el sorteo", .due)
        case .challenge: Status("Espera una impugnación", .due)
        case nil: Status("Sin abrir", .plain)
        }
    }

    private func write(_ contest: Contest, at table: DayTable, _ item: inout HTML) {
        let slug = heading.slug
        let poll = day.poll(of: contest.id, at: table.id)
        let round = day.round(of: contest.id)
        let isNext = poll == nil || (poll?.round ?? 1) < round
        item.div(.class("poll-name")) { name in
            name.strong(round > 1 ? "\(contest.name), segunda vuelta" : contest.name)
            name.text(" ")
            name.status(
                isNext
                    ? status(of: contest, round: round, at: table)
                    : poll.map(status) ?? Status("Sin abrir", .plain))
        }
        item.div(.class("poll-actions")) { actions in
            guard !isNext, let poll else {
                let isToTake = day.votesToTake.contains { $0.table == table.id && $0.contest == contest.id }
                if mayRun, isGoingOn, isToTake {
                    actions.action(
                        day.mode(of: contest) == .acclamation
                            ? "Proclamar por aclamación" : "Abrir la votación",
                        to: .openPoll(slug, process.id, table.id, contest.id),
                        day.quorum?.isMet == true ? .primary : .secondary)
                }
                return
            }
            switch poll.stage {
            case .open:
                if mayRun {
                    actions.action(
                        "Cerrar la votación", to: .closePoll(slug, process.id, table.id, contest.id))
                }
            case .counting where day.isSettled(poll): return
            case .counting, .frozen:
                actions.action(
                    poll.isFrozen ? "Ver el conteo" : "Conteo de la mesa",
                    to: .tableCount(slug, process.id, table.id, contest.id),
                    isMine(table) && !poll.isFrozen ? .primary : .secondary)
            case .merged(let receiver):
                actions.action(
                    "Ver el conteo", to: .tableCount(slug, process.id, receiver, contest.id), .secondary)
            }
        }
        if let poll { writeMerged(into: poll, &item) }
    }

    /// Writes whose few ballots a table counts with its own.
    private func writeMerged(into poll: DayPoll, _ item: inout HTML) {
        let merged = day.polls.filter {
            $0.contest == poll.contest && $0.round == poll.round && $0.mergedInto == poll.table
        }
        let numbers = day.tables.filter { table in merged.contains { $0.table == table.id } }.map(\.number)
        guard !numbers.isEmpty else { return }
        item.p(
            "Cuenta también los tarjetones de \(SpanishFormat.list(numbers.map { "la mesa \($0)" })).",
            .class("form-text"))
    }

    func isMine(_ table: DayTable) -> Bool {
        user.map { user in table.jurors.contains { $0.user == user } } ?? false
    }

    private func status(_ poll: DayPoll) -> Status {
        switch poll.stage {
        case .merged(let receiver):
            Status(
                "Se cuenta con la mesa \(day.tables.first { $0.id == receiver }?.number ?? 0)", .sealed)
        case .counting where day.omission(of: poll.place) != nil:
            Status("Sus tarjetones no se abrieron", .exempt)
        case .counting where day.isStranded(poll): Status("No se puede contar aparte", .due)
        case .open: Status("Votación abierta", .open)
        case .counting(0): Status("Cerrada; falta el conteo", .due)
        case .counting(1): Status("Falta un jurado", .due)
        case .counting:
            poll.isReconciled
                ? Status("Conciliada; falta cerrar", .partial) : Status("Falta cerrar la mesa", .partial)
        case .frozen: Status("Mesa cerrada", .sealed)
        }
    }
}

extension DayFile {
    /// That nothing is left to count, in words.
    var allCounted: String {
        boxes.isEmpty ? "Todas las mesas están contadas" : "Las mesas y la urna electrónica están contadas"
    }

    /// The tables that have votes to take, in a sentence without its end.
    fileprivate var tablesToVote: String {
        let waiting = tables.filter { table in votesToTake.contains { $0.table == table.id } }
        let names = waiting.map { "la mesa \($0.number) (\($0.place))" }
        return waiting.count == 1
            ? "Falta por votar \(SpanishFormat.list(names))" : "Faltan por votar \(SpanishFormat.list(names))"
    }
}

extension DaySession {
    /// The hours of its calls and of its door.
    fileprivate var hours: String {
        func hour(_ instant: Date) -> String { SpanishFormat.time(ColombianTime.time(at: instant)) }
        let second = secondCall.map { "; segunda convocatoria a las \(hour($0))" } ?? ""
        return
            SpanishFormat.sentence(
                "Convocada a las \(hour(firstCall))\(second), con ingreso hasta las \(hour(checkIn.upperBound))"
            )
    }

    /// When it was, in words.
    fileprivate var words: String {
        guard let openedAt else { return "Sin instalar" }
        let start = "Instalada el \(SpanishFormat.longDateAndTime(openedAt))"
        return closedAt.map { "\(start); cerrada a las \(SpanishFormat.time(ColombianTime.time(at: $0)))" }
            ?? start
    }
}

extension HTML {
    /// Writes the quorum at this moment in one line, for who has the room of a phone; it renews itself while the session
    /// is open.
    mutating func quorumLine(_ check: Quorum.Check?, in session: DaySession) {
        guard let check else { return }
        live(isOpen: session.isOpen) { html in
            html.p(.class("quorum-line"), .role("status")) { $0.quorumFigures(check, inShort: true) }
        }
    }

    /// Writes how many are there, what is asked for where there is room, and whether that is enough.
    private mutating func quorumFigures(_ check: Quorum.Check, inShort: Bool) {
        strong(SpanishFormat.number(check.present))
        text(check.present == 1 ? " persona presente " : " personas presentes ")
        if !inShort { text("· quórum: \(SpanishFormat.number(check.required)) ") }
        guard !check.isMet else { return status(Status("Hay quórum", .met)) }
        let words =
            check.missing == 0
            ? "aún no es la hora"
            : "\(check.missing == 1 ? "falta" : "faltan") \(SpanishFormat.number(check.missing))"
        status(Status(inShort ? words.capitalizedFirst : "No hay quórum: \(words)", .due))
    }

    /// Writes the quorum at this moment; it renews itself while the session is open.
    mutating func quorum(_ check: Quorum.Check?, in session: DaySession, at now: Date) {
        guard let check else { return }
        live(isOpen: session.isOpen) { html in
            html.div(.class("quorum \(check.isMet ? "quorum-met" : "quorum-missing")"), .role("status")) {
                box in
                box.p(.class("quorum-figures")) { line in
                    line.quorumFigures(check, inShort: false)
                }
                box.p(SpanishFormat.sentence(check.rule))
                if let second = check.secondCallAt, !check.isMet {
                    box.p(
                        SpanishFormat.sentence(
                            "Segunda convocatoria a las \(SpanishFormat.time(ColombianTime.time(at: second)))"
                        )
                    )
                }
            }
        }
    }
}

// MARK: - Session

/// The questions of a session.
struct SessionForm {
    let firstCall = Field.instant(
        "firstCall", "Hora de la convocatoria", hint: "Desde ella se cuenta la segunda convocatoria.")
    let checkIn = Field.instant("checkIn", "Se deja ingresar hasta")
    let reason = Field.paragraphs(
        "reason", "Motivo para votar en otro día", max: 500, rows: 3, hint: "Queda en el acta."
    ).optional()
}

/// Opens a session.
struct OpenSessionPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let now: Date
    let form: FormState

    var title: String { "Instalar la jornada" }
    var lead: String? {
        "Cada elector queda con su mesa, y desde este momento se registran los ingresos."
    }

    /// The day that was announced, where today is another.
    private var announcedDay: CalendarDate? {
        day.votesToTake.announcedDay(otherThan: ColombianTime.date(at: now), voting: day.voting)
    }

    /// The form with the hours of the tables that were to vote today, or of now where none was.
    private var filled: FormState {
        guard !form.isRefused else { return form }
        let fields = SessionForm()
        let today = day.tables.filter { table in
            ColombianTime.date(at: table.opensAt) == ColombianTime.date(at: now)
                && day.votesToTake.contains { $0.table == table.id && $0.round == 1 }
        }
        return form.filling(fields.firstCall, with: today.map(\.opensAt).min() ?? now)
            .filling(
                fields.checkIn, with: today.map(\.closesAt).max() ?? now.addingTimeInterval(4 * 3600))
    }

    func content(_ html: inout HTML) {
        if let announcedDay {
            html.note(.warning, "Hoy no es el día del calendario") { note in
                note.p(
                    "La votación está prevista para el \(SpanishFormat.longDate(announcedDay)). Si se hace hoy, escriba el motivo: queda como incidente en el acta."
                )
            }
        }
        let fields = SessionForm()
        html.form(to: .openSession(heading.slug, process.id), filled) { form in
            form.field(fields.firstCall)
            form.field(fields.checkIn)
            if announcedDay != nil { form.field(fields.reason) }
            form.submit("Instalar la jornada", orBackTo: .votingDay(heading.slug, process.id))
        }
    }
}

/// Closes the session.
struct CloseSessionPage: DayPage {
    static let word = "CERRAR"

    let heading: AllianceHeading
    let day: DayFile
    let form: FormState

    var title: String { "Cerrar la jornada" }

    func content(_ html: inout HTML) {
        let open = day.polls.filter { $0.stage == .open }.count
        html.confirmation(
            Confirmation(
                word: Self.word,
                consequences: [
                    "Nadie más ingresa ni sale.",
                    open == 0
                        ? "Ninguna votación sigue abierta."
                        : "Se \(open == 1 ? "cierra la votación que sigue abierta" : "cierran las \(open) votaciones que siguen abiertas").",
                    day.isCounted
                        ? "\(day.allCounted): sigue el escrutinio."
                        : day.votesToTake.isEmpty
                            ? "Sigue el conteo de las mesas."
                            : "\(day.tablesToVote): vota en otra sesión, que usted instala después.",
                ], verb: "Cerrar la jornada"),
            to: .closeSession(heading.slug, process.id), form, orBackTo: .votingDay(heading.slug, process.id))
    }
}

// MARK: - Votes

/// The questions of a vote that is opened.
struct OpenPollForm {
    let ballots = Field.integer(
        "ballots", "Tarjetones que recibe la mesa", in: 0...1_000_000, hint: "Cuéntelos ante los testigos.")
    let urn = Field.checkbox(
        "urn", "La urna se mostró vacía y se selló", demand: "Muestre la urna vacía a los presentes.")
    let account = Field.paragraphs(
        "account", "Relato", max: 500, rows: 3,
        hint: "Quién propuso, cómo se preguntó y cómo respondió la sala.")
    let objections = Field.integer(
        "objections", "Personas que se opusieron", in: 0...1_000_000, hint: "Con una sola hay votación.")
}

/// Opens the vote of a contest at a table.
struct OpenPollPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let contest: Contest
    let now: Date
    let form: FormState

    var title: String { "Abrir la votación" }
    var lead: String? { "\(contest.name) · mesa \(table.number), \(table.place)" }

    func content(_ html: inout HTML) {
        if let session = day.session { html.quorum(day.quorum, in: session, at: now) }
        writeFew(&html)
        let fields = OpenPollForm()
        let filled = form.isRefused ? form : form.filling(fields.ballots, with: table.electors)
        let mode = day.mode(of: contest)
        html.form(to: .openPoll(heading.slug, process.id, table.id, contest.id), filled) { form in
            switch mode {
            case .paper, .singleList:
                form.field(fields.ballots)
                form.field(fields.urn)
            case .showOfHands:
                form.p("Se vota levantando la mano: un jurado cuenta y registra.")
            case .acclamation:
                form.field(fields.account)
                form.field(fields.objections)
            }
            form.submit(
                mode == .acclamation ? "Registrar la aclamación" : "Abrir la votación",
                orBackTo: .votingDay(heading.slug, process.id))
        }
    }
}

/// Closes the vote of a contest at a table.
struct ClosePollPage: DayPage {
    static let word = "CERRAR"

    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let contest: Contest
    let poll: DayPoll
    let now: Date
    let form: FormState

    var title: String { "Cerrar la votación" }
    var lead: String? { "\(contest.name) · mesa \(table.number), \(table.place)" }

    func content(_ html: inout HTML) {
        var consequences = [
            "Nadie más vota por \(contest.name) en esta mesa.",
            day.mode(of: contest).isSecret
                ? "Los dos jurados cuentan y registran, cada uno por su lado."
                : "Un jurado cuenta las manos y registra el conteo.",
        ]
        let box = day.box(of: contest.id, round: poll.round)
        let isBesideBox = box != nil
        if let box, box.state == .open {
            consequences.insert(
                "La urna electrónica n.º \(box.number) sigue abierta. Ciérrela primero: si tuviera menos de \(BallotBox.fewestInWords) votos se anula, y quienes votaron en ella votan aquí en papel.",
                at: 0)
        }
        if day.tables.count > 1 || isBesideBox, day.mode(of: contest).isSecret {
            consequences.append(
                "Antes de abrir la urna cuentan las firmas: con menos de \(Urn.fewestInWords) no se abre\(day.tables.count > 1 ? ", y sus tarjetones se cuentan con los de otra mesa." : ", y sus tarjetones no se cuentan.")"
            )
        }
        if poll.closesAt > now {
            consequences.insert(
                SpanishFormat.sentence(
                    "Todavía no es la hora de cierre de la mesa, las \(SpanishFormat.time(ColombianTime.time(at: poll.closesAt)))"
                ),
                at: 0)
        }
        html.confirmation(
            Confirmation(word: Self.word, consequences: consequences, verb: "Cerrar la votación"),
            to: .closePoll(heading.slug, process.id, table.id, contest.id), form,
            orBackTo: .votingDay(heading.slug, process.id))
    }
}

/// The questions of a later closing.
struct ExtensionForm {
    let until = Field.time("until", "Nueva hora de cierre")
    let reason = Field.paragraphs("reason", "Motivo", max: 500, rows: 3, hint: "Queda en el acta.")
}

/// Lets a table receive votes for longer.
struct ExtendPollPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let table: DayTable
    let form: FormState

    var title: String { "Ampliar el cierre" }
    var lead: String? { "Mesa \(table.number), \(table.place)" }

    func content(_ html: inout HTML) {
        if let closes = day.polls.filter({ $0.table == table.id && $0.stage == .open }).map(\.closesAt).max()
        {
            html.p(
                SpanishFormat.sentence(
                    "Hoy cierra a las \(SpanishFormat.time(ColombianTime.time(at: closes)))"))
        }
        let fields = ExtensionForm()
        html.form(to: .extendPoll(heading.slug, process.id, table.id), form) { form in
            form.field(fields.until)
            form.field(fields.reason)
            form.submit("Ampliar el cierre", orBackTo: .votingDay(heading.slug, process.id))
        }
    }
}

// MARK: - Incidents

extension IncidentKind: PathValue {}

/// The questions of an incident.
struct IncidentForm {
    let kind = Field.choice("kind", "Clase", IncidentKind.allCases, title: \.title, style: .menu)
    let table: Field<ID<VotingTable>?>
    let account = Field.paragraphs(
        "account", "¿Qué pasó?", max: 1000, rows: 4, hint: "Con la hora y quiénes lo vieron. Va en el acta.")

    init(_ tables: [DayTable]) {
        table = Field.choice(
            "table", "Mesa", tables.map { Option($0.id, "Mesa \($0.number), \($0.place)") }, style: .menu
        ).optional()
    }
}

/// Tells an incident.
struct IncidentPage: DayPage {
    let heading: AllianceHeading
    let day: DayFile
    let form: FormState

    var title: String { "Registrar un incidente" }

    func content(_ html: inout HTML) {
        let fields = IncidentForm(day.tables)
        html.form(to: .incident(heading.slug, process.id), form) { form in
            form.field(fields.kind)
            form.field(fields.table)
            form.field(fields.account)
            form.submit("Registrar el incidente", orBackTo: .votingDay(heading.slug, process.id))
        }
    }
}
