/// A page being written: elements are methods, their content is a closure, and all of it lands in one
/// buffer of bytes.
///
/// ```swift
/// html.table(.class("table")) { table in
///     for slate in slates {
///         table.tr { row in row.td(slate.name) }
///     }
/// }
/// ```
///
/// What comes out is balanced, because only a closure's end closes an element, and free of injection: text
/// and attributes are always escaped, addresses are ``Path``s or checked ``WebAddress``es, and raw markup
/// comes from `StaticString`s alone.
struct HTML: ~Copyable {
    /// What has been written, in UTF-8.
    var bytes: [UInt8] = []
    /// What the page needs to know of the request that it answers.
    let surroundings: Surroundings
    /// What the form being written shows.
    var formState = FormState()
    /// The questions of the form being written, by the names of their controls.
    var formLabels: [String: String] = [:]
    /// Whether a form was written, which binds the page to the browser.
    var hasForm = false

    init(in surroundings: Surroundings = Surroundings()) {
        self.surroundings = surroundings
        bytes.reserveCapacity(16 * 1024)
    }

    /// Writes text, escaped.
    mutating func text(_ text: some StringProtocol) {
        bytes.append(escaping: text)
    }

    /// Writes a number as it is stored, with no separators: for attributes of drawings and the like. Numbers
    /// for people go through the formats of Colombia.
    mutating func digits(_ number: Int) {
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes markup as it stands in the source code.
    mutating func raw(_ markup: StaticString) {
        bytes.append(markup)
    }

    /// Writes an element with content.
    mutating func element(
        _ tag: StaticString, _ attributes: [Attribute], _ content: (inout HTML) -> Void
    ) {
        open(tag, attributes)
        content(&self)
        close(tag)
    }

    /// Writes an element that holds text.
    mutating func element(_ tag: StaticString, _ text: String, _ attributes: [Attribute]) {
        open(tag, attributes)
        bytes.append(escaping: text)
        close(tag)
    }

    /// Writes an element that has no content and no end tag.
    mutating func void(_ tag: StaticString, _ attributes: [Attribute]) {
        open(tag, attributes)
    }

    private mutating func open(_ tag: StaticString, _ attributes: [Attribute]) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(tag)
        for attribute in attributes { attribute.write(to: &bytes, in: surroundings) }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ tag: StaticString) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        bytes.append(tag)
        bytes.append(UInt8(ascii: ">"))
    }
}

extension [UInt8] {
    /// Appends text of the source code as it is.
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends text so that it stands for itself in content and in a quoted attribute.
    ///
    /// Control characters, which HTML does not allow and which can hide a text's meaning, become U+FFFD;
    /// tab and line ends stay.
    mutating func append(escaping text: some StringProtocol) {
        var text = String(text)
        text.withUTF8 { utf8 in
            var clean = 0
            for (index, byte) in utf8.enumerated() {
                guard let replacement = Self.replacement(of: byte) else { continue }
                append(contentsOf: utf8[clean..<index])
                append(replacement)
                clean = index + 1
            }
            append(contentsOf: utf8[clean...])
        }
    }

    private static func replacement(of byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0x09, 0x0A, 0x0D: nil
        case 0x00..<0x20, 0x7F: "\u{FFFD}"
        default: nil
        }
    }
}
