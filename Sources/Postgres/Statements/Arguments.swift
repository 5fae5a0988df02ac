/// The values of a statement's parameters, each in PostgreSQL's binary format, in one run of bytes.
struct Arguments: Sendable {
    private(set) var encoder = SQLEncoder()
    /// Where each value lies; `nil` where it is null.
    private(set) var ranges: [Range<Int>?] = []

    var count: Int { ranges.count }

    mutating func reserve(_ count: Int) {
        ranges.reserveCapacity(count)
        encoder.reserve(24 * count)
    }

    mutating func append(_ value: some SQLCodable) {
        let start = encoder.bytes.count
        let isNull = value.isNull
        if !isNull { value.encode(into: &encoder) }
        ranges.append(isNull ? nil : start..<encoder.bytes.count)
    }

    mutating func append(_ other: Self) {
        let offset = encoder.bytes.count
        encoder.append(bytes: other.encoder.bytes)
        for range in other.ranges {
            ranges.append(range.map { $0.lowerBound + offset..<$0.upperBound + offset })
        }
    }
}

/// Writes a value in PostgreSQL's binary format.
public struct SQLEncoder: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    /// Writes an integer, its highest byte first.
    public mutating func append(_ integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes bytes as they are.
    public mutating func append(bytes more: some Collection<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Writes what `body` writes, preceded by its number of bytes as a 32-bit integer.
    mutating func appendWithLength(_ body: (inout Self) -> Void) {
        let start = bytes.count
        append(Int32(0))
        body(&self)
        let length = Int32(truncatingIfNeeded: bytes.count - start - 4)
        withUnsafeBytes(of: length.bigEndian) { length in
            for (index, byte) in length.enumerated() { bytes[start + index] = byte }
        }
    }
}
