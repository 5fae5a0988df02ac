/// How much an action stands out.
enum Emphasis: Sendable {
    /// The one thing that the page is for.
    case primary
    /// What may be done as well.
    case secondary
    /// What loses something.
    case danger

    var buttonClass: String {
        switch self {
        case .primary: "btn btn-primary"
        case .secondary: "btn btn-outline-primary"
        case .danger: "btn btn-outline-danger"
        }
    }
}

extension HTML {
    /// Writes a link that looks like a button: its words say what it opens.
    mutating func action(_ words: String, to path: Path, _ emphasis: Emphasis = .secondary, icon: Icon? = nil)
    {
        a(.class(emphasis.buttonClass), .href(path)) { link in
            if let icon { link.icon(icon) }
            link.span(words)
        }
    }

    /// Writes a button that does one thing at once, without asking more: a form of its own.
    mutating func action(
        _ words: String, posting path: Path, _ emphasis: Emphasis = .secondary, icon: Icon? = nil,
        small: Bool = false, sending items: [QueryItem] = []
    ) {
        form(to: path) { form in
            for item in items { form.input(.type("hidden"), .name(item.name), .value(item.value)) }
            form.button(.type("submit"), .class(emphasis.buttonClass + (small ? " btn-sm" : ""))) { button in
                if let icon { button.icon(icon) }
                button.span(words)
            }
        }
    }

    /// Writes a part of the page under a heading of its own.
    mutating func section(_ title: String, id: String? = nil, content: (inout HTML) -> Void) {
        section(.class("part"), .id(id)) { section in
            section.h2(title)
            content(&section)
        }
    }

    /// Writes words that lead on where the person may go there, and stand alone otherwise.
    mutating func text(_ words: String, leadingTo path: Path?) {
        if let path { a(words, .href(path)) } else { text(words) }
    }
}
