/// Large natural numbers in base 10, as words of 64 bits with the least significant first.
enum DecimalNumber {
    private static let digitsPerChunk = 19
    /// 10^19, the largest power of ten in a word; its highest bit is set.
    private static let chunk: UInt64 = 10_000_000_000_000_000_000
    /// ⌊(2^128 − 1) / 10^19⌋ − 2^64, by which a division becomes a multiplication.
    private static let reciprocal: UInt64 = 0xD83C_94FB_6D2A_C34A

    /// Reads digits without sign or leading zero into `wordCount` words.
    ///
    /// - Throws: That the text is malformed, or that the number has more words.
    static func words(
        reading text: ArraySlice<UInt8>, wordCount: Int
    ) throws(NumberFault) -> [UInt64] {
        guard let first = text.first else { throw .malformed }
        guard first != UInt8(ascii: "0") || text.count == 1 else { throw .malformed }
        var words = [UInt64](repeating: 0, count: wordCount)
        var pending: UInt64 = 0
        var scale: UInt64 = 1
        var isTooLarge = false
        for character in text {
            let digit = character &- UInt8(ascii: "0")
            guard digit < 10 else { throw .malformed }
            pending = pending &* 10 &+ UInt64(digit)
            scale &*= 10
            if scale == chunk {
                isTooLarge = isTooLarge || multiply(&words, by: scale, adding: pending) != 0
                (pending, scale) = (0, 1)
            }
        }
        isTooLarge = isTooLarge || multiply(&words, by: scale, adding: pending) != 0
        guard !isTooLarge else { throw .outOfRange }
        return words
    }

    private static func multiply(_ words: inout [UInt64], by factor: UInt64, adding term: UInt64) -> UInt64 {
        var carry = term
        for index in words.indices {
            let sum = UInt128(words[index]) &* UInt128(factor) &+ UInt128(carry)
            words[index] = UInt64(truncatingIfNeeded: sum)
            carry = UInt64(truncatingIfNeeded: sum >> 64)
        }
        return carry
    }

    /// Writes a number without leading zeros.
    static func text(of number: [UInt64]) -> [UInt8] {
        var words = number
        var used = words.count
        var reversed: [UInt8] = []
        reversed.reserveCapacity(20 * words.count)
        while used > 0 {
            var rest: UInt64 = 0
            for index in (0..<used).reversed() {
                (words[index], rest) = divideByChunk(high: rest, low: words[index])
            }
            while used > 0, words[used - 1] == 0 { used -= 1 }
            for _ in 0..<digitsPerChunk {
                reversed.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            }
        }
        while reversed.count > 1, reversed.last == UInt8(ascii: "0") { reversed.removeLast() }
        return reversed.isEmpty ? [UInt8(ascii: "0")] : reversed.reversed()
    }

    /// Two words divided by 10^19, for `high` below 10^19 (Möller and Granlund, «Improved division by invariant
    /// integers», 2011, algorithm 4).
    private static func divideByChunk(high: UInt64, low: UInt64) -> (quotient: UInt64, rest: UInt64) {
        let estimate = UInt128(reciprocal) &* UInt128(high) &+ (UInt128(high) << 64 | UInt128(low))
        var quotient = UInt64(truncatingIfNeeded: estimate >> 64) &+ 1
        var rest = low &- quotient &* chunk
        if rest > UInt64(truncatingIfNeeded: estimate) {
            quotient &-= 1
            rest &+= chunk
        }
        if rest >= chunk {
            quotient &+= 1
            rest &-= chunk
        }
        return (quotient, rest)
    }
}
