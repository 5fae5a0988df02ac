import Kernel

@testable import Web

extension HTML {
    /// What has been written, as text.
    var string: String { String(decoding: bytes, as: UTF8.self) }
}

/// SplitMix64 (G. L. Steele et al., OOPSLA 2014): the same seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension String {
    /// A short text of what breaks pages: markup, quotes, entities, controls, other scripts, halves of
    /// characters.
    static func hostile(using random: inout SeededGenerator) -> String {
        let pieces = [
            "<", ">", "\"", "'", "&", "&amp;", "&#39;", "</p>", "<!--", "]]>", "javascript:", "\u{0}", "\n",
            "\r", "\t", "\u{7F}", "\u{1}", "ñ", "é", "\u{301}", "日本", "🗳️", "\u{202E}", "=", "%", "%2F", "/",
            "\\", "-", " ", "a", "B", "7", "+", ";", ",", "@", "\u{FFFD}", "\u{10FFFF}",
        ]
        return (0..<Int.random(in: 0...8, using: &random))
            .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
}

/// A document of a few words.
struct Certificate: PrintedDocument {
    var words: String
    var title: String { "Constancia de prueba" }
    var control: ControlHeader {
        ControlHeader(
            issuer: "Alianza de prueba", code: "Constancia 1", version: "Versión 1",
            date: CalendarDate(dayNumber: 20_525))
    }
    func body(_ html: inout HTML) { html.p(words) }
}
