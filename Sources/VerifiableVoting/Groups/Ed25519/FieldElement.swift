/// An integer modulo 2^255 − 19, as five limbs of 51 bits that may have a few bits more (§5).
///
/// A product leaves limbs below 2^51 + 2^13, *tight*. Sums and differences are not carried: what goes into a
/// product may have limbs up to 2^54.2, and what is subtracted up to 2^53 − 76. Every formula of ``EdwardsPoint``
/// stays within it: there, at most two sums or differences lie between products.
///
/// No operation branches on a limb or uses one as an index.
struct FieldElement: Sendable {
    private var l0: UInt64
    private var l1: UInt64
    private var l2: UInt64
    private var l3: UInt64
    private var l4: UInt64

    private static let mask: UInt64 = (1 << 51) - 1

    /// Limbs, the least significant first.
    init(_ l0: UInt64, _ l1: UInt64, _ l2: UInt64, _ l3: UInt64, _ l4: UInt64) {
        (self.l0, self.l1, self.l2, self.l3, self.l4) = (l0, l1, l2, l3, l4)
    }

    /// Four words, the least significant first; bit 255 is left out.
    init(words: [UInt64]) {
        l0 = words[0] & Self.mask
        l1 = (words[0] >> 51 | words[1] << 13) & Self.mask
        l2 = (words[1] >> 38 | words[2] << 26) & Self.mask
        l3 = (words[2] >> 25 | words[3] << 39) & Self.mask
        l4 = words[3] >> 12 & Self.mask
    }

    static let zero = Self(0, 0, 0, 0, 0)
    static let one = Self(1, 0, 0, 0, 0)

    /// The number itself, below 2^255 − 19, as four words.
    var words: [UInt64] {
        var reduced = self
        reduced.carry()
        reduced.carry()
        // The number is below 2p now; adding 19 tells by bit 255 whether it is at least p.
        var excess = (reduced.l0 &+ 19) >> 51
        excess = (reduced.l1 &+ excess) >> 51
        excess = (reduced.l2 &+ excess) >> 51
        excess = (reduced.l3 &+ excess) >> 51
        excess = (reduced.l4 &+ excess) >> 51
        reduced.l0 &+= 19 &* excess
        reduced.l1 &+= reduced.l0 >> 51
        reduced.l0 &= Self.mask
        reduced.l2 &+= reduced.l1 >> 51
        reduced.l1 &= Self.mask
        reduced.l3 &+= reduced.l2 >> 51
        reduced.l2 &= Self.mask
        reduced.l4 &+= reduced.l3 >> 51
        reduced.l3 &= Self.mask
        reduced.l4 &= Self.mask
        return [
            reduced.l0 | reduced.l1 << 51, reduced.l1 >> 13 | reduced.l2 << 38,
            reduced.l2 >> 26 | reduced.l3 << 25, reduced.l3 >> 39 | reduced.l4 << 12,
        ]
    }

    private mutating func carry() {
        l1 &+= l0 >> 51
        l0 &= Self.mask
        l2 &+= l1 >> 51
        l1 &= Self.mask
        l3 &+= l2 >> 51
        l2 &= Self.mask
        l4 &+= l3 >> 51
        l3 &= Self.mask
        l0 &+= 19 &* (l4 >> 51)
        l4 &= Self.mask
    }

    @inline(__always)
    static func + (x: Self, y: Self) -> Self {
        Self(x.l0 &+ y.l0, x.l1 &+ y.l1, x.l2 &+ y.l2, x.l3 &+ y.l3, x.l4 &+ y.l4)
    }

    /// Adds 4p first, so that no limb falls below zero.
    @inline(__always)
    static func - (x: Self, y: Self) -> Self {
        Self(
            x.l0 &+ 0x1F_FFFF_FFFF_FFB4 &- y.l0, x.l1 &+ 0x1F_FFFF_FFFF_FFFC &- y.l1,
            x.l2 &+ 0x1F_FFFF_FFFF_FFFC &- y.l2, x.l3 &+ 0x1F_FFFF_FFFF_FFFC &- y.l3,
            x.l4 &+ 0x1F_FFFF_FFFF_FFFC &- y.l4)
    }

    @inline(__always)
    private static func times(_ x: UInt64, _ y: UInt64) -> UInt128 { UInt128(x) &* UInt128(y) }

    @inline(__always)
    static func * (x: Self, y: Self) -> Self {
        let (m1, m2, m3, m4) = (19 &* y.l1, 19 &* y.l2, 19 &* y.l3, 19 &* y.l4)
        return reduce(
            times(x.l0, y.l0) &+ times(x.l1, m4) &+ times(x.l2, m3) &+ times(x.l3, m2) &+ times(x.l4, m1),
            times(x.l0, y.l1) &+ times(x.l1, y.l0) &+ times(x.l2, m4) &+ times(x.l3, m3) &+ times(x.l4, m2),
            times(x.l0, y.l2) &+ times(x.l1, y.l1) &+ times(x.l2, y.l0) &+ times(x.l3, m4)
                &+ times(x.l4, m3),
            times(x.l0, y.l3) &+ times(x.l1, y.l2) &+ times(x.l2, y.l1) &+ times(x.l3, y.l0)
                &+ times(x.l4, m4),
            times(x.l0, y.l4) &+ times(x.l1, y.l3) &+ times(x.l2, y.l2) &+ times(x.l3, y.l1)
                &+ times(x.l4, y.l0))
    }

    @inline(__always)
    var squared: Self {
        let (d0, d1, d2) = (2 &* l0, 2 &* l1, 2 &* l2)
        let (m3, m4) = (19 &* l3, 19 &* l4)
        return Self.reduce(
            Self.times(l0, l0) &+ Self.times(d1, m4) &+ Self.times(d2, m3),
            Self.times(d0, l1) &+ Self.times(d2, m4) &+ Self.times(l3, m3),
            Self.times(d0, l2) &+ Self.times(l1, l1) &+ Self.times(2 &* l3, m4),
            Self.times(d0, l3) &+ Self.times(d1, l2) &+ Self.times(l4, m4),
            Self.times(d0, l4) &+ Self.times(d1, l3) &+ Self.times(l2, l2))
    }

    @inline(__always)
    private static func reduce(
        _ s0: UInt128, _ s1: UInt128, _ s2: UInt128, _ s3: UInt128, _ s4: UInt128
    ) -> Self {
        let t1 = s1 &+ (s0 >> 51)
        let t2 = s2 &+ (t1 >> 51)
        let t3 = s3 &+ (t2 >> 51)
        let t4 = s4 &+ (t3 >> 51)
        let first = (UInt64(truncatingIfNeeded: s0) & mask) &+ 19 &* UInt64(truncatingIfNeeded: t4 >> 51)
        return Self(
            first & mask, (UInt64(truncatingIfNeeded: t1) & mask) &+ first >> 51,
            UInt64(truncatingIfNeeded: t2) & mask, UInt64(truncatingIfNeeded: t3) & mask,
            UInt64(truncatingIfNeeded: t4) & mask)
    }

    /// `count` squarings, one after the other.
    func squared(times count: Int) -> Self {
        var result = self
        for _ in 0..<count { result = result.squared }
        return result
    }

    /// The power to 2^250 − 1, and the one to 11, from which the powers below are made.
    private var chain: (power250: Self, power11: Self) {
        let power2 = squared
        let power9 = power2.squared(times: 2) * self
        let power11 = power9 * power2
        let power5 = power11.squared * power9
        let power10 = power5.squared(times: 5) * power5
        let power20 = power10.squared(times: 10) * power10
        let power40 = power20.squared(times: 20) * power20
        let power50 = power40.squared(times: 10) * power10
        let power100 = power50.squared(times: 50) * power50
        let power200 = power100.squared(times: 100) * power100
        return (power200.squared(times: 50) * power50, power11)
    }

    /// The power to p − 2, which inverts; of 0 it is 0.
    var inverse: Self {
        let (power250, power11) = chain
        return power250.squared(times: 5) * power11
    }

    /// The power to (p − 5)/8.
    private var powerForRoot: Self {
        chain.power250.squared(times: 2) * self
    }

    /// A square root of numerator/denominator, `nil` where there is none (RFC 8032 §5.1.3).
    static func squareRoot(of numerator: Self, over denominator: Self) -> Self? {
        let cube = denominator.squared * denominator
        let root = numerator * cube * (numerator * cube.squared * denominator).powerForRoot
        let square = root.squared * denominator
        if square == numerator { return root }
        return square + numerator == zero ? root * rootOfMinusOne : nil
    }

    private static let rootOfMinusOne = Self(
        1_718_705_420_411_056, 234_908_883_556_509, 2_233_514_472_574_048, 2_117_202_627_021_982,
        765_476_049_583_133)

    /// Whether the number is odd.
    var isOdd: Bool { words[0] & 1 == 1 }

    /// `self` where `mask` is 0 and `other` where it is all ones.
    @inline(__always)
    mutating func replace(by other: Self, mask: UInt64) {
        l0 ^= (l0 ^ other.l0) & mask
        l1 ^= (l1 ^ other.l1) & mask
        l2 ^= (l2 ^ other.l2) & mask
        l3 ^= (l3 ^ other.l3) & mask
        l4 ^= (l4 ^ other.l4) & mask
    }

    /// The inverses of many numbers for one inversion and three products each; none may be 0 (Montgomery's trick).
    static func inverses(of numbers: [Self]) -> [Self] {
        var products: [Self] = []
        products.reserveCapacity(numbers.count)
        var product = one
        for number in numbers {
            products.append(product)
            product = product * number
        }
        var inverse = product.inverse
        for index in numbers.indices.reversed() {
            products[index] = products[index] * inverse
            inverse = inverse * numbers[index]
        }
        return products
    }
}

extension FieldElement: Equatable {
    static func == (x: Self, y: Self) -> Bool { x.words == y.words }
}
