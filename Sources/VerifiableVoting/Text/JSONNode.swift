/// Any JSON text, exactly: what `election.json` is read as, where members that we do not know are allowed.
///
/// Numbers stay as they are written. A member that stands twice in an object is refused, since two programs could take
/// one each; so are invalid UTF-8 and half surrogates. Names are the same where their bytes are.
public indirect enum JSONNode: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])

    /// A name with its value.
    public struct Member: Hashable, Sendable {
        /// The name, without its escapes.
        public let name: String
        /// The value.
        public let value: JSONNode
    }

    /// Reads a whole text.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - maximumDepth: How many arrays and objects may lie one within the other.
    ///   - maximumCount: How many values there may be: each takes many times the memory of its two shortest bytes.
    /// - Throws: What is no JSON, or beyond these limits.
    public init(_ bytes: [UInt8], maximumDepth: Int = 16, maximumCount: Int = 250_000) throws(TextFault) {
        var parser = JSONParser(bytes: bytes, rest: maximumCount)
        self = try parser.document(maximumDepth: maximumDepth)
    }

    /// The value of a member, `nil` where there is none or this is no object.
    public subscript(name: String) -> JSONNode? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The text, `nil` where this is none.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The elements, `nil` where this is no array.
    public var array: [JSONNode]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// Whether it is true, `nil` where this is neither true nor false.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The number, `nil` where this is none, or not one of digits alone that an `Int` holds.
    public var integer: Int? {
        guard case .number(let text) = self, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(text)
    }
}

/// Reads JSON as RFC 8259 has it, but for members that stand twice.
private struct JSONParser {
    let bytes: [UInt8]
    /// How many more values there may be.
    var rest: Int
    var position = 0

    mutating func document(maximumDepth: Int) throws(TextFault) -> JSONNode {
        let node = try value(depth: maximumDepth)
        skipBlanks()
        guard position == bytes.count else { throw fault("el final del texto") }
        return node
    }

    private func fault(_ expected: String) -> TextFault { TextFault(at: position, expected: expected) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func takes(_ text: StaticString) -> Bool {
        let literal = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[position...].starts(with: literal) else { return false }
        position += literal.count
        return true
    }

    private mutating func value(depth: Int) throws(TextFault) -> JSONNode {
        skipBlanks()
        guard rest > 0 else { throw fault("menos valores") }
        rest -= 1
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case let byte? where byte == UInt8(ascii: "-") || byte.isDigit: return .number(try number())
        default:
            if takes("null") { return .null }
            if takes("true") { return .bool(true) }
            if takes("false") { return .bool(false) }
            throw fault("un valor de JSON")
        }
    }

    private mutating func object(depth: Int) throws(TextFault) -> JSONNode {
        guard depth > 0 else { throw fault("menos niveles") }
        position += 1
        var members: [JSONNode.Member] = []
        var names: Set<[UInt8]> = []
        skipBlanks()
        if takes("}") { return .object([]) }
        repeat {
            skipBlanks()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw fault("el nombre de un miembro") }
            let name = try string()
            guard names.insert(Array(name.utf8)).inserted else {
                throw TextFault(at: start, expected: "un miembro distinto de «\(name)», que ya está")
            }
            skipBlanks()
            guard takes(":") else { throw fault("«:»") }
            members.append(JSONNode.Member(name: name, value: try value(depth: depth - 1)))
            skipBlanks()
        } while takes(",")
        guard takes("}") else { throw fault("«,» o «}»") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(TextFault) -> JSONNode {
        guard depth > 0 else { throw fault("menos niveles") }
        position += 1
        var elements: [JSONNode] = []
        skipBlanks()
        if takes("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth - 1))
            skipBlanks()
        } while takes(",")
        guard takes("]") else { throw fault("«,» o «]»") }
        return .array(elements)
    }

    private mutating func number() throws(TextFault) -> String {
        let start = position
        _ = takes("-")
        if !takes("0") { try digits() }
        if takes(".") { try digits() }
        if takes("e") || takes("E") {
            if !takes("+") { _ = takes("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(TextFault) {
        let start = position
        while next?.isDigit == true { position += 1 }
        guard position > start else { throw fault("una cifra") }
    }

    private mutating func string() throws(TextFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw fault("un carácter de control escapado") }
            if byte == UInt8(ascii: "\\") {
                text += try escape()
            } else {
                text.append(byte)
                position += 1
            }
        }
        guard takes("\"") else { throw fault("el final del texto entre comillas") }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw TextFault(at: start, expected: "un texto en UTF-8 válido")
        }
        return string
    }

    private mutating func escape() throws(TextFault) -> [UInt8] {
        let start = position
        position += 1
        if takes("/") { return [UInt8(ascii: "/")] }
        if let letter = next, let byte = CanonicalEscape.byte(of: letter) {
            position += 1
            return [byte]
        }
        guard takes("u") else { throw TextFault(at: start, expected: "un escape de JSON") }
        let unit = try codeUnit()
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), takes("\\u") { units.append(try codeUnit()) }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw TextFault(at: start, expected: "un carácter completo")
        }
        return Array(text.utf8)
    }

    private mutating func codeUnit() throws(TextFault) -> UInt16 {
        guard position + 4 <= bytes.count, bytes[position..<position + 4].allSatisfy(\.isHexDigit),
            let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw fault("cuatro cifras hexadecimales") }
        position += 4
        return unit
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        isSmallHexDigit || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "F")
    }
}
