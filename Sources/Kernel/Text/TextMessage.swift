import Foundation

/// A text message (SMS) as a network carries it (3GPP TS 23.038).
public struct TextMessage: Sendable, Hashable {
    /// The alphabets.
    public enum Encoding: String, Sendable, Hashable {
        /// Seven bits a character: 160 in one message, 153 in each of several.
        case gsm7 = "GSM-7"
        /// Sixteen bits: 70 and 67.
        case ucs2 = "UCS-2"
    }

    /// The text.
    public let text: String
    /// The alphabet that it needs.
    public let encoding: Encoding
    /// Its length in units of the alphabet.
    public let units: Int
    /// How many messages the network counts.
    public let segments: Int

    /// Measures a text as it is.
    public init(_ text: String) {
        self.text = text
        let costs = text.unicodeScalars.map(Self.septets)
        if costs.contains(nil) {
            encoding = .ucs2
            units = text.utf16.count
            segments = Self.segments(text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }, one: 70, each: 67)
        } else {
            encoding = .gsm7
            let costs = costs.compactMap(\.self)
            units = costs.reduce(0, +)
            segments = Self.segments(costs, one: 160, each: 153)
        }
    }

    /// Measures a text without the accents that the seven-bit alphabet lacks; «é», «ñ» and «ü» it has.
    public init(spelling text: String) {
        let plain: [Character: Character] = [
            "á": "a", "í": "i", "ó": "o", "ú": "u", "Á": "A", "Í": "I", "Ó": "O", "Ú": "U", "«": "\"",
            "»": "\"",
            "“": "\"", "”": "\"", "’": "'", "–": "-", "—": "-", "\u{A0}": " ", "º": "o", "ª": "a", "…": ".",
        ]
        self.init(String(text.precomposedStringWithCanonicalMapping.map { plain[$0] ?? $0 }))
    }

    /// What a character costs in the seven-bit alphabet; `nil` where it has none.
    private static func septets(_ scalar: Unicode.Scalar) -> Int? {
        if basic.contains(scalar) { return 1 }
        return extended.contains(scalar) ? 2 : nil
    }

    /// A character is never parted between two messages.
    private static func segments(_ costs: [Int], one: Int, each: Int) -> Int {
        guard costs.reduce(0, +) > one else { return 1 }
        var segments = 1
        var used = 0
        for cost in costs {
            if used + cost > each {
                segments += 1
                used = 0
            }
            used += cost
        }
        return segments
    }

    private static let basic = Set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
            .unicodeScalars)
    private static let extended = Set("^{}\\[~]|€".unicodeScalars)
}
