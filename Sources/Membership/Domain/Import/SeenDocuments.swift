/// Remembers on which line of a file each identity document first stood.
///
/// Exact, not probable: a document of digits is packed whole into 64 bits and any other into 128, so two
/// documents never share a key and nobody is refused for a collision of hashes. A document of digits takes
/// 16 bytes a slot of a table at most three quarters full: 32 MB for 1,000,000 documents.
struct SeenDocuments {
    /// The digits that fit beside their number and the type in 64 bits.
    private static let mostPackedDigits = 17

    private var digits = DocumentTable()
    private var lettered: [UInt128: UInt32] = [:]

    /// Returns the line on which the document already stood, or remembers it and returns `nil`.
    ///
    /// `type` is a number of its own for each type of document, from 1 to 63; the number stands in `range` in its
    /// normal form, at most 20 digits and capital letters.
    mutating func firstLine(
        ofType type: UInt8, number bytes: Span<UInt8>, _ range: Range<Int>, seenOn line: Int
    ) -> Int? {
        precondition((1...63).contains(type) && range.count <= 20)
        let line = UInt32(clamping: line)
        // A leading 1 keeps the number of digits, so that 012 and 12 differ.
        var packed: UInt64 = 1
        var isDigits = range.count <= Self.mostPackedDigits
        for index in range {
            let digit = bytes[index] &- UInt8(ascii: "0")
            isDigits = isDigits && digit < 10
            packed = packed &* 10 &+ UInt64(digit)
        }
        if isDigits {
            return digits.firstLine(of: UInt64(type) << 58 | packed, seenOn: line).map(Int.init)
        }
        // In base 37 no character is 0, so that the length is kept: 64 · 37^20 is less than 2^128.
        var key = UInt128(type)
        for index in range {
            let byte = bytes[index]
            let value = byte < UInt8(ascii: "A") ? byte &- UInt8(ascii: "0") : byte &- UInt8(ascii: "A") &+ 10
            key = key &* 37 &+ UInt128(value &+ 1)
        }
        if let first = lettered[key] { return Int(first) }
        lettered[key] = line
        return nil
    }
}

/// A table from keys to lines with open addressing; 0 is no key.
///
/// Places come from a multiplication by a secret of each table (multiply-shift hashing, M. Dietzfelbinger and
/// others, 1997), so that no file can be written to make the probes long.
private struct DocumentTable {
    /// Key and line lie together, so that a look costs one miss of the cache.
    private struct Slot {
        var key: UInt64 = 0
        var line: UInt32 = 0
    }

    private var slots = [Slot](repeating: Slot(), count: 1 << 12)
    private var count = 0
    private let multiplier = UInt64.random(in: .min ... .max) | 1

    mutating func firstLine(of key: UInt64, seenOn line: UInt32) -> UInt32? {
        if count * 4 >= slots.count * 3 { grow() }
        let place = place(of: key)
        guard slots[place].key == 0 else { return slots[place].line }
        slots[place] = Slot(key: key, line: line)
        count += 1
        return nil
    }

    /// Where the key stands, or the free place where it is to stand.
    private func place(of key: UInt64) -> Int {
        let mask = slots.count - 1
        // The highest bits of the product are the good ones.
        var place = Int(truncatingIfNeeded: (key &* multiplier) >> UInt64(mask.leadingZeroBitCount))
        while slots[place].key != 0, slots[place].key != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for slot in old where slot.key != 0 { slots[place(of: slot.key)] = slot }
    }
}
