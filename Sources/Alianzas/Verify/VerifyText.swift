import Elections
import Foundation
import Kernel
import VerifiableVoting

/// What was verified, in the words of somebody who was asked to watch an election.
struct VerifyText {
    /// The lines.
    private(set) var lines: [String] = []

    init(_ outcome: Result<VerificationReport, VerificationFault>, _ growth: Growth?, file: String) {
        switch outcome {
        case .success(let report): show(report)
        case .failure(let fault): show(fault, file)
        }
        if let growth { lines.append("\(growth.isWhole ? "✔" : "✘") \(growth.sentence)") }
        lines = lines.map(\.harmless)
    }

    // MARK: Refused

    private mutating func show(_ fault: VerificationFault, _ file: String) {
        lines.append("✘ La urna «\(file)» no es válida.")
        lines.append("\(fault.place.title):")
        lines.append("  \(fault.reason.sentence)")
        lines.append(
            "Lo que hay antes de ese punto está bien. Conserve una copia del archivo tal como está y avise al comité "
                + "electoral y al organismo de control.")
    }

    // MARK: Verified

    private mutating func show(_ report: VerificationReport) {
        let election = report.election
        if election.terms?.isMock == true {
            lines.append("*** SIMULACRO: no elige a nadie. ***")
        }
        lines.append("✔ \(report.stage.finding)")
        if election.terms == nil {
            // Beside the tick: who reads no further would take it for an election of an alliance.
            lines.append(
                "⚠ Esta urna no fija censo, puestos ni regla de conteo: lo que se verificó no dice quién queda elegido."
            )
        }
        lines.append("Elección: \(election.name) (\(election.uuid))")
        if let terms = election.terms {
            let opens = SpanishFormat.moment(terms.opensAt)
            lines.append("Votación: del \(opens) al \(SpanishFormat.moment(terms.closesAt))")
        }
        showVotes(report)
        let keys = SpanishFormat.count(report.trustees, "persona guarda", "personas guardan")
        lines.append(
            "Cifrado: grupo \(election.group); \(keys) las llaves"
                + (report.partialDecryptions == 0
                    ? "." : "; descifraron \(SpanishFormat.number(report.partialDecryptions))."))
        for (index, question) in (report.questions ?? []).enumerated() { show(question, number: index + 1) }
        showBindings(report)
        lines.append(
            "Eventos: \(SpanishFormat.number(report.events)). Último eslabón, que debe ser el del acta y el del tablero público:"
        )
        lines.append("  \(report.last.digest.grouped)")
        if !report.trackers.isEmpty {
            lines.append("Rastreadores de las papeletas, en el orden de la urna:")
            lines += report.trackers.map { "  \($0.base64)" }
        }
    }

    private mutating func showVotes(_ report: VerificationReport) {
        let replaced = report.ballots - report.voters
        lines.append(
            "Papeletas: \(SpanishFormat.number(report.ballots)), de "
                + SpanishFormat.count(report.voters, "credencial", "credenciales")
                + (replaced == 0
                    ? "."
                    : "; \(SpanishFormat.count(replaced, "fue reemplazada", "fueron reemplazadas")) por otra posterior.")
        )
        if report.weight != report.voters {
            lines.append("Peso de los votos que cuentan: \(SpanishFormat.number(report.weight)).")
        }
        guard let turnout = report.turnout else { return }
        lines.append(
            "Participación en esta urna: \(SpanishFormat.number(turnout.voters)) de "
                + "\(SpanishFormat.count(turnout.electors, "persona", "personas")) del censo "
                + "(\(SpanishFormat.percentage(turnout.voters, of: turnout.electors))).")
        if let quorum = report.election.terms?.quorum, let reaches = report.reachesQuorum {
            lines.append(
                "Para que valga deben votar \(SpanishFormat.number(quorum)): "
                    + (reaches
                        ? "se cumple."
                        : report.stage == .voting
                            ? "todavía no se cumple." : "no se cumple, y la urna no se puede sumar."))
        }
        if report.tally != nil, report.election.terms?.isMock == false, report.voters < BallotBox.fewest {
            lines.append(
                "⚠ Se sumaron menos de \(BallotBox.fewestInWords) votos: una suma tan pequeña puede mostrar cómo votó "
                    + "alguien. La plataforma no suma una urna así.")
        }
    }

    private mutating func show(_ question: VerificationReport.Question, number: Int) {
        lines.append("")
        lines.append("Pregunta \(number): \(question.question.question)")
        for (answer, votes) in zip(question.question.answers, question.votes) {
            lines.append("  \(answer): \(SpanishFormat.count(votes, "voto", "votos"))")
        }
        if let blank = question.blank {
            lines.append("  En blanco: \(SpanishFormat.count(blank, "voto", "votos"))")
        }
        guard let seats = question.seats else { return }
        lines.append("  Puestos, con los votos de esta urna:")
        lines += seats.steps.map { "    \(SpanishFormat.sentence($0))" }
        let won = seats.allocations.filter { $0.seats > 0 }.map {
            "\($0.contender): \(SpanishFormat.count($0.seats, "puesto", "puestos"))"
        }
        let seated = won.isEmpty ? "nadie obtiene puesto" : SpanishFormat.list(won)
        lines.append("    = Con los votos de esta urna, \(seated).")
    }

    private mutating func showBindings(_ report: VerificationReport) {
        lines.append("")
        guard let terms = report.election.terms else { return }
        lines.append("Sello del censo, que debe ser el del acta: \(terms.rollSeal.grouped)")
    }
}

extension ArchiveStage {
    /// What a verified archive at this stage is.
    var finding: String {
        switch self {
        case .empty: "La urna todavía no tiene elección."
        case .voting: "La urna está completa y correcta hasta ahora. La votación sigue abierta."
        case .closed: "La urna está completa y correcta. La votación se cerró y los votos no se han sumado."
        case .tallied: "La urna está completa y correcta. Los votos se sumaron y nadie ha descifrado todavía."
        case .decrypting: "La urna está completa y correcta. El descifrado no ha terminado."
        case .finished: "La urna y su resultado están completos y correctos."
        }
    }
}
