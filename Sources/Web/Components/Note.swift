extension HTML {
    /// How a note is meant.
    enum NoteTone: String {
        case info
        case done
        case warning
        case problem
    }

    /// Writes a note that stays on the page: a rule, a warning, an explanation.
    mutating func note(_ tone: NoteTone = .info, _ title: String? = nil, content: (inout HTML) -> Void) {
        div(.class("note note-\(tone.rawValue)")) { note in
            switch tone {
            case .info: note.icon(.info)
            case .done: note.icon(.check)
            case .warning, .problem: note.icon(.warning)
            }
            note.div { words in
                if let title { words.p(title, .class("note-title")) }
                content(&words)
            }
        }
    }

    /// Writes a note of one sentence.
    mutating func note(_ tone: NoteTone = .info, _ text: String) {
        note(tone) { $0.p(text) }
    }
}
