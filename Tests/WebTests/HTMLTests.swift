import Testing

@testable import Web

@Suite struct HTMLTests {
    @Test func `elements nest as their closures do`() {
        var html = HTML()
        html.table(.class("table"), .id("mesas")) { table in
            table.tr { row in
                row.th("Mesa", .scope("col"))
                row.td { cell in
                    cell.text("1")
                    cell.br()
                }
            }
        }
        #expect(
            html.string
                == #"<table class="table" id="mesas"><tr><th scope="col">Mesa</th><td>1<br></td></tr></table>"#
        )
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (#"" onload="x"#, "&quot; onload=&quot;x"),
        ("O'Neil & hijos", "O&#39;Neil &amp; hijos"),
        ("Año\u{0}\u{7F}\u{1B}[31m", "Año\u{FFFD}\u{FFFD}\u{FFFD}[31m"),
        ("tab\ty salto\n", "tab\ty salto\n"),
    ])
    func `text stands for itself in content and in attributes`(text: String, escaped: String) {
        var html = HTML()
        html.p(text, .title(text))
        #expect(html.string == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `no text whatever leaves its element or its attribute, and every text is read back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let text = String.hostile(using: &random)
            var html = HTML()
            html.p(text, .class(text))
            let inner = html.bytes.dropFirst("<p class=\"".utf8.count).dropLast("</p>".utf8.count)
            let value = inner.prefix { $0 != UInt8(ascii: "\"") }
            let content = inner.dropFirst(value.count + 2)
            #expect(value.reading == text.visible, "seed \(seed): \(text.debugDescription)")
            #expect(content.reading == text.visible, "seed \(seed): \(text.debugDescription)")
            #expect(!inner.contains(UInt8(ascii: "<")), "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `any tree of elements comes out balanced`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var html = HTML()
        html.grow(depth: 6, using: &random)
        var open: [Substring] = []
        for tag in html.string.matches(of: /<(\/?)([a-z]+)[^>]*>/.matchingSemantics(.unicodeScalar)) {
            if tag.2 == "br" { continue }
            if tag.1.isEmpty {
                open.append(tag.2)
            } else {
                #expect(open.popLast() == tag.2, "seed \(seed)")
            }
        }
        #expect(open.isEmpty, "seed \(seed)")
        #expect(html.bytes.count > 200, "seed \(seed) grew nothing worth checking")
    }

    @Test func `an attribute that is nil or false is left out`() {
        var html = HTML()
        html.input(.type("checkbox"), .id(nil), .checked(false), .required(), .aria("invalid", nil))
        #expect(html.string == #"<input type="checkbox" required>"#)
    }

    @Test func `a text area keeps the line end that it begins with`() {
        var html = HTML()
        html.textarea("\nSegundo renglón", .name("texto"))
        #expect(html.string == "<textarea name=\"texto\">\n\nSegundo renglón</textarea>")
    }
}

extension HTML {
    /// Writes a random tree.
    fileprivate mutating func grow(depth: Int, using random: inout SeededGenerator) {
        for _ in 0..<3 {
            switch depth == 0 ? 0 : random.next() % 6 {
            case 0: text(String.hostile(using: &random))
            case 1: br()
            case 2: p(String.hostile(using: &random), .class(String.hostile(using: &random)))
            case 3: table { $0.grow(depth: depth - 1, using: &random) }
            case 4: ul(.id(String.hostile(using: &random))) { $0.grow(depth: depth - 1, using: &random) }
            default: div { $0.grow(depth: depth - 1, using: &random) }
            }
        }
    }
}

/// What a browser reads, byte by byte: a combining mark joins the sign before it only for the eye.
extension Collection<UInt8> {
    /// The text that the escaped bytes stand for.
    fileprivate var reading: [UInt8] {
        let entities: [String: Character] = ["lt": "<", "gt": ">", "quot": "\"", "#39": "'", "amp": "&"]
        var text: [UInt8] = []
        var rest = self[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                text.append(byte)
                continue
            }
            let name = String(decoding: rest.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            text.append(contentsOf: String(entities[name] ?? "?").utf8)
            rest = rest.dropFirst(name.utf8.count + 1)
        }
        return text
    }
}

extension String {
    /// The text with its control characters shown as such.
    fileprivate var visible: [UInt8] {
        var visible = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isControl =
                scalar.value < 0x20 && !"\t\n\r".unicodeScalars.contains(scalar) || scalar.value == 0x7F
            visible.append(isControl ? "\u{FFFD}" : scalar)
        }
        return Array(String(visible).utf8)
    }
}
