import Foundation
import Kernel

/// What was told, decided, asked and taken on.
extension MinutesComposition {
    var narrative: [String] {
        free.narrative.paragraphs
            + facts.agenda.flatMap { [.pending].contains($0.state) ? [] : $0.notes.paragraphs }
    }

    var course: Section? {
        let blocks = courseBlocks(naming: true)
        guard !blocks.isEmpty else { return nil }
        return section("desarrollo", "Desarrollo", blocks, publishing: courseBlocks(naming: false))
    }

    /// What was treated, point by point; who spoke is told to those who read the minutes, and not in what is published.
    private func courseBlocks(naming: Bool) -> [Block] {
        var blocks: [Block] = free.narrative.paragraphs.map { .paragraph(text: $0) }
        for (index, item) in facts.agenda.enumerated() {
            let state: String? =
                switch item.state {
                case .postponed: "aplazado"
                case .pending: "no se trató"
                case .open, .treated: nil
                }
            blocks.append(
                .heading(text: "\(index + 1). \(item.title)\(state.map { " (\($0))" } ?? "")"))
            blocks += item.notes.paragraphs.map { .paragraph(text: $0) }
            if item.kind == .quorum, let check = facts.checks.first(where: { $0.occasion == .opening }) {
                blocks.append(.paragraph(text: sentence(check)))
            }
            for decision in standing where decision.item == item.id {
                blocks.append(
                    .paragraph(
                        text:
                            "Decisión \(decision.position): \(SpanishFormat.sentence(decision.decision)) \(result(of: decision))"
                    ))
            }
            blocks += spoken(naming: naming) { $0.item == item.id }
            blocks += taken { $0.item == item.id }
        }
        let known = Set(facts.agenda.map(\.id))
        blocks += spoken(naming: naming, otherwise: true) { $0.item.map { !known.contains($0) } ?? true }
        return blocks
    }

    /// Who spoke, each once, in one line.
    private func spoken(
        naming: Bool, otherwise: Bool = false, _ isMeant: (MinutesFacts.Speech) -> Bool
    ) -> [Block] {
        var seen: Set<String> = []
        let names = facts.speeches.filter(isMeant).map(\.name).filter { seen.insert($0.folded).inserted }
        guard !names.isEmpty else { return [] }
        guard naming else {
            let verb = names.count == 1 ? "intervino" : "intervinieron"
            let people = SpanishFormat.count(names.count, "persona", "personas")
            return [
                .paragraph(
                    text: otherwise
                        ? "Fuera de los puntos \(verb) \(people)." : "\(verb.capitalized) \(people).")
            ]
        }
        let list = SpanishFormat.list(names)
        return [
            .paragraph(
                text: SpanishFormat.sentence(
                    otherwise ? "Intervinieron fuera de los puntos: \(list)" : "Intervinieron: \(list)"))
        ]
    }

    // MARK: Decisions

    var standing: [MinutesFacts.Decision] { facts.decisions.filter { $0.withdrawal == nil } }

    func result(of decision: MinutesFacts.Decision) -> String {
        guard decision.manner != "consensus" else {
            return decision.isAdopted ? "Se adoptó por consenso." : "No hubo consenso."
        }
        let manner =
            switch decision.manner {
            case "acclamation": "por aclamación"
            case "roll_call": "en votación nominal"
            case "secret": "en votación secreta"
            default: "a mano alzada"
            }
        let majority =
            switch decision.majority {
            case "absolute": "mayoría absoluta"
            case "qualified": "mayoría calificada\(decision.share.map { " de \($0)" } ?? "")"
            case "unanimous": "unanimidad"
            default: "mayoría simple"
            }
        let base =
            switch decision.shareOf {
            case "present": "los presentes"
            case "entitled": "quienes tienen derecho a decidir"
            default: "los votos"
            }
        let source = decision.majoritySource.isEmpty ? "" : " (\(decision.majoritySource))"
        return
            "Se votó \(manner): \(decision.inFavor) a favor, \(decision.against) en contra, \(decision.blank) en blanco y \(SpanishFormat.count(decision.abstained, "abstención", "abstenciones")). Se exigía \(majority) de \(base)\(source): \(SpanishFormat.count(decision.needed, "voto", "votos")) a favor. \(decision.isAdopted ? "Se adoptó." : "No se adoptó.")"
    }

    func quorum(of decision: MinutesFacts.Decision) -> String {
        facts.checks.first { $0.id == decision.check }.map(sentence)
            ?? (decision.entitled > 0
                ? "\(decision.present) presentes de \(decision.entitled)."
                : "\(SpanishFormat.count(decision.present, "presente", "presentes")).")
    }

    func decision(_ decision: MinutesFacts.Decision) -> MinutesText.Decision {
        let isCounted = decision.manner != "consensus"
        return MinutesText.Decision(
            id: decision.id, position: decision.position, decision: decision.decision,
            published: redact(decision.decision), result: result(of: decision), quorum: quorum(of: decision),
            inFavor: isCounted ? decision.inFavor : nil, against: isCounted ? decision.against : nil,
            abstained: isCounted ? decision.blank + decision.abstained : nil, isAdopted: decision.isAdopted)
    }

    var decisions: Section? {
        guard !facts.decisions.isEmpty else { return nil }
        return section(
            "decisiones", "Decisiones", decisionBlocks(naming: true),
            publishing: decisionBlocks(naming: false))
    }

    /// What was taken on because of a point or a decision, beneath it; the section of commitments tells all of them.
    private func taken(_ isMeant: (MinutesFacts.Commitment) -> Bool) -> [Block] {
        facts.commitments.filter(isMeant).map { commitment in
            let until = commitment.dueOn.map { ", hasta el \(SpanishFormat.date($0))" } ?? ""
            return .paragraph(
                text: SpanishFormat.sentence(
                    "Compromiso: \(commitment.activity), a cargo de \(commitment.owner)\(until)"))
        }
    }

    /// The decisions; who voted how is told to those who read the minutes, and not in what is published.
    private func decisionBlocks(naming: Bool) -> [Block] {
        var blocks: [Block] = []
        for decision in facts.decisions {
            blocks.append(.heading(text: "Decisión \(decision.position)"))
            blocks.append(.paragraph(text: SpanishFormat.sentence(decision.decision)))
            if let proposer = decision.proposedBy {
                blocks.append(.paragraph(text: "La propuso: \(proposer)."))
            }
            blocks.append(.paragraph(text: result(of: decision)))
            if naming, !decision.byName.isEmpty {
                blocks.append(.list(items: decision.byName.map(\.words)))
            }
            blocks.append(.paragraph(text: quorum(of: decision)))
            blocks += taken { $0.decision == decision.id }
            if let withdrawal = decision.withdrawal {
                blocks.append(.paragraph(text: "Se retiró de la reunión: \(withdrawal)"))
            }
        }
        return blocks
    }

    var questions: Section? {
        guard !facts.questions.isEmpty else { return nil }
        func rows(_ isPublic: Bool) -> [[String]] {
            facts.questions.map { question in
                let answer = question.answer ?? "Pendiente de respuesta"
                let by = isPublic ? nil : question.answeredBy.map { " (\($0))" }
                return isPublic
                    ? [question.question, answer]
                    : [question.question, question.askedBy ?? "Sin nombre", answer + (by ?? "")]
            }
        }
        return section(
            "preguntas", "Preguntas y respuestas",
            [.table(columns: ["Pregunta", "Quién preguntó", "Respuesta"], rows: rows(false))],
            publishing: [.table(columns: ["Pregunta", "Respuesta"], rows: rows(true))])
    }

    /// Who is to do something, as everybody may read it. Of who is outside only what reads as an institution is told:
    /// the name of a person whom the register does not have would not be known as one.
    func publicOwner(_ commitment: MinutesFacts.Commitment) -> String {
        switch commitment.ownerKind {
        case .person: "Una persona asociada"
        case .outside where !MinutesRedaction.isInstitution(commitment.owner): "Otra persona"
        case .body, .office, .outside: redact(commitment.owner)
        }
    }

    func due(_ day: CalendarDate?) -> String { day.map { SpanishFormat.date($0) } ?? "Sin fecha" }

    var commitments: Section {
        let columns = ["Actividad", "Fecha", "Responsable"]
        guard !facts.commitments.isEmpty else {
            return section(
                "compromisos", "Compromisos", [.paragraph(text: "No se tomaron compromisos.")])
        }
        return section(
            "compromisos", "Compromisos",
            [
                .table(
                    columns: columns, rows: facts.commitments.map { [$0.activity, due($0.dueOn), $0.owner] })
            ],
            publishing: [
                .table(
                    columns: columns,
                    rows: facts.commitments.map { [$0.activity, due($0.dueOn), publicOwner($0)] })
            ])
    }
}
