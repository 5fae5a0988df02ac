/// The order of a group, below 2^256, with what Montgomery's reduction needs.
public protocol ScalarModulus: Sendable {
    /// *q*, the least significant word first.
    static var order: Words256 { get }
    /// −q⁻¹ mod 2^64.
    static var negatedInverse: UInt64 { get }
    /// 2^512 mod *q*.
    static var radixSquared: Words256 { get }
}

/// 256 bits, the least significant word first.
public typealias Words256 = InlineArray<4, UInt64>

/// A number modulo a prime below 2^256, in plain Swift without a branch or an index that depends on it.
public struct Scalar256<Modulus: ScalarModulus>: GroupScalar {
    /// Below the modulus.
    private let value: Words256

    private init(_ value: Words256) {
        self.value = value
    }

    /// A small number.
    public init(_ number: UInt64) {
        value = [number, 0, 0, 0]
    }

    /// Reads `Z_q`.
    public init(reading text: ArraySlice<UInt8>) throws(NumberFault) {
        let words = try DecimalNumber.words(reading: text, wordCount: 4)
        value = [words[0], words[1], words[2], words[3]]
        guard Self.subtract(value, Modulus.order).borrow == 1 else { throw .outOfRange }
    }

    /// Bytes read as one big-endian integer, modulo *q*.
    public init(reducingBigEndian bytes: [UInt8]) {
        var total = Self.zero
        let radix = Self(Self.montgomery(Modulus.radixSquared, [1, 0, 0, 0]))
        var end = bytes.count
        var scale = Self.one
        while end > 0 {
            let start = max(0, end - 32)
            var word: Words256 = [0, 0, 0, 0]
            for (place, index) in (start..<end).reversed().enumerated() {
                word[place / 8] |= UInt64(bytes[index]) << UInt64(8 * (place % 8))
            }
            total += Self(reducing: word) * scale
            scale *= radix
            end = start
        }
        self = total
    }

    /// Reduces 512 random bits.
    public init(randomWith generator: inout some RandomNumberGenerator) {
        let bytes = (0..<8).flatMap { _ in
            let word: UInt64 = generator.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
        self.init(reducingBigEndian: bytes)
    }

    private init(reducing word: Words256) {
        value = Self.montgomery(Self.montgomery(word, Modulus.radixSquared), [1, 0, 0, 0])
    }

    /// 0.
    public static var zero: Self { Self(0 as UInt64) }
    /// 1.
    public static var one: Self { Self(1 as UInt64) }
    /// *q* − 1, the exponent that inverts an element.
    static var minusOne: Self { zero - one }

    /// The number in base 10.
    public var text: [UInt8] { DecimalNumber.text(of: words) }
    /// Four words, the least significant first.
    public var words: [UInt64] { [value[0], value[1], value[2], value[3]] }

    /// The number to the power *q* − 2 (Fermat).
    public var inverse: Self {
        let exponent = Self.subtract(Modulus.order, [2, 0, 0, 0]).difference
        var power = Self.one
        for bit in (0..<256).reversed() {
            power *= power
            // The exponent is public: it comes from the order of the group.
            if exponent[bit / 64] >> UInt64(bit % 64) & 1 == 1 { power *= self }
        }
        return power
    }

    /// The sum modulo *q*.
    public static func + (left: Self, right: Self) -> Self {
        var sum: Words256 = [0, 0, 0, 0]
        var carry: UInt64 = 0
        for index in 0..<4 {
            let word = UInt128(left.value[index]) &+ UInt128(right.value[index]) &+ UInt128(carry)
            sum[index] = UInt64(truncatingIfNeeded: word)
            carry = UInt64(truncatingIfNeeded: word >> 64)
        }
        return Self(reduceOnce(sum, carry: carry))
    }

    /// The difference modulo *q*.
    public static func - (left: Self, right: Self) -> Self {
        let (difference, borrow) = subtract(left.value, right.value)
        let mask = 0 &- borrow
        var result: Words256 = [0, 0, 0, 0]
        var carry: UInt64 = 0
        for index in 0..<4 {
            let word =
                UInt128(difference[index]) &+ UInt128(Modulus.order[index] & mask) &+ UInt128(carry)
            result[index] = UInt64(truncatingIfNeeded: word)
            carry = UInt64(truncatingIfNeeded: word >> 64)
        }
        return Self(result)
    }

    /// The product modulo *q*.
    public static func * (left: Self, right: Self) -> Self {
        Self(montgomery(montgomery(left.value, right.value), Modulus.radixSquared))
    }

    /// Whether two numbers are one; in constant time.
    public static func == (left: Self, right: Self) -> Bool {
        var difference: UInt64 = 0
        for index in 0..<4 { difference |= left.value[index] ^ right.value[index] }
        return difference == 0
    }

    /// Hashes the words.
    public func hash(into hasher: inout Hasher) {
        for index in 0..<4 { hasher.combine(value[index]) }
    }

    private static func subtract(
        _ left: Words256, _ right: Words256
    ) -> (difference: Words256, borrow: UInt64) {
        var difference: Words256 = [0, 0, 0, 0]
        var borrow: UInt64 = 0
        for index in 0..<4 {
            let word = UInt128(left[index]) &- UInt128(right[index]) &- UInt128(borrow)
            difference[index] = UInt64(truncatingIfNeeded: word)
            borrow = UInt64(truncatingIfNeeded: word >> 64) & 1
        }
        return (difference, borrow)
    }

    /// Subtracts the order if the number with its carry is not below it; the number is below twice the order.
    private static func reduceOnce(_ number: Words256, carry: UInt64) -> Words256 {
        let (difference, borrow) = subtract(number, Modulus.order)
        let keep = 0 &- (borrow & (carry ^ 1))
        var result: Words256 = [0, 0, 0, 0]
        for index in 0..<4 { result[index] = number[index] & keep | difference[index] & ~keep }
        return result
    }

    /// left · right / 2^256 modulo *q*, for a product below q·2^256.
    private static func montgomery(_ left: Words256, _ right: Words256) -> Words256 {
        var sum: InlineArray<6, UInt64> = [0, 0, 0, 0, 0, 0]
        for row in 0..<4 {
            var carry: UInt64 = 0
            for index in 0..<4 {
                let word =
                    UInt128(left[index]) &* UInt128(right[row]) &+ UInt128(sum[index]) &+ UInt128(carry)
                sum[index] = UInt64(truncatingIfNeeded: word)
                carry = UInt64(truncatingIfNeeded: word >> 64)
            }
            let top = UInt128(sum[4]) &+ UInt128(carry)
            sum[4] = UInt64(truncatingIfNeeded: top)
            sum[5] = UInt64(truncatingIfNeeded: top >> 64)

            let factor = sum[0] &* Modulus.negatedInverse
            carry = UInt64(
                truncatingIfNeeded: (UInt128(factor) &* UInt128(Modulus.order[0]) &+ UInt128(sum[0])) >> 64)
            for index in 1..<4 {
                let word =
                    UInt128(factor) &* UInt128(Modulus.order[index]) &+ UInt128(sum[index]) &+ UInt128(carry)
                sum[index - 1] = UInt64(truncatingIfNeeded: word)
                carry = UInt64(truncatingIfNeeded: word >> 64)
            }
            let last = UInt128(sum[4]) &+ UInt128(carry)
            sum[3] = UInt64(truncatingIfNeeded: last)
            sum[4] = sum[5] &+ UInt64(truncatingIfNeeded: last >> 64)
        }
        return reduceOnce([sum[0], sum[1], sum[2], sum[3]], carry: sum[4])
    }
}
