import Governance
import Kernel
import Tenancy

/// What came of a poll, an answer a row, for files.
struct PollResultPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let answer: ReadPoll.Answer

    /// An answer with how many chose it.
    struct Row: Sendable {
        let number: Int
        let question: String
        let option: String
        let screen: Int
        let paper: Int
        let whole: Int
    }

    /// Answers stand in the order in which they are asked.
    enum Order: String, SortKey {
        case question = "pregunta"
        static let initial = Self.question
    }

    static let columns: [Column<Row, Order>] = [
        .text("Pregunta", sort: .question) { "\($0.number). \($0.question)" },
        .text("Respuesta") { $0.option },
        .integer("En pantalla") { $0.screen },
        .integer("En papel") { $0.paper },
        .integer("Total") { $0.screen + $0.paper },
        .share("Parte de quienes respondieron") { ($0.screen + $0.paper, $0.whole) },
    ]

    var title: String { "Resultado de «\(answer.poll.title)»" }
    var lead: String? { Poll.notAVote }
    var trail: [Crumb] {
        heading.trail(from: .between) + [
            Crumb("Sondeos", .polls(heading.slug)),
            Crumb(answer.poll.title, .poll(heading.slug, answer.poll.id)),
        ]
    }
    var help: HelpTopic { "sondeos" }

    var found: Found<Row> {
        guard answer.result.mayBeBrokenDown else { return query.page(of: []) }
        var rows = answer.result.lines.enumerated().flatMap { index, line in
            line.question.options.indices.map { option in
                Row(
                    number: index + 1, question: line.question.words, option: line.question.options[option],
                    screen: line.onScreen[option], paper: line.onPaper[option], whole: answer.result.answers)
            }
        }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            empty: EmptyState(
                "Se muestra por respuesta desde \(Poll.leastAnswers) respuestas: con menos se sabría quién dijo qué."
            ))
    }
}
