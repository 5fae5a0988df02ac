import Crypto
import Foundation

/// A table written in the one way that has one hash: what the frozen roll is hashed as.
///
/// - A row is a line, ended by LF (U+000A), the last one too; nothing comes before the first.
/// - Fields are parted by a tab (U+0009).
/// - Text is UTF-8 in Unicode's form NFC, so that «ñ» is one letter however it was typed.
/// - Within a field a backslash is `\\`, and backspace, tab, line feed, vertical tab, form feed and carriage return
///   are `\b`, `\t`, `\n`, `\v`, `\f` and `\r`. A field that is missing is `\N`; an empty one is empty.
///
/// That is the text format of PostgreSQL's `copy … to` for text in NFC, so the hash of a roll can be had again with
/// `psql` and `sha256sum`, without this program. Different tables never have the same text, as no field contains
/// an unescaped tab or line feed.
public struct CanonicalText: Sendable {
    private var hasher = SHA256()

    /// How many rows were written.
    public private(set) var rowCount = 0

    /// A text without rows.
    public init() {}

    /// Writes a row of at least one field, and returns its line, for who writes the text to a file as well.
    @discardableResult
    public mutating func append(_ fields: [String?]) -> [UInt8] {
        let line = Self.line(fields)
        hasher.update(data: line)
        rowCount += 1
        return line
    }

    /// The hash of the rows written so far; more may follow.
    public var digest: HashDigest { HashDigest(hasher.finalize()) }

    /// The line of a row, with the line feed that ends it.
    public static func line(_ fields: [String?]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { line.append(tab) }
            guard let field else {
                line += [backslash, UInt8(ascii: "N")]
                continue
            }
            for byte in composed(field).utf8 {
                if let letter = escape(of: byte) {
                    line.append(backslash)
                    line.append(letter)
                } else {
                    line.append(byte)
                }
            }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The text in NFC. Below U+0300 there are no combining marks and nothing to compose, and nearly every name
    /// stays there.
    private static func composed(_ text: String) -> String {
        text.unicodeScalars.allSatisfy { $0.value < 0x300 }
            ? text : text.precomposedStringWithCanonicalMapping
    }

    private static let tab = UInt8(ascii: "\t")
    private static let backslash = UInt8(ascii: "\\")

    /// What stands behind the backslash for a byte that may not stand for itself.
    private static func escape(of byte: UInt8) -> UInt8? {
        switch byte {
        case backslash: backslash
        case 0x08: UInt8(ascii: "b")
        case tab: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0B: UInt8(ascii: "v")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }
}
