import Kernel

/// One of several rows of questions alike, such as a decision with its votes.
protocol FormRow: Sendable {
    /// What a row that was filled in says.
    associatedtype Answer: Sendable

    /// Makes the questions of a row; rows are numbered from 1.
    init(_ number: Int)
    /// The names of the questions that make it a row: with all of them blank it is left out.
    var names: [String] { get }
    /// Writes its questions.
    func write(_ html: inout HTML)
    /// Reads its answers.
    func read(_ form: Submission) throws -> Answer
    /// The form with the answers of the row filled in.
    func filling(_ form: FormState, with answer: Answer) -> FormState
}

/// Rows of questions alike under a heading. All are there; with scripts the empty ones wait behind a button.
struct FormRows<Row: FormRow>: Sendable {
    /// What the rows are.
    let title: String
    /// What the button says that shows one more.
    let more: String
    /// How many there are.
    let count: Int
    /// What helps to fill them in.
    var hint: String?

    private var rows: [Row] { (1...count).map(Row.init) }

    /// Writes the rows.
    func write(_ html: inout HTML) {
        html.fieldset(.class("people-rows"), .data("rows", String(count)), .data("more", more)) { group in
            group.legend(title, .class("h2"))
            if let hint { group.p(hint, .class("form-text")) }
            for row in rows { group.div(.class("row-fields"), .data("row")) { row.write(&$0) } }
        }
    }

    /// The answers of the rows that were filled in.
    ///
    /// - Throws: `InvalidInput` with the problems of all rows.
    func read(_ form: Submission) throws(InvalidInput) -> [Row.Answer] {
        var answers: [Row.Answer] = []
        var problems: [InvalidInput.Problem] = []
        for row in rows where !row.names.allSatisfy(form.entries.isBlank) {
            do {
                answers.append(try row.read(form))
            } catch let invalid as InvalidInput {
                problems += invalid.problems
            } catch let refusal as any UserFacingError {
                problems.append(.init(field: row.names[0], message: refusal.message))
            } catch {
                problems.append(
                    .init(field: row.names[0], message: "No se pudo leer este renglón. Revíselo."))
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return answers
    }

    /// The form with answers filled in, one a row, and those for which there is no row.
    func filling(
        _ form: FormState, with answers: [Row.Answer]
    ) -> (form: FormState, rest: ArraySlice<Row.Answer>) {
        (
            zip(rows, answers).reduce(form) { state, pair in pair.0.filling(state, with: pair.1) },
            answers.dropFirst(count)
        )
    }
}
