import ArgumentParser
import Elections

/// Counts contests given as lines of JSON.
struct ElectionCount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count contests given as lines of JSON, one answer a line.",
        discussion: """
            Reads from standard input lines such as
              {"id":1,"rule":"cuociente","seats":3,"votes":{"A":50,"B":30,"C":16},"blank":24}
            and answers each with its outcome, seats, ties, vacant seats, quotient and the steps of the \
            arithmetic. A line that cannot be counted is answered with {"id":…,"error":…} and does not stop \
            the others; the exit status is 0.

            rule: mayoria, mayoria_absoluta, plurinominal, cuociente or cifra. Optional: blank, \
            threshold ("1/2" of the quotient), sizes (candidates of each slate), blank_majority (true), \
            majority_of ("valid" or "contenders").
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
