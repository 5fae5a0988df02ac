import Elections
import Foundation
import Kernel
import Tenancy

/// A box as its committee works with it: what is missing, who does it, and what was done.
struct BoxPage: Page {
    /// What who looks may do with it.
    struct Rights {
        let mayRun: Bool
        /// To propose and second what takes two people.
        let mayAct: Bool
        /// To propose and second the closing.
        let mayClose: Bool
        /// To challenge it: an opened box that counts.
        let mayChallenge: Bool
        let user: ID<User>?

        func may(_ act: BoxAct.Kind) -> Bool { act == .close ? mayClose : mayAct }
    }

    let heading: AllianceHeading
    let process: ElectionProcess
    let file: BoxFile
    /// Where everybody sees it; `nil` before it is sealed.
    let board: Path?
    let rights: Rights
    let words: CodeWords
    let now: Date

    private var box: BallotBox { file.box }
    private var slug: AllianceSlug { heading.slug }

    var title: String { box.title }
    var lead: String? { process.name }
    var trail: [Crumb] {
        heading.trail(to: process) + [Crumb("Urna electrónica", .boxes(slug, process.id))]
    }
    var help: HelpTopic { "urna-electronica" }

    private var obstacles: [BoxObstacle] { file.obstacles(at: now) }

    func actions(_ html: inout HTML) {
        if let own = file.trustees.first(where: { $0.user == rights.user }) {
            html.action(
                "Mi parte de la llave", to: .trusteeDesk(slug, process.id, box.id),
                file.step(of: own) == nil ? .secondary : .primary)
        }
        if file.authority?.user == rights.user, box.state == .preparing {
            html.action("Hacer las claves de voto", to: .credentialDesk(slug, process.id, box.id), .primary)
        }
        if rights.mayRun, box.state == .preparing {
            html.action("Cambiar", to: .editBox(slug, process.id, box.id))
            if obstacles.isEmpty {
                html.action("Sellar la urna", to: .sealBox(slug, process.id, box.id), .primary)
            }
        }
        if let next, rights.may(next.kind), isFree(next), obstacles.allSatisfy(\.passesOnTheDay) {
            html.action(
                "Proponer \(next.kind.title)", to: .proposeBoxAct(slug, process.id, box.id, next), .primary)
        }
        if let board { html.action("Tablero público", to: board, icon: .seal) }
    }

    /// Writes what is missing, with the way to it where that is a page of the process.
    private func write(_ obstacle: BoxObstacle, _ item: inout HTML) {
        guard case .orderNotDrawn(let contest, _) = obstacle else { return item.text(obstacle.sentence) }
        item.a(obstacle.sentence, .href(.ballotOrder(slug, process.id, contest)))
    }

    /// What two people do next.
    private var next: BoxActName? {
        switch box.state {
        case .sealed: .open
        case .open: .close
        case .closed: .count
        case .preparing, .tallied, .counted, .annulled: nil
        }
    }

    private func isFree(_ act: BoxActName) -> Bool { !file.acts.contains { $0.kind == act.kind } }

    func body(_ html: inout HTML) {
        if box.isMock {
            html.note(.info, "Esto es un simulacro: sus votos no se pueden contar en la elección.")
        }
        html.p { line in
            line.status(box.status)
            line.text(" \(box.hours(toldAt: now))")
        }
        if !file.steps.isEmpty {
            html.ul { list in for step in file.steps { list.li(step.sentence) } }
        }
        if let reason = box.stateReason {
            html.note(.warning, "Anulada") { note in
                note.p(SpanishFormat.sentence("Motivo: \(reason)"))
                guard rights.mayRun else { return }
                note.p {
                    $0.action(
                        box.isMock ? "Preparar otro simulacro" : "Preparar otra urna",
                        to: Path.newBox(slug, process.id).with("simulacro", box.isMock ? "si" : nil), .primary
                    )
                }
            }
        }
        writeActs(&html)
        if !obstacles.isEmpty {
            html.section("Lo que falta") { part in
                part.ul { list in for obstacle in obstacles { list.li { write(obstacle, &$0) } } }
            }
        }
        writeQuestions(&html)
        writePeople(&html)
        writeCredentials(&html)
        if [.preparing, .sealed, .open].contains(box.state) {
            BoxTrust(trustees: box.choices.trustees, threshold: box.choices.threshold).write(&html)
        }
        writeBallots(&html)
        writeConflicts(&html)
        writeResult(&html)
        writeExclusions(&html)
        if rights.mayAct, box.state != .annulled, box.state != .preparing, isFree(.annul) {
            html.section("Si algo grave pasó") { part in
                if rights.mayChallenge {
                    part.p { line in
                        line.a(
                            "Impugnar la urna",
                            .href(.challengeBox(slug, process.id, box.id)))
                        line.text(
                            box.state == .open || box.state == .closed
                                ? ": mientras no se decida, la urna no se cuenta."
                                : ": se recibe mientras corra el plazo del resultado.")
                    }
                }
                part.p("Anular la urna no se puede deshacer. Todo lo suyo queda guardado y publicado.")
                part.action(
                    "Proponer anular la urna", to: .proposeBoxAct(slug, process.id, box.id, .annul), .danger)
            }
        }
    }

    private func writeActs(_ html: inout HTML) {
        for act in file.acts {
            html.note(.warning, "Se propone \(act.kind.title)") { note in
                note.p(
                    "\(act.proposerName), el \(SpanishFormat.longDateAndTime(act.proposedAt)) \(SpanishFormat.sentence("Motivo: \(act.reason)"))"
                )
                guard rights.may(act.kind) else { return }
                note.p {
                    $0.action(
                        act.proposer == rights.user ? "Ver la propuesta" : "Confirmar o retirar",
                        to: .secondBoxAct(slug, process.id, box.id, act.id),
                        act.proposer == rights.user ? .secondary : .primary)
                }
            }
        }
    }

    private func writeQuestions(_ html: inout HTML) {
        html.section("Qué se vota") { part in
            for question in file.questions {
                part.h3(question.round > 1 ? "\(question.name), segunda vuelta" : question.name)
                guard !question.options.isEmpty else {
                    part.p(
                        "Las opciones quedan fijas al sellar la urna.",
                        .class("form-text"))
                    continue
                }
                part.ol { list in for option in question.options { list.li(option.name) } }
                part.p(
                    box.state == .preparing
                        ? "Y el voto en blanco. Quedan fijas, en este orden, al sellar la urna."
                        : "Y el voto en blanco.")
            }
        }
    }

    private func writePeople(_ html: inout HTML) {
        html.section("Custodios de la llave") { part in
            part.p(
                "Bastan \(SpanishFormat.number(box.choices.threshold)) de \(SpanishFormat.number(box.choices.trustees)) para contar."
            )
            part.ul(.class("dossier")) { list in
                for trustee in file.trustees {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3("\(trustee.number). \(trustee.name)")
                            head.status(file.status(of: trustee))
                        }
                        item.p(trustee.body.title, .class("form-text"))
                        if rights.mayRun, box.state == .preparing {
                            item.p {
                                $0.a(
                                    "Cambiar por otra persona",
                                    .href(.relieveTrustee(slug, process.id, box.id, trustee.id)))
                            }
                        }
                    }
                }
            }
            if rights.mayRun, box.state == .preparing, file.trustees.count < box.choices.trustees {
                part.action("Nombrar un custodio", to: .appointTrustee(slug, process.id, box.id))
            }
        }
    }

    private func writeCredentials(_ html: inout HTML) {
        html.section("Claves de voto") { part in
            part.p(
                file.authority.map { "Las hace \($0.name), la autoridad de credenciales." }
                    ?? "Nadie las hace todavía.")
            if rights.mayRun, box.state == .preparing {
                part.action(
                    file.authority == nil ? "Nombrar la autoridad" : "Cambiar la autoridad",
                    to: file.authority == nil
                        ? .appointAuthority(slug, process.id, box.id)
                        : .relieveAuthority(slug, process.id, box.id))
            }
            guard file.credentials.total > 0 else { return }
            let counts = [
                ("Claves con su persona", file.credentials.bound),
                ("Volantes por sacar en la mesa", file.credentials.drawn),
                ("De reserva", file.credentials.spare), ("Anuladas", file.credentials.unusable),
            ]
            part.facts(
                [Fact("Electores del censo", SpanishFormat.number(file.electors))]
                    + counts.filter { $0.1 > 0 }.map { Fact($0.0, SpanishFormat.number($0.1)) })
            writeReach(&part)
            if [.sealed, .open].contains(box.state) {
                part.p { line in
                    line.text("A quien perdió su volante se le entrega uno de reserva en ")
                    line.a("la página de su mesa", .href(.votingDay(slug, process.id)))
                    line.text(", antes de que vote.")
                }
            }
        }
    }

    /// Who is left out of voting from afar: the committee plans tables for them.
    private func writeReach(_ html: inout HTML) {
        guard box.choices.allowsRemote, [.preparing, .sealed, .open].contains(box.state) else { return }
        guard let destination = words.destination else {
            html.note(
                .warning,
                "Esta instalación no envía correos ni mensajes de texto: a distancia no puede votar nadie. Avise a quien la opera."
            )
            return
        }
        let reached = file.reach.electors(through: words.channels)
        html.p(
            "Para votar a distancia, a \(SpanishFormat.number(reached)) de \(SpanishFormat.count(file.electors, "elector", "electores")) se les puede enviar el código \(destination). Los demás no registraron uno propio, y votan en su mesa."
        )
    }

    private func writeBallots(_ html: inout HTML) {
        // What an annulled box had taken stays to be seen.
        guard
            [.open, .closed, .tallied, .counted].contains(box.state)
                || box.state == .annulled && !file.participation.isEmpty
        else { return }
        html.section("Participación") { part in
            part.facts(
                [
                    Fact("Personas que votaron en la urna", SpanishFormat.number(box.voters)),
                    Fact(
                        "Papeletas recibidas, también las que después se cambiaron",
                        SpanishFormat.number(box.ballots)),
                ]
                    + VotingPass.Way.allCases.map {
                        Fact($0.title, SpanishFormat.number(file.participation[$0] ?? 0))
                    })
            if box.isTooSmall, box.state == .open {
                part.note(
                    .warning,
                    "Con menos de \(BallotBox.fewest) votos la urna no se abre, porque la suma diría quién votó qué. Espere a más personas antes de cerrarla."
                )
            }
        }
    }

    private func writeConflicts(_ html: inout HTML) {
        guard !file.conflicts.isEmpty else { return }
        html.section("Contradicciones") { part in
            part.ul(.class("dossier")) { list in
                for conflict in file.conflicts {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h3("\(conflict.name), mesa \(conflict.table)")
                            head.status(
                                conflict.decision == nil
                                    ? Status("Por resolver", .overdue) : Status("Resuelta", .met))
                        }
                        item.p(conflict.kind.title)
                        item.p(
                            conflict.finder.map {
                                "\(SpanishFormat.sentence(conflict.account)) Lo anotó \($0)."
                            }
                                ?? conflict.account,
                            .class("form-text"))
                        if let decision = conflict.decision {
                            item.p(SpanishFormat.sentence("Se decidió: \(decision)"))
                        } else if rights.mayAct {
                            item.action(
                                "Proponer qué se hace",
                                to: .settleConflict(slug, process.id, box.id, conflict.id))
                        }
                    }
                }
            }
        }
    }

    private func writeExclusions(_ html: inout HTML) {
        guard !file.exclusions.isEmpty || box.state == .closed else { return }
        html.section("Votos excluidos") { part in
            if file.exclusions.isEmpty { part.p("Ninguno.") }
            part.ul { list in
                for exclusion in file.exclusions {
                    list.li { item in
                        for tracker in exclusion.trackers { item.code(tracker.tracker) }
                        let asked = exclusion.challenge.map { "Por la impugnación n.º \($0). " } ?? ""
                        item.text(" \(asked)\(SpanishFormat.sentence("Motivo: \(exclusion.reason)"))")
                    }
                }
            }
            if rights.mayAct, box.state == .closed {
                part.p(
                    "Un voto se excluye solo antes de contar, porque después quitarlo mostraría por quién fue, y por una impugnación a la urna que espere su decisión: primero se excluye, después se decide.",
                    .class("form-text"))
                part.action("Proponer excluir un voto", to: .excludeBallot(slug, process.id, box.id))
            }
        }
    }

    private func writeResult(_ html: inout HTML) {
        for count in file.counts {
            guard let question = file.questions.first(where: { $0.contest == count.contest }) else {
                continue
            }
            html.section("Resultado: \(question.name)") { part in
                let rows = question.options.map { option in
                    (option.name, count.lines.first { $0.slate == option.slate }?.votes ?? 0)
                }
                let columns: [Column<(String, Int), NoSort>] = [
                    .text("Opción") { $0.0 }, .integer("Votos") { $0.1 },
                ]
                part.table(
                    "Votos de la urna en \(question.name)", columns, rows + [("Voto en blanco", count.blank)])
                part.p { line in
                    line.text("\(SpanishFormat.count(count.ballots, "voto", "votos")) en la urna. ")
                    line.a("Ver el escrutinio, con las mesas", .href(.results(slug, process.id)))
                }
            }
        }
    }
}

extension BoxFile {
    /// How far a trustee has come, as people see it.
    func status(of trustee: BoxTrustee) -> Status {
        if let step = step(of: trustee) { return Status(step.waiting, .due) }
        return switch box.state {
        case .preparing:
            box.keySteps.contains { !trustee.hasPosted($0) }
                ? Status("Espera a los demás", .partial) : Status("Llave hecha", .met)
        case .sealed, .open, .closed: Status("Llave probada", .met)
        case .tallied, .counted:
            trustee.hasPosted(.partialDecryption)
                ? Status("Descifró", .met) : Status("No hizo falta", .exempt)
        case .annulled: Status("Sin uso", .exempt)
        }
    }
}

extension TrusteeMessage.Kind {
    /// What is waited for, in few words.
    var waiting: String {
        switch self {
        case .singleKey, .certificate: "Falta hacer la llave"
        case .polynomial: "Falta comparar los signos"
        case .verificationKey: "Falta terminar la llave"
        case .trial: "Falta probar la llave"
        case .partialDecryption: "Falta descifrar"
        }
    }
}

extension HashDigest {
    /// The digest as a tracker is read: in Base64, without the sign that fills it up (`verifiable-voting.md` §4.1).
    var tracker: String {
        Data(bytes).base64EncodedString().replacing("=", with: "")
    }
}
