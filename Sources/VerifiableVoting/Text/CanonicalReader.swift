/// Reads JSON whose canonical form is fixed, and nothing but that form (format, §4.1): a text that was read to its end
/// is, byte for byte, what ``CanonicalWriter`` writes of the same values.
///
/// White space, members in another order or twice, leading zeros, signs, needless escapes, invalid UTF-8 and bytes
/// after the end are faults, which say where. The shape stands in the code that reads, so depth is bounded by it. Nothing
/// is allocated but the strings that are asked for; numbers of the groups come as ranges of bytes.
public struct CanonicalReader: Sendable {
    /// The whole text.
    public let bytes: [UInt8]
    /// The byte to be read next.
    public private(set) var position: Int

    /// Begins at the first byte.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
    }

    /// A fault at the byte to be read next, for who finds that what stands there has no meaning.
    public func fault(_ expected: String) -> TextFault {
        TextFault(at: position, expected: expected)
    }

    // MARK: Shape

    /// Reads a piece of the text that has to stand there as it is.
    public mutating func expect(_ literal: StaticString) throws(TextFault) {
        guard takes(literal) else { throw fault("«\(literal)»") }
    }

    /// Reads a piece of the text where it stands there, such as an optional member.
    ///
    /// - Returns: Whether it stood there; nothing is read otherwise.
    public mutating func takes(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != literal.utf8Start[index] { return false }
        position += count
        return true
    }

    /// Reads the beginning of an array.
    ///
    /// - Returns: Whether an element follows; an empty array is read whole. After each element,
    ///   ``continuesArray()`` tells whether there is another.
    public mutating func opensArray() throws(TextFault) -> Bool {
        try expect("[")
        return !takes("]")
    }

    /// Reads what stands after an element of an array: a comma, or the end of the array.
    ///
    /// - Returns: Whether another element follows.
    public mutating func continuesArray() throws(TextFault) -> Bool {
        if takes(",") { return true }
        guard takes("]") else { throw fault("«,» o «]»") }
        return false
    }

    /// Reads an array of at most so many elements, each by the closure.
    public mutating func array<Element>(
        atMost limit: Int, _ read: (inout CanonicalReader) throws(TextFault) -> Element
    ) throws(TextFault) -> [Element] {
        var elements: [Element] = []
        var more = try opensArray()
        while more {
            guard elements.count < limit else { throw fault("el final de la lista, que no pasa de \(limit)") }
            elements.append(try read(&self))
            more = try continuesArray()
        }
        return elements
    }

    /// Asks that nothing is left.
    public func end() throws(TextFault) {
        guard position == bytes.count else { throw fault("el final del texto") }
    }

    // MARK: Values

    /// Reads a number of a range from 0 on that stands in digits, without quotes: 0, or digits of which the first is
    /// not 0.
    public mutating func integer(in range: ClosedRange<Int>) throws(TextFault) -> Int {
        let start = position
        let digits = digits()
        var number = 0
        for byte in bytes[digits] {
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !carried else { throw Self.noNumber(at: start, in: range) }
            number = sum
        }
        guard isCanonical(digits), range.contains(number) else { throw Self.noNumber(at: start, in: range) }
        return number
    }

    /// Reads a number in decimal digits between quotes: 0, or digits of which the first is not 0.
    ///
    /// - Returns: Where the digits are.
    public mutating func decimal(maximumDigits: Int) throws(TextFault) -> Range<Int> {
        let start = position
        if takes("\"") {
            let digits = digits()
            if isCanonical(digits), digits.count <= maximumDigits, takes("\"") { return digits }
        }
        throw TextFault(
            at: start, expected: "un número entre comillas, de \(maximumDigits) cifras como máximo")
    }

    /// Reads so many hexadecimal digits in small letters between quotes.
    ///
    /// - Returns: Where the digits are.
    public mutating func hexadecimal(digits count: Int) throws(TextFault) -> Range<Int> {
        let start = position
        if takes("\"") {
            let first = position
            while position < bytes.count, bytes[position].isSmallHexDigit { position += 1 }
            let digits = first..<position
            if digits.count == count, takes("\"") { return digits }
        }
        throw TextFault(at: start, expected: "\(count) cifras hexadecimales entre comillas")
    }

    /// Reads a text without escapes, of at most so many bytes, between quotes: what is neither a quote, a backslash, a
    /// control character nor outside of ASCII.
    ///
    /// - Returns: Where the text is.
    public mutating func plain(maximumBytes: Int) throws(TextFault) -> Range<Int> {
        let start = position
        if takes("\"") {
            let first = position
            while position < bytes.count, bytes[position].isPlain { position += 1 }
            let text = first..<position
            if text.count <= maximumBytes, takes("\"") { return text }
        }
        throw TextFault(
            at: start, expected: "un texto simple de \(maximumBytes) bytes como máximo, entre comillas")
    }

    /// Reads a text with the escapes that are canonical, of at most so many bytes in UTF-8.
    public mutating func string(maximumBytes: Int) throws(TextFault) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard text.count < maximumBytes else {
                throw fault("el final del texto, que no pasa de \(maximumBytes) bytes")
            }
            text.append(try character())
        }
        let end = position
        try expect("\"")
        guard let string = String(validating: text, as: UTF8.self) else {
            throw TextFault(at: end, expected: "un texto en UTF-8 válido antes")
        }
        return string
    }

    /// Reads one byte of a text, which may be escaped.
    private mutating func character() throws(TextFault) -> UInt8 {
        let byte = bytes[position]
        guard byte == UInt8(ascii: "\\") else {
            guard CanonicalEscape.of(byte) == .none else { throw fault("un carácter de control escapado") }
            position += 1
            return byte
        }
        if position + 1 < bytes.count, let byte = CanonicalEscape.byte(of: bytes[position + 1]) {
            position += 2
            return byte
        }
        for byte: UInt8 in Array(0..<0x20) + [0x7F] where CanonicalEscape.of(byte) == .code {
            let code = CanonicalEscape.code(of: byte)
            guard bytes[position...].starts(with: code) else { continue }
            position += code.count
            return byte
        }
        throw fault("un escape en su forma canónica")
    }

    private mutating func digits() -> Range<Int> {
        let first = position
        while position < bytes.count, bytes[position].isDigit { position += 1 }
        return first..<position
    }

    private func isCanonical(_ digits: Range<Int>) -> Bool {
        digits.count == 1 || digits.count > 1 && bytes[digits.lowerBound] != UInt8(ascii: "0")
    }

    private static func noNumber(at position: Int, in range: ClosedRange<Int>) -> TextFault {
        TextFault(
            at: position,
            expected: "un número entero de \(range.lowerBound) a \(range.upperBound), sin ceros delante")
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isSmallHexDigit: Bool { isDigit || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "f") }

    /// Whether it stands for itself in canonical JSON and is ASCII.
    fileprivate var isPlain: Bool {
        self >= 0x20 && self < 0x7F && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }
}
