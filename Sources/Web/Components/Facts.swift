import Kernel

/// One line of a description: what it is called and what it is.
struct Fact {
    fileprivate let name: String
    fileprivate let content: (inout HTML) -> Void

    /// A line of text; an absent one shows a dash.
    init(_ name: String, _ text: String?) {
        self.init(name) { html in
            if let text, !text.isEmpty { html.text(text) } else { html.absent() }
        }
    }

    /// A line of anything.
    init(_ name: String, content: @escaping (inout HTML) -> Void) {
        self.name = name
        self.content = content
    }

    /// A number.
    init(_ name: String, _ number: Int) {
        self.init(name, SpanishFormat.number(number))
    }

    /// A day.
    init(_ name: String, _ date: CalendarDate) {
        self.init(name, SpanishFormat.longDate(date))
    }

    /// A state.
    init(_ name: String, _ status: Status) {
        self.init(name) { $0.status(status) }
    }
}

/// A number that a page leads with.
struct KeyFigure {
    fileprivate let number: String
    fileprivate let words: String
    fileprivate let path: Path?

    /// A number, what it counts, and the list of what it counts.
    init(_ number: Int, _ words: String, to path: Path? = nil) {
        self.init(SpanishFormat.number(number), words, to: path)
    }

    /// A number already written, such as a share.
    init(_ number: String, _ words: String, to path: Path? = nil) {
        self.number = number
        self.words = words
        self.path = path
    }
}

extension HTML {
    /// Writes a description list.
    mutating func facts(_ facts: Fact...) { self.facts(facts) }

    /// Writes a description list.
    mutating func facts(_ facts: [Fact]) {
        dl(.class("facts")) { list in
            for fact in facts {
                list.div { line in
                    line.dt(fact.name)
                    line.dd(content: fact.content)
                }
            }
        }
    }

    /// Writes the numbers that the page leads with; each opens what it counts.
    mutating func figures(_ figures: KeyFigure...) { self.figures(figures) }

    /// Writes the numbers that the page leads with; each opens what it counts.
    mutating func figures(_ figures: [KeyFigure]) {
        ul(.class("figures")) { list in
            for figure in figures {
                list.li { item in
                    func write(_ html: inout HTML) {
                        html.span(figure.number, .class("figure-number"))
                        html.span(figure.words, .class("figure-words"))
                    }
                    if let path = figure.path {
                        item.a(.href(path), content: write)
                    } else {
                        item.div(content: write)
                    }
                }
            }
        }
    }

    /// Writes the dash of what is not known.
    mutating func absent() {
        span("—", .class("absent"), .aria("hidden", "true"))
        span("sin dato", .class("visually-hidden"))
    }
}
