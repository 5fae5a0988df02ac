// The elements, in the order of the HTML standard. Those that hold words take them as text or as a closure.

extension HTML {
    // Sections.

    mutating func header(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("header", attributes, content)
    }
    mutating func main(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("main", attributes, content)
    }
    mutating func footer(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("footer", attributes, content)
    }
    mutating func nav(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("nav", attributes, content)
    }
    mutating func section(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("section", attributes, content)
    }
    mutating func section(_ text: String, _ attributes: Attribute...) { element("section", text, attributes) }
    mutating func article(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("article", attributes, content)
    }
    mutating func article(_ text: String, _ attributes: Attribute...) { element("article", text, attributes) }
    mutating func aside(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("aside", attributes, content)
    }
    mutating func aside(_ text: String, _ attributes: Attribute...) { element("aside", text, attributes) }
    mutating func div(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("div", attributes, content)
    }
    mutating func div(_ text: String, _ attributes: Attribute...) { element("div", text, attributes) }
    mutating func address(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("address", attributes, content)
    }
    mutating func address(_ text: String, _ attributes: Attribute...) { element("address", text, attributes) }

    // Headings.

    mutating func h1(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("h1", attributes, content)
    }
    mutating func h1(_ text: String, _ attributes: Attribute...) { element("h1", text, attributes) }
    mutating func h2(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("h2", attributes, content)
    }
    mutating func h2(_ text: String, _ attributes: Attribute...) { element("h2", text, attributes) }
    mutating func h3(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("h3", attributes, content)
    }
    mutating func h3(_ text: String, _ attributes: Attribute...) { element("h3", text, attributes) }
    mutating func h4(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("h4", attributes, content)
    }
    mutating func h4(_ text: String, _ attributes: Attribute...) { element("h4", text, attributes) }

    // Text.

    mutating func p(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("p", attributes, content)
    }
    mutating func p(_ text: String, _ attributes: Attribute...) { element("p", text, attributes) }
    mutating func span(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("span", attributes, content)
    }
    mutating func span(_ text: String, _ attributes: Attribute...) { element("span", text, attributes) }
    mutating func strong(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("strong", attributes, content)
    }
    mutating func strong(_ text: String, _ attributes: Attribute...) { element("strong", text, attributes) }
    mutating func em(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("em", attributes, content)
    }
    mutating func em(_ text: String, _ attributes: Attribute...) { element("em", text, attributes) }
    mutating func small(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("small", attributes, content)
    }
    mutating func small(_ text: String, _ attributes: Attribute...) { element("small", text, attributes) }
    mutating func a(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("a", attributes, content)
    }
    mutating func a(_ text: String, _ attributes: Attribute...) { element("a", text, attributes) }
    mutating func abbr(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("abbr", attributes, content)
    }
    mutating func abbr(_ text: String, _ attributes: Attribute...) { element("abbr", text, attributes) }
    mutating func code(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("code", attributes, content)
    }
    mutating func code(_ text: String, _ attributes: Attribute...) { element("code", text, attributes) }
    mutating func time(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("time", attributes, content)
    }
    mutating func time(_ text: String, _ attributes: Attribute...) { element("time", text, attributes) }
    mutating func mark(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("mark", attributes, content)
    }
    mutating func mark(_ text: String, _ attributes: Attribute...) { element("mark", text, attributes) }
    mutating func s(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("s", attributes, content)
    }
    mutating func s(_ text: String, _ attributes: Attribute...) { element("s", text, attributes) }
    mutating func sub(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("sub", attributes, content)
    }
    mutating func sub(_ text: String, _ attributes: Attribute...) { element("sub", text, attributes) }
    mutating func sup(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("sup", attributes, content)
    }
    mutating func sup(_ text: String, _ attributes: Attribute...) { element("sup", text, attributes) }
    mutating func cite(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("cite", attributes, content)
    }
    mutating func cite(_ text: String, _ attributes: Attribute...) { element("cite", text, attributes) }
    mutating func q(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("q", attributes, content)
    }
    mutating func q(_ text: String, _ attributes: Attribute...) { element("q", text, attributes) }
    mutating func blockquote(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("blockquote", attributes, content)
    }
    mutating func blockquote(_ text: String, _ attributes: Attribute...) {
        element("blockquote", text, attributes)
    }
    mutating func pre(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("pre", attributes, content)
    }
    mutating func pre(_ text: String, _ attributes: Attribute...) { element("pre", text, attributes) }
    mutating func output(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("output", attributes, content)
    }
    mutating func output(_ text: String, _ attributes: Attribute...) { element("output", text, attributes) }

    // Lists.

    mutating func ul(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("ul", attributes, content)
    }
    mutating func ol(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("ol", attributes, content)
    }
    mutating func li(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("li", attributes, content)
    }
    mutating func li(_ text: String, _ attributes: Attribute...) { element("li", text, attributes) }
    mutating func dl(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("dl", attributes, content)
    }
    mutating func dt(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("dt", attributes, content)
    }
    mutating func dt(_ text: String, _ attributes: Attribute...) { element("dt", text, attributes) }
    mutating func dd(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("dd", attributes, content)
    }
    mutating func dd(_ text: String, _ attributes: Attribute...) { element("dd", text, attributes) }

    // Tables.

    mutating func table(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("table", attributes, content)
    }
    mutating func caption(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("caption", attributes, content)
    }
    mutating func caption(_ text: String, _ attributes: Attribute...) { element("caption", text, attributes) }
    mutating func thead(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("thead", attributes, content)
    }
    mutating func tbody(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("tbody", attributes, content)
    }
    mutating func tfoot(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("tfoot", attributes, content)
    }
    mutating func tr(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("tr", attributes, content)
    }
    mutating func th(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("th", attributes, content)
    }
    mutating func th(_ text: String, _ attributes: Attribute...) { element("th", text, attributes) }
    mutating func td(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("td", attributes, content)
    }
    mutating func td(_ text: String, _ attributes: Attribute...) { element("td", text, attributes) }

    // Forms; `form` itself is written by `form(to:)`, which adds the proof that it is ours.

    mutating func fieldset(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("fieldset", attributes, content)
    }
    mutating func legend(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("legend", attributes, content)
    }
    mutating func legend(_ text: String, _ attributes: Attribute...) { element("legend", text, attributes) }
    mutating func label(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("label", attributes, content)
    }
    mutating func label(_ text: String, _ attributes: Attribute...) { element("label", text, attributes) }
    mutating func button(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("button", attributes, content)
    }
    mutating func button(_ text: String, _ attributes: Attribute...) { element("button", text, attributes) }
    mutating func select(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("select", attributes, content)
    }
    mutating func option(_ text: String, _ attributes: Attribute...) { element("option", text, attributes) }
    mutating func optgroup(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("optgroup", attributes, content)
    }
    mutating func datalist(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("datalist", attributes, content)
    }
    /// The first line end is dropped by browsers, so one is written ahead of the text.
    mutating func textarea(_ text: String, _ attributes: Attribute...) {
        element("textarea", attributes) { area in
            area.raw("\n")
            area.text(text)
        }
    }

    // Disclosure, figures, measures.

    mutating func details(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("details", attributes, content)
    }
    mutating func summary(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("summary", attributes, content)
    }
    mutating func summary(_ text: String, _ attributes: Attribute...) { element("summary", text, attributes) }
    mutating func figure(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("figure", attributes, content)
    }
    mutating func figcaption(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("figcaption", attributes, content)
    }
    mutating func figcaption(_ text: String, _ attributes: Attribute...) {
        element("figcaption", text, attributes)
    }
    mutating func progress(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("progress", attributes, content)
    }
    mutating func meter(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("meter", attributes, content)
    }

    // Documents.

    mutating func html(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("html", attributes, content)
    }
    mutating func head(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("head", attributes, content)
    }
    mutating func body(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("body", attributes, content)
    }
    mutating func title(_ text: String, _ attributes: Attribute...) { element("title", text, attributes) }
    mutating func noscript(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("noscript", attributes, content)
    }
    /// A module of our own; there is no inline script.
    mutating func script(_ attributes: Attribute...) { element("script", attributes) { _ in } }
    /// JSON that a module of the page reads, which browsers neither show nor run.
    mutating func jsonData(_ text: some Sequence<UInt8>) {
        element("script", [.type("application/json")]) { script in
            // The one sign that could end the element; within JSON it stands in strings alone.
            for byte in text {
                if byte == UInt8(ascii: "<") { script.raw("\\u003C") } else { script.bytes.append(byte) }
            }
        }
    }

    // Drawings.

    mutating func svg(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("svg", attributes, content)
    }
    mutating func g(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        element("g", attributes, content)
    }
    mutating func path(_ attributes: Attribute...) { element("path", attributes) { _ in } }
    mutating func rect(_ attributes: Attribute...) { element("rect", attributes) { _ in } }
    mutating func circle(_ attributes: Attribute...) { element("circle", attributes) { _ in } }
    mutating func line(_ attributes: Attribute...) { element("line", attributes) { _ in } }
    mutating func polyline(_ attributes: Attribute...) { element("polyline", attributes) { _ in } }

    // Without content.

    mutating func br(_ attributes: Attribute...) { void("br", attributes) }
    mutating func hr(_ attributes: Attribute...) { void("hr", attributes) }
    mutating func img(_ attributes: Attribute...) { void("img", attributes) }
    mutating func input(_ attributes: Attribute...) { void("input", attributes) }
    mutating func link(_ attributes: Attribute...) { void("link", attributes) }
    mutating func meta(_ attributes: Attribute...) { void("meta", attributes) }

    /// A line of a drawing's lettering.
    mutating func svgText(_ text: String, _ attributes: Attribute...) { element("text", text, attributes) }
    /// The name of a drawing, for those who hear it.
    mutating func svgTitle(_ text: String) { element("title", text, []) }
}
