import Kernel

/// What a form shows: what is known or was typed, and what was refused.
struct FormState: Sendable {
    private(set) var entries: Entries
    /// What was refused, in the order of the form.
    private(set) var problems: [InvalidInput.Problem] = []
    /// A refusal that belongs to no question.
    private(set) var refusal: String?
    /// Whether somebody filled it in already: what is known otherwise does not replace that.
    var isTyped = false

    /// A form that nobody has touched.
    init() {
        entries = Entries()
    }

    /// The filters of a list.
    init(_ query: [QueryItem]) {
        entries = Entries(query)
    }

    /// A form that was refused: all that was typed is there.
    init(_ submission: Submission, refusedBy refusal: any UserFacingError) {
        entries = submission.entries
        isTyped = true
        if let invalid = refusal as? InvalidInput {
            problems = invalid.problems
        } else if let field = refusal.field, entries.items.contains(where: { $0.name == field }) {
            problems = [InvalidInput.Problem(field: field, message: refusal.message)]
        } else {
            self.refusal = refusal.message
        }
    }

    /// Whether something was refused.
    var isRefused: Bool { !problems.isEmpty || refusal != nil }

    /// The same form with what is known of a question.
    func filling<V>(_ field: Field<V>, with value: V?) -> Self {
        guard let value else { return self }
        var state = self
        state.entries.replace(with: field.entries(value))
        return state
    }

    /// All that was wrong with the answer to a question.
    func problems(of name: String) -> [String] {
        problems.filter { $0.field == name }.map(\.message)
    }
}
