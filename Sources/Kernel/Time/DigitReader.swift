/// Reads numbers and separators off a short text, byte by byte: a national register has hundreds of millions of
/// dates.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The number that the next digits spell, `nil` where there are not as many as asked for.
    mutating func digits(_ count: ClosedRange<Int>) -> Int? {
        var value = 0
        var read = 0
        while read < count.upperBound, let byte = rest.first, (0x30...0x39).contains(byte) {
            value = value * 10 + Int(byte - 0x30)
            read += 1
            rest.removeFirst()
        }
        return read >= count.lowerBound ? value : nil
    }

    mutating func skip(_ sign: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == sign.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Takes one of the signs that stand between the parts of a date.
    mutating func separator() -> UInt8? {
        guard let byte = rest.first, byte == 0x2F || byte == 0x2D || byte == 0x2E else { return nil }
        rest.removeFirst()
        return byte
    }
}
