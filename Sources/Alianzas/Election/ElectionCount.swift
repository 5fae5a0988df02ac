import ArgumentParser
import Elections

/// Counts contests given as lines of JSON.
struct ElectionCount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Cuenta elecciones dadas como líneas de JSON, una respuesta por línea.",
        discussion: """
            Lee de la entrada líneas como
              {"id":1,"rule":"cuociente","seats":3,"votes":{"A":50,"B":30,"C":16},"blank":24}
            y responde cada una con resultado, puestos, empates, vacantes, cuociente y los pasos de la cuenta. \
            Una línea que no se puede contar recibe {"id":…,"error":…} y no detiene las demás.

            rule: mayoria, mayoria_absoluta, plurinominal, cuociente o cifra. Opcionales: blank, \
            threshold («1/2» del cuociente), sizes (candidatos de cada plancha), blank_majority (true), \
            majority_of (valid o contenders), marked_ballots (tarjetones marcados, donde cada uno lleva varios votos).
            """)

    func run() throws {
        var lines = LineSplitter()
        var answers: [UInt8] = []
        func answer(_ line: LineSplitter.Line) throws {
            switch line {
            case .bytes(let bytes): answers += CountRequest.answer(to: bytes)
            case .overlong: answers += CountRequest.answerToOverlongLine
            }
            answers.append(UInt8(ascii: "\n"))
            if answers.count > Self.mostHeldBack { try writeAnswers() }
        }
        func writeAnswers() throws {
            try StandardStreams.write(answers)
            answers.removeAll(keepingCapacity: true)
        }
        // What has come is answered before more is waited for: who asks one line at a time gets each answer.
        while let bytes = try StandardStreams.read() {
            try lines.take(bytes, answer)
            try writeAnswers()
        }
        try lines.finish(answer)
        try writeAnswers()
    }

    /// Answers are written once they pass this, in bytes.
    private static let mostHeldBack = 1 << 20
}
