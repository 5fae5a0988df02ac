/// What a list says when it has nothing: why, and what to do next.
struct EmptyState: Sendable {
    let message: String
    var next: (words: String, path: Path)?

    init(_ message: String, next words: String, to path: Path) {
        self.message = message
        next = (words, path)
    }

    /// For those who can do nothing about it.
    init(_ message: String) {
        self.message = message
    }
}

extension HTML {
    /// Writes that there is nothing yet, and the next step.
    mutating func emptyState(_ state: EmptyState) {
        div(.class("empty")) { box in
            box.p(state.message)
            if let next = state.next { box.action(next.words, to: next.path, .primary) }
        }
    }
}
