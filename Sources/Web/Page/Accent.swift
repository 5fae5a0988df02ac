import Foundation

/// The accent colour of a tenant, dark enough for white letters on it.
public struct Accent: Hashable, Sendable {
    private let red: Int
    private let green: Int
    private let blue: Int

    private init(red: Int, green: Int, blue: Int) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// The colour of the platform itself.
    public static let platform = Self(red: 0x0B, green: 0x5C, blue: 0x6B)

    /// Reads `#0b5c6b`, darkened until white stands out against it by 4.5 to 1 (WCAG 2.2, criterion 1.4.3);
    /// `nil` where the text is no such colour.
    public init?(hex text: String) {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let number = Int(digits, radix: 16)
        else { return nil }
        var color = Self(red: number >> 16, green: number >> 8 & 0xFF, blue: number & 0xFF)
        while color.contrastWithWhite < 4.5 { color = color.mixed(with: 0, percent: 4) }
        self = color
    }

    /// The colour as six hexadecimal digits.
    var hex: String {
        [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How far white stands out against it, from 1 to 21 (WCAG 2.2, "contrast ratio").
    var contrastWithWhite: Double {
        func linear(_ channel: Int) -> Double {
            let share = Double(channel) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)
    }

    /// The style sheet that gives pages this colour: one for each colour, so that it can be kept for ever and
    /// no page needs inline style.
    var styleSheet: String {
        """
        :root{--accent:#\(hex);--accent-rgb:\(red),\(green),\(blue);\
        --accent-strong:#\(mixed(with: 0, percent: 22).hex);--accent-soft:#\(mixed(with: 255, percent: 92).hex);\
        --accent-line:#\(mixed(with: 255, percent: 70).hex)}
        """
    }

    private func mixed(with level: Int, percent: Int) -> Self {
        func mix(_ channel: Int) -> Int { (channel * (100 - percent) + level * percent) / 100 }
        return Self(red: mix(red), green: mix(green), blue: mix(blue))
    }
}

extension Accent: PathValue {
    init?(pathText: String) { self.init(hex: pathText) }
    var pathText: String { hex }
}
