/// Writes JSON in its canonical form (format, §4.1): compact, members in the order in which they are written, text as
/// raw UTF-8 in which only `"`, `\` and control characters are escaped.
///
/// `JSONEncoder` cannot: it escapes `/` and keeps no order. What has a fixed shape is written as it looks,
/// `literal(#"{"alpha":"#)`, and read again with the same literals by ``CanonicalReader``.
public struct CanonicalWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// Nothing written yet; `capacity` is how many bytes are to be expected.
    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes a piece of the text as it is.
    public mutating func literal(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes what is canonical JSON already.
    public mutating func raw(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
    }

    /// Writes a number in decimal digits.
    public mutating func integer(_ number: Int) {
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes what needs no escape, such as the digits of a number or of a hash, between quotes.
    public mutating func quoted(_ text: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a text between quotes, with its escapes.
    public mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch CanonicalEscape.of(byte) {
            case .none: bytes.append(byte)
            case .letter(let letter): bytes += [UInt8(ascii: "\\"), letter]
            case .code: bytes.append(contentsOf: CanonicalEscape.code(of: byte))
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an array, each element by the closure.
    public mutating func array<Element>(
        _ elements: some Sequence<Element>, _ write: (inout CanonicalWriter, Element) -> Void
    ) {
        var separator = UInt8(ascii: "[")
        for element in elements {
            bytes.append(separator)
            separator = UInt8(ascii: ",")
            write(&self, element)
        }
        if separator == UInt8(ascii: "[") { bytes.append(separator) }
        bytes.append(UInt8(ascii: "]"))
    }
}

/// The one way in which a byte of a text is escaped in canonical JSON: `\"`, `\\`, the five short forms of control
/// characters, `\u00xx` with small digits for the others and for DEL.
enum CanonicalEscape: Equatable {
    case none
    /// A backslash and this letter.
    case letter(UInt8)
    /// ``code(of:)``.
    case code

    static func of(_ byte: UInt8) -> Self {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): .letter(byte)
        case 0x08: .letter(UInt8(ascii: "b"))
        case 0x09: .letter(UInt8(ascii: "t"))
        case 0x0A: .letter(UInt8(ascii: "n"))
        case 0x0C: .letter(UInt8(ascii: "f"))
        case 0x0D: .letter(UInt8(ascii: "r"))
        case 0..<0x20, 0x7F: .code
        default: .none
        }
    }

    /// The byte for which a letter stands behind a backslash, `nil` where it is none.
    static func byte(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: nil
        }
    }

    static func code(of byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
    }
}
