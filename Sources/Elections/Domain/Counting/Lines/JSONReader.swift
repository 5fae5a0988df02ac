/// Reads one JSON text (RFC 8259) strictly and keeps its scalars as they were written.
///
/// The decoders at hand cannot serve a count: they read `60.0` as 60, lose digits of large numbers, keep one of
/// two equal keys in silence, and forget how a number was written, which an id has to be given back as.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    /// The deepest nesting that is read; a count needs two.
    private static let maximumDepth = 32

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the whole text as one value.
    static func value(of bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.unexpected() }
        return value
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw unexpected() }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .scalar(.init(kind: .string, bytes: try string()))
        case UInt8(ascii: "t"): return .scalar(.init(kind: .boolean, bytes: try literal("true")))
        case UInt8(ascii: "f"): return .scalar(.init(kind: .boolean, bytes: try literal("false")))
        case UInt8(ascii: "n"): return .scalar(.init(kind: .null, bytes: try literal("null")))
        default: return .scalar(.init(kind: .number, bytes: try number()))
        }
    }

    private mutating func members(depth: Int) throws(JSONSyntaxError) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            let value = try value(depth: depth + 1)
            members.append(.init(key: .init(kind: .string, bytes: key), value: value))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected() }
        return members
    }

    private mutating func elements(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        var elements: [JSONValue] = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
        return elements
    }

    /// A string with its quotes. Its escapes have the right form; whether it is text is asked when it is read.
    private mutating func string() throws(JSONSyntaxError) -> ArraySlice<UInt8> {
        let start = position
        position += 1
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return bytes[start..<position]
            case UInt8(ascii: "\\"):
                position += 1
                switch peek {
                case UInt8(ascii: "u"):
                    position += 1
                    for _ in 0..<4 {
                        guard let digit = peek, digit.hexadecimalValue != nil else { throw unexpected() }
                        position += 1
                    }
                case let escaped? where escaped.escapedByte != nil: position += 1
                default: throw unexpected()
                }
            case 0..<0x20: throw unexpected()
            default: position += 1
            }
        }
        throw unexpected()
    }

    private mutating func number() throws(JSONSyntaxError) -> ArraySlice<UInt8> {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try digits()
        }
        return bytes[start..<position]
    }

    private mutating func digits() throws(JSONSyntaxError) {
        guard peek?.isDigit == true else { throw unexpected() }
        while peek?.isDigit == true { position += 1 }
    }

    private mutating func literal(_ word: String) throws(JSONSyntaxError) -> ArraySlice<UInt8> {
        let start = position
        for byte in word.utf8 {
            guard take(byte) else { throw unexpected() }
        }
        return bytes[start..<position]
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { position += 1 }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private func unexpected() -> JSONSyntaxError { JSONSyntaxError(column: position + 1) }
}

/// A text that is no JSON, and the byte, from 1, where that shows.
struct JSONSyntaxError: Error, Hashable {
    let column: Int
}

/// A value of JSON whose scalars are still as they were written.
enum JSONValue: Hashable, Sendable {
    case object([Member])
    case array([JSONValue])
    case scalar(Scalar)

    /// One member of an object; keys may come twice, which is for the reader to refuse.
    struct Member: Hashable, Sendable {
        let key: Scalar
        let value: JSONValue
    }

    /// A string with its quotes, a number, `true`, `false` or `null`, byte by byte.
    struct Scalar: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case string, number, boolean, null
        }

        let kind: Kind
        let bytes: ArraySlice<UInt8>
    }
}

extension JSONValue.Scalar {
    /// The text of a string, `nil` where it is none: not UTF-8, or half of a surrogate pair.
    var text: String? {
        guard kind == .string else { return nil }
        let inner = bytes.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return String(validating: inner, as: UTF8.self) }
        var units: [UInt8] = []
        var rest = inner
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let plain = escape.escapedByte {
                units.append(plain)
                continue
            }
            guard let scalar = Self.escapedScalar(&rest) else { return nil }
            units.append(contentsOf: Array(String(scalar).utf8))
        }
        return String(validating: units, as: UTF8.self)
    }

    /// Whether a string is this word, however it is escaped.
    func says(_ word: String) -> Bool {
        bytes.contains(UInt8(ascii: "\\"))
            ? text == word : bytes.dropFirst().dropLast().elementsEqual(word.utf8)
    }

    /// The scalar of a `\u` escape whose `\u` was read, and of the one after it where the two are a pair.
    private static func escapedScalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        let first = codeUnit(&rest)
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(UInt32(first)) }
        guard rest.starts(with: Array("\\u".utf8)) else { return nil }
        rest.removeFirst(2)
        let second = codeUnit(&rest)
        guard UTF16.isTrailSurrogate(second) else { return nil }
        return UTF16.decode(.init([first, second]))
    }

    private static func codeUnit(_ rest: inout ArraySlice<UInt8>) -> UInt16 {
        let digits = rest.prefix(4)
        rest.removeFirst(digits.count)
        return digits.reduce(0) { $0 << 4 | UInt16($1.hexadecimalValue ?? 0) }
    }

    /// The number where it is written in digits alone, without sign, point or exponent, and up to 10¹².
    ///
    /// `60.0` and `1e3` have whole values; who writes votes so has calculated them with fractions.
    var wholeNumber: Int? {
        guard kind == .number, bytes.allSatisfy(\.isDigit),
            let number = Int(String(decoding: bytes, as: UTF8.self)),
            number <= Tally.maximumVotes
        else { return nil }
        return number
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The byte that this letter stands for behind a backslash.
    fileprivate var escapedByte: UInt8? {
        switch self {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): self
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }
}
