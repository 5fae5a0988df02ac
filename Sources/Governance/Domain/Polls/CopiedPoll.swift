import Kernel

/// What came of a poll that was closed, as a copy of its alliance tells it: what few answered is not broken down, for it
/// would tell whose answers they are.
struct CopiedPoll: Sendable, Encodable {
    /// What came of a question.
    struct Line: Sendable, Encodable {
        let question: String
        let options: [String]
        /// How many chose each; `nil` where too few answered.
        let people: [Int]?

        enum CodingKeys: String, CodingKey {
            case question = "pregunta"
            case options = "opciones"
            case people = "personas"
        }
    }

    let poll: String
    let title: String
    let answers: Int
    let onPaper: Int
    let lines: [Line]
    let comments: [String]?

    enum CodingKeys: String, CodingKey {
        case poll = "poll_id"
        case title = "consulta"
        case answers = "respuestas"
        case onPaper = "en_papel"
        case lines = "preguntas"
        case comments = "comentarios"
    }

    init(_ poll: Poll, _ result: PollResult) {
        self.poll = poll.id.description
        title = poll.title
        answers = result.answers
        onPaper = result.paperSheets
        lines = result.lines.map { line in
            Line(
                question: line.question.words, options: line.question.options,
                people: result.mayBeBrokenDown ? line.question.options.indices.map(line.total) : nil)
        }
        comments = result.mayBeBrokenDown ? result.comments : nil
    }
}
