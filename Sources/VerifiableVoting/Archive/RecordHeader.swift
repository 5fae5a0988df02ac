/// The 512 bytes before the content of each record (format, §4.3): an old-style tar header, zero but for the fields
/// that are written here.
enum RecordHeader {
    /// Headers and padded contents are multiples of this many bytes.
    static let blockSize = 512
    /// The most that eleven octal digits can say.
    static let largestNumber = 0o77_777_777_777

    /// How many zeros stand behind a content of so many bytes.
    static func padding(after size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

    /// The header of a record, whose numbers are from 0 to ``largestNumber`` and whose name fits 100 bytes.
    static func block(name: [UInt8], size: Int, time: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { block[offset + index] = byte }
        }
        put(name, at: Field.name.lowerBound)
        put("0000644".utf8, at: 100)
        put("0000000".utf8, at: 108)
        put("0000000".utf8, at: 116)
        put(octal(size, digits: 11), at: Field.size.lowerBound)
        put(octal(time, digits: 11), at: 136)
        put("0".utf8, at: 156)
        // The sum is taken with spaces in its own place; its eighth byte stays one.
        put("        ".utf8, at: 148)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + [0], at: 148)
        return block
    }

    /// The name and the size that a header states; `nil` where there is no size. Whether the rest of it is right shows
    /// when ``block(name:size:time:)`` makes it again.
    static func parse(_ block: [UInt8]) -> (name: [UInt8], size: Int)? {
        let digits = block[Field.size]
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else { return nil }
        let size = digits.reduce(0) { $0 << 3 | Int($1 & 7) }
        return (Array(block[Field.name].prefix { $0 != 0 }), size)
    }

    private enum Field {
        static let name = 0..<100
        static let size = 124..<135
    }

    private static func octal(_ number: Int, digits: Int) -> [UInt8] {
        (0..<digits).reversed().map { UInt8(ascii: "0") + UInt8(number >> (3 * $0) & 7) }
    }
}
